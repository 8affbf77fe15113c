//! The program as a state machine: a stack of screens, the ledger of entries, and what surrounds them.

mod keys;
mod saving;

use super::chrome;
use super::effect::Effect;
use super::keys::Hint;
use super::ledger::Ledger;
use super::message::{Message, Size};
use super::notices::Notices;
use super::preferences::Preferences;
use super::screen::{AnyScreen, Chance, Context, Cover, Input, Next, Notice, SMALLEST, Side, View};
use super::screens::{home, home::Home, lesson::Lesson, progress::Progress};
use super::setup::{Setup, Start};
use super::theme::glyphs::{Glyphs, ascii};
use super::theme::{Ground, Role};
use crate::course::Course;
use crate::settings::options::Mouse;
use crate::study::learner::Learner;
use crate::study::moment::Moment;
use crate::study::seed::Seed;
use crate::study::text::TextIndex;
use ratatui::Frame;
use ratatui::layout::Position;
use std::sync::Arc;

/// The whole program, as far as it is not the world outside.
pub struct App {
    course: Arc<Course>,
    learner: Learner,
    preferences: Preferences,
    size: Size,
    now: Moment,
    chance: Chance,
    screens: Vec<AnyScreen>,
    ledger: Ledger,
    /// The index of all texts, once somebody has looked for something.
    texts: Option<Arc<TextIndex>>,
    /// What is said in the message row.
    notices: Notices,
    /// `g` was pressed: the next key names a place.
    going: bool,
}

impl App {
    /// A program that begins. The effects are those of beginning, such as noting that a lesson was opened.
    pub fn new(course: Arc<Course>, learner: Learner, setup: Setup) -> (App, Vec<Effect>) {
        let Setup { size, now, seed, entropy, terminal, wanted, start, trouble } = setup;
        let (preferences, complaints) = Preferences::new(wanted, terminal);
        let mut app = App {
            course,
            learner,
            preferences,
            size,
            now,
            chance: Chance { entropy: Seed(entropy), fixed: seed.map(Seed), count: 0 },
            screens: vec![Home::default().into()],
            ledger: Ledger::default(),
            texts: None,
            notices: Notices::default(),
            going: false,
        };
        let mut effects = Vec::new();
        if app.preferences.settings.mouse == Mouse::Off {
            effects.push(Effect::CatchMouse(false));
        }
        if let [first, rest @ ..] = complaints.as_slice() {
            let more = if rest.is_empty() { String::new() } else { format!(" ({} more like this)", rest.len()) };
            let text = format!("settings: {first}{more}");
            app.tell(Notice { text, role: Role::Warning, side: Side::Left });
        }
        if let Some(failure) = trouble {
            let text = format!("Not saving: {}. You can learn all the same.", failure.what);
            app.tell(Notice { text, role: Role::Wrong, side: Side::Left });
        }
        app.with_top(&mut effects, |cx, _| match start {
            Start::Home => Next::Stay,
            Start::Lesson(id) => Next::Push(Lesson::open(cx, &id).into()),
            Start::Practise(about) => home::practise(cx, about),
            Start::Progress => Next::Push(Progress::default().into()),
        });
        effects.extend(app.notices.wake());
        app.settle();
        (app, effects)
    }

    /// Takes a message in; gives back what to do outside.
    pub fn update(&mut self, message: Message, now: Moment) -> Vec<Effect> {
        self.now = now;
        let mut effects = Vec::new();
        match message {
            Message::Key(key) => {
                self.notices.clear();
                self.key(key, &mut effects);
            }
            Message::Mouse(mouse) => self.mouse(mouse, &mut effects),
            Message::Paste(text) if self.typing() => self.input(Input::Pasted(text), &mut effects),
            Message::Paste(_) => {
                let text = "Pasted text is not taken for keys; here is no field for it.".to_owned();
                self.tell(Notice { text, role: Role::Warning, side: Side::Left });
            }
            Message::Resize(size) => self.size = size,
            Message::Tick => {
                self.notices.tick(self.now.at);
                self.ticked(&mut effects);
            }
            Message::Focus(_) => {}
            Message::Stored(ticket, Ok(_)) => self.stored(ticket, &mut effects),
            Message::Stored(_, Err(failure)) => self.failed(failure, &mut effects),
            Message::Learnt(entries) => entries.iter().for_each(|entry| self.learner.apply(entry)),
            Message::Schemes(schemes) => self.preferences.know_schemes(schemes),
            Message::Painted(colour) => self.preferences.know_background(colour),
            Message::Texts(texts) => self.texts = Some(texts),
            Message::Reported(Ok(place)) => {
                let text = format!("Written to {place}: say there what is wrong.");
                self.tell(Notice { text, role: Role::Correct, side: Side::Left });
            }
            Message::Reported(Err(failure)) => {
                let text = format!("The report could not be written: {}.", failure.what);
                self.tell(Notice { text, role: Role::Wrong, side: Side::Left });
            }
            Message::NotKept(failure) => {
                let text = format!("Settings are not saved: {}.", failure.what);
                self.tell(Notice { text, role: Role::Wrong, side: Side::Left });
            }
            Message::Resumed => effects.push(Effect::Redraw),
            Message::Terminate => self.quit(&mut effects),
        }
        effects.extend(self.ledger.send(self.now.at));
        effects.extend(self.notices.wake());
        self.settle();
        effects
    }

