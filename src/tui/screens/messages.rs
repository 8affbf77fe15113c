//! All that was said in the message row since the start, the newest first.

use crate::prose::Span;
use crate::prose::width::wrap;
use crate::tui::keys::Binding;
use crate::tui::row::Row;
use crate::tui::screen::{Context, Cover, Head, Input, Next, Screen, View};
use crate::tui::theme::Role;
use crate::tui::widgets::sheet::{self, Action, Sheet};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The messages.
#[derive(Debug, Default)]
pub struct Messages {
    sheet: Sheet,
}

/// The widest that messages are drawn.
const WIDEST: u16 = 76;
/// The columns for how long ago something was said.
const AGO: usize = 12;

fn rows(view: &View, width: usize) -> Vec<Row> {
    let theme = view.theme;
    let mut rows = Vec::new();
    for (at, notice) in view.notices.all() {
        let ago = ago(view.now.at.since_ms(*at));
        let lines = wrap(&[Span::plain(notice.text.clone())], width.saturating_sub(AGO).max(8));
        for (line, spans) in lines.into_iter().enumerate() {
            let before = if line == 0 { ago.as_str() } else { "" };
            let text: String = spans.into_iter().map(|span| span.text).collect();
            let before = Row::text(format!("{before:<AGO$}"), theme.text(Role::Muted));
            rows.push(before.with(text, theme.text(notice.role)));
        }
    }
    if rows.is_empty() {
        rows.push(Row::text("Nothing was said yet.", theme.text(Role::Muted)));
    }
    rows
}

fn ago(ms: u32) -> String {
    match ms / 1000 {
        0..=1 => "now".to_owned(),
        seconds @ 2..=59 => format!("{seconds} s ago"),
        seconds @ 60..=3599 => format!("{} min ago", seconds / 60),
        seconds => format!("{} h ago", seconds / 3600),
    }
}

impl Screen for Messages {
    type Action = Action;

    fn cover(&self) -> Cover {
        Cover::Box
    }

    fn head(&self, _view: &View) -> Head {
        Head::default()
    }

    fn keys(&self, _view: &View) -> Vec<Binding<Action>> {
        sheet::keys(&[])
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        let rows = rows(&cx.view, sheet::width(&cx.view, WIDEST)).len();
        self.sheet.act(&cx.view, WIDEST, rows, action)
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        let rows = rows(&cx.view, sheet::width(&cx.view, WIDEST)).len();
        self.sheet.input(&cx.view, WIDEST, rows, &input)
    }

    fn settle(&mut self, view: &View) {
        let rows = rows(view, sheet::width(view, WIDEST)).len();
        self.sheet.settle(view, WIDEST, rows);
    }

    fn view(&self, view: &View, _body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        let rows = rows(view, sheet::width(view, WIDEST));
        self.sheet.view(view, WIDEST, "Messages", &rows, buf)
    }
}
