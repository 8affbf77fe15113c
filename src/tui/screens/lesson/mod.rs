//! A lesson: read it, answer what it asks, step through its pictures.

mod checks;
mod find;
mod hands;
mod layout;
mod moves;
mod rail;

use super::links::Links;
use super::outline::Outline;
use super::word::Word;
use crate::course::lesson::Lesson as Text;
use crate::id::LessonId;
use crate::settings::options::Motion;
use crate::study::entry::Event;
use crate::study::moment::Timestamp;
use crate::tui::forms::draft::Stance;
use crate::tui::forms::{Ask, Asking};
use crate::tui::keys::{self, Binding, Group};
use crate::tui::message::{Code, Key};
use crate::tui::preferences::Audience;
use crate::tui::row::{Row, draw_rows};
use crate::tui::screen::{Context, Head, Input, Next, Prompt, Screen, View};
use find::Find;
use layout::{Laid, LaidFor, Stop};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::{BTreeMap, BTreeSet};

/// A lesson that is being read.
#[derive(Debug)]
pub struct Lesson {
    id: LessonId,
    scroll: usize,
    /// Where to go on once the text is laid out: a block, and rows below its first one.
    anchor: Option<(u16, usize)>,
    focus: Option<usize>,
    /// Enter has come to the question in focus, and nobody has touched it yet: Enter leaves it again.
    fresh: bool,
    /// Stops that had the keys before: Enter does not come back to them.
    passed: BTreeSet<u16>,
    /// What is looked for on this page.
    find: Option<Find>,
    /// When the picture that plays shows its next frame.
    playing: Option<Timestamp>,
    /// The addresses in this text, in order.
    addresses: Vec<String>,
    checks: BTreeMap<u16, Asking>,
    frames: BTreeMap<u16, usize>,
    laid: Laid,
    /// What stands beside the text in a wide window, and for which layout and section it was made.
    rail: Vec<Row>,
    rail_for: Option<(LaidFor, usize)>,
    /// The question that was just worked on: the next layout keeps what matters of it on the screen.
    worked: Option<u16>,
    /// Counts what changes the layout, so that the rows are made anew only then.
    changes: u64,
    /// The block that was last written to the log as the place reached.
    reached: Option<u16>,
    read: bool,
    read_ms: u32,
    last_key: Timestamp,
}

/// The same as `]` and `[`, for layouts where those are hard to reach.
const DOWN_ALT: Key = Key { code: Code::Down, ctrl: false, alt: true };
const UP_ALT: Key = Key { code: Code::Up, ctrl: false, alt: true };

/// What the keys of a lesson do.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Moves by rows.
    Line(i32),
    /// Moves by pages.
    Page(i32),
    /// Goes to the start.
    Top,
    /// Goes to the end.
    Bottom,
    /// Goes to the next or previous heading.
    Heading(i32),
    /// Gives the keys to the next or previous stop.
    Stop(i32),
    /// Steps a picture.
    Step(i32),
    /// Shows a picture's first frame.
    Restart,
    /// Goes on: to the next stop on the screen, else a page, at the end to questions.
    ReadOn,
    /// Lets a picture play, or stops it.
    Play,
    /// Looks for a text on this page.
    Find,
    /// Ends typing what to look for.
    Accept,
    /// Ends looking for it.
    EndFind,
    /// Goes to the next or the last place found.
    Found(i64),
    /// Marks this place.
    Mark,
    /// Lists the links.
    Links,
    /// Writes down that something here is wrong.
    Report,
    /// Something with a question: that in focus, or the first open one on the screen.
    Ask(Ask),
    /// Opens the outline.
    Outline,
    /// Opens the words of this lesson.
    Words,
    /// Copies the program on the screen.
    Copy,
    /// Ends the lesson and opens the next one.
    NextLesson,
}

