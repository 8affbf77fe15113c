//! The order in which a log is folded, and what makes two entries the same.
//!
//! A log that was written on one machine is in order already. After a merge it is sorted by what the entries say, so that any
//! order of merges, and any repetition, is folded alike.

use crate::study::entry::{Entry, Event};
use sha2::{Digest, Sha256};
use std::cmp::Ordering;

/// What an entry is, whatever stands around it: 128 bits of a hash of all it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity(u128);

impl Identity {
    /// Of an entry.
    pub fn of(entry: &Entry) -> Identity {
        let mut hash = Sha256::new();
        hash.update(entry.at.0.to_le_bytes());
        hash.update(entry.day.0.to_le_bytes());
        hash.update(text(entry).as_bytes());
        let bytes: [u8; 32] = hash.finalize().into();
        let mut half = [0; 16];
        half.copy_from_slice(&bytes[..16]);
        Identity(u128::from_le_bytes(half))
    }
}

/// Brings entries into the order of folding, each once.
pub fn arrange<T>(log: &mut Vec<(T, Entry)>) {
    if !log.windows(2).all(|pair| compare(&pair[0].1, &pair[1].1) == Ordering::Less) {
        log.sort_by(|a, b| compare(&a.1, &b.1));
        log.dedup_by(|a, b| a.1 == b.1);
    }
}

/// Earlier ones first; at the same moment what begins something before what ends it; then by what they say.
pub fn compare(a: &Entry, b: &Entry) -> Ordering {
    let place = |entry: &Entry| (entry.at, rank(&entry.event), entry.day);
    place(a).cmp(&place(b)).then_with(|| text(a).cmp(&text(b)))
}

fn rank(event: &Event) -> u8 {
    match event {
        Event::Started { .. } => 0,
        Event::Reached { .. } => 1,
        Event::Drafted { .. } | Event::Rated { .. } => 2,
        Event::Answered(_) => 3,
        Event::Graded { .. } => 4,
        Event::Undone { .. } => 5,
        Event::Read { .. } => 6,
        Event::Marked(_) => 7,
        Event::Unmarked(_) => 8,
        Event::Goal { .. } => 9,
        Event::Away { .. } => 10,
        Event::Tuned { .. } => 11,
        Event::Placed { .. } => 12,
        Event::Finished { .. } => 13,
    }
}

/// The event as it is stored.
fn text(entry: &Entry) -> String {
    // All keys are texts and no number is infinite, so that JSON can hold every event.
    serde_json::to_string(&entry.event).unwrap_or_default()
}
