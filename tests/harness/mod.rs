//! Plays the program without a terminal: keys in, screens and entries out.

#![allow(dead_code)] // Each test binary uses its own part of it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use flaskdojo::course::Course;
use flaskdojo::progress::store::Position;
use flaskdojo::settings::Settings;
use flaskdojo::settings::options::Theme;
use flaskdojo::study::entry::Entry;
use flaskdojo::study::learner::Learner;
use flaskdojo::study::moment::{Day, Moment, Timestamp};
use flaskdojo::study::text::TextIndex;
use flaskdojo::tui::app::App;
use flaskdojo::tui::effect::Effect;
use flaskdojo::tui::keymap::COMMANDS;
use flaskdojo::tui::message::{Code, Failure, Key, Message, Mouse, MouseDid, Size};
use flaskdojo::tui::preferences::Wanted;
use flaskdojo::tui::setup::{Setup, Start};
use flaskdojo::tui::theme::glyphs::Glyphs;
use flaskdojo::tui::theme::{Background, Depth, Terminal as Shows};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use std::sync::Arc;

/// Wednesday, 25 November 2026, 09:00 UTC.
pub const START: Moment = Moment { at: Timestamp(1_795_597_200_000), today: Day(20_782) };

/// A learner at a terminal.
pub struct Player {
    pub app: App,
    pub course: Arc<Course>,
    /// What is on disk.
    pub log: Vec<Entry>,
    /// What was to be done outside, apart from writing entries.
    pub effects: Vec<Effect>,
    pub now: Moment,
    pub size: Size,
    pub look: Look,
    /// While this is set, nothing can be written.
    pub full_disk: bool,
}

/// What the terminal can show.
#[derive(Clone)]
pub struct Look {
    pub depth: Depth,
    pub theme: Theme,
    pub glyphs: Glyphs,
}

pub const PLAIN: Look = Look { depth: Depth::True, theme: Theme::Dark, glyphs: Glyphs::Unicode };

impl Player {
    pub fn new(course: Arc<Course>, width: u16, height: u16) -> Player {
        Player::with(course, Vec::new(), Size { width, height }, PLAIN)
    }

    pub fn with(course: Arc<Course>, log: Vec<Entry>, size: Size, look: Look) -> Player {
        let learner = Learner::from_log(&log);
        let (app, effects) = App::new(course.clone(), learner, setup(size, START, look.clone()));
        let mut player = Player { app, course, log, effects: Vec::new(), now: START, size, look, full_disk: false };
        player.perform(effects);
        player
    }

    /// Ends the program and starts it again, some time later.
    pub fn again(&mut self, later_ms: i64) {
        self.key(Key::ctrl('c'));
        self.pass(later_ms);
        let learner = Learner::from_log(&self.log);
        let (app, effects) = App::new(self.course.clone(), learner, setup(self.size, self.now, self.look.clone()));
        self.app = app;
        self.perform(effects);
    }

    /// Lets time pass.
    pub fn pass(&mut self, ms: i64) {
        self.now.at = Timestamp(self.now.at.0 + ms);
        let day_ms = 86_400_000;
        self.now.today = Day(((self.now.at.0 - 4 * 3_600_000).div_euclid(day_ms)) as i32);
    }

    /// Presses one key after the other, named as in [`key`]; each takes a second.
    pub fn keys(&mut self, keys: &str) {
        for word in keys.split_whitespace() {
            self.word(word);
        }
    }

    fn word(&mut self, word: &str) {
        let (word, times) = match word.rsplit_once('*') {
            Some((word, times)) if !word.is_empty() => (word, times.parse().unwrap_or(1)),
            _ => (word, 1),
        };
        for _ in 0..times {
            if let Some(text) = word.strip_prefix("text:") {
                text.chars().for_each(|c| self.key(Key::char(if c == '␣' { ' ' } else { c })));
            } else if let Some(size) = word.strip_prefix("resize:") {
                let (width, height) = size.split_once('x').expect("resize:WxH");
                self.resize(width.parse().expect("a width"), height.parse().expect("a height"));
            } else if let Some(cell) = word.strip_prefix("click:") {
                let (column, row) = cell.split_once(',').expect("click:COLUMN,ROW");
                let (column, row) = (column.parse().expect("a column"), row.parse().expect("a row"));
                self.send(Message::Mouse(Mouse { did: MouseDid::Press, column, row }));
            } else if word == "wheel" {
                self.send(Message::Mouse(Mouse { did: MouseDid::WheelDown, column: 40, row: 10 }));
            } else if let Some(text) = word.strip_prefix("paste:") {
                self.send(Message::Paste(text.replace('␣', " ")));
            } else if word == "again" {
                self.again(3_600_000);
            } else if word == "disk:full" {
                self.full_disk = true;
            } else if word == "disk:free" {
                self.full_disk = false;
            } else if let Some(seconds) = word.strip_prefix("wait:") {
                self.pass(seconds.parse::<i64>().expect("seconds") * 1000);
                self.send(Message::Tick);
            } else {
                self.key(key(word));
            }
        }
    }

