//! What the terminal can show, as far as the environment says so. The terminal itself is only asked for its background, and
//! that answer is not waited for: it may never come, and would cost more than all the rest of a start.

use crate::tui::theme::glyphs::Glyphs;
use crate::tui::theme::{Background, Depth};

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// When the terminal has them and nobody asked for none.
    #[default]
    Auto,
    /// In any case.
    Always,
    /// Never.
    Never,
}

/// The environment's variables, by name.
pub trait Variables {
    /// What a variable holds; `None` if it isn't there or is empty.
    fn get(&self, name: &str) -> Option<String>;
}

/// The variables of this process.
pub struct Process;

impl Variables for Process {
    fn get(&self, name: &str) -> Option<String> {
        let value = std::env::var_os(name)?.to_string_lossy().into_owned();
        (!value.is_empty()).then_some(value)
    }
}

/// How many colours to use.
pub fn depth(colour: Colour, variables: &impl Variables) -> Depth {
    let most = terminal_depth(variables);
    match colour {
        Colour::Never => Depth::Mono,
        Colour::Auto if variables.get("NO_COLOR").is_some() => Depth::Mono,
        Colour::Always if most == Depth::Mono => Depth::Sixteen,
        Colour::Auto | Colour::Always => most,
    }
}

/// Which signs to use. The locale decides where there is one; without any, as in many containers, terminals still speak
/// UTF-8. The Linux console speaks it, too, but its font has few signs.
pub fn glyphs(variables: &impl Variables) -> Glyphs {
    if variables.get("TERM").is_some_and(|term| term == "linux" || term == "dumb" || is_plain(&term)) {
        return Glyphs::Ascii;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| variables.get(name));
    let utf8 = |locale: String| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    };
    if locale.is_none_or(utf8) { Glyphs::Unicode } else { Glyphs::Ascii }
}

/// The terminal's background: some terminals say what it is in `COLORFGBG`, as in `0;15`.
pub fn background(variables: &impl Variables) -> Option<Background> {
    match variables.get("COLORFGBG")?.rsplit(';').next()?.parse().ok()? {
        7 | 9..=15 => Some(Background::Light),
        0..=6 | 8 => Some(Background::Dark),
        _ => None,
    }
}

/// Whether to ask the terminal for the colour of its background: not where colours don't matter, and not those that would
/// show the question.
pub fn asks_background(depth: Depth, variables: &impl Variables) -> bool {
    let plain = |term: &str| ["linux", "dumb", "cons25", "sun"].contains(&term) || is_plain(term);
    matches!(depth, Depth::True | Depth::Indexed) && !variables.get("TERM").is_some_and(|term| plain(&term))
}

/// Whether the terminal can show screens at all.
pub fn can_show_screens(variables: &impl Variables) -> bool {
    variables.get("TERM").is_none_or(|term| term != "dumb")
}

fn terminal_depth(variables: &impl Variables) -> Depth {
    let term = variables.get("TERM").unwrap_or_default();
    let says = |name: &str, words: &[&str]| variables.get(name).is_some_and(|value| words.contains(&value.as_str()));
    if term == "dumb" || is_plain(&term) {
        Depth::Mono
    } else if term == "linux" {
        Depth::Sixteen
    } else if says("COLORTERM", &["truecolor", "24bit"])
        || variables.get("WT_SESSION").is_some()
        || term.ends_with("-direct")
        || TRUE_COLOUR.iter().any(|name| term.contains(name))
    {
        Depth::True
    } else if term.contains("256") {
        Depth::Indexed
    } else if term.is_empty() {
        // Windows sets no TERM, and its terminals have shown 24-bit colours since 2017.
        if cfg!(windows) { Depth::True } else { Depth::Mono }
    } else {
        Depth::Sixteen
    }
}

/// Terminals that have 24-bit colours by their name alone.
const TRUE_COLOUR: [&str; 6] = ["kitty", "alacritty", "ghostty", "wezterm", "foot", "contour"];

