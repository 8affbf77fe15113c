//! `flaskdojo progress show`: how much of each module is known.

use super::content::Written;
use crate::course::Course;
use crate::course::outline::ModuleOutline;
use crate::prose::plain::count;
use crate::study::learner::Learner;
use crate::study::mastery::{Mastery, Table};
use crate::study::moment::Day;
use serde::Serialize;
use std::io::{self, Write};

/// What programs get to read.
#[derive(Serialize)]
struct Progress<'a> {
    course: &'a str,
    answers: u32,
    right: u32,
    days_in_a_row: u32,
    longest_days_in_a_row: u32,
    modules: Vec<Module<'a>>,
}

#[derive(Serialize)]
struct Module<'a> {
    id: &'a str,
    title: &'a str,
    lessons: usize,
    lessons_read: usize,
    questions: u32,
    questions_tried: u32,
    questions_known: u32,
    percent: u32,
}

/// Writes what a learner knows.
pub fn show(course: &Course, learner: &Learner, today: Day, written: Written, out: &mut dyn Write) -> io::Result<()> {
    let table = Table::of(course, learner);
    let (run, longest) = learner.runs(today);
    let progress = Progress {
        course: &course.outline.id,
        answers: learner.answers,
        right: learner.right,
        days_in_a_row: run,
        longest_days_in_a_row: longest,
        modules: course.outline.modules.iter().map(|module| self::module(learner, &table, module)).collect(),
    };
    match written {
        Written::Json => {
            serde_json::to_writer_pretty(&mut *out, &progress)?;
            writeln!(out)
        }
        Written::Text(_) => text(course, &progress, out),
    }
}

fn module<'a>(learner: &Learner, table: &Table, module: &'a ModuleOutline) -> Module<'a> {
    let known @ Mastery { known: questions_known, tried, total } = table.module(&module.id);
    Module {
        id: module.id.as_str(),
        title: &module.title,
        lessons: module.lessons.len(),
        lessons_read: module.lessons.iter().filter(|lesson| learner.has_read(&lesson.id)).count(),
        questions: total,
        questions_tried: tried,
        questions_known,
        percent: known.percent(),
    }
}

fn text(course: &Course, progress: &Progress, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n", course.outline.title)?;
    let width = progress.modules.iter().map(|module| module.title.chars().count()).max().unwrap_or_default();
    for module in &progress.modules {
        let Module { title, lessons, lessons_read, questions, questions_known, percent, .. } = module;
        let read = format!("{lessons_read} of {} read", count(*lessons, "lesson"));
        let known = format!("{questions_known} of {} known", count(*questions as usize, "question"));
        writeln!(out, "{title:width$}  {percent:3} %   {read}, {known}")?;
    }
    let answers = count(progress.answers as usize, "answer");
    let days = count(progress.days_in_a_row as usize, "day");
    writeln!(out, "\n{answers}, {} of them right; {days} in a row", progress.right)
}
