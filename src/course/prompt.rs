//! An interview prompt: what an interviewer asks, what they listen for, and how they go on.

use crate::id::{PointId, PromptId, TopicId};
use crate::prose::{Prose, Span};
use serde::{Deserialize, Serialize};

/// An interview prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// Its name, unique in the course.
    pub id: PromptId,
    /// Names that it had before.
    pub was: Vec<PromptId>,
    /// What it is about.
    pub topic: TopicId,
    /// Who is asked this.
    pub level: Seniority,
    /// How long an answer may take, in minutes.
    pub minutes: u8,
    /// What is asked first.
    pub turn: Turn,
    /// Sentences that end interviews.
    pub red_flags: Vec<Vec<Span>>,
    /// The versions for which it holds, as written; empty for the course's own.
    pub flask: String,
    /// Pages to read, as [`super::source`] spells them.
    pub sources: Vec<String>,
}

/// One question of an interviewer, and what comes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// As people ask it.
    pub ask: Vec<Span>,
    /// What should be said.
    pub listens_for: Vec<Point>,
    /// An answer that could be spoken.
    pub model_answer: Prose,
    /// What may be asked next.
    pub follow_ups: Vec<FollowUp>,
}

/// Something that should be said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Its name, unique in the prompt with all its follow-ups.
    pub id: PointId,
    /// What is said.
    pub text: Vec<Span>,
    /// How much it counts: 1 to 3.
    pub weight: u8,
    /// The question or lesson that proves it, by its name.
    pub shown_by: Option<Box<str>>,
}

/// What an interviewer asks next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// It is asked when one of these points was missed; without any it goes deeper when nothing was missed.
    pub missed: Vec<PointId>,
    /// What is asked.
    pub turn: Turn,
}

/// Whom an interviewer asks this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Seniority {
    /// Somebody who begins.
    #[default]
    Junior,
    /// Somebody who has worked with Flask.
    Mid,
    /// Somebody who decides for others.
    Senior,
}

impl Seniority {
    /// Every level, with the word authors write.
    pub const ALL: [(Seniority, &'static str); 3] =
        [(Seniority::Junior, "junior"), (Seniority::Mid, "mid"), (Seniority::Senior, "senior")];

    /// The word authors write.
    pub fn word(self) -> &'static str {
        match self {
            Seniority::Junior => "junior",
            Seniority::Mid => "mid",
            Seniority::Senior => "senior",
        }
    }
}

impl Turn {
    /// This turn and all that may follow, each with how deep it is: 0 for the first.
    pub fn all(&self) -> Vec<(usize, &Turn)> {
        let below = self.follow_ups.iter().flat_map(|follow_up| follow_up.turn.all());
        std::iter::once((0, self)).chain(below.map(|(depth, turn)| (depth + 1, turn))).collect()
    }
}
