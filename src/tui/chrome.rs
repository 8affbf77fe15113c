//! The rows around every screen: where one is, how far, the message row, the footer.

use super::keys::{Group, Hint};
use super::message::{Key, Size};
use super::row::Row;
use super::screen::{Head, Notice, Prompt, SMALLEST, Side, View};
use super::theme::{Ground, Role, Theme};
use crate::prose::width::{columns, cut};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The keys that work on every screen, for footer and help.
pub fn everywhere(typing: bool) -> Vec<Hint> {
    let hint = |key: Key, shown: &'static str, label: &'static str, footer: Option<u8>| Hint {
        key: Some(key),
        press: Some(key),
        shown: shown.into(),
        label: label.into(),
        footer,
        group: Group::Everywhere,
    };
    let (help, go_to) = if typing { ("F1", "Ctrl-P") } else { ("?", ":") };
    vec![
        hint(Key::code(super::message::Code::F(1)), help, "help", Some(1)),
        hint(Key::ctrl('p'), go_to, "go to", Some(2)),
        hint(super::keys::ESC, "Esc", "back, one step", None),
        hint(Key::char('q'), "q", "quit; all is saved", None),
        hint(
            Key::char('g'),
            "g",
            "places: h home, c course, s progress, d practise, w mistakes, t words, , settings",
            None,
        ),
        hint(Key::char(','), ",", "settings", None),
        hint(Key::char('M'), "M", "mouse on or off; Shift-drag selects text", None),
        hint(Key::ctrl('l'), "Ctrl-L", "draw anew", None),
    ]
}

/// How much of the last part of the trail is always shown, in columns.
const NAME_MIN: usize = 20;

/// Draws rows 0 to 2.
pub fn draw_head(head: &Head, unsaved: usize, view: &View, buf: &mut Buffer) {
    let (theme, size) = (view.theme, view.size);
    let width = usize::from(size.width.saturating_sub(4));
    let row = Rect { x: 2, y: 0, width: width as u16, height: 1 };
    let mut right = Row::new();
    if unsaved > 0 {
        right.push(format!("NOT SAVED {unsaved}"), theme.bold(Role::Wrong));
        right.push("  ", theme.text(Role::Muted));
    }
    // Where one is matters more than how far: in a narrow window the facts shrink to their first part, then go.
    let name = head.trail.last().map_or(0, |last| columns(last)).min(NAME_MIN);
    let room = width.saturating_sub(right.width() + name + 2);
    let short = head.right.split(" · ").next().unwrap_or("");
    let facts = [head.right.as_str(), short].into_iter().find(|facts| columns(facts) <= room).unwrap_or("");
    right.push(facts, theme.text(Role::Muted));
    let right_width = right.width();
    let room = width.saturating_sub(right_width + 2);
    trail(&head.trail, room, theme).draw(theme, row, buf);
    let x = row.right().saturating_sub(right_width as u16);
    right.draw(theme, Rect { x, width: right_width as u16, ..row }, buf);
    if let Some(progress) = head.progress {
        bar(progress, width, theme).draw(theme, Rect { y: 1, ..row }, buf);
    }
    if let (false, Some(verdict)) = (view.is_low(), &head.verdict) {
        verdict.draw(theme, view.column(Rect { y: 2, ..row }), buf);
    }
}

/// `a › b › c` in at most `room` columns, shortened from the left; the last part is bold and stays.
fn trail(parts: &[String], room: usize, theme: &Theme) -> Row {
    let Some((last, before)) = parts.split_last() else { return Row::new() };
    let last = cut(last, room);
    let mut left = room.saturating_sub(columns(&last));
    let mut shown = Vec::new();
    for part in before.iter().rev() {
        let wide = columns(part) + 3;
        if wide > left {
            break;
        }
        left -= wide;
        shown.push(part);
    }
    let mut row = Row::new();
    for part in shown.into_iter().rev() {
        row.push(part.as_str(), theme.text(Role::Muted));
        row.push(" › ", theme.text(Role::Muted));
    }
    row.with(last, theme.bold(Role::Text))
}

