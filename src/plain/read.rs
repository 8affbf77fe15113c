//! Typed lines as answers, or what is wrong with them.

use crate::prose::Code;
use crate::question::answer::{Answer, Recall};
use crate::question::form::{Choice, Choose, Form, Pair};
use crate::study::entry::Confidence;

/// An answer and how sure the learner is; or, in words, why it is none.
type Read = Result<(Answer, Option<Confidence>), String>;

/// Understands an answer, or says what is wrong with it.
pub(super) fn answer(text: &str, form: &Form) -> Read {
    let typed = text.strip_prefix('=').map(str::trim);
    match form {
        Form::Type(_) => Ok((Answer::Typed(typed.unwrap_or(text).to_owned()), None)),
        Form::Choose(choose) => match typed {
            // A line end cannot be typed, so it is written as programs write it.
            Some(typed) if choose.or_type => Ok((Answer::Typed(typed.replace("\\n", "\n")), None)),
            Some(_) | None => choice(text, choose),
        },
        Form::Arrange(steps) => arranged(text, steps),
        Form::Pair(pair) => paired(text, pair),
        Form::Point(program) => pointed(text, program),
        Form::Recall(_) => Err("Press Enter to turn the card.".to_owned()),
    }
}

/// Understands how well a card was known.
pub(super) fn recall(text: &str) -> Result<Recall, String> {
    match text {
        "1" => Ok(Recall::Again),
        "2" => Ok(Recall::Hard),
        "3" => Ok(Recall::Good),
        "4" => Ok(Recall::Easy),
        _ => Err(format!("“{text}” is no answer here. Type a number from 1 to 4.")),
    }
}

fn choice(text: &str, choose: &Choose) -> Read {
    let last = choose.options.len();
    let (numbers, confidence) = confidence(text);
    let mut chosen = Vec::new();
    for c in numbers.chars().filter(|c| !is_between(*c)) {
        // There are nine options at most, so each digit is one.
        let Some(option) = at_digit(c, &choose.options) else {
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

fn arranged(text: &str, steps: &[Choice]) -> Read {
    let last = steps.len();
    let (numbers, confidence) = confidence(text);
    let mut order = Vec::with_capacity(last);
    for c in numbers.chars().filter(|c| !is_between(*c)) {
        let Some(step) = at_digit(c, steps) else {
            return Err(format!("“{text}” is no answer here. Type the numbers from 1 to {last} in order."));
        };
        if order.contains(&step.id) {
            return Err(format!("{c} is there twice. Type each number once."));
        }
        order.push(step.id.clone());
    }
    let missing = steps.iter().position(|step| !order.contains(&step.id));
    match missing {
        Some(place) => Err(format!("{} is missing. Type all numbers from 1 to {last}.", place + 1)),
        None => Ok((Answer::Arranged(order), confidence)),
    }
}

fn paired(text: &str, pair: &Pair) -> Read {
    let no_pair = || format!("“{text}” is no answer here. Type each number with a letter, such as 1b 2a.");
    let (joined, confidence) = confidence(text);
    let mut pairs = Vec::with_capacity(pair.left.len());
    let mut signs = joined.chars().filter(|c| !is_between(*c));
    while let Some(number) = signs.next() {
        let left = at_digit(number, &pair.left).ok_or_else(no_pair)?;
        let letter = signs.next().map(|c| c.to_ascii_lowercase());
        let place = letter.and_then(|letter| ('a'..='z').position(|c| c == letter));
        let right = place.and_then(|place| pair.right.get(place)).ok_or_else(no_pair)?;
        if pairs.iter().any(|(other, _)| *other == left.id) {
            return Err(format!("{number} is there twice. Join each number once."));
        }
        pairs.push((left.id.clone(), right.id.clone()));
    }
    let missing = pair.left.iter().position(|left| !pairs.iter().any(|(other, _)| *other == left.id));
    match missing {
        Some(place) => Err(format!("{} is not joined. Join all numbers from 1 to {}.", place + 1, pair.left.len())),
        None => Ok((Answer::Paired(pairs), confidence)),
    }
}

fn pointed(text: &str, program: &Code) -> Read {
    let (number, confidence) = confidence(text);
    let number = number.trim().trim_start_matches("line").trim_start();
    let line = number.parse::<u16>().ok();
    let code = line.and_then(|line| program.lines.get(usize::from(line).checked_sub(1)?));
    match (line, code) {
        (Some(line), Some(code)) => Ok((Answer::Pointed { line, text: code.text.clone() }, confidence)),
        _ => Err(format!("“{text}” is no answer here. Type a number from 1 to {}.", program.lines.len())),
    }
}

/// Takes an `s` or `u` off the end.
fn confidence(text: &str) -> (&str, Option<Confidence>) {
    match text.char_indices().next_back() {
        Some((at, 's' | 'S')) => (&text[..at], Some(Confidence::Sure)),
        Some((at, 'u' | 'U')) => (&text[..at], Some(Confidence::Unsure)),
        Some(_) | None => (text, None),
    }
}

/// Whether people write this between the parts of an answer.
fn is_between(c: char) -> bool {
    matches!(c, ' ' | ',' | '.')
}

fn at_digit(c: char, choices: &[Choice]) -> Option<&Choice> {
    choices.get((c.to_digit(10)? as usize).checked_sub(1)?)
}
