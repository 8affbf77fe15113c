//! A Python of their own for a course's programs: made once, then found without starting anything.

use super::interpreter::{Candidate, Interpreter, NoPython, Search};
use super::requirements::{NotPinned, Requirements};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A virtual environment with a course's packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Its Python program.
    pub python: PathBuf,
    /// What is in it.
    pub versions: Versions,
}

/// What programs run on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// The version of Python.
    pub python: String,
    /// The version of each installed package, by its name in small letters.
    pub packages: BTreeMap<String, String>,
}

/// Why there is no environment.
#[derive(Debug, thiserror::Error)]
pub enum EnvironmentError {
    /// There is no Python.
    #[error(transparent)]
    NoPython(#[from] NoPython),
    /// The packages are not exact.
    #[error(transparent)]
    NotPinned(#[from] NotPinned),
    /// Python came without its `venv` module.
    #[error(
        "{} can't make virtual environments: its venv module is missing. Install it (Debian, Ubuntu: apt install \
         python3-venv) or name another Python in FLASKDOJO_PYTHON", python.display()
    )]
    NoVenv {
        /// Which Python.
        python: PathBuf,
    },
    /// pip could not reach the place it gets packages from.
    #[error(
        "pip could not reach its package index, which is needed once. Check the network and pip's settings \
         (PIP_INDEX_URL, PIP_PROXY), then try again. pip said: {said}"
    )]
    NoIndex {
        /// The last that pip said.
        said: String,
    },
    /// pip could not install the packages.
    #[error("pip could not install the packages of requirements.txt. It said: {said}")]
    NotInstalled {
        /// The last that pip said.
        said: String,
    },
    /// Python could not do what it is there for.
    #[error("{} could not {task}. It said: {said}", python.display())]
    Broken {
        /// Which Python.
        python: PathBuf,
        /// What it should have done.
        task: &'static str,
        /// The last that it said.
        said: String,
    },
    /// A file or folder could not be used.
    #[error("could not {task} {}: {source}", path.display())]
    File {
        /// What was being done.
        task: &'static str,
        /// To what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Written last into a finished environment. Without it an environment is what a broken installation left behind.
///
/// An environment is not built elsewhere and moved, because the programs in it contain its path.
const STAMP: &str = "flaskdojo.json";

#[derive(Serialize, Deserialize)]
struct Stamp {
    made_with: PathBuf,
    state: String,
    versions: Versions,
}

impl Environment {
    /// The environment for `requirements` in the folder `root`; it is made where there is none. `say` hears what
    /// takes long.
    pub fn ready(
        root: &Path,
        requirements: &Requirements,
        search: &Search,
        say: &mut dyn FnMut(&str),
    ) -> Result<Environment, EnvironmentError> {
        for candidate in search.candidates() {
            if let Some(ready) = Environment::read(&place(root, requirements, &candidate), &candidate) {
                return Ok(ready);
            }
        }
        let interpreter = search.find()?;
        let folder = place(root, requirements, &interpreter.candidate);
        file(std::fs::create_dir_all(root), "make the folder", root)?;
        let lock = folder.with_extension("lock");
        let lock = file(File::create(&lock), "make", &lock)?;
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            say("waiting for another program that makes the Python environment …");
            file(lock.lock(), "wait for", &folder)?;
        }
        // Another program may have made it in the meantime.
        match Environment::read(&folder, &interpreter.candidate) {
            Some(ready) => Ok(ready),
            None => make(&folder, requirements, interpreter, say),
        }
    }

    /// The environment in `folder`, if it is whole and was made with this Python.
    fn read(folder: &Path, candidate: &Candidate) -> Option<Environment> {
        let stamp: Stamp = serde_json::from_slice(&std::fs::read(folder.join(STAMP)).ok()?).ok()?;
        let python = program(folder);
        // The file is a link to the Python it was made with, which may be gone.
        let is_whole = stamp.made_with == candidate.file && stamp.state == candidate.state && python.exists();
        is_whole.then_some(Environment { python, versions: stamp.versions })
    }
}

impl Versions {
    /// In words, the most important first: `Flask 3.1.3`, or what else there is.
    pub fn words(&self) -> String {
        match self.packages.get("flask") {
            Some(version) => format!("Flask {version}"),
            None => format!("Python {}", self.python),
        }
    }
}

