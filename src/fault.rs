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

/// What a text is read for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// To be shown to a learner: its code is highlighted, which takes longer than all else.
    #[default]
    Show,
    /// To see what is wrong with it.
    Check,
}

/// Collects mistakes below one field.
#[derive(Debug, Default)]
pub struct Faults {
    /// What the text is read for.
    pub purpose: Purpose,
    found: Vec<Fault>,
    mentions: Vec<Mention>,
    prefix: Vec<String>,
}

/// Words of a text that only somebody can judge who has read more than this file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What they are.
    pub sort: MentionSort,
    /// The field, from the top of the file.
    pub path: String,
    /// The words as the author spelt them.
    pub words: String,
}

/// What mentioned words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionSort {
    /// A reference to a word of the glossary.
    Term,
    /// A word that is set in bold or italics, as one is where it is explained.
    Stressed,
    /// A page to read.
    Source,
}

/// How much a finding counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The course is not read with it.
    Mistake,
    /// The course works, but its author should look at it.
    Warning,
}

impl Severity {
    /// The word for it, as in `content check --json`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Mistake => "mistake",
            Severity::Warning => "warning",
        }
    }
}

impl Faults {
    /// None so far, in a text that is read for this.
    pub fn reading(purpose: Purpose) -> Faults {
        Faults { purpose, ..Faults::default() }
    }

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

    /// Notes words in the field `path` below the current one, to be judged later.
    pub fn mention(&mut self, sort: MentionSort, path: &str, words: &str) {
        let path = self.path(path);
        self.mentions.push(Mention { sort, path, words: words.to_owned() });
    }

    /// The words that were noted since this was last asked.
    pub fn take_mentions(&mut self) -> Vec<Mention> {
        std::mem::take(&mut self.mentions)
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

    /// How many were found so far.
    pub fn count(&self) -> usize {
        self.found.len()
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
    (mistakes { $($code:ident $name:literal $doc:literal),* $(,)? }
     warnings { $($odd:ident $odd_name:literal $odd_doc:literal),* $(,)? }) => {
        /// The kinds of mistakes and warnings. Each has a name that is printed and a file in `tests/broken/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FaultCode { $(#[doc = $doc] $code,)* $(#[doc = $odd_doc] $odd,)* }

        impl FaultCode {
            /// Every code.
            pub const ALL: &[FaultCode] = &[$(FaultCode::$code,)* $(FaultCode::$odd,)*];

            /// The name that is printed, such as `duplicate-id`.
            pub fn name(self) -> &'static str {
                match self { $(FaultCode::$code => $name,)* $(FaultCode::$odd => $odd_name,)* }
            }

            /// What it means, for the manual.
            pub fn doc(self) -> &'static str {
                match self { $(FaultCode::$code => $doc,)* $(FaultCode::$odd => $odd_doc,)* }
            }

            /// How much it counts.
            pub fn severity(self) -> Severity {
                match self {
                    $(FaultCode::$code => Severity::Mistake,)*
                    $(FaultCode::$odd => Severity::Warning,)*
                }
            }
        }
    };
}

