//! Every word of the course: a list, and what the word under the bar means.

use super::word::Word;
use crate::course::outline::Word as Entry;
use crate::prose::width::cut;
use crate::tui::forms::field::Field;
use crate::tui::keys::{self, Binding};
use crate::tui::message::Key;
use crate::tui::row::{Hit, Row, draw_rows};
use crate::tui::screen::{Context, Head, Input, Next, Prompt, Screen, View, WIDE};
use crate::tui::theme::Role;
use crate::tui::widgets::list::{self, Go, List};
use crate::tui::widgets::prose;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The words.
#[derive(Debug, Default)]
pub struct Glossary {
    /// The places of those shown, in the course's list.
    shown: Vec<usize>,
    list: List,
    /// What the words must hold; `None` shows all.
    filter: Option<Field>,
    rows: Vec<Row>,
    /// What the word under the bar means, beside or below the list.
    about: Vec<Row>,
}

/// What the keys of the glossary do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Moves the bar.
    Go(Go),
    /// Opens the word under the bar.
    Open,
    /// Types what the words must hold.
    Filter,
    /// Ends typing.
    Accept,
    /// Shows all words again.
    All,
}

/// How wide the list is beside the meaning.
const LIST: u16 = 30;
/// How many rows the meaning has below the list.
const BELOW: u16 = 7;

impl Glossary {
    fn word<'a>(&self, view: &View<'a>) -> Option<&'a Entry> {
        view.course.words().get(*self.shown.get(self.list.cursor)?)
    }

    fn typing(&self) -> bool {
        self.filter.as_ref().is_some_and(Field::is_entered)
    }

    /// Where the list and the meaning stand.
    fn areas(view: &View) -> (Rect, Option<Rect>) {
        let body = view.body();
        if view.size.width >= WIDE {
            let x = body.x + LIST + 4;
            let about = Rect { x, width: (body.right() - x).min(view.widest()), ..body };
            return (Rect { width: LIST, ..body }, Some(about));
        }
        let column = view.column(body);
        if view.is_low() {
            return (column, None);
        }
        let list = Rect { height: column.height - BELOW - 1, ..column };
        (list, Some(Rect { y: list.bottom() + 1, height: BELOW, ..column }))
    }

    fn lay(&self, view: &View, width: usize) -> Vec<Row> {
        let theme = view.theme;
        let words = view.course.words();
        let entries = self.shown.iter().enumerate().filter_map(|(place, index)| Some((place, words.get(*index)?)));
        let rows: Vec<Row> = entries
            .map(|(place, word)| {
                let also = if width > 40 { word.also.join(", ") } else { String::new() };
                let row = Row::text(cut(&word.term, width), theme.text(Role::Text));
                row.right(cut(&also, width / 2), theme.text(Role::Muted))
                    .select(place == self.list.cursor)
                    .hit(Hit::Item(place))
            })
            .collect();
        if rows.is_empty() {
            return vec![Row::text("No such word.", theme.text(Role::Muted))];
        }
        rows
    }

    fn meaning(&self, view: &View, width: usize) -> Vec<Row> {
        let theme = view.theme;
        let Some(word) = self.word(view) else { return Vec::new() };
        let setting = view.setting(width, "");
        let mut title = Row::text(word.term.clone(), theme.bold(Role::Accent));
        if !word.also.is_empty() {
            title.push(format!("  also {}", word.also.join(", ")), theme.text(Role::Muted));
        }
        let mut rows = vec![title];
        rows.extend(prose::blocks(&word.text.0, &setting));
        if !word.see.is_empty() {
            rows.push(Row::text(format!("see also  {}", word.see.join(", ")), theme.text(Role::Muted)));
        }
        rows
    }
}

impl Screen for Glossary {
    type Action = Action;

    fn head(&self, view: &View) -> Head {
        let all = view.course.words().len();
        let right = match self.shown.len() {
            shown if shown < all => format!("{shown} of {all} words"),
            _ => crate::prose::plain::count(all, "word"),
        };
        Head { trail: vec!["Words".into()], right, progress: None, verdict: None }
    }

