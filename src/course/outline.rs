//! What a course holds, without the texts: enough for the home screen and the map. What is known of each question, and of
//! the inside of each lesson, is apart, because the first screen does without it.

use super::prompt::Seniority;
use crate::id::{LabId, LessonId, ModuleId, PromptId, QuestionId, TopicId, XrayId};
use crate::prose::Prose;
use serde::{Deserialize, Serialize};

/// A course's table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// Its name; progress is kept by it.
    pub id: Box<str>,
    /// Its title.
    pub title: String,
    /// The version of Flask that it is about, such as `3.1.3`.
    pub flask: String,
    /// The version of Flask that everything in it ran on when it was recorded; empty where not everything was.
    pub ran_on: String,
    /// Changes when any text of the course changes.
    pub fingerprint: u64,
    /// In the order to learn.
    pub modules: Vec<ModuleOutline>,
    /// Questions that had another name before: that one, and the one of today. They stand here, so that history is found by
    /// either without unpacking lists of questions.
    pub renamed: Vec<(QuestionId, QuestionId)>,
}

/// One module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleOutline {
    /// Its folder, such as `07-sessions`.
    pub id: ModuleId,
    /// The number that the folder begins with, such as 7.
    pub number: u8,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub summary: String,
    /// The modules to learn first.
    pub needs: Vec<ModuleId>,
    /// In the order to learn.
    pub topics: Vec<Topic>,
    /// In the order to read.
    pub lessons: Vec<LessonOutline>,
    /// Its interview prompts, in the author's order.
    pub prompts: Vec<PromptOutline>,
    /// Its labs, by the names of their folders.
    pub labs: Vec<LabOutline>,
    /// Its requests to look through, by the names of their files.
    pub xrays: Vec<XrayOutline>,
    /// How many entries of the error clinic it has.
    pub clinic: u16,
}

/// One topic of a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its name.
    pub id: TopicId,
    /// Its title.
    pub title: String,
    /// How often interviews ask for it.
    pub asked: Asked,
    /// How many questions are about it.
    pub questions: u16,
    /// How many of them are of each level, 1 to 4.
    pub levels: [u16; 4],
}

/// How often interviews ask for something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// Now and then.
    #[default]
    Rarely,
    /// In many interviews.
    Often,
    /// In nearly every one.
    NearlyAlways,
}

impl Asked {
    /// Each with the word for it.
    pub const ALL: [(Asked, &'static str); 3] =
        [(Asked::Rarely, "rarely"), (Asked::Often, "often"), (Asked::NearlyAlways, "nearly-always")];
}

/// One lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonOutline {
    /// Its name.
    pub id: LessonId,
    /// Names that it had before.
    pub was: Vec<LessonId>,
    /// What it is about.
    pub topic: TopicId,
    /// Its title.
    pub title: String,
    /// How long it takes to read, in minutes.
    pub minutes: u16,
}

/// What is inside of a lesson, for who goes on reading it or looks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// The questions that it asks.
    pub checks: Vec<QuestionId>,
    /// Its headings of level 2, in order.
    pub sections: Vec<String>,
    /// The block of the text that each of these headings is, from 0.
    pub starts: Vec<u16>,
    /// How many blocks its text has.
    pub blocks: u16,
}

/// One question, as lists and the search know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionOutline {
    /// Its name.
    pub id: QuestionId,
    /// Names that it had before.
    pub was: Vec<QuestionId>,
    /// What it is about.
    pub topic: TopicId,
    /// 1 to 4, as in [`crate::question::Question::level`].
    pub level: u8,
    /// As written in `kind:`.
    pub kind: Box<str>,
    /// What is asked, on one line, without code blocks.
    pub prompt: String,
}

/// One interview prompt. What is asked stands with the texts: no screen shows it before somebody enters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptOutline {
    /// Its name.
    pub id: PromptId,
    /// Names that it had before.
    pub was: Vec<PromptId>,
    /// What it is about.
    pub topic: TopicId,
    /// Who is asked this.
    pub level: Seniority,
    /// How long an answer may take, in minutes.
    pub minutes: u8,
}

/// One lab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabOutline {
    /// Its name.
    pub id: LabId,
    /// Names that it had before.
    pub was: Vec<LabId>,
    /// What it is about.
    pub topic: TopicId,
    /// Its title.
    pub title: String,
    /// How long it takes, in minutes.
    pub minutes: u16,
}

/// One request to look through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct XrayOutline {
    /// Its name.
    pub id: XrayId,
    /// Names that it had before.
    pub was: Vec<XrayId>,
    /// What it is about.
    pub topic: TopicId,
    /// Its title.
    pub title: String,
}

/// One word of the glossary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The word.
    pub term: String,
    /// Other spellings.
    pub also: Vec<String>,
    /// What it means.
    pub text: Prose,
    /// Other words to look at.
    pub see: Vec<String>,
}

impl Word {
    /// The term and its other spellings.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.term.as_str()).chain(self.also.iter().map(String::as_str))
    }
}

impl Outline {
    /// All lessons, in the order of the course.
    pub fn lessons(&self) -> impl Iterator<Item = &LessonOutline> {
        self.modules.iter().flat_map(|module| &module.lessons)
    }

    /// How many questions there are.
    pub fn question_count(&self) -> usize {
        self.modules.iter().map(ModuleOutline::question_count).sum()
    }
}

impl ModuleOutline {
    /// How many questions there are.
    pub fn question_count(&self) -> usize {
        self.topics.iter().map(|topic| usize::from(topic.questions)).sum()
    }
}
