//! Where the Python environment and the results of earlier runs are.

use crate::python::interpreter::Search;
use etcetera::BaseStrategy;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Where things that can be made again are kept, and where Python is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The folder for what can be made again.
    pub cache: PathBuf,
    /// Where Python is looked for.
    pub search: Search,
}

impl Places {
    /// Those of the user; `None` for a user without a home.
    pub fn of_user() -> Option<Places> {
        let cache = etcetera::choose_base_strategy().ok()?.cache_dir().join("flaskdojo");
        Some(Places { cache, search: Search::from_surroundings() })
    }

    /// The folder of the Python environments.
    pub fn environments(&self) -> PathBuf {
        self.cache.join("python-env")
    }

    /// The file with the results for the course in `dir`. Each course has its own, so that one does not make another's
    /// results look unused.
    pub fn cache_of(&self, dir: &Path) -> PathBuf {
        self.cache.join("proofs").join(format!("{}.json", name_of(dir)))
    }

    /// The same for another version of Flask than the course's own.
    pub fn cache_on(&self, dir: &Path, flask: &str) -> PathBuf {
        self.cache.join("proofs").join(format!("{}-{flask}.json", name_of(dir)))
    }
}

fn name_of(dir: &Path) -> String {
    format!("{:x}", Sha256::digest(dir.as_os_str().as_encoded_bytes()))[..16].to_owned()
}
