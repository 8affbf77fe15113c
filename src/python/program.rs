//! A program to run, and what came of it. The names are those of the proof server's protocol.

use crate::course::xray::{Request, Trace};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A program, and what to ask about it once it has run.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Program {
    /// The whole text. Without one a harness looks at the files alone.
    pub code: String,
    /// Expressions to evaluate after it, each in a process of its own.
    pub claims: Vec<Claim>,
    /// Files in its folder, by their paths there.
    pub files: Vec<(String, String)>,
    /// What of ours looks at it once it has run.
    pub harness: Option<Harness>,
}

/// Python of ours that looks at a program once it has run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Harness {
    /// Follows a request through the program's `app`.
    Trace(Request),
    /// Runs the tests below `check/`.
    Check,
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// What it printed.
    pub printed: String,
    /// The error that ended it.
    pub error: Option<Raised>,
    /// Why it was stopped, or did not get to its end.
    pub stopped: Option<Stop>,
    /// The answers to its claims, by name; none after an error.
    pub claims: BTreeMap<String, Truth>,
    /// The end of what it wrote to stderr, with what its processes wrote there.
    pub complained: String,
    /// What a harness reports.
    pub report: Option<Report>,
    /// How long it took.
    #[serde(rename = "ms")]
    pub took_ms: u32,
    /// How long the processor worked for it.
    pub cpu_ms: u32,
    /// What came of it in a second run.
    #[serde(default)]
    pub again: Again,
}

/// What came of a program in a second run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Again {
    /// It was run once.
    #[default]
    Never,
    /// It ended in the same way.
    Same,
    /// It ended in another way.
    Different,
}

/// What a harness reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// What happened to a request.
    Trace(Trace),
    /// What the tests came to.
    Tests(Tests),
}

/// What tests came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tests {
    /// Those that were run, in order.
    pub done: Vec<Tested>,
    /// What kept pytest from finding them.
    pub trouble: Option<Place>,
}

/// What one test came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tested {
    /// Its file below `check/`.
    pub file: String,
    /// Its name there, such as `TestCart::test_two[a]`.
    pub name: String,
    /// The first line of its docstring.
    pub says: String,
    /// What it came to.
    pub outcome: Tried,
    /// The error that it failed with.
    pub error: Option<Place>,
}

/// What a test can come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tried {
    /// It passed.
    Passed,
    /// It failed.
    Failed,
    /// It was not run.
    Skipped,
}

/// An error and where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The name of its class.
    #[serde(rename = "type")]
    pub name: String,
    /// Its text.
    pub text: String,
    /// The file in the program's folder; empty where it came from none of them.
    pub file: String,
    /// The line, from 1.
    pub line: Option<u32>,
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
    /// The lines of its traceback that name files, without the code: what somebody sees who pastes it.
    pub frames: String,
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
        /// What the expression compared: code, and its value as Python writes it. Empty where it compared nothing.
        seen: Vec<(String, String)>,
        /// Whether a second run saw the same.
        #[serde(default)]
        is_steady: bool,
    },
    /// Neither.
    Unknown {
        /// Why.
        error: String,
    },
}

impl Harness {
    /// What Python runs for it.
    pub fn source(&self) -> &'static str {
        match self {
            Harness::Trace(_) => include_str!("trace.py"),
            Harness::Check => include_str!("check.py"),
        }
    }

    /// What that is given.
    pub fn given(&self) -> Option<&Request> {
        match self {
            Harness::Trace(request) => Some(request),
            Harness::Check => None,
        }
    }
}

impl Run {
    /// Whether the same program would come to the same end again: not if a limit or an accident ended it.
    pub fn is_lasting(&self) -> bool {
        self.stopped.is_none()
    }

    /// A program that never came to an end of its own.
    pub fn stopped(why: Why, text: impl Into<String>) -> Run {
        let stopped = Some(Stop { why, text: text.into() });
        Run { stopped, ..Run::default() }
    }
}
