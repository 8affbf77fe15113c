//! `flaskdojo progress show`: how much of each module is known.

use super::content::Written;
use crate::course::Course;
use crate::course::outline::ModuleOutline;
use crate::prose::plain::count;
use crate::study::learner::Learner;
use crate::study::mastery::{Mastery, Table};
use crate::study::memory::{due, leech};
use crate::study::moment::Day;
use crate::study::plan;
use crate::study::readiness;
use crate::study::today::Today;
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
    minutes: u64,
    sure: Calibration,
    unsure: Calibration,
    due: usize,
    due_later: usize,
    /// Reviews asked on each day from today on.
    forecast: Vec<u32>,
    /// The chance to know what is known today, on each day from today on, if nothing was asked.
    forgetting: Vec<f64>,
    leeches: Vec<String>,
    readiness: Option<Ready>,
    plan: Option<Journey>,
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

#[derive(Serialize)]
struct Ready {
    /// Of a hundred questions.
    day: String,
    mean: f64,
    low: u32,
    high: u32,
}

#[derive(Serialize)]
struct Calibration {
    right: u32,
    all: u32,
}

#[derive(Serialize)]
struct Way {
    day: String,
    reviews: u32,
    lessons: Vec<String>,
    new: u32,
    minutes: u32,
}

#[derive(Serialize)]
struct Journey {
    interview: String,
    fits: bool,
    missing_minutes: u32,
    minutes_a_day_needed: u32,
    days: Vec<Way>,
}

/// How many days of reviews and of a forgetting curve are written.
const DAYS: usize = 14;
/// How many days of a plan are written for people; programs get all.
const PLAN_DAYS: usize = 7;

/// Writes what a learner knows.
pub fn show(course: &Course, learner: &Learner, today: Today, written: Written, out: &mut dyn Write) -> io::Result<()> {
    let day = today.now.today;
    let table = Table::of(course, learner, day);
    let (run, longest) = learner.runs(day);
    let goal = learner.interview.filter(|interview| *interview >= day);
    let calibration = |(right, all): (u32, u32)| Calibration { right, all };
    let reviews = due::reviews(course, learner, today);
    let progress = Progress {
        course: &course.outline.id,
        answers: learner.answers,
        right: learner.right,
        days_in_a_row: run,
        longest_days_in_a_row: longest,
        minutes: learner.days.values().map(|work| work.took_ms).sum::<u64>() / 60_000,
        sure: calibration(learner.calibration[0]),
        unsure: calibration(learner.calibration[1]),
        due: reviews.within,
        due_later: reviews.left_out(),
        forecast: due::forecast(course, learner, today, DAYS).iter().map(|load| load.asked).collect(),
        forgetting: readiness::average_curve(course, learner, day, DAYS),
        leeches: leech::leeches(course, learner).iter().map(|leech| leech.question.to_string()).collect(),
        readiness: ready(course, learner, goal.unwrap_or(day)),
        plan: goal.map(|interview| journey(course, learner, today, interview)),
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
    let known @ Mastery { known: questions_known, tried, total, .. } = table.module(&module.id);
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
    writeln!(out, "\n{answers}, {} of them right; {days} in a row", progress.right)?;
    if progress.answers == 0 {
        return Ok(());
    }
    let minutes = count(usize::try_from(progress.minutes).unwrap_or(usize::MAX), "minute");
    writeln!(out, "Time spent: {minutes}")?;
    for (name, Calibration { right, all }) in [("sure", &progress.sure), ("unsure", &progress.unsure)] {
        if *all > 0 {
            writeln!(out, "When you were {name}: {right} of {all} right")?;
        }
    }
    let waiting = if progress.due_later > 0 { format!(", {} more wait", progress.due_later) } else { String::new() };
    let coming: Vec<String> = progress.forecast.iter().skip(1).take(PLAN_DAYS).map(u32::to_string).collect();
    writeln!(out, "Due: {} today{waiting}; the days after: {}", progress.due, coming.join(" "))?;
    if !progress.leeches.is_empty() {
        writeln!(out, "Forgotten again and again: {}", progress.leeches.join(", "))?;
    }
    match &progress.readiness {
        Some(Ready { day, low, high, .. }) => {
            writeln!(out, "Of 100 questions of this course on {day}: likely {low} to {high} right")?;
        }
        None => {
            let left = readiness::ANSWERS_MIN.saturating_sub(progress.answers) as usize;
            writeln!(out, "After {} more there is a forecast of how an interview would go", count(left, "answer"))?;
        }
    }
    if let Some(plan) = &progress.plan {
        tell_plan(plan, out)?;
    }
    Ok(())
}

fn tell_plan(plan: &Journey, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nUntil your interview on {}:", plan.interview)?;
    for Way { day, reviews, lessons, new, minutes } in plan.days.iter().take(PLAN_DAYS) {
        let (reviews, new) = (count(*reviews as usize, "review"), count(*new as usize, "new question"));
        let lessons = count(lessons.len(), "lesson");
        writeln!(out, "  {day}  {:>7}  {lessons}, {reviews}, {new}", format!("{minutes} min"))?;
    }
    if plan.days.len() > PLAN_DAYS {
        writeln!(out, "  … and {} more; --json has all", count(plan.days.len() - PLAN_DAYS, "day"))?;
    }
    if plan.fits {
        return writeln!(out, "All of the course fits.");
    }
    let missing = count(plan.missing_minutes as usize, "minute");
    let needed = plan.minutes_a_day_needed;
    writeln!(out, "Not all of it fits: {missing} are missing. With {needed} minutes a day it would.")
}

fn ready(course: &Course, learner: &Learner, day: Day) -> Option<Ready> {
    let readiness::Readiness { mean, low, high, .. } = readiness::forecast(course, learner, day)?;
    Some(Ready { day: day.date().to_string(), mean: (mean * 10.0).round() / 10.0, low, high })
}

fn journey(course: &Course, learner: &Learner, today: Today, interview: Day) -> Journey {
    let plan = plan::plan(course, learner, today, interview);
    let day = |stint: &plan::Stint| Way {
        day: stint.day.date().to_string(),
        reviews: stint.reviews,
        lessons: stint.lessons.iter().map(ToString::to_string).collect(),
        new: stint.new,
        minutes: stint.minutes,
    };
    Journey {
        interview: interview.date().to_string(),
        fits: plan.fits(),
        missing_minutes: plan.missing_minutes,
        minutes_a_day_needed: plan.minutes_needed(today.aim.minutes_a_day),
        days: plan.days.iter().map(day).collect(),
    }
}
