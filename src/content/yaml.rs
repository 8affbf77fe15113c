//! YAML, as far as courses use it. This is the only file that knows a YAML library.
//!
//! One pass over saphyr's events finds the places of all fields and refuses what courses don't use; only then does
//! serde_yaml read the values. The order matters: serde_yaml keeps the last of two equal keys silently, expands aliases
//! and takes half a second over a hundred thousand brackets.

use super::locate::{Place, Places, Slip};
use super::text;
use crate::fault::FaultCode;
use crate::field::Field;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle};
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// How deep lists and maps may be nested.
pub const DEPTH_MAX: usize = 32;

/// A value as YAML gives it.
pub type Value = serde_yaml::Value;

/// A text that is good YAML: its value and where its fields stand.
#[derive(Debug)]
pub struct Document {
    /// What it says.
    pub value: Value,
    /// Where it says so.
    pub places: Places,
}

/// Reads a text, or says what is wrong with it.
pub fn read(text: &str) -> Result<Document, Vec<Slip>> {
    let mut pass = Pass::new(text);
    pass.run();
    if !pass.slips.is_empty() {
        return Err(pass.slips);
    }
    if pass.places.get("").is_none() {
        return Err(vec![Slip::new(FaultCode::Syntax, text.len()..text.len(), "this file is empty", "")]);
    }
    match serde_yaml::from_str::<Value>(text) {
        Ok(value) => Ok(Document { value, places: pass.places }),
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index().min(text.len()));
            Err(vec![Slip::new(FaultCode::Syntax, at..at, error.to_string(), "")])
        }
    }
}

/// Decodes a value.
pub fn decode<T: DeserializeOwned>(value: Value) -> Field<T> {
    // A `Field` never fails to decode.
    serde_yaml::from_value(value).unwrap_or_else(|error| Field::Bad(error.to_string()))
}

/// The fields of a map that have texts for names; none of anything else.
pub fn fields(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let fields = value.as_mapping().into_iter().flatten();
    fields.filter_map(|(name, value)| Some((name.as_str()?, value)))
}

/// The value of a field that is a text.
pub fn text_at<'a>(value: &'a Value, field: &str) -> Option<&'a str> {
    value.get(field)?.as_str()
}

/// The entries of a list.
pub fn entries(value: Value) -> Result<Vec<Value>, Value> {
    match value {
        Value::Sequence(entries) => Ok(entries),
        other => Err(other),
    }
}

/// Everything in a value that is not below one of the `left_out` fields, as one text that is the same for equal values.
pub fn essence(value: &Value, left_out: &[&str], into: &mut String) {
    match value {
        Value::Mapping(fields) => {
            for (name, field) in fields {
                if !name.as_str().is_some_and(|name| left_out.contains(&name)) {
                    essence(name, left_out, into);
                    into.push('=');
                    essence(field, left_out, into);
                }
            }
            into.push('}');
        }
        Value::Sequence(entries) => {
            entries.iter().for_each(|entry| essence(entry, left_out, into));
            into.push(']');
        }
        Value::String(text) => {
            into.push_str(text.trim_end());
            into.push('\0');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Tagged(_) => into.push_str(&format!("{value:?}\0")),
    }
}

fn below(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") }
}

/// The pass over the events.
struct Pass<'a> {
    text: &'a str,
    /// For each character its byte position; empty where all characters are one byte.
    bytes: Vec<u32>,
    places: Places,
    slips: Vec<Slip>,
    open: Vec<Open>,
}

/// A list or map that has begun.
struct Open {
    path: String,
    key: Range<usize>,
    start: usize,
    inside: Inside,
}

enum Inside {
    List(usize),
    Map { names: BTreeSet<String>, name: Option<(String, Range<usize>)> },
}

impl<'a> Pass<'a> {
    fn new(text: &'a str) -> Pass<'a> {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            let ends = text.len() as u32;
            text.char_indices().map(|(at, _)| at as u32).chain([ends]).collect()
        };
        Pass { text, bytes, places: Places::default(), slips: Vec::new(), open: Vec::new() }
    }

