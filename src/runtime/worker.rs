//! The thread that owns the progress file, so that no key ever waits for a disk.

use super::environment::Process;
use super::happening::Happening;
use super::wanted::short;
use crate::course::Course;
use crate::progress::snapshot::Snapshot;
use crate::progress::store::{Position, Store, StoreError};
use crate::settings::{Change, file};
use crate::study::entry::Entry;
use crate::study::report::Report;
use crate::study::text::TextIndex;
use crate::tui::message::{Failure, Message, Ticket};
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

/// A store, and how much of it the learner on the screen already includes.
pub struct Shelf {
    /// The store.
    pub store: Box<dyn Store>,
    /// Up to which entry the learner is known.
    pub seen: Position,
    /// The course, to be read through for a search.
    pub course: Arc<Course>,
    /// The folder for reports; `None` where there can be none.
    pub reports: Option<PathBuf>,
    /// A snapshot of the learner that is worth keeping.
    pub fresh: Option<Snapshot>,
    /// The settings file; `None` where there can be none.
    pub settings: Option<PathBuf>,
}

/// The thread at work.
pub struct Worker {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

enum Order {
    Record(Ticket, Entry),
    Keep(Change),
    ReadSchemes,
    Remember(&'static str, String),
    Report(Report),
    ReadTexts,
}

/// Serving orders needs little: SQLite keeps its large things on the heap.
const STACK_BYTES: usize = 512 * 1024;

impl Worker {
    /// Starts the thread; its answers go to `answers`.
    pub fn start(shelf: Shelf, answers: Sender<Happening>) -> std::io::Result<Worker> {
        let (orders, waiting) = channel();
        let work = move || serve(shelf, &waiting, &answers);
        let thread = super::thread::start("progress", STACK_BYTES, work)?;
        Ok(Worker { orders: Some(orders), thread: Some(thread) })
    }

    /// Writes an entry; [`Message::Stored`] comes back.
    pub fn record(&self, ticket: Ticket, entry: Entry) {
        self.order(Order::Record(ticket, entry));
    }

    /// Keeps an option, as soon as that is possible; [`Message::NotKept`] comes back if it isn't now.
    pub fn keep(&self, change: Change) {
        self.order(Order::Keep(change));
    }

    /// Reads the base16 files; [`Message::Schemes`] comes back.
    pub fn read_schemes(&self) {
        self.order(Order::ReadSchemes);
    }

    /// Makes the index of all texts; [`Message::Texts`] comes back.
    pub fn read_texts(&self) {
        self.order(Order::ReadTexts);
    }

    /// Writes a report; [`Message::Reported`] comes back.
    pub fn report(&self, report: Report) {
        self.order(Order::Report(report));
    }

    /// Remembers something of this computer beside the progress. It is no loss if that fails.
    pub fn remember(&self, name: &'static str, value: String) {
        self.order(Order::Remember(name, value));
    }

    fn order(&self, order: Order) {
        // The thread ends only when `orders` is dropped, or by a panic, which ends the program.
        if let Some(orders) = &self.orders {
            let _ = orders.send(order);
        }
    }
}

impl Drop for Worker {
    /// Waits until everything is done that was ordered.
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What to tell the learner about an error.
pub fn failure(error: &StoreError) -> Failure {
    let (what, path) = match error {
        StoreError::Newer { path, .. } => ("a newer flaskdojo has written your progress", Some(path)),
        StoreError::Full { path } => ("the disk is full", Some(path)),
        StoreError::ReadOnly { path } => ("the folder may not be written", Some(path)),
        StoreError::Damaged { path, .. } => ("the progress file is damaged", Some(path)),
        StoreError::Busy { path } => ("another program keeps the progress file busy", Some(path)),
        StoreError::Nowhere => ("there is no folder for progress", None),
        StoreError::Other { path, why } => (why.as_str(), Some(path)),
    };
    Failure { what: what.to_owned(), place: path.map_or(String::new(), |path| path.display().to_string()) }
}

fn serve(mut shelf: Shelf, orders: &Receiver<Order>, answers: &Sender<Happening>) {
    let mut unkept: Vec<Change> = Vec::new();
    // Nobody listens any more only when the program ends: then an answer is lost on purpose.
    let say = |message| drop(answers.send(Happening::Message(message)));
    if let Some(fresh) = shelf.fresh.take() {
        // Without it the next start only takes longer.
        let _ = shelf.store.keep(&fresh);
    }
    for order in orders {
        match order {
            Order::Record(ticket, entry) => {
                let written = shelf.write(&entry);
                let told = written.as_ref().map(|(position, _)| *position).map_err(failure);
                say(Message::Stored(ticket, told));
                if let Ok((_, others)) = written
                    && !others.is_empty()
                {
                    say(Message::Learnt(others));
                }
            }
            Order::Keep(change) => match shelf.keep(&change) {
                Ok(()) => {}
                Err(failure) => {
                    unkept.push(change);
                    say(Message::NotKept(failure));
                    continue;
                }
            },
            Order::ReadTexts => say(Message::Texts(Arc::new(TextIndex::of(&shelf.course)))),
            Order::Report(report) => say(Message::Reported(shelf.report(&report))),
            Order::Remember(name, value) => drop(shelf.store.set(name, &value)),
            Order::ReadSchemes => {
                say(Message::Schemes(shelf.settings.as_deref().map(file::themes).unwrap_or_default()));
            }
        }
        unkept.retain(|change| shelf.keep(change).is_err());
    }
}

/// What to tell the learner about a file that could not be written.
fn refused(path: &Path, error: &std::io::Error) -> Failure {
    let what = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "the file may not be written".to_owned(),
        _ => error.to_string(),
    };
    Failure { what, place: path.display().to_string() }
}

impl Shelf {
    fn keep(&self, change: &Change) -> Result<(), Failure> {
        let Some(path) = &self.settings else {
            return Err(Failure { what: "there is no folder for settings".to_owned(), place: String::new() });
        };
        file::keep(path, change).map_err(|error| refused(path, &error))
    }

