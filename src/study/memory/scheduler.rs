//! From one review to the next.

use super::card::{Card, Due, Phase};
use super::grade::Grade;
use super::weights::Weights;
use crate::study::moment::{Day, Moment, Timestamp};
use fsrs::{FSRS, MemoryState};

/// The longest interval, in days.
const INTERVAL_MAX: f32 = 3650.0;

/// After how many minutes something is asked again that was not known. With one step, an answer that is right at the
/// first time is asked again after days, not after minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    /// For what is new.
    pub learning: Vec<u16>,
    /// For what was forgotten.
    pub relearning: Vec<u16>,
}

impl Default for Steps {
    fn default() -> Steps {
        Steps { learning: vec![10], relearning: vec![10] }
    }
}

/// The rules that lead from one review to the next.
#[derive(Clone, Debug)]
pub struct Scheduler {
    weights: Weights,
    steps: Steps,
    fsrs: FSRS,
}

impl PartialEq for Scheduler {
    fn eq(&self, other: &Scheduler) -> bool {
        (self.weights, &self.steps) == (other.weights, &other.steps)
    }
}

impl Default for Scheduler {
    fn default() -> Scheduler {
        let (weights, steps) = (Weights::default(), Steps::default());
        Scheduler { weights, steps, fsrs: FSRS::default() }
    }
}

/// The memory model cannot work with these weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these weights are no weights of {}", super::weights::ALGORITHM)]
pub struct Refused;

impl Scheduler {
    /// With these weights and steps.
    pub fn new(weights: Weights, steps: Steps) -> Result<Scheduler, Refused> {
        let fsrs = FSRS::new(&weights.0).map_err(|_| Refused)?;
        Ok(Scheduler { weights, steps, fsrs })
    }

    /// Its weights.
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// The card after a review.
    ///
    /// A clock that was set back counts as no time, and neither do the days up to where it had been. Once two reviews in a
    /// row lie before a day, it was that day that was wrong: a clock far ahead spoils nothing for long.
    pub fn review(&self, card: Option<&Card>, grade: Grade, now: Moment) -> Card {
        let (days, latest_day) = match card {
            None => (0, now.today),
            Some(card) if card.latest_day <= now.today => (days_between(card.latest_day, now.today), now.today),
            Some(card) if card.last_day < card.latest_day => {
                (days_between(card.last_day, now.today), card.last_day.max(now.today))
            }
            Some(card) => (0, card.latest_day),
        };
        let memory = card.map(|card| MemoryState { stability: card.stability, difficulty: card.difficulty });
        // Only impossible numbers are refused, and a card's numbers come from here.
        let after = match self.fsrs.next_states(memory, 0.9, days) {
            Ok(next) => match grade {
                Grade::Again => next.again.memory,
                Grade::Hard => next.hard.memory,
                Grade::Good => next.good.memory,
                Grade::Easy => next.easy.memory,
            },
            Err(_) => memory.unwrap_or(MemoryState { stability: 0.1, difficulty: 5.0 }),
        };
        let before = card.map_or(Phase::Learning(0), |card| card.phase);
        let lapsed = before == Phase::Review && grade == Grade::Again;
        Card {
            stability: after.stability,
            difficulty: after.difficulty,
            phase: self.phase_after(before, grade),
            grade,
            last_at: now.at,
            last_day: now.today,
            latest_day,
            reviews: card.map_or(0, |card| card.reviews).saturating_add(1),
            lapses: card.map_or(0, |card| card.lapses) + u32::from(lapsed),
        }
    }

    fn phase_after(&self, before: Phase, grade: Grade) -> Phase {
        let (steps, step, stay): (_, u8, fn(u8) -> Phase) = match before {
            Phase::Learning(step) => (&self.steps.learning, step, Phase::Learning),
            Phase::Relearning(step) => (&self.steps.relearning, step, Phase::Relearning),
            Phase::Review if grade == Grade::Again => (&self.steps.relearning, 0, Phase::Relearning),
            Phase::Review => return Phase::Review,
        };
        let count = u8::try_from(steps.len()).unwrap_or(u8::MAX);
        if count == 0 {
            return Phase::Review;
        }
        match grade {
            Grade::Again => stay(0),
            Grade::Hard if step < count => stay(step),
            Grade::Good if step + 1 < count => stay(step + 1),
            Grade::Hard | Grade::Good | Grade::Easy => Phase::Review,
        }
    }

