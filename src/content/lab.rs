//! A folder below `labs/`: `lab.yaml`, and the files of `start/`, `solution/`, `wrong/*/` and `check/`.

use super::report::Report;
use super::text;
use super::{source, version};
use crate::course::lab::{Lab, LabFile, Test, Wrong};
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::id::{LabId, TopicId};
use crate::prose::read;
use crate::question::text::Show;
use crate::shape::{fields, may, must};
use std::collections::BTreeMap;

fields! {
    /// What authors write in `lab.yaml`.
    LabFields, "lab", "a map with `id`, `topic`, `title`, `minutes`, `brief`, `hints` and `files`" {
        /// Its name, unique in the course; it begins with `lab.`.
        id: Field<String> = must().id_like(PREFIX),
        /// Names that it had before.
        was: Field<Vec<Field<String>>> = may().id(),
        /// What it is about.
        topic: Field<String> = must(),
        /// Its title.
        title: Field<String> = must(),
        /// How long it takes.
        minutes: Field<u64> = must().within(&MINUTES),
        /// What to do.
        brief: Field<String> = must(),
        /// Where to look, one after the other.
        hints: Field<Vec<Field<String>>> = may(),
        /// The files that the learner works on.
        files: Field<Vec<Field<String>>> = must().at_least(1),
        /// The versions for which it holds.
        flask: Field<String> = may().like(version::RANGE),
        /// Pages to read.
        sources: Field<Vec<Field<String>>> = may().like(source::NAME),
    }
}

/// What every id begins with.
pub const PREFIX: &str = "lab.";

/// The name of the file that says what a lab is about.
pub const HEAD: &str = "lab.yaml";

/// The largest file of a lab, in bytes: somebody is to read it.
pub const FILE_MAX: usize = 64 * 1024;
/// The most files of a lab.
pub const FILES_MAX: usize = 100;

const MINUTES: std::ops::RangeInclusive<u64> = 5..=120;

/// A whole `lab.yaml`: the manual and the tests use it.
pub const EXAMPLE: &str = r#"
id: lab.greeting
topic: cookies
title: A greeting that remembers
minutes: 15
brief: |
  `/hello/<name>` greets a visitor, and from then on `/` is to greet the same one by name. Whoever
  has never said their name is greeted as `stranger`.
hints:
  - Who keeps a text between two requests?
  - "`make_response` gives you the response before it leaves."
