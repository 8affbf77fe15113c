//! The log: what a learner did, in order. It only grows, and everything else is derived from it.
//!
//! Entries are stored as JSON, so that another program (or a later version of this one) can read them.

use super::moment::{Day, Timestamp};
use super::seed::Seed;
use crate::id::{LessonId, ModuleId, QuestionId, TopicId};
use crate::question::answer::{Answer, Verdict};
use serde::{Deserialize, Serialize};

/// One thing that a learner did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// On which day of learning, where the learner was.
    pub day: Day,
    /// What.
    pub event: Event,
}

/// What a learner did. In JSON it is `{"answered": {…}}`: a tag inside, as in `{"did": "answered", …}`, would take two and
/// a half times as long to read, and all of the log is read at every start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Began a session of questions.
    Started {
        /// Its name.
        session: SessionId,
        /// What it asks.
        plan: Plan,
        /// Where its draws come from.
        seed: Seed,
    },
    /// Answered a question, in a session or while reading.
    Answered(Attempt),
    /// Came to the end of a session, or gave it up for good.
    Finished {
        /// Which.
        session: SessionId,
    },
    /// Opened a lesson, or came to another part of it.
    Reached {
        /// Which lesson.
        lesson: LessonId,
        /// The block of the lesson's text that was at the top of the screen, from 0.
        block: u16,
    },
    /// Marked something, to find it again.
    Marked(Mark),
    /// Took a mark away.
    Unmarked(Mark),
    /// Read a lesson to its end.
    Read {
        /// Which lesson.
        lesson: LessonId,
        /// How long it was open, in milliseconds, pauses over two minutes left out.
        took_ms: u32,
    },
}

/// What can be marked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// A part of a lesson.
    Section {
        /// Which lesson.
        lesson: LessonId,
        /// The heading; empty for what stands before the first one.
        section: String,
    },
    /// A question.
    Question(QuestionId),
}

/// A session's name: unique on all machines of a learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SessionId(pub u64);

/// What a session asks: chosen when it begins, so that a log alone can replay it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What for.
    pub about: About,
    /// In the order to ask.
    pub questions: Vec<QuestionId>,
}

impl Plan {
    /// Whether it is one question that the learner looked up.
    pub fn about_single(&self) -> bool {
        matches!(self.about, About::Single(_))
    }
}

/// What a session is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// What a lesson taught.
    Lesson(LessonId),
    /// One topic.
    Topic(TopicId),
    /// One module.
    Module(ModuleId),
    /// Everything read so far.
    Mixed,
    /// What was answered wrongly last time.
    Mistakes,
    /// One question, looked up by the learner.
    Single(QuestionId),
}

/// One answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Where it was asked.
    pub place: Place,
    /// Which question.
    pub question: QuestionId,
    /// The question's fingerprint at that time.
    pub fingerprint: u64,
    /// From asking to answering, in milliseconds.
    pub took_ms: u32,
    /// What was answered.
    pub answer: Answer,
    /// How good it was.
    pub verdict: Verdict,
    /// How sure the learner said to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// How many hints were looked at.
    #[serde(default)]
    pub hints: u8,
}

/// Where a question was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In a session, for the `round`th time there (from 0).
    Session {
        /// Which session.
        id: SessionId,
        /// How often it had been asked before.
        round: u8,
    },
    /// In the middle of a lesson.
    Lesson(LessonId),
}

/// How sure a learner said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// "I know it."
    Sure,
    /// "I am guessing."
    Unsure,
}
