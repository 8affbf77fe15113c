//! A course that was read without a mistake, and its table of contents.

use super::course::CourseHead;
use super::folder::Folder;
use super::module::{self, ModuleHead};
use super::question;
use super::report::Diagnostic;
use crate::course::clinic::Ailment;
use crate::course::lesson::Lesson;
use crate::course::outline::{
    Inside, LabOutline, LessonOutline, ModuleOutline, Outline, PromptOutline, QuestionOutline, Topic, Word, XrayOutline,
};
use crate::course::ready::Ready;
use crate::course::{Course, Material, Module};
use crate::id::{LessonId, ModuleId};
use crate::prose::{Block, Prose, plain};
use crate::question::Question;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

/// A course without a mistake.
#[derive(Debug)]
pub struct Loaded {
    /// What it holds, without the texts.
    pub outline: Outline,
    /// The texts, and the lists of questions.
    pub parts: Ready,
    /// Where each lesson, question and other thing stands: its file and its line, from 1.
    pub places: HashMap<Box<str>, (PathBuf, usize)>,
    /// A number for each file that changes with its bytes, by its path below the course's folder.
    pub hashes: BTreeMap<String, u64>,
    /// What its author should look at all the same.
    pub warnings: Vec<Diagnostic>,
}

impl Loaded {
    /// The course, ready to learn from.
    pub fn into_course(self) -> Course {
        self.parts.course(self.outline)
    }
}

/// Everything that was read of a course without a mistake.
pub struct Finished {
    /// Its `course.yaml`.
    pub head: CourseHead,
    /// The version of Flask that it is about, as exactly as it says.
    pub flask: String,
    /// The version of Flask that all of it ran on; empty where not all of it did.
    pub ran_on: String,
    /// The glossary, sorted by term.
    pub words: Vec<Word>,
    /// The modules, by folder.
    pub modules: BTreeMap<String, Draft>,
    /// Where each lesson and question stands.
    pub places: HashMap<Box<str>, (PathBuf, usize)>,
    /// What its author should look at all the same.
    pub warnings: Vec<Diagnostic>,
}

impl Finished {
    /// The course in the order of its list.
    pub fn loaded(self, folder: &Folder) -> Loaded {
        let Finished { head, flask, ran_on, words, modules: mut drafts, places, warnings } = self;
        let hashes: BTreeMap<String, u64> =
            folder.files.iter().map(|(path, bytes)| (path.clone(), question::hash(bytes))).collect();
        let all: Vec<u8> =
            hashes.iter().flat_map(|(path, hash)| [path.as_bytes(), &hash.to_le_bytes()].concat()).collect();
        let mut outline = Outline {
            id: head.id.into(),
            title: head.title,
            flask,
            ran_on,
            fingerprint: question::hash(&all),
            modules: Vec::with_capacity(head.modules.len()),
            renamed: Vec::new(),
        };
        let mut parts = Ready { words, ..Ready::default() };
        for (_, folder) in head.modules {
            let Some(draft) = drafts.remove(&folder) else { continue };
            outline.modules.push(draft.outline(&folder));
            let renamed =
                |question: &Question| question.was.iter().map(|was| (was.clone(), question.id.clone())).collect();
            outline.renamed.extend(draft.questions.iter().flat_map::<Vec<_>, _>(renamed));
            parts.insides.push(draft.lessons.iter().map(|(lesson, _)| inside(lesson)).collect());
            parts.questions.push(draft.questions.iter().map(question_outline).collect());
            let lessons = draft.lessons.into_iter().map(|(lesson, _)| lesson).collect();
            parts.modules.push(Module { lessons, questions: draft.questions });
            parts.materials.push(draft.material);
            parts.clinic.extend(draft.clinic);
        }
        Loaded { outline, parts, places, hashes, warnings }
    }
}