    fn run(&mut self) {
        let mut parser = Parser::new_from_str(self.text);
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => {
                    let at = self.byte(error.marker());
                    let code = if error.info() == TOO_DEEP { FaultCode::TooDeep } else { FaultCode::Syntax };
                    return self.slip(code, at..at, in_our_words(error.info()), "");
                }
            };
            let span = self.byte(&span.start)..self.byte(&span.end);
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let mend = "remove the `---` and what follows, or put it into a file of its own";
                        return self.slip(FaultCode::Dialect, span, "a second document begins here", mend);
                    }
                }
                Event::Alias(_) => self.slip(FaultCode::Dialect, span.clone(), "courses have no aliases", WRITE_OUT),
                Event::Scalar(value, style, anchor, tag) => {
                    self.extras(&span, anchor, tag.is_some());
                    self.scalar(value, style, span);
                }
                Event::SequenceStart(anchor, tag) => {
                    self.extras(&span, anchor, tag.is_some());
                    self.begin(span, Inside::List(0));
                }
                Event::MappingStart(anchor, tag) => {
                    self.extras(&span, anchor, tag.is_some());
                    self.begin(span, Inside::Map { names: BTreeSet::new(), name: None });
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(span.end),
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => (),
            }
            if self.open.len() > DEPTH_MAX {
                let at = self.open.last().map_or(0, |open| open.start);
                let what = format!("lists and maps are nested more than {DEPTH_MAX} deep here");
                return self.slip(FaultCode::TooDeep, at..at + 1, what, "nothing in a course is so deep");
            }
        }
    }

    /// Refuses anchors and tags.
    fn extras(&mut self, span: &Range<usize>, anchor: usize, has_tag: bool) {
        if anchor != 0 {
            self.slip(FaultCode::Dialect, span.clone(), "courses have no anchors (`&name`)", WRITE_OUT);
        }
        if has_tag {
            let what = "courses have no tags (`!name`)";
            self.slip(FaultCode::Dialect, span.clone(), what, "remove it, or put the text in quotes");
        }
    }

    fn scalar(&mut self, value: Cow<'_, str>, style: ScalarStyle, span: Range<usize>) {
        self.characters(&value, &span);
        if style == ScalarStyle::Plain {
            self.lost_comment(&span);
        }
        if let Some(Open { inside: Inside::Map { names, name: name @ None }, .. }) = self.open.last_mut() {
            let is_new = names.insert(value.clone().into_owned());
            *name = Some((value.clone().into_owned(), span.clone()));
            if !is_new {
                let mend = "remove one of them";
                self.slip(FaultCode::DuplicateKey, span, format!("`{value}` is there twice"), mend);
            } else if value == "<<" {
                self.slip(FaultCode::Dialect, span, "courses have no merge keys (`<<`)", WRITE_OUT);
            }
            return;
        }
        let (path, key) = self.next_place(&span);
        let empty_lines = value.len() - value.trim_start_matches('\n').len();
        self.places.note(path, Place { key, value: span, empty_lines });
    }

    /// Refuses unwanted characters that came in by an escape, such as `"\e"`.
    fn characters(&mut self, value: &str, span: &Range<usize>) {
        if let Some(c) = value.chars().find(|c| *c != '\n' && !text::is_wanted(*c)) {
            let what = format!("{} is written here by an escape", text::name_of(c));
            self.slip(FaultCode::ControlCharacter, span.clone(), what, "remove it");
        }
    }

    /// Refuses a single blank and `#` after a value: YAML takes the rest of the line for a comment, and the author may
    /// not have meant one.
    fn lost_comment(&mut self, span: &Range<usize>) {
        let after = self.text.get(span.end..).unwrap_or_default();
        let line = after.split('\n').next().unwrap_or_default();
        if line.starts_with(" #") && !span.is_empty() {
            let span = span.end + 1..span.end + line.trim_end().len();
            let what = "the rest of this line is a comment and not a part of the text";
            self.slip(FaultCode::LostComment, span, what, "quote the text, or put two blanks before a comment");
        }
    }

    fn begin(&mut self, span: Range<usize>, inside: Inside) {
        if let Some(Open { inside: Inside::Map { name: None, .. }, .. }) = self.open.last() {
            self.slip(FaultCode::Dialect, span.clone(), "a name of a field is a list or a map here", "use a word");
        }
        let (path, key) = self.next_place(&span);
        self.open.push(Open { path, key, start: span.start, inside });
    }

    fn end(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let place = Place { key: open.key, value: open.start..end.max(open.start), empty_lines: 0 };
        self.places.note(open.path, place);
    }

    /// The path of the value that begins now, and the place of its name.
    fn next_place(&mut self, span: &Range<usize>) -> (String, Range<usize>) {
        match self.open.last_mut() {
            None => (String::new(), span.clone()),
            Some(Open { path, inside: Inside::List(next), .. }) => {
                let index = *next;
                *next += 1;
                (format!("{path}[{index}]"), span.clone())
            }
            Some(Open { path, inside: Inside::Map { name, .. }, .. }) => {
                let (name, key) = name.take().unwrap_or_default();
                (below(path, &name), key)
            }
        }
    }

    fn slip(&mut self, code: FaultCode, span: Range<usize>, what: impl Into<String>, mend: &str) {
        self.slips.push(Slip::new(code, span, what, mend));
    }

    /// Saphyr counts characters, everybody else bytes.
    fn byte(&self, marker: &Marker) -> usize {
        let index = marker.index();
        let at = if self.bytes.is_empty() {
            index
        } else {
            self.bytes.get(index).map_or(self.text.len(), |at| *at as usize)
        };
        at.min(self.text.len())
    }
}