    /// When a card is asked again, if this share of what was learnt shall be remembered. `salt` spreads cards that were
    /// learnt together over neighbouring days, always in the same way.
    pub fn due(&self, card: &Card, retention: f32, salt: Option<u64>) -> Due {
        let minutes = match card.phase {
            Phase::Learning(step) => step_minutes(&self.steps.learning, step, card.grade),
            Phase::Relearning(step) => step_minutes(&self.steps.relearning, step, card.grade),
            Phase::Review => None,
        };
        match minutes {
            Some(minutes) => Due::At(Timestamp(card.last_at.0.saturating_add(i64::from(minutes) * 60_000))),
            None => Due::On(Day(card.last_day.0.saturating_add(self.interval(card, retention, salt)))),
        }
    }

    /// In days, at least 1.
    fn interval(&self, card: &Card, retention: f32, salt: Option<u64>) -> i32 {
        let days = self.fsrs.next_interval(Some(card.stability), retention, 3).clamp(1.0, INTERVAL_MAX);
        let days = days.round().max(1.0);
        #[expect(clippy::cast_possible_truncation, reason = "it lies between 1 and 3650")]
        let whole = days as i32;
        match salt {
            Some(salt) => fuzzed(whole, salt ^ u64::from(card.reviews)),
            None => whole,
        }
    }

    /// The chance to remember it on a day, from 0 to 1.
    pub fn retrievability(&self, card: &Card, day: Day) -> f64 {
        let state = MemoryState { stability: card.stability, difficulty: card.difficulty };
        #[expect(clippy::cast_precision_loss, reason = "days of a life are far below 2^24")]
        let days = days_between(card.last_day, day) as f32;
        f64::from(fsrs::current_retrievability(state, days, self.weights.decay())).clamp(0.0, 1.0)
    }
}

fn days_between(earlier: Day, later: Day) -> u32 {
    u32::try_from(i64::from(later.0) - i64::from(earlier.0)).unwrap_or(0)
}

/// How long the step lasts at which a card stands after this grade: *hard* stays at its step, a little longer.
fn step_minutes(steps: &[u16], step: u8, grade: Grade) -> Option<u16> {
    let minutes = *steps.get(usize::from(step))?;
    match (grade, steps.get(usize::from(step) + 1)) {
        (Grade::Hard, None) if step == 0 => Some(minutes + minutes / 2),
        (Grade::Hard, Some(next)) if step == 0 => Some((minutes + next) / 2),
        _ => Some(minutes),
    }
}

