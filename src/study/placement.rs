//! "Find my level": few questions, each about what is least certain, until it is clear which modules somebody knows already.

use super::entry::{Event, SessionId};
use super::seed::Seed;
use crate::course::Course;
use crate::course::outline::{ModuleOutline, QuestionOutline};
use crate::id::{ModuleId, QuestionId};
use crate::question::answer::Verdict;
use crate::question::shuffle::Shuffle;

/// How many questions there are at most.
pub const QUESTIONS_MAX: usize = 25;
/// A module is known from this chance on, and not known up to the counterpart.
const CERTAIN: f64 = 0.8;
/// How likely a module is known before anything is asked, as odds: one right answer does not suffice.
const PRIOR: f64 = 0.5;
/// By how much an answer changes the odds of its module.
const STEP: f64 = 4.0;

/// A placement: which answers somebody gave, and what they say about each module.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// Its name.
    pub id: SessionId,
    /// Where its draws come from.
    pub seed: Seed,
    /// The odds of each module, in the order of the course.
    odds: Vec<f64>,
    asked: Vec<QuestionId>,
    now: Option<QuestionId>,
}

impl Placement {
    /// A new one. Its [`Event::Started`] is recorded by whoever begins it, with no questions in its plan: they follow from
    /// the answers.
    pub fn start(course: &Course, id: SessionId, seed: Seed) -> Placement {
        let odds = course.outline.modules.iter().map(|_| PRIOR).collect();
        let mut placement = Placement { id, seed, odds, asked: Vec::new(), now: None };
        placement.choose(course);
        placement
    }

    /// One that was left in the middle, after these answers.
    pub fn resume<'a>(
        course: &Course,
        id: SessionId,
        seed: Seed,
        answers: impl IntoIterator<Item = (&'a QuestionId, Verdict)>,
    ) -> Placement {
        let mut placement = Placement::start(course, id, seed);
        for (question, verdict) in answers {
            placement.weigh(course, question, verdict);
        }
        placement.choose(course);
        placement
    }

    /// What is asked now; `None` when it is clear enough.
    pub fn asked(&self) -> Option<&QuestionId> {
        self.now.as_ref()
    }

    /// The order of the options of what is asked now.
    pub fn order(&self) -> Shuffle {
        self.now.as_ref().map_or(Shuffle(0), |question| self.seed.order(question, 0))
    }

    /// How many questions were answered.
    pub fn answered_count(&self) -> usize {
        self.asked.len()
    }

    /// Takes the verdict on what is asked now and goes on.
    pub fn answered(&mut self, course: &Course, verdict: Verdict) {
        if let Some(question) = self.now.take() {
            self.weigh(course, &question, verdict);
            self.choose(course);
        }
    }

    /// The chance that a module is known, from 0 to 1, in the order of the course.
    pub fn beliefs<'a>(&self, course: &'a Course) -> Vec<(&'a ModuleOutline, f64)> {
        course.outline.modules.iter().zip(self.odds.iter().map(|odds| chance(*odds))).collect()
    }

    /// The modules that are known.
    pub fn known(&self, course: &Course) -> Vec<ModuleId> {
        let known = self.beliefs(course).into_iter().filter(|(_, chance)| *chance >= CERTAIN);
        known.map(|(module, _)| module.id.clone()).collect()
    }

    /// What to record at the end.
    pub fn finish(&self, course: &Course) -> Vec<Event> {
        vec![Event::Placed { modules: self.known(course) }, Event::Finished { session: self.id }]
    }

    /// An answer says something about its module, and half as much about those that belong to it: who knows a module knows
    /// what it needs, who doesn't will not know what needs it.
    fn weigh(&mut self, course: &Course, question: &QuestionId, verdict: Verdict) {
        self.asked.push(question.clone());
        let Some(place) = course.place(question) else { return };
        let modules = &course.outline.modules;
        let this = &modules[place.module];
        let (factor, related): (f64, Vec<usize>) = match verdict {
            Verdict::Right => (STEP, places(course, |module| this.needs.contains(&module.id))),
            Verdict::Partly => (1.0 / STEP.sqrt(), Vec::new()),
            Verdict::Wrong => (1.0 / STEP, places(course, |module| module.needs.contains(&this.id))),
        };
        self.odds[place.module] *= factor;
        for module in related {
            self.odds[module] *= if factor > 1.0 { factor.sqrt() } else { 1.0 / (1.0 / factor).sqrt() };
        }
    }

    fn choose(&mut self, course: &Course) {
        self.now = None;
        if self.asked.len() >= QUESTIONS_MAX {
            return;
        }
        let modules = &course.outline.modules;
        let uncertain = |place: &usize| {
            let chance = chance(self.odds[*place]);
            chance > 1.0 - CERTAIN && chance < CERTAIN
        };
        let mut waiting: Vec<usize> = (0..modules.len()).filter(uncertain).collect();
        // The least certain first; among equals the one that says most about others.
        waiting.sort_by(|a, b| {
            let doubt = |place: usize| (chance(self.odds[place]) - 0.5).abs();
            let related = |place: usize| {
                let id = &modules[place].id;
                modules[place].needs.len() + modules.iter().filter(|module| module.needs.contains(id)).count()
            };
            doubt(*a).total_cmp(&doubt(*b)).then_with(|| related(*b).cmp(&related(*a))).then(a.cmp(b))
        });
        self.now = waiting.into_iter().find_map(|place| self.question_of(course, place));
    }

    /// A question of a module that was not asked, of a middle level where there is one.
    fn question_of(&self, course: &Course, module: usize) -> Option<QuestionId> {
        let fresh = course.questions(module).iter();
        let mut fresh: Vec<&QuestionOutline> =
            fresh.filter(|question| question.kind.as_ref() != "flash" && !self.asked.contains(&question.id)).collect();
        Shuffle(self.seed.branch("placement", module as u64).0).arrange(&mut fresh);
        let middle = |question: &&&QuestionOutline| matches!(question.level, 2 | 3);
        fresh.iter().find(middle).or(fresh.first()).map(|question| question.id.clone())
    }
}

