//! What can be said only of many questions together: a bank that gives its keys away, questions that ask the same, topics
//! with too few of them. All of it is warned of, and only where nothing is mistaken: a bank with holes says little.

use super::course::CourseHead;
use super::loaded::Draft;
use super::report::{FileId, Report};
use crate::course::outline::Asked;
use crate::fault::{FaultCode, Faults};
use crate::prose::{Block, Prose, Span, plain, width};
use crate::question::answer::Answer;
use crate::question::form::{Form, Label, Type};
use crate::question::shuffle::Shuffle;
use crate::question::{Kind, Question};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Where questions and topics stand, by their ids: the file and the path in it.
pub type Sites = HashMap<Box<str>, (FileId, String)>;

/// Looks at the banks of a course, module by module.
pub fn check(
    modules: &BTreeMap<String, Draft>,
    head: &CourseHead,
    questions: &Sites,
    topics: &Sites,
    report: &mut Report,
) {
    for (folder, draft) in modules {
        check_lengths(folder, &draft.questions, report);
        check_counts(draft, head, topics, report);
    }
    let all: Vec<&Question> = modules.values().flat_map(|draft| &draft.questions).collect();
    check_alike(&all, questions, report);
}

/// Fewer questions than this say nothing about a bank.
const BANK_MIN: usize = 12;
/// How many questions are named as examples.
const EXAMPLES: usize = 3;

/// Whether the longest option is the key more often than chance would have it.
fn check_lengths(folder: &str, questions: &[Question], report: &mut Report) {
    let (mut expected, mut variance) = (0.0, 0.0);
    let mut longest: Vec<(usize, &str)> = Vec::new();
    let mut count = 0;
    for question in questions {
        let Some((key, others)) = lengths(&question.kind) else { continue };
        let chance = 1.0 / (others.len() as f64 + 1.0);
        count += 1;
        expected += chance;
        variance += chance * (1.0 - chance);
        let next = others.into_iter().max().unwrap_or_default();
        if key > next {
            longest.push((key - next, question.id.as_str()));
        }
    }
    // Beyond two standard deviations it is no chance, in nineteen banks of twenty.
    if count < BANK_MIN || (longest.len() as f64) <= expected + 2.0 * f64::sqrt(variance) {
        return;
    }
    longest.sort_by_key(|(by, id)| (std::cmp::Reverse(*by), *id));
    let what = format!(
        "in {} of {count} questions of this module the longest option is the right one; by chance it were {expected:.0}",
        longest.len()
    );
    let first: Vec<String> = longest.iter().take(EXAMPLES).map(|(_, id)| format!("`{id}`")).collect();
    let mend = format!("shorten keys, or lengthen other options; it shows most in {}", first.join(", "));
    report.whole(&format!("{folder}/questions"), FaultCode::KeyLength, what, mend);
}

/// The width of the key and of each other option, where one of several texts is the key.
fn lengths(kind: &Kind) -> Option<(usize, Vec<usize>)> {
    let Form::Choose(choose) = kind.form(ORDER) else { return None };
    if choose.many {
        return None;
    }
    let (mut key, mut others) = (None, Vec::new());
    for (choice, remark) in choose.options.iter().zip(kind.grade(&Answer::GaveUp, ORDER).remarks) {
        let width = width::columns(&choice.text.plain());
        if remark.is_key {
            key = Some(width);
        } else {
            others.push(width);
        }
    }
    Some((key?, others))
}

/// Any order will do.
const ORDER: Shuffle = Shuffle(0);

/// Whether each topic has as many questions as the course asks for.
fn check_counts(draft: &Draft, head: &CourseHead, sites: &Sites, report: &mut Report) {
    let topics = draft.head.iter().flat_map(|head| &head.topics);
    for (_, topic) in topics {
        let wanted = match topic.asked {
            Asked::Rarely => head.wanted.rarely,
            Asked::Often => head.wanted.often,
            Asked::NearlyAlways => head.wanted.nearly_always,
        };
        let count = draft.questions.iter().filter(|question| question.topic == topic.id).count();
        if let (true, Some((file, path))) = (count < wanted, sites.get(topic.id.as_str())) {
            let what = format!("the topic `{}` has {}", topic.id, plain::count(count, "question"));
            let mend = format!("course.yaml asks for {wanted}: write more, or change `asked`");
            tell(*file, path, FaultCode::FewQuestions, what, mend, report);
        }
    }
}

