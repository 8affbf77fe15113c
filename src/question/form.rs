//! What hands do with a question: the small language between kinds and screens.
//!
//! Screens, the plain mode and any later front end draw forms; they never hear of kinds.

use crate::id::OptionId;
use crate::prose::{Code, Prose, Span};

/// A question as something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Pick from a list that is already in the order to show.
    Choose(Choose),
    /// Type into a gap of a program, or into a line of its own.
    Type(Type),
    /// Put steps into the right order. They come in the order to show first.
    Arrange(Vec<Choice>),
    /// Join each entry at the left with one at the right.
    Pair(Pair),
    /// Point at a line of a program.
    Point(Code),
    /// Recall, turn the card, and say how well one knew it.
    Recall(Prose),
}

/// Join left with right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What is joined, in the order to show: 2 to 6.
    pub left: Vec<Choice>,
    /// What it is joined with, as many, in an order of its own. Each has the id of the one at the left that it belongs to.
    pub right: Vec<Choice>,
}

/// Pick one or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choose {
    /// What can be picked, in the order to show: 2 to 9.
    pub options: Vec<Choice>,
    /// Whether several may be picked.
    pub many: bool,
    /// Whether the answer may be typed instead.
    pub or_type: bool,
}

/// One thing that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The author's name for it; what the log keeps.
    pub id: OptionId,
    /// What it says.
    pub text: Label,
}

/// The text of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// Running text.
    Prose(Vec<Span>),
    /// What a program prints, kept line by line.
    Output(String),
}

/// Type a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// The program around the gap, which is written `____` in it. Without one the field stands alone.
    pub around: Option<Code>,
}

/// How a question looks before it is answered, apart from its form.
#[derive(Clone, Copy, Debug)]
pub struct Face<'a> {
    /// What is asked.
    pub prompt: &'a Prose,
    /// Code shown below the prompt; `None` where the form shows it itself.
    pub program: Option<&'a Code>,
}
