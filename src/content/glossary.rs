//! `glossary.yaml`: the words of the course.

use crate::course::outline::Word;
use crate::fault::{Faults, MentionSort};
use crate::field::Field;
use crate::prose::read;
use crate::shape::{fields, may, must};

fields! {
    /// What authors write for a word.
    WordFields, "word", "a map with `term`, `text` and perhaps `also` and `see`" {
        /// The word.
        term: Field<String> = must(),
        /// Other spellings.
        also: Field<Vec<Field<String>>> = may(),
        /// What it means.
        text: Field<String> = must(),
        /// Other words to look at.
        see: Field<Vec<Field<String>>> = may(),
    }
}

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