impl Lesson {
    /// A lesson, from where it was left. Records that it was opened.
    pub fn open(cx: &mut Context, id: &LessonId) -> Lesson {
        let reading = cx.view.learner.lessons.get(id);
        // A lesson that was read to its end begins again at its top.
        let block = reading.filter(|reading| !reading.read).map_or(0, |reading| reading.block);
        cx.record(Event::Reached { lesson: id.clone(), block });
        Lesson {
            id: id.clone(),
            scroll: 0,
            anchor: Some((block, 0)),
            focus: None,
            fresh: false,
            passed: BTreeSet::new(),
            find: None,
            playing: None,
            addresses: Vec::new(),
            checks: BTreeMap::new(),
            frames: BTreeMap::new(),
            laid: Laid::default(),
            rail: Vec::new(),
            rail_for: None,
            worked: None,
            changes: 0,
            reached: Some(block),
            read: false,
            read_ms: 0,
            last_key: cx.view.now.at,
        }
    }

    /// A lesson at one of its blocks, with a word that is looked for in it.
    pub fn open_at(cx: &mut Context, id: &LessonId, block: u16, word: Option<String>) -> Lesson {
        let mut lesson = Lesson::open(cx, id);
        lesson.anchor = Some((block, 0));
        lesson.find = word.map(|word| Find::seen(&word));
        lesson
    }

    fn text<'a>(&self, view: &View<'a>) -> Option<&'a Text> {
        view.course.lesson(&self.id)
    }
}

impl Screen for Lesson {
    type Action = Action;

    fn head(&self, view: &View) -> Head {
        let Some((module, lesson)) = view.course.lesson_outline(&self.id) else { return Head::default() };
        let place = module.lessons.iter().position(|other| other.id == lesson.id).unwrap_or(0) + 1;
        let seen = if self.laid.rows.is_empty() { 0 } else { self.scroll + self.height(view) };
        let share = if self.laid.rows.is_empty() { 0.0 } else { seen as f64 / self.laid.rows.len() as f64 };
        let left = (f64::from(lesson.minutes) * (1.0 - share.min(1.0))).ceil();
        let left = if left < 1.0 { "last page".to_owned() } else { format!("{left} min left") };
        Head {
            trail: vec![format!("{:02} {}", module.number, module.title), lesson.title.clone()],
            right: match view.preferences.audience {
                Audience::One => format!("{place} of {} · {left}", module.lessons.len()),
                Audience::Class => String::new(),
            },
            progress: (view.preferences.audience == Audience::One).then_some(share.min(1.0)),
            verdict: None,
        }
    }