fn make(
    folder: &Path,
    requirements: &Requirements,
    with: Interpreter,
    say: &mut dyn FnMut(&str),
) -> Result<Environment, EnvironmentError> {
    say(&format!("making the Python environment (once) in {} …", folder.display()));
    if folder.exists() {
        file(std::fs::remove_dir_all(folder), "remove the unfinished", folder)?;
    }
    let base = &with.candidate.file;
    let mut venv = Command::new(base);
    venv.args(["-I", "-m", "venv"]).arg(folder);
    // pip takes longer to come than all that it installs; where there is nothing to install it isn't needed.
    if requirements.pins.is_empty() {
        venv.arg("--without-pip");
    }
    let made = run(&mut venv, base, "be started")?;
    if !made.status.success() {
        return Err(venv_failed(base, &made));
    }
    let python = program(folder);
    if !requirements.pins.is_empty() {
        install(folder, requirements, &python, say)?;
    }
    let versions = Versions { python: with.version, packages: packages(&python)? };
    let stamp = Stamp { made_with: with.candidate.file, state: with.candidate.state, versions };
    let text = serde_json::to_vec_pretty(&stamp).map_err(io::Error::from);
    let path = folder.join(STAMP);
    file(text.and_then(|text| write_whole(&path, &text)), "write", &path)?;
    Ok(Environment { python, versions: stamp.versions })
}

fn install(
    folder: &Path,
    requirements: &Requirements,
    python: &Path,
    say: &mut dyn FnMut(&str),
) -> Result<(), EnvironmentError> {
    say(&format!("installing {} …", requirements.pins.join(" ")));
    let list = folder.join("requirements.txt");
    file(std::fs::write(&list, requirements.text()), "write", &list)?;
    let mut pip = Command::new(python);
    pip.args(["-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2"]);
    let installed = run(pip.arg("-r").arg(&list), python, "be started")?;
    if !installed.status.success() {
        return Err(pip_failed(&installed));
    }
    Ok(())
}

/// Writes a file so that it is there whole or not at all.
pub(super) fn write_whole(path: &Path, text: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut whole = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut whole, text)?;
    whole.persist(path)?;
    Ok(())
}

/// Where the environment is for these packages and this Python.
fn place(root: &Path, requirements: &Requirements, candidate: &Candidate) -> PathBuf {
    let python = Sha256::digest(format!("{}\n{}", candidate.file.display(), candidate.state));
    root.join(format!("{}-{}", requirements.key(), &format!("{python:x}")[..8]))
}

fn program(folder: &Path) -> PathBuf {
    if cfg!(windows) { folder.join("Scripts/python.exe") } else { folder.join("bin/python") }
}

fn packages(python: &Path) -> Result<BTreeMap<String, String>, EnvironmentError> {
    let ask = "import json\nfrom importlib.metadata import distributions\n\
               print(json.dumps({d.metadata['Name'].lower(): d.version for d in distributions() if d.metadata['Name']}))";
    let task = "list its packages";
    let said = run(Command::new(python).args(["-I", "-c", ask]), python, task)?;
    serde_json::from_slice(&said.stdout).map_err(|_| EnvironmentError::Broken {
        python: python.to_owned(),
        task,
        said: last_words(&said),
    })
}

fn run(command: &mut Command, python: &Path, task: &'static str) -> Result<Output, EnvironmentError> {
    command.stdin(Stdio::null()).output().map_err(|error| EnvironmentError::Broken {
        python: python.to_owned(),
        task,
        said: error.to_string(),
    })
}

fn venv_failed(python: &Path, made: &Output) -> EnvironmentError {
    let said = all_words(made);
    if said.contains("ensurepip") || said.contains("No module named venv") {
        return EnvironmentError::NoVenv { python: python.to_owned() };
    }
    EnvironmentError::Broken { python: python.to_owned(), task: "make an environment", said: last_words(made) }
}

fn pip_failed(installed: &Output) -> EnvironmentError {
    const UNREACHABLE: [&str; 5] = [
        "NewConnectionError",
        "NameResolutionError",
        "Connection refused",
        "Temporary failure in name resolution",
        "Retrying (Retry(",
    ];
    let all = all_words(installed);
    match all.lines().rfind(|line| UNREACHABLE.iter().any(|sign| line.contains(sign))) {
        Some(line) => EnvironmentError::NoIndex { said: reason(line).to_owned() },
        None => EnvironmentError::NotInstalled { said: last_words(installed) },
    }
}

/// What pip's warning says in the end, without the objects that it names before: "Connection refused".
fn reason(line: &str) -> &str {
    let reason = line.rsplit_once(">: ").map_or(line, |(_, reason)| reason);
    reason.split_once("')").map_or(reason, |(reason, _)| reason)
}

fn all_words(output: &Output) -> String {
    format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The last lines, on one line.
fn last_words(output: &Output) -> String {
    let all = all_words(output);
    let lines: Vec<&str> = all.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines[lines.len().saturating_sub(3)..].join(" / ")
}

fn file<T>(result: io::Result<T>, task: &'static str, path: &Path) -> Result<T, EnvironmentError> {
    result.map_err(|source| EnvironmentError::File { task, path: path.to_owned(), source })
}
