//! The outline of a lesson: its headings, to go to one.

use crate::prose::width::cut;
use crate::tui::chrome;
use crate::tui::keys::{self, Binding};
use crate::tui::message::Key;
use crate::tui::row::{Hit, Row, draw_rows};
use crate::tui::screen::{Context, Cover, Head, Input, Next, Screen, View};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A heading of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 or 3.
    pub level: u8,
    /// What it says.
    pub title: String,
    /// Its block in the text.
    pub block: u16,
    /// Its first row.
    pub row: usize,
}

/// The outline.
#[derive(Debug)]
pub struct Outline {
    headings: Vec<Heading>,
    /// Which of them are marked.
    marked: Vec<bool>,
    cursor: usize,
}

/// What the keys of the outline do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Moves the bar.
    Move(i32),
    /// Goes to the heading under the bar.
    Go,
    /// Closes it.
    Close,
}

impl Outline {
    /// An outline of these headings, with the bar on the one that `here` belongs to.
    pub fn new(headings: &[Heading], marked: Vec<bool>, here: u16) -> Outline {
        let cursor = headings.iter().rposition(|heading| heading.block <= here).unwrap_or(0);
        Outline { headings: headings.to_vec(), marked, cursor }
    }

    fn area(&self, view: &View) -> Rect {
        let width = view.size.width.saturating_sub(4).min(60);
        let height = (self.headings.len() as u16 + 2).clamp(4, view.size.height.saturating_sub(4).max(4));
        Rect { x: 2, y: 2.min(view.size.height - height), width, height }
    }

    fn first(&self, height: usize) -> usize {
        (self.cursor + 1).saturating_sub(height)
    }
}

impl Screen for Outline {
    type Action = Action;

    fn cover(&self) -> Cover {
        Cover::Box
    }

    fn head(&self, _view: &View) -> Head {
        Head::default()
    }

    fn keys(&self, _view: &View) -> Vec<Binding<Action>> {
        let close = [keys::ESC, Key::char('o'), Key::char('q')];
        vec![
            Binding::new(keys::RIGHT.into_iter().chain([keys::ENTER]), "Enter", "go there", Action::Go).footer(0),
            Binding::new(keys::UP, "↑↓", "choose", Action::Move(-1)).footer(1),
            Binding::new(keys::DOWN, "↓ j", "down", Action::Move(1)),
            Binding::new(close, "Esc", "close", Action::Close).footer(2),
        ]
    }

    fn act(&mut self, _cx: &mut Context, action: Action) -> Next {
        match action {
            Action::Move(by) => {
                let last = self.headings.len().saturating_sub(1);
                self.cursor = self.cursor.saturating_add_signed(by as isize).min(last);
                Next::Stay
            }
            Action::Go => {
                let block = self.headings.get(self.cursor).map_or(0, |heading| heading.block);
                Next::Below(Input::GoTo(block))
            }
            Action::Close => Next::Pop,
        }
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        match input {
            Input::Wheel(by) => self.act(cx, Action::Move(by)),
            Input::Pressed(mouse) => {
                let area = self.area(&cx.view);
                if !area.contains((mouse.column, mouse.row).into()) {
                    return Next::Pop;
                }
                let height = usize::from(area.height.saturating_sub(2));
                let place = usize::from(mouse.row.saturating_sub(area.y + 1)) + self.first(height);
                if place < self.headings.len() {
                    self.cursor = place;
                    return self.act(cx, Action::Go);
                }
                Next::Stay
            }
            _ => Next::Stay,
        }
    }

    fn view(&self, view: &View, _body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        let theme = view.theme;
        let area = self.area(view);
        let inside = chrome::draw_box(area, "Outline", "Enter go there · Esc close", theme, buf);
        let place = Rect { x: inside.x + 2, width: inside.width.saturating_sub(2), ..inside };
        let rows: Vec<Row> = self
            .headings
            .iter()
            .enumerate()
            .map(|(number, heading)| {
                let indent = if heading.level > 2 { "  " } else { "" };
                let is_marked = self.marked.get(number).copied().unwrap_or(false);
                let text = cut(&format!("{indent}{}", heading.title), usize::from(place.width).saturating_sub(9));
                let mut row = Row::text(text, theme.text(Role::Text));
                if is_marked {
                    row = row.right("◆ marked", theme.text(Role::Muted));
                }
                row.select(number == self.cursor).hit(Hit::Item(number))
            })
            .collect();
        let first = self.first(usize::from(inside.height));
        let shown: Vec<Row> = rows.into_iter().skip(first).take(usize::from(inside.height)).collect();
        draw_rows(&shown, 0, theme, place, buf)
    }
}
