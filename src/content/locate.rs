//! From the path of a field to its place in the text.

use crate::fault::FaultCode;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// A mistake with its place in a text, as byte positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Which kind of mistake.
    pub code: FaultCode,
    /// Where.
    pub span: Range<usize>,
    /// What is wrong.
    pub what: String,
    /// How to mend it; may be empty.
    pub mend: String,
}

impl Slip {
    /// A mistake at a place.
    pub fn new(code: FaultCode, span: Range<usize>, what: impl Into<String>, mend: impl Into<String>) -> Slip {
        Slip { code, span, what: what.into(), mend: mend.into() }
    }
}

/// Where the fields of a file stand.
#[derive(Debug, Default)]
pub struct Places {
    fields: HashMap<String, Place>,
}

/// Where one field stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its name; for an entry of a list the start of the entry.
    pub key: Range<usize>,
    /// Its value.
    pub value: Range<usize>,
    /// How many empty lines the value's text begins with: they stand before the place of the value.
    pub empty_lines: usize,
}

impl Places {
    /// Notes where a field stands.
    pub fn note(&mut self, path: String, place: Place) {
        self.fields.insert(path, place);
    }

    /// Where a field stands.
    pub fn get(&self, path: &str) -> Option<&Place> {
        self.fields.get(path)
    }

    /// The span to show for a mistake in `path`: its name for a field that nobody reads, else its value. For a field
    /// that isn't there it is the start of what should hold it. `line` is a line of the value's text, from 0.
    pub fn span(&self, text: &Text, code: FaultCode, path: &str, line: Option<usize>) -> Range<usize> {
        if let Some(place) = self.fields.get(path) {
            return match (code, line) {
                (FaultCode::UnknownField | FaultCode::StrayClaim, _) => place.key.clone(),
                (_, Some(line)) => line_of(text, place, line),
                (_, None) => text.first_line(&place.value),
            };
        }
        let parent = path.rfind(['.', '[']).map_or("", |cut| &path[..cut]);
        if parent == path { 0..0 } else { self.span(text, FaultCode::MissingField, parent, None) }
    }

    /// Where `words` stand inside the value at `path`; the value itself where they don't.
    pub fn find(&self, text: &Text, path: &str, words: &str) -> Range<usize> {
        let Some(place) = self.fields.get(path) else { return self.span(text, FaultCode::UnknownId, path, None) };
        match text.whole.get(place.value.clone()).and_then(|value| value.find(words)) {
            Some(at) => place.value.start + at..place.value.start + at + words.len(),
            None => text.first_line(&place.value),
        }
    }
}

/// A text that knows where its lines begin, so that many mistakes in a large file are placed quickly.
#[derive(Clone, Debug)]
pub struct Text {
    /// All of it.
    pub whole: Arc<str>,
    starts: Vec<usize>,
}

impl Text {
    /// The text with its lines found.
    pub fn new(whole: Arc<str>) -> Text {
        let starts = std::iter::once(0).chain(whole.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Text { whole, starts }
    }

    /// The line, from 1, and the column in characters, from 1, of a place.
    pub fn position(&self, at: usize) -> (usize, usize) {
        let at = self.floor(at);
        let line = self.line(at);
        (line + 1, self.whole[self.starts[line]..at].chars().count() + 1)
    }

    /// The nearest border between characters at or before `at`.
    pub fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.whole.len());
        while !self.whole.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The line, from 0, of a place. The first line begins at 0, so there is always one.
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    /// The first line of a span, without blanks at its end.
    fn first_line(&self, span: &Range<usize>) -> Range<usize> {
        let end = self.starts.get(self.line(span.start) + 1).map_or(self.whole.len(), |next| next - 1).min(span.end);
        let text = self.whole.get(span.start..end).unwrap_or_default();
        span.start..span.start + text.trim_end().len()
    }
}

/// The span of line `line` of a value, without the blanks around it; its first line where there is no such line.
fn line_of(text: &Text, place: &Place, line: usize) -> Range<usize> {
    let line = text.line(place.value.start) + line.saturating_sub(place.empty_lines);
    let start = text.starts.get(line).map_or(place.value.start, |start| place.value.start.max(*start));
    let span = text.first_line(&(start..place.value.end.max(start)));
    let blanks = text.whole.get(span.clone()).map_or(0, |line| line.len() - line.trim_start().len());
    if span.is_empty() || start > place.value.end {
        text.first_line(&place.value)
    } else {
        span.start + blanks..span.end
    }
}
