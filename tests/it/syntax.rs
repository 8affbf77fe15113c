//! How code is compared, beside Python's own syntax tree.

use flaskdojo::builtin;
use flaskdojo::python::interpreter::Search;
use flaskdojo::question::syntax::{self, Around};
use std::collections::HashMap;
use std::io::Write;
use std::process::{Command, Stdio};

/// Pieces of all programs of the course, changed by chance: what is compared as equal is equal to Python, and what is equal to
/// Python is mostly compared as equal.
#[test]
fn equal_code_has_an_equal_syntax_tree() {
    let course = builtin::course();
    let modules = (0..course.outline.modules.len()).flat_map(|index| &course.module(index).questions);
    let programs: String = modules
        .filter_map(|question| question.kind.program())
        .map(|program| serde_json::to_string(&program.text()).unwrap() + "\n")
        .collect();
    let python = Search::from_surroundings().find().unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/syntax.py");
    let mut child = Command::new(python.candidate.file)
        .arg(script)
        .env("PYTHONUTF8", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::Builder::new().spawn(move || input.write_all(programs.as_bytes())).unwrap();
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());

    let (mut meanings, mut forms) = (HashMap::new(), HashMap::new());
    let (mut kept, mut split, mut count) = (0, 0, 0);
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let (text, meaning): (String, Option<String>) = serde_json::from_str(line).unwrap();
        let (Some(meaning), Some(form)) = (meaning, syntax::canonical(&text, Around::Ends)) else { continue };
        count += 1;
        let (known, first): &(String, String) = meanings.entry(form.clone()).or_insert((meaning.clone(), text.clone()));
        assert_eq!(*known, meaning, "`{first}` and `{text}` are both written as `{form}`");
        match forms.entry(meaning).or_insert(form.clone()) == &form {
            true => kept += 1,
            false => split += 1,
        }
    }
    assert!(count > 5_000, "only {count} pieces of Python were compared");
    // Tuples with and without parentheses are the same to Python where they stand alone, but not between brackets.
    assert!(split * 40 < kept, "{split} of {} were told apart", kept + split);
}
