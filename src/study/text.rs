//! Finding words in the texts of lessons: an index of every word, made once from the whole course.

use super::synonyms;
use crate::course::Course;
use crate::course::lesson::Lesson;
use crate::fault::nearest;
use crate::id::LessonId;
use crate::prose::{Block, plain};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Every word in the lessons of a course, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextIndex {
    /// In alphabetical order, each with the sections that hold it and how often they do.
    words: Vec<(Box<str>, Vec<(u16, u16)>)>,
    sections: Vec<Section>,
}

/// A part of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Section {
    lesson: LessonId,
    /// Its heading; empty for what stands before the first one.
    title: Box<str>,
    /// The block with which it begins.
    block: u16,
}

/// A part of a lesson that holds what is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextHit {
    /// The lesson.
    pub lesson: LessonId,
    /// The heading of the part; empty for what stands before the first one.
    pub section: String,
    /// The block with which it begins.
    pub block: u16,
    /// How well it fits: more is better.
    pub score: u32,
}

/// How wide text is laid out to be read word by word: nothing is parted.
const WIDE: usize = 10_000;
/// The shortest word that is looked for by its beginning.
const BEGINNING: usize = 2;

impl TextIndex {
    /// The index of a course. It unpacks every module, one after the other, and keeps none.
    pub fn of(course: &Course) -> TextIndex {
        let mut words: BTreeMap<String, Vec<(u16, u16)>> = BTreeMap::new();
        let mut sections = Vec::new();
        for index in 0..course.outline.modules.len() {
            for lesson in &course.unpack(index).lessons {
                read(lesson, &mut sections, &mut words);
            }
        }
        let words = words.into_iter().map(|(word, places)| (word.into_boxed_str(), places)).collect();
        TextIndex { words, sections }
    }

    /// The parts of lessons that hold every word of a query, or a word that means the same, the best first. A word may be
    /// the beginning of one.
    pub fn find(&self, course: &Course, query: &str, limit: usize) -> Vec<TextHit> {
        let wanted: Vec<String> = words_of(query).filter(|word| word.chars().count() >= BEGINNING).collect();
        let mut scores: Option<BTreeMap<u16, u32>> = None;
        for word in &wanted {
            let holds = self.holding(course, word);
            scores = Some(match scores {
                None => holds,
                Some(before) => before
                    .into_iter()
                    .filter_map(|(section, score)| Some((section, score + holds.get(&section)?)))
                    .collect(),
            });
        }
        let mut found: Vec<(u16, u32)> = scores.unwrap_or_default().into_iter().collect();
        found.sort_by_key(|(section, score)| (Reverse(*score), *section));
        found.truncate(limit);
        found.into_iter().filter_map(|(section, score)| self.hit(section, score)).collect()
    }

    /// The query with each word that stands nowhere replaced by the nearest that does; `None` if there is none, or if that
    /// finds nothing either.
    pub fn near(&self, course: &Course, query: &str) -> Option<String> {
        let known: BTreeSet<&str> = self.words.iter().map(|(word, _)| word.as_ref()).collect();
        let words = words_of(query).map(|word| {
            let there = !self.holding(course, &word).is_empty();
            if there { Some(word) } else { nearest(&word, known.iter().copied()).map(str::to_owned) }
        });
        let query = words.collect::<Option<Vec<_>>>()?.join(" ");
        (!query.is_empty() && !self.find(course, &query, 1).is_empty()).then_some(query)
    }

    /// The sections that hold a word, with how well each fits.
    fn holding(&self, course: &Course, word: &str) -> BTreeMap<u16, u32> {
        let mut scores = BTreeMap::new();
        let others = synonyms::of(course, word);
        let alike = others.iter().map(|other| (other.as_str(), 10));
        for (wanted, worth) in std::iter::once((word, 20)).chain(alike) {
            let first = self.words.partition_point(|(known, _)| known.as_ref() < wanted);
            let begins = self.words[first..].iter().take_while(|(known, _)| known.starts_with(wanted));
            for (known, places) in begins {
                let whole = if known.as_ref() == wanted { worth } else { worth / 2 };
                for (section, times) in places {
                    let in_title = self
                        .sections
                        .get(usize::from(*section))
                        .is_some_and(|section| words_of(&section.title).any(|title| title == known.as_ref()));
                    let score = whole + u32::from(*times).min(8) + if in_title { 12 } else { 0 };
                    let best: &mut u32 = scores.entry(*section).or_default();
                    *best = score.max(*best);
                }
            }
        }
        scores
    }

