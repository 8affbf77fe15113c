//! Files that nobody wrote with good intentions: refused quickly, with a diagnostic, and never a panic.

use flaskdojo::content::folder::Folder;
use flaskdojo::content::report::{Colour, Diagnostic};
use flaskdojo::content::{lab, load, text};
use flaskdojo::fault::FaultCode;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What a slow machine may take in a debug build. Each of these takes a few milliseconds in a release build.
const PATIENCE: Duration = Duration::from_secs(2);

const COURSE: &str = "id: x\ntitle: X\nformat: 1\nflask: \"3.1\"\nmodules: [01-a]\n";
const MODULE: &str = "title: A\nsummary: B\ntopics:\n  - {id: t, title: T}\n";

/// A course that has this as its questions.
fn with_questions(bytes: Vec<u8>) -> Folder {
    let files = [("course.yaml", COURSE.into()), ("01-a/module.yaml", MODULE.into()), ("01-a/questions/t.yaml", bytes)];
    Folder { root: PathBuf::from("x"), files: BTreeMap::from(files.map(|(name, bytes)| (name.to_owned(), bytes))) }
}

/// The mistakes in a file of questions, the missing lesson aside.
#[expect(clippy::disallowed_methods, reason = "this test is about time")]
fn refused(bytes: impl Into<Vec<u8>>) -> Vec<Diagnostic> {
    let start = Instant::now();
    let found = load::files(&with_questions(bytes.into())).unwrap_err();
    let drawn: usize = found.iter().take(50).map(|diagnostic| diagnostic.render(Colour::On).len()).sum();
    assert!(drawn > 0);
    assert!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
    found.into_iter().filter(|diagnostic| diagnostic.code != FaultCode::EmptyTopic).collect()
}

fn codes(found: &[Diagnostic]) -> Vec<FaultCode> {
    found.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn a_file_that_is_too_big_is_not_looked_at() {
    let big = "- id: x\n".repeat(text::SIZE_MAX / 8 + 1);
    assert_eq!(codes(&refused(big)), [FaultCode::TooBig]);
}

#[test]
fn the_largest_file_is_read_in_time() {
    let line = "- just a text\n";
    let found = refused(line.repeat(text::SIZE_MAX / line.len() / 8));
    assert!(codes(&found).contains(&FaultCode::WrongType));
    let one_text = format!("- id: >\n{}", "    word\n".repeat(text::SIZE_MAX / 10));
    assert!(codes(&refused(one_text)).contains(&FaultCode::MissingField));
}

#[test]
fn a_text_with_a_mistake_in_every_word_is_read_in_time() {
    let size = text::SIZE_MAX / 8;
    let texts = [
        "[[".repeat(size / 2),
        "[a](b) ".repeat(size / 7),
        "<b>\n    \n    ".repeat(size / 13),
        (0..size / 12).map(|n| format!("[[word{n}]] ")).collect(),
        (0..size / 20).map(|n| format!("[^a{n}]: x\n\n    ")).collect(),
        (1..size.isqrt()).map(|n| "`".repeat(n) + " ").collect(),
        "> - ".repeat(size / 4),
        "```text\n    x\n    ```\n    ".repeat(size / 26),
    ];
    for text in texts {
        let question = format!("- id: q\n  topic: t\n  kind: none\n  prompt: |\n    {text}\n");
        assert!(!refused(question).is_empty());
    }
}

#[test]
fn a_thousand_mistakes_in_a_file_are_enough() {
    let found = refused("- a text\n".repeat(2000));
    let (whole, others): (Vec<_>, Vec<_>) = found.iter().partition(|diagnostic| diagnostic.code == FaultCode::TooMany);
    assert_eq!((whole.len(), others.len()), (1, 1000));
}

#[test]
fn brackets_without_end_are_refused_where_they_are_too_deep() {
    for text in
        ["[".repeat(100_000), "{".repeat(100_000), "- ".repeat(100_000), "? ".repeat(100_000), "[{a: ".repeat(50_000)]
    {
        let found = refused(text);
        assert!(
            matches!(codes(&found)[..], [FaultCode::TooDeep | FaultCode::Syntax | FaultCode::Dialect, ..]),
            "{found:?}"
        );
    }
    let deep = |n: usize| format!("- hints: {}{}\n", "[".repeat(n), "]".repeat(n));
    assert!(codes(&refused(deep(31))).contains(&FaultCode::TooDeep));
    assert!(!codes(&refused(deep(30))).contains(&FaultCode::TooDeep));
}

#[test]
fn an_alias_bomb_does_not_go_off() {
    let mut bomb = "- a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("- a{level}: &a{level} [{aliases}]\n"));
    }
    let found = refused(bomb);
    assert!(codes(&found).iter().all(|code| *code == FaultCode::Dialect), "{found:?}");
    // One list, mentioned thousands of times: quadratic for who expands it.
    let list = vec!["x"; 2000].join(", ");
    let aliases = vec!["*l"; 2000].join(", ");
    assert!(codes(&refused(format!("- l: &l [{list}]\n- [{aliases}]\n"))).contains(&FaultCode::Dialect));
}

