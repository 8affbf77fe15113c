//! Content as a whole: examples, coverage of mistakes, what a report looks like, and the ways to read a course.

use flaskdojo::commands::content::{self, Checked, Written};
use flaskdojo::content::loaded::Loaded;
use flaskdojo::content::report::Colour;
use flaskdojo::content::{clinic, lab, load, prompt, question, xray, yaml};
use flaskdojo::course::xray::Event;
use flaskdojo::fault::{FaultCode, Faults, Severity};
use flaskdojo::id::{LessonId, QuestionId};
use flaskdojo::question::Kind;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Codes whose files can't be kept as files: `hostile.rs` makes them.
const MADE_WHEN_TESTED: [FaultCode; 3] = [FaultCode::TooBig, FaultCode::TooMany, FaultCode::Unreadable];

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

#[test]
fn every_kind_of_mistake_has_a_broken_file() {
    let mut told = BTreeSet::new();
    for entry in fs::read_dir(tests().join("broken")).unwrap() {
        let text = String::from_utf8_lossy(&fs::read(entry.unwrap().path()).unwrap()).into_owned();
        let marks = text.split("# error[").skip(1).chain(text.split("# warning[").skip(1));
        let codes = marks.filter_map(|rest| rest.split(']').next());
        told.extend(codes.map(str::to_owned));
    }
    let untold: Vec<&str> = FaultCode::ALL
        .iter()
        .filter(|code| !MADE_WHEN_TESTED.contains(code))
        .map(|code| code.name())
        .filter(|name| !told.contains(*name))
        .collect();
    assert!(untold.is_empty(), "add files to tests/broken for {untold:?}");
}

#[test]
fn codes_have_names_of_their_own_and_a_sentence() {
    let names: BTreeSet<&str> = FaultCode::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names.len(), FaultCode::ALL.len());
    assert!(FaultCode::ALL.iter().all(|code| code.doc().ends_with('.')));
}

#[test]
fn the_manual_lists_every_mistake_and_every_warning() {
    let manual = fs::read_to_string(tests().with_file_name("docs/authors.md")).unwrap();
    for severity in [Severity::Mistake, Severity::Warning] {
        let codes = FaultCode::ALL.iter().filter(|code| code.severity() == severity);
        let rows: String = codes.map(|code| format!("| `{}` | {} |\n", code.name(), code.doc())).collect();
        let table = format!("| {} | what it means |\n| --- | --- |\n{rows}", severity.name());
        assert!(manual.contains(&table), "docs/authors.md has this table:\n{table}");
    }
}

#[test]
fn the_manual_has_the_example_of_each_kind() {
    let manual = fs::read_to_string(tests().with_file_name("docs/authors.md")).unwrap();
    for (name, example) in Kind::EXAMPLES {
        let text = format!("### {name}\n\n```yaml{example}```\n");
        assert!(manual.contains(&text), "docs/authors.md should have this:\n{text}");
    }
}

#[test]
fn the_manual_has_an_example_of_each_other_sort() {
    let manual = fs::read_to_string(tests().with_file_name("docs/authors.md")).unwrap();
    for example in [prompt::EXAMPLE, clinic::EXAMPLE, xray::EXAMPLE, lab::EXAMPLE] {
        assert!(manual.contains(&format!("```yaml{example}```\n")), "docs/authors.md should have this:\n{example}");
    }
    for (path, text) in lab::EXAMPLE_FILES {
        let text = format!("`{path}`\n\n```python\n{text}```\n");
        assert!(manual.contains(&text), "docs/authors.md should have this:\n{text}");
    }
    let events: String = Event::ALL.iter().map(|(event, word)| format!("| `{word}` | {} |\n", event.doc())).collect();
    assert!(manual.contains(&events), "docs/authors.md should have this:\n{events}");
}

