//! Writing down what real Flask showed: one file in each module's folder, read with the course.

use super::report::Proven;
use crate::course::recorded::{FILE, FORMAT, Record, Recorded};
use crate::python::environment::Versions;
use crate::python::item::Item;
use crate::python::prove::Runs;
use crate::python::shown;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// What is to become of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// They are written where something has changed.
    Write,
    /// They are left alone.
    Leave,
}

/// What a module's file should say: what was proven now, and of what nobody looked at now what it said before.
pub fn recorded(
    before: Option<Recorded>,
    all: &[Item],
    proven: &[&Proven],
    runs: &Runs,
    versions: &Versions,
) -> Recorded {
    let flask = versions.packages.get("flask").cloned().unwrap_or_default();
    let before = before.filter(|before| before.flask == flask).map(|before| before.items).unwrap_or_default();
    let of: BTreeMap<&str, &str> = all.iter().map(|item| (item.id.as_str(), item.of.as_str())).collect();
    let looked_at: BTreeSet<&str> = proven.iter().map(|proven| proven.item.id.as_str()).collect();
    let is_kept = |id: &str, record: &Record| of.get(id) == Some(&record.of.as_str()) && !looked_at.contains(id);
    let mut items: BTreeMap<String, Record> = before.into_iter().filter(|(id, record)| is_kept(id, record)).collect();
    for proven in proven.iter().filter(|proven| proven.holds() && !proven.item.statements.is_empty()) {
        items.insert(proven.item.id.clone(), shown::record(&proven.item, runs));
    }
    let python = versions.python.rsplit_once('.').map_or(versions.python.as_str(), |(minor, _)| minor);
    Recorded { format: FORMAT, flask, python: python.to_owned(), items }
}

/// Writes the files of those modules of which something has changed. Gives their number.
pub fn keep(
    dir: &Path,
    modules: &[(String, Vec<Item>)],
    proven: &[Proven],
    runs: &Runs,
    versions: &Versions,
) -> io::Result<usize> {
    let mut written = 0;
    for (module, items) in modules {
        let ids: BTreeSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
        let own: Vec<&Proven> = proven.iter().filter(|proven| ids.contains(proven.item.id.as_str())).collect();
        if own.is_empty() {
            continue;
        }
        let before = read(dir, module);
        let now = recorded(before.clone(), items, &own, runs, versions);
        if before.as_ref() != Some(&now) {
            write(dir, module, &now)?;
            written += 1;
        }
    }
    Ok(written)
}

/// What a module's file says.
pub fn read(dir: &Path, module: &str) -> Option<Recorded> {
    crate::content::recorded::read(&std::fs::read(dir.join(module).join(FILE)).ok()?)
}

/// Writes a module's file, one record a line, so that a change is seen in a comparison.
pub fn write(dir: &Path, module: &str, recorded: &Recorded) -> io::Result<()> {
    let mut text = format!(
        "{{\n\"format\": {}, \"flask\": {}, \"python\": {},\n\"items\": {{",
        recorded.format,
        serde_json::to_string(&recorded.flask)?,
        serde_json::to_string(&recorded.python)?
    );
    for (place, (id, record)) in recorded.items.iter().enumerate() {
        let comma = if place == 0 { "" } else { "," };
        text += &format!("{comma}\n{}: {}", serde_json::to_string(id)?, serde_json::to_string(record)?);
    }
    text += "\n}}\n";
    // Whole or not at all, and readable for whoever reads the course.
    let unfinished = dir.join(module).join(format!(".{FILE}.new"));
    std::fs::write(&unfinished, text)?;
    std::fs::rename(&unfinished, dir.join(module).join(FILE))
}
