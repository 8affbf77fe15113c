//! What is said after an answer: the verdict, the explanation, where to read on.

use super::{Look, Outcome};
use crate::course::{Course, source};
use crate::prose::width::cut;
use crate::question::Question;
use crate::question::answer::Verdict;
use crate::study::entry::Confidence;
use crate::tui::forms::choose::why;
use crate::tui::row::Row;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::prose;

/// The verdict in one row.
pub fn verdict(outcome: &Outcome, theme: &Theme) -> Row {
    let key = outcome.grade.key.first().map(|label| label.plain()).unwrap_or_default();
    let row = match outcome.grade.verdict {
        Verdict::Right => Row::text("✓ RIGHT", theme.bold(Role::Correct)),
        Verdict::Partly => Row::text("! PARTLY", theme.bold(Role::Warning))
            .with("   Not all of it; see below.", theme.text(Role::Text)),
        Verdict::Wrong => {
            let said = match outcome.grade.key.len() {
                1 => format!("   The answer: {key}"),
                _ => "   See below what belongs to it.".to_owned(),
            };
            Row::text("✗ WRONG", theme.bold(Role::Wrong)).with(said, theme.text(Role::Text))
        }
    };
    match outcome.confidence {
        Some(Confidence::Sure) => row.right("you were sure", theme.text(Role::Muted)),
        Some(Confidence::Unsure) => row.right("you were unsure", theme.text(Role::Muted)),
        None => row,
    }
}

/// Remarks about what was typed, the explanation, the lesson and the sources.
pub fn rows(question: &Question, outcome: &Outcome, course: &Course, look: &Look) -> Vec<Row> {
    let mut rows = Vec::new();
    for remark in outcome.grade.remarks.iter().filter(|remark| remark.option().is_none() && !remark.why.0.is_empty()) {
        rows.push(Row::new());
        rows.extend(why(remark, 0, &look.setting));
    }
    rows.push(Row::new());
    rows.extend(prose::blocks(&question.explanation.0, &look.setting));
    rows.push(Row::new());
    if !question.flask.is_empty() {
        rows.push(fact("VERSION", format!("holds for Flask {}", question.flask), look));
    }
    if let Some(place) = lesson_of(question, course) {
        rows.push(fact("Lesson", place, look));
    }
    if question.unproved.is_none() {
        rows.push(fact("Proof", format!("key and options were run on Flask {}", course.outline.flask), look));
    }
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

/// `07 Cookies and sessions › The session is signed, not secret`.
fn lesson_of(question: &Question, course: &Course) -> Option<String> {
    let (module, lesson) = course
        .outline
        .modules
        .iter()
        .find_map(|module| Some((module, module.lessons.iter().find(|lesson| lesson.topic == question.topic)?)))?;
    Some(format!("{:02} {} › {}", module.number, module.title, lesson.title))
}

fn fact(word: &str, text: String, look: &Look) -> Row {
    let muted = look.setting.theme.text(Role::Muted);
    Row::text(format!("{word:<9}"), muted).with(cut(&text, look.setting.width.saturating_sub(9)), muted)
}
