//! Progress on its way: exported, imported, merged, copied, put back; and what is kept of it derived.

use flaskdojo::course::prompt::Seniority;
use flaskdojo::progress::memory::MemoryStore;
use flaskdojo::progress::snapshot::{self, WORTH};
use flaskdojo::progress::sqlite::{FILE, SqliteStore};
use flaskdojo::progress::store::{Position, Store};
use flaskdojo::progress::transfer::{self, Merged, TransferError};
use flaskdojo::progress::{backup, order};
use flaskdojo::question::answer::{Answer, Verdict};
use flaskdojo::study::entry::{About, Attempt, Choice, Confidence, Entry, Event, Only, Place, Plan, SessionId};
use flaskdojo::study::exam::Rules;
use flaskdojo::study::interview::{Brief, Rated};
use flaskdojo::study::learner::Learner;
use flaskdojo::study::memory::grade::Grade;
use flaskdojo::study::moment::{Day, Timestamp};
use flaskdojo::study::names::Names;
use flaskdojo::study::seed::Seed;
use proptest::prelude::*;
use std::fs;
use std::path::Path;

fn entry(at: i64, event: Event) -> Entry {
    let day = i32::try_from(at.div_euclid(86_400_000)).unwrap();
    Entry { at: Timestamp(at), day: Day(day), event }
}

fn answered(at: i64, question: u8, verdict: Verdict) -> Entry {
    let attempt = Attempt {
        place: Place::Session { id: SessionId(7), round: 0 },
        question: format!("q{question}").as_str().into(),
        fingerprint: 1,
        took_ms: 9_000,
        answer: Answer::Typed("\u{1b}[31m☃".into()),
        verdict,
        confidence: Some(Confidence::Sure),
        hints: 0,
    };
    entry(at, Event::Answered(attempt))
}

fn any_event() -> impl Strategy<Value = Event> {
    let question = || (0..4u8).prop_map(|number| format!("q{number}").as_str().into());
    let verdict = prop_oneof![Just(Verdict::Right), Just(Verdict::Partly), Just(Verdict::Wrong)];
    prop_oneof![
        6 => (0..4u8, verdict).prop_map(|(question, verdict)| answered(0, question, verdict).event),
        1 => question().prop_map(|question| Event::Undone { question }),
        1 => (question(), 0..4usize).prop_map(|(question, grade)| Event::Graded { question, grade: Grade::ALL[grade] }),
        1 => (0..3u64).prop_map(|id| {
            let plan = Plan { about: About::Review, questions: vec!["q1".into(), "q2".into()] };
            Event::Started { session: SessionId(id + 6), plan, seed: Seed(id) }
        }),
        1 => (0..3u64).prop_map(|id| Event::Finished { session: SessionId(id + 6) }),
        1 => (0..4u16).prop_map(|block| Event::Reached { lesson: "l".into(), block }),
        1 => prop_oneof![Just(None), (0..9).prop_map(|day| Some(Day(day)))].prop_map(|until| Event::Away { until }),
    ]
}

/// A log as it is written, with a clock that is sometimes set back, and moments that are the same on two machines.
fn any_log() -> impl Strategy<Value = Vec<Entry>> {
    let step = (-2..6i64, any_event());
    prop::collection::vec(step, 0..40).prop_map(|steps| {
        let mut at = 0;
        let placed = steps.into_iter().map(|(step, event)| {
            at += step * 20_000_000;
            entry(at, event)
        });
        placed.collect()
    })
}

fn store_of(log: &[Entry]) -> MemoryStore {
    let mut store = MemoryStore::default();
    store.append(log).unwrap();
    store
}

fn log_of(store: &mut dyn Store) -> Vec<Entry> {
    store.since(Position(0)).unwrap().into_iter().map(|(_, entry)| entry).collect()
}

fn learner_of(store: &mut dyn Store) -> Learner {
    snapshot::load(store, &Names::default()).unwrap().learner
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_order_and_repetition_of_merges_gives_the_same_learner(logs in prop::collection::vec(any_log(), 3..4)) {
        let merged = |order: &[usize]| {
            let mut store = store_of(&logs[order[0]]);
            for place in &order[1..] {
                transfer::merge(&mut store, logs[*place].clone()).unwrap();
            }
            learner_of(&mut store)
        };
        let first = merged(&[0, 1, 2]);
        for order in [&[2, 1, 0][..], &[1, 0, 2], &[0, 0, 2, 1, 2, 0], &[2, 0, 1, 0]] {
            prop_assert_eq!(&merged(order), &first);
        }
        // By way of a third machine, and back.
        let (mut one, mut two) = (store_of(&logs[0]), store_of(&logs[1]));
        transfer::merge(&mut two, log_of(&mut one)).unwrap();
        transfer::merge(&mut two, logs[2].clone()).unwrap();
        transfer::merge(&mut one, log_of(&mut two)).unwrap();
        prop_assert_eq!(&learner_of(&mut one), &first);
    }

    #[test]
    fn what_is_kept_derived_gives_the_same_learner(log in any_log(), late in any_log(), cut in 0..40usize) {
        let (before, after) = log.split_at(cut.min(log.len()));
        let many: Vec<Entry> = (0..WORTH as i64).map(|at| answered(at - 400_000_000, 1, Verdict::Right)).collect();
        let mut store = store_of(&many);
        store.append(before).unwrap();
        let fresh = snapshot::load(&mut store, &Names::default()).unwrap().fresh.unwrap();
        store.keep(&fresh).unwrap();
        for more in [after, &late[..]] {
            store.append(more).unwrap();
            prop_assert_eq!(learner_of(&mut store), learner_of(&mut store_of(&log_of(&mut store))));
        }
    }
}

