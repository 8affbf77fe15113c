//! Typed answers, compared as a person would: what is the same, and what misses by a slip of the fingers.

use super::syntax::{self, Around};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Whether capital letters count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Case {
    /// They don't.
    Ignored,
    /// They do.
    Exact,
}

/// How a typed text misses another one by little.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Only capital letters differ.
    Capitals,
    /// Only a `()` at the end differs.
    Call,
    /// A letter is missing.
    Missing,
    /// This letter is too much.
    Extra(char),
    /// This letter stands in place of another one.
    Other(char),
    /// These two letters stand the other way round.
    Swapped(char, char),
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Slip::Capitals => write!(f, "Only capital letters differ."),
            Slip::Call => write!(f, "Only the `()` at the end differs."),
            Slip::Missing => write!(f, "One letter is missing."),
            Slip::Extra(letter) => write!(f, "One letter is too much: `{letter}`."),
            Slip::Other(letter) => write!(f, "One letter differs: `{letter}`."),
            Slip::Swapped(one, other) => write!(f, "Two letters are swapped: `{one}{other}`."),
        }
    }
}

/// Code as it is compared: by its syntax, where it is Python of its own (see [`syntax::canonical`]), else letter by letter
/// without blanks that part nothing, every quoted text in the same quotes.
pub fn code(code: &str, around: Around) -> String {
    syntax::canonical(code, around).unwrap_or_else(|| letters(code))
}

/// A blank stays where it parts two words (`not x`) or stands in a quoted text. A quoted text that does not end is kept
/// as it is, because the program around the gap may end it.
fn letters(code: &str) -> String {
    let mut plain = String::with_capacity(code.len());
    let mut rest = code.trim();
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        if let Some((text, after)) = (matches!(c, '\'' | '"')).then(|| quoted(c, after)).flatten() {
            plain.push('"');
            plain.push_str(&text);
            plain.push('"');
            rest = after;
        } else if c.is_whitespace() {
            rest = after.trim_start();
            let parts_words = plain.ends_with(is_word) && rest.starts_with(is_word);
            plain.extend(parts_words.then_some(' '));
        } else {
            plain.push(c);
            rest = after;
        }
    }
    plain
}

/// A word or a phrase without what surrounds it: blanks, quotes, a full stop at its end.
pub fn bare(text: &str) -> String {
    let straight = |c: char| match c {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        other => other,
    };
    let text: String = text.chars().map(straight).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    without_stop(without_quotes(without_stop(&text))).to_owned()
}

/// A word or a phrase as it is compared: bare, its code as code, and without capital letters where they don't count.
pub fn words(text: &str, case: Case) -> String {
    let text = bare(text);
    match case {
        Case::Ignored => code(&text.to_lowercase(), Around::Ends),
        Case::Exact => code(&text, Around::Ends),
    }
}

/// How a text misses the wanted one by a slip of the fingers. Both are as they are compared.
///
/// A slip is one letter, two swapped letters, capital letters or a `()`, and not a digit or a sign: `5001` is no slip of
/// `5000`, and `.index` means something else than `index`. In a text of fewer than four characters a single letter is too
/// much of it.
pub fn slip(typed: &str, wanted: &str) -> Option<Slip> {
    if typed == wanted {
        return None;
    }
    if typed.to_lowercase() == wanted.to_lowercase() {
        return Some(Slip::Capitals);
    }
    let (one, other) = (typed.strip_suffix("()"), wanted.strip_suffix("()"));
    if one == Some(wanted) || other == Some(typed) {
        return Some(Slip::Call);
    }
    let (typed, wanted): (Vec<char>, Vec<char>) = (typed.chars().collect(), wanted.chars().collect());
    if wanted.len() < LENGTH_MIN {
        return None;
    }
    let before = typed.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
    let (typed, wanted) = (&typed[before..], &wanted[before..]);
    let after = typed.iter().rev().zip(wanted.iter().rev()).take_while(|(a, b)| a == b).count();
    let letters = |chars: &[char]| chars.iter().all(|c| c.is_alphabetic());
    match (&typed[..typed.len() - after], &wanted[..wanted.len() - after]) {
        (differs, instead) if !letters(differs) || !letters(instead) => None,
        ([], [_]) => Some(Slip::Missing),
        ([extra], []) => Some(Slip::Extra(*extra)),
        ([other], [_]) => Some(Slip::Other(*other)),
        ([a, b], [c, d]) if (a, b) == (d, c) => Some(Slip::Swapped(*a, *b)),
        _ => None,
    }
}

