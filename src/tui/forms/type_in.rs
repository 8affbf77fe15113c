//! A field to type into: in the gap of a program, or on a line of its own.

use super::draft::{Draft, Hand};
use super::field::Field;
use super::{Ask, Asked, Focused, Look, Outcome};
use crate::prose::width::{columns, cut};
use crate::prose::{Code, CodeLine};
use crate::question::answer::{Answer, Verdict};
use crate::question::form::Type;
use crate::tui::keys::{self, Binding};
use crate::tui::message::Key;
use crate::tui::row::{Hit, Row};
use crate::tui::theme::{Ground, Role};
use crate::tui::widgets::code;

/// What stands for the gap in a program.
const GAP: &str = "____";
/// The narrowest a field is drawn.
const FIELD_MIN: usize = 12;

/// A text being typed.
#[derive(Clone, Debug)]
pub struct Typing {
    form: Type,
    field: Field,
}

impl Typing {
    /// Nothing is typed.
    pub fn new(form: Type) -> Typing {
        Typing { form, field: Field::default() }
    }
}

impl Draft for Typing {
    fn answer(&self) -> Option<Answer> {
        answer(&self.field)
    }

    fn keys(&self) -> Vec<Binding<Ask>> {
        keys(&self.field)
    }

    fn act(&mut self, hand: Hand) -> Asked {
        match hand {
            Hand::Edit => self.field.enter(),
            Hand::Leave => self.field.leave(),
            Hand::Move(_) | Hand::Pick(_) | Hand::PickHere | Hand::Carry(_) | Hand::Unpick | Hand::Switch => {}
        }
        Asked::Nothing
    }

    fn clicked(&mut self, hit: Hit, _column: u16) -> Asked {
        match hit {
            Hit::Field(_) => self.field.enter(),
            Hit::Option { .. } | Hit::Ends { .. } | Hit::Item(_) | Hit::Steps(_) | Hit::Stop(_) => {}
        }
        Asked::Nothing
    }

    /// The program with the field in its gap, or the field alone.
    fn rows(&self, told: Option<&Outcome>, look: &Look) -> Vec<Row> {
        match &self.form.around {
            Some(program) => around(&self.field, program, told, look),
            None => line(&self.field, told, look),
        }
    }

    fn is_at_edge(&self, _by: i8) -> bool {
        true
    }

    fn field(&self) -> Option<&Field> {
        Some(&self.field)
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        Some(&mut self.field)
    }
}

/// What a field holds, as an answer.
pub fn answer(field: &Field) -> Option<Answer> {
    (!field.text().trim().is_empty()).then(|| Answer::Typed(field.text().to_owned()))
}

/// What keys do with a field.
pub fn keys(field: &Field) -> Vec<Binding<Ask>> {
    let enter = |label: &'static str, action| Binding::new([keys::ENTER], "Enter", label, action).footer(1);
    if field.is_entered() {
        let leave = Binding::new([keys::ESC], "Esc", "leave field", Ask::Hand(Hand::Leave));
        return vec![enter("answer", Ask::Answer(None)), leave.footer(2)];
    }
    let edit = Ask::Hand(Hand::Edit);
    vec![
        Binding::new([Key::char('i')], "i", "edit", edit).footer(0),
        if answer(field).is_some() { enter("answer", Ask::Answer(None)) } else { enter("edit", edit) },
    ]
}

/// The field on a line of its own.
pub fn line(field: &Field, told: Option<&Outcome>, look: &Look) -> Vec<Row> {
    let mut row = Row::new().hit(Hit::Field(look.block));
    push_field(&mut row, field, told, look, look.setting.width.saturating_sub(2).min(40));
    if told.is_none() && !field.is_entered() && answer(field).is_some() {
        row.push("  your text is kept", look.setting.theme.text(Role::Muted));
    }
    let mut rows = vec![row];
    rows.extend(accepted(told, look));
    rows
}

