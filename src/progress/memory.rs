//! Progress that is forgotten at the end: for tests, and for what must not be kept.

use super::snapshot::Snapshot;
use super::store::{Position, Store, StoreError};
use crate::study::entry::Entry;
use std::collections::BTreeMap;

/// A store that keeps nothing on disk.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    entries: Vec<Entry>,
    settings: BTreeMap<String, String>,
    snapshot: Option<Snapshot>,
}

impl Store for MemoryStore {
    fn append(&mut self, entries: &[Entry]) -> Result<Position, StoreError> {
        self.entries.extend_from_slice(entries);
        Ok(Position(self.entries.len() as u64))
    }

    fn since(&mut self, position: Position) -> Result<Vec<(Position, Entry)>, StoreError> {
        let seen = usize::try_from(position.0).unwrap_or(usize::MAX);
        let placed = (1..).map(Position).zip(self.entries.iter().cloned());
        Ok(placed.skip(seen).collect())
    }

    fn setting(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(self.settings.get(name).cloned())
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.settings.insert(name.to_owned(), value.to_owned());
        Ok(())
    }

    fn snapshot(&mut self) -> Result<Option<Snapshot>, StoreError> {
        Ok(self.snapshot.clone())
    }

    fn keep(&mut self, snapshot: &Snapshot) -> Result<(), StoreError> {
        self.snapshot = Some(snapshot.clone());
        Ok(())
    }
}
