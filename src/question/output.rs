//! What does this program print? Picked from a list, or typed.

use super::QuestionKind;
use super::answer::{Answer, Grade, Part, Remark, Verdict};
use super::form::{Choice, Choose, Form, Label};
use super::options;
use super::proof::Proof;
use super::shuffle::Shuffle;
use super::text::{self, Show};
use super::trial::{Outcome, Trial};
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::id::OptionId;
use crate::prose::{Code, Prose, read};
use crate::shape::{fields, may, must};
use serde::{Deserialize, Serialize};

/// Predict what a program prints. Blanks at line ends and line ends at the end don't matter.
///
/// An option's name is its text, so that a picked answer and a typed one are the same in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// What is run.
    pub program: Code,
    /// What it prints.
    pub answer: String,
    /// What people may think that it prints.
    pub distractors: Vec<Wrong>,
    /// Whether it can be run.
    pub proven: bool,
}

/// A text that is wrong, and why somebody might believe it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// The text.
    pub text: String,
    /// What one must believe to say so.
    pub why: Prose,
}

fields! {
    /// What authors write.
    OutputFields, "output question", "a map of fields" {
        /// The whole program: it is shown, and it is what is run.
        program: Field<String> = must(),
        /// Exactly what it prints.
        answer: Field<String> = must(),
        /// What it does not print.
        distractors: Field<Vec<Field<WrongFields>>> = must().within(&(1..=8)),
        /// Nothing, or `none` for a program that can't be run.
        proof: Field<Proof> = may().only(&[], &[]),
    }
}

fields! {
    /// What authors write for a wrong text.
    WrongFields, "wrong text", "a map with `text` and `why`" {
        /// The text.
        text: Field<String> = must(),
        /// What one must believe to say so.
        why: Field<String> = must(),
    }
}

impl WrongFields {
    /// The text and its reason.
    pub fn check(self, faults: &mut Faults) -> Option<Wrong> {
        let text = self.text.text("text", faults);
        let why = self.why.text("why", faults);
        let why = why.map(|why| read::blocks(&why, "why", faults));
        Some(Wrong { text: text?, why: why? })
    }
}

impl QuestionKind for Output {
    const NAME: &'static str = "output";
    const EXAMPLE: &'static str = r#"
id: hooks.after-order
topic: hooks
kind: output
level: 2
prompt: Two functions run after the view. What is printed?
program: |
  from flask import Flask
  app = Flask(__name__)

  @app.after_request
  def first(response):
      print("first")
      return response

  @app.after_request
  def second(response):
      print("second")
      return response

  app.add_url_rule("/", view_func=lambda: "ok")
  app.test_client().get("/")
answer: |
  second
  first
distractors:
  - {text: "first\nsecond\n", why: "Flask calls them in the opposite order of their registration."}
  - {text: "second\n", why: "Both run. None replaces the other."}
explanation: Functions that ran last before the view run first after it, like nested brackets.
hints: [Think of nested brackets.]
sources: [api#flask.Flask.after_request]
"#;
    type Fields = OutputFields;

    fn check(fields: OutputFields, faults: &mut Faults) -> Option<Output> {
        let program = fields.program.text("program", faults);
        let program = program.map(|program| text::program(&program, "program", faults));
        let answer = fields.answer.text("answer", faults).map(|answer| text::printed(&answer));
        let written = fields.distractors.list("distractors", faults);
        let proof = fields.proof.maybe("proof", faults);
        let proven = proof != Some(Proof::Without);
        if let Some(Proof::With(fields)) = proof {
            faults.within("proof", |faults| fields.refuse_others(&[], faults));
        }
        let written = written?;
        options::check_count(written.len() + 1, "distractors", faults);

        let mut texts: Vec<String> = answer.iter().cloned().collect();
        let mut distractors = Vec::with_capacity(written.len());
        for (path, fields) in written {
            let Some(mut wrong) = faults.within(&path, |faults| fields.check(faults)) else { continue };
            wrong.text = text::printed(&wrong.text);
            if texts.contains(&wrong.text) {
                let what = format!("{} is there twice", Show(&wrong.text));
                faults.add(FaultCode::DuplicateOption, &format!("{path}.text"), what, "change it, or remove it");
            }
            texts.push(wrong.text.clone());
            distractors.push(wrong);
        }
        Some(Output { program: program?, answer: answer?, distractors, proven })
    }

    fn form(&self, order: Shuffle) -> Form {
        let choice = |text: &str| Choice { id: OptionId::from(text), text: Label::Output(text.to_owned()) };
        let options = self.arranged(order).into_iter().map(|(text, _)| choice(text)).collect();
        Form::Choose(Choose { options, many: false, or_type: true })
    }

    fn program(&self) -> Option<&Code> {
        Some(&self.program)
    }

    fn grade(&self, answer: &Answer, order: Shuffle) -> Grade {
        let said = match answer {
            Answer::Chosen(options) => match options.as_slice() {
                [only] => Some(text::printed(only.as_str())),
                _ => None,
            },
            Answer::Typed(typed) => Some(text::printed(typed)),
            Answer::Arranged(_) | Answer::Paired(_) | Answer::Pointed { .. } | Answer::Recalled(_) | Answer::GaveUp => {
                None
            }
        };
        let verdict = if said.as_ref() == Some(&self.answer) { Verdict::Right } else { Verdict::Wrong };
        let remark = |(text, why): (&str, Option<&Prose>)| Remark {
            about: Part::Option(OptionId::from(text)),
            is_key: why.is_none(),
            chosen: said.as_deref() == Some(text),
            why: why.cloned().unwrap_or_default(),
        };
        let remarks = self.arranged(order).into_iter().map(remark).collect();
        Grade { verdict, key: vec![Label::Output(self.answer.clone())], remarks }
    }

    fn trials(&self) -> Vec<Trial> {
        self.proven.then(|| self.trial("answer", &self.answer)).into_iter().collect()
    }

    fn mutants(&self) -> Vec<Trial> {
        let wrong = self.distractors.iter().filter(|_| self.proven);
        wrong.map(|wrong| self.trial(&format!("{} as the answer", Show(&wrong.text)), &wrong.text)).collect()
    }
}

impl Output {
    /// All texts in the form's order; a wrong one with its reason.
    fn arranged(&self, order: Shuffle) -> Vec<(&str, Option<&Prose>)> {
        let wrong = self.distractors.iter().map(|wrong| (wrong.text.as_str(), Some(&wrong.why)));
        let mut all: Vec<_> = std::iter::once((self.answer.as_str(), None)).chain(wrong).collect();
        order.arrange(&mut all);
        all
    }

    fn trial(&self, about: &str, prints: &str) -> Trial {
        let expect = Outcome::Prints(prints.to_owned());
        Trial { about: about.to_owned(), program: self.program.text(), expect }
    }
}