    pub fn key(&mut self, key: Key) {
        self.pass(1000);
        self.send(Message::Key(key));
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.size = Size { width, height };
        self.send(Message::Resize(self.size));
    }

    pub fn send(&mut self, message: Message) {
        let effects = self.app.update(message, self.now);
        self.perform(effects);
        self.check_keys();
    }

    /// No letter does anything that cannot be given another key.
    fn check_keys(&self) {
        for hint in self.app.hints() {
            let Some(key) = hint.key else { continue };
            let is_fixed = match key.code {
                Code::Char(c) => c.is_ascii_digit() || "abcdef ".contains(c),
                _ => true,
            };
            let known = COMMANDS.iter().any(|command| command.key == key) || key == Key::ctrl('p');
            assert!(is_fixed || known, "{key:?} ({}) is missing in keymap.rs", hint.label);
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Record(ticket, _) if self.full_disk => {
                    let failure = Failure { what: "the disk is full".into(), place: "progress.db".into() };
                    self.send(Message::Stored(ticket, Err(failure)));
                }
                Effect::Record(ticket, entry) => {
                    self.log.push(entry);
                    let position = Position(self.log.len() as u64);
                    self.send(Message::Stored(ticket, Ok(position)));
                }
                Effect::ReadTexts => {
                    let texts = Arc::new(TextIndex::of(&self.course));
                    self.send(Message::Texts(texts));
                }
                other => self.effects.push(other),
            }
        }
    }

    /// The screen, cell by cell.
    pub fn buffer(&self) -> Buffer {
        let backend = TestBackend::new(self.size.width, self.size.height);
        let mut terminal = Terminal::new(backend).expect("a test terminal");
        terminal.draw(|frame| self.app.view(frame)).expect("a frame");
        terminal.backend().buffer().clone()
    }

    /// The screen as text, a line a row, without blanks at the ends.
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

fn setup(size: Size, now: Moment, look: Look) -> Setup {
    Setup {
        size,
        now,
        seed: Some(7),
        entropy: 11,
        terminal: Shows { depth: look.depth, background: Background::Dark, painted: None, glyphs: look.glyphs },
        wanted: Wanted {
            settings: Settings { theme: look.theme, ..Settings::default() },
            place: "~/.config/flaskdojo/settings.toml".into(),
            asked: Vec::new(),
            scheme: None,
            complaints: Vec::new(),
        },
        start: Start::Home,
        trouble: None,
    }
}

/// A key by its name: a character, `Enter`, `Esc`, `C-p` and the like.
pub fn key(name: &str) -> Key {
    if let Some(c) = name.strip_prefix("C-").and_then(|rest| rest.chars().next()) {
        return Key::ctrl(c);
    }
    let code = match name {
        "Enter" => Code::Enter,
        "Esc" => Code::Esc,
        "Tab" => Code::Tab,
        "BackTab" => Code::BackTab,
        "Space" => Code::Char(' '),
        "Backspace" => Code::Backspace,
        "Delete" => Code::Delete,
        "Up" => Code::Up,
        "Down" => Code::Down,
        "Left" => Code::Left,
        "Right" => Code::Right,
        "Home" => Code::Home,
        "End" => Code::End,
        "PageUp" => Code::PageUp,
        "PageDown" => Code::PageDown,
        "F1" => Code::F(1),
        other => {
            let mut chars = other.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => Code::Char(c),
                _ => panic!("no key is called {other}"),
            }
        }
    };
    Key::code(code)
}
