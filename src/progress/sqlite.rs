//! Progress in an SQLite file.

use super::folder;
use super::migrate;
use super::snapshot::Snapshot;
use super::store::{Position, Store, StoreError};
use crate::study::entry::{Entry, Event};
use crate::study::moment::{Day, Timestamp};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Row, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file's name in the data folder.
pub const FILE: &str = "progress.db";

/// How long a write waits for another running copy.
const PATIENCE: Duration = Duration::from_secs(5);

/// The log of one course in a file that may hold those of others.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    path: PathBuf,
    course: Box<str>,
}

impl SqliteStore {
    /// Opens the file in a folder, for the course with this id; makes folder and file where they are missing, and brings
    /// an older file up to date after a backup copy.
    pub fn open(folder: &Path, course: &str) -> Result<SqliteStore, StoreError> {
        folder::make(folder)?;
        let path = folder.join(FILE);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(&path, flags).and_then(|connection| {
            connection.busy_timeout(PATIENCE)?;
            // 256 kB of pages are plenty for a log; durable when a commit returns, also after a power cut.
            connection.execute_batch("PRAGMA cache_size = -256; PRAGMA synchronous = FULL;")?;
            journal(&connection, folder)?;
            Ok(connection)
        });
        let mut connection = opened.map_err(|error| told(&path, &error))?;
        migrate::bring_up_to_date(&mut connection, &path)?;
        if connection.is_readonly("main").map_err(|error| told(&path, &error))? {
            return Err(StoreError::ReadOnly { path });
        }
        Ok(SqliteStore { connection, path, course: course.into() })
    }

    /// What the file in a folder that may not be written holds for a course, in order. Changes that a running copy has
    /// not yet moved into the main file are not seen.
    pub fn look(folder: &Path, course: &str) -> Result<Vec<(Position, Entry)>, StoreError> {
        let path = folder.join(FILE);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        // `immutable` because even reading makes files beside one that is in WAL mode.
        let address = format!("file:{}?immutable=1", escaped(&path));
        let connection = Connection::open_with_flags(address, flags).map_err(|error| told(&path, &error))?;
        entries_since(&connection, &path, course, Position(0))
    }
}

impl Store for SqliteStore {
    fn append(&mut self, entries: &[Entry]) -> Result<Position, StoreError> {
        let path = &self.path;
        let events = entries.iter().map(|entry| serde_json::to_string(&entry.event)).collect::<Result<Vec<_>, _>>();
        let events = events.map_err(|error| StoreError::Other { path: path.clone(), why: error.to_string() })?;
        let course = &self.course;
        let mut write = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            {
                let mut insert =
                    transaction.prepare_cached("INSERT INTO entry(course, at, day, event) VALUES (?1, ?2, ?3, ?4)")?;
                for (entry, event) in entries.iter().zip(&events) {
                    insert.execute(params![course, entry.at.0, entry.day.0, event])?;
                }
            }
            let last =
                transaction.prepare_cached("SELECT coalesce(max(position), 0) FROM entry")?.query_row([], position)?;
            transaction.commit()?;
            Ok(last)
        };
        write().map_err(|error| told(path, &error))
    }

    fn since(&mut self, position: Position) -> Result<Vec<(Position, Entry)>, StoreError> {
        entries_since(&self.connection, &self.path, &self.course, position)
    }

    fn setting(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        let query = self.connection.prepare_cached("SELECT value FROM setting WHERE name = ?1");
        let found = query.and_then(|mut query| query.query_row([name], |row| row.get(0)).optional());
        found.map_err(|error| told(&self.path, &error))
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        let mut write = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction
                .prepare_cached("INSERT INTO setting VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value")?
                .execute([name, value])?;
            transaction.commit()
        };
        write().map_err(|error| told(&self.path, &error))
    }

    fn snapshot(&mut self) -> Result<Option<Snapshot>, StoreError> {
        let query = "SELECT position, latest, print, bytes FROM snapshot WHERE course = ?1";
        let query = self.connection.prepare_cached(query);
        let found = query.and_then(|mut query| {
            let snapshot = |row: &Row<'_>| {
                let print: i64 = row.get(2)?;
                Ok(Snapshot {
                    position: position(row)?,
                    latest: Timestamp(row.get(1)?),
                    print: u64::from_le_bytes(print.to_le_bytes()),
                    bytes: row.get(3)?,
                })
            };
            query.query_row([&self.course], snapshot).optional()
        });
        found.map_err(|error| told(&self.path, &error))
    }

    fn keep(&mut self, snapshot: &Snapshot) -> Result<(), StoreError> {
        let course = &self.course;
        let mut write = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.prepare_cached("INSERT OR REPLACE INTO snapshot VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(
                params![course, signed(snapshot.position.0), snapshot.latest.0, signed(snapshot.print), snapshot.bytes],
            )?;
            transaction.commit()
        };
        write().map_err(|error| told(&self.path, &error))
    }
}

