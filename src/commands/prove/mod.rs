//! `flaskdojo content prove`: runs the proofs and programs of a course on real Flask.
//!
//! A course's programs run here and nowhere else, because somebody typed this command for that folder.

pub mod matrix;
pub mod news;
pub mod places;
pub mod record;
pub mod report;
pub mod spot;

use super::content::Written;
use crate::content::load;
use crate::content::report::Diagnostic;
use crate::prose::plain;
use crate::python::cache::{Cache, Unused};
use crate::python::environment::{Environment, EnvironmentError};
use crate::python::item::{Item, of_course, programs, shown_programs};
use crate::python::mutate::{Mutants, mutants};
use crate::python::prove::judge;
use crate::python::requirements::{NotPinned, Requirements};
use crate::python::runner::{LIMITS, Runner};
use crate::python::server::ServerError;
use news::{Line, News};
use places::Places;
use record::Keep;
use report::{Proven, Report};
use spot::Spots;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What to prove, and how.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The folder of the course.
    pub dir: &'a Path,
    /// Only what has this in its id.
    pub only: Option<&'a str>,
    /// Which keys to try.
    pub keys: Keys,
    /// What to do with results of earlier runs.
    pub earlier: Earlier,
    /// What to do with what was seen.
    pub keep: Keep,
    /// How the result is written.
    pub written: Written,
}

/// Which keys to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// Those of the course.
    Own,
    /// Wrong ones as well, which must be noticed.
    OwnAndWrong,
}

/// What to do with results of earlier runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// Trust them.
    Use,
    /// Run everything again.
    Forget,
}

/// Whether everything was proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// All that has a proof.
    Proven,
    /// Not all, or the course has mistakes.
    Refuted,
}