    fn keys(&self, _view: &View) -> Vec<Binding<Action>> {
        if self.typing() {
            return vec![
                Binding::new([keys::ENTER], "Enter", "show them", Action::Accept).footer(0),
                Binding::new([keys::ESC], "Esc", "all words", Action::All).footer(1),
            ];
        }
        let open = keys::RIGHT.into_iter().chain([keys::ENTER]);
        let mut table = vec![Binding::new(open, "Enter", "open", Action::Open).footer(0)];
        table.extend(list::keys(Action::Go));
        table.push(Binding::new([Key::char('/'), Key::ctrl('f')], "/ Ctrl-F", "find a word", Action::Filter).footer(2));
        if self.filter.is_some() {
            table.push(Binding::new([keys::ESC], "Esc", "all words", Action::All).footer(3));
        }
        table
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        match action {
            Action::Go(go) => self.list.go(go, self.shown.len()),
            Action::Open => {
                if let Some(word) = self.word(&cx.view) {
                    return Next::Push(Word::one(word).into());
                }
            }
            Action::Filter => self.filter.get_or_insert_with(Field::default).enter(),
            Action::Accept => {
                if let Some(field) = &mut self.filter {
                    field.leave();
                }
                self.filter.take_if(|field| field.text().trim().is_empty());
            }
            Action::All => self.filter = None,
        }
        Next::Stay
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        match input {
            Input::Typed(key) => {
                if let Some(field) = &mut self.filter {
                    field.typed(key);
                    self.list.cursor = 0;
                }
            }
            Input::Pasted(text) => {
                if let Some(field) = &mut self.filter {
                    text.lines().next().unwrap_or("").chars().for_each(|c| field.typed(Key::char(c)));
                }
            }
            Input::Wheel(by) => self.list.go(Go::By(by), self.shown.len()),
            Input::Pressed(mouse) => {
                if self.list.clicked(&self.rows, Glossary::areas(&cx.view).0, mouse) {
                    return self.act(cx, Action::Open);
                }
            }
            Input::Accepted(_)
            | Input::Left
            | Input::GoTo(_)
            | Input::Dragged(_)
            | Input::Released(_)
            | Input::Ticked => {}
        }
        Next::Stay
    }

    fn typing(&self) -> bool {
        Glossary::typing(self)
    }

    fn prompt(&self, view: &View) -> Option<Prompt> {
        let field = self.filter.as_ref()?;
        let row = Row::text("find ", view.theme.bold(Role::Accent))
            .with(field.text().to_owned(), view.theme.text(Role::Text));
        Some(Prompt { row, cursor: field.is_entered().then(|| 5 + field.cursor() as u16) })
    }

    fn settle(&mut self, view: &View) {
        let wanted = self.filter.as_ref().map_or(String::new(), |field| field.text().trim().to_lowercase());
        let fits = |word: &Entry| word.spellings().any(|spelling| spelling.to_lowercase().contains(&wanted));
        let words = view.course.words().iter().enumerate();
        self.shown = words.filter(|(_, word)| fits(word)).map(|(place, _)| place).collect();
        self.list.go(Go::By(0), self.shown.len());
        let (list, about) = Glossary::areas(view);
        self.rows = self.lay(view, usize::from(list.width));
        self.list.settle(&self.rows, usize::from(list.height));
        self.about = about.map_or(Vec::new(), |about| self.meaning(view, usize::from(about.width)));
    }

    fn view(&self, view: &View, _body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        let (list, about) = Glossary::areas(view);
        draw_rows(&self.rows, self.list.scroll, view.theme, list, buf);
        if let Some(about) = about {
            if about.y > list.y {
                let width = usize::from(about.width);
                let line = Row::text("─".repeat(width), view.theme.text(Role::Rule));
                line.draw(view.theme, Rect { y: about.y - 1, height: 1, ..about }, buf);
                // How much more there is in the list is said in its last row, not on the line.
                let below = self.rows.len().saturating_sub(self.list.scroll + usize::from(list.height));
                if below > 0 {
                    let more = Row::new().right(format!(" ↓ {below} more"), view.theme.text(Role::Muted));
                    more.draw(view.theme, Rect { y: about.y - 1, height: 1, ..about }, buf);
                }
            }
            draw_rows(&self.about, 0, view.theme, about, buf);
        }
        None
    }
}
