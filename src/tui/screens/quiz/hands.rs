//! What reaches a session beside its keys, and what is done with a question that was answered.

use super::{Eye, Quiz, Told};
use crate::prose::plain;
use crate::question::answer::Answer;
use crate::study::entry::{Event, Mark};
use crate::study::report::{self, Asked};
use crate::tui::effect::Effect;
use crate::tui::forms::Stage;
use crate::tui::message::{Mouse, Ticket};
use crate::tui::row::Hit;
use crate::tui::screen::{Context, Input};

impl Quiz {
    pub(super) fn take(&mut self, cx: &mut Context, input: Input) {
        match input {
            Input::Typed(key) => {
                if let Some(asking) = &mut self.asking {
                    asking.typed(key);
                    self.eye = Eye::Bar;
                }
            }
            Input::Pasted(text) => {
                if let Some(asking) = &mut self.asking {
                    asking.pasted(&text);
                    self.eye = Eye::Bar;
                }
            }
            Input::Wheel(by) => self.scroll_by(&cx.view, by as isize * 3),
            Input::Pressed(mouse) => {
                if let (Some((hit, column)), Some(asking), None) = (self.hit(cx, mouse), &mut self.asking, self.back) {
                    let asked = asking.clicked(hit, column);
                    self.asked(cx, asked);
                }
            }
            Input::Dragged(mouse) => {
                if let (Some((hit, _)), Some(asking), None) = (self.hit(cx, mouse), &mut self.asking, self.back) {
                    asking.dragged(hit);
                    self.eye = Eye::Bar;
                }
            }
            Input::Released(_) => {
                if let Some(asking) = &mut self.asking {
                    asking.released();
                }
            }
            Input::Accepted(ticket) => self.accepted(cx, ticket),
            Input::Left | Input::GoTo(_) | Input::Ticked => {}
        }
    }

    /// What is at a cell, and at which column of the text.
    fn hit(&self, cx: &Context, mouse: Mouse) -> Option<(Hit, u16)> {
        let body = cx.view.column(cx.view.body());
        if mouse.row < body.y || mouse.row >= body.bottom() {
            return None;
        }
        let row = usize::from(mouse.row - body.y) + self.scroll;
        let hit = self.rows.get(row).and_then(|row| row.target)?;
        Some((hit, mouse.column.saturating_sub(body.x)))
    }

    fn accepted(&mut self, cx: &mut Context, ticket: Ticket) {
        let Some(asking) = &mut self.asking else { return };
        let Stage::Recording(waits_for, outcome) = &asking.stage else { return };
        if *waits_for != ticket {
            return;
        }
        let outcome = outcome.clone();
        asking.stage = Stage::Told(outcome.clone());
        let round = self.session.asked().map_or(0, |asked| asked.round);
        self.session.answered(outcome.grade.verdict);
        self.told.push(Told { asking: asking.clone(), round, outcome });
        self.scroll = 0;
        self.eye = Eye::Answer;
        // Whoever marked a card has seen its back: nothing is left to tell before the next one.
        let last = self.told.last().map(|told| &told.outcome.answer);
        let is_card = matches!(last, Some(Answer::Recalled(_)));
        if self.session.last_returns() {
            cx.say("Asked again in this session.");
        }
        if is_card && self.session.asked().is_some() {
            self.ask_next(cx);
        }
    }

    /// Shows the answer before the one that is shown, or before the question that is asked.
    pub(super) fn look_back(&mut self) {
        // What is being told is itself the last answer.
        let told_now = usize::from(self.asking.as_ref().is_some_and(|asking| asking.told().is_some()));
        let before = self.back.unwrap_or(self.told.len() - told_now.min(self.told.len()));
        if let Some(place) = before.checked_sub(1) {
            self.back = Some(place);
            self.scroll = 0;
            self.eye = Eye::Answer;
        }
    }

    /// Whether there is an answer to go back to.
    pub(super) fn has_earlier(&self) -> bool {
        let told_now = usize::from(self.asking.as_ref().is_some_and(|asking| asking.told().is_some()));
        self.back.unwrap_or(self.told.len().saturating_sub(told_now)) > 0
    }

    /// Marks the question on the screen, or takes its mark away.
    pub(super) fn mark(&self, cx: &mut Context) {
        let Some(id) = self.on_screen().map(|asking| asking.question.clone()) else { return };
        let mark = Mark::Question(id);
        let is_marked = cx.view.learner.marks.contains(&mark);
        cx.say(if is_marked { "mark taken away" } else { "marked; g w lists the marks" });
        cx.record(if is_marked { Event::Unmarked(mark) } else { Event::Marked(mark) });
    }

    /// Writes a report about the question on the screen.
    pub(super) fn report(&self, cx: &mut Context) {
        let Some(question) = self.question(cx.view.course) else { return };
        let outcome = self.on_screen().and_then(|asking| asking.told());
        let answer = outcome.map(|outcome| (&outcome.answer, outcome.grade.verdict, outcome.confidence));
        let session = Some((self.session.id, self.session.seed));
        let report = report::of_question(cx.view.course, Asked { question, answer, session }, cx.view.now.today);
        cx.effects.push(Effect::Report(report));
    }

    /// Copies the program of the question on the screen, or else its words.
    pub(super) fn copy(&self, cx: &mut Context) {
        let Some(question) = self.question(cx.view.course) else { return };
        match question.kind.program() {
            Some(program) => {
                cx.effects.push(Effect::Copy(program.text()));
                cx.say(format!("copied {} lines", program.lines.len()));
            }
            None => {
                cx.effects.push(Effect::Copy(plain::line(&question.prompt)));
                cx.say("copied the question");
            }
        }
    }
}
