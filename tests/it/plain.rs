//! Plain mode with whatever is typed: it ends, loses nothing, and goes on where it was left.

use flaskdojo::content::load;
use flaskdojo::course::Course;
use flaskdojo::plain::{self, Echo, Means, Start};
use flaskdojo::progress::memory::MemoryStore;
use flaskdojo::progress::store::{Position, Store, StoreError};
use flaskdojo::study::entry::{About, Entry, Event};
use flaskdojo::study::learner::Learner;
use flaskdojo::study::moment::{Day, Moment, Timestamp};
use flaskdojo::study::today::Aim;
use proptest::prelude::*;
use std::cell::Cell;
use std::path::Path;
use std::sync::OnceLock;

fn tiny() -> &'static Course {
    static TINY: OnceLock<Course> = OnceLock::new();
    TINY.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses/tiny");
        load::course(&root).unwrap().into_course()
    })
}

/// Types lines and gives back what was written.
fn converse(store: &mut dyn Store, start: Start, lines: &[&str]) -> String {
    let log: Vec<Entry> = store.since(Position(0)).unwrap().into_iter().map(|(_, entry)| entry).collect();
    let input: String = lines.iter().flat_map(|line| [*line, "\n"]).collect();
    let mut output = Vec::new();
    let ticks = Cell::new(i64::try_from(log.len()).unwrap());
    let clock = || {
        ticks.set(ticks.get() + 1);
        Moment { at: Timestamp(ticks.get()), today: Day(20_782) }
    };
    let mut drawn = log.len() as u64;
    let mut entropy = || {
        drawn += 1;
        drawn
    };
    let means = Means {
        store,
        input: &mut input.as_bytes(),
        output: &mut output,
        echo: Echo::Written,
        clock: &clock,
        entropy: &mut entropy,
        aim: Aim::default(),
        seed: Some(7),
    };
    plain::run(tiny(), Learner::from_log(&log), means, start).unwrap();
    String::from_utf8(output).unwrap()
}

fn events(store: &mut dyn Store) -> Vec<Event> {
    store.since(Position(0)).unwrap().into_iter().map(|(_, entry)| entry.event).collect()
}

#[test]
fn a_session_goes_on_where_it_was_left() {
    let mut store = MemoryStore::default();
    let first = converse(&mut store, Start::Questions(About::Topic("routes".into())), &["<int:number>", ""]);
    assert!(first.contains("Question 2 of 4"), "{first}");
    let again = converse(&mut store, Start::Home, &["1"]);
    assert!(again.contains("Go on with your questions: 1 of 4 are done"), "{again}");
    assert!(again.contains("Question 2 of 4") && !again.contains("Question 1 of 4"), "{again}");
}

#[test]
fn a_lesson_goes_on_where_it_was_left() {
    let mut store = MemoryStore::default();
    converse(&mut store, Start::Lesson("hello.routes".into()), &["", "", "", ""]);
    let again = converse(&mut store, Start::Home, &["1"]);
    assert!(again.contains("Read on: How a path finds its view"), "{again}");
    assert!(again.contains("You stopped at section 3") && again.contains("Too late"), "{again}");
    assert!(!again.contains("A part that changes"), "{again}");
}

#[test]
fn the_same_seed_asks_the_same() {
    let ask = || converse(&mut MemoryStore::default(), Start::Questions(About::Mixed), &["1", ""]);
    assert_eq!(ask(), ask());
}

#[test]
fn a_reader_that_went_away_is_an_end() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let clock = || Moment::default();
    let means = Means {
        store: &mut MemoryStore::default(),
        input: &mut "1\n".as_bytes(),
        output: &mut Closed,
        echo: Echo::Terminal,
        clock: &clock,
        entropy: &mut || 1,
        aim: Aim::default(),
        seed: None,
    };
    assert!(plain::run(tiny(), Learner::default(), means, Start::Home).is_ok());
}

/// A store that refuses some appends.
struct Flaky {
    store: MemoryStore,
    refuses: Vec<bool>,
}

impl Store for Flaky {
    fn append(&mut self, entries: &[Entry]) -> Result<Position, StoreError> {
        if self.refuses.pop().unwrap_or(false) {
            return Err(StoreError::Full { path: "/data/progress.db".into() });
        }
        self.store.append(entries)
    }

    fn since(&mut self, position: Position) -> Result<Vec<(Position, Entry)>, StoreError> {
        self.store.since(position)
    }

    fn setting(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        self.store.setting(name)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.store.set(name, value)
    }
}

fn typed() -> impl Strategy<Value = Vec<String>> {
    const USUAL: &[&str] =
        &["", "", "", "1", "2", "3", "4", "12s", "1u", "h", "x", "b", "l", "?", "=500", "'made', 201", "route"];
    let line = prop_oneof![8 => prop::sample::select(USUAL).prop_map(str::to_owned), 1 => "\\PC{0,8}"];
    prop::collection::vec(line, 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn whatever_is_typed_a_flaky_disk_changes_only_when_it_is_saved(
        typed in typed(),
        refuses in prop::collection::vec(any::<bool>(), 0..12),
    ) {
        let lines: Vec<&str> = typed.iter().map(String::as_str).collect();
        let mut steady = MemoryStore::default();
        let page = converse(&mut steady, Start::Home, &lines);
        let mut flaky = Flaky { store: MemoryStore::default(), refuses };
        let flaky_page = converse(&mut flaky, Start::Home, &lines);
        let (all, kept) = (events(&mut steady), events(&mut flaky));
        if flaky_page.contains("NOT SAVED, so lost now") {
            prop_assert!(all.starts_with(&kept));
        } else {
            prop_assert_eq!(&all, &kept);
        }
        // Each answer on disk was followed by its verdict, and there is no verdict without an answer on disk.
        let answers = all.iter().filter(|event| matches!(event, Event::Answered(_))).count();
        let is_verdict = |line: &&str| ["Right.", "Partly right.", "Wrong.", "Noted.", "Shown."].iter().any(|word| line.starts_with(word));
        prop_assert_eq!(page.lines().filter(is_verdict).count(), answers);
    }
}
