//! A question being asked: what the learner drafted so far, and what came of it. Lessons and sessions both use it.

pub mod choose;
pub mod feedback;
pub mod type_in;

use super::keys::{self, Binding, Group};
use super::message::{Code as KeyCode, Key, Ticket};
use super::row::{Hit, Row};
use super::theme::Role;
use super::widgets::code;
use super::widgets::prose::{self, Setting};
use crate::id::QuestionId;
use crate::question::Question;
use crate::question::answer::{Answer, Grade};
use crate::question::form::Form;
use crate::question::shuffle::Shuffle;
use crate::study::entry::Confidence;
use crate::study::moment::Timestamp;
use tui_input::{Input, InputRequest};

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
    form: Form,
    cursor: usize,
    picked: Vec<usize>,
    field: Input,
    focus: Focus,
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

/// Where keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    /// To the options.
    Options,
    /// Into the text field.
    Field,
    /// Nowhere: the field was left, its text is kept.
    Beside,
}

/// What a learner does with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Chooses or ticks the option at this place.
    Pick(usize),
    /// Moves the bar among the options.
    Move(i8),
    /// Chooses or ticks the option under the bar.
    PickHere,
    /// Answers, perhaps with a word on how sure.
    Answer(Option<Confidence>),
    /// Looks at the next hint.
    Hint,
    /// Goes into the field.
    Edit,
    /// Leaves the field; the text is kept.
    Leave,
    /// Types the answer instead of choosing it, or the other way round.
    Switch,
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
        let form = question.kind.form(order);
        let focus = match form {
            Form::Choose(_) | Form::Arrange(_) | Form::Pair(_) | Form::Point(_) | Form::Recall(_) => Focus::Options,
            Form::Type(_) => Focus::Field,
        };
        Asking {
            question: question.id.clone(),
            order,
            since: now,
            hints: 0,
            stage: Stage::Open,
            form,
            cursor: 0,
            picked: Vec::new(),
            field: Input::default(),
            focus,
        }
    }

    /// Whether printable keys are text.
    pub fn typing(&self) -> bool {
        self.focus == Focus::Field && matches!(self.stage, Stage::Open)
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
        if self.focus == Focus::Field {
            self.focus = Focus::Beside;
        }
    }

    /// What the learner would answer now; `None` when nothing is drafted.
    pub fn draft(&self) -> Option<Answer> {
        match (&self.form, self.focus) {
            (Form::Choose(choose), Focus::Options) => {
                let ids: Vec<_> = self.picked.iter().filter_map(|place| choose.options.get(*place)).collect();
                (!ids.is_empty()).then(|| Answer::Chosen(ids.into_iter().map(|option| option.id.clone()).collect()))
            }
            (Form::Arrange(_) | Form::Pair(_) | Form::Point(_) | Form::Recall(_), _) => None,
            (Form::Choose(_) | Form::Type(_), _) => {
                let text = self.field.value();
                (!text.trim().is_empty()).then(|| Answer::Typed(text.to_owned()))
            }
        }
    }

    /// What keys do with it now. `more_hints` tells whether a further hint is there.
    pub fn keys(&self, more_hints: bool) -> Vec<Binding<Ask>> {
        let Stage::Open = self.stage else { return Vec::new() };
        let mut table = Vec::new();
        let ready = self.draft().is_some();
        let enter = |label: &'static str, action| Binding::new([keys::ENTER], "Enter", label, action).footer(1);
        match (&self.form, self.focus) {
            (Form::Choose(choose), Focus::Options) => {
                let word = if choose.many { "tick" } else { "choose" };
                table.push(Binding::digits(choose.options.len(), word, Ask::Pick).footer(0));
                table.push(Binding::new(keys::UP, "↑ k", "up", Ask::Move(-1)).group(Group::Read));
                table.push(Binding::new(keys::DOWN, "↓ j", "down", Ask::Move(1)).group(Group::Read));
                let space = Binding::new([keys::SPACE], "Space", word, Ask::PickHere);
                table.push(if choose.many && ready { space.footer(2) } else { space });
                table.push(if ready { enter("answer", Ask::Answer(None)) } else { enter(word, Ask::PickHere) });
                if choose.or_type {
                    table.push(Binding::new([Key::char('t')], "t", "type", Ask::Switch).footer(6));
                }
            }
            (Form::Arrange(_) | Form::Pair(_) | Form::Point(_) | Form::Recall(_), _) => {}
            (Form::Choose(_) | Form::Type(_), Focus::Field) => {
                table.push(enter("answer", Ask::Answer(None)));
                table.push(Binding::new([keys::ESC], "Esc", "leave field", Ask::Leave).footer(2));
                return table;
            }
            (form, Focus::Beside | Focus::Options) => {
                table.push(Binding::new([Key::char('i')], "i", "edit", Ask::Edit).footer(0));
                table.push(if ready { enter("answer", Ask::Answer(None)) } else { enter("edit", Ask::Edit) });
                if matches!(form, Form::Choose(_)) {
                    table.push(Binding::new([Key::char('t')], "t", "choose instead", Ask::Switch).footer(6));
                }
            }
        }
        if ready {
            let sure = Ask::Answer(Some(Confidence::Sure));
            let unsure = Ask::Answer(Some(Confidence::Unsure));
            table.push(Binding::new([Key::char('s')], "s", "sure", sure).footer(3));
            table.push(Binding::new([Key::char('u')], "u", "unsure", unsure).footer(4));
        }
        if more_hints {
            table.push(Binding::new([Key::char('H')], "H", "hint", Ask::Hint).footer(5));
        }
        table
    }

    /// Does what a key stands for.
    pub fn act(&mut self, action: Ask) -> Asked {
        match action {
            Ask::Pick(place) => self.pick(place),
            Ask::Move(by) => {
                let last = self.options().saturating_sub(1);
                self.cursor = self.cursor.saturating_add_signed(isize::from(by)).min(last);
            }
            Ask::PickHere => self.pick(self.cursor),
            Ask::Answer(confidence) => match self.draft() {
                Some(answer) => return Asked::Submit(answer, confidence),
                None => return Asked::Say("Nothing is typed yet."),
            },
            Ask::Hint => self.hints += 1,
            Ask::Edit => self.focus = Focus::Field,
            Ask::Leave => self.focus = Focus::Beside,
            Ask::Switch => {
                self.focus = if self.focus == Focus::Options { Focus::Field } else { Focus::Options };
            }
        }
        Asked::Nothing
    }

    /// Whether a move of the bar by this much would leave the options.
    pub fn is_at_edge(&self, by: i8) -> bool {
        self.focus != Focus::Options
            || self.cursor.checked_add_signed(isize::from(by)).is_none_or(|place| place >= self.options())
    }

    /// Takes a key as text or as editing.
    pub fn typed(&mut self, key: Key) {
        if !self.typing() {
            return;
        }
        let request = match key {
            Key { code: KeyCode::Char(c), ctrl: false, alt: false } => Some(InputRequest::InsertChar(c)),
            Key { code: KeyCode::Char('w'), ctrl: true, .. } => Some(InputRequest::DeletePrevWord),
            Key { code: KeyCode::Char('u'), ctrl: true, .. } => Some(InputRequest::DeleteLine),
            Key { code: KeyCode::Char('k'), ctrl: true, .. } => Some(InputRequest::DeleteTillEnd),
            Key { code: KeyCode::Char('a'), ctrl: true, .. } => Some(InputRequest::GoToStart),
            Key { code: KeyCode::Char('e'), ctrl: true, .. } => Some(InputRequest::GoToEnd),
            Key { code: KeyCode::Char('b'), alt: true, .. } => Some(InputRequest::GoToPrevWord),
            Key { code: KeyCode::Char('f'), alt: true, .. } => Some(InputRequest::GoToNextWord),
            Key { code: KeyCode::Backspace, .. } => Some(InputRequest::DeletePrevChar),
            Key { code: KeyCode::Delete, .. } => Some(InputRequest::DeleteNextChar),
            Key { code: KeyCode::Left, .. } => Some(InputRequest::GoToPrevChar),
            Key { code: KeyCode::Right, .. } => Some(InputRequest::GoToNextChar),
            Key { code: KeyCode::Home, .. } => Some(InputRequest::GoToStart),
            Key { code: KeyCode::End, .. } => Some(InputRequest::GoToEnd),
            _ => None,
        };
        if let Some(request) = request {
            self.field.handle(request);
        }
    }

    /// Takes pasted text: one line of it, without control characters.
    pub fn pasted(&mut self, text: &str) {
        for c in text.lines().next().unwrap_or("").chars().filter(|c| !c.is_control()) {
            self.typed(Key::char(c));
        }
    }

    /// A click on one of its rows.
    pub fn clicked(&mut self, hit: Hit) {
        match hit {
            Hit::Option { index, .. } if self.is_open() => {
                self.focus = Focus::Options;
                self.cursor = index;
                self.pick(index);
            }
            Hit::Field(_) => self.focus = Focus::Field,
            Hit::Option { .. } | Hit::Item(_) | Hit::Steps(_) | Hit::Stop(_) => {}
        }
    }

    /// Everything of it as rows: prompt, program, options or field, hints, and once it is told, the feedback in place.
    pub fn rows(&self, question: &Question, look: &Look) -> Vec<Row> {
        let setting = &look.setting;
        let mut rows = prose::blocks(&question.prompt.0, setting);
        if matches!(&self.form, Form::Choose(choose) if choose.many) && self.told().is_none() {
            all_of_them(&mut rows, setting);
        }
        if let Some(program) = question.kind.program() {
            rows.push(Row::new());
            rows.extend(code::program(program, setting));
        }
        rows.push(Row::new());
        match (&self.form, self.focus) {
            (Form::Choose(choose), Focus::Options) => rows.extend(choose::rows(self, choose, look)),
            (Form::Choose(_), Focus::Field | Focus::Beside) => rows.extend(type_in::line(self, look)),
            (Form::Type(form), _) => rows.extend(type_in::rows(self, form, look)),
            (Form::Arrange(_) | Form::Pair(_) | Form::Point(_) | Form::Recall(_), _) => {}
        }
        if self.told().is_none() {
            rows.extend(self.hint_rows(question, look));
        }
        for row in &mut rows {
            row.block = look.block;
        }
        rows
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

    fn pick(&mut self, place: usize) {
        let Form::Choose(choose) = &self.form else { return };
        if place >= choose.options.len() {
            return;
        }
        self.cursor = place;
        if !choose.many {
            self.picked = vec![place];
        } else if let Some(at) = self.picked.iter().position(|picked| *picked == place) {
            self.picked.remove(at);
        } else {
            self.picked.push(place);
        }
    }

    fn options(&self) -> usize {
        match &self.form {
            Form::Choose(choose) => choose.options.len(),
            Form::Type(_) | Form::Arrange(_) | Form::Pair(_) | Form::Point(_) | Form::Recall(_) => 0,
        }
    }
}

/// Says that more than one option may be right: beside the prompt's last row where there is room.
fn all_of_them(rows: &mut Vec<Row>, setting: &Setting) {
    const SAID: &str = "tick all that are right";
    let style = setting.theme.text(Role::Muted);
    match rows.last_mut() {
        Some(last) if last.width() + SAID.len() + 3 <= setting.width => *last = std::mem::take(last).right(SAID, style),
        _ => rows.push(Row::text(SAID, style)),
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
    /// None to give away.
    Tight,
    /// A blank row each.
    Roomy,
}
