//! What real Flask must confirm and refute about a question, for the proof runner.

/// One program to run, and what must come of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Which statement this is about, in the author's words: an option's id, an accepted text.
    pub about: String,
    /// The whole program.
    pub program: String,
    /// What must come of it.
    pub expect: Outcome,
}

/// What must come of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It ends without an error.
    Passes,
    /// It ends with any error.
    Fails,
    /// It ends with this error.
    FailsWith {
        /// The name of its class.
        error: String,
        /// What it prints before, and then `Class: first line of the error's text`; `None` where nobody asks.
        prints: Option<String>,
    },
    /// It ends without an error and prints exactly this (blanks at line ends and line ends at the end aside).
    Prints(String),
    /// It ends without an error, and each expression is as true or false as stated: name, expression, truth.
    Claims(Vec<(String, String, bool)>),
}
