//! The questions in the middle of a lesson: which one has the keys, and what becomes of an answer.

use super::Lesson;
use super::layout::Stop;
use crate::question::answer::Answer;
use crate::study::entry::{Confidence, Place};
use crate::tui::forms::draft::Hand;
use crate::tui::forms::{Ask, Asked, Asking, Stage};
use crate::tui::message::Ticket;
use crate::tui::screen::{Context, Next, View};

impl Lesson {
    /// The question that keys go to: the one in focus, else the first open one that is wholly on the screen.
    pub(super) fn check_block(&self, view: &View) -> Option<u16> {
        if let Some(Stop { block, is_check: true, .. }) = self.stop() {
            return Some(*block);
        }
        let shown = self.scroll..self.scroll + self.height(view);
        let open = |stop: &&Stop| {
            stop.is_check
                && self.checks.get(&stop.block).is_some_and(Asking::is_open)
                // Its options stand at its end: what can be seen can be answered.
                && shown.contains(&(stop.rows.end - 1))
        };
        self.laid.stops.iter().find(open).map(|stop| stop.block)
    }

    /// The question that has the keys for itself.
    pub(super) fn in_focus(&self) -> Option<&Asking> {
        let stop = self.stop().filter(|stop| stop.is_check)?;
        self.checks.get(&stop.block)
    }

    /// Does something with the question that the keys go to.
    pub(super) fn ask(&mut self, cx: &mut Context, ask: Ask) -> Next {
        // At the first and last option the arrows move the text again.
        if let Ask::Hand(Hand::Move(by)) = ask
            && self.in_focus().is_none_or(|asking| asking.is_at_edge(by))
        {
            self.scroll_to(&cx.view, self.scroll.saturating_add_signed(isize::from(by)));
            return Next::Stay;
        }
        let Some(block) = self.check_block(&cx.view) else { return Next::Stay };
        if self.stop().is_none_or(|stop| stop.block != block)
            && let Some(index) = self.laid.stops.iter().position(|stop| stop.block == block)
        {
            self.focus_on(&cx.view, index);
        }
        let Some(asking) = self.checks.get_mut(&block) else { return Next::Stay };
        let asked = asking.act(ask);
        self.follow(cx, block, asked);
        Next::Stay
    }

    /// Does what came of a key or a click on a question.
    pub(super) fn follow(&mut self, cx: &mut Context, block: u16, asked: Asked) {
        self.touch(block);
        match asked {
            Asked::Nothing => {}
            Asked::Say(text) => cx.say(text),
            Asked::Submit(answer, confidence) => self.submit(cx, block, answer, confidence),
        }
    }

    fn submit(&mut self, cx: &mut Context, block: u16, answer: Answer, confidence: Option<Confidence>) {
        let place = Place::Lesson(self.id.clone());
        if let Some(asking) = self.checks.get_mut(&block) {
            asking.submit(cx, place, answer, confidence);
        }
    }

    /// Tells what came of an answer, now that it is on disk.
    pub(super) fn accepted(&mut self, ticket: Ticket) {
        for (block, asking) in &mut self.checks {
            if let Stage::Recording(waits_for, outcome) = &asking.stage
                && *waits_for == ticket
            {
                asking.stage = Stage::Told(outcome.clone());
                self.changes += 1;
                self.worked = Some(*block);
            }
        }
    }

    /// Notes that something changed in a question.
    pub(super) fn touch(&mut self, block: u16) {
        self.changes += 1;
        self.worked = Some(block);
    }

    /// Keeps on the screen what matters of a question: its verdict once it is told; before that all of it, or its bar, or
    /// as much as there is room for behind its cursor.
    pub(super) fn show_question(&mut self, view: &View, block: u16) {
        let Some(rows) = self.laid.stops.iter().find(|stop| stop.block == block).map(|stop| stop.rows.clone()) else {
            return;
        };
        let height = self.height(view);
        let last_start = rows.end.saturating_sub(height);
        let shown = self.laid.rows.get(rows.clone()).unwrap_or_default();
        let bar = shown.iter().position(|row| row.selected || row.cursor.is_some()).map(|row| row + rows.start);
        let has_cursor = bar.is_some_and(|row| self.laid.rows[row].cursor.is_some());
        let told = self.checks.get(&block).is_some_and(|asking| asking.told().is_some());
        let scroll = match bar {
            _ if told => {
                if rows.start < self.scroll {
                    rows.start
                } else {
                    self.scroll
                }
            }
            _ if rows.len() <= height => self.scroll.max(last_start).min(rows.start),
            Some(bar) if has_cursor => last_start.min(bar),
            // The last row with the bar: a line that is wrapped has it on each.
            Some(bar) => {
                let end = shown.iter().rposition(|row| row.selected).map_or(bar, |row| row + rows.start) + 1;
                self.scroll.max(end.saturating_sub(height)).min(bar)
            }
            None => rows.start,
        };
        self.scroll = scroll.min(self.last_scroll(view));
    }
}
