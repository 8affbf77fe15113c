//! A progress file that may not be there yet: nobody who learns is kept waiting by a full disk or a folder that may not be
//! written.

use super::order;
use super::snapshot::{self, Loaded, Snapshot};
use super::sqlite::SqliteStore;
use super::store::{Position, Store, StoreError};
use crate::study::entry::Entry;
use crate::study::learner::Learner;
use crate::study::names::Names;
use std::path::PathBuf;

/// A progress file that is opened anew with everything one wants of it, as long as opening fails.
#[derive(Debug)]
pub struct PatientStore {
    folder: Option<PathBuf>,
    course: Box<str>,
    store: Option<SqliteStore>,
}

/// What there is at the start.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: PatientStore,
    /// The learner, by all that can be read.
    pub learner: Learner,
    /// The last entry that is in it.
    pub seen: Position,
    /// A snapshot worth keeping.
    pub fresh: Option<Snapshot>,
    /// Why nothing can be written just now; `None` when it can.
    pub trouble: Option<StoreError>,
}

impl PatientStore {
    /// Opens the file in a folder for a course with these names. What passes by itself or by the learner's hand, such as a full disk, is
    /// told beside what can be read; a file that this program must not touch is an error.
    pub fn open(folder: Option<PathBuf>, course: &str, names: &Names) -> Result<Opened, StoreError> {
        let mut store = PatientStore { folder, course: course.into(), store: None };
        match snapshot::load(&mut store, names) {
            Ok(Loaded { learner, seen, fresh }) => Ok(Opened { store, learner, seen, fresh, trouble: None }),
            Err(error @ (StoreError::Newer { .. } | StoreError::Damaged { .. })) => Err(error),
            Err(trouble) => {
                let look = |folder: &PathBuf| SqliteStore::look(folder, course).ok();
                let mut log = store.folder.as_ref().and_then(look).unwrap_or_default();
                let seen = log.last().map_or(Position(0), |(position, _)| *position);
                order::arrange(&mut log);
                let learner = Learner::with(names.clone(), log.iter().map(|(_, entry)| entry));
                Ok(Opened { store, learner, seen, fresh: None, trouble: Some(trouble) })
            }
        }
    }

    fn store(&mut self) -> Result<&mut SqliteStore, StoreError> {
        let store = match self.store.take() {
            Some(store) => store,
            None => SqliteStore::open(self.folder.as_ref().ok_or(StoreError::Nowhere)?, &self.course)?,
        };
        Ok(self.store.insert(store))
    }
}

impl Store for PatientStore {
    fn append(&mut self, entries: &[Entry]) -> Result<Position, StoreError> {
        self.store()?.append(entries)
    }

    fn since(&mut self, position: Position) -> Result<Vec<(Position, Entry)>, StoreError> {
        self.store()?.since(position)
    }

    fn setting(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        self.store()?.setting(name)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.store()?.set(name, value)
    }

    fn snapshot(&mut self) -> Result<Option<Snapshot>, StoreError> {
        self.store()?.snapshot()
    }

    fn keep(&mut self, snapshot: &Snapshot) -> Result<(), StoreError> {
        self.store()?.keep(snapshot)
    }
}
