//! Join what belongs together.

use super::QuestionKind;
use super::answer::{Answer, Grade, Part, Remark, Verdict};
use super::exhibit::{About, Exhibit, Look};
use super::form::{Choice, Form, Label, Pair};
use super::options;
use super::proof::{Proof, ProofFields};
use super::shuffle::Shuffle;
use super::text::{self, Show};
use super::trial::{Outcome, Trial};
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::id::OptionId;
use crate::prose::{Code, Prose, Span, read};
use crate::shape::{fields, may, must};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Join each entry at the left with the one at the right that belongs to it.
///
/// Right is all pairs, partly at least half of them, wrong less than that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matching {
    /// Code shown below the prompt.
    pub program: Option<Code>,
    /// In the author's order, in which the left is shown.
    pub pairs: Vec<Joined>,
    /// What real Flask must confirm; `None` for a question that can't be run.
    pub proof: Option<Evidence>,
}

/// Two entries that belong together. Both have the same name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// The author's name for the pair.
    pub id: OptionId,
    /// What stands at the left.
    pub left: Vec<Span>,
    /// What stands at the right.
    pub right: Vec<Span>,
    /// Why they belong together.
    pub why: Prose,
}

/// What is run to see which entries belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Python that prepares what the expressions speak of.
    pub setup: String,
    /// What they say.
    pub says: Says,
    /// One expression for each pair, in the same order.
    pub expressions: Vec<String>,
}

/// What the expressions of a proof say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Says {
    /// As a text it is what stands at the right.
    Value,
    /// What stands at the right, of any `left`.
    Claim,
}

fields! {
    /// What authors write.
    MatchingFields, "match question", "a map of fields" {
        /// Code shown below the prompt.
        program: Field<String> = may(),
        /// What belongs together.
        pairs: Field<Vec<Field<JoinedFields>>> = must().count(&COUNT),
        /// The evidence.
        proof: Field<Proof> = must().only(&[], &["setup", "values", "claims"]),
    }
}

fields! {
    /// What authors write for one pair.
    JoinedFields, "pair", "a map with `id`, `left`, `right` and `why`" {
        /// A name, unique in the question.
        id: Field<String> = must().id(),
        /// What stands at the left: one line.
        left: Field<String> = must(),
        /// What stands at the right: one line.
        right: Field<String> = must(),
        /// Why they belong together.
        why: Field<String> = must(),
    }
}

/// How few and how many pairs a form can show.
const COUNT: std::ops::RangeInclusive<usize> = 2..=6;

