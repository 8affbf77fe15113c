//! The last answers, as they can still be taken back or graded otherwise.

use super::entry::{Confidence, SessionId};
use super::history::History;
use super::learner::Learner;
use super::memory::grade::Grade;
use super::moment::Moment;
use crate::id::QuestionId;
use crate::question::answer::Verdict;
use serde::{Deserialize, Serialize};

/// How many of the last answers can be taken back.
pub const UNDO_MAX: usize = 20;

/// One of the last answers, with what was known before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recent {
    pub(super) question: QuestionId,
    pub(super) now: Moment,
    pub(super) verdict: Verdict,
    pub(super) took_ms: u32,
    pub(super) confidence: Option<Confidence>,
    /// Where it counts in [`Learner::recalls`].
    pub(super) bin: Option<usize>,
    pub(super) session: Option<SessionId>,
    pub(super) before: Option<History>,
}

impl Learner {
    /// The question whose answer would be taken back now: the last one that was answered.
    pub fn undoable(&self) -> Option<&QuestionId> {
        self.recent.back().map(|recent| &recent.question)
    }

    /// The grade that the last answer to a question has.
    pub fn grade(&self, question: &QuestionId) -> Option<Grade> {
        self.questions.get(question).map(|history| history.card.grade)
    }

    pub(super) fn remember(&mut self, recent: Recent) {
        if self.recent.len() == UNDO_MAX {
            self.recent.pop_front();
        }
        self.recent.push_back(recent);
    }

    pub(super) fn count(&mut self, recent: &Recent) {
        let right = u32::from(recent.verdict == Verdict::Right);
        let work = self.days.entry(recent.now.today).or_default();
        work.answers += 1;
        work.right += right;
        work.took_ms += u64::from(recent.took_ms);
        self.answers += 1;
        self.right += right;
        self.times.add(recent.took_ms);
        if let Some(confidence) = recent.confidence {
            let slot = &mut self.calibration[slot(confidence)];
            *slot = (slot.0 + right, slot.1 + 1);
        }
        if let Some(bin) = recent.bin {
            let bin = &mut self.recalls.0[bin];
            *bin = (bin.0 + right, bin.1 + 1);
        }
    }

    fn discount(&mut self, recent: &Recent) {
        let right = u32::from(recent.verdict == Verdict::Right);
        if let Some(work) = self.days.get_mut(&recent.now.today) {
            work.answers = work.answers.saturating_sub(1);
            work.right = work.right.saturating_sub(right);
            work.took_ms = work.took_ms.saturating_sub(u64::from(recent.took_ms));
            if *work == Default::default() {
                self.days.remove(&recent.now.today);
            }
        }
        self.answers = self.answers.saturating_sub(1);
        self.right = self.right.saturating_sub(right);
        self.times.remove(recent.took_ms);
        if let Some(confidence) = recent.confidence {
            let slot = &mut self.calibration[slot(confidence)];
            *slot = (slot.0.saturating_sub(right), slot.1.saturating_sub(1));
        }
        if let Some(bin) = recent.bin {
            let bin = &mut self.recalls.0[bin];
            *bin = (bin.0.saturating_sub(right), bin.1.saturating_sub(1));
        }
    }

    /// Forgets the last answer to a question, if it is one of the last at all.
    pub(super) fn undo(&mut self, question: &QuestionId) {
        let Some(place) = self.recent.iter().rposition(|recent| recent.question == *question) else { return };
        let Some(recent) = self.recent.remove(place) else { return };
        self.discount(&recent);
        if let Some(session) = recent.session
            && let Some(open) = self.open_of(session)
            && let Some(place) = open.answers.iter().rposition(|given| given.question == *question)
        {
            open.answers.remove(place);
        }
        match recent.before {
            Some(before) => drop(self.questions.insert(recent.question, before)),
            None => drop(self.questions.remove(&recent.question)),
        }
    }

    /// Grades the last answer to a question otherwise.
    pub(super) fn regrade(&mut self, question: &QuestionId, grade: Grade) {
        let Some(recent) = self.recent.iter().rfind(|recent| recent.question == *question) else { return };
        let before = recent.before.as_ref().map(|history| &history.card);
        let card = self.scheduler().review(before, grade, recent.now);
        if let Some(history) = self.questions.get_mut(question) {
            history.card = card;
        }
    }
}

fn slot(confidence: Confidence) -> usize {
    match confidence {
        Confidence::Sure => 0,
        Confidence::Unsure => 1,
    }
}
