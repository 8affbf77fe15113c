//! The program as a state machine: a stack of screens, the ledger of entries, and what surrounds them.

use super::chrome;
use super::effect::Effect;
use super::keys::{ESC, Hint};
use super::ledger::Ledger;
use super::message::{Code, Failure, Key, Message, Mouse, MouseDid, Size, Ticket};
use super::screen::{AnyScreen, Chance, Context, Cover, Input, Next, Notice, SMALLEST, Side, View};
use super::screens::{help::Help, home, home::Home, lesson::Lesson, map::Map, palette::Palette, progress::Progress};
use super::theme::{Background, Choice, Depth, Glyphs, Ground, Role, Theme, ascii};
use crate::course::Course;
use crate::id::LessonId;
use crate::study::entry::{About, Entry};
use crate::study::learner::Learner;
use crate::study::moment::Moment;
use crate::study::seed::Seed;
use ratatui::Frame;
use ratatui::layout::Position;
use std::sync::Arc;

/// The whole program, as far as it is not the world outside.
pub struct App {
    course: Arc<Course>,
    learner: Learner,
    theme: Theme,
    /// What the terminal said of its background, for the theme `auto`.
    background: Background,
    size: Size,
    now: Moment,
    chance: Chance,
    screens: Vec<AnyScreen>,
    ledger: Ledger,
    /// What is said at the left and at the right of the message row.
    notices: [Option<Notice>; 2],
    /// `g` was pressed: the next key names a place.
    going: bool,
    mouse: bool,
}

/// What a program starts with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The window.
    pub size: Size,
    /// Now.
    pub now: Moment,
    /// The seed that the learner gave.
    pub seed: Option<u64>,
    /// What the operating system drew, so that session names are unique.
    pub entropy: u64,
    /// How many colours the terminal shows.
    pub depth: Depth,
    /// Which theme the learner wants.
    pub choice: Choice,
    /// What the terminal says of its background.
    pub background: Background,
    /// Which signs the terminal can show.
    pub glyphs: Glyphs,
    /// Where to begin.
    pub start: Start,
    /// Why progress can't be saved; `None` when it can.
    pub trouble: Option<Failure>,
}

/// Where to begin.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// On the home screen.
    Home,
    /// In a lesson.
    Lesson(LessonId),
    /// With questions.
    Practise(About),
    /// On the progress screen.
    Progress,
}

impl App {
    /// A program that begins. The effects are those of beginning, such as noting that a lesson was opened.
    pub fn new(course: Arc<Course>, learner: Learner, setup: Setup) -> (App, Vec<Effect>) {
        let Setup { size, now, seed, entropy, depth, choice, background, glyphs, start, trouble } = setup;
        let mut app = App {
            course,
            learner,
            theme: Theme { depth, background: chosen(choice, background), glyphs },
            background,
            size,
            now,
            chance: Chance { entropy: Seed(entropy), fixed: seed.map(Seed), count: 0 },
            screens: vec![Home::default().into()],
            ledger: Ledger::default(),
            notices: [None, None],
            going: false,
            mouse: true,
        };
        let mut effects = Vec::new();
        if let Some(failure) = trouble {
            let text = format!("Not saving: {}. You can learn all the same.", failure.what);
            app.notices[0] = Some(Notice { text, role: Role::Wrong, side: Side::Left });
        }
        app.with_top(&mut effects, |cx, _| match start {
            Start::Home => Next::Stay,
            Start::Lesson(id) => Next::Push(Lesson::open(cx, &id).into()),
            Start::Practise(about) => home::practise(cx, about),
            Start::Progress => Next::Push(Progress::default().into()),
        });
        app.settle();
        (app, effects)
    }

