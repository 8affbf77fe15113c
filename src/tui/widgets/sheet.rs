//! A box of rows over the page that can be scrolled: what the help and the words share.

use crate::tui::chrome;
use crate::tui::keys::{self, Binding};
use crate::tui::message::Key;
use crate::tui::row::{Row, draw_rows};
use crate::tui::screen::{Input, Next, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// How far a sheet is scrolled.
#[derive(Debug, Default)]
pub struct Sheet {
    scroll: usize,
}

/// What the keys of a sheet do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Moves by rows.
    Line(i32),
    /// Moves by pages.
    Page(i32),
    /// Closes it.
    Close,
}

/// The columns of a sheet that are not for its rows: frame and margin.
const EDGES: u16 = 4;

/// How many columns the rows of a sheet have that is at most `widest` columns wide.
pub fn width(view: &View, widest: u16) -> usize {
    usize::from(view.size.width.saturating_sub(EDGES).min(widest).saturating_sub(EDGES))
}

/// The keys of a sheet; each of `close` closes it, beside Esc and Enter.
pub fn keys(close: &[Key]) -> Vec<Binding<Action>> {
    let close = [keys::ESC, keys::ENTER, Key::char('q')].into_iter().chain(close.iter().copied());
    vec![
        Binding::new(close, "Esc", "close", Action::Close).footer(0),
        Binding::new(keys::UP, "↑↓", "more", Action::Line(-1)).footer(1),
        Binding::new(keys::DOWN, "↓ j", "more", Action::Line(1)),
        Binding::new(keys::PAGE_UP, "PgUp", "page up", Action::Page(-1)),
        Binding::new(keys::PAGE_DOWN.into_iter().chain([keys::SPACE]), "PgDn", "page down", Action::Page(1)),
    ]
}

impl Sheet {
    /// Does what a key stands for. `rows` is how many there are.
    pub fn act(&mut self, view: &View, widest: u16, rows: usize, action: Action) -> Next {
        let page =
            isize::try_from(area(view, widest, rows).height).unwrap_or(isize::MAX).saturating_sub(EDGES as isize);
        match action {
            Action::Line(by) => self.scroll = self.scroll.saturating_add_signed(by as isize),
            Action::Page(by) => self.scroll = self.scroll.saturating_add_signed(page.max(1) * by as isize),
            Action::Close => return Next::Pop,
        }
        Next::Stay
    }

    /// Takes the wheel, and a click beside the box, which closes it.
    pub fn input(&mut self, view: &View, widest: u16, rows: usize, input: &Input) -> Next {
        match input {
            Input::Wheel(by) => self.act(view, widest, rows, Action::Line(*by)),
            Input::Pressed(mouse) => {
                let inside = area(view, widest, rows).contains((mouse.column, mouse.row).into());
                if inside { Next::Stay } else { Next::Pop }
            }
            Input::Typed(_)
            | Input::Pasted(_)
            | Input::Accepted(_)
            | Input::Left
            | Input::GoTo(_)
            | Input::Dragged(_)
            | Input::Released(_)
            | Input::Ticked => Next::Stay,
        }
    }

    /// Keeps the last row at the bottom.
    pub fn settle(&mut self, view: &View, widest: u16, rows: usize) {
        self.scroll =
            self.scroll.min(rows.saturating_sub(usize::from(area(view, widest, rows).height.saturating_sub(2))));
    }

    /// Draws the box with its rows.
    pub fn view(&self, view: &View, widest: u16, title: &str, rows: &[Row], buf: &mut Buffer) -> Option<(u16, u16)> {
        let area = area(view, widest, rows.len());
        let more = rows.len() > usize::from(area.height.saturating_sub(2));
        let foot = if more { "Esc close · ↑↓ more" } else { "Esc close" };
        let inside = chrome::draw_box(area, title, foot, view.theme, buf);
        let end = rows.len().min(self.scroll + usize::from(inside.height));
        draw_rows(rows.get(self.scroll..end).unwrap_or_default(), 0, view.theme, inside, buf)
    }
}

/// Where the box stands: in the middle, near the top, as high as it needs to be.
fn area(view: &View, widest: u16, rows: usize) -> Rect {
    let width = view.size.width.saturating_sub(EDGES).min(widest);
    let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2);
    let height = height.min(view.size.height.saturating_sub(EDGES)).max(EDGES);
    Rect { x: (view.size.width - width) / 2, y: 2.min(view.size.height - height), width, height }
}
