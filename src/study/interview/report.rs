//! What came of an interview, on one page: what was missed, what to study, and a text to keep.

use super::{Brief, Rated};
use crate::course::Course;
use crate::course::prompt::{Point, Turn};
use crate::id::{LessonId, QuestionId};
use crate::prose::plain;
use crate::study::moment::Day;
use std::fmt::Write as _;

/// How an interview went.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// On which day.
    pub day: Day,
    /// What it was like.
    pub brief: Brief,
    /// The weights of the points that were said, out of all that were listened for.
    pub score: (u32, u32),
    /// Each topic that was asked about, by its title, with the same.
    pub topics: Vec<(String, (u32, u32))>,
    /// What was missed, the heaviest first.
    pub missed: Vec<Missed>,
    /// Sentences that end interviews and were said.
    pub flags: Vec<String>,
    /// Question and answer, in order.
    pub turns: Vec<Told>,
    /// How long all answers took, in milliseconds.
    pub took_ms: u64,
}

/// A point that was missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// What should have been said.
    pub text: String,
    /// How much it counts.
    pub weight: u8,
    /// Where to study it.
    pub study: Option<Study>,
}

/// Where to study something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Study {
    /// In a lesson.
    Lesson(LessonId),
    /// By a question, and in the lesson that teaches it.
    Question(QuestionId, Option<LessonId>),
}

/// One question of the interviewer, and what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What was asked.
    pub ask: String,
    /// What was typed; empty if it was spoken.
    pub said: String,
    /// What was listened for, and whether it was said.
    pub points: Vec<(String, bool)>,
    /// An answer that could be spoken, as lines.
    pub model_answer: Vec<String>,
}

impl Report {
    /// Of these answers.
    pub fn of(course: &Course, brief: &Brief, rated: &[Rated], day: Day) -> Report {
        let mut report = Report {
            day,
            brief: brief.clone(),
            score: (0, 0),
            topics: Vec::new(),
            missed: Vec::new(),
            flags: Vec::new(),
            turns: Vec::new(),
            took_ms: rated.iter().map(|rated| u64::from(rated.took_ms)).sum(),
        };
        for rated in rated {
            report.flags.extend(rated.flags.iter().cloned());
            let Some(prompt) = course.prompt(&rated.prompt) else { continue };
            let turns = prompt.turn.all();
            let is_it = |turn: &&Turn| turn.listens_for.first().is_some_and(|point| point.id == rated.turn);
            let Some(turn) = turns.into_iter().map(|(_, turn)| turn).find(is_it) else { continue };
            let title = course.topic(&prompt.topic).map_or(String::new(), |(_, topic)| topic.title.clone());
            let (met, all) = weights(turn, rated);
            add(&mut report.score, (met, all));
            match report.topics.iter_mut().find(|(other, _)| *other == title) {
                Some((_, sum)) => add(sum, (met, all)),
                None => report.topics.push((title, (met, all))),
            }
            let missed = turn.listens_for.iter().filter(|point| !rated.met.contains(&point.id));
            report.missed.extend(missed.map(|point| Missed {
                text: plain::spans(&point.text),
                weight: point.weight,
                study: study(course, point),
            }));
            let points = turn.listens_for.iter();
            report.turns.push(Told {
                ask: plain::spans(&turn.ask),
                said: rated.said.clone(),
                points: points.map(|point| (plain::spans(&point.text), rated.met.contains(&point.id))).collect(),
                model_answer: plain::lines(&turn.model_answer, 78),
            });
        }
        report.missed.sort_by_key(|missed| std::cmp::Reverse(missed.weight));
        report
    }

    /// The share of what was listened for that was said, in percent.
    pub fn percent(&self) -> u32 {
        (self.score.0 * 100).checked_div(self.score.1).unwrap_or(0)
    }

    /// The report as a Markdown file to keep.
    pub fn markdown(&self, course: &Course) -> String {
        let mut text = String::new();
        // Writing to a text cannot fail.
        let _ = self.write(course, &mut text);
        text
    }

    fn write(&self, course: &Course, out: &mut String) -> std::fmt::Result {
        let (met, all) = self.score;
        writeln!(out, "# Mock interview, {}, {}\n", self.brief.level.word(), self.day.date())?;
        writeln!(
            out,
            "Said: {met} of {all} points ({} %), in {} minutes of answers.\n",
            self.percent(),
            self.took_ms / 60_000
        )?;
        writeln!(out, "| topic | said |\n| --- | --- |")?;
        for (topic, (met, all)) in &self.topics {
            writeln!(out, "| {topic} | {met} of {all} |")?;
        }
        if !self.flags.is_empty() {
            writeln!(out, "\n## Never say this\n")?;
            self.flags.iter().try_for_each(|flag| writeln!(out, "- {flag}"))?;
        }
        if !self.missed.is_empty() {
            writeln!(out, "\n## Missed, and where to study it\n")?;
        }
        for missed in &self.missed {
            let place = missed.study.as_ref().map_or(String::new(), |study| format!(" — {}", study.words(course)));
            writeln!(out, "- {}{place}", missed.text)?;
        }
        writeln!(out, "\n## Question and answer")?;
        for told in &self.turns {
            writeln!(out, "\n### {}\n", told.ask)?;
            if !told.said.is_empty() {
                told.said.lines().try_for_each(|line| writeln!(out, "> {line}"))?;
                writeln!(out)?;
            }
            for (point, is_met) in &told.points {
                writeln!(out, "- [{}] {point}", if *is_met { 'x' } else { ' ' })?;
            }
            writeln!(out, "\nAn answer that could be spoken:\n")?;
            told.model_answer.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        }
        Ok(())
    }
}

impl Study {
    /// The place, in words.
    pub fn words(&self, course: &Course) -> String {
        let title = |id: &LessonId| course.lesson_outline(id).map_or(String::new(), |(_, lesson)| lesson.title.clone());
        match self {
            Study::Lesson(id) => format!("lesson “{}” (flaskdojo learn {id})", title(id)),
            Study::Question(question, Some(lesson)) => {
                format!("lesson “{}”, and the question: flaskdojo drill {question}", title(lesson))
            }
            Study::Question(question, None) => format!("flaskdojo drill {question}"),
        }
    }
}

fn study(course: &Course, point: &Point) -> Option<Study> {
    let name = point.shown_by.as_deref()?;
    if let Some((_, lesson)) = course.lesson_outline(&LessonId::from(name)) {
        return Some(Study::Lesson(lesson.id.clone()));
    }
    let (_, question) = course.question_outline(&QuestionId::from(name))?;
    let lesson = course.outline.lessons().find(|lesson| lesson.topic == question.topic);
    Some(Study::Question(question.id.clone(), lesson.map(|lesson| lesson.id.clone())))
}

/// What was said of a turn, and all that was listened for.
fn weights(turn: &Turn, rated: &Rated) -> (u32, u32) {
    let weigh = |points: &mut dyn Iterator<Item = &Point>| points.map(|point| u32::from(point.weight)).sum::<u32>();
    let met = weigh(&mut turn.listens_for.iter().filter(|point| rated.met.contains(&point.id)));
    (met, weigh(&mut turn.listens_for.iter()))
}

fn add(sum: &mut (u32, u32), part: (u32, u32)) {
    *sum = (sum.0 + part.0, sum.1 + part.1);
}
