//! A whole course: every file read and checked, then the ids between them.

use super::ahead::{self, Ahead, Checked};
use super::bank::{self, Sites};
use super::course::{self, CourseFields, CourseHead};
use super::folder::{self, Folder, Slot};
use super::glossary::{self, WordFields};
use super::links::{self, Links};
use super::loaded::{Draft, Finished, Loaded};
use super::material::Unfinished;
use super::module::{self, ModuleFields, ModuleHead};
use super::recorded;
use super::report::{Diagnostic, FileId, Report};
use super::yaml::{self, Value};
use super::{text, unknown, version};
use crate::course::outline::Word;
use crate::fault::{FaultCode, Faults, Purpose, nearest};
use crate::field::Field;
use crate::id::LessonId;
use crate::shape::Described;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

/// Reads the course in `dir`, or gives every mistake in it, with the warnings that can be given beside them.
pub fn course(dir: &Path) -> Result<Loaded, Vec<Diagnostic>> {
    read(dir, Purpose::Show)
}

/// The same, but code in lessons and questions stays without colours: for who doesn't show it.
pub fn checked(dir: &Path) -> Result<Loaded, Vec<Diagnostic>> {
    read(dir, Purpose::Check)
}

fn read(dir: &Path, purpose: Purpose) -> Result<Loaded, Vec<Diagnostic>> {
    let mut report = Report::new(dir);
    let folder = folder::read(dir, &mut report);
    // Of a folder that can't be read nothing else is worth telling.
    if folder.files.is_empty() && !report.is_empty() {
        Err(report.into_found())
    } else {
        check(&folder, report, purpose)
    }
}

/// Checks the files of a course, or gives every mistake in them.
pub fn files(folder: &Folder) -> Result<Loaded, Vec<Diagnostic>> {
    check(folder, Report::new(&folder.root), Purpose::Show)
}

fn check(folder: &Folder, report: Report, purpose: Purpose) -> Result<Loaded, Vec<Diagnostic>> {
    let mut reader = Reader::new(report, ahead::read(folder, purpose));
    let mut head = CourseHead::default();
    let mut words = Vec::new();
    let mut pins = None;
    let mut files = BTreeMap::new();
    for (path, bytes) in &folder.files {
        match folder::slot(path) {
            Some(Slot::Course) => head = reader.course(path, bytes),
            Some(Slot::Glossary) => words = reader.glossary(path, bytes),
            Some(Slot::Requirements) => pins = Some(reader.requirements(path, bytes)),
            Some(Slot::Module(module)) => reader.module(module, path, bytes),
            Some(Slot::Lesson(module)) => reader.lesson(module, path, bytes),
            Some(Slot::Questions(module)) => reader.questions(module, path, bytes),
            Some(Slot::Prompts(module)) => reader.prompts(module, path, bytes),
            Some(Slot::Clinic(module)) => reader.clinic(module, path, bytes),
            Some(Slot::Xray(module)) => reader.xray(module, path, bytes),
            Some(Slot::Recorded(module)) => {
                files.insert(module.to_owned(), recorded::read(bytes));
            }
            Some(Slot::Lab { module, lab, below }) => reader.lab_file(module, lab, below, path, bytes),
            None => folder::tell_stray(path, "file", &mut reader.report),
        }
    }
    if !folder.files.contains_key("course.yaml") {
        let mend = "write its id, title, format, flask and modules";
        reader.report.whole("course.yaml", FaultCode::MissingFile, "a course needs this file", mend);
        reader.links.is_course_known = false;
    }
    reader.finish_labs();
    reader.check_modules(&head);
    reader.check_pins(pins.as_deref());
    let flask = reader.flask(&head, pins.as_deref());
    links::check(&reader.links, &mut reader.report);
    let Reader { mut report, sites, topics, mut modules, .. } = reader;
    if report.has_mistakes() {
        return Err(report.into_found());
    }
    bank::check(&modules, &head, &sites, &topics, &mut report);
    let places = sites.into_iter().map(|(id, (file, path))| (id, report.line(file, &path))).collect();
    let ran_on = recorded::attach(&mut modules, &files, &flask, &mut report);
    Ok(Finished { head, flask, ran_on, words, modules, places, warnings: report.into_found() }.loaded(folder))
}

/// What was read so far.
pub(super) struct Reader<'a> {
    /// What was read ahead, by the paths of the files.
    ahead: HashMap<&'a str, Ahead>,
    pub(super) report: Report,
    pub(super) links: Links,
    /// Where lessons, questions and other things stand.
    sites: Sites,
    /// Where topics stand.
    topics: Sites,
    pub(super) modules: BTreeMap<String, Draft>,
    pub(super) labs: BTreeMap<(String, String), Unfinished>,
}

