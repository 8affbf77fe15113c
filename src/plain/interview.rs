//! A mock interview, line by line.

use super::Guide;
use super::talk::{End, Reply};
use crate::course::prompt::{Prompt, Seniority, Turn};
use crate::id::ModuleId;
use crate::prose::plain::{count, spans};
use crate::prose::width::wrap;
use crate::study::entry::SessionId;
use crate::study::interview::report::Report;
use crate::study::interview::{self, Interview, Rating};

/// Which interview is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whom it is for.
    pub level: Seniority,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// About this module only.
    pub module: Option<ModuleId>,
}

const SPEAK: &str =
    "Say your answer aloud as you would there, then press Enter. Or type it, line by line; an empty line ends it.";
const RATE: &str = "Type the numbers of what you said, such as 1 3, or a for all of it; Enter for none. Be as strict as an interviewer.";

impl Guide<'_> {
    /// Goes on with the interview that was left, or begins one.
    pub(super) fn interview(&mut self, wanted: Wanted) -> Result<(), End> {
        let course = self.course;
        let now = self.now().at;
        let mut interview = match &self.learner.interviewing {
            Some(open) => Interview::resume(course, open, now),
            None => {
                let (seed, Wanted { level, minutes, module }) = (self.seed(), wanted);
                let Some(brief) = interview::draw(course, level, minutes, module, seed) else {
                    return self.talk.say("There are no interview questions for that yet.");
                };
                let id = SessionId((self.entropy)());
                let (interview, event) = Interview::start(course, id, brief, seed, now);
                self.record(event)?;
                interview
            }
        };
        let brief = &interview.brief;
        self.talk.say(format!(
            "Interview, {}, {}.",
            brief.level.word(),
            count(usize::from(brief.minutes), "minute")
        ))?;
        self.talk.say(SPEAK)?;
        while let Some((prompt, turn, depth)) = interview.asked(course) {
            let left = (interview.left_ms(self.now().at) as usize).div_ceil(60_000);
            self.talk.say("")?;
            let what = if depth == 0 { "The interviewer asks" } else { "And then" };
            self.talk.say(format!("{what} ({} left):", count(left, "minute")))?;
            self.wrapped("  ", &spans(&turn.ask))?;
            let Some(rating) = self.turn(prompt, turn, depth)? else {
                return self.talk.say("Your place is kept: “interview” goes on, but its time runs.");
            };
            let now = self.now().at;
            if let Some(event) = interview.rate(course, rating, now) {
                self.record(event)?;
            }
        }
        let event = interview.finish();
        self.record(event)?;
        let report = Report::of(course, &interview.brief, &interview.rated, self.now().today);
        self.told(&report)
    }

    /// One answer and its rating; nothing where the learner goes back.
    fn turn(&mut self, prompt: &Prompt, turn: &Turn, depth: usize) -> Result<Option<Rating>, End> {
        let asked_at = self.now().at;
        let mut said = Vec::new();
        loop {
            match self.talk.ask("Your answer, Enter when it is said: ", SPEAK)? {
                Reply::Enter => break,
                Reply::Back => return Ok(None),
                Reply::Text(line) => said.push(line),
            }
        }
        let took_ms = self.now().at.since_ms(asked_at);
        self.talk.say("They listen for:")?;
        for (place, point) in turn.listens_for.iter().enumerate() {
            self.wrapped(&format!("  {}. ", place + 1), &spans(&point.text))?;
        }
        let Some(met) = self.chosen("What did you say? ", turn.listens_for.len())? else { return Ok(None) };
        let mut flags = Vec::new();
        if depth == 0 && !prompt.red_flags.is_empty() {
            self.talk.say("These end interviews:")?;
            for (place, flag) in prompt.red_flags.iter().enumerate() {
                self.wrapped(&format!("  {}. ", place + 1), &spans(flag))?;
            }
            let Some(chosen) = self.chosen("Did you say one? ", prompt.red_flags.len())? else { return Ok(None) };
            flags = chosen;
        }
        self.talk.say_labelled("An answer that could be spoken", &turn.model_answer)?;
        Ok(Some(Rating { said: said.join("\n"), took_ms, met, flags }))
    }

    /// The places of what was chosen; nothing where the learner goes back.
    fn chosen(&mut self, prompt: &str, all: usize) -> Result<Option<Vec<usize>>, End> {
        loop {
            match self.talk.ask(prompt, RATE)? {
                Reply::Enter => return Ok(Some(Vec::new())),
                Reply::Back => return Ok(None),
                Reply::Text(text) if text.eq_ignore_ascii_case("a") => return Ok(Some((0..all).collect())),
                Reply::Text(text) => {
                    let numbers = text.split([' ', ',']).filter(|part| !part.is_empty());
                    let places =
                        numbers.map(|number| number.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < all));
                    match places.collect::<Option<Vec<usize>>>() {
                        Some(places) => return Ok(Some(places)),
                        None => self.talk.say(RATE)?,
                    }
                }
            }
        }
    }

    fn told(&mut self, report: &Report) -> Result<(), End> {
        let (met, all) = report.score;
        self.talk.say("")?;
        self.talk
            .say(format!("The interview is over. You said {met} of {all} points, {} percent.", report.percent()))?;
        for (topic, (met, all)) in &report.topics {
            self.talk.say(format!("  {topic}: {met} of {all}"))?;
        }
        for flag in &report.flags {
            self.wrapped("Never say this: ", flag)?;
        }
        if !report.missed.is_empty() {
            self.talk.say("Missed, and where to study it:")?;
        }
        for missed in &report.missed {
            let place = missed.study.as_ref().map(|study| study.words(self.course));
            let place = place.map_or(String::new(), |place| format!(": {place}"));
            self.wrapped("  ", &format!("{}{place}", missed.text))?;
        }
        self.talk.say("“flaskdojo interview --report notes.md” writes all of it to a file.")
    }

    fn wrapped(&mut self, label: &str, text: &str) -> Result<(), End> {
        let text = [crate::prose::Span::plain(format!("{label}{text}"))];
        for line in wrap(&text, super::talk::WIDTH) {
            let line: String = line.iter().map(|span| span.text.as_str()).collect();
            self.talk.say(line)?;
        }
        Ok(())
    }
}
