//! The files of a course. This is the only file of the room that opens files.

use super::module;
use super::report::Report;
use super::text::SIZE_MAX;
use crate::course::recorded;
use crate::fault::FaultCode;
use crate::id;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The files of a course by their paths below its folder, with `/` between the parts.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// Where it is.
    pub root: PathBuf,
    /// What the files hold.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// What a file of a course is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot<'a> {
    /// `course.yaml`.
    Course,
    /// `glossary.yaml`.
    Glossary,
    /// `requirements.txt`.
    Requirements,
    /// `module.yaml` of this folder.
    Module(&'a str),
    /// A lesson of this folder.
    Lesson(&'a str),
    /// Questions of this folder.
    Questions(&'a str),
    /// Interview prompts of this folder.
    Prompts(&'a str),
    /// Entries of the error clinic of this folder.
    Clinic(&'a str),
    /// A request to look through of this folder.
    Xray(&'a str),
    /// What was recorded of this folder.
    Recorded(&'a str),
    /// A file of a lab.
    Lab {
        /// The module's folder.
        module: &'a str,
        /// The lab's folder.
        lab: &'a str,
        /// Its path below that, such as `start/app.py`.
        below: &'a str,
    },
}

/// What a module's folder holds.
const FOLDERS: [&str; 6] = ["lessons", "questions", "interview", "clinic", "xray", "labs"];
/// How deep folders may be nested; those of labs are the deepest.
const DEPTH_MAX: usize = 10;

/// No course has so many files; a wrong folder may.
const FILES_MAX: usize = 4096;

/// Reads a course's folder. Files that nobody reads are mistakes; hidden ones are left alone.
pub fn read(root: &Path, report: &mut Report) -> Folder {
    let mut folder = Folder { root: root.to_owned(), files: BTreeMap::new() };
    match root.canonicalize() {
        Ok(real) if real.is_dir() => Walk { root: &real, folder: &mut folder, report, seen: 0 }.enter(Path::new("")),
        Ok(_) => report.whole("", FaultCode::Unreadable, "this is not a folder", "name the folder of a course"),
        Err(error) => {
            let what = format!("there is no course here: {}", in_words(&error));
            report.whole("", FaultCode::Unreadable, what, "name the folder of a course");
        }
    }
    folder
}

/// What a path below the course's folder is for; `None` for one that nobody reads.
pub fn slot(path: &str) -> Option<Slot<'_>> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["course.yaml"] => Some(Slot::Course),
        ["glossary.yaml"] => Some(Slot::Glossary),
        ["requirements.txt"] => Some(Slot::Requirements),
        [folder, "module.yaml"] if is_module(folder) => Some(Slot::Module(folder)),
        [folder, recorded::FILE] if is_module(folder) => Some(Slot::Recorded(folder)),
        [folder, "lessons", file] if is_module(folder) && is_yaml(file) => Some(Slot::Lesson(folder)),
        [folder, "questions", file] if is_module(folder) && is_yaml(file) => Some(Slot::Questions(folder)),
        [folder, "interview", file] if is_module(folder) && is_yaml(file) => Some(Slot::Prompts(folder)),
        [folder, "clinic", file] if is_module(folder) && is_yaml(file) => Some(Slot::Clinic(folder)),
        [folder, "xray", file] if is_module(folder) && is_yaml(file) => Some(Slot::Xray(folder)),
        [folder, "labs", lab, _, ..] if is_module(folder) && id::is_well_formed(lab) => {
            let below = path.splitn(4, '/').nth(3)?;
            Some(Slot::Lab { module: folder, lab, below })
        }
        _ => None,
    }
}

/// Tells that nobody reads a file or folder, and what may stand in its place.
pub fn tell_stray(path: &str, sort: &str, report: &mut Report) {
    let mend = match path.matches('/').count() {
        0 => "here stand course.yaml, glossary.yaml, requirements.txt and folders such as 07-sessions",
        1 => "here stand module.yaml, lessons, questions, interview, clinic, xray and labs",
        _ => "here stand files that end with .yaml",
    };
    report.whole(path, FaultCode::StrayFile, format!("nobody reads this {sort}"), mend);
}

struct Walk<'a> {
    root: &'a Path,
    folder: &'a mut Folder,
    report: &'a mut Report,
    /// How many files and folders were met. Links can make a folder without end out of a few.
    seen: usize,
}

impl Walk<'_> {
    fn enter(&mut self, below: &Path) {
        let entries = match fs::read_dir(self.root.join(below)) {
            Ok(entries) => entries,
            Err(error) => {
                let what = format!("this folder can't be read: {}", in_words(&error));
                return self.report.whole(&name_of(below), FaultCode::Unreadable, what, "");
            }
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            // Python leaves its compiled files wherever somebody has tried a lab.
            if name.as_encoded_bytes().starts_with(b".") || name == "__pycache__" {
                continue;
            }
            self.seen += 1;
            if self.seen > FILES_MAX {
                let what = format!("this folder holds more than {FILES_MAX} files");
                return self.report.whole("", FaultCode::TooBig, what, "name the folder of a course");
            }
            self.entry(&below.join(name));
        }
    }

    fn entry(&mut self, below: &Path) {
        let path = name_of(below);
        let is_in_lab = path.split('/').nth(1) == Some("labs");
        if is_in_lab && self.root.join(below).is_symlink() {
            return self.report.whole(&path, FaultCode::Unreadable, "a lab has no links", "copy what it leads to");
        }
        // The real path of the course's folder was taken, so a link that leaves it shows here.
        let real = match self.root.join(below).canonicalize() {
            Ok(real) if real.starts_with(self.root) => real,
            Ok(_) => {
                let what = "this is a link that leaves the course's folder";
                return self.report.whole(&path, FaultCode::Unreadable, what, "copy what it leads to");
            }
            Err(error) => return self.unreadable(&path, &error),
        };
        let is_known_folder = match below.iter().count() {
            1 => is_module(&path),
            2 => FOLDERS.iter().any(|folder| path.rsplit('/').next() == Some(folder)),
            depth => depth <= DEPTH_MAX && path.split('/').nth(1) == Some("labs") && is_lab(&path),
        };
        match (real.is_dir(), real.is_file(), slot(&path).is_some()) {
            (true, _, _) if is_known_folder => self.enter(below),
            (false, true, true) => match contents(&real) {
                Ok(bytes) => {
                    self.folder.files.insert(path, bytes);
                }
                Err(error) => self.unreadable(&path, &error),
            },
            (true, _, _) => tell_stray(&path, "folder", self.report),
            (false, _, _) => tell_stray(&path, "file", self.report),
        }
    }

    fn unreadable(&mut self, path: &str, error: &io::Error) {
        let what = format!("this can't be read: {}", in_words(error));
        self.report.whole(path, FaultCode::Unreadable, what, "");
    }
}

/// The file's bytes, but not many more than are allowed, whatever its size claims to be.
fn contents(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(SIZE_MAX as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn is_module(folder: &str) -> bool {
    module::number(folder).is_some()
}

/// Whether a path below `labs` is that of a lab's folder, or of one in it.
fn is_lab(path: &str) -> bool {
    path.split('/').nth(2).is_some_and(id::is_well_formed)
}

fn is_yaml(file: &str) -> bool {
    file.strip_suffix(".yaml").is_some_and(|stem| !stem.is_empty() && !stem.starts_with('.'))
}

fn name_of(below: &Path) -> String {
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// An error of the system without its number.
fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "nothing has this name".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
