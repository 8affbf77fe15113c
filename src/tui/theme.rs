//! Colours: roles on grounds, for every terminal. A test below recomputes each contrast.
//!
//! Text is drawn in a role, a row is filled with a ground. What a role looks like depends on the terminal's depth; what
//! it says never does, since each state also has a word and a glyph.

use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// 16 million.
    True,
    /// The 256 of xterm.
    Indexed,
    /// The 16 that the user's own scheme defines.
    Sixteen,
    /// None: bold, underline and reverse only.
    Mono,
}

/// Which theme the learner wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// As the terminal's background is, as far as it says so.
    #[default]
    Auto,
    /// Light text on a dark ground.
    Dark,
    /// Dark text on a light ground.
    Light,
}

impl Choice {
    /// The word in settings and options.
    pub fn word(self) -> &'static str {
        match self {
            Choice::Auto => "auto",
            Choice::Dark => "dark",
            Choice::Light => "light",
        }
    }

    /// The choice with this word.
    pub fn from_word(word: &str) -> Option<Choice> {
        [Choice::Auto, Choice::Dark, Choice::Light].into_iter().find(|choice| choice.word() == word)
    }
}

/// Which signs the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyphs {
    /// Box drawing and a few marks.
    Unicode,
    /// Nothing but ASCII.
    Ascii,
}

/// Whether the background is dark or light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// Dark.
    Dark,
    /// Light.
    Light,
}

/// What a piece of text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What is read.
    Text,
    /// What is said beside it; comments in code.
    Muted,
    /// Keys, links, the name of a function.
    Accent,
    /// Right, passed.
    Correct,
    /// Wrong, failed, an error.
    Wrong,
    /// Near, late, a warning.
    Warning,
    /// A myth, an interview.
    Myth,
    /// A keyword of a language.
    Keyword,
    /// A text in code.
    String,
    /// A number in code.
    Number,
    /// Lines; never text.
    Rule,
}

/// What text stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The page.
    Page,
    /// A program.
    Code,
    /// A box over the page.
    Overlay,
    /// The selected row.
    Selection,
}

/// The look of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// How many colours there are.
    pub depth: Depth,
    /// Dark or light.
    pub background: Background,
    /// Which signs there are.
    pub glyphs: Glyphs,
}

impl Theme {
    /// How text of a role is drawn; the ground below it stays.
    pub fn text(&self, role: Role) -> Style {
        match self.depth {
            Depth::True => Style::new().fg(rgb(self.table(role).0)),
            Depth::Indexed => Style::new().fg(Color::Indexed(self.table(role).1)),
            Depth::Sixteen => sixteen(role),
            Depth::Mono => mono(role),
        }
    }

    /// The same in bold.
    pub fn bold(&self, role: Role) -> Style {
        self.text(role).add_modifier(Modifier::BOLD)
    }

    /// How a ground is filled.
    pub fn ground(&self, ground: Ground) -> Style {
        match self.depth {
            Depth::True => Style::new().bg(rgb(self.ground_table(ground).0)),
            Depth::Indexed => Style::new().bg(Color::Indexed(self.ground_table(ground).1)),
            Depth::Sixteen | Depth::Mono => match ground {
                Ground::Selection => Style::new().add_modifier(Modifier::REVERSED),
                Ground::Page | Ground::Code | Ground::Overlay => Style::new(),
            },
        }
    }

    /// How the page behind a box looks: all of it in the colour of lines, where there are colours enough.
    pub fn behind(&self) -> Option<Style> {
        match self.depth {
            Depth::True | Depth::Indexed => Some(self.text(Role::Rule)),
            Depth::Sixteen | Depth::Mono => None,
        }
    }

