//! One question: shown, with hints for those who want them, until it is answered.

use super::Guide;
use super::read;
use super::talk::{End, Reply};
use crate::prose::Prose;
use crate::question::Question;
use crate::question::answer::{Answer, Recall};
use crate::question::form::{Choose, Form};
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

/// Whether somebody is helped with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Support {
    /// There are hints, and what was nearly right may be tried again.
    Given,
    /// There is nothing of that.
    None,
}

/// An answer and how it came about.
pub(super) struct Given {
    pub(super) answer: Answer,
    pub(super) confidence: Option<Confidence>,
    pub(super) hints: u8,
    pub(super) took_ms: u32,
}

const EXAMINED: &str = "Type your answer as the prompt says; x says that you don’t know. There are no hints here.";
const CHOOSE: &str = "Type the number of your answer and, if you like, s if you are sure or u if you are unsure: 2s. \
                      h gives a hint, x shows the answer.";
const GAP: &str = "Type what belongs into the gap. h gives a hint, x shows the answer. An answer that is a single \
                   letter with a meaning here begins with =, as in =x.";
const TYPE: &str = "Type a word or a few. h gives a hint, x shows the answer. An answer that is a single letter with a \
                    meaning here begins with =, as in =x.";
const ARRANGE: &str = "Type the numbers of all steps, the first step first and, if you like, s if you are sure or u if \
                       you are unsure: 312s. h gives a hint, x shows the answer.";
const PAIR: &str = "Type each number with the letter that belongs to it and, if you like, s if you are sure or u if you \
                    are unsure: 1b 2a s. h gives a hint, x shows the answer.";
const POINT: &str = "Type the number of the line and, if you like, s if you are sure or u if you are unsure: 7s. \
                     h gives a hint, x shows the answer.";
const RECALL: &str = "Say the answer to yourself, then press Enter and compare. h gives a hint, x shows the answer \
                      without a try.";
const RATE: &str = "Be honest: it decides when the card comes again. 1 and 2 bring it back soon.";

impl Guide<'_> {
    /// Asks a question, with `skips` as the words for what Enter alone does; empty where it does nothing.
    pub(super) fn ask(
        &mut self,
        question: &Question,
        order: Shuffle,
        skips: &str,
        support: Support,
    ) -> Result<Outcome, End> {
        let form = question.kind.form(order);
        self.show(question, &form)?;
        let (prompt, help) = prompt(&form, skips);
        let help = if support == Support::None { EXAMINED } else { help };
        let asked_at = self.now().at;
        let mut hints: u8 = 0;
        let (answer, confidence) = loop {
            match (self.talk.ask(&prompt, help)?, &form) {
                (Reply::Back, _) => return Ok(Outcome::Back),
                (Reply::Enter, Form::Recall(back)) => match self.rate(back)? {
                    Some(recall) => break (Answer::Recalled(recall), None),
                    None => return Ok(Outcome::Back),
                },
                (Reply::Enter, _) if !skips.is_empty() => return Ok(Outcome::Skipped),
                (Reply::Enter, _) => self.talk.say(help)?,
                (Reply::Text(text), _) if text.eq_ignore_ascii_case("h") && support == Support::None => {
                    self.talk.say("There are no hints here.")?;
                }
                (Reply::Text(text), _) if text.eq_ignore_ascii_case("h") => self.hint(question, &mut hints)?,
                (Reply::Text(text), _) if text.eq_ignore_ascii_case("x") => break (Answer::GaveUp, None),
                (Reply::Text(text), form) => match read::answer(&text, form) {
                    Ok((answer, confidence)) => match question.kind.near(&answer) {
                        Some(differs) if support == Support::Given => {
                            self.talk.say(format!("Nearly. {differs} Try again; nothing is lost."))?
                        }
                        Some(_) | None => break (answer, confidence),
                    },
                    Err(wrong) => self.talk.say(wrong)?,
                },
            }
        };
        let took_ms = self.now().at.since_ms(asked_at);
        Ok(Outcome::Given(Given { answer, confidence, hints, took_ms }))
    }

    fn hint(&mut self, question: &Question, hints: &mut u8) -> Result<(), End> {
        match question.hints.get(usize::from(*hints)) {
            Some(hint) => {
                *hints += 1;
                self.talk.say_labelled(&format!("Hint {hints} of {}", question.hints.len()), hint)
            }
            None if *hints == 0 => self.talk.say("There is no hint for this one."),
            None => self.talk.say("There are no further hints."),
        }
    }

    /// Turns a card and asks how well it was known; nothing where the learner goes back.
    fn rate(&mut self, back: &Prose) -> Result<Option<Recall>, End> {
        self.talk.say_labelled("The back", back)?;
        loop {
            match self.talk.ask("Did you know it? 1 no, 2 with effort, 3 well, 4 at once: ", RATE)? {
                Reply::Back => return Ok(None),
                Reply::Enter => self.talk.say(RATE)?,
                Reply::Text(text) => match read::recall(&text) {
                    Ok(recall) => return Ok(Some(recall)),
                    Err(wrong) => self.talk.say(wrong)?,
                },
            }
        }
    }
}

/// What is asked for, and the words for `?`.
fn prompt(form: &Form, skips: &str) -> (String, &'static str) {
    let sure = "add s if sure, u if unsure";
    let numbered = |what: String| {
        let skips = if skips.is_empty() { String::new() } else { format!("; {skips}") };
        format!("{what} ({sure}{skips}): ")
    };
    let skips_alone = if skips.is_empty() { String::new() } else { format!(" ({skips})") };
    match form {
        Form::Choose(choose) => (numbered(pick(choose)), CHOOSE),
        Form::Type(field) => (format!("Your answer{skips_alone}: "), if field.around.is_some() { GAP } else { TYPE }),
        Form::Arrange(steps) => {
            let backwards: Vec<String> = (1..=steps.len()).rev().map(|number| number.to_string()).collect();
            (numbered(format!("Your order, such as {}", backwards.join(" "))), ARRANGE)
        }
        Form::Pair(_) => (numbered("Your pairs, such as 1b 2a".to_owned()), PAIR),
        Form::Point(code) => (numbered(format!("The line, 1 to {}", code.lines.len())), POINT),
        Form::Recall(_) => {
            let leave = if skips.is_empty() { "" } else { ", b to leave it out" };
            (format!("Enter to turn the card{leave}: "), RECALL)
        }
    }
}

fn pick(choose: &Choose) -> String {
    let last = choose.options.len();
    let what =
        if choose.many { format!("Your answers, such as 1 {last}") } else { format!("Your answer, 1 to {last}") };
    let typed = if choose.or_type { ", or = and what it prints" } else { "" };
    format!("{what}{typed}")
}