/// A number as SQLite keeps it, with the same bits.
fn signed(number: u64) -> i64 {
    i64::from_le_bytes(number.to_le_bytes())
}

/// What an error of SQLite means for progress kept at `path`.
pub(super) fn told(path: &Path, error: &rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full { path },
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            StoreError::ReadOnly { path }
        }
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            StoreError::Damaged { path, why: error.to_string() }
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy { path },
        // The memory that running copies share is a file, too: it cannot grow on a full disk.
        _ if error.sqlite_error().is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE) => {
            StoreError::Full { path }
        }
        _ => StoreError::Other { path, why: error.to_string() },
    }
}

/// Sets how SQLite makes writes durable: by a write-ahead log, which is quickest, where the file system can do it.
fn journal(connection: &Connection, folder: &Path) -> rusqlite::Result<()> {
    let wanted = if folder::on_network(folder) { "delete" } else { "wal" };
    let now: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if now == wanted {
        return Ok(());
    }
    // The answer is the mode that is in force now. Both are safe, so whatever it says is fine.
    match connection.pragma_update_and_check(None, "journal_mode", wanted, |_| Ok(())) {
        // Another copy is making the file right now, and switches it itself.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(()),
        other => other,
    }
}

fn entries_since(
    connection: &Connection,
    path: &Path,
    course: &str,
    after: Position,
) -> Result<Vec<(Position, Entry)>, StoreError> {
    let query = "SELECT position, at, day, event FROM entry WHERE position > ?1 AND course = ?2 ORDER BY position";
    let after = i64::try_from(after.0).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    let mut read = || {
        let mut query = connection.prepare_cached(query)?;
        let mut rows = query.query(params![after, course])?;
        while let Some(row) = rows.next()? {
            let text = row.get_ref(3)?.as_str()?;
            let event = match serde_json::from_str::<Event>(text) {
                Ok(event) => event,
                Err(error) => return Ok(Some((position(row)?, error))),
            };
            found.push((position(row)?, Entry { at: Timestamp(row.get(1)?), day: Day(row.get(2)?), event }));
        }
        Ok(None)
    };
    match read().map_err(|error| told(path, &error))? {
        None => Ok(found),
        Some((position, error)) => {
            let why = format!("entry {} makes no sense: {error}", position.0);
            Err(StoreError::Damaged { path: path.to_owned(), why })
        }
    }
}

fn position(row: &Row<'_>) -> rusqlite::Result<Position> {
    let number: i64 = row.get(0)?;
    Ok(Position(u64::try_from(number).unwrap_or(0)))
}

/// A path as SQLite's addresses want it.
fn escaped(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::LessonId;

    fn entry(text: &str) -> Entry {
        let event = Event::Reached { lesson: LessonId::from(text), block: 0 };
        Entry { at: Timestamp(1), day: Day(1), event }
    }

    #[test]
    fn a_full_disk_is_told_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::open(folder.path(), "tiny").unwrap();
        store.append(&[entry("kept")]).unwrap();
        // SQLite answers a limit on pages exactly as it answers a disk without room.
        let pages: i64 = store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        let limit = |store: &SqliteStore, pages: i64| {
            store.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
        };
        limit(&store, pages);
        let large = entry(&"x".repeat(100_000));
        let refused = store.append(std::slice::from_ref(&large)).unwrap_err();
        assert!(matches!(&refused, StoreError::Full { path } if path.ends_with(FILE)), "{refused:?}");
        limit(&store, 1_000_000);
        store.append(std::slice::from_ref(&large)).unwrap();
        let found: Vec<Entry> = store.since(Position(0)).unwrap().into_iter().map(|(_, entry)| entry).collect();
        assert_eq!(found, [entry("kept"), large]);
    }

    #[test]
    fn errors_of_sqlite_are_told_in_our_words() {
        let kind = |code| {
            let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
            let error = format!("{:?}", told(Path::new("p"), &error));
            error.split(' ').next().unwrap_or_default().to_owned()
        };
        use rusqlite::ffi;
        let codes = [
            (ffi::SQLITE_FULL, "Full"),
            (ffi::SQLITE_IOERR_SHMSIZE, "Full"),
            (ffi::SQLITE_READONLY, "ReadOnly"),
            (ffi::SQLITE_READONLY_DIRECTORY, "ReadOnly"),
            (ffi::SQLITE_CANTOPEN, "ReadOnly"),
            (ffi::SQLITE_PERM, "ReadOnly"),
            (ffi::SQLITE_NOTADB, "Damaged"),
            (ffi::SQLITE_CORRUPT, "Damaged"),
            (ffi::SQLITE_BUSY, "Busy"),
            (ffi::SQLITE_BUSY_SNAPSHOT, "Busy"),
            (ffi::SQLITE_IOERR_WRITE, "Other"),
        ];
        for (code, name) in codes {
            assert_eq!(kind(code), name, "{code}");
        }
    }
}
