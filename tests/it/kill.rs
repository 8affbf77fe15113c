//! Killed at any moment, the program loses no answer that it has shown as accepted.

use super::pty::{ENTER, Session, shows_one};
use flaskdojo::progress::sqlite::SqliteStore;
use flaskdojo::progress::store::{Position, Store};
use flaskdojo::question::shuffle::Shuffle;
use flaskdojo::study::entry::Event;
use std::path::Path;
use std::time::Duration;

const ROUNDS: u64 = 50;
/// A question with options to pick from, so that one key answers it.
const QUESTION: &str = "hello.name";
const COURSE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/courses/tiny");
/// The verdict stands on the screen only when the answer is on disk.
const VERDICTS: [&str; 3] = ["RIGHT", "WRONG", "PARTLY"];
/// From the key to the verdict it takes a few milliseconds: most kills fall into that time.
const MOMENTS_US: u64 = 12_000;

#[test]
fn killed_at_any_moment_it_keeps_every_answer_that_was_accepted() {
    let data = tempfile::tempdir().unwrap();
    let mut moments: Vec<u64> = (0..ROUNDS).map(|round| round * MOMENTS_US / ROUNDS).collect();
    Shuffle(7).arrange(&mut moments);
    let mut accepted = 0;
    for (round, moment) in moments.into_iter().enumerate() {
        let mut session =
            Session::run(&["--course", COURSE, "--data", data.path().to_str().unwrap(), "drill", QUESTION]);
        session.expect_one(&["1 of 1"]);
        session.keys("1");
        session.expect_one(&["Enter answer"]);
        session.keys(ENTER);
        session.let_run(Duration::from_micros(moment));
        session.signal(libc::SIGKILL);
        session.end();
        accepted += usize::from(shows_one(&session.screen(), &VERDICTS));
        let kept = answers(data.path());
        assert!(kept >= accepted, "round {round}: {accepted} were accepted, {kept} are there");
        assert!(kept <= round + 1, "round {round}: {kept} are there");
    }
}

fn answers(data: &Path) -> usize {
    let log = SqliteStore::open(data, "tiny").unwrap().since(Position(0)).unwrap();
    log.iter().filter(|(_, entry)| matches!(entry.event, Event::Answered(_))).count()
}
