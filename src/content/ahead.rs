//! What can be read of a file before the others are known: its YAML and, of lessons and questions, everything but the names
//! that lead elsewhere. It is most of the work, and done for several files at a time.

use super::folder::{self, Folder, Slot};
use super::lesson::{self, LessonFields};
use super::locate::Slip;
use super::yaml::{self, Document, Value};
use super::{question, text, unknown};
use crate::course::lesson::Lesson;
use crate::fault::{Faults, Purpose};
use crate::field::Field;
use crate::question::Question;
use crate::shape::Described;
use std::collections::HashMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What was read of a file.
pub struct Ahead {
    /// Its text.
    pub text: Arc<str>,
    /// What it says, or what is wrong with it.
    pub document: Result<Document, Vec<Slip>>,
    /// What it holds.
    pub checked: Checked,
}

/// What a file holds, with the mistakes in it.
pub enum Checked {
    /// Something that is looked at later.
    Later,
    /// A lesson, if it is good.
    Lesson(Option<Lesson>, Faults),
    /// Its good questions.
    Questions(Vec<Question>, Faults),
}

/// More threads than this have nothing to do.
const THREADS_MAX: usize = 8;

/// Reads the YAML files of a course, by their paths.
pub fn read(folder: &Folder, purpose: Purpose) -> HashMap<&str, Ahead> {
    let files: Vec<(&str, Slot, &[u8])> = folder
        .files
        .iter()
        .filter_map(|(path, bytes)| Some((path.as_str(), folder::slot(path)?, &bytes[..])))
        .collect();
    let next = AtomicUsize::new(0);
    let done = Mutex::new(HashMap::with_capacity(files.len()));
    let work = || {
        let mut own = Vec::new();
        while let Some((path, slot, bytes)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            own.extend(file(*slot, bytes, purpose).map(|ahead| (*path, ahead)));
        }
        done.lock().unwrap_or_else(PoisonError::into_inner).extend(own);
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(THREADS_MAX).min(files.len());
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn file(slot: Slot, bytes: &[u8], purpose: Purpose) -> Option<Ahead> {
    let check: fn(&Value, Faults) -> Checked = match slot {
        Slot::Lesson(_) => |value, mut faults| {
            unknown::check(value, &[LessonFields::TABLE], &mut faults);
            let fields: Field<LessonFields> = yaml::decode(value.clone());
            let lesson = fields.maybe("", &mut faults).and_then(|fields| lesson::check(fields, &mut faults));
            Checked::Lesson(lesson, faults)
        },
        Slot::Questions(_) => |value, mut faults| {
            let entries = value.as_sequence().into_iter().flatten().enumerate();
            let questions = entries.filter_map(|(index, value)| {
                faults.within(&format!("[{index}]"), |faults| question::check(value.clone(), faults))
            });
            let questions = questions.collect();
            Checked::Questions(questions, faults)
        },
        Slot::Course | Slot::Glossary | Slot::Module(_) | Slot::Prompts(_) | Slot::Clinic(_) | Slot::Xray(_) => {
            |_, _| Checked::Later
        }
        Slot::Requirements | Slot::Recorded(_) | Slot::Lab { .. } => return None,
    };
    let mut ahead = yaml(bytes);
    if let Ok(document) = &ahead.document {
        ahead.checked = check(&document.value, Faults::reading(purpose));
    }
    Some(ahead)
}

/// The YAML of a file.
pub fn yaml(bytes: &[u8]) -> Ahead {
    let (text, slips) = text::read(bytes);
    let document = if slips.is_empty() { yaml::read(&text) } else { Err(slips) };
    Ahead { text: text.into(), document, checked: Checked::Later }
}
