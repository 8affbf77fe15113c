//! Texts of options, steps and pairs as rows, and the reasons that hang below them.

use super::Look;
use crate::prose::width::wrap;
use crate::prose::{Block, Span};
use crate::question::answer::Remark;
use crate::question::form::Label;
use crate::tui::row::Row;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::prose::{self, Setting, styled};

/// A text in at most `room` columns.
pub fn rows(label: &Label, room: usize, theme: &Theme) -> Vec<Row> {
    let room = room.max(8);
    let base = theme.text(Role::Text);
    match label {
        Label::Prose(text) => wrap(text, room).iter().map(|line| styled(line, theme, base)).collect(),
        Label::Output(text) if text.is_empty() => vec![Row::text("nothing", theme.text(Role::Muted))],
        Label::Output(text) => text
            .lines()
            .flat_map(|line| wrap(&[Span::plain(line)], room))
            .map(|line| styled(&line, theme, base))
            .collect(),
    }
}

/// A text on one line, with its styles.
pub fn spans(label: &Label) -> Vec<Span> {
    match label {
        Label::Prose(spans) => spans.clone(),
        Label::Output(_) => vec![Span::plain(label.plain())],
    }
}

/// How wide a text is on one line.
pub fn columns(label: &Label) -> usize {
    match label {
        Label::Prose(_) => crate::prose::width::columns(&label.plain()),
        Label::Output(text) => text.lines().map(crate::prose::width::columns).max().unwrap_or(0),
    }
}

/// An author's reason, hanging below what it is about.
pub fn why(remark: &Remark, indent: usize, setting: &Setting) -> Vec<Row> {
    let narrow = Setting { width: setting.width.saturating_sub(indent), ..*setting };
    let mut rows = Vec::new();
    for block in &remark.why.0 {
        let Block::Paragraph(text) = block else {
            rows.extend(prose::block(block, &narrow));
            continue;
        };
        rows.extend(prose::running(text, &narrow, Role::Muted));
    }
    rows.into_iter().map(|row| hung(Row::text(" ".repeat(indent), setting.theme.text(Role::Muted)), row)).collect()
}

/// A row behind what stands before it.
pub fn hung(before: Row, row: Row) -> Row {
    let mut whole = before;
    whole.pieces.extend(row.pieces);
    whole
}

/// Fills a row with blanks up to a column.
pub fn fill(row: &mut Row, to: usize, theme: &Theme) {
    let blanks = to.saturating_sub(row.width());
    row.push(" ".repeat(blanks), theme.text(Role::Text));
}

/// Says something beside the prompt's last row where there is room, else below it.
pub fn aside(mut rows: Vec<Row>, said: &str, look: &Look) -> Vec<Row> {
    let style = look.setting.theme.text(Role::Muted);
    match rows.last_mut() {
        Some(last) if last.width() + crate::prose::width::columns(said) + 3 <= look.setting.width => {
            *last = std::mem::take(last).right(said, style);
        }
        _ => rows.push(Row::text(said, style)),
    }
    rows
}

/// Two lists of rows side by side, the second one from a column on.
pub fn beside(left: Vec<Row>, right: Vec<Row>, column: usize, theme: &Theme) -> Vec<Row> {
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    let mut rows = Vec::new();
    loop {
        let (mut row, other) = match (left.next(), right.next()) {
            (None, None) => return rows,
            (row, other) => (row.unwrap_or_default(), other),
        };
        if let Some(other) = other {
            fill(&mut row, column, theme);
            row.pieces.extend(other.pieces);
        }
        rows.push(row);
    }
}
