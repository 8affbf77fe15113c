//! One option is right.

use super::QuestionKind;
use super::answer::{Answer, Grade, Verdict};
use super::exhibit::Exhibit;
use super::form::Form;
use super::options::{Options, OptionsFields};
use super::shuffle::Shuffle;
use super::trial::Trial;
use crate::fault::{FaultCode, Faults};
use crate::id::OptionId;
use crate::prose::Code;
use serde::{Deserialize, Serialize};

/// Pick the one that is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Single(pub Options);

impl QuestionKind for Single {
    const NAME: &'static str = "single";
    const EXAMPLE: &'static str = r#"
id: cookies.who-sends
topic: cookies
kind: single
level: 1
prompt: A view calls `response.set_cookie("a", "1")`. Who keeps the value?
options:
  - {id: browser, text: The browser, correct: true, why: The response asks the browser to keep it.}
  - {id: app, text: The app object, why: The app writes one header and forgets it.}
explanation: The server sees the value again because the browser sends it with the next request.
hints: ["Which header does the response have?"]
sources: [quickstart#cookies]
proof:
  setup: |
    from flask import Flask, make_response
    app = Flask(__name__)
    @app.get("/")
    def view():
        response = make_response("ok")
        response.set_cookie("a", "1")
        return response
    client = app.test_client()
    client.get("/")
  claims:
    browser: client.get_cookie("a").value == "1"
    app: "'a' in app.config or hasattr(app, 'a')"
"#;
    type Fields = OptionsFields;

    fn check(fields: OptionsFields, faults: &mut Faults) -> Option<Single> {
        let before = faults.count();
        let options = Options::check(fields, faults)?;
        let keys = options.key_count();
        // Where an option could not be read, the key may be among the unread ones.
        if keys > 1 || (keys == 0 && faults.count() == before) {
            let what = format!("a `single` question has one right option, here are {keys}");
            let mend = "put `correct: true` at one option, or use `kind: multiple`";
            faults.add(FaultCode::KeyCount, "options", what, mend);
        }
        Some(Single(options))
    }

    fn form(&self, order: Shuffle) -> Form {
        self.0.form(false, order)
    }

    fn program(&self) -> Option<&Code> {
        self.0.program.as_ref()
    }

    fn grade(&self, answer: &Answer, order: Shuffle) -> Grade {
        let chosen = answer.chosen();
        let is_key = |id: &OptionId| self.0.list.iter().any(|opt| opt.correct && opt.id == *id);
        let verdict = match chosen {
            [only] if is_key(only) => Verdict::Right,
            _ => Verdict::Wrong,
        };
        Grade { verdict, key: self.0.keys(order), remarks: self.0.remarks(chosen, order) }
    }

    fn trials(&self) -> Vec<Trial> {
        self.0.trial("options", &self.0.truth()).into_iter().collect()
    }

    fn exhibits(&self) -> Vec<Exhibit> {
        self.0.exhibits()
    }

    fn mutants(&self) -> Vec<Trial> {
        let others = self.0.list.iter().enumerate().filter(|(_, opt)| !opt.correct);
        let keyed = others.filter_map(|(key, opt)| {
            let truth: Vec<bool> = (0..self.0.list.len()).map(|index| index == key).collect();
            self.0.trial(&format!("{} as the key", opt.id), &truth)
        });
        keyed.collect()
    }
}
