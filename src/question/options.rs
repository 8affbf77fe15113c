//! What `single` and `multiple` have in common: named options, each with a reason and a claim that shows it true or false.

use super::answer::{Part, Remark};
use super::exhibit::{About, Exhibit, Look};
use super::form::{Choice, Choose, Form, Label};
use super::proof::Proof;
use super::shuffle::Shuffle;
use super::text::{self, Show};
use super::trial::{Outcome, Trial};
use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::id::{self, OptionId};
use crate::prose::{Code, Prose, Span, read};
use crate::shape::{fields, may, must};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The options of a question, what they are about and what shows which are right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// In the author's order.
    pub list: Vec<Opt>,
    /// Code shown below the prompt.
    pub program: Option<Code>,
    /// What real Flask must confirm; `None` for a question that can't be run.
    pub proof: Option<Setup>,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opt {
    /// The author's name for it.
    pub id: OptionId,
    /// What it says.
    pub text: Vec<Span>,
    /// Whether it is right.
    pub correct: bool,
    /// What is so about it, or what one must believe to pick it.
    pub why: Prose,
}

/// What is run to see which options are right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// Python that prepares what the claims speak of.
    pub code: String,
    /// One expression for each option, in the same order.
    pub claims: Vec<String>,
}

fields! {
    /// What authors write for both kinds.
    OptionsFields, "question with options", "a map of fields" {
        /// What can be picked.
        options: Field<Vec<Field<OptFields>>> = must().count(&COUNT),
        /// Code shown below the prompt.
        program: Field<String> = may(),
        /// The evidence.
        proof: Field<Proof> = must().only(&["claims"], &["setup"]),
    }
}

fields! {
    /// What authors write for one option.
    OptFields, "option", "a map with `id`, `text`, `why` and perhaps `correct: true`" {
        /// A name, unique in the question.
        id: Field<String> = must().id(),
        /// What it says: one line.
        text: Field<String> = must(),
        /// `true` for a key; may be left out otherwise.
        correct: Field<bool> = may(),
        /// What is so about it, or what one must believe to pick it.
        why: Field<String> = must(),
    }
}

/// How few and how many options a form can show.
pub const COUNT: std::ops::RangeInclusive<usize> = 2..=9;

impl Options {
    /// The checked options. The number of keys is left to the kind.
    pub fn check(fields: OptionsFields, faults: &mut Faults) -> Option<Options> {
        let written = fields.options.list("options", faults);
        let program = fields.program.maybe_text("program", faults);
        let program = program.map(|program| text::program(&program, "program", faults));
        let proof = fields.proof.need("proof", faults);
        let written = written?;
        check_count(written.len(), "options", faults);

        let mut list: Vec<Opt> = Vec::with_capacity(written.len());
        let mut names = Vec::with_capacity(written.len());
        for (path, fields) in written {
            let (name, opt) = faults.within(&path, |faults| check_option(fields, faults));
            check_unlike(&list, &name, opt.as_ref(), &path, faults);
            names.extend(name);
            list.extend(opt);
        }
        let proof = match proof? {
            Proof::Without => None,
            Proof::With(mut proof) => faults.within("proof", |faults| {
                let setup = std::mem::take(&mut proof.setup).maybe("setup", faults).unwrap_or_default();
                let claims = std::mem::take(&mut proof.claims).need("claims", faults);
                proof.refuse_others(&["setup", "claims"], faults);
                let claims = faults.within("claims", |faults| match_claims(claims?, &names, "option", faults))?;
                Some(Setup { code: setup, claims })
            }),
        };
        Some(Options { list, program, proof })
    }

    /// How many options are right.
    pub fn key_count(&self) -> usize {
        self.list.iter().filter(|opt| opt.correct).count()
    }

    /// A list to pick from.
    pub fn form(&self, many: bool, order: Shuffle) -> Form {
        let choice = |opt: &Opt| Choice { id: opt.id.clone(), text: Label::Prose(opt.text.clone()) };
        let options = self.arranged(order).into_iter().map(choice).collect();
        Form::Choose(Choose { options, many, or_type: false })
    }

    /// The texts of the keys, in the form's order.
    pub fn keys(&self, order: Shuffle) -> Vec<Label> {
        let keys = self.arranged(order).into_iter().filter(|opt| opt.correct);
        keys.map(|opt| Label::Prose(opt.text.clone())).collect()
    }

    /// A remark about each option, in the form's order.
    pub fn remarks(&self, chosen: &[OptionId], order: Shuffle) -> Vec<Remark> {
        let remark = |opt: &Opt| Remark {
            about: Part::Option(opt.id.clone()),
            is_key: opt.correct,
            chosen: chosen.contains(&opt.id),
            why: opt.why.clone(),
        };
        self.arranged(order).into_iter().map(remark).collect()
    }

