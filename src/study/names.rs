//! Names that things had before: history is kept under the names of today.

use crate::course::Course;
use crate::id::{LessonId, QuestionId};
use std::collections::BTreeMap;

/// Old names, each with the one of today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    questions: BTreeMap<QuestionId, QuestionId>,
    lessons: BTreeMap<LessonId, LessonId>,
}

impl Names {
    /// Those of a course. A name that something has today is nobody's old one.
    pub fn of(course: &Course) -> Names {
        let mut names = Names::default();
        names.questions.extend(course.outline.renamed.iter().cloned());
        for lesson in course.outline.lessons() {
            names.lessons.extend(lesson.was.iter().map(|was| (was.clone(), lesson.id.clone())));
        }
        if !names.lessons.is_empty() {
            course.outline.lessons().for_each(|lesson| drop(names.lessons.remove(&lesson.id)));
        }
        names
    }

    /// A question's name of today.
    pub fn question<'a>(&'a self, id: &'a QuestionId) -> &'a QuestionId {
        if self.questions.is_empty() { id } else { self.questions.get(id).unwrap_or(id) }
    }

    /// A lesson's name of today.
    pub fn lesson<'a>(&'a self, id: &'a LessonId) -> &'a LessonId {
        if self.lessons.is_empty() { id } else { self.lessons.get(id).unwrap_or(id) }
    }

    /// All pairs as text, in order: two courses with the same one have the same names.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let questions = self.questions.iter().map(|(was, is)| (was.as_str(), is.as_str()));
        questions.chain(self.lessons.iter().map(|(was, is)| (was.as_str(), is.as_str())))
    }
}
