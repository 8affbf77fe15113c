//! What reaches a lesson beside its keys: text, clicks, the wheel, moments, answers of the disk.

use super::find::Find;
use super::{Lesson, layout};
use crate::study::entry::{Event, Mark};
use crate::study::moment::Timestamp;
use crate::study::report::{self, Asked};
use crate::tui::effect::Effect;
use crate::tui::forms::Asking;
use crate::tui::message::{Key, Mouse};
use crate::tui::row::Hit;
use crate::tui::screen::{Context, Input, Next, View};

/// How long a picture that plays shows each frame, in milliseconds.
const FRAME_MS: i64 = 1500;

impl Lesson {
    pub(super) fn take(&mut self, cx: &mut Context, input: Input) -> Next {
        match input {
            Input::Typed(key) => self.typed(cx, key),
            Input::Pasted(text) => match self.find.as_mut().filter(|find| find.typing()) {
                Some(find) => text.lines().next().unwrap_or("").chars().for_each(|c| find.typed(Key::char(c))),
                None => {
                    if let Some(block) = self.check_block(&cx.view)
                        && let Some(asking) = self.checks.get_mut(&block)
                    {
                        asking.pasted(&text);
                        self.touch(block);
                    }
                }
            },
            Input::Wheel(by) => {
                self.scroll_to(&cx.view, self.scroll.saturating_add_signed(by as isize * 3));
                self.note_place(cx);
            }
            Input::Pressed(mouse) => self.clicked(cx, mouse),
            Input::Dragged(mouse) => {
                if let Some((hit, _)) = self.hit(cx, mouse)
                    && let Some(block) = self.in_focus_block()
                    && let Some(asking) = self.checks.get_mut(&block)
                {
                    asking.dragged(hit);
                    self.touch(block);
                }
            }
            Input::Released(_) => {
                if let Some(block) = self.in_focus_block()
                    && let Some(asking) = self.checks.get_mut(&block)
                {
                    asking.released();
                    self.touch(block);
                }
            }
            Input::Ticked => self.play_on(cx),
            Input::Accepted(ticket) => self.accepted(ticket),
            Input::GoTo(block) => {
                self.unfocus();
                self.anchor = Some((block, 0));
            }
            Input::Left => {
                let block = self.top_block();
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

    fn typed(&mut self, cx: &mut Context, key: Key) {
        if let Some(find) = self.find.as_mut().filter(|find| find.typing()) {
            find.typed(key);
            find.look(&self.laid.rows);
            let row = find.row().unwrap_or(find.from);
            self.show_row(&cx.view, row);
        } else if let Some(block) = self.check_block(&cx.view)
            && let Some(asking) = self.checks.get_mut(&block)
        {
            asking.typed(key);
            self.touch(block);
        }
    }

    /// What is at a cell, and at which column of the text.
    fn hit(&self, cx: &Context, mouse: Mouse) -> Option<(Hit, u16)> {
        let body = layout::text_area(&cx.view);
        if mouse.row < body.y || mouse.row >= body.bottom() {
            return None;
        }
        let row = usize::from(mouse.row - body.y) + self.scroll;
        let hit = self.laid.rows.get(row).and_then(|row| row.target)?;
        Some((hit, mouse.column.saturating_sub(body.x)))
    }

    /// The block of the question that has the keys for itself.
    fn in_focus_block(&self) -> Option<u16> {
        self.stop().filter(|stop| stop.is_check).map(|stop| stop.block)
    }

    fn clicked(&mut self, cx: &mut Context, mouse: Mouse) {
        let Some((hit, column)) = self.hit(cx, mouse) else { return };
        let (Hit::Option { block, .. } | Hit::Ends { block, .. } | Hit::Field(block) | Hit::Steps(block)) = hit else {
            return;
        };
        if let Some(index) = self.laid.stops.iter().position(|stop| stop.block == block) {
            self.focus_on(&cx.view, index);
        }
        self.fresh = false;
        if matches!(hit, Hit::Steps(_)) {
            self.step(1);
        } else if let Some(asking) = self.checks.get_mut(&block) {
            let asked = asking.clicked(hit, column);
            self.follow(cx, block, asked);
        }
    }

    /// Lets the picture in focus play, or stops it.
    pub(super) fn play(&mut self, cx: &mut Context) {
        if self.playing.take().is_some() {
            return;
        }
        let Some(block) = self.stop().map(|stop| stop.block) else { return };
        let frames = self.stop().and_then(|stop| stop.frames).unwrap_or(1);
        if self.frame(block) + 1 >= frames {
            self.step(i32::MIN / 2);
        }
        self.wake(cx);
    }

    fn wake(&mut self, cx: &mut Context) {
        let next = Timestamp(cx.view.now.at.0 + FRAME_MS);
        self.playing = Some(next);
        cx.effects.push(Effect::WakeAt(next));
    }

    fn play_on(&mut self, cx: &mut Context) {
        if self.playing.is_none_or(|next| cx.view.now.at < next) {
            return;
        }
        self.playing = None;
        self.step(1);
        let Some(stop) = self.stop() else { return };
        if stop.frames.is_some_and(|frames| self.frame(stop.block) + 1 < frames) {
            self.wake(cx);
        }
    }

    /// Marks the section at the top of the screen, or takes its mark away.
    pub(super) fn mark(&mut self, cx: &mut Context) {
        let heading = self.laid.headings.iter().rfind(|heading| heading.block <= self.top_block());
        let section = heading.map_or(String::new(), |heading| heading.title.clone());
        let mark = Mark::Section { lesson: self.id.clone(), section };
        let event = match cx.view.learner.marks.contains(&mark) {
            true => Event::Unmarked(mark),
            false => Event::Marked(mark),
        };
        cx.say(if matches!(event, Event::Marked(_)) { "marked; o lists the marks" } else { "mark taken away" });
        cx.record(event);
        self.changes += 1;
    }

    /// Writes a report about the question in focus, else about the section at the top of the screen.
    pub(super) fn report(&self, cx: &mut Context) {
        let today = cx.view.now.today;
        let asked = self.in_focus().and_then(|asking| Some((asking, cx.view.course.question(&asking.question)?)));
        let report = match asked {
            Some((asking, question)) => {
                let told = asking.told();
                let answer = told.map(|outcome| (&outcome.answer, outcome.grade.verdict, outcome.confidence));
                report::of_question(cx.view.course, Asked { question, answer, session: None }, today)
            }
            None => {
                let heading = self.laid.headings.iter().rfind(|heading| heading.block <= self.top_block());
                let section = heading.map_or("", |heading| heading.title.as_str());
                report::of_lesson(cx.view.course, &self.id, section, today)
            }
        };
        cx.effects.push(Effect::Report(report));
    }

    /// Begins to look for a text on this page, or types again.
    pub(super) fn begin_find(&mut self) {
        let mut find = self.find.take().unwrap_or_else(|| Find::begin(self.scroll));
        find.enter();
        self.find = Some(find);
    }

    /// Goes to the next or the last place found.
    pub(super) fn found(&mut self, cx: &mut Context, by: i64) {
        let Some(find) = &mut self.find else { return };
        find.go(by);
        if let Some(row) = find.row() {
            self.show_row(&cx.view, row);
        }
    }

    /// Ends typing what is looked for.
    pub(super) fn accept_find(&mut self, cx: &mut Context) {
        let Some(find) = &mut self.find else { return };
        find.accept();
        find.look(&self.laid.rows);
        if let Some(row) = find.row() {
            self.show_row(&cx.view, row);
        }
    }

    /// Looks through a new layout. What was found elsewhere is shown for the first time.
    pub(super) fn look_again(&mut self, view: &View) {
        let Some(find) = &mut self.find else { return };
        let is_new = find.is_new();
        if is_new {
            find.from = self.scroll;
        }
        find.look(&self.laid.rows);
        if let Some(row) = find.row().filter(|_| is_new) {
            self.show_row(view, row);
        }
    }

    /// Nothing is looked for any more; while it was still typed, the page stands where it stood.
    pub(super) fn end_find(&mut self, cx: &mut Context) {
        if let Some(find) = self.find.take().filter(Find::typing) {
            self.scroll_to(&cx.view, find.from);
        }
    }

    /// The question that has the keys, if somebody has it under their hands already.
    pub(super) fn at_work(&self) -> Option<&Asking> {
        self.in_focus().filter(|asking| asking.is_open() && !self.fresh)
    }
}
