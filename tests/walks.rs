//! Walks: stories of somebody at a terminal, each a file in `tests/walks/`.
//!
//! A walk is Markdown. A fence `keys` presses keys; a fence `screen 80x24` holds what is on the screen then, in a window of
//! that size; a fence `log` holds what has been written to the log since the last one. The walk is played once for each
//! size that occurs in it. Walks in `real/` use the course that comes with the program (README shows their screens), those
//! in `tiny/` and `forms/` the courses of that name in `tests/courses`, which no author changes. `UPDATE=1 cargo test --test walks` rewrites the fences; a person reads the difference.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod harness;

use flaskdojo::course::Course;
use flaskdojo::study::entry::{Entry, Event};
use flaskdojo::tui::message::Size;
use harness::Player;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Arc, OnceLock};

fn walk(path: &Path) -> datatest_stable::Result<()> {
    let story = std::fs::read_to_string(path)?;
    let parts = parts(&story);
    let mut sizes: Vec<(u16, u16)> = Vec::new();
    for part in &parts {
        if let Some(size) = part.size()
            && !sizes.contains(&size)
        {
            sizes.push(size);
        }
    }
    assert!(!sizes.is_empty(), "{}: a walk needs a `screen` fence", path.display());
    let mut played: Vec<String> = parts.iter().map(|part| part.body.clone()).collect();
    for size in sizes {
        play(&course(path), &parts, size, &mut played);
    }
    let mut told = String::new();
    for (part, body) in parts.iter().zip(&played) {
        match &part.info {
            Some(info) => write!(told, "```{info}\n{body}```\n")?,
            None => told.push_str(body),
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, told)?;
        return Ok(());
    }
    for (part, body) in parts.iter().zip(&played) {
        let info = part.info.as_deref().unwrap_or("");
        assert!(
            part.body == *body,
            "{}: the fence `{info}` says\n{}\nbut there is\n{}\n(UPDATE=1 rewrites it)",
            path.display(),
            part.body,
            body
        );
    }
    Ok(())
}

/// A fence, or the text between two.
struct Part {
    info: Option<String>,
    body: String,
}

impl Part {
    /// The window of a `screen` fence.
    fn size(&self) -> Option<(u16, u16)> {
        let (width, height) = self.info.as_ref()?.strip_prefix("screen ")?.split_once('x')?;
        Some((width.parse().ok()?, height.parse().ok()?))
    }
}

fn parts(story: &str) -> Vec<Part> {
    let mut parts = vec![Part { info: None, body: String::new() }];
    for line in story.split_inclusive('\n') {
        let inside = parts.last().is_some_and(|part| part.info.is_some());
        match line.trim_end().strip_prefix("```") {
            Some("") if inside => parts.push(Part { info: None, body: String::new() }),
            Some(info) if !inside => parts.push(Part { info: Some(info.to_owned()), body: String::new() }),
            _ => {
                if let Some(part) = parts.last_mut() {
                    part.body.push_str(line);
                }
            }
        }
    }
    parts
}

fn play(course: &Arc<Course>, parts: &[Part], (width, height): (u16, u16), played: &mut [String]) {
    let look = harness::PLAIN;
    let mut player = Player::with(course.clone(), Vec::new(), Size { width, height }, look);
    let mut logged = 0;
    for (part, body) in parts.iter().zip(played) {
        match part.info.as_deref() {
            Some("keys") => player.keys(&part.body),
            Some("log") => {
                *body = player.log[logged..].iter().map(|entry| line(entry) + "\n").collect();
                logged = player.log.len();
            }
            Some(_) if part.size() == Some((width, height)) => *body = player.screen(),
            Some(_) | None => {}
        }
    }
}

/// An entry in a line that a person can read.
fn line(entry: &Entry) -> String {
    match &entry.event {
        Event::Started { plan, .. } => format!("started {:?} with {} questions", plan.about, plan.questions.len()),
        Event::Answered(attempt) => {
            let confidence = attempt.confidence.map_or(String::new(), |confidence| format!(", {confidence:?}"));
            format!("answered {}: {:?}{confidence}", attempt.question, attempt.verdict)
        }
        Event::Finished { .. } => "finished".into(),
        Event::Reached { lesson, block } => format!("reached {lesson}, block {block}"),
        Event::Marked(mark) => format!("marked {mark:?}"),
        Event::Unmarked(mark) => format!("unmarked {mark:?}"),
        Event::Read { lesson, .. } => format!("read {lesson}"),
        Event::Undone { question } => format!("took back {question}"),
        Event::Graded { question, grade } => format!("graded {question} as {}", grade.word()),
        Event::Rated { rated, .. } => format!("answered {} {}: {} met", rated.prompt, rated.turn, rated.met.len()),
        Event::Drafted { question, answer, .. } => format!("wrote {answer:?} to {question}"),
        other @ (Event::Goal { .. } | Event::Away { .. } | Event::Tuned { .. } | Event::Placed { .. }) => {
            format!("{other:?}")
        }
    }
}

fn course(walk: &Path) -> Arc<Course> {
    static REAL: OnceLock<Arc<Course>> = OnceLock::new();
    static TINY: OnceLock<Arc<Course>> = OnceLock::new();
    static FORMS: OnceLock<Arc<Course>> = OnceLock::new();
    let lies_in = |name: &str| walk.parent().is_some_and(|folder| folder.ends_with(name));
    if lies_in("real") {
        REAL.get_or_init(|| Arc::new(flaskdojo::builtin::course())).clone()
    } else if lies_in("forms") {
        FORMS.get_or_init(|| of_tests("forms")).clone()
    } else {
        TINY.get_or_init(|| of_tests("tiny")).clone()
    }
}

fn of_tests(name: &str) -> Arc<Course> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses").join(name);
    Arc::new(flaskdojo::content::load::course(&folder).expect("a course for tests has no mistakes").into_course())
}

datatest_stable::harness! { { test = walk, root = "tests/walks", pattern = r"\.md$" } }
