//! Leeches: questions that are forgotten again and again. Asking them once more helps little.

use super::card::Card;
use crate::course::Course;
use crate::course::outline::QuestionOutline;
use crate::id::{LessonId, QuestionId};
use crate::study::learner::Learner;

/// From so many lapses on a question is a leech: it is asked in another form first.
pub const LAPSES_MIN: u32 = 4;
/// From so many lapses on the lesson should be read again.
pub const LESSON_FROM: u32 = 6;

/// A question that is forgotten again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leech {
    /// Which.
    pub question: QuestionId,
    /// How often it was forgotten after it had been learnt.
    pub lapses: u32,
    /// What to do about it.
    pub advice: Advice,
}

/// What to do about a leech.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Ask this question of the same topic first: it wants the same knowledge in another form.
    AnotherForm(QuestionId),
    /// Read the lesson again.
    Lesson(LessonId),
    /// There is neither; ask it as it is.
    Nothing,
}

/// Whether a card is one of a leech.
pub fn is_leech(card: &Card) -> bool {
    card.lapses >= LAPSES_MIN
}

/// All leeches of a course, the worst first.
pub fn leeches(course: &Course, learner: &Learner) -> Vec<Leech> {
    let odd = learner.questions.iter().filter(|(_, history)| is_leech(&history.card));
    let mut found: Vec<Leech> =
        odd.filter_map(|(id, _)| leech(course, learner, course.question_outline(id)?.1)).collect();
    found.sort_by(|a, b| b.lapses.cmp(&a.lapses).then_with(|| a.question.cmp(&b.question)));
    found
}

/// What to do about a question, if it is a leech.
pub fn leech(course: &Course, learner: &Learner, question: &QuestionOutline) -> Option<Leech> {
    let card = &learner.questions.get(&question.id)?.card;
    if !is_leech(card) {
        return None;
    }
    let other = || another_form(course, learner, question).map(|other| Advice::AnotherForm(other.id.clone()));
    let lesson = || {
        let lesson = course.outline.lessons().find(|lesson| lesson.topic == question.topic)?;
        Some(Advice::Lesson(lesson.id.clone()))
    };
    let advice = if card.lapses >= LESSON_FROM { lesson().or_else(other) } else { other().or_else(lesson) };
    Some(Leech { question: question.id.clone(), lapses: card.lapses, advice: advice.unwrap_or(Advice::Nothing) })
}

/// A question of the same topic and another kind that is no leech itself: one never asked, else the one that was asked least.
pub fn another_form<'a>(
    course: &'a Course,
    learner: &Learner,
    question: &QuestionOutline,
) -> Option<&'a QuestionOutline> {
    let (module, _) = course.topic(&question.topic)?;
    let siblings = course.questions(course.module_index(&module.id)?).iter().filter(|other| {
        let is_leech = learner.questions.get(&other.id).is_some_and(|history| is_leech(&history.card));
        other.topic == question.topic && other.kind != question.kind && !is_leech
    });
    siblings.min_by_key(|other| learner.questions.get(&other.id).map_or(0, |history| history.answers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::outline::Asked;
    use crate::question::answer::Verdict::{Right, Wrong};
    use crate::study::entry::About;
    use crate::study::pick;
    use crate::study::sample::{course, learner, today};
    use crate::study::seed::Seed;

    /// Learnt and forgotten so often.
    fn lapses(question: &'static str, times: i32) -> Vec<(i32, &'static str, crate::question::answer::Verdict)> {
        (0..times).flat_map(|time| [(time * 40, question, Right), (time * 40 + 20, question, Wrong)]).collect()
    }

    #[test]
    fn a_leech_is_asked_in_another_form_then_its_lesson_is_named() {
        let questions: &[_] = &[("a", 1, "single"), ("b", 1, "single"), ("c", 1, "flash")];
        let course = course(&[("01-m", &[("t", Asked::Rarely, questions)])]);
        let advice = |times| {
            let learner = learner(&course, &lapses("a", times));
            leeches(&course, &learner).first().map(|leech| (leech.lapses, leech.advice.clone()))
        };
        assert_eq!(advice(3), None);
        assert_eq!(advice(4), Some((4, Advice::AnotherForm("c".into()))));
        assert_eq!(advice(6), Some((6, Advice::Lesson("lesson.t".into()))));

        let learner = learner(&course, &lapses("a", 4));
        let plan = pick::plan(&course, &learner, About::Review, Seed(1), today(500)).unwrap();
        assert_eq!(plan.questions, ["c".into(), "a".into()]);
    }
}