/// Terminals of the time before colours.
fn is_plain(term: &str) -> bool {
    ["vt100", "vt102", "vt220", "xterm-mono", "ansi-m"].contains(&term)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Variables as a test states them.
    struct List<'a>(&'a [(&'a str, &'a str)]);

    impl Variables for List<'_> {
        fn get(&self, name: &str) -> Option<String> {
            let found = self.0.iter().find(|(candidate, value)| *candidate == name && !value.is_empty())?;
            Some(found.1.to_owned())
        }
    }

    #[test]
    fn colours_are_as_many_as_the_terminal_says() {
        let cases: [(&[(&str, &str)], Depth); 12] = [
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Depth::True),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "24bit")], Depth::True),
            (&[("TERM", "xterm-direct")], Depth::True),
            (&[("TERM", "xterm-kitty")], Depth::True),
            (&[("TERM", "xterm-256color")], Depth::Indexed),
            (&[("TERM", "screen-256color"), ("COLORTERM", "yes")], Depth::Indexed),
            (&[("TERM", "xterm")], Depth::Sixteen),
            (&[("TERM", "linux"), ("COLORTERM", "truecolor")], Depth::Sixteen),
            (&[("TERM", "vt100")], Depth::Mono),
            (&[("TERM", "dumb")], Depth::Mono),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "1")], Depth::Mono),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "")], Depth::Indexed),
        ];
        for (variables, expected) in cases {
            assert_eq!(depth(Colour::Auto, &List(variables)), expected, "{variables:?}");
        }
    }

    #[test]
    fn what_was_asked_for_wins() {
        let none = List(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]);
        assert_eq!(depth(Colour::Always, &none), Depth::Indexed);
        assert_eq!(depth(Colour::Always, &List(&[("TERM", "vt100")])), Depth::Sixteen);
        assert_eq!(depth(Colour::Never, &List(&[("TERM", "xterm-kitty")])), Depth::Mono);
    }

    #[test]
    fn signs_are_those_of_the_locale() {
        let cases: [(&[(&str, &str)], Glyphs); 8] = [
            (&[("LANG", "de_DE.UTF-8")], Glyphs::Unicode),
            (&[("LANG", "C.utf8")], Glyphs::Unicode),
            (&[], Glyphs::Unicode),
            (&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")], Glyphs::Ascii),
            (&[("LANG", "de_DE.UTF-8"), ("LC_CTYPE", "POSIX")], Glyphs::Ascii),
            (&[("LANG", "de_DE.ISO-8859-1")], Glyphs::Ascii),
            (&[("LC_ALL", ""), ("LANG", "C.UTF-8")], Glyphs::Unicode),
            (&[("LANG", "C.UTF-8"), ("TERM", "linux")], Glyphs::Ascii),
        ];
        for (variables, expected) in cases {
            assert_eq!(glyphs(&List(variables)), expected, "{variables:?}");
        }
    }

    #[test]
    fn only_who_understands_is_asked_for_the_background() {
        let asks = |depth, term| asks_background(depth, &List(&[("TERM", term)]));
        assert!(asks(Depth::True, "xterm-kitty") && asks(Depth::Indexed, "screen-256color"));
        assert!(!asks(Depth::Mono, "xterm-256color") && !asks(Depth::Sixteen, "linux") && !asks(Depth::True, "linux"));
    }

    #[test]
    fn a_light_background_is_one_that_is_said() {
        let said = |value| background(&List(&[("COLORFGBG", value)]));
        assert_eq!(said("0;15"), Some(Background::Light));
        assert_eq!(said("0;default;7"), Some(Background::Light));
        assert_eq!((said("15;0"), said("15;8")), (Some(Background::Dark), Some(Background::Dark)));
        for unknown in ["0;default", "", "x", "0;77"] {
            assert_eq!(said(unknown), None, "{unknown}");
        }
    }
}
