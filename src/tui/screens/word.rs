//! Words of the glossary, in a box over the page.

use crate::course::lesson::Lesson;
use crate::course::outline::Word as Entry;
use crate::prose::{Block, Prose, Span, Target};
use crate::tui::keys::Binding;
use crate::tui::message::Key;
use crate::tui::row::Row;
use crate::tui::screen::{Context, Cover, Head, Input, Next, Screen, View};
use crate::tui::theme::Role;
use crate::tui::widgets::prose;
use crate::tui::widgets::sheet::{self, Action, Sheet};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Some words and what they mean.
#[derive(Debug)]
pub struct Word {
    title: String,
    words: Vec<Entry>,
    sheet: Sheet,
}

/// The widest that words are drawn.
const WIDEST: u16 = 72;

impl Word {
    /// One word.
    pub fn one(word: &Entry) -> Word {
        Word { title: "Word".into(), words: vec![word.clone()], sheet: Sheet::default() }
    }

    /// The words that a lesson links.
    pub fn of_lesson(view: &View, lesson: &Lesson) -> Word {
        let words = terms(&lesson.body).iter().filter_map(|term| view.course.word(term)).cloned().collect();
        Word { title: "Words of this lesson".into(), words, sheet: Sheet::default() }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn rows(&self, view: &View, width: usize) -> Vec<Row> {
        let theme = view.theme;
        let setting = view.setting(width, "");
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
        sheet::keys(&[Key::char('w')])
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
        self.sheet.view(view, WIDEST, &self.title, &rows, buf)
    }
}
