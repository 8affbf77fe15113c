//! What keys and clicks do on every screen.

use super::App;
use crate::settings::Change;
use crate::settings::options;
use crate::study::entry::About;
use crate::tui::chrome;
use crate::tui::effect::Effect;
use crate::tui::keys::ESC;
use crate::tui::message::{Code, Key, Mouse, MouseDid};
use crate::tui::screen::{Input, Next};
use crate::tui::screens::{
    glossary::Glossary, help::Help, home, map::Map, mistakes::Mistakes, palette::Palette, progress::Progress,
    settings::Settings as SettingsScreen,
};

impl App {
    pub(super) fn key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        if key == Key::ctrl('c') {
            return self.quit(effects);
        }
        if key == Key::ctrl('z') {
            return effects.push(Effect::Suspend);
        }
        if key == Key::ctrl('l') {
            return effects.push(Effect::Redraw);
        }
        if std::mem::take(&mut self.going) {
            return self.go(key, effects);
        }
        // In a field every letter is text.
        let meant = if self.typing() { Some(key) } else { self.preferences.keymap.meant(key) };
        if let Some(meant) = meant {
            self.meant(meant, effects);
        }
    }

    /// Does what a key stands for that is one of those that screens know.
    fn meant(&mut self, key: Key, effects: &mut Vec<Effect>) {
        if key == Key::char('c') && self.ledger.trouble().is_some() && self.ledger.holds_up() {
            return self.go_on_unsaved(effects);
        }
        if self.with_top(effects, |cx, screen| screen.press(cx, key).unwrap_or(Next::Unbound)) {
            return;
        }
        if self.typing() && !matches!(key, ESC | Key { code: Code::F(1), .. }) && key != Key::ctrl('p') {
            return self.input(Input::Typed(key), effects);
        }
        self.common(key, effects);
    }

    /// What a key does on every screen.
    fn common(&mut self, key: Key, effects: &mut Vec<Effect>) {
        match key {
            ESC => self.back(effects),
            Key { code: Code::Char('q'), ctrl: false, alt: false } => self.quit(effects),
            Key { code: Code::Char('?'), .. } | Key { code: Code::F(1), .. } => self.help(),
            Key { code: Code::Char(':'), .. } => self.palette(effects),
            Key { code: Code::Char(','), ctrl: false, alt: false } => self.settings(effects),
            key if key == Key::ctrl('p') => self.palette(effects),
            Key { code: Code::Char('g'), ctrl: false, alt: false } => {
                self.going = true;
                self.notices
                    .hint("g top · h home · c course · s progress · d practise · w mistakes · t words · , settings");
            }
            Key { code: Code::Char('M'), .. } => {
                let (mouse, text) = match self.preferences.settings.mouse {
                    options::Mouse::On => (options::Mouse::Off, "The mouse is the terminal’s."),
                    options::Mouse::Off => (options::Mouse::On, "The mouse works here."),
                };
                self.with_top(effects, |cx, _| {
                    cx.change(Change::Mouse(mouse));
                    cx.say(text);
                    Next::Stay
                });
            }
            _ => {}
        }
    }

    /// The key after `g`: a place.
    fn go(&mut self, key: Key, effects: &mut Vec<Effect>) {
        let Key { code: Code::Char(place), ctrl: false, alt: false } = key else { return };
        self.with_top(effects, |cx, screen| match place {
            'g' => screen.press(cx, Key::code(Code::Home)).unwrap_or(Next::Stay),
            'h' => Next::Home(None),
            'c' => Next::Home(Some(Map::new(&cx.view).into())),
            's' => Next::Home(Some(Progress::default().into())),
            'r' => home::practise(cx, About::Review),
            'd' => home::practise(cx, About::Mixed),
            'w' => Next::Home(Some(Mistakes::default().into())),
            't' => Next::Home(Some(Glossary::default().into())),
            ',' => Next::Home(Some(SettingsScreen::open(cx).into())),
            _ => Next::Stay,
        });
    }

    fn palette(&mut self, effects: &mut Vec<Effect>) {
        if self.texts.is_none() {
            effects.push(Effect::ReadTexts);
        }
        self.screens.push(Palette::default().into());
    }

    fn settings(&mut self, effects: &mut Vec<Effect>) {
        if self.screens.iter().all(|screen| screen.name() != "Settings") {
            self.with_top(effects, |cx, _| Next::Push(SettingsScreen::open(cx).into()));
        }
    }

    fn help(&mut self) {
        let base = self.base();
        let screen = &self.screens[base];
        let mut hints = screen.hints(&self.look());
        hints.extend(chrome::everywhere(screen.typing()));
        let hints = hints.into_iter().map(|hint| self.preferences.keymap.hint(hint)).collect();
        self.screens.push(Help::new(screen.name().to_lowercase(), hints).into());
    }

    pub(super) fn mouse(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) {
        match mouse.did {
            MouseDid::WheelUp => self.input(Input::Wheel(-1), effects),
            MouseDid::WheelDown => self.input(Input::Wheel(1), effects),
            MouseDid::Drag => self.input(Input::Dragged(mouse), effects),
            MouseDid::Release => self.input(Input::Released(mouse), effects),
            MouseDid::Press => {
                self.notices.clear();
                if mouse.row + 1 == self.size.height {
                    let pressed =
                        self.footer().into_iter().find(|(x, width, _)| (*x..x + width).contains(&mouse.column));
                    if let Some(key) = pressed.and_then(|(_, _, hint)| hint.press) {
                        self.meant(key, effects);
                    }
                    return;
                }
                self.input(Input::Pressed(mouse), effects);
            }
        }
    }
}
