//! The clock: the only place where the program asks what time it is.

use crate::study::moment::{Day, Moment, Timestamp};
use jiff::tz::TimeZone;

/// When a day of learning begins, in hours after midnight.
const DAY_BEGINS: i8 = 4;

/// How long a time zone is taken for granted, in milliseconds: people travel, but not between two keys.
const ZONE_HOLDS_MS: i64 = 60_000;

/// The clock on the learner's wall.
#[derive(Debug)]
pub struct Clock {
    zone: TimeZone,
    looked_up: Timestamp,
}

impl Clock {
    /// A clock that shows the time where this computer is.
    #[expect(clippy::new_without_default, reason = "it reads a file")]
    pub fn new() -> Clock {
        Clock { zone: zone(), looked_up: instant().1 }
    }

    /// Now, where the learner is.
    pub fn now(&mut self) -> Moment {
        let (instant, at) = instant();
        if (at.0 - self.looked_up.0).abs() > ZONE_HOLDS_MS {
            *self = Clock { zone: zone(), looked_up: at };
        }
        moment(instant, &self.zone)
    }
}

#[expect(clippy::disallowed_methods, reason = "here is where time comes from")]
fn instant() -> (jiff::Timestamp, Timestamp) {
    let now = jiff::Timestamp::now();
    (now, Timestamp(now.as_millisecond()))
}

/// The time zone of this computer. Where one file says it all, that file is read; jiff would first read the names of all
/// zones there are, which takes longer than the rest of the start.
fn zone() -> TimeZone {
    let file = || {
        let rules = std::fs::read("/etc/localtime").ok()?;
        TimeZone::tzif("local", &rules).ok()
    };
    let plain = cfg!(unix) && std::env::var_os("TZ").is_none();
    plain.then(file).flatten().unwrap_or_else(TimeZone::system)
}

/// An instant, with the day of learning that it belongs to in a time zone.
pub fn moment(instant: jiff::Timestamp, zone: &TimeZone) -> Moment {
    let local = zone.to_datetime(instant);
    // By the clock on the wall, not by counting back hours, so that a change to summer time moves no boundary.
    let date = if local.hour() < DAY_BEGINS { local.date().yesterday().unwrap_or(local.date()) } else { local.date() };
    Moment { at: Timestamp(instant.as_millisecond()), today: Day::of(date) }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Zones as POSIX writes them, so that no test needs a database of zones.
    const BERLIN: &str = "CET-1CEST,M3.5.0,M10.5.0/3";
    const KATHMANDU: &str = "<+0545>-5:45";
    const KIRITIMATI: &str = "<+14>-14";
    const PAGO_PAGO: &str = "SST11";

    /// The date of the day of learning, for an instant in a zone.
    fn day(instant: &str, zone: &str) -> String {
        let zone = TimeZone::posix(zone).unwrap();
        moment(instant.parse().unwrap(), &zone).today.date().to_string()
    }

    #[test]
    fn a_day_begins_at_four_where_the_learner_is() {
        assert_eq!(day("2026-11-25T02:59:59.999Z", BERLIN), "2026-11-24");
        assert_eq!(day("2026-11-25T03:00:00Z", BERLIN), "2026-11-25");
        assert_eq!(day("2026-01-01T02:00:00Z", BERLIN), "2025-12-31");
    }

    #[test]
    fn the_same_instant_can_be_two_days_in_two_zones() {
        let instant = "2026-11-25T10:30:00Z";
        assert_eq!(day(instant, KIRITIMATI), "2026-11-25");
        assert_eq!(day(instant, PAGO_PAGO), "2026-11-24");
        assert_eq!(day(instant, KATHMANDU), "2026-11-25");
    }

    #[test]
    fn days_change_at_four_also_when_the_clock_changes() {
        // Summer time began at 02:00 on 29 March 2026, and ended at 03:00 on 25 October.
        assert_eq!(day("2026-03-29T01:59:59Z", BERLIN), "2026-03-28");
        assert_eq!(day("2026-03-29T02:00:00Z", BERLIN), "2026-03-29");
        assert_eq!(day("2026-10-25T02:59:59Z", BERLIN), "2026-10-24");
        assert_eq!(day("2026-10-25T03:00:00Z", BERLIN), "2026-10-25");
    }

    #[test]
    fn an_instant_is_kept_to_the_millisecond() {
        let zone = TimeZone::UTC;
        assert_eq!(moment("1970-01-02T00:00:00.123Z".parse().unwrap(), &zone).at, Timestamp(86_400_123));
        assert_eq!(moment("1969-12-31T23:59:59.999Z".parse().unwrap(), &zone).at, Timestamp(-1));
    }
}
