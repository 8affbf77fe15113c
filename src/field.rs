//! A field as an author wrote it: there, not there, or holding something else.
//!
//! Decoding never stops at a mistake, so that every mistake of a file is told at once. [`Field`] keeps what went wrong;
//! whoever needs the value asks for it together with the place to complain to.

use crate::fault::{FaultCode, Faults};
use serde::{Deserialize, Deserializer};

/// A field as an author wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Field<T> {
    /// The field is not there.
    #[default]
    Missing,
    /// It holds another sort of value; in words.
    Bad(String),
    /// It holds this.
    Given(T),
}

impl<T> Field<T> {
    /// The value. That it is missing, or of another sort, is a mistake.
    pub fn need(self, name: &str, faults: &mut Faults) -> Option<T> {
        if matches!(self, Field::Missing) {
            faults.add(FaultCode::MissingField, name, format!("`{name}` is missing"), format!("add `{name}: …`"));
        }
        self.maybe(name, faults)
    }

    /// The value, or nothing where the field is not there. That it is of another sort is a mistake.
    pub fn maybe(self, name: &str, faults: &mut Faults) -> Option<T> {
        match self {
            Field::Missing => None,
            Field::Given(value) => Some(value),
            Field::Bad(words) => {
                let mend = mend_type(&words);
                let named = if name.is_empty() { words } else { format!("`{name}`: {words}") };
                faults.add(FaultCode::WrongType, name, named, mend);
                None
            }
        }
    }
}

impl Field<String> {
    /// A text that must be there and must say something.
    pub fn text(self, name: &str, faults: &mut Faults) -> Option<String> {
        let text = self.need(name, faults)?;
        filled(text, name, faults)
    }

    /// A text that may be left out, but must say something where it is there.
    pub fn maybe_text(self, name: &str, faults: &mut Faults) -> Option<String> {
        let text = self.maybe(name, faults)?;
        filled(text, name, faults)
    }
}

impl<T> Field<Vec<Field<T>>> {
    /// The entries of a list that must be there, each with its path. Entries of another sort are mistakes and left out.
    pub fn list(self, name: &str, faults: &mut Faults) -> Option<Vec<(String, T)>> {
        let entries = self.need(name, faults)?;
        Some(entries_of(entries, name, faults))
    }

    /// The same for a list that may be left out.
    pub fn maybe_list(self, name: &str, faults: &mut Faults) -> Vec<(String, T)> {
        let entries = self.maybe(name, faults).unwrap_or_default();
        entries_of(entries, name, faults)
    }
}

impl Field<Vec<Field<String>>> {
    /// Texts that may be left out, each with its path; an empty one is a mistake.
    pub fn texts(self, name: &str, faults: &mut Faults) -> Vec<(String, String)> {
        let entries = self.maybe_list(name, faults);
        entries.into_iter().filter_map(|(path, text)| filled(text, &path, faults).map(|text| (path, text))).collect()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    /// Never fails: what went wrong becomes [`Field::Bad`]. This needs a deserializer that has read the whole value
    /// before, as one over a tree of values has.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Field<T>, D::Error> {
        Ok(match T::deserialize(deserializer) {
            Ok(value) => Field::Given(value),
            Err(error) => Field::Bad(in_words(&error.to_string())),
        })
    }
}

fn filled(text: String, name: &str, faults: &mut Faults) -> Option<String> {
    if text.trim().is_empty() {
        faults.add(FaultCode::EmptyText, name, format!("`{name}` says nothing"), "write it, or leave the field out");
        return None;
    }
    Some(text)
}

fn entries_of<T>(entries: Vec<Field<T>>, name: &str, faults: &mut Faults) -> Vec<(String, T)> {
    let mut found = Vec::with_capacity(entries.len());
    for (index, entry) in entries.into_iter().enumerate() {
        let path = format!("{name}[{index}]");
        if let Some(value) = entry.maybe(&path, faults) {
            found.push((path, value));
        }
    }
    found
}

fn mend_type(words: &str) -> &'static str {
    let looks_otherwise =
        ["here stands the number", "here stands the truth value"].iter().any(|it| words.starts_with(it));
    if looks_otherwise && words.ends_with(A_TEXT) { "put it in quotes" } else { "" }
}

/// How a sentence about a wrong type ends where a text was wanted.
const A_TEXT: &str = "but a text belongs here";

/// serde's words about a wrong type, in ours: "invalid type: integer `404`, expected a string" becomes
/// "here stands the number 404, but a text belongs here".
fn in_words(error: &str) -> String {
    let Some((found, wanted)) = error
        .strip_prefix("invalid type: ")
        .or_else(|| error.strip_prefix("invalid value: "))
        .and_then(|rest| rest.rsplit_once(", expected "))
    else {
        return error.to_owned();
    };
    let found = match found.split_once(' ') {
        Some(("integer", value)) => format!("the number {}", value.trim_matches('`')),
        Some(("floating", value)) => format!("the number {}", value.trim_start_matches("point ").trim_matches('`')),
        Some(("boolean", value)) => format!("the truth value {}", value.trim_matches('`')),
        Some(("string", value)) => format!("the text {value}"),
        Some(("unit", _)) => "nothing".to_owned(),
        Some(_) | None => match found {
            "sequence" => "a list".to_owned(),
            "map" => "a map of fields".to_owned(),
            other => other.to_owned(),
        },
    };
    let wanted = match wanted {
        "a string" => "a text",
        "a sequence" => "a list",
        "a map" => "a map of fields",
        "a boolean" => "`true` or `false`",
        "u8" | "u16" | "u64" => "a small whole number",
        other => other,
    };
    format!("here stands {found}, but {wanted} belongs here")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_serde_become_ours() {
        let said = [
            ("invalid type: integer `404`, expected a string", "here stands the number 404, but a text belongs here"),
            (
                "invalid type: floating point `3.1`, expected a string",
                "here stands the number 3.1, but a text belongs here",
            ),
            ("invalid type: unit value, expected a sequence", "here stands nothing, but a list belongs here"),
            ("invalid type: sequence, expected a string", "here stands a list, but a text belongs here"),
            (
                "invalid type: string \"yes\", expected a boolean",
                "here stands the text \"yes\", but `true` or `false` belongs here",
            ),
            ("something else", "something else"),
        ];
        for (theirs, ours) in said {
            assert_eq!(in_words(theirs), ours);
        }
    }
}
