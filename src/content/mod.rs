//! From a folder of YAML to a checked course, or to every mistake in it.
//!
//! [`load::course`] is the way in. `folder` reads files, `text` and `yaml` read one file, one file for each sort of
//! thing checks its fields, `links` checks the ids between them, `bank` looks at many questions together, `locate` and `report` turn a mistake into a place and
//! a place into words. Nothing here is needed to start the program: build.rs runs it over the built-in course.

pub mod bank;
pub mod course;
pub mod folder;
pub mod glossary;
pub mod lesson;
pub mod links;
pub mod load;
pub mod loaded;
pub mod locate;
pub mod module;
pub mod pages;
pub mod question;
pub mod reading;
pub mod report;
pub mod source;
pub mod text;
pub mod version;
pub mod yaml;

use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::id;
use crate::question::text::Show;

/// The id of a lesson or question in the field `field`.
fn name(field: &str, written: Field<String>, faults: &mut Faults) -> Option<String> {
    let name = written.text(field, faults)?;
    check_name(&name, field, faults);
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
