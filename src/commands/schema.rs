//! `flaskdojo content schema`: JSON Schemas of the files that authors write, so that an editor completes and checks them.
//!
//! They are made of the table that the checker itself uses (see [`crate::shape`]). What a schema can't say, such as that an id
//! must exist, only `content check` tells.

use crate::content::file::FileKind;
use crate::id;
use crate::question::Kind;
use crate::shape::{Entry, Rule, Shape, Table};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes the schemas of these kinds: to a folder, one file each, or else to `out`, a single one as it is and several ones as
/// a map by their names.
pub fn schema(kinds: &[FileKind], folder: Option<&Path>, out: &mut dyn Write) -> io::Result<()> {
    match (folder, kinds) {
        (Some(folder), _) => {
            write_all(kinds, folder)?;
            writeln!(
                out,
                "{}: {}",
                folder.display(),
                kinds.iter().map(|kind| file_name(*kind)).collect::<Vec<_>>().join(", ")
            )
        }
        (None, [kind]) => print(&of(*kind), out),
        (None, kinds) => {
            let all: Map<String, Value> = kinds.iter().map(|kind| (kind.name().to_owned(), of(*kind))).collect();
            print(&Value::Object(all), out)
        }
    }
}

/// Writes the schemas of these kinds to a folder, one file each.
pub fn write_all(kinds: &[FileKind], folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for kind in kinds {
        let mut text = Vec::new();
        print(&of(*kind), &mut text)?;
        fs::write(folder.join(file_name(*kind)), text)?;
    }
    Ok(())
}

/// The name of the file that holds a kind's schema.
pub fn file_name(kind: FileKind) -> String {
    format!("{}.json", kind.name())
}

fn print(schema: &Value, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, schema)?;
    writeln!(out)
}

/// The schema of a kind of file.
pub fn of(kind: FileKind) -> Value {
    let mut maker = Maker::default();
    let entry = if kind == FileKind::Questions { maker.question() } else { maker.map(kind.table(), None) };
    let mut schema = if kind.is_list() { json!({"type": "array", "minItems": 1, "items": entry}) } else { entry };
    let head = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format!("flaskdojo: {}", kind.name()),
        "description": format!("Such as {}. `flaskdojo content check` tells what a schema can't.", kind.place()),
    });
    if let (Value::Object(schema), Value::Object(head)) = (&mut schema, head) {
        schema.extend(head);
        if !maker.definitions.is_empty() {
            schema.insert("definitions".to_owned(), maker.definitions.into_iter().collect());
        }
    }
    schema
}

/// Makes schemas and keeps those that others refer to.
#[derive(Default)]
struct Maker {
    definitions: BTreeMap<String, Value>,
}

impl Maker {
    /// A question: the kind says which fields it has.
    fn question(&mut self) -> Value {
        let common = FileKind::Questions.table();
        let cases: Vec<Value> = Kind::TABLES
            .iter()
            .map(|(name, own)| {
                let then = self.map(common, Some(own));
                json!({"if": {"properties": {"kind": {"const": name}}, "required": ["kind"]}, "then": then})
            })
            .collect();
        let kind = common.entry("kind").map(|entry| self.entry(entry));
        json!({"type": "object", "required": ["kind"], "properties": {"kind": kind}, "allOf": cases})
    }

    /// A map with the fields of a table, and those of a second one, which count where both have one.
    fn map(&mut self, table: &Table, more: Option<&Table>) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for entry in table.fields.iter().chain(more.into_iter().flat_map(|more| more.fields)) {
            properties.insert(entry.name.to_owned(), self.entry(entry));
            if entry.rule.needed && !required.contains(&entry.name) {
                required.push(entry.name);
            }
        }
        let mut map = json!({"type": "object", "properties": properties, "additionalProperties": false});
        if !required.is_empty() {
            map["required"] = json!(required);
        }
        map
    }

    fn entry(&mut self, entry: &Entry) -> Value {
        let mut value = self.shape((entry.shape)(), &entry.rule);
        let description = entry.doc.trim();
        // Beside a reference nothing else counts, so the words go around it.
        if value.get("$ref").is_some() {
            value = json!({"allOf": [value]});
        }
        value["description"] = json!(description);
        value
    }

    fn shape(&mut self, shape: Shape, rule: &Rule) -> Value {
        match shape {
            Shape::Text => text(rule),
            Shape::Number => {
                let (least, most) = rule.range.unwrap_or((0, u64::MAX));
                let mut number = json!({"type": "integer", "minimum": least});
                if most < u64::MAX {
                    number["maximum"] = json!(most);
                }
                number
            }
            Shape::Flag => json!({"type": "boolean"}),
            Shape::List(of) => {
                let inner = Rule { range: None, ..*rule };
                let mut list = json!({"type": "array", "items": self.shape(of(), &inner)});
                if let Some((least, most)) = rule.range {
                    list["minItems"] = json!(least);
                    if most < u64::MAX {
                        list["maxItems"] = json!(most);
                    }
                }
                list
            }
            Shape::Named(of) => json!({"type": "object", "additionalProperties": self.shape(of(), rule)}),
            Shape::Fields(table) => self.reference(table),
            Shape::NoneOr(table) => {
                let with = match rule.only {
                    None => self.reference(table),
                    Some((must, may)) => {
                        let mut map = self.map(table, None);
                        if let Some(properties) = map["properties"].as_object_mut() {
                            properties.retain(|name, _| must.contains(&name.as_str()) || may.contains(&name.as_str()));
                        }
                        map["required"] = json!(must);
                        map
                    }
                };
                json!({"anyOf": [{"const": "none", "description": "It can't be run, and `reason` says why."}, with]})
            }
        }
    }

    /// A map that others refer to: it may hold itself.
    fn reference(&mut self, table: &Table) -> Value {
        let name = table.name.replace(' ', "-");
        if !self.definitions.contains_key(&name) {
            self.definitions.insert(name.clone(), Value::Null);
            let map = self.map(table, None);
            self.definitions.insert(name.clone(), map);
        }
        json!({"$ref": format!("#/definitions/{name}")})
    }
}

fn text(rule: &Rule) -> Value {
    if !rule.words.is_empty() {
        return json!({"type": "string", "enum": rule.words});
    }
    let pattern = match (rule.id, rule.like) {
        (Some(prefix), _) if !prefix.is_empty() => {
            let inner = id::PATTERN.trim_start_matches('^');
            return json!({"type": "string", "maxLength": 64, "pattern": format!("^{}{inner}", prefix.replace('.', "\\."))});
        }
        (Some(_), _) => id::PATTERN,
        (None, Some(like)) => like,
        (None, None) if rule.may_be_empty => return json!({"type": "string"}),
        (None, None) => r"\S",
    };
    json!({"type": "string", "pattern": pattern})
}
