//! What a screen is, and the list of all screens.

use super::effect::Effect;
use super::keys::{Binding, Hint, find};
use super::message::{Key, Mouse, Size, Ticket};
use super::notices::Notices;
use super::preferences::{Audience, Preferences};
use super::row::Row;
use super::screens::{
    glossary, help, home, lesson, links, map, messages, mistakes, outline, palette, progress, quiz, rebind, settings,
    summary, word,
};
use super::theme::{Role, Theme};
use super::widgets::prose::Setting;
use crate::course::Course;
use crate::settings::{Change, options};
use crate::study::entry::{Entry, Event, SessionId};
use crate::study::learner::Learner;
use crate::study::moment::Moment;
use crate::study::seed::Seed;
use crate::study::text::TextIndex;
use crate::study::today::{Aim, Today};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// One screen, or a box over one.
pub trait Screen {
    /// What its keys can do.
    type Action: Copy;

    /// Whether it fills the window or is a box over the screen below.
    fn cover(&self) -> Cover {
        Cover::Full
    }
    /// The rows above the body. A box has none.
    fn head(&self, view: &View) -> Head;
    /// What works now.
    fn keys(&self, view: &View) -> Vec<Binding<Self::Action>>;
    /// Does what a key stands for.
    fn act(&mut self, cx: &mut Context, action: Self::Action) -> Next;
    /// Takes what no key table takes.
    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        let _ = (cx, input);
        Next::Stay
    }
    /// Whether a text field has the focus, so that printable keys are text.
    fn typing(&self) -> bool {
        false
    }
    /// Computes what [`Screen::view`] draws; called once after each message, before the frame.
    fn settle(&mut self, view: &View) {
        let _ = view;
    }
    /// What stands in the message row instead of messages, such as a text that is looked for.
    fn prompt(&self, view: &View) -> Option<Prompt> {
        let _ = view;
        None
    }
    /// The addresses that its text links, in order.
    fn links(&self) -> &[String] {
        &[]
    }
    /// Draws the body; gives back where the cursor stands.
    fn view(&self, view: &View, body: Rect, buf: &mut Buffer) -> Option<(u16, u16)>;
}

/// How much of the window a screen takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// All of it.
    Full,
    /// A box over the screen below, which stays visible behind it.
    Box,
}

/// The rows above a screen's body.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Where one is, from the outside in.
    pub trail: Vec<String>,
    /// How far one is, in words.
    pub right: String,
    /// How far one is, from 0 to 1.
    pub progress: Option<f64>,
    /// The verdict on an answer.
    pub verdict: Option<Row>,
}

/// A line in the message row, with a cursor in it.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// The line.
    pub row: Row,
    /// Where the cursor stands, in columns.
    pub cursor: Option<u16>,
}

/// What no key table takes.
#[derive(Clone, Debug)]
pub enum Input {
    /// A key, while a field has the focus or because nothing is bound to it.
    Typed(Key),
    /// Pasted text.
    Pasted(String),
    /// A click at a cell.
    Pressed(Mouse),
    /// The mouse moved while its button was down.
    Dragged(Mouse),
    /// The button came up.
    Released(Mouse),
    /// A moment that was waited for has come.
    Ticked,
    /// The wheel turned by so many rows; up is negative.
    Wheel(i32),
    /// An entry of this screen counts as accepted.
    Accepted(Ticket),
    /// The screen is left for good: the time for a last entry.
    Left,
    /// Go to this block of the text.
    GoTo(u16),
}

/// Where to go after something was done.
#[derive(Debug)]
pub enum Next {
    /// Nowhere.
    Stay,
    /// To a screen above this one.
    Push(AnyScreen),
    /// To a screen instead of this one.
    Replace(AnyScreen),
    /// Back.
    Pop,
    /// To the home screen, and from there to this one if there is one.
    Home(Option<AnyScreen>),
    /// Back, and something for the screen below.
    Below(Input),
    /// Nothing is bound to this key here.
    Unbound,
    /// Out of the program.
    Quit,
}

