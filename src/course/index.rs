//! Where each question stands, by its names: a table that is looked into as it was packed, so that nothing is decoded for
//! it however large a course is.

use super::outline::{QuestionOutline, Topic};
use std::borrow::Cow;

/// Rows of [`ROW`] bytes, sorted: the hash of a name, the module, the topic in it, the place in it, the level; all little-endian.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    rows: Cow<'static, [u8]>,
}

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Its module, in the outline.
    pub module: usize,
    /// Its topic, in the module.
    pub topic: usize,
    /// Itself, in the module.
    pub question: usize,
    /// Its level, 1 to 4.
    pub level: u8,
}

const HASH: usize = 8;
const ROW: usize = HASH + 8;

impl Index {
    /// A table that was made before, as [`Index::rows`] gave it.
    pub fn packed(rows: &'static [u8]) -> Index {
        Index { rows: Cow::Borrowed(rows) }
    }

    /// The table of some modules, each given by its topics and its questions.
    pub fn of<'a>(modules: impl Iterator<Item = (&'a [Topic], &'a [QuestionOutline])>) -> Index {
        let mut rows: Vec<(u64, [u16; 4])> = Vec::new();
        for (m, (topics, questions)) in modules.enumerate() {
            for (q, question) in questions.iter().enumerate() {
                let topic = topics.iter().position(|topic| topic.id == question.topic).unwrap_or_default();
                let place = [m as u16, topic as u16, q as u16, u16::from(question.level)];
                let names = question.was.iter().chain([&question.id]);
                rows.extend(names.map(|name| (hash(name.as_str()), place)));
            }
        }
        rows.sort_unstable();
        let bytes = |(hash, place): (u64, [u16; 4])| {
            let place = place.into_iter().flat_map(u16::to_le_bytes);
            hash.to_le_bytes().into_iter().chain(place).collect::<Vec<u8>>()
        };
        Index { rows: rows.into_iter().flat_map(bytes).collect() }
    }

    /// The table as bytes.
    pub fn rows(&self) -> &[u8] {
        &self.rows
    }

    /// Where the question with this name stands. Different names have the same hash once in a very long time: whoever goes
    /// there looks at the name, and there may be a further place to look.
    pub fn find(&self, name: &str) -> impl Iterator<Item = Place> {
        let wanted = hash(name);
        let (rows, _) = self.rows.as_chunks::<ROW>();
        let from = rows.partition_point(|row| hash_of(row) < wanted);
        rows[from..].iter().take_while(move |row| hash_of(row) == wanted).map(place_of)
    }
}

fn hash_of(row: &[u8; ROW]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = *row;
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

fn place_of(row: &[u8; ROW]) -> Place {
    let number = |at: usize| usize::from(u16::from_le_bytes([row[HASH + at], row[HASH + at + 1]]));
    Place { module: number(0), topic: number(2), question: number(4), level: row[HASH + 6] }
}

/// FNV-1a: a few instructions a letter, and the same on every machine.
fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::outline::Asked;

    #[test]
    fn every_question_is_found_by_each_of_its_names() {
        let topics = ["a", "b"].map(|id| Topic {
            id: id.into(),
            title: String::new(),
            asked: Asked::Rarely,
            questions: 0,
            levels: [0; 4],
        });
        let question = |m: usize, q: usize| QuestionOutline {
            id: format!("m{m}.q{q}").as_str().into(),
            was: vec![format!("old{m}.q{q}").as_str().into()],
            topic: ["a", "b"][q % 2].into(),
            level: 1,
            kind: "flash".into(),
            prompt: String::new(),
        };
        let modules: Vec<Vec<QuestionOutline>> = (0..3).map(|m| (0..50).map(|q| question(m, q)).collect()).collect();
        let index = Index::of(modules.iter().map(|questions| (&topics[..], &questions[..])));
        for (m, questions) in modules.iter().enumerate() {
            for (q, question) in questions.iter().enumerate() {
                let place = Place { module: m, topic: q % 2, question: q, level: 1 };
                for name in question.was.iter().chain([&question.id]) {
                    assert_eq!(index.find(name.as_str()).collect::<Vec<_>>(), [place]);
                }
            }
        }
        assert_eq!(index.find("m0.q50").count(), 0);
        assert_eq!(Index::default().find("m0.q0").count(), 0);
    }
}
