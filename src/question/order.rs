//! Put steps into the order in which they happen.

use super::QuestionKind;
use super::answer::{Answer, Grade, Part, Remark, Verdict};
use super::form::{Choice, Form, Label};
use super::options;
use super::proof::Proof;
use super::shuffle::Shuffle;
use super::text::{self, Show};
use super::trial::{Outcome, Trial};
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::id::OptionId;
use crate::prose::{Code, Prose, Span, read};
use crate::shape::{fields, may, must};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Put steps into the order in which they happen.
///
/// Right is the author's order, or another valid one. Partly is an order in which one step would have to be moved, which
/// two neighbours that are swapped also are: all steps but one stand in a right order among themselves. Everything else
/// is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Code shown below the prompt.
    pub program: Option<Code>,
    /// In the right order.
    pub steps: Vec<Step>,
    /// Other valid orders, as places in `steps`.
    pub also: Vec<Vec<u8>>,
    /// A program that prints the steps' names as they happen, run below the shown one; `None` where it can't be run.
    pub proof: Option<String>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The author's name for it; what the proof prints.
    pub id: OptionId,
    /// What it says.
    pub text: Vec<Span>,
    /// Why it comes there; may be empty.
    pub why: Prose,
}

fields! {
    /// What authors write.
    OrderFields, "order question", "a map of fields" {
        /// Code shown below the prompt.
        program: Field<String> = may(),
        /// The steps in the right order.
        steps: Field<Vec<Field<StepFields>>> = must().count(&COUNT),
        /// Other valid orders, as lists of ids.
        also: Field<Vec<Field<Vec<Field<String>>>>> = may(),
        /// The evidence.
        proof: Field<Proof> = must().only(&["program"], &[]),
    }
}

fields! {
    /// What authors write for one step.
    StepFields, "step", "a map with `id`, `text` and perhaps `why`" {
        /// A name, unique in the question; the proof prints it.
        id: Field<String> = must().id(),
        /// What it says: one line.
        text: Field<String> = must(),
        /// Why it comes there.
        why: Field<String> = may(),
    }
}

/// How few and how many steps can be put in order.
const COUNT: std::ops::RangeInclusive<usize> = 3..=9;

impl QuestionKind for Order {
    const NAME: &'static str = "order";
    const EXAMPLE: &'static str = r#"
id: lifecycle.one-request
topic: lifecycle
kind: order
level: 2
prompt: In which order does this happen when a request comes in?
steps:
  - {id: pushed, text: The context is pushed, why: Everything else needs `request`.}
  - {id: before, text: "`before_request` functions run"}
  - {id: view, text: The view runs}
  - {id: after, text: "`after_request` functions run"}
  - {id: teardown, text: "`teardown_request` functions run"}
  - {id: popped, text: The context is popped}
explanation: What was pushed first is popped last.
hints: [Think of nested brackets.]
sources: [lifecycle]
proof:
  program: |
    from flask import Flask, appcontext_popped, appcontext_pushed
    app = Flask(__name__)
    def say(name, value=None):
        print(name)
        return value
    appcontext_pushed.connect(lambda sender, **more: say("pushed"), app, weak=False)
    appcontext_popped.connect(lambda sender, **more: say("popped"), app, weak=False)
    app.before_request(lambda: say("before"))
    app.after_request(lambda response: say("after", response))
    app.teardown_request(lambda error: say("teardown"))
    app.add_url_rule("/", view_func=lambda: say("view", "ok"))
    app.test_client().get("/")
"#;
    type Fields = OrderFields;

