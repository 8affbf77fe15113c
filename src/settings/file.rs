//! The settings file: TOML that people may edit by hand. What a person wrote around an option stays when it is changed.

use super::base16::{self, Base16};
use super::{Change, Settings};
use etcetera::BaseStrategy;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use toml_edit::{Array, Document, DocumentMut, Item, Table, Value, value};

/// The name of the variable that says which file.
pub const VARIABLE: &str = "FLASKDOJO_SETTINGS";
/// The file's name.
const NAME: &str = "settings.toml";
/// The folder beside it with base16 files.
const THEMES: &str = "themes";
/// The table for keys in it.
const KEYS: &str = "keys";

/// Which file: what [`VARIABLE`] says; else in the folder for progress where somebody chose that; else in the system's
/// folder for such files. `None` when there is none, as for a user without a home.
pub fn choose(variable: Option<OsString>, data: Option<&Path>) -> Option<PathBuf> {
    let variable = variable.filter(|value| !value.is_empty()).map(PathBuf::from);
    let beside = || data.map(|folder| folder.join(NAME));
    let own = || Some(etcetera::choose_base_strategy().ok()?.config_dir().join("flaskdojo").join(NAME));
    variable.or_else(beside).or_else(own)
}

/// What a file says, and what in it makes no sense: that is left out, and the rest counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// All options.
    pub settings: Settings,
    /// A sentence for each thing that was left out.
    pub complaints: Vec<String>,
}

/// Reads a file. Where there is none, all is as it comes.
pub fn read(path: &Path) -> Told {
    match fs::read_to_string(path) {
        Ok(text) => parse(&text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Told::default(),
        Err(error) => Told { complaints: vec![format!("cannot be read: {error}")], ..Told::default() },
    }
}

/// What the text of a file says.
pub fn parse(text: &str) -> Told {
    let mut told = Told::default();
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            let what = error.message().lines().next().unwrap_or("").to_owned();
            told.complaints.push(format!("line {line} is no TOML ({what}), so nothing of the file counts"));
            return told;
        }
    };
    for (name, item) in document.iter() {
        let line = item.span().map_or(1, |span| line_of(text, span.start));
        if let (KEYS, Some(table)) = (name, item.as_table_like()) {
            for (name, item) in table.iter() {
                match keys(item) {
                    Some(keys) => told.settings.apply(Change::Key { name: name.to_owned(), keys }),
                    None => told.complaints.push(format!("line {line}: keys.{name} is no key, such as \"x\"")),
                }
            }
            continue;
        }
        match item.as_value().and_then(plain).map(|value| Change::read(name, &value)) {
            Some(Ok(change)) => told.settings.apply(change),
            Some(Err(why)) => told.complaints.push(format!("line {line}: {why}")),
            None => told.complaints.push(format!("line {line}: there is no option “{name}”, or not like this")),
        }
    }
    told
}

/// A key, or several.
fn keys(item: &Item) -> Option<Vec<String>> {
    let one = item.as_str().map(|key| vec![key.to_owned()]);
    let many = || item.as_array()?.iter().map(|key| key.as_str().map(str::to_owned)).collect();
    one.or_else(many)
}

/// A value without what TOML needs around it.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.value().clone()),
        Value::Integer(number) => Some(number.value().to_string()),
        Value::Float(number) => Some(number.value().to_string()),
        Value::Boolean(truth) => Some(truth.value().to_string()),
        Value::Datetime(_) | Value::Array(_) | Value::InlineTable(_) => None,
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// Keeps a change in the file. A file that is no TOML is kept beside the new one.
pub fn keep(path: &Path, change: &Change) -> io::Result<()> {
    // Where the file is a link, as people make who keep such files together, the link stays.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    let edited = edited(&text, change).or_else(|| {
        fs::rename(&path, path.with_extension("toml.broken")).ok()?;
        edited("", change)
    });
    let Some(edited) = edited else { return Err(io::ErrorKind::InvalidData.into()) };
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(edited.as_bytes())?;
    new.as_file().sync_all()?;
    new.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// A file's text after a change; `None` if it is no TOML.
fn edited(text: &str, change: &Change) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let name = change.name();
    match change {
        Change::Measure(number) | Change::MinutesADay(number) => set(&mut document, name, i64::from(*number).into()),
        Change::RetentionPercent(percent) => set(&mut document, name, (f64::from(*percent) / 100.0).into()),
        Change::Theme(_) | Change::Page(_) | Change::Glyphs(_) | Change::Motion(_) | Change::Mouse(_) => {
            set(&mut document, name, change.value().into());
        }
        Change::Key { name, keys } => {
            if document.get(KEYS).is_none_or(|item| !item.is_table_like()) {
                document.insert(KEYS, Item::Table(Table::new()));
            }
            let table = document.get_mut(KEYS)?.as_table_like_mut()?;
            match keys.as_slice() {
                [] => drop(table.remove(name)),
                [one] => drop(table.insert(name, value(one))),
                many => drop(table.insert(name, value(many.iter().collect::<Array>()))),
            }
        }
    }
    Some(document.to_string())
}

