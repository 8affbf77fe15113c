//! The settings as the README shows them, and as they are kept by the program.

use crate::pty::{ENTER, ESC, Session};
use flaskdojo::settings::file;
use flaskdojo::tui::keymap::Keymap;

#[test]
fn the_readme_shows_settings_that_make_sense() {
    let readme = include_str!("../../README.md");
    let example = readme.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let told = file::parse(example);
    let (keymap, refused) = Keymap::new(&told.settings.keys);
    assert_eq!((told.complaints, refused), (Vec::new(), Vec::new()));
    assert_ne!(keymap, Keymap::default());
}

#[test]
fn a_change_is_kept_in_the_folder_for_progress() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("settings.toml");
    std::fs::write(&file, "# mine\nmeasure = 60 # narrow\nwings = 2\n").unwrap();
    let mut session = Session::start(data.path(), &[]);
    session.expect("settings: line 3: there is no option “wings”");
    session.keys(",");
    session.expect("60 columns");
    session.keys(ENTER);
    session.expect("‹ dark ›");
    session.keys(ESC);
    session.expect("Start the first lesson");
    session.keys("q");
    session.end();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "# mine\nmeasure = 60 # narrow\nwings = 2\ntheme = \"dark\"\n");
}

#[test]
fn an_unreadable_file_stops_nothing() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("settings.toml"), "theme = [").unwrap();
    let mut session = Session::start(data.path(), &["--theme", "light"]);
    session.expect("settings: line 1 is no TOML");
    session.keys("q");
    session.end();
}
