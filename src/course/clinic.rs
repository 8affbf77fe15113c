//! An entry of the error clinic: a message or a symptom, its cause and its cures.

use crate::id::{ClinicId, TopicId};
use crate::prose::{Code, Prose, Span};
use regex_lite::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

/// Something that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ailment {
    /// Its name, unique in the course.
    pub id: ClinicId,
    /// Names that it had before.
    pub was: Vec<ClinicId>,
    /// What it is about.
    pub topic: TopicId,
    /// Its title.
    pub title: String,
    /// What people see or say when they have it.
    pub matches: Vec<Sign>,
    /// What happens, in a sentence.
    pub symptom: Vec<Span>,
    /// Why it happens.
    pub cause: Prose,
    /// What helps, each in its own situation.
    pub cures: Vec<Cure>,
    /// What real Flask must show; `None` where it can't be run.
    pub proof: Option<Case>,
    /// Why it has no proof; `None` for one that is proven.
    pub unproved: Option<String>,
    /// The versions for which it holds, as written; empty for the course's own.
    pub flask: String,
    /// Pages to read, as [`super::source`] spells them.
    pub sources: Vec<String>,
    /// The version of Flask that it was recorded on; empty where it was not, or was changed since.
    pub ran_on: String,
}

/// What people see or say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// This text, anywhere, in capital or small letters.
    Text(String),
    /// What this regular expression finds, anywhere, in capital or small letters; `^` and `$` are ends of lines.
    Pattern(String),
}

/// What helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cure {
    /// In which situation.
    pub when: Vec<Span>,
    /// What to do.
    pub what: Prose,
    /// How that looks.
    pub code: Option<Code>,
}

/// Programs that have it and are cured of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// One that has it.
    pub ill: Ill,
    /// One that had it.
    pub cured: String,
}

/// A program that has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ill {
    /// Its error, or what it prints, is one of the signs.
    Raises(String),
    /// It asserts the symptom, and runs to its end.
    Shows(String),
}

impl Ill {
    /// The field that it is written in.
    pub fn word(&self) -> &'static str {
        match self {
            Ill::Raises(_) => "raises",
            Ill::Shows(_) => "shows",
        }
    }

    /// The program.
    pub fn code(&self) -> &str {
        match self {
            Ill::Raises(code) | Ill::Shows(code) => code,
        }
    }
}

impl Sign {
    /// Whether a text has it.
    pub fn is_in(&self, text: &str) -> bool {
        match self {
            Sign::Text(sign) => text.to_lowercase().contains(&sign.to_lowercase()),
            // It was read before, when the course was checked.
            Sign::Pattern(pattern) => regex(pattern).is_ok_and(|regex| regex.is_match(text)),
        }
    }

    /// As authors write it.
    pub fn written(&self) -> String {
        match self {
            Sign::Text(text) => text.clone(),
            Sign::Pattern(pattern) => format!("/{pattern}/"),
        }
    }
}

/// The pattern of a sign.
pub fn regex(pattern: &str) -> Result<Regex, regex_lite::Error> {
    RegexBuilder::new(pattern).case_insensitive(true).multi_line(true).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_found_anywhere_in_whatever_case() {
        let said = "Traceback (most recent call last):\nRuntimeError: Working outside of application context.\n";
        let signs = [
            (Sign::Text("working OUTSIDE".into()), true),
            (Sign::Text("request context".into()), false),
            (Sign::Pattern("^runtimeerror: .*context".into()), true),
            (Sign::Pattern("last\\):$".into()), true),
            (Sign::Pattern("^Working".into()), false),
            (Sign::Pattern("(".into()), false),
        ];
        for (sign, expected) in signs {
            assert_eq!(sign.is_in(said), expected, "{sign:?}");
        }
    }
}
