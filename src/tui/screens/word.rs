//! Words of the glossary, in a box over the page.

use crate::course::lesson::Lesson;
use crate::course::outline::Word as Entry;
use crate::prose::{Block, Prose, Span, Target};
use crate::tui::chrome;
use crate::tui::keys::{self, Binding};
use crate::tui::message::Key;
use crate::tui::row::{Row, draw_rows};
use crate::tui::screen::{Context, Cover, Head, Input, Next, Screen, View};
use crate::tui::theme::Role;
use crate::tui::widgets::prose::{self, Setting};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Some words and what they mean.
#[derive(Debug)]
pub struct Word {
    title: String,
    words: Vec<Entry>,
    scroll: usize,
}

/// What the keys of the words do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Moves by rows.
    Line(i32),
    /// Moves by pages.
    Page(i32),
    /// Closes it.
    Close,
}

impl Word {
    /// One word.
    pub fn one(word: &Entry) -> Word {
        Word { title: "Word".into(), words: vec![word.clone()], scroll: 0 }
    }

    /// The words that a lesson links.
    pub fn of_lesson(view: &View, lesson: &Lesson) -> Word {
        let words = terms(&lesson.body).iter().filter_map(|term| view.course.word(term)).cloned().collect();
        Word { title: "Words of this lesson".into(), words, scroll: 0 }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn area(&self, view: &View) -> Rect {
        let width = view.size.width.saturating_sub(6).min(72);
        let rows = self.rows(view, usize::from(width.saturating_sub(4))).len() as u16;
        let height = (rows + 2).min(view.size.height.saturating_sub(4)).max(4);
        Rect { x: (view.size.width - width) / 2, y: 3.min(view.size.height - height), width, height }
    }

    fn rows(&self, view: &View, width: usize) -> Vec<Row> {
        let theme = view.theme;
        let setting = Setting { theme, width, flask: "" };
        let mut rows = Vec::new();
        for word in &self.words {
            if !rows.is_empty() {
                rows.push(Row::new());
            }
            rows.push(Row::text(word.term.clone(), theme.bold(Role::Accent)));
            rows.extend(prose::blocks(&word.text.0, &setting));
            if !word.see.is_empty() {
                rows.push(Row::text(format!("see also  {}", word.see.join(", ")), theme.text(Role::Muted)));
            }
        }
        rows
    }
}

/// The terms that a text links, each once, in order.
pub fn terms(prose: &Prose) -> Vec<String> {
    let mut found = Vec::new();
    collect(&prose.0, &mut found);
    found
}

fn collect(blocks: &[Block], found: &mut Vec<String>) {
    let mut spans = |text: &[Span]| {
        for span in text {
            if let Some(Target::Term(term)) = &span.target
                && !found.contains(term)
            {
                found.push(term.clone());
            }
        }
    };
    let mut inner: Vec<&[Block]> = Vec::new();
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => spans(text),
            Block::List { items, .. } => inner.extend(items.iter().map(|item| item.blocks.as_slice())),
            Block::Quote(body) | Block::Footnote { body, .. } => inner.push(body),
            Block::Callout { title, body, .. } => {
                spans(title);
                inner.push(body);
            }
            Block::Table { head, rows, .. } => head.iter().chain(rows.iter().flatten()).for_each(|cell| spans(cell)),
            Block::Code(_) | Block::Check(_) | Block::Diagram(_) | Block::Steps(_) | Block::Rule => {}
        }
        for blocks in inner.drain(..) {
            let mut below = Vec::new();
            collect(blocks, &mut below);
            spans(
                &below
                    .into_iter()
                    .map(|term| Span { target: Some(Target::Term(term)), ..Span::default() })
                    .collect::<Vec<_>>(),
            );
        }
    }
}

impl Screen for Word {
    type Action = Action;

    fn cover(&self) -> Cover {
        Cover::Box
    }

    fn head(&self, _view: &View) -> Head {
        Head::default()
    }

    fn keys(&self, _view: &View) -> Vec<Binding<Action>> {
        let close = [keys::ESC, keys::ENTER, Key::char('w'), Key::char('q')];
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
        let rows = self.rows(view, usize::from(area.width.saturating_sub(4)));
        let more = rows.len() > usize::from(area.height.saturating_sub(2));
        let foot = if more { "Esc close · ↑↓ more" } else { "Esc close" };
        let inside = chrome::draw_box(area, &self.title, foot, view.theme, buf);
        let shown: Vec<Row> = rows.into_iter().skip(self.scroll).take(usize::from(inside.height)).collect();
        draw_rows(&shown, 0, view.theme, inside, buf)
    }
}