    fn keys(&self, view: &View) -> Vec<Binding<Action>> {
        let mut table = Vec::new();
        if self.find.as_ref().is_some_and(Find::typing) {
            table.push(Binding::new([keys::ENTER], "Enter", "go there", Action::Accept).footer(0));
            table.push(Binding::new([keys::ESC], "Esc", "leave it", Action::EndFind).footer(1));
            return table;
        }
        let check = self.check_block(view).and_then(|block| self.checks.get(&block));
        let focused = self.in_focus();
        if let Some(asking) = focused.filter(|asking| asking.is_open()) {
            let hints = view.course.question(&asking.question).map_or(0, |question| question.hints.len());
            let more = usize::from(asking.hints) < hints;
            let own = asking.keys(more).into_iter();
            let own = own.filter(|binding| !(self.fresh && binding.keys.contains(&keys::ENTER)));
            table.extend(own.map(|binding| binding.map(Action::Ask)));
        } else if let Some(asking) = check {
            // Not in focus: its digits work, everything else moves the text.
            // A digit that answers at once is none of them.
            let digits = asking.keys(false).into_iter().filter(|binding| {
                let is_digit = binding.keys.contains(&Key::char('1')) && asking.stance() != Stance::Says;
                is_digit || binding.keys.contains(&Key::char('i'))
            });
            table.extend(digits.map(|binding| binding.map(Action::Ask).footer(2)));
        }
        if self.typing() {
            return table;
        }
        let read = |binding: Binding<Action>| binding.group(Group::Read);
        if self.find.is_some() {
            table.push(read(Binding::new([Key::char('n')], "n", "next place", Action::Found(1)).footer(1)));
            table.push(read(Binding::new([Key::char('N')], "N", "last place", Action::Found(-1)).footer(2)));
            table.push(read(Binding::new([keys::ESC], "Esc", "end the search", Action::EndFind).footer(3)));
        }
        if let Some(Stop { frames: Some(_), .. }) = self.stop() {
            table.push(Binding::new(keys::LEFT, "←→", "step", Action::Step(-1)).footer(1));
            table.push(Binding::new(keys::RIGHT, "→", "next step", Action::Step(1)));
            table.push(Binding::new(keys::TOP, "Home", "first step", Action::Restart));
            if view.preferences.settings.motion == Motion::Full {
                let label = if self.playing.is_some() { "stop" } else { "play" };
                table.push(Binding::new([Key::char('p')], "p", label, Action::Play).footer(2));
            }
        }
        // An open question that somebody has under their hands has Enter for itself.
        if self.at_work().is_none() {
            table.push(self.enter(view));
        }
        if self.at_end(view) {
            let next = view.course.lesson_after(&self.id);
            let label = if next.is_some() { "next lesson" } else { "home" };
            table.push(Binding::new([Key::char('n')], "n", label, Action::NextLesson).footer(1));
        }
        table.push(read(Binding::new(
            [keys::SPACE].into_iter().chain(keys::PAGE_DOWN),
            "Space PgDn",
            "page down",
            Action::Page(1),
        )));
        table.push(read(Binding::new(keys::PAGE_UP, "b PgUp", "page up", Action::Page(-1))));
        table.push(read(Binding::new(keys::DOWN, "↓ j", "line down", Action::Line(1))));
        table.push(read(Binding::new(keys::UP, "↑ k", "line up", Action::Line(-1))));
        table.push(read(Binding::new([Key::char(']'), DOWN_ALT], "] Alt-↓", "next heading", Action::Heading(1))));
        table.push(read(Binding::new([Key::char('['), UP_ALT], "[ Alt-↑", "last heading", Action::Heading(-1))));
        table.push(read(Binding::new(keys::TOP, "g g Home", "top", Action::Top)));
        table.push(read(Binding::new(keys::BOTTOM, "G End", "end", Action::Bottom)));
        let find = [Key::char('/'), Key::ctrl('f')];
        table.push(read(Binding::new(find, "/ Ctrl-F", "find on this page", Action::Find)));
        table.push(Binding::new([keys::TAB], "Tab", "next stop", Action::Stop(1)).footer(3));
        table.push(Binding::new([keys::BACK_TAB], "Shift-Tab", "previous stop", Action::Stop(-1)));
        table.push(Binding::new([Key::char('o')], "o", "outline", Action::Outline).footer(4));
        table.push(Binding::new([Key::char('w')], "w", "words", Action::Words).footer(5));
        table.push(Binding::new([Key::char('y')], "y", "copy this code", Action::Copy).footer(6));
        table.push(Binding::new([Key::char('m')], "m", "mark this place", Action::Mark).footer(7));
        table.push(Binding::new([Key::char('L')], "L", "links", Action::Links));
        table.push(Binding::new([Key::char('!')], "!", "report a mistake", Action::Report));
        table
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        if !matches!(action, Action::ReadOn | Action::Play) {
            self.fresh = false;
        }
        match action {
            Action::Line(by) => self.scroll_to(&cx.view, self.scroll.saturating_add_signed(by as isize)),
            Action::Page(by) => self.page(&cx.view, by as isize),
            Action::Top => self.scroll_to(&cx.view, 0),
            Action::Bottom => self.scroll_to(&cx.view, usize::MAX),
            Action::Heading(by) => self.heading(&cx.view, by),
            Action::Stop(by) => self.move_stop(&cx.view, by),
            Action::Step(by) => {
                self.playing = None;
                self.step(by);
            }
            Action::Restart => self.step(i32::MIN / 2),
            Action::Play => self.play(cx),
            Action::Find => self.begin_find(),
            Action::Accept => self.accept_find(cx),
            Action::EndFind => self.end_find(cx),
            Action::Found(by) => self.found(cx, by),
            Action::Mark => self.mark(cx),
            Action::Report => self.report(cx),
            Action::ReadOn => {
                let next = self.read_on(cx);
                self.fresh = self.focus.is_some();
                if !matches!(next, Next::Stay) {
                    return next;
                }
            }
            Action::Ask(ask) => {
                let next = self.ask(cx, ask);
                self.note_place(cx);
                return next;
            }
            Action::Outline => {
                let marked = layout::marked(&self.id, &self.laid.headings, cx.view.learner);
                return Next::Push(Outline::new(&self.laid.headings, marked, self.top_block()).into());
            }
            Action::Words => {
                return match self.text(&cx.view).map(|text| Word::of_lesson(&cx.view, text)) {
                    Some(word) if !word.is_empty() => Next::Push(word.into()),
                    _ => {
                        cx.say("This lesson links no words.");
                        Next::Stay
                    }
                };
            }
            Action::Links => {
                return match self.text(&cx.view).map(Links::of_lesson) {
                    Some(links) if !links.is_empty() => Next::Push(links.into()),
                    _ => {
                        cx.say("This lesson has no links.");
                        Next::Stay
                    }
                };
            }
            Action::Copy => self.copy(cx),
            Action::NextLesson => return self.next_lesson(cx),
        }
        self.note_place(cx);
        Next::Stay
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        self.take(cx, input)
    }