    /// A role's colour: 24 bit, 256.
    fn table(&self, role: Role) -> (u32, u8) {
        match (self.background, role) {
            (Background::Dark, Role::Text) => (0xD9DEE7, 253),
            (Background::Dark, Role::Muted) => (0xA3AEBC, 249),
            (Background::Dark, Role::Accent) => (0x8FC4FF, 117),
            (Background::Dark, Role::Correct) => (0x6FE3C8, 79),
            (Background::Dark, Role::Wrong) => (0xF08A70, 209),
            (Background::Dark, Role::Warning) => (0xF8E08A, 222),
            (Background::Dark, Role::Myth) => (0xCF90C4, 176),
            (Background::Dark, Role::Keyword) => (0xC9A6FF, 183),
            (Background::Dark, Role::String) => (0x9FD08A, 150),
            (Background::Dark, Role::Number) => (0xF2B27A, 215),
            (Background::Dark, Role::Rule) => (0x667182, 242),
            (Background::Light, Role::Text) => (0x22262E, 235),
            (Background::Light, Role::Muted) => (0x535C69, 240),
            (Background::Light, Role::Accent) => (0x0455CC, 25),
            (Background::Light, Role::Correct) => (0x1F5A4C, 23),
            (Background::Light, Role::Wrong) => (0x8A1A08, 88),
            (Background::Light, Role::Warning) => (0x6C5F00, 58),
            (Background::Light, Role::Myth) => (0x5E2468, 53),
            (Background::Light, Role::Keyword) => (0x6237A8, 55),
            (Background::Light, Role::String) => (0x2E6113, 22),
            (Background::Light, Role::Number) => (0x8A4508, 52),
            (Background::Light, Role::Rule) => (0x848B96, 245),
        }
    }

    /// A ground's colour: 24 bit, 256.
    fn ground_table(&self, ground: Ground) -> (u32, u8) {
        match (self.background, ground) {
            (Background::Dark, Ground::Page) => (0x14171C, 234),
            (Background::Dark, Ground::Code) => (0x1C2129, 235),
            (Background::Dark, Ground::Overlay) => (0x222833, 236),
            (Background::Dark, Ground::Selection) => (0x26395A, 237),
            (Background::Light, Ground::Page) => (0xFBFAF7, 231),
            (Background::Light, Ground::Code) => (0xF0EEE8, 255),
            (Background::Light, Ground::Overlay) => (0xF4F2EC, 255),
            (Background::Light, Ground::Selection) => (0xCFE0F7, 189),
        }
    }
}

fn rgb(hex: u32) -> Color {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color::Rgb(red, green, blue)
}

/// The user's own 16 colours: only those that are readable on both backgrounds, and text stays as it is.
fn sixteen(role: Role) -> Style {
    match role {
        Role::Text | Role::Muted | Role::String | Role::Number | Role::Rule => Style::new(),
        Role::Accent | Role::Keyword => Style::new().add_modifier(Modifier::BOLD),
        Role::Correct => Style::new().fg(Color::Cyan),
        Role::Wrong => Style::new().fg(Color::Red),
        Role::Warning => Style::new().fg(Color::Yellow),
        Role::Myth => Style::new().fg(Color::Magenta),
    }
}

fn mono(role: Role) -> Style {
    match role {
        Role::Text | Role::Muted | Role::String | Role::Number | Role::Rule => Style::new(),
        Role::Accent | Role::Keyword | Role::Correct | Role::Warning | Role::Myth => {
            Style::new().add_modifier(Modifier::BOLD)
        }
        Role::Wrong => Style::new().add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
    }
}

