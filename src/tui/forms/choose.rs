//! Options as rows: to pick from, and later each with its reason.

use super::{Asking, Focused, Look, Outcome, Room};
use crate::prose::Span;
use crate::prose::width::wrap;
use crate::question::answer::Remark;
use crate::question::form::{Choice, Choose, Label};
use crate::tui::row::{Hit, Row};
use crate::tui::theme::Role;
use crate::tui::widgets::prose::{self, Setting, styled};

/// Where an option's text begins.
const INDENT: usize = 7;

/// The options, or the options with their reasons once the outcome is told.
pub fn rows(asking: &Asking, choose: &Choose, look: &Look) -> Vec<Row> {
    match asking.told() {
        Some(outcome) => told(choose, outcome, look),
        None => open(asking, choose, look),
    }
}

fn open(asking: &Asking, choose: &Choose, look: &Look) -> Vec<Row> {
    let theme = look.setting.theme;
    let mut rows = Vec::new();
    for (index, option) in choose.options.iter().enumerate() {
        if index > 0 && look.room == Room::Roomy {
            rows.push(Row::new());
        }
        let picked = asking.picked.contains(&index);
        let mark = match (choose.many, picked) {
            (true, true) => "[x]",
            (true, false) => "[ ]",
            (false, true) => "(•)",
            (false, false) => "( )",
        };
        let selected = look.focus == Focused::Yes && asking.cursor == index;
        for (line, text) in text_rows(option, &look.setting).into_iter().enumerate() {
            let mut row = Row::new();
            if line == 0 {
                row.push(format!("{} ", index + 1), theme.text(Role::Muted));
                row.push(format!("{mark}  "), theme.text(if picked { Role::Accent } else { Role::Muted }));
            } else {
                row.push(" ".repeat(INDENT), theme.text(Role::Text));
            }
            row.pieces.extend(text.pieces);
            rows.push(row.select(selected).hit(Hit::Option { block: look.block, index }));
        }
    }
    rows
}

fn told(choose: &Choose, outcome: &Outcome, look: &Look) -> Vec<Row> {
    let theme = look.setting.theme;
    let mut rows = Vec::new();
    for (index, option) in choose.options.iter().enumerate() {
        let remark = outcome.grade.remarks.iter().find(|remark| remark.option() == Some(&option.id));
        let (sign, note, role) = standing(remark, choose.many);
        for (line, text) in text_rows(option, &look.setting).into_iter().enumerate() {
            let mut row = Row::new();
            if line == 0 {
                row.push(format!("{sign} "), theme.bold(role));
                row.push(format!("{}  ", index + 1), theme.text(Role::Muted));
                if choose.many {
                    let ticked = remark.is_some_and(|remark| remark.chosen);
                    row.push(if ticked { "[x] " } else { "[ ] " }, theme.text(Role::Muted));
                }
                row = row.right(note, theme.bold(role));
            } else {
                row.push(" ".repeat(if choose.many { 9 } else { 5 }), theme.text(Role::Text));
            }
            row.pieces.extend(text.pieces);
            rows.push(row);
        }
        if let Some(remark) = remark {
            rows.extend(why(remark, 5, &look.setting));
        }
    }
    rows
}

/// How an option came out: its sign, its word, its colour.
fn standing(remark: Option<&Remark>, many: bool) -> (&'static str, &'static str, Role) {
    match remark.map(|remark| (remark.is_key, remark.chosen)) {
        Some((true, true)) => ("✓", "your answer, right", Role::Correct),
        Some((true, false)) if many => ("✓", "missed", Role::Warning),
        Some((true, false)) => ("✓", "the answer", Role::Correct),
        Some((false, true)) => ("✗", "your answer", Role::Wrong),
        Some((false, false)) | None => (" ", "", Role::Muted),
    }
}

/// An author's reason, hanging below what it is about.
pub fn why(remark: &Remark, indent: usize, setting: &Setting) -> Vec<Row> {
    let narrow = Setting { width: setting.width.saturating_sub(indent), ..*setting };
    let mut rows = Vec::new();
    for block in &remark.why.0 {
        let crate::prose::Block::Paragraph(text) = block else {
            rows.extend(prose::block(block, &narrow));
            continue;
        };
        rows.extend(prose::running(text, &narrow, Role::Muted));
    }
    for row in &mut rows {
        let mut whole = Row::text(" ".repeat(indent), setting.theme.text(Role::Muted));
        whole.pieces.append(&mut row.pieces);
        *row = whole;
    }
    rows
}

fn text_rows(option: &Choice, setting: &Setting) -> Vec<Row> {
    // The note at the right edge needs room of its own.
    let room = setting.width.saturating_sub(INDENT).max(8);
    let base = setting.theme.text(Role::Text);
    match &option.text {
        Label::Prose(text) => wrap(text, room).iter().map(|line| styled(line, setting.theme, base)).collect(),
        Label::Output(text) if text.is_empty() => vec![Row::text("nothing", setting.theme.text(Role::Muted))],
        Label::Output(text) => text
            .lines()
            .flat_map(|line| wrap(&[Span::plain(line)], room))
            .map(|line| styled(&line, setting.theme, base))
            .collect(),
    }
}
