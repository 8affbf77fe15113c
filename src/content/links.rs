//! Names that must exist, and names that must be unique.

use super::pages::{Nowhere, Pages};
use super::report::{FileId, Report};
use crate::fault::{FaultCode, Faults, Mention, MentionSort, distance, nearest};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// All names of a course and all places that use one.
#[derive(Debug)]
pub struct Links {
    /// `course.yaml`, if it was read.
    pub course: Option<FileId>,
    /// Whether the list of modules could be read.
    pub is_course_known: bool,
    /// Whether the glossary could be read. What could not be read is not searched for names.
    pub are_words_known: bool,
    /// Whether all lessons could be read.
    pub are_lessons_known: bool,
    /// Whether all questions could be read.
    pub are_questions_known: bool,
    /// Modules whose `module.yaml` could not be read.
    pub unread_modules: BTreeSet<String>,
    /// The modules in the order of the course.
    pub order: Vec<String>,
    /// The topics that a lesson is about.
    pub taught: BTreeSet<String>,
    /// Words of texts that may be those of the glossary, and sources.
    pub mentions: Vec<(FileId, Mention)>,
    names: Vec<(Sort, Site)>,
    terms: Vec<Site>,
    topics: Vec<(Site, String)>,
    needs: Vec<(Site, String)>,
    abouts: Vec<(Site, String)>,
    checks: Vec<Site>,
    shown_by: Vec<Site>,
}

/// What has a name. Of two that have the same one, the later sort is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A lesson.
    Lesson,
    /// A question.
    Question,
    /// An interview prompt.
    Prompt,
    /// An entry of the error clinic.
    Ailment,
    /// A request to look through.
    Xray,
    /// A lab.
    Lab,
}

impl Sort {
    /// The word for it.
    fn word(self) -> &'static str {
        match self {
            Sort::Lesson => "lesson",
            Sort::Question => "question",
            Sort::Prompt => "interview prompt",
            Sort::Ailment => "entry of the clinic",
            Sort::Xray => "X-ray",
            Sort::Lab => "lab",
        }
    }
}

/// A name at a place.
#[derive(Debug)]
struct Site {
    file: FileId,
    path: String,
    name: String,
}

impl Default for Links {
    fn default() -> Links {
        Links {
            course: None,
            is_course_known: true,
            are_words_known: true,
            are_lessons_known: true,
            are_questions_known: true,
            unread_modules: BTreeSet::new(),
            order: Vec::new(),
            taught: BTreeSet::new(),
            mentions: Vec::new(),
            names: Vec::new(),
            terms: Vec::new(),
            topics: Vec::new(),
            needs: Vec::new(),
            abouts: Vec::new(),
            checks: Vec::new(),
            shown_by: Vec::new(),
        }
    }
}

impl Links {
    /// A lesson or question has this name, or had it before.
    pub fn name(&mut self, file: FileId, path: &str, name: &str, sort: Sort) {
        self.names.push((sort, Site::new(file, path, name)));
    }

    /// The glossary has this word.
    pub fn term(&mut self, file: FileId, path: &str, term: &str) {
        self.terms.push(Site::new(file, path, term));
    }

    /// A module has this topic.
    pub fn topic(&mut self, file: FileId, path: &str, topic: &str, module: &str) {
        self.topics.push((Site::new(file, path, topic), module.to_owned()));
    }

    /// A module needs another one.
    pub fn need(&mut self, file: FileId, path: &str, needed: &str, module: &str) {
        self.needs.push((Site::new(file, path, needed), module.to_owned()));
    }

    /// A lesson, question or other thing of a module is about this topic.
    pub fn about(&mut self, file: FileId, path: &str, topic: &str, module: &str) {
        self.abouts.push((Site::new(file, path, topic), module.to_owned()));
    }

    /// A point of an interview prompt is proven by this question or lesson.
    pub fn shown_by(&mut self, file: FileId, path: &str, name: &str) {
        self.shown_by.push(Site::new(file, path, name));
    }

    /// A lesson asks this question.
    pub fn check(&mut self, file: FileId, path: &str, question: &str) {
        self.checks.push(Site::new(file, path, question));
    }
}

