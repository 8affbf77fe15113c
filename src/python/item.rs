//! What of a course can be proven, and by which programs.

use super::program::{Claim, Harness, Program};
use crate::course::clinic::{Ailment, Ill, Sign};
use crate::course::lab::{Lab, LabFile};
use crate::course::lesson::Lesson;
use crate::course::outline::Outline;
use crate::course::ready::Ready;
use crate::course::recorded;
use crate::course::xray::{Event, Xray};
use crate::prose::Code;
use crate::question::Question;
use crate::question::exhibit::{Exhibit, Look};
use crate::question::trial::{Outcome, Trial};
use std::collections::HashSet;

/// A part of a course that can be proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub id: String,
    /// What it is.
    pub sort: Sort,
    /// What real Flask must confirm.
    pub statements: Vec<Statement>,
    /// The same with wrong keys: none of them may be confirmed.
    pub mutants: Vec<Statement>,
    /// Where its programs have something to show to learners.
    pub exhibits: Vec<Exhibit>,
    /// The code that learners see when they are asked.
    pub visible: String,
    /// Changes with what is run, and with what must come of it.
    pub of: String,
    /// Why it has no proof.
    pub unproved: Option<String>,
    /// The versions of Flask for which it holds, as written; empty for the course's own.
    pub flask: String,
}

/// Something that a program shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it is about: an option's id, an accepted text, a program of a lesson.
    pub about: String,
    /// What is run.
    pub program: Program,
    /// What must come of it.
    pub expected: Expected,
}

/// What must come of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// What a question or a lesson says.
    Outcome(Outcome),
    /// Its error, or what it prints or complains about, has one of these signs.
    Ill(Vec<Sign>),
    /// It runs to its end, and there is none of these signs.
    Healthy(Vec<Sign>),
    /// A request comes by all these events, and something comes after each.
    Trace(Vec<Event>),
    /// The tests with these names pass, or one of them fails.
    Tests(Ends, Vec<String>),
}

/// How the tests of a lab end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// All pass.
    Well,
    /// One fails at least.
    Badly,
}

/// The sorts of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A question, with its key.
    Question,
    /// A lesson, with its programs.
    Lesson,
    /// An entry of the error clinic.
    Ailment,
    /// A request to look through.
    Xray,
    /// A lab.
    Lab,
}

impl Sort {
    /// Every sort, in the order in which they are counted.
    pub const ALL: [Sort; 5] = [Sort::Question, Sort::Lesson, Sort::Ailment, Sort::Xray, Sort::Lab];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Sort::Question => "question",
            Sort::Lesson => "lesson",
            Sort::Ailment => "known error",
            Sort::Xray => "X-ray",
            Sort::Lab => "lab",
        }
    }
}

impl Item {
    fn new(id: &str, sort: Sort, flask: &str, of: String, statements: Vec<Statement>) -> Item {
        let (id, flask) = (id.to_owned(), flask.to_owned());
        let (mutants, exhibits, visible) = (Vec::new(), Vec::new(), String::new());
        Item { id, sort, statements, mutants, exhibits, visible, of, unproved: None, flask }
    }
}

impl From<Trial> for Statement {
    fn from(trial: Trial) -> Statement {
        let claims = match &trial.expect {
            Outcome::Claims(claims) => {
                let claim = |(name, expression, _): &(String, String, bool)| Claim {
                    name: name.clone(),
                    expression: expression.clone(),
                };
                claims.iter().map(claim).collect()
            }
            Outcome::Passes | Outcome::Fails | Outcome::FailsWith { .. } | Outcome::Prints(_) => Vec::new(),
        };
        let program = Program { code: trial.program, claims, ..Program::default() };
        Statement { about: trial.about, program, expected: Expected::Outcome(trial.expect) }
    }
}

/// Everything in a course that can be proven: the folder of each module, and what is in it, in its order.
pub fn of_course(outline: &Outline, parts: &Ready) -> Vec<(String, Vec<Item>)> {
    let modules = outline.modules.iter().enumerate();
    modules.map(|(index, module)| (module.id.to_string(), of_module(outline, parts, index))).collect()
}

fn of_module(outline: &Outline, parts: &Ready, index: usize) -> Vec<Item> {
    let (Some(module), Some(material)) = (parts.modules.get(index), parts.materials.get(index)) else {
        return Vec::new();
    };
    let topics = &outline.modules[index].topics;
    let lessons = module.lessons.iter().map(of_lesson);
    let questions = module.questions.iter().map(of_question);
    let own = parts.clinic.iter().filter(|ailment| topics.iter().any(|topic| topic.id == ailment.topic));
    let clinic = own.map(of_ailment);
    let xrays = material.xrays.iter().map(of_xray);
    let labs = material.labs.iter().map(of_lab);
    lessons.chain(questions).chain(clinic).chain(xrays).chain(labs).collect()
}

