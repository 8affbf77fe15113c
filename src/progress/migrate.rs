//! Data formats of the progress file: how each is made from the one before.
//!
//! | format | tables |
//! | --- | --- |
//! | 0 | before the first release: `log(id, course, entry)`, the whole entry as JSON, no application id |
//! | 1 | `entry(position, course, at, day, event)`, `setting(name, value)` |
//! | 2 | these, and `snapshot(course, position, latest, print, bytes)`: what was derived, which may be deleted at any time |
//!
//! A released format never changes: a new layout is one more step at the end of [`STEPS`], and a file of the format
//! before it in `tests/stores/`.

use super::folder;
use super::sqlite::told;
use super::store::StoreError;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::fs::File;
use std::path::{Path, PathBuf};

/// What SQLite keeps at the head of the file to tell whose it is: `FDJO`.
pub const APPLICATION: i32 = 0x4644_4A4F;

/// The data format that this program writes.
pub const FORMAT: u32 = STEPS.len() as u32;

/// Turns one format into the next: `STEPS[0]` makes format 1 of format 0.
type Step = fn(&Transaction<'_>) -> rusqlite::Result<()>;

const STEPS: [Step; 2] = [one, two];

/// The tables of format 1.
const TABLES_1: &str = "
    CREATE TABLE entry(
        position INTEGER PRIMARY KEY,
        course TEXT NOT NULL,
        at INTEGER NOT NULL,
        day INTEGER NOT NULL,
        event TEXT NOT NULL
    ) STRICT;
    CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
";

/// What format 2 adds; a new file gets both.
const TABLES_2: &str = "
    CREATE TABLE snapshot(
        course TEXT PRIMARY KEY,
        position INTEGER NOT NULL,
        latest INTEGER NOT NULL,
        print INTEGER NOT NULL,
        bytes BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
";

/// Brings the file at `path` to the newest format: makes the tables in an empty one, migrates an older one after a backup
/// copy beside it, and refuses a newer or foreign one. In one transaction, so that it happens wholly or not at all.
pub fn bring_up_to_date(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    if state(connection, path)? == State::Current {
        return Ok(());
    }
    let told = |error| told(path, &error);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(told)?;
    // Now that no other copy can write, look again: it may have done the work in between.
    match state(&transaction, path)? {
        State::Current => return Ok(()),
        State::Empty => {
            transaction.execute_batch(TABLES_1).and_then(|()| transaction.execute_batch(TABLES_2)).map_err(told)?;
        }
        State::Older(found) => {
            back_up(path, &backup_of(path, FORMAT))?;
            for step in &STEPS[found as usize..] {
                step(&transaction).map_err(told)?;
            }
        }
    }
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(told)?;
    transaction.pragma_update(None, "user_version", FORMAT).map_err(told)?;
    transaction.commit().map_err(told)
}

/// Where the copy lies that is made of the file at `path` before it becomes `format`.
pub fn backup_of(path: &Path, format: u32) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-v{format}"));
    name.into()
}

#[derive(PartialEq)]
enum State {
    Empty,
    Older(u32),
    Current,
}

fn state(connection: &Connection, path: &Path) -> Result<State, StoreError> {
    let number =
        |pragma| connection.pragma_query_value(None, pragma, |row| row.get(0)).map_err(|error| told(path, &error));
    let (application, format): (i32, i32) = (number("application_id")?, number("user_version")?);
    let foreign = || StoreError::Damaged { path: path.to_owned(), why: "another program made it".to_owned() };
    match (application, u32::try_from(format).map_err(|_| foreign())?) {
        (APPLICATION, FORMAT) => Ok(State::Current),
        (APPLICATION, found @ FORMAT..) => Err(StoreError::Newer { path: path.to_owned(), found, known: FORMAT }),
        (APPLICATION, found) => Ok(State::Older(found)),
        (0, 0) => {
            let tables = "SELECT count(*), count(*) FILTER (WHERE name = 'log') FROM sqlite_schema";
            let (all, logs): (u32, u32) = connection
                .query_row(tables, [], |row| Ok((row.get(0)?, row.get(1)?)))
                .map_err(|error| told(path, &error))?;
            match (all, logs) {
                (0, _) => Ok(State::Empty),
                (_, 1) => Ok(State::Older(0)),
                _ => Err(foreign()),
            }
        }
        _ => Err(foreign()),
    }
}

/// Copies the file at `path` as its last transaction left it, whatever is in the write-ahead log, durably and under its
/// name only when it is whole.
pub(super) fn back_up(path: &Path, copy: &Path) -> Result<(), StoreError> {
    let told = |error| told(copy, &error);
    let broken = |error: &std::io::Error| folder::refused(copy, error);
    let place = path.parent().unwrap_or(Path::new("."));
    let scratch = tempfile::Builder::new().prefix(".backup").tempdir_in(place).map_err(|error| broken(&error))?;
    let draft = scratch.path().join("copy");
    let Some(draft_text) = draft.to_str() else {
        return Err(StoreError::Other { path: copy.to_owned(), why: "its name is not UTF-8".to_owned() });
    };
    // A second connection: the first is inside the transaction that keeps other writers away.
    let reader = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(told)?;
    reader.execute("VACUUM INTO ?1", [draft_text]).map_err(told)?;
    let synced = File::options().write(true).open(&draft).and_then(|file| file.sync_all());
    synced.and_then(|()| std::fs::rename(&draft, copy)).map_err(|error| broken(&error))?;
    // The name must last, too. Where a folder cannot be synced, as on Windows, renaming is durable by itself.
    let _ = File::open(place).and_then(|folder| folder.sync_all());
    Ok(())
}

fn one(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(TABLES_1)?;
    transaction.execute_batch(
        "INSERT INTO entry(position, course, at, day, event)
             SELECT id, course, entry ->> 'at', entry ->> 'day', entry -> 'event' FROM log ORDER BY id;
         DROP TABLE log;",
    )
}

fn two(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(TABLES_2)
}
