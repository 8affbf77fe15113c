//! `flaskdojo search`: lessons, topics, questions and words of the glossary, the best fit first.

use super::content::Written;
use crate::course::Course;
use crate::prose::plain;
use crate::study::search::{self, Hit};
use serde::Serialize;
use std::io::{self, Write};

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
    match written {
        Written::Json => {
            let found: Vec<Found> = hits.iter().map(found).collect();
            serde_json::to_writer_pretty(&mut *out, &found)?;
            writeln!(out)?;
        }
        Written::Text(_) if hits.is_empty() => {
            writeln!(out, "Nothing fits “{query}”.")?;
            if let Some(near) = search::near(course, &[], query) {
                let count = search::search(course, &[], &near, usize::MAX).len();
                writeln!(out, "Near: {near} ({}).", plain::count(count, "hit"))?;
            }
        }
        Written::Text(_) => {
            let width = hits.iter().map(|hit| hit.id.chars().count()).max().unwrap_or_default();
            for hit in &hits {
                writeln!(out, "{:8}  {:width$}  {}", hit.kind.name(), hit.id, hit.title)?;
            }
        }
    }
    Ok(if hits.is_empty() { Searched::Nothing } else { Searched::Something })
}

fn found(hit: &Hit) -> Found<'_> {
    Found { kind: hit.kind.name(), id: &hit.id, topic: &hit.topic, title: &hit.title, score: hit.score }
}
