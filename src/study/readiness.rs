//! A forecast of an interview: how many of 100 questions somebody would know on a day, with what can be said for sure about it.
//!
//! The model stands in docs/study.md. A simulation of learners (`readiness/tests.rs`) holds it to its word: the interval that
//! should hold four times of five does so.

use super::history::Recalls;
use super::learner::Learner;
use super::moment::Day;
use crate::course::Course;
use crate::question::answer::Verdict;

/// How many questions the forecast is about.
pub const QUESTIONS: u32 = 100;
/// Before so many answers nothing is said.
pub const ANSWERS_MIN: u32 = 20;

/// How much easier a first answer is for each level, 1 to 4, in logits.
const LEVELS: [f64; 4] = [0.5, 0.0, -0.5, -1.0];
/// How far the interval reaches to either side, in standard deviations: it holds 80 % of a normal distribution.
const REACH: f64 = 1.2816;
/// What the model doesn't know: the variance, in logits, of how far the truth about all that was learnt, and about all that was
/// never asked, lies from its two numbers.
const MISFIT: f64 = 0.03;

/// How many of 100 questions somebody would know.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Readiness {
    /// The most likely number.
    pub mean: f64,
    /// Four times of five it is at least this…
    pub low: u32,
    /// … and at most this.
    pub high: u32,
    /// How many questions of the course were asked at least once, of how many.
    pub asked: (usize, usize),
}

/// A number with what is uncertain about it, in logits.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Estimate {
    value: f64,
    variance: f64,
}

/// The forecast for a day; `None` before there are [`ANSWERS_MIN`] answers.
pub fn forecast(course: &Course, learner: &Learner, day: Day) -> Option<Readiness> {
    if learner.answers < ANSWERS_MIN {
        return None;
    }
    let shift = shift(&learner.recalls);
    let mut unasked = [0u32; 4];
    for topic in course.outline.modules.iter().flat_map(|module| &module.topics) {
        unasked.iter_mut().zip(topic.levels).for_each(|(sum, count)| *sum += u32::from(count));
    }
    let (mut firsts, mut chances) = (Vec::new(), Vec::new());
    for (id, history) in &learner.questions {
        let Some(place) = course.place(id) else { continue };
        let level = usize::from(place.level.clamp(1, 4)) - 1;
        unasked[level] = unasked[level].saturating_sub(1);
        firsts.push((LEVELS[level], history.first_right));
        // On the day of an answer everybody still knows it, also who was told a minute ago.
        let later = Day(day.0.max(history.card.last_day.0.saturating_add(1)));
        let recall = learner.scheduler().retrievability(&history.card, later);
        chances.push((logit(recall) + shift.value, Kind::Learnt));
    }
    let asked = chances.len();
    let first = estimate(&firsts);
    for (count, offset) in unasked.iter().zip(LEVELS) {
        chances.extend((0..*count).map(|_| (first.value + offset, Kind::New)));
    }
    let all = chances.len();
    (all > 0).then(|| score(&chances, shift, first, (asked, all)))
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Learnt,
    New,
}

/// The score of questions drawn from these: what the draw and the answers vary, and what the two numbers may be off.
fn score(chances: &[(f64, Kind)], shift: Estimate, first: Estimate, asked: (usize, usize)) -> Readiness {
    let all = chances.len() as f64;
    let drawn = f64::from(QUESTIONS);
    let (mut sum, mut squares, mut noise) = (0.0, 0.0, 0.0);
    let (mut by_shift, mut by_first) = (0.0, 0.0);
    for (logit, kind) in chances {
        let chance = logistic(*logit);
        let slope = chance * (1.0 - chance);
        sum += chance;
        squares += chance * chance;
        noise += slope;
        match kind {
            Kind::Learnt => by_shift += slope,
            Kind::New => by_first += slope,
        }
    }
    let mean = sum / all;
    let spread = (squares / all - mean * mean).max(0.0);
    // A course of fewer questions than are drawn has each of them in the paper.
    let rest = if all > drawn { (all - drawn) / (all - 1.0) } else { 0.0 };
    let draws = drawn * noise / all + drawn * rest * spread;
    let of = |slopes: f64, variance: f64| (drawn * slopes / all).powi(2) * (variance + MISFIT);
    let deviation = (draws + of(by_shift, shift.variance) + of(by_first, first.variance)).sqrt();
    let at = |score: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 100")]
        let whole = score.clamp(0.0, drawn) as u32;
        whole
    };
    let mean = drawn * mean;
    Readiness { mean, low: at((mean - REACH * deviation).round()), high: at((mean + REACH * deviation).round()), asked }
}

/// How far off the memory model is for this learner: the shift of its logits that fits the answers best, by the prior that it
/// is about right.
fn shift(recalls: &Recalls) -> Estimate {
    let bins: Vec<(f64, f64, f64)> = recalls
        .0
        .iter()
        .enumerate()
        .filter(|(_, (_, all))| *all > 0)
        .map(|(bin, (right, all))| (logit(Recalls::middle(bin)), f64::from(*right), f64::from(*all)))
        .collect();
    fit(&bins)
}

/// How likely a first answer is right, at level 2.
fn estimate(firsts: &[(f64, bool)]) -> Estimate {
    let groups: Vec<(f64, f64, f64)> = LEVELS
        .iter()
        .map(|offset| {
            let of_level = firsts.iter().filter(|(other, _)| other == offset);
            let right = of_level.clone().filter(|(_, right)| *right).count();
            (*offset, right as f64, of_level.count() as f64)
        })
        .collect();
    fit(&groups)
}

/// The number `a` that makes these counts (offset, right, all) most likely, if each answer is right by the chance
/// `logistic(offset + a)` and `a` is about 0, give or take 1. By Newton's method; the function has one top.
fn fit(groups: &[(f64, f64, f64)]) -> Estimate {
    let mut value = 0.0_f64;
    let mut curvature = 1.0;
    for _ in 0..30 {
        let (mut gradient, mut bend) = (-value, 1.0);
        for (offset, right, all) in groups {
            let chance = logistic(offset + value);
            gradient += right - all * chance;
            bend += all * chance * (1.0 - chance);
        }
        value += (gradient / bend).clamp(-1.0, 1.0);
        curvature = bend;
    }
    Estimate { value, variance: 1.0 / curvature }
}

fn logistic(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

/// The logit of a chance; nothing is quite sure.
fn logit(chance: f64) -> f64 {
    let chance = chance.clamp(0.01, 0.99);
    (chance / (1.0 - chance)).ln()
}

/// The chance to remember a question on each of so many days from a day on: its forgetting curve. `None` before it was asked.
pub fn curve(learner: &Learner, question: &crate::id::QuestionId, from: Day, days: usize) -> Option<Vec<f64>> {
    let card = &learner.questions.get(question)?.card;
    let days = (from.0..).map(Day).take(days);
    Some(days.map(|day| learner.scheduler().retrievability(card, day)).collect())
}

/// The average forgetting curve of all that is known, if nothing was asked any more; empty when nothing is.
pub fn average_curve(course: &Course, learner: &Learner, from: Day, days: usize) -> Vec<f64> {
    let known: Vec<_> = learner
        .questions
        .iter()
        .filter(|(id, history)| history.last == Verdict::Right && course.place(id).is_some())
        .map(|(_, history)| &history.card)
        .collect();
    if known.is_empty() {
        return Vec::new();
    }
    let average =
        |day| known.iter().map(|card| learner.scheduler().retrievability(card, day)).sum::<f64>() / known.len() as f64;
    (from.0..).map(Day).take(days).map(average).collect()
}

#[cfg(test)]
mod tests;
