//! A lesson: read it, answer what it asks, step through its pictures.

mod checks;
mod layout;
mod rail;

use super::outline::Outline;
use super::quiz::Quiz;
use super::word::Word;
use crate::course::lesson::Lesson as Text;
use crate::id::LessonId;
use crate::prose::Block;
use crate::study::entry::{About, Event};
use crate::study::moment::Timestamp;
use crate::study::pick;
use crate::tui::forms::draft::Stance;
use crate::tui::forms::{Ask, Asking};
use crate::tui::keys::{self, Binding, Group};
use crate::tui::message::Key;
use crate::tui::row::{Hit, Row, draw_rows};
use crate::tui::screen::{Context, Head, Input, Next, Screen, View, WIDE};
use layout::{Laid, LaidFor, Stop};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::BTreeMap;

/// A pause in reading that is longer than this is not counted as reading.
const PAUSE_MS: u32 = 120_000;

/// A lesson that is being read.
#[derive(Debug)]
pub struct Lesson {
    id: LessonId,
    scroll: usize,
    /// Where to go on once the text is laid out: a block, and rows below its first one.
    anchor: Option<(u16, usize)>,
    focus: Option<usize>,
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
    /// Something with a question: that in focus, or the first open one on the screen.
    Ask(Ask),
    /// Opens the outline.
    Outline,
    /// Opens the words of this lesson.
    Words,
    /// Copies the program on the screen.
    Copy,
    /// Ends the lesson: practise what it taught.
    Practise,
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

