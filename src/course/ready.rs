//! A course whose parts are all there: one that was read from a folder.

use super::clinic::Ailment;
use super::index::Index;
use super::outline::{Inside, Outline, QuestionOutline, Word};
use super::{Course, Material, Module, Parts};

/// Parts that are already there, in the order of the outline.
#[derive(Debug, Default)]
pub struct Ready {
    /// What is known of the questions of each module.
    pub questions: Vec<Vec<QuestionOutline>>,
    /// What is inside of the lessons of each module.
    pub insides: Vec<Vec<Inside>>,
    /// The texts of each module.
    pub modules: Vec<Module>,
    /// What else each module has.
    pub materials: Vec<Material>,
    /// The error clinic of all modules, in the order of the course.
    pub clinic: Vec<Ailment>,
    /// The glossary, sorted by term.
    pub words: Vec<Word>,
}

impl Ready {
    /// The course with this outline.
    pub fn course(self, outline: Outline) -> Course {
        let index = self.index(&outline);
        Course::new(outline, index, Box::new(self))
    }

    /// Where each question stands.
    pub fn index(&self, outline: &Outline) -> Index {
        let modules = outline.modules.iter().zip(&self.questions);
        Index::of(modules.map(|(module, questions)| (&module.topics[..], &questions[..])))
    }
}

impl Parts for Ready {
    fn module(&self, index: usize) -> Module {
        self.modules.get(index).cloned().unwrap_or_default()
    }

    fn questions(&self, index: usize) -> Vec<QuestionOutline> {
        self.questions.get(index).cloned().unwrap_or_default()
    }

    fn insides(&self, index: usize) -> Vec<Inside> {
        self.insides.get(index).cloned().unwrap_or_default()
    }

    fn material(&self, index: usize) -> Material {
        self.materials.get(index).cloned().unwrap_or_default()
    }

    fn clinic(&self) -> Vec<Ailment> {
        self.clinic.clone()
    }

    fn words(&self) -> Vec<Word> {
        self.words.clone()
    }
}
