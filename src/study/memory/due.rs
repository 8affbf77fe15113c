//! What is due: today, within the minutes that somebody wants to spend, and on the days to come.

use super::card::{Card, Due};
use super::leech;
use super::scheduler::Scheduler;
use crate::course::Course;
use crate::course::outline::Asked;
use crate::id::QuestionId;
use crate::study::learner::Learner;
use crate::study::moment::{Day, Moment};
use crate::study::today::Today;

/// From so many reviews on they are done before anything else, also those that could wait a few hours.
pub const PRESSING: usize = 5;

/// A question that is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Which.
    pub question: QuestionId,
    /// The chance that it is still known.
    pub recall: f64,
    /// What one more day costs: the chance that is lost, weighed by how often interviews ask for the topic.
    pub value: f64,
    /// Whether it is due by its day, and not only because some minutes have passed.
    pub by_day: bool,
    /// Whether it is forgotten again and again.
    pub is_leech: bool,
}

/// All that is due now, the most valuable first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reviews {
    /// All.
    pub all: Vec<Review>,
    /// How many of them fit into what is left of today's minutes. The others stay due and come tomorrow.
    pub within: usize,
    /// How long one takes, in seconds.
    pub seconds_each: u32,
}

impl Reviews {
    /// Those for today.
    pub fn today(&self) -> &[Review] {
        &self.all[..self.within]
    }

    /// How many wait for another day.
    pub fn left_out(&self) -> usize {
        self.all.len() - self.within
    }

    /// How long those for today take, in minutes, rounded up.
    pub fn minutes(&self) -> usize {
        (self.within * self.seconds_each as usize).div_ceil(60)
    }

    /// Whether they come before anything else: some are due by their day, or there are many.
    pub fn are_pressing(&self) -> bool {
        self.within >= PRESSING || self.today().iter().any(|review| review.by_day)
    }
}

/// What is due now. Nothing is while the learner is away.
pub fn reviews(course: &Course, learner: &Learner, today: Today) -> Reviews {
    let now = today.now;
    let seconds_each = learner.times.median_seconds();
    if is_away(learner, now.today) {
        return Reviews { seconds_each, ..Reviews::default() };
    }
    let scheduler = learner.scheduler();
    let mut all = Vec::new();
    for (question, history) in &learner.questions {
        let card = &history.card;
        let due = due(scheduler, question, card, today.aim.retention);
        if !is_due(card, due, now) {
            continue;
        }
        // What the course has no more is asked no more.
        let Some(place) = course.place(question) else { continue };
        let topic = course.outline.modules[place.module].topics.get(place.topic);
        let recall = scheduler.retrievability(card, now.today);
        let tomorrow = scheduler.retrievability(card, Day(now.today.0.saturating_add(1)));
        all.push(Review {
            question: question.clone(),
            recall,
            value: (recall - tomorrow) * weight(topic.map(|topic| topic.asked).unwrap_or_default()),
            by_day: matches!(due, Due::On(_)) || card.last_day < now.today,
            is_leech: leech::is_leech(card),
        });
    }
    all.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.question.cmp(&b.question)));
    let spent_ms = learner.days.get(&now.today).map_or(0, |work| work.took_ms);
    let left_s = (u64::from(today.aim.minutes_a_day) * 60).saturating_sub(spent_ms / 1000);
    let fit = usize::try_from(left_s / u64::from(seconds_each)).unwrap_or(usize::MAX);
    let within = fit.min(all.len());
    Reviews { all, within, seconds_each }
}

/// What one day brings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// How many reviews fall due on this day.
    pub falling: u32,
    /// How many will be asked on it: no more than fit into the day's minutes. The others move on to the next day.
    pub asked: u32,
}

/// The reviews of so many days from today on, if every one is known when it is asked. Today has all that is overdue.
pub fn forecast(course: &Course, learner: &Learner, today: Today, days: usize) -> Vec<Load> {
    let mut loads = vec![Load::default(); days];
    let first = learner.away_until.map_or(0, |until| until.0.saturating_sub(today.now.today.0).max(0));
    for (question, history) in &learner.questions {
        if course.place(question).is_none() {
            continue;
        }
        let due = due(learner.scheduler(), question, &history.card, today.aim.retention);
        let day = match due {
            _ if is_due(&history.card, due, today.now) => 0,
            Due::At(_) => 0,
            Due::On(day) => day.0.saturating_sub(today.now.today.0),
        };
        if let Some(load) = usize::try_from(day.max(first)).ok().and_then(|day| loads.get_mut(day)) {
            load.falling += 1;
        }
    }
    let a_day = u32::from(today.aim.minutes_a_day) * 60 / learner.times.median_seconds();
    let mut waiting = 0;
    for (day, load) in loads.iter_mut().enumerate() {
        waiting += load.falling;
        let is_learning = usize::try_from(first).is_ok_and(|first| day >= first);
        load.asked = if is_learning { waiting.min(a_day.max(1)) } else { 0 };
        waiting -= load.asked;
    }
    loads
}

/// Whether the learner said to be away on a day.
pub fn is_away(learner: &Learner, day: Day) -> bool {
    learner.away_until.is_some_and(|until| day < until)
}