    fn text<'a>(&self, view: &View<'a>) -> Option<&'a Text> {
        view.course.lesson(&self.id)
    }

    fn height(&self, view: &View) -> usize {
        usize::from(view.body().height)
    }

    fn last_scroll(&self, view: &View) -> usize {
        self.laid.rows.len().saturating_sub(self.height(view))
    }

    fn at_end(&self, view: &View) -> bool {
        self.scroll >= self.last_scroll(view)
    }

    /// The stop that has the keys.
    fn stop(&self) -> Option<&Stop> {
        self.laid.stops.get(self.focus?)
    }

    fn scroll_to(&mut self, view: &View, row: usize) {
        self.scroll = row.min(self.last_scroll(view));
        let shown = self.scroll..self.scroll + self.height(view);
        if self.stop().is_some_and(|stop| !shown.contains(&stop.rows.start) && !shown.contains(&(stop.rows.end - 1))) {
            self.unfocus();
        }
    }

    fn unfocus(&mut self) {
        if let Some(block) = self.stop().map(|stop| stop.block)
            && let Some(asking) = self.checks.get_mut(&block)
        {
            asking.blur();
        }
        self.focus = None;
        self.changes += 1;
    }

    fn focus_on(&mut self, view: &View, index: usize) {
        self.unfocus();
        self.focus = Some(index);
        if let Some(stop) = self.laid.stops.get(index) {
            let (height, rows) = (self.height(view), stop.rows.clone());
            if rows.start < self.scroll {
                self.scroll = rows.start;
            } else if rows.end > self.scroll + height {
                self.scroll = rows.start.min(rows.end.saturating_sub(height)).min(self.last_scroll(view));
            }
        }
    }

    fn move_stop(&mut self, view: &View, by: i32) {
        let count = self.laid.stops.len();
        if count == 0 {
            return;
        }
        let next = match self.focus {
            Some(now) => now as i64 + i64::from(by),
            None => {
                let below = |stop: &Stop| stop.rows.end > self.scroll;
                let first = self.laid.stops.iter().position(below).unwrap_or(count) as i64;
                if by > 0 { first } else { first - 1 }
            }
        };
        match usize::try_from(next).ok().filter(|next| *next < count) {
            Some(next) => self.focus_on(view, next),
            None => self.unfocus(),
        }
    }

    fn step(&mut self, by: i32) {
        let Some(Stop { block, frames: Some(count), .. }) = self.stop() else { return };
        let (block, count) = (*block, *count);
        let at = self.frames.entry(block).or_default();
        *at = at.saturating_add_signed(by as isize).min(count.saturating_sub(1));
        self.changes += 1;
    }

    /// Counts reading time and writes the place down when another section is reached.
    fn note_place(&mut self, cx: &mut Context) {
        self.read_ms += cx.view.now.at.since_ms(self.last_key).min(PAUSE_MS);
        self.last_key = cx.view.now.at;
        let block = self.laid.rows.get(self.scroll).map_or(0, |row| row.block);
        let section = self.laid.section_of(block);
        if self.reached.map(|reached| self.laid.section_of(reached)) != Some(section) {
            self.reached = Some(block);
            cx.record(Event::Reached { lesson: self.id.clone(), block });
        }
    }

    fn mark_read(&mut self, cx: &mut Context) {
        if !self.read {
            self.read = true;
            cx.record(Event::Read { lesson: self.id.clone(), took_ms: self.read_ms });
        }
    }

    fn practise(&mut self, cx: &mut Context) -> Next {
        self.mark_read(cx);
        let (_, seed) = cx.chance.session(cx.view.now);
        match pick::plan(cx.view.course, cx.view.learner, About::Lesson(self.id.clone()), seed) {
            Some(plan) => Next::Replace(Quiz::start(cx, plan).into()),
            None => self.next_lesson(cx),
        }
    }

    fn next_lesson(&mut self, cx: &mut Context) -> Next {
        self.mark_read(cx);
        match cx.view.course.lesson_after(&self.id).map(|lesson| lesson.id.clone()) {
            Some(id) => Next::Replace(Lesson::open(cx, &id).into()),
            None => Next::Home(None),
        }
    }

    fn copy(&mut self, cx: &mut Context) {
        let Some(text) = self.text(&cx.view) else { return };
        let shown = self.laid.rows.iter().skip(self.scroll).take(self.height(&cx.view));
        let mut programs = shown.filter_map(|row| match text.body.0.get(usize::from(row.block)) {
            Some(Block::Code(code)) => Some(code),
            _ => None,
        });
        match programs.next_back() {
            Some(code) => {
                cx.effects.push(crate::tui::effect::Effect::Copy(code.text()));
                cx.say(format!("copied {} lines", code.lines.len()));
            }
            None => cx.say("No program on this page to copy."),
        }
    }

    fn heading(&mut self, view: &View, by: i32) {
        let starts = self.laid.headings.iter().map(|heading| heading.row);
        let next = if by > 0 {
            starts.into_iter().find(|row| *row > self.scroll)
        } else {
            starts.into_iter().rfind(|row| *row < self.scroll)
        };
        let row = next.unwrap_or(if by > 0 { self.last_scroll(view) } else { 0 });
        self.scroll_to(view, row);
    }

    /// What Enter does now.
    fn enter(&self, view: &View) -> Binding<Action> {
        let label_and_action = match self.stop() {
            Some(Stop { frames: Some(count), block, .. }) => {
                let at = self.frames.get(block).copied().unwrap_or(0);
                (at + 1 < *count).then_some(("next step", Action::Step(1)))
            }
            _ => None,
        };
        let (label, action) = label_and_action.unwrap_or_else(|| {
            if !self.at_end(view) { ("read on", Action::Page(1)) } else { ("practise this", Action::Practise) }
        });
        Binding::new([keys::ENTER], "Enter", label, action).footer(0)
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
            right: format!("{place} of {} · {left}", module.lessons.len()),
            progress: Some(share.min(1.0)),
            verdict: None,
        }
    }

    fn keys(&self, view: &View) -> Vec<Binding<Action>> {
        let mut table = Vec::new();
        let check = self.check_block(view).and_then(|block| self.checks.get(&block));
        let focused = self.in_focus();
        if let Some(asking) = focused.filter(|asking| asking.is_open()) {
            let hints = view.course.question(&asking.question).map_or(0, |question| question.hints.len());
            let more = usize::from(asking.hints) < hints;
            table.extend(asking.keys(more).into_iter().map(|binding| binding.map(Action::Ask)));
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
        if let Some(Stop { frames: Some(_), .. }) = self.stop() {
            table.push(Binding::new(keys::LEFT, "←→", "step", Action::Step(-1)).footer(1));
            table.push(Binding::new(keys::RIGHT, "→", "next step", Action::Step(1)));
            table.push(Binding::new(keys::TOP, "Home", "first step", Action::Restart));
        }
        // An open question in focus has Enter for itself.
        if focused.is_none_or(|asking| !asking.is_open()) {
            table.push(self.enter(view));
        }
        if self.at_end(view) {
            let next = view.course.lesson_after(&self.id);
            let label = if next.is_some() { "next lesson" } else { "home" };
            table.push(Binding::new([Key::char('n')], "n", label, Action::NextLesson).footer(1));
        }
        let read = |binding: Binding<Action>| binding.group(Group::Read);
        table.push(read(Binding::new(
            [keys::SPACE].into_iter().chain(keys::PAGE_DOWN),
            "Space PgDn",
            "page down",
            Action::Page(1),
        )));
        table.push(read(Binding::new(keys::PAGE_UP, "b PgUp", "page up", Action::Page(-1))));
        table.push(read(Binding::new(keys::DOWN, "↓ j", "line down", Action::Line(1))));
        table.push(read(Binding::new(keys::UP, "↑ k", "line up", Action::Line(-1))));
        table.push(read(Binding::new([Key::char(']')], "]", "next heading", Action::Heading(1))));
        table.push(read(Binding::new([Key::char('[')], "[", "last heading", Action::Heading(-1))));
        table.push(read(Binding::new(keys::TOP, "g g Home", "top", Action::Top)));
        table.push(read(Binding::new(keys::BOTTOM, "G End", "end", Action::Bottom)));
        table.push(Binding::new([keys::TAB], "Tab", "next stop", Action::Stop(1)).footer(3));
        table.push(Binding::new([keys::BACK_TAB], "Shift-Tab", "previous stop", Action::Stop(-1)));
        table.push(Binding::new([Key::char('o')], "o", "outline", Action::Outline).footer(4));
        table.push(Binding::new([Key::char('w')], "w", "words", Action::Words).footer(5));
        table.push(Binding::new([Key::char('y')], "y", "copy this code", Action::Copy).footer(6));
        table
    }

    fn act(&mut self, cx: &mut Context, action: Action) -> Next {
        let page = self.height(&cx.view).saturating_sub(2).max(1) as isize;
        match action {
            Action::Line(by) => self.scroll_to(&cx.view, self.scroll.saturating_add_signed(by as isize)),
            Action::Page(by) => self.scroll_to(&cx.view, self.scroll.saturating_add_signed(page * by as isize)),
            Action::Top => self.scroll_to(&cx.view, 0),
            Action::Bottom => self.scroll_to(&cx.view, usize::MAX),
            Action::Heading(by) => self.heading(&cx.view, by),
            Action::Stop(by) => self.move_stop(&cx.view, by),
            Action::Step(by) => self.step(by),
            Action::Restart => self.step(i32::MIN / 2),
            Action::Ask(ask) => {
                let next = self.ask(cx, ask);
                self.note_place(cx);
                return next;
            }
            Action::Outline => {
                let here = self.laid.rows.get(self.scroll).map_or(0, |row| row.block);
                return Next::Push(Outline::new(&self.laid.headings, here).into());
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
            Action::Copy => self.copy(cx),
            Action::Practise => return self.practise(cx),
            Action::NextLesson => return self.next_lesson(cx),
        }
        self.note_place(cx);
        Next::Stay
    }

    fn input(&mut self, cx: &mut Context, input: Input) -> Next {
        match input {
            Input::Typed(key) => {
                if let Some(block) = self.check_block(&cx.view)
                    && let Some(asking) = self.checks.get_mut(&block)
                {
                    asking.typed(key);
                    self.touch(block);
                }
            }
            Input::Pasted(text) => {
                if let Some(block) = self.check_block(&cx.view)
                    && let Some(asking) = self.checks.get_mut(&block)
                {
                    asking.pasted(&text);
                    self.touch(block);
                }
            }
            Input::Wheel(by) => {
                self.scroll_to(&cx.view, self.scroll.saturating_add_signed(by as isize * 3));
                self.note_place(cx);
            }
            Input::Pressed(mouse) => {
                let body = layout::text_area(&cx.view);
                let row = usize::from(mouse.row.saturating_sub(body.y)) + self.scroll;
                let inside = mouse.row >= body.y && mouse.row < body.bottom();
                let Some(hit) = self.laid.rows.get(row).filter(|_| inside).and_then(|row| row.target) else {
                    return Next::Stay;
                };
                let (Hit::Option { block, .. } | Hit::Ends { block, .. } | Hit::Field(block) | Hit::Steps(block)) = hit
                else {
                    return Next::Stay;
                };
                if let Some(index) = self.laid.stops.iter().position(|stop| stop.block == block) {
                    self.focus_on(&cx.view, index);
                }
                if matches!(hit, Hit::Steps(_)) {
                    self.step(1);
                } else if let Some(asking) = self.checks.get_mut(&block) {
                    let asked = asking.clicked(hit, mouse.column.saturating_sub(body.x));
                    self.follow(cx, block, asked);
                }
            }
            Input::Accepted(ticket) => self.accepted(ticket),
            Input::GoTo(block) => {
                self.unfocus();
                self.anchor = Some((block, 0));
            }
            Input::Left => {
                let block = self.laid.rows.get(self.scroll).map_or(0, |row| row.block);
                if self.at_end(&cx.view) && !self.laid.rows.is_empty() {
                    self.note_place(cx);
                    self.mark_read(cx);
                } else if self.reached != Some(block) {
                    self.reached = Some(block);
                    cx.record(Event::Reached { lesson: self.id.clone(), block });
                }
            }
        }
        Next::Stay
    }

    fn typing(&self) -> bool {
        self.in_focus().is_some_and(Asking::typing)
    }

    fn settle(&mut self, view: &View) {
        let Some(text) = view.course.lesson(&self.id) else { return };
        layout::ask_checks(&mut self.checks, text, view);
        let key = LaidFor {
            size: view.size,
            theme: *view.theme,
            measure: view.preferences.settings.measure,
            changes: self.changes,
        };
        if self.laid.made_for != Some(key) {
            let top = self.laid.rows.get(self.scroll).map(|row| row.block);
            let delta = top.map_or(0, |block| self.scroll - self.laid.first_row(block));
            let anchor = self.anchor.take().or(top.map(|block| (block, delta)));
            self.laid = layout::lay(text, &self.checks, &self.frames, self.focus, key, view);
            if let Some((block, delta)) = anchor {
                let row = if block == 0 && delta == 0 { 0 } else { self.laid.first_row(block) + delta };
                self.scroll = row.min(self.last_scroll(view));
            }
        }
        if let Some(block) = self.worked.take() {
            self.show_question(view, block);
        }
        let rail_for = Some((key, self.section()));
        if view.size.width >= WIDE && self.rail_for != rail_for {
            self.rail = rail::rows(self, view);
            self.rail_for = rail_for;
        }
    }

    fn view(&self, view: &View, body: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
        let area = layout::text_area(view);
        if area.x > body.x + 20 {
            draw_rows(&self.rail, 0, view.theme, Rect { width: rail::WIDTH, ..body }, buf);
        }
        draw_rows(&self.laid.rows, self.scroll, view.theme, area, buf)
    }
}

impl Lesson {
    /// Where the rail says the reader is: the section at the top of the screen.
    fn section(&self) -> usize {
        let block = self.laid.rows.get(self.scroll).map_or(0, |row: &Row| row.block);
        self.laid.section_of(block)
    }
}
