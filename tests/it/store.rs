//! What every store must do, and what the file on disk must stand.

use flaskdojo::id::{LessonId, ModuleId, QuestionId, TopicId};
use flaskdojo::progress::memory::MemoryStore;
use flaskdojo::progress::migrate::{FORMAT, backup_of};
use flaskdojo::progress::patient::PatientStore;
use flaskdojo::progress::sqlite::{FILE, SqliteStore};
use flaskdojo::progress::store::{Position, Store, StoreError};
use flaskdojo::question::answer::{Answer, Verdict};
use flaskdojo::study::entry::{About, Attempt, Confidence, Entry, Event, Place, Plan, SessionId};
use flaskdojo::study::moment::{Day, Timestamp};
use flaskdojo::study::names::Names;
use flaskdojo::study::seed::Seed;
use rusqlite::Connection;
use std::path::Path;
use tempfile::TempDir;

/// Every store: a new one is one line here.
const STORES: [(&str, fn(&TempDir) -> Box<dyn Store>); 3] = [
    ("memory", |_| Box::new(MemoryStore::default())),
    ("sqlite", |folder| Box::new(open(folder.path()))),
    ("patient", |folder| {
        Box::new(PatientStore::open(Some(folder.path().to_owned()), "flask", &Names::default()).unwrap().store)
    }),
];

/// Runs a test once for every store.
fn each(test: impl Fn(&str, Box<dyn Store>)) {
    for (name, make) in STORES {
        let folder = tempfile::tempdir().unwrap();
        test(name, make(&folder));
    }
}

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open(folder, "flask").unwrap()
}

fn reached(block: u16) -> Entry {
    let event = Event::Reached { lesson: LessonId::from("sessions.what"), block };
    Entry { at: Timestamp(i64::from(block)), day: Day(20_000), event }
}

fn entries(store: &mut dyn Store, after: u64) -> Vec<Entry> {
    store.since(Position(after)).unwrap().into_iter().map(|(_, entry)| entry).collect()
}

/// One entry of every sort: what `tests/stores/` holds.
fn one_of_each() -> Vec<Entry> {
    let attempt = |place, answer, verdict, confidence| {
        Event::Answered(Attempt {
            place,
            question: QuestionId::from("sessions.card-number"),
            fingerprint: u64::MAX,
            took_ms: 4200,
            answer,
            verdict,
            confidence,
            hints: 1,
        })
    };
    let session = SessionId(u64::MAX - 1);
    let plans = [
        About::Lesson("sessions.what".into()),
        About::Topic(TopicId::from("session")),
        About::Module(ModuleId::from("07-sessions")),
        About::Mixed,
        About::Mistakes,
        About::Single("sessions.card-number".into()),
    ];
    let questions = vec!["sessions.card-number".into(), "sessions.größe".into()];
    let started = plans.map(|about| Event::Started {
        session,
        plan: Plan { about, questions: questions.clone() },
        seed: Seed(7),
    });
    let place = || Place::Session { id: session, round: 2 };
    let chosen = Answer::Chosen(vec!["a".into(), "it’s \"quoted\"\n".into()]);
    let events = started.into_iter().chain([
        Event::Reached { lesson: "sessions.what".into(), block: 3 },
        attempt(Place::Lesson("sessions.what".into()), chosen, Verdict::Partly, None),
        attempt(place(), Answer::Typed("session[\"n\"]\t# ☃".into()), Verdict::Right, Some(Confidence::Sure)),
        attempt(place(), Answer::GaveUp, Verdict::Wrong, Some(Confidence::Unsure)),
        Event::Read { lesson: "sessions.what".into(), took_ms: u32::MAX },
        Event::Finished { session },
    ]);
    let at = |n: usize| Timestamp(1_790_000_000_000 + n as i64);
    events.enumerate().map(|(n, event)| Entry { at: at(n), day: Day(20_717), event }).collect()
}

#[test]
fn entries_come_back_in_order_and_whole() {
    each(|name, mut store| {
        let log = one_of_each();
        for (n, entry) in log.iter().enumerate() {
            assert_eq!(store.append(std::slice::from_ref(entry)).unwrap(), Position(n as u64 + 1), "{name}");
        }
        assert_eq!(entries(&mut *store, 0), log, "{name}");
    });
}

#[test]
fn several_entries_stand_side_by_side() {
    each(|name, mut store| {
        store.append(&[reached(0)]).unwrap();
        assert_eq!(store.append(&[reached(1), reached(2)]).unwrap(), Position(3), "{name}");
        assert_eq!(store.append(&[]).unwrap(), Position(3), "{name}");
        let placed = store.since(Position(1)).unwrap();
        assert_eq!(placed, [(Position(2), reached(1)), (Position(3), reached(2))], "{name}");
        assert_eq!(store.since(Position(3)).unwrap(), [], "{name}");
        assert_eq!(store.since(Position(u64::MAX)).unwrap(), [], "{name}");
    });
}

