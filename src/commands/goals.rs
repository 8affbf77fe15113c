//! `flaskdojo progress interview` and `progress away`: what a learner intends.

use crate::prose::plain::count;
use crate::study::entry::Event;
use crate::study::moment::Day;
use jiff::civil::Date;
use std::io::{self, Write};

/// Nobody is away for longer than this, in days.
const AWAY_MAX: i32 = 3650;

/// The day of the interview, as somebody wrote it.
pub fn interview(when: &str) -> Result<Event, String> {
    if when == "none" {
        return Ok(Event::Goal { interview: None });
    }
    let date = when.parse::<Date>().map_err(|_| format!("“{when}” is no date: write it as 2026-12-07, or none"))?;
    Ok(Event::Goal { interview: Some(Day::of(date)) })
}

/// How long somebody is away, as somebody wrote it.
pub fn away(how_long: &str, today: Day) -> Result<Event, String> {
    if how_long == "back" {
        return Ok(Event::Away { until: None });
    }
    let days = how_long.strip_suffix('d').unwrap_or(how_long).parse::<i32>();
    let until = match (days, how_long.parse::<Date>()) {
        (Ok(days @ 1..=AWAY_MAX), _) => Day(today.0.saturating_add(days)),
        (Err(_), Ok(date)) if Day::of(date) > today => Day::of(date),
        _ => return Err(format!("“{how_long}” is no time to be away: write it as 7d, 2026-12-07, or back")),
    };
    Ok(Event::Away { until: Some(until) })
}

/// Says what was set.
pub fn say(event: &Event, today: Day, out: &mut dyn Write) -> io::Result<()> {
    match event {
        Event::Goal { interview: Some(day) } => {
            let days = usize::try_from(day.0.saturating_sub(today.0)).unwrap_or(0);
            writeln!(out, "Your interview is on {}, in {}.", day.date(), count(days, "day"))
        }
        Event::Goal { interview: None } => writeln!(out, "You have no interview to learn for."),
        Event::Away { until: Some(day) } => {
            writeln!(out, "Nothing is due until {}. What waits then is spread over the days after.", day.date())
        }
        Event::Away { until: None } => writeln!(out, "You are back."),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_read() {
        let today = Day(20_782);
        let until = |day| Ok(Event::Away { until: Some(Day(day)) });
        assert_eq!(away("7d", today), until(20_789));
        assert_eq!(away("7", today), until(20_789));
        assert_eq!(away("2026-12-07", today), until(20_794));
        assert_eq!(away("back", today), Ok(Event::Away { until: None }));
        for wrong in ["0d", "-3d", "2026-11-25", "soon", "99999d", ""] {
            assert!(away(wrong, today).is_err(), "{wrong}");
        }
        assert_eq!(interview("2026-12-07"), Ok(Event::Goal { interview: Some(Day(20_794)) }));
        assert_eq!(interview("none"), Ok(Event::Goal { interview: None }));
        assert!(interview("7 Dec").is_err());
    }
}
