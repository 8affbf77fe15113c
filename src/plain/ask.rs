//! One question: shown, with hints for those who want them, until it is answered.

use super::Guide;
use super::talk::{End, Reply, WIDTH};
use crate::prose::plain;
use crate::question::Question;
use crate::question::answer::Answer;
use crate::question::form::{Choose, Form, Label};
use crate::question::shuffle::Shuffle;
use crate::study::entry::Confidence;

/// What came of asking.
pub(super) enum Outcome {
    /// An answer.
    Given(Given),
    /// The learner went on without one.
    Skipped,
    /// The learner went back.
    Back,
}

/// An answer and how it came about.
pub(super) struct Given {
    pub(super) answer: Answer,
    pub(super) confidence: Option<Confidence>,
    pub(super) hints: u8,
    pub(super) took_ms: u32,
}

const CHOOSE: &str = "Type the number of your answer and, if you like, s if you are sure or u if you are unsure: 2s. \
                      h gives a hint, x shows the answer.";
const TYPE: &str = "Type what belongs into the gap. h gives a hint, x shows the answer. An answer that is a single \
                    letter with a meaning here begins with =, as in =x.";

impl Guide<'_> {
    /// Asks a question, with `skips` as the words for what Enter alone does; empty where it does nothing.
    pub(super) fn ask(&mut self, question: &Question, order: Shuffle, skips: &str) -> Result<Outcome, End> {
        let form = question.kind.form(order);
        self.show(question, &form)?;
        let (prompt, help) = match &form {
            Form::Choose(choose) => (prompt(choose, skips), CHOOSE),
            Form::Type(_) | Form::Arrange(_) | Form::Pair(_) | Form::Point(_) | Form::Recall(_) => {
                (format!("Your answer{}: ", in_brackets(skips)), TYPE)
            }
        };
        let asked_at = self.now().at;
        let mut hints: u8 = 0;
        loop {
            let (answer, confidence) = match self.talk.ask(&prompt, help)? {
                Reply::Back => return Ok(Outcome::Back),
                Reply::Enter if !skips.is_empty() => return Ok(Outcome::Skipped),
                Reply::Enter => {
                    self.talk.say(help)?;
                    continue;
                }
                Reply::Text(text) if text.eq_ignore_ascii_case("h") => {
                    match question.hints.get(usize::from(hints)) {
                        Some(hint) => {
                            hints += 1;
                            self.talk.say_labelled(&format!("Hint {hints} of {}", question.hints.len()), hint)?;
                        }
                        None if hints == 0 => self.talk.say("There is no hint for this one.")?,
                        None => self.talk.say("There are no further hints.")?,
                    }
                    continue;
                }
                Reply::Text(text) if text.eq_ignore_ascii_case("x") => (Answer::GaveUp, None),
                Reply::Text(text) => match read(&text, &form) {
                    Ok(read) => read,
                    Err(wrong) => {
                        self.talk.say(wrong)?;
                        continue;
                    }
                },
            };
            let took_ms = self.now().at.since_ms(asked_at);
            return Ok(Outcome::Given(Given { answer, confidence, hints, took_ms }));
        }
    }

    fn show(&mut self, question: &Question, form: &Form) -> Result<(), End> {
        let face = question.face();
        self.talk.say_prose(face.prompt)?;
        if let Some(program) = face.program {
            self.talk.say_all(&plain::code(program))?;
        }
        match form {
            Form::Choose(choose) => {
                self.talk.say("Options:")?;
                for (number, choice) in choose.options.iter().enumerate() {
                    self.talk.say_all(&option(number + 1, &choice.text))?;
                }
                Ok(())
            }
            Form::Arrange(_) | Form::Pair(_) | Form::Point(_) | Form::Recall(_) => Ok(()),
            Form::Type(gap) => {
                if let Some(program) = &gap.around {
                    self.talk.say_all(&plain::code(program))?;
                }
                self.talk.say("Type what belongs into the gap, which is written ____.")
            }
        }
    }
}

/// An option with its number. What a program prints keeps its lines.
fn option(number: usize, label: &Label) -> Vec<String> {
    match label {
        Label::Prose(text) => {
            let lines = plain::paragraph(&format!("{number}. "), text, WIDTH - 2);
            let indent = |(place, line): (usize, &String)| format!("{}{line}", if place == 0 { "  " } else { "     " });
            lines.iter().enumerate().map(indent).collect()
        }
        Label::Output(text) => {
            let mut lines = text.lines();
            let first = lines.next().unwrap_or("(nothing)");
            let rest = lines.map(|line| format!("     {line}"));
            std::iter::once(format!("  {number}. {first}")).chain(rest).collect()
        }
    }
}

fn prompt(choose: &Choose, skips: &str) -> String {
    let last = choose.options.len();
    let what =
        if choose.many { format!("Your answers, such as 1 {last}") } else { format!("Your answer, 1 to {last}") };
    let typed = if choose.or_type { ", or = and what it prints" } else { "" };
    let skips = if skips.is_empty() { String::new() } else { format!("; {skips}") };
    format!("{what}{typed} (add s if sure, u if unsure{skips}): ")
}

fn in_brackets(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" ({text})") }
}

/// Understands an answer, or says what is wrong with it.
fn read(text: &str, form: &Form) -> Result<(Answer, Option<Confidence>), String> {
    let typed = text.strip_prefix('=').map(str::trim);
    match form {
        Form::Type(_) | Form::Arrange(_) | Form::Pair(_) | Form::Point(_) | Form::Recall(_) => {
            Ok((Answer::Typed(typed.unwrap_or(text).to_owned()), None))
        }
        Form::Choose(choose) => match typed {
            // A line end cannot be typed, so it is written as programs write it.
            Some(typed) if choose.or_type => Ok((Answer::Typed(typed.replace("\\n", "\n")), None)),
            Some(_) | None => read_choice(text, choose),
        },
    }
}

fn read_choice(text: &str, choose: &Choose) -> Result<(Answer, Option<Confidence>), String> {
    let last = choose.options.len();
    let (numbers, confidence) = match text.char_indices().next_back() {
        Some((at, 's' | 'S')) => (&text[..at], Some(Confidence::Sure)),
        Some((at, 'u' | 'U')) => (&text[..at], Some(Confidence::Unsure)),
        Some(_) | None => (text, None),
    };
    let mut chosen = Vec::new();
    for c in numbers.chars().filter(|c| !matches!(c, ' ' | ',' | '.')) {
        // There are nine options at most, so each digit is one.
        let option = c.to_digit(10).and_then(|digit| choose.options.get((digit as usize).checked_sub(1)?));
        let Some(option) = option else {
            return Err(format!("“{text}” is no answer here. Type a number from 1 to {last}."));
        };
        if !chosen.contains(&option.id) {
            chosen.push(option.id.clone());
        }
    }
    match chosen.len() {
        0 => Err(format!("Type a number from 1 to {last} first.")),
        1 => Ok((Answer::Chosen(chosen), confidence)),
        _ if choose.many => Ok((Answer::Chosen(chosen), confidence)),
        _ => Err("Only one answer can be right. Type one number.".to_owned()),
    }
}
