//! What was proven, in words and as JSON.

use super::super::content::Written;
use super::{Judgement, Keys};
use crate::prose::plain;
use crate::python::environment::Versions;
use crate::python::item::{Item, Sort};
use crate::python::mutate::Mutants;
use crate::python::prove::{Judged, Verdict};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

/// What was proven.
#[derive(Clone, Debug)]
pub struct Report {
    /// The parts of the course, in its order.
    pub items: Vec<Proven>,
    /// Which keys were tried.
    pub keys: Keys,
    /// What it was run on.
    pub versions: Versions,
    /// How long it took.
    pub took: Duration,
}

/// One part of the course, with what was concluded about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The part.
    pub item: Item,
    /// The verdicts about its statements; for one that is not proven the file and the line, from 1, to look at.
    pub judged: Vec<(Judged, Option<(PathBuf, usize)>)>,
    /// What became of its wrong keys.
    pub mutants: Mutants,
    /// Its file and its line, from 1.
    pub place: Option<(PathBuf, usize)>,
}

impl Proven {
    /// Whether all its statements hold.
    pub fn holds(&self) -> bool {
        self.judged.iter().all(|(judged, _)| judged.verdict.is_proven())
    }

    fn is_good(&self) -> bool {
        self.holds() && self.mutants.escaped.is_empty()
    }
}

impl Report {
    /// Whether everything was proven.
    pub fn judgement(&self) -> Judgement {
        if self.items.iter().all(Proven::is_good) { Judgement::Proven } else { Judgement::Refuted }
    }

    /// Writes it.
    pub fn write(&self, written: Written, out: &mut dyn Write) -> io::Result<()> {
        match written {
            Written::Json => {
                serde_json::to_writer_pretty(&mut *out, &self.json())?;
                writeln!(out)
            }
            Written::Text(_) => {
                for item in self.items.iter().filter(|item| !item.is_good()) {
                    write_failures(item, out)?;
                }
                writeln!(out, "{}", self.summary())
            }
        }
    }

    /// One line: "97 questions and 13 lessons proven on Flask 3.1.3 in 3.2 s, 2 unproved".
    fn summary(&self) -> String {
        let unproved = self.items.iter().filter(|item| item.item.unproved.is_some()).count();
        let failed = self.items.iter().filter(|item| !item.is_good()).count();
        let proven = |sort| {
            let good = self.items.iter().filter(|item| item.is_good() && item.item.unproved.is_none());
            good.filter(|item| item.item.sort == sort).count()
        };
        // Questions and lessons are what a course is made of, so they are told even where there are none.
        let is_told = |(count, sort): &(usize, Sort)| *count > 0 || matches!(sort, Sort::Question | Sort::Lesson);
        let counts = Sort::ALL.map(|sort| (proven(sort), sort)).into_iter().filter(is_told);
        let counts: Vec<String> = counts.map(|(count, sort)| plain::count(count, sort.word())).collect();
        let (last, others) = counts
            .split_last()
            .map_or((String::new(), String::new()), |(last, others)| (last.clone(), others.join(", ")));
        let took_s = self.took.as_secs_f64();
        let mut line = format!("{others} and {last} proven on {} in {took_s:.1} s", self.versions.words());
        if unproved > 0 {
            line += &format!(", {unproved} unproved");
        }
        match self.keys {
            Keys::Own => {}
            Keys::OwnAndWrong => {
                let caught: usize = self.items.iter().map(|item| item.mutants.caught).sum();
                let escaped: usize = self.items.iter().map(|item| item.mutants.escaped.len()).sum();
                line += &format!(", {} noticed of {}", caught, plain::count(caught + escaped, "wrong key"));
            }
        }
        if failed > 0 {
            line += &format!(", {failed} FAILED");
        }
        line
    }

    fn json(&self) -> Value {
        let items: Vec<Value> = self.items.iter().map(item_json).collect();
        let judgement = match self.judgement() {
            Judgement::Proven => "proven",
            Judgement::Refuted => "refuted",
        };
        json!({
            "judgement": judgement,
            "python": self.versions.python,
            "packages": self.versions.packages,
            "took_ms": u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
            "items": items,
        })
    }
}

fn item_json(proven: &Proven) -> Value {
    let statements: Vec<Value> =
        proven.judged.iter().map(|(judged, spot)| statement_json(judged, spot.as_ref())).collect();
    let (file, line) = proven.place.clone().unzip();
    json!({
        "id": proven.item.id,
        "sort": proven.item.sort.word(),
        "file": file,
        "line": line,
        "unproved": proven.item.unproved,
        "statements": statements,
        "wrong_keys": { "noticed": proven.mutants.caught, "escaped": proven.mutants.escaped },
    })
}

fn statement_json(judged: &Judged, spot: Option<&(PathBuf, usize)>) -> Value {
    let about = &judged.about;
    let (file, line) = spot.cloned().unzip();
    match &judged.verdict {
        Verdict::Proven { ms } => json!({ "about": about, "verdict": "proven", "ms": ms }),
        Verdict::Contradicted { expected, happened } => json!({
            "about": about, "verdict": "contradicted", "expected": expected, "happened": happened,
            "file": file, "line": line,
        }),
        Verdict::Broken { what } => {
            json!({ "about": about, "verdict": "broken", "what": what, "file": file, "line": line })
        }
    }
}

fn write_failures(proven: &Proven, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} {}", proven.item.sort.word(), proven.item.id)?;
    let at = |spot: &Option<(PathBuf, usize)>| {
        spot.as_ref().map(|(file, line)| format!("{}:{line}: ", file.display())).unwrap_or_default()
    };
    for (Judged { about, verdict, .. }, spot) in &proven.judged {
        let about = format!("{}{}", at(spot), about.replace('\n', " ⏎ "));
        match verdict {
            Verdict::Proven { .. } => {}
            Verdict::Contradicted { expected, happened } => {
                writeln!(out, "  {about}: contradicted")?;
                writeln!(out, "    expected: {}", below(expected))?;
                writeln!(out, "    happened: {}", below(happened))?;
            }
            Verdict::Broken { what } => writeln!(out, "  {about}: broken: {}", below(what))?,
        }
    }
    for escaped in &proven.mutants.escaped {
        writeln!(
            out,
            "  {}{escaped}: a wrong key, and the proof holds all the same; it proves nothing",
            at(&proven.place)
        )?;
    }
    writeln!(out)
}

/// A text whose further lines stand below its first one. Signs that steer a terminal are not passed on.
fn below(text: &str) -> String {
    const LINES_MAX: usize = 20;
    let safe: String = text.chars().map(|c| if c.is_control() && c != '\n' { '�' } else { c }).collect();
    let count = safe.lines().count();
    let mut shown: Vec<String> = safe.lines().take(LINES_MAX).map(str::to_owned).collect();
    if count > LINES_MAX {
        shown.push(format!("… and {} more lines", count - LINES_MAX));
    }
    shown.join("\n        | ")
}