impl QuestionKind for Matching {
    const NAME: &'static str = "match";
    const EXAMPLE: &'static str = r#"
id: answers.statuses
topic: answers
kind: match
level: 2
prompt: Which status does each request get?
program: |
  from flask import Flask
  app = Flask(__name__)
  app.add_url_rule("/ships/", view_func=lambda: "ships", methods=["GET"])
pairs:
  - {id: good, left: "`GET /ships/`", right: "200", why: The rule fits.}
  - {id: slash, left: "`GET /ships`", right: "308", why: "The rule ends in a slash, so it is like a folder."}
  - {id: method, left: "`POST /ships/`", right: "405", why: "The rule fits, the method does not."}
explanation: Flask looks at the path first and at the method then.
hints: [Which of them fit the rule?]
sources: [quickstart#routing]
proof:
  setup: client = app.test_client()
  values:
    good: client.get("/ships/").status_code
    slash: client.get("/ships").status_code
    method: client.post("/ships/").status_code
"#;
    type Fields = MatchingFields;

    fn check(fields: MatchingFields, faults: &mut Faults) -> Option<Matching> {
        let program = fields.program.maybe_text("program", faults);
        let program = program.map(|program| text::program(&program, "program", faults));
        let written = fields.pairs.list("pairs", faults);
        let proof = fields.proof.need("proof", faults);
        let written = written?;
        if !COUNT.contains(&written.len()) {
            let (least, most) = (COUNT.start(), COUNT.end());
            let what = format!("a learner joins {least} to {most} pairs, here there are {}", written.len());
            faults.add(FaultCode::OptionCount, "pairs", what, "");
        }
        let mut pairs: Vec<Joined> = Vec::with_capacity(written.len());
        let mut names = Vec::with_capacity(written.len());
        for (path, fields) in written {
            let (name, pair) = faults.within(&path, |faults| fields.check(faults));
            if let Some(name) = name.as_ref().filter(|name| names.contains(*name)) {
                let what = format!("two pairs have the id `{name}`");
                faults.add(FaultCode::DuplicateId, &format!("{path}.id"), what, "give each a name of its own");
            }
            if let Some(pair) = &pair {
                check_unlike(&pairs, pair, &path, faults);
            }
            names.extend(name);
            pairs.extend(pair);
        }
        let proof = match proof? {
            Proof::Without => None,
            Proof::With(fields) => faults.within("proof", |faults| check_proof(*fields, &names, faults)),
        };
        Some(Matching { program, pairs, proof })
    }

    fn form(&self, order: Shuffle) -> Form {
        let choice = |id: &OptionId, text: &[Span]| Choice { id: id.clone(), text: Label::Prose(text.to_vec()) };
        let left: Vec<Choice> = self.pairs.iter().map(|pair| choice(&pair.id, &pair.left)).collect();
        let mut right: Vec<Choice> = self.pairs.iter().map(|pair| choice(&pair.id, &pair.right)).collect();
        order.arrange(&mut right);
        // Straight across would be the answer.
        if left.iter().zip(&right).all(|(left, right)| left.id == right.id) {
            right.rotate_left(1);
        }
        Form::Pair(Pair { left, right })
    }

    fn program(&self) -> Option<&Code> {
        self.program.as_ref()
    }

    fn grade(&self, answer: &Answer, _order: Shuffle) -> Grade {
        let said = match answer {
            Answer::Paired(pairs) => pairs.as_slice(),
            Answer::Chosen(_)
            | Answer::Typed(_)
            | Answer::Arranged(_)
            | Answer::Pointed { .. }
            | Answer::Recalled(_)
            | Answer::GaveUp => &[],
        };
        let joined = |id: &OptionId| said.iter().find(|(left, _)| left == id).map(|(_, right)| right);
        let remark = |pair: &Joined| {
            let right = joined(&pair.id);
            Remark {
                about: Part::Option(pair.id.clone()),
                is_key: right.is_none_or(|right| *right == pair.id),
                chosen: right.is_some(),
                why: pair.why.clone(),
            }
        };
        let remarks: Vec<Remark> = self.pairs.iter().map(remark).collect();
        let hits = remarks.iter().filter(|remark| remark.is_key && remark.chosen).count();
        let verdict = match hits {
            hits if hits == self.pairs.len() => Verdict::Right,
            hits if hits > 0 && 2 * hits >= self.pairs.len() => Verdict::Partly,
            _ => Verdict::Wrong,
        };
        let key = |pair: &Joined| {
            let arrow = [Span::plain(" → ")];
            Label::Prose(pair.left.iter().chain(&arrow).chain(&pair.right).cloned().collect())
        };
        Grade { verdict, key: self.pairs.iter().map(key).collect(), remarks }
    }

    fn trials(&self) -> Vec<Trial> {
        self.trial("pairs", None).into_iter().collect()
    }

    fn exhibits(&self) -> Vec<Exhibit> {
        let Some(proof) = &self.proof else { return Vec::new() };
        let exhibit = |(pair, code): (&Joined, &String)| {
            let (name, code) = (pair.id.to_string(), code.clone());
            let look = match proof.says {
                Says::Value => Look::Value { name, code, texts: Vec::new() },
                Says::Claim => {
                    let word = Some(("left".to_owned(), text::python(pair.id.as_str())));
                    Look::Claim { name, code, word }
                }
            };
            Exhibit { about: About::Option(pair.id.clone()), look }
        };
        self.pairs.iter().zip(&proof.expressions).map(exhibit).collect()
    }

    fn mutants(&self) -> Vec<Trial> {
        let exchanged = self.exchanges().filter_map(|(one, other)| {
            let about = format!("{} and {} exchanged", self.pairs[one].id, self.pairs[other].id);
            self.trial(&about, Some((one, other)))
        });
        exchanged.collect()
    }
}

impl Matching {
    /// Pairs to exchange for a wrong key: each with the next one and, where there are more than two, the ends.
    fn exchanges(&self) -> impl Iterator<Item = (usize, usize)> {
        let count = self.pairs.len();
        let ends = (count > 2).then(|| (0, count - 1));
        (1..count).map(|next| (next - 1, next)).chain(ends)
    }