fn around(field: &Field, program: &Code, told: Option<&Outcome>, look: &Look) -> Vec<Row> {
    let theme = look.setting.theme;
    let mut rows = Vec::new();
    for (number, line) in program.lines.iter().enumerate() {
        let Some(at) = line.text.find(GAP) else {
            let alone = Code { lines: vec![line.clone()], ..program.clone() };
            for mut row in code::program(&alone, &look.setting) {
                if let Some(mark) = row.pieces.first_mut().filter(|mark| mark.content.trim() == "1") {
                    *mark = ratatui::text::Span::styled(format!("{:>2}  ", number + 1), mark.style);
                }
                rows.push(row);
            }
            continue;
        };
        let mut row = Row::text(format!("{:>2}  ", number + 1), theme.text(Role::Muted)).on(Ground::Code);
        let (before, after) = (part(line, 0, at), part(line, at + GAP.len(), line.text.len()));
        for (text, style) in code::pieces(&before, theme, usize::MAX).concat() {
            row.push(text, style);
        }
        let rest = columns(&after.text);
        let room = look.setting.width.saturating_sub(row.width() + rest + 2).max(FIELD_MIN);
        push_field(&mut row, field, told, look, room.min(40));
        for (text, style) in code::pieces(&after, theme, usize::MAX).concat() {
            row.push(text, style);
        }
        rows.push(row.hit(Hit::Field(look.block)));
    }
    rows.extend(accepted(told, look));
    rows
}

/// Adds `[what was typed    ]` to a row and notes where the cursor stands.
fn push_field(row: &mut Row, field: &Field, told: Option<&Outcome>, look: &Look, room: usize) {
    let theme = look.setting.theme;
    let typed = match told {
        Some(Outcome { answer: Answer::Typed(text), .. }) => text.as_str(),
        Some(_) | None => field.text(),
    };
    let has_cursor = look.focus == Focused::Yes && told.is_none() && field.is_entered();
    let (edge, text) = match told.map(|outcome| outcome.grade.verdict) {
        Some(Verdict::Right) => (theme.bold(Role::Correct), theme.bold(Role::Correct)),
        Some(Verdict::Partly | Verdict::Wrong) => (theme.bold(Role::Wrong), theme.bold(Role::Wrong)),
        None if has_cursor => (theme.bold(Role::Accent), theme.text(Role::Text)),
        None => (theme.text(Role::Muted), theme.text(Role::Text)),
    };
    let width = (columns(typed) + 1).clamp(FIELD_MIN.min(room), room);
    let before = field.cursor();
    // A text longer than the field is shown around the cursor.
    let hidden = (before + 1).saturating_sub(width);
    let shown: String = skip_columns(typed, hidden);
    let shown = cut(&shown, width);
    row.push("[", edge);
    let start = row.width();
    let blanks = width.saturating_sub(columns(&shown));
    row.push(shown, text);
    row.push(" ".repeat(blanks), text);
    row.push("]", edge);
    if has_cursor {
        row.cursor = Some((start + before - hidden) as u16);
    }
}

/// What would have been accepted, once it is told and was not met.
fn accepted(told: Option<&Outcome>, look: &Look) -> Vec<Row> {
    let Some(outcome) = told.filter(|outcome| outcome.grade.verdict != Verdict::Right) else {
        return Vec::new();
    };
    let theme = look.setting.theme;
    let mut rows = vec![Row::new()];
    for (number, key) in outcome.grade.key.iter().enumerate() {
        let word = if number == 0 { "✓ accepted  " } else { "  or        " };
        rows.push(Row::text(word, theme.bold(Role::Correct)).with(key.plain(), theme.text(Role::Text)));
    }
    rows
}

/// A part of a line with the classes that belong to it.
fn part(line: &CodeLine, from: usize, to: usize) -> CodeLine {
    let (mut at, mut runs) = (0, Vec::new());
    for (bytes, class) in &line.runs {
        let end = at + usize::from(*bytes);
        let inside = end.min(to).saturating_sub(at.max(from));
        if inside > 0 {
            runs.push((inside as u16, *class));
        }
        at = end;
    }
    CodeLine { text: line.text.get(from..to).unwrap_or("").to_owned(), runs }
}

fn skip_columns(text: &str, skip: usize) -> String {
    let mut left = skip;
    text.chars()
        .skip_while(|c| {
            let wide = columns(c.encode_utf8(&mut [0; 4]));
            let skipped = left > 0;
            left = left.saturating_sub(wide);
            skipped
        })
        .collect()
}
