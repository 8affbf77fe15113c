//! `flaskdojo due`: what is due, for people, prompts and scripts.

use crate::course::Course;
use crate::prose::plain::count;
use crate::study::learner::Learner;
use crate::study::memory::due::{self, Reviews};
use crate::study::moment::Day;
use crate::study::today::Today;
use serde::Serialize;
use std::io::{self, Write};

/// How many days of the forecast are written.
const DAYS: usize = 7;

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// In sentences.
    Text,
    /// On one line, and only when something is due.
    Short,
    /// For programs.
    Json,
}

#[derive(Serialize)]
struct Report {
    /// Questions due that fit into today's minutes.
    due: usize,
    /// How long they take.
    minutes: usize,
    /// Questions due that don't fit.
    left_out: usize,
    /// The first day of learning again, for somebody who is away.
    #[serde(skip_serializing_if = "Option::is_none")]
    away_until: Option<String>,
    forecast: Vec<Coming>,
}

#[derive(Serialize)]
struct Coming {
    day: String,
    falling: u32,
    asked: u32,
}

/// Writes what is due.
pub fn due(course: &Course, learner: &Learner, today: Today, written: Written, out: &mut dyn Write) -> io::Result<()> {
    let reviews = due::reviews(course, learner, today);
    match written {
        Written::Short if reviews.within == 0 => Ok(()),
        Written::Short => writeln!(out, "{} due · {} min", reviews.within, reviews.minutes()),
        Written::Text => text(course, learner, &reviews, today, out),
        Written::Json => {
            let loads = due::forecast(course, learner, today, DAYS);
            let days = (today.now.today.0..).map(|day| Day(day).date().to_string());
            let report = Report {
                due: reviews.within,
                minutes: reviews.minutes(),
                left_out: reviews.left_out(),
                away_until: away(learner, today).map(|day| day.date().to_string()),
                forecast: days
                    .zip(&loads)
                    .map(|(day, load)| Coming { day, falling: load.falling, asked: load.asked })
                    .collect(),
            };
            serde_json::to_writer_pretty(&mut *out, &report)?;
            writeln!(out)
        }
    }
}

fn away(learner: &Learner, today: Today) -> Option<Day> {
    learner.away_until.filter(|_| due::is_away(learner, today.now.today))
}

fn text(course: &Course, learner: &Learner, reviews: &Reviews, today: Today, out: &mut dyn Write) -> io::Result<()> {
    if let Some(until) = away(learner, today) {
        let back = "“flaskdojo progress away back” ends it";
        writeln!(out, "You are away until {}: nothing is due. {back}.", until.date())?;
    } else if reviews.all.is_empty() {
        writeln!(out, "Nothing is due.")?;
    } else if reviews.within == 0 {
        let waiting = count(reviews.all.len(), "review");
        let more = "“flaskdojo review” asks some all the same";
        writeln!(out, "Today’s minutes are over. {waiting} move on to the next days; {more}.")?;
    } else {
        let minutes = count(reviews.minutes(), "minute");
        writeln!(out, "{} due today, about {minutes}.", count(reviews.within, "review"))?;
        if reviews.left_out() > 0 {
            let waits = count(reviews.left_out(), "other");
            writeln!(out, "{waits} beyond today’s minutes: spread over the next days, the most valuable first.")?;
        }
    }
    let loads = due::forecast(course, learner, today, DAYS + 1);
    let coming: Vec<String> = loads
        .iter()
        .enumerate()
        .skip(1)
        .map(|(offset, load)| {
            let day = Day(today.now.today.0.saturating_add(i32::try_from(offset).unwrap_or(i32::MAX)));
            format!("{} {}", day.date().strftime("%a"), load.asked)
        })
        .collect();
    writeln!(out, "The next days: {}.", coming.join(" · "))
}
