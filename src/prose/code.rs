//! Code as data: its lines and, for each, runs of one class.

use serde::{Deserialize, Serialize};

/// Code and pictures have this many columns at most, so that they fit a screen of 80 with their frame.
pub const COLUMNS_MAX: usize = 72;

/// A fenced block of code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// What it is written in.
    pub language: Language,
    /// Its lines, in order, without line ends.
    pub lines: Vec<CodeLine>,
    /// What running it must do; `None` for what isn't run.
    pub expect: Option<Expect>,
    /// What it printed: the `output` fence below it, without a line end at the end.
    pub output: Option<String>,
}

impl Code {
    /// The text, each line ended by a line end.
    pub fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect()
    }
}

/// One line of code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeLine {
    /// The text without its line end.
    pub text: String,
    /// How many bytes of `text`, from left to right, are of which class. They add up to its length.
    pub runs: Vec<(u16, Class)>,
}

/// What running a program must do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expect {
    /// End without an error.
    Passes,
    /// End with this error, by the name of its class.
    Fails(String),
}

/// What code is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// Python.
    Python,
    /// HTML with Jinja tags.
    Jinja,
    /// HTML.
    Html,
    /// A request or a response.
    Http,
    /// A shell session: lines that begin with `$ ` were typed.
    Console,
    /// SQL.
    Sql,
    /// TOML.
    Toml,
    /// Anything else, and what programs print.
    #[default]
    Text,
}

impl Language {
    /// Every language, with the word authors write.
    pub const ALL: [(Language, &'static str); 8] = [
        (Language::Python, "python"),
        (Language::Jinja, "jinja"),
        (Language::Html, "html"),
        (Language::Http, "http"),
        (Language::Console, "console"),
        (Language::Sql, "sql"),
        (Language::Toml, "toml"),
        (Language::Text, "text"),
    ];
}

/// What a piece of code is, as far as its colour goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Class {
    /// Names, operators, brackets.
    #[default]
    Text,
    /// `def`, `return`, `SELECT`, an HTML tag's name.
    Keyword,
    /// The name of a function or class where it is defined or called, a decorator.
    Function,
    /// A text in quotes.
    String,
    /// A number or a constant such as `None`.
    Number,
    /// A comment.
    Comment,
    /// Text around the code: a shell prompt, the tags of a template.
    Mark,
}
