//! Help: every key of the screen below, and no other.

use crate::prose::width::{columns, cut};
use crate::tui::chrome;
use crate::tui::keys::{self, Binding, Group, Hint};
use crate::tui::row::{Row, draw_rows};
use crate::tui::screen::{Context, Cover, Head, Input, Next, Screen, View};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The keys of a screen.
#[derive(Debug)]
pub struct Help {
    title: String,
    hints: Vec<Hint>,
    scroll: usize,
}

/// What the keys of the help do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Moves by rows.
    Line(i32),
    /// Moves by pages.
    Page(i32),
    /// Closes it.
    Close,
}

impl Help {
    /// The help of a screen with this name and these keys.
    pub fn new(title: String, hints: Vec<Hint>) -> Help {
        Help { title, hints, scroll: 0 }
    }

    fn area(&self, view: &View) -> Rect {
        let width = view.size.width.saturating_sub(4).min(76);
        let rows = self.rows(view, usize::from(width.saturating_sub(4))).len() as u16;
        let height = (rows + 2).min(view.size.height.saturating_sub(4)).max(5);
        Rect { x: (view.size.width - width) / 2, y: 2.min(view.size.height - height), width, height }
    }

    fn rows(&self, view: &View, width: usize) -> Vec<Row> {
        let theme = view.theme;
        let mut rows = Vec::new();
        for (group, name) in [(Group::Do, "Do"), (Group::Read, "Move and read"), (Group::Everywhere, "Everywhere")] {
            let hints: Vec<&Hint> = self.hints.iter().filter(|hint| hint.group == group).collect();
            if hints.is_empty() {
                continue;
            }
            if !rows.is_empty() {
                rows.push(Row::new());
            }
            rows.push(Row::text(name, theme.bold(Role::Text)));
            // Two columns where both fit, filled from the top left.
            let pairs = if width >= 64 && group != Group::Everywhere { hints.len().div_ceil(2) } else { hints.len() };
            let half = width / 2;
            for line in 0..pairs {
                let mut row = self.entry(hints[line], view, if pairs < hints.len() { half } else { width });
                if let Some(second) = hints.get(line + pairs).filter(|_| pairs < hints.len()) {
                    row.push(" ".repeat(half.saturating_sub(row.width())), theme.text(Role::Text));
                    row.pieces.extend(self.entry(second, view, width - half).pieces);
                }
                rows.push(row);
            }
        }
        rows
    }

    fn entry(&self, hint: &Hint, view: &View, width: usize) -> Row {
        let theme = view.theme;
        let pad = 12usize.saturating_sub(columns(&hint.shown)).max(1);
        Row::text(format!("  {}", hint.shown), theme.bold(Role::Accent))
            .with(format!("{}{}", " ".repeat(pad), cut(&hint.label, width.saturating_sub(15))), theme.text(Role::Text))
    }
}

impl Screen for Help {
    type Action = Action;

    fn cover(&self) -> Cover {
        Cover::Box
    }

    fn head(&self, _view: &View) -> Head {
        Head::default()
    }

    fn keys(&self, _view: &View) -> Vec<Binding<Action>> {
        let close = [keys::ESC, keys::ENTER, crate::tui::message::Key::char('?'), crate::tui::message::Key::char('q')];
        vec![
            Binding::new(close, "Esc", "close", Action::Close).footer(0),
            Binding::new(keys::UP, "↑↓", "more", Action::Line(-1)).footer(1),
            Binding::new(keys::DOWN, "↓ j", "more", Action::Line(1)),
            Binding::new(keys::PAGE_UP, "PgUp", "page up", Action::Page(-1)),
            Binding::new(keys::PAGE_DOWN.into_iter().chain([keys::SPACE]), "PgDn", "page down", Action::Page(1)),
        ]
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        let page = isize::from(self.area(&cx.view).height as i16 - 4).max(1);
        match action {
            Action::Line(by) => self.scroll = self.scroll.saturating_add_signed(by as isize),
            Action::Page(by) => self.scroll = self.scroll.saturating_add_signed(page * by as isize),
            Action::Close => return Next::Pop,
        }
        Next::Stay
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        match input {
            Input::Wheel(by) => self.act(cx, Action::Line(by)),
            Input::Pressed(mouse) => {
                let area = self.area(&cx.view);
                if area.contains((mouse.column, mouse.row).into()) { Next::Stay } else { Next::Pop }
            }
            _ => Next::Stay,
        }
    }

    fn settle(&mut self, view: &View) {
        let area = self.area(view);
        let rows = self.rows(view, usize::from(area.width.saturating_sub(4))).len();
        self.scroll = self.scroll.min(rows.saturating_sub(usize::from(area.height.saturating_sub(2))));
    }

    fn view(&self, view: &View, _body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        let area = self.area(view);
        let title = format!("Keys: {}", self.title);
        let rows = self.rows(view, usize::from(area.width.saturating_sub(4)));
        let more = rows.len() > usize::from(area.height.saturating_sub(2));
        let foot = if more { "Esc close · ↑↓ more" } else { "Esc close" };
        let inside = chrome::draw_box(area, &title, foot, view.theme, buf);
        let shown: Vec<Row> = rows.into_iter().skip(self.scroll).take(usize::from(inside.height)).collect();
        draw_rows(&shown, 0, view.theme, inside, buf)
    }
}
