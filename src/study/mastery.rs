//! How much of a topic or module is known.
//!
//! Mastery is the share of questions whose latest answer was right. A question that was never asked counts as not known,
//! so that reading alone never looks like knowing.

use super::learner::{History, Learner};
use crate::course::Course;
use crate::course::index::Place;
use crate::course::outline::{ModuleOutline, Topic};
use crate::id::{ModuleId, TopicId};
use crate::question::answer::Verdict;

/// A module is called mastered from this share on, in percent.
pub const MASTERED_PERCENT: u32 = 85;

/// Known questions out of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mastery {
    /// Questions whose latest answer was right.
    pub known: u32,
    /// Questions answered at least once.
    pub tried: u32,
    /// All questions.
    pub total: u32,
}

impl Mastery {
    /// The share that is known, in whole percent, rounded down: 100 means all of it.
    pub fn percent(self) -> u32 {
        (self.known * 100).checked_div(self.total).unwrap_or(0)
    }

    /// From 0 to 1.
    pub fn share(self) -> f64 {
        if self.total == 0 { 0.0 } else { f64::from(self.known) / f64::from(self.total) }
    }
}

/// What is known of each topic and module of a course.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    modules: Vec<(&'a ModuleOutline, Vec<Mastery>)>,
}

impl<'a> Table<'a> {
    /// Counts once over all that was ever answered, so that it takes no longer for a larger course.
    pub fn of(course: &'a Course, learner: &Learner) -> Table<'a> {
        let none = |topic: &Topic| Mastery { total: u32::from(topic.questions), ..Mastery::default() };
        let modules = course.outline.modules.iter();
        let mut modules: Vec<(&ModuleOutline, Vec<Mastery>)> =
            modules.map(|module| (module, module.topics.iter().map(none).collect())).collect();
        let mut answered: Vec<(Place, &History)> =
            learner.questions.iter().filter_map(|(id, history)| Some((course.place(id)?, history))).collect();
        // What was answered under a former name counts by its latest answer.
        answered.sort_by_key(|(place, history)| (*place, history.last_at));
        for (at, (place, history)) in answered.iter().enumerate() {
            let is_latest = answered.get(at + 1).is_none_or(|(next, _)| next != place);
            if let (true, Some(mastery)) = (is_latest, modules[place.module].1.get_mut(place.topic)) {
                mastery.tried += 1;
                mastery.known += u32::from(history.last == Verdict::Right);
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
    })
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
        let table = Table::of(&course, &sample::learner(&course, &answers));
        let figures = |mastery: Mastery| (mastery.known, mastery.tried, mastery.total);
        assert_eq!(figures(table.topic(&"one".into())), (1, 2, 2));
        assert_eq!(figures(table.topic(&"two".into())), (0, 0, 1));
        assert_eq!(figures(table.module(&"01-a".into())), (1, 2, 3));
        assert_eq!(figures(table.all()), (1, 2, 3));
    }
}