#[test]
fn material_is_found_by_its_names() {
    let course = load::course(&tests().join("courses/tiny")).unwrap().into_course();
    let outline = &course.outline.modules[0];
    assert_eq!((outline.prompts.len(), outline.labs.len(), outline.xrays.len(), outline.clinic), (1, 1, 1, 3));
    let prompt = course.prompt(&outline.prompts[0].id).unwrap();
    let depths: Vec<usize> = prompt.turn.all().into_iter().map(|(depth, _)| depth).collect();
    assert_eq!(depths, [0, 1, 1, 2]);
    assert_eq!(prompt.turn.listens_for[2].shown_by.as_deref(), Some("routes.slash"));
    let lab = course.lab(&outline.labs[0].id).unwrap();
    assert_eq!((lab.start.len(), lab.wrong.len()), (1, 1));
    let says: Vec<&str> = lab.tests.iter().map(|test| test.says.as_str()).collect();
    assert_eq!(says, ["Without a name the greeting is `hello`", "A name is greeted", "Another name is greeted, too"]);
    assert_eq!(course.xray(&outline.xrays[0].id).unwrap().ask, [Event::BeforeRequest, Event::View]);
    assert_eq!(course.clinic()[0].id.as_str(), "clinic.outside-request");
}

#[test]
fn every_kind_of_question_has_a_test_file_and_a_good_example() {
    for (name, example) in Kind::EXAMPLES {
        assert!(tests().join(format!("kinds/{name}.yaml")).exists(), "add tests/kinds/{name}.yaml");
        let document = yaml::read(example).unwrap();
        let mut faults = Faults::default();
        let question = question::check(document.value, &mut faults);
        assert_eq!(faults.into_found(), Vec::new(), "the example of {name}");
        assert_eq!(question.unwrap().kind.name(), *name);
    }
}

#[test]
fn a_fingerprint_changes_with_the_answer_and_not_with_the_explanation() {
    let print = |text: &str| question::fingerprint(&yaml::read(text).unwrap().value);
    let (_, example) = Kind::EXAMPLES[0];
    let same = [("explanation: ", "explanation: Also, "), ("why: ", "why: Because "), ("level: 1", "level: 2")];
    let other = [("correct: true", "correct: false"), ("prompt: ", "prompt: Now, "), ("The browser", "The server")];
    for (from, to) in same {
        assert_eq!(print(example), print(&example.replacen(from, to, 1)), "{from}");
    }
    for (from, to) in other {
        assert_ne!(print(example), print(&example.replacen(from, to, 1)), "{from}");
    }
}

#[test]
fn a_loaded_course_can_be_learnt_from() {
    let loaded = load::course(&tests().join("courses/tiny")).unwrap();
    let (file, line) = &loaded.places["routes.slash"];
    assert!(file.ends_with("01-hello/questions/routes.yaml"));
    assert_eq!(*line, 28);
    assert_eq!(loaded.hashes.len(), 22);
    let course = loaded.into_course();
    assert_eq!(course.outline.flask, "3.1.3", "the pinned version");
    assert_eq!(course.outline.modules[1].needs, [course.outline.modules[0].id.clone()]);
    assert!(course.question(&QuestionId::from("routes.int")).is_some(), "by its former name");
    assert_eq!(course.lesson(&LessonId::from("hello.paths")).unwrap().title, "How a path finds its view");
    assert_eq!(course.word("View Function").unwrap().term, "view");
    assert_eq!(
        course.inside(&LessonId::from("answers.kinds")).unwrap().sections,
        ["Texts, dicts, pairs", "What travels"]
    );
    let unproved: Vec<&str> = course.module(0).questions.iter().filter_map(|q| q.unproved.as_deref()).collect();
    assert_eq!(unproved, ["A reason for a habit can't be run."]);
}

#[test]
fn check_tells_every_mistake_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("course.yaml", "id: x\ntitle: X\nformat: 1\nflask: \"3.1\"\nmodules: [01-a]\n");
    write("01-a/module.yaml", "title: A\nsumary: Ä\ntopics:\n  - {id: t, title: T}\n");
    write(
        "01-a/lessons/1.yaml",
        "id: l\ntopic: t\ntitle: Ü\nminutes: 0\ngoals: []\nsources: []\nbody: |\n  Ein [[Wort]].\n",
    );

    let mut out = Vec::new();
    let checked = content::check(Some(folder.path()), Severity::Mistake, Written::Text(Colour::Off), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap().replace(folder.path().to_str().unwrap(), "C");
    assert_eq!(checked, Checked::Faulty);
    let wanted = "\
error[range]: a lesson takes 1 to 60 minutes
  ╭▸ C/01-a/lessons/1.yaml:4:10
  │
4 │ minutes: 0
  │          ━
  │
  ╰ help: tell the time that it takes to read it

error[unknown-id]: the glossary has no word `Wort`
  ╭▸ C/01-a/lessons/1.yaml:8:9
  │
8 │   Ein [[Wort]].
  │         ━━━━
  │
  ╰ help: write it, or correct the name

error[missing-field]: `summary` is missing
  ╭▸ C/01-a/module.yaml:1:1
  │
1 │ title: A
  │ ━━━━━━━━
  │
  ╰ help: add `summary: …`

error[unknown-field]: nobody reads `sumary` here
  ╭▸ C/01-a/module.yaml:2:1
  │
2 │ sumary: Ä
  │ ━━━━━━
  │
  ╰ help: did you mean `summary`?

4 mistakes in 2 files
";
    assert_eq!(text, wanted);

    let mut out = Vec::new();
    content::check(Some(folder.path()), Severity::Mistake, Written::Json, &mut out).unwrap();
    let found: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 4);
    assert_eq!(
        (&found[1]["code"], &found[1]["line"], &found[1]["column"]),
        (&"unknown-id".into(), &8.into(), &9.into())
    );
}