fn places(course: &Course, fits: impl Fn(&ModuleOutline) -> bool) -> Vec<usize> {
    let modules = course.outline.modules.iter().enumerate();
    modules.filter(|(_, module)| fits(module)).map(|(place, _)| place).collect()
}

fn chance(odds: f64) -> f64 {
    odds / (1.0 + odds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::outline::Asked;
    use crate::study::sample;

    const NAMES: [[&str; 4]; 8] = [
        ["a1", "a2", "a3", "a4"],
        ["b1", "b2", "b3", "b4"],
        ["c1", "c2", "c3", "c4"],
        ["d1", "d2", "d3", "d4"],
        ["e1", "e2", "e3", "e4"],
        ["f1", "f2", "f3", "f4"],
        ["g1", "g2", "g3", "g4"],
        ["h1", "h2", "h3", "h4"],
    ];

    /// Eight modules, each of which needs the one before.
    fn course() -> Course {
        let questions: Vec<Vec<sample::Question>> = NAMES
            .iter()
            .map(|names| names.iter().zip(1..).map(|(name, level)| (*name, level, "single")).collect())
            .collect();
        let topics: Vec<(String, [sample::OfTopic; 1])> = questions
            .iter()
            .enumerate()
            .map(|(at, questions)| (format!("{at:02}-m"), [("t", Asked::Rarely, &questions[..])]))
            .collect();
        let modules: Vec<(&str, &[sample::OfTopic])> =
            topics.iter().map(|(name, topics)| (name.as_str(), &topics[..])).collect();
        let mut course = sample::course(&modules);
        for at in 1..8 {
            course.outline.modules[at].needs = vec![course.outline.modules[at - 1].id.clone()];
        }
        course
    }

    /// Somebody who knows the first modules.
    fn place(course: &Course, knows: usize, seed: u64) -> Placement {
        let mut placement = Placement::start(course, SessionId(1), Seed(seed));
        while let Some(question) = placement.asked().cloned() {
            let module = course.place(&question).unwrap().module;
            placement.answered(course, if module < knows { Verdict::Right } else { Verdict::Wrong });
        }
        placement
    }

    #[test]
    fn who_knows_the_first_modules_is_placed_behind_them_in_few_questions() {
        let course = course();
        for knows in 0..=8 {
            for seed in 0..20 {
                let placement = place(&course, knows, seed);
                assert_eq!(placement.known(&course).len(), knows, "seed {seed}");
                assert!(placement.answered_count() <= 2 * 8, "{}", placement.answered_count());
            }
        }
    }

    #[test]
    fn no_question_comes_twice_and_one_that_was_left_goes_on() {
        let course = course();
        let whole = place(&course, 5, 3);
        let mut asked = whole.asked.clone();
        asked.sort();
        asked.dedup();
        assert_eq!(asked.len(), whole.asked.len());
        let verdict =
            |id: &QuestionId| if course.place(id).unwrap().module < 5 { Verdict::Right } else { Verdict::Wrong };
        for cut in 0..whole.asked.len() {
            let answers = whole.asked[..cut].iter().map(|id| (id, verdict(id)));
            let again = Placement::resume(&course, SessionId(1), Seed(3), answers);
            assert_eq!(again.asked(), Some(&whole.asked[cut]));
        }
    }
}
