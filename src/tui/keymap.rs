//! Other keys for what keys do. Screens know the keys that the program comes with; a key that was put in the place of one
//! of these is turned into it before any screen sees it, and written in its place wherever keys are shown.

use super::keys::Hint;
use super::message::{Code, Key};
use crate::fault::nearest;
use std::collections::BTreeMap;

/// Something done by a letter or a sign, which can be given another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// Its name in the settings.
    pub name: &'static str,
    /// The key that it comes with.
    pub key: Key,
    /// What it does.
    pub what: &'static str,
}

const fn command(name: &'static str, key: char, what: &'static str) -> Command {
    Command { name, key: Key::char(key), what }
}

/// All that is done by a letter or a sign. Arrows, Enter, Esc, Tab, Space, digits and the letters of options stay.
pub const COMMANDS: [Command; 35] = [
    command("help", '?', "the keys of this screen"),
    command("go-to", ':', "search and commands"),
    command("places", 'g', "places; twice: the top"),
    command("quit", 'q', "quit, or close a box"),
    command("settings", ',', "settings"),
    command("mouse", 'M', "mouse on or off"),
    Command { name: "redraw", key: Key::ctrl('l'), what: "draw anew" },
    command("up", 'k', "up"),
    command("down", 'j', "down"),
    command("left", 'h', "left, out, back, home"),
    command("right", 'l', "right, in; the lesson of a question"),
    command("page-up", 'b', "page up"),
    command("bottom", 'G', "the end"),
    command("find", '/', "find on this page"),
    command("next", 'n', "next lesson, next place found"),
    command("previous", 'N', "last place found"),
    command("next-heading", ']', "next heading"),
    command("last-heading", '[', "last heading"),
    command("outline", 'o', "outline"),
    command("words", 'w', "words of a lesson; mistakes"),
    command("mark", 'm', "mark this place or question"),
    command("copy", 'y', "copy"),
    command("review", 'r', "review what is due"),
    command("report", '!', "report a mistake"),
    command("links", 'L', "links of a lesson"),
    command("play", 'p', "play a picture"),
    command("edit", 'i', "go into a field"),
    command("type", 't', "type instead of choosing"),
    command("sure", 's', "answer, and be sure; progress"),
    command("unsure", 'u', "answer, and be unsure"),
    command("hint", 'H', "a hint"),
    command("skip", 'S', "ask it later"),
    command("give-up", 'D', "I don’t know"),
    command("line-down", 'J', "move a line down"),
    command("line-up", 'K', "move a line up"),
];

/// Keys that were put in the place of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    /// Each command that was moved, with its keys.
    moved: Vec<(Command, Vec<Key>)>,
}

impl Keymap {
    /// The keys that the settings ask for, and a sentence for each that cannot be had: then all keys of that command stay
    /// as they come.
    pub fn new(wanted: &BTreeMap<String, Vec<String>>) -> (Keymap, Vec<String>) {
        let mut map = Keymap::default();
        let mut refused = Vec::new();
        let mut known = Vec::new();
        for (name, keys) in wanted {
            match read(name, keys) {
                Ok(moved) => known.push(moved),
                Err(why) => refused.push(why),
            }
        }
        // Whether a key is free depends on what else moves away, so that two commands can change places.
        map.moved = known;
        while let Some((at, why)) = map.first_clash() {
            refused.push(why);
            map.moved.remove(at);
        }
        (map, refused)
    }

    /// What a pressed key means to the screens; `None` for a letter whose command has other keys now.
    pub fn meant(&self, key: Key) -> Option<Key> {
        if let Some((command, _)) = self.moved.iter().find(|(_, keys)| keys.contains(&key)) {
            return Some(command.key);
        }
        self.moved.iter().all(|(command, _)| command.key != key).then_some(key)
    }

    /// The keys of a command, as they are shown.
    pub fn shown(&self, command: &Command) -> String {
        match self.moved.iter().find(|(moved, _)| moved.name == command.name) {
            Some((_, keys)) => keys.iter().map(|key| name_of(*key)).collect::<Vec<_>>().join(" "),
            None => name_of(command.key),
        }
    }

    /// A hint as it is with these keys.
    pub fn hint(&self, mut hint: Hint) -> Hint {
        for (command, keys) in &self.moved {
            let old = name_of(command.key);
            if hint.shown.split(' ').any(|token| token == old) {
                let new: String = keys.first().map(|key| name_of(*key)).unwrap_or_default();
                let tokens = hint.shown.split(' ').map(|token| if token == old { new.as_str() } else { token });
                hint.shown = tokens.collect::<Vec<_>>().join(" ").into();
            }
        }
        hint
    }

