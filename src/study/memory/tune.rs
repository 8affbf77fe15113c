//! Weights of one's own: fitted to the log on request, and kept only if they foretell better what they have not seen.

use super::card::Card;
use super::grade::Grade;
use super::scheduler::{Scheduler, Steps};
use super::weights::{ALGORITHM, Weights};
use crate::id::QuestionId;
use crate::study::entry::{Entry, Event};
use crate::study::moment::{Day, Moment, Timestamp};
use crate::study::names::Names;
use fsrs::{ComputeParametersInput, FSRSItem, FSRSReview};
use std::collections::BTreeMap;

/// How many answers, a day or more after the last one to the same question, it takes.
pub const REVIEWS_MIN: usize = 1000;
/// One of so many of them, the latest, is held out: weights are judged by what they were not fitted to.
const HELD_OUT: usize = 5;
/// By how much the loss must fall, so that chance alone changes nothing.
const GAIN_MIN: f64 = 0.001;

/// What came of fitting.
#[derive(Clone, Debug, PartialEq)]
pub enum Tuning {
    /// There are too few answers: so many of [`REVIEWS_MIN`].
    TooFew(usize),
    /// The weights in force foretell as well: their loss, and that of the new ones.
    NoBetter(f64, f64),
    /// Better weights.
    Better(Tuned),
}

/// Better weights, and what they change.
#[derive(Clone, Debug, PartialEq)]
pub struct Tuned {
    /// The new ones.
    pub weights: Weights,
    /// The loss (mean of −ln of the chance given to what happened) of the old and the new ones on what was held out.
    pub loss: (f64, f64),
    /// How many answers were held out.
    pub held_out: usize,
    /// How long what is right at the first time stays, in days: before and now.
    pub first_days: (f32, f32),
    /// How much longer or shorter intervals become for the questions of the log, as a factor.
    pub intervals: f64,
}

impl Tuned {
    /// What to record.
    pub fn event(&self) -> Event {
        Event::Tuned { algorithm: ALGORITHM.to_owned(), weights: self.weights.0.to_vec() }
    }

    /// What changes, in a sentence or two.
    pub fn sentence(&self) -> String {
        let percent = ((self.intervals - 1.0) * 100.0).round();
        let reviews = match percent {
            percent if percent >= 1.0 => format!("what you know is asked {percent} % later than before"),
            percent if percent <= -1.0 => format!("what you know is asked {} % earlier than before", -percent),
            _ => "what you know is asked about when it was before".to_owned(),
        };
        format!(
            "The memory model knows you better now: on your last {} reviews, which it had not seen, its loss fell from {:.3} to {:.3}. \
             What is right at the first time is taken to stay {:.1} days (before: {:.1}), and {reviews}.",
            self.held_out, self.loss.0, self.loss.1, self.first_days.1, self.first_days.0
        )
    }
}

/// All reviews of one question, in order.
type Reviews = Vec<(Day, Grade)>;

/// Fits weights to a log, in the order of folding.
pub fn tune<'a>(entries: impl IntoIterator<Item = &'a Entry>, names: &Names, now: &Weights) -> Tuning {
    let reviews = reviews(entries, names);
    // Each answer a day or more after the last one is something to foretell.
    let mut told: Vec<(Day, &Reviews, usize)> = Vec::new();
    for reviews in reviews.values() {
        for at in 1..reviews.len() {
            if reviews[at].0 > reviews[at - 1].0 {
                told.push((reviews[at].0, reviews, at));
            }
        }
    }
    if told.len() < REVIEWS_MIN {
        return Tuning::TooFew(told.len());
    }
    told.sort_by_key(|(day, _, at)| (*day, *at));
    let (seen, unseen) = told.split_at(told.len() - told.len() / HELD_OUT);
    let input = ComputeParametersInput {
        train_set: seen.iter().map(|(_, reviews, at)| item(&reviews[..=*at])).collect(),
        num_relearning_steps: Some(Steps::default().relearning.len()),
        ..ComputeParametersInput::default()
    };
    let fitted = fsrs::compute_parameters(input).ok().and_then(|numbers| Weights::read(ALGORITHM, &numbers));
    let old = loss(now, unseen);
    let Some(weights) = fitted else { return Tuning::NoBetter(old, old) };
    let new = loss(&weights, unseen);
    if new > old - GAIN_MIN {
        return Tuning::NoBetter(old, new);
    }
    let good = |weights: &Weights| weights.0[2];
    Tuning::Better(Tuned {
        loss: (old, new),
        held_out: unseen.len(),
        first_days: (good(now), good(&weights)),
        intervals: lengthened(now, &weights, &reviews),
        weights,
    })
}

