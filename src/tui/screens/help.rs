//! Help: every key of the screen below, and no other.

use crate::prose::width::{columns, cut};
use crate::tui::keys::{Binding, Group, Hint};
use crate::tui::message::Key;
use crate::tui::row::Row;
use crate::tui::screen::{Context, Cover, Head, Input, Next, Screen, View};
use crate::tui::theme::Role;
use crate::tui::widgets::sheet::{self, Action, Sheet};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The keys of a screen.
#[derive(Debug)]
pub struct Help {
    title: String,
    hints: Vec<Hint>,
    sheet: Sheet,
}

/// The widest that the help is drawn.
const WIDEST: u16 = 76;

impl Help {
    /// The help of a screen with this name and these keys.
    pub fn new(title: String, hints: Vec<Hint>) -> Help {
        Help { title, hints, sheet: Sheet::default() }
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
        sheet::keys(&[Key::char('?')])
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        let rows = self.rows(&cx.view, sheet::width(&cx.view, WIDEST)).len();
        self.sheet.act(&cx.view, WIDEST, rows, action)
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        let rows = self.rows(&cx.view, sheet::width(&cx.view, WIDEST)).len();
        self.sheet.input(&cx.view, WIDEST, rows, &input)
    }

    fn settle(&mut self, view: &View) {
        let rows = self.rows(view, sheet::width(view, WIDEST)).len();
        self.sheet.settle(view, WIDEST, rows);
    }

    fn view(&self, view: &View, _body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        let rows = self.rows(view, sheet::width(view, WIDEST));
        self.sheet.view(view, WIDEST, &format!("Keys: {}", self.title), &rows, buf)
    }
}
