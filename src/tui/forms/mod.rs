//! A question being asked: what the learner drafted so far, and what came of it. Lessons and sessions both use it.

pub mod arrange;
pub mod choose;
pub mod draft;
pub mod feedback;
pub mod field;
pub mod label;
pub mod pair;
pub mod point;
pub mod recall;
pub mod type_in;

use super::keys::Binding;
use super::message::{Key, Ticket};
use super::row::{Hit, Row};
use super::screen::Context;
use super::theme::Role;
use super::widgets::code;
use super::widgets::prose::{self, Setting};
use crate::id::QuestionId;
use crate::prose::Span;
use crate::prose::width::{columns, wrap};
use crate::question::Question;
use crate::question::answer::{Answer, Grade};
use crate::question::shuffle::Shuffle;
use crate::study::entry::{Attempt, Confidence, Event, Place};
use crate::study::moment::Timestamp;
use draft::{AnyDraft, Hand, Stance};
use field::Field;

/// A question being asked.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Which question.
    pub question: QuestionId,
    /// How its options are arranged.
    pub order: Shuffle,
    /// When it was asked.
    pub since: Timestamp,
    /// How many of its hints are shown.
    pub hints: u8,
    /// How far it is.
    pub stage: Stage,
    draft: AnyDraft,
    /// What missed by little last.
    near: Option<Near>,
}

/// How far a question is.
#[derive(Clone, Debug)]
pub enum Stage {
    /// Not answered.
    Open,
    /// Answered and graded, but not on disk yet: nothing is told before that.
    Recording(Ticket, Outcome),
    /// On disk; the learner is told.
    Told(Outcome),
}

/// What came of a question.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was answered.
    pub answer: Answer,
    /// How good it was.
    pub grade: Grade,
    /// How sure the learner was.
    pub confidence: Option<Confidence>,
}

/// What a learner does with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Works on the draft of an answer.
    Hand(Hand),
    /// Answers, perhaps with a word on how sure.
    Answer(Option<Confidence>),
    /// Looks at the next hint.
    Hint,
}

/// What has to be done after an [`Ask`].
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// Grade and record this answer.
    Submit(Answer, Option<Confidence>),
    /// Say this to the learner.
    Say(&'static str),
}

impl Asking {
    /// A question, freshly asked.
    pub fn new(question: &Question, order: Shuffle, now: Timestamp) -> Asking {
        Asking {
            question: question.id.clone(),
            order,
            since: now,
            hints: 0,
            stage: Stage::Open,
            draft: AnyDraft::new(question.kind.form(order)),
            near: None,
        }
    }

    /// Whether printable keys are text.
    pub fn typing(&self) -> bool {
        self.is_open() && self.draft.get().field().is_some_and(Field::is_entered)
    }

