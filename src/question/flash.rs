//! A card: recall, turn it, and say how well one knew it.

use super::QuestionKind;
use super::answer::{Answer, Grade, Recall, Verdict};
use super::exhibit::{About, Exhibit, Look};
use super::form::Form;
use super::proof::{self, Proof};
use super::shuffle::Shuffle;
use super::trial::{Outcome, Trial};
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::prose::{Code, Prose, read};
use crate::shape::{fields, must};
use serde::{Deserialize, Serialize};

/// A card with a question and, on its back, the answer.
///
/// The learner is the judge: “not known” is wrong, “with effort” is partly, “well” and “at once” are right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// The back.
    pub answer: Prose,
    /// A program that asserts what the back says; `None` where it can't be run.
    pub proof: Option<String>,
}

fields! {
    /// What authors write.
    FlashFields, "card", "a map of fields" {
        /// The back.
        answer: Field<String> = must(),
        /// The evidence.
        proof: Field<Proof> = must().only(&["assert"], &[]),
    }
}

impl QuestionKind for Flash {
    const NAME: &'static str = "flash";
    const EXAMPLE: &'static str = r#"
id: config.only-upper-case
topic: config
kind: flash
level: 1
prompt: Which names does `app.config.from_object` take over?
answer: Those that are in **upper case**.
explanation: So a module of settings can have helpers of its own, in lower case.
hints: [Look at the names of settings.]
sources: [config]
proof:
  assert: |
    from flask import Flask
    class Settings:
        UPPER = 1
        lower = 2
    app = Flask(__name__)
    app.config.from_object(Settings)
    assert app.config["UPPER"] == 1
    assert "lower" not in app.config
"#;
    type Fields = FlashFields;

    fn check(fields: FlashFields, faults: &mut Faults) -> Option<Flash> {
        let answer = fields.answer.text("answer", faults).map(|answer| read::blocks(&answer, "answer", faults));
        let proof = match fields.proof.need("proof", faults)? {
            Proof::Without => None,
            Proof::With(mut fields) => faults.within("proof", |faults| {
                let code = std::mem::take(&mut fields.assert).text("assert", faults);
                fields.refuse_others(&["assert"], faults);
                if code.as_ref().is_some_and(|code| proof::assertions(code).next().is_none()) {
                    let what = "no line of this program asserts anything";
                    faults.add(FaultCode::NoAssert, "assert", what, "add `assert …` for each thing that the card says");
                }
                code
            }),
        };
        Some(Flash { answer: answer?, proof })
    }

    fn form(&self, _order: Shuffle) -> Form {
        Form::Recall(self.answer.clone())
    }

    fn program(&self) -> Option<&Code> {
        None
    }

    /// There is no key beside the back, which the learner has seen.
    fn grade(&self, answer: &Answer, _order: Shuffle) -> Grade {
        let verdict = match answer {
            Answer::Recalled(Recall::Good | Recall::Easy) => Verdict::Right,
            Answer::Recalled(Recall::Hard) => Verdict::Partly,
            Answer::Recalled(Recall::Again)
            | Answer::Chosen(_)
            | Answer::Typed(_)
            | Answer::Arranged(_)
            | Answer::Paired(_)
            | Answer::Pointed { .. }
            | Answer::GaveUp => Verdict::Wrong,
        };
        Grade { verdict, key: Vec::new(), remarks: Vec::new() }
    }

    fn trials(&self) -> Vec<Trial> {
        let trial =
            |code: &String| Trial { about: "assert".to_owned(), program: code.clone(), expect: Outcome::Passes };
        self.proof.iter().map(trial).collect()
    }

    fn exhibits(&self) -> Vec<Exhibit> {
        let exhibit = |code: &String| Exhibit { about: About::Whole, look: Look::Asserts(code.clone()) };
        self.proof.iter().map(exhibit).collect()
    }

    /// An assertion that is never reached proves nothing: the program must fail where one of them does.
    fn mutants(&self) -> Vec<Trial> {
        let Some(code) = &self.proof else { return Vec::new() };
        let failing = proof::assertions(code).map(|(place, line)| {
            let indent = &line[..line.len() - line.trim_start().len()];
            let before = code.lines().take(place).map(str::to_owned);
            let fails = format!("{indent}assert False, \"this line is reached\"");
            let lines: Vec<String> = before.chain([fails]).chain(code.lines().skip(place).map(str::to_owned)).collect();
            let about = format!("line {} as if it were wrong", place + 1);
            Trial { about, program: lines.join("\n"), expect: Outcome::Passes }
        });
        failing.collect()
    }
}
