//! A lesson with its text.

use crate::id::{LessonId, QuestionId, TopicId};
use crate::prose::{Block, Prose, Span};
use serde::{Deserialize, Serialize};

/// A lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    /// Its name, unique in the course.
    pub id: LessonId,
    /// What it is about.
    pub topic: TopicId,
    /// Its title.
    pub title: String,
    /// How long it takes to read, in minutes.
    pub minutes: u16,
    /// What the reader can do afterwards.
    pub goals: Vec<Vec<Span>>,
    /// The versions for which it holds, as written; empty for the course's own.
    pub flask: String,
    /// Pages to read, as [`super::source`] spells them.
    pub sources: Vec<String>,
    /// The text.
    pub body: Prose,
}

impl Lesson {
    /// The questions that it asks, in order.
    pub fn checks(&self) -> impl Iterator<Item = QuestionId> {
        self.body.0.iter().filter_map(|block| match block {
            Block::Check(id) => Some(QuestionId::from(id.as_str())),
            _ => None,
        })
    }
}
