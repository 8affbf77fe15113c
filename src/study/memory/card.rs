//! What is known of one question's memory.

use super::grade::Grade;
use crate::study::moment::{Day, Timestamp};
use serde::{Deserialize, Serialize};

/// The memory of one question.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// After how many days the chance to remember is 90 %.
    pub stability: f32,
    /// How hard it is to make that longer, from 1 to 10.
    pub difficulty: f32,
    /// Where it stands.
    pub phase: Phase,
    /// The last review's grade.
    pub grade: Grade,
    /// When the last review was.
    pub last_at: Timestamp,
    /// On which day of learning.
    pub last_day: Day,
    /// The latest day of any review: later than the last one where a clock was set back.
    pub latest_day: Day,
    /// How many reviews there were.
    pub reviews: u32,
    /// How often it was forgotten after it had been learnt.
    pub lapses: u32,
}

/// Where a card stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Not learnt yet: asked again within the day, at this learning step (from 0).
    Learning(u8),
    /// Learnt: asked again after days.
    Review,
    /// Forgotten: asked again within the day, at this relearning step (from 0).
    Relearning(u8),
}

/// When a card is asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// Within the day.
    At(Timestamp),
    /// On a day.
    On(Day),
}
