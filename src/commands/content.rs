//! `flaskdojo content check`: every mistake of a course, with its place and its mend.

use crate::content::load;
use crate::content::loaded::Loaded;
use crate::content::report::{Colour, Diagnostic};
use crate::prose::plain;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

/// How a result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// For people.
    Text(Colour),
    /// For programs: a JSON list of mistakes.
    Json,
}

/// Whether a course was found to be in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// There is no mistake.
    Good,
    /// There are some.
    Faulty,
}

/// Checks the course in `dir` and writes what was found.
pub fn check(dir: &Path, written: Written, out: &mut dyn Write) -> io::Result<Checked> {
    let result = load::course(dir);
    let found: &[Diagnostic] = result.as_ref().err().map_or(&[], Vec::as_slice);
    match (written, &result) {
        (Written::Json, _) => {
            serde_json::to_writer_pretty(&mut *out, found)?;
            writeln!(out)?;
        }
        (Written::Text(_), Ok(loaded)) => writeln!(out, "{}: {}, no mistake", dir.display(), sizes(loaded))?,
        (Written::Text(colour), Err(found)) => {
            for diagnostic in found {
                writeln!(out, "{}\n", diagnostic.render(colour))?;
            }
            let files: BTreeSet<&Path> = found.iter().map(|diagnostic| diagnostic.file.as_path()).collect();
            let (mistakes, files) = (plain::count(found.len(), "mistake"), plain::count(files.len(), "file"));
            writeln!(out, "{mistakes} in {files}")?;
        }
    }
    Ok(if found.is_empty() { Checked::Good } else { Checked::Faulty })
}

fn sizes(loaded: &Loaded) -> String {
    let outline = &loaded.outline;
    let counts = [
        (outline.modules.len(), "module"),
        (outline.lessons().count(), "lesson"),
        (outline.questions().count(), "question"),
        (loaded.words.len(), "word"),
    ];
    counts.map(|(count, what)| plain::count(count, what)).join(", ")
}
