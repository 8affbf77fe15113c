//! A file below `lessons/`.

use super::{reading, source, version};
use crate::course::lesson::Lesson;
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::id::{LessonId, TopicId};
use crate::prose::read;
use crate::shape::{fields, may, must};
use std::collections::BTreeSet;

fields! {
    /// What authors write.
    LessonFields, "lesson", "a map with `id`, `topic`, `title`, `minutes`, `goals`, `sources` and `body`" {
        /// Its name, unique in the course.
        id: Field<String> = must().id(),
        /// Names that it had before.
        was: Field<Vec<Field<String>>> = may().id(),
        /// What it is about.
        topic: Field<String> = must(),
        /// Its title.
        title: Field<String> = must(),
        /// How long it takes to read.
        minutes: Field<u64> = must().within(&MINUTES),
        /// What the reader can do afterwards.
        goals: Field<Vec<Field<String>>> = may(),
        /// The versions for which it holds.
        flask: Field<String> = may().like(version::RANGE),
        /// Pages to read.
        sources: Field<Vec<Field<String>>> = may().like(source::NAME),
        /// The text.
        body: Field<String> = must(),
    }
}

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
