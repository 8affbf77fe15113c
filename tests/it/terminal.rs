//! A learner at a real terminal: start, learn, answer, quit, start again. And every way to end.

use super::pty::{ENTER, ESC, End, Session};
use flaskdojo::progress::migrate::FORMAT;
use flaskdojo::progress::sqlite::{FILE, SqliteStore};
use flaskdojo::progress::store::{Position, Store};
use flaskdojo::study::entry::Event;
use rusqlite::Connection;
use std::path::Path;

#[test]
fn what_was_learnt_is_there_at_the_next_start() {
    let data = tempfile::tempdir().unwrap();
    let mut session = Session::start(data.path(), &[]);
    session.expect("Start the first lesson");
    session.keys(ENTER);
    session.expect("How little is enough?");
    session.keys(" ");
    let right = session.digit("Where the app looks for its templates");
    session.keys(&right);
    session.expect("Enter answer");
    session.keys(ENTER);
    session.expect("RIGHT");
    session.expect("saved");
    session.keys("q");
    assert_eq!(session.end(), End::Code(0));
    assert_eq!(session.given_back().trim(), "");

    let mut session = Session::start(data.path(), &[]);
    session.expect("you stopped at");
    let home = session.expect("1 answer, 1 right");
    assert!(home.contains("The smallest app"), "{home}");
    session.keys(ENTER);
    session.expect("right last time");
    session.keys(ESC);
    session.expect("1 answer, 1 right");
    session.keys("q");
    assert_eq!(session.end(), End::Code(0));
}

#[test]
fn questions_left_in_the_middle_go_on_where_they_were() {
    let data = tempfile::tempdir().unwrap();
    let mut session = Session::start(data.path(), &["drill", "app", "--seed", "7"]);
    let first = session.expect("1 of 4");
    session.keys("1");
    session.keys(ENTER);
    session.expect("saved");
    session.keys("\x03");
    assert_eq!(session.end(), End::Code(0));

    let mut session = Session::start(data.path(), &[]);
    session.expect("go on");
    session.keys(ENTER);
    // A question that went wrong is not done: it comes again.
    let second = session.expect_one(&["2 of 4", "1 of 4 · 0 right"]);
    let asked = |screen: &str| screen.lines().nth(3).unwrap().to_owned();
    assert_ne!(asked(&first), asked(&second));
    session.keys("\x03");
    assert_eq!(session.end(), End::Code(0));
}

#[test]
fn a_window_of_another_size_is_filled_at_once() {
    let data = tempfile::tempdir().unwrap();
    let mut session = Session::start(data.path(), &[]);
    session.expect("Start the first lesson");
    session.resize(120, 40);
    session.expect("Start the first lesson");
    for (size, shown) in [((40, 12), "Look around"), ((20, 5), "This window is"), ((80, 24), "works offline")] {
        session.resize(size.0, size.1);
        session.expect(shown);
    }
    // Keys that come in the same instant as a size are neither lost nor late.
    for _ in 0..20 {
        session.resize(100, 30);
        session.keys("?");
        session.expect("Keys: home");
        session.resize(80, 24);
        session.keys("?");
        session.expect("works offline");
    }
    session.keys("q");
    assert_eq!(session.end(), End::Code(0));
}

#[test]
fn whatever_ends_it_the_terminal_is_as_it_was() {
    for signal in [libc::SIGTERM, libc::SIGINT, libc::SIGHUP, libc::SIGQUIT] {
        let data = tempfile::tempdir().unwrap();
        let mut session = Session::start(data.path(), &[]);
        session.expect("Start the first lesson");
        session.signal(signal);
        assert!(matches!(session.end(), End::Signal(_)), "{signal}");
        assert!(session.took_the_screen());
        assert_eq!(session.given_back().trim(), "", "{signal}");
    }
}