/// What a screen may look at while it draws.
pub struct View<'a> {
    /// The course.
    pub course: &'a Course,
    /// What is known of the learner.
    pub learner: &'a Learner,
    /// The look.
    pub theme: &'a Theme,
    /// What the learner wants.
    pub preferences: &'a Preferences,
    /// The index of all texts, once it is made.
    pub texts: Option<&'a TextIndex>,
    /// What was said.
    pub notices: &'a Notices,
    /// Now.
    pub now: Moment,
    /// The window.
    pub size: Size,
}

/// What a screen may use while it acts.
pub struct Context<'a> {
    /// What it may look at.
    pub view: View<'a>,
    /// Where one-time numbers come from.
    pub chance: &'a mut Chance,
    /// Entries to write, with the ticket each will have.
    pub entries: &'a mut Vec<Entry>,
    /// The ticket of the first entry in `entries`.
    pub first_ticket: Ticket,
    /// What to do outside.
    pub effects: &'a mut Vec<Effect>,
    /// Who looks at the screen from now on.
    pub audience: &'a mut Audience,
    /// What to say in the message row.
    pub notice: &'a mut Option<Notice>,
}

/// One line to the learner, in the message row until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it says, the word first: "saved", "copied 3 lines".
    pub text: String,
    /// How it looks.
    pub role: Role,
    /// At which end of the row it stands.
    pub side: Side,
}

/// An end of the message row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What the learner did or should know.
    Left,
    /// That something was saved.
    Right,
}

/// Where session names and seeds come from.
#[derive(Clone, Debug)]
pub struct Chance {
    /// What the operating system drew at start: makes names unique.
    pub entropy: Seed,
    /// The seed given by the learner, so that many people get the same questions.
    pub fixed: Option<Seed>,
    /// How many sessions were begun.
    pub count: u64,
}

impl Chance {
    /// The name and the seed of a new session.
    pub fn session(&mut self, now: Moment) -> (SessionId, Seed) {
        self.count += 1;
        let name = self.entropy.branch("session", self.count ^ (now.at.0 as u64).rotate_left(20));
        let seed = self.fixed.unwrap_or(self.entropy).branch("seed", self.count);
        (SessionId(name.0), seed)
    }
}

impl Context<'_> {
    /// Writes an entry; [`Input::Accepted`] comes back with the same ticket.
    pub fn record(&mut self, event: Event) -> Ticket {
        let ticket = Ticket(self.first_ticket.0 + self.entries.len() as u64);
        self.entries.push(Entry { at: self.view.now.at, day: self.view.now.today, event });
        ticket
    }

    /// Changes an option: it counts from now on, and is kept.
    pub fn change(&mut self, change: Change) {
        if let Change::Mouse(mouse) = change {
            self.effects.push(Effect::CatchMouse(mouse == options::Mouse::On));
        }
        self.effects.push(Effect::Keep(change));
    }

    /// Says something in the message row until the next key.
    pub fn say(&mut self, text: impl Into<String>) {
        *self.notice = Some(Notice { text: text.into(), role: Role::Muted, side: Side::Left });
    }

    /// Warns of something in the message row until the next key.
    pub fn warn(&mut self, text: impl Into<String>) {
        *self.notice = Some(Notice { text: text.into(), role: Role::Warning, side: Side::Left });
    }
}

/// The rows of a window that is tall enough for them.
const TALL: u16 = 16;
/// From this width on there is room beside the text.
pub const WIDE: u16 = 100;
/// The widest column for programs.
const MEASURE_CODE: u16 = 76;
/// The smallest window.
pub const SMALLEST: Size = Size { width: 40, height: 12 };

