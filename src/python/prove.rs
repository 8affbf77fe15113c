//! From what programs did to verdicts. Nothing here runs anything.

use super::hidden;
use super::item::{Ends, Expected, Item, Sort, Statement};
use super::program::{Place, Program, Raised, Report, Run, Tests, Tried, Truth};
use crate::course::clinic::Sign;
use crate::course::xray::Event;
use crate::question::text::printed as comparable;
use crate::question::trial::Outcome;
use std::collections::{BTreeSet, HashMap};

/// What was concluded about one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Which statement: an option's id, an accepted text, a program of a lesson.
    pub about: String,
    /// What was concluded.
    pub verdict: Verdict,
    /// Where an author should look first.
    pub at: Option<Line>,
}

/// Where something went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// In this line, from 1, of this text: a program, or what it should have printed.
    Text(String, u32),
    /// In this claim, around which a kind of question may have put something.
    Claim(String),
    /// In this file of the lab, from `start`, `solution`, `wrong` or `check`, and this line, from 1.
    Lab(String, u32),
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

/// How long the processor may work for the tests of a lab: whoever saves a file waits for them.
const TESTS_MAX_MS: u32 = 2000;

impl Verdict {
    /// Whether it is so.
    pub fn is_proven(&self) -> bool {
        matches!(self, Verdict::Proven { .. })
    }
}

/// The verdicts about an item: one for each statement.
pub fn judge(item: &Item, runs: &Runs) -> Vec<Judged> {
    if item.statements.is_empty() && item.unproved.is_none() && item.sort != Sort::Lesson {
        let what = "it has no proof, and no reason for that".to_owned();
        return vec![Judged { about: "proof".to_owned(), verdict: Verdict::Broken { what }, at: None }];
    }
    item.statements.iter().flat_map(|statement| judge_one(statement, runs)).collect()
}

/// The verdicts about one statement: one for each claim, or one for the program.
pub fn judge_one(statement: &Statement, runs: &Runs) -> Vec<Judged> {
    let code = &statement.program.code;
    let one = |verdict: Verdict, at: Option<Line>| vec![Judged { about: statement.about.clone(), verdict, at }];
    let Some(run) = runs.get(&statement.program) else {
        return one(Verdict::Broken { what: "its program was not run".to_owned() }, None);
    };
    if let Some(stop) = &run.stopped {
        let what = format!("{}{}", stop.text, after_printing(&run.printed));
        return one(Verdict::Broken { what }, None);
    }
    let line = || Some(Line::Text(code.clone(), run.error.as_ref()?.line.or_else(|| hidden::line(run, code))?));
    match &statement.expected {
        Expected::Outcome(Outcome::Claims(claims)) => match &run.error {
            Some(error) => {
                let what = format!("its program ended with {}{}", in_program(error, code), hidden::told(run, code));
                one(Verdict::Broken { what }, line())
            }
            None => claims.iter().map(|(name, claim, truth)| claimed(name, claim, *truth, code, run)).collect(),
        },
        Expected::Outcome(outcome) => {
            one(outcome_of(outcome, code, run), line().or_else(|| other_line(outcome, run, code)))
        }
        Expected::Ill(signs) => one(ill(signs, code, run), line()),
        Expected::Healthy(signs) => one(healthy(signs, code, run), line()),
        Expected::Trace(asked) => one(traced(asked, code, run), line()),
        Expected::Tests(ends, names) => tests(statement, *ends, names, run),
    }
}

fn outcome_of(outcome: &Outcome, code: &str, run: &Run) -> Verdict {
    match outcome {
        Outcome::Passes => passes(code, run),
        Outcome::Fails => fails(run),
        Outcome::FailsWith { error, prints } => fails_with(code, run, error, prints.as_deref()),
        Outcome::Prints(text) => prints(code, run, text),
        Outcome::Claims(_) => Verdict::Broken { what: "its claims were not looked at".to_owned() },
    }
}

/// The first line that should have been printed and was not; else where the program begins.
fn other_line(outcome: &Outcome, run: &Run, code: &str) -> Option<Line> {
    let begin = Some(Line::Text(code.to_owned(), 1));
    let Outcome::Prints(text) = outcome else { return begin };
    let (expected, printed) = (comparable(text), comparable(&run.printed));
    let same = expected.lines().zip(printed.lines()).take_while(|(one, other)| one == other).count();
    if same >= expected.lines().count() {
        return begin;
    }
    u32::try_from(same + 1).ok().map(|line| Line::Text(expected, line))
}