/// An interval moved by a few days: by up to 15 % of what lies between 2.5 and 7 days, 10 % between 7 and 20, 5 % above,
/// and one day. Shorter ones stay. (The ranges are those of Anki and py-fsrs.)
fn fuzzed(days: i32, salt: u64) -> i32 {
    if days < 3 {
        return days;
    }
    let length = f64::from(days);
    let part = |from: f64, to: f64, share: f64| (length.min(to) - from).max(0.0) * share;
    let reach = 1.0 + part(2.5, 7.0, 0.15) + part(7.0, 20.0, 0.10) + part(20.0, f64::INFINITY, 0.05);
    #[expect(clippy::cast_possible_truncation, reason = "a few days")]
    let reach = reach.round() as i32;
    let low = (days - reach).max(2);
    let range = u64::try_from(days + reach - low + 1).unwrap_or(1);
    // SplitMix64's last steps: neighbouring salts land far apart.
    let mut mixed = salt.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    low + i32::try_from((mixed ^ (mixed >> 31)) % range).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: i64 = 86_400_000;

    fn at(day: i32) -> Moment {
        Moment { at: Timestamp(i64::from(day) * DAY_MS), today: Day(day) }
    }

    fn anki() -> Scheduler {
        Scheduler::new(Weights::default(), Steps { learning: vec![1, 10], relearning: vec![10] }).unwrap()
    }

    /// The vector that py-fsrs and its ports test: one card, fuzz off, each review exactly when it is due.
    #[test]
    fn the_reference_intervals() {
        let scheduler = anki();
        let grades = [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3].map(|rating: usize| Grade::ALL[rating - 1]);
        let (mut now, mut card, mut intervals) = (at(0), None, Vec::new());
        for grade in grades {
            let next = scheduler.review(card.as_ref(), grade, now);
            let due = match scheduler.due(&next, 0.9, None) {
                Due::On(day) => at(day.0),
                Due::At(instant) => Moment { at: instant, today: Day(i32::try_from(instant.0 / DAY_MS).unwrap()) },
            };
            intervals.push(due.today.0 - now.today.0);
            (now, card) = (due, Some(next));
        }
        assert_eq!(intervals, [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]);
    }

    #[test]
    fn the_reference_memory() {
        let scheduler = anki();
        let mut card = scheduler.review(None, Grade::Again, at(0));
        let mut day = 0;
        for after in [0, 1, 3, 8, 21] {
            day += after;
            card = scheduler.review(Some(&card), Grade::Good, at(day));
        }
        assert!((card.stability - 53.62691).abs() < 1e-4, "{card:?}");
        assert!((card.difficulty - 6.357_486_7).abs() < 1e-4, "{card:?}");
    }

    #[test]
    fn the_first_grade_decides_the_first_stability() {
        let scheduler = Scheduler::default();
        let stabilities = Grade::ALL.map(|grade| scheduler.review(None, grade, at(0)).stability);
        assert_eq!(stabilities, [0.212, 1.2931, 2.3065, 8.2956]);
    }

    #[test]
    fn what_is_right_at_once_waits_for_days_and_what_is_not_for_minutes() {
        let scheduler = Scheduler::default();
        let due = |grade| scheduler.due(&scheduler.review(None, grade, at(0)), 0.9, None);
        assert_eq!(due(Grade::Good), Due::On(Day(2)));
        assert_eq!(due(Grade::Easy), Due::On(Day(8)));
        assert_eq!(due(Grade::Again), Due::At(Timestamp(600_000)));
        assert_eq!(due(Grade::Hard), Due::At(Timestamp(900_000)));
    }

    fn reviewed_on(days: &[i32]) -> Card {
        let scheduler = Scheduler::default();
        let step = |card: Option<Card>, day: &i32| Some(scheduler.review(card.as_ref(), Grade::Good, at(*day)));
        days.iter().fold(None, step).unwrap()
    }

    #[test]
    fn a_clock_set_back_and_right_again_is_no_time() {
        let (once, back, again) = (reviewed_on(&[10]), reviewed_on(&[10, 3]), reviewed_on(&[10, 3, 10]));
        assert!(again.stability < once.stability * 1.2, "{again:?}");
        assert_eq!(again.stability, reviewed_on(&[10, 10, 10]).stability);
        assert!((Scheduler::default().retrievability(&once, Day(3)) - 1.0).abs() < 1e-6);
        assert_eq!((back.last_day, again.last_day), (Day(3), Day(10)));
    }

    #[test]
    fn a_clock_far_ahead_spoils_nothing_for_long() {
        let far = reviewed_on(&[1000, 5]);
        assert_eq!(far.stability, reviewed_on(&[5, 5]).stability);
        let due = Scheduler::default().due(&far, 0.9, None);
        assert!(due <= Due::On(Day(10)), "{due:?}");
        assert_eq!(reviewed_on(&[1000, 5, 8]), reviewed_on(&[5, 5, 8]));
    }

    #[test]
    fn days_beyond_any_calendar_are_no_trouble() {
        let scheduler = Scheduler::default();
        for (first, then) in [(i32::MIN, i32::MAX), (i32::MAX, i32::MIN), (i32::MAX, i32::MAX)] {
            let on = |day| Moment { at: Timestamp(i64::MAX), today: Day(day) };
            let card = scheduler.review(None, Grade::Again, on(first));
            let card = scheduler.review(Some(&card), Grade::Hard, on(then));
            scheduler.due(&card, 0.9, Some(1));
            assert!((0.0..=1.0).contains(&scheduler.retrievability(&card, Day(first))));
        }
    }

    #[test]
    fn weights_of_nobody_are_refused() {
        assert!(Scheduler::new(Weights([f32::NAN; 21]), Steps::default()).is_err());
    }

    #[test]
    fn more_retention_asks_earlier() {
        let scheduler = Scheduler::default();
        let card = scheduler.review(None, Grade::Easy, at(0));
        let day = |retention| scheduler.due(&card, retention, None);
        assert!(day(0.95) < day(0.9) && day(0.9) < day(0.8));
    }

    #[test]
    fn at_its_stability_nine_of_ten_are_remembered() {
        let scheduler = Scheduler::default();
        let card = Card { stability: 8.0, ..scheduler.review(None, Grade::Good, at(0)) };
        assert!((scheduler.retrievability(&card, Day(8)) - 0.9).abs() < 1e-4);
    }

    #[test]
    fn fuzz_stays_near_and_spreads() {
        for days in [1, 2] {
            assert_eq!(fuzzed(days, 7), days);
        }
        let spread: std::collections::BTreeSet<i32> = (0..200).map(|salt| fuzzed(30, salt)).collect();
        assert_eq!((spread.first(), spread.last()), (Some(&27), Some(&33)));
        assert_eq!(fuzzed(30, 5), fuzzed(30, 5));
    }

    #[test]
    fn lapses_are_counted_when_something_learnt_is_forgotten() {
        let scheduler = Scheduler::default();
        let learnt = scheduler.review(None, Grade::Good, at(0));
        let forgot = scheduler.review(Some(&learnt), Grade::Again, at(2));
        let still = scheduler.review(Some(&forgot), Grade::Again, at(2));
        assert_eq!((learnt.lapses, forgot.lapses, still.lapses), (0, 1, 1));
    }
}
