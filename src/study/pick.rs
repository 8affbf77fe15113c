//! Which questions a session asks.

use super::entry::{About, Choice, Confidence, Only, Plan};
use super::exam;
use super::learner::Learner;
use super::memory::{due, leech};
use super::seed::Seed;
use super::today::Today;
use crate::course::Course;
use crate::course::outline::{Asked, ModuleOutline, QuestionOutline};
use crate::id::QuestionId;
use crate::question::answer::Verdict;
use crate::question::shuffle::Shuffle;

/// How many questions a session has at most, so that it takes five minutes and not fifty.
pub const SESSION_MAX: usize = 10;

/// How many reviews a session has at most.
pub const REVIEWS_MAX: usize = 20;

/// The questions for a session about something: those that were missed, then those never asked, then those asked longest
/// ago, at most [`SESSION_MAX`]; neighbours of different topics where there are several. `None` when there is nothing to ask.
///
/// Reviews are what is due, the most valuable first, at most [`REVIEWS_MAX`]; before a leech comes another question that wants
/// the same knowledge.
pub fn plan(course: &Course, learner: &Learner, about: About, seed: Seed, today: Today) -> Option<Plan> {
    let candidates: Vec<&QuestionOutline> = match &about {
        About::Lesson(lesson) => {
            let checks = &course.inside(lesson)?.checks;
            let (module, lesson) = course.lesson_outline(lesson)?;
            let questions = course.questions(course.module_index(&module.id)?);
            let of_topic = questions.iter().filter(|question| question.topic == lesson.topic);
            // What was answered rightly while reading needs no second asking a minute later.
            of_topic.filter(|question| !(checks.contains(&question.id) && known(learner, question))).collect()
        }
        About::Topic(topic) => {
            let (module, _) = course.topic(topic)?;
            let questions = course.questions(course.module_index(&module.id)?);
            questions.iter().filter(|question| question.topic == *topic).collect()
        }
        About::Module(id) => course.questions(course.module_index(id)?).iter().collect(),
        About::Mixed => {
            let read = |question: &QuestionOutline| {
                learner.questions.contains_key(&question.id)
                    || course
                        .outline
                        .lessons()
                        .any(|lesson| lesson.topic == question.topic && learner.has_read(&lesson.id))
            };
            let (mut met, new): (Vec<_>, Vec<_>) = course.all_questions().partition(|question| read(question));
            // Somebody who has met little is asked new things too.
            if met.len() < SESSION_MAX {
                met.extend(new);
            }
            met
        }
        About::Mistakes => {
            learner.mistakes().into_iter().filter_map(|(id, _)| Some(course.question_outline(id)?.1)).collect()
        }
        About::Single(id) => vec![course.question_outline(id)?.1],
        About::Review => {
            let questions = reviews(course, learner, today);
            return (!questions.is_empty()).then_some(Plan { about, questions });
        }
        About::Choice(choice) => fitting(course, learner, choice),
        About::Exam(rules) => return exam::paper(course, rules, seed),
        About::Placement | About::Interview(_) => return Some(Plan { about, questions: Vec::new() }),
    };
    let questions = choose(learner, candidates, seed);
    (!questions.is_empty()).then_some(Plan { about, questions })
}

/// The reviews of one session.
fn reviews(course: &Course, learner: &Learner, today: Today) -> Vec<QuestionId> {
    let due = due::reviews(course, learner, today);
    // Whoever asks for reviews when today's minutes are over gets more of them.
    let wanted = if due.within > 0 { due.today() } else { &due.all };
    let mut chosen: Vec<&QuestionOutline> = Vec::new();
    for review in wanted.iter().take(REVIEWS_MAX) {
        let Some((_, question)) = course.question_outline(&review.question) else { continue };
        let other = review.is_leech.then(|| leech::another_form(course, learner, question)).flatten();
        for question in other.into_iter().chain([question]) {
            if !chosen.iter().any(|other| other.id == question.id) {
                chosen.push(question);
            }
        }
    }
    chosen.truncate(REVIEWS_MAX);
    interleave(chosen).into_iter().map(|question| question.id.clone()).collect()
}

/// All questions that fit a choice.
fn fitting<'a>(course: &'a Course, learner: &Learner, choice: &Choice) -> Vec<&'a QuestionOutline> {
    let mut found = Vec::new();
    for (index, module) in course.outline.modules.iter().enumerate() {
        if choice.module.as_ref().is_none_or(|id| *id == module.id) {
            let questions = course.questions(index).iter();
            found.extend(questions.filter(|question| fits(learner, module, question, choice)));
        }
    }
    found
}

fn fits(learner: &Learner, module: &ModuleOutline, question: &QuestionOutline, choice: &Choice) -> bool {
    let history = learner.questions.get(&question.id);
    choice.topic.as_ref().is_none_or(|topic| *topic == question.topic)
        && choice.level.is_none_or(|level| level == question.level)
        && choice.kind.as_ref().is_none_or(|kind| *kind == question.kind)
        && match choice.only {
            None => true,
            Some(Only::Mistakes) => history.is_some_and(|history| history.last != Verdict::Right),
            Some(Only::SureWrong) => history
                .is_some_and(|history| history.last != Verdict::Right && history.confidence == Some(Confidence::Sure)),
            Some(Only::Asked) => {
                let topic = module.topics.iter().find(|topic| topic.id == question.topic);
                topic.is_some_and(|topic| topic.asked >= Asked::Often)
            }
        }
}

/// How many questions fit a choice.
pub fn count(course: &Course, learner: &Learner, choice: &Choice) -> usize {
    fitting(course, learner, choice).len()
}

fn known(learner: &Learner, question: &QuestionOutline) -> bool {
    learner.questions.get(&question.id).is_some_and(|history| history.last == Verdict::Right)
}

fn choose(learner: &Learner, mut candidates: Vec<&QuestionOutline>, seed: Seed) -> Vec<QuestionId> {
    // Shuffle first: the sort below is stable, so equals stay in drawn order.
    Shuffle(seed.branch("pick", 0).0).arrange(&mut candidates);
    candidates.sort_by_key(|question| match learner.questions.get(&question.id) {
        Some(history) if history.last != Verdict::Right => (0, 0),
        None => (1, 0),
        Some(history) => (2, history.last_at.0),
    });
    candidates.truncate(SESSION_MAX);
    // Easier ones first, so that a session begins with a success.
    candidates.sort_by_key(|question| question.level);
    interleave(candidates).into_iter().map(|question| question.id.clone()).collect()
}

/// Keeps the order as far as possible, but puts no two of one topic side by side while another is left.
fn interleave(mut waiting: Vec<&QuestionOutline>) -> Vec<&QuestionOutline> {
    let mut order: Vec<&QuestionOutline> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let last = order.last().map(|question| &question.topic);
        let next = waiting.iter().position(|question| Some(&question.topic) != last).unwrap_or(0);
        order.push(waiting.remove(next));
    }
    order
}
