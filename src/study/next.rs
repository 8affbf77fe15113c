//! What to do now: the one thing that Enter on the home screen does.

use super::learner::Learner;
use super::mastery::{Mastery, Table};
use super::memory::due;
use super::session::Session;
use super::today::Today;
use crate::course::Course;
use crate::course::outline::Topic;
use crate::id::{LessonId, TopicId};

/// What to do now.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Go on with a session that was left in the middle.
    Resume(Session),
    /// Answer what is due again: so many questions.
    Review(usize),
    /// Read a lesson, from where it was left.
    Read(LessonId),
    /// All is read: practise the weakest topic.
    Practise(TopicId),
    /// All is read and known.
    Done,
}

/// The first of these that there is: an open session, reviews that should not wait, the lesson that was open last, the first
/// lesson not yet read, the weakest topic.
pub fn step(course: &Course, learner: &Learner, today: Today) -> Step {
    if let Some(session) = learner.open_session(course) {
        return Step::Resume(session);
    }
    let reviews = due::reviews(course, learner, today);
    if reviews.are_pressing() {
        return Step::Review(reviews.within);
    }
    if let Some(lesson) = lesson(course, learner) {
        return Step::Read(lesson);
    }
    // What was known and fades comes back as a review.
    let table = Table::of(course, learner, today.now.today);
    let weakest = weakest_topics(&table).into_iter().find(|(_, known)| known.known < known.total);
    weakest.map_or(Step::Done, |(topic, _)| Step::Practise(topic.id.clone()))
}

/// The lesson to read: the one that was open last, else the first one not yet read.
pub fn lesson(course: &Course, learner: &Learner) -> Option<LessonId> {
    let left = learner.last_lesson.as_ref().filter(|id| !learner.has_read(id) && course.lesson_outline(id).is_some());
    // Whoever showed to know a module need not read it.
    let modules = course.outline.modules.iter().filter(|module| !learner.placed.contains(&module.id));
    let mut lessons = modules.flat_map(|module| &module.lessons);
    let unread = || lessons.find(|lesson| !learner.has_read(&lesson.id)).map(|lesson| &lesson.id);
    left.or_else(unread).cloned()
}

/// Topics that have questions, the least known first.
pub fn weakest_topics<'a>(table: &Table<'a>) -> Vec<(&'a Topic, Mastery)> {
    let mut topics: Vec<(&Topic, Mastery)> = table.topics().filter(|(_, known)| known.total > 0).collect();
    topics.sort_by_key(|(_, known)| known.percent());
    topics
}
