//! What was seen on real Flask and is shown to learners: written by a proof, read with the course, and never said of what
//! was not seen as it is now.
#![cfg(unix)]

use super::proofs::{environment, places, told_now};
use super::wide::harness::Player;
use flaskdojo::commands::content::Written;
use flaskdojo::commands::prove::places::Places;
use flaskdojo::commands::prove::record::{self, Keep};
use flaskdojo::commands::prove::{Earlier, Judgement, Keys, Order, prove};
use flaskdojo::content::folder::Folder;
use flaskdojo::content::load;
use flaskdojo::content::loaded::Loaded;
use flaskdojo::content::report::{Colour, Report};
use flaskdojo::course::recorded::FILE;
use flaskdojo::fault::FaultCode;
use flaskdojo::id::{LessonId, QuestionId, XrayId};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

fn own(dir: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(dir)
}

/// The files of a course.
fn files(dir: &Path) -> Folder {
    flaskdojo::content::folder::read(dir, &mut Report::new(dir))
}

/// A copy of a course, without what was recorded, and a place for what is made on the way.
fn copied(dir: &str) -> (TempDir, Places) {
    environment();
    let copy = tempfile::tempdir().unwrap();
    for (path, bytes) in files(&own(dir)).files.iter().filter(|(path, _)| !path.ends_with(FILE)) {
        let path = copy.path().join("course").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let cache = copy.path().join("cache");
    fs::create_dir(&cache).unwrap();
    std::os::unix::fs::symlink(places().environments(), cache.join("python-env")).unwrap();
    (copy, Places { cache, ..places() })
}

fn run(dir: &Path, places: &Places, only: Option<&str>) -> (Judgement, String) {
    let order = Order {
        dir,
        only,
        keys: Keys::OwnAndWrong,
        keep: Keep::Write,
        earlier: Earlier::Use,
        written: Written::Text(Colour::Off),
    };
    let mut out = Vec::new();
    let judgement = prove(order, places, &mut out, &mut |_| {}).unwrap();
    (judgement, String::from_utf8(out).unwrap())
}

/// Proves a course anew: every proof holds and could have failed, and what is recorded is what Flask shows.
fn is_as_recorded(dir: &str) {
    let (copy, places) = copied(dir);
    let course = copy.path().join("course");
    let (judgement, text) = run(&course, &places, None);
    assert_eq!(judgement, Judgement::Proven, "\n{text}");
    told_now(&format!("{dir}: {}", text.trim_end()));
    let loaded = load::course(&course).unwrap();
    assert_eq!(loaded.outline.ran_on, "3.1.3", "all of it was recorded");
    let (mut all, mut other) = (0, Vec::new());
    for module in &loaded.outline.modules {
        let (now, kept) = (record::read(&course, module.id.as_str()), record::read(&own(dir), module.id.as_str()));
        let mend = format!("{}: run `cargo run -- content prove {dir}`", module.id);
        let (now, kept) = (now.unwrap(), kept.expect(&mend));
        let numbers = |items: &BTreeMap<String, _>| items.keys().cloned().collect::<Vec<String>>();
        assert_eq!(numbers(&now.items), numbers(&kept.items), "{mend}");
        for (id, record) in &now.items {
            assert_eq!(kept.items[id].of, record.of, "{id} in {mend}");
            all += 1;
            // Another Python may say some things in other words.
            if now.python == kept.python && kept.items[id] != *record {
                other.push(format!("{id} in {mend}\n{record:#?}\n{:#?}", kept.items[id]));
            }
        }
    }
    // A busy machine may let a rare program about threads take another way than it took twice before.
    assert!(other.len() * 100 <= all, "{}", other.join("\n"));
}

#[test]
fn the_course_is_proven_and_each_proof_could_have_failed() {
    is_as_recorded("content");
}

#[test]
fn the_courses_for_tests_are_proven_and_each_proof_could_have_failed() {
    is_as_recorded("tests/courses/tiny");
    is_as_recorded("tests/courses/forms");
}

#[test]
fn a_part_that_is_proven_leaves_the_records_of_the_rest_alone() {
    let (copy, places) = copied("tests/courses/tiny");
    let course = copy.path().join("course");
    run(&course, &places, None);
    let file = course.join("01-hello").join(FILE);
    let all = fs::read_to_string(&file).unwrap();
    let lesson = course.join("01-hello/lessons/01-app.yaml");
    let text = fs::read_to_string(&lesson).unwrap();
    fs::write(&lesson, text.replace("minutes: 3", "minutes: 4")).unwrap();
    run(&course, &places, Some("hello.app"));
    assert_eq!(fs::read_to_string(&file).unwrap(), all, "nothing that is run has changed");

    fs::write(&lesson, text.replace("return \"hello\"", "return \"moin\"")).unwrap();
    let (judgement, _) = run(&course, &places, Some("hello.app"));
    assert_eq!(judgement, Judgement::Refuted);
    let recorded = record::read(&course, "01-hello").unwrap();
    assert!(!recorded.items.contains_key("hello.app") && recorded.items.contains_key("hello.name"));
    assert_eq!(load::course(&course).unwrap().outline.ran_on, "");
}

#[test]
fn what_has_changed_since_says_no_longer_that_it_ran() {
    let mut folder = files(&own("tests/courses/tiny"));
    let loaded = load::files(&folder).unwrap();
    let is_about = |loaded: &Loaded| loaded.warnings.iter().any(|it| it.code == FaultCode::NotRecorded);
    assert!(!is_about(&loaded));
    let course = loaded.into_course();
    assert_eq!(course.outline.ran_on, "3.1.3");
    let question = course.question(&QuestionId::from("hello.name")).unwrap();
    assert_eq!((question.ran_on.as_str(), question.shown.len()), ("3.1.3", 3));
    assert!(course.xray(&XrayId::from("xray.greeting")).unwrap().trace.is_some());

    let change = |folder: &mut Folder, path: &str, from: &str, to: &str| {
        let text = String::from_utf8(folder.files[path].clone()).unwrap();
        assert!(text.contains(from));
        folder.files.insert(path.to_owned(), text.replace(from, to).into_bytes());
    };
    change(&mut folder, "01-hello/questions/app.yaml", "client.get(\"/\").status_code != 200", "client is None");
    change(&mut folder, "01-hello/xray/greeting.yaml", "loud=1", "loud=2");
    change(&mut folder, "01-hello/lessons/01-app.yaml", "print(app", "print('', app");
    let loaded = load::files(&folder).unwrap();
    assert!(is_about(&loaded));
    let course = loaded.into_course();
    assert_eq!(course.outline.ran_on, "");
    let question = course.question(&QuestionId::from("hello.name")).unwrap();
    assert_eq!((question.ran_on.as_str(), question.shown.len()), ("", 0));
    assert_eq!(course.xray(&XrayId::from("xray.greeting")).unwrap().trace, None);
    assert_eq!(course.lesson(&LessonId::from("hello.app")).unwrap().ran_on, "");
    assert_eq!(course.lesson(&LessonId::from("hello.paths")).unwrap().ran_on, "3.1.3", "the others are as before");
}

#[test]
fn a_course_that_was_never_proven_says_nowhere_that_it_ran() {
    let mut folder = files(&own("tests/courses/tiny"));
    folder.files.retain(|path, _| !path.ends_with(FILE));
    let loaded = load::files(&folder).unwrap();
    let told: Vec<&str> = loaded.warnings.iter().map(|it| it.what.as_str()).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("nothing in this course has been recorded on real Flask"), "{told:?}");
    let course = Arc::new(loaded.into_course());
    let mut player = Player::new(course, 100, 40);
    let mut seen = player.screen();
    player.keys("Enter");
    seen += &player.screen();
    player.keys("1 s Enter");
    seen += &player.screen();
    assert!(seen.contains("stays on this computer") && seen.contains("prints"), "{seen}");
    assert!(!seen.contains("ran on") && !seen.contains("run on") && !seen.contains("Proof"), "{seen}");
}

#[test]
fn what_is_recorded_on_another_flask_counts_for_nothing() {
    let mut folder = files(&own("tests/courses/tiny"));
    for (path, bytes) in folder.files.iter_mut().filter(|(path, _)| path.ends_with(FILE)) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains("\"3.1.3\""), "{path}");
        *bytes = text.replace("\"3.1.3\"", "\"3.0.0\"").into_bytes();
    }
    let loaded = load::files(&folder).unwrap();
    assert_eq!(loaded.outline.ran_on, "");
    assert_eq!(loaded.warnings.len(), 2, "{:?}", loaded.warnings);
}