    /// Writes a report to a file that is not there yet. Says which.
    fn report(&self, report: &Report) -> Result<String, Failure> {
        let Some(folder) = &self.reports else {
            return Err(Failure { what: "there is no folder for it".to_owned(), place: String::new() });
        };
        let write = || {
            std::fs::create_dir_all(folder)?;
            for number in 1..u32::MAX {
                let more = if number == 1 { String::new() } else { format!("-{number}") };
                let path = folder.join(format!("{}{more}.txt", report.name));
                match File::create_new(&path) {
                    Ok(mut file) => return file.write_all(report.text.as_bytes()).map(|()| path),
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(error),
                }
            }
            Err(ErrorKind::AlreadyExists.into())
        };
        write().map(|path: PathBuf| short(&path, &Process)).map_err(|error| refused(folder, &error))
    }

    /// Writes an entry. Gives back where it stands, and what other copies have written since the learner is known.
    fn write(&mut self, entry: &Entry) -> Result<(Position, Vec<Entry>), StoreError> {
        let own = self.store.append(std::slice::from_ref(entry))?;
        // The entry is on disk. If another copy's cannot be read just now, the next write looks again.
        let others = if own.0 == self.seen.0 + 1 { Ok(Vec::new()) } else { self.store.since(self.seen) };
        let Ok(others) = others else { return Ok((own, Vec::new())) };
        self.seen = others.last().map_or(own, |(position, _)| own.max(*position));
        Ok((own, others.into_iter().filter(|(position, _)| *position != own).map(|(_, entry)| entry).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::memory::MemoryStore;
    use crate::study::entry::Event;
    use crate::study::moment::{Day, Timestamp};
    use std::sync::Mutex;

    /// A store that several hands hold at once, as several copies of the program hold one file.
    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<MemoryStore>>);

    impl Store for Shared {
        fn append(&mut self, entries: &[Entry]) -> Result<Position, StoreError> {
            self.0.lock().unwrap().append(entries)
        }
        fn since(&mut self, position: Position) -> Result<Vec<(Position, Entry)>, StoreError> {
            self.0.lock().unwrap().since(position)
        }
        fn setting(&mut self, name: &str) -> Result<Option<String>, StoreError> {
            self.0.lock().unwrap().setting(name)
        }
        fn set(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
            self.0.lock().unwrap().set(name, value)
        }
    }

    fn entry(block: u16) -> Entry {
        Entry { at: Timestamp(0), day: Day(0), event: Event::Reached { lesson: "l".into(), block } }
    }

    /// Everything that is answered until the worker has ended.
    fn answers(shelf: Shelf, orders: impl FnOnce(&Worker)) -> Vec<Message> {
        let (sender, receiver) = channel();
        let worker = Worker::start(shelf, sender).unwrap();
        orders(&worker);
        drop(worker);
        let message = |happening| match happening {
            Happening::Message(message) => message,
            other => panic!("{other:?}"),
        };
        receiver.iter().map(message).collect()
    }

    fn course() -> Arc<Course> {
        Arc::new(crate::builtin::course())
    }

    fn shelf(store: &Shared, seen: u64) -> Shelf {
        Shelf {
            store: Box::new(store.clone()),
            seen: Position(seen),
            fresh: None,
            settings: None,
            reports: None,
            course: course(),
        }
    }

    #[test]
    fn all_that_was_ordered_is_done_before_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let settings = folder.path().join("settings.toml");
        let file = Shared::default();
        let shelf = Shelf { settings: Some(settings.clone()), ..shelf(&file, 0) };
        let told = answers(shelf, |worker| {
            worker.record(Ticket(1), entry(1));
            worker.keep(Change::Measure(60));
            worker.record(Ticket(2), entry(2));
        });
        assert_eq!(told, [Message::Stored(Ticket(1), Ok(Position(1))), Message::Stored(Ticket(2), Ok(Position(2)))]);
        assert_eq!(file.clone().since(Position(0)).unwrap().len(), 2);
        assert_eq!(file::read(&settings).settings.measure, 60);
    }

    #[test]
    fn each_report_has_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let reports = folder.path().join("reports");
        let shelf = Shelf { reports: Some(reports.clone()), ..shelf(&Shared::default(), 0) };
        let report = Report { name: "a-question".to_owned(), text: "wrong".to_owned() };
        let told = answers(shelf, |worker| {
            worker.report(report.clone());
            worker.report(report.clone());
        });
        for (told, name) in told.iter().zip(["a-question.txt", "a-question-2.txt"]) {
            assert!(matches!(told, Message::Reported(Ok(place)) if place.ends_with(name)), "{told:?}");
            assert_eq!(std::fs::read_to_string(reports.join(name)).unwrap(), "wrong");
        }
    }

