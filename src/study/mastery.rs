//! How much of a topic or module is known.
//!
//! Mastery is the share of questions whose latest answer was right. A question that was never asked counts as not known,
//! so that reading alone never looks like knowing.

use super::learner::Learner;
use crate::course::outline::{ModuleOutline, QuestionOutline};
use crate::id::TopicId;
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

/// Of some questions.
pub fn of<'a>(learner: &Learner, questions: impl IntoIterator<Item = &'a QuestionOutline>) -> Mastery {
    let mut mastery = Mastery::default();
    for question in questions {
        mastery.total += 1;
        let names = std::iter::once(&question.id).chain(&question.was);
        if let Some(history) = names.filter_map(|id| learner.questions.get(id)).max_by_key(|history| history.last_at) {
            mastery.tried += 1;
            mastery.known += u32::from(history.last == Verdict::Right);
        }
    }
    mastery
}

/// Of a module.
pub fn of_module(learner: &Learner, module: &ModuleOutline) -> Mastery {
    of(learner, &module.questions)
}

/// Of a topic.
pub fn of_topic(learner: &Learner, module: &ModuleOutline, topic: &TopicId) -> Mastery {
    of(learner, module.questions.iter().filter(|question| question.topic == *topic))
}