codes! {
    mistakes {
        Syntax "syntax" "The text is not YAML.",
        Dialect "dialect" "A part of YAML that courses don't use: anchors, aliases, tags, merge keys, further documents.",
        DuplicateKey "duplicate-key" "A field is there twice.",
        LostComment "lost-comment" "A `#` after one blank makes the rest of a text a comment.",
        ControlCharacter "control-character" "A control character, or one that is invisible or turns the text around.",
        Encoding "encoding" "A file is not UTF-8.",
        TooBig "too-big" "A file is larger than 1 MiB (64 KiB in a lab), or a folder holds too many files.",
        TooMany "too-many" "More mistakes in one file than are told at once.",
        TooDeep "too-deep" "Lists and maps are nested too deep.",
        MissingFile "missing-file" "A file or folder that must be there is not.",
        StrayFile "stray-file" "A file or folder that nobody reads.",
        Unreadable "unreadable" "A file can't be read, or is a link that leaves the course.",
        MissingField "missing-field" "A field that must be there is not.",
        UnknownField "unknown-field" "A field that nobody reads.",
        WrongType "wrong-type" "A field holds another sort of value than it should.",
        DuplicateId "duplicate-id" "Two things have the same id.",
        Markdown "markdown" "A part of Markdown that courses don't use, or that is not closed.",
        EmptyText "empty-text" "A text that says nothing.",
        BadId "bad-id" "An id with characters that ids don't have.",
        UnknownKind "unknown-kind" "A kind of question that there isn't.",
        OptionCount "option-count" "Too few or too many options, steps or pairs.",
        KeyCount "key-count" "No option is right, or several are where one must be.",
        DuplicateOption "duplicate-option" "Two options, steps or ends of pairs say the same.",
        OptionPlace "option-place" "A text speaks of the place of an option, but options are shuffled.",
        MissingClaim "missing-claim" "An option or a pair that nothing in the proof speaks about.",
        StrayClaim "stray-claim" "A claim about an option, or a value of a pair, that there isn't.",
        ClaimWithoutLeft "claim-without-left" "A claim about a pair that doesn't speak of `left`, so that no wrong pair is refuted.",
        NoAssert "no-assert" "A proof that is to assert something and asserts nothing.",
        MissingReason "missing-reason" "`proof: none` without a `reason`, or a `reason` without `proof: none`.",
        GapCount "gap-count" "A program to complete has not exactly one `____`.",
        AcceptedAndRejected "accepted-and-rejected" "A text is accepted and rejected, or one of them and near at the same time.",
        RepeatedLine "repeated-line" "A line of a program is spoken of twice.",
        NoChange "no-change" "A change that changes nothing: to a line, in a cured program, in a start or a wrong end of a lab.",
        StepOrder "step-order" "Another order of steps that has not each step once, or is there twice.",
        Pattern "pattern" "A pattern between slashes that can't be read or fits every text, or patterns without a text to show.",
        CodeWidth "code-width" "A line of code or of a picture is too wide for a small screen.",
        HeadingLevel "heading-level" "A heading of another level than 2 or 3, or a 3 without a 2 above it.",
        UnknownFence "unknown-fence" "A fence of a kind that there is not.",
        UnknownCallout "unknown-callout" "A call-out of a kind that there is not.",
        ProgramMode "program-mode" "A Python fence that doesn't say whether, and how, it is run.",
        StrayOutput "stray-output" "An `output` fence that does not stand directly below a program that is run.",
        StrayCheck "stray-check" "A check inside a list, a quotation or a call-out.",
        EmptyBlock "empty-block" "A fence or call-out with nothing in it.",
        Tab "tab" "A tab: it is as wide as each terminal likes.",
        LinkAddress "link-address" "A link that leads nowhere outside.",
        Footnote "footnote" "A footnote without its text, or a text without its footnote.",
        UnknownId "unknown-id" "Nothing has this id: a question, lesson, topic, module, point or word of the glossary that there isn't.",
        Range "range" "A number is too small or too large, or there are too few or too many of something.",
        Format "format" "A course in a format that this program doesn't know.",
        ModuleOrder "module-order" "A module needs one that comes later, or is not in the course's list.",
        EmptyTopic "empty-topic" "A topic without a lesson.",
        RepeatedCheck "repeated-check" "A lesson asks a question twice.",
        UnknownSource "unknown-source" "A source whose site nobody knows.",
        FlaskRange "flask-range" "A range of versions that can't be read, or a version that doesn't fit the pinned one.",
        EmptyRange "empty-range" "A range of versions that no version is in.",
        IdPrefix "id-prefix" "An id that doesn't begin as those of its sort do: `clinic.`, `xray.`, `lab.`.",
        FollowUpDepth "follow-up-depth" "Follow-ups that go deeper than two, or a prompt without one that goes two deep.",
        UnknownEvent "unknown-event" "An event that no request comes through.",
        BadRequest "bad-request" "A request that no client sends: its method, its path, a header.",
        MissingPin "missing-pin" "A requirements.txt without pytest, in a course that has labs.",
        MissingDocstring "missing-docstring" "A test of a lab without the sentence that learners see.",
    }
    warnings {
        KeyLength "key-length" "Too often the longest option is the right one: whoever picks the longest knows more than they should.",
        NearOption "near-option" "Two options say nearly the same.",
        NearPrompt "near-prompt" "Two questions ask nearly the same.",
        FewQuestions "few-questions" "A topic has fewer questions than the course asks for.",
        ReadingTime "reading-time" "A lesson takes much more or less time to read than its `minutes` say.",
        LongText "long-text" "A lesson, prompt, hint or explanation that is too long for one sitting or one look.",
        MisspeltTerm "misspelt-term" "A stressed word that is a word of the glossary but for a letter or two.",
        NotRecorded "not-recorded" "Something that nobody has seen on real Flask as it is now.",
        UnknownPage "unknown-page" "A source that names a page or a heading which the documentation doesn't have.",
    }
}

/// The name among `known` that somebody probably meant by `written`: for "did you mean".
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let allowed = 1 + written.chars().count() / 4;
    let distances = known.into_iter().map(|name| (distance(&written, &name.to_lowercase()), name));
    let (distance, name) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= allowed && distance < written.chars().count()).then_some(name)
}

/// How many letters must be added, dropped, replaced or swapped with their neighbour to make `b` of `a`.
pub fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    // Three rows of the usual table: the one being filled and the two above it.
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut before = None;
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (row[j] + usize::from(x != *y)).min(row[j + 1] + 1).min(next[j] + 1);
            if j > 0 && before == Some(*y) && x == b[j - 1] {
                least = least.min(above[j - 1] + 1);
            }
            next.push(least);
        }
        above = std::mem::replace(&mut row, next);
        before = Some(x);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_slips_and_leaves_strangers_alone() {
        let known = ["python", "output", "jinja", "check"];
        assert_eq!(nearest("pyhton", known), Some("python"));
        assert_eq!(nearest("Output", known), Some("output"));
        assert_eq!(nearest("chek", known), Some("check"));
        assert_eq!(nearest("rust", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn a_path_is_joined_from_its_fields() {
        let mut faults = Faults::default();
        faults.within("options", |faults| faults.within("[1]", |faults| faults.add(FaultCode::Tab, "why", "w", "m")));
        assert_eq!(faults.into_found()[0].path, "options[1].why");
    }
}
