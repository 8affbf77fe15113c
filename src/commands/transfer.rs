//! `flaskdojo progress export`, `import`, `merge`, `backup` and `restore`.

use crate::progress::backup;
use crate::progress::order;
use crate::progress::store::{Position, Store, StoreError};
use crate::progress::transfer::{self, Merged, TransferError};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes the log of a course, to a file or to `out`.
pub fn export(
    store: &mut dyn Store,
    course: &str,
    to: Option<&Path>,
    out: &mut dyn Write,
) -> Result<(), TransferError> {
    let mut log = store.since(Position(0))?;
    order::arrange(&mut log);
    let broken = |error, path: &Path| TransferError::Write { path: path.display().to_string(), error };
    let Some(path) = to else {
        let mut out = BufWriter::new(out);
        let written = transfer::export(course, &log, &mut out).and_then(|()| out.flush());
        return written.map_err(|error| broken(error, Path::new("the output")));
    };
    // A file that is there already may be somebody's only copy.
    let file = File::create_new(path).map_err(|error| broken(error, path))?;
    let mut file = BufWriter::new(file);
    let written = transfer::export(course, &log, &mut file).and_then(|()| file.flush());
    written.and_then(|()| file.get_ref().sync_all()).map_err(|error| broken(error, path))?;
    let told = writeln!(out, "{} written to {}.", entries(log.len()), path.display());
    told.map_err(|error| broken(error, path))
}

/// Takes in what a file has and the store has not.
pub fn import(store: &mut dyn Store, course: &str, from: &Path, out: &mut dyn Write) -> Result<(), TransferError> {
    let Merged { added, known } = transfer::import(store, course, from)?;
    let told = writeln!(out, "{} added, {known} known before.", entries(added));
    told.map_err(|error| TransferError::Write { path: "the output".to_owned(), error })
}

/// Copies the progress file.
pub fn back_up(folder: Option<&Path>, to: &Path, out: &mut dyn Write) -> Result<(), TransferError> {
    let told = |error| TransferError::Write { path: to.display().to_string(), error };
    if to.exists() {
        return Err(told(io::ErrorKind::AlreadyExists.into()));
    }
    backup::save(folder.ok_or(StoreError::Nowhere)?, to)?;
    writeln!(out, "All progress is copied to {}.", to.display()).map_err(told)
}

/// Puts a copy in the place of the progress file.
pub fn restore(folder: Option<&Path>, from: &Path, out: &mut dyn Write) -> Result<(), TransferError> {
    let kept = backup::restore(folder.ok_or(StoreError::Nowhere)?, from)?;
    let kept = kept.map_or(String::new(), |kept| format!(" What was there is kept as {}.", kept.display()));
    let told = writeln!(out, "Progress is now as in {}.{kept}", from.display());
    told.map_err(|error| TransferError::Write { path: "the output".to_owned(), error })
}

fn entries(number: usize) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}
