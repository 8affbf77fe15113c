//! `flaskdojo content check`: every mistake of a course, with its place and its mend.

use crate::builtin;
use crate::content::load;
use crate::content::report::{Colour, Diagnostic};
use crate::course::outline::Outline;
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

/// Where a course stands that is being written, when nobody says where.
pub const HERE: &str = "content";

/// Checks the course in `dir` and writes what was found. Without a folder it is `content` in the current one; where
/// there is none either, it is the course of this program, which could not have been built with a mistake.
pub fn check(dir: Option<&Path>, written: Written, out: &mut dyn Write) -> io::Result<Checked> {
    match dir {
        Some(dir) => check_folder(dir, written, out),
        None if Path::new(HERE).join("course.yaml").exists() => check_folder(Path::new(HERE), written, out),
        None => {
            match written {
                Written::Json => writeln!(out, "[]")?,
                Written::Text(_) => {
                    let course = builtin::course();
                    let sizes = sizes(&course.outline, course.words().len());
                    writeln!(out, "the built-in course: {sizes}, checked when the program was built")?;
                    writeln!(out, "To check another one, name its folder.")?;
                }
            }
            Ok(Checked::Good)
        }
    }
}

fn check_folder(dir: &Path, written: Written, out: &mut dyn Write) -> io::Result<Checked> {
    let result = load::course(dir);
    let found: &[Diagnostic] = result.as_ref().err().map_or(&[], Vec::as_slice);
    match (written, &result) {
        (Written::Json, _) => {
            serde_json::to_writer_pretty(&mut *out, found)?;
            writeln!(out)?;
        }
        (Written::Text(_), Ok(loaded)) => {
            writeln!(out, "{}: {}, no mistake", dir.display(), sizes(&loaded.outline, loaded.words.len()))?
        }
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

fn sizes(outline: &Outline, words: usize) -> String {
    let counts = [
        (outline.modules.len(), "module"),
        (outline.lessons().count(), "lesson"),
        (outline.questions().count(), "question"),
        (words, "word"),
    ];
    counts.map(|(count, what)| plain::count(count, what)).join(", ")
}