const WRITE_OUT: &str = "write the value out where it is needed";

/// The commonest of saphyr's messages, said to somebody who writes a course.
fn in_our_words(info: &str) -> String {
    let ours = [
        (TOO_DEEP, "lists and maps are nested too deep here"),
        ("mapping values are not allowed in this context", "a `: ` stands in a text that is not in quotes"),
        ("simple key expected", NO_FIELD),
        ("simple key expect ':'", NO_FIELD),
        ("while parsing a block mapping, did not find expected key", NO_FIELD),
        (
            "while parsing a block collection, did not find expected '-' indicator",
            "an entry of the list is not lined up",
        ),
        ("while parsing a flow sequence, expected ',' or ']'", ONE_LINE),
        ("while parsing a flow mapping, did not find expected ',' or '}'", ONE_LINE),
        ("while scanning a quoted scalar, found unexpected end of stream", "a quoted text has no end"),
        ("invalid trailing content after double-quoted scalar", "something stands after the end of a quoted text"),
        ("invalid indentation in flow construct", "a list or map on one line has no end"),
        ("invalid indentation in quoted scalar", "a quoted text goes on without being indented: is its end missing?"),
        ("while parsing a quoted scalar, found unknown escape character", "in double quotes a `\\` must be doubled"),
        ("while parsing node, found unknown anchor", "a text that begins with `*` must be in quotes"),
        ("found unprintable character", "a character that a text file doesn't have"),
    ];
    match ours.iter().find(|(theirs, _)| *theirs == info) {
        Some((_, ours)) => (*ours).to_owned(),
        None => format!("this is not YAML: {info}"),
    }
}

/// What saphyr says when it meets more brackets than it likes, before we count to [`DEPTH_MAX`].
const TOO_DEEP: &str = "recursion limit exceeded";
const NO_FIELD: &str = "this line is neither a field nor lined up with the text above it";
const ONE_LINE: &str = "a list or map on one line goes wrong here: texts with `,`, `[`, `]`, `{` or `}` need quotes";