    fn hit(&self, section: u16, score: u32) -> Option<TextHit> {
        let Section { lesson, title, block } = self.sections.get(usize::from(section))?;
        Some(TextHit { lesson: lesson.clone(), section: title.to_string(), block: *block, score })
    }
}

/// Notes the words of a lesson, part by part.
fn read(lesson: &Lesson, sections: &mut Vec<Section>, words: &mut BTreeMap<String, Vec<(u16, u16)>>) {
    let section = |title: &str, block: usize| Section {
        lesson: lesson.id.clone(),
        title: title.into(),
        block: u16::try_from(block).unwrap_or(u16::MAX),
    };
    sections.push(section("", 0));
    for (number, block) in lesson.body.0.iter().enumerate() {
        if let Block::Heading { text, .. } = block {
            sections.push(section(&plain::spans(text), number));
        }
        let Ok(place) = u16::try_from(sections.len() - 1) else { return };
        for word in words_of(&text_of(block)) {
            let places = words.entry(word).or_default();
            match places.last_mut() {
                Some((last, times)) if *last == place => *times = times.saturating_add(1),
                _ => places.push((place, 1)),
            }
        }
    }
}

/// A block as one text, without what is only said about it.
fn text_of(block: &Block) -> String {
    match block {
        Block::Code(code) => code.text() + code.output.as_deref().unwrap_or(""),
        Block::Diagram(lines) => lines.join("\n"),
        // The question is found by itself.
        Block::Check(_) | Block::Rule => String::new(),
        Block::Heading { .. }
        | Block::Paragraph(_)
        | Block::List { .. }
        | Block::Quote(_)
        | Block::Callout { .. }
        | Block::Steps(_)
        | Block::Table { .. }
        | Block::Footnote { .. } => plain::block(block, WIDE).join("\n"),
    }
}

/// The words of a text in lower case.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The longest word of a query: what is shown where a hit is opened.
pub fn main_word(query: &str) -> Option<String> {
    words_of(query).max_by_key(|word| word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;

    #[test]
    fn words_are_found_in_any_order_by_their_beginning_and_by_what_means_the_same() {
        let course = builtin::course();
        let index = TextIndex::of(&course);
        let titles = |query: &str| -> Vec<String> {
            index.find(&course, query, 5).into_iter().map(|hit| hit.lesson.as_str().to_owned()).collect()
        };
        assert!(!titles("signature cookie").is_empty());
        assert_eq!(titles("cookie signature"), titles("signature cookie"));
        assert!(!titles("signat").is_empty(), "the beginning of a word");
        assert!(titles("qqqqq").is_empty());
        assert!(titles("signature qqqqq").is_empty(), "every word must be there");
        assert!(titles("").is_empty());
    }

    #[test]
    fn a_hit_says_where_it_stands() {
        let course = builtin::course();
        let index = TextIndex::of(&course);
        for hit in index.find(&course, "session", 50) {
            let lesson = course.lesson(&hit.lesson).expect("a lesson of the course");
            match &lesson.body.0[usize::from(hit.block)] {
                Block::Heading { text, .. } => assert_eq!(plain::spans(text), hit.section),
                _ => assert_eq!((hit.block, hit.section.as_str()), (0, "")),
            }
        }
    }

    #[test]
    fn a_misspelt_word_has_a_near_one() {
        let course = builtin::course();
        let index = TextIndex::of(&course);
        assert_eq!(index.near(&course, "sesion cookie").as_deref(), Some("session cookie"));
        assert_eq!(index.near(&course, "qqqqqqq"), None);
    }
}