/// The shortest text in which one letter may be a slip.
const LENGTH_MIN: usize = 4;

/// The text up to the quote that ends it, with quotes in it unescaped, and what follows.
fn quoted(quote: char, code: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut chars = code.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some((_, escaped @ ('\'' | '"'))) => text.push(escaped),
                Some((_, other)) => text.extend(['\\', other]),
                None => return None,
            },
            _ if c == quote => return Some((text, &code[at + c.len_utf8()..])),
            _ => text.push(c),
        }
    }
    None
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The text without a full stop at its end; `...` is none.
fn without_stop(text: &str) -> &str {
    text.strip_suffix('.').filter(|before| !before.is_empty() && !before.ends_with('.')).unwrap_or(text)
}

/// The text without a pair of quotes around all of it.
fn without_quotes(text: &str) -> &str {
    let inner = |quote: char| {
        let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.is_empty() && !inner.contains(quote)).then_some(inner)
    };
    ['"', '\'', '`'].into_iter().find_map(inner).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_quotes_do_not_matter() {
        let alike = [
            ("app.config['X']", " app . config[\"X\"] "),
            ("f(a,b)", "f( a, b )"),
            ("not  x", "not x"),
            (r#"'it"s'"#, r#""it\"s""#),
            ("don't", "don't"),
            ("{{ a|b }}", "{{a | b}}"),
        ];
        for around in [Around::Ends, Around::Text] {
            for (one, other) in alike {
                assert_eq!(code(one, around), code(other, around));
            }
        }
    }

    #[test]
    fn what_means_something_else_stays_different() {
        let unlike = [("notx", "not x"), ("'a b'", "'ab'"), ("a", "A"), ("'a'", "a"), (r"'\n'", "'n'"), ("", "x")];
        for (one, other) in unlike {
            assert_ne!(code(one, Around::Ends), code(other, Around::Ends));
            assert_ne!(code(one, Around::Text), code(other, Around::Text));
        }
    }

    #[test]
    fn a_word_is_the_same_whatever_surrounds_it() {
        for text in ["url_for", " URL_for. ", "`url_for`", "“url_for”.", "'url_for.'"] {
            assert_eq!(words(text, Case::Ignored), "url_for", "{text}");
        }
        assert_eq!(words("The  app\ncontext", Case::Exact), "The app context");
        assert_ne!(words("None", Case::Exact), words("none", Case::Exact));
        for kept in ["...", ".", "\"", "''", "a.b", "'a' + 'b'"] {
            assert_eq!(bare(kept), kept);
        }
    }

    #[test]
    fn a_slip_is_one_letter() {
        let slips = [
            ("teardwn", "teardown", Slip::Missing),
            ("teardownn", "teardown", Slip::Extra('n')),
            ("teerdown", "teardown", Slip::Other('e')),
            ("taerdown", "teardown", Slip::Swapped('a', 'e')),
            ("none", "None", Slip::Capitals),
            ("url_for()", "url_for", Slip::Call),
            ("url_for", "url_for()", Slip::Call),
        ];
        for (typed, wanted, expected) in slips {
            assert_eq!(slip(typed, wanted), Some(expected), "{typed}");
        }
        let far = [
            ("teardown", "teardown"),
            ("5001", "5000"),
            (".index", "index"),
            ("a-b-c", "a_b-c"),
            ("get", "set"),
            ("tardwn", "teardown"),
            ("", "teardown"),
            ("abcdef", "abfedc"),
        ];
        for (typed, wanted) in far {
            assert_eq!(slip(typed, wanted), None, "{typed}");
        }
    }
}
