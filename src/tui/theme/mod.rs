//! Colours: roles on grounds, for every terminal. A test recomputes each contrast.
//!
//! Text is drawn in a role, a row is filled with a ground. What a role looks like depends on the terminal's depth; what
//! it says never does, since each state also has a word and a glyph.

pub mod contrast;
pub mod glyphs;
pub mod palette;

use crate::settings::Settings;
use crate::settings::base16::Base16;
use crate::settings::options::{self, Page};
use glyphs::Glyphs;
use palette::{Ink, Palette};
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

impl Role {
    /// Every role, in the order of a palette.
    pub const ALL: [Role; 11] = [
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
        Role::Rule,
    ];
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

impl Ground {
    /// Every ground, in the order of a palette.
    pub const ALL: [Ground; 4] = [Ground::Page, Ground::Code, Ground::Overlay, Ground::Selection];
}

/// What the terminal is: this cannot be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// How many colours it shows.
    pub depth: Depth,
    /// Its background, as far as that is known; else a guess.
    pub background: Background,
    /// The colour of its background, if it said so, as `0xRRGGBB`.
    pub painted: Option<u32>,
    /// Which signs it seems to have.
    pub glyphs: Glyphs,
}

/// The look of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// How many colours there are.
    pub depth: Depth,
    /// Which signs there are.
    pub glyphs: Glyphs,
    palette: Palette,
}

impl Theme {
    /// The look that a learner wants, on a terminal like this. `scheme` is the base16 file that the settings name; where
    /// it could not be read, the look is as the terminal is.
    pub fn new(settings: &Settings, terminal: Terminal, scheme: Option<&Base16>) -> Theme {
        let Terminal { depth, background, painted, glyphs } = terminal;
        let palette = match (&settings.theme, scheme) {
            (options::Theme::Dark, _) => Palette::own(Background::Dark),
            (options::Theme::Light, _) => Palette::own(Background::Light),
            (options::Theme::HighContrast, _) => Palette::high_contrast(background, depth),
            (options::Theme::Base16(_), Some(scheme)) => Palette::base16(scheme, depth),
            (options::Theme::Auto | options::Theme::Base16(_), _) => Palette::own(background),
        };
        let palette = match settings.page {
            Page::Own => palette,
            Page::Terminal => palette.on_terminal(background, painted),
        };
        let glyphs = match settings.glyphs {
            options::Glyphs::Auto => glyphs,
            options::Glyphs::Unicode => Glyphs::Unicode,
            options::Glyphs::Ascii => Glyphs::Ascii,
        };
        Theme { depth, glyphs, palette }
    }

    /// How text of a role is drawn; the ground below it stays.
    pub fn text(&self, role: Role) -> Style {
        match (self.depth, self.palette.inks[role as usize]) {
            (Depth::True, Ink::Colour(colour, _)) => Style::new().fg(rgb(colour)),
            (Depth::Indexed, Ink::Colour(_, index)) => Style::new().fg(Color::Indexed(index)),
            (Depth::True | Depth::Indexed, Ink::Terminal) => Style::new(),
            (Depth::Sixteen, _) => sixteen(role),
            (Depth::Mono, _) => mono(role),
        }
    }

    /// The same in bold.
    pub fn bold(&self, role: Role) -> Style {
        self.text(role).add_modifier(Modifier::BOLD)
    }