    /// Takes a message in; gives back what to do outside.
    pub fn update(&mut self, message: Message, now: Moment) -> Vec<Effect> {
        self.now = now;
        let mut effects = Vec::new();
        match message {
            Message::Key(key) => {
                self.notices = [None, None];
                self.key(key, &mut effects);
            }
            Message::Mouse(mouse) => self.mouse(mouse, &mut effects),
            Message::Paste(text) => self.input(Input::Pasted(text), &mut effects),
            Message::Resize(size) => self.size = size,
            Message::Tick => {}
            Message::Stored(ticket, Ok(_)) => self.stored(ticket, &mut effects),
            Message::Stored(_, Err(failure)) => self.failed(failure, &mut effects),
            Message::Learnt(entries) => entries.iter().for_each(|entry| self.learner.apply(entry)),
            Message::Resumed => effects.push(Effect::Redraw),
            Message::Terminate => self.quit(&mut effects),
        }
        effects.extend(self.ledger.send(self.now.at));
        self.settle();
        effects
    }

    /// Draws the state.
    pub fn view(&self, frame: &mut Frame) {
        let view = self.look();
        let buf = frame.buffer_mut();
        buf.set_style(buf.area, self.theme.ground(Ground::Page));
        let mut cursor = None;
        if self.size.width < SMALLEST.width || self.size.height < SMALLEST.height {
            chrome::draw_too_small(&self.theme, self.size, buf);
        } else {
            let base = self.base();
            let screen = &self.screens[base];
            let head = screen.head(&view);
            chrome::draw_head(&head, self.ledger_unsaved(), &view, buf);
            cursor = screen.view(&view, view.body(), buf);
            chrome::draw_message(self.notices[0].as_ref(), self.notices[1].as_ref(), &self.theme, self.size, buf);
            if self.screens.len() > base + 1 {
                if let Some(behind) = self.theme.behind() {
                    let page = self.theme.ground(Ground::Page);
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
            chrome::draw_footer(&entries, &self.theme, self.size, buf);
        }
        if self.theme.glyphs == Glyphs::Ascii {
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

    fn look(&self) -> View<'_> {
        View { course: &self.course, learner: &self.learner, theme: &self.theme, now: self.now, size: self.size }
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
        chrome::footer(&own, &common, self.size)
    }

    fn settle(&mut self) {
        let view =
            View { course: &self.course, learner: &self.learner, theme: &self.theme, now: self.now, size: self.size };
        let base = self.screens.iter().rposition(|screen| screen.cover() == Cover::Full).unwrap_or(0);
        for screen in &mut self.screens[base..] {
            screen.settle(&view);
        }
    }

    fn key(&mut self, key: Key, effects: &mut Vec<Effect>) {
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
            Key { code: Code::Char(':'), .. } => self.screens.push(Palette::default().into()),
            key if key == Key::ctrl('p') => self.screens.push(Palette::default().into()),
            Key { code: Code::Char('g'), ctrl: false, alt: false } => {
                self.going = true;
                let text = "g top · h home · c course · s progress · d practise · w mistakes".to_owned();
                self.notices[0] = Some(Notice { text, role: Role::Muted, side: Side::Left });
            }
            Key { code: Code::Char('M'), .. } => {
                self.mouse = !self.mouse;
                effects.push(Effect::CatchMouse(self.mouse));
                let text = if self.mouse { "The mouse works here." } else { "The mouse is the terminal’s." };
                self.notices[0] = Some(Notice { text: text.into(), role: Role::Muted, side: Side::Left });
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
            'd' => home::practise(cx, About::Mixed),
            'w' => home::practise(cx, About::Mistakes),
            _ => Next::Stay,
        });
    }

    fn help(&mut self) {
        let base = self.base();
        let screen = &self.screens[base];
        let mut hints = screen.hints(&self.look());
        hints.extend(chrome::everywhere(screen.typing()));
        self.screens.push(Help::new(screen.name().to_lowercase(), hints).into());
    }

    fn mouse(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) {
        match mouse.did {
            MouseDid::WheelUp => self.input(Input::Wheel(-1), effects),
            MouseDid::WheelDown => self.input(Input::Wheel(1), effects),
            MouseDid::Press => {
                self.notices = [None, None];
                if mouse.row + 1 == self.size.height {
                    let pressed =
                        self.footer().into_iter().find(|(x, width, _)| (*x..x + width).contains(&mouse.column));
                    if let Some(key) = pressed.and_then(|(_, _, hint)| hint.press) {
                        self.key(key, effects);
                    }
                    return;
                }
                self.input(Input::Pressed(mouse), effects);
            }
        }
    }

    fn input(&mut self, input: Input, effects: &mut Vec<Effect>) {
        self.with_top(effects, |cx, screen| screen.input(cx, input));
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
        let first_ticket = self.ledger.next_ticket();
        let done = work(&mut Context {
            view: View {
                course: &self.course,
                learner: &self.learner,
                theme: &self.theme,
                now: self.now,
                size: self.size,
            },
            chance: &mut self.chance,
            entries: &mut entries,
            first_ticket,
            effects,
            notice: &mut notice,
        });
        if let Some(notice) = notice {
            self.notices[0] = Some(notice);
        }
        for effect in effects.iter() {
            if let Effect::Keep { name: "theme", value } = effect
                && let Some(choice) = Choice::from_word(value)
            {
                self.theme.background = chosen(choice, self.background);
            }
        }
        for entry in entries {
            self.record(entry, effects);
        }
        done
    }

    fn record(&mut self, entry: Entry, effects: &mut Vec<Effect>) {
        let (ticket, accepted) = self.ledger.record(entry.clone());
        if accepted {
            self.accept(ticket, &entry, effects);
        }
    }

    /// An entry counts: the learner knows it now, and its screen may go on.
    fn accept(&mut self, ticket: Ticket, entry: &Entry, effects: &mut Vec<Effect>) {
        self.learner.apply(entry);
        for index in (0..self.screens.len()).rev() {
            let mut screen = std::mem::replace(&mut self.screens[index], Home::default().into());
            self.with(effects, |cx| screen.input(cx, Input::Accepted(ticket)));
            self.screens[index] = screen;
        }
    }

    fn stored(&mut self, ticket: Ticket, effects: &mut Vec<Effect>) {
        let was_in_trouble = self.ledger.trouble().is_some();
        if let Some(entry) = self.ledger.stored(ticket) {
            let answered = matches!(entry.event, crate::study::entry::Event::Answered(_));
            self.accept(ticket, &entry, effects);
            if answered {
                self.notices[1] = Some(Notice { text: "saved".into(), role: Role::Muted, side: Side::Right });
            }
        }
        if was_in_trouble && self.ledger.trouble().is_none() {
            let text = "Saving works again; nothing was lost.".to_owned();
            self.notices[0] = Some(Notice { text, role: Role::Correct, side: Side::Left });
        }
    }

    fn failed(&mut self, failure: Failure, effects: &mut Vec<Effect>) {
        let again = self.ledger.failed(failure.clone(), self.now.at);
        effects.push(Effect::WakeAt(again));
        let seconds = (again.0 - self.now.at.0) / 1000;
        let way_out = if self.ledger.holds_up() { "c goes on without saving" } else { "you can go on" };
        let text = format!("Not saved: {}. Trying again in {seconds} s; {way_out}.", failure.what);
        self.notices[0] = Some(Notice { text, role: Role::Wrong, side: Side::Left });
    }

    fn go_on_unsaved(&mut self, effects: &mut Vec<Effect>) {
        for (ticket, entry) in self.ledger.go_on() {
            self.accept(ticket, &entry, effects);
        }
        let text = "Going on. It is kept in memory and still tried again; the top line says so.".to_owned();
        self.notices[0] = Some(Notice { text, role: Role::Warning, side: Side::Left });
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

/// The background that a choice means on a terminal like this.
fn chosen(choice: Choice, terminal: Background) -> Background {
    match choice {
        Choice::Auto => terminal,
        Choice::Dark => Background::Dark,
        Choice::Light => Background::Light,
    }
}
