//! The course as the rest of the program sees it: an outline that is always there, modules that are unpacked when
//! somebody enters them.

pub mod lesson;
pub mod outline;
pub mod source;

use crate::id::{LessonId, ModuleId, QuestionId, TopicId};
use crate::question::Question;
use lesson::Lesson;
use outline::{LessonOutline, ModuleOutline, Outline, QuestionOutline, Topic, Word};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A whole course.
pub struct Course {
    /// What it holds, without the texts.
    pub outline: Outline,
    parts: Box<dyn Parts>,
    modules: Vec<OnceLock<Module>>,
    words: OnceLock<Vec<Word>>,
    places: OnceLock<Places>,
}

/// Where a course's texts come from.
pub trait Parts: Send + Sync {
    /// The texts of the module at `index` of the outline.
    fn module(&self, index: usize) -> Module;
    /// The glossary, sorted by term.
    fn words(&self) -> Vec<Word>;
}

/// The texts of one module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// In the order to read.
    pub lessons: Vec<Lesson>,
    /// In the author's order.
    pub questions: Vec<Question>,
}

/// Where each question stands, by its names: module, then place in it.
type Places = HashMap<Box<str>, (usize, usize)>;

impl Course {
    /// A course with this outline, whose texts come from `parts`.
    pub fn new(outline: Outline, parts: Box<dyn Parts>) -> Course {
        let modules = outline.modules.iter().map(|_| OnceLock::new()).collect();
        Course { outline, parts, modules, words: OnceLock::new(), places: OnceLock::new() }
    }

    /// The texts of the module at `index` of the outline.
    pub fn module(&self, index: usize) -> &Module {
        self.modules[index].get_or_init(|| self.parts.module(index))
    }

    /// The glossary, sorted by term.
    pub fn words(&self) -> &[Word] {
        self.words.get_or_init(|| self.parts.words())
    }

    /// The word of the glossary that is spelt so, in whatever case.
    pub fn word(&self, spelt: &str) -> Option<&Word> {
        let wanted = spelt.to_lowercase();
        self.words().iter().find(|word| word.spellings().any(|spelling| spelling.to_lowercase() == wanted))
    }

    /// A lesson with its text.
    pub fn lesson(&self, id: &LessonId) -> Option<&Lesson> {
        let (module, index) = self.place_of(id)?;
        self.module(module).lessons.get(index)
    }

    /// A question with its text, by its name or one it had before.
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        let (module, index) = *self.places().get(id.as_str())?;
        self.module(module).questions.get(index)
    }

    /// A lesson's line in the outline, with its module.
    pub fn lesson_outline(&self, id: &LessonId) -> Option<(&ModuleOutline, &LessonOutline)> {
        let (module, index) = self.place_of(id)?;
        let module = &self.outline.modules[module];
        Some((module, &module.lessons[index]))
    }

    /// A question's line in the outline, with its module.
    pub fn question_outline(&self, id: &QuestionId) -> Option<(&ModuleOutline, &QuestionOutline)> {
        let (module, index) = *self.places().get(id.as_str())?;
        let module = &self.outline.modules[module];
        Some((module, &module.questions[index]))
    }

    /// A topic, with its module.
    pub fn topic(&self, id: &TopicId) -> Option<(&ModuleOutline, &Topic)> {
        self.outline.modules.iter().find_map(|module| {
            let topic = module.topics.iter().find(|topic| topic.id == *id)?;
            Some((module, topic))
        })
    }

    /// A module's place in the outline.
    pub fn module_index(&self, id: &ModuleId) -> Option<usize> {
        self.outline.modules.iter().position(|module| module.id == *id)
    }

    /// The lesson after this one, in the order of the course.
    pub fn lesson_after(&self, id: &LessonId) -> Option<&LessonOutline> {
        let mut lessons = self.outline.lessons();
        lessons.by_ref().find(|lesson| lesson.id == *id)?;
        lessons.next()
    }

    /// Where a lesson stands: module, then place in it. There are few enough of them to look at each, and the first screen
    /// waits for nothing else.
    fn place_of(&self, id: &LessonId) -> Option<(usize, usize)> {
        self.outline.modules.iter().enumerate().find_map(|(m, module)| {
            let place = module.lessons.iter().position(|lesson| lesson.id == *id || lesson.was.contains(id))?;
            Some((m, place))
        })
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| {
            let mut places = HashMap::with_capacity(self.outline.questions().count());
            for (m, module) in self.outline.modules.iter().enumerate() {
                for (q, question) in module.questions.iter().enumerate() {
                    for id in question.was.iter().chain([&question.id]) {
                        places.insert(id.0.clone(), (m, q));
                    }
                }
            }
            places
        })
    }
}
