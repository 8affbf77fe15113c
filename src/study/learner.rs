//! What is known of a learner: a fold over the log, rebuilt from it at every start.

pub use super::history::{History, OpenSession, Reading, Work};

use super::entry::{About, Attempt, Confidence, Entry, Event, Mark, Place, SessionId};
use super::history::{Given, Meeting, OpenExam, OpenInterview, PAUSE_MS, Recalls, Sitting, Times};
use super::memory::grade::Grade;
use super::memory::scheduler::{Scheduler, Steps};
use super::memory::weights::Weights;
use super::moment::{Day, Moment};
use super::names::Names;
use super::recent::Recent;
use super::session::Session;
use crate::course::Course;
use crate::id::{LessonId, ModuleId, QuestionId};
use crate::question::answer::Verdict;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// What is known of a learner.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Learner {
    /// What was answered, by question.
    pub questions: HashMap<QuestionId, History>,
    /// What was read, by lesson.
    pub lessons: HashMap<LessonId, Reading>,
    /// What was done, by day.
    pub days: BTreeMap<Day, Work>,
    /// How often answers with this confidence were right, and how many there were: sure, then unsure.
    pub calibration: [(u32, u32); 2],
    /// How often the memory model was right.
    pub recalls: Recalls,
    /// How long answers took.
    pub times: Times,
    /// The lesson that was open last.
    pub last_lesson: Option<LessonId>,
    /// The session that was left in the middle.
    pub open: Option<OpenSession>,
    /// The exam that was left in the middle.
    pub exam: Option<OpenExam>,
    /// The placement that was left in the middle.
    pub placement: Option<OpenSession>,
    /// The interview that was left in the middle.
    pub interviewing: Option<OpenInterview>,
    /// All interviews that are over, in order.
    pub meetings: Vec<Meeting>,
    /// All exams that were handed in, in order.
    pub sittings: Vec<Sitting>,
    /// What is marked.
    pub marks: BTreeSet<Mark>,
    /// How many answers there are.
    pub answers: u32,
    /// How many of them were right.
    pub right: u32,
    /// The day of the interview.
    pub interview: Option<Day>,
    /// The first day of learning again, for somebody who is away.
    pub away_until: Option<Day>,
    /// Modules that the learner showed to know already.
    pub placed: BTreeSet<ModuleId>,
    pub(super) recent: VecDeque<Recent>,
    weights: Weights,
    #[serde(skip)]
    scheduler: Scheduler,
    #[serde(skip)]
    names: Names,
}

