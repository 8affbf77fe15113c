//! A box with a list of which one is chosen.

use crate::tui::chrome;
use crate::tui::row::{Hit, Row, draw_rows};
use crate::tui::screen::{Input, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Where the bar stands.
#[derive(Debug, Default)]
pub struct Pick {
    /// The entry under the bar, from 0.
    pub cursor: usize,
}

/// What came of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// The entry under the bar was chosen.
    This,
    /// Nothing.
    Nothing,
    /// Somebody clicked beside the box.
    Beside,
}

/// The columns that are not for rows: the frame, the bar, margins.
const EDGES: u16 = 6;

/// How many columns the rows have in a box that is at most `widest` columns wide.
pub fn width(view: &View, widest: u16) -> usize {
    usize::from(view.size.width.saturating_sub(4).min(widest).saturating_sub(EDGES))
}

impl Pick {
    /// Moves the bar in a list of `count` entries.
    pub fn go(&mut self, by: i32, count: usize) {
        self.cursor = self.cursor.saturating_add_signed(by as isize).min(count.saturating_sub(1));
    }

    /// Takes the wheel and clicks.
    pub fn input(&mut self, view: &View, widest: u16, rows: &[Row], count: usize, input: &Input) -> Picked {
        match input {
            Input::Wheel(by) => self.go(*by, count),
            Input::Pressed(mouse) => {
                let area = area(view, widest, rows.len());
                if !area.contains((mouse.column, mouse.row).into()) {
                    return Picked::Beside;
                }
                let first = first(rows, usize::from(area.height.saturating_sub(2)));
                let row = usize::from(mouse.row.saturating_sub(area.y + 1)) + first;
                if mouse.row > area.y
                    && let Some(Hit::Item(place)) = rows.get(row).and_then(|row| row.target)
                {
                    self.cursor = place;
                    return Picked::This;
                }
            }
            _ => {}
        }
        Picked::Nothing
    }
}

/// Draws the box: the selected rows are always on the screen.
pub fn draw(view: &View, widest: u16, title: &str, foot: &str, rows: &[Row], buf: &mut Buffer) -> Option<(u16, u16)> {
    let area = area(view, widest, rows.len());
    let inside = chrome::draw_box(area, title, foot, view.theme, buf);
    let place = Rect { x: inside.x + 2, width: inside.width.saturating_sub(2), ..inside };
    let height = usize::from(inside.height);
    let first = first(rows, height);
    draw_rows(rows.get(first..rows.len().min(first + height)).unwrap_or_default(), 0, view.theme, place, buf)
}

fn first(rows: &[Row], height: usize) -> usize {
    rows.iter().rposition(|row| row.selected).map_or(0, |last| (last + 1).saturating_sub(height))
}

fn area(view: &View, widest: u16, rows: usize) -> Rect {
    let width = view.size.width.saturating_sub(4).min(widest);
    let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2);
    let height = height.min(view.size.height.saturating_sub(4)).max(4);
    Rect { x: (view.size.width - width) / 2, y: 2.min(view.size.height - height), width, height }
}
