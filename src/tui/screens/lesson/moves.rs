//! Moving through a lesson: rows, pages, headings, and the stops between.

use super::layout::Stop;
use super::{Action, Lesson};
use crate::prose::Block;
use crate::study::entry::{About, Event};
use crate::study::pick;
use crate::tui::effect::Effect;
use crate::tui::forms::Asking;
use crate::tui::keys::{self, Binding};
use crate::tui::screen::{Context, Next, View};
use crate::tui::screens::quiz::Quiz;

/// A pause in reading that is longer than this is not counted as reading.
const PAUSE_MS: u32 = 120_000;

impl Lesson {
    pub(super) fn height(&self, view: &View) -> usize {
        usize::from(view.body().height)
    }

    pub(super) fn last_scroll(&self, view: &View) -> usize {
        self.laid.rows.len().saturating_sub(self.height(view))
    }

    pub(super) fn at_end(&self, view: &View) -> bool {
        self.scroll >= self.last_scroll(view)
    }

    /// The block at the top of the screen.
    pub(super) fn top_block(&self) -> u16 {
        self.laid.rows.get(self.scroll).map_or(0, |row| row.block)
    }

    /// Where the rail says the reader is: the section at the top of the screen.
    pub(super) fn section(&self) -> usize {
        self.laid.section_of(self.top_block())
    }

    /// The stop that has the keys.
    pub(super) fn stop(&self) -> Option<&Stop> {
        self.laid.stops.get(self.focus?)
    }

    pub(super) fn scroll_to(&mut self, view: &View, row: usize) {
        self.scroll = row.min(self.last_scroll(view));
        let shown = self.scroll..self.scroll + self.height(view);
        if self.stop().is_some_and(|stop| !shown.contains(&stop.rows.start) && !shown.contains(&(stop.rows.end - 1))) {
            self.unfocus();
        }
    }

    /// Shows a row that is not on the screen with some rows above it.
    pub(super) fn show_row(&mut self, view: &View, row: usize) {
        let height = self.height(view);
        if !(self.scroll..self.scroll + height).contains(&row) {
            self.scroll_to(view, row.saturating_sub(height / 4));
        }
    }

    pub(super) fn unfocus(&mut self) {
        if let Some(block) = self.stop().map(|stop| stop.block) {
            self.passed.insert(block);
            if let Some(asking) = self.checks.get_mut(&block) {
                asking.blur();
            }
        }
        self.focus = None;
        self.playing = None;
        self.changes += 1;
    }

    pub(super) fn focus_on(&mut self, view: &View, index: usize) {
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

    pub(super) fn move_stop(&mut self, view: &View, by: i32) {
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

    /// A stop on the screen that is still to be opened: a question nobody has answered or passed, a picture that was not
    /// stepped to its end. Whoever reads on with Enter comes by each.
    fn waiting(&self, view: &View) -> Option<usize> {
        let shown = self.scroll..self.scroll + self.height(view);
        let now = self.stop().map(|stop| stop.block);
        self.laid.stops.iter().position(|stop| {
            let is_open = match stop.frames {
                Some(frames) => self.frame(stop.block) + 1 < frames,
                None => self.checks.get(&stop.block).is_some_and(Asking::is_open),
            };
            let is_shown = stop.rows.start < shown.end && stop.rows.end > shown.start;
            is_open && is_shown && now.is_none_or(|now| stop.block > now) && !self.passed.contains(&stop.block)
        })
    }

    pub(super) fn read_on(&mut self, cx: &mut Context) -> Next {
        if let Some(stop) = self.waiting(&cx.view) {
            self.focus_on(&cx.view, stop);
            return Next::Stay;
        }
        if self.at_end(&cx.view) {
            return self.practise(cx);
        }
        self.unfocus();
        self.page(&cx.view, 1);
        Next::Stay
    }

    pub(super) fn page(&mut self, view: &View, by: isize) {
        let page = self.height(view).saturating_sub(2).max(1) as isize;
        self.scroll_to(view, self.scroll.saturating_add_signed(page * by));
    }

    /// Which frame of a picture is shown.
    pub(super) fn frame(&self, block: u16) -> usize {
        self.frames.get(&block).copied().unwrap_or(0)
    }

    pub(super) fn step(&mut self, by: i32) {
        let Some(Stop { block, frames: Some(count), .. }) = self.stop() else { return };
        let (block, count) = (*block, *count);
        let at = self.frames.entry(block).or_default();
        *at = at.saturating_add_signed(by as isize).min(count.saturating_sub(1));
        self.changes += 1;
    }

    /// Counts reading time and writes the place down when another section is reached.
    pub(super) fn note_place(&mut self, cx: &mut Context) {
        self.read_ms += cx.view.now.at.since_ms(self.last_key).min(PAUSE_MS);
        self.last_key = cx.view.now.at;
        let block = self.top_block();
        let section = self.laid.section_of(block);
        if self.reached.map(|reached| self.laid.section_of(reached)) != Some(section) {
            self.reached = Some(block);
            cx.record(Event::Reached { lesson: self.id.clone(), block });
        }
    }

    pub(super) fn mark_read(&mut self, cx: &mut Context) {
        if !self.read {
            self.read = true;
            cx.record(Event::Read { lesson: self.id.clone(), took_ms: self.read_ms });
        }
    }

    pub(super) fn practise(&mut self, cx: &mut Context) -> Next {
        self.mark_read(cx);
        let (_, seed) = cx.chance.session(cx.view.now);
        let about = About::Lesson(self.id.clone());
        match pick::plan(cx.view.course, cx.view.learner, about, seed, cx.view.today()) {
            Some(plan) => Next::Replace(Quiz::start(cx, plan).into()),
            None => self.next_lesson(cx),
        }
    }

    pub(super) fn next_lesson(&mut self, cx: &mut Context) -> Next {
        self.mark_read(cx);
        match cx.view.course.lesson_after(&self.id).map(|lesson| lesson.id.clone()) {
            Some(id) => Next::Replace(Lesson::open(cx, &id).into()),
            None => Next::Home(None),
        }
    }

    pub(super) fn copy(&mut self, cx: &mut Context) {
        let Some(text) = self.text(&cx.view) else { return };
        let shown = self.laid.rows.iter().skip(self.scroll).take(self.height(&cx.view));
        let mut programs = shown.filter_map(|row| match text.body.0.get(usize::from(row.block)) {
            Some(Block::Code(code)) => Some(code),
            _ => None,
        });
        match programs.next_back() {
            Some(code) => {
                cx.effects.push(Effect::Copy(code.text()));
                cx.say(format!("copied {} lines", code.lines.len()));
            }
            None => cx.say("No program on this page to copy."),
        }
    }

    pub(super) fn heading(&mut self, view: &View, by: i32) {
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
    pub(super) fn enter(&self, view: &View) -> Binding<Action> {
        let next_step = match self.stop() {
            Some(Stop { frames: Some(count), block, .. }) => self.frame(*block) + 1 < *count,
            _ => false,
        };
        let waiting = self.waiting(view).and_then(|stop| self.laid.stops.get(stop));
        let (label, action) = match waiting {
            _ if next_step => ("next step", Action::Step(1)),
            Some(Stop { frames: Some(_), .. }) => ("to the picture", Action::ReadOn),
            Some(_) => ("to the question", Action::ReadOn),
            None if self.at_end(view) => ("practise this", Action::ReadOn),
            None => ("read on", Action::ReadOn),
        };
        Binding::new([keys::ENTER], "Enter", label, action).footer(0)
    }
}