    fn check(fields: OrderFields, faults: &mut Faults) -> Option<Order> {
        let program = fields.program.maybe_text("program", faults);
        let program = program.map(|program| text::program(&program, "program", faults));
        let written = fields.steps.list("steps", faults);
        let also = fields.also.maybe_list("also", faults);
        let proof = fields.proof.need("proof", faults);
        let written = written?;
        if !COUNT.contains(&written.len()) {
            let (least, most) = (COUNT.start(), COUNT.end());
            let what = format!("a learner orders {least} to {most} steps, here there are {}", written.len());
            faults.add(FaultCode::OptionCount, "steps", what, "");
        }
        let before = faults.count();
        let mut steps: Vec<Step> = Vec::with_capacity(written.len());
        for (path, fields) in written {
            let Some(step) = faults.within(&path, |faults| fields.check(faults)) else { continue };
            check_unlike(&steps, &step, &path, faults);
            steps.push(step);
        }
        // Where a step could not be read, every other order would seem wrong.
        let are_known = faults.count() == before;
        let also = if are_known { check_also(also, &steps, faults) } else { Vec::new() };
        let proof = match proof? {
            Proof::Without => None,
            Proof::With(mut fields) => faults.within("proof", |faults| {
                let program = std::mem::take(&mut fields.program).text("program", faults);
                fields.refuse_others(&["program"], faults);
                program
            }),
        };
        Some(Order { program, steps, also, proof })
    }

    fn form(&self, order: Shuffle) -> Form {
        let choice = |step: &Step| Choice { id: step.id.clone(), text: Label::Prose(step.text.clone()) };
        Form::Arrange(self.arranged(order).into_iter().map(choice).collect())
    }

    fn program(&self) -> Option<&Code> {
        self.program.as_ref()
    }

    /// A step is remarked on as right where it needn't be moved.
    fn grade(&self, answer: &Answer, order: Shuffle) -> Grade {
        let said = match answer {
            Answer::Arranged(steps) if self.is_complete(steps) => Some(steps),
            Answer::Arranged(_)
            | Answer::Chosen(_)
            | Answer::Typed(_)
            | Answer::Paired(_)
            | Answer::Pointed { .. }
            | Answer::Recalled(_)
            | Answer::GaveUp => None,
        };
        let (valid, kept) = said.map_or_else(|| (self.ids(), Vec::new()), |said| self.nearest(said));
        let verdict = match self.steps.len() - kept.len() {
            0 => Verdict::Right,
            1 => Verdict::Partly,
            _ => Verdict::Wrong,
        };
        let remark = |step: &Step| Remark {
            about: Part::Option(step.id.clone()),
            is_key: said.is_none() || kept.contains(&step.id),
            chosen: said.is_some(),
            why: step.why.clone(),
        };
        let remarks = self.arranged(order).into_iter().map(remark).collect();
        let step = |id: &OptionId| self.steps.iter().find(|step| step.id == *id);
        let key = valid.iter().filter_map(step).map(|step| Label::Prose(step.text.clone())).collect();
        Grade { verdict, key, remarks }
    }

    fn trials(&self) -> Vec<Trial> {
        self.trial("order", &self.ids()).into_iter().collect()
    }

    fn mutants(&self) -> Vec<Trial> {
        let valid: BTreeSet<Vec<OptionId>> = self.valid().collect();
        let swapped = (1..self.steps.len()).map(|place| {
            let mut ids = self.ids();
            ids.swap(place - 1, place);
            (format!("{} before {}", ids[place - 1], ids[place]), ids)
        });
        let wrong = swapped.filter(|(_, ids)| !valid.contains(ids));
        wrong.filter_map(|(about, ids)| self.trial(&about, &ids)).collect()
    }
}

impl Order {
    /// The names in the right order.
    fn ids(&self) -> Vec<OptionId> {
        self.steps.iter().map(|step| step.id.clone()).collect()
    }

    /// All valid orders, the author's own first.
    fn valid(&self) -> impl Iterator<Item = Vec<OptionId>> {
        let ids = |places: &Vec<u8>| places.iter().map(|place| self.steps[usize::from(*place)].id.clone()).collect();
        std::iter::once(self.ids()).chain(self.also.iter().map(ids))
    }

    /// The steps as they are shown first, which is not a right order.
    fn arranged(&self, order: Shuffle) -> Vec<&Step> {
        let mut arranged: Vec<&Step> = self.steps.iter().collect();
        order.arrange(&mut arranged);
        let is_valid = |steps: &[&Step]| self.valid().any(|valid| valid.iter().eq(steps.iter().map(|step| &step.id)));
        for _ in 0..arranged.len() {
            if !is_valid(&arranged) {
                break;
            }
            arranged.rotate_left(1);
        }
        arranged
    }

