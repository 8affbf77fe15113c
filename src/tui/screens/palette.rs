//! The palette: type a few letters, go to anything or do anything.

use super::glossary::Glossary;
use super::home::practise;
use super::lesson::Lesson;
use super::map::Map;
use super::messages::Messages;
use super::mistakes::Mistakes;
use super::progress::Progress;
use super::rebind::Keys;
use super::settings::Settings;
use super::word::Word;
use crate::prose::width::{columns, cut};
use crate::settings::Change;
use crate::settings::options::Theme;
use crate::study::entry::About;
use crate::study::search::{self, Command, Hit as Found, HitKind};
use crate::study::text::{self, TextHit};
use crate::tui::chrome;
use crate::tui::keys::{self, Binding};
use crate::tui::message::{Code, Key};
use crate::tui::preferences::Audience;
use crate::tui::row::{Hit, Row, draw_rows};
use crate::tui::screen::{Context, Cover, Head, Input, Next, Screen, View};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::{Input as Field, InputRequest};

/// How many hits are found at most.
const HITS: usize = 50;
/// How many parts of lessons are found at most.
const TEXTS: usize = 20;
/// The columns that say what a hit is.
const KIND: usize = 10;

/// The palette.
#[derive(Debug, Default)]
pub struct Palette {
    field: Field,
    found: Vec<Found>,
    /// Parts of lessons that hold the words.
    texts: Vec<TextHit>,
    cursor: usize,
    /// What was searched last, and whether texts were searched as well.
    searched: Option<(String, bool)>,
    /// For a query that finds nothing: the nearest one that does.
    near: Option<String>,
}

/// What the keys of the palette do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Moves the bar.
    Move(i32),
    /// Goes to what is under the bar, or does it.
    Go,
    /// Closes it.
    Close,
}

/// What can be done from anywhere.
pub const COMMANDS: [Command<'static>; 17] = [
    Command { id: "home", title: "Home", also: "start now" },
    Command { id: "map", title: "Course map", also: "modules lessons overview" },
    Command { id: "progress", title: "Progress", also: "statistics days mastery" },
    Command { id: "review", title: "Review what is due", also: "repeat again spaced" },
    Command { id: "practise", title: "Practise a bit of everything", also: "drill quiz questions" },
    Command { id: "mistakes", title: "Mistakes and marks", also: "errors wrong again" },
    Command { id: "again", title: "Practise what went wrong", also: "mistakes errors drill" },
    Command { id: "words", title: "Words: the glossary", also: "terms dictionary" },
    Command { id: "messages", title: "Messages: what was said", also: "notices log" },
    Command { id: "settings", title: "Settings", also: "options preferences measure motion glyphs background" },
    Command { id: "keys", title: "Settings: keys", also: "bindings rebind shortcuts" },
    Command { id: "theme-dark", title: "Theme: dark", also: "colours colors" },
    Command { id: "theme-light", title: "Theme: light", also: "colours colors" },
    Command { id: "theme-contrast", title: "Theme: high contrast", also: "colours colors accessible" },
    Command { id: "theme-auto", title: "Theme: as the terminal says", also: "colours colors" },
    Command {
        id: "present",
        title: "Present: a class looks at the screen",
        also: "classroom teacher beamer projector",
    },
    Command { id: "quit", title: "Quit", also: "exit leave" },
];

impl Palette {
    fn count(&self) -> usize {
        self.found.len() + self.texts.len()
    }

    fn area(&self, view: &View) -> Rect {
        let width = view.size.width.saturating_sub(4).min(72);
        let height = view.size.height.saturating_sub(5).clamp(6, 20);
        let y = (view.size.height / 8).clamp(1, 4).min(view.size.height.saturating_sub(height + 1));
        Rect { x: (view.size.width - width) / 2, y, width, height }
    }

    fn shown(&self, view: &View) -> usize {
        usize::from(self.area(view).height.saturating_sub(5)).max(1)
    }

    fn first(&self, view: &View) -> usize {
        (self.cursor + 1).saturating_sub(self.shown(view))
    }

    fn go(&mut self, cx: &mut Context) -> Next {
        if let Some(hit) = self.cursor.checked_sub(self.found.len()).and_then(|place| self.texts.get(place)) {
            let looked_for = text::main_word(self.field.value());
            return Next::Replace(Lesson::open_at(cx, &hit.lesson, hit.block, looked_for).into());
        }
        let Some(hit) = self.found.get(self.cursor).cloned() else {
            return match self.near.clone() {
                Some(word) => {
                    self.field = Field::new(word);
                    Next::Stay
                }
                None => Next::Stay,
            };
        };
        match hit.kind {
            HitKind::Lesson => Next::Replace(Lesson::open(cx, &hit.id.as_str().into()).into()),
            HitKind::Question => replace(practise(cx, About::Single(hit.id.as_str().into()))),
            HitKind::Topic => replace(practise(cx, About::Topic(hit.id.as_str().into()))),
            HitKind::Word => match cx.view.course.word(&hit.id) {
                Some(word) => Next::Replace(Word::one(word).into()),
                None => Next::Stay,
            },
            HitKind::Command => self.command(cx, &hit.id),
        }
    }

