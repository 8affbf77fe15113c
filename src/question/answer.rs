//! What a learner answered, in the author's words, and how good it was.

use super::form::Label;
use crate::id::OptionId;
use crate::prose::{Prose, Span};
use serde::{Deserialize, Serialize};

/// An answer as the log keeps it: ids and text, never positions on a screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The options picked, in no particular order.
    Chosen(Vec<OptionId>),
    /// The text typed, as it was typed.
    Typed(String),
    /// All steps, in the order in which the learner put them.
    Arranged(Vec<OptionId>),
    /// What was joined: left, right.
    Paired(Vec<(OptionId, OptionId)>),
    /// The line pointed at: its number from 1, and its text, since programs change.
    Pointed {
        /// From 1.
        line: u16,
        /// As it stood there.
        text: String,
    },
    /// How well the learner says to have known it.
    Recalled(Recall),
    /// "I don't know": shown the answer without trying.
    GaveUp,
}

/// How well somebody says to have known what a card asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recall {
    /// Not.
    Again,
    /// With effort, or not all of it.
    Hard,
    /// Well.
    Good,
    /// At once.
    Easy,
}

/// How good an answer was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All of it.
    Right,
    /// Some of it.
    Partly,
    /// Not.
    Wrong,
}

/// A graded answer: the verdict and what to say about each part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// How good it was.
    pub verdict: Verdict,
    /// What was right, in one line: the key's text, or the accepted text; steps in the right order; pairs, each with both
    /// its ends.
    pub key: Vec<Label>,
    /// One remark for each part of the form, in the form's order, and further ones about what was typed.
    pub remarks: Vec<Remark>,
}

/// What to say about one part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What it is about.
    pub about: Part,
    /// Whether this part belongs to the right answer.
    pub is_key: bool,
    /// Whether the learner picked it.
    pub chosen: bool,
    /// The author's reason; empty where there is none.
    pub why: Prose,
}

impl Answer {
    /// The options picked; none where something else was done.
    pub fn chosen(&self) -> &[OptionId] {
        match self {
            Answer::Chosen(options) => options,
            Answer::Typed(_)
            | Answer::Arranged(_)
            | Answer::Paired(_)
            | Answer::Pointed { .. }
            | Answer::Recalled(_)
            | Answer::GaveUp => &[],
        }
    }
}

impl Label {
    /// The text without any style, on one line.
    pub fn plain(&self) -> String {
        match self {
            Label::Prose(spans) => spans.iter().map(|span: &Span| span.text.as_str()).collect(),
            Label::Output(text) => text.replace('\n', " ⏎ "),
        }
    }
}

/// A part of a question or of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// An option, a step, or an entry at the left of a pair.
    Option(OptionId),
    /// A line of the program, from 1.
    Line(u16),
    /// What was typed, or the whole.
    Whole,
}

impl Remark {
    /// The option that it is about, if it is about one.
    pub fn option(&self) -> Option<&OptionId> {
        match &self.about {
            Part::Option(id) => Some(id),
            Part::Line(_) | Part::Whole => None,
        }
    }
}
