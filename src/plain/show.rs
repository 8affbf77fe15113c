//! A question before it is answered, line by line.

use super::Guide;
use super::talk::{End, WIDTH};
use crate::prose::plain;
use crate::question::Question;
use crate::question::form::{Choice, Form, Label};

impl Guide<'_> {
    /// Says what is asked and what there is to answer with.
    pub(super) fn show(&mut self, question: &Question, form: &Form) -> Result<(), End> {
        let face = question.face();
        self.talk.say_prose(face.prompt)?;
        if let Some(program) = face.program {
            self.talk.say_all(&plain::code(program))?;
        }
        match form {
            Form::Choose(choose) => {
                self.talk.say("Options:")?;
                self.list(&choose.options, number)
            }
            Form::Type(field) => match &field.around {
                Some(program) => {
                    self.talk.say_all(&plain::code(program))?;
                    self.talk.say("Type what belongs into the gap, which is written ____.")
                }
                None => self.talk.say("Type a word or a few."),
            },
            Form::Arrange(steps) => {
                self.talk.say("Put these steps in order:")?;
                self.list(steps, number)
            }
            Form::Pair(pair) => {
                self.talk.say("Join each of these:")?;
                self.list(&pair.left, number)?;
                self.talk.say("with one of these:")?;
                self.list(&pair.right, letter)
            }
            Form::Point(program) => {
                self.talk.say_all(&plain::code(program))?;
                self.talk.say("Type the number of the line.")
            }
            Form::Recall(_) => self.talk.say("A card: recall the answer, then turn it."),
        }
    }

    fn list(&mut self, choices: &[Choice], name: fn(usize) -> String) -> Result<(), End> {
        for (place, choice) in choices.iter().enumerate() {
            self.talk.say_all(&entry(&name(place), &choice.text))?;
        }
        Ok(())
    }
}

/// The name of the entry at this place: 1, 2, 3.
pub(super) fn number(place: usize) -> String {
    (place + 1).to_string()
}

/// The name of the entry at this place at the right: a, b, c.
pub(super) fn letter(place: usize) -> String {
    ('a'..='z').nth(place).map(String::from).unwrap_or_default()
}

/// An entry of a list. What a program prints keeps its lines.
pub(super) fn entry(name: &str, label: &Label) -> Vec<String> {
    match label {
        Label::Prose(text) => {
            let lines = plain::paragraph(&format!("{name}. "), text, WIDTH - 2);
            let indent = |(place, line): (usize, &String)| format!("{}{line}", if place == 0 { "  " } else { "     " });
            lines.iter().enumerate().map(indent).collect()
        }
        Label::Output(text) => {
            let mut lines = text.lines();
            let first = lines.next().unwrap_or("(nothing)");
            let rest = lines.map(|line| format!("     {line}"));
            std::iter::once(format!("  {name}. {first}")).chain(rest).collect()
        }
    }
}