/// Why nothing could be proven.
#[derive(Debug, thiserror::Error)]
pub enum ProveError {
    /// There is no Python with the packages.
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
    /// The packages are not exact.
    #[error(transparent)]
    NotPinned(#[from] NotPinned),
    /// Python can't run programs.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// No id has the part that was asked for.
    #[error("nothing in {} has `{part}` in its id", dir.display())]
    NoSuchId {
        /// The folder of the course.
        dir: PathBuf,
        /// What was asked for.
        part: String,
    },
    /// Nobody knows where to keep the Python environment.
    #[error("there is no folder to keep the Python environment in: set HOME or XDG_CACHE_HOME")]
    NoHome,
    /// A file could not be read.
    #[error("could not read {}: {source}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Somebody asked for a version that is none.
    #[error("`{text}` is not a version of Flask; write it as in --flask 2.3,3.0,3.1")]
    NoVersion {
        /// What was asked for.
        text: String,
    },
    /// The result could not be written.
    #[error("could not write the result: {0}")]
    Output(#[from] io::Error),
}

/// Proves a course for a user, on these versions of Flask or, where none is named, on its own: what was found goes to
/// `out`, what goes on meanwhile is told on stderr.
pub fn for_user(order: Order<'_>, versions: &[String], out: &mut dyn Write) -> Result<Judgement, ProveError> {
    let places = Places::of_user().ok_or(ProveError::NoHome)?;
    let mut line = Line::on_stderr();
    let mut tell = |news| line.tell(&news);
    let result = match versions {
        [] => prove(order, &places, out, &mut tell),
        versions => matrix::prove(order, versions, &places, out, &mut tell),
    };
    // An error comes after it on a line of its own.
    line.clear();
    result
}

/// Proves a course and writes what was found. `news` hears what goes on meanwhile.
pub fn prove(
    order: Order<'_>,
    places: &Places,
    out: &mut dyn Write,
    news: &mut dyn FnMut(News),
) -> Result<Judgement, ProveError> {
    let loaded = match load::checked(order.dir) {
        Ok(loaded) => loaded,
        Err(found) => return faulty(&found, order.written, out),
    };
    let modules = of_course(&loaded.outline, &loaded.parts);
    let items = wanted(modules.iter().flat_map(|(_, items)| items).cloned().collect(), order)?;
    let requirements = requirements(order.dir)?;
    let dir = order.dir.canonicalize().unwrap_or_else(|_| order.dir.to_owned());
    let say = &mut |line: &str| news(News::Said(line.to_owned()));
    let environment = Environment::ready(&places.environments(), &requirements, &places.search, say)?;
    let versions = environment.versions.clone();
    let file = places.cache_of(&dir);
    let cache = match order.earlier {
        Earlier::Use => Cache::open(file, &versions, LIMITS),
        Earlier::Forget => Cache::empty(file, &versions, LIMITS),
    };
    #[expect(clippy::disallowed_methods, reason = "tells how long it took; nothing is decided by it")]
    let began = Instant::now();
    let mut runner = Runner::new(environment, cache);
    let mut is_told = false;
    let runs = runner.run(&programs(&items), &shown_programs(&items), &mut |progress| {
        if !std::mem::replace(&mut is_told, true) {
            news(News::Said(format!("running the programs of {}", dir.display())));
        }
        news(News::Ran(progress));
    })?;
    let unused = if order.only.is_some() { Unused::Keep } else { Unused::Forget };
    if let Err(error) = runner.save(unused) {
        news(News::Said(format!("the results could not be kept for the next time: {error}")));
    }
    let mut spots = Spots::new(&loaded.places);
    let proven = items.into_iter().map(|item| {
        let tried = match order.keys {
            Keys::Own => Mutants::default(),
            Keys::OwnAndWrong => mutants(&item, &runs),
        };
        let judged = judge(&item, &runs).into_iter().map(|judged| {
            let spot = (!judged.verdict.is_proven()).then(|| spots.find(&item.id, judged.at.as_ref())).flatten();
            (judged, spot)
        });
        Proven { judged: judged.collect(), mutants: tried, place: spots.item(&item.id), item }
    });
    let proven: Vec<Proven> = proven.collect();
    news(News::Done);
    if order.keep == Keep::Write {
        match record::keep(&dir, &modules, &proven, &runs, &versions) {
            Ok(0) => {}
            Ok(count) => {
                news(News::Said(format!("what was seen is written down for {}", plain::count(count, "module"))))
            }
            Err(error) => news(News::Said(format!("what was seen could not be written down: {error}"))),
        }
    }
    let report = Report { items: proven, keys: order.keys, versions, took: began.elapsed() };
    report.write(order.written, out)?;
    Ok(report.judgement())
}

fn wanted(items: Vec<Item>, order: Order<'_>) -> Result<Vec<Item>, ProveError> {
    let Some(part) = order.only else { return Ok(items) };
    let some: Vec<Item> = items.into_iter().filter(|item| item.id.contains(part)).collect();
    if some.is_empty() {
        return Err(ProveError::NoSuchId { dir: order.dir.to_owned(), part: part.to_owned() });
    }
    Ok(some)
}

/// What the course needs: its own list, else that of the built-in course.
fn requirements(dir: &Path) -> Result<Requirements, ProveError> {
    let path = dir.join("requirements.txt");
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Requirements::parse(&text)?),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Requirements::own()?),
        Err(source) => Err(ProveError::Unreadable { path, source }),
    }
}

fn faulty(found: &[Diagnostic], written: Written, out: &mut dyn Write) -> Result<Judgement, ProveError> {
    match written {
        Written::Json => {
            serde_json::to_writer_pretty(&mut *out, &serde_json::json!({ "mistakes": found }))
                .map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Written::Text(colour) => {
            for diagnostic in found {
                writeln!(out, "{}\n", diagnostic.render(colour))?;
            }
            writeln!(out, "{}; nothing was run", plain::count(found.len(), "mistake"))?;
        }
    }
    Ok(Judgement::Refuted)
}
