//! The course as the rest of the program sees it: an outline that is always there, lists of questions that are unpacked when
//! somebody looks for one, modules that are unpacked when somebody enters them.

pub mod clinic;
pub mod index;
pub mod lab;
pub mod lesson;
pub mod outline;
pub mod prompt;
pub mod ready;
pub mod recorded;
pub mod source;
pub mod xray;

use crate::id::{LabId, LessonId, ModuleId, PromptId, QuestionId, TopicId, XrayId};
use crate::question::Question;
use clinic::Ailment;
use index::{Index, Place};
use lab::Lab;
use lesson::Lesson;
use outline::{Inside, LessonOutline, ModuleOutline, Outline, QuestionOutline, Topic, Word};
use prompt::Prompt;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;
use xray::Xray;

/// A whole course.
pub struct Course {
    /// What it holds, without the texts.
    pub outline: Outline,
    index: Index,
    parts: Box<dyn Parts>,
    questions: Vec<OnceLock<Vec<QuestionOutline>>>,
    insides: Vec<OnceLock<Vec<Inside>>>,
    modules: Vec<OnceLock<Module>>,
    materials: Vec<OnceLock<Material>>,
    words: OnceLock<Vec<Word>>,
    clinic: OnceLock<Vec<Ailment>>,
}

/// Where a course's texts come from.
pub trait Parts: Send + Sync {
    /// The texts of the module at `index` of the outline.
    fn module(&self, index: usize) -> Module;
    /// What is known of the questions of that module, in the author's order.
    fn questions(&self, index: usize) -> Vec<QuestionOutline>;
    /// What is inside of the lessons of that module, in the order to read.
    fn insides(&self, index: usize) -> Vec<Inside>;
    /// What else the module at `index` of the outline has.
    fn material(&self, index: usize) -> Material;
    /// The glossary, sorted by term.
    fn words(&self) -> Vec<Word>;
    /// The error clinic of all modules, in the order of the course.
    fn clinic(&self) -> Vec<Ailment>;
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

impl Course {
    /// A course with this outline and this table of its questions, whose texts come from `parts`.
    pub fn new(outline: Outline, index: Index, parts: Box<dyn Parts>) -> Course {
        let modules = outline.modules.iter().map(|_| OnceLock::new()).collect();
        let materials = outline.modules.iter().map(|_| OnceLock::new()).collect();
        let questions = outline.modules.iter().map(|_| OnceLock::new()).collect();
        let insides = outline.modules.iter().map(|_| OnceLock::new()).collect();
        let (words, clinic) = (OnceLock::new(), OnceLock::new());
        Course { outline, index, parts, questions, insides, modules, materials, words, clinic }
    }

    /// What is known of the questions of the module at `index` of the outline, in the author's order.
    pub fn questions(&self, index: usize) -> &[QuestionOutline] {
        self.questions[index].get_or_init(|| self.parts.questions(index))
    }

    /// What is inside of the lessons of the module at `index` of the outline, in the order to read.
    pub fn insides(&self, index: usize) -> &[Inside] {
        self.insides[index].get_or_init(|| self.parts.insides(index))
    }

    /// What is inside of a lesson.
    pub fn inside(&self, id: &LessonId) -> Option<&Inside> {
        let (module, index) = self.place_of(id)?;
        self.insides(module).get(index)
    }

    /// What is known of all questions, in the order of the course.
    pub fn all_questions(&self) -> impl Iterator<Item = &QuestionOutline> {
        (0..self.outline.modules.len()).flat_map(|index| self.questions(index))
    }

    /// Where a question stands, by its name or one it had before. Nothing is unpacked for it.
    pub fn place(&self, id: &QuestionId) -> Option<Place> {
        self.index.find(id.as_str()).next()
    }

    /// The texts of the module at `index` of the outline.
    pub fn module(&self, index: usize) -> &Module {
        self.modules[index].get_or_init(|| self.parts.module(index))
    }

    /// The same, unpacked for the caller and not kept.
    pub fn unpack(&self, index: usize) -> Module {
        self.parts.module(index)
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
        let place = self.places(id).next()?;
        self.module(place.module).questions.get(place.question)
    }

    /// A lesson's line in the outline, with its module.
    pub fn lesson_outline(&self, id: &LessonId) -> Option<(&ModuleOutline, &LessonOutline)> {
        let (module, index) = self.place_of(id)?;
        let module = &self.outline.modules[module];
        Some((module, &module.lessons[index]))
    }

    /// A question's line in the outline, with its module.
    pub fn question_outline(&self, id: &QuestionId) -> Option<(&ModuleOutline, &QuestionOutline)> {
        let place = self.places(id).next()?;
        Some((&self.outline.modules[place.module], &self.questions(place.module)[place.question]))
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

    /// Where the question with this very name stands.
    fn places(&self, id: &QuestionId) -> impl Iterator<Item = Place> {
        self.index.find(id.as_str()).filter(|place| {
            let found = &self.questions(place.module)[place.question];
            found.id == *id || found.was.contains(id)
        })
    }
}