/// How much of their words two prompts share that ask the same.
const ALIKE: f64 = 0.85;

/// Finds questions that ask nearly the same: about the same program, with the same pieces of code, in nearly the same words.
fn check_alike(questions: &[&Question], sites: &Sites, report: &mut Report) {
    let asked: Vec<Asking> = questions.iter().map(|question| Asking::of(question)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    asked.iter().flat_map(|asking| &asking.words).for_each(|word| *counts.entry(word).or_default() += 1);
    // Two prompts that are so much alike share one of their rarest words, so that few pairs need a closer look.
    let mut seen: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (number, asking) in asked.iter().enumerate() {
        let mut words: Vec<&str> = asking.words.iter().map(String::as_str).collect();
        words.sort_by_key(|word| (counts[word], *word));
        let rare = words.len() - (ALIKE / (2.0 - ALIKE) * words.len() as f64).ceil() as usize + 1;
        let mut candidates: Vec<usize> = Vec::new();
        for word in words.into_iter().take(rare) {
            let holders = seen.entry((&asking.literal, word)).or_default();
            candidates.extend(holders.iter());
            holders.push(number);
        }
        candidates.sort_unstable();
        let alike = candidates.into_iter().find(|other| asking.is_like(&asked[*other]));
        let (id, Some(other)) = (&questions[number].id, alike) else { continue };
        if let Some((file, path)) = sites.get(id.as_str()) {
            let what = format!("this asks nearly the same as `{}`", questions[other].id);
            let mend = "ask for something else, or remove one of them";
            tell(*file, &format!("{path}.prompt"), FaultCode::NearPrompt, what, mend.to_owned(), report);
        }
    }
}

/// What a question asks, for comparing.
struct Asking {
    /// Pieces of code, in the prompt and below it: one letter in them can make another question.
    literal: String,
    /// The words around them.
    words: BTreeSet<String>,
}

impl Asking {
    fn of(question: &Question) -> Asking {
        let mut asking = Asking { literal: question.kind.name().to_owned(), words: BTreeSet::new() };
        asking.prose(&question.prompt);
        if let Some(program) = question.kind.program() {
            asking.literal.push_str(&program.text());
        }
        // Of “Which of these is true?” the options are what is asked.
        match question.kind.form(ORDER) {
            // What a program prints hangs on the program.
            Form::Choose(choose) if choose.or_type => (),
            Form::Choose(choose) => choose.options.iter().for_each(|choice| asking.label(&choice.text)),
            Form::Arrange(steps) => steps.iter().for_each(|step| asking.label(&step.text)),
            Form::Pair(pair) => {
                pair.left.iter().chain(&pair.right).for_each(|end| asking.label(&end.text));
            }
            Form::Type(Type { around: Some(code) }) | Form::Point(code) => asking.literal.push_str(&code.text()),
            Form::Type(Type { around: None }) | Form::Recall(_) => (),
        }
        asking
    }

    fn label(&mut self, label: &Label) {
        match label {
            Label::Prose(spans) => self.spans(spans),
            Label::Output(text) => self.literal.push_str(text),
        }
    }

    fn prose(&mut self, prose: &Prose) {
        for block in &prose.0 {
            match block {
                Block::Paragraph(text) => self.spans(text),
                other => plain::block(other, usize::MAX).iter().for_each(|line| self.literal.push_str(line)),
            }
        }
    }

    fn spans(&mut self, spans: &[Span]) {
        for span in spans {
            if span.style.code {
                self.literal.push_str(&span.text);
                self.literal.push('\0');
            } else {
                let words =
                    span.text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
                self.words.extend(words.map(str::to_lowercase));
            }
        }
    }

    fn is_like(&self, other: &Asking) -> bool {
        let shared = self.words.intersection(&other.words).count() as f64;
        self.literal == other.literal && 2.0 * shared >= ALIKE * (self.words.len() + other.words.len()) as f64
    }
}

fn tell(file: FileId, path: &str, code: FaultCode, what: String, mend: String, report: &mut Report) {
    let mut faults = Faults::default();
    faults.add(code, path, what, mend);
    report.faults(file, faults);
}