    /// How a ground is filled.
    pub fn ground(&self, ground: Ground) -> Style {
        match (self.depth, self.palette.grounds[ground as usize]) {
            (Depth::True, Ink::Colour(colour, _)) => Style::new().bg(rgb(colour)),
            (Depth::Indexed, Ink::Colour(_, index)) => Style::new().bg(Color::Indexed(index)),
            (Depth::Sixteen | Depth::Mono, _) | (_, Ink::Terminal) => match ground {
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

#[cfg(test)]
mod tests {
    use super::contrast::{contrast, indexed};
    use super::*;
    use proptest::prelude::*;

    /// Every role on every ground, as drawn, with the contrast between the two.
    fn pairs(theme: &Theme) -> Vec<(Role, Ground, f64)> {
        let hex = |color: Option<Color>| match color {
            Some(Color::Rgb(r, g, b)) => u32::from_be_bytes([0, r, g, b]),
            Some(Color::Indexed(index)) => indexed(index),
            other => panic!("{other:?} is no fixed colour"),
        };
        let grounds = || Ground::ALL.into_iter();
        let roles = Role::ALL.into_iter().filter(|role| *role != Role::Rule);
        roles
            .flat_map(|role| grounds().map(move |ground| (role, ground)))
            .map(|(role, ground)| (role, ground, contrast(hex(theme.text(role).fg), hex(theme.ground(ground).bg))))
            .collect()
    }

    fn theme(theme: options::Theme, depth: Depth, background: Background, scheme: Option<&Base16>) -> Theme {
        let settings = Settings { theme, ..Settings::default() };
        Theme::new(&settings, Terminal { depth, background, painted: None, glyphs: Glyphs::Unicode }, scheme)
    }

    fn all_readable(theme: &Theme, least: f64) {
        for (role, ground, ratio) in pairs(theme) {
            assert!(ratio >= least, "{:?}: {role:?} on {ground:?} is {ratio:.2} to 1", theme.depth);
        }
    }

    #[test]
    fn every_role_can_be_read_on_every_ground() {
        for depth in [Depth::True, Depth::Indexed] {
            for background in [Background::Dark, Background::Light] {
                all_readable(&theme(options::Theme::Auto, depth, background, None), 4.5);
                all_readable(&theme(options::Theme::HighContrast, depth, background, None), 7.0);
            }
        }
    }

    proptest! {
        #[test]
        fn any_scheme_can_be_read(colours in prop::array::uniform16(0..=0xFF_FF_FFu32), true_colour in any::<bool>()) {
            let depth = if true_colour { Depth::True } else { Depth::Indexed };
            let scheme = Base16(colours);
            all_readable(&theme(options::Theme::Base16("x".into()), depth, Background::Dark, Some(&scheme)), 4.5);
        }

        #[test]
        fn on_the_terminals_own_page_every_role_can_be_read(painted in 0..=0xFF_FF_FFu32, true_colour in any::<bool>()) {
            let depth = if true_colour { Depth::True } else { Depth::Indexed };
            let settings = Settings { page: Page::Terminal, ..Settings::default() };
            let background = contrast::background(painted);
            let terminal = Terminal { depth, background, painted: Some(painted), glyphs: Glyphs::Unicode };
            let theme = Theme::new(&settings, terminal, None);
            for role in Role::ALL.into_iter().filter(|role| *role != Role::Rule) {
                // Where a colour could not be read, the terminal's own is used.
                let ratio = match theme.text(role).fg {
                    Some(Color::Rgb(r, g, b)) => contrast(u32::from_be_bytes([0, r, g, b]), painted),
                    Some(Color::Indexed(index)) => contrast(indexed(index), painted),
                    _ => continue,
                };
                prop_assert!(ratio >= 4.5, "{:?} on {:06x} is {:.2} to 1", role, painted, ratio);
            }
            prop_assert_eq!(theme.ground(Ground::Page).bg, None);
        }
    }

    #[test]
    fn the_terminals_page_keeps_colours_that_can_be_read() {
        let settings = Settings { page: Page::Terminal, ..Settings::default() };
        let black =
            Terminal { depth: Depth::True, background: Background::Dark, painted: Some(0), glyphs: Glyphs::Unicode };
        let theme = Theme::new(&settings, black, None);
        assert_eq!(theme.text(Role::Text).fg, None, "text is the terminal's own");
        assert!(theme.text(Role::Wrong).fg.is_some());
        assert!(theme.ground(Ground::Selection).add_modifier.contains(Modifier::REVERSED));
    }

    #[test]
    fn without_colours_every_verdict_still_stands_out() {
        let theme = theme(options::Theme::Auto, Depth::Mono, Background::Dark, None);
        for role in [Role::Correct, Role::Wrong, Role::Warning] {
            let style = theme.text(role);
            assert_eq!(style.fg, None);
            assert!(style.add_modifier.contains(Modifier::BOLD));
        }
        assert!(theme.ground(Ground::Selection).add_modifier.contains(Modifier::REVERSED));
    }
}
