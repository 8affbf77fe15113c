//! A file below `lessons/`.

use super::{reading, source, version};
use crate::course::lesson::Lesson;
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::id::{LessonId, TopicId};
use crate::prose::read;
use serde::Deserialize;
use std::collections::BTreeSet;

/// What authors write.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, expecting = "a map with `id`, `topic`, `title`, `minutes`, `goals`, `sources` and `body`")]
pub struct LessonFields {
    /// Its name, unique in the course.
    pub id: Field<String>,
    /// Names that it had before.
    pub was: Field<Vec<Field<String>>>,
    /// What it is about.
    pub topic: Field<String>,
    /// Its title.
    pub title: Field<String>,
    /// How long it takes to read.
    pub minutes: Field<u64>,
    /// What the reader can do afterwards.
    pub goals: Field<Vec<Field<String>>>,
    /// The versions for which it holds.
    pub flask: Field<String>,
    /// Pages to read.
    pub sources: Field<Vec<Field<String>>>,
    /// The text.
    pub body: Field<String>,
}

/// The fields by name, for "did you mean".
pub const NAMES: &[&str] = &["id", "was", "topic", "title", "minutes", "goals", "flask", "sources", "body"];

/// How long a lesson may take, in minutes.
const MINUTES: std::ops::RangeInclusive<u64> = 1..=60;

/// Checks one lesson. Ids that must exist elsewhere are looked at later.
pub fn check(fields: LessonFields, faults: &mut Faults) -> Option<Lesson> {
    let id = super::name("id", fields.id, faults);
    super::former_names(fields.was, faults);
    let topic = fields.topic.text("topic", faults);
    let title = fields.title.text("title", faults).map(|title| read::title(&title, "title", faults));
    let minutes = fields.minutes.need("minutes", faults);
    if minutes.is_some_and(|minutes| !MINUTES.contains(&minutes)) {
        let what = format!("a lesson takes {} to {} minutes", MINUTES.start(), MINUTES.end());
        faults.add(FaultCode::Range, "minutes", what, "tell the time that it takes to read it");
    }
    let goals = fields.goals.texts("goals", faults);
    let goals = goals.iter().map(|(path, goal)| read::line(goal, path, faults)).collect();
    let flask = version::range(fields.flask, faults);
    let sources = source::check(fields.sources, faults);
    let body = fields.body.text("body", faults).map(|body| read::blocks(&body, "body", faults));

    let lesson = Lesson {
        id: LessonId::from(id?.as_str()),
        topic: TopicId::from(topic?.as_str()),
        title: title?,
        minutes: u16::try_from(minutes?).unwrap_or_default(),
        goals,
        flask,
        sources,
        ran_on: String::new(),
        body: body?,
    };
    let mut asked = BTreeSet::new();
    for check in lesson.checks() {
        if !asked.insert(check.clone()) {
            let what = format!("this lesson asks `{check}` twice");
            faults.add(FaultCode::RepeatedCheck, "body", what, "remove one of the two `check` fences");
        }
    }
    if MINUTES.contains(&u64::from(lesson.minutes)) {
        reading::lesson(&lesson, faults);
    }
    Some(lesson)
}