    /// The claims are exactly as true as `truth` says, option by option; nothing for a question that can't be run.
    pub fn trial(&self, about: &str, truth: &[bool]) -> Option<Trial> {
        let proof = self.proof.as_ref()?;
        let claims = self.list.iter().zip(&proof.claims).zip(truth);
        let claims = claims.map(|((opt, claim), truth)| (opt.id.to_string(), claim.clone(), *truth)).collect();
        let program = text::joined(self.program.as_ref(), &proof.code);
        Some(Trial { about: about.to_owned(), program, expect: Outcome::Claims(claims) })
    }

    /// What each claim shows.
    pub fn exhibits(&self) -> Vec<Exhibit> {
        let claims = self.proof.iter().flat_map(|proof| self.list.iter().zip(&proof.claims));
        let exhibit = |(opt, claim): (&Opt, &String)| Exhibit {
            about: About::Option(opt.id.clone()),
            look: Look::Claim { name: opt.id.to_string(), code: claim.clone(), word: None },
        };
        claims.map(exhibit).collect()
    }

    /// Which options are right.
    pub fn truth(&self) -> Vec<bool> {
        self.list.iter().map(|opt| opt.correct).collect()
    }

    fn arranged(&self, order: Shuffle) -> Vec<&Opt> {
        let mut arranged: Vec<&Opt> = self.list.iter().collect();
        order.arrange(&mut arranged);
        arranged
    }
}

/// Notes that there are too few or too many options.
pub fn check_count(count: usize, path: &str, faults: &mut Faults) {
    if !COUNT.contains(&count) {
        let (least, most) = (COUNT.start(), COUNT.end());
        let what = format!("a learner picks from {least} to {most} options, here there are {count}");
        faults.add(FaultCode::OptionCount, path, what, "");
    }
}

/// One option: its name if it has one, and all of it if it is complete.
fn check_option(fields: OptFields, faults: &mut Faults) -> (Option<OptionId>, Option<Opt>) {
    let id = check_id(fields.id, "an option", faults);
    let text = fields.text.text("text", faults).map(|text| text::line(&text, "text", faults));
    let correct = fields.correct.maybe("correct", faults).unwrap_or(false);
    let why = fields.why.text("why", faults);
    let why = why.map(|why| read::blocks(&why, "why", faults));
    let opt = |id: &OptionId| Some(Opt { id: id.clone(), text: text?, correct, why: why? });
    let opt = id.as_ref().and_then(opt);
    (id, opt)
}

/// The name of a part of a question, such as “an option”.
pub fn check_id(written: Field<String>, of: &str, faults: &mut Faults) -> Option<OptionId> {
    let name = written.text("id", faults)?;
    if !id::is_well_formed(&name) {
        let what = format!("{} can't be the id of {of}", Show(&name));
        faults.add(FaultCode::BadId, "id", what, "use lower-case letters, digits and `-`");
        return None;
    }
    Some(OptionId::from(name.as_str()))
}

fn check_unlike(earlier: &[Opt], name: &Option<OptionId>, opt: Option<&Opt>, path: &str, faults: &mut Faults) {
    if let Some(name) = name.as_ref().filter(|name| earlier.iter().any(|other| other.id == **name)) {
        let what = format!("two options have the id `{name}`");
        faults.add(FaultCode::DuplicateId, &format!("{path}.id"), what, "give each a name of its own");
    }
    if let Some(opt) = opt
        && let Some(other) = earlier.iter().find(|other| text::plain(&other.text) == text::plain(&opt.text))
    {
        let what = format!("the options `{}` and `{}` say the same", other.id, opt.id);
        faults.add(FaultCode::DuplicateOption, &format!("{path}.text"), what, "change one of them, or remove it");
    } else if let Some(opt) = opt
        && let Some(other) = earlier.iter().find(|other| text::is_near(&other.text, &opt.text))
    {
        let what = format!("the options `{}` and `{}` say nearly the same", other.id, opt.id);
        faults.add(FaultCode::NearOption, &format!("{path}.text"), what, "say how they differ, or remove one");
    }
}

/// The claims in the order of the options, or of what else they are called.
pub fn match_claims(
    claims: BTreeMap<String, Field<String>>,
    names: &[OptionId],
    of: &str,
    faults: &mut Faults,
) -> Option<Vec<String>> {
    let mut expressions: BTreeMap<String, String> = BTreeMap::new();
    for (name, claim) in claims {
        if !names.iter().any(|known| known.as_str() == name) {
            let what = format!("no {of} has the id {}", Show(&name));
            faults.add(FaultCode::StrayClaim, &name, what, format!("name the id of an existing {of}"));
            continue;
        }
        if let Some(claim) = claim.text(&name, faults) {
            expressions.insert(name, claim.trim().to_owned());
        } else {
            expressions.insert(name, String::new());
        }
    }
    let mut ordered = Vec::with_capacity(names.len());
    for name in names {
        match expressions.get(name.as_str()) {
            Some(claim) => ordered.push(claim.clone()),
            None => {
                let what = format!("nothing shows whether {of} `{name}` is true");
                let mend = format!("add `{name}: …`, a Python expression about it");
                faults.add(FaultCode::MissingClaim, "", what, mend);
            }
        }
    }
    (ordered.len() == names.len()).then_some(ordered)
}