    /// Whether it can still be answered.
    pub fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open)
    }

    /// What came of it, once it may be told.
    pub fn told(&self) -> Option<&Outcome> {
        match &self.stage {
            Stage::Told(outcome) => Some(outcome),
            Stage::Open | Stage::Recording(..) => None,
        }
    }

    /// Takes the keys away from the field without losing its text.
    pub fn blur(&mut self) {
        if let Some(field) = self.draft.get_mut().field_mut() {
            field.leave();
        }
    }

    /// What the learner may say beside the answer.
    pub fn stance(&self) -> Stance {
        self.draft.get().stance()
    }

    /// What keys do with it now. `more_hints` tells whether a further hint is there.
    pub fn keys(&self, more_hints: bool) -> Vec<Binding<Ask>> {
        let Stage::Open = self.stage else { return Vec::new() };
        let draft = self.draft.get();
        let mut table = draft.keys();
        if self.typing() {
            return table;
        }
        if draft.answer().is_some() && draft.stance() == Stance::Doubts {
            let sure = Ask::Answer(Some(Confidence::Sure));
            let unsure = Ask::Answer(Some(Confidence::Unsure));
            table.push(Binding::new([Key::char('s')], "s", "sure", sure).footer(3));
            table.push(Binding::new([Key::char('u')], "u", "unsure", unsure).footer(4));
        }
        if more_hints && draft.stance() != Stance::Says {
            table.push(Binding::new([Key::char('H')], "H", "hint", Ask::Hint).footer(5));
        }
        table
    }

    /// Does what a key stands for.
    pub fn act(&mut self, action: Ask) -> Asked {
        match action {
            Ask::Hand(hand) => return self.draft.get_mut().act(hand),
            Ask::Answer(confidence) => match self.draft.get().answer() {
                Some(answer) => return Asked::Submit(answer, confidence),
                None => return Asked::Say("Nothing is typed yet."),
            },
            Ask::Hint => self.hints += 1,
        }
        Asked::Nothing
    }

    /// Whether a move of the bar by this much would leave what it moves in.
    pub fn is_at_edge(&self, by: i8) -> bool {
        self.draft.get().is_at_edge(by)
    }

    /// Grades an answer and records it, or says what it misses by little.
    pub fn submit(&mut self, cx: &mut Context, place: Place, answer: Answer, confidence: Option<Confidence>) {
        let Some(question) = cx.view.course.question(&self.question) else { return };
        if let Some(said) = self.nearly(question, &answer, cx.view.message_width()) {
            return cx.warn(said);
        }
        let grade = question.kind.grade(&answer, self.order);
        let attempt = Attempt {
            place,
            question: question.id.clone(),
            fingerprint: question.fingerprint,
            took_ms: cx.view.now.at.since_ms(self.since),
            answer: answer.clone(),
            verdict: grade.verdict,
            confidence,
            hints: self.hints,
        };
        let ticket = cx.record(Event::Answered(attempt));
        self.stage = Stage::Recording(ticket, Outcome { answer, grade, confidence });
    }

    /// For an answer that misses by little: what to say in a message row of this width. It may be tried again; the same
    /// answer given once more counts.
    fn nearly(&mut self, question: &Question, answer: &Answer, width: usize) -> Option<String> {
        let said = question.kind.near(answer)?;
        if self.near.as_ref().is_some_and(|near| near.answer == *answer) {
            return None;
        }
        let near = self.near.insert(Near { answer: answer.clone(), said });
        let fits = near.width() <= width;
        Some(format!("{NEAR}{}", if fits { near.said.as_str() } else { "It is said below the field." }))
    }

    /// Takes a key as text or as editing.
    pub fn typed(&mut self, key: Key) {
        if self.typing()
            && let Some(field) = self.draft.get_mut().field_mut()
        {
            field.typed(key);
        }
    }

    /// Takes pasted text: one line of it, without control characters.
    pub fn pasted(&mut self, text: &str) {
        for c in text.lines().next().unwrap_or("").chars().filter(|c| !c.is_control()) {
            self.typed(Key::char(c));
        }
    }

    /// A click on one of its rows, at this column of the row.
    pub fn clicked(&mut self, hit: Hit, column: u16) -> Asked {
        if self.is_open() { self.draft.get_mut().clicked(hit, column) } else { Asked::Nothing }
    }

    /// The mouse moved onto one of its rows while the button was down.
    pub fn dragged(&mut self, hit: Hit) {
        if self.is_open() {
            self.draft.get_mut().dragged(hit);
        }
    }

    /// The button came up.
    pub fn released(&mut self) {
        self.draft.get_mut().released();
    }

    /// Everything of it as rows: prompt, program, options or field, hints, and once it is told, the feedback in place.
    pub fn rows(&self, question: &Question, look: &Look) -> Vec<Row> {
        let (draft, told) = (self.draft.get(), self.told());
        let mut rows = self.head(question, look);
        rows.extend(draft.rows(told, look));
        if told.is_none() {
            rows.extend(self.near_rows(look));
            rows.extend(self.hint_rows(question, look));
        }
        for row in &mut rows {
            row.block = look.block;
        }
        rows
    }

    /// What stands above the options or the field: prompt, program, a blank row.
    pub fn head(&self, question: &Question, look: &Look) -> Vec<Row> {
        let setting = &look.setting;
        let mut rows = self.draft.get().prompt(prose::blocks(&question.prompt.0, setting), self.told(), look);
        if let Some(program) = question.kind.program() {
            rows.push(Row::new());
            rows.extend(code::program(program, setting));
        }
        rows.push(Row::new());
        rows
    }

    /// What differed in the answer tried last, where the message row has no room for it.
    fn near_rows(&self, look: &Look) -> Vec<Row> {
        let Some(near) = self.near.as_ref().filter(|near| near.width() > look.setting.width) else { return Vec::new() };
        let theme = look.setting.theme;
        let narrow = look.setting.width.saturating_sub(NEAR.len());
        let lines = wrap(&[Span::plain(near.said.as_str())], narrow).into_iter().enumerate();
        let rows = lines.map(|(line, text)| {
            let word = if line == 0 { NEAR.to_owned() } else { " ".repeat(NEAR.len()) };
            label::hung(Row::text(word, theme.bold(Role::Warning)), prose::styled(&text, theme, theme.text(Role::Text)))
        });
        std::iter::once(Row::new()).chain(rows).collect()
    }

    fn hint_rows(&self, question: &Question, look: &Look) -> Vec<Row> {
        let mut rows = Vec::new();
        let total = question.hints.len();
        for (number, hint) in question.hints.iter().take(usize::from(self.hints)).enumerate() {
            let label = format!("hint {} of {total}  ", number + 1);
            let wide = crate::prose::width::columns(&label);
            let narrow = Setting { width: look.setting.width.saturating_sub(wide), ..look.setting };
            rows.push(Row::new());
            for (line, row) in prose::blocks(&hint.0, &narrow).into_iter().enumerate() {
                let before = if line == 0 { label.clone() } else { " ".repeat(wide) };
                let mut whole = Row::text(before, look.setting.theme.text(Role::Muted));
                whole.pieces.extend(row.pieces);
                rows.push(whole);
            }
        }
        rows
    }
}

/// The word for an answer that misses by little.
const NEAR: &str = "NEAR  ";

/// An answer that missed by little.
#[derive(Clone, Debug)]
struct Near {
    answer: Answer,
    said: String,
}

impl Near {
    /// How wide the message is.
    fn width(&self) -> usize {
        NEAR.len() + columns(&self.said)
    }
}

/// For where a question is laid out.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// Look and width.
    pub setting: Setting<'a>,
    /// The block of the text that asks; 0 in a session.
    pub block: u16,
    /// Whether its bar and cursor are shown.
    pub focus: Focused,
    /// How much room there is between options.
    pub room: Room,
}

/// Whether a question has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focused {
    /// It has.
    Yes,
    /// Something else has.
    No,
}

/// How much room there is between options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// None, and none around a question either: within a text, or in a small window.
    Close,
    /// None to give away.
    Tight,
    /// A blank row each.
    Roomy,
}
