//! What is known of a learner: a fold over the log, rebuilt from it at every start.

use super::entry::{Attempt, Confidence, Entry, Event, Mark, Place, Plan, SessionId};
use super::moment::{Day, Timestamp};
use super::seed::Seed;
use super::session::Session;
use crate::course::Course;
use crate::id::{LessonId, QuestionId};
use crate::question::answer::Verdict;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is known of a learner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learner {
    /// What was answered, by question.
    pub questions: HashMap<QuestionId, History>,
    /// What was read, by lesson.
    pub lessons: HashMap<LessonId, Reading>,
    /// What was done, by day.
    pub days: BTreeMap<Day, Work>,
    /// How often answers with this confidence were right, and how many there were: sure, then unsure.
    pub calibration: [(u32, u32); 2],
    /// The lesson that was open last.
    pub last_lesson: Option<LessonId>,
    /// The session that was left in the middle.
    pub open: Option<OpenSession>,
    /// What is marked.
    pub marks: BTreeSet<Mark>,
    /// How many answers there are.
    pub answers: u32,
    /// How many of them were right.
    pub right: u32,
}

/// All answers to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// How often it was answered.
    pub answers: u32,
    /// How often rightly.
    pub right: u32,
    /// How the last answer was.
    pub last: Verdict,
    /// When it was given.
    pub last_at: Timestamp,
    /// On which day.
    pub last_day: Day,
    /// How sure the learner was then.
    pub confidence: Option<Confidence>,
}

/// How far a lesson was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The block at the top of the screen when it was left, from 0.
    pub block: u16,
    /// Whether it was read to its end.
    pub read: bool,
    /// When it was open last.
    pub last_at: Timestamp,
}

/// What was done on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct OpenSession {
    /// Its name.
    pub id: SessionId,
    /// What it asks.
    pub plan: Plan,
    /// Where its draws come from.
    pub seed: Seed,
    /// Its answers, in order.
    pub attempts: Vec<Attempt>,
}

/// An answer that took longer than this was a pause, and counts as this long.
const PAUSE_MS: u32 = 120_000;

impl Learner {
    /// A learner with this log.
    pub fn from_log<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Learner {
        let mut learner = Learner::default();
        for entry in entries {
            learner.apply(entry);
        }
        learner
    }

    /// Takes in one more entry.
    pub fn apply(&mut self, entry: &Entry) {
        match &entry.event {
            // A question that was looked up is nothing to go on with.
            Event::Started { plan, .. } if plan.about_single() => {}
            Event::Started { session, plan, seed } => {
                let (id, plan, seed) = (*session, plan.clone(), *seed);
                self.open = Some(OpenSession { id, plan, seed, attempts: Vec::new() });
            }
            Event::Answered(attempt) => self.answered(entry, attempt),
            Event::Finished { session } => {
                if self.open.as_ref().is_some_and(|open| open.id == *session) {
                    self.open = None;
                }
            }
            Event::Reached { lesson, block } => {
                let reading = self.lessons.entry(lesson.clone()).or_default();
                reading.block = *block;
                reading.last_at = entry.at;
                self.last_lesson = Some(lesson.clone());
            }
            Event::Marked(mark) => drop(self.marks.insert(mark.clone())),
            Event::Unmarked(mark) => drop(self.marks.remove(mark)),
            Event::Read { lesson, took_ms } => {
                let reading = self.lessons.entry(lesson.clone()).or_default();
                reading.read = true;
                reading.last_at = entry.at;
                let work = self.days.entry(entry.day).or_default();
                work.lessons += 1;
                work.took_ms += u64::from(*took_ms);
            }
        }
    }

    fn answered(&mut self, entry: &Entry, attempt: &Attempt) {
        let right = u32::from(attempt.verdict == Verdict::Right);
        let history = self.questions.entry(attempt.question.clone()).or_insert(History {
            answers: 0,
            right: 0,
            last: attempt.verdict,
            last_at: entry.at,
            last_day: entry.day,
            confidence: None,
        });
        history.answers += 1;
        history.right += right;
        history.last = attempt.verdict;
        history.last_at = entry.at;
        history.last_day = entry.day;
        history.confidence = attempt.confidence;
        let work = self.days.entry(entry.day).or_default();
        work.answers += 1;
        work.right += right;
        work.took_ms += u64::from(attempt.took_ms.min(PAUSE_MS));
        self.answers += 1;
        self.right += right;
        if let Some(confidence) = attempt.confidence {
            let slot = match confidence {
                Confidence::Sure => 0,
                Confidence::Unsure => 1,
            };
            self.calibration[slot].0 += right;
            self.calibration[slot].1 += 1;
        }
        if let (Place::Session { id, .. }, Some(open)) = (&attempt.place, &mut self.open)
            && open.id == *id
        {
            open.attempts.push(attempt.clone());
        }
    }

    /// Whether a lesson was read to its end.
    pub fn has_read(&self, lesson: &LessonId) -> bool {
        self.lessons.get(lesson).is_some_and(|reading| reading.read)
    }

    /// The session that was left in the middle, if the course still has all that it asks and something is left to ask.
    pub fn open_session(&self, course: &Course) -> Option<Session> {
        let open = self.open.as_ref()?;
        let known = open.plan.questions.iter().all(|id| course.place(id).is_some());
        let answers = open.attempts.iter().map(|attempt| (&attempt.question, attempt.verdict));
        let session = Session::resume(open.id, open.plan.clone(), open.seed, answers);
        (known && session.asked().is_some()).then_some(session)
    }

    /// The questions whose last answer was not right, those first that the learner was sure about, then the latest.
    pub fn mistakes(&self) -> Vec<(&QuestionId, &History)> {
        let mut missed: Vec<_> = self.questions.iter().filter(|(_, history)| history.last != Verdict::Right).collect();
        missed.sort_by_key(|(id, history)| {
            let sure = history.confidence == Some(Confidence::Sure);
            (!sure, std::cmp::Reverse(history.last_at), (*id).clone())
        });
        missed
    }

    /// How many days in a row up to today (or yesterday) were learning days, and the longest such run ever.
    pub fn runs(&self, today: Day) -> (u32, u32) {
        let (mut longest, mut run, mut previous) = (0, 0, None);
        let mut current = 0;
        for (day, work) in &self.days {
            if work.answers == 0 && work.lessons == 0 {
                continue;
            }
            run = if previous == Some(Day(day.0 - 1)) { run + 1 } else { 1 };
            longest = longest.max(run);
            previous = Some(*day);
            if today.0 - day.0 <= 1 {
                current = run;
            }
        }
        (current, longest)
    }
}
