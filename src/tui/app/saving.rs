//! Entries: on their way to the disk, accepted, told.

use super::App;
use crate::study::entry::{Entry, Event};
use crate::tui::effect::Effect;
use crate::tui::message::{Failure, Ticket};
use crate::tui::screen::{Input, Notice, Side};
use crate::tui::screens::home::Home;
use crate::tui::theme::Role;

impl App {
    pub(super) fn record(&mut self, entry: Entry, effects: &mut Vec<Effect>) {
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

    pub(super) fn stored(&mut self, ticket: Ticket, effects: &mut Vec<Effect>) {
        let was_in_trouble = self.ledger.trouble().is_some();
        if let Some(entry) = self.ledger.stored(ticket) {
            let answered = matches!(entry.event, Event::Answered(_));
            self.accept(ticket, &entry, effects);
            if answered {
                self.tell(Notice { text: "saved".into(), role: Role::Muted, side: Side::Right });
            }
        }
        if was_in_trouble && self.ledger.trouble().is_none() {
            let text = "Saving works again; nothing was lost.".to_owned();
            self.tell(Notice { text, role: Role::Correct, side: Side::Left });
        }
    }

    pub(super) fn failed(&mut self, failure: Failure, effects: &mut Vec<Effect>) {
        let again = self.ledger.failed(failure.clone(), self.now.at);
        effects.push(Effect::WakeAt(again));
        let seconds = (again.0 - self.now.at.0) / 1000;
        let way_out = if self.ledger.holds_up() { "c goes on without saving" } else { "you can go on" };
        let text = format!("Not saved: {}. Trying again in {seconds} s; {way_out}.", failure.what);
        self.tell(Notice { text, role: Role::Wrong, side: Side::Left });
    }

    pub(super) fn go_on_unsaved(&mut self, effects: &mut Vec<Effect>) {
        for (ticket, entry) in self.ledger.go_on() {
            self.accept(ticket, &entry, effects);
        }
        let text = "Going on. It is kept in memory and still tried again; the top line says so.".to_owned();
        self.tell(Notice { text, role: Role::Warning, side: Side::Left });
    }
}
