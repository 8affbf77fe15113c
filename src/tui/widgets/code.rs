//! Programs as rows: numbers, highlighting, and what they printed.

use super::prose::Setting;
use crate::prose::width::columns;
use crate::prose::{Class, Code, CodeLine, Expect, Language};
use crate::tui::row::Row;
use crate::tui::theme::{Ground, Role, Theme};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// A block of code, and below it what it printed.
pub fn rows(code: &Code, setting: &Setting) -> Vec<Row> {
    let mut rows = program(code, setting);
    if let Some(output) = &code.output {
        rows.extend(printed(output, code.expect.as_ref(), setting));
    }
    rows
}

/// The lines of a program on their own ground. Lines of languages that people count have numbers.
pub fn program(code: &Code, setting: &Setting) -> Vec<Row> {
    let mut rows = Vec::new();
    for (number, line) in code.lines.iter().enumerate() {
        let mark = if is_numbered(code.language) { format!("{:>2}  ", number + 1) } else { "  ".to_owned() };
        let room = setting.width.saturating_sub(columns(&mark)).max(8);
        for (part, pieces) in pieces(line, setting.theme, room).into_iter().enumerate() {
            let mut row = Row::new().on(Ground::Code);
            let before = if part == 0 { mark.clone() } else { format!("{:>1$}", "» ", columns(&mark)) };
            row.push(before, setting.theme.text(Role::Muted));
            for (text, style) in pieces {
                row.push(text, style);
            }
            rows.push(row);
        }
    }
    rows
}

/// What a program printed, with the word for it in front.
pub fn printed(output: &str, expect: Option<&Expect>, setting: &Setting) -> Vec<Row> {
    let theme = setting.theme;
    let raises = matches!(expect, Some(Expect::Fails(_)));
    let lines: Vec<&str> = output.lines().collect();
    let mut rows = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let is_last = number + 1 == lines.len();
        let (word, role) = match (number, raises && is_last) {
            (_, true) => ("raises", Role::Wrong),
            (0, false) => ("prints", Role::Muted),
            (_, false) => ("", Role::Muted),
        };
        let room = setting.width.saturating_sub(12).max(8);
        for (part, text) in chop(line, room).into_iter().enumerate() {
            let word = if part == 0 { word } else { "" };
            rows.push(Row::text(format!("    {word:<8}"), theme.text(role)).with(text, theme.text(Role::Text)));
        }
    }
    if let (Some(last), false) = (rows.last_mut(), setting.flask.is_empty()) {
        let note = format!("ran on Flask {}", setting.flask);
        if last.width() + 2 + columns(&note) <= setting.width {
            *last = std::mem::take(last).right(note, theme.text(Role::Muted));
        }
    }
    rows
}

/// The colour of a class.
pub fn class_style(class: Class, theme: &Theme) -> Style {
    theme.text(match class {
        Class::Text => Role::Text,
        Class::Keyword => Role::Keyword,
        Class::Function => Role::Accent,
        Class::String => Role::String,
        Class::Number => Role::Number,
        Class::Comment | Class::Mark => Role::Muted,
    })
}

fn is_numbered(language: Language) -> bool {
    match language {
        Language::Python | Language::Jinja | Language::Html | Language::Sql | Language::Toml => true,
        Language::Http | Language::Console | Language::Text => false,
    }
}

/// A line in coloured pieces, cut into parts of at most `room` columns.
pub fn pieces(line: &CodeLine, theme: &Theme, room: usize) -> Vec<Vec<(String, Style)>> {
    let mut parts = vec![Vec::new()];
    let (mut from, mut used) = (0, 0);
    for (bytes, class) in &line.runs {
        let to = (from + usize::from(*bytes)).min(line.text.len());
        let style = class_style(*class, theme);
        let mut text = String::new();
        for grapheme in line.text.get(from..to).unwrap_or("").graphemes(true) {
            let wide = columns(grapheme);
            if used + wide > room {
                push(&mut parts, std::mem::take(&mut text), style);
                parts.push(Vec::new());
                used = 0;
            }
            used += wide;
            text.push_str(grapheme);
        }
        push(&mut parts, text, style);
        from = to;
    }
    parts
}

fn push(parts: &mut [Vec<(String, Style)>], text: String, style: Style) {
    if let (Some(part), false) = (parts.last_mut(), text.is_empty()) {
        part.push((text, style));
    }
}

/// A text in parts of at most `room` columns.
fn chop(text: &str, room: usize) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let wide = columns(grapheme);
        if used + wide > room {
            parts.push(String::new());
            used = 0;
        }
        used += wide;
        if let Some(part) = parts.last_mut() {
            part.push_str(grapheme);
        }
    }
    parts
}