/// The different programs of these items, in their order.
pub fn programs(items: &[Item]) -> Vec<Program> {
    let mut seen = HashSet::new();
    let all = items.iter().flat_map(|item| item.statements.iter().chain(&item.mutants));
    let all = all.map(|statement| statement.program.clone());
    all.filter(|program| seen.insert(program.clone())).collect()
}

/// The programs of which learners see what they did, in their order: they are run twice, and what differs is not shown.
pub fn shown_programs(items: &[Item]) -> Vec<Program> {
    let mut seen = HashSet::new();
    let shown = items.iter().flat_map(|item| {
        let is_shown = |statement: &&Statement| {
            let is_named = |exhibit: &Exhibit| exhibit.look == Look::Error(statement.about.clone());
            let is_traced = matches!(statement.expected, Expected::Trace(_));
            is_traced || !statement.program.claims.is_empty() || item.exhibits.iter().any(is_named)
        };
        item.statements.iter().filter(is_shown)
    });
    let all = shown.map(|statement| statement.program.clone());
    all.filter(|program| seen.insert(program.clone())).collect()
}

fn of_lesson(lesson: &Lesson) -> Item {
    let statements = lesson.trials().into_iter().map(Statement::from).collect();
    Item::new(lesson.id.as_str(), Sort::Lesson, &lesson.flask, recorded::of_lesson(lesson), statements)
}

fn of_question(question: &Question) -> Item {
    let statements = question.kind.trials().into_iter().map(Statement::from).collect();
    Item {
        mutants: question.kind.mutants().into_iter().map(Statement::from).collect(),
        exhibits: question.kind.exhibits(),
        visible: question.face().program.map(Code::text).unwrap_or_default(),
        unproved: question.unproved.clone(),
        ..Item::new(question.id.as_str(), Sort::Question, &question.flask, recorded::of_question(question), statements)
    }
}

fn of_ailment(ailment: &Ailment) -> Item {
    let signs = || ailment.matches.clone();
    let program = |code: &str| Program { code: code.to_owned(), ..Program::default() };
    let statements = ailment.proof.iter().flat_map(|case| {
        let expected = match &case.ill {
            Ill::Raises(_) => Expected::Ill(signs()),
            Ill::Shows(_) => Expected::Outcome(Outcome::Passes),
        };
        let ill = Statement { about: case.ill.word().to_owned(), program: program(case.ill.code()), expected };
        let cured = program(&case.cured);
        [ill, Statement { about: "cured".to_owned(), program: cured, expected: Expected::Healthy(signs()) }]
    });
    Item {
        unproved: ailment.unproved.clone(),
        ..Item::new(
            ailment.id.as_str(),
            Sort::Ailment,
            &ailment.flask,
            recorded::of_ailment(ailment),
            statements.collect(),
        )
    }
}

fn of_xray(xray: &Xray) -> Item {
    let harness = Some(Harness::Trace(xray.request.clone()));
    let program = Program { code: xray.program.text(), harness, ..Program::default() };
    let statement = Statement { about: "trace".to_owned(), program, expected: Expected::Trace(xray.ask.clone()) };
    Item::new(xray.id.as_str(), Sort::Xray, &xray.flask, recorded::of_xray(xray), vec![statement])
}

fn of_lab(lab: &Lab) -> Item {
    let names: Vec<String> = lab.tests.iter().map(|test| format!("{}::{}", test.file, test.name)).collect();
    let statement = |about: String, files: &[LabFile], ends| {
        let files = files.iter().map(|file| (file.path.clone(), file.text.clone()));
        let check = lab.check.iter().map(|file| (format!("check/{}", file.path), file.text.clone()));
        let files = files.chain(check).collect();
        let program = Program { files, harness: Some(Harness::Check), ..Program::default() };
        Statement { about, program, expected: Expected::Tests(ends, names.clone()) }
    };
    let mut statements = vec![
        statement("start".to_owned(), &lab.start, Ends::Badly),
        statement("solution".to_owned(), &lab.solution, Ends::Well),
    ];
    let wrong = lab.wrong.iter();
    statements
        .extend(wrong.map(|wrong| statement(format!("wrong/{}", wrong.name), &lab.with_wrong(wrong), Ends::Badly)));
    Item::new(lab.id.as_str(), Sort::Lab, &lab.flask, recorded::of_lab(lab), statements)
}
