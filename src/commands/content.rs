//! `flaskdojo content check`: every mistake of a course, with its place and its mend.

use crate::builtin;
use crate::content::load;
use crate::content::report::{Colour, Diagnostic};
use crate::course::outline::{ModuleOutline, Outline};
use crate::fault::Severity;
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
    /// There is nothing that must be mended.
    Good,
    /// There is.
    Faulty,
}

/// Where a course stands that is being written, when nobody says where.
pub const HERE: &str = "content";

/// Checks the course in `dir` and writes what was found. Without a folder it is `content` in the current one; where
/// there is none either, it is the course of this program, which could not have been built with a mistake. What is
/// `refused` makes the course faulty.
pub fn check(dir: Option<&Path>, refused: Severity, written: Written, out: &mut dyn Write) -> io::Result<Checked> {
    match dir {
        Some(dir) => check_folder(dir, refused, written, out),
        None if Path::new(HERE).join("course.yaml").exists() => check_folder(Path::new(HERE), refused, written, out),
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

fn check_folder(dir: &Path, refused: Severity, written: Written, out: &mut dyn Write) -> io::Result<Checked> {
    let result = load::checked(dir);
    let found: &[Diagnostic] = result.as_ref().map_or_else(Vec::as_slice, |loaded| &loaded.warnings);
    match written {
        Written::Json => {
            serde_json::to_writer_pretty(&mut *out, found)?;
            writeln!(out)?;
        }
        Written::Text(colour) => {
            for diagnostic in found {
                writeln!(out, "{}\n", diagnostic.render(colour))?;
            }
            match &result {
                Ok(loaded) => {
                    let sizes = sizes(&loaded.outline, loaded.parts.words.len());
                    writeln!(out, "{}: {sizes}, no mistake{}", dir.display(), beside(found))?;
                }
                Err(_) => writeln!(out, "{}", summary(found))?,
            }
        }
    }
    let is_faulty = found.iter().any(|diagnostic| diagnostic.severity <= refused);
    Ok(if is_faulty { Checked::Faulty } else { Checked::Good })
}

/// How many mistakes there are and in how many files, and how many warnings beside them.
pub fn summary(found: &[Diagnostic]) -> String {
    let mistakes = found.iter().filter(|diagnostic| diagnostic.severity == Severity::Mistake);
    let files: BTreeSet<&Path> = mistakes.clone().map(|diagnostic| diagnostic.file.as_path()).collect();
    let (mistakes, files) = (plain::count(mistakes.count(), "mistake"), plain::count(files.len(), "file"));
    format!("{mistakes} in {files}{}", beside(found))
}

fn beside(found: &[Diagnostic]) -> String {
    match found.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning).count() {
        0 => String::new(),
        count => format!(", {}", plain::count(count, "warning")),
    }
}

/// What there is, in words. What courses need not have is told where there is some.
fn sizes(outline: &Outline, words: usize) -> String {
    let sum = |of: fn(&ModuleOutline) -> usize| outline.modules.iter().map(of).sum::<usize>();
    let always = [
        (outline.modules.len(), "module"),
        (outline.lessons().count(), "lesson"),
        (outline.question_count(), "question"),
        (words, "word"),
    ];
    let perhaps = [
        (sum(|module| module.prompts.len()), "interview prompt"),
        (sum(|module| module.clinic.into()), "known error"),
        (sum(|module| module.xrays.len()), "X-ray"),
        (sum(|module| module.labs.len()), "lab"),
    ];
    let counts = always.into_iter().chain(perhaps.into_iter().filter(|(count, _)| *count > 0));
    counts.map(|(count, what)| plain::count(count, what)).collect::<Vec<_>>().join(", ")
}