#[test]
fn other_things_than_texts_are_refused() {
    assert_eq!(codes(&refused(vec![0xff, 0xfe, 0x00])), [FaultCode::Encoding]);
    assert_eq!(codes(&refused(b"- \x00\n".to_vec())), [FaultCode::ControlCharacter]);
    assert_eq!(codes(&refused("- \u{1b}]0;x\u{7}\n")), [FaultCode::ControlCharacter]);
    assert_eq!(codes(&refused("")), [FaultCode::Syntax]);
    assert_eq!(codes(&refused("# nothing\n")), [FaultCode::Syntax]);
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows_are_fine() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses/tiny");
    let mut folder = read(&root);
    for bytes in folder.files.values_mut() {
        let text = String::from_utf8(bytes.clone()).unwrap().replace('\n', "\r\n");
        *bytes = format!("\u{feff}{text}").into_bytes();
    }
    let (other, own) = (load::files(&folder).unwrap(), load::course(&root).unwrap());
    assert_eq!((other.parts.modules, other.parts.words), (own.parts.modules, own.parts.words));
}

#[test]
fn links_and_folders_in_the_place_of_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join("course").join(name);
    fs::create_dir_all(path("01-a/lessons/folder.yaml")).unwrap();
    fs::write(path("course.yaml"), COURSE).unwrap();
    fs::write(path("01-a/module.yaml"), MODULE).unwrap();
    fs::write(path(".hidden"), "left alone").unwrap();
    #[cfg(unix)]
    {
        fs::write(folder.path().join("secret.yaml"), "- {term: a, text: b}\n").unwrap();
        std::os::unix::fs::symlink("../secret.yaml", path("glossary.yaml")).unwrap();
        std::os::unix::fs::symlink("..", path("01-a/questions")).unwrap();
        std::os::unix::fs::symlink("nowhere", path("requirements.txt")).unwrap();
    }
    let found = load::course(&path("")).unwrap_err();
    let told: Vec<(String, FaultCode)> = found
        .iter()
        .map(|diagnostic| (diagnostic.file.strip_prefix(path("")).unwrap().display().to_string(), diagnostic.code))
        .collect();
    let wanted = [
        // It leads back into the course, to what is no folder of questions.
        ("01-a/lessons/folder.yaml", FaultCode::StrayFile),
        ("01-a/module.yaml", FaultCode::EmptyTopic),
        ("01-a/questions/01-a", FaultCode::StrayFile),
        ("01-a/questions/course.yaml", FaultCode::WrongType),
        ("01-a/questions/glossary.yaml", FaultCode::Unreadable),
        ("01-a/questions/requirements.txt", FaultCode::Unreadable),
        ("glossary.yaml", FaultCode::Unreadable),
        ("requirements.txt", FaultCode::Unreadable),
    ];
    let told: Vec<(&str, FaultCode)> = told.iter().map(|(name, code)| (name.as_str(), *code)).collect();
    assert_eq!(told, wanted);
}

#[test]
fn files_of_labs_have_limits() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses/tiny");
    let told = |changes: &dyn Fn(&str) -> Vec<(String, Vec<u8>)>| {
        let mut folder = read(&root);
        folder.files.extend(changes("01-hello/labs/greeting"));
        let found = load::files(&folder).unwrap_err();
        let file = |diagnostic: &Diagnostic| diagnostic.file.file_name().unwrap().display().to_string();
        found.iter().map(|diagnostic| (file(diagnostic), diagnostic.code)).collect::<Vec<_>>()
    };
    let big = told(&|lab| vec![(format!("{lab}/start/big.py"), vec![b'#'; lab::FILE_MAX + 1])]);
    assert_eq!(big, [("big.py".to_owned(), FaultCode::TooBig)]);
    let many = |lab: &str| (0..lab::FILES_MAX).map(|n| (format!("{lab}/start/{n}.py"), Vec::new())).collect();
    assert_eq!(told(&many), [("greeting".to_owned(), FaultCode::TooBig)]);
    let escape = told(&|lab| vec![(format!("{lab}/start/a.py"), b"print('\x1b[2J')".to_vec())]);
    assert_eq!(escape, [("a.py".to_owned(), FaultCode::ControlCharacter)]);
    let bytes = told(&|lab| vec![(format!("{lab}/check/a.png"), vec![0xff, 0xd8])]);
    assert_eq!(bytes, [("a.png".to_owned(), FaultCode::Encoding)]);
}

