//! What stands between lines of ```: code, what it printed, checks and pictures.

use super::code::{COLUMNS_MAX, Expect, Language};
use super::width::columns;
use super::{Block, Frame, highlight};
use crate::fault::{FaultCode, Faults, nearest};

/// The fences that aren't languages.
const OTHERS: [&str; 4] = ["output", "check", "diagram", "steps"];

/// What authors used to other courses may write, and what it is called here.
const ALIASES: [(&str, &str); 12] = [
    ("py", "python"),
    ("python3", "python"),
    ("html+jinja", "jinja"),
    ("jinja2", "jinja"),
    ("bash", "console"),
    ("sh", "console"),
    ("shell", "console"),
    ("json", "text"),
    ("yaml", "text"),
    ("ini", "text"),
    ("txt", "text"),
    ("plain", "text"),
];

/// A fence as the author wrote it.
pub(super) struct Fence<'a> {
    /// What stands behind the opening signs.
    pub info: &'a str,
    /// What stands between the lines.
    pub body: &'a str,
    /// Where the opening line is, from 0.
    pub line: usize,
    /// Whether the closing line is there.
    pub closed: bool,
    /// Whether it stands in a list, a quotation or a call-out.
    pub nested: bool,
}

impl Fence<'_> {
    /// Adds what the fence means to the blocks above it.
    pub(super) fn read(&self, blocks: &mut Vec<Block>, faults: &mut Faults) {
        let (kind, rest) = self.info.trim().split_once(char::is_whitespace).unwrap_or((self.info.trim(), ""));
        let rest = rest.trim();
        if !self.closed {
            let mend = "end it with a line of ``` that stands as far to the right as its first line";
            self.fault(faults, FaultCode::Markdown, "a fence that is not closed", mend);
        }
        for (number, text) in self.body.lines().enumerate().filter(|(_, text)| text.contains('\t')) {
            let mend = "write blanks";
            faults.add_at(
                FaultCode::Tab,
                "",
                Some(self.line + 1 + number),
                format!("a tab in `{}`", text.trim()),
                mend,
            );
        }
        let known = OTHERS.contains(&kind) || Language::ALL.iter().any(|(_, name)| *name == kind);
        if known && !rest.is_empty() && kind != "python" {
            let what = format!("a fence of `{kind}` takes no further words, but here stands `{rest}`");
            self.fault(faults, FaultCode::UnknownFence, what, "");
        }
        match kind {
            "output" => self.output(blocks, faults),
            "check" => blocks.extend(self.check(faults)),
            "diagram" => blocks.extend(self.diagram(faults)),
            "steps" => blocks.extend(self.steps(faults)),
            _ => blocks.extend(self.code(kind, rest, faults)),
        }
    }

    fn code(&self, kind: &str, rest: &str, faults: &mut Faults) -> Option<Block> {
        let Some((language, _)) = Language::ALL.into_iter().find(|(_, name)| *name == kind) else {
            self.unknown(kind, faults);
            return None;
        };
        self.check_width(faults);
        if self.body.trim().is_empty() {
            self.fault(faults, FaultCode::EmptyBlock, format!("the `{kind}` fence is empty"), "");
            return None;
        }
        let mut code = highlight::code(self.body, language, faults.purpose);
        if language == Language::Python {
            code.expect = self.expect(rest, faults);
        }
        Some(Block::Code(code))
    }

    fn expect(&self, rest: &str, faults: &mut Faults) -> Option<Expect> {
        match rest.split_once('=') {
            None if rest == "run" => return Some(Expect::Passes),
            None if rest == "norun" => return None,
            Some(("fails", name)) if is_error_name(name) => return Some(Expect::Fails(name.to_owned())),
            Some(_) | None => {}
        }
        let mend = "write `python run` for a whole program, `python fails=TypeError` for one that ends with this error, \
                    `python norun` for a fragment";
        let what = if rest.is_empty() {
            "the fence doesn't say whether its program is run".to_owned()
        } else {
            format!("a `python` fence cannot be `{rest}`")
        };
        self.fault(faults, FaultCode::ProgramMode, what, mend);
        None
    }

    fn output(&self, blocks: &mut [Block], faults: &mut Faults) {
        let printed = self.body.trim_end_matches('\n').to_owned();
        match blocks.last_mut() {
            Some(Block::Code(code)) if code.expect.is_some() && code.output.is_none() => code.output = Some(printed),
            _ => {
                let mend =
                    "put it directly below a fence of `python run` or `python fails=…`; other text goes into `text`";
                self.fault(faults, FaultCode::StrayOutput, "there is no program above that prints this", mend);
            }
        }
    }

    fn check(&self, faults: &mut Faults) -> Option<Block> {
        let id = self.body.trim();
        if self.nested {
            let mend = "put it between paragraphs";
            self.fault(faults, FaultCode::StrayCheck, "a check cannot stand in a list or quotation", mend);
            return None;
        }
        if id.is_empty() || id.contains(char::is_whitespace) {
            let mend = "write the id of one question; two checks are two fences";
            self.fault(faults, FaultCode::EmptyBlock, "a check names one question", mend);
            return None;
        }
        Some(Block::Check(id.to_owned()))
    }

    fn diagram(&self, faults: &mut Faults) -> Option<Block> {
        self.check_width(faults);
        let lines = picture(self.body.lines());
        if lines.is_empty() {
            self.fault(faults, FaultCode::EmptyBlock, "the diagram is empty", "");
            return None;
        }
        Some(Block::Diagram(lines))
    }

    fn steps(&self, faults: &mut Faults) -> Option<Block> {
        self.check_width(faults);
        let lines: Vec<&str> = self.body.lines().collect();
        let mut frames = Vec::new();
        let mut first = 0;
        for frame in lines.split(|line| line.trim_end() == "---") {
            let caption = frame.first().map_or("", |line| line.trim());
            let lines = picture(frame.iter().skip(1).copied());
            if caption.is_empty() || lines.is_empty() {
                let what = "a frame needs a caption in its first line and a picture below it";
                faults.add_at(FaultCode::EmptyBlock, "", Some(self.line + 1 + first), what, "");
            } else {
                frames.push(Frame { caption: caption.to_owned(), lines });
            }
            first += frame.len() + 1;
        }
        (!frames.is_empty()).then_some(Block::Steps(frames))
    }

    fn unknown(&self, kind: &str, faults: &mut Faults) {
        let names: Vec<&str> = Language::ALL.iter().map(|(_, name)| *name).chain(OTHERS).collect();
        let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(kind)).map(|(_, name)| *name);
        let mend = match alias.or_else(|| nearest(kind, names.iter().copied())) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("there are {}", names.join(", ")),
        };
        let what = match kind {
            "" => "the fence doesn't say what it holds".to_owned(),
            _ => format!("there is no fence of `{kind}`"),
        };
        self.fault(faults, FaultCode::UnknownFence, what, mend);
    }

    fn check_width(&self, faults: &mut Faults) {
        for (number, line) in self.body.lines().enumerate() {
            let width = columns(line);
            if width > COLUMNS_MAX {
                let what = format!("this line takes {width} columns, and {COLUMNS_MAX} fit on every screen");
                faults.add_at(FaultCode::CodeWidth, "", Some(self.line + 1 + number), what, "break it");
            }
        }
    }

    fn fault(&self, faults: &mut Faults, code: FaultCode, what: impl Into<String>, mend: impl Into<String>) {
        faults.add_at(code, "", Some(self.line), what, mend);
    }
}

/// A picture's lines without blanks at their ends and without empty lines below.
fn picture<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut lines: Vec<String> = lines.map(|line| line.trim_end().to_owned()).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// Whether this can be the name of an error: letters, digits and `_`, with dots between.
fn is_error_name(name: &str) -> bool {
    name.split('.').all(|part| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}
