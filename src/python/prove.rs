//! From a course to programs, and from what they did to verdicts. Nothing here runs anything.

use super::program::{Claim, Program, Raised, Run, Truth};
use crate::course::Module;
use crate::prose::{Block, Expect, Prose};
use crate::question::text::printed as comparable;
use crate::question::trial::{Outcome, Trial};
use std::collections::{HashMap, HashSet};

/// A part of a course that can be proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub id: String,
    /// What it is.
    pub sort: Sort,
    /// What real Flask must confirm.
    pub trials: Vec<Trial>,
    /// The same with wrong keys: none of them may be confirmed.
    pub mutants: Vec<Trial>,
    /// Why it has no proof.
    pub unproved: Option<String>,
}

/// The sorts of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A question, with its key.
    Question,
    /// A lesson, with its programs.
    Lesson,
}

/// What was concluded about one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Which statement: an option's id, an accepted text, a program of a lesson.
    pub about: String,
    /// What was concluded.
    pub verdict: Verdict,
}

/// What real Flask says to a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is so.
    Proven {
        /// How long the program took that showed it.
        ms: u32,
    },
    /// It is not so.
    Contradicted {
        /// What was expected.
        expected: String,
        /// What happened.
        happened: String,
    },
    /// It says nothing, because the proof itself does not work.
    Broken {
        /// What is wrong with it.
        what: String,
    },
}

/// What is known about each program.
pub type Runs = HashMap<Program, Run>;

impl Sort {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Sort::Question => "question",
            Sort::Lesson => "lesson",
        }
    }
}

impl Verdict {
    /// Whether it is so.
    pub fn is_proven(&self) -> bool {
        matches!(self, Verdict::Proven { .. })
    }
}

/// Everything in these modules that can be proven, in their order.
pub fn items(modules: &[Module]) -> Vec<Item> {
    modules.iter().flat_map(of_module).collect()
}

fn of_module(module: &Module) -> impl Iterator<Item = Item> {
    let lessons = module.lessons.iter().map(|lesson| Item {
        id: lesson.id.to_string(),
        sort: Sort::Lesson,
        trials: trials_of(&lesson.body),
        mutants: Vec::new(),
        unproved: None,
    });
    let questions = module.questions.iter().map(|question| Item {
        id: question.id.to_string(),
        sort: Sort::Question,
        trials: question.kind.trials(),
        mutants: question.kind.mutants(),
        unproved: question.unproved.clone(),
    });
    lessons.chain(questions)
}

/// The different programs of these items, in their order.
pub fn programs(items: &[Item]) -> Vec<Program> {
    let mut seen = HashSet::new();
    let all = items.iter().flat_map(|item| item.trials.iter().chain(&item.mutants)).map(program);
    all.filter(|program| seen.insert(program.clone())).collect()
}

/// The program of a trial. It depends on what is expected only as far as claims go, not on whether they hold.
pub fn program(trial: &Trial) -> Program {
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
    Program { code: trial.program.clone(), claims }
}

/// The verdicts about an item: one for each statement.
pub fn judge(item: &Item, runs: &Runs) -> Vec<Judged> {
    if item.trials.is_empty() && item.unproved.is_none() && item.sort == Sort::Question {
        let what = "it has no proof, and no reason for that".to_owned();
        return vec![Judged { about: "proof".to_owned(), verdict: Verdict::Broken { what } }];
    }
    item.trials.iter().flat_map(|trial| judge_trial(trial, runs)).collect()
}

/// The verdicts about one trial: one for each claim, or one for the program.
pub fn judge_trial(trial: &Trial, runs: &Runs) -> Vec<Judged> {
    let one = |verdict| vec![Judged { about: trial.about.clone(), verdict }];
    let Some(run) = runs.get(&program(trial)) else {
        return one(Verdict::Broken { what: "its program was not run".to_owned() });
    };
    if let Some(stop) = &run.stopped {
        return one(Verdict::Broken { what: format!("{}{}", stop.text, after_printing(&run.printed)) });
    }
    match &trial.expect {
        Outcome::Passes => one(passes(trial, run)),
        Outcome::Fails => one(fails(run)),
        Outcome::FailsWith { error, prints } => one(fails_with(trial, run, error, prints.as_deref())),
        Outcome::Prints(text) => one(prints(trial, run, text)),
        Outcome::Claims(claims) => match &run.error {
            Some(error) => {
                let what = format!("its program ended with {}", in_program(error, &trial.program));
                one(Verdict::Broken { what })
            }
            None => claims.iter().map(|(name, _, truth)| claim(name, *truth, run)).collect(),
        },
    }
}

fn passes(trial: &Trial, run: &Run) -> Verdict {
    match &run.error {
        None => Verdict::Proven { ms: run.took_ms },
        Some(error) => Verdict::Contradicted {
            expected: "it runs without an error".to_owned(),
            happened: in_program(error, &trial.program),
        },
    }
}