impl<'a> Reader<'a> {
    fn new(report: Report, ahead: HashMap<&'a str, Ahead>) -> Reader<'a> {
        Reader {
            ahead,
            report,
            links: Links::default(),
            sites: Sites::new(),
            topics: Sites::new(),
            modules: BTreeMap::new(),
            labs: BTreeMap::new(),
        }
    }

    /// The value of a YAML file. `None` after telling why there is none.
    pub(super) fn yaml(&mut self, path: &str, bytes: &[u8]) -> (FileId, Option<Value>) {
        let (file, read) = self.read(path, bytes);
        (file, read.map(|(value, _)| value))
    }

    /// The same with what was read of it ahead.
    fn read(&mut self, path: &str, bytes: &[u8]) -> (FileId, Option<(Value, Checked)>) {
        let Ahead { text, document, checked } = self.ahead.remove(path).unwrap_or_else(|| ahead::yaml(bytes));
        match document {
            Ok(document) => (self.report.file(path, text, document.places), Some((document.value, checked))),
            Err(slips) => {
                let file = self.report.file(path, text, Default::default());
                self.report.slips(file, slips);
                (file, None)
            }
        }
    }

    fn course(&mut self, path: &str, bytes: &[u8]) -> CourseHead {
        let (file, value) = self.yaml(path, bytes);
        let Some(value) = value else {
            self.links.is_course_known = false;
            return CourseHead::default();
        };
        let mut faults = Faults::default();
        unknown::check(&value, &[CourseFields::TABLE], &mut faults);
        let fields: Field<CourseFields> = yaml::decode(value);
        let head = fields.maybe("", &mut faults).map(|fields| course::check(fields, &mut faults)).unwrap_or_default();
        self.links.course = Some(file);
        self.close(file, faults);
        head
    }

    fn glossary(&mut self, path: &str, bytes: &[u8]) -> Vec<Word> {
        let (file, value) = self.yaml(path, bytes);
        let Some(entries) = value.and_then(|value| self.list(file, value, "words")) else {
            self.links.are_words_known = false;
            return Vec::new();
        };
        let mut faults = Faults::default();
        let mut words = Vec::with_capacity(entries.len());
        for (index, value) in entries.into_iter().enumerate() {
            let path = format!("[{index}]");
            let word = faults.within(&path, |faults| {
                unknown::check(&value, &[WordFields::TABLE], faults);
                let fields: Field<WordFields> = yaml::decode(value);
                fields.maybe("", faults).and_then(|fields| glossary::check(fields, faults))
            });
            if let Some(word) = &word {
                self.links.term(file, &format!("{path}.term"), &word.term);
                for (index, spelling) in word.also.iter().enumerate() {
                    self.links.term(file, &format!("{path}.also[{index}]"), spelling);
                }
            }
            words.extend(word);
        }
        self.close(file, faults);
        words.sort_by_key(|word: &Word| word.term.to_lowercase());
        words
    }

    /// What `requirements.txt` says.
    fn requirements(&mut self, path: &str, bytes: &[u8]) -> Arc<str> {
        let (text, slips) = text::read(bytes);
        let text: Arc<str> = text.into();
        let file = self.report.file(path, text.clone(), Default::default());
        self.report.slips(file, slips);
        text
    }

    /// Labs are decided by pytest, so a list of one's own must have it.
    fn check_pins(&mut self, pins: Option<&str>) {
        let has_labs = self.modules.values().any(|draft| !draft.material.labs.is_empty());
        if has_labs && pins.is_some_and(|pins| version::pinned(pins, "pytest").is_none()) {
            let mend = "add it with its exact version, as in `pytest==9.2.0`, and what it needs";
            self.report.whole("requirements.txt", FaultCode::MissingPin, "labs need pytest, which is not here", mend);
        }
    }

    fn module(&mut self, module: &str, path: &str, bytes: &[u8]) {
        let (file, value) = self.yaml(path, bytes);
        let Some(value) = value else {
            self.links.unread_modules.insert(module.to_owned());
            self.modules.entry(module.to_owned()).or_default().head = Some(ModuleHead::default());
            return;
        };
        let mut faults = Faults::default();
        unknown::check(&value, &[ModuleFields::TABLE], &mut faults);
        let fields: Field<ModuleFields> = yaml::decode(value);
        let head = fields.maybe("", &mut faults).map(|fields| module::check(fields, &mut faults)).unwrap_or_default();
        for (path, topic) in &head.topics {
            self.links.topic(file, &format!("{path}.id"), topic.id.as_str(), module);
            self.topics.insert(topic.id.as_str().into(), (file, format!("{path}.id")));
        }
        for (path, needed) in &head.needs {
            self.links.need(file, path, needed, module);
        }
        self.modules.entry(module.to_owned()).or_default().head = Some(head);
        self.close(file, faults);
    }

    fn lesson(&mut self, module: &str, path: &str, bytes: &[u8]) {
        self.modules.entry(module.to_owned()).or_default();
        let (file, read) = self.read(path, bytes);
        let Some((value, Checked::Lesson(lesson, faults))) = read else {
            self.links.are_lessons_known = false;
            return;
        };
        let topic = self.named(file, "", &value, module, links::Sort::Lesson);
        self.links.taught.extend(topic);
        let was = former(&value).into_iter().map(|name| LessonId::from(name.as_str())).collect();
        if let Some(lesson) = lesson {
            for check in lesson.checks() {
                self.links.check(file, "body", check.as_str());
            }
            self.modules.entry(module.to_owned()).or_default().lessons.push((lesson, was));
        }
        self.close(file, faults);
    }

    fn questions(&mut self, module: &str, path: &str, bytes: &[u8]) {
        self.modules.entry(module.to_owned()).or_default();
        let (file, read) = self.read(path, bytes);
        let Some((value, Checked::Questions(questions, faults))) = read else {
            self.links.are_questions_known = false;
            return;
        };
        let Some(entries) = self.list(file, value, "questions") else {
            self.links.are_questions_known = false;
            return;
        };
        for (index, value) in entries.into_iter().enumerate() {
            self.named(file, &format!("[{index}]"), &value, module, links::Sort::Question);
        }
        self.modules.entry(module.to_owned()).or_default().questions.extend(questions);
        self.close(file, faults);
    }

    /// Notes the names and the topic of a lesson or question, whatever else is wrong with it. Gives the topic.
    pub(super) fn named(
        &mut self,
        file: FileId,
        at: &str,
        value: &Value,
        module: &str,
        sort: links::Sort,
    ) -> Option<String> {
        let dot = if at.is_empty() { String::new() } else { format!("{at}.") };
        if let Some(id) = yaml::text_at(value, "id") {
            self.links.name(file, &format!("{dot}id"), id, sort);
            self.sites.insert(id.into(), (file, at.to_owned()));
        }
        for (index, name) in former(value).iter().enumerate() {
            self.links.name(file, &format!("{dot}was[{index}]"), name, sort);
        }
        let topic = yaml::text_at(value, "topic")?;
        self.links.about(file, &format!("{dot}topic"), topic, module);
        Some(topic.to_owned())
    }

    /// The entries of a file that is a list.
    pub(super) fn list(&mut self, file: FileId, value: Value, of: &str) -> Option<Vec<Value>> {
        match yaml::entries(value) {
            Ok(entries) => Some(entries),
            Err(_) => {
                let mut faults = Faults::default();
                let what = format!("this file is a list of {of}, but something else stands here");
                faults.add(FaultCode::WrongType, "", what, "begin each entry with `- `");
                self.close(file, faults);
                None
            }
        }
    }

    pub(super) fn close(&mut self, file: FileId, mut faults: Faults) {
        self.links.mentions.extend(faults.take_mentions().into_iter().map(|mention| (file, mention)));
        self.report.faults(file, faults);
    }

    /// Compares the folders with the course's list.
    fn check_modules(&mut self, head: &CourseHead) {
        let listed: BTreeSet<&str> = head.modules.iter().map(|(_, name)| name.as_str()).collect();
        self.links.order = head.modules.iter().map(|(_, name)| name.clone()).collect();
        let mut faults = Faults::default();
        let mut seen = BTreeSet::new();
        for (path, name) in &head.modules {
            if !seen.insert(name) {
                faults.add(FaultCode::DuplicateId, path, format!("`{name}` is listed twice"), "remove one");
            } else if !self.modules.contains_key(name) {
                let mend = match nearest(name, self.modules.keys().map(String::as_str)) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => "make the folder, or remove this entry".to_owned(),
                };
                faults.add(FaultCode::UnknownId, path, format!("there is no folder `{name}`"), mend);
            }
        }
        if let Some(file) = self.links.course {
            self.report.faults(file, faults);
        }
        for (folder, draft) in &self.modules {
            if draft.head.is_none() {
                let path = format!("{folder}/module.yaml");
                let mend = "write its title, summary and topics";
                self.report.whole(&path, FaultCode::MissingFile, "a module needs this file", mend);
                self.links.unread_modules.insert(folder.clone());
            }
            if self.links.is_course_known && !listed.contains(folder.as_str()) {
                let mend = "add it to `modules` in course.yaml, or remove the folder";
                self.report.whole(folder, FaultCode::ModuleOrder, "the course doesn't list this module", mend);
            }
        }
    }

    /// The version of Flask that the course was run on.
    fn flask(&mut self, head: &CourseHead, pins: Option<&str>) -> String {
        let Some(pinned) = pins.and_then(|pins| version::pinned(pins, "Flask")) else { return head.flask.clone() };
        let fits = pinned == head.flask || pinned.starts_with(&format!("{}.", head.flask));
        if let (false, false, Some(file)) = (fits, head.flask.is_empty(), self.links.course) {
            let mut faults = Faults::default();
            let what = format!("the course is about Flask {}, but requirements.txt pins {pinned}", head.flask);
            faults.add(FaultCode::FlaskRange, "flask", what, "change one of them");
            self.report.faults(file, faults);
        }
        pinned.to_owned()
    }
}

/// The former names in a value, as far as they are texts.
fn former(value: &Value) -> Vec<String> {
    let names = value.get("was").and_then(Value::as_sequence);
    names.map(|names| names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()).unwrap_or_default()
}