#[test]
fn without_a_terminal_it_ends() {
    let data = tempfile::tempdir().unwrap();
    let mut session = Session::start(data.path(), &["drill", "app"]);
    session.expect("1 of 4");
    session.close();
    assert_ne!(session.end(), End::Code(101), "a panic");
}

#[test]
fn after_a_stop_everything_is_drawn_again() {
    let data = tempfile::tempdir().unwrap();
    let mut session = Session::start(data.path(), &[]);
    session.expect("Start the first lesson");
    session.signal(libc::SIGSTOP);
    session.wipe();
    session.signal(libc::SIGCONT);
    session.expect("Start the first lesson");
    // Without a shell that could continue it, Ctrl-Z only draws anew.
    session.wipe();
    session.keys("\x1a");
    session.expect("Start the first lesson");
    session.keys("q");
    assert_eq!(session.end(), End::Code(0));
}

#[test]
fn two_copies_at_once_keep_what_both_learn() {
    let data = tempfile::tempdir().unwrap();
    let mut copies = [(); 2].map(|()| Session::start(data.path(), &["drill", "app"]));
    for session in &mut copies {
        session.expect("1 of 4");
        session.keys("1");
        session.keys(ENTER);
        session.expect("saved");
    }
    for session in &mut copies {
        session.keys("\x03");
        assert_eq!(session.end(), End::Code(0));
    }
    Session::start(data.path(), &[]).expect("2 answers");
}

#[test]
fn a_newer_progress_file_is_refused_with_words() {
    let data = tempfile::tempdir().unwrap();
    drop(SqliteStore::open(data.path(), "tiny").unwrap());
    let file = Connection::open(data.path().join(FILE)).unwrap();
    file.pragma_update(None, "user_version", FORMAT + 1).unwrap();
    drop(file);
    let mut session = Session::start(data.path(), &[]);
    assert_eq!(session.end(), End::Code(3));
    let told = session.given_back().replace('\n', " ");
    assert!(told.contains("was written by a newer flaskdojo"), "{told}");
    assert!(!session.took_the_screen());
}

#[test]
fn a_lesson_that_is_not_there_is_refused_with_a_better_name() {
    let data = tempfile::tempdir().unwrap();
    let mut session = Session::start(data.path(), &["learn", "hello.ap"]);
    assert_eq!(session.end(), End::Code(2));
    let told = session.given_back().replace('\n', " ");
    assert!(told.contains("did you mean “hello.app”?"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn what_waits_for_the_disk_is_written_once_when_the_program_ends() {
    let data = tempfile::tempdir().unwrap();
    let mut session = Session::limited(data.path(), &["drill", "app"]);
    session.expect("Not saving");
    session.keys("1");
    session.keys(ENTER);
    session.expect("Trying again");
    session.unlimit();
    session.keys("\x03");
    assert_eq!(session.end(), End::Code(0));
    assert_eq!(answers(data.path()), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn what_could_not_be_written_is_told_at_the_end() {
    let data = tempfile::tempdir().unwrap();
    let mut session = Session::limited(data.path(), &["drill", "app"]);
    session.expect("Not saving");
    session.keys("1");
    session.keys(ENTER);
    session.expect("Trying again");
    session.keys("\x03");
    assert_eq!(session.end(), End::Code(1));
    let told = session.given_back();
    assert!(told.contains("could not be saved"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let data = tempfile::tempdir().unwrap();
    let mut session = Session::limited(data.path(), &["drill", "app"]);
    session.expect("Not saving");
    session.keys("1");
    session.keys(ENTER);
    session.expect("Trying again");
    session.unlimit();
    session.expect_one(&["RIGHT", "WRONG"]);
    session.keys("\x03");
    assert_eq!(session.end(), End::Code(0));
    assert_eq!(answers(data.path()), 1);
}

/// How many answers are on disk.
fn answers(data: &Path) -> usize {
    let log = SqliteStore::open(data, "tiny").unwrap().since(Position(0)).unwrap();
    log.iter().filter(|(_, entry)| matches!(entry.event, Event::Answered(_))).count()
}
