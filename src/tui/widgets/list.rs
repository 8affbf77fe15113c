//! A list that fills the body of a screen: a bar, the keys that move it, rows that scroll.

use crate::tui::keys::{self, Binding, Group};
use crate::tui::message::Mouse;
use crate::tui::row::{Hit, Row};
use ratatui::layout::Rect;

/// Where the bar stands, and how far the list is scrolled.
#[derive(Debug, Default)]
pub struct List {
    /// The entry under the bar, from 0.
    pub cursor: usize,
    /// The rows above the screen.
    pub scroll: usize,
}

/// How the bar moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// By entries.
    By(i32),
    /// To the first entry.
    First,
    /// To the last entry.
    Last,
}

/// How far a page goes.
const PAGE: i32 = 10;

/// The keys that move the bar.
pub fn keys<A: Copy>(action: impl Fn(Go) -> A) -> Vec<Binding<A>> {
    let read = |binding: Binding<A>| binding.group(Group::Read);
    let page_down = keys::PAGE_DOWN.into_iter().chain([keys::SPACE]);
    vec![
        read(Binding::new(keys::UP, "↑↓", "choose", action(Go::By(-1))).footer(1)),
        read(Binding::new(keys::DOWN, "↓ j", "down", action(Go::By(1)))),
        read(Binding::new(keys::PAGE_UP, "b PgUp", "page up", action(Go::By(-PAGE)))),
        read(Binding::new(page_down, "Space PgDn", "page down", action(Go::By(PAGE)))),
        read(Binding::new(keys::TOP, "g g Home", "first", action(Go::First))),
        read(Binding::new(keys::BOTTOM, "G End", "last", action(Go::Last))),
    ]
}

impl List {
    /// Moves the bar in a list of `count` entries.
    pub fn go(&mut self, go: Go, count: usize) {
        let last = count.saturating_sub(1);
        self.cursor = match go {
            Go::By(by) => self.cursor.saturating_add_signed(by as isize).min(last),
            Go::First => 0,
            Go::Last => last,
        };
    }

    /// Keeps the bar on the screen, with the heading above the first entry.
    pub fn settle(&mut self, rows: &[Row], height: usize) {
        let first = rows.iter().position(|row| row.selected).unwrap_or(0);
        let last = rows.iter().rposition(|row| row.selected).unwrap_or(0);
        let above = rows[..first].iter().rev().take_while(|row| row.target.is_none()).count();
        if first - above < self.scroll {
            self.scroll = first - above;
        }
        if last >= self.scroll + height {
            self.scroll = last + 1 - height;
        }
        self.scroll = self.scroll.min(rows.len().saturating_sub(height));
    }

    /// The entry that was clicked; the bar stands there then. True if it stood there before.
    pub fn clicked(&mut self, rows: &[Row], area: Rect, mouse: Mouse) -> bool {
        if mouse.row < area.y || mouse.row >= area.bottom() || mouse.column >= area.right() {
            return false;
        }
        let row = usize::from(mouse.row - area.y) + self.scroll;
        let Some(Hit::Item(place)) = rows.get(row).and_then(|row| row.target) else { return false };
        let again = place == self.cursor;
        self.cursor = place;
        again
    }
}