    /// Each left belongs to its own right and to no other one, perhaps with two of them exchanged.
    fn trial(&self, about: &str, exchanged: Option<(usize, usize)>) -> Option<Trial> {
        let proof = self.proof.as_ref()?;
        let own = |left: usize| match exchanged {
            Some((one, other)) if left == one => other,
            Some((one, other)) if left == other => one,
            Some(_) | None => left,
        };
        // A value that is one right is no other one, so of those only what a wrong key says needs a look.
        let is_exchanged = |left, right| self.exchanges().any(|pair| pair == (left, right) || pair == (right, left));
        let is_worth_it = |left, right| match proof.says {
            Says::Claim => true,
            Says::Value => left == right || is_exchanged(left, right),
        };
        let mut claims = Vec::with_capacity(self.pairs.len() * self.pairs.len());
        for (left, pair) in self.pairs.iter().enumerate() {
            for (right, other) in self.pairs.iter().enumerate().filter(|(right, _)| is_worth_it(left, *right)) {
                let claim = proof.claim(&pair.id, left, right, &Label::Prose(other.right.clone()).plain());
                let name = if left == right { pair.id.to_string() } else { format!("{} with {}", pair.id, other.id) };
                claims.push((name, claim, own(left) == right));
            }
        }
        let program = text::joined(self.program.as_ref(), &proof.setup);
        Some(Trial { about: about.to_owned(), program, expect: Outcome::Claims(claims) })
    }
}

impl Evidence {
    /// The Python expression for: this left belongs to that right.
    fn claim(&self, id: &OptionId, left: usize, right: usize, right_text: &str) -> String {
        match self.says {
            Says::Value => format!("str(\n{}\n) == {}", self.expressions[left], text::python(right_text.trim())),
            Says::Claim => {
                format!("(left := {}) and (\n{}\n)", text::python(id.as_str()), self.expressions[right])
            }
        }
    }
}

impl JoinedFields {
    /// One pair: its name if it has one, and all of it if it is complete.
    fn check(self, faults: &mut Faults) -> (Option<OptionId>, Option<Joined>) {
        let id = options::check_id(self.id, "a pair", faults);
        let left = self.left.text("left", faults).map(|text| text::line(&text, "left", faults));
        let right = self.right.text("right", faults).map(|text| text::line(&text, "right", faults));
        let why = self.why.text("why", faults).map(|why| read::blocks(&why, "why", faults));
        let joined = |id: &OptionId| Some(Joined { id: id.clone(), left: left?, right: right?, why: why? });
        let pair = id.as_ref().and_then(joined);
        (id, pair)
    }
}

fn check_unlike(earlier: &[Joined], pair: &Joined, path: &str, faults: &mut Faults) {
    for (field, end) in [("left", (|pair| &pair.left) as fn(&Joined) -> &Vec<Span>), ("right", |pair| &pair.right)] {
        if let Some(other) = earlier.iter().find(|other| text::plain(end(other)) == text::plain(end(pair))) {
            let what = format!("the pairs `{}` and `{}` have the same at the {field}", other.id, pair.id);
            faults.add(FaultCode::DuplicateOption, &format!("{path}.{field}"), what, "nobody could tell them apart");
        }
    }
}

/// The expressions in the order of the pairs.
fn check_proof(mut fields: ProofFields, names: &[OptionId], faults: &mut Faults) -> Option<Evidence> {
    let setup = std::mem::take(&mut fields.setup).maybe("setup", faults).unwrap_or_default();
    let values = std::mem::take(&mut fields.values).maybe("values", faults);
    let claims = std::mem::take(&mut fields.claims).maybe("claims", faults);
    fields.refuse_others(&["setup", "values", "claims"], faults);
    let (says, path, written) = match (values, claims) {
        (Some(values), None) => (Says::Value, "values", values),
        (None, Some(claims)) => (Says::Claim, "claims", claims),
        (Some(_), Some(_)) => {
            let what = "`values` and `claims` say the same in two ways";
            faults.add(FaultCode::UnknownField, "claims", what, "keep one of them");
            return None;
        }
        (None, None) => {
            faults.add(FaultCode::MissingField, "values", "`values` is missing", "add `values: …`, or `claims: …`");
            return None;
        }
    };
    if says == Says::Claim {
        check_speaks_of_left(&written, faults);
    }
    let expressions = faults.within(path, |faults| options::match_claims(written, names, "pair", faults))?;
    Some(Evidence { setup, says, expressions })
}

/// A claim that is about nothing but its own pair could not refute any other one.
fn check_speaks_of_left(claims: &BTreeMap<String, Field<String>>, faults: &mut Faults) {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    for (name, claim) in claims {
        if let Field::Given(claim) = claim
            && !claim.split(|c| !is_word(c)).any(|word| word == "left")
        {
            let what =
                format!("the claim {} does not speak of `left`, so that it could refute no wrong pair", Show(name));
            let mend = "say of `left`, which is the id of any pair, what stands at the right; or use `values`";
            faults.add(FaultCode::ClaimWithoutLeft, &format!("claims.{name}"), what, mend);
        }
    }
}
