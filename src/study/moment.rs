//! Time as the study rooms see it: it rides on the message, nobody here asks a clock.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(pub i64);

/// A day of learning, as days since 1970-01-01. It begins at 04:00 where the learner is, so that an evening past midnight
/// still belongs to the day before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

/// Now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The instant.
    pub at: Timestamp,
    /// The day of learning that it belongs to.
    pub today: Day,
}

impl Timestamp {
    /// How many milliseconds lie between an earlier instant and this one; 0 if the clock was set back.
    pub fn since_ms(self, earlier: Timestamp) -> u32 {
        u32::try_from(self.0.saturating_sub(earlier.0).max(0)).unwrap_or(u32::MAX)
    }
}

impl Day {
    /// The day's date.
    pub fn date(self) -> Date {
        Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(i64::from(self.0)))
    }

    /// The day of a date.
    pub fn of(date: Date) -> Day {
        let days = date.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days());
        Day(days)
    }

    /// Which day of the week.
    pub fn weekday(self) -> Weekday {
        self.date().weekday()
    }

    /// Monday of the same week.
    pub fn monday(self) -> Day {
        Day(self.0 - i32::from(self.weekday().to_monday_zero_offset()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_the_same_thing() {
        let date = Date::constant(2026, 11, 25);
        assert_eq!(Day::of(date).date(), date);
        assert_eq!(Day::of(date).weekday(), Weekday::Wednesday);
        assert_eq!(Day::of(date).monday().date(), Date::constant(2026, 11, 23));
    }

    #[test]
    fn a_clock_set_back_takes_no_time() {
        assert_eq!(Timestamp(5).since_ms(Timestamp(9)), 0);
        assert_eq!(Timestamp(9).since_ms(Timestamp(5)), 4);
    }
}
