//! A course on another version of Flask than its own.
#![cfg(unix)]

use super::proofs::places;
use flaskdojo::commands::content::Written;
use flaskdojo::commands::prove::record::Keep;
use flaskdojo::commands::prove::{Earlier, Judgement, Keys, Order, ProveError, matrix};
use flaskdojo::content::report::Colour;
use std::fs;
use std::path::Path;

/// A question about something that is in the config since 3.1, or about something else.
fn question(id: &str, more: &str, program: &str, answer: &str) -> String {
    format!(
        "- id: {id}\n  topic: t\n  kind: output\n  level: 1\n  prompt: What is printed?\n  {more}\n  program: |\n    \
         {}\n  answer: \"{answer}\"\n  distractors:\n    - {{text: other, why: It isn't.}}\n  explanation: So it is.\n  \
         hints: [Look.]\n  sources: [config]\n",
        program.replace('\n', "\n    ")
    )
}

fn course(dir: &Path) {
    let write = |name: &str, text: &str| {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let new = "from flask import Flask\nprint(\"SESSION_COOKIE_PARTITIONED\" in Flask(\"a\").config)";
    let questions = [
        question("same.name", "# no range", "from flask import Flask\nprint(Flask(\"a\").name)", "a"),
        question("same.too", "flask: \">=3.1\"", "from flask import Flask\nprint(Flask(\"b\").name)", "b"),
        question("new.said", "flask: \">=3.1\"", new, "True"),
        question("new.unsaid", "# no range", new, "True"),
        question("new.wrong", "flask: \">=3.0\"", new, "True"),
        question("other.package", "# no range", "import flask_login\nprint(1)", "1"),
    ];
    write("course.yaml", "id: x\ntitle: X\nformat: 1\nflask: \"3.1\"\nmodules: [01-a]\n");
    write("requirements.txt", "Flask==3.1.3\n");
    write("01-a/module.yaml", "title: A\nsummary: B\ntopics:\n  - {id: t, title: T}\n");
    let lesson = "id: l\ntopic: t\ntitle: L\nminutes: 1\ngoals: [see]\nsources: [config]\nbody: Text.\n";
    write("01-a/lessons/1.yaml", lesson);
    write("01-a/questions/t.yaml", &questions.concat());
}

fn prove(dir: &Path, asked: &str, written: Written) -> Result<(Judgement, String), ProveError> {
    let order = Order { dir, only: None, keys: Keys::Own, keep: Keep::Write, earlier: Earlier::Forget, written };
    let mut out = Vec::new();
    let judgement = matrix::prove(order, &[asked.to_owned()], &places(), &mut out, &mut |_| {})?;
    Ok((judgement, String::from_utf8(out).unwrap()))
}

#[test]
fn what_holds_where_is_told() {
    let folder = tempfile::tempdir().unwrap();
    course(folder.path());
    let (judgement, text) = prove(folder.path(), "3.0.3", Written::Text(Colour::Off)).unwrap();
    assert_eq!(judgement, Judgement::Refuted);
    let text = text.replace(&format!("{}/", folder.path().display()), "");
    let (head, werkzeug) = text.split_once(", Werkzeug 3.0.").unwrap();
    assert_eq!(head, "Flask 3.0.3");
    let lines: Vec<&str> = werkzeug.lines().skip(1).collect();
    let wanted = [
        "  holds    01-a/questions/t.yaml:16: question same.too, which says >=3.1",
        "  changed  01-a/questions/t.yaml:46: question new.unsaid: answer: it prints False",
        "  WRONG    01-a/questions/t.yaml:61: question new.wrong (holds for >=3.0): answer: it prints False",
        "",
    ];
    assert_eq!(lines[..4], wanted, "{text}");
    let counts = "2 of 6 hold, 1 of them though they say they don't, 1 don't, as they say, 1 changed, 1 WRONG, 1 not run for \
                  want of a package (flask_login 1)";
    assert!(lines[4].ends_with(counts), "{text}");
    assert_eq!(lines[5..], ["1 does not hold where it says so"]);
    assert!(!folder.path().join("01-a/recorded.json").exists(), "only the course's own version is recorded");

    let (_, json) = prove(folder.path(), "3.0.3", Written::Json).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let column = &json["versions"][0];
    assert_eq!((&column["holds"], &column["all"], &column["excluded"]), (&2.into(), &6.into(), &1.into()));
    assert_eq!((&column["wrong"][0]["id"], &column["skipped"]["flask_login"]), (&"new.wrong".into(), &1.into()));
}

#[test]
fn only_versions_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    course(folder.path());
    for text in ["newest", ">=3.0", ""] {
        let error = prove(folder.path(), text, Written::Json).unwrap_err();
        assert!(error.to_string().contains("is not a version of Flask"), "{error}");
    }
}