    /// Draws the state.
    pub fn view(&self, frame: &mut Frame) {
        let view = self.look();
        let theme = view.theme;
        let buf = frame.buffer_mut();
        buf.set_style(buf.area, theme.ground(Ground::Page));
        let mut cursor = None;
        if self.size.width < SMALLEST.width || self.size.height < SMALLEST.height {
            chrome::draw_too_small(theme, self.size, buf);
        } else {
            let base = self.base();
            let screen = &self.screens[base];
            let head = screen.head(&view);
            chrome::draw_head(&head, self.ledger_unsaved(), &view, buf);
            cursor = screen.view(&view, view.body(), buf);
            match screen.prompt(&view) {
                Some(prompt) => cursor = chrome::draw_prompt(&prompt, self.notices.right(), theme, self.size, buf),
                None => chrome::draw_message(self.notices.left(), self.notices.right(), theme, self.size, buf),
            }
            if self.screens.len() > base + 1 {
                if let Some(behind) = theme.behind() {
                    let page = theme.ground(Ground::Page);
                    for cell in &mut buf.content {
                        cell.set_style(behind.patch(page).remove_modifier(ratatui::style::Modifier::all()));
                    }
                }
                cursor = None;
            }
            for overlay in &self.screens[base + 1..] {
                cursor = overlay.view(&view, view.body(), buf);
            }
            let entries = self.footer();
            chrome::draw_footer(&entries, theme, self.size, buf);
        }
        if theme.glyphs == Glyphs::Ascii {
            for cell in &mut buf.content {
                if !cell.symbol().is_ascii() {
                    let plain = ascii(cell.symbol()).to_owned();
                    cell.set_symbol(&plain);
                }
            }
        }
        if let Some((x, y)) = cursor {
            frame.set_cursor_position(Position { x, y });
        }
    }

    /// The addresses that cells of the frame may belong to (see [`super::link`]).
    pub fn links(&self) -> &[String] {
        self.screens[self.base()].links()
    }

    /// Every key that works now, as the help shows it.
    pub fn hints(&self) -> Vec<Hint> {
        let screen = self.top();
        let mut hints = screen.hints(&self.look());
        hints.extend(chrome::everywhere(screen.typing()));
        hints
    }