impl Site {
    fn new(file: FileId, path: &str, name: &str) -> Site {
        Site { file, path: path.to_owned(), name: name.to_owned() }
    }

    fn tell(&self, code: FaultCode, what: String, mend: String, report: &mut Report) {
        let mut faults = Faults::default();
        faults.add(code, &self.path, what, mend);
        report.faults(self.file, faults);
    }
}

/// Tells every name that is missing, and every one that is there twice.
pub fn check(links: &Links, report: &mut Report) {
    check_unique(links, report);
    check_topics(links, report);
    check_needs(links, report);
    check_checks(links, report);
    check_shown_by(links, report);
    check_terms(links, report);
    check_sources(links, report);
}

fn check_unique(links: &Links, report: &mut Report) {
    let mut things: Vec<&(Sort, Site)> = links.names.iter().collect();
    things.sort_by_key(|(sort, _)| *sort);
    let things = things.into_iter().map(|(sort, site)| (sort.word(), site));
    let topics = links.topics.iter().map(|(site, _)| ("topic", site));
    let words = links.terms.iter().map(|site| ("word", site));
    check_all_differ(things, report);
    check_all_differ(topics, report);
    check_all_differ(words, report);
}

fn check_all_differ<'a>(sites: impl Iterator<Item = (&'static str, &'a Site)>, report: &mut Report) {
    let mut first: BTreeMap<String, (&str, &Site)> = BTreeMap::new();
    for (sort, site) in sites {
        match first.get(&site.name.to_lowercase()) {
            Some((other_sort, other)) => {
                let (path, line) = report.line(other.file, &other.path);
                let what = if sort == *other_sort {
                    format!("two {} have the name `{}`", several(sort), site.name)
                } else {
                    format!("the {other_sort} `{}` has this name already", site.name)
                };
                let mend = format!("the other one is in line {line} of {}", path.display());
                site.tell(FaultCode::DuplicateId, what, mend, report);
            }
            None => {
                first.insert(site.name.to_lowercase(), (sort, site));
            }
        }
    }
}

fn several(sort: &str) -> String {
    match sort {
        "entry of the clinic" => "entries of the clinic".to_owned(),
        sort => format!("{sort}s"),
    }
}

/// Lessons and questions are about a topic of their own module, and each topic has a lesson.
fn check_topics(links: &Links, report: &mut Report) {
    for (site, module) in &links.abouts {
        let own = links.topics.iter().filter(|(_, of)| of == module).map(|(topic, _)| topic.name.as_str());
        if links.unread_modules.contains(module) || own.clone().any(|topic| topic == site.name) {
            continue;
        }
        let elsewhere = links.topics.iter().find(|(topic, _)| topic.name == site.name);
        let mend = match (elsewhere, nearest(&site.name, own)) {
            (Some((_, other)), _) => format!("it is a topic of {other}"),
            (None, Some(known)) => format!("did you mean `{known}`?"),
            (None, None) => format!("add it to `topics` in {module}/module.yaml"),
        };
        site.tell(FaultCode::UnknownId, format!("this module has no topic `{}`", site.name), mend, report);
    }
    if links.are_lessons_known {
        for (site, _) in links.topics.iter().filter(|(site, _)| !links.taught.contains(&site.name)) {
            let what = format!("no lesson is about the topic `{}`", site.name);
            let mend = "write one, or remove the topic".to_owned();
            site.tell(FaultCode::EmptyTopic, what, mend, report);
        }
    }
}

/// A module needs modules that come before it.
fn check_needs(links: &Links, report: &mut Report) {
    if !links.is_course_known {
        return;
    }
    let place = |module: &str| links.order.iter().position(|listed| listed == module);
    for (site, module) in &links.needs {
        match (place(&site.name), place(module)) {
            (Some(needed), Some(own)) if needed >= own => {
                let what = format!("`{}` does not come before this module", site.name);
                let mend = "change the order in course.yaml, or remove it here".to_owned();
                site.tell(FaultCode::ModuleOrder, what, mend, report);
            }
            (Some(_), _) => (),
            (None, _) => {
                let mend = suggest(&site.name, links.order.iter().map(String::as_str));
                site.tell(FaultCode::UnknownId, format!("the course has no module `{}`", site.name), mend, report);
            }
        }
    }
}

