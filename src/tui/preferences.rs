//! What the learner wants, and what comes of it here: the look and the keys.

use super::keymap::Keymap;
use super::theme::{Terminal, Theme, contrast};
use crate::settings::base16::Base16;
use crate::settings::options;
use crate::settings::{Change, Settings};

/// Who looks at the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// A learner.
    #[default]
    One,
    /// A class: what is personal is hidden, and what stands beside the text.
    Class,
}

/// The settings at work.
#[derive(Clone, Debug)]
pub struct Preferences {
    /// All options as they count now.
    pub settings: Settings,
    /// Which file keeps them; empty where none can.
    pub place: String,
    /// The options, by name, that were asked for at this start, whatever the file says.
    pub asked: Vec<&'static str>,
    /// The base16 files there are, by name, as far as they were read.
    pub schemes: Vec<(String, Result<Base16, String>)>,
    /// Who looks, until the end of this run.
    pub audience: Audience,
    /// The look.
    pub theme: Theme,
    /// The keys.
    pub keymap: Keymap,
    terminal: Terminal,
}

/// What the settings are at a start.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What the file says, and above it what was asked for at this start.
    pub settings: Settings,
    /// Which file that is; empty where there can be none.
    pub place: String,
    /// The options that were asked for at this start, by name.
    pub asked: Vec<&'static str>,
    /// The base16 file that they name.
    pub scheme: Option<Result<Base16, String>>,
    /// What in the file made no sense, a sentence each.
    pub complaints: Vec<String>,
}

impl Preferences {
    /// What a learner wants on a terminal like this, and what of it cannot be had.
    pub fn new(wanted: Wanted, terminal: Terminal) -> (Preferences, Vec<String>) {
        let Wanted { settings, place, asked, scheme, mut complaints } = wanted;
        let (keymap, refused) = Keymap::new(&settings.keys);
        complaints.extend(refused);
        let schemes: Vec<_> = scheme.map(|read| (settings.theme.word().to_owned(), read)).into_iter().collect();
        if let Some((name, Err(why))) = schemes.first() {
            complaints.push(format!("theme “{name}”: {why}"));
        }
        let theme = look(&settings, terminal, &schemes);
        (Preferences { settings, place, asked, schemes, audience: Audience::One, theme, keymap, terminal }, complaints)
    }

    /// Takes a change in: from now on it counts, whatever was asked for at the start.
    pub fn change(&mut self, change: &Change) {
        self.asked.retain(|name| *name != change.name());
        self.settings.apply(change.clone());
        self.keymap = Keymap::new(&self.settings.keys).0;
        self.refresh();
    }

    /// The files for themes have been read.
    pub fn know_schemes(&mut self, schemes: Vec<(String, Result<Base16, String>)>) {
        self.schemes = schemes;
        self.refresh();
    }

    /// The terminal has said which colour its background has.
    pub fn know_background(&mut self, painted: u32) {
        self.terminal.painted = Some(painted);
        self.terminal.background = contrast::background(painted);
        self.refresh();
    }

    /// Every theme there is.
    pub fn themes(&self) -> Vec<options::Theme> {
        let own = options::Theme::WORDS.into_iter().filter_map(options::Theme::read);
        let files = self.schemes.iter().filter(|(_, read)| read.is_ok()).map(|(name, _)| name);
        let mut all: Vec<_> = own.chain(files.filter_map(|name| options::Theme::read(name))).collect();
        if !all.contains(&self.settings.theme) {
            all.push(self.settings.theme.clone());
        }
        all
    }

    fn refresh(&mut self) {
        self.theme = look(&self.settings, self.terminal, &self.schemes);
    }
}

fn look(settings: &Settings, terminal: Terminal, schemes: &[(String, Result<Base16, String>)]) -> Theme {
    let scheme =
        schemes.iter().find(|(name, _)| name == settings.theme.word()).and_then(|(_, read)| read.as_ref().ok());
    Theme::new(settings, terminal, scheme)
}
