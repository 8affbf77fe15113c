//! What somebody sends who found a mistake in the course: a ready text with everything that its author asks for.

use super::entry::{Confidence, SessionId};
use super::moment::Day;
use super::seed::Seed;
use crate::course::Course;
use crate::id::LessonId;
use crate::prose::plain;
use crate::question::Question;
use crate::question::answer::{Answer, Verdict};
use std::fmt::Write as _;

/// A text to be written to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// A name for the file, without ending.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A question as it was asked, and what was answered.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The question.
    pub question: &'a Question,
    /// What was answered and how that was judged; `None` before the answer.
    pub answer: Option<(&'a Answer, Verdict, Option<Confidence>)>,
    /// In which session, with which seed.
    pub session: Option<(SessionId, Seed)>,
}

/// How wide a quoted question is.
const WIDTH: usize = 78;

/// A report about a question.
pub fn of_question(course: &Course, asked: Asked, today: Day) -> Report {
    let Asked { question, answer, session } = asked;
    let mut text = head(course, today);
    line(&mut text, "question", question.id.as_str());
    line(&mut text, "edition", &format!("{:016x}", question.fingerprint));
    line(&mut text, "kind", question.kind.name());
    if let Some((session, seed)) = session {
        line(&mut text, "session", &format!("{:016x}", session.0));
        line(&mut text, "seed", &format!("{:016x}", seed.0));
    }
    match answer {
        Some((answer, verdict, confidence)) => {
            line(&mut text, "my answer", &said(answer));
            let sure = match confidence {
                Some(Confidence::Sure) => ", and I was sure",
                Some(Confidence::Unsure) => ", and I was unsure",
                None => "",
            };
            let verdict = match verdict {
                Verdict::Right => "right",
                Verdict::Partly => "partly right",
                Verdict::Wrong => "wrong",
            };
            line(&mut text, "judged", &format!("{verdict}{sure}"));
        }
        None => line(&mut text, "my answer", "none yet"),
    }
    end(&mut text, &plain::lines(&question.prompt, WIDTH).join("\n"));
    Report { name: format!("{}-{}", question.id.as_str(), today.date()), text }
}

/// A report about a part of a lesson.
pub fn of_lesson(course: &Course, lesson: &LessonId, section: &str, today: Day) -> Report {
    let mut text = head(course, today);
    line(&mut text, "lesson", lesson.as_str());
    let title = course.lesson_outline(lesson).map_or("", |(_, outline)| outline.title.as_str());
    line(&mut text, "title", title);
    if !section.is_empty() {
        line(&mut text, "section", section);
    }
    end(&mut text, "");
    Report { name: format!("{}-{}", lesson.as_str(), today.date()), text }
}

fn head(course: &Course, today: Day) -> String {
    let mut text = "A mistake in the course\n\n".to_owned();
    line(&mut text, "course", &format!("{} ({:016x})", course.outline.id, course.outline.fingerprint));
    line(&mut text, "Flask", &course.outline.flask);
    line(&mut text, "flaskdojo", env!("CARGO_PKG_VERSION"));
    line(&mut text, "date", &today.date().to_string());
    text
}

fn line(text: &mut String, label: &str, value: &str) {
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{label:<10} {value}");
}

fn end(text: &mut String, quoted: &str) {
    if !quoted.is_empty() {
        text.push('\n');
        quoted.lines().for_each(|line| {
            let _ = writeln!(text, "> {line}");
        });
    }
    text.push_str("\nWhat is wrong:\n\n\nWhat it should be, and how you know:\n\n");
}

/// An answer in words.
fn said(answer: &Answer) -> String {
    match answer {
        Answer::Chosen(ids) | Answer::Arranged(ids) => ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", "),
        Answer::Typed(text) => format!("“{text}”"),
        Answer::Paired(pairs) => {
            pairs.iter().map(|(left, right)| format!("{left} = {right}")).collect::<Vec<_>>().join(", ")
        }
        Answer::Pointed { line, .. } => format!("line {line}"),
        Answer::Recalled(recall) => format!("{recall:?}").to_lowercase(),
        Answer::GaveUp => "I did not know".to_owned(),
    }
}
