//! What every store can do.

use super::snapshot::Snapshot;
use crate::study::entry::Entry;
use std::path::PathBuf;

/// Where an entry stands in a log: 1 for the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(pub u64);

/// A log of entries and a few settings beside it.
pub trait Store: Send {
    /// Adds entries, all or none, and says where the last of them stands; the others stand directly before it. They are
    /// on disk when this returns.
    fn append(&mut self, entries: &[Entry]) -> Result<Position, StoreError>;
    /// The entries after a position, in order, each with its own, also those that another running copy added.
    fn since(&mut self, position: Position) -> Result<Vec<(Position, Entry)>, StoreError>;
    /// A setting, by name.
    fn setting(&mut self, name: &str) -> Result<Option<String>, StoreError>;
    /// Keeps a setting.
    fn set(&mut self, name: &str, value: &str) -> Result<(), StoreError>;
    /// The snapshot that was kept last. A store need not keep any.
    fn snapshot(&mut self) -> Result<Option<Snapshot>, StoreError> {
        Ok(None)
    }
    /// Keeps a snapshot instead of the one before.
    fn keep(&mut self, snapshot: &Snapshot) -> Result<(), StoreError> {
        let _ = snapshot;
        Ok(())
    }
}

/// Why progress could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file was written by a later version of the program.
    #[error("{} was written by a newer flaskdojo (data format {found}, this one knows up to {known})", .path.display())]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// The disk is full.
    #[error("the disk is full: cannot write {}", .path.display())]
    Full {
        /// Which file.
        path: PathBuf,
    },
    /// The file or its folder may not be written.
    #[error("may not write {}", .path.display())]
    ReadOnly {
        /// Which file.
        path: PathBuf,
    },
    /// The file is no progress file, or it is damaged.
    #[error("{} is not a progress file, or it is damaged: {why}", .path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What the database said.
        why: String,
    },
    /// Another copy held the file for longer than we wait.
    #[error("another running flaskdojo keeps {} busy", .path.display())]
    Busy {
        /// Which file.
        path: PathBuf,
    },
    /// There is no folder to keep progress in.
    #[error("there is no folder for progress here: name one with --data DIR")]
    Nowhere,
    /// Anything else.
    #[error("cannot use {}: {why}", .path.display())]
    Other {
        /// Which file.
        path: PathBuf,
        /// What was said.
        why: String,
    },
}
