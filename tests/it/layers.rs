//! The rooms and who may know whom. ARCHITECTURE.md says why; this test says where.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A room, the rooms it may name, and what it has beside them that others may not.
struct Room {
    name: &'static str,
    knows: &'static [&'static str],
    /// Libraries and parts of `std` that only some rooms may name.
    owns: &'static [&'static str],
}

const fn room(name: &'static str, knows: &'static [&'static str], owns: &'static [&'static str]) -> Room {
    Room { name, knows, owns }
}

const ROOMS: &[Room] = &[
    room("id", &[], &[]),
    room("fault", &[], &[]),
    room("field", &["fault"], &[]),
    room("shape", &["field"], &[]),
    room("prose", &["fault"], &["pulldown_cmark", "syntect", "two_face"]),
    room("question", &["id", "fault", "field", "shape", "prose"], &["rand_chacha"]),
    room("course", &["id", "prose", "question"], &[]),
    room("content", &["id", "fault", "field", "shape", "prose", "question", "course"], IN_CONTENT),
    room("builtin", &["course"], &["postcard", "miniz_oxide"]),
    room("settings", &[], &["std::fs", "std::io", "toml_edit", "etcetera", "tempfile"]),
    room("study", &["id", "fault", "prose", "question", "course"], &["jiff", "nucleo_matcher"]),
    room("progress", &["id", "study"], IN_PROGRESS),
    room("python", &["id", "prose", "question", "course"], IN_PYTHON),
    room("plain", &["id", "prose", "question", "course", "study", "progress"], &["std::io", "jiff"]),
    room(
        "tui",
        &["id", "fault", "prose", "question", "course", "settings", "study", "progress"],
        &["ratatui", "tui_input", "jiff"],
    ),
    room(
        "runtime",
        &["id", "prose", "question", "course", "settings", "study", "progress", "python", "tui"],
        IN_RUNTIME,
    ),
    room("cli", &["content"], &["clap", "clap_complete"]),
    room("commands", ALL_BUT_SCREENS, IN_COMMANDS),
    room("main", EVERYTHING, &["std::io", "std::env", "std::process", "clap", "clap_complete"]),
    room("lib", &[], &[]),
];

const IN_CONTENT: &[&str] = &["std::fs", "std::io", "serde_yaml", "saphyr_parser", "serde_json", "annotate_snippets"];
const IN_PROGRESS: &[&str] =
    &["std::fs", "std::io", "std::env", "rusqlite", "libc", "serde_json", "etcetera", "tempfile", "jiff", "postcard"];
const IN_PYTHON: &[&str] =
    &["std::fs", "std::io", "std::env", "std::process", "serde_json", "tempfile", "libc", "etcetera"];
const IN_RUNTIME: &[&str] = &[
    "std::fs",
    "std::io",
    "std::env",
    "std::process",
    "signal_hook",
    "libc",
    "ratatui",
    "crossterm",
    "base64",
    "jiff",
];
const IN_COMMANDS: &[&str] =
    &["std::fs", "std::io", "std::env", "std::process", "serde_json", "clap_complete", "jiff", "etcetera"];

const ALL_BUT_SCREENS: &[&str] = &[
    "id", "fault", "shape", "prose", "question", "course", "content", "study", "progress", "python", "builtin", "cli",
];
const EVERYTHING: &[&str] = &[
    "id", "fault", "shape", "prose", "question", "course", "content", "study", "progress", "python", "builtin", "cli",
    "plain", "settings", "tui", "runtime", "commands",
];

/// Names that are forbidden wherever they are not owned.
fn guarded() -> BTreeSet<&'static str> {
    ROOMS.iter().flat_map(|room| room.owns).copied().chain(["std::net"]).collect()
}

/// The longest file, tests aside.
const LINES_MAX: usize = 500;

#[test]
fn each_room_knows_only_the_rooms_below_it() {
    let mut wrong = Vec::new();
    for file in sources() {
        let room = room_of(&file);
        for (line, name) in named_rooms(&file) {
            if name != room.name && !room.knows.contains(&name.as_str()) {
                wrong.push(format!("{}:{line}: `{}` may not know `{name}`", file.path.display(), room.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn each_library_is_named_only_where_it_belongs() {
    let guarded = guarded();
    let mut wrong = Vec::new();
    for file in sources() {
        let room = room_of(&file);
        for (index, line) in file.code.lines().enumerate() {
            for name in guarded.iter().filter(|name| names(line, name) && !room.owns.contains(name)) {
                wrong.push(format!("{}:{}: `{}` may not use {name}", file.path.display(), index + 1, room.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn yaml_is_known_to_one_file_and_files_to_one_of_content() {
    let only =
        [("serde_yaml", "content/yaml.rs"), ("saphyr_parser", "content/yaml.rs"), ("std::fs", "content/folder.rs")];
    for file in sources().iter().filter(|file| room_of(file).name == "content") {
        for (name, home) in only {
            let is_used = file.code.lines().any(|line| names(line, name));
            assert!(!is_used || file.path.ends_with(home), "{}: {name} belongs in {home}", file.path.display());
        }
    }
}

#[test]
fn kinds_are_told_apart_only_in_their_own_room() {
    let kinds = ["Kind::Single", "Kind::Multiple", "Kind::Output", "Kind::Fill"];
    for file in sources().iter().filter(|file| room_of(file).name != "question") {
        for kind in kinds {
            let is_named = file.code.contains(kind);
            assert!(!is_named, "{}: {kind}: screens and runners speak forms and trials", file.path.display());
        }
    }
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = sources()
        .iter()
        .map(|file| (file.code.lines().count(), &file.path))
        .filter(|(lines, _)| *lines > LINES_MAX)
        .map(|(lines, path)| format!("{}: {lines} lines, {LINES_MAX} are enough for one concept", path.display()))
        .collect();
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

#[test]
fn every_room_is_in_the_table() {
    let table: BTreeSet<&str> = ROOMS.iter().map(|room| room.name).collect();
    let found: BTreeSet<String> = sources().iter().map(|file| room_name(&file.path)).collect();
    let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(found, table);
    let unknown: Vec<_> = ROOMS.iter().flat_map(|room| room.knows).filter(|name| !table.contains(*name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// A source file: its path below `src` and its code without comments, texts and tests, line by line as it was.
struct Source {
    path: PathBuf,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    gather(&root, &root, &mut found);
    assert!(found.len() > 50, "the sources are somewhere else");
    found
}

fn gather(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(root, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let code = bare(&fs::read_to_string(&path).unwrap());
            found.push(Source { path: path.strip_prefix(root).unwrap().to_owned(), code });
        }
    }
}

fn room_name(path: &Path) -> String {
    let first = path.iter().next().unwrap().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

fn room_of(file: &Source) -> &'static Room {
    let name = room_name(&file.path);
    ROOMS
        .iter()
        .find(|room| room.name == name)
        .unwrap_or_else(|| panic!("`{name}` is a new room: say what it may know"))
}

/// The rooms named by `crate::x`, `crate::{x, y}` and, in `main`, `flaskdojo::x`; each with its line.
fn named_rooms(file: &Source) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    for (index, line) in file.code.lines().enumerate() {
        for start in ["crate::", "flaskdojo::"] {
            for (at, _) in line.match_indices(start) {
                let rest = &line[at + start.len()..];
                let names: Vec<&str> = match rest.strip_prefix('{') {
                    Some(group) => top_level(group),
                    None => vec![rest],
                };
                named.extend(names.iter().map(|name| (index + 1, word(name))).filter(|(_, name)| !name.is_empty()));
            }
        }
    }
    named
}

/// The entries of a group, without those of the groups inside it.
fn top_level(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut entries) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                entries.push(group[start..at].trim());
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                entries.push(group[start..at].trim());
                start = at + 1;
            }
            _ => (),
        }
    }
    entries
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether a line of code names a library or a module of `std`, alone or in a group.
fn names(line: &str, name: &str) -> bool {
    let (module, path) = match name.split_once("::") {
        Some((module, part)) => (part, format!("{module}::")),
        None => (name, String::new()),
    };
    let is_border = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let direct = format!("{path}{module}");
    let is_direct = line.match_indices(&direct).any(|(at, found)| {
        let after = &line[at + found.len()..];
        let is_path = after.starts_with("::") || after.starts_with(';') || after.starts_with(" as ");
        is_path && is_border(line[..at].chars().next_back().filter(|c| *c != ':'))
    });
    let group = format!("use {path}{{");
    let in_group = !path.is_empty()
        && line
            .trim()
            .strip_prefix(group.as_str())
            .is_some_and(|rest| top_level(rest).iter().any(|entry| word(entry) == module));
    is_direct || in_group
}

/// Code without its comments, texts in quotes and tests. Lines stay where they are.
fn bare(text: &str) -> String {
    let end = text.find("\n#[cfg(test)]\nmod ").unwrap_or(text.len());
    let mut code = String::with_capacity(end);
    let mut rest = &text[..end];
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            'r' if rest.starts_with("r#\"") => rest.find("\"#").map_or(rest.len(), |at| at + 2),
            '"' => quoted(rest),
            // A character, but not a lifetime.
            '\'' if rest.starts_with("'\\") => rest[2..].find('\'').map_or(1, |at| at + 3),
            '\'' if rest.chars().nth(2) == Some('\'') => rest.char_indices().nth(3).map_or(rest.len(), |(at, _)| at),
            _ => 0,
        };
        if skipped == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            code.extend(rest[..skipped].chars().filter(|c| *c == '\n'));
            rest = &rest[skipped..];
        }
    }
    code
}

/// The length of a text in quotes, quotes included.
fn quoted(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '"' => return at + 1,
            _ => (),
        }
    }
    text.len()
}

#[test]
fn the_test_itself_can_see() {
    let code = bare("use crate::{tui, study::{entry, x}}; // crate::plain\nlet a = \"crate::python\"; let b = '\"';\n");
    let file = Source { path: "prose/x.rs".into(), code };
    let named: BTreeMap<String, usize> = named_rooms(&file).into_iter().map(|(line, name)| (name, line)).collect();
    assert_eq!(named, BTreeMap::from([("tui".to_owned(), 1), ("study".to_owned(), 1)]));
    assert!(names("use std::{fs, io::Read};", "std::fs"));
    assert!(names("use std::{fs, io::Read};", "std::io"));
    assert!(names("    std::fs::read(path)", "std::fs"));
    assert!(names("use ratatui::style::Style;", "ratatui"));
    assert!(!names("fn is_ratatui::x()", "ratatui"));
    assert!(!names("use std::fmt;", "std::fs"));
}
