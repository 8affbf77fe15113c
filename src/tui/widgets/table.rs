//! Tables as rows: in columns where they fit, else one entry below the other.

use super::prose::{Setting, linked};
use crate::prose::width::{columns, wrap};
use crate::prose::{Align, Span, Style as Marks};
use crate::tui::row::Row;
use crate::tui::theme::Role;

/// The blanks between two columns.
const GAP: usize = 2;
/// Narrower than this, a column is no column.
const NARROWEST: usize = 8;

/// A table.
pub fn rows(align: &[Align], head: &[Vec<Span>], body: &[Vec<Vec<Span>>], setting: &Setting) -> Vec<Row> {
    let width = setting.measure();
    match widths(head, body, width) {
        Some(widths) => in_columns(align, head, body, &widths, setting),
        None => folded(head, body, setting),
    }
}

/// How wide each column is; `None` when they don't fit side by side. A table that is too wide takes from its widest column.
fn widths(head: &[Vec<Span>], body: &[Vec<Vec<Span>>], width: usize) -> Option<Vec<usize>> {
    let mut widths: Vec<usize> = head.iter().map(|cell| cell_width(cell)).collect();
    for row in body {
        for (wide, cell) in widths.iter_mut().zip(row) {
            *wide = (*wide).max(cell_width(cell));
        }
    }
    let gaps = GAP * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > width {
        let widest = widths.iter_mut().max()?;
        if *widest <= NARROWEST {
            return None;
        }
        *widest -= 1;
    }
    Some(widths)
}

fn in_columns(
    align: &[Align],
    head: &[Vec<Span>],
    body: &[Vec<Vec<Span>>],
    widths: &[usize],
    setting: &Setting,
) -> Vec<Row> {
    let theme = setting.theme;
    let total = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
    let mut rows = line(align, head, widths, setting, Role::Muted);
    rows.push(Row::text("─".repeat(total), theme.text(Role::Rule)));
    for cells in body {
        rows.extend(line(align, cells, widths, setting, Role::Text));
    }
    rows
}

/// One row of the table, as many rows high as its tallest cell.
fn line(align: &[Align], cells: &[Vec<Span>], widths: &[usize], setting: &Setting, role: Role) -> Vec<Row> {
    let theme = setting.theme;
    let empty = Vec::new();
    let wrapped: Vec<Vec<Vec<Span>>> =
        widths.iter().enumerate().map(|(n, wide)| wrap(cells.get(n).unwrap_or(&empty), *wide)).collect();
    let tall = wrapped.iter().map(Vec::len).max().unwrap_or(1);
    (0..tall)
        .map(|number| {
            let mut row = Row::new();
            for (column, lines) in wrapped.iter().enumerate() {
                let text = lines.get(number).unwrap_or(&empty);
                let spare = widths[column].saturating_sub(cell_width(text));
                let before = match align.get(column).copied().unwrap_or(Align::Left) {
                    Align::Left => 0,
                    Align::Centre => spare / 2,
                    Align::Right => spare,
                };
                let gap = if column == 0 { 0 } else { GAP };
                row.push(" ".repeat(gap + before), theme.text(role));
                row.pieces.extend(linked(text, setting, theme.text(role)).pieces);
                if column + 1 < wrapped.len() {
                    row.push(" ".repeat(spare - before), theme.text(role));
                }
            }
            row
        })
        .collect()
}

/// Each row of the table as `label: value` lines below its first cell.
fn folded(head: &[Vec<Span>], body: &[Vec<Vec<Span>>], setting: &Setting) -> Vec<Row> {
    let theme = setting.theme;
    let width = setting.measure();
    let mut rows = Vec::new();
    for cells in body {
        for (column, cell) in cells.iter().enumerate() {
            let mut text = Vec::new();
            if column > 0 {
                let label: String = head.get(column).into_iter().flatten().map(|span| span.text.as_str()).collect();
                text.push(Span::plain(format!("  {label}: ")));
            }
            let strong = Marks { strong: column == 0, ..Marks::default() };
            text.extend(cell.iter().cloned().map(|span| Span {
                style: Marks { strong: span.style.strong || strong.strong, ..span.style },
                ..span
            }));
            rows.extend(wrap(&text, width).iter().map(|line| linked(line, setting, theme.text(Role::Text))));
        }
    }
    rows
}

fn cell_width(cell: &[Span]) -> usize {
    cell.iter().map(|span| columns(&span.text)).sum()
}