/// Signs and what stands for them where there is only ASCII; each is one cell wide.
const ASCII: [(&str, &str); 45] = [
    ("▌", ">"),
    ("▎", "|"),
    ("━", "="),
    ("─", "-"),
    ("│", "|"),
    ("┌", "+"),
    ("┐", "+"),
    ("└", "+"),
    ("┘", "+"),
    ("├", "+"),
    ("┤", "+"),
    ("┬", "+"),
    ("┴", "+"),
    ("┼", "+"),
    ("█", "#"),
    ("░", ":"),
    ("▒", "+"),
    ("▓", "%"),
    ("▁", "1"),
    ("▂", "2"),
    ("▃", "3"),
    ("▄", "4"),
    ("▅", "5"),
    ("▆", "6"),
    ("▇", "7"),
    ("✓", "+"),
    ("✗", "x"),
    ("•", "*"),
    ("·", "."),
    ("▸", ">"),
    ("▾", "v"),
    ("◂", "<"),
    ("≡", "="),
    ("›", ">"),
    ("»", ">"),
    ("↑", "^"),
    ("↓", "v"),
    ("←", "<"),
    ("→", ">"),
    ("…", "~"),
    ("−", "-"),
    ("–", "-"),
    ("“", "\""),
    ("”", "\""),
    ("’", "'"),
];

/// What to show for a cell's sign where there is only ASCII; `?` for what has no stand-in.
pub fn ascii(symbol: &str) -> &str {
    if symbol.is_ascii() {
        return symbol;
    }
    ASCII.iter().find(|(sign, _)| *sign == symbol).map_or("?", |(_, plain)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 10] = [
        Role::Text,
        Role::Muted,
        Role::Accent,
        Role::Correct,
        Role::Wrong,
        Role::Warning,
        Role::Myth,
        Role::Keyword,
        Role::String,
        Role::Number,
    ];
    const GROUNDS: [Ground; 4] = [Ground::Page, Ground::Code, Ground::Overlay, Ground::Selection];

    /// Relative luminance as WCAG 2.2 defines it.
    fn luminance([r, g, b]: [u8; 3]) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        if one > other { one / other } else { other / one }
    }

    fn channels(color: Color) -> [u8; 3] {
        match color {
            Color::Rgb(r, g, b) => [r, g, b],
            // xterm: 16 colours, a cube of 6 steps, 24 greys.
            Color::Indexed(n @ 16..=231) => {
                let step = |v: u8| if v == 0 { 0 } else { 55 + 40 * v };
                [step((n - 16) / 36), step((n - 16) / 6 % 6), step((n - 16) % 6)]
            }
            Color::Indexed(n @ 232..) => [8 + 10 * (n - 232); 3],
            other => panic!("{other:?} is no fixed colour"),
        }
    }

    #[test]
    fn every_role_can_be_read_on_every_ground() {
        for depth in [Depth::True, Depth::Indexed] {
            for background in [Background::Dark, Background::Light] {
                let theme = Theme { depth, background, glyphs: Glyphs::Unicode };
                for role in ROLES {
                    for ground in GROUNDS {
                        let text = channels(theme.text(role).fg.expect("text has a colour"));
                        let below = channels(theme.ground(ground).bg.expect("a ground has a colour"));
                        let ratio = contrast(text, below);
                        assert!(ratio >= 4.5, "{depth:?} {background:?}: {role:?} on {ground:?} is {ratio:.2} to 1");
                    }
                }
            }
        }
    }

    #[test]
    fn without_colours_every_verdict_still_stands_out() {
        let theme = Theme { depth: Depth::Mono, background: Background::Dark, glyphs: Glyphs::Ascii };
        for role in [Role::Correct, Role::Wrong, Role::Warning] {
            let style = theme.text(role);
            assert_eq!(style.fg, None);
            assert!(style.add_modifier.contains(Modifier::BOLD));
        }
        assert!(theme.ground(Ground::Selection).add_modifier.contains(Modifier::REVERSED));
    }

    #[test]
    fn each_sign_has_a_stand_in_of_one_cell() {
        for (sign, plain) in ASCII {
            assert_eq!(ascii(sign), plain);
            assert_eq!(plain.len(), 1);
            assert_eq!(unicode_width::UnicodeWidthStr::width(sign), 1, "{sign}");
        }
        assert_eq!(ascii("日"), "?");
    }
}
