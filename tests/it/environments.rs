//! Making the Python environment: once, whole, and with a remedy where it can't be made.
#![cfg(unix)]

use flaskdojo::python::environment::{Environment, EnvironmentError};
use flaskdojo::python::interpreter::Search;
use flaskdojo::python::requirements::Requirements;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Barrier;
use tempfile::TempDir;

/// The environment without packages in `root`, and what was said while it was looked for.
fn empty(root: &Path) -> (Environment, Vec<String>) {
    let mut said = Vec::new();
    let say = &mut |line: &str| said.push(line.to_owned());
    let none = Requirements::parse("").unwrap();
    let ready = Environment::ready(root, &none, &Search::from_surroundings(), say).unwrap();
    (ready, said)
}

#[test]
fn it_is_made_once_and_then_found() {
    let root = tempfile::tempdir().unwrap();
    let (made, said) = empty(root.path());
    assert!(said[0].starts_with("making the Python environment (once) in "), "{said:?}");
    assert_eq!(empty(root.path()), (made, Vec::new()));
}

#[test]
fn one_that_is_not_whole_is_not_taken_for_a_good_one() {
    let root = tempfile::tempdir().unwrap();
    let (made, _) = empty(root.path());
    let folder = made.python.parent().unwrap().parent().unwrap();
    std::fs::remove_file(folder.join("flaskdojo.json")).unwrap();
    std::fs::write(folder.join("leftover"), "").unwrap();
    let (again, said) = empty(root.path());
    assert_eq!(again, made);
    assert!(!said.is_empty() && !folder.join("leftover").exists());

    // Its Python is a link to one that may be removed.
    std::fs::remove_file(&made.python).unwrap();
    std::os::unix::fs::symlink("/nowhere/python", &made.python).unwrap();
    let (again, said) = empty(root.path());
    assert_eq!(again, made);
    assert!(!said.is_empty() && again.python.exists());
}

#[test]
fn who_comes_at_the_same_time_waits_and_finds_it() {
    let root = tempfile::tempdir().unwrap();
    let start = Barrier::new(3);
    let come = || {
        start.wait();
        empty(root.path())
    };
    let came: Vec<(Environment, Vec<String>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(come)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let makers = came.iter().filter(|(_, said)| said.iter().any(|line| line.starts_with("making "))).count();
    assert_eq!(makers, 1);
    assert!(came.iter().all(|(environment, _)| *environment == came[0].0));
}

/// What becomes of it with a Python that does this when it is asked to make an environment in `$folder`.
fn trouble(does: &str) -> EnvironmentError {
    let root = tempfile::tempdir().unwrap();
    let pretended = pretend(does);
    let search = Search { named: None, path: pretended.path().into() };
    let some = Requirements::parse("Flask==3.1.3").unwrap();
    Environment::ready(root.path(), &some, &search, &mut |_| {}).unwrap_err()
}

/// A folder with a program that calls itself Python.
fn pretend(does: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("python3");
    // It is called as `python3 -I -c QUESTION` and as `python3 -I -m venv FOLDER`.
    std::fs::write(&file, format!("#!/bin/sh\n[ $2 = -c ] && exec echo 3.12.1\nfolder=$4\n{does}\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

#[test]
fn a_python_without_its_venv_module_is_told_with_the_remedy() {
    let debian =
        "echo 'The virtual environment was not created successfully because ensurepip is not available.'; exit 1";
    for does in [debian, "echo \"$0: No module named venv\" >&2; exit 1"] {
        let error = trouble(does);
        assert!(matches!(error, EnvironmentError::NoVenv { .. }), "{error}");
        let told = error.to_string();
        assert!(
            told.contains("its venv module is missing. Install it (Debian, Ubuntu: apt install python3-venv)"),
            "{told}"
        );
    }
}

#[test]
fn an_index_that_cannot_be_reached_is_told_with_the_remedy() {
    let pip = "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<urllib3.Connection \
               object at 0x7f>: Failed to establish a new connection: [Errno 111] Connection refused')': /simple/flask/\n\
               ERROR: No matching distribution found for Flask==3.1.3\n";
    let error = trouble(&with_pip(pip));
    assert!(matches!(error, EnvironmentError::NoIndex { .. }), "{error}");
    assert_eq!(
        error.to_string(),
        "pip could not reach its package index, which is needed once. Check the network and pip's settings \
         (PIP_INDEX_URL, PIP_PROXY), then try again. pip said: Failed to establish a new connection: [Errno 111] \
         Connection refused"
    );
}

#[test]
fn packages_that_cannot_be_installed_are_told_with_what_pip_said() {
    let error = trouble(&with_pip("ERROR: No matching distribution found for Flask==3.1.3\n"));
    assert!(matches!(error, EnvironmentError::NotInstalled { .. }), "{error}");
    assert!(error.to_string().ends_with("It said: ERROR: No matching distribution found for Flask==3.1.3"), "{error}");
}

/// Makes an environment whose pip says this and fails.
fn with_pip(says: &str) -> String {
    format!(
        "mkdir -p $folder/bin\ncat > $folder/bin/python <<'END'\n#!/bin/sh\ncat >&2 <<'SAID'\n{says}SAID\nexit 1\nEND\n\
         chmod +x $folder/bin/python"
    )
}
