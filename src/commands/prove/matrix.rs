//! `content prove --flask 2.3,3.0`: the same programs on other versions of Flask, each in an environment of its own.
//!
//! What says for which versions it holds must hold in them. What says nothing is told where it has changed: its author may
//! want to say so.

use super::super::content::Written;
use super::news::News;
use super::places::Places;
use super::spot::Spots;
use super::{Earlier, Judgement, Order, ProveError, wanted};
use crate::content::load;
use crate::content::version;
use crate::python::cache::{Cache, Unused};
use crate::python::environment::{Environment, Versions};
use crate::python::item::{Item, of_course, programs};
use crate::python::missing;
use crate::python::prove::{Judged, Verdict, judge};
use crate::python::requirements::Requirements;
use crate::python::runner::{LIMITS, Runner};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

/// What one version says to the course.
struct Column {
    /// The version as it was asked for.
    asked: String,
    /// What is installed.
    versions: Versions,
    /// Each item that has a proof.
    cells: Vec<Cell>,
}

/// What one version says to one item.
struct Cell {
    id: String,
    word: &'static str,
    range: String,
    place: Option<(PathBuf, usize)>,
    state: State,
}

/// What is so on a version.
enum State {
    /// It holds, and nobody said anything else.
    Holds,
    /// It holds, but says that it doesn't.
    HoldsToo,
    /// It doesn't hold, and says so.
    Excluded,
    /// It doesn't hold, and says nothing about versions.
    Changed(String),
    /// It doesn't hold, and says that it does.
    Wrong(String),
    /// A package that it imports is not there for this version.
    Skipped(String),
}

/// Proves a course on these versions of Flask.
pub fn prove(
    order: Order<'_>,
    asked: &[String],
    places: &Places,
    out: &mut dyn Write,
    news: &mut dyn FnMut(News),
) -> Result<Judgement, ProveError> {
    let loaded = match load::checked(order.dir) {
        Ok(loaded) => loaded,
        Err(found) => return super::faulty(&found, order.written, out),
    };
    let modules = of_course(&loaded.outline, &loaded.parts);
    let items = wanted(modules.into_iter().flat_map(|(_, items)| items).collect(), order)?;
    let own = super::requirements(order.dir)?;
    let dir = order.dir.canonicalize().unwrap_or_else(|_| order.dir.to_owned());
    let mut spots = Spots::new(&loaded.places);
    let mut columns = Vec::new();
    for version in asked {
        if !version::is_version(version) {
            return Err(ProveError::NoVersion { text: version.clone() });
        }
        let say = &mut |line: &str| news(News::Said(line.to_owned()));
        let requirements = Requirements::with_flask(version, &own);
        let environment = Environment::ready(&places.environments(), &requirements, &places.search, say)?;
        let versions = environment.versions.clone();
        let file = places.cache_on(&dir, version);
        let cache = match order.earlier {
            Earlier::Use => Cache::open(file, &versions, LIMITS),
            Earlier::Forget => Cache::empty(file, &versions, LIMITS),
        };
        let mut runner = Runner::new(environment, cache);
        let mut is_told = false;
        let runs = runner.run(&programs(&items), &[], &mut |progress| {
            if !std::mem::replace(&mut is_told, true) {
                news(News::Said(format!("running the programs of {} on {}", dir.display(), versions.words())));
            }
            news(News::Ran(progress));
        })?;
        news(News::Done);
        let unused = if order.only.is_some() { Unused::Keep } else { Unused::Forget };
        if let Err(error) = runner.save(unused) {
            news(News::Said(format!("the results could not be kept for the next time: {error}")));
        }
        let flask = versions.packages.get("flask").cloned().unwrap_or_default();
        let provable = items.iter().filter(|item| !item.statements.is_empty());
        let cells = provable.map(|item| {
            let judged = judge(item, &runs);
            let wrong = judged.iter().find(|judged| !judged.verdict.is_proven());
            let missing = wrong.and_then(|_| missing::package(item, &runs));
            let place = match wrong {
                Some(judged) => spots.find(&item.id, judged.at.as_ref()),
                None => spots.item(&item.id),
            };
            Cell {
                id: item.id.clone(),
                word: item.sort.word(),
                range: item.flask.clone(),
                place,
                state: state(item, &flask, wrong, missing),
            }
        });
        columns.push(Column { asked: version.clone(), cells: cells.collect(), versions });
    }
    write(&columns, order.written, out)?;
    let is_wrong = |cell: &Cell| matches!(cell.state, State::Wrong(_));
    let is_refuted = columns.iter().any(|column| column.cells.iter().any(is_wrong));
    Ok(if is_refuted { Judgement::Refuted } else { Judgement::Proven })
}

fn state(item: &Item, flask: &str, wrong: Option<&Judged>, missing: Option<String>) -> State {
    let says = (!item.flask.is_empty()).then(|| version::contains(&item.flask, flask));
    match (wrong, missing, says) {
        (None, _, Some(false)) => State::HoldsToo,
        (None, _, Some(true) | None) => State::Holds,
        (Some(_), _, Some(false)) => State::Excluded,
        (Some(_), Some(package), Some(true) | None) => State::Skipped(package),
        (Some(judged), None, Some(true)) => State::Wrong(in_words(judged)),
        (Some(judged), None, None) => State::Changed(in_words(judged)),
    }
}

