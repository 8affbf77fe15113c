//! Studying with real courses: what is examined, and what stays when a course changes.

use flaskdojo::content::load;
use flaskdojo::course::Course;
use flaskdojo::course::prompt::Seniority;
use flaskdojo::question::answer::{Answer, Verdict};
use flaskdojo::study::entry::{About, Attempt, Entry, Event, Place, SessionId};
use flaskdojo::study::exam::{self, Exam, Rules};
use flaskdojo::study::interview::report::Report;
use flaskdojo::study::interview::{self, Interview, Rating};
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
        if path.is_dir() { copy(&path, &target) } else { assert!(fs::copy(&path, &target).is_ok()) }
    }
}

/// The turns that are asked when these places of points are met, one list a turn.
fn interviewed(met: &[&[usize]], minutes: u16) -> (Vec<String>, Interview, Vec<Event>) {
    let course = course(&tiny());
    let brief = interview::draw(&course, Seniority::Senior, minutes, None, Seed(1)).unwrap();
    let (mut interview, started) = Interview::start(&course, SessionId(1), brief, Seed(1), Timestamp(0));
    let (mut asked, mut events) = (Vec::new(), vec![started]);
    for met in met {
        let Some((_, turn, depth)) = interview.asked(&course) else { break };
        asked.push(format!("{depth} {}", turn.listens_for[0].id));
        let rating = Rating { met: met.to_vec(), took_ms: 60_000, ..Rating::default() };
        events.extend(interview.rate(&course, rating, Timestamp(60_000 * asked.len() as i64)));
    }
    (asked, interview, events)
}

#[test]
fn what_was_missed_is_asked_about_and_what_was_said_goes_deeper() {
    let all = &[0, 1, 2][..];
    assert_eq!(interviewed(&[&[0, 2], &[0], &[]], 20).0, ["0 rule", "1 weight"]);
    assert_eq!(interviewed(&[all, &[0], &[]], 20).0, ["0 rule", "1 missing", "2 handler"]);
    assert_eq!(interviewed(&[&[1], &[]], 20).0, ["0 rule"], "nobody asks about the rule and the method");
    assert_eq!(interviewed(&[all, &[0]], 1).0, ["0 rule"], "the time is over");
}

#[test]
fn an_interview_that_was_left_goes_on_and_ends_with_a_report_to_keep() {
    let course = course(&tiny());
    let (_, mut interview, mut events) = interviewed(&[&[0, 1, 2], &[]], 20);
    let apply = |events: &[Event]| {
        let mut learner = Learner::default();
        let entry = |event: &Event| Entry { at: Timestamp(0), day: Day(20_782), event: event.clone() };
        events.iter().for_each(|event| learner.apply(&entry(event)));
        learner
    };
    let left = apply(&events[..2]).interviewing.unwrap();
    let again = Interview::resume(&course, &left, Timestamp(60_000));
    assert_eq!(again.asked(&course).map(|(_, turn, _)| turn.listens_for[0].id.to_string()), Some("missing".into()));
    events.push(interview.finish());
    let learner = apply(&events);
    assert!(learner.interviewing.is_none() && interview.asked(&course).is_none());
    let last = learner.meetings.last().unwrap();
    let report = Report::of(&course, &last.brief, &last.rated, last.day);
    assert_eq!((report.score, report.percent()), ((6, 8), 75));
    let text = report.markdown(&course);
    for part in
        ["# Mock interview, senior, 2026-11-25", "- [x] A decorator registers a rule", "- [ ] The answer is 404"]
    {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn an_interview_is_drawn_by_level_and_seed() {
    let course = flaskdojo::builtin::course();
    let draw = |level, seed| interview::draw(&course, level, 45, None, Seed(seed));
    for (level, _) in Seniority::ALL {
        let Some(brief) = draw(level, 1) else { continue };
        assert_eq!(draw(level, 1), Some(brief.clone()));
        let levels: Vec<Seniority> = brief.prompts.iter().map(|id| course.prompt(id).unwrap().level).collect();
        assert!(levels.is_sorted_by(|a, b| a >= b) && levels.iter().all(|each| *each <= level));
    }
    let orders: std::collections::HashSet<_> =
        (0..10).filter_map(|seed| draw(Seniority::Senior, seed)).map(|brief| brief.prompts).collect();
    assert!(orders.len() > 5);
    assert_eq!(interview::draw(&course, Seniority::Mid, 45, Some("99-none".into()), Seed(1)), None);
}
