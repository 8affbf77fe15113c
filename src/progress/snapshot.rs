//! What was derived from the log, kept so that a start need not read all of it again. It is never the truth: whatever doesn't
//! fit, such as a merge that brought older entries, makes it worthless, and all of the log is folded anew.

use super::order;
use super::store::{Position, Store, StoreError};
use crate::study::entry::Entry;
use crate::study::entry::Event;
use crate::study::learner::Learner;
use crate::study::moment::Timestamp;
use crate::study::names::Names;

/// A learner as of a position in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The last entry that is in it.
    pub position: Position,
    /// The latest moment of all entries in it.
    pub latest: Timestamp,
    /// Changes with the entry at that position, with the names of things and with the program.
    pub print: u64,
    /// The learner, packed.
    pub bytes: Vec<u8>,
}

/// A learner, and how much of the log is in it.
#[derive(Debug)]
pub struct Loaded {
    /// The learner.
    pub learner: Learner,
    /// The last entry.
    pub seen: Position,
    /// A snapshot worth keeping: much is new since the last one.
    pub fresh: Option<Snapshot>,
}

/// How many new entries are worth a new snapshot.
pub const WORTH: usize = 200;

/// The layout of packed learners: another number whenever one of their types changes.
const LAYOUT: u32 = 3;

/// Folds the log of a store, from its snapshot on if that can be used.
pub fn load(store: &mut dyn Store, names: &Names) -> Result<Loaded, StoreError> {
    if let Some(snapshot) = store.snapshot()?
        && let Some(loaded) = resume(store, &snapshot, names)?
    {
        return Ok(loaded);
    }
    let mut log = store.since(Position(0))?;
    let seen = log.last().map_or(Position(0), |(position, _)| *position);
    let last = log.last().map(|(_, entry)| entry.clone());
    let count = log.len();
    order::arrange(&mut log);
    let learner = Learner::with(names.clone(), log.iter().map(|(_, entry)| entry));
    let latest = log.last().map_or(Timestamp(0), |(_, entry)| entry.at);
    let fresh = last.filter(|_| count >= WORTH).and_then(|last| pack(&learner, seen, latest, &last, names));
    Ok(Loaded { learner, seen, fresh })
}

/// The learner of a snapshot with all that came after; `None` when it cannot be used.
fn resume(store: &mut dyn Store, snapshot: &Snapshot, names: &Names) -> Result<Option<Loaded>, StoreError> {
    let Some(before) = snapshot.position.0.checked_sub(1) else { return Ok(None) };
    let mut log = store.since(Position(before))?;
    if log
        .first()
        .is_none_or(|(position, entry)| *position != snapshot.position || print(entry, names) != snapshot.print)
    {
        return Ok(None);
    }
    let (position, mut last) = log.remove(0);
    let seen = log.last().map_or(position, |(position, _)| *position);
    if let Some((_, entry)) = log.last() {
        last = entry.clone();
    }
    let count = log.len();
    order::arrange(&mut log);
    let is_late = log.first().is_some_and(|(_, entry)| entry.at <= snapshot.latest);
    let is_tuned = log.iter().any(|(_, entry)| matches!(entry.event, Event::Tuned { .. }));
    let Ok(learner) = postcard::from_bytes::<Learner>(&snapshot.bytes) else { return Ok(None) };
    if is_late || is_tuned {
        return Ok(None);
    }
    let mut learner = learner.unpacked(names.clone());
    log.iter().for_each(|(_, entry)| learner.apply(entry));
    let latest = log.last().map_or(snapshot.latest, |(_, entry)| entry.at);
    let fresh = if count >= WORTH { pack(&learner, seen, latest, &last, names) } else { None };
    Ok(Some(Loaded { learner, seen, fresh }))
}

fn pack(learner: &Learner, position: Position, latest: Timestamp, last: &Entry, names: &Names) -> Option<Snapshot> {
    let bytes = postcard::to_stdvec(learner).ok()?;
    Some(Snapshot { position, latest, print: print(last, names), bytes })
}

/// FNV-1a over all that a snapshot depends on.
fn print(last: &Entry, names: &Names) -> u64 {
    let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
    let mut add = |bytes: &[u8]| {
        for byte in bytes.iter().chain(&[0xFF]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    add(&LAYOUT.to_le_bytes());
    add(&last.at.0.to_le_bytes());
    add(&last.day.0.to_le_bytes());
    add(serde_json::to_string(&last.event).unwrap_or_default().as_bytes());
    for (was, is) in names.pairs() {
        add(was.as_bytes());
        add(is.as_bytes());
    }
    hash
}