fn check_checks(links: &Links, report: &mut Report) {
    if !links.are_questions_known {
        return;
    }
    let known: BTreeSet<&str> = sites(links, Sort::Question).map(|site| site.name.as_str()).collect();
    for site in links.checks.iter().filter(|site| !known.contains(site.name.as_str())) {
        let what = format!("there is no question `{}`", site.name);
        let mend = suggest(&site.name, known.iter().copied());
        report.words(site.file, FaultCode::UnknownId, &site.path, &site.name, what, mend);
    }
}

fn check_shown_by(links: &Links, report: &mut Report) {
    if !links.are_questions_known || !links.are_lessons_known {
        return;
    }
    let shows = sites(links, Sort::Question).chain(sites(links, Sort::Lesson));
    let known: BTreeSet<&str> = shows.map(|site| site.name.as_str()).collect();
    for site in links.shown_by.iter().filter(|site| !known.contains(site.name.as_str())) {
        let what = format!("there is no question or lesson `{}`", site.name);
        let mend = suggest(&site.name, known.iter().copied());
        report.words(site.file, FaultCode::UnknownId, &site.path, &site.name, what, mend);
    }
}

fn check_terms(links: &Links, report: &mut Report) {
    if !links.are_words_known {
        return;
    }
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for site in &links.terms {
        known.entry(site.name.to_lowercase()).or_insert(&site.name);
    }
    for (file, Mention { sort, path, words }) in &links.mentions {
        match sort {
            MentionSort::Term if !known.contains_key(&words.to_lowercase()) => {
                let what = format!("the glossary has no word `{words}`");
                let mend = suggest(words, known.values().copied());
                report.words(*file, FaultCode::UnknownId, path, words, what, mend);
            }
            MentionSort::Stressed => {
                if let Some(term) = misspelt(words, &known) {
                    let what = format!("`{}` is nearly the word `{term}` of the glossary", words.trim());
                    let mend = format!("write `{term}`, or another word that can't be taken for it");
                    report.words(*file, FaultCode::MisspeltTerm, path, words.trim(), what, mend);
                }
            }
            MentionSort::Term | MentionSort::Source => (),
        }
    }
}

/// The word of the glossary that a stressed word is but for a letter, or two in a long one. `known` is by lower case.
fn misspelt<'a>(words: &str, known: &BTreeMap<String, &'a str>) -> Option<&'a str> {
    const LONG: usize = 10;
    let written = words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let length = written.chars().count();
    let first = written.chars().next()?;
    let endings = ["s", "es", "'s", "’s"];
    let is_inflected = |term: &str| {
        let (short, long) = if term.len() < written.len() { (term, &*written) } else { (&*written, term) };
        endings.iter().any(|ending| long.strip_suffix(ending) == Some(short))
    };
    if length < 6 || known.contains_key(&written) || known.keys().any(|term| is_inflected(term)) {
        return None;
    }
    let allowed = if length < LONG { 1 } else { 2 };
    // Only words that begin alike are compared: a slip is rarely in the first letter, and most words are passed over so.
    let alike = known.range(first.to_string()..).take_while(|(term, _)| term.starts_with(first));
    let near = alike.filter(|(term, _)| term.chars().count().abs_diff(length) <= allowed);
    near.map(|(term, shown)| (distance(&written, term), *shown))
        .filter(|(far, _)| *far <= allowed)
        .min()
        .map(|(_, term)| term)
}

fn check_sources(links: &Links, report: &mut Report) {
    let pages = Pages::known();
    let mut seen: HashMap<&str, Option<Nowhere>> = HashMap::new();
    for (file, Mention { path, words, .. }) in
        links.mentions.iter().filter(|(_, mention)| mention.sort == MentionSort::Source)
    {
        if let Some(Nowhere { what, mend }) = seen.entry(words).or_insert_with(|| pages.check(words)) {
            report.words(*file, FaultCode::UnknownPage, path, words, what.clone(), mend.clone());
        }
    }
}

fn sites(links: &Links, sort: Sort) -> impl Iterator<Item = &Site> {
    links.names.iter().filter(move |(of, _)| *of == sort).map(|(_, site)| site)
}

fn suggest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    match nearest(name, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "write it, or correct the name".to_owned(),
    }
}