#[test]
fn what_is_only_checked_is_the_same_but_for_colours() {
    let tiny = tests().join("courses/tiny");
    let (shown, checked) = (load::course(&tiny).unwrap(), load::checked(&tiny).unwrap());
    assert_eq!((&checked.outline, &checked.parts.questions), (&shown.outline, &shown.parts.questions));
    let programs = |loaded: &Loaded| -> Vec<String> {
        let questions = loaded.parts.modules.iter().flat_map(|module| &module.questions);
        questions.filter_map(|question| Some(question.kind.program()?.text())).collect()
    };
    assert!(!programs(&shown).is_empty());
    assert_eq!(programs(&checked), programs(&shown));
    assert_ne!(checked.parts.modules, shown.parts.modules);
}

#[test]
fn warnings_are_told_but_refused_only_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("course.yaml", "id: x\ntitle: X\nformat: 1\nflask: \"3.1\"\nmodules: [01-a]\n");
    write("01-a/module.yaml", "title: A\nsummary: B\ntopics:\n  - {id: t, title: T}\n");
    let lesson = "id: l\ntopic: t\ntitle: L\nminutes: 1\ngoals: []\nsources: [quikstart]\nbody: Text.\n";
    write("01-a/lessons/1.yaml", lesson);
    let check = |refused| {
        let mut out = Vec::new();
        let checked = content::check(Some(folder.path()), refused, Written::Text(Colour::Off), &mut out).unwrap();
        (checked, String::from_utf8(out).unwrap())
    };
    let (checked, text) = check(Severity::Mistake);
    assert_eq!(checked, Checked::Good);
    assert!(text.starts_with("warning[unknown-page]: the documentation of flask"), "{text}");
    assert!(text.ends_with(": 1 module, 1 lesson, 0 questions, 0 words, no mistake, 1 warning\n"), "{text}");
    assert_eq!(check(Severity::Warning).0, Checked::Faulty);

    // Beside a mistake they are counted apart.
    write("01-a/lessons/1.yaml", &lesson.replace("Text.", "\"[[word]]\""));
    let (checked, text) = check(Severity::Mistake);
    assert_eq!(checked, Checked::Faulty);
    assert!(text.ends_with("\n1 mistake in 1 file, 1 warning\n"), "{text}");
    let mut out = Vec::new();
    content::check(Some(folder.path()), Severity::Mistake, Written::Json, &mut out).unwrap();
    let found: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let severities: Vec<&str> =
        found.as_array().unwrap().iter().map(|each| each["severity"].as_str().unwrap()).collect();
    assert_eq!(severities, ["warning", "mistake"]);
}

#[test]
fn check_says_what_a_good_course_holds() {
    let mut out = Vec::new();
    let tiny = tests().join("courses/tiny");
    assert_eq!(
        content::check(Some(&tiny), Severity::Mistake, Written::Text(Colour::Off), &mut out).unwrap(),
        Checked::Good
    );
    let text = String::from_utf8(out).unwrap();
    let sizes = ": 2 modules, 3 lessons, 17 questions, 3 words, 1 interview prompt, 3 known errors, 1 X-ray, 1 lab, no mistake\n";
    assert!(text.ends_with(sizes), "{text}");
    let mut out = Vec::new();
    content::check(Some(&tiny), Severity::Mistake, Written::Json, &mut out).unwrap();
    assert_eq!(out, b"[]\n");
}
