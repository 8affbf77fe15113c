//! What was seen when a course was run on real Flask: written by whoever proves it, read with the course.
//!
//! Each record has a number that changes with what was run. A record whose number is another one is of something that is
//! no longer there, and counts for nothing.

use super::clinic::Ailment;
use super::lab::{Lab, LabFile};
use super::lesson::Lesson;
use super::xray::{Trace, Xray};
use crate::question::Question;
use crate::question::exhibit::Shown;
use crate::question::trial::{Outcome, Trial};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The name of the file in a module's folder.
pub const FILE: &str = "recorded.json";

/// The format of the file.
pub const FORMAT: u32 = 1;

/// What was seen of a module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// See [`FORMAT`].
    pub format: u32,
    /// The version of Flask.
    pub flask: String,
    /// The version of Python, such as `3.12`.
    pub python: String,
    /// By the ids of lessons, questions and so on.
    pub items: BTreeMap<String, Record>,
}

/// What was seen of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Changes with what was run, and with what had to come of it.
    pub of: String,
    /// What a question's proof showed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<Shown>,
    /// What happened to a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<Trace>,
}

impl Recorded {
    /// The record of a thing, if it is of what the thing is now.
    pub fn get(&self, id: &str, of: &str) -> Option<&Record> {
        self.items.get(id).filter(|record| record.of == of)
    }
}

/// The number of a lesson.
pub fn of_lesson(lesson: &Lesson) -> String {
    let mut print = Print::default();
    lesson.trials().iter().for_each(|trial| print.trial(trial));
    print.text()
}

/// The number of a question.
pub fn of_question(question: &Question) -> String {
    let mut print = Print::default();
    question.kind.trials().iter().for_each(|trial| print.trial(trial));
    print.text()
}

/// The number of an entry of the error clinic.
pub fn of_ailment(ailment: &Ailment) -> String {
    let mut print = Print::default();
    ailment.matches.iter().for_each(|sign| print.take(&sign.written()));
    if let Some(case) = &ailment.proof {
        print.take(case.ill.word());
        print.take(case.ill.code());
        print.take(&case.cured);
    }
    print.text()
}

/// The number of a request to look through.
pub fn of_xray(xray: &Xray) -> String {
    let mut print = Print::default();
    print.take(&xray.program.text());
    print.take(&xray.request.method);
    print.take(&xray.request.path);
    print.take(&xray.request.body);
    for (name, value) in &xray.request.headers {
        print.take(name);
        print.take(value);
    }
    xray.ask.iter().for_each(|event| print.take(event.word()));
    print.text()
}

/// The number of a lab.
pub fn of_lab(lab: &Lab) -> String {
    let mut print = Print::default();
    for (folder, files) in [("start", &lab.start), ("solution", &lab.solution), ("check", &lab.check)] {
        print.files(folder, files);
    }
    lab.wrong.iter().for_each(|wrong| print.files(&wrong.name, &wrong.files));
    print.text()
}

/// A hash of texts: each goes in with its length, so that no two lists of them look alike.
#[derive(Default)]
struct Print(Sha256);

impl Print {
    fn take(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text);
    }

    fn trial(&mut self, trial: &Trial) {
        self.take(&trial.about);
        self.take(&trial.program);
        match &trial.expect {
            Outcome::Passes => self.take("passes"),
            Outcome::Fails => self.take("fails"),
            Outcome::FailsWith { error, prints } => {
                self.take("fails with");
                self.take(error);
                self.take(prints.as_deref().unwrap_or_default());
            }
            Outcome::Prints(text) => {
                self.take("prints");
                self.take(text);
            }
            Outcome::Claims(claims) => {
                self.take("claims");
                for (name, claim, truth) in claims {
                    self.take(name);
                    self.take(claim);
                    self.take(if *truth { "true" } else { "false" });
                }
            }
        }
    }

    fn files(&mut self, folder: &str, files: &[LabFile]) {
        self.take(folder);
        for file in files {
            self.take(&file.path);
            self.take(&file.text);
        }
    }

    fn text(self) -> String {
        format!("{:x}", self.0.finalize())[..16].to_owned()
    }
}