/// A line that is filled from the left; `share` is from 0 to 1.
pub fn bar(share: f64, width: usize, theme: &Theme) -> Row {
    let filled = filled(share, width);
    Row::new()
        .with("━".repeat(filled), theme.text(Role::Accent))
        .with("─".repeat(width - filled), theme.text(Role::Rule))
}

/// How many of `width` cells a share fills: none only for nothing, all only for everything.
pub fn filled(share: f64, width: usize) -> usize {
    let cells = (share.clamp(0.0, 1.0) * width as f64).round() as usize;
    if share <= 0.0 {
        0
    } else if share >= 1.0 {
        width
    } else {
        cells.clamp(1, width.saturating_sub(1).max(1))
    }
}

/// The columns at the right of the message row that say how many rows are left below.
const LEFT_BELOW: usize = 14;

/// Draws the row above the footer.
pub fn draw_message(left: Option<&Notice>, right: Option<&Notice>, theme: &Theme, size: Size, buf: &mut Buffer) {
    let row = Rect { x: 2, y: size.height.saturating_sub(2), width: size.width.saturating_sub(4), height: 1 };
    // At the far right the body may have said how many rows are left below: that stays, unless a wide window's words
    // need the room.
    let short = usize::from(row.width).saturating_sub(LEFT_BELOW);
    let below = (row.x + short as u16..row.right()).any(|x| buf[(x, row.y)].symbol() != " ");
    let is_long = left.is_some_and(|notice| columns(&notice.text) > short);
    let is_whole = !below || (is_long && size.width >= 60);
    let room = if is_whole { usize::from(row.width) } else { short };
    let mut line = Row::new();
    if let Some(notice) = left {
        let text = cut(&notice.text, room);
        let blanks = if is_whole && below { room.saturating_sub(columns(&text)) } else { 0 };
        line.push(text + &" ".repeat(blanks), theme.text(notice.role));
    }
    if let Some(notice) = right {
        debug_assert_eq!(notice.side, Side::Right);
        line = line.right(notice.text.clone(), theme.text(notice.role));
    }
    line.draw(theme, Rect { width: room as u16, ..row }, buf);
}

/// Draws a prompt in the message row, and what was saved; gives back where its cursor stands.
pub fn draw_prompt(
    prompt: &Prompt,
    right: Option<&Notice>,
    theme: &Theme,
    size: Size,
    buf: &mut Buffer,
) -> Option<(u16, u16)> {
    let row = Rect { x: 2, y: size.height.saturating_sub(2), width: size.width.saturating_sub(4), height: 1 };
    for x in row.left()..row.right() {
        buf[(x, row.y)].set_symbol(" ");
    }
    let line = match right {
        Some(notice) => prompt.row.clone().right(notice.text.clone(), theme.text(notice.role)),
        None => prompt.row.clone(),
    };
    line.draw(theme, row, buf);
    let cursor = prompt.cursor?;
    Some(((row.x + cursor).min(row.right().saturating_sub(1)), row.y))
}