    fn command(&mut self, cx: &mut Context, id: &str) -> Next {
        let mut theme = |theme: Theme| {
            cx.change(Change::Theme(theme));
            Next::Pop
        };
        match id {
            "home" => Next::Home(None),
            "map" => Next::Home(Some(Map::new(&cx.view).into())),
            "progress" => Next::Home(Some(Progress::default().into())),
            "review" => replace(practise(cx, About::Review)),
            "practise" => replace(practise(cx, About::Mixed)),
            "mistakes" => Next::Home(Some(Mistakes::default().into())),
            "again" => replace(practise(cx, About::Mistakes)),
            "words" => Next::Home(Some(Glossary::default().into())),
            "messages" => Next::Replace(Messages::default().into()),
            "theme-dark" => theme(Theme::Dark),
            "theme-light" => theme(Theme::Light),
            "theme-contrast" => theme(Theme::HighContrast),
            "theme-auto" => theme(Theme::Auto),
            "settings" => Next::Replace(Settings::open(cx).into()),
            "keys" => Next::Replace(Keys::default().into()),
            "present" => {
                let next = match *cx.audience {
                    Audience::One => Audience::Class,
                    Audience::Class => Audience::One,
                };
                *cx.audience = next;
                cx.say(match next {
                    Audience::One => "What is yours is shown again.",
                    Audience::Class => "Nothing of yours is shown now; the same command ends it.",
                });
                Next::Pop
            }
            "quit" => Next::Quit,
            _ => Next::Stay,
        }
    }
}

/// A hit by its title, in which what was looked for stands out.
fn found_row(hit: &Found, view: &View, wide: usize) -> Row {
    let theme = view.theme;
    let kind = match hit.kind {
        HitKind::Lesson => "Lesson",
        HitKind::Question => "Question",
        HitKind::Word => "Word",
        HitKind::Topic => "Practise",
        HitKind::Command => "Command",
    };
    let mut row = Row::text(format!("{kind:<KIND$}"), theme.text(Role::Muted));
    let title = cut(&hit.title, wide.saturating_sub(KIND + 2));
    let mut piece = String::new();
    let mut stands_out = false;
    // Characters that are drawn together stay together.
    for (number, c) in title.chars().enumerate() {
        let matched = hit.matched.contains(&number);
        if matched != stands_out && unicode_width::UnicodeWidthChar::width(c) != Some(0) {
            row.push(std::mem::take(&mut piece), style(view, stands_out));
            stands_out = matched;
        }
        piece.push(c);
    }
    row.push(piece, style(view, stands_out));
    row
}

fn style(view: &View, stands_out: bool) -> Style {
    if stands_out { view.theme.bold(Role::Accent) } else { view.theme.text(Role::Text) }
}

/// A part of a lesson: the lesson and the heading.
fn text_row(hit: &TextHit, view: &View, wide: usize) -> Row {
    let theme = view.theme;
    let title = view.course.lesson_outline(&hit.lesson).map_or("", |(_, lesson)| lesson.title.as_str());
    let room = wide.saturating_sub(KIND + 2);
    let row = Row::text(format!("{:<KIND$}", "Text"), theme.text(Role::Muted));
    if hit.section.is_empty() {
        return row.with(cut(title, room), theme.text(Role::Text));
    }
    let section = cut(&hit.section, room);
    let left = room.saturating_sub(columns(&section) + 3);
    let row = row.with(section, theme.text(Role::Text));
    if left < 8 { row } else { row.with(format!(" · {}", cut(title, left)), theme.text(Role::Muted)) }
}

/// What would stand above the palette stands in its place.
fn replace(next: Next) -> Next {
    match next {
        Next::Push(screen) => Next::Replace(screen),
        other => other,
    }
}

impl Screen for Palette {
    type Action = Action;

    fn cover(&self) -> Cover {
        Cover::Box
    }

    fn head(&self, _view: &View) -> Head {
        Head::default()
    }

