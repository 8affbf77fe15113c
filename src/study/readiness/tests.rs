use super::*;
use crate::course::outline::Asked;
use crate::question::shuffle::Shuffle;
use crate::study::entry::{Attempt, Confidence, Entry, Event};
use crate::study::memory::card::Card;
use crate::study::memory::due;
use crate::study::memory::grade::Grade;
use crate::study::memory::scheduler::{Scheduler, Steps};
use crate::study::memory::weights::Weights;
use crate::study::sample;
use crate::study::today::{Aim, Today};
use std::collections::HashMap;

/// SplitMix64: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    fn happens(&mut self, chance: f64) -> bool {
        self.share() < chance
    }
}

/// How somebody really is, which the program can only see by the answers.
struct Person {
    /// Whether they forget quickly, like most people, or slowly: 0, 1, 2.
    group: usize,
    /// The chance to guess what isn't known.
    guess: f64,
    /// The chance to slip at what is known.
    slip: f64,
    /// How much they know of what they never saw, in logits.
    talent: f64,
    truth: Scheduler,
    cards: HashMap<usize, Card>,
    /// How easy each question is for them at first, in logits.
    ease: Vec<f64>,
}

impl Person {
    fn new(dice: &mut Dice, questions: usize) -> Person {
        let group = (dice.share() * 3.0) as usize;
        // How much longer or shorter than the average person's their memories last.
        let memory = match group {
            0 => dice.between(0.4, 0.7),
            1 => dice.between(0.9, 1.1),
            _ => dice.between(1.3, 2.0),
        };
        let mut weights = Weights::default();
        weights.0[..4].iter_mut().for_each(|weight| *weight *= memory as f32);
        let talent = dice.between(-1.2, 1.2);
        let ease = (0..questions).map(|_| dice.between(-0.8, 0.8)).collect();
        Person {
            group,
            guess: if dice.happens(0.4) { dice.between(0.1, 0.3) } else { 0.0 },
            slip: dice.between(0.0, 0.06),
            talent,
            truth: Scheduler::new(weights, Steps::default()).unwrap(),
            cards: HashMap::new(),
            ease,
        }
    }

    /// The chance that they answer rightly.
    fn chance(&self, question: usize, level: u8, day: Day) -> f64 {
        let knows = match self.cards.get(&question) {
            Some(card) => self.truth.retrievability(card, day),
            None => logistic(self.talent + LEVELS[usize::from(level) - 1] + self.ease[question]),
        };
        (1.0 - self.slip) * knows + self.guess * (1.0 - knows)
    }

    fn answers(&mut self, question: usize, right: bool, day: i32) {
        let grade = if right { Grade::Good } else { Grade::Again };
        let card = self.truth.review(self.cards.get(&question), grade, sample::on(day));
        self.cards.insert(question, card);
    }
}

const COUNT: usize = 160;

fn names() -> Vec<&'static str> {
    (0..COUNT).map(|number| &*Box::leak(format!("q{number}").into_boxed_str())).collect()
}

fn level(number: usize) -> u8 {
    (number % 4) as u8 + 1
}

