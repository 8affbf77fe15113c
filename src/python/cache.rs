//! What programs did before, so that only changed ones are run.

use super::environment::{Versions, write_whole};
use super::program::{Limits, Program, Run};
use super::server::SOURCE;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;

/// Remembered results, in one file.
pub struct Cache {
    file: PathBuf,
    /// What all keys depend on, taken in once.
    base: Sha256,
    runs: BTreeMap<String, Run>,
    used: BTreeSet<String>,
    is_changed: bool,
}

/// What to do with results that nobody asked for since the cache was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unused {
    /// Keep them: only a part of the course was looked at.
    Keep,
    /// Forget them: the course has no such program any more.
    Forget,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    format: u32,
    runs: BTreeMap<String, Run>,
}

const FORMAT: u32 = 2;

impl Cache {
    /// The results in `file` that were made with these versions. A file that is missing or damaged holds none.
    pub fn open(file: PathBuf, versions: &Versions, limits: Limits) -> Cache {
        let mut cache = Cache::empty(file, versions, limits);
        let stored = std::fs::read(&cache.file).ok().and_then(|text| serde_json::from_slice::<Stored>(&text).ok());
        if let Some(stored) = stored.filter(|stored| stored.format == FORMAT) {
            cache.runs = stored.runs;
        }
        cache
    }

    /// A cache that remembers nothing yet and will replace what is in `file`.
    pub fn empty(file: PathBuf, versions: &Versions, limits: Limits) -> Cache {
        let mut base = Sha256::new();
        take_in(&mut base, [SOURCE, &versions.python, &limits.time_ms.to_string()]);
        for (name, version) in &versions.packages {
            take_in(&mut base, [name, version]);
        }
        Cache { file, base, runs: BTreeMap::new(), used: BTreeSet::new(), is_changed: false }
    }

    /// What this program did before.
    pub fn get(&mut self, program: &Program) -> Option<&Run> {
        let key = self.key(program);
        let run = self.runs.get(&key)?;
        self.used.insert(key);
        Some(run)
    }

    /// Remembers what a program did, unless it might do something else the next time.
    pub fn put(&mut self, program: &Program, run: &Run) {
        if run.is_lasting() {
            let key = self.key(program);
            self.runs.insert(key.clone(), run.clone());
            self.used.insert(key);
            self.is_changed = true;
        }
    }

    /// Writes the results to disk if there are new ones.
    pub fn save(&mut self, unused: Unused) -> io::Result<()> {
        match unused {
            Unused::Keep => {}
            Unused::Forget => {
                let before = self.runs.len();
                self.runs.retain(|key, _| self.used.contains(key));
                self.is_changed |= self.runs.len() != before;
            }
        }
        if !self.is_changed {
            return Ok(());
        }
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let stored = Stored { format: FORMAT, runs: std::mem::take(&mut self.runs) };
        let written =
            serde_json::to_vec(&stored).map_err(io::Error::from).and_then(|text| write_whole(&self.file, &text));
        self.runs = stored.runs;
        self.is_changed &= written.is_err();
        written
    }

    fn key(&self, program: &Program) -> String {
        let mut hash = self.base.clone();
        take_in(&mut hash, [program.code.as_str()]);
        for claim in &program.claims {
            take_in(&mut hash, [&claim.name, &claim.expression]);
        }
        for (path, text) in &program.files {
            take_in(&mut hash, [path, text]);
        }
        if let Some(harness) = &program.harness {
            let given = harness.given().map(|request| format!("{request:?}")).unwrap_or_default();
            take_in(&mut hash, [harness.source(), &given]);
        }
        format!("{:x}", hash.finalize())
    }
}

/// Each text goes in with its length, so that no two lists of texts look alike.
fn take_in<const N: usize>(hash: &mut Sha256, texts: [&str; N]) {
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::program::{Claim, Why};

    const LIMITS: Limits = Limits { time_ms: 10_000 };

    fn versions(flask: &str) -> Versions {
        let packages = BTreeMap::from([("flask".to_owned(), flask.to_owned())]);
        Versions { python: "3.12.1".to_owned(), packages }
    }

    fn program(code: &str, claims: &[(&str, &str)]) -> Program {
        let claim =
            |&(name, expression): &(&str, &str)| Claim { name: name.to_owned(), expression: expression.to_owned() };
        Program { code: code.to_owned(), claims: claims.iter().map(claim).collect(), ..Program::default() }
    }

    fn printed(text: &str) -> Run {
        Run { printed: text.to_owned(), took_ms: 1, ..Run::default() }
    }

    #[test]
    fn a_result_is_found_again_only_for_the_same_program_on_the_same_versions() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("below/proofs.json");
        let mut cache = Cache::open(file.clone(), &versions("3.1.3"), LIMITS);
        cache.put(&program("print(1)", &[("a", "x")]), &printed("1\n"));
        cache.save(Unused::Forget).unwrap();

        let mut again = Cache::open(file.clone(), &versions("3.1.3"), LIMITS);
        assert_eq!(again.get(&program("print(1)", &[("a", "x")])), Some(&printed("1\n")));
        assert_eq!(again.get(&program("print(1)", &[("a", "y")])), None);
        assert_eq!(again.get(&program("print(1)a", &[("", "x")])), None);
        assert_eq!(
            Cache::open(file.clone(), &versions("3.2.0"), LIMITS).get(&program("print(1)", &[("a", "x")])),
            None
        );
        let longer = Limits { time_ms: 20_000 };
        assert_eq!(Cache::open(file, &versions("3.1.3"), longer).get(&program("print(1)", &[("a", "x")])), None);
    }

    #[test]
    fn what_a_limit_ended_is_not_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let mut cache = Cache::open(folder.path().join("proofs.json"), &versions("3.1.3"), LIMITS);
        cache.put(&program("slow", &[]), &Run::stopped(Why::Time, "it was still running"));
        assert_eq!(cache.get(&program("slow", &[])), None);
    }

    #[test]
    fn programs_that_are_gone_are_forgotten_only_after_a_look_at_everything() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("proofs.json");
        let open = || Cache::open(file.clone(), &versions("3.1.3"), LIMITS);
        let mut cache = open();
        cache.put(&program("old", &[]), &printed("o"));
        cache.put(&program("kept", &[]), &printed("k"));
        cache.save(Unused::Forget).unwrap();

        for (unused, is_known) in [(Unused::Keep, true), (Unused::Forget, false)] {
            let mut cache = open();
            cache.get(&program("kept", &[])).unwrap();
            cache.save(unused).unwrap();
            assert_eq!(open().get(&program("old", &[])).is_some(), is_known, "{unused:?}");
            assert!(open().get(&program("kept", &[])).is_some());
        }
    }

    #[test]
    fn a_damaged_file_holds_nothing_and_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("proofs.json");
        std::fs::write(&file, "{\"format\": 2, \"runs\"").unwrap();
        let mut cache = Cache::open(file.clone(), &versions("3.1.3"), LIMITS);
        cache.put(&program("print(1)", &[]), &printed("1\n"));
        cache.save(Unused::Forget).unwrap();
        assert!(Cache::open(file, &versions("3.1.3"), LIMITS).get(&program("print(1)", &[])).is_some());
    }
}
