//! The JSON Schemas say what the checker says, as far as a schema can: on the good courses and on every broken file.

use super::proofs::{places, told_now};
use flaskdojo::commands::schema;
use flaskdojo::content::file::FileKind;
use flaskdojo::content::folder::{self, Slot};
use flaskdojo::content::report::Report;
use flaskdojo::python::environment::Environment;
use flaskdojo::python::requirements::Requirements;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The package that reads schemas, and all that it needs.
const PACKAGES: &str = "\
attrs==26.1.0
certifi==2026.10.19.post1
charset-normalizer==3.5.2
check-jsonschema==0.39.0
click==8.5.1
idna==3.20
jsonschema==4.26.0
jsonschema-specifications==2025.9.1
referencing==0.37.0
regress==2026.9.1
requests==2.34.2
rpds-py==2026.9.1
ruamel.yaml==0.19.1
typing_extensions==4.16.0
urllib3==2.8.0
";

/// Mistakes that a schema sees.
const SEEN: [&str; 11] = [
    "missing-field",
    "unknown-field",
    "wrong-type",
    "empty-text",
    "bad-id",
    "unknown-kind",
    "option-count",
    "flask-range",
    "unknown-event",
    "range",
    "unknown-source",
];

/// Broken files of which a schema knows less, or more, than their mistakes seem to say.
const OTHERWISE: [(&str, bool, &str); 2] = [
    ("flask-pin", false, "the pin stands in another file"),
    ("repeated-line", false, "how many lines a program has is in its text"),
];

#[test]
fn schemas_agree_with_the_checker() {
    let requirements = Requirements::parse(PACKAGES).unwrap();
    let made =
        Environment::ready(&places().environments(), &requirements, &places().search, &mut |line| told_now(line));
    let program = made.unwrap().python.with_file_name("check-jsonschema");
    let work = tempfile::tempdir().unwrap();
    schema::write_all(&FileKind::ALL, work.path()).unwrap();
    let check = |files: &BTreeMap<FileKindName, Vec<PathBuf>>| -> BTreeSet<PathBuf> {
        files
            .iter()
            .flat_map(|(kind, files)| refused(&program, &work.path().join(format!("{kind}.json")), files))
            .collect()
    };

    // They are good schemas.
    let schemas = FileKind::ALL.map(|kind| work.path().join(schema::file_name(kind)));
    let status = Command::new(&program).arg("--check-metaschema").args(&schemas).output().unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stdout));

    // Good files are good.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut good: BTreeMap<FileKindName, Vec<PathBuf>> = BTreeMap::new();
    for course in ["content", "tests/courses/tiny", "tests/courses/forms", "tests/courses/wrong"] {
        let folder = folder::read(&root.join(course), &mut Report::new(root));
        for path in folder.files.keys() {
            if let Some(kind) = kind_of(path) {
                good.entry(kind.name()).or_default().push(folder.root.join(path));
            }
        }
    }
    assert_eq!(good.len(), FileKind::ALL.len(), "the courses have files of each kind");
    assert_eq!(check(&good), BTreeSet::new(), "these are good");

    // Of the broken ones, those are refused that have a mistake which a schema sees.
    let mut broken: BTreeMap<FileKindName, Vec<PathBuf>> = BTreeMap::new();
    let mut wanted: BTreeMap<PathBuf, bool> = BTreeMap::new();
    for entry in std::fs::read_dir(root.join("tests/broken")).unwrap() {
        let path = entry.unwrap().path();
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let Some(kind) = text.lines().find_map(|line| line.strip_prefix("# kind: ")).and_then(kind_of_broken) else {
            continue;
        };
        let Some(seen) = sees(&path, &text) else { continue };
        broken.entry(kind.name()).or_default().push(path.clone());
        wanted.insert(path, seen);
    }
    let refused = check(&broken);
    let wrong: Vec<String> = wanted
        .iter()
        .filter(|(path, seen)| refused.contains(*path) != **seen)
        .map(|(path, seen)| format!("{} {}", if *seen { "refuse" } else { "let pass" }, path.display()))
        .collect();
    assert!(wrong.is_empty(), "the schemas should {wrong:#?}");
    assert!(refused.len() > 15, "{refused:#?}");
}

type FileKindName = &'static str;

fn kind_of(path: &str) -> Option<FileKind> {
    match folder::slot(path)? {
        Slot::Course => Some(FileKind::Course),
        Slot::Glossary => Some(FileKind::Glossary),
        Slot::Module(_) => Some(FileKind::Module),
        Slot::Lesson(_) => Some(FileKind::Lesson),
        Slot::Questions(_) => Some(FileKind::Questions),
        Slot::Prompts(_) => Some(FileKind::Interview),
        Slot::Clinic(_) => Some(FileKind::Clinic),
        Slot::Xray(_) => Some(FileKind::Xray),
        Slot::Lab { below: "lab.yaml", .. } => Some(FileKind::Lab),
        Slot::Lab { .. } | Slot::Requirements | Slot::Recorded(_) => None,
    }
}

fn kind_of_broken(kind: &str) -> Option<FileKind> {
    match kind.split_once(' ') {
        Some(("file", name)) => kind_of(name),
        Some(_) => None,
        None if kind == "question" => Some(FileKind::Questions),
        None if kind == "prompt" => Some(FileKind::Interview),
        None => FileKind::ALL.into_iter().find(|known| known.name() == kind),
    }
}

/// Whether a schema sees a mistake of this file; `None` for a file that isn't YAML as courses have it.
fn sees(path: &Path, text: &str) -> Option<bool> {
    const NOT_READ: [&str; 8] =
        ["syntax", "dialect", "duplicate-key", "encoding", "control-character", "tab", "lost-comment", "too-deep"];
    let name = path.file_stem()?.to_str()?;
    if let Some((_, seen, _)) = OTHERWISE.iter().find(|(file, _, _)| *file == name) {
        return Some(*seen);
    }
    let marks = text.split("# error[").skip(1).filter_map(|rest| rest.split_once(']'));
    let codes: Vec<&str> = marks.filter(|(_, rest)| !rest.starts_with(" whole")).map(|(code, _)| code).collect();
    (!codes.iter().any(|code| NOT_READ.contains(code))).then(|| codes.iter().any(|code| SEEN.contains(code)))
}

/// The files that a schema refuses.
fn refused(program: &Path, schema: &Path, files: &[PathBuf]) -> BTreeSet<PathBuf> {
    let output = Command::new(program)
        .args(["--output-format", "json", "--schemafile"])
        .arg(schema)
        .args(files)
        .output()
        .unwrap();
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{error}: {}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    });
    let lists = ["errors", "parse_errors"].map(|list| said[list].as_array().cloned().unwrap_or_default());
    lists.into_iter().flatten().map(|error| PathBuf::from(error["filename"].as_str().unwrap())).collect()
}
