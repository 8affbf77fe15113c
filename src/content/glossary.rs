//! `glossary.yaml`: the words of the course.

use crate::course::outline::Word;
use crate::fault::{Faults, MentionSort};
use crate::field::Field;
use crate::prose::read;
use serde::Deserialize;

/// What authors write for a word.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a map with `term`, `text` and perhaps `also` and `see`")]
pub struct WordFields {
    /// The word.
    pub term: Field<String>,
    /// Other spellings.
    pub also: Field<Vec<Field<String>>>,
    /// What it means.
    pub text: Field<String>,
    /// Other words to look at.
    pub see: Field<Vec<Field<String>>>,
}

/// The fields by name, for "did you mean".
pub const NAMES: &[&str] = &["term", "also", "text", "see"];

/// Checks one word. Without a meaning it is still a word that texts may refer to.
pub fn check(fields: WordFields, faults: &mut Faults) -> Option<Word> {
    let term = fields.term.text("term", faults);
    let also = fields.also.texts("also", faults).into_iter().map(|(_, spelling)| spelling).collect();
    let text = fields.text.text("text", faults).map(|text| read::blocks(&text, "text", faults));
    let see = fields.see.texts("see", faults);
    for (path, word) in &see {
        faults.mention(MentionSort::Term, path, word);
    }
    let see = see.into_iter().map(|(_, word)| word).collect();
    Some(Word { term: term?.trim().to_owned(), also, text: text.unwrap_or_default(), see })
}
