//! Any number of options is right.

use super::QuestionKind;
use super::answer::{Answer, Grade, Verdict};
use super::exhibit::Exhibit;
use super::form::Form;
use super::options::{Options, OptionsFields};
use super::shuffle::Shuffle;
use super::trial::Trial;
use crate::fault::{FaultCode, Faults};
use crate::prose::Code;
use serde::{Deserialize, Serialize};

/// Pick all that are right.
///
/// Right is exactly the keys. Partly is one mistake (a key left out, or a distractor picked) beside at least one key
/// that was picked. Everything else is wrong: two mistakes, or no key at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Multiple(pub Options);

impl QuestionKind for Multiple {
    const NAME: &'static str = "multiple";
    const EXAMPLE: &'static str = r#"
id: cookies.where-from
topic: cookies
kind: multiple
level: 2
prompt: Which of these does a browser send along with a request by itself?
program: |
  from flask import Flask, request
  app = Flask(__name__)

  @app.get("/")
  def view():
      return request.headers.get("Cookie", "nothing")
options:
  - {id: kept, text: A cookie that this site has set, correct: true, why: This is what cookies are for.}
  - {id: other, text: A cookie that another site has set, why: A cookie belongs to the host that set it.}
explanation: The browser decides by host, path and the cookie's attributes.
hints: ["Who does a cookie belong to?"]
sources: [quickstart#cookies]
proof:
  setup: |
    client = app.test_client()
    client.set_cookie("mine", "1")
    client.set_cookie("theirs", "1", domain="elsewhere.example")
    sent = client.get("/").text
  claims:
    kept: "'mine' in sent"
    other: "'theirs' in sent"
"#;
    type Fields = OptionsFields;

    fn check(fields: OptionsFields, faults: &mut Faults) -> Option<Multiple> {
        let before = faults.count();
        let options = Options::check(fields, faults)?;
        if options.key_count() == 0 && faults.count() == before {
            let what = "none of the options is right";
            faults.add(FaultCode::KeyCount, "options", what, "put `correct: true` at each option that is");
        }
        Some(Multiple(options))
    }

    fn form(&self, order: Shuffle) -> Form {
        self.0.form(true, order)
    }

    fn program(&self) -> Option<&Code> {
        self.0.program.as_ref()
    }

    fn grade(&self, answer: &Answer, order: Shuffle) -> Grade {
        let remarks = self.0.remarks(answer.chosen(), order);
        let hits = remarks.iter().filter(|remark| remark.is_key && remark.chosen).count();
        let mistakes = remarks.iter().filter(|remark| remark.is_key != remark.chosen).count();
        let verdict = match (mistakes, hits) {
            (0, _) => Verdict::Right,
            (1, 1..) => Verdict::Partly,
            _ => Verdict::Wrong,
        };
        Grade { verdict, key: self.0.keys(order), remarks }
    }

    fn trials(&self) -> Vec<Trial> {
        self.0.trial("options", &self.0.truth()).into_iter().collect()
    }

    fn exhibits(&self) -> Vec<Exhibit> {
        self.0.exhibits()
    }

    fn mutants(&self) -> Vec<Trial> {
        let flipped = self.0.list.iter().enumerate().filter_map(|(wrong, opt)| {
            let mut truth = self.0.truth();
            truth[wrong] = !truth[wrong];
            self.0.trial(&format!("{} the other way round", opt.id), &truth)
        });
        flipped.collect()
    }
}
