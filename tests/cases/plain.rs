//! A conversation in plain mode with the tiny course: what is typed, and all that is written.
//!
//! - the fence `start` says where it begins: `home`, `lesson ID`, `topic ID`, `module ID`, `question ID`, `exam QUESTIONS MINUTES`, `placement`, `review` or `mixed`;
//! - the fence `input` holds the lines that are typed; then the input ends;
//! - the fence `output` holds all that is written. A line `«…»` is not written but shows when something was put on disk.
//!   `UPDATE=1 cargo test --test cases` writes this fence anew: read what it changed.
//! - the optional fence `fails` holds the numbers of the appends (from 1) that the disk refuses.

use flaskdojo::content::load;
use flaskdojo::course::Course;
use flaskdojo::course::prompt::Seniority;
use flaskdojo::plain::interview::Wanted;
use flaskdojo::plain::{self, Echo, Means, Start};
use flaskdojo::progress::store::{Position, Store, StoreError};
use flaskdojo::study::entry::{About, Entry, Event};
use flaskdojo::study::exam::Rules;
use flaskdojo::study::learner::Learner;
use flaskdojo::study::moment::{Day, Moment, Timestamp};
use flaskdojo::study::today::Aim;
use std::cell::Cell;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

pub fn check(path: &Path, text: String) -> datatest_stable::Result<()> {
    let start = start(fence(&text, "start").ok_or("no fence `start`")?.trim());
    let input = fence(&text, "input").ok_or("no fence `input`")?;
    let fails = fence(&text, "fails").unwrap_or_default();
    let fails: Vec<usize> = fails.split_whitespace().map(|number| number.parse().unwrap()).collect();
    let wanted = fence(&text, "output").unwrap_or_default();
    let written = converse(start, &input, fails);
    if std::env::var_os("UPDATE").is_some() && written != wanted {
        let before = text.split("```output").next().unwrap_or(&text).trim_end();
        std::fs::write(path, format!("{before}\n\n```output\n{written}```\n"))?;
    } else if written != wanted {
        let line = written.lines().zip(wanted.lines()).position(|(a, b)| a != b).unwrap_or(0);
        let at = |text: &str| text.lines().nth(line).unwrap_or("(the end)").to_owned();
        return Err(format!("line {} is\n  {}\nbut should be\n  {}", line + 1, at(&written), at(&wanted)).into());
    }
    Ok(())
}

fn converse(start: Start, input: &str, fails: Vec<usize>) -> String {
    let page = Page::default();
    let mut store = Disk { page: page.clone(), appends: 0, fails };
    let ticks = Cell::new(0);
    // Wednesday, 25 November 2026, and five seconds more each time somebody looks.
    let clock = || {
        ticks.set(ticks.get() + 5_000);
        Moment { at: Timestamp(1_795_600_000_000 + ticks.get()), today: Day(20_782) }
    };
    let mut drawn = 0;
    let mut entropy = || {
        drawn += 1;
        drawn
    };
    let means = Means {
        store: &mut store,
        input: &mut input.as_bytes(),
        output: &mut page.clone(),
        echo: Echo::Written,
        clock: &clock,
        entropy: &mut entropy,
        aim: Aim::default(),
        seed: None,
    };
    plain::run(&tiny(), Learner::default(), means, start).unwrap();
    let written = page.0.lock().unwrap().clone();
    String::from_utf8(written).unwrap()
}

fn tiny() -> Course {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses/tiny");
    load::course(&root).unwrap().into_course()
}

fn start(words: &str) -> Start {
    match words.split_once(' ') {
        Some(("lesson", id)) => Start::Lesson(id.into()),
        Some(("topic", id)) => Start::Questions(About::Topic(id.into())),
        Some(("module", id)) => Start::Questions(About::Module(id.into())),
        Some(("question", id)) => Start::Questions(About::Single(id.into())),
        None if words == "mixed" => Start::Questions(About::Mixed),
        None if words == "review" => Start::Questions(About::Review),
        Some(("exam", numbers)) => {
            let numbers: Vec<u16> = numbers.split(' ').map(|number| number.parse().unwrap()).collect();
            Start::Exam(Rules { questions: numbers[0], minutes: numbers[1], ..Rules::default() })
        }
        Some(("interview", minutes)) => {
            let (level, minutes) = (Seniority::Junior, minutes.parse().unwrap());
            Start::Interview(Wanted { level, minutes, module: None })
        }
        None if words == "placement" => Start::Placement,
        None if words == "home" => Start::Home,
        _ => panic!("`{words}` is no place to start"),
    }
}

/// What stands in the first fence of a kind.
fn fence(text: &str, kind: &str) -> Option<String> {
    let opening = format!("```{kind}\n");
    let from = text.find(&opening)? + opening.len();
    let length = text[from..].find("```").unwrap_or(text.len() - from);
    Some(text[from..from + length].to_owned())
}

/// What was written, by plain mode and by the disk.
#[derive(Clone, Default)]
struct Page(Arc<Mutex<Vec<u8>>>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A disk that tells when it is written to.
struct Disk {
    page: Page,
    appends: usize,
    fails: Vec<usize>,
}

impl Store for Disk {
    fn append(&mut self, entries: &[Entry]) -> Result<Position, StoreError> {
        self.appends += 1;
        if self.fails.contains(&self.appends) {
            return Err(StoreError::Full { path: "/data/progress.db".into() });
        }
        for entry in entries {
            writeln!(self.page, "«{}»", name(&entry.event)).unwrap();
        }
        Ok(Position(0))
    }

    fn since(&mut self, _: Position) -> Result<Vec<(Position, Entry)>, StoreError> {
        Ok(Vec::new())
    }

    fn setting(&mut self, _: &str) -> Result<Option<String>, StoreError> {
        Ok(None)
    }

    fn set(&mut self, _: &str, _: &str) -> Result<(), StoreError> {
        Ok(())
    }
}

fn name(event: &Event) -> String {
    match event {
        Event::Started { plan, .. } => format!("on disk: began {} questions", plan.questions.len()),
        Event::Answered(attempt) => {
            let (hints, took) = (attempt.hints, attempt.took_ms);
            format!(
                "on disk: {} {:?} {:?}, {hints} hints, {took} ms",
                attempt.question, attempt.verdict, attempt.confidence
            )
        }
        Event::Finished { .. } => "on disk: questions done".to_owned(),
        Event::Reached { lesson, block } => format!("on disk: {lesson} at block {block}"),
        Event::Marked(mark) => format!("marked {mark:?}"),
        Event::Unmarked(mark) => format!("unmarked {mark:?}"),
        Event::Read { lesson, took_ms } => format!("on disk: read {lesson} in {took_ms} ms"),
        Event::Undone { question } => format!("on disk: {question} taken back"),
        Event::Graded { question, grade } => format!("on disk: {question} counts as {}", grade.word()),
        Event::Rated { rated, .. } => format!(
            "on disk: {} {}: {} met, {} missed, {} flags, {:?} in {} ms",
            rated.prompt,
            rated.turn,
            rated.met.len(),
            rated.missed.len(),
            rated.flags.len(),
            rated.said,
            rated.took_ms
        ),
        Event::Drafted { question, answer, .. } => format!("on disk: {question} {answer:?}"),
        Event::Goal { .. } | Event::Away { .. } | Event::Tuned { .. } | Event::Placed { .. } => format!("{event:?}"),
    }
}
