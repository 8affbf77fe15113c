//! Fields that nobody reads.

use super::yaml::{self, Value};
use crate::fault::{FaultCode, Faults, nearest};
use crate::shape::{Entry, Shape, Table};

/// Notes the fields of a map that are in none of the tables, and those below that are in none of theirs.
pub fn check(value: &Value, tables: &[&Table], faults: &mut Faults) {
    for (name, value) in yaml::fields(value) {
        let entries = || tables.iter().flat_map(|table| table.fields);
        match entries().find(|entry| entry.name == name) {
            Some(Entry { shape, .. }) => faults.within(name, |faults| below(value, shape(), faults)),
            None => {
                let mend = match nearest(name, entries().map(|entry| entry.name)) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "remove it".to_owned(),
                };
                faults.add(FaultCode::UnknownField, name, format!("nobody reads `{name}` here"), mend);
            }
        }
    }
}

/// What is of another shape than it should be is told by who decodes it.
fn below(value: &Value, shape: Shape, faults: &mut Faults) {
    match shape {
        Shape::Text | Shape::Number | Shape::Flag => (),
        Shape::Fields(table) | Shape::NoneOr(table) => check(value, &[table], faults),
        Shape::List(of) => {
            for (index, value) in value.as_sequence().into_iter().flatten().enumerate() {
                faults.within(&format!("[{index}]"), |faults| below(value, of(), faults));
            }
        }
        Shape::Named(of) => {
            for (name, value) in yaml::fields(value) {
                faults.within(name, |faults| below(value, of(), faults));
            }
        }
    }
}