files: [app.py]
sources: [quickstart#cookies]
"#;

/// The files of the same lab.
pub const EXAMPLE_FILES: [(&str, &str); 4] = [
    (
        "start/app.py",
        r#"from flask import Flask

app = Flask(__name__)


@app.get("/hello/<name>")
def hello(name):
    return f"hello {name}"


@app.get("/")
def home():
    return "hello stranger"
"#,
    ),
    (
        "solution/app.py",
        r#"from flask import Flask, make_response, request

app = Flask(__name__)


@app.get("/hello/<name>")
def hello(name):
    response = make_response(f"hello {name}")
    response.set_cookie("name", name)
    return response


@app.get("/")
def home():
    return "hello " + request.cookies.get("name", "stranger")
"#,
    ),
    (
        "wrong/everybody/app.py",
        r#"from flask import Flask

app = Flask(__name__)
last = "stranger"


@app.get("/hello/<name>")
def hello(name):
    global last
    last = name
    return f"hello {name}"


@app.get("/")
def home():
    return f"hello {last}"
"#,
    ),
    (
        "check/test_greeting.py",
        r#"import pytest
from app import app


@pytest.fixture
def visitor():
    return app.test_client()


def test_stranger(visitor):
    """Who never said a name is greeted as a stranger"""
    assert visitor.get("/").text == "hello stranger"


def test_remembered(visitor):
    """Who has said a name is greeted by it from then on"""
    visitor.get("/hello/ada")
    assert visitor.get("/").text == "hello ada"


def test_others(visitor):
    """Another visitor is still a stranger"""
    visitor.get("/hello/ada")
    assert app.test_client().get("/").text == "hello stranger"
"#,
    ),
];

/// The folders of a lab, in the order in which they are told about.
const FOLDERS: [(&str, &str); 4] = [
    ("start", "what the learner begins with"),
    ("solution", "a good end"),
    ("wrong", "ends that look good and fail, each in a folder of its own"),
    ("check", "the tests, in files such as test_cart.py"),
];

/// Checks the fields of `lab.yaml`. The files are looked at by [`files`].
pub fn check(fields: LabFields, faults: &mut Faults) -> Option<Lab> {
    let id = super::prefixed_name(PREFIX, fields.id, faults);
    let was = super::former_names(fields.was, faults);
    let topic = fields.topic.text("topic", faults);
    let title = fields.title.text("title", faults).map(|title| read::title(&title, "title", faults));
    let minutes = fields.minutes.need("minutes", faults);
    if minutes.is_some_and(|minutes| !MINUTES.contains(&minutes)) {
        let what = format!("a lab takes {} to {} minutes", MINUTES.start(), MINUTES.end());
        faults.add(FaultCode::Range, "minutes", what, "tell the time that a learner needs");
    }
    let brief = fields.brief.text("brief", faults).map(|brief| super::prose(&brief, "brief", faults));
    let hints = fields.hints.texts("hints", faults);
    let hints = hints.iter().map(|(path, hint)| super::prose(hint, path, faults)).collect();
    let files = fields.files.list("files", faults);
    if files.as_ref().is_some_and(Vec::is_empty) {
        faults.add(FaultCode::MissingField, "files", "a learner works on one file at least", "");
    }
    let flask = version::range(fields.flask, faults);
    let sources = source::check(fields.sources, faults);
    Some(Lab {
        id: LabId::from(id?.as_str()),
        was: was.iter().map(|name| LabId::from(name.as_str())).collect(),
        topic: TopicId::from(topic?.as_str()),
        title: title?,
        minutes: u16::try_from(minutes?).unwrap_or_default(),
        brief: brief?,
        hints,
        files: files?.into_iter().map(|(_, file)| file).collect(),
        start: Vec::new(),
        solution: Vec::new(),
        wrong: Vec::new(),
        check: Vec::new(),
        tests: Vec::new(),
        flask,
        sources,
        ran_on: String::new(),
    })
}

/// The files of one lab, by their paths below its folder.
#[derive(Debug, Default)]
pub struct Files {
    parts: BTreeMap<&'static str, Vec<LabFile>>,
    wrong: BTreeMap<String, Vec<LabFile>>,
    count: usize,
}

impl Files {
    /// Takes in a file. `at` is its path below the course's folder, for what is to be said about it.
    pub fn take(&mut self, below: &str, at: &str, bytes: &[u8], report: &mut Report) {
        self.count += 1;
        let Some(text) = text_of(at, bytes, report) else { return };
        let parts: Vec<&str> = below.splitn(3, '/').collect();
        let file = |path: &str| LabFile { path: path.to_owned(), text: text.clone() };
        match parts.as_slice() {
            ["wrong", name, path] => self.wrong.entry((*name).to_owned()).or_default().push(file(path)),
            [folder, ..] => match FOLDERS.iter().find(|(name, _)| name == folder && *name != "wrong") {
                Some((name, _)) => {
                    let path = below.split_once('/').map_or(below, |(_, path)| path);
                    self.parts.entry(name).or_default().push(file(path));
                }
                None => {
                    let mend = "here stand lab.yaml, start, solution, wrong and check";
                    report.whole(at, FaultCode::StrayFile, "nobody reads this file", mend);
                }
            },
            [] => {}
        }
    }

    /// Puts the files into the lab in the folder `at`, and tells what is missing.
    pub fn finish(mut self, at: &str, lab: &mut Lab, report: &mut Report) {
        if self.count > FILES_MAX {
            let what = format!("this lab has {} files, {FILES_MAX} are enough", self.count);
            report.whole(at, FaultCode::TooBig, what, "keep what the learner needs");
        }
        for (folder, what) in FOLDERS {
            let is_there = if folder == "wrong" { !self.wrong.is_empty() } else { self.parts.contains_key(folder) };
            if !is_there {
                let path = format!("{at}/{folder}");
                report.whole(&path, FaultCode::MissingFile, "a lab needs this folder", format!("it holds {what}"));
            }
        }
        let mut part = |folder| self.parts.remove(folder).unwrap_or_default();
        (lab.start, lab.solution, lab.check) = (part("start"), part("solution"), part("check"));
        lab.wrong = self.wrong.into_iter().map(|(name, files)| Wrong { name, files }).collect();
        self.parts.clear();
        if !lab.solution.is_empty() && is_same(&lab.start, &lab.solution) {
            let path = format!("{at}/start");
            report.whole(&path, FaultCode::NoChange, "this is the solution already", "take something out of it");
        }
        for wrong in &lab.wrong {
            if !lab.solution.is_empty() && is_same(&lab.with_wrong(wrong), &lab.solution) {
                let path = format!("{at}/wrong/{}", wrong.name);
                report.whole(&path, FaultCode::NoChange, "this is the solution itself", "make its mistake in it");
            }
        }
        lab.tests = tests(at, &lab.check, report);
        if lab.tests.is_empty() && !lab.check.is_empty() {
            let path = format!("{at}/check");
            let mend = "write `def test_…():` in a file such as test_cart.py";
            report.whole(&path, FaultCode::MissingFile, "there is no test in this folder", mend);
        }
    }
}

/// The files to work on that a learner would look for in vain: their places in the list.
pub fn missing_files(lab: &Lab) -> impl Iterator<Item = (usize, &String)> {
    let is_there = |name: &str| lab.start.iter().chain(&lab.solution).any(|file| file.path == name);
    lab.files.iter().enumerate().filter(move |(_, name)| !is_there(name))
}

/// The text of a file, or why it has none. Tabs are fine: some file may need them.
fn text_of(at: &str, bytes: &[u8], report: &mut Report) -> Option<String> {
    if bytes.len() > FILE_MAX {
        let what = format!("this file is larger than {} KiB", FILE_MAX / 1024);
        report.whole(at, FaultCode::TooBig, what, "a learner is to read it: keep what matters");
        return None;
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        report.whole(at, FaultCode::Encoding, "this file is not UTF-8", "labs hold texts; save it as UTF-8");
        return None;
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    if let Some(c) = text.chars().find(|c| !matches!(c, '\n' | '\t') && !text::is_wanted(*c)) {
        let what = format!("{} stands in this file", text::name_of(c));
        report.whole(at, FaultCode::ControlCharacter, what, "remove it, or write it as an escape");
        return None;
    }
    let name = at.rsplit('/').next().unwrap_or(at);
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')) {
        let what = format!("{} can't be the name of a file on every computer", Show(name));
        report.whole(at, FaultCode::BadId, what, "use letters, digits, `.`, `_` and `-`");
        return None;
    }
    Some(text)
}

/// Whether two folders hold the same, comments and empty lines aside.
fn is_same(some: &[LabFile], others: &[LabFile]) -> bool {
    let essence = |files: &[LabFile]| -> BTreeMap<String, String> {
        let lines = |text: &str| -> String {
            let kept = text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.trim().starts_with('#'));
            kept.flat_map(|line| [line, "\n"]).collect()
        };
        files.iter().map(|file| (file.path.clone(), lines(&file.text))).collect()
    };
    essence(some) == essence(others)
}

