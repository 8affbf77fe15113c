//! Point at the line that is wrong.

use super::QuestionKind;
use super::answer::{Answer, Grade, Part, Remark, Verdict};
use super::exhibit::{About, Exhibit, Look};
use super::form::{Form, Label};
use super::proof::Proof;
use super::shuffle::Shuffle;
use super::text::{self, Show};
use super::trial::{Outcome, Trial};
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::prose::{Block, Code, Prose, Span, read};
use crate::shape::{fields, may, must};
use serde::{Deserialize, Serialize};

/// Point at the line that is wrong.
///
/// Right is that line, wrong every other one. What stands in its place comes as the remark about it; why it is wrong is
/// said by the explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bug {
    /// The program, with its mistake.
    pub program: Code,
    /// The line that is wrong, from 1.
    pub line: u16,
    /// What belongs there: one line or several.
    pub fix: Code,
    /// Lines that people may think to be wrong.
    pub not_bugs: Vec<NotBug>,
    /// What is appended when a program is run, and fails if it doesn't do its work; `None` where it can't be run.
    pub proof: Option<String>,
}

/// A line that is not wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotBug {
    /// Which line, from 1.
    pub line: u16,
    /// What people may put there instead, in vain.
    pub text: String,
    /// Why that does not help.
    pub why: Prose,
}

fields! {
    /// What authors write.
    BugFields, "bug question", "a map of fields" {
        /// The program, with its mistake.
        program: Field<String> = must(),
        /// The number of the line that is wrong.
        bug_line: Field<u16> = must(),
        /// What belongs there.
        fix: Field<String> = must(),
        /// Other lines, each with a change that does not help.
        not_bugs: Field<Vec<Field<NotBugFields>>> = may(),
        /// What is appended when a program is run.
        proof: Field<Proof> = must().only(&["check"], &[]),
    }
}

fields! {
    /// What authors write for a line that is not wrong.
    NotBugFields, "line", "a map with `line`, `text` and `why`" {
        /// The number of the line.
        line: Field<u16> = must(),
        /// What people may put there instead.
        text: Field<String> = must(),
        /// Why that does not help.
        why: Field<String> = must(),
    }
}

/// The name of the trial that runs the program as it is.
const PROGRAM: &str = "program";

impl QuestionKind for Bug {
    const NAME: &'static str = "bug";
    const EXAMPLE: &'static str = r#"
id: redirects.relative
topic: redirects
kind: bug
level: 3
prompt: Whoever opens `/` is to see the form, but gets a 404. Which line is wrong?
program: |
  from flask import Flask, redirect, url_for
  app = Flask(__name__)

  @app.get("/accounts/login")
  def login():
      return "form"

  @app.get("/")
  def index():
      return redirect("login")
bug_line: 10
fix: return redirect(url_for("login"))
not_bugs:
  - {line: 4, text: '@app.route("/accounts/login", methods=["GET", "POST"])', why: The request is a GET.}
  - {line: 8, text: '@app.get("/index")', why: Then `/` itself is a 404.}
explanation: "`redirect` takes a URL as it is. `login` is relative, so the browser asks for `/login`."
hints: [What does the browser ask for next?]
sources: [quickstart#redirects-and-errors]
proof:
  check: |
    answer = app.test_client().get("/", follow_redirects=True)
    assert (answer.status_code, answer.text) == (200, "form")
"#;
    type Fields = BugFields;

    fn check(fields: BugFields, faults: &mut Faults) -> Option<Bug> {
        let program = fields.program.text("program", faults);
        let program = program.map(|program| text::program(&program, "program", faults));
        let line = fields.bug_line.need("bug_line", faults);
        let original = line.zip(program.as_ref()).and_then(|(line, code)| line_of(code, line, "bug_line", faults));
        let fix = fields.fix.text("fix", faults);
        let fix = fix.zip(original).map(|(fix, original)| {
            check_change(&fix, original, "fix", faults);
            text::program(&indented_like(original, &fix), "fix", faults)
        });
        let mut not_bugs: Vec<NotBug> = Vec::new();
        for (path, fields) in fields.not_bugs.list("not_bugs", faults).unwrap_or_default() {
            let not_bug = faults.within(&path, |faults| fields.check(program.as_ref(), faults));
            let Some(not_bug) = not_bug else { continue };
            if Some(not_bug.line) == line || not_bugs.iter().any(|other| other.line == not_bug.line) {
                let what = format!("line {} is spoken of twice", not_bug.line);
                faults.add(FaultCode::RepeatedLine, &format!("{path}.line"), what, "keep one of them");
            }
            not_bugs.push(not_bug);
        }
        let proof = match fields.proof.need("proof", faults)? {
            Proof::Without => None,
            Proof::With(mut fields) => faults.within("proof", |faults| {
                let check = std::mem::take(&mut fields.check).text("check", faults);
                fields.refuse_others(&["check"], faults);
                check
            }),
        };
        Some(Bug { fix: fix?, line: line?, program: program?, not_bugs, proof })
    }

    fn form(&self, _order: Shuffle) -> Form {
        Form::Point(self.program.clone())
    }

    fn program(&self) -> Option<&Code> {
        None
    }

    fn grade(&self, answer: &Answer, _order: Shuffle) -> Grade {
        let pointed = match answer {
            Answer::Pointed { line, .. } => Some(*line),
            Answer::Chosen(_)
            | Answer::Typed(_)
            | Answer::Arranged(_)
            | Answer::Paired(_)
            | Answer::Recalled(_)
            | Answer::GaveUp => None,
        };
        let remark = |line: u16, why: Prose| Remark {
            about: Part::Line(line),
            is_key: line == self.line,
            chosen: pointed == Some(line),
            why,
        };
        let mut remarks = vec![remark(self.line, Prose(vec![Block::Code(self.fix.clone())]))];
        remarks.extend(self.not_bugs.iter().map(|not_bug| remark(not_bug.line, not_bug.why.clone())));
        if let Some(line) = pointed
            && !remarks.iter().any(|remark| remark.chosen)
        {
            remarks.push(remark(line, Prose::default()));
        }
        remarks.sort_by_key(|remark| match remark.about {
            Part::Line(line) => line,
            Part::Option(_) | Part::Whole => u16::MAX,
        });
        let verdict = if pointed == Some(self.line) { Verdict::Right } else { Verdict::Wrong };
        let key = vec![Label::Prose(vec![Span::plain(format!("line {}", self.line))])];
        Grade { verdict, key, remarks }
    }

    fn trials(&self) -> Vec<Trial> {
        let mut trials = self.with_keys(Outcome::Passes, Outcome::Fails);
        trials.extend(self.can_be_read());
        trials
    }

    fn exhibits(&self) -> Vec<Exhibit> {
        if self.proof.is_none() {
            return Vec::new();
        }
        let exhibit = |line: u16, trial: String| Exhibit { about: About::Line(line), look: Look::Error(trial) };
        let not_bugs = self.not_bugs.iter().map(|not_bug| exhibit(not_bug.line, format!("line {}", not_bug.line)));
        std::iter::once(exhibit(self.line, PROGRAM.to_owned())).chain(not_bugs).collect()
    }

    fn mutants(&self) -> Vec<Trial> {
        self.with_keys(Outcome::Fails, Outcome::Passes)
    }
}

impl Bug {
    /// The program itself, with its fix, and with each change that is to be in vain.
    fn with_keys(&self, fixed: Outcome, broken: Outcome) -> Vec<Trial> {
        let Some(check) = &self.proof else { return Vec::new() };
        let trial = |about: String, program: String, expect: &Outcome| Trial {
            about,
            program: format!("{program}\n{check}"),
            expect: expect.clone(),
        };
        let mut trials = vec![
            trial(PROGRAM.to_owned(), self.program.text(), &broken),
            trial("fix".to_owned(), replaced(&self.program, &[(self.line, &self.fix.text())]), &fixed),
        ];
        trials.extend(self.not_bugs.iter().map(|not_bug| {
            let program = replaced(&self.program, &[(not_bug.line, &not_bug.text)]);
            trial(format!("line {}", not_bug.line), program, &broken)
        }));
        trials
    }

