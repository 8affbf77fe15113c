//! `module.yaml`: what a module is about and which topics it has.

use crate::course::outline::{Asked, Topic};
use crate::fault::{FaultCode, Faults, nearest};
use crate::field::Field;
use crate::id::{self, TopicId};
use crate::prose::read;
use crate::question::text::Show;
use crate::shape::{fields, may, must};

fields! {
    /// What authors write.
    ModuleFields, "module", "a map with `title`, `summary`, `needs` and `topics`" {
        /// Its title.
        title: Field<String> = must(),
        /// What it is about, in a sentence or two.
        summary: Field<String> = must(),
        /// The modules to learn first, by folder name.
        needs: Field<Vec<Field<String>>> = may(),
        /// In the order to learn.
        topics: Field<Vec<Field<TopicFields>>> = must().at_least(1),
    }
}

fields! {
    /// What authors write for a topic.
    TopicFields, "topic", "a map with `id`, `title` and perhaps `asked`" {
        /// Its name, unique in the course.
        id: Field<String> = must().id(),
        /// Its title.
        title: Field<String> = must(),
        /// How often interviews ask for it: `rarely`, `often` or `nearly-always`.
        asked: Field<String> = may().one_of(&ASKED),
    }
}

/// The words for how often interviews ask for a topic.
const ASKED: [&str; 3] = [Asked::ALL[0].1, Asked::ALL[1].1, Asked::ALL[2].1];

/// A checked `module.yaml`.
#[derive(Clone, Debug, Default)]
pub struct ModuleHead {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// The modules to learn first, each with its path.
    pub needs: Vec<(String, String)>,
    /// The topics, each with its path. One without a good id is left out.
    pub topics: Vec<(String, Topic)>,
}

/// Checks the fields. What is wrong is left empty, so that the rest of the course can be checked too.
pub fn check(fields: ModuleFields, faults: &mut Faults) -> ModuleHead {
    let title = fields.title.text("title", faults).map(|title| read::title(&title, "title", faults));
    let summary = fields.summary.text("summary", faults).map(|text| read::title(&text, "summary", faults));
    let needs = fields.needs.texts("needs", faults);
    let written = fields.topics.list("topics", faults);
    if written.as_ref().is_some_and(Vec::is_empty) {
        faults.add(FaultCode::MissingField, "topics", "a module has one topic at least", "");
    }
    let mut topics = Vec::new();
    for (path, fields) in written.unwrap_or_default() {
        let topic = faults.within(&path, |faults| check_topic(fields, faults));
        topics.extend(topic.map(|topic| (path, topic)));
    }
    ModuleHead { title: title.unwrap_or_default(), summary: summary.unwrap_or_default(), needs, topics }
}

/// The number that a module's folder begins with, such as 7 for `07-sessions`.
pub fn number(folder: &str) -> Option<u8> {
    let (number, name) = folder.split_once('-')?;
    let is_name = id::is_well_formed(name) && !name.contains('.');
    (number.len() == 2 && is_name).then(|| number.parse().ok()).flatten()
}

fn check_topic(fields: TopicFields, faults: &mut Faults) -> Option<Topic> {
    let id = fields.id.text("id", faults);
    if let Some(name) = id.as_deref().filter(|name| !id::is_well_formed(name)) {
        let what = format!("{} can't be the id of a topic", Show(name));
        faults.add(FaultCode::BadId, "id", what, "use lower-case letters, digits and `-`");
    }
    let title = fields.title.text("title", faults).map(|title| read::title(&title, "title", faults));
    let asked = fields.asked.maybe_text("asked", faults);
    let asked = asked.map_or(Some(Asked::default()), |asked| check_asked(&asked, faults));
    Some(Topic {
        id: TopicId::from(id?.as_str()),
        title: title.unwrap_or_default(),
        asked: asked.unwrap_or_default(),
        questions: 0,
        levels: [0; 4],
    })
}

fn check_asked(word: &str, faults: &mut Faults) -> Option<Asked> {
    let found = Asked::ALL.iter().find(|(_, name)| *name == word);
    if found.is_none() {
        let mend = match nearest(word, ASKED) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "write `rarely`, `often` or `nearly-always`".to_owned(),
        };
        faults.add(FaultCode::WrongType, "asked", format!("{} says not how often", Show(word)), mend);
    }
    found.map(|(asked, _)| *asked)
}
