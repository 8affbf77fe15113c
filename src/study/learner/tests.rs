use super::*;
use crate::course::outline::{Asked, LessonOutline};
use crate::id::TopicId;
use crate::question::answer::Answer;
use crate::study::entry::{About, Plan, SessionId};
use crate::study::moment::Timestamp;
use crate::study::sample;
use crate::study::seed::Seed;

fn entry(at: i64, event: Event) -> Entry {
    Entry { at: Timestamp(at), day: Day(i32::try_from(at / 100).unwrap()), event }
}

fn answer(at: i64, question: &str, verdict: Verdict) -> Entry {
    let attempt = Attempt {
        place: Place::Session { id: SessionId(1), round: 0 },
        question: question.into(),
        fingerprint: 0,
        took_ms: 4_000,
        answer: Answer::GaveUp,
        verdict,
        confidence: Some(Confidence::Sure),
        hints: 0,
    };
    entry(at, Event::Answered(attempt))
}

fn started() -> Entry {
    let plan = Plan { about: About::Topic(TopicId::from("t")), questions: vec!["a".into(), "b".into()] };
    entry(0, Event::Started { session: SessionId(1), plan, seed: Seed(1) })
}

#[test]
fn an_answer_taken_back_was_never_given() {
    let without = Learner::from_log(&[started(), answer(10, "a", Verdict::Right)]);
    for day in [20, 500] {
        let undone = entry(day + 1, Event::Undone { question: "a".into() });
        let log = [started(), answer(10, "a", Verdict::Right), answer(day, "a", Verdict::Wrong), undone];
        assert_eq!(Learner::from_log(&log), without);
    }
}

#[test]
fn the_first_answer_taken_back_leaves_nothing() {
    let undone = entry(11, Event::Undone { question: "a".into() });
    let learner = Learner::from_log(&[started(), answer(10, "a", Verdict::Wrong), undone.clone(), undone]);
    assert_eq!(learner, Learner::from_log(&[started()]));
}

#[test]
fn an_answer_before_others_can_be_taken_back_too() {
    let undone = entry(12, Event::Undone { question: "a".into() });
    let log = [started(), answer(10, "a", Verdict::Wrong), answer(11, "b", Verdict::Right), undone];
    assert_eq!(Learner::from_log(&log), Learner::from_log(&[started(), answer(11, "b", Verdict::Right)]));
}

#[test]
fn a_grade_of_ones_own_counts_instead_of_the_rule() {
    let graded = |grade| entry(12, Event::Graded { question: "a".into(), grade });
    let first = [answer(10, "a", Verdict::Wrong)];
    let by_rule = Learner::from_log(&first);
    assert_eq!(by_rule.grade(&"a".into()), Some(Grade::Again));
    let log = [answer(10, "a", Verdict::Wrong), graded(Grade::Easy), graded(Grade::Good)];
    let learner = Learner::from_log(&log);
    let card = learner.questions[&QuestionId::from("a")].card;
    assert_eq!(card, Scheduler::default().review(None, Grade::Good, Moment { at: Timestamp(10), today: Day(0) }));
    assert_eq!(learner.right, 0, "a grade changes when it is asked again, not whether it was right");
}

#[test]
fn history_is_kept_under_the_names_of_today() {
    let course = renamed();
    let log = [answer(10, "old", Verdict::Right), answer(500, "new", Verdict::Right)];
    let learner = Learner::of(&course, &log);
    let history = &learner.questions[&QuestionId::from("new")];
    assert_eq!((history.answers, history.card.reviews, learner.questions.len()), (2, 2, 1));
    let read = entry(1, Event::Read { lesson: "lesson.old".into(), took_ms: 1 });
    assert!(Learner::of(&course, &[read]).has_read(&"lesson.new".into()));
}

#[test]
fn all_of_the_log_counts_by_the_weights_that_were_set_last() {
    let mut weights = Weights::default();
    weights.0[2] = 5.0;
    let tuned = Event::Tuned { algorithm: "fsrs-6".into(), weights: weights.0.to_vec() };
    let foreign = Event::Tuned { algorithm: "fsrs-9".into(), weights: vec![1.0] };
    let log = [answer(10, "a", Verdict::Right), entry(20, tuned), entry(30, foreign)];
    let learner = Learner::from_log(&log);
    assert_eq!(learner.scheduler().weights(), &weights);
    let graded =
        [log[0].clone(), entry(11, Event::Graded { question: "a".into(), grade: Grade::Good }), log[1].clone()];
    let stability = Learner::from_log(&graded).questions[&QuestionId::from("a")].card.stability;
    assert!((stability - 5.0).abs() < 1e-6, "{stability}");
}

#[test]
fn only_answers_on_a_later_day_say_how_good_the_model_is() {
    let log = [answer(10, "a", Verdict::Right), answer(11, "a", Verdict::Wrong), answer(900, "a", Verdict::Right)];
    let learner = Learner::from_log(&log);
    let (right, all) = learner.recalls.0.iter().fold((0, 0), |sum, bin| (sum.0 + bin.0, sum.1 + bin.1));
    assert_eq!((right, all), (1, 1));
}

/// A course whose question `new` was `old`, and whose lesson `lesson.new` was `lesson.old`.
fn renamed() -> Course {
    let mut course = sample::course(&[("01-m", &[("t", Asked::Rarely, &[("new", 1, "single")])])]);
    course.outline.renamed = vec![("old".into(), "new".into())];
    course.outline.modules[0].lessons[0] = LessonOutline {
        id: "lesson.new".into(),
        was: vec!["lesson.old".into()],
        topic: "t".into(),
        title: String::new(),
        minutes: 1,
    };
    course
}
