//! Small courses and learners for tests.

use super::entry::{Attempt, Confidence, Entry, Event, Place};
use super::learner::Learner;
use super::moment::{Day, Moment, Timestamp};
use super::today::{Aim, Today};
use crate::course::Course;
use crate::course::outline::{Asked, LessonOutline, ModuleOutline, Outline, QuestionOutline, Topic};
use crate::course::ready::Ready;
use crate::question::answer::{Answer, Verdict};

/// A question: its name, level and kind.
pub type Question = (&'static str, u8, &'static str);
/// A topic: its name, how often it is asked, its questions.
pub type OfTopic<'a> = (&'static str, Asked, &'a [Question]);

/// A course of modules, each a name and its topics. Each topic `t` has one lesson, `lesson.t`.
pub fn course(modules: &[(&str, &[OfTopic])]) -> Course {
    let mut ready = Ready::default();
    let outlines = modules.iter().enumerate().map(|(m, (id, topics))| {
        let questions = topics.iter().flat_map(|(topic, _, questions)| {
            questions.iter().map(|(id, level, kind)| QuestionOutline {
                id: (*id).into(),
                was: Vec::new(),
                topic: (*topic).into(),
                level: *level,
                kind: (*kind).into(),
                prompt: String::new(),
            })
        });
        ready.questions.push(questions.collect());
        let lesson = |topic: &str| LessonOutline {
            id: format!("lesson.{topic}").as_str().into(),
            was: Vec::new(),
            topic: topic.into(),
            title: String::new(),
            minutes: 5,
        };
        ModuleOutline {
            id: (*id).into(),
            number: m as u8 + 1,
            title: String::new(),
            summary: String::new(),
            needs: Vec::new(),
            topics: topics
                .iter()
                .map(|(topic, asked, questions)| Topic {
                    id: (*topic).into(),
                    title: String::new(),
                    asked: *asked,
                    questions: questions.len() as u16,
                    levels: [1, 2, 3, 4]
                        .map(|level| questions.iter().filter(|question| question.1 == level).count() as u16),
                })
                .collect(),
            lessons: topics.iter().map(|(topic, ..)| lesson(topic)).collect(),
            prompts: Vec::new(),
            labs: Vec::new(),
            xrays: Vec::new(),
            clinic: 0,
        }
    });
    let modules = outlines.collect();
    ready.course(Outline { modules, ..Outline::default() })
}

/// A learner who gave these answers, each on a day.
pub fn learner(course: &Course, answers: &[(i32, &str, Verdict)]) -> Learner {
    let entries: Vec<Entry> =
        answers.iter().enumerate().map(|(at, (day, question, verdict))| answer(*day, at, question, *verdict)).collect();
    Learner::of(course, &entries)
}

/// The answer to a question on a day, the `at`th of it.
pub fn answer(day: i32, at: usize, question: &str, verdict: Verdict) -> Entry {
    let moment = on(day);
    let attempt = Attempt {
        place: Place::Lesson("lesson".into()),
        question: question.into(),
        fingerprint: 0,
        took_ms: 10_000,
        answer: Answer::GaveUp,
        verdict,
        confidence: Some(Confidence::Sure),
        hints: 0,
    };
    Entry { at: Timestamp(moment.at.0 + at as i64), day: moment.today, event: Event::Answered(attempt) }
}

/// Noon of a day.
pub fn on(day: i32) -> Moment {
    Moment { at: Timestamp(i64::from(day) * 86_400_000 + 43_200_000), today: Day(day) }
}

/// Noon of a day, for somebody who wants the usual.
pub fn today(day: i32) -> Today {
    Today { now: on(day), aim: Aim::default() }
}
