//! A program to run, and what came of it. The names are those of the proof server's protocol.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A program, and what to ask about it once it has run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Program {
    /// The whole text.
    pub code: String,
    /// Expressions to evaluate after it, each in a process of its own.
    pub claims: Vec<Claim>,
}

/// A statement about a program that has run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Claim {
    /// What the answer is filed under.
    pub name: String,
    /// A Python expression that is `True` or `False`.
    pub expression: String,
}

/// What a program may use. Memory, output and processes are limited in the proof server's own source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long it may run, with its claims.
    pub time_ms: u32,
}

/// What came of a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// What it printed.
    pub printed: String,
    /// The error that ended it.
    pub error: Option<Raised>,
    /// Why it was stopped, or did not get to its end.
    pub stopped: Option<Stop>,
    /// The answers to its claims, by name; none after an error.
    pub claims: BTreeMap<String, Truth>,
    /// How long it took.
    #[serde(rename = "ms")]
    pub took_ms: u32,
}

/// An error that ended a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    /// The name of its class.
    #[serde(rename = "type")]
    pub name: String,
    /// Its text.
    pub text: String,
    /// The line of the program where it came from, from 1.
    pub line: Option<u32>,
}

/// Why a program was stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// The kind of reason.
    pub why: Why,
    /// The reason in words: "it was still running after 10 s".
    pub text: String,
}

/// The kinds of reasons to stop a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It ran too long.
    Time,
    /// It printed too much.
    Output,
    /// It made too many processes.
    Processes,
    /// It ended its own process.
    Death,
    /// It ended the process that runs programs.
    Server,
}

/// The answer to a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Truth {
    /// True or false.
    Known {
        /// Which.
        value: bool,
        /// What the expression compared, such as `r.status_code is 404`; empty where it compared nothing.
        shown: String,
    },
    /// Neither.
    Unknown {
        /// Why.
        error: String,
    },
}

impl Run {
    /// Whether the same program would come to the same end again: not if a limit or an accident ended it.
    pub fn is_lasting(&self) -> bool {
        self.stopped.is_none()
    }

    /// A program that never came to an end of its own.
    pub fn stopped(why: Why, text: impl Into<String>) -> Run {
        let stopped = Some(Stop { why, text: text.into() });
        Run { printed: String::new(), error: None, stopped, claims: BTreeMap::new(), took_ms: 0 }
    }
}
