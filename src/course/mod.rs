//! The course as the rest of the program sees it: an outline that is always there, modules that are unpacked when
//! somebody enters them.

pub mod clinic;
pub mod lab;
pub mod lesson;
pub mod outline;
pub mod prompt;
pub mod source;
pub mod xray;

use crate::id::{LabId, LessonId, ModuleId, PromptId, QuestionId, TopicId, XrayId};
use crate::question::Question;
use clinic::Ailment;
use lab::Lab;
use lesson::Lesson;
use outline::{LessonOutline, ModuleOutline, Outline, QuestionOutline, Topic, Word};
use prompt::Prompt;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::OnceLock;
use xray::Xray;

/// A whole course.
pub struct Course {
    /// What it holds, without the texts.
    pub outline: Outline,
    parts: Box<dyn Parts>,
    modules: Vec<OnceLock<Module>>,
    materials: Vec<OnceLock<Material>>,
    words: OnceLock<Vec<Word>>,
    clinic: OnceLock<Vec<Ailment>>,
    places: OnceLock<Places>,
}

/// Where a course's texts come from.
pub trait Parts: Send + Sync {
    /// The texts of the module at `index` of the outline.
    fn module(&self, index: usize) -> Module;
    /// What else the module at `index` of the outline has.
    fn material(&self, index: usize) -> Material {
        let _ = index;
        Material::default()
    }
    /// The glossary, sorted by term.
    fn words(&self) -> Vec<Word>;
    /// The error clinic of all modules, in the order of the course.
    fn clinic(&self) -> Vec<Ailment> {
        Vec::new()
    }
}

/// The texts of one module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// In the order to read.
    pub lessons: Vec<Lesson>,
    /// In the author's order.
    pub questions: Vec<Question>,
}

/// What a module has beside lessons and questions. It is unpacked apart from them, since most of a learner's time goes by
/// without it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// Interview prompts, in the author's order.
    pub prompts: Vec<Prompt>,
    /// Labs, by the names of their folders.
    pub labs: Vec<Lab>,
    /// Requests to look through, by the names of their files.
    pub xrays: Vec<Xray>,
}

/// Where each question stands, by its names: module, then place in it.
type Places = HashMap<Box<str>, (usize, usize)>;

impl Course {
    /// A course with this outline, whose texts come from `parts`.
    pub fn new(outline: Outline, parts: Box<dyn Parts>) -> Course {
        let modules = outline.modules.iter().map(|_| OnceLock::new()).collect();
        let materials = outline.modules.iter().map(|_| OnceLock::new()).collect();
        let (words, clinic, places) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Course { outline, parts, modules, materials, words, clinic, places }
    }

    /// The texts of the module at `index` of the outline.
    pub fn module(&self, index: usize) -> &Module {
        self.modules[index].get_or_init(|| self.parts.module(index))
    }

    /// What else the module at `index` of the outline has: interview prompts, labs, requests to look through.
    pub fn material(&self, index: usize) -> &Material {
        self.materials[index].get_or_init(|| self.parts.material(index))
    }

    /// The error clinic of all modules, in the order of the course. It is unpacked alone, so that whoever pastes a message
    /// waits for nothing else.
    pub fn clinic(&self) -> &[Ailment] {
        self.clinic.get_or_init(|| self.parts.clinic())
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

    /// An interview prompt with its text, by its name or one it had before.
    pub fn prompt(&self, id: &PromptId) -> Option<&Prompt> {
        self.outline.modules.iter().enumerate().find_map(|(m, module)| {
            let place = module.prompts.iter().position(|prompt| prompt.id == *id || prompt.was.contains(id))?;
            self.material(m).prompts.get(place)
        })
    }

    /// A lab with its files, by its name or one it had before.
    pub fn lab(&self, id: &LabId) -> Option<&Lab> {
        self.outline.modules.iter().enumerate().find_map(|(m, module)| {
            let place = module.labs.iter().position(|lab| lab.id == *id || lab.was.contains(id))?;
            self.material(m).labs.get(place)
        })
    }

    /// A request to look through, with its trace, by its name or one it had before.
    pub fn xray(&self, id: &XrayId) -> Option<&Xray> {
        self.outline.modules.iter().enumerate().find_map(|(m, module)| {
            let place = module.xrays.iter().position(|xray| xray.id == *id || xray.was.contains(id))?;
            self.material(m).xrays.get(place)
        })
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
