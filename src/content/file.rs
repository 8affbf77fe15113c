//! The kinds of files that authors write.

use super::clinic::AilmentFields;
use super::course::CourseFields;
use super::glossary::WordFields;
use super::lab::LabFields;
use super::lesson::LessonFields;
use super::module::ModuleFields;
use super::prompt::PromptFields;
use super::question::CommonFields;
use super::xray::XrayFields;
use crate::shape::{Described, Table};

/// A kind of YAML file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `course.yaml`.
    Course,
    /// `glossary.yaml`.
    Glossary,
    /// `module.yaml`.
    Module,
    /// A file below `lessons/`.
    Lesson,
    /// A file below `questions/`.
    Questions,
    /// A file below `interview/`.
    Interview,
    /// A file below `clinic/`.
    Clinic,
    /// A file below `xray/`.
    Xray,
    /// `lab.yaml`.
    Lab,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [FileKind; 9] = [
        FileKind::Course,
        FileKind::Glossary,
        FileKind::Module,
        FileKind::Lesson,
        FileKind::Questions,
        FileKind::Interview,
        FileKind::Clinic,
        FileKind::Xray,
        FileKind::Lab,
    ];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            FileKind::Course => "course",
            FileKind::Glossary => "glossary",
            FileKind::Module => "module",
            FileKind::Lesson => "lesson",
            FileKind::Questions => "questions",
            FileKind::Interview => "interview",
            FileKind::Clinic => "clinic",
            FileKind::Xray => "xray",
            FileKind::Lab => "lab",
        }
    }

    /// Where such a file stands below the course's folder, as an example.
    pub fn place(self) -> &'static str {
        match self {
            FileKind::Course => "course.yaml",
            FileKind::Glossary => "glossary.yaml",
            FileKind::Module => "07-sessions/module.yaml",
            FileKind::Lesson => "07-sessions/lessons/01-cookies.yaml",
            FileKind::Questions => "07-sessions/questions/cookies.yaml",
            FileKind::Interview => "07-sessions/interview/cookies.yaml",
            FileKind::Clinic => "07-sessions/clinic/cookies.yaml",
            FileKind::Xray => "07-sessions/xray/one-request.yaml",
            FileKind::Lab => "07-sessions/labs/cart/lab.yaml",
        }
    }

    /// The fields of the file or of its entries. Each kind of question has further ones.
    pub fn table(self) -> &'static Table {
        match self {
            FileKind::Course => CourseFields::TABLE,
            FileKind::Glossary => WordFields::TABLE,
            FileKind::Module => ModuleFields::TABLE,
            FileKind::Lesson => LessonFields::TABLE,
            FileKind::Questions => CommonFields::TABLE,
            FileKind::Interview => PromptFields::TABLE,
            FileKind::Clinic => AilmentFields::TABLE,
            FileKind::Xray => XrayFields::TABLE,
            FileKind::Lab => LabFields::TABLE,
        }
    }

    /// Whether the file is a list.
    pub fn is_list(self) -> bool {
        match self {
            FileKind::Glossary | FileKind::Questions | FileKind::Interview | FileKind::Clinic => true,
            FileKind::Course | FileKind::Module | FileKind::Lesson | FileKind::Xray | FileKind::Lab => false,
        }
    }
}
