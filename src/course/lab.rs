//! A lab: files to work on, and checks that say when the work is done.

use crate::id::{LabId, TopicId};
use crate::prose::Prose;
use serde::{Deserialize, Serialize};

/// A lab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lab {
    /// Its name, unique in the course.
    pub id: LabId,
    /// Names that it had before.
    pub was: Vec<LabId>,
    /// What it is about.
    pub topic: TopicId,
    /// Its title.
    pub title: String,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// What to do.
    pub brief: Prose,
    /// Where to look, in the order in which they are given.
    pub hints: Vec<Prose>,
    /// The files to work on, by their paths in the learner's folder.
    pub files: Vec<String>,
    /// What the learner begins with. It fails.
    pub start: Vec<LabFile>,
    /// A good end. It passes.
    pub solution: Vec<LabFile>,
    /// Ends that look good and fail.
    pub wrong: Vec<Wrong>,
    /// What decides: modules of pytest, and what they need.
    pub check: Vec<LabFile>,
    /// What is checked, in the order of the files.
    pub tests: Vec<Test>,
    /// The versions for which it holds, as written; empty for the course's own.
    pub flask: String,
    /// Pages to read, as [`super::source`] spells them.
    pub sources: Vec<String>,
    /// The version of Flask that it was recorded on; empty where it was not, or was changed since.
    pub ran_on: String,
}

/// A file of a lab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabFile {
    /// Its path below its folder, with `/` between the parts; never leaves that folder.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// An end that looks good and fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// The name of its folder.
    pub name: String,
    /// What differs from the solution.
    pub files: Vec<LabFile>,
}

/// One thing that is checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// The file below `check/` that it stands in.
    pub file: String,
    /// Its name there as pytest tells it, such as `test_two_items` or `TestCart::test_two_items`.
    pub name: String,
    /// What it checks, as a sentence for the learner.
    pub says: String,
}

impl Lab {
    /// The solution with the files of a wrong end laid over it.
    pub fn with_wrong(&self, wrong: &Wrong) -> Vec<LabFile> {
        let kept = self.solution.iter().filter(|file| !wrong.files.iter().any(|other| other.path == file.path));
        kept.chain(&wrong.files).cloned().collect()
    }
}