/// Where each entry of the footer stands: its first column, its width, and the entry. Those of the screen come from the
/// left in their order while there is room; help and palette stand at the right.
pub fn footer(own: &[Hint], common: &[Hint], size: Size) -> Vec<(u16, u16, Hint)> {
    let narrow = size.width < 60;
    let wide = |hint: &Hint| columns(&hint.shown) + 1 + columns(&hint.label);
    let mut placed = Vec::new();
    let mut end = usize::from(size.width.saturating_sub(2));
    let mut right: Vec<&Hint> = common.iter().filter(|hint| hint.footer.is_some()).collect();
    right.sort_by_key(|hint| hint.footer);
    if narrow {
        right.truncate(1);
    }
    for hint in right.into_iter().rev() {
        end = end.saturating_sub(wide(hint));
        placed.push((end as u16, wide(hint) as u16, hint.clone()));
        end = end.saturating_sub(2);
    }
    let mut left: Vec<&Hint> = own.iter().filter(|hint| hint.footer.is_some()).collect();
    left.sort_by_key(|hint| hint.footer);
    // Whatever else has to go, the footer says what Enter does; where it is narrow, the arrows go first.
    let rank = |hint: &Hint| match hint.key {
        Some(super::keys::ENTER) => 0,
        Some(key) if narrow && key == super::keys::UP[0] => 2,
        Some(_) | None => 1,
    };
    // From column 2 on, two blanks behind each; those behind the last one may lie beyond the end.
    let mut room = end;
    let mut kept = vec![false; left.len()];
    for wanted in 0..=2 {
        for (hint, kept) in left.iter().zip(&mut kept).filter(|(hint, _)| rank(hint) == wanted) {
            if let Some(rest) = room.checked_sub(wide(hint) + 2) {
                room = rest;
                *kept = true;
            }
        }
    }
    let mut x = 2;
    for (hint, _) in left.into_iter().zip(kept).filter(|(_, kept)| *kept) {
        placed.push((x as u16, wide(hint) as u16, hint.clone()));
        x += wide(hint) + 2;
    }
    placed
}

/// Draws the last row.
pub fn draw_footer(entries: &[(u16, u16, Hint)], theme: &Theme, size: Size, buf: &mut Buffer) {
    let y = size.height.saturating_sub(1);
    for (x, width, hint) in entries {
        Row::new()
            .with(hint.shown.clone(), theme.bold(Role::Accent))
            .with(format!(" {}", hint.label), theme.text(Role::Muted))
            .draw(theme, Rect { x: *x, y, width: *width, height: 1 }, buf);
    }
}

/// Draws the sentence for a window that is too small.
pub fn draw_too_small(theme: &Theme, size: Size, buf: &mut Buffer) {
    let lines = [
        format!("This window is {} × {}.", size.width, size.height),
        format!("flaskdojo needs {} × {}.", SMALLEST.width, SMALLEST.height),
        String::new(),
        "Make it larger, or use".into(),
        "flaskdojo --plain".into(),
        String::new(),
        "Your place is kept.".into(),
        "q quit".into(),
    ];
    let first = u16::from(size.height > 8);
    for (line, text) in (first..size.height).zip(&lines) {
        let area = Rect { x: 2.min(size.width), y: line, width: size.width.saturating_sub(2), height: 1 };
        Row::text(text.as_str(), theme.text(Role::Text)).draw(theme, area, buf);
    }
}

/// Draws the frame of a box and fills it; gives back its inside, two columns from the frame.
pub fn draw_box(area: Rect, title: &str, foot: &str, theme: &Theme, buf: &mut Buffer) -> Rect {
    let line = theme.text(Role::Muted);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            buf[(x, y)].reset();
        }
    }
    buf.set_style(area, theme.ground(Ground::Overlay));
    let inner = usize::from(area.width.saturating_sub(2));
    let edge = |left: &str, right: &str, text: &str, at_end: bool| {
        let text = cut(text, inner.saturating_sub(4));
        let text = if text.is_empty() { String::new() } else { format!(" {text} ") };
        let rule = "─".repeat(inner.saturating_sub(columns(&text)));
        if at_end {
            let (most, one) = rule.split_at(rule.len().saturating_sub("─".len()));
            format!("{left}{most}{text}{one}{right}")
        } else {
            format!("{left}{text}{rule}{right}")
        }
    };
    buf.set_string(area.x, area.y, edge("┌", "┐", title, false), line);
    buf.set_string(area.x, area.bottom() - 1, edge("└", "┘", foot, true), line);
    for y in area.y + 1..area.bottom() - 1 {
        buf.set_string(area.x, y, "│", line);
        buf.set_string(area.right() - 1, y, "│", line);
    }
    Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: area.height.saturating_sub(2) }
}
