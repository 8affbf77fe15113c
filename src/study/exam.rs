//! An exam: a paper that the seed alone draws, answers that may be changed until it is handed in, and nothing told before.

use super::entry::{About, Attempt, Confidence, Event, Place, Plan, SessionId};
use super::history::OpenExam;
use super::moment::Timestamp;
use super::seed::Seed;
use crate::course::Course;
use crate::course::outline::QuestionOutline;
use crate::id::{ModuleId, QuestionId};
use crate::question::answer::{Answer, Verdict};
use crate::question::shuffle::Shuffle;
use serde::{Deserialize, Serialize};

/// What an exam is like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// About this module only.
    pub module: Option<ModuleId>,
    /// How many questions, if there are as many.
    pub questions: u16,
    /// How long it takes at most, in minutes.
    pub minutes: u16,
    /// From which share of right answers on it is passed, in percent.
    pub pass_percent: u8,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules { module: None, questions: 30, minutes: 45, pass_percent: 70 }
    }
}

/// An exam that is being sat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exam {
    /// Its name.
    pub id: SessionId,
    /// What it asks.
    pub plan: Plan,
    /// Where its draws come from.
    pub seed: Seed,
    /// What it is like.
    pub rules: Rules,
    /// When it began. Time runs on also while the program is closed.
    pub began: Timestamp,
    /// One sheet a question, in the order to ask.
    pub sheets: Vec<Sheet>,
    /// The sheet that lies on top.
    pub at: usize,
}

/// One question of an exam with what was written so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Which question.
    pub question: QuestionId,
    /// What was answered; it may still change.
    pub answer: Option<Answer>,
    /// How long the sheet lay on top, in milliseconds.
    pub took_ms: u32,
    /// Whether to look at it again.
    pub flagged: bool,
}

/// How an exam went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Right answers.
    pub right: usize,
    /// All questions.
    pub total: usize,
    /// Whether it is passed.
    pub passed: bool,
    /// Right answers and questions of each module, in the order of the course.
    pub modules: Vec<(ModuleId, usize, usize)>,
    /// Each question with its verdict, in the order of the paper; `None` where nothing was answered.
    pub verdicts: Vec<(QuestionId, Option<Verdict>)>,
}

/// The paper of an exam: by seed and course alone, the same for everybody. Modules take part by how many questions they have,
/// and within each the levels do; `None` where there is nothing to ask.
pub fn paper(course: &Course, rules: &Rules, seed: Seed) -> Option<Plan> {
    let modules = course.outline.modules.iter().enumerate();
    let modules = modules.filter(|(_, module)| rules.module.as_ref().is_none_or(|id| *id == module.id));
    // Each question gets a place between 0 and 1 within its module and level, evenly spread. The lowest ones of all modules
    // together are a paper that has each part as it has its share.
    let mut placed: Vec<(f64, u64, &QuestionOutline)> = Vec::new();
    for (index, _) in modules {
        for level in 1..=4 {
            // Nobody can be examined by a card that one grades oneself.
            let asked = course.questions(index).iter().filter(|question| question.kind.as_ref() != "flash");
            let mut questions: Vec<&QuestionOutline> = asked.filter(|question| question.level == level).collect();
            let draw = seed.branch("paper", (index as u64) << 8 | u64::from(level));
            Shuffle(draw.0).arrange(&mut questions);
            let count = questions.len() as f64;
            let offset = (draw.0 >> 11) as f64 / (1u64 << 53) as f64;
            let place = |(at, question)| ((at as f64 + offset) / count, seed.branch("tie", at as u64).0, question);
            placed.extend(questions.into_iter().enumerate().map(place));
        }
    }
    placed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then_with(|| a.2.id.cmp(&b.2.id)));
    placed.truncate(usize::from(rules.questions));
    let mut questions: Vec<QuestionId> = placed.into_iter().map(|(_, _, question)| question.id.clone()).collect();
    Shuffle(seed.branch("order", 0).0).arrange(&mut questions);
    (!questions.is_empty()).then_some(Plan { about: About::Exam(rules.clone()), questions })
}

impl Exam {
    /// A new exam. Its [`Event::Started`] is recorded by whoever begins it.
    pub fn start(id: SessionId, plan: Plan, seed: Seed, rules: Rules, began: Timestamp) -> Exam {
        let sheet =
            |question: &QuestionId| Sheet { question: question.clone(), answer: None, took_ms: 0, flagged: false };
        let sheets = plan.questions.iter().map(sheet).collect();
        Exam { id, plan, seed, rules, began, sheets, at: 0 }
    }