/// Sets a value and keeps what stands around the one before: spaces, a remark behind it.
fn set(document: &mut DocumentMut, name: &str, mut new: Value) {
    match document.get_mut(name) {
        Some(item) => {
            if let Some(old) = item.as_value() {
                *new.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(new);
        }
        None => drop(document.insert(name, Item::Value(new))),
    }
}

/// The base16 files in the folder beside a settings file, by name, each read.
pub fn themes(settings: &Path) -> Vec<(String, Result<Base16, String>)> {
    let Some(folder) = settings.parent().map(|folder| folder.join(THEMES)) else { return Vec::new() };
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let is_scheme = path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known));
            is_scheme.then(|| path.file_stem()?.to_str().map(str::to_owned)).flatten()
        })
        .collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .map(|name| {
            let read = theme(settings, &name);
            (name, read)
        })
        .collect()
}

/// The base16 file with this name.
pub fn theme(settings: &Path, name: &str) -> Result<Base16, String> {
    let folder = settings.parent().unwrap_or(Path::new(".")).join(THEMES);
    let found = ENDINGS.iter().find_map(|ending| fs::read_to_string(folder.join(format!("{name}.{ending}"))).ok());
    match found {
        Some(text) => base16::read(&text),
        None => Err(format!("there is no {}", folder.join(format!("{name}.yaml")).display())),
    }
}

const ENDINGS: [&str; 2] = ["yaml", "yml"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::options::{Motion, Theme};

    #[test]
    fn a_file_is_read_as_far_as_it_makes_sense() {
        let told = parse(
            "# mine\ntheme = \"light\"\nmeasure = 200\nretention = 0.9\nwings = 2\nmotion = [1]\n\n[keys]\noutline = \"O\"\nup = [\"w\", \"Up\"]\ndown = 3\n",
        );
        assert_eq!(told.settings.theme, Theme::Light);
        assert_eq!(told.settings.measure, Settings::default().measure);
        assert_eq!(told.settings.keys["up"], ["w", "Up"]);
        let starts: Vec<&str> = told.complaints.iter().map(|said| said.split(':').next().unwrap()).collect();
        assert_eq!(starts, ["line 3", "line 5", "line 6", "line 8"], "{:?}", told.complaints);
    }

    #[test]
    fn a_broken_file_says_where() {
        let told = parse("theme = \"light\"\nmeasure = = 3\n");
        assert_eq!(told.settings, Settings::default());
        assert!(told.complaints[0].starts_with("line 2 "), "{:?}", told.complaints);
    }

    #[test]
    fn what_a_person_wrote_stays_around_a_change() {
        let text = "# my file\ntheme   = \"dark\"  # at night\nfuture = { a = 1 }\n";
        let edited = edited(text, &Change::Theme(Theme::Light)).unwrap();
        assert_eq!(edited, "# my file\ntheme   = \"light\"  # at night\nfuture = { a = 1 }\n");
    }

    #[test]
    fn every_change_is_kept_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join(NAME);
        let changes = [
            Change::Theme(Theme::HighContrast),
            Change::Motion(Motion::None),
            Change::Measure(60),
            Change::RetentionPercent(85),
            Change::MinutesADay(20),
            Change::Key { name: "outline".into(), keys: vec!["O".into()] },
            Change::Key { name: "up".into(), keys: vec!["w".into(), "Up".into()] },
        ];
        let mut expected = Settings::default();
        for change in changes {
            keep(&path, &change).unwrap();
            expected.apply(change);
            assert_eq!(read(&path), Told { settings: expected.clone(), complaints: Vec::new() });
        }
        keep(&path, &Change::Key { name: "up".into(), keys: Vec::new() }).unwrap();
        assert!(!read(&path).settings.keys.contains_key("up"));
    }

    #[test]
    fn a_broken_file_is_kept_beside_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        fs::write(&path, "= nonsense").unwrap();
        keep(&path, &Change::Measure(60)).unwrap();
        assert_eq!(read(&path).settings.measure, 60);
        assert_eq!(fs::read_to_string(path.with_extension("toml.broken")).unwrap(), "= nonsense");
    }

    #[test]
    fn the_variable_comes_first_then_the_chosen_folder() {
        let data = Path::new("/data");
        assert_eq!(choose(Some("/x.toml".into()), Some(data)), Some("/x.toml".into()));
        assert_eq!(choose(Some("".into()), Some(data)), Some("/data/settings.toml".into()));
        assert!(choose(None, None).unwrap().ends_with("flaskdojo/settings.toml"));
    }

    #[test]
    fn themes_lie_in_a_folder_beside_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        assert_eq!(themes(&path), []);
        let themes_folder = folder.path().join(THEMES);
        fs::create_dir(&themes_folder).unwrap();
        let scheme: String = (0..16).map(|n| format!("base0{n:X}: \"0000{n:02x}\"\n")).collect();
        fs::write(themes_folder.join("one.yaml"), scheme).unwrap();
        fs::write(themes_folder.join("two.yml"), "").unwrap();
        fs::write(themes_folder.join("readme.txt"), "").unwrap();
        let found = themes(&path);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["one", "two"]);
        assert!(found[0].1.is_ok() && found[1].1.is_err());
        assert!(theme(&path, "three").unwrap_err().contains("three.yaml"));
    }
}