    #[test]
    fn what_another_copy_wrote_is_told_once() {
        let mut file = Shared::default();
        file.append(&[entry(1)]).unwrap();
        let shelf = shelf(&file, 1);
        file.append(&[entry(10), entry(11)]).unwrap();
        let told = answers(shelf, |worker| {
            worker.record(Ticket(1), entry(2));
            worker.record(Ticket(2), entry(3));
        });
        let expected = [
            Message::Stored(Ticket(1), Ok(Position(4))),
            Message::Learnt(vec![entry(10), entry(11)]),
            Message::Stored(Ticket(2), Ok(Position(5))),
        ];
        assert_eq!(told, expected);
    }

    /// A store on a disk that is full for the first write.
    struct FullAtFirst(bool, Shared);

    impl Store for FullAtFirst {
        fn append(&mut self, entries: &[Entry]) -> Result<Position, StoreError> {
            if std::mem::take(&mut self.0) {
                return Err(StoreError::Full { path: "here".into() });
            }
            self.1.append(entries)
        }
        fn since(&mut self, position: Position) -> Result<Vec<(Position, Entry)>, StoreError> {
            self.1.since(position)
        }
        fn setting(&mut self, name: &str) -> Result<Option<String>, StoreError> {
            self.1.setting(name)
        }
        fn set(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
            self.1.set(name, value)
        }
    }

    #[test]
    fn a_failed_write_is_told() {
        let store = Box::new(FullAtFirst(true, Shared::default()));
        let shelf = Shelf { store, seen: Position(0), fresh: None, settings: None, reports: None, course: course() };
        let told = answers(shelf, |worker| {
            worker.record(Ticket(1), entry(1));
            worker.record(Ticket(1), entry(1));
        });
        let failed = Failure { what: "the disk is full".to_owned(), place: "here".to_owned() };
        assert_eq!(told, [Message::Stored(Ticket(1), Err(failed)), Message::Stored(Ticket(1), Ok(Position(1)))]);
    }

    #[test]
    fn an_option_that_cannot_be_kept_is_told_and_tried_again_with_every_order() {
        let folder = tempfile::tempdir().unwrap();
        let in_the_way = folder.path().join("settings");
        std::fs::write(&in_the_way, "a file where a folder should be").unwrap();
        let settings = in_the_way.join("settings.toml");
        let (sender, receiver) = channel();
        let shelf = Shelf { settings: Some(settings.clone()), ..shelf(&Shared::default(), 0) };
        let worker = Worker::start(shelf, sender).unwrap();
        worker.keep(Change::Measure(60));
        let told = receiver.recv().unwrap();
        assert!(matches!(&told, Happening::Message(Message::NotKept(_))), "{told:?}");
        std::fs::remove_file(&in_the_way).unwrap();
        worker.record(Ticket(1), entry(1));
        drop(worker);
        assert_eq!(file::read(&settings).settings.measure, 60);
    }
}