fn fails(run: &Run) -> Verdict {
    match &run.error {
        Some(_) => Verdict::Proven { ms: run.took_ms },
        None => Verdict::Contradicted {
            expected: "it fails".to_owned(),
            happened: format!("it runs without an error{}", after_printing(&run.printed)),
        },
    }
}

fn fails_with(trial: &Trial, run: &Run, name: &str, prints: Option<&str>) -> Verdict {
    let expected = format!("it ends with {name}");
    let happened = match &run.error {
        None => format!("it runs without an error{}", after_printing(&run.printed)),
        Some(error) if error.name != name => in_program(error, &trial.program),
        Some(error) => {
            let mut printed = comparable(&run.printed);
            if !printed.is_empty() {
                printed.push('\n');
            }
            printed.push_str(&first_line(error));
            return match prints.map(comparable) {
                Some(prints) if prints != comparable(&printed) => {
                    Verdict::Contradicted { expected: printing(&prints), happened: printing(&printed) }
                }
                Some(_) | None => Verdict::Proven { ms: run.took_ms },
            };
        }
    };
    Verdict::Contradicted { expected, happened }
}

fn prints(trial: &Trial, run: &Run, text: &str) -> Verdict {
    let (expected, printed) = (comparable(text), comparable(&run.printed));
    match &run.error {
        Some(error) => Verdict::Contradicted {
            expected: printing(&expected),
            happened: format!("{}{}", in_program(error, &trial.program), after_printing(&run.printed)),
        },
        None if expected == printed => Verdict::Proven { ms: run.took_ms },
        None => Verdict::Contradicted { expected: printing(&expected), happened: printing(&printed) },
    }
}

fn claim(name: &str, expected: bool, run: &Run) -> Judged {
    let verdict = match run.claims.get(name) {
        Some(Truth::Known { value, .. }) if *value == expected => Verdict::Proven { ms: run.took_ms },
        Some(Truth::Known { value, shown }) => {
            let reason = if shown.is_empty() { String::new() } else { format!(": {shown}") };
            Verdict::Contradicted { expected: truth(expected), happened: format!("{}{reason}", truth(*value)) }
        }
        Some(Truth::Unknown { error }) => Verdict::Broken { what: format!("its claim says nothing: {error}") },
        None => Verdict::Broken { what: "its claim was not answered".to_owned() },
    };
    Judged { about: name.to_owned(), verdict }
}

fn truth(value: bool) -> String {
    if value { "the claim is true".to_owned() } else { "the claim is false".to_owned() }
}

fn printing(text: &str) -> String {
    if text.is_empty() { "it prints nothing".to_owned() } else { format!("it prints\n{text}") }
}

fn after_printing(printed: &str) -> String {
    let printed = comparable(printed);
    let lines: Vec<&str> = printed.lines().collect();
    match lines.as_slice() {
        [] => String::new(),
        [line] => format!("\nafter it printed {line}"),
        [.., last] => format!("\nafter it printed {} lines, the last one {last}", lines.len()),
    }
}

fn first_line(error: &Raised) -> String {
    format!("{}: {}", error.name, error.text.lines().next().unwrap_or_default())
}

/// An error with the line of the program that it came from.
fn in_program(error: &Raised, program: &str) -> String {
    let said = if error.text.is_empty() { error.name.clone() } else { first_line(error) };
    let place = error.line.and_then(|number| {
        let line = program.lines().nth(number.checked_sub(1)? as usize)?;
        Some(format!(" in line {number}: {}", line.trim()))
    });
    said + &place.unwrap_or_default()
}

/// What a lesson says about its programs, those inside lists and quotations included. A program without an `output`
/// below it prints nothing.
fn trials_of(body: &Prose) -> Vec<Trial> {
    let mut trials = Vec::new();
    collect(&body.0, &mut trials);
    trials
}

fn collect(blocks: &[Block], trials: &mut Vec<Trial>) {
    for block in blocks {
        match block {
            Block::Code(code) => {
                let expect = match &code.expect {
                    None => continue,
                    Some(Expect::Passes) => Outcome::Prints(code.output.clone().unwrap_or_default()),
                    Some(Expect::Fails(error)) => {
                        Outcome::FailsWith { error: error.clone(), prints: code.output.clone() }
                    }
                };
                let about = format!("program {}", trials.len() + 1);
                trials.push(Trial { about, program: code.text(), expect });
            }
            Block::Quote(inner) | Block::Callout { body: inner, .. } | Block::Footnote { body: inner, .. } => {
                collect(inner, trials);
            }
            Block::List { items, .. } => items.iter().for_each(|item| collect(&item.blocks, trials)),
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::Check(_)
            | Block::Diagram(_)
            | Block::Steps(_)
            | Block::Table { .. }
            | Block::Rule => {}
        }
    }
}
