//! How a learner wants the program: a few options, each with a default, and the file they are kept in.
//!
//! An option is changed by a [`Change`], wherever it comes from: the file, the environment, the command line, a screen.

pub mod base16;
pub mod file;
pub mod options;

use options::{Glyphs, Motion, Mouse, Page, Theme};
use std::collections::BTreeMap;

/// The narrowest and the widest column for running text.
pub const MEASURE: [u16; 2] = [50, 80];
/// The least and the most that one can want to remember, in percent.
pub const RETENTION: [u8; 2] = [80, 97];
/// The least and the most that one can want to learn each day, in minutes.
pub const MINUTES: [u16; 2] = [1, 240];

/// All options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Colours for which terminal.
    pub theme: Theme,
    /// Who paints the page.
    pub page: Page,
    /// Which signs may be used.
    pub glyphs: Glyphs,
    /// Whether anything may move by itself.
    pub motion: Motion,
    /// Whose the mouse is.
    pub mouse: Mouse,
    /// The widest column for running text.
    pub measure: u16,
    /// How much of what was learnt shall still be known when it is asked again, in percent.
    pub retention_percent: u8,
    /// How long one wants to learn each day.
    pub minutes_a_day: u16,
    /// Other keys for what keys do: the name of what is done, and the keys that do it instead.
    pub keys: BTreeMap<String, Vec<String>>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            theme: Theme::Auto,
            page: Page::Own,
            glyphs: Glyphs::Auto,
            motion: Motion::Full,
            mouse: Mouse::On,
            measure: 74,
            retention_percent: 90,
            minutes_a_day: 15,
            keys: BTreeMap::new(),
        }
    }
}

/// One option with its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// `theme`
    Theme(Theme),
    /// `background`
    Page(Page),
    /// `glyphs`
    Glyphs(Glyphs),
    /// `motion`
    Motion(Motion),
    /// `mouse`
    Mouse(Mouse),
    /// `measure`
    Measure(u16),
    /// `retention`
    RetentionPercent(u8),
    /// `minutes_a_day`
    MinutesADay(u16),
    /// One of `keys`; without any key it is as it was.
    Key {
        /// What is done.
        name: String,
        /// What does it.
        keys: Vec<String>,
    },
}

impl Change {
    /// The names of all options but `keys`, as they stand in the file.
    pub const NAMES: [&'static str; 8] =
        ["theme", "background", "glyphs", "motion", "mouse", "measure", "retention", "minutes_a_day"];

    /// The option's name in the file.
    pub fn name(&self) -> &'static str {
        match self {
            Change::Theme(_) => "theme",
            Change::Page(_) => "background",
            Change::Glyphs(_) => "glyphs",
            Change::Motion(_) => "motion",
            Change::Mouse(_) => "mouse",
            Change::Measure(_) => "measure",
            Change::RetentionPercent(_) => "retention",
            Change::MinutesADay(_) => "minutes_a_day",
            Change::Key { .. } => "keys",
        }
    }

