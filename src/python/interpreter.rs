//! Finding a Python that is new enough.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::UNIX_EPOCH;

/// The oldest version that the proof server runs on.
pub const OLDEST: (u32, u32) = (3, 11);

/// The variable in which a user names a Python.
pub const VARIABLE: &str = "FLASKDOJO_PYTHON";

const NAMES: [&str; 6] = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"];

/// Where to look for Python.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// What the user named: a path, or a name to look up in `path`.
    pub named: Option<OsString>,
    /// The folders to look into, as in `PATH`.
    pub path: OsString,
}

/// A Python program that is there, not yet asked for its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it is.
    pub file: PathBuf,
    /// Changes when another program takes its place.
    pub state: String,
}

/// A Python that is new enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interpreter {
    /// Where it is.
    pub candidate: Candidate,
    /// Its version, such as `3.12.4`.
    pub version: String,
}

/// Why there is no Python.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPython {
    /// The user named one that can't be used.
    #[error("{VARIABLE} names `{named}`, {why}; name a Python {}.{} or newer", OLDEST.0, OLDEST.1)]
    Named {
        /// What was named.
        named: String,
        /// What is wrong with it.
        why: String,
    },
    /// None is installed, or only older ones.
    #[error(
        "no Python {}.{} or newer was found{seen}. Install one (Debian, Ubuntu: apt install python3 python3-venv; \
         Fedora: dnf install python3; macOS: brew install python3) or name one in {VARIABLE}", OLDEST.0, OLDEST.1
    )]
    Nowhere {
        /// The older ones, in words; empty where there are none.
        seen: String,
    },
}

impl Search {
    /// As the user set it up.
    pub fn from_surroundings() -> Search {
        let named = std::env::var_os(VARIABLE).filter(|named| !named.is_empty());
        Search { named, path: std::env::var_os("PATH").unwrap_or_default() }
    }

    /// The programs that might do, best first. No process is started for that.
    pub fn candidates(&self) -> Vec<Candidate> {
        let names: Vec<&OsStr> = match &self.named {
            Some(named) => vec![named],
            None => NAMES.iter().map(OsStr::new).collect(),
        };
        let places = names.into_iter().flat_map(|name| -> Vec<PathBuf> {
            match Path::new(name).components().count() {
                1 => std::env::split_paths(&self.path).map(|folder| folder.join(name)).collect(),
                _ => vec![PathBuf::from(name)],
            }
        });
        places.filter_map(Candidate::at).collect()
    }

    /// The first candidate that is new enough.
    pub fn find(&self) -> Result<Interpreter, NoPython> {
        let mut seen = Vec::new();
        for candidate in self.candidates() {
            match candidate.version() {
                Ok(version) if is_new_enough(&version) => return Ok(Interpreter { candidate, version }),
                Ok(version) => seen.push(format!("{} is {version}", candidate.file.display())),
                // A name that only stands in for other versions; it is no Python itself.
                Err(_) if self.named.is_none() => {}
                Err(why) => seen.push(why),
            }
        }
        let words = seen.join(", ");
        Err(match &self.named {
            Some(named) => {
                let why = if seen.is_empty() { "which is not there".to_owned() } else { format!("but {words}") };
                NoPython::Named { named: named.to_string_lossy().into_owned(), why }
            }
            None if seen.is_empty() => NoPython::Nowhere { seen: String::new() },
            None => NoPython::Nowhere { seen: format!(" ({words})") },
        })
    }
}

impl Candidate {
    fn at(file: PathBuf) -> Option<Candidate> {
        let about = std::fs::metadata(&file).ok().filter(std::fs::Metadata::is_file)?;
        let changed = about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        Some(Candidate { file, state: format!("{} bytes, {} ns", about.len(), changed.as_nanos()) })
    }

    /// What it says its version is, or what it says instead.
    fn version(&self) -> Result<String, String> {
        let ask = "import sys; print('%d.%d.%d' % sys.version_info[:3])";
        let said = Command::new(&self.file).args(["-I", "-c", ask]).stdin(Stdio::null()).output();
        let said = said.map_err(|error| format!("{} does not start ({error})", self.file.display()))?;
        let version = String::from_utf8_lossy(&said.stdout).trim().to_owned();
        if !said.status.success() || version.is_empty() {
            return Err(format!("{} is no working Python", self.file.display()));
        }
        Ok(version)
    }
}

fn is_new_enough(version: &str) -> bool {
    let mut parts = version.split('.').map_while(|part| part.parse::<u32>().ok());
    match (parts.next(), parts.next()) {
        (Some(major), Some(minor)) => (major, minor) >= OLDEST,
        (Some(_) | None, Some(_) | None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        for (version, expected) in
            [("3.11.0", true), ("3.9.18", false), ("3.100.1", true), ("4.0.0", true), ("2.7.18", false), ("", false)]
        {
            assert_eq!(is_new_enough(version), expected, "{version}");
        }
    }

    #[test]
    fn without_any_python_the_remedy_is_told() {
        let empty = tempfile::tempdir().unwrap();
        let search = Search { named: None, path: empty.path().into() };
        assert_eq!(
            search.find().unwrap_err().to_string(),
            "no Python 3.11 or newer was found. Install one (Debian, Ubuntu: apt install python3 python3-venv; \
             Fedora: dnf install python3; macOS: brew install python3) or name one in FLASKDOJO_PYTHON"
        );
    }

    #[test]
    fn a_python_that_was_named_but_is_not_there_is_told() {
        let empty = tempfile::tempdir().unwrap();
        let search = Search { named: Some("python9".into()), path: empty.path().into() };
        assert_eq!(
            search.find().unwrap_err().to_string(),
            "FLASKDOJO_PYTHON names `python9`, which is not there; name a Python 3.11 or newer"
        );
    }

    #[cfg(unix)]
    #[test]
    fn an_old_python_is_named_and_one_that_does_not_start_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        pretend(folder.path(), "python3", "echo 3.9.2");
        pretend(folder.path(), "python3.13", "exit 127");
        pretend(folder.path(), "python", "echo 3.12.1");
        let mut search = Search { named: None, path: folder.path().into() };
        assert_eq!(search.find().unwrap().version, "3.12.1");

        std::fs::remove_file(folder.path().join("python")).unwrap();
        let told = search.find().unwrap_err().to_string();
        assert!(told.starts_with("no Python 3.11 or newer was found (") && told.contains("python3 is 3.9.2"), "{told}");

        search.named = Some(folder.path().join("python3").into());
        let told = search.find().unwrap_err().to_string();
        assert!(told.contains("python3 is 3.9.2; name a Python 3.11 or newer"), "{told}");
    }

    #[cfg(unix)]
    fn pretend(folder: &Path, name: &str, does: &str) {
        use std::os::unix::fs::PermissionsExt;
        let file = folder.join(name);
        std::fs::write(&file, format!("#!/bin/sh\n{does}\n")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
}
