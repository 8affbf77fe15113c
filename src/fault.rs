//! A mistake in a course, as data: which kind, where, what is wrong, how to mend it.
//!
//! The rooms that find mistakes know only paths such as `options[1].why`; `content` turns paths into lines and columns.

/// One mistake of an author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which kind of mistake.
    pub code: FaultCode,
    /// The field, from the top of the file: `body`, `[2].options[1].why`.
    pub path: String,
    /// For a mistake inside a text: its line there, from 0.
    pub line: Option<usize>,
    /// What is wrong, as a sentence without a full stop.
    pub what: String,
    /// How to mend it; empty where `what` says it all.
    pub mend: String,
}

/// Collects mistakes below one field.
#[derive(Debug, Default)]
pub struct Faults {
    found: Vec<Fault>,
    prefix: Vec<String>,
}

impl Faults {
    /// Notes a mistake in the field `path` below the current one (empty: the current one itself).
    pub fn add(&mut self, code: FaultCode, path: &str, what: impl Into<String>, mend: impl Into<String>) {
        self.add_at(code, path, None, what, mend);
    }

    /// The same, in line `line` (from 0) of the field's text.
    pub fn add_at(
        &mut self,
        code: FaultCode,
        path: &str,
        line: Option<usize>,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) {
        let path = self.path(path);
        self.found.push(Fault { code, path, line, what: what.into(), mend: mend.into() });
    }

    /// Does `work` with every path below `field`.
    pub fn within<T>(&mut self, field: &str, work: impl FnOnce(&mut Faults) -> T) -> T {
        self.prefix.push(field.to_owned());
        let result = work(self);
        self.prefix.pop();
        result
    }

    /// All mistakes, in the order in which they were found.
    pub fn into_found(self) -> Vec<Fault> {
        self.found
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    fn path(&self, last: &str) -> String {
        let mut path = String::new();
        for part in self.prefix.iter().map(String::as_str).chain([last]) {
            if !path.is_empty() && !part.is_empty() && !part.starts_with('[') {
                path.push('.');
            }
            path.push_str(part);
        }
        path
    }
}

macro_rules! codes {
    ($($code:ident $name:literal $doc:literal),* $(,)?) => {
        /// The kinds of mistakes. Each has a name that is printed and a file in `tests/broken/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FaultCode { $(#[doc = $doc] $code),* }

        impl FaultCode {
            /// Every code.
            pub const ALL: &[FaultCode] = &[$(FaultCode::$code),*];

            /// The name that is printed, such as `duplicate-id`.
            pub fn name(self) -> &'static str {
                match self { $(FaultCode::$code => $name),* }
            }

            /// What it means, for the manual.
            pub fn doc(self) -> &'static str {
                match self { $(FaultCode::$code => $doc),* }
            }
        }
    };
}

codes! {
    Syntax "syntax" "The text is not YAML, or uses a part of YAML that courses don't use.",
    MissingField "missing-field" "A field that must be there is not.",
    UnknownField "unknown-field" "A field that nobody reads.",
    WrongType "wrong-type" "A field holds another sort of value than it should.",
    DuplicateId "duplicate-id" "Two things have the same id.",
    Markdown "markdown" "A part of Markdown that courses don't use, or that is not closed.",
}
