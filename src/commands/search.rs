//! `flaskdojo search`: lessons, topics, questions and words of the glossary, the best fit first; then parts of lessons that
//! hold the words.

use super::content::Written;
use crate::course::Course;
use crate::prose::plain;
use crate::study::search::{self, Hit};
use crate::study::text::{TextHit, TextIndex};
use serde::Serialize;
use std::io::{self, Write};

/// The kind of a part of a lesson.
const TEXT: &str = "text";

/// How many are listed at most: who needs more had better ask more precisely.
const MOST: usize = 50;

/// What programs get to read.
#[derive(Serialize)]
struct Found<'a> {
    kind: &'static str,
    id: &'a str,
    topic: &'a str,
    title: &'a str,
    score: u32,
}

/// Whether anything was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Searched {
    /// Something.
    Something,
    /// Nothing.
    Nothing,
}

/// Writes what fits the query.
pub fn search(course: &Course, query: &str, written: Written, out: &mut dyn Write) -> io::Result<Searched> {
    let hits = search::search(course, &[], query, MOST);
    let texts = TextIndex::of(course);
    let parts = texts.find(course, query, MOST - hits.len());
    let parts: Vec<(TextHit, String)> = parts.into_iter().map(|part| (part.clone(), title(course, part))).collect();
    match written {
        Written::Json => {
            let found: Vec<Found> = hits.iter().map(found).chain(parts.iter().map(found_part)).collect();
            serde_json::to_writer_pretty(&mut *out, &found)?;
            writeln!(out)?;
        }
        Written::Text(_) if hits.is_empty() && parts.is_empty() => {
            writeln!(out, "Nothing fits “{query}”.")?;
            if let Some(near) = search::near(course, &[], query) {
                let count = search::search(course, &[], &near, usize::MAX).len();
                writeln!(out, "Near: {near} ({}).", plain::count(count, "hit"))?;
            }
        }
        Written::Text(_) => {
            let ids = hits.iter().map(|hit| hit.id.as_str()).chain(parts.iter().map(|(part, _)| part.lesson.as_str()));
            let width = ids.map(|id| id.chars().count()).max().unwrap_or_default();
            for hit in &hits {
                writeln!(out, "{:8}  {:width$}  {}", hit.kind.name(), hit.id, hit.title)?;
            }
            for (part, title) in &parts {
                writeln!(out, "{TEXT:8}  {:width$}  {title}", part.lesson.as_str())?;
            }
        }
    }
    Ok(if hits.is_empty() && parts.is_empty() { Searched::Nothing } else { Searched::Something })
}

/// A part of a lesson, by its lesson and its heading.
fn title(course: &Course, part: TextHit) -> String {
    let lesson = course.lesson_outline(&part.lesson).map_or("", |(_, lesson)| lesson.title.as_str());
    if part.section.is_empty() { lesson.to_owned() } else { format!("{lesson} › {}", part.section) }
}

fn found_part((part, title): &(TextHit, String)) -> Found<'_> {
    Found { kind: TEXT, id: part.lesson.as_str(), topic: "", title, score: part.score }
}

fn found(hit: &Hit) -> Found<'_> {
    Found { kind: hit.kind.name(), id: &hit.id, topic: &hit.topic, title: &hit.title, score: hit.score }
}