    fn look(&self) -> View<'_> {
        View {
            course: &self.course,
            learner: &self.learner,
            theme: &self.preferences.theme,
            preferences: &self.preferences,
            texts: self.texts.as_deref(),
            notices: &self.notices,
            now: self.now,
            size: self.size,
        }
    }

    fn ledger_unsaved(&self) -> usize {
        if self.ledger.trouble().is_some() { self.ledger.unsaved() } else { 0 }
    }

    /// The screen that fills the window: the last one that is no box.
    fn base(&self) -> usize {
        self.screens.iter().rposition(|screen| screen.cover() == Cover::Full).unwrap_or(0)
    }

    fn top(&self) -> &AnyScreen {
        // The stack is never empty: `back` keeps the home screen.
        &self.screens[self.screens.len() - 1]
    }

    fn typing(&self) -> bool {
        self.top().typing()
    }

    fn footer(&self) -> Vec<(u16, u16, Hint)> {
        let own = self.top().hints(&self.look());
        let common = if self.top().cover() == Cover::Box { Vec::new() } else { chrome::everywhere(self.typing()) };
        let keymap = &self.preferences.keymap;
        let shown = |hints: Vec<Hint>| -> Vec<Hint> { hints.into_iter().map(|hint| keymap.hint(hint)).collect() };
        chrome::footer(&shown(own), &shown(common), self.size)
    }

    fn settle(&mut self) {
        let view = View {
            course: &self.course,
            learner: &self.learner,
            theme: &self.preferences.theme,
            preferences: &self.preferences,
            texts: self.texts.as_deref(),
            notices: &self.notices,
            now: self.now,
            size: self.size,
        };
        let base = self.screens.iter().rposition(|screen| screen.cover() == Cover::Full).unwrap_or(0);
        for screen in &mut self.screens[base..] {
            screen.settle(&view);
        }
    }

    fn input(&mut self, input: Input, effects: &mut Vec<Effect>) {
        self.with_top(effects, |cx, screen| screen.input(cx, input));
    }

    fn tell(&mut self, notice: Notice) {
        self.notices.tell(notice, self.now.at);
    }

    /// Tells every screen that a moment has come: a box may stand over the one that waits for it.
    fn ticked(&mut self, effects: &mut Vec<Effect>) {
        for index in 0..self.screens.len() {
            let mut screen = std::mem::replace(&mut self.screens[index], Home::default().into());
            self.with(effects, |cx| screen.input(cx, Input::Ticked));
            self.screens[index] = screen;
        }
    }

    /// Lets the screen in front do something, and goes where it says. False if it gave a key back.
    fn with_top(&mut self, effects: &mut Vec<Effect>, act: impl FnOnce(&mut Context, &mut AnyScreen) -> Next) -> bool {
        let Some(mut screen) = self.screens.pop() else { return true };
        let next = self.with(effects, |cx| act(cx, &mut screen));
        self.screens.push(screen);
        self.follow(next, effects)
    }

    /// Gives a context to work with and takes in what was done in it.
    fn with<T>(&mut self, effects: &mut Vec<Effect>, work: impl FnOnce(&mut Context) -> T) -> T {
        let mut entries = Vec::new();
        let mut notice = None;
        let mut audience = self.preferences.audience;
        let first_ticket = self.ledger.next_ticket();
        let done = work(&mut Context {
            view: View {
                course: &self.course,
                learner: &self.learner,
                theme: &self.preferences.theme,
                preferences: &self.preferences,
                texts: self.texts.as_deref(),
                notices: &self.notices,
                now: self.now,
                size: self.size,
            },
            chance: &mut self.chance,
            entries: &mut entries,
            first_ticket,
            effects,
            audience: &mut audience,
            notice: &mut notice,
        });
        self.preferences.audience = audience;
        if let Some(notice) = notice {
            self.tell(notice);
        }
        for effect in effects.iter() {
            if let Effect::Keep(change) = effect {
                self.preferences.change(change);
            }
        }
        for entry in entries {
            self.record(entry, effects);
        }
        done
    }

    /// Goes where a screen says. False if it gave a key back that it has no use for.
    fn follow(&mut self, next: Next, effects: &mut Vec<Effect>) -> bool {
        match next {
            Next::Stay => {}
            Next::Push(screen) => self.screens.push(screen),
            Next::Replace(screen) => {
                self.leave(effects);
                self.screens.push(screen);
            }
            Next::Pop => self.back(effects),
            Next::Home(then) => {
                while self.screens.len() > 1 {
                    self.leave(effects);
                }
                self.screens.extend(then);
            }
            Next::Below(input) => {
                self.back(effects);
                self.input(input, effects);
            }
            Next::Unbound => return false,
            Next::Quit => self.quit(effects),
        }
        true
    }

    /// Takes the screen in front away, after it had its last word.
    fn leave(&mut self, effects: &mut Vec<Effect>) {
        if let Some(mut screen) = self.screens.pop() {
            self.with(effects, |cx| screen.input(cx, Input::Left));
        }
    }

    fn back(&mut self, effects: &mut Vec<Effect>) {
        if self.screens.len() < 2 {
            return;
        }
        self.leave(effects);
    }

    fn quit(&mut self, effects: &mut Vec<Effect>) {
        for index in (0..self.screens.len()).rev() {
            let mut screen = std::mem::replace(&mut self.screens[index], Home::default().into());
            self.with(effects, |cx| screen.input(cx, Input::Left));
            self.screens[index] = screen;
        }
        effects.extend(self.ledger.rest());
        effects.push(Effect::Quit);
    }
}
