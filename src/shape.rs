//! What authors may write, as one table: the checker finds fields in it that nobody reads, and `content schema` makes JSON
//! Schemas of it. The structs that fields are decoded into are written by [`fields!`](crate::shape::fields) together with
//! their part of the table, so that the two can't differ.

use crate::field::Field;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// What stands in a field.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A list of these.
    List(fn() -> Shape),
    /// A map with names of the author's own, and one of these for each.
    Named(fn() -> Shape),
    /// A map with fields that have a meaning.
    Fields(&'static Table),
    /// `none`, or a map with fields that have a meaning.
    NoneOr(&'static Table),
}

/// The fields of a map.
#[derive(Debug)]
pub struct Table {
    /// What they are the fields of, in a word.
    pub name: &'static str,
    /// In the order in which they are best written.
    pub fields: &'static [Entry],
}

/// One field.
#[derive(Debug)]
pub struct Entry {
    /// As authors write it.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// What holds for it beside its shape.
    pub rule: Rule,
    /// What stands in it.
    pub shape: fn() -> Shape,
}

/// What holds for a field beside its shape.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Whether it may be left out.
    pub needed: bool,
    /// Whether it may say nothing.
    pub may_be_empty: bool,
    /// For a number, its least and its greatest value; for a list, how many entries it has.
    pub range: Option<(u64, u64)>,
    /// The words that may stand in it; empty where any may.
    pub words: &'static [&'static str],
    /// A regular expression for all of a text, as JSON Schema has it.
    pub like: Option<&'static str>,
    /// Whether it is an id, and what the id begins with.
    pub id: Option<&'static str>,
    /// For what has more fields than are useful here: those that must and those that may be there.
    pub only: Option<(&'static [&'static str], &'static [&'static str])>,
}

/// A field that must be there.
pub const fn must() -> Rule {
    Rule { needed: true, may_be_empty: false, range: None, words: &[], like: None, id: None, only: None }
}

/// A field that may be left out.
pub const fn may() -> Rule {
    Rule { needed: false, ..must() }
}

impl Rule {
    /// It may say nothing.
    pub const fn or_empty(self) -> Rule {
        Rule { may_be_empty: true, ..self }
    }

    /// A number or a count in this range.
    pub const fn within(self, range: &RangeInclusive<u64>) -> Rule {
        Rule { range: Some((*range.start(), *range.end())), ..self }
    }

    /// As many entries.
    pub const fn count(self, range: &RangeInclusive<usize>) -> Rule {
        Rule { range: Some((*range.start() as u64, *range.end() as u64)), ..self }
    }

    /// This many entries or more.
    pub const fn at_least(self, count: u64) -> Rule {
        Rule { range: Some((count, u64::MAX)), ..self }
    }

    /// One of these words.
    pub const fn one_of(self, words: &'static [&'static str]) -> Rule {
        Rule { words, ..self }
    }

    /// A text that looks like this.
    pub const fn like(self, pattern: &'static str) -> Rule {
        Rule { like: Some(pattern), ..self }
    }

    /// An id, or a list of them.
    pub const fn id(self) -> Rule {
        Rule { id: Some(""), ..self }
    }

    /// An id that begins like this.
    pub const fn id_like(self, prefix: &'static str) -> Rule {
        Rule { id: Some(prefix), ..self }
    }

    /// Of the fields below, the first ones must be there, the second ones may, and no others.
    pub const fn only(self, must: &'static [&'static str], may: &'static [&'static str]) -> Rule {
        Rule { only: Some((must, may)), ..self }
    }
}

impl Table {
    /// The entry of a field.
    pub fn entry(&self, name: &str) -> Option<&'static Entry> {
        self.fields.iter().find(|entry| entry.name == name)
    }
}

/// A struct that [`fields!`] wrote.
pub trait Described {
    /// Its part of the table.
    const TABLE: &'static Table;
}

/// What can stand in a field.
pub trait Shaped {
    /// As the table tells it.
    fn shape() -> Shape;
}

impl<T: Described> Shaped for T {
    fn shape() -> Shape {
        Shape::Fields(T::TABLE)
    }
}

impl Shaped for String {
    fn shape() -> Shape {
        Shape::Text
    }
}

impl Shaped for u64 {
    fn shape() -> Shape {
        Shape::Number
    }
}

impl Shaped for u16 {
    fn shape() -> Shape {
        Shape::Number
    }
}

impl Shaped for bool {
    fn shape() -> Shape {
        Shape::Flag
    }
}

impl<T: Shaped> Shaped for Field<T> {
    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Shaped> Shaped for Vec<T> {
    fn shape() -> Shape {
        Shape::List(T::shape)
    }
}

impl<T: Shaped> Shaped for BTreeMap<String, T> {
    fn shape() -> Shape {
        Shape::Named(T::shape)
    }
}

/// Writes a struct to decode fields into, and its part of the table. After its name stand what it is in a word, what belongs
/// there in a message, and its fields: `name: type = rule,`, or `name as "spelt": type = rule,`.
macro_rules! fields {
    ($(#[doc = $about:literal])* $name:ident, $word:literal, $expected:literal {
        $($(#[doc = $doc:literal])* $field:ident $(as $spelt:literal)? : $type:ty = $rule:expr,)*
    }) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
        #[serde(default, expecting = $expected)]
        pub struct $name {
            $($(#[doc = $doc])* $(#[serde(rename = $spelt)])? pub $field: $type,)*
        }

        impl $crate::shape::Described for $name {
            const TABLE: &'static $crate::shape::Table = &$crate::shape::Table {
                name: $word,
                fields: &[$($crate::shape::Entry {
                    name: $crate::shape::fields!(@spelt $field $($spelt)?),
                    doc: concat!($($doc),*),
                    rule: $rule,
                    shape: <$type as $crate::shape::Shaped>::shape,
                },)*],
            };
        }
    };
    (@spelt $field:ident) => { stringify!($field) };
    (@spelt $field:ident $spelt:literal) => { $spelt };
}

pub(crate) use fields;
