//! Keys: one table a screen. Dispatch, footer, help and clicks on the footer all read it.

use super::message::{Code, Key};
use std::borrow::Cow;

/// What a key does on a screen now.
#[derive(Clone, Debug)]
pub struct Binding<A> {
    /// The keys that do it.
    pub keys: Vec<Key>,
    /// How the keys are written, such as `1–4` or `↑↓`.
    pub shown: Cow<'static, str>,
    /// What it does, in a word or three.
    pub label: Cow<'static, str>,
    /// What to do: the same for each key, or one for each key in the same order.
    pub acts: Vec<A>,
    /// Where it stands in the footer, the lowest first; `None` keeps it to the help.
    pub footer: Option<u8>,
    /// Under which heading the help lists it.
    pub group: Group,
}

/// Under which heading the help lists a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Moving and reading.
    Read,
    /// Doing something.
    Do,
    /// The same on every screen.
    Everywhere,
}

/// A binding without what it does: for the footer, the help and clicks.
#[derive(Clone, Debug, PartialEq)]
pub struct Hint {
    /// The first of its keys.
    pub key: Option<Key>,
    /// What a click on it presses: nothing where it could mean several things, such as "1–4 choose".
    pub press: Option<Key>,
    /// How the keys are written.
    pub shown: Cow<'static, str>,
    /// What it does.
    pub label: Cow<'static, str>,
    /// Where it stands in the footer.
    pub footer: Option<u8>,
    /// Its heading in the help.
    pub group: Group,
}

impl<A: Copy> Binding<A> {
    /// Keys that all do the same.
    pub fn new(
        keys: impl IntoIterator<Item = Key>,
        shown: impl Into<Cow<'static, str>>,
        label: impl Into<Cow<'static, str>>,
        action: A,
    ) -> Binding<A> {
        Binding {
            keys: keys.into_iter().collect(),
            shown: shown.into(),
            label: label.into(),
            acts: vec![action],
            footer: None,
            group: Group::Do,
        }
    }

    /// The digits from 1 to `count` (at most 9), each with the action for its place from 0.
    pub fn digits(count: usize, label: impl Into<Cow<'static, str>>, each: impl Fn(usize) -> A) -> Binding<A> {
        let count = count.min(9);
        let shown = if count == 1 { "1".to_owned() } else { format!("1–{count}") };
        Binding {
            keys: (1..=count).filter_map(|n| char::from_digit(n as u32, 10)).map(Key::char).collect(),
            shown: shown.into(),
            label: label.into(),
            acts: (0..count).map(each).collect(),
            footer: None,
            group: Group::Do,
        }
    }

    /// Keys that do something of their own each.
    pub fn each(
        keys: impl IntoIterator<Item = (Key, A)>,
        shown: impl Into<Cow<'static, str>>,
        label: impl Into<Cow<'static, str>>,
    ) -> Binding<A> {
        let (keys, acts) = keys.into_iter().unzip();
        Binding { keys, shown: shown.into(), label: label.into(), acts, footer: None, group: Group::Do }
    }

    /// Puts it into the footer at this place.
    pub fn footer(mut self, place: u8) -> Binding<A> {
        self.footer = Some(place);
        self
    }

    /// Lists it under this heading.
    pub fn group(mut self, group: Group) -> Binding<A> {
        self.group = group;
        self
    }

    /// The same keys with another sort of action.
    pub fn map<B>(self, change: impl Fn(A) -> B) -> Binding<B> {
        let Binding { keys, shown, label, acts, footer, group } = self;
        Binding { keys, shown, label, acts: acts.into_iter().map(change).collect(), footer, group }
    }

    /// The binding without what it does.
    pub fn hint(&self) -> Hint {
        Hint {
            key: self.keys.first().copied(),
            press: self.keys.first().copied().filter(|_| self.acts.len() == 1),
            shown: self.shown.clone(),
            label: self.label.clone(),
            footer: self.footer,
            group: self.group,
        }
    }
}

/// What `key` does by this table; the first binding that has it wins.
pub fn find<A: Copy>(bindings: &[Binding<A>], key: Key) -> Option<A> {
    bindings.iter().find_map(|binding| {
        let place = binding.keys.iter().position(|candidate| *candidate == key)?;
        binding.acts.get(place).or(binding.acts.first()).copied()
    })
}

/// Enter.
pub const ENTER: Key = Key::code(Code::Enter);
/// Escape.
pub const ESC: Key = Key::code(Code::Esc);
/// Space.
pub const SPACE: Key = Key::char(' ');
/// Tab.
pub const TAB: Key = Key::code(Code::Tab);
/// Shift and Tab.
pub const BACK_TAB: Key = Key::code(Code::BackTab);
/// Up: the arrow and `k`.
pub const UP: [Key; 2] = [Key::code(Code::Up), Key::char('k')];
/// Down: the arrow and `j`.
pub const DOWN: [Key; 2] = [Key::code(Code::Down), Key::char('j')];
/// Left: the arrow and `h`.
pub const LEFT: [Key; 2] = [Key::code(Code::Left), Key::char('h')];
/// Right: the arrow and `l`.
pub const RIGHT: [Key; 2] = [Key::code(Code::Right), Key::char('l')];
/// One page up: the key and `b`.
pub const PAGE_UP: [Key; 2] = [Key::code(Code::PageUp), Key::char('b')];
/// One page down.
pub const PAGE_DOWN: [Key; 1] = [Key::code(Code::PageDown)];
/// The start.
pub const TOP: [Key; 1] = [Key::code(Code::Home)];
/// The end: the key and `G`.
pub const BOTTOM: [Key; 2] = [Key::code(Code::End), Key::char('G')];
