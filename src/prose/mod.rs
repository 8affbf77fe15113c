//! Markdown as data: what an author wrote, parsed once when content is checked.
//!
//! Nothing here knows a colour, a width or a file. Code is highlighted into classes when it is parsed, so that showing
//! it later needs no highlighter.

pub mod code;
mod fence;
pub mod highlight;
mod inline;
pub mod parse;
pub mod plain;
pub mod read;
pub mod width;

use serde::{Deserialize, Serialize};

pub use code::{Class, Code, CodeLine, Expect, Language};

/// A piece of Markdown, parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose(pub Vec<Block>);

/// One block of prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A heading; a lesson's title is level 1 and stands outside its body.
    Heading {
        /// 2 or 3.
        level: u8,
        /// What it says.
        text: Vec<Span>,
    },
    /// Running text.
    Paragraph(Vec<Span>),
    /// A list.
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        /// Its entries.
        items: Vec<Item>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A quotation that began with `[!kind]`.
    Callout {
        /// What it is for.
        kind: CalloutKind,
        /// The rest of its first line; may be empty.
        title: Vec<Span>,
        /// What it says.
        body: Vec<Block>,
    },
    /// A program or another text in a fence, with what it printed.
    Code(Code),
    /// A question asked at this place, by its id.
    Check(String),
    /// A picture made of characters, kept as it is.
    Diagram(Vec<String>),
    /// A picture in frames.
    Steps(Vec<Frame>),
    /// A table; each cell is running text.
    Table {
        /// Of each column.
        align: Vec<Align>,
        /// The cells of its first row.
        head: Vec<Vec<Span>>,
        /// The cells of the others, as many in each as in the first.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// A line across.
    Rule,
    /// The text of a footnote.
    Footnote {
        /// As the author wrote it behind `^`.
        label: String,
        /// What it says.
        body: Vec<Block>,
    },
}

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// For a task list: whether it is done.
    pub task: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// One frame of a stepped picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// What happens in this frame: one line.
    pub caption: String,
    /// The picture.
    pub lines: Vec<String>,
}

/// How a table column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    /// At the left edge, also where the author said nothing.
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

/// What a call-out is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CalloutKind {
    /// Worth knowing.
    Note,
    /// Worth doing.
    Tip,
    /// Goes wrong if overlooked.
    Warning,
    /// A wrong belief and the truth.
    Myth,
    /// What changed when.
    Version,
    /// How interviews ask it.
    Interview,
}

impl CalloutKind {
    /// Every kind, with the word authors write.
    pub const ALL: [(CalloutKind, &'static str); 6] = [
        (CalloutKind::Note, "note"),
        (CalloutKind::Tip, "tip"),
        (CalloutKind::Warning, "warning"),
        (CalloutKind::Myth, "myth"),
        (CalloutKind::Version, "version"),
        (CalloutKind::Interview, "interview"),
    ];

    /// The word shown to the reader and written by the author.
    pub fn word(self) -> &'static str {
        match self {
            CalloutKind::Note => "note",
            CalloutKind::Tip => "tip",
            CalloutKind::Warning => "warning",
            CalloutKind::Myth => "myth",
            CalloutKind::Version => "version",
            CalloutKind::Interview => "interview",
        }
    }
}

/// A run of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The text; a hard line break is the single text `"\n"`.
    pub text: String,
    /// How it is set.
    pub style: Style,
    /// Where it leads.
    pub target: Option<Target>,
}

/// How a run of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Style {
    /// `**strong**`
    pub strong: bool,
    /// `*emphasis*`
    pub emphasis: bool,
    /// `` `code` ``
    pub code: bool,
    /// `~~struck out~~`
    pub struck: bool,
}

/// Where a run of text leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// An address outside.
    Url(String),
    /// A word of the glossary, as the author spelt it.
    Term(String),
    /// A footnote, by its label.
    Note(String),
}

impl Span {
    /// Plain text without style or target.
    pub fn plain(text: impl Into<String>) -> Span {
        Span { text: text.into(), ..Span::default() }
    }
}
