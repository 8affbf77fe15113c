//! `flaskdojo content stats`: what a course holds, in figures.

use super::content::{self, Checked, HERE, Written};
use crate::builtin;
use crate::content::load;
use crate::course::Course;
use crate::course::outline::ModuleOutline;
use crate::prose::plain;
use crate::question::Kind;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// The share of questions without a proof that a course may have, in percent.
const UNPROVED_MAX_PERCENT: usize = 5;
/// Wide enough that no text is wrapped, so that words are counted and not lines.
const ONE_LINE: usize = 10_000;

/// Figures of a module, or of a whole course.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Modules.
    pub modules: usize,
    /// Topics.
    pub topics: usize,
    /// Lessons.
    pub lessons: usize,
    /// Words in the lessons, those of programs and pictures included.
    pub words: usize,
    /// Minutes that the lessons take, by their authors' word.
    pub minutes: usize,
    /// Questions.
    pub questions: usize,
    /// Questions by kind; each kind there is.
    pub by_kind: BTreeMap<String, usize>,
    /// Questions by level, 1 to 4.
    pub by_level: BTreeMap<u8, usize>,
    /// Interview prompts.
    pub interview: usize,
    /// Labs.
    pub labs: usize,
    /// Entries of the error clinic.
    pub clinic: usize,
    /// Requests to look through.
    pub xray: usize,
    /// Questions and entries of the clinic without a proof.
    pub unproved: usize,
}

#[derive(Serialize)]
struct Report {
    totals: Figures,
    modules: Vec<Named>,
}

#[derive(Serialize)]
struct Named {
    id: String,
    #[serde(flatten)]
    figures: Figures,
}

/// Counts what the course in `dir` holds. Without a folder it is `content` in the current one, or else the course of this
/// program. A course with mistakes is not counted.
pub fn stats(dir: Option<&Path>, written: Written, out: &mut dyn Write) -> io::Result<Checked> {
    let dir = dir.or_else(|| Path::new(HERE).join("course.yaml").exists().then_some(Path::new(HERE)));
    let course = match dir {
        None => builtin::course(),
        Some(dir) => match load::checked(dir) {
            Ok(loaded) => loaded.into_course(),
            Err(found) => {
                writeln!(out, "{}: {}: content check tells them", dir.display(), content::summary(&found))?;
                return Ok(Checked::Faulty);
            }
        },
    };
    let report = report(&course);
    match written {
        Written::Json => {
            serde_json::to_writer_pretty(&mut *out, &report)?;
            writeln!(out)?;
        }
        Written::Text(_) => tell(&course, &report, out)?,
    }
    Ok(Checked::Good)
}

fn report(course: &Course) -> Report {
    let outlines = course.outline.modules.iter().enumerate();
    let modules: Vec<Named> = outlines
        .map(|(index, outline)| Named { id: outline.id.to_string(), figures: figures(course, index, outline) })
        .collect();
    let mut totals = empty();
    for Named { figures, .. } in &modules {
        totals.modules += figures.modules;
        totals.topics += figures.topics;
        totals.lessons += figures.lessons;
        totals.words += figures.words;
        totals.minutes += figures.minutes;
        totals.questions += figures.questions;
        totals.interview += figures.interview;
        totals.labs += figures.labs;
        totals.clinic += figures.clinic;
        totals.xray += figures.xray;
        totals.unproved += figures.unproved;
        for (kind, count) in &figures.by_kind {
            *totals.by_kind.entry(kind.clone()).or_default() += count;
        }
        for (level, count) in &figures.by_level {
            *totals.by_level.entry(*level).or_default() += count;
        }
    }
    Report { totals, modules }
}

fn empty() -> Figures {
    Figures {
        by_kind: Kind::NAMES.iter().map(|kind| ((*kind).to_owned(), 0)).collect(),
        by_level: (1..=4).map(|level| (level, 0)).collect(),
        ..Figures::default()
    }
}

fn figures(course: &Course, index: usize, outline: &ModuleOutline) -> Figures {
    let module = course.module(index);
    let mut figures = Figures {
        modules: 1,
        topics: outline.topics.len(),
        lessons: module.lessons.len(),
        minutes: module.lessons.iter().map(|lesson| usize::from(lesson.minutes)).sum(),
        questions: module.questions.len(),
        interview: outline.prompts.len(),
        labs: outline.labs.len(),
        clinic: usize::from(outline.clinic),
        xray: outline.xrays.len(),
        unproved: module.questions.iter().filter(|question| question.unproved.is_some()).count(),
        ..empty()
    };
    for lesson in &module.lessons {
        let lines = plain::lines(&lesson.body, ONE_LINE);
        figures.words += lines.iter().map(|line| line.split_whitespace().count()).sum::<usize>();
    }
    for question in &module.questions {
        *figures.by_kind.entry(question.kind.name().to_owned()).or_default() += 1;
        *figures.by_level.entry(question.level).or_default() += 1;
    }
    figures
}

fn tell(course: &Course, report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{:<22} {:>7} {:>7} {:>7} {:>9}  levels 1 to 4",
        "module", "lessons", "words", "minutes", "questions"
    )?;
    let lines = report.modules.iter().map(|module| (module.id.as_str(), &module.figures));
    for (name, figures) in lines.chain([("all", &report.totals)]) {
        let levels: Vec<String> = figures.by_level.values().map(usize::to_string).collect();
        writeln!(
            out,
            "{name:<22} {:>7} {:>7} {:>7} {:>9}  {}",
            figures.lessons,
            figures.words,
            figures.minutes,
            figures.questions,
            levels.join(" · ")
        )?;
    }
    let kinds = Kind::NAMES.iter().map(|kind| format!("{kind} {}", report.totals.by_kind.get(*kind).unwrap_or(&0)));
    writeln!(out, "\nkinds: {}", kinds.collect::<Vec<_>>().join(", "))?;
    let few = thinnest(course);
    if let Some((topic, count)) = few {
        writeln!(out, "fewest questions: {topic}, {count}")?;
    }
    let (unproved, questions) = (report.totals.unproved, report.totals.questions);
    let allowed = questions * UNPROVED_MAX_PERCENT / 100;
    writeln!(out, "without a proof: {unproved} of {questions} ({UNPROVED_MAX_PERCENT} % would be {allowed})")
}

/// The topic with the fewest questions.
fn thinnest(course: &Course) -> Option<(String, usize)> {
    let topics = course.outline.modules.iter().flat_map(|module| &module.topics);
    let counts = topics.map(|topic| (topic.id.to_string(), usize::from(topic.questions)));
    counts.min_by_key(|(_, count)| *count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_modules_add_up() {
        let report = report(&builtin::course());
        let sum = |of: fn(&Figures) -> usize| report.modules.iter().map(|module| of(&module.figures)).sum::<usize>();
        assert_eq!(report.totals.questions, sum(|figures| figures.questions));
        assert_eq!(report.totals.questions, report.totals.by_kind.values().sum::<usize>());
        assert_eq!(report.totals.questions, report.totals.by_level.values().sum::<usize>());
        assert_eq!(report.totals.modules, report.modules.len());
        assert!(report.totals.words > 100 * report.totals.lessons);
    }

    #[test]
    fn a_course_without_proofs_would_be_noticed() {
        let report = report(&builtin::course());
        let allowed = report.totals.questions * UNPROVED_MAX_PERCENT / 100;
        assert!(report.totals.unproved <= allowed, "{} unproved, {allowed} allowed", report.totals.unproved);
    }
}