    /// What stands in the way of giving a command this key now.
    pub fn clash(&self, command: &Command, key: Key) -> Option<String> {
        if let Some(what) = fixed(key) {
            return Some(said(key, what, command));
        }
        let mut trial = self.clone();
        trial.moved.retain(|(moved, _)| moved.name != command.name);
        trial.moved.push((*command, vec![key]));
        trial.first_clash().map(|(_, why)| why)
    }

    /// The first moved command, by its place, that wants a key of another command.
    fn first_clash(&self) -> Option<(usize, String)> {
        self.moved.iter().enumerate().find_map(|(at, (command, keys))| {
            let why = keys.iter().find_map(|key| {
                let owner = self.owner(*key, command)?;
                Some(said(*key, owner.name, command))
            })?;
            Some((at, why))
        })
    }

    /// Another command that has this key.
    fn owner(&self, key: Key, but: &Command) -> Option<&Command> {
        let others = self.moved.iter().filter(|(other, _)| other.name != but.name);
        let taken = others.into_iter().find(|(_, keys)| keys.contains(&key)).map(|(other, _)| other);
        taken.or_else(|| {
            let own = COMMANDS.iter().find(|other| other.key == key && other.name != but.name)?;
            self.moved.iter().all(|(moved, _)| moved.name != own.name).then_some(own)
        })
    }
}

fn said(key: Key, owner: &str, command: &Command) -> String {
    let key = name_of(key);
    format!("{key} is the key of “{owner}”, so “{}” cannot have it", command.name)
}

/// A command with other keys, as the settings write them.
fn read(name: &str, keys: &[String]) -> Result<(Command, Vec<Key>), String> {
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        let near = nearest(name, COMMANDS.iter().map(|command| command.name));
        let near = near.map_or(String::new(), |near| format!("; there is “{near}”"));
        return Err(format!("no key is called “{name}”{near}"));
    };
    let keys = keys.iter().map(|text| {
        let key = key_of(text).ok_or_else(|| format!("“{text}” is no key, as for “{name}”"))?;
        match fixed(key) {
            Some(what) => Err(said(key, what, command)),
            None => Ok(key),
        }
    });
    Ok((*command, keys.collect::<Result<_, _>>()?))
}

/// What a key always does, so that nothing else can have it.
fn fixed(key: Key) -> Option<&'static str> {
    match key {
        Key { code: Code::Char('0'..='9'), ctrl: false, .. } => Some("an option"),
        Key { code: Code::Char('a' | 'c'..='f'), ctrl: false, alt: false } => Some("an option or a place"),
        Key { code: Code::Char('c' | 'z' | 'p' | 'i' | 'm' | 'j' | 'h' | '['), ctrl: true, .. } => {
            Some("the terminal or every screen")
        }
        Key { code: Code::Char(' '), .. } | Key { code: Code::F(1), .. } => Some("every screen"),
        Key { code: Code::Char(_) | Code::F(_), .. } => None,
        Key { .. } => Some("moving and editing"),
    }
}

/// How a key is written, in settings and on screens.
pub fn name_of(key: Key) -> String {
    let held = match (key.ctrl, key.alt) {
        (true, true) => "Ctrl-Alt-",
        (true, false) => "Ctrl-",
        (false, true) => "Alt-",
        (false, false) => "",
    };
    let name = match key.code {
        Code::Char(' ') => "Space".to_owned(),
        // Without it the name would say Shift where none is meant.
        Code::Char(c) if key.ctrl => c.to_uppercase().to_string(),
        Code::Char(c) => c.to_string(),
        Code::F(number) => format!("F{number}"),
        Code::Enter => "Enter".to_owned(),
        Code::Esc => "Esc".to_owned(),
        Code::Tab => "Tab".to_owned(),
        Code::BackTab => "Shift-Tab".to_owned(),
        Code::Backspace => "Backspace".to_owned(),
        Code::Delete => "Delete".to_owned(),
        Code::Up => "Up".to_owned(),
        Code::Down => "Down".to_owned(),
        Code::Left => "Left".to_owned(),
        Code::Right => "Right".to_owned(),
        Code::Home => "Home".to_owned(),
        Code::End => "End".to_owned(),
        Code::PageUp => "PageUp".to_owned(),
        Code::PageDown => "PageDown".to_owned(),
    };
    format!("{held}{name}")
}