#[test]
fn a_snapshot_serves_the_next_start_and_nothing_else() {
    let names = Names::default();
    let mut store = MemoryStore::default();
    store.append(&(0..300).map(|at| answered(at, (at % 9) as u8, Verdict::Right)).collect::<Vec<_>>()).unwrap();
    let fresh = snapshot::load(&mut store, &names).unwrap().fresh.unwrap();
    store.keep(&fresh).unwrap();
    store.append(&[answered(1000, 1, Verdict::Wrong)]).unwrap();
    let loaded = snapshot::load(&mut store, &names).unwrap();
    assert_eq!((loaded.seen, loaded.fresh), (Position(301), None));
    assert_eq!(loaded.learner, Learner::from_log(&log_of(&mut store)));
    // Each of these would give a wrong learner, so that it counts for nothing.
    let spoilt = [
        snapshot::Snapshot { print: fresh.print ^ 1, ..fresh.clone() },
        snapshot::Snapshot { position: Position(200), ..fresh.clone() },
        snapshot::Snapshot { position: Position(9000), ..fresh.clone() },
        snapshot::Snapshot { bytes: fresh.bytes[..50].to_vec(), ..fresh.clone() },
    ];
    for spoilt in spoilt {
        store.keep(&spoilt).unwrap();
        let loaded = snapshot::load(&mut store, &names).unwrap();
        assert_eq!(loaded.learner, Learner::from_log(&log_of(&mut store)));
        assert!(loaded.fresh.is_some(), "all was folded anew");
    }
}

#[test]
fn a_merge_of_older_answers_makes_a_snapshot_worthless() {
    let mut store = MemoryStore::default();
    store.append(&(0..300).map(|at| answered(at * 9_000_000, 1, Verdict::Right)).collect::<Vec<_>>()).unwrap();
    let fresh = snapshot::load(&mut store, &Names::default()).unwrap().fresh.unwrap();
    store.keep(&fresh).unwrap();
    transfer::merge(&mut store, vec![answered(5, 2, Verdict::Right)]).unwrap();
    let mut log = store.since(Position(0)).unwrap();
    order::arrange(&mut log);
    assert_eq!(log[1].1.at, Timestamp(5));
    assert_eq!(learner_of(&mut store), Learner::from_log(log.iter().map(|(_, entry)| entry)));
}

#[test]
fn what_is_exported_is_imported_whole_and_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.jsonl");
    let log: Vec<Entry> = (0..20).map(|at| answered(at, at as u8, Verdict::Partly)).collect();
    let mut out = Vec::new();
    transfer::export("flask", &store_of(&log).since(Position(0)).unwrap(), &mut out).unwrap();
    fs::write(&file, &out).unwrap();
    assert!(!out.contains(&0x1b), "an exported log can be shown in a terminal");
    let mut store = store_of(&log[..5]);
    assert_eq!(transfer::import(&mut store, "flask", &file).unwrap(), Merged { added: 15, known: 5 });
    assert_eq!(transfer::import(&mut store, "flask", &file).unwrap(), Merged { added: 0, known: 20 });
    assert_eq!(log_of(&mut store), log);
}

#[test]
fn what_cannot_be_taken_in_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let good = serde_json::to_string(&answered(1, 1, Verdict::Right)).unwrap();
    let head =
        |format: u32, course: &str| format!(r#"{{"flaskdojo":"progress","format":{format},"course":"{course}"}}"#);
    let cases: [(&str, String, fn(&TransferError) -> bool); 6] = [
        ("empty", String::new(), |error| matches!(error, TransferError::Foreign { .. })),
        ("text", "hello\n".into(), |error| matches!(error, TransferError::Foreign { .. })),
        ("bytes", "\u{0}\u{1}".into(), |error| matches!(error, TransferError::Foreign { .. })),
        ("newer", head(9, "flask"), |error| matches!(error, TransferError::Newer { format: 9, .. })),
        ("course", head(1, "other"), |error| matches!(error, TransferError::OtherCourse { .. })),
        ("line", format!("{}\n{good}\n{{}}\n", head(1, "flask")), |error| {
            matches!(error, TransferError::Line { line: 3, .. })
        }),
    ];
    for (name, text, fits) in cases {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        let mut store = MemoryStore::default();
        let refused = transfer::import(&mut store, "flask", &file).unwrap_err();
        assert!(fits(&refused), "{name}: {refused:?}");
        assert_eq!(log_of(&mut store), []);
    }
}

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open(folder, "flask").unwrap()
}