    /// An exam that was left in the middle, with all that was written; the first empty sheet lies on top.
    pub fn resume(open: &OpenExam) -> Exam {
        let session = &open.session;
        let rules = open.rules.clone();
        let mut exam = Exam::start(session.id, session.plan.clone(), session.seed, rules, open.began);
        for (question, answer) in &open.drafts {
            if let Some(sheet) = exam.sheets.iter_mut().find(|sheet| sheet.question == *question) {
                sheet.answer = Some(answer.clone());
            }
        }
        exam.at = exam.sheets.iter().position(|sheet| sheet.answer.is_none()).unwrap_or(0);
        exam
    }

    /// The sheet on top.
    pub fn sheet(&self) -> Option<&Sheet> {
        self.sheets.get(self.at)
    }

    /// The order of the options of a sheet.
    pub fn order(&self, at: usize) -> Shuffle {
        self.sheets.get(at).map_or(Shuffle(0), |sheet| self.seed.order(&sheet.question, 0))
    }

    /// Puts another sheet on top, if there is one at this place.
    pub fn turn_to(&mut self, at: usize) {
        if at < self.sheets.len() {
            self.at = at;
        }
    }

    /// Writes an answer on the sheet on top, or another one. Gives back what to record.
    pub fn write(&mut self, answer: Answer, took_ms: u32) -> Option<Event> {
        let sheet = self.sheets.get_mut(self.at)?;
        sheet.took_ms = sheet.took_ms.saturating_add(took_ms);
        sheet.answer = Some(answer.clone());
        Some(Event::Drafted { session: self.id, question: sheet.question.clone(), answer })
    }

    /// Marks the sheet on top to be looked at again, or takes the mark away.
    pub fn flag(&mut self) {
        if let Some(sheet) = self.sheets.get_mut(self.at) {
            sheet.flagged = !sheet.flagged;
        }
    }

    /// How many sheets have an answer.
    pub fn answered(&self) -> usize {
        self.sheets.iter().filter(|sheet| sheet.answer.is_some()).count()
    }

    /// How much time is left, in milliseconds; 0 when it is over and the exam must be handed in.
    pub fn left_ms(&self, now: Timestamp) -> u32 {
        (u32::from(self.rules.minutes) * 60_000).saturating_sub(now.since_ms(self.began))
    }

    /// Hands the exam in: what to record, and how it went. Without an answer a question is not right, and no review.
    pub fn hand_in(&self, course: &Course) -> (Vec<Event>, Outcome) {
        let mut events = Vec::new();
        let mut outcome =
            Outcome { right: 0, total: self.sheets.len(), passed: false, modules: Vec::new(), verdicts: Vec::new() };
        let mut counts = vec![(0, 0); course.outline.modules.len()];
        for (at, sheet) in self.sheets.iter().enumerate() {
            let Some(question) = course.question(&sheet.question) else {
                outcome.total -= 1;
                continue;
            };
            let graded = sheet.answer.as_ref().map(|answer| question.kind.grade(answer, self.order(at)).verdict);
            outcome.verdicts.push((question.id.clone(), graded));
            let is_right = graded == Some(Verdict::Right);
            outcome.right += usize::from(is_right);
            if let Some(place) = course.place(&question.id) {
                counts[place.module].0 += usize::from(is_right);
                counts[place.module].1 += 1;
            }
            // What there was no time for says nothing about what is remembered.
            let (Some(answer), Some(verdict)) = (sheet.answer.clone(), graded) else { continue };
            events.push(Event::Answered(Attempt {
                place: Place::Session { id: self.id, round: 0 },
                question: question.id.clone(),
                fingerprint: question.fingerprint,
                took_ms: sheet.took_ms,
                answer,
                verdict,
                confidence: None::<Confidence>,
                hints: 0,
            }));
        }
        events.push(Event::Finished { session: self.id });
        let modules = course.outline.modules.iter().zip(counts).filter(|(_, (_, all))| *all > 0);
        outcome.modules = modules.map(|(module, (right, all))| (module.id.clone(), right, all)).collect();
        outcome.passed =
            outcome.right * 100 >= outcome.total * usize::from(self.rules.pass_percent) && outcome.total > 0;
        (events, outcome)
    }
}

#[cfg(test)]
mod tests;
