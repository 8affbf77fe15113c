//! What is said after an answer: the verdict, the explanation, where to read on.

use super::{Look, Outcome};
use crate::course::{Course, source};
use crate::prose::width::{columns, cut, wrap};
use crate::prose::{Span, plain};
use crate::question::Question;
use crate::question::answer::{Answer, Grade, Part, Recall, Verdict};
use crate::question::exhibit;
use crate::study::entry::Confidence;
use crate::tui::forms::label::why;
use crate::tui::row::Row;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::prose::{self, Setting};

/// The verdict in one row.
pub fn verdict(outcome: &Outcome, theme: &Theme) -> Row {
    let (sign, role) = match outcome.grade.verdict {
        Verdict::Right => ("✓", Role::Correct),
        Verdict::Partly => ("!", Role::Warning),
        Verdict::Wrong => ("✗", Role::Wrong),
    };
    let (word, said) = match (&outcome.answer, outcome.grade.verdict) {
        (Answer::Recalled(recall), _) => recalled(*recall),
        (_, Verdict::Right) => ("RIGHT", String::new()),
        (Answer::Arranged(_), Verdict::Partly) => ("PARTLY", "The right order is below.".to_owned()),
        (Answer::Paired(_), Verdict::Partly) => ("PARTLY", "The right joins are below.".to_owned()),
        (Answer::Arranged(_), Verdict::Wrong) => ("WRONG", "The right order is below.".to_owned()),
        (Answer::Paired(_), Verdict::Wrong) => ("WRONG", "The right joins are below.".to_owned()),
        (_, Verdict::Partly) => ("PARTLY", "Not all of it; see below.".to_owned()),
        (_, Verdict::Wrong) => ("WRONG", right_one(&outcome.grade)),
    };
    let mut row = Row::text(format!("{sign} {word}"), theme.bold(role));
    if !said.is_empty() {
        row.push(format!("   {said}"), theme.text(Role::Text));
    }
    match outcome.confidence {
        Some(Confidence::Sure) => row.right("you were sure", theme.text(Role::Muted)),
        Some(Confidence::Unsure) => row.right("you were unsure", theme.text(Role::Muted)),
        None => row,
    }
}

/// How a learner marked a card.
fn recalled(recall: Recall) -> (&'static str, String) {
    let (word, said) = match recall {
        Recall::Again => ("AGAIN", "You did not know it."),
        Recall::Hard => ("HARD", "It took you an effort."),
        Recall::Good => ("GOOD", "You knew it."),
        Recall::Easy => ("EASY", "You knew it at once."),
    };
    (word, said.to_owned())
}

/// What would have been right, as far as it fits into one row.
fn right_one(grade: &Grade) -> String {
    let line = grade.remarks.iter().find_map(|remark| match remark.about {
        Part::Line(line) => remark.is_key.then_some(line),
        Part::Option(_) | Part::Whole => None,
    });
    match (line, grade.key.as_slice()) {
        (Some(line), _) => format!("The answer: line {line}"),
        (None, [only]) => format!("The answer: {}", only.plain()),
        (None, _) => "See below what is right.".to_owned(),
    }
}

/// What the author says about the answer as a whole.
pub fn about_whole(outcome: &Outcome, setting: &Setting) -> Vec<Row> {
    let mut rows = Vec::new();
    for remark in outcome.grade.remarks.iter().filter(|remark| remark.about == Part::Whole && !remark.why.0.is_empty())
    {
        rows.push(Row::new());
        rows.extend(why(remark, 0, setting));
    }
    rows
}

/// Remarks about what was typed, the explanation, the lesson and the sources.
pub fn rows(question: &Question, outcome: &Outcome, course: &Course, look: &Look) -> Vec<Row> {
    let mut rows = about_whole(outcome, &look.setting);
    rows.push(Row::new());
    rows.extend(prose::blocks(&question.explanation.0, &look.setting));
    rows.push(Row::new());
    if !question.flask.is_empty() {
        rows.push(fact("VERSION", format!("holds for Flask {}", question.flask), look));
    }
    if let Some(place) = lesson_of(question, course) {
        rows.push(fact("Lesson", place, look));
    }
    rows.extend(proof(question, outcome, look));
    for source in &question.sources {
        if let Some((name, _)) = source::address(source) {
            rows.push(fact("Source", name, look));
        }
    }
    for row in &mut rows {
        row.block = look.block;
    }
    rows
}

/// What real Flask showed when the proof was recorded; nothing of what was not recorded.
fn proof(question: &Question, outcome: &Outcome, look: &Look) -> Vec<Row> {
    const ROWS_MAX: usize = 2;
    if question.ran_on.is_empty() {
        return Vec::new();
    }
    let muted = look.setting.theme.text(Role::Muted);
    let ran = format!("ran on Flask {}", question.ran_on);
    let lines = exhibit::told(&question.shown, &outcome.answer, &outcome.grade);
    let room = look.setting.width.saturating_sub(FACT).max(8);
    let parts = lines.iter().flat_map(|line| {
        let rows = wrap(&[Span::plain(cut(line, ROWS_MAX * room))], room).into_iter();
        rows.map(|row| plain::spans(&row))
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        return vec![fact("Proof", ran, look)];
    }
    let mut rows: Vec<Row> = Vec::new();
    for (place, part) in parts.into_iter().enumerate() {
        let word = if place == 0 { "Proof" } else { "" };
        rows.push(Row::text(format!("{word:<FACT$}"), muted).with(part, muted));
    }
    match rows.last_mut() {
        Some(last) if last.width() + 2 + columns(&ran) <= look.setting.width => {
            *last = std::mem::take(last).right(ran, muted);
        }
        Some(_) | None => rows.push(fact("", ran, look)),
    }
    rows
}

/// `07 Cookies and sessions › The session is signed, not secret`.
fn lesson_of(question: &Question, course: &Course) -> Option<String> {
    let (module, lesson) = course
        .outline
        .modules
        .iter()
        .find_map(|module| Some((module, module.lessons.iter().find(|lesson| lesson.topic == question.topic)?)))?;
    Some(format!("{:02} {} › {}", module.number, module.title, lesson.title))
}

/// How many columns the word before a fact takes.
const FACT: usize = 9;

fn fact(word: &str, text: String, look: &Look) -> Row {
    let muted = look.setting.theme.text(Role::Muted);
    Row::text(format!("{word:<FACT$}"), muted).with(cut(&text, look.setting.width.saturating_sub(FACT)), muted)
}
