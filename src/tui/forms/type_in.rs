//! A field to type into: in the gap of a program, or on a line of its own.

use super::{Asking, Focus, Focused, Look, Outcome};
use crate::prose::width::{columns, cut};
use crate::prose::{Code, CodeLine};
use crate::question::answer::Verdict;
use crate::question::form::Type;
use crate::tui::row::{Hit, Row};
use crate::tui::theme::{Ground, Role};
use crate::tui::widgets::code;

/// What stands for the gap in a program.
const GAP: &str = "____";
/// The narrowest a field is drawn.
const FIELD_MIN: usize = 12;

/// The program with the field in its gap, or the field alone.
pub fn rows(asking: &Asking, form: &Type, look: &Look) -> Vec<Row> {
    match &form.around {
        Some(program) => around(asking, program, look),
        None => line(asking, look),
    }
}

/// The field on a line of its own.
pub fn line(asking: &Asking, look: &Look) -> Vec<Row> {
    let mut row = Row::new().hit(Hit::Field(look.block));
    push_field(&mut row, asking, look, look.setting.width.saturating_sub(2).min(40));
    if asking.is_open() && asking.focus == Focus::Beside {
        row.push("  your text is kept", look.setting.theme.text(Role::Muted));
    }
    let mut rows = vec![row];
    rows.extend(accepted(asking, look));
    rows
}

fn around(asking: &Asking, program: &Code, look: &Look) -> Vec<Row> {
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
        push_field(&mut row, asking, look, room.min(40));
        for (text, style) in code::pieces(&after, theme, usize::MAX).concat() {
            row.push(text, style);
        }
        rows.push(row.hit(Hit::Field(look.block)));
    }
    rows.extend(accepted(asking, look));
    rows
}

/// Adds `[what was typed    ]` to a row and notes where the cursor stands.
fn push_field(row: &mut Row, asking: &Asking, look: &Look, room: usize) {
    let theme = look.setting.theme;
    let typed = match asking.told() {
        Some(Outcome { answer: crate::question::answer::Answer::Typed(text), .. }) => text.as_str(),
        Some(_) | None => asking.field.value(),
    };
    let (edge, text) = match asking.told().map(|outcome| outcome.grade.verdict) {
        Some(Verdict::Right) => (theme.bold(Role::Correct), theme.bold(Role::Correct)),
        Some(Verdict::Partly | Verdict::Wrong) => (theme.bold(Role::Wrong), theme.bold(Role::Wrong)),
        None if look.focus == Focused::Yes && asking.typing() => (theme.bold(Role::Accent), theme.text(Role::Text)),
        None => (theme.text(Role::Muted), theme.text(Role::Text)),
    };
    let width = (columns(typed) + 1).clamp(FIELD_MIN.min(room), room);
    let before = asking.field.visual_cursor();
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
    if asking.typing() && look.focus == Focused::Yes {
        row.cursor = Some((start + before - hidden) as u16);
    }
}

/// What would have been accepted, once it is told and was not met.
fn accepted(asking: &Asking, look: &Look) -> Vec<Row> {
    let Some(outcome) = asking.told().filter(|outcome| outcome.grade.verdict != Verdict::Right) else {
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
