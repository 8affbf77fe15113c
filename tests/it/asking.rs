//! What is asked of a terminal, what it says, and what is never asked of a person: keys that a multiplexer takes away.

use super::pty::{ENTER, End, Session};
use std::path::Path;
use vt100::Color;

/// The question for the background.
const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";
/// The page of the themes, among 256 colours.
const DARK: Color = Color::Idx(234);
const LIGHT: Color = Color::Idx(231);

fn quit(mut session: Session) {
    session.keys("q");
    assert_eq!(session.end(), End::Code(0));
    session.given_back();
}

#[test]
fn a_terminal_that_says_it_is_light_gets_the_light_theme_and_is_remembered() {
    let data = tempfile::tempdir().unwrap();
    let mut session = Session::start(data.path(), &[]);
    session.expect("Start the first lesson");
    session.expect_background(0, 0, DARK);
    session.expect_bytes(QUESTION, 1);
    session.keys("\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\");
    session.expect_background(0, 0, LIGHT);
    quit(session);

    // Whoever does not answer is what it was the last time.
    let session = Session::start(data.path(), &[]);
    session.expect("Start the first lesson");
    session.expect_background(0, 0, LIGHT);
    quit(session);

    // What somebody chose is above what a terminal says.
    let mut session = Session::start(data.path(), &["--theme", "dark"]);
    session.expect("Start the first lesson");
    session.keys("\x1b]11;rgb:ffff/ffff/ffff\x07");
    session.keys("?");
    session.expect("Keys: home");
    session.expect_background(0, 0, DARK);
    session.keys("?");
    quit(session);
}

#[test]
fn it_is_asked_again_when_its_window_comes_to_the_front() {
    let data = tempfile::tempdir().unwrap();
    let mut session = Session::start(data.path(), &[]);
    session.expect("Start the first lesson");
    session.keys("\x1b]11;rgb:0/0/0\x07\x1b[O\x1b[I");
    session.expect_bytes(QUESTION, 2);
    session.keys("\x1b]11;rgb:f/f/f\x07");
    session.expect_background(0, 0, LIGHT);
    quit(session);
}

#[test]
fn who_would_show_the_question_is_not_asked() {
    for variables in [[("TERM", "linux")], [("NO_COLOR", "1")]] {
        let data = tempfile::tempdir().unwrap();
        let session = Session::start_with(data.path(), &variables);
        session.expect("Start the first lesson");
        assert!(!session.wrote(QUESTION), "{variables:?}");
        quit(session);
    }
}

#[test]
fn text_pasted_without_a_word_is_not_taken_for_keys() {
    let data = tempfile::tempdir().unwrap();
    let mut session = Session::start(data.path(), &[]);
    session.expect("Start the first lesson");
    session.keys("quit all of this, please\rquit\r");
    session.expect("Pasted text is not taken for keys");
    session.expect("Start the first lesson");
    // In a field it is text: its first line.
    session.keys(":");
    session.expect("Go to or do");
    session.keys("how a path finds\rquit\r");
    session.expect("> how a path finds");
    session.keys(ENTER);
    session.expect("How a path finds its view");
    quit(session);
}

#[test]
fn a_shell_can_stop_it_and_let_it_go_on() {
    let data = tempfile::tempdir().unwrap();
    let mut session = Session::shell();
    session.expect("ready>");
    let course = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/courses/tiny");
    let program = env!("CARGO_BIN_EXE_flaskdojo");
    session.keys(&format!("{program} --course {course} --data {}{ENTER}", folder(data.path())));
    session.expect("Start the first lesson");
    for prompts in [2, 3] {
        session.keys("\x1a");
        session.expect_bytes(b"ready> ", prompts);
        assert!(!session.screen().contains("Start the first lesson"));
        session.given_back();
        session.keys(&format!("fg{ENTER}"));
        session.expect("Start the first lesson");
    }
    session.keys("q");
    session.expect_bytes(b"ready> ", 4);
    session.given_back();
    session.keys(&format!("exit{ENTER}"));
    session.end();
}

fn folder(path: &Path) -> &str {
    path.to_str().unwrap()
}