    fn typing(&self) -> bool {
        self.find.as_ref().is_some_and(Find::typing) || self.in_focus().is_some_and(Asking::typing)
    }

    fn prompt(&self, view: &View) -> Option<Prompt> {
        let (row, cursor) = self.find.as_ref()?.prompt(view.theme);
        Some(Prompt { row, cursor })
    }

    fn links(&self) -> &[String] {
        &self.addresses
    }

    fn settle(&mut self, view: &View) {
        let Some(text) = view.course.lesson(&self.id) else { return };
        layout::ask_checks(&mut self.checks, text, view);
        let key = LaidFor {
            size: view.size,
            theme: *view.theme,
            measure: view.preferences.settings.measure,
            audience: view.preferences.audience,
            changes: self.changes,
        };
        if self.laid.made_for != Some(key) {
            let top = self.laid.rows.get(self.scroll).map(|row| row.block);
            let delta = top.map_or(0, |block| self.scroll - self.laid.first_row(block));
            let anchor = self.anchor.take().or(top.map(|block| (block, delta)));
            if self.addresses.is_empty() {
                self.addresses = Links::of_lesson(text).addresses();
            }
            let made = layout::Making { checks: &self.checks, frames: &self.frames, focus: self.focus };
            self.laid = layout::lay(text, &made, &self.addresses, key, view);
            if let Some((block, delta)) = anchor {
                let row = if block == 0 && delta == 0 { 0 } else { self.laid.first_row(block) + delta };
                self.scroll = row.min(self.last_scroll(view));
            }
            self.look_again(view);
        }
        if let Some(block) = self.worked.take() {
            self.show_question(view, block);
        }
        let rail_for = Some((key, self.section()));
        if layout::has_rail(view) && self.rail_for != rail_for {
            self.rail = rail::rows(self, view);
            self.rail_for = rail_for;
        }
    }

    fn view(&self, view: &View, body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        let area = layout::text_area(view);
        if layout::has_rail(view) {
            draw_rows(&self.rail, 0, view.theme, Rect { width: rail::WIDTH, ..body }, buf);
        }
        let cursor = draw_rows(&self.laid.rows, self.scroll, view.theme, area, buf);
        if let Some(find) = &self.find {
            find.mark(self.scroll, view.theme, area, buf);
        }
        cursor
    }
}