    /// The valid order that is nearest to what was said, and the steps that needn't be moved to get there. Where two are
    /// equally near it is the author's own.
    fn nearest(&self, said: &[OptionId]) -> (Vec<OptionId>, Vec<OptionId>) {
        let mut nearest = (self.ids(), common(said, &self.ids()));
        for valid in self.valid() {
            let kept = common(said, &valid);
            if kept.len() > nearest.1.len() {
                nearest = (valid, kept);
            }
        }
        nearest
    }

    /// Whether each step is there once.
    fn is_complete(&self, ids: &[OptionId]) -> bool {
        ids.len() == self.steps.len() && self.steps.iter().all(|step| ids.contains(&step.id))
    }

    fn trial(&self, about: &str, ids: &[OptionId]) -> Option<Trial> {
        let program = text::joined(self.program.as_ref(), self.proof.as_ref()?);
        let names: Vec<&str> = ids.iter().map(OptionId::as_str).collect();
        Some(Trial { about: about.to_owned(), program, expect: Outcome::Prints(names.join("\n")) })
    }
}

impl StepFields {
    fn check(self, faults: &mut Faults) -> Option<Step> {
        let id = options::check_id(self.id, "a step", faults);
        let text = self.text.text("text", faults).map(|text| text::line(&text, "text", faults));
        let why = self.why.maybe_text("why", faults).map(|why| read::blocks(&why, "why", faults));
        Some(Step { id: id?, text: text?, why: why.unwrap_or_default() })
    }
}

fn check_unlike(earlier: &[Step], step: &Step, path: &str, faults: &mut Faults) {
    if earlier.iter().any(|other| other.id == step.id) {
        let what = format!("two steps have the id `{}`", step.id);
        faults.add(FaultCode::DuplicateId, &format!("{path}.id"), what, "give each a name of its own");
    } else if let Some(other) = earlier.iter().find(|other| text::plain(&other.text) == text::plain(&step.text)) {
        let what = format!("the steps `{}` and `{}` say the same", other.id, step.id);
        faults.add(FaultCode::DuplicateOption, &format!("{path}.text"), what, "say how they differ");
    }
}

/// The other orders as places. Each must have every step once, and be an order of its own.
fn check_also(written: Vec<(String, Vec<Field<String>>)>, steps: &[Step], faults: &mut Faults) -> Vec<Vec<u8>> {
    let own: Vec<u8> = (0..).take(steps.len()).collect();
    let mut orders = Vec::with_capacity(written.len());
    for (path, names) in written {
        let names = Field::Given(names).texts(&path, faults);
        let mut order = Vec::with_capacity(steps.len());
        for (path, name) in &names {
            match own.iter().zip(steps).find(|(_, step)| step.id.as_str() == name) {
                Some((place, _)) => order.push(*place),
                None => {
                    let what = format!("no step has the id {}", Show(name));
                    faults.add(FaultCode::StepOrder, path, what, "name a step of this question");
                }
            }
        }
        if order.len() < names.len() {
            continue;
        }
        let is_known = order == own || orders.contains(&order);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        if sorted != own {
            faults.add(FaultCode::StepOrder, &path, "this order has not each step once", "list all ids");
        } else if is_known {
            faults.add(FaultCode::StepOrder, &path, "this order is there already", "remove it");
        } else {
            orders.push(order);
        }
    }
    orders
}

/// The longest part of `said` that stands in the same order in `valid`.
fn common(said: &[OptionId], valid: &[OptionId]) -> Vec<OptionId> {
    // For each step of `said` the longest such part that ends with it.
    let mut ending: Vec<(usize, Vec<OptionId>)> = Vec::with_capacity(said.len());
    for id in said {
        let Some(place) = valid.iter().position(|other| other == id) else { continue };
        let before = ending.iter().filter(|(other, _)| *other < place).map(|(_, part)| part);
        let mut part = before.max_by_key(|part| part.len()).cloned().unwrap_or_default();
        part.push(id.clone());
        ending.push((place, part));
    }
    ending.into_iter().map(|(_, part)| part).max_by_key(Vec::len).unwrap_or_default()
}
