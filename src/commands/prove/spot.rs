//! From a line of a program to the line of the course's file that it stands in.
//!
//! Programs stand in files as they are run, only further in. So a line is found by its text and by the lines around it, and
//! nobody has to know in which field a kind of question keeps which part of a program.

use crate::python::prove::Line;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Where things stand, and the texts of the files that were looked into.
pub struct Spots<'a> {
    /// Where each item begins: its file and its line, from 1.
    places: &'a HashMap<Box<str>, (PathBuf, usize)>,
    texts: HashMap<PathBuf, Vec<String>>,
}

/// How many lines around one are compared.
const AROUND: usize = 12;
/// A shorter text may stand anywhere.
const INSIDE_MIN: usize = 6;

impl<'a> Spots<'a> {
    /// Of a course whose items begin at these places.
    pub fn new(places: &'a HashMap<Box<str>, (PathBuf, usize)>) -> Spots<'a> {
        Spots { places, texts: HashMap::new() }
    }

    /// Where an item begins.
    pub fn item(&self, id: &str) -> Option<(PathBuf, usize)> {
        self.places.get(id).cloned()
    }

    /// Where something of an item went wrong: the line, if it is found in its text, else where the item begins.
    pub fn find(&mut self, id: &str, at: Option<&Line>) -> Option<(PathBuf, usize)> {
        let (file, begins) = self.item(id)?;
        let found = match at {
            None => None,
            Some(Line::Text(text, line)) => {
                let region = self.region(&file, begins);
                let index = (*line as usize).checked_sub(1).and_then(|number| position(region, text, number));
                index.map(|index| (file.clone(), begins + index))
            }
            Some(Line::Claim(claim)) => {
                let region = self.region(&file, begins);
                let index = (0..claim.lines().count()).find_map(|number| position(region, claim, number));
                index.map(|index| (file.clone(), begins + index))
            }
            Some(Line::Lab(name, line)) => {
                let path = file.parent().unwrap_or(Path::new("")).join(name);
                path.exists().then_some((path, *line as usize))
            }
        };
        Some(found.unwrap_or((file, begins)))
    }

    /// The lines of an item.
    fn region(&mut self, file: &Path, begins: usize) -> &[String] {
        let ends = self.end_of(file, begins);
        let lines = self.text(file);
        &lines[(begins - 1).min(lines.len())..ends.min(lines.len())]
    }

    /// The line before the one that the next item of the file begins in.
    fn end_of(&self, file: &Path, begins: usize) -> usize {
        let next = self.places.values().filter(|(other, line)| other == file && *line > begins);
        next.map(|(_, line)| line - 1).min().unwrap_or(usize::MAX)
    }

    fn text(&mut self, file: &Path) -> &[String] {
        self.texts.entry(file.to_owned()).or_insert_with(|| {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            text.lines().map(|line| line.trim().to_owned()).collect()
        })
    }
}

/// The line of a region that is line `number` (from 0) of a text. Of several the one whose neighbours fit best.
fn position(region: &[String], text: &str, number: usize) -> Option<usize> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let needle = *lines.get(number).filter(|line| !line.is_empty())?;
    let fits = |line: &String| line == needle || (needle.len() >= INSIDE_MIN && line.contains(needle));
    let alike = |index: usize, step: isize| {
        let pairs = (1..=AROUND as isize).map_while(|far| {
            let here = region.get(index.checked_add_signed(step * far)?)?;
            let there = lines.get(number.checked_add_signed(step * far)?)?;
            Some(here == there)
        });
        pairs.take_while(|same| *same).count()
    };
    let found = region.iter().enumerate().filter(|(_, line)| fits(line));
    let scored = found.map(|(index, _)| (alike(index, -1) + alike(index, 1), std::cmp::Reverse(index)));
    scored.max().map(|(_, index)| index.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_by_its_neighbours() {
        let file = "id: a\nbody: |\n  x = 1\n  print(x)\n  other\n  y = 2\n  print(x)\nclaim: x.first == 7\n";
        let region: Vec<String> = file.lines().map(|line| line.trim().to_owned()).collect();
        assert_eq!(position(&region, "x = 1\nprint(x)\n", 1), Some(3));
        assert_eq!(position(&region, "y = 2\nprint(x)\n", 1), Some(6));
        assert_eq!(position(&region, "x.first == 7", 0), Some(7));
        assert_eq!(position(&region, "x.second == 7", 0), None);
        assert_eq!(position(&region, "\n", 0), None);
    }
}
