//! Studying with real courses: what is examined, and what stays when a course changes.

use flaskdojo::content::load;
use flaskdojo::course::Course;
use flaskdojo::question::answer::{Answer, Verdict};
use flaskdojo::study::entry::{About, Attempt, Entry, Event, Place, SessionId};
use flaskdojo::study::exam::{self, Exam, Rules};
use flaskdojo::study::learner::Learner;
use flaskdojo::study::memory::due;
use flaskdojo::study::moment::{Day, Moment, Timestamp};
use flaskdojo::study::pick;
use flaskdojo::study::seed::Seed;
use flaskdojo::study::today::{Aim, Today};
use std::fs;
use std::path::{Path, PathBuf};

fn tiny() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses/tiny")
}

fn course(root: &Path) -> Course {
    load::course(root).unwrap().into_course()
}

#[test]
fn what_is_handed_in_is_graded_and_what_is_empty_is_no_review() {
    let course = course(&tiny());
    let rules = Rules { questions: 5, ..Rules::default() };
    let plan = exam::paper(&course, &rules, Seed(5)).unwrap();
    let mut exam = Exam::start(SessionId(1), plan.clone(), Seed(5), rules, Timestamp(0));
    exam.write(Answer::GaveUp, 7);
    let (events, outcome) = exam.hand_in(&course);
    assert_eq!((events.len(), outcome.right, outcome.total, outcome.passed), (2, 0, 5, false));
    assert_eq!(outcome.verdicts.iter().filter(|(_, verdict)| verdict.is_some()).count(), 1);
    assert_eq!(outcome.modules.iter().map(|(_, _, all)| all).sum::<usize>(), 5);
    let mut learner = Learner::default();
    let started = Event::Started { session: SessionId(1), plan, seed: Seed(5) };
    for event in [started].into_iter().chain(events) {
        learner.apply(&Entry { at: Timestamp(1), day: Default::default(), event });
    }
    assert_eq!((learner.answers, learner.exam.is_none()), (1, true));
    assert_eq!((learner.sittings[0].right, learner.sittings[0].total), (0, 5));
}

#[test]
fn a_new_version_of_a_course_loses_no_review() {
    let folder = tempfile::tempdir().unwrap();
    copy(&tiny(), folder.path());
    let before = course(folder.path());
    let log: Vec<Entry> =
        before.all_questions().zip(1..).map(|(question, at)| answered(question.id.as_str(), at)).collect();
    let later = Today { now: Moment { at: Timestamp(99), today: Day(40) }, aim: Aim::default() };
    let due = due::reviews(&before, &Learner::of(&before, &log), later).all.len();
    assert_eq!(due, log.len());

    // The next version calls every question of a file otherwise, and each says what it was.
    let file = folder.path().join("02-answers/questions/responses.yaml");
    let renamed = |line: &str| match line.strip_prefix("- id: ") {
        Some(id) => format!("- id: new.{id}\n  was: [{id}]"),
        None => line.to_owned(),
    };
    let text: Vec<String> = fs::read_to_string(&file).unwrap().lines().map(renamed).collect();
    fs::write(&file, text.join("\n") + "\n").unwrap();
    for lesson in fs::read_dir(folder.path().join("02-answers/lessons")).unwrap() {
        let path = lesson.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("answers.", "new.answers.")).unwrap();
    }
    let after = course(folder.path());
    let new = after.all_questions().filter(|question| question.id.as_str().starts_with("new.")).count();
    assert!(new >= 3, "{new} questions have new names");
    let learner = Learner::of(&after, &log);
    let reviews = due::reviews(&after, &learner, later);
    assert_eq!(reviews.all.len(), due);
    let plan = pick::plan(&after, &learner, About::Review, Seed(1), later).unwrap();
    assert!(plan.questions.iter().all(|id| after.question(id).is_some_and(|question| question.id == *id)));
}

fn answered(question: &str, at: i64) -> Entry {
    let attempt = Attempt {
        place: Place::Lesson("hello.app".into()),
        question: question.into(),
        fingerprint: 0,
        took_ms: 1,
        answer: Answer::GaveUp,
        verdict: Verdict::Right,
        confidence: None,
        hints: 0,
    };
    Entry { at: Timestamp(at), day: Day(0), event: Event::Answered(attempt) }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { drop(fs::copy(&path, &target).unwrap()) }
    }
}