/// When a question is due. Which days it moves by is decided by its name, so that questions learnt together part.
pub fn due(scheduler: &Scheduler, question: &QuestionId, card: &Card, retention: f32) -> Due {
    scheduler.due(card, retention, Some(salt(question)))
}

/// Whether a card is due. A review that lies after tomorrow was written by a clock far ahead: when it is due is not known.
fn is_due(card: &Card, due: Due, now: Moment) -> bool {
    if card.last_day.0 > now.today.0.saturating_add(1) {
        return true;
    }
    match due {
        Due::At(instant) => instant <= now.at || card.last_day < now.today,
        Due::On(day) => day <= now.today,
    }
}

/// How much a topic counts.
pub fn weight(asked: Asked) -> f64 {
    match asked {
        Asked::Rarely => 1.0,
        Asked::Often => 1.5,
        Asked::NearlyAlways => 2.0,
    }
}

/// FNV-1a: the same on every machine, and cheap enough for every question at every frame.
fn salt(question: &QuestionId) -> u64 {
    question
        .as_str()
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::answer::Verdict::{Right, Wrong};
    use crate::study::entry::{Entry, Event};
    use crate::study::sample::{course, learner, on, today};
    use crate::study::today::Aim;

    const ONE: &[(&str, u8, &str)] = &[("a", 1, "single"), ("b", 1, "flash")];
    const TWO: &[(&str, u8, &str)] = &[("c", 1, "single")];

    fn two_topics() -> Course {
        course(&[("01-m", &[("one", Asked::Rarely, ONE), ("two", Asked::NearlyAlways, TWO)])])
    }

    fn names(reviews: &[Review]) -> Vec<&str> {
        reviews.iter().map(|review| review.question.as_str()).collect()
    }

    #[test]
    fn what_is_known_waits_and_what_is_asked_most_comes_first() {
        let course = two_topics();
        let learner = learner(&course, &[(0, "a", Wrong), (0, "c", Wrong), (0, "b", Right), (0, "gone", Wrong)]);
        // On the same day, ten minutes later.
        let mut later = today(0);
        assert_eq!(reviews(&course, &learner, later).all, []);
        later.now.at.0 += 11 * 60_000;
        let found = reviews(&course, &learner, later);
        assert_eq!(names(&found.all), ["c", "a"]);
        assert!(!found.are_pressing() && reviews(&course, &learner, today(1)).are_pressing());
        let all = reviews(&course, &learner, today(30));
        assert_eq!((names(&all.all)[0], all.all.len()), ("c", 3));
        assert!(all.all.is_sorted_by(|a, b| a.value >= b.value));
    }

    #[test]
    fn a_day_asks_no_more_than_its_minutes_hold() {
        let course = two_topics();
        let learner = learner(&course, &[(0, "a", Wrong), (0, "b", Wrong), (0, "c", Wrong)]);
        let mut today = today(2);
        today.aim = Aim { minutes_a_day: 1, ..Aim::default() };
        let found = reviews(&course, &learner, today);
        assert_eq!((names(found.today()), found.left_out(), found.minutes()), (vec!["c", "a"], 1, 1));
        let loads = forecast(&course, &learner, today, 3);
        let load = |falling, asked| Load { falling, asked };
        assert_eq!(loads, [load(3, 2), load(0, 1), load(0, 0)]);
    }

    #[test]
    fn nothing_is_due_while_somebody_is_away() {
        let course = two_topics();
        let mut learner = learner(&course, &[(0, "a", Wrong)]);
        let away = |until| Entry { at: on(1).at, day: on(1).today, event: Event::Away { until } };
        learner.apply(&away(Some(Day(4))));
        assert_eq!(reviews(&course, &learner, today(3)).all, []);
        assert_eq!(forecast(&course, &learner, today(2), 3).map_asked(), [0, 0, 1]);
        assert_eq!(reviews(&course, &learner, today(4)).all.len(), 1);
        learner.apply(&away(None));
        assert_eq!(reviews(&course, &learner, today(3)).all.len(), 1);
    }

    trait Asks {
        fn map_asked(&self) -> Vec<u32>;
    }
    impl Asks for Vec<Load> {
        fn map_asked(&self) -> Vec<u32> {
            self.iter().map(|load| load.asked).collect()
        }
    }

    #[test]
    fn a_review_from_the_future_is_due_now() {
        let course = two_topics();
        let learner = learner(&course, &[(3000, "b", Right)]);
        assert_eq!(names(&reviews(&course, &learner, today(10)).all), ["b"]);
        assert_eq!(reviews(&course, &learner, today(2999)).all, [], "a day ahead is only another time zone");
    }

    #[test]
    fn more_retention_makes_more_due() {
        let course = two_topics();
        let learner = learner(&course, &[(0, "a", Right), (0, "b", Right), (0, "c", Right)]);
        let count = |retention| {
            let mut today = today(9);
            today.aim.retention = retention;
            reviews(&course, &learner, today).all.len()
        };
        assert!(count(0.97) > count(0.7), "{} {}", count(0.97), count(0.7));
    }
}