fn passes(code: &str, run: &Run) -> Verdict {
    match &run.error {
        None => Verdict::Proven { ms: run.took_ms },
        Some(error) => Verdict::Contradicted {
            expected: "it runs without an error".to_owned(),
            happened: in_program(error, code) + &hidden::told(run, code),
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

fn fails_with(code: &str, run: &Run, name: &str, prints: Option<&str>) -> Verdict {
    let expected = format!("it ends with {name}");
    let happened = match &run.error {
        None => format!("it runs without an error{}", after_printing(&run.printed)),
        Some(error) if error.name != name => in_program(error, code),
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

fn prints(code: &str, run: &Run, text: &str) -> Verdict {
    let (expected, printed) = (comparable(text), comparable(&run.printed));
    match &run.error {
        Some(error) => Verdict::Contradicted {
            expected: printing(&expected),
            happened: format!("{}{}{}", in_program(error, code), after_printing(&run.printed), hidden::told(run, code)),
        },
        None if expected == printed => Verdict::Proven { ms: run.took_ms },
        None => Verdict::Contradicted {
            expected: printing(&expected),
            happened: printing(&printed) + &hidden::told(run, code),
        },
    }
}

fn claimed(name: &str, claim: &str, expected: bool, code: &str, run: &Run) -> Judged {
    let mut at = Some(Line::Claim(claim.to_owned()));
    let verdict = match run.claims.get(name) {
        Some(Truth::Known { value, .. }) if *value == expected => Verdict::Proven { ms: run.took_ms },
        Some(Truth::Known { value, seen, .. }) => {
            let seen: Vec<String> = seen.iter().map(|(code, value)| format!("{code} is {value}")).collect();
            let reason = if seen.is_empty() { String::new() } else { format!(": {}", seen.join("; ")) };
            at = hidden::line(run, code).map(|line| Line::Text(code.to_owned(), line)).or(at);
            let happened = format!("{}{reason}{}", truth(*value), hidden::told(run, code));
            Verdict::Contradicted { expected: truth(expected), happened }
        }
        Some(Truth::Unknown { error }) => {
            Verdict::Broken { what: format!("its claim says nothing: {error}{}", hidden::told(run, code)) }
        }
        None => Verdict::Broken { what: "its claim was not answered".to_owned() },
    };
    Judged { about: name.to_owned(), verdict, at }
}

/// All that a program says: its error with the traceback, what it printed, what it complained about.
fn said(run: &Run) -> String {
    let error = run.error.as_ref();
    let error = error.map(|error| format!("{}{}: {}\n", error.frames, error.name, error.text)).unwrap_or_default();
    format!("{error}{}\n{}", run.printed, run.complained)
}

fn ill(signs: &[Sign], code: &str, run: &Run) -> Verdict {
    let said = said(run);
    if signs.iter().any(|sign| sign.is_in(&said)) {
        return Verdict::Proven { ms: run.took_ms };
    }
    let signs: Vec<String> = signs.iter().map(|sign| format!("`{}`", sign.written())).collect();
    let happened = match &run.error {
        Some(error) => in_program(error, code) + &hidden::told(run, code),
        None => format!("it runs without an error{}{}", after_printing(&run.printed), hidden::told(run, code)),
    };
    Verdict::Contradicted { expected: format!("it says one of {}", signs.join(", ")), happened }
}

fn healthy(signs: &[Sign], code: &str, run: &Run) -> Verdict {
    let said = said(run);
    match (&run.error, signs.iter().find(|sign| sign.is_in(&said))) {
        (None, None) => Verdict::Proven { ms: run.took_ms },
        (Some(_), _) => passes(code, run),
        (None, Some(sign)) => Verdict::Contradicted {
            expected: "nothing of `matches` is said any more".to_owned(),
            happened: format!("it still says `{}`", sign.written()),
        },
    }
}

fn traced(asked: &[Event], code: &str, run: &Run) -> Verdict {
    let Some(Report::Trace(trace)) = &run.report else {
        let why = run.error.as_ref().map_or("nothing was recorded".to_owned(), |error| in_program(error, code));
        return Verdict::Broken { what: format!("its request could not be followed: {why}") };
    };
    let before_last = &trace.steps[..trace.steps.len().saturating_sub(1)];
    match asked.iter().find(|event| !before_last.iter().any(|step| step.event == **event)) {
        None => Verdict::Proven { ms: run.took_ms },
        Some(event) => {
            let happened: Vec<&str> = trace.steps.iter().map(|step| step.event.word()).collect();
            let raised = trace.raised.as_ref().map(|raised| format!("; then {raised}")).unwrap_or_default();
            let expected = format!("`{}` happens, and something after it", event.word());
            Verdict::Contradicted { expected, happened: format!("{}{raised}", happened.join(", ")) }
        }
    }
}

fn tests(statement: &Statement, ends: Ends, names: &[String], run: &Run) -> Vec<Judged> {
    let verdict_at = |(verdict, at)| vec![Judged { about: statement.about.clone(), verdict, at }];
    let Some(Report::Tests(tests)) = &run.report else {
        let why = run.error.as_ref().map(first_line).unwrap_or("nobody told what they came to".to_owned());
        return verdict_at((Verdict::Broken { what: format!("its tests could not be run: {why}") }, None));
    };
    verdict_at(verdict_of_tests(&statement.about, tests, ends, names, run))
}

fn verdict_of_tests(folder: &str, tests: &Tests, ends: Ends, names: &[String], run: &Run) -> (Verdict, Option<Line>) {
    let at = |place: &Place| {
        let file =
            if place.file.starts_with("check/") { place.file.clone() } else { format!("{folder}/{}", place.file) };
        Some(Line::Lab(file, place.line?))
    };
    let every_test_passes = || "every test passes".to_owned();
    if let Some(trouble) = &tests.trouble {
        let what = in_file(trouble);
        // A file that is no Python fails for no reason worth telling.
        let is_unreadable = ["SyntaxError", "IndentationError", "TabError", "NoTests"].contains(&trouble.name.as_str());
        let verdict = match ends {
            Ends::Well => Verdict::Contradicted { expected: every_test_passes(), happened: what },
            Ends::Badly if is_unreadable => Verdict::Broken { what: format!("its tests can't be run: {what}") },
            Ends::Badly => Verdict::Proven { ms: run.took_ms },
        };
        return (verdict, at(trouble));
    }
    if let Some(what) = other_tests(tests, names) {
        return (Verdict::Broken { what }, None);
    }
    let failed = tests.done.iter().find(|test| test.outcome != Tried::Passed);
    match (ends, failed) {
        (Ends::Badly, Some(_)) => (Verdict::Proven { ms: run.took_ms }, None),
        (Ends::Badly, None) => {
            let expected = "a test fails".to_owned();
            (Verdict::Contradicted { expected, happened: every_test_passes() }, None)
        }
        (Ends::Well, Some(test)) => {
            let why = test.error.as_ref().map_or("it was skipped".to_owned(), in_file);
            let happened = format!("“{}” ({}): {why}", test.says, test.name);
            let line = test.error.as_ref().and_then(at);
            (Verdict::Contradicted { expected: every_test_passes(), happened }, line)
        }
        (Ends::Well, None) if run.cpu_ms > TESTS_MAX_MS => {
            let expected = format!("its tests take {TESTS_MAX_MS} ms at most");
            (Verdict::Contradicted { expected, happened: format!("they took {} ms", run.cpu_ms) }, None)
        }
        (Ends::Well, None) => (Verdict::Proven { ms: run.took_ms }, None),
    }
}

/// The tests that pytest runs must be those whose sentences the learner sees.
fn other_tests(tests: &Tests, names: &[String]) -> Option<String> {
    let known: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let done: Vec<String> = tests.done.iter().map(|test| format!("{}::{}", test.file, test.name)).collect();
    let done: BTreeSet<&str> = done.iter().map(|name| name.split('[').next().unwrap_or(name)).collect();
    let told = |names: Vec<&&str>| names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let (lost, strange) = (told(known.difference(&done).collect()), told(done.difference(&known).collect()));
    match (lost.is_empty(), strange.is_empty()) {
        (true, true) => None,
        (false, _) => Some(format!("pytest does not run {lost}")),
        (true, false) => Some(format!("pytest also runs {strange}, which has no line `def test_…` of its own")),
    }
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

/// An error with the file and the line that it came from.
fn in_file(place: &Place) -> String {
    let Place { name, text, file, line } = place;
    let said = if text.is_empty() { name.clone() } else { format!("{name}: {}", text.trim_end()) };
    match line {
        Some(line) if !file.is_empty() => format!("{said}\n({file}, line {line})"),
        Some(_) | None => said,
    }
}
