//! The grade that an answer gets: what FSRS calls a rating.

use crate::question::answer::{Answer, Recall, Verdict};
use crate::study::entry::{Attempt, Confidence};
use serde::{Deserialize, Serialize};

/// A right answer that took longer than this, in milliseconds, was hard work.
pub const SLOW_MS: u32 = 90_000;
/// A right answer that somebody was sure of, and gave within this time, in milliseconds, was easy.
pub const QUICK_MS: u32 = 20_000;

/// How well something was remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Not.
    Again,
    /// With help, in doubt or slowly.
    Hard,
    /// Well.
    Good,
    /// At once, and sure of it.
    Easy,
}

impl Grade {
    /// From worst to best.
    pub const ALL: [Grade; 4] = [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy];

    /// As FSRS counts ratings: 1 to 4.
    pub fn rating(self) -> u32 {
        match self {
            Grade::Again => 1,
            Grade::Hard => 2,
            Grade::Good => 3,
            Grade::Easy => 4,
        }
    }

    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Grade::Again => "again",
            Grade::Hard => "hard",
            Grade::Good => "good",
            Grade::Easy => "easy",
        }
    }

    /// Of an answer. A card is graded by the learner. Everything else by what happened: not all right is *again*; right
    /// with a hint, in doubt or slowly is *hard*; right, sure and quick is *easy*; right is *good*.
    pub fn of(attempt: &Attempt) -> Grade {
        if let Answer::Recalled(recall) = &attempt.answer {
            return match recall {
                Recall::Again => Grade::Again,
                Recall::Hard => Grade::Hard,
                Recall::Good => Grade::Good,
                Recall::Easy => Grade::Easy,
            };
        }
        match attempt.verdict {
            Verdict::Wrong | Verdict::Partly => Grade::Again,
            Verdict::Right if attempt.hints > 0 || attempt.took_ms > SLOW_MS => Grade::Hard,
            Verdict::Right => match attempt.confidence {
                Some(Confidence::Unsure) => Grade::Hard,
                Some(Confidence::Sure) if attempt.took_ms <= QUICK_MS => Grade::Easy,
                Some(Confidence::Sure) | None => Grade::Good,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::LessonId;
    use crate::study::entry::Place;

    fn right() -> Attempt {
        Attempt {
            place: Place::Lesson(LessonId::from("l")),
            question: "q".into(),
            fingerprint: 0,
            took_ms: 10_000,
            answer: Answer::Chosen(vec!["a".into()]),
            verdict: Verdict::Right,
            confidence: None,
            hints: 0,
        }
    }

    #[test]
    fn the_rule() {
        let sure = Some(Confidence::Sure);
        let cases = [
            (right(), Grade::Good),
            (Attempt { verdict: Verdict::Wrong, ..right() }, Grade::Again),
            (Attempt { verdict: Verdict::Partly, confidence: sure, ..right() }, Grade::Again),
            (Attempt { hints: 1, confidence: sure, ..right() }, Grade::Hard),
            (Attempt { took_ms: SLOW_MS + 1, confidence: sure, ..right() }, Grade::Hard),
            (Attempt { confidence: Some(Confidence::Unsure), ..right() }, Grade::Hard),
            (Attempt { confidence: sure, ..right() }, Grade::Easy),
            (Attempt { confidence: sure, took_ms: QUICK_MS + 1, ..right() }, Grade::Good),
            (Attempt { answer: Answer::Recalled(Recall::Hard), verdict: Verdict::Partly, ..right() }, Grade::Hard),
            (Attempt { answer: Answer::GaveUp, verdict: Verdict::Wrong, ..right() }, Grade::Again),
        ];
        for (attempt, grade) in cases {
            assert_eq!(Grade::of(&attempt), grade, "{attempt:?}");
        }
    }
}
