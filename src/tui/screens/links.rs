//! The links of a lesson: what it links in its text, and where it says one can read on. Enter copies an address.

use crate::course::lesson::Lesson;
use crate::course::source;
use crate::prose::width::cut;
use crate::prose::{Block, Span, Target};
use crate::tui::effect::Effect;
use crate::tui::keys::{self, Binding, Group};
use crate::tui::message::Key;
use crate::tui::row::{Hit, Row};
use crate::tui::screen::{Context, Cover, Head, Input, Next, Screen, View};
use crate::tui::theme::Role;
use crate::tui::widgets::pick::{self, Pick};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The links of a lesson.
#[derive(Debug)]
pub struct Links {
    /// What each is called, and its address.
    links: Vec<(String, String)>,
    pick: Pick,
}

/// What the keys of this box do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Moves the bar.
    Move(i32),
    /// Copies the address under the bar.
    Copy,
    /// Closes it.
    Close,
}

/// The widest that links are drawn.
const WIDEST: u16 = 76;

impl Links {
    /// The links of a lesson, each once.
    pub fn of_lesson(lesson: &Lesson) -> Links {
        let mut links = Vec::new();
        collect(&lesson.body.0, &mut links);
        links.extend(lesson.sources.iter().filter_map(|source| source::address(source)));
        let mut seen = Vec::new();
        links.retain(|(_, address)| {
            let is_new = !seen.contains(address);
            seen.push(address.clone());
            is_new
        });
        Links { links, pick: Pick::default() }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// The addresses alone.
    pub fn addresses(&self) -> Vec<String> {
        self.links.iter().map(|(_, address)| address.clone()).collect()
    }

    /// Two rows for each link.
    fn rows(&self, view: &View, width: usize) -> Vec<Row> {
        let theme = view.theme;
        let mut rows = Vec::new();
        for (number, (name, address)) in self.links.iter().enumerate() {
            let selected = number == self.pick.cursor;
            let address = cut(address.trim_start_matches("https://"), width.saturating_sub(2));
            rows.push(Row::text(cut(name, width), theme.text(Role::Text)).select(selected).hit(Hit::Item(number)));
            let below = Row::text(format!("  {address}"), theme.text(Role::Muted));
            rows.push(below.select(selected).hit(Hit::Item(number)));
        }
        rows
    }

    fn copy(&self, cx: &mut Context) -> Next {
        if let Some((_, address)) = self.links.get(self.pick.cursor) {
            cx.effects.push(Effect::Copy(address.clone()));
            cx.say(format!("copied {address}"));
        }
        Next::Pop
    }
}

/// What a text links, in order: the words of the link, and its address.
fn collect(blocks: &[Block], found: &mut Vec<(String, String)>) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => spans(text, found),
            Block::List { items, .. } => items.iter().for_each(|item| collect(&item.blocks, found)),
            Block::Quote(body) | Block::Footnote { body, .. } => collect(body, found),
            Block::Callout { title, body, .. } => {
                spans(title, found);
                collect(body, found);
            }
            Block::Table { head, rows, .. } => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| spans(cell, found));
            }
            Block::Code(_) | Block::Check(_) | Block::Diagram(_) | Block::Steps(_) | Block::Rule => {}
        }
    }
}

fn spans(text: &[Span], found: &mut Vec<(String, String)>) {
    let mut last: Option<&str> = None;
    for span in text {
        let Some(Target::Url(address)) = &span.target else {
            last = None;
            continue;
        };
        match found.last_mut().filter(|_| last == Some(address)) {
            Some((words, _)) => words.push_str(&span.text),
            None => found.push((span.text.clone(), address.clone())),
        }
        last = Some(address);
    }
}

impl Screen for Links {
    type Action = Action;

    fn cover(&self) -> Cover {
        Cover::Box
    }

    fn head(&self, _view: &View) -> Head {
        Head::default()
    }

    fn keys(&self, _view: &View) -> Vec<Binding<Action>> {
        let close = [keys::ESC, Key::char('L'), Key::char('q')];
        vec![
            Binding::new([keys::ENTER, Key::char('y')], "Enter", "copy the address", Action::Copy).footer(0),
            Binding::new(keys::UP, "↑↓", "choose", Action::Move(-1)).group(Group::Read).footer(1),
            Binding::new(keys::DOWN, "↓ j", "down", Action::Move(1)).group(Group::Read),
            Binding::new(close, "Esc", "close", Action::Close).footer(2),
        ]
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        match action {
            Action::Move(by) => self.pick.go(by, self.links.len()),
            Action::Copy => return self.copy(cx),
            Action::Close => return Next::Pop,
        }
        Next::Stay
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        let rows = self.rows(&cx.view, pick::width(&cx.view, WIDEST));
        match self.pick.input(&cx.view, WIDEST, &rows, self.links.len(), &input) {
            pick::Picked::This => self.copy(cx),
            pick::Picked::Nothing => Next::Stay,
            pick::Picked::Beside => Next::Pop,
        }
    }

    fn view(&self, view: &View, _body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        let rows = self.rows(view, pick::width(view, WIDEST));
        pick::draw(view, WIDEST, "Links", "Enter copy · Esc close", &rows, buf)
    }
}