/// A module that is being read.
#[derive(Default)]
pub struct Draft {
    /// Its `module.yaml`, once it was read.
    pub head: Option<ModuleHead>,
    /// Its good lessons, each with the names that it had before.
    pub lessons: Vec<(Lesson, Vec<LessonId>)>,
    /// Its good questions.
    pub questions: Vec<Question>,
    /// What else it has and is good.
    pub material: Material,
    /// Its good entries of the error clinic.
    pub clinic: Vec<Ailment>,
}

impl Draft {
    fn outline(&self, folder: &str) -> ModuleOutline {
        let head = self.head.clone().unwrap_or_default();
        ModuleOutline {
            id: ModuleId::from(folder),
            number: module::number(folder).unwrap_or_default(),
            title: head.title,
            summary: head.summary,
            needs: head.needs.iter().map(|(_, name)| ModuleId::from(name.as_str())).collect(),
            topics: head.topics.into_iter().map(|(_, topic)| self.counted(topic)).collect(),
            lessons: self.lessons.iter().map(|(lesson, was)| lesson_outline(lesson, was)).collect(),
            prompts: self.prompts(),
            labs: self.labs(),
            xrays: self.xrays(),
            clinic: u16::try_from(self.clinic.len()).unwrap_or(u16::MAX),
        }
    }

    fn prompts(&self) -> Vec<PromptOutline> {
        let prompts = self.material.prompts.iter().map(|prompt| PromptOutline {
            id: prompt.id.clone(),
            was: prompt.was.clone(),
            topic: prompt.topic.clone(),
            level: prompt.level,
            minutes: prompt.minutes,
        });
        prompts.collect()
    }

    fn labs(&self) -> Vec<LabOutline> {
        let labs = self.material.labs.iter().map(|lab| LabOutline {
            id: lab.id.clone(),
            was: lab.was.clone(),
            topic: lab.topic.clone(),
            title: lab.title.clone(),
            minutes: lab.minutes,
        });
        labs.collect()
    }

    fn xrays(&self) -> Vec<XrayOutline> {
        let xrays = self.material.xrays.iter().map(|xray| XrayOutline {
            id: xray.id.clone(),
            was: xray.was.clone(),
            topic: xray.topic.clone(),
            title: xray.title.clone(),
        });
        xrays.collect()
    }

    fn counted(&self, topic: Topic) -> Topic {
        let about = || self.questions.iter().filter(|question| question.topic == topic.id);
        let count = |count| u16::try_from(count).unwrap_or(u16::MAX);
        let levels = [1, 2, 3, 4].map(|level| count(about().filter(|question| question.level == level).count()));
        Topic { questions: count(about().count()), levels, ..topic }
    }
}

fn lesson_outline(lesson: &Lesson, was: &[LessonId]) -> LessonOutline {
    LessonOutline {
        id: lesson.id.clone(),
        was: was.to_vec(),
        topic: lesson.topic.clone(),
        title: lesson.title.clone(),
        minutes: lesson.minutes,
    }
}

fn inside(lesson: &Lesson) -> Inside {
    let sections = sections(&lesson.body);
    Inside {
        checks: lesson.checks().collect(),
        sections: sections.iter().map(|(_, title)| title.clone()).collect(),
        starts: sections.iter().map(|(start, _)| *start as u16).collect(),
        blocks: lesson.body.0.len() as u16,
    }
}

/// The headings of level 2, each with its place among the blocks.
fn sections(body: &Prose) -> Vec<(usize, String)> {
    let sections = body.0.iter().enumerate().filter_map(|(place, block)| match block {
        Block::Heading { level: 2, text } => Some((place, plain::spans(text))),
        _ => None,
    });
    sections.collect()
}

fn question_outline(question: &Question) -> QuestionOutline {
    QuestionOutline {
        id: question.id.clone(),
        was: question.was.clone(),
        topic: question.topic.clone(),
        level: question.level,
        kind: question.kind.name().into(),
        prompt: plain::line(&question.prompt),
    }
}