    /// A change that Python can't even read would fail for no reason worth telling: beside the fix each of them must be
    /// a program.
    fn can_be_read(&self) -> Option<Trial> {
        self.proof.as_ref().filter(|_| !self.not_bugs.is_empty())?;
        let program = self.not_bugs.iter().map(|not_bug| {
            let changed = replaced(&self.program, &[(self.line, &self.fix.text()), (not_bug.line, &not_bug.text)]);
            format!("compile({}, \"line {}\", \"exec\")\n", text::python(&changed), not_bug.line)
        });
        Some(Trial { about: "not_bugs".to_owned(), program: program.collect(), expect: Outcome::Passes })
    }
}

impl NotBugFields {
    fn check(self, program: Option<&Code>, faults: &mut Faults) -> Option<NotBug> {
        let line = self.line.need("line", faults);
        let original = line.zip(program).and_then(|(line, code)| line_of(code, line, "line", faults));
        let text = self.text.text("text", faults);
        let text = text.zip(original).map(|(text, original)| {
            check_change(&text, original, "text", faults);
            indented_like(original, &text)
        });
        let why = self.why.text("why", faults).map(|why| read::blocks(&why, "why", faults));
        Some(NotBug { line: line?, text: text?, why: why? })
    }
}

/// The text of a line that can be pointed at.
fn line_of<'a>(program: &'a Code, line: u16, path: &str, faults: &mut Faults) -> Option<&'a str> {
    let found = usize::from(line).checked_sub(1).and_then(|place| program.lines.get(place));
    let what = match found {
        Some(code) if !code.text.trim().is_empty() => return Some(&code.text),
        Some(_) => format!("line {line} of the program is empty"),
        None => format!("the program has no line {line}, it has {}", program.lines.len()),
    };
    faults.add(FaultCode::Range, path, what, "count from 1, empty lines too");
    None
}

fn check_change(text: &str, original: &str, path: &str, faults: &mut Faults) {
    if text.trim() == original.trim() {
        let what = format!("{} is what stands there already", Show(original.trim()));
        faults.add(FaultCode::NoChange, path, what, "is it the right line?");
    }
}

/// What takes a line's place, as far in as that line where it is not indented itself.
fn indented_like(original: &str, text: &str) -> String {
    let text = text.trim_end();
    if text.starts_with(char::is_whitespace) {
        return text.to_owned();
    }
    let indent = &original[..original.len() - original.trim_start().len()];
    let lines: Vec<String> = text.lines().map(|line| format!("{indent}{line}")).collect();
    lines.join("\n")
}

/// The program with other texts in the places of some lines.
fn replaced(program: &Code, changes: &[(u16, &str)]) -> String {
    let lines = program.lines.iter().zip(1..).map(|(line, number)| {
        let change = changes.iter().find(|(changed, _)| *changed == number);
        change.map_or(line.text.as_str(), |(_, text)| text.trim_end_matches('\n'))
    });
    lines.flat_map(|line| [line, "\n"]).collect()
}