#[test]
fn a_setting_is_the_one_kept_last() {
    each(|name, mut store| {
        assert_eq!(store.setting("theme").unwrap(), None, "{name}");
        store.set("theme", "dark").unwrap();
        store.set("mouse", "off").unwrap();
        store.set("theme", "light").unwrap();
        assert_eq!(store.setting("theme").unwrap().as_deref(), Some("light"), "{name}");
    });
}

#[test]
fn what_was_written_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    store.append(&one_of_each()).unwrap();
    store.set("theme", "light").unwrap();
    drop(store);
    let mut store = open(folder.path());
    assert_eq!(entries(&mut store, 0), one_of_each());
    assert_eq!(store.setting("theme").unwrap().as_deref(), Some("light"));
}

#[test]
fn two_copies_see_and_lose_nothing_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let write = |from: u16| {
        let folder = folder.path();
        move || {
            let mut store = open(folder);
            for block in from..from + 200 {
                store.append(&[reached(block)]).unwrap();
            }
        }
    };
    let mut watcher = open(folder.path());
    std::thread::scope(|scope| {
        scope.spawn(write(0));
        scope.spawn(write(1000));
    });
    let mut blocks: Vec<i64> = entries(&mut watcher, 0).into_iter().map(|entry| entry.at.0).collect();
    let (mut low, mut high) = (Vec::new(), Vec::new());
    blocks.iter().for_each(|block| if *block < 1000 { low.push(*block) } else { high.push(*block) });
    assert!(low.is_sorted() && high.is_sorted(), "each copy's own order is kept");
    blocks.sort_unstable();
    assert_eq!(blocks, (0..200).chain(1000..1200).collect::<Vec<i64>>());
}

#[test]
fn copies_that_start_together_in_an_empty_folder_all_work() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for block in 0..4 {
            let folder = folder.path().join("new");
            scope.spawn(move || open(&folder).append(&[reached(block)]).unwrap());
        }
    });
    assert_eq!(entries(&mut open(&folder.path().join("new")), 0).len(), 4);
}

#[test]
fn courses_are_kept_apart() {
    let folder = tempfile::tempdir().unwrap();
    let mut flask = open(folder.path());
    let mut other = SqliteStore::open(folder.path(), "other").unwrap();
    flask.append(&[reached(1)]).unwrap();
    other.append(&[reached(2)]).unwrap();
    assert_eq!(flask.append(&[reached(3)]).unwrap(), Position(3));
    assert_eq!(entries(&mut flask, 0), [reached(1), reached(3)]);
    assert_eq!(entries(&mut other, 0), [reached(2)]);
}

#[test]
fn a_file_of_every_released_format_opens_with_all_that_is_in_it() {
    let stores = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores");
    for format in 0..=FORMAT {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        std::fs::copy(stores.join(format!("format-{format}.db")), &path).unwrap();
        let mut store = open(folder.path());
        assert_eq!(entries(&mut store, 0), one_of_each(), "format {format}");
        store.append(&[reached(9)]).unwrap();
        drop(store);
        let backup = backup_of(&path, FORMAT);
        assert_eq!(backup.exists(), format < FORMAT, "format {format}");
        if format < FORMAT {
            let before: i64 =
                Connection::open(&backup).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
            assert_eq!(before, i64::from(format));
        }
        assert_eq!(schema(&path), schema_of_a_new_file(), "format {format}");
    }
}

#[test]
fn the_backup_holds_what_was_only_in_the_write_ahead_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let old = Connection::open(&path).unwrap();
    old.pragma_update(None, "journal_mode", "wal").unwrap();
    old.execute_batch("CREATE TABLE log(id INTEGER PRIMARY KEY, course TEXT, entry TEXT)").unwrap();
    let entry = serde_json::to_string(&reached(5)).unwrap();
    old.execute("INSERT INTO log(course, entry) VALUES ('flask', ?1)", [&entry]).unwrap();
    // `old` stays open: nothing has been moved into the main file yet.
    assert_eq!(entries(&mut open(folder.path()), 0), [reached(5)]);
    let backup = Connection::open(backup_of(&path, FORMAT)).unwrap();
    let kept: String = backup.query_row("SELECT entry FROM log", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, entry);
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| name.to_string_lossy().starts_with(FILE)), "{names:?}");
}