/// The tests in the files that pytest looks into, each with its sentence.
fn tests(at: &str, check: &[LabFile], report: &mut Report) -> Vec<Test> {
    let mut tests = Vec::new();
    for file in check.iter().filter(|file| is_test_file(&file.path)) {
        let mut class = None;
        let lines: Vec<&str> = file.text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let code = line.trim_start();
            let is_inside = code.len() < line.len();
            if !is_inside && !code.is_empty() && !code.starts_with(['#', '@', ')']) {
                class = code.strip_prefix("class ").map(|rest| word(rest).to_owned());
            }
            let code = code.strip_prefix("async ").unwrap_or(code);
            let Some(name) = code.strip_prefix("def ").map(word).filter(|name| name.starts_with("test_")) else {
                continue;
            };
            let name = class.as_ref().filter(|_| is_inside).map_or(name.to_owned(), |class| format!("{class}::{name}"));
            match docstring(&lines[index..]) {
                Some(says) => tests.push(Test { file: file.path.clone(), name, says }),
                None => {
                    let what = format!("`{name}` in line {} has no sentence for the learner", index + 1);
                    let mend = "begin it with a docstring: what is so when the test passes";
                    report.whole(&format!("{at}/check/{}", file.path), FaultCode::MissingDocstring, what, mend);
                }
            }
        }
    }
    tests
}

fn is_test_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with("test_") && name.ends_with(".py")
}

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// The first line of the docstring of the function that begins here.
fn docstring(lines: &[&str]) -> Option<String> {
    let head = lines.iter().position(|line| line.trim_end().ends_with(':'))?;
    let text = lines.get(head + 1..)?.iter().find(|line| !line.trim().is_empty())?.trim();
    let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| text.starts_with(quote))?;
    let text = text.strip_prefix(quote)?;
    let text = text.split(quote).next()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests_of_reading {
    use super::*;
    use std::path::Path;

    #[test]
    fn tests_are_found_with_their_sentences() {
        let text = "import x\n\ndef helper():\n    \"\"\"No test.\"\"\"\n\n@pytest.mark.parametrize(\n    \"a\", [1]\n)\n\
                    def test_one(\n    client,\n):\n    \"\"\"An item is kept.\n    More.\"\"\"\n\nclass TestCart:\n    \
                    def test_two(self):\n        'It is emptied'\n\ndef test_three(): \n    assert True\n";
        let file = LabFile { path: "test_cart.py".to_owned(), text: text.to_owned() };
        let mut report = Report::new(Path::new("x"));
        let found = tests("m/labs/cart", &[file], &mut report);
        let found: Vec<(&str, &str)> = found.iter().map(|test| (test.name.as_str(), test.says.as_str())).collect();
        assert_eq!(found, [("test_one", "An item is kept."), ("TestCart::test_two", "It is emptied")]);
        let told = report.into_found();
        assert_eq!(told.len(), 1);
        assert!(told[0].what.starts_with("`test_three` in line 19"), "{}", told[0].what);
    }
}
