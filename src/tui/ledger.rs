//! Entries on their way to the disk: one at a time, in order, tried again until they are there.
//!
//! Recorded first, shown as accepted second: a screen hears of its entry only when it is on disk, or when the learner
//! chose to go on without saving.

use super::effect::Effect;
use super::message::{Failure, Ticket};
use crate::study::entry::Entry;
use crate::study::moment::Timestamp;
use std::collections::VecDeque;

/// After how many seconds a failed write is tried again: the first, second, third and every further time.
const RETRY_S: [i64; 4] = [1, 2, 5, 10];

/// Entries on their way to the disk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    issued: u64,
    waiting: VecDeque<Waiting>,
    sent: bool,
    trouble: Option<Trouble>,
}

#[derive(Clone, Debug, PartialEq)]
struct Waiting {
    ticket: Ticket,
    entry: Entry,
    accepted: bool,
}

/// Writing has failed and is tried again.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// Why.
    pub failure: Failure,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next.
    pub again_at: Timestamp,
    /// Whether the learner goes on without saving.
    pub going_on: bool,
}

impl Ledger {
    /// Takes an entry in. If the learner goes on without saving, it counts as accepted at once.
    pub fn record(&mut self, entry: Entry) -> (Ticket, bool) {
        self.issued += 1;
        let ticket = Ticket(self.issued);
        let accepted = self.trouble.as_ref().is_some_and(|trouble| trouble.going_on);
        self.waiting.push_back(Waiting { ticket, entry, accepted });
        (ticket, accepted)
    }

    /// The ticket that the next entry will get.
    pub fn next_ticket(&self) -> Ticket {
        Ticket(self.issued + 1)
    }

    /// Everything that was not sent yet, in order, for the moment when the program ends.
    pub fn rest(&mut self) -> Vec<Effect> {
        let under_way = usize::from(self.sent);
        self.sent = true;
        self.waiting
            .iter()
            .skip(under_way)
            .map(|waiting| Effect::Record(waiting.ticket, waiting.entry.clone()))
            .collect()
    }

    /// What to send now: the first waiting entry, unless one is under way or a retry is not due yet.
    pub fn send(&mut self, now: Timestamp) -> Option<Effect> {
        let due = self.trouble.as_ref().is_none_or(|trouble| trouble.again_at <= now);
        if self.sent || !due {
            return None;
        }
        let first = self.waiting.front()?;
        self.sent = true;
        Some(Effect::Record(first.ticket, first.entry.clone()))
    }

    /// An entry is on disk. Gives it back if it is accepted only now.
    pub fn stored(&mut self, ticket: Ticket) -> Option<Entry> {
        self.sent = false;
        self.trouble = None;
        if self.waiting.front()?.ticket != ticket {
            return None;
        }
        let first = self.waiting.pop_front()?;
        (!first.accepted).then_some(first.entry)
    }

    /// An entry could not be written. Says when to try again.
    pub fn failed(&mut self, failure: Failure, now: Timestamp) -> Timestamp {
        self.sent = false;
        let (tries, going_on) = self.trouble.as_ref().map_or((0, false), |trouble| (trouble.tries, trouble.going_on));
        let pause = RETRY_S[(tries as usize).min(RETRY_S.len() - 1)];
        let again_at = Timestamp(now.0 + pause * 1000);
        self.trouble = Some(Trouble { failure, tries: tries + 1, again_at, going_on });
        again_at
    }

    /// The learner goes on without saving: what waits counts as accepted. It is still tried again.
    pub fn go_on(&mut self) -> Vec<(Ticket, Entry)> {
        let Some(trouble) = &mut self.trouble else { return Vec::new() };
        trouble.going_on = true;
        let open = self.waiting.iter_mut().filter(|waiting| !waiting.accepted);
        open.map(|waiting| {
            waiting.accepted = true;
            (waiting.ticket, waiting.entry.clone())
        })
        .collect()
    }

    /// Why nothing is saved just now.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// How many entries are not on disk yet.
    pub fn unsaved(&self) -> usize {
        self.waiting.len()
    }

    /// Whether a screen waits for an entry of its own.
    pub fn holds_up(&self) -> bool {
        self.waiting.iter().any(|waiting| !waiting.accepted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::entry::Event;
    use crate::study::moment::Day;

    fn entry(block: u16) -> Entry {
        Entry { at: Timestamp(0), day: Day(0), event: Event::Reached { lesson: "l".into(), block } }
    }

    fn full() -> Failure {
        Failure { what: "the disk is full".into(), place: String::new() }
    }

    #[test]
    fn entries_go_out_one_at_a_time_and_in_order() {
        let mut ledger = Ledger::default();
        let (first, _) = ledger.record(entry(1));
        let (second, _) = ledger.record(entry(2));
        assert_eq!(ledger.send(Timestamp(0)), Some(Effect::Record(first, entry(1))));
        assert_eq!(ledger.send(Timestamp(0)), None);
        assert_eq!(ledger.stored(first), Some(entry(1)));
        assert_eq!(ledger.send(Timestamp(0)), Some(Effect::Record(second, entry(2))));
    }

    #[test]
    fn a_failed_write_is_tried_again_later_and_later() {
        let mut ledger = Ledger::default();
        let (ticket, _) = ledger.record(entry(1));
        let mut now = Timestamp(0);
        let mut pauses = Vec::new();
        for _ in 0..5 {
            assert!(ledger.send(now).is_some());
            let again = ledger.failed(full(), now);
            pauses.push((again.0 - now.0) / 1000);
            assert_eq!(ledger.send(Timestamp(again.0 - 1)), None);
            now = again;
        }
        assert_eq!(pauses, [1, 2, 5, 10, 10]);
        assert!(ledger.send(now).is_some());
        assert_eq!(ledger.stored(ticket), Some(entry(1)));
        assert_eq!(ledger.trouble(), None);
    }

    #[test]
    fn going_on_accepts_what_waits_and_still_writes_it() {
        let mut ledger = Ledger::default();
        let (ticket, _) = ledger.record(entry(1));
        ledger.send(Timestamp(0));
        let again = ledger.failed(full(), Timestamp(0));
        assert_eq!(ledger.go_on(), [(ticket, entry(1))]);
        let (_, accepted) = ledger.record(entry(2));
        assert!(accepted && !ledger.holds_up());
        assert_eq!(ledger.send(again), Some(Effect::Record(ticket, entry(1))));
        assert_eq!(ledger.stored(ticket), None, "it was accepted before");
        assert_eq!(ledger.unsaved(), 1);
    }
}
