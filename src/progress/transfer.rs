//! Progress on its way to another machine: written as lines of JSON, read from them or from another progress file, merged.

use super::folder;
use super::order::Identity;
use super::sqlite::{FILE, SqliteStore};
use super::store::{Position, Store, StoreError};
use crate::study::entry::Entry;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

/// The first line of an exported log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    /// Always `progress`.
    flaskdojo: String,
    /// [`FORMAT`].
    format: u32,
    /// Of which course.
    course: String,
}

/// The format of exported logs that this program writes.
pub const FORMAT: u32 = 1;

/// Why a file could not be taken in.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// It cannot be read.
    #[error("cannot read {path}: {error}")]
    Read {
        /// Which file.
        path: String,
        /// What the system said.
        error: io::Error,
    },
    /// It cannot be written.
    #[error("cannot write {path}: {error}")]
    Write {
        /// Which file.
        path: String,
        /// What the system said.
        error: io::Error,
    },
    /// It is something else.
    #[error("{path} is neither an exported log nor a progress file")]
    Foreign {
        /// Which file.
        path: String,
    },
    /// It was written by a later version.
    #[error("{path} was written by a newer flaskdojo (format {format}, this one knows up to {FORMAT})")]
    Newer {
        /// Which file.
        path: String,
        /// Its format.
        format: u32,
    },
    /// It is about another course.
    #[error("{path} holds progress of the course “{found}”, not of “{wanted}”")]
    OtherCourse {
        /// Which file.
        path: String,
        /// Its course.
        found: String,
        /// The one that is open.
        wanted: String,
    },
    /// One of its lines makes no sense: nothing was taken in.
    #[error("{path}, line {line}: {why}; nothing was taken in")]
    Line {
        /// Which file.
        path: String,
        /// From 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a merge brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Entries that were not there before.
    pub added: usize,
    /// Entries that were.
    pub known: usize,
}

/// Writes a log: a line that says what it is, then one line an entry.
pub fn export(course: &str, log: &[(Position, Entry)], out: &mut dyn Write) -> io::Result<()> {
    let header = Header { flaskdojo: "progress".to_owned(), format: FORMAT, course: course.to_owned() };
    serde_json::to_writer(&mut *out, &header)?;
    writeln!(out)?;
    for (_, entry) in log {
        serde_json::to_writer(&mut *out, entry)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Takes in the entries of a file, an exported log or another progress file, that are not there yet: all or none.
pub fn import(store: &mut dyn Store, course: &str, path: &Path) -> Result<Merged, TransferError> {
    let entries = read(course, path)?;
    Ok(merge(store, entries)?)
}

/// Adds the entries that are not there yet. In whatever order and however often logs are merged, each entry is there once.
pub fn merge(store: &mut dyn Store, entries: Vec<Entry>) -> Result<Merged, StoreError> {
    let mut seen: HashSet<Identity> = store.since(Position(0))?.iter().map(|(_, entry)| Identity::of(entry)).collect();
    let all = entries.len();
    let new: Vec<Entry> = entries.into_iter().filter(|entry| seen.insert(Identity::of(entry))).collect();
    if !new.is_empty() {
        store.append(&new)?;
    }
    Ok(Merged { added: new.len(), known: all - new.len() })
}

/// What SQLite writes at the head of its files.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// The entries of an exported log or of another progress file.
pub fn read(course: &str, path: &Path) -> Result<Vec<Entry>, TransferError> {
    let name = path.display().to_string();
    let broken = |error| TransferError::Read { path: name.clone(), error };
    let mut lines = BufReader::new(fs::File::open(path).map_err(broken)?);
    if lines.fill_buf().map_err(broken)?.starts_with(MAGIC) {
        return database(course, path);
    }
    let mut texts = lines.lines();
    let first = texts.next().transpose().map_err(broken)?.unwrap_or_default();
    let header: Header = serde_json::from_str(&first).map_err(|_| TransferError::Foreign { path: name.clone() })?;
    if header.flaskdojo != "progress" {
        return Err(TransferError::Foreign { path: name });
    }
    if header.format > FORMAT {
        return Err(TransferError::Newer { path: name, format: header.format });
    }
    if header.course != course {
        return Err(TransferError::OtherCourse { path: name, found: header.course, wanted: course.to_owned() });
    }
    let mut entries = Vec::new();
    for (at, text) in texts.enumerate() {
        let text = text.map_err(broken)?;
        if text.trim().is_empty() {
            continue;
        }
        let entry = serde_json::from_str(&text);
        entries.push(entry.map_err(|error| TransferError::Line {
            path: name.clone(),
            line: at + 2,
            why: error.to_string(),
        })?);
    }
    Ok(entries)
}

/// The entries of another progress file. It is copied first: looking must not change it, and it may be of an older format.
fn database(course: &str, path: &Path) -> Result<Vec<Entry>, TransferError> {
    let scratch = copied(path)?;
    let mut store = SqliteStore::open(scratch.path(), course)?;
    Ok(store.since(Position(0))?.into_iter().map(|(_, entry)| entry).collect())
}

/// A folder with a copy of a progress file, and of what is not yet moved into it.
pub(super) fn copied(path: &Path) -> Result<tempfile::TempDir, StoreError> {
    let refused = |error: &io::Error| folder::refused(path, error);
    let scratch = tempfile::tempdir().map_err(|error| refused(&error))?;
    fs::copy(path, scratch.path().join(FILE)).map_err(|error| refused(&error))?;
    let log = beside(path, "-wal");
    if log.exists() {
        fs::copy(&log, scratch.path().join(format!("{FILE}-wal"))).map_err(|error| refused(&error))?;
    }
    Ok(scratch)
}

fn beside(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
