//! From a folder of YAML to a checked course, or to every mistake in it.
//!
//! [`load::course`] is the way in. `ahead` reads many files at a time; `folder` reads files, `text` and `yaml` read one file, one file for each sort of
//! thing checks its fields, `links` checks the ids between them, `bank` looks at many questions together, `locate` and `report` turn a mistake into a place and
//! a place into words. Nothing here is needed to start the program: build.rs runs it over the built-in course.

pub mod ahead;
pub mod bank;
pub mod clinic;
pub mod course;
pub mod file;
pub mod folder;
pub mod glossary;
pub mod lab;
pub mod lesson;
pub mod links;
pub mod load;
pub mod loaded;
pub mod locate;
pub mod material;
pub mod module;
pub mod pages;
pub mod prompt;
pub mod question;
pub mod reading;
pub mod recorded;
pub mod report;
pub mod source;
pub mod text;
pub mod unknown;
pub mod version;
pub mod xray;
pub mod yaml;

use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::id;
use crate::prose::{Block, Prose, read};
use crate::question::proof::Proof;
use crate::question::text::Show;

/// The id of a lesson or question in the field `field`.
fn name(field: &str, written: Field<String>, faults: &mut Faults) -> Option<String> {
    let name = written.text(field, faults)?;
    check_name(&name, field, faults);
    Some(name)
}

/// The id of something whose ids all begin alike.
fn prefixed_name(prefix: &str, written: Field<String>, faults: &mut Faults) -> Option<String> {
    let name = name("id", written, faults)?;
    if !name.starts_with(prefix) {
        let what = format!("{} does not begin with `{prefix}`", Show(&name));
        faults.add(FaultCode::IdPrefix, "id", what, format!("call it `{prefix}{name}`"));
    }
    Some(name)
}

/// The ids that something had before.
fn former_names(written: Field<Vec<Field<String>>>, faults: &mut Faults) -> Vec<String> {
    let names = written.texts("was", faults);
    for (path, name) in &names {
        check_name(name, path, faults);
    }
    names.into_iter().map(|(_, name)| name).collect()
}

fn check_name(name: &str, path: &str, faults: &mut Faults) {
    if !id::is_well_formed(name) {
        let mend = "use lower-case letters, digits, `-` and `.`, as in `sessions.card-number`";
        faults.add(FaultCode::BadId, path, format!("{} can't be an id", Show(name)), mend);
    }
}

/// Markdown outside of lessons. It can't ask a question, and what is run stands in fields of its own.
fn prose(text: &str, path: &str, faults: &mut Faults) -> Prose {
    let prose = read::blocks(text, path, faults);
    if prose.0.iter().any(|block| matches!(block, Block::Check(_))) {
        let what = "only a lesson can ask a question here and now";
        faults.add(FaultCode::StrayCheck, path, what, "move the `check` fence to a lesson");
    }
    if prose.0.iter().any(|block| matches!(block, Block::Code(code) if code.expect.is_some())) {
        let what = "nobody runs a program that stands in this text";
        let mend = "put it into a field such as `program`, or write `python norun`";
        faults.add(FaultCode::ProgramMode, path, what, mend);
    }
    prose
}

/// Why something has no proof. A reason without `proof: none` and the other way round are mistakes.
fn check_reason<F: PartialEq>(proof: &Field<Proof<F>>, written: &Field<String>, faults: &mut Faults) -> Option<String> {
    let is_unproved = matches!(proof, Field::Given(Proof::Without));
    let reason = written.clone().maybe_text("reason", faults);
    match (is_unproved, written) {
        (true, Field::Missing) => {
            let mend = "add `reason: …`, or better a proof";
            faults.add(FaultCode::MissingReason, "proof", "nothing says why there is no proof", mend);
        }
        (false, Field::Given(_)) => {
            let what = "a reason belongs to `proof: none`";
            faults.add(FaultCode::MissingReason, "reason", what, "remove it, or the proof");
        }
        (true, Field::Given(_) | Field::Bad(_)) | (false, Field::Missing | Field::Bad(_)) => (),
    }
    reason.filter(|_| is_unproved)
}
