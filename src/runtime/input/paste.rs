//! Pasted text: with one sort of line ends, without what would act on a terminal, and told from typing where the terminal
//! does not say what it is.

use super::parser::Heard;
use crate::tui::message::{Code, Key};
use std::collections::BTreeSet;

/// From this many characters at once on, nobody has typed them …
const BURST: usize = 12;
/// … if so many of them differ. A key that is held, and keys that wait while a machine is busy, are few different ones.
const DIFFERENT: usize = 6;

/// Whether all that came at once can only have been pasted.
pub fn is_pasted(heard: &[Heard]) -> bool {
    if heard.len() < BURST {
        return false;
    }
    let different: Option<BTreeSet<char>> = heard.iter().map(text).collect();
    different.is_some_and(|different| different.len() >= DIFFERENT)
}

/// Keys as the text they would be.
pub fn as_text(heard: &[Heard]) -> String {
    clean(&heard.iter().filter_map(text).collect::<String>())
}

/// Whether this could be part of a text.
pub fn is_text(heard: &Heard) -> bool {
    text(heard).is_some()
}

fn text(heard: &Heard) -> Option<char> {
    match heard {
        Heard::Key(Key { code, ctrl: false, alt: false }) => match code {
            Code::Char(c) => Some(*c),
            Code::Enter => Some('\n'),
            Code::Tab => Some('\t'),
            _ => None,
        },
        Heard::Key(_) | Heard::Mouse(_) | Heard::Paste(_) | Heard::Focus(_) | Heard::Painted(_) => None,
    }
}

/// Text with one sort of line ends and without characters that would act on a terminal.
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Heard> {
        let key = |c| match c {
            '\n' => Key::code(Code::Enter),
            c => Key::char(c),
        };
        text.chars().map(|c| Heard::Key(key(c))).collect()
    }

    #[test]
    fn much_text_at_once_was_pasted() {
        assert!(is_pasted(&keys("return redirect(url_for(\"index\"))\n")));
        assert!(is_pasted(&keys("a b\nc d\ne f\n")));
        for typed in ["", "j", "jjjjjjjjjjjjjjjjjjjjjjjj", "jjjjjjjjjjj  n\nq", "2\n", "url_for\n"] {
            assert!(!is_pasted(&keys(typed)), "{typed:?}");
        }
        let mut with_arrow = keys("return redirect");
        with_arrow.push(Heard::Key(Key::code(Code::Up)));
        assert!(!is_pasted(&with_arrow));
    }

    #[test]
    fn it_is_the_text_that_it_was() {
        assert_eq!(as_text(&keys("a\nb")), "a\nb");
        assert_eq!(clean("a\r\nb\rc\td\u{1b}[31m\u{7}\u{9b}"), "a\nb\nc\td[31m");
    }
}
