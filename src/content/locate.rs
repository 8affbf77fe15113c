//! From the path of a field to its place in the text.

use crate::fault::FaultCode;
use std::collections::HashMap;
use std::ops::Range;

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
    pub fn span(&self, text: &str, code: FaultCode, path: &str, line: Option<usize>) -> Range<usize> {
        if let Some(place) = self.fields.get(path) {
            return match (code, line) {
                (FaultCode::UnknownField | FaultCode::StrayClaim, _) => place.key.clone(),
                (_, Some(line)) => line_of(text, place, line),
                (_, None) => first_line(text, &place.value),
            };
        }
        let parent = path.rfind(['.', '[']).map_or("", |cut| &path[..cut]);
        if parent == path { 0..0 } else { self.span(text, FaultCode::MissingField, parent, None) }
    }

    /// Where `words` stand inside the value at `path`; the value itself where they don't.
    pub fn find(&self, text: &str, path: &str, words: &str) -> Range<usize> {
        let Some(place) = self.fields.get(path) else { return self.span(text, FaultCode::UnknownId, path, None) };
        match text.get(place.value.clone()).and_then(|value| value.find(words)) {
            Some(at) => place.value.start + at..place.value.start + at + words.len(),
            None => first_line(text, &place.value),
        }
    }
}

/// The span of line `line` of a value, without the blanks around it.
fn line_of(text: &str, place: &Place, line: usize) -> Range<usize> {
    let Some(value) = text.get(place.value.clone()) else { return place.value.clone() };
    let skipped = line.saturating_sub(place.empty_lines);
    let mut start = place.value.start;
    for (index, written) in value.split_inclusive('\n').enumerate() {
        if index == skipped && !written.trim().is_empty() {
            let indent = written.len() - written.trim_start().len();
            return start + indent..start + written.trim_end().len();
        }
        start += written.len();
    }
    first_line(text, &place.value)
}

/// The first line of a span, without blanks at its end.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let Some(all) = text.get(span.clone()) else { return span.clone() };
    let line = all.split('\n').next().unwrap_or_default().trim_end();
    span.start..span.start + line.len()
}
