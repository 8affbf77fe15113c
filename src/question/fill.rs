//! Complete the program: type what stands in the gap.

use super::QuestionKind;
use super::answer::{Answer, Grade, Part, Remark, Verdict};
use super::exhibit::{About, Exhibit, Look};
use super::form::{Form, Label, Type};
use super::output::{Wrong, WrongFields};
use super::proof::Proof;
use super::shuffle::Shuffle;
use super::syntax::Around;
use super::text::{self, Show};
use super::trial::{Outcome, Trial};
use super::typed;
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::prose::{Code, Prose, Span, Style};
use crate::shape::{fields, must};
use serde::{Deserialize, Serialize};

/// Type what stands in the gap of a program.
///
/// Typed code is right where it is the same Python as an accepted text (see [`syntax`](super::syntax)), and quotes that the
/// program has around its gap may be typed again. What misses an accepted text by one letter (see [`typed::slip`]) and is
/// not rejected is near.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// The program, with its gap.
    pub program: Code,
    /// What may stand in the gap; the first one is shown as the key.
    pub accept: Vec<String>,
    /// What people may think that belongs there.
    pub reject: Vec<Wrong>,
    /// What is appended when it is run, and fails if the program doesn't do its work; `None` where it can't be run.
    pub proof: Option<String>,
}

fields! {
    /// What authors write.
    FillFields, "fill question", "a map of fields" {
        /// The program, with one `____`.
        program: Field<String> = must(),
        /// What may stand in the gap.
        accept: Field<Vec<Field<String>>> = must().at_least(1),
        /// What may not, with reasons.
        reject: Field<Vec<Field<WrongFields>>> = must(),
        /// What is appended when the completed program is run.
        proof: Field<Proof> = must().only(&["check"], &[]),
    }
}

/// How authors write the gap.
pub const GAP: &str = "____";