    /// Reads an option's value as somebody wrote it, or says what it could be.
    pub fn read(name: &str, value: &str) -> Result<Change, String> {
        let number = |[least, most]: [u16; 2]| {
            let read = value.trim().parse::<u16>().ok().filter(|number| (least..=most).contains(number));
            read.ok_or_else(|| format!("{name} is “{value}”: it is a number from {least} to {most}"))
        };
        let word = |words: &[&str]| format!("{name} is “{value}”: it is one of {}", words.join(", "));
        match name {
            "theme" => Theme::read(value).map(Change::Theme).ok_or_else(|| {
                format!("{name} is “{value}”: it is {}, or the name of a base16 file", Theme::WORDS.join(", "))
            }),
            "background" => Page::read(value).map(Change::Page).ok_or_else(|| word(&Page::WORDS)),
            "glyphs" => Glyphs::read(value).map(Change::Glyphs).ok_or_else(|| word(&Glyphs::WORDS)),
            "motion" => Motion::read(value).map(Change::Motion).ok_or_else(|| word(&Motion::WORDS)),
            "mouse" => Mouse::read(value).map(Change::Mouse).ok_or_else(|| word(&Mouse::WORDS)),
            "measure" => number(MEASURE).map(Change::Measure),
            "minutes_a_day" => number(MINUTES).map(Change::MinutesADay),
            "retention" => {
                let [least, most] = RETENTION;
                let share = value.trim().parse::<f64>().ok().filter(|share| share.is_finite());
                let percent = share
                    .map(|share| (share * 100.0).round())
                    .filter(|percent| (f64::from(least)..=f64::from(most)).contains(percent));
                percent
                    .map(|percent| Change::RetentionPercent(percent as u8))
                    .ok_or_else(|| format!("{name} is “{value}”: it is a number from 0.{least} to 0.{most}"))
            }
            other => Err(format!("there is no option “{other}”; there are {} and keys", Change::NAMES.join(", "))),
        }
    }

    /// The value as [`Change::read`] takes it; of a key, its name and keys.
    pub fn value(&self) -> String {
        match self {
            Change::Theme(theme) => theme.word().to_owned(),
            Change::Page(page) => page.word().to_owned(),
            Change::Glyphs(glyphs) => glyphs.word().to_owned(),
            Change::Motion(motion) => motion.word().to_owned(),
            Change::Mouse(mouse) => mouse.word().to_owned(),
            Change::Measure(number) | Change::MinutesADay(number) => number.to_string(),
            Change::RetentionPercent(percent) => format!("0.{percent}"),
            Change::Key { name, keys } => format!("{name} = {}", keys.join(" ")),
        }
    }
}

impl Settings {
    /// Takes a change in.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Theme(theme) => self.theme = theme,
            Change::Page(page) => self.page = page,
            Change::Glyphs(glyphs) => self.glyphs = glyphs,
            Change::Motion(motion) => self.motion = motion,
            Change::Mouse(mouse) => self.mouse = mouse,
            Change::Measure(columns) => self.measure = columns,
            Change::RetentionPercent(percent) => self.retention_percent = percent,
            Change::MinutesADay(minutes) => self.minutes_a_day = minutes,
            Change::Key { name, keys } if keys.is_empty() => drop(self.keys.remove(&name)),
            Change::Key { name, keys } => drop(self.keys.insert(name, keys)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut settings = Settings::default();
        let values = ["high-contrast", "terminal", "ascii", "none", "off", "60", "0.85", "30"];
        for (name, value) in Change::NAMES.into_iter().zip(values) {
            let change = Change::read(name, value).unwrap();
            assert_eq!((change.name(), change.value().as_str()), (name, value));
            let before = settings.clone();
            settings.apply(change);
            assert_ne!(settings, before, "{name}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_what_would() {
        let cases = [
            ("theme", ""),
            ("theme", "../secret"),
            ("background", "blue"),
            ("glyphs", "emoji"),
            ("motion", "yes"),
            ("mouse", "true"),
            ("measure", "49"),
            ("measure", "81"),
            ("retention", "0.79"),
            ("retention", "0.98"),
            ("retention", "90"),
            ("retention", "NaN"),
            ("minutes_a_day", "0"),
            ("minutes_a_day", "-5"),
            ("colour", "red"),
        ];
        for (name, value) in cases {
            let said = Change::read(name, value).unwrap_err();
            assert!(said.contains(name), "{said}");
        }
    }

    #[test]
    fn a_key_without_keys_is_as_it_was() {
        let mut settings = Settings::default();
        settings.apply(Change::Key { name: "outline".into(), keys: vec!["O".into()] });
        assert_eq!(settings.keys.len(), 1);
        settings.apply(Change::Key { name: "outline".into(), keys: Vec::new() });
        assert_eq!(settings, Settings::default());
    }
}