/// What happened, in a line.
fn in_words(judged: &Judged) -> String {
    let words = match &judged.verdict {
        Verdict::Proven { .. } => String::new(),
        Verdict::Contradicted { happened, .. } => happened.clone(),
        Verdict::Broken { what } => what.clone(),
    };
    let safe: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = safe.split_whitespace().collect();
    format!("{}: {}", judged.about.replace('\n', " ⏎ "), words.join(" "))
}

impl Column {
    fn count(&self, is_so: impl Fn(&State) -> bool) -> usize {
        self.cells.iter().filter(|cell| is_so(&cell.state)).count()
    }

    /// `Flask 3.0.3, Werkzeug 3.0.6`.
    fn name(&self) -> String {
        let werkzeug = self.versions.packages.get("werkzeug").map(|version| format!(", Werkzeug {version}"));
        self.versions.words() + &werkzeug.unwrap_or_default()
    }

    /// How many items each missing package keeps from being run.
    fn skipped(&self) -> BTreeMap<&str, usize> {
        let mut skipped = BTreeMap::new();
        for cell in &self.cells {
            if let State::Skipped(package) = &cell.state {
                *skipped.entry(package.as_str()).or_default() += 1;
            }
        }
        skipped
    }

    fn summary(&self) -> String {
        let holds = self.count(|state| matches!(state, State::Holds | State::HoldsToo));
        let mut line = format!("{}: {holds} of {} hold", self.name(), self.cells.len());
        let counts = [
            (self.count(|state| matches!(state, State::HoldsToo)), "of them though they say they don't"),
            (self.count(|state| matches!(state, State::Excluded)), "don't, as they say"),
            (self.count(|state| matches!(state, State::Changed(_))), "changed"),
            (self.count(|state| matches!(state, State::Wrong(_))), "WRONG"),
        ];
        for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
            line += &format!(", {count} {what}");
        }
        let skipped = self.skipped();
        if !skipped.is_empty() {
            let packages: Vec<String> = skipped.iter().map(|(package, count)| format!("{package} {count}")).collect();
            let all: usize = skipped.values().sum();
            line += &format!(", {} not run for want of a package ({})", all, packages.join(", "));
        }
        line
    }
}

fn write(columns: &[Column], written: Written, out: &mut dyn Write) -> io::Result<()> {
    match written {
        Written::Json => {
            let columns: Vec<Value> = columns.iter().map(column_json).collect();
            serde_json::to_writer_pretty(&mut *out, &json!({ "versions": columns }))?;
            writeln!(out)
        }
        Written::Text(_) => {
            for column in columns {
                let mut is_any = false;
                for cell in &column.cells {
                    let place = cell.place.as_ref().map(|(file, line)| format!("{}:{line}: ", file.display()));
                    let at = format!("{}{} {}", place.unwrap_or_default(), cell.word, cell.id);
                    let told = match &cell.state {
                        State::Changed(words) => format!("  changed  {at}: {words}"),
                        State::Wrong(words) => format!("  WRONG    {at} (holds for {}): {words}", cell.range),
                        State::HoldsToo => format!("  holds    {at}, which says {}", cell.range),
                        State::Holds | State::Excluded | State::Skipped(_) => continue,
                    };
                    if !std::mem::replace(&mut is_any, true) {
                        writeln!(out, "{}", column.name())?;
                    }
                    writeln!(out, "{told}")?;
                }
                if is_any {
                    writeln!(out)?;
                }
            }
            columns.iter().try_for_each(|column| writeln!(out, "{}", column.summary()))?;
            let wrong: usize = columns.iter().map(|column| column.count(|it| matches!(it, State::Wrong(_)))).sum();
            match wrong {
                0 => Ok(()),
                1 => writeln!(out, "1 does not hold where it says so"),
                count => writeln!(out, "{count} do not hold where they say so"),
            }
        }
    }
}

fn column_json(column: &Column) -> Value {
    let of = |wanted: fn(&State) -> Option<&str>| -> Vec<Value> {
        let cells = column.cells.iter().filter_map(|cell| Some((cell, wanted(&cell.state)?)));
        let value = |(cell, words): (&Cell, &str)| {
            let (file, line) = cell.place.clone().unzip();
            json!({
                "id": cell.id, "sort": cell.word, "flask": cell.range, "file": file, "line": line, "happened": words,
            })
        };
        cells.map(value).collect()
    };
    json!({
        "asked": column.asked,
        "packages": column.versions.packages,
        "all": column.cells.len(),
        "holds": column.count(|state| matches!(state, State::Holds | State::HoldsToo)),
        "excluded": column.count(|state| matches!(state, State::Excluded)),
        "skipped": column.skipped(),
        "changed": of(|state| if let State::Changed(words) = state { Some(words) } else { None }),
        "wrong": of(|state| if let State::Wrong(words) = state { Some(words) } else { None }),
        "holds_too": of(|state| if let State::HoldsToo = state { Some("") } else { None }),
    })
}
