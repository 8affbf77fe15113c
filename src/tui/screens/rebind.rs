//! The keys that can be changed, and how.

use crate::prose::width::cut;
use crate::settings::Change;
use crate::tui::keymap::{COMMANDS, Command, name_of};
use crate::tui::keys::{self, Binding, Group};
use crate::tui::message::{Code, Key};
use crate::tui::row::{Hit, Row, draw_rows};
use crate::tui::screen::{Context, Head, Input, Next, Screen, View};
use crate::tui::theme::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The list of keys.
#[derive(Debug, Default)]
pub struct Keys {
    cursor: usize,
    state: State,
    rows: Vec<Row>,
    scroll: usize,
}

/// What the next key is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// The list.
    #[default]
    Listing,
    /// The command under the bar gets it.
    Listening,
}

/// What the keys of this screen do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Moves the bar.
    Move(i32),
    /// Goes to an end.
    Edge(i32),
    /// The next key is for the command under the bar.
    Listen,
    /// The command under the bar gets its own key again.
    Reset,
    /// Nothing is changed.
    Cancel,
}

impl Keys {
    fn command(&self) -> &'static Command {
        &COMMANDS[self.cursor.min(COMMANDS.len() - 1)]
    }

    fn give(&mut self, cx: &mut Context, key: Key) {
        let command = self.command();
        self.state = State::Listing;
        let name = command.name.to_owned();
        if key == command.key {
            cx.change(Change::Key { name, keys: Vec::new() });
        } else if let Some(why) = cx.view.preferences.keymap.clash(command, key) {
            cx.warn(why + ".");
        } else {
            cx.say(format!("“{name}” is on {} now", name_of(key)));
            cx.change(Change::Key { name, keys: vec![name_of(key)] });
        }
    }

    fn lay(&self, view: &View, width: usize) -> Vec<Row> {
        let theme = view.theme;
        let (text, muted) = (theme.text(Role::Text), theme.text(Role::Muted));
        let keymap = &view.preferences.keymap;
        COMMANDS
            .iter()
            .enumerate()
            .map(|(place, command)| {
                let selected = place == self.cursor;
                let shown = keymap.shown(command);
                let own = name_of(command.key);
                let key =
                    if selected && self.state == State::Listening { "press it".to_owned() } else { shown.clone() };
                let note = if shown == own { String::new() } else { format!("comes as {own}") };
                let what = cut(command.what, width.saturating_sub(27));
                Row::text(format!("{key:<9}"), theme.bold(Role::Accent))
                    .with(format!("{:<16}", command.name), text)
                    .with(what, muted)
                    .right(note, muted)
                    .select(selected)
                    .hit(Hit::Item(place))
            })
            .collect()
    }
}

impl Screen for Keys {
    type Action = Action;

    fn head(&self, view: &View) -> Head {
        let right = match view.preferences.settings.keys.len() {
            0 => "all as they come".to_owned(),
            changed => format!("{changed} changed"),
        };
        Head { trail: vec!["Settings".into(), "Keys".into()], right, progress: None, verdict: None }
    }

    fn keys(&self, _view: &View) -> Vec<Binding<Action>> {
        if self.state == State::Listening {
            return vec![Binding::new([keys::ESC], "Esc", "leave it as it is", Action::Cancel).footer(0)];
        }
        let reset = [Key::code(Code::Backspace), Key::code(Code::Delete)];
        vec![
            Binding::new([keys::ENTER], "Enter", "give it a key", Action::Listen).footer(0),
            Binding::new(keys::UP, "↑↓", "choose", Action::Move(-1)).group(Group::Read).footer(1),
            Binding::new(keys::DOWN, "↓ j", "down", Action::Move(1)).group(Group::Read),
            Binding::new(keys::PAGE_UP, "b PgUp", "page up", Action::Move(-10)).group(Group::Read),
            Binding::new(keys::PAGE_DOWN, "PgDn", "page down", Action::Move(10)).group(Group::Read),
            Binding::new(keys::TOP, "g g Home", "first", Action::Edge(-1)).group(Group::Read),
            Binding::new(keys::BOTTOM, "G End", "last", Action::Edge(1)).group(Group::Read),
            Binding::new(reset, "Bksp", "as it comes", Action::Reset).footer(2),
        ]
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        let last = COMMANDS.len() - 1;
        match action {
            Action::Move(by) => self.cursor = self.cursor.saturating_add_signed(by as isize).min(last),
            Action::Edge(by) => self.cursor = if by < 0 { 0 } else { last },
            Action::Listen => self.state = State::Listening,
            Action::Reset => cx.change(Change::Key { name: self.command().name.to_owned(), keys: Vec::new() }),
            Action::Cancel => self.state = State::Listing,
        }
        Next::Stay
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        match input {
            Input::Typed(key) if self.state == State::Listening => self.give(cx, key),
            Input::Wheel(by) => return self.act(cx, Action::Move(by)),
            Input::Pressed(mouse) => {
                let body = cx.view.column(cx.view.body());
                let row = usize::from(mouse.row.saturating_sub(body.y)) + self.scroll;
                let inside = mouse.row >= body.y && mouse.row < body.bottom();
                match self.rows.get(row).filter(|_| inside).and_then(|row| row.target) {
                    Some(Hit::Item(place)) if place == self.cursor => self.state = State::Listening,
                    Some(Hit::Item(place)) => (self.cursor, self.state) = (place, State::Listing),
                    _ => {}
                }
            }
            Input::Typed(_)
            | Input::Pasted(_)
            | Input::Accepted(_)
            | Input::Left
            | Input::GoTo(_)
            | Input::Dragged(_)
            | Input::Released(_)
            | Input::Ticked => {}
        }
        Next::Stay
    }

    fn typing(&self) -> bool {
        self.state == State::Listening
    }

    fn settle(&mut self, view: &View) {
        let column = view.column(view.body());
        self.rows = self.lay(view, usize::from(column.width));
        let height = usize::from(column.height);
        if self.cursor < self.scroll {
            self.scroll = self.cursor;
        } else if self.cursor >= self.scroll + height {
            self.scroll = self.cursor + 1 - height;
        }
        self.scroll = self.scroll.min(self.rows.len().saturating_sub(height));
    }

    fn view(&self, view: &View, body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        draw_rows(&self.rows, self.scroll, view.theme, view.column(body), buf)
    }
}
