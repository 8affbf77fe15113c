//! What is wrong with a course, or worth a look, for people and for programs.

use super::locate::{Places, Slip, Text};
use crate::fault::{Fault, FaultCode, Faults, Severity};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use serde::{Serialize, Serializer};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One mistake or warning, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Which kind of mistake.
    #[serde(serialize_with = "code_name")]
    pub code: FaultCode,
    /// How much it counts.
    #[serde(serialize_with = "severity_name")]
    pub severity: Severity,
    /// In which file.
    pub file: PathBuf,
    /// In which line, from 1; 0 where the file itself is the mistake.
    pub line: usize,
    /// In which column, in characters from 1; 0 where the file itself is the mistake.
    pub column: usize,
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What is wrong, as a sentence without a full stop.
    pub what: String,
    /// How to mend it; empty where `what` says it all.
    pub mend: String,
    /// The text of the file.
    #[serde(skip)]
    pub text: Arc<str>,
}

/// Whether a diagnostic is drawn with colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// With escape sequences for colours.
    On,
    /// As plain text.
    Off,
}

/// Nobody mends more mistakes in one file at a time; a file made to have them takes no longer than others.
const MISTAKES_MAX: usize = 1000;

/// A longer line, in bytes, is not drawn: nobody could look at it.
const DRAWN_MAX: usize = 2000;

impl Diagnostic {
    /// A mistake that is a whole file, or its absence.
    pub fn whole(file: PathBuf, code: FaultCode, what: impl Into<String>, mend: impl Into<String>) -> Diagnostic {
        let (what, mend) = (what.into(), mend.into());
        let severity = code.severity();
        Diagnostic { code, severity, file, line: 0, column: 0, span: 0..0, what, mend, text: Arc::from("") }
    }

    /// The mistake as compilers show theirs: what, where, the line with the place marked, and how to mend it.
    pub fn render(&self, colour: Colour) -> String {
        let path = self.file.display().to_string();
        let level = match self.severity {
            Severity::Mistake => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.what.as_str()).id(self.code.name());
        let (source, span) = self.line_of_text();
        let mut group = if self.line == 0 {
            title.element(Origin::path(path))
        } else if source.len() > DRAWN_MAX {
            title.element(Origin::path(path).line(self.line).char_column(self.column))
        } else {
            let mark = AnnotationKind::Primary.span(span);
            title.element(Snippet::source(source).line_start(self.line).path(path).annotation(mark))
        };
        if !self.mend.is_empty() {
            group = group.element(Level::HELP.message(self.mend.as_str()));
        }
        let renderer = match colour {
            Colour::On => Renderer::styled(),
            Colour::Off => Renderer::plain(),
        };
        renderer.decor_style(DecorStyle::Unicode).render(&[group])
    }

    /// The marked line and the span inside it. Drawing gets no more than this to look at, so that a thousand mistakes
    /// in a large file are drawn quickly.
    fn line_of_text(&self) -> (&str, Range<usize>) {
        let start = self.text[..self.span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let mark = self.span.start - start..self.span.end.min(end).max(self.span.start) - start;
        (&self.text[start..end], mark)
    }
}

/// All mistakes of a run.
#[derive(Debug, Default)]
pub struct Report {
    root: PathBuf,
    files: Vec<Known>,
    found: Vec<Diagnostic>,
}

/// A file of the run.
#[derive(Debug)]
struct Known {
    path: PathBuf,
    text: Text,
    places: Places,
    /// How many mistakes were found in it.
    mistakes: usize,
}

impl Known {
    fn diagnostic(&self, slip: Slip) -> Diagnostic {
        let start = self.text.floor(slip.span.start);
        let end = self.text.floor(slip.span.end).max(start);
        let (line, column) = self.text.position(start);
        Diagnostic {
            code: slip.code,
            severity: slip.code.severity(),
            file: self.path.clone(),
            line,
            column,
            span: start..end,
            what: slip.what,
            mend: slip.mend,
            text: self.text.whole.clone(),
        }
    }
}

/// One file of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileId(usize);

impl Report {
    /// An empty report on the course in `root`.
    pub fn new(root: &Path) -> Report {
        Report { root: root.to_owned(), files: Vec::new(), found: Vec::new() }
    }

    /// Takes in a file's text, so that mistakes in it can be placed.
    pub fn file(&mut self, path: &str, text: Arc<str>, places: Places) -> FileId {
        self.files.push(Known { path: self.root.join(path), text: Text::new(text), places, mistakes: 0 });
        FileId(self.files.len() - 1)
    }

    /// A mistake that is a whole file or folder, or its absence.
    pub fn whole(&mut self, path: &str, code: FaultCode, what: impl Into<String>, mend: impl Into<String>) {
        let path = if path.is_empty() { self.root.clone() } else { self.root.join(path) };
        self.found.push(Diagnostic::whole(path, code, what, mend));
    }

    /// Mistakes that were found with their places.
    pub fn slips(&mut self, file: FileId, slips: Vec<Slip>) {
        for slip in slips {
            if self.has_room(file) {
                self.found.push(self.files[file.0].diagnostic(slip));
            }
        }
    }

    /// Mistakes that were found with paths.
    pub fn faults(&mut self, file: FileId, faults: Faults) {
        for Fault { code, path, line, what, mend } in faults.into_found() {
            if self.files[file.0].mistakes > MISTAKES_MAX {
                return;
            }
            let known = &self.files[file.0];
            let span = known.places.span(&known.text, code, &path, line);
            self.slips(file, vec![Slip { code, span, what, mend }]);
        }
    }

    /// A mistake at `words` inside of the field at `path`.
    pub fn words(&mut self, file: FileId, code: FaultCode, path: &str, words: &str, what: String, mend: String) {
        if self.files[file.0].mistakes > MISTAKES_MAX {
            return;
        }
        let known = &self.files[file.0];
        let span = known.places.find(&known.text, path, words);
        self.slips(file, vec![Slip { code, span, what, mend }]);
    }

    /// The line of a field, from 1, and its file.
    pub fn line(&self, file: FileId, path: &str) -> (PathBuf, usize) {
        let known = &self.files[file.0];
        let span = known.places.span(&known.text, FaultCode::Syntax, path, None);
        (known.path.clone(), known.text.position(span.start).0)
    }

    /// Counts one more mistake in a file. The first one too many is told as such, all after it are left out.
    fn has_room(&mut self, file: FileId) -> bool {
        let known = &mut self.files[file.0];
        known.mistakes += 1;
        if known.mistakes == MISTAKES_MAX + 1 {
            let what = format!("this file has more than {MISTAKES_MAX} mistakes");
            let mend = "mend some of them to see the others";
            self.found.push(Diagnostic::whole(known.path.clone(), FaultCode::TooMany, what, mend));
        }
        known.mistakes <= MISTAKES_MAX
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether there is a mistake. Warnings are none.
    pub fn has_mistakes(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Mistake)
    }

    /// All that was found, sorted by file and place, each once.
    pub fn into_found(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| {
            let place = |span: &Range<usize>| (span.start, span.end);
            let by_place = a.file.cmp(&b.file).then_with(|| place(&a.span).cmp(&place(&b.span)));
            by_place.then_with(|| (a.code, &a.what).cmp(&(b.code, &b.what)))
        });
        self.found.dedup();
        self.found
    }
}

fn severity_name<S: Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.name())
}

fn code_name<S: Serializer>(code: &FaultCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(code.name())
}