impl Learner {
    /// A learner with this log. Things are known by the names in the log: [`Learner::of`] knows those of today.
    pub fn from_log<'a>(entries: impl IntoIterator<Item = &'a Entry, IntoIter: Clone>) -> Learner {
        Learner::with(Names::default(), entries)
    }

    /// A learner of a course with this log.
    pub fn of<'a>(course: &Course, entries: impl IntoIterator<Item = &'a Entry, IntoIter: Clone>) -> Learner {
        Learner::with(Names::of(course), entries)
    }

    /// A learner with this log and these names.
    pub fn with<'a>(names: Names, entries: impl IntoIterator<Item = &'a Entry, IntoIter: Clone>) -> Learner {
        let entries = entries.into_iter();
        let mut learner = Learner { names, ..Learner::default() };
        // All of the log counts by the weights that were set last, so that they are needed first.
        let tuned = entries.clone().filter_map(|entry| match &entry.event {
            Event::Tuned { algorithm, weights } => Weights::read(algorithm, weights),
            _ => None,
        });
        learner.tune(tuned.last());
        entries.for_each(|entry| learner.apply(entry));
        learner
    }

    /// A learner that was packed, for a course with these names: what isn't packed is made anew.
    pub fn unpacked(mut self, names: Names) -> Learner {
        self.names = names;
        self.tune(Some(self.weights));
        self
    }

    fn tune(&mut self, weights: Option<Weights>) {
        if let Some(weights) = weights
            && let Ok(scheduler) = Scheduler::new(weights, Steps::default())
        {
            (self.weights, self.scheduler) = (weights, scheduler);
        }
    }

    /// The rules of memory, with the learner's own weights.
    pub fn scheduler(&self) -> &Scheduler {
        &self.scheduler
    }

    /// Takes in one more entry. What was tuned counts from here on; all of the log counts by it at the next start.
    pub fn apply(&mut self, entry: &Entry) {
        match &entry.event {
            // A question that was looked up is nothing to go on with.
            Event::Started { plan, .. } if plan.about_single() => {}
            Event::Started { session, plan, seed } => {
                let (id, mut plan, seed) = (*session, plan.clone(), *seed);
                for question in &mut plan.questions {
                    *question = self.names.question(question).clone();
                }
                let about = plan.about.clone();
                let session = OpenSession { id, plan, seed, answers: Vec::new() };
                match about {
                    About::Exam(rules) => {
                        let (began, drafts) = (entry.at, BTreeMap::new());
                        self.exam = Some(OpenExam { session, rules, began, drafts });
                    }
                    About::Interview(brief) => {
                        self.interviewing = Some(OpenInterview { id, brief, began: entry.at, rated: Vec::new() });
                    }
                    About::Placement => self.placement = Some(session),
                    About::Lesson(_)
                    | About::Topic(_)
                    | About::Module(_)
                    | About::Mixed
                    | About::Mistakes
                    | About::Single(_)
                    | About::Review
                    | About::Choice(_) => self.open = Some(session),
                }
            }
            Event::Answered(attempt) => self.answered(entry, attempt),
            Event::Finished { session } => self.finished(entry.day, *session),
            Event::Drafted { session, question, answer } => {
                let question = self.names.question(question).clone();
                if let Some(exam) = self.exam.as_mut().filter(|exam| exam.session.id == *session) {
                    exam.drafts.insert(question, answer.clone());
                }
            }
            Event::Reached { lesson, block } => {
                let lesson = self.names.lesson(lesson).clone();
                let reading = self.lessons.entry(lesson.clone()).or_default();
                reading.block = *block;
                reading.last_at = entry.at;
                self.last_lesson = Some(lesson);
            }
            Event::Marked(mark) => drop(self.marks.insert(self.named(mark))),
            Event::Unmarked(mark) => drop(self.marks.remove(&self.named(mark))),
            Event::Read { lesson, took_ms } => {
                let lesson = self.names.lesson(lesson).clone();
                let reading = self.lessons.entry(lesson).or_default();
                reading.read = true;
                reading.last_at = entry.at;
                let work = self.days.entry(entry.day).or_default();
                work.lessons += 1;
                work.took_ms += u64::from(*took_ms);
            }
            Event::Rated { session, rated } => {
                if let Some(open) = self.interviewing.as_mut().filter(|open| open.id == *session) {
                    open.rated.push(rated.clone());
                }
            }
            Event::Graded { question, grade } => self.regrade(&self.names.question(question).clone(), *grade),
            Event::Undone { question } => self.undo(&self.names.question(question).clone()),
            Event::Goal { interview } => self.interview = *interview,
            Event::Away { until } => self.away_until = *until,
            Event::Tuned { algorithm, weights } => self.tune(Weights::read(algorithm, weights)),
            Event::Placed { modules } => self.placed.extend(modules.iter().cloned()),
        }
    }

    /// What was left in the middle under this name.
    pub(super) fn open_of(&mut self, id: SessionId) -> Option<&mut OpenSession> {
        let exam = self.exam.as_mut().map(|exam| &mut exam.session);
        [self.open.as_mut(), exam, self.placement.as_mut()].into_iter().flatten().find(|open| open.id == id)
    }

    fn finished(&mut self, day: Day, session: SessionId) {
        let is_it = |open: &OpenSession| open.id == session;
        self.open.take_if(|open| is_it(open));
        self.placement.take_if(|open| is_it(open));
        if let Some(OpenInterview { brief, rated, .. }) = self.interviewing.take_if(|open| open.id == session) {
            self.meetings.push(Meeting { day, brief, rated });
        }
        if let Some(OpenExam { session, rules, .. }) = self.exam.take_if(|exam| is_it(&exam.session)) {
            let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
            let right = session.answers.iter().filter(|given| given.verdict == Verdict::Right).count();
            self.sittings.push(Sitting { day, rules, right: count(right), total: count(session.plan.questions.len()) });
        }
    }

    fn named(&self, mark: &Mark) -> Mark {
        match mark {
            Mark::Section { lesson, section } => {
                Mark::Section { lesson: self.names.lesson(lesson).clone(), section: section.clone() }
            }
            Mark::Question(question) => Mark::Question(self.names.question(question).clone()),
        }
    }

    fn answered(&mut self, entry: &Entry, attempt: &Attempt) {
        let now = Moment { at: entry.at, today: entry.day };
        let question = self.names.question(&attempt.question);
        let grade = Grade::of(attempt);
        let is_right = attempt.verdict == Verdict::Right;
        let right = u32::from(is_right);
        let before = self.questions.get(question).cloned();
        let card = before.as_ref().map(|history| &history.card);
        // Asked again on the same day, nobody has had the time to forget.
        let bin = card
            .filter(|card| card.latest_day < entry.day)
            .map(|card| Recalls::bin(self.scheduler.retrievability(card, entry.day)));
        let history = History {
            answers: before.as_ref().map_or(0, |history| history.answers) + 1,
            right: before.as_ref().map_or(0, |history| history.right) + right,
            first_right: before.as_ref().map_or(is_right, |history| history.first_right),
            last: attempt.verdict,
            last_at: entry.at,
            last_day: entry.day,
            confidence: attempt.confidence,
            card: self.scheduler.review(card, grade, now),
        };
        match self.questions.get_mut(question) {
            Some(known) => *known = history,
            None => drop(self.questions.insert(question.clone(), history)),
        }
        let session = match &attempt.place {
            Place::Session { id, .. } => Some(*id),
            Place::Lesson(_) => None,
        };
        let recent = Recent {
            question: question.clone(),
            now,
            verdict: attempt.verdict,
            took_ms: attempt.took_ms.min(PAUSE_MS),
            confidence: attempt.confidence,
            bin,
            session,
            before,
        };
        if let Place::Session { id, round } = &attempt.place
            && let Some(open) = self.open_of(*id)
        {
            open.answers.push(Given {
                question: recent.question.clone(),
                round: *round,
                answer: attempt.answer.clone(),
                verdict: attempt.verdict,
                confidence: attempt.confidence,
            });
        }
        self.count(&recent);
        self.remember(recent);
    }

    /// Whether a lesson was read to its end.
    pub fn has_read(&self, lesson: &LessonId) -> bool {
        self.lessons.get(lesson).is_some_and(|reading| reading.read)
    }

    /// The session that was left in the middle, if the course still has all that it asks and something is left to ask.
    pub fn open_session(&self, course: &Course) -> Option<Session> {
        let open = self.open.as_ref()?;
        let known = open.plan.questions.iter().all(|id| course.place(id).is_some());
        let answers = open.answers.iter().map(|given| (&given.question, given.verdict));
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
            run = if previous == Some(Day(day.0.saturating_sub(1))) { run + 1 } else { 1 };
            longest = longest.max(run);
            previous = Some(*day);
            if today.0.saturating_sub(day.0) <= 1 {
                current = run;
            }
        }
        (current, longest)
    }
}

#[cfg(test)]
mod tests;