/// All reviews of each question: grades of one's own count, answers taken back don't.
fn reviews<'a>(entries: impl IntoIterator<Item = &'a Entry>, names: &Names) -> BTreeMap<QuestionId, Reviews> {
    let mut all: BTreeMap<QuestionId, Reviews> = BTreeMap::new();
    for entry in entries {
        match &entry.event {
            Event::Answered(attempt) => {
                let reviews = all.entry(names.question(&attempt.question).clone()).or_default();
                // A clock that was set back is no time.
                let day = reviews.last().map_or(entry.day, |(last, _)| entry.day.max(*last));
                reviews.push((day, Grade::of(attempt)));
            }
            Event::Graded { question, grade } => {
                if let Some((_, last)) = all.get_mut(names.question(question)).and_then(|reviews| reviews.last_mut()) {
                    *last = *grade;
                }
            }
            Event::Undone { question } => {
                if let Some(reviews) = all.get_mut(names.question(question)) {
                    reviews.pop();
                }
            }
            Event::Started { .. }
            | Event::Finished { .. }
            | Event::Reached { .. }
            | Event::Marked(_)
            | Event::Unmarked(_)
            | Event::Read { .. }
            | Event::Goal { .. }
            | Event::Away { .. }
            | Event::Tuned { .. }
            | Event::Drafted { .. }
            | Event::Rated { .. }
            | Event::Placed { .. } => {}
        }
    }
    all
}

fn item(reviews: &[(Day, Grade)]) -> FSRSItem {
    let days = |at: usize| if at == 0 { 0 } else { reviews[at].0.0.saturating_sub(reviews[at - 1].0.0) };
    let review = |(at, (_, grade)): (usize, &(Day, Grade))| FSRSReview {
        rating: grade.rating(),
        delta_t: u32::try_from(days(at)).unwrap_or(0),
    };
    FSRSItem { reviews: reviews.iter().enumerate().map(review).collect() }
}

/// The mean of −ln of the chance that these weights give to what happened.
fn loss(weights: &Weights, told: &[(Day, &Reviews, usize)]) -> f64 {
    let Ok(scheduler) = Scheduler::new(*weights, Steps::default()) else { return f64::INFINITY };
    let of = |(day, reviews, at): &(Day, &Reviews, usize)| {
        let Some(card) = folded(&scheduler, &reviews[..*at]) else { return 0.0 };
        let chance = scheduler.retrievability(&card, *day).clamp(0.0001, 0.9999);
        let known = reviews[*at].1 != Grade::Again;
        -(if known { chance } else { 1.0 - chance }).ln()
    };
    told.iter().map(of).sum::<f64>() / told.len().max(1) as f64
}

fn folded(scheduler: &Scheduler, reviews: &[(Day, Grade)]) -> Option<Card> {
    let now = |day: Day| Moment { at: Timestamp(i64::from(day.0) * 86_400_000), today: day };
    reviews
        .iter()
        .fold(None, |card: Option<Card>, (day, grade)| Some(scheduler.review(card.as_ref(), *grade, now(*day))))
}