impl QuestionKind for Fill {
    const NAME: &'static str = "fill";
    const EXAMPLE: &'static str = r#"
id: json.keep-order
topic: json
kind: fill
level: 2
prompt: Complete the line, so that `jsonify` keeps the order of the keys.
program: |
  from flask import Flask, jsonify
  app = Flask(__name__)
  ____ = False
accept: [app.json.sort_keys]
reject:
  - {text: "app.config['JSON_SORT_KEYS']", why: This was the way until Flask 2.2. Nobody reads it now.}
  - {text: app.sort_keys, why: The app leaves such things to its JSON provider.}
explanation: The provider `app.json` does the work, so its attributes are the settings.
hints: ["Who turns data into JSON?"]
sources: [api#flask.json.provider.DefaultJSONProvider]
proof:
  check: |
    with app.app_context():
        assert list(jsonify(b=1, a=2).json) == ["b", "a"]
"#;
    type Fields = FillFields;

    fn check(fields: FillFields, faults: &mut Faults) -> Option<Fill> {
        let program = fields.program.text("program", faults);
        if let Some(program) = &program {
            check_gap(program, faults);
        }
        let program = program.map(|program| text::program(&program, "program", faults));
        if matches!(fields.accept, Field::Missing) {
            faults.add(FaultCode::MissingField, "accept", "`accept` is missing", "add `accept: [\"…\"]`");
        }
        let accept = fields.accept.texts("accept", faults);
        let written = fields.reject.list("reject", faults).unwrap_or_default();
        let proof = fields.proof.need("proof", faults);

        let around = program.as_ref().map(around).unwrap_or_default();
        let mut reject = Vec::with_capacity(written.len());
        for (path, fields) in written {
            let Some(wrong) = faults.within(&path, |faults| fields.check(faults)) else { continue };
            let same = |right: &str| typed::code(right, around) == typed::code(&wrong.text, around);
            if accept.iter().any(|(_, right)| same(right)) {
                let what =
                    format!("{} is accepted too: it is the same code, written in another way", Show(&wrong.text));
                faults.add(FaultCode::AcceptedAndRejected, &format!("{path}.text"), what, "remove one of them");
            }
            reject.push(wrong);
        }
        let proof = match proof? {
            Proof::Without => None,
            Proof::With(mut fields) => faults.within("proof", |faults| {
                let check = std::mem::take(&mut fields.check).text("check", faults);
                fields.refuse_others(&["check"], faults);
                check
            }),
        };
        let accept: Vec<String> = accept.into_iter().map(|(_, text)| text.trim().to_owned()).collect();
        (!accept.is_empty()).then_some(Fill { program: program?, accept, reject, proof })
    }

    fn form(&self, _order: Shuffle) -> Form {
        Form::Type(Type { around: Some(self.program.clone()) })
    }

    fn program(&self) -> Option<&Code> {
        None
    }

    fn grade(&self, answer: &Answer, _order: Shuffle) -> Grade {
        let style = Style { code: true, ..Style::default() };
        let key = Span { text: self.accept.first().cloned().unwrap_or_default(), style, target: None };
        let key = vec![Label::Prose(vec![key])];
        let Answer::Typed(typed) = answer else { return Grade { verdict: Verdict::Wrong, key, remarks: Vec::new() } };
        let around = around(&self.program);
        let typed = typed::code(self.without_own_quotes(typed), around);
        let same = |text: &str| typed::code(text, around) == typed;
        let is_key = self.accept.iter().any(|text| same(text));
        let why = self.reject.iter().find(|wrong| same(&wrong.text)).map(|wrong| wrong.why.clone());
        let remark = Remark { about: Part::Whole, is_key, chosen: true, why: why.unwrap_or(Prose(Vec::new())) };
        let verdict = if is_key { Verdict::Right } else { Verdict::Wrong };
        Grade { verdict, key, remarks: vec![remark] }
    }

    fn near(&self, answer: &Answer) -> Option<String> {
        let Answer::Typed(typed) = answer else { return None };
        let around = around(&self.program);
        let typed = typed::code(self.without_own_quotes(typed), around);
        let same = |text: &str| typed::code(text, around) == typed;
        if self.reject.iter().any(|wrong| same(&wrong.text)) {
            return None;
        }
        let is_key = self.accept.iter().any(|text| same(text));
        // A name without the quotes that make it a text: known, and written in a hurry.
        let quoted = typed::code(&format!("\"{typed}\""), around);
        if !is_key && self.accept.iter().any(|text| typed::code(text, around) == quoted) {
            return Some("The quotes are missing.".to_owned());
        }
        let accepted = self.accept.iter().filter(|_| !is_key);
        let slip = accepted.map(|text| typed::code(text, around)).find_map(|text| typed::slip(&typed, &text));
        slip.map(|slip| slip.to_string())
    }

    fn trials(&self) -> Vec<Trial> {
        let accepted = self.accept.iter().map(|text| (text, Outcome::Passes));
        let rejected = self.reject.iter().map(|wrong| (&wrong.text, Outcome::Fails));
        accepted.chain(rejected).filter_map(|(text, expect)| self.trial(text, expect)).collect()
    }

    fn exhibits(&self) -> Vec<Exhibit> {
        let rejected = self.reject.iter().filter(|_| self.proof.is_some());
        let exhibit =
            |wrong: &Wrong| Exhibit { about: About::Typed(wrong.text.clone()), look: Look::Error(wrong.text.clone()) };
        rejected.map(exhibit).collect()
    }

    fn mutants(&self) -> Vec<Trial> {
        let accepted = self.accept.iter().map(|text| (text, Outcome::Fails));
        let rejected = self.reject.iter().map(|wrong| (&wrong.text, Outcome::Passes));
        accepted.chain(rejected).filter_map(|(text, expect)| self.trial(text, expect)).collect()
    }
}

impl Fill {
    /// What was typed, without quotes around it where the program has them around its gap.
    fn without_own_quotes<'a>(&self, typed: &'a str) -> &'a str {
        let typed = typed.trim();
        let quotes = ['"', '\''];
        let is_quoted =
            self.program.lines.iter().filter_map(|line| line.text.split_once(GAP)).any(|(before, after)| {
                quotes.iter().any(|quote| before.ends_with(*quote) && after.starts_with(*quote))
            });
        let inner = quotes.iter().find_map(|quote| typed.strip_prefix(*quote)?.strip_suffix(*quote));
        inner.filter(|_| is_quoted).unwrap_or(typed)
    }

    /// The program with `text` in its gap.
    fn trial(&self, text: &str, expect: Outcome) -> Option<Trial> {
        let check = self.proof.as_ref()?;
        let completed = self.program.text().replacen(GAP, text, 1);
        Some(Trial { about: text.to_owned(), program: format!("{completed}\n{check}"), expect })
    }
}

/// What is around the gap of a program.
fn around(program: &Code) -> Around {
    let text = program.text();
    text.split_once(GAP).map_or(Around::default(), |(before, after)| Around::gap(before, after))
}

fn check_gap(program: &str, faults: &mut Faults) {
    let gaps = program.matches(GAP).count();
    if gaps != 1 {
        let what = format!("a program to complete has one gap `{GAP}`, here are {gaps}");
        let line = program.lines().enumerate().filter(|(_, line)| line.contains(GAP)).nth(1).map(|(line, _)| line);
        faults.add_at(FaultCode::GapCount, "program", line, what, "");
    }
}
