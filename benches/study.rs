//! How long a learner's log takes: to read it all, to start with a snapshot of it, to merge it, to pick from it.
//! `cargo bench --bench study`

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench may fail loudly")]

use divan::{Bencher, black_box};
use flaskdojo::builtin;
use flaskdojo::course::Course;
use flaskdojo::progress::memory::MemoryStore;
use flaskdojo::progress::patient::PatientStore;
use flaskdojo::progress::sqlite::SqliteStore;
use flaskdojo::progress::store::{Position, Store};
use flaskdojo::progress::{snapshot, transfer};
use flaskdojo::question::answer::{Answer, Verdict};
use flaskdojo::study::entry::{About, Attempt, Confidence, Entry, Event, Place};
use flaskdojo::study::learner::Learner;
use flaskdojo::study::memory::due;
use flaskdojo::study::moment::{Day, Moment, Timestamp};
use flaskdojo::study::names::Names;
use flaskdojo::study::pick;
use flaskdojo::study::seed::Seed;
use flaskdojo::study::today::{Aim, Today};
use std::sync::LazyLock;
use tempfile::TempDir;

fn main() {
    divan::main();
}

const MILLION: usize = 1_000_000;

/// Answers of ten years to the questions of the course, from `from` on.
fn answers(course: &Course, from: usize, count: usize) -> Vec<Entry> {
    let questions: Vec<_> = course.all_questions().map(|question| question.id.clone()).collect();
    let answer = |number: usize| {
        let at = number as i64 * 300_000;
        let attempt = Attempt {
            place: Place::Lesson("lesson".into()),
            question: questions[number * 7919 % questions.len()].clone(),
            fingerprint: 1,
            took_ms: 5_000 + (number % 50) as u32 * 1_000,
            answer: Answer::Chosen(vec!["whoever-holds-the-cookie".into()]),
            verdict: if number.is_multiple_of(7) { Verdict::Wrong } else { Verdict::Right },
            confidence: number.is_multiple_of(3).then_some(Confidence::Sure),
            hints: 0,
        };
        Entry { at: Timestamp(at), day: Day((at / 86_400_000) as i32), event: Event::Answered(attempt) }
    };
    (from..from + count).map(answer).collect()
}

/// A folder with a log of a million entries.
static LARGE: LazyLock<TempDir> = LazyLock::new(|| {
    let course = builtin::course();
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(folder.path(), &course.outline.id).unwrap();
    for part in 0..10 {
        store.append(&answers(&course, part * MILLION / 10, MILLION / 10)).unwrap();
    }
    folder
});

/// All of the log is read and folded: with it, `from_scratch`, and what a start takes otherwise, with an empty log and with
/// a million entries of which a snapshot is kept.
mod log {
    use super::*;

    #[divan::bench(sample_count = 3, sample_size = 1)]
    fn a_million_from_scratch(bencher: Bencher) {
        let course = builtin::course();
        let mut store = SqliteStore::open(LARGE.path(), &course.outline.id).unwrap();
        let mut bare = Bare(&mut store);
        bencher.bench_local(|| snapshot::load(&mut bare, &Names::default()).unwrap().learner.answers);
    }

    #[divan::bench]
    fn open_an_empty_one(bencher: Bencher) {
        let folder = tempfile::tempdir().unwrap();
        let course = builtin::course();
        let open = || PatientStore::open(Some(folder.path().to_owned()), &course.outline.id, &Names::default());
        drop(open().unwrap());
        bencher.bench_local(|| open().unwrap().learner.answers);
    }

    #[divan::bench]
    fn open_a_million_with_a_snapshot(bencher: Bencher) {
        let course = builtin::course();
        let open = || PatientStore::open(Some(LARGE.path().to_owned()), &course.outline.id, &Names::default());
        let mut opened = open().unwrap();
        if let Some(fresh) = &opened.fresh {
            opened.store.keep(fresh).unwrap();
        }
        bencher.bench_local(|| open().unwrap().learner.answers);
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn merge_two_of_100_000(bencher: Bencher) {
        let course = builtin::course();
        let (mine, other) = (answers(&course, 0, 100_000), answers(&course, 50_000, 100_000));
        let fresh = || {
            let folder = tempfile::tempdir().unwrap();
            let mut store = SqliteStore::open(folder.path(), &course.outline.id).unwrap();
            store.append(&mine).unwrap();
            (folder, store, other.clone())
        };
        bencher.with_inputs(fresh).bench_local_values(|(folder, mut store, other)| {
            let merged = transfer::merge(&mut store, other).unwrap();
            (folder, store, merged)
        });
    }

    /// A store without a snapshot.
    struct Bare<'a>(&'a mut SqliteStore);

    impl Store for Bare<'_> {
        fn append(&mut self, entries: &[Entry]) -> Result<Position, flaskdojo::progress::store::StoreError> {
            self.0.append(entries)
        }
        fn since(
            &mut self,
            position: Position,
        ) -> Result<Vec<(Position, Entry)>, flaskdojo::progress::store::StoreError> {
            self.0.since(position)
        }
        fn setting(&mut self, name: &str) -> Result<Option<String>, flaskdojo::progress::store::StoreError> {
            self.0.setting(name)
        }
        fn set(&mut self, name: &str, value: &str) -> Result<(), flaskdojo::progress::store::StoreError> {
            self.0.set(name, value)
        }
    }
}

mod ask {
    use super::*;

    fn met() -> (Course, Learner, Today) {
        let course = builtin::course();
        let mut store = MemoryStore::default();
        store.append(&answers(&course, 0, 20_000)).unwrap();
        let learner = snapshot::load(&mut store, &Names::default()).unwrap().learner;
        let at = 20_000 * 300_000 + 5 * 86_400_000;
        let now = Moment { at: Timestamp(at), today: Day((at / 86_400_000) as i32) };
        (course, learner, Today { now, aim: Aim::default() })
    }

    #[divan::bench]
    fn what_is_due(bencher: Bencher) {
        let (course, learner, today) = met();
        bencher.bench_local(|| due::reviews(black_box(&course), &learner, today).all.len());
    }

    #[divan::bench]
    fn the_next_question(bencher: Bencher) {
        let (course, learner, today) = met();
        bencher.bench_local(|| pick::plan(black_box(&course), &learner, About::Review, Seed(1), today));
    }
}