/// By which factor the stability of all questions changes: the middle one.
fn lengthened(old: &Weights, new: &Weights, reviews: &BTreeMap<QuestionId, Reviews>) -> f64 {
    let (Ok(old), Ok(new)) = (Scheduler::new(*old, Steps::default()), Scheduler::new(*new, Steps::default())) else {
        return 1.0;
    };
    let change = |reviews: &Reviews| {
        let (before, after) = (folded(&old, reviews)?, folded(&new, reviews)?);
        Some(f64::from(after.stability) / f64::from(before.stability))
    };
    let mut changes: Vec<f64> = reviews.values().filter_map(change).collect();
    changes.sort_by(f64::total_cmp);
    changes.get(changes.len() / 2).copied().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::answer::Verdict;
    use crate::study::sample;

    /// Somebody whose memories last so much longer than the average person's, and who reviews when it is due on average.
    fn log(memory: f32, questions: usize, rounds: usize) -> Vec<Entry> {
        let mut weights = Weights::default();
        weights.0[..4].iter_mut().for_each(|weight| *weight *= memory);
        // By how much a review lengthens it: an exponent.
        weights.0[8] += memory.ln() / 2.0;
        let (truth, plan) = (Scheduler::new(weights, Steps::default()).unwrap(), Scheduler::default());
        let mut state = 7_u64;
        let mut dice = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(u32::MAX >> 1)
        };
        let mut entries = Vec::new();
        for question in 0..questions {
            let name = format!("q{question}");
            let mut day = question as i32;
            let (mut true_card, mut planned): (Option<Card>, Option<Card>) = (None, None);
            for _ in 0..rounds {
                let known = true_card.is_none_or(|card| dice() < truth.retrievability(&card, Day(day)));
                let verdict = if known { Verdict::Right } else { Verdict::Wrong };
                let mut entry = sample::answer(day, question, &name, verdict);
                // Neither sure nor unsure: good or again.
                if let Event::Answered(attempt) = &mut entry.event {
                    attempt.confidence = None;
                }
                entries.push(entry);
                let grade = if known { Grade::Good } else { Grade::Again };
                true_card = Some(truth.review(true_card.as_ref(), grade, sample::on(day)));
                let card = plan.review(planned.as_ref(), grade, sample::on(day));
                planned = Some(card);
                day += (card.stability.round() as i32).max(1);
            }
        }
        entries.sort_by_key(|entry| entry.at);
        entries
    }

    #[test]
    fn few_answers_are_not_enough() {
        assert_eq!(tune(&log(1.0, 20, 3), &Names::default(), &Weights::default()), Tuning::TooFew(40));
        assert_eq!(tune(&[], &Names::default(), &Weights::default()), Tuning::TooFew(0));
    }

    #[test]
    fn who_forgets_quickly_gets_weights_that_foretell_it() {
        let log = log(0.25, 400, 5);
        let found = tune(&log, &Names::default(), &Weights::default());
        let Tuning::Better(tuned) = found else { panic!("no better weights: {found:?}") };
        assert!(tuned.loss.1 < tuned.loss.0 - GAIN_MIN, "{tuned:?}");
        assert!(tuned.first_days.1 < tuned.first_days.0, "{tuned:?}");
        assert!(tuned.sentence().contains("reviews, which it had not seen"), "{}", tuned.sentence());
        // Once they are in force, the same log has nothing more to give.
        let again = tune(&log, &Names::default(), &tuned.weights);
        assert!(matches!(again, Tuning::NoBetter(..)), "{again:?}");
    }

    #[test]
    fn answers_taken_back_and_grades_of_ones_own_count() {
        let mut log = log(1.0, 1, 3);
        let question: QuestionId = "q0".into();
        let entry = |event| Entry { at: Timestamp(0), day: Day(0), event };
        log.push(entry(Event::Undone { question: question.clone() }));
        log.push(entry(Event::Graded { question: question.clone(), grade: Grade::Hard }));
        let all = reviews(&log, &Names::default());
        assert_eq!((all[&question].len(), all[&question][1].1), (2, Grade::Hard));
    }
}
