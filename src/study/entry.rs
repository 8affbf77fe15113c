//! The log: what a learner did, in order. It only grows, and everything else is derived from it.
//!
//! Entries are stored as JSON, so that another program (or a later version of this one) can read them.

use super::exam::Rules;
use super::interview::{Brief, Rated};
use super::memory::grade::Grade;
use super::moment::{Day, Timestamp};
use super::seed::Seed;
use crate::id::{LessonId, ModuleId, QuestionId, TopicId};
use crate::question::answer::{Answer, Verdict};
use serde::{Deserialize, Serialize};

/// One thing that a learner did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// On which day of learning, where the learner was.
    pub day: Day,
    /// What.
    pub event: Event,
}

impl Eq for Entry {}

/// What a learner did. In JSON it is `{"answered": {…}}`: a tag inside, as in `{"did": "answered", …}`, would take two and
/// a half times as long to read, and all of the log is read at every start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Said how well the last answer to a question was known, against the rule.
    Graded {
        /// Which question.
        question: QuestionId,
        /// How well.
        grade: Grade,
    },
    /// Took back the last answer to a question: it counts as never given.
    Undone {
        /// Which question.
        question: QuestionId,
    },
    /// Set the day of the interview, or has none any more.
    Goal {
        /// The day.
        interview: Option<Day>,
    },
    /// Will not learn before a day, or is back.
    Away {
        /// The first day of learning again.
        until: Option<Day>,
    },
    /// Has a memory model of one's own from now on: all of the log counts by the last one.
    Tuned {
        /// The model that the weights belong to.
        algorithm: String,
        /// Its numbers.
        weights: Vec<f32>,
    },
    /// Wrote an answer in an exam, which may still change.
    Drafted {
        /// Which exam.
        session: SessionId,
        /// To which question.
        question: QuestionId,
        /// What.
        answer: Answer,
    },
    /// Answered in an interview, and rated it.
    Rated {
        /// Which interview.
        session: SessionId,
        /// The answer and its rating.
        rated: Rated,
    },
    /// Showed to know modules already.
    Placed {
        /// Which.
        modules: Vec<ModuleId>,
    },
}

/// JSON has no number that differs from itself, so weights equal themselves.
impl Eq for Event {}

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
    /// What is due again, the most valuable first.
    Review,
    /// What fits a choice.
    Choice(Choice),
    /// An exam.
    Exam(Rules),
    /// A mock interview.
    Interview(Brief),
    /// Finding out which modules somebody knows already. Its questions follow from the answers.
    Placement,
}

/// Which questions somebody wants: those that fit all that is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// About this topic.
    pub topic: Option<TopicId>,
    /// Of this module.
    pub module: Option<ModuleId>,
    /// Of this level, 1 to 4.
    pub level: Option<u8>,
    /// Of this kind, as written in `kind:`.
    pub kind: Option<Box<str>>,
    /// Of these only.
    pub only: Option<Only>,
}

/// A part of all questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Only {
    /// Not right the last time.
    Mistakes,
    /// Wrong the last time, and the learner was sure.
    SureWrong,
    /// What interviews ask often.
    Asked,
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