#[test]
fn a_newer_file_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    drop(open(folder.path()));
    let file = Connection::open(&path).unwrap();
    file.pragma_update(None, "user_version", FORMAT + 3).unwrap();
    drop(file);
    let before = std::fs::read(&path).unwrap();
    let refused = SqliteStore::open(folder.path(), "flask").unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found, known: FORMAT, .. } if found == FORMAT + 3), "{refused}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn what_is_no_progress_file_is_refused_and_left_alone() {
    let other_program = |path: &Path| {
        Connection::open(path).unwrap().execute_batch("CREATE TABLE bookmarks(url TEXT)").unwrap();
    };
    let cut_short = |path: &Path| {
        let mut store = open(path.parent().unwrap());
        for block in 0..200 {
            store.append(&[reached(block)]).unwrap();
        }
        drop(store);
        let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
        file.set_len(5000).unwrap();
    };
    let noise = |path: &Path| std::fs::write(path, "no database at all\n".repeat(500)).unwrap();
    let cases: [(&str, &dyn Fn(&Path)); 3] = [("foreign", &other_program), ("short", &cut_short), ("noise", &noise)];
    for (name, make) in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        make(&path);
        let before = std::fs::read(&path).unwrap();
        let used = SqliteStore::open(folder.path(), "flask").and_then(|mut store| store.since(Position(0)));
        assert!(matches!(used, Err(StoreError::Damaged { .. })), "{name}: {used:?}");
        assert_eq!(std::fs::read(&path).unwrap().len(), before.len(), "{name}");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    std::fs::create_dir_all(folder.path().join("taken").join(FILE)).unwrap();
    for place in [file.as_path(), &file.join("below"), &folder.path().join("taken")] {
        let refused = SqliteStore::open(place, "flask").unwrap_err();
        assert!(matches!(refused, StoreError::ReadOnly { .. }), "{}: {refused:?}", place.display());
    }
}

#[test]
fn progress_can_be_looked_at_where_nothing_may_be_written() {
    let folder = tempfile::tempdir().unwrap();
    // A name that an address must escape.
    let place = folder.path().join("50% of what? #1");
    open(&place).append(&one_of_each()).unwrap();
    let before = std::fs::read_dir(&place).unwrap().count();
    let seen: Vec<Entry> = SqliteStore::look(&place, "flask").unwrap().into_iter().map(|(_, entry)| entry).collect();
    assert_eq!(seen, one_of_each());
    assert_eq!(std::fs::read_dir(&place).unwrap().count(), before, "looking makes no files");
}

#[test]
fn a_store_that_cannot_be_opened_is_there_as_soon_as_it_can() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("data");
    std::fs::write(&place, "in the way").unwrap();
    let mut opened = PatientStore::open(Some(place.clone()), "flask", &Names::default()).unwrap();
    assert!(matches!(opened.trouble, Some(StoreError::ReadOnly { .. })), "{:?}", opened.trouble);
    assert!(matches!(opened.store.append(&[reached(1)]), Err(StoreError::ReadOnly { .. })));
    std::fs::remove_file(&place).unwrap();
    assert_eq!(opened.store.append(&[reached(1)]).unwrap(), Position(1));
    assert_eq!(entries(&mut open(&place), 0), [reached(1)]);
}

#[test]
fn without_a_folder_one_learns_all_the_same() {
    let mut opened = PatientStore::open(None, "flask", &Names::default()).unwrap();
    assert!(matches!(opened.trouble, Some(StoreError::Nowhere)));
    assert!(matches!(opened.store.append(&[reached(1)]), Err(StoreError::Nowhere)));
}

#[test]
fn a_newer_file_is_no_file_to_be_patient_with() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let newer = Connection::open(folder.path().join(FILE)).unwrap();
    newer.pragma_update(None, "user_version", FORMAT + 1).unwrap();
    drop(newer);
    let refused = PatientStore::open(Some(folder.path().to_owned()), "flask", &Names::default()).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { .. }), "{refused}");
}

/// `UPDATE=1` writes the file of the newest format where it is missing: once, when a format is released.
#[test]
fn every_format_has_its_file() {
    for format in 0..=FORMAT {
        let kept = format!("{}/tests/stores/format-{format}.db", env!("CARGO_MANIFEST_DIR"));
        if format == FORMAT && std::env::var_os("UPDATE").is_some() && !Path::new(&kept).exists() {
            let folder = tempfile::tempdir().unwrap();
            open(folder.path()).append(&one_of_each()).unwrap();
            std::fs::copy(folder.path().join(FILE), &kept).unwrap();
        }
        assert!(Path::new(&kept).exists(), "{kept} is missing: UPDATE=1 cargo test --test it store");
    }
}

fn schema(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let mut query = connection.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").unwrap();
    let tables = query.query_map([], |row| row.get(0)).unwrap();
    tables.collect::<Result<Vec<String>, _>>().unwrap()
}

fn schema_of_a_new_file() -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    schema(&folder.path().join(FILE))
}