#[test]
fn another_progress_file_is_merged_also_while_it_is_open() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut other = open(there.path());
    other.append(&[answered(1, 1, Verdict::Right), answered(2, 2, Verdict::Right)]).unwrap();
    let mut store = open(here.path());
    store.append(&[answered(2, 2, Verdict::Right)]).unwrap();
    let file = there.path().join(FILE);
    assert_eq!(transfer::import(&mut store, "flask", &file).unwrap(), Merged { added: 1, known: 1 });
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores/format-0.db");
    let before = fs::read(&old).unwrap();
    assert!(transfer::import(&mut store, "flask", &old).unwrap().added > 5);
    assert_eq!(fs::read(&old).unwrap(), before, "an older file is only looked at");
}

#[test]
fn a_backup_is_whole_and_put_back_with_what_was_there_beside() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let copy = other.path().join("copy.db");
    let mut store = open(folder.path());
    store.append(&[answered(1, 1, Verdict::Right)]).unwrap();
    // The program runs: nothing has been moved into the main file yet.
    backup::save(folder.path(), &copy).unwrap();
    store.append(&[answered(2, 2, Verdict::Right)]).unwrap();
    let kept = backup::restore(folder.path(), &copy).unwrap().unwrap();
    assert_eq!(log_of(&mut open(folder.path())), [answered(1, 1, Verdict::Right)]);
    assert_eq!(transfer::read("flask", &kept).unwrap().len(), 2);
    // The program that ran all the time goes on in the new file.
    store.append(&[answered(3, 3, Verdict::Right)]).unwrap();
    assert_eq!(log_of(&mut open(folder.path())), [answered(1, 1, Verdict::Right), answered(3, 3, Verdict::Right)]);
}

#[test]
fn a_damaged_file_is_put_aside() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    open(other.path()).append(&[answered(1, 1, Verdict::Right)]).unwrap();
    fs::write(folder.path().join(FILE), "no database\n".repeat(900)).unwrap();
    let noise = folder.path().join("noise");
    fs::write(&noise, "nor this").unwrap();
    assert!(backup::restore(folder.path(), &noise).is_err(), "what is no progress file is refused");
    let kept = backup::restore(folder.path(), &other.path().join(FILE)).unwrap().unwrap();
    assert!(fs::read_to_string(kept).unwrap().starts_with("no database"));
    assert_eq!(log_of(&mut open(folder.path())), [answered(1, 1, Verdict::Right)]);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(backup::restore(&empty.path().join("new"), &other.path().join(FILE)).unwrap(), None);
    assert_eq!(log_of(&mut open(&empty.path().join("new"))).len(), 1);
}

#[test]
fn every_event_is_read_as_it_was_written() {
    let weights = vec![0.212, 1.0 / 3.0, 65.0];
    let events = [
        Event::Graded { question: "q1".into(), grade: Grade::Hard },
        Event::Undone { question: "q1".into() },
        Event::Goal { interview: Some(Day(20_794)) },
        Event::Goal { interview: None },
        Event::Away { until: Some(Day(20_794)) },
        Event::Tuned { algorithm: "fsrs-6".into(), weights },
        Event::Started {
            session: SessionId(1),
            plan: Plan {
                about: About::Exam(Rules { module: Some("07-sessions".into()), ..Rules::default() }),
                questions: vec![],
            },
            seed: Seed(7),
        },
        Event::Started {
            session: SessionId(1),
            plan: Plan { about: About::Placement, questions: vec![] },
            seed: Seed(7),
        },
        Event::Started {
            session: SessionId(1),
            plan: Plan {
                about: About::Choice(Choice { level: Some(3), only: Some(Only::Asked), ..Choice::default() }),
                questions: vec![],
            },
            seed: Seed(7),
        },
        Event::Started {
            session: SessionId(1),
            plan: Plan {
                about: About::Interview(Brief {
                    level: Seniority::Mid,
                    minutes: 20,
                    module: None,
                    prompts: vec!["p".into()],
                }),
                questions: vec![],
            },
            seed: Seed(7),
        },
        Event::Rated {
            session: SessionId(1),
            rated: Rated {
                prompt: "p".into(),
                turn: "a".into(),
                said: "It’s\na map".into(),
                took_ms: 5,
                met: vec!["a".into()],
                missed: vec![],
                flags: vec!["never".into()],
            },
        },
        Event::Drafted { session: SessionId(1), question: "q1".into(), answer: Answer::GaveUp },
        Event::Placed { modules: vec!["01-hello".into()] },
    ];
    let folder = tempfile::tempdir().unwrap();
    let log: Vec<Entry> = (0..).zip(events).map(|(at, event)| entry(at, event)).collect();
    open(folder.path()).append(&log).unwrap();
    assert_eq!(log_of(&mut open(folder.path())), log);
}
