//! Copies of the progress file, and the way back from one.

use super::migrate::back_up;
use super::sqlite::{FILE, SqliteStore, told};
use super::store::StoreError;
use super::{folder, transfer};
use rusqlite::{Connection, TransactionBehavior};
use std::fs;
use std::path::{Path, PathBuf};

/// Copies the progress file in a folder to a new file, whole, also while the program runs.
pub fn save(folder: &Path, copy: &Path) -> Result<(), StoreError> {
    let path = folder.join(FILE);
    let refused = |error: std::io::Error| folder::refused(&path, &error);
    fs::metadata(&path).map_err(refused)?;
    back_up(&path, copy)
}

/// Puts a copy in the place of the progress file in a folder. What was there stays beside it, under the name given back;
/// `None` when there was nothing. A program that runs meanwhile goes on with what it shows, and writes to the new file.
pub fn restore(folder: &Path, copy: &Path) -> Result<Option<PathBuf>, StoreError> {
    // A copy that is no progress file is refused before anything is touched; an older one is brought up to date.
    let scratch = transfer::copied(copy)?;
    drop(SqliteStore::open(scratch.path(), "")?);
    let from = scratch.path().join(FILE);
    let path = folder.join(FILE);
    if !path.exists() {
        folder::make(folder)?;
        back_up(&from, &path)?;
        return Ok(None);
    }
    let kept = unused(&path);
    match SqliteStore::open(folder, "") {
        Ok(_) => {
            back_up(&path, &kept)?;
            replace(&path, &from)?;
        }
        // What cannot be opened is put aside as it is.
        Err(StoreError::Damaged { .. } | StoreError::Newer { .. }) => {
            let aside = |ending: &str| {
                let (old, new) = (format!("{}{ending}", path.display()), format!("{}{ending}", kept.display()));
                if Path::new(&old).exists() { fs::rename(old, new) } else { Ok(()) }
            };
            ["", "-wal", "-shm"].into_iter().try_for_each(aside).map_err(|error| folder::refused(&path, &error))?;
            back_up(&from, &path)?;
        }
        Err(other) => return Err(other),
    }
    Ok(Some(kept))
}

/// Puts all that one file holds into the other, in one transaction.
fn replace(path: &Path, from: &Path) -> Result<(), StoreError> {
    let told = |error| told(path, &error);
    let mut connection = Connection::open(path).map_err(told)?;
    connection.busy_timeout(std::time::Duration::from_secs(5)).map_err(told)?;
    connection.execute("ATTACH ?1 AS copy", [from.to_string_lossy()]).map_err(told)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(told)?;
    transaction
        .execute_batch(
            "DELETE FROM main.entry; DELETE FROM main.setting; DELETE FROM main.snapshot;
             INSERT INTO main.entry SELECT * FROM copy.entry;
             INSERT INTO main.setting SELECT * FROM copy.setting;",
        )
        .map_err(told)?;
    transaction.commit().map_err(told)
}

/// A name beside the file that nothing has yet.
fn unused(path: &Path) -> PathBuf {
    let name = |number: u32| PathBuf::from(format!("{}.before-restore-{number}", path.display()));
    (1..u32::MAX).map(name).find(|name| !name.exists()).unwrap_or_else(|| name(0))
}