#[cfg(unix)]
#[test]
fn a_lab_cannot_hold_what_lies_outside_of_the_course() {
    let folder = tempfile::tempdir().unwrap();
    let lab = folder.path().join("course/01-a/labs/cart/start");
    fs::create_dir_all(&lab).unwrap();
    fs::write(folder.path().join("secret.py"), "key = 1").unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret.py"), lab.join("key.py")).unwrap();
    std::os::unix::fs::symlink(folder.path(), lab.join("outside")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("course"), lab.join("again")).unwrap();
    let found = load::course(&folder.path().join("course")).unwrap_err();
    let links = found.iter().filter(|diagnostic| diagnostic.code == FaultCode::Unreadable);
    let names: Vec<_> = links.map(|diagnostic| diagnostic.file.file_name().unwrap().to_owned()).collect();
    assert_eq!(names, ["again", "key.py", "outside"]);
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let found = load::course(Path::new("/no/such/course")).unwrap_err();
    assert_eq!(codes(&found), [FaultCode::Unreadable]);
    assert!(found[0].what.contains("nothing has this name"), "{}", found[0].what);
    let found = load::course(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap_err();
    assert_eq!(codes(&found), [FaultCode::Unreadable]);
}

fn read(root: &Path) -> Folder {
    let mut report = flaskdojo::content::report::Report::new(root);
    flaskdojo::content::folder::read(root, &mut report)
}

/// A real file of each sort, short enough to be read a few hundred times.
const FILES: [(&str, &str); 10] = [
    ("01-a/questions/t.yaml", include_str!("../courses/tiny/02-answers/questions/responses.yaml")),
    ("01-a/lessons/t.yaml", include_str!("../courses/tiny/01-hello/lessons/01-app.yaml")),
    ("glossary.yaml", include_str!("../courses/tiny/glossary.yaml")),
    ("01-a/module.yaml", include_str!("../courses/tiny/01-hello/module.yaml")),
    ("01-a/interview/t.yaml", include_str!("../courses/tiny/01-hello/interview/routes.yaml")),
    ("01-a/clinic/t.yaml", include_str!("../courses/tiny/01-hello/clinic/app.yaml")),
    ("01-a/xray/t.yaml", include_str!("../courses/tiny/01-hello/xray/greeting.yaml")),
    ("01-a/labs/t/lab.yaml", include_str!("../courses/tiny/01-hello/labs/greeting/lab.yaml")),
    ("01-a/labs/t/check/test_t.py", include_str!("../courses/tiny/01-hello/labs/greeting/check/test_hello.py")),
    ("course.yaml", include_str!("../courses/tiny/course.yaml")),
];

/// Reads a course that has these bytes in this place, and draws what is wrong with it.
fn survives(name: &str, bytes: Vec<u8>) {
    let mut folder = with_questions(b"- id: q\n".to_vec());
    folder.files.insert(name.to_owned(), bytes);
    if let Err(found) = load::files(&folder) {
        for diagnostic in found.iter().take(20) {
            assert!(!diagnostic.render(Colour::Off).is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(which in 0..FILES.len(), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        survives(FILES[which].0, bytes);
    }

    #[test]
    fn any_text_of_yaml_signs_is_survived(which in 0..FILES.len(), text in r#"[-?:,\[\]{}#&*!|>'"%@` \n0-9a-cé~<=_$\\^()]{0,200}"#) {
        survives(FILES[which].0, text.into_bytes());
    }

    #[test]
    fn a_real_file_with_a_piece_cut_out_or_put_in_is_survived(
        which in 0..FILES.len(), from in 0.0..1.0_f64, length in 0..40_usize, piece in r#"[-?:,\[\]{}#&*!|>'"` \n0-9a-cé]{0,12}"#,
    ) {
        let (name, text) = FILES[which];
        let mut bytes = text.as_bytes().to_vec();
        let from = (bytes.len() as f64 * from) as usize;
        let to = (from + length).min(bytes.len());
        bytes.splice(from..to, piece.bytes());
        survives(name, bytes);
    }
}