impl View<'_> {
    /// The moment, and how much the learner wants.
    pub fn today(&self) -> Today {
        let settings = &self.preferences.settings;
        Today { now: self.now, aim: Aim::new(settings.retention_percent, settings.minutes_a_day) }
    }

    /// Whether the window is so low that the verdict row is part of the body.
    pub fn is_low(&self) -> bool {
        self.size.height < TALL
    }

    /// Where a full screen's body stands.
    pub fn body(&self) -> Rect {
        let top = if self.is_low() { 2 } else { 3 };
        Rect {
            x: 2,
            y: top,
            width: self.size.width.saturating_sub(4),
            height: self.size.height.saturating_sub(top + 2),
        }
    }

    /// How much is surely seen of what is said in the message row while a question is asked.
    pub fn message_width(&self) -> usize {
        usize::from(self.column(self.body()).width)
    }

    /// The widest that text and programs may be.
    pub fn widest(&self) -> u16 {
        MEASURE_CODE.max(self.preferences.settings.measure)
    }

    /// For prose in a column of this width. `flask` is the version that programs ran on, where that should be said.
    pub fn setting<'a>(&'a self, width: usize, flask: &'a str) -> Setting<'a> {
        Setting { theme: self.theme, width, measure: usize::from(self.preferences.settings.measure), flask, links: &[] }
    }

    /// The column for text within a body: at the left, or in the middle of a wide window.
    pub fn column(&self, body: Rect) -> Rect {
        let width = body.width.min(self.widest());
        let x = if self.size.width >= WIDE { body.x + (body.width - width) / 2 } else { body.x };
        Rect { x, width, ..body }
    }
}

/// Writes [`AnyScreen`] and passes each call on to the screen's own file.
macro_rules! screens {
    ($($variant:ident($kind:ty)),* $(,)?) => {
        /// Any screen.
        #[derive(Debug)]
        pub enum AnyScreen { $(#[doc = concat!("See `", stringify!($kind), "`.")] $variant(Box<$kind>)),* }

        $(impl From<$kind> for AnyScreen {
            fn from(screen: $kind) -> AnyScreen { AnyScreen::$variant(Box::new(screen)) }
        })*

        impl AnyScreen {
            /// The screen's name.
            pub fn name(&self) -> &'static str {
                match self { $(AnyScreen::$variant(_) => stringify!($variant)),* }
            }
            /// See [`Screen::cover`].
            pub fn cover(&self) -> Cover {
                match self { $(AnyScreen::$variant(screen) => screen.cover()),* }
            }
            /// See [`Screen::head`].
            pub fn head(&self, view: &View) -> Head {
                match self { $(AnyScreen::$variant(screen) => screen.head(view)),* }
            }
            /// What its keys do, without doing it.
            pub fn hints(&self, view: &View) -> Vec<Hint> {
                match self { $(AnyScreen::$variant(screen) => screen.keys(view).iter().map(Binding::hint).collect()),* }
            }
            /// Does what a key stands for; `None` if nothing is bound to it.
            pub fn press(&mut self, cx: &mut Context, key: Key) -> Option<Next> {
                match self { $(AnyScreen::$variant(screen) => {
                    let action = find(&screen.keys(&cx.view), key)?;
                    Some(screen.act(cx, action))
                }),* }
            }
            /// See [`Screen::input`].
            pub fn input(&mut self, cx: &mut Context, input: Input) -> Next {
                match self { $(AnyScreen::$variant(screen) => screen.input(cx, input)),* }
            }
            /// See [`Screen::typing`].
            pub fn typing(&self) -> bool {
                match self { $(AnyScreen::$variant(screen) => screen.typing()),* }
            }
            /// See [`Screen::settle`].
            pub fn settle(&mut self, view: &View) {
                match self { $(AnyScreen::$variant(screen) => screen.settle(view)),* }
            }
            /// See [`Screen::prompt`].
            pub fn prompt(&self, view: &View) -> Option<Prompt> {
                match self { $(AnyScreen::$variant(screen) => screen.prompt(view)),* }
            }
            /// See [`Screen::links`].
            pub fn links(&self) -> &[String] {
                match self { $(AnyScreen::$variant(screen) => screen.links()),* }
            }
            /// See [`Screen::view`].
            pub fn view(&self, view: &View, body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
                match self { $(AnyScreen::$variant(screen) => screen.view(view, body, buf)),* }
            }
        }
    };
}

screens! {
    Home(home::Home),
    Map(map::Map),
    Lesson(lesson::Lesson),
    Quiz(quiz::Quiz),
    Summary(summary::Summary),
    Progress(progress::Progress),
    Help(help::Help),
    Palette(palette::Palette),
    Outline(outline::Outline),
    Word(word::Word),
    Settings(settings::Settings),
    Keys(rebind::Keys),
    Links(links::Links),
    Mistakes(mistakes::Mistakes),
    Glossary(glossary::Glossary),
    Messages(messages::Messages),
}
