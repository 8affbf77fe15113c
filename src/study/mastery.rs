//! How much of a topic or module is known.
//!
//! Mastery is the chance to know its questions today, harder ones counting more. A question that was never asked, or not right
//! the last time, counts as not known: reading alone never looks like knowing. What is known fades until it is asked again.

use super::learner::Learner;
use crate::course::Course;
use crate::course::outline::{ModuleOutline, Topic};
use crate::id::{ModuleId, TopicId};
use crate::question::answer::Verdict;
use crate::study::moment::Day;

/// A module is called mastered from this share on, in percent.
pub const MASTERED_PERCENT: u32 = 85;

/// How much questions of the levels 1 to 4 count, in thousandths.
pub const WEIGHTS: [u32; 4] = [1000, 1500, 2000, 2500];

/// Known questions out of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mastery {
    /// Questions whose latest answer was right.
    pub known: u32,
    /// Questions answered at least once.
    pub tried: u32,
    /// All questions.
    pub total: u32,
    /// What is known today: for each question its weight times the chance to know it.
    pub held: u32,
    /// The weights of all questions.
    pub weight: u32,
}

impl Mastery {
    /// The share that is known, in whole percent, rounded down: 100 means all of it.
    pub fn percent(self) -> u32 {
        (u64::from(self.held) * 100).checked_div(u64::from(self.weight)).unwrap_or(0).min(100) as u32
    }

    /// From 0 to 1.
    pub fn share(self) -> f64 {
        if self.weight == 0 { 0.0 } else { f64::from(self.held) / f64::from(self.weight) }
    }
}

/// What is known of each topic and module of a course.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    modules: Vec<(&'a ModuleOutline, Vec<Mastery>)>,
}

impl<'a> Table<'a> {
    /// Of a day. Counts once over all that was ever answered, so that it takes no longer for a larger course.
    pub fn of(course: &'a Course, learner: &Learner, today: Day) -> Table<'a> {
        let none = |topic: &Topic| Mastery {
            total: u32::from(topic.questions),
            weight: topic.levels.iter().zip(WEIGHTS).map(|(count, weight)| u32::from(*count) * weight).sum(),
            ..Mastery::default()
        };
        let modules = course.outline.modules.iter();
        let mut modules: Vec<(&ModuleOutline, Vec<Mastery>)> =
            modules.map(|module| (module, module.topics.iter().map(none).collect())).collect();
        for (id, history) in &learner.questions {
            let Some(place) = course.place(id) else { continue };
            let Some(mastery) = modules[place.module].1.get_mut(place.topic) else { continue };
            mastery.tried += 1;
            if history.last == Verdict::Right {
                mastery.known += 1;
                mastery.held += held(learner.scheduler().retrievability(&history.card, today), weight(place.level));
            }
        }
        Table { modules }
    }

    /// Of the whole course.
    pub fn all(&self) -> Mastery {
        sum(self.modules.iter().flat_map(|(_, topics)| topics))
    }

    /// Of a module.
    pub fn module(&self, id: &ModuleId) -> Mastery {
        sum(self.modules.iter().filter(|(module, _)| module.id == *id).flat_map(|(_, topics)| topics))
    }

    /// Of a topic.
    pub fn topic(&self, id: &TopicId) -> Mastery {
        self.topics().find(|(topic, _)| topic.id == *id).map(|(_, known)| known).unwrap_or_default()
    }

    /// Of each topic, in the order of the course.
    pub fn topics(&self) -> impl Iterator<Item = (&'a Topic, Mastery)> {
        self.modules.iter().flat_map(|(module, known)| module.topics.iter().zip(known.iter().copied()))
    }
}

fn sum<'a>(parts: impl Iterator<Item = &'a Mastery>) -> Mastery {
    parts.fold(Mastery::default(), |sum, part| Mastery {
        known: sum.known + part.known,
        tried: sum.tried + part.tried,
        total: sum.total + part.total,
        held: sum.held + part.held,
        weight: sum.weight + part.weight,
    })
}

/// How much a question of a level counts, in thousandths.
pub fn weight(level: u8) -> u32 {
    WEIGHTS[usize::from(level.clamp(1, 4)) - 1]
}

fn held(chance: f64, weight: u32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and the weight")]
    let held = (chance * f64::from(weight)).round() as u32;
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::outline::Asked;
    use crate::study::sample;

    #[test]
    fn what_is_known_is_counted_by_topic() {
        let one: &[_] = &[("a", 1, "flash"), ("b", 1, "flash")];
        let topics: &[_] = &[("one", Asked::Rarely, one), ("two", Asked::Rarely, &[("c", 1, "flash")])];
        let course = sample::course(&[("01-a", topics)]);
        let answers =
            [(0, "a", Verdict::Right), (1, "a", Verdict::Wrong), (2, "b", Verdict::Right), (3, "gone", Verdict::Right)];
        let learner = sample::learner(&course, &answers);
        let table = Table::of(&course, &learner, Day(2));
        let figures = |mastery: Mastery| (mastery.known, mastery.tried, mastery.total);
        assert_eq!(figures(table.topic(&"one".into())), (1, 2, 2));
        assert_eq!(figures(table.topic(&"two".into())), (0, 0, 1));
        assert_eq!(figures(table.module(&"01-a".into())), (1, 2, 3));
        assert_eq!(figures(table.all()), (1, 2, 3));
    }

    #[test]
    fn what_is_known_fades_and_harder_questions_count_more() {
        let questions: &[_] = &[("easy", 1, "flash"), ("hard", 4, "flash")];
        let course = sample::course(&[("01-a", &[("one", Asked::Rarely, questions)])]);
        let percent =
            |answers: &[_], day| Table::of(&course, &sample::learner(&course, answers), Day(day)).all().percent();
        assert_eq!(percent(&[], 0), 0);
        assert_eq!(percent(&[(0, "easy", Verdict::Right)], 0), 28);
        assert_eq!(percent(&[(0, "hard", Verdict::Right)], 0), 71);
        let both = [(0, "easy", Verdict::Right), (0, "hard", Verdict::Right)];
        assert_eq!(percent(&both, 0), 100);
        assert!((60..100).contains(&percent(&both, 20)), "{}", percent(&both, 20));
        let missed = [(0, "easy", Verdict::Right), (0, "hard", Verdict::Wrong)];
        assert_eq!(percent(&missed, 0), 28);
    }
}
