//! `flaskdojo content stats`: what a course holds, in figures.

use super::content::{self, Checked, HERE, Written};
use crate::builtin;
use crate::content::load;
use crate::course::Course;
use crate::course::outline::Asked;
use crate::id::TopicId;
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
    /// Minutes that the lessons take, by their authors' word. People are told them.
    #[serde(skip)]
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

/// How much is told to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Each module.
    Modules,
    /// Each topic of each module, too.
    Topics,
}

/// Counts what the course in `dir` holds. Without a folder it is `content` in the current one, or else the course of this
/// program. A course with mistakes is not counted.
pub fn stats(dir: Option<&Path>, detail: Detail, written: Written, out: &mut dyn Write) -> io::Result<Checked> {
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
        Written::Text(_) => tell(&course, &report, detail, out)?,
    }
    Ok(Checked::Good)
}

fn report(course: &Course) -> Report {
    let outlines = course.outline.modules.iter().enumerate();
    let modules: Vec<Named> = outlines
        .map(|(index, outline)| Named { id: outline.id.to_string(), figures: figures(course, index, None) })
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

/// The figures of the module at `index` of the outline, or of one of its topics.
fn figures(course: &Course, index: usize, only: Option<&TopicId>) -> Figures {
    let (outline, module) = (&course.outline.modules[index], course.module(index));
    let is_wanted = |topic: &TopicId| only.is_none_or(|only| only == topic);
    let lessons = || module.lessons.iter().filter(|lesson| is_wanted(&lesson.topic));
    let questions = || module.questions.iter().filter(|question| is_wanted(&question.topic));
    let of_module = |topic: &TopicId| outline.topics.iter().any(|known| known.id == *topic) && is_wanted(topic);
    let clinic = || course.clinic().iter().filter(|ailment| of_module(&ailment.topic));
    let mut figures = Figures {
        modules: 1,
        topics: outline.topics.iter().filter(|topic| is_wanted(&topic.id)).count(),
        lessons: lessons().count(),
        minutes: lessons().map(|lesson| usize::from(lesson.minutes)).sum(),
        questions: questions().count(),
        interview: outline.prompts.iter().filter(|prompt| is_wanted(&prompt.topic)).count(),
        labs: outline.labs.iter().filter(|lab| is_wanted(&lab.topic)).count(),
        clinic: clinic().count(),
        xray: outline.xrays.iter().filter(|xray| is_wanted(&xray.topic)).count(),
        unproved: questions().filter(|question| question.unproved.is_some()).count()
            + clinic().filter(|ailment| ailment.unproved.is_some()).count(),
        ..empty()
    };
    for lesson in lessons() {
        let lines = plain::lines(&lesson.body, ONE_LINE);
        figures.words += lines.iter().map(|line| line.split_whitespace().count()).sum::<usize>();
    }
    for question in questions() {
        *figures.by_kind.entry(question.kind.name().to_owned()).or_default() += 1;
        *figures.by_level.entry(question.level).or_default() += 1;
    }
    figures
}

fn tell(course: &Course, report: &Report, detail: Detail, out: &mut dyn Write) -> io::Result<()> {
    row(
        [
            "module",
            "lessons",
            "words",
            "min",
            "questions",
            "levels 1 to 4",
            "kinds",
            "prompts",
            "errors",
            "X-rays",
            "labs",
        ],
        out,
    )?;
    for (index, Named { id, figures: of_module }) in report.modules.iter().enumerate() {
        row(cells(id, of_module).each_ref().map(String::as_str), out)?;
        if detail == Detail::Topics {
            for topic in &course.outline.modules[index].topics {
                let figures = figures(course, index, Some(&topic.id));
                row(cells(&format!("  {}", topic.id), &figures).each_ref().map(String::as_str), out)?;
            }
        }
    }
    row(cells("all", &report.totals).each_ref().map(String::as_str), out)?;
    let kinds = Kind::NAMES.iter().map(|kind| format!("{kind} {}", report.totals.by_kind.get(*kind).unwrap_or(&0)));
    writeln!(out, "\nkinds: {}", kinds.collect::<Vec<_>>().join(", "))?;
    if let Some((topic, count)) = thinnest(course) {
        writeln!(out, "fewest questions: {topic}, {count}")?;
    }
    let never_asked = unasked(course);
    if !never_asked.is_empty() && report.totals.interview > 0 {
        let count = plain::count(never_asked.len(), "topic");
        writeln!(out, "{count} often asked in interviews and without a prompt: {}", never_asked.join(", "))?;
    }
    let provable = report.totals.questions + report.totals.clinic;
    let allowed = provable * UNPROVED_MAX_PERCENT / 100;
    let unproved = report.totals.unproved;
    writeln!(
        out,
        "without a proof: {unproved} of {provable} questions and errors ({UNPROVED_MAX_PERCENT} % would be {allowed})"
    )
}

fn cells(name: &str, figures: &Figures) -> [String; 11] {
    let levels: Vec<String> = figures.by_level.values().map(usize::to_string).collect();
    let kinds = figures.by_kind.values().filter(|count| **count > 0).count();
    let numbers = [figures.lessons, figures.words, figures.minutes, figures.questions].map(|count| count.to_string());
    let [lessons, words, minutes, questions] = numbers;
    let others = [kinds, figures.interview, figures.clinic, figures.xray, figures.labs].map(|count| count.to_string());
    let [kinds, prompts, errors, xrays, labs] = others;
    [name.to_owned(), lessons, words, minutes, questions, levels.join(" · "), kinds, prompts, errors, xrays, labs]
}

fn row(cells: [&str; 11], out: &mut dyn Write) -> io::Result<()> {
    const WIDTHS: [usize; 11] = [24, 7, 6, 5, 9, 18, 5, 7, 6, 6, 4];
    let [name, rest @ ..] = cells;
    let [first, widths @ ..] = WIDTHS;
    let rest: String = rest.iter().zip(widths).map(|(cell, width)| format!(" {cell:>width$}")).collect();
    writeln!(out, "{name:<first$}{rest}")
}

/// The topics that interviews ask for often and no prompt is about.
fn unasked(course: &Course) -> Vec<&str> {
    let modules = course.outline.modules.iter();
    let topics = modules.flat_map(|module| module.topics.iter().map(move |topic| (module, topic)));
    let unasked = topics.filter(|(module, topic)| {
        topic.asked > Asked::Rarely && !module.prompts.iter().any(|prompt| prompt.topic == topic.id)
    });
    unasked.map(|(_, topic)| topic.id.as_str()).collect()
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
        assert_eq!(report.totals.clinic, sum(|figures| figures.clinic));
        assert!(report.totals.words > 100 * report.totals.lessons);
    }

    #[test]
    fn the_figures_of_topics_add_up_to_those_of_their_module() {
        let course = builtin::course();
        for (index, module) in course.outline.modules.iter().enumerate() {
            let topics: Vec<Figures> =
                module.topics.iter().map(|topic| figures(&course, index, Some(&topic.id))).collect();
            let whole = figures(&course, index, None);
            let sum = |of: fn(&Figures) -> usize| topics.iter().map(of).sum::<usize>();
            let all: [fn(&Figures) -> usize; 5] =
                [|it| it.lessons, |it| it.words, |it| it.questions, |it| it.interview, |it| it.clinic];
            for of in all {
                assert_eq!(of(&whole), sum(of), "{}", module.id);
            }
        }
    }

    /// Other programs read these names.
    #[test]
    fn the_json_has_the_names_that_were_agreed() {
        let json = serde_json::to_value(report(&builtin::course())).unwrap();
        let names = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&json), ["modules", "totals"]);
        let all = "by_kind by_level clinic interview labs lessons modules questions topics unproved words xray";
        assert_eq!(names(&json["totals"]).join(" "), all);
        assert_eq!(names(&json["modules"][0]).join(" "), all.replace("interview", "id interview"));
        assert_eq!(names(&json["totals"]["by_level"]), ["1", "2", "3", "4"]);
    }

    #[test]
    fn a_course_without_proofs_would_be_noticed() {
        let report = report(&builtin::course());
        let allowed = (report.totals.questions + report.totals.clinic) * UNPROVED_MAX_PERCENT / 100;
        assert!(report.totals.unproved <= allowed, "{} unproved, {allowed} allowed", report.totals.unproved);
    }
}