/// The key that is written like this.
pub fn key_of(text: &str) -> Option<Key> {
    let (mut rest, mut key) = (text, Key::char(' '));
    loop {
        let lower = rest.to_ascii_lowercase();
        if let Some(cut) = lower.strip_prefix("ctrl-").filter(|cut| !cut.is_empty()) {
            (rest, key.ctrl) = (&rest[rest.len() - cut.len()..], true);
        } else if let Some(cut) = lower.strip_prefix("alt-").filter(|cut| !cut.is_empty()) {
            (rest, key.alt) = (&rest[rest.len() - cut.len()..], true);
        } else {
            break;
        }
    }
    let mut chars = rest.chars();
    key.code = match (chars.next()?, chars.next()) {
        (c, None) if c.is_control() => return None,
        (c, None) if key.ctrl => Code::Char(c.to_ascii_lowercase()),
        (c, None) => Code::Char(c),
        ('F' | 'f', Some('0'..='9')) => Code::F(rest[1..].parse().ok().filter(|number| (1..=12).contains(number))?),
        _ if rest.eq_ignore_ascii_case("space") => Code::Char(' '),
        _ => return None,
    };
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(wanted: &[(&str, &[&str])]) -> (Keymap, Vec<String>) {
        let owned = |keys: &&[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
        Keymap::new(&wanted.iter().map(|(name, keys)| ((*name).to_owned(), owned(keys))).collect())
    }

    #[test]
    fn a_moved_key_is_turned_into_the_one_that_screens_know() {
        let (map, refused) = map(&[("outline", &["O", "F2"])]);
        assert_eq!(refused, [""; 0]);
        assert_eq!(map.meant(Key::char('O')), Some(Key::char('o')));
        assert_eq!(map.meant(Key::code(Code::F(2))), Some(Key::char('o')));
        assert_eq!(map.meant(Key::char('o')), None, "its old key is free");
        assert_eq!(map.meant(Key::char('x')), Some(Key::char('x')));
    }

    #[test]
    fn two_commands_can_change_places() {
        let (map, refused) = map(&[("up", &["j"]), ("down", &["k"])]);
        assert_eq!(refused, [""; 0]);
        assert_eq!(map.meant(Key::char('j')), Some(Key::char('k')));
        assert_eq!(map.meant(Key::char('k')), Some(Key::char('j')));
    }

    #[test]
    fn a_clash_is_refused_with_both_names() {
        let cases: [(&[(&str, &[&str])], [&str; 2]); 5] = [
            (&[("outline", &["m"])], ["outline", "mark"]),
            (&[("outline", &["X"]), ("mark", &["X"])], ["outline", "mark"]),
            (&[("outline", &["5"])], ["outline", "an option"]),
            (&[("outline", &["Ctrl-C"])], ["outline", "every screen"]),
            (&[("outlin", &["X"])], ["outlin", "outline"]),
        ];
        for (wanted, names) in cases {
            let (_, refused) = map(wanted);
            assert_eq!(refused.len(), 1, "{wanted:?}: {refused:?}");
            assert!(names.iter().all(|name| refused[0].contains(name)), "{refused:?}");
        }
    }

    #[test]
    fn a_refused_command_keeps_its_key_and_others_theirs() {
        // `mark` would get `o`, which becomes free only if `outline` may have `y`, which it may not.
        let (map, refused) = map(&[("outline", &["y"]), ("mark", &["o"])]);
        assert_eq!(refused.len(), 2, "{refused:?}");
        assert_eq!(map, Keymap::default());
    }

    #[test]
    fn names_of_keys_are_read_as_they_are_written() {
        let alt = Key { code: Code::Char('x'), ctrl: false, alt: true };
        for key in [Key::char('-'), Key::char('G'), Key::ctrl('t'), alt, Key::code(Code::F(12)), Key::char(' ')] {
            assert_eq!(key_of(&name_of(key)), Some(key));
        }
        for wrong in ["", "F13", "Hyper-x", "xx", "Ctrl-", "\u{1b}"] {
            assert_eq!(key_of(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn names_and_keys_are_unique() {
        for (place, command) in COMMANDS.iter().enumerate() {
            let others = COMMANDS.iter().skip(place + 1);
            assert!(others.clone().all(|other| other.name != command.name && other.key != command.key), "{command:?}");
        }
    }

    #[test]
    fn a_hint_shows_the_new_key() {
        let (map, _) = map(&[("down", &["x"])]);
        let hint = |shown: &'static str| Hint {
            key: None,
            press: None,
            shown: shown.into(),
            label: "down".into(),
            footer: None,
            group: super::super::keys::Group::Read,
        };
        assert_eq!(map.hint(hint("↓ j")).shown, "↓ x");
        assert_eq!(map.hint(hint("↑↓")).shown, "↑↓");
    }
}
