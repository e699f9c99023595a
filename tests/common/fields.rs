//! Documents made from their schemas: every field is there, and each kind of what may stand in its place once.

use portal::contract::{FileAddress, Href};
use portal::tools::schema::schemas;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A field that holds a text: the record it is of, and its name.
pub type Field = (String, String);

/// What a text has to be, as the schema names it: `Line`, `Href`…, or `text` for any.
pub type Form = String;

/// The schema of a document.
pub fn schema(name: &str) -> Value {
    let (_, schema) = schemas().into_iter().find(|(own, _)| *own == name).expect("a document's name");
    schema.as_value().clone()
}

/// All fields of a schema in which a text may stand, found without making any document. A record with a short form is one too.
pub fn text_fields(name: &str) -> BTreeSet<Field> {
    let schema = schema(name);
    let mut found = BTreeSet::new();
    let records = schema["$defs"].as_object().into_iter().flatten().map(|(own, it)| (own.as_str(), it));
    for (record, own) in records.chain([(name, &schema)]).filter(|(_, own)| has_fields(own)) {
        if forms(own).any(|form| may_be_text(&schema, form)) {
            found.insert((record.to_owned(), String::new()));
        }
        let fields = forms(own).chain([own]).filter_map(|form| form["properties"].as_object()).flatten();
        let texts = fields.filter(|(_, value)| value["const"].is_null() && may_be_text(&schema, value));
        found.extend(texts.map(|(field, _)| (record.to_owned(), field.clone())));
    }
    found
}

/// What may stand in a place, where that is more than one thing.
fn forms(part: &Value) -> impl Iterator<Item = &Value> {
    ["anyOf", "oneOf"].into_iter().filter_map(|key| part[key].as_array()).flatten()
}

/// Is it a record? What else has a name is a text, or several forms of one.
fn has_fields(definition: &Value) -> bool {
    forms(definition).chain([definition]).any(|form| form["properties"].is_object())
}

/// May it be a text, or a list of such?
fn may_be_text(root: &Value, part: &Value) -> bool {
    if let Some(name) = part["$ref"].as_str() {
        return !has_fields(&root["$defs"][name.trim_start_matches("#/$defs/")]);
    }
    let may_be_anything = part.as_object().is_some_and(|it| it.keys().all(|key| key == "description"));
    may_be_anything
        || part["type"] == "string"
        || part["type"][0] == "string"
        || forms(part).chain(part.get("items")).any(|it| may_be_text(root, it))
}

/// Makes documents of one schema.
pub struct Maker<'a> {
    name: &'a str,
    schema: Value,
    /// The text to stand in a field.
    text: &'a mut dyn FnMut(&Field, &Form) -> String,
    /// The records around what is being made.
    around: Vec<String>,
    /// How often a record that may hold itself does.
    nested: usize,
}

impl<'a> Maker<'a> {
    pub fn new(name: &'a str, text: &'a mut dyn FnMut(&Field, &Form) -> String) -> Self {
        Self { name, schema: schema(name), text, around: Vec::new(), nested: 1 }
    }

    /// Makes smaller ones, in which nothing holds itself.
    // Not every test program needs it.
    #[allow(dead_code)]
    pub fn flat(self) -> Self {
        Self { nested: 0, ..self }
    }

    /// As many documents as it takes for all that may stand in each field.
    pub fn documents(&mut self) -> Vec<Value> {
        let (root, name) = (self.schema.clone(), self.name.to_owned());
        self.values(&root, &(name, String::new()))
    }

    /// All kinds of what a part of a schema allows.
    fn values(&mut self, part: &Value, field: &Field) -> Vec<Value> {
        let own = |form: &str| (form.to_owned(), String::new());
        if let Some(constant) = part.get("const") {
            return vec![constant.clone()];
        }
        if let Some(name) = part["$ref"].as_str().map(|name| name.trim_start_matches("#/$defs/").to_owned()) {
            let referred = self.schema["$defs"][&name].clone();
            if referred["type"] == "string" {
                return vec![Value::from((self.text)(field, &name))];
            }
            if self.around.iter().filter(|around| **around == name).count() > self.nested {
                return Vec::new();
            }
            // A text in several forms belongs to the field it stands in.
            let field = if has_fields(&referred) { own(&name) } else { field.clone() };
            self.around.push(name);
            let mut all = self.values(&referred, &field);
            self.around.pop();
            if let Some(fixed) = part["properties"].as_object() {
                for value in all.iter_mut().filter_map(Value::as_object_mut) {
                    value.extend(fixed.iter().map(|(key, it)| (key.clone(), it["const"].clone())));
                }
            }
            return all;
        }
        if let Some(forms) = ["anyOf", "oneOf"].iter().find_map(|key| part[key].as_array()) {
            return forms.iter().flat_map(|form| self.values(form, field)).collect();
        }
        match part["type"].as_str().or(part["type"][0].as_str()) {
            Some("null") => Vec::new(),
            Some("boolean") => vec![json!(true)],
            Some("integer") => vec![json!(2)],
            Some("array") => vec![Value::Array(self.values(&part["items"], field))],
            Some("object") => self.records(part, &field.0),
            _ => vec![Value::from((self.text)(field, &"text".to_owned()))],
        }
    }

    /// So many records that each kind of each field stands in one.
    fn records(&mut self, part: &Value, name: &str) -> Vec<Value> {
        let fields = part["properties"].as_object().cloned().unwrap_or_default();
        let fields: Vec<(String, Vec<Value>)> = fields
            .iter()
            .map(|(key, it)| (key.clone(), self.values(it, &(name.to_owned(), key.clone()))))
            .filter(|(_, kinds)| !kinds.is_empty())
            .collect();
        let most = fields.iter().map(|(_, kinds)| kinds.len()).max().unwrap_or(1);
        let record =
            |at: usize| fields.iter().map(move |(key, kinds)| (key.clone(), kinds[at.min(kinds.len() - 1)].clone()));
        (0..most).map(|at| Value::Object(record(at).collect::<Map<_, _>>())).collect()
    }
}

/// A text that is all right for its form, and an attack where the form allows one; the `turn` chooses which.
pub fn attack_within(form: &str, turn: usize, texts: &[&str], addresses: &[&str]) -> String {
    let chosen = |all: Vec<&str>| all[turn % all.len()].to_owned();
    match form {
        "Slug" => "thong-bao".to_owned(),
        "Timestamp" => "2020-10-10T17:00:00+07:00".to_owned(),
        "Lang" => "vi".to_owned(),
        "Origin" => "https://a.example.vn".to_owned(),
        "Href" => chosen(addresses.iter().copied().filter(|it| Href::new(*it).is_some()).collect()),
        "FileAddress" => chosen(addresses.iter().copied().filter(|it| FileAddress::new(*it).is_some()).collect()),
        _ => chosen(texts.to_vec()),
    }
}