    fn keys(&self, _view: &View) -> Vec<Binding<Action>> {
        let up = [Key::code(Code::Up), Key::ctrl('p'), keys::BACK_TAB];
        let down = [Key::code(Code::Down), Key::ctrl('n'), keys::TAB];
        vec![
            Binding::new([keys::ENTER], "Enter", "go", Action::Go).footer(0),
            Binding::new(up, "↑↓", "choose", Action::Move(-1)).footer(1),
            Binding::new(down, "↓ Tab", "down", Action::Move(1)),
            Binding::new([keys::ESC], "Esc", "close", Action::Close).footer(2),
        ]
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        match action {
            Action::Move(by) => {
                let last = self.count().saturating_sub(1);
                self.cursor = self.cursor.saturating_add_signed(by as isize).min(last);
                Next::Stay
            }
            Action::Go => self.go(cx),
            Action::Close => Next::Pop,
        }
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        match input {
            Input::Typed(key) => {
                let request = match key {
                    Key { code: Code::Char(c), ctrl: false, alt: false } => InputRequest::InsertChar(c),
                    Key { code: Code::Char('w'), ctrl: true, .. } => InputRequest::DeletePrevWord,
                    Key { code: Code::Char('u'), ctrl: true, .. } => InputRequest::DeleteLine,
                    Key { code: Code::Backspace, .. } => InputRequest::DeletePrevChar,
                    Key { code: Code::Delete, .. } => InputRequest::DeleteNextChar,
                    Key { code: Code::Left, .. } => InputRequest::GoToPrevChar,
                    Key { code: Code::Right, .. } => InputRequest::GoToNextChar,
                    Key { code: Code::Home, .. } => InputRequest::GoToStart,
                    Key { code: Code::End, .. } => InputRequest::GoToEnd,
                    _ => return Next::Stay,
                };
                self.field.handle(request);
                Next::Stay
            }
            Input::Pasted(text) => {
                for c in text.lines().next().unwrap_or("").chars().filter(|c| !c.is_control()) {
                    self.field.handle(InputRequest::InsertChar(c));
                }
                Next::Stay
            }
            Input::Wheel(by) => self.act(cx, Action::Move(by)),
            Input::Pressed(mouse) => {
                let area = self.area(&cx.view);
                if !area.contains((mouse.column, mouse.row).into()) {
                    return Next::Pop;
                }
                let first = self.first(&cx.view);
                let line = usize::from(mouse.row.saturating_sub(area.y + 3));
                if mouse.row >= area.y + 3 && line < self.shown(&cx.view) && first + line < self.count() {
                    self.cursor = first + line;
                    return self.go(cx);
                }
                Next::Stay
            }
            Input::Accepted(_)
            | Input::Left
            | Input::GoTo(_)
            | Input::Dragged(_)
            | Input::Released(_)
            | Input::Ticked => Next::Stay,
        }
    }

    fn typing(&self) -> bool {
        true
    }

    fn settle(&mut self, view: &View) {
        let query = self.field.value();
        let wanted = (query.to_owned(), view.texts.is_some());
        if self.searched.as_ref() == Some(&wanted) {
            return;
        }
        // When the texts can be searched at last, the bar stays where it is.
        if self.searched.as_ref().is_none_or(|(searched, _)| searched != query) {
            self.found = search::search(view.course, &COMMANDS, query, HITS);
            self.cursor = 0;
        }
        let texts = view.texts.filter(|_| !query.trim_start().starts_with(['>', '#']));
        self.texts = texts.map(|texts| texts.find(view.course, query, TEXTS)).unwrap_or_default();
        self.near = None;
        if self.count() == 0 {
            let near = search::near(view.course, &COMMANDS, query);
            self.near = near.or_else(|| texts.and_then(|texts| texts.near(view.course, query)));
        }
        self.searched = Some(wanted);
    }

    fn view(&self, view: &View, _body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        let theme = view.theme;
        let area = self.area(view);
        let inside = chrome::draw_box(area, "Go to or do", "Enter go · Esc close", theme, buf);
        let (plain, muted) = (theme.text(Role::Text), theme.text(Role::Muted));
        let room = usize::from(inside.width.saturating_sub(3));
        let typed = self.field.value();
        let hidden = (self.field.visual_cursor() + 1).saturating_sub(room);
        let shown: String = typed.chars().skip(hidden).collect();
        Row::text("> ", theme.bold(Role::Accent)).with(shown, plain).draw(theme, Rect { height: 1, ..inside }, buf);
        let cursor = (inside.x + 2 + (self.field.visual_cursor() - hidden) as u16, inside.y);
        let list = Rect {
            x: inside.x + 2,
            y: inside.y + 2,
            width: inside.width.saturating_sub(2),
            height: inside.height.saturating_sub(3),
        };
        let first = self.first(view);
        let wide = usize::from(list.width);
        let hits = self.found.iter().map(|hit| found_row(hit, view, wide));
        let texts = self.texts.iter().map(|hit| text_row(hit, view, wide));
        let all = hits.chain(texts).enumerate().skip(first).take(self.shown(view));
        let rows: Vec<Row> = all.map(|(place, row)| row.select(place == self.cursor).hit(Hit::Item(place))).collect();
        draw_rows(&rows, 0, theme, list, buf);
        let line = Rect { y: inside.bottom() - 1, height: 1, ..inside };
        let said = if self.count() > 0 {
            let found = format!("{} found, words in any order", self.count());
            let more = "   > commands   # topics";
            let fits = columns(&found) + columns(more) <= usize::from(line.width);
            if fits { found + more } else { found }
        } else {
            match &self.near {
                Some(word) => format!("No hit for “{typed}”. Enter looks for “{word}”."),
                None => format!("No hit for “{typed}”."),
            }
        };
        Row::text(cut(&said, usize::from(line.width)), muted).draw(theme, line, buf);
        Some(cursor)
    }
}