/// One learner's month: new questions and what is due each day, then a paper of a hundred. What was said of it, and the score.
fn month(course: &Course, names: &[&'static str], seed: u64) -> (Readiness, u32, usize, bool) {
    let mut dice = Dice(seed.wrapping_mul(0x1234_5678_9ABC_DEF1));
    let mut person = Person::new(&mut dice, COUNT);
    let mut learner = Learner::of(course, &[]);
    let (days, new_a_day) = (dice.between(8.0, 35.0) as i32, dice.between(2.0, 8.0) as usize);
    let mut order: Vec<usize> = (0..COUNT).collect();
    Shuffle(seed).arrange(&mut order);
    let mut unasked = order.into_iter();
    for day in 0..days {
        let today = Today { now: sample::on(day), aim: Aim { minutes_a_day: 240, ..Aim::default() } };
        let due = due::reviews(course, &learner, today);
        let place = |name: &str| names.iter().position(|other| *other == name).unwrap();
        let due: Vec<usize> = due.all.iter().map(|review| place(review.question.as_str())).collect();
        for (at, question) in due.into_iter().chain(unasked.by_ref().take(new_a_day)).enumerate() {
            let right = dice.happens(person.chance(question, level(question), Day(day)));
            person.answers(question, right, day);
            learner.apply(&answer(day, at, names[question], right));
        }
    }
    let day = days + dice.between(0.0, 14.0) as i32;
    let said = forecast(course, &learner, Day(day)).unwrap();
    let mut paper: Vec<usize> = (0..COUNT).collect();
    Shuffle(seed + 1).arrange(&mut paper);
    paper.truncate(QUESTIONS as usize);
    // Nobody is asked on the day of the last answer.
    let score = paper
        .iter()
        .filter(|question| dice.happens(person.chance(**question, level(**question), Day(day.max(days)))))
        .count();
    (said, score as u32, person.group, person.guess > 0.0)
}

fn answer(day: i32, at: usize, question: &str, right: bool) -> Entry {
    let verdict = if right { Verdict::Right } else { Verdict::Wrong };
    let entry = sample::answer(day, at, question, verdict);
    let Event::Answered(attempt) = entry.event else { return entry };
    let confidence: Option<Confidence> = None;
    Entry { event: Event::Answered(Attempt { confidence, ..attempt }), ..entry }
}

#[test]
fn the_interval_holds_the_true_score_four_times_of_five() {
    let names = names();
    let questions: Vec<sample::Question> =
        names.iter().enumerate().map(|(at, name)| (*name, level(at), "flash")).collect();
    let course = sample::course(&[("01-m", &[("t", Asked::Rarely, &questions)])]);
    let learners = 1200;
    let (mut held, mut width, mut bias) = (0, 0.0, 0.0);
    // Those who forget quickly, like most people, slowly; and those who guess.
    let mut groups = [(0, 0); 4];
    for seed in 1..=learners {
        let (said, score, group, guesses) = month(&course, &names, seed);
        let is_held = u64::from((said.low..=said.high).contains(&score));
        held += is_held;
        for group in [Some(group), guesses.then_some(3)].into_iter().flatten() {
            groups[group] = (groups[group].0 + is_held, groups[group].1 + 1);
        }
        width += f64::from(said.high - said.low) / learners as f64;
        bias += (said.mean - f64::from(score)) / learners as f64;
    }
    let share = |(held, all): (u64, u64)| held as f64 / all as f64;
    let all = share((held, learners));
    let by_group = groups.map(share);
    println!("{all:.3} in their intervals ({by_group:.3?}), which are {width:.1} wide; off by {bias:.1} on average");
    assert!((0.75..=0.85).contains(&all), "{all} of the scores are in their intervals");
    assert!(by_group.iter().all(|share| (0.65..=0.95).contains(share)), "{by_group:?}");
    assert!(width < 20.0, "an interval of {width} says little");
    assert!(bias.abs() < 2.0, "off by {bias}");
}

#[test]
fn more_knowledge_is_a_better_forecast_and_more_answers_a_surer_one() {
    let names = names();
    let questions: Vec<sample::Question> =
        names.iter().enumerate().map(|(at, name)| (*name, level(at), "flash")).collect();
    let course = sample::course(&[("01-m", &[("t", Asked::Rarely, &questions)])]);
    let said = |count: usize, verdict| {
        let answers: Vec<_> = (0..count).map(|at| (0, names[at], verdict)).collect();
        forecast(&course, &sample::learner(&course, &answers), Day(1))
    };
    assert_eq!(said(19, Verdict::Right), None);
    let (few, many) = (said(30, Verdict::Right).unwrap(), said(150, Verdict::Right).unwrap());
    let wrong = said(150, Verdict::Wrong).unwrap();
    assert!(wrong.mean < few.mean && few.mean < many.mean, "{wrong:?} {few:?} {many:?}");
    assert!(many.high - many.low < few.high - few.low, "{few:?} {many:?}");
    assert_eq!((few.asked, many.asked), ((30, COUNT), (150, COUNT)));
}
