//! `course.yaml`: what the course is called and which modules it has, in which order.

use super::version;
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::id;
use crate::prose::read;
use crate::question::text::Show;
use crate::shape::{fields, may, must};

fields! {
    /// What authors write.
    CourseFields, "course", "a map with `id`, `title`, `format`, `flask`, `modules` and perhaps `questions_per_topic`" {
        /// Its name; progress is kept by it.
        id: Field<String> = must().id(),
        /// Its title.
        title: Field<String> = must(),
        /// The version of the format: 1.
        format: Field<u64> = must().within(&(FORMAT..=FORMAT)),
        /// The version of Flask that it is about, in quotes.
        flask: Field<String> = must().like(version::VERSION),
        /// The folders of the modules, in the order to learn.
        modules: Field<Vec<Field<String>>> = must().at_least(1),
        /// How many questions a topic should have, by how often interviews ask for it.
        questions_per_topic: Field<WantedFields> = may(),
    }
}

fields! {
    /// What authors write for the number of questions of a topic.
    WantedFields, "questions per topic", "a map with `rarely`, `often` and `nearly-always`" {
        /// Of a topic that is asked rarely.
        rarely: Field<u64> = may(),
        /// Of one that is asked often.
        often: Field<u64> = may(),
        /// Of one that is asked nearly always.
        nearly_always as "nearly-always": Field<u64> = may(),
    }
}

/// The format that this program reads.
pub const FORMAT: u64 = 1;

/// A checked `course.yaml`.
#[derive(Clone, Debug, Default)]
pub struct CourseHead {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The version of Flask that it is about, such as `3.1`.
    pub flask: String,
    /// The folders of the modules, each with its path.
    pub modules: Vec<(String, String)>,
    /// How many questions its topics should have.
    pub wanted: Wanted,
}

/// How many questions a topic should have, by how often interviews ask for it; 0 where the course doesn't say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of a topic that is asked rarely.
    pub rarely: usize,
    /// Of one that is asked often.
    pub often: usize,
    /// Of one that is asked nearly always.
    pub nearly_always: usize,
}

/// Checks the fields. What is wrong is left empty, so that the rest of the course can be checked too.
pub fn check(fields: CourseFields, faults: &mut Faults) -> CourseHead {
    let id = fields.id.text("id", faults).unwrap_or_default();
    if !id.is_empty() && !id::is_well_formed(&id) {
        let what = format!("{} can't be the id of a course", Show(&id));
        faults.add(FaultCode::BadId, "id", what, "use lower-case letters, digits, `-` and `.`");
    }
    let title = fields.title.text("title", faults).map(|title| read::title(&title, "title", faults));
    let title = title.unwrap_or_default();
    if let Some(format) = fields.format.need("format", faults)
        && format != FORMAT
    {
        let what = format!("this is format {format}, but this program reads format {FORMAT}");
        faults.add(FaultCode::Format, "format", what, "use a newer flaskdojo, or write `format: 1`");
    }
    let flask = fields.flask.text("flask", faults).filter(|flask| check_version(flask, faults)).unwrap_or_default();
    let modules = fields.modules.list("modules", faults);
    if modules.as_ref().is_some_and(Vec::is_empty) {
        faults.add(FaultCode::MissingField, "modules", "a course has one module at least", "");
    }
    let wanted = fields.questions_per_topic.maybe("questions_per_topic", faults).unwrap_or_default();
    let wanted = faults.within("questions_per_topic", |faults| Wanted {
        rarely: number(wanted.rarely, "rarely", faults),
        often: number(wanted.often, "often", faults),
        nearly_always: number(wanted.nearly_always, "nearly-always", faults),
    });
    CourseHead { id, title, flask, modules: modules.unwrap_or_default(), wanted }
}

fn number(written: Field<u64>, name: &str, faults: &mut Faults) -> usize {
    let number = written.maybe(name, faults).unwrap_or_default();
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn check_version(flask: &str, faults: &mut Faults) -> bool {
    let is_version = version::is_version(flask);
    if !is_version {
        let what = format!("{} is not a version", Show(flask));
        faults.add(FaultCode::FlaskRange, "flask", what, "write it as in `flask: \"3.1\"`");
    }
    is_version
}
