//! The evidence for a key, as authors write it and as kinds keep it.

use crate::fault::{FaultCode, Faults};
use crate::field::Field;
use crate::shape::{Described, Shape, Shaped, fields, may};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// What stands in `proof:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof<F = ProofFields> {
    /// `none`: it can't be run, and `reason` says why.
    Without,
    /// What to run.
    With(Box<F>),
}

fields! {
    /// The fields of a proof.
    ProofFields, "proof", "`none` or a map with what to run" {
        /// Python that prepares what the claims speak of.
        setup: Field<String> = may().or_empty(),
        /// For each option, by its id, a Python expression that says what the option says.
        claims: Field<BTreeMap<String, Field<String>>> = may(),
        /// Python that is appended to a completed or mended program and fails if it doesn't do its work.
        check: Field<String> = may(),
        /// A Python expression: as a text it is the key.
        value: Field<String> = may(),
        /// For each pair, by its id, a Python expression: as a text it is what stands at the right.
        values: Field<BTreeMap<String, Field<String>>> = may(),
        /// A Python program that prints what the key says.
        program: Field<String> = may(),
        /// A Python program that asserts what the key says.
        assert: Field<String> = may(),
    }
}

impl ProofFields {
    /// Notes the fields that this kind of question has no use for: all but the `useful` ones.
    pub fn refuse_others(&self, useful: &[&str], faults: &mut Faults) {
        let given = [
            ("setup", !matches!(self.setup, Field::Missing)),
            ("claims", !matches!(self.claims, Field::Missing)),
            ("check", !matches!(self.check, Field::Missing)),
            ("value", !matches!(self.value, Field::Missing)),
            ("values", !matches!(self.values, Field::Missing)),
            ("program", !matches!(self.program, Field::Missing)),
            ("assert", !matches!(self.assert, Field::Missing)),
        ];
        for (name, is_given) in given {
            if is_given && !useful.contains(&name) {
                let what = format!("this kind of question has no `proof.{name}`");
                faults.add(FaultCode::UnknownField, name, what, "remove it");
            }
        }
    }
}

impl<F: Described> Shaped for Proof<F> {
    fn shape() -> Shape {
        Shape::NoneOr(F::TABLE)
    }
}

impl<'de, F: Deserialize<'de>> Deserialize<'de> for Proof<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Proof<F>, D::Error> {
        deserializer.deserialize_any(ProofVisitor(PhantomData))
    }
}

struct ProofVisitor<F>(PhantomData<F>);

impl<'de, F: Deserialize<'de>> Visitor<'de> for ProofVisitor<F> {
    type Value = Proof<F>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`none` or a map with what to run")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Proof<F>, E> {
        match word {
            "none" => Ok(Proof::Without),
            _ => Err(E::invalid_type(serde::de::Unexpected::Str(word), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Proof<F>, A::Error> {
        Deserialize::deserialize(MapAccessDeserializer::new(map)).map(|fields| Proof::With(Box::new(fields)))
    }
}

/// The lines of a program that assert something, with their places from 0.
pub fn assertions(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with("assert "))
}
