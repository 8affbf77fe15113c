//! What is remembered of each question, lesson and day.

use super::entry::{Confidence, Plan, SessionId};
use super::exam::Rules;
use super::interview::{Brief, Rated};
use super::memory::card::Card;
use super::moment::{Day, Timestamp};
use super::seed::Seed;
use crate::id::QuestionId;
use crate::question::answer::{Answer, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All answers to one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// How often it was answered.
    pub answers: u32,
    /// How often rightly.
    pub right: u32,
    /// Whether the first answer ever was right.
    pub first_right: bool,
    /// How the last answer was.
    pub last: Verdict,
    /// When it was given.
    pub last_at: Timestamp,
    /// On which day.
    pub last_day: Day,
    /// How sure the learner was then.
    pub confidence: Option<Confidence>,
    /// How well it is remembered.
    pub card: Card,
}

/// How far a lesson was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The block at the top of the screen when it was left, from 0.
    pub block: u16,
    /// Whether it was read to its end.
    pub read: bool,
    /// When it was open last.
    pub last_at: Timestamp,
}

/// What was done on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Answers given.
    pub answers: u32,
    /// Right ones among them.
    pub right: u32,
    /// Lessons read to their end.
    pub lessons: u32,
    /// Time spent on questions and on lessons that were read to their end, in milliseconds.
    pub took_ms: u64,
}

/// A session that was left in the middle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenSession {
    /// Its name.
    pub id: SessionId,
    /// What it asks.
    pub plan: Plan,
    /// Where its draws come from.
    pub seed: Seed,
    /// Its answers, in order.
    pub answers: Vec<Given>,
}

/// An exam that was left in the middle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenExam {
    /// Its session.
    pub session: OpenSession,
    /// What it is like.
    pub rules: Rules,
    /// When it began.
    pub began: Timestamp,
    /// What was written so far.
    pub drafts: BTreeMap<QuestionId, Answer>,
}

/// An interview that was left in the middle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenInterview {
    /// Its name.
    pub id: SessionId,
    /// What it is like.
    pub brief: Brief,
    /// When it began.
    pub began: Timestamp,
    /// What was answered so far.
    pub rated: Vec<Rated>,
}

/// An interview that is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// On which day.
    pub day: Day,
    /// What it was like.
    pub brief: Brief,
    /// What was answered.
    pub rated: Vec<Rated>,
}

/// An exam that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    /// On which day.
    pub day: Day,
    /// What it was like.
    pub rules: Rules,
    /// Right answers.
    pub right: u32,
    /// All questions.
    pub total: u32,
}

/// An answer in a session, without what only the log needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// To which question.
    pub question: QuestionId,
    /// How often that had been asked before in this session.
    pub round: u8,
    /// What was answered.
    pub answer: Answer,
    /// How good it was.
    pub verdict: Verdict,
    /// How sure the learner said to be.
    pub confidence: Option<Confidence>,
}

/// How long answers took: a count for each second, the last for all that took longer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times(Vec<u32>);

/// An answer that took longer than this was a pause, and counts as this long.
pub const PAUSE_MS: u32 = 120_000;
/// Before so many answers there are, an answer is taken to need [`SECONDS_GUESSED`].
const TIMES_MIN: u32 = 20;
/// How long an answer takes while nothing is known of the learner.
const SECONDS_GUESSED: u32 = 30;

impl Times {
    /// Counts an answer.
    pub fn add(&mut self, took_ms: u32) {
        let place = Times::place(took_ms);
        if self.0.len() <= place {
            self.0.resize(place + 1, 0);
        }
        self.0[place] += 1;
    }

    /// Counts an answer no more.
    pub fn remove(&mut self, took_ms: u32) {
        if let Some(count) = self.0.get_mut(Times::place(took_ms)) {
            *count = count.saturating_sub(1);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// How long the middle one of all answers took, in seconds, at least 5: reading what is said about it needs time, too.
    pub fn median_seconds(&self) -> u32 {
        let all: u32 = self.0.iter().sum();
        if all < TIMES_MIN {
            return SECONDS_GUESSED;
        }
        let mut seen = 0;
        let middle = self.0.iter().position(|count| {
            seen += count;
            seen * 2 >= all
        });
        u32::try_from(middle.unwrap_or(0)).unwrap_or(SECONDS_GUESSED).max(5)
    }

    fn place(took_ms: u32) -> usize {
        (took_ms.min(PAUSE_MS) / 1000) as usize
    }
}

/// How often something was remembered, by the chance that the model gave it: 20 bins of 5 percent each, with how many were
/// right and how many there were. Only answers a day or more after the last one count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recalls(pub [(u32, u32); 20]);

impl Recalls {
    /// The bin of a chance from 0 to 1.
    pub fn bin(chance: f64) -> usize {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 20")]
        let bin = (chance.clamp(0.0, 1.0) * 20.0) as usize;
        bin.min(19)
    }

    /// The chance in the middle of a bin.
    pub fn middle(bin: usize) -> f64 {
        (bin as f64 + 0.5) / 20.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_a_guess_until_there_are_answers() {
        let mut times = Times::default();
        (0..19).for_each(|_| times.add(10_000));
        assert_eq!(times.median_seconds(), 30);
        times.add(500_000);
        assert_eq!(times.median_seconds(), 10);
        times.remove(500_000);
        assert_eq!(times.0.len(), 11);
    }

    #[test]
    fn bins_hold_the_edges() {
        assert_eq!([0.0, 0.049, 0.05, 0.999, 1.0].map(Recalls::bin), [0, 0, 1, 19, 19]);
    }
}
