//! The keys of a document: none twice in one object, none that looks mistyped. On the way its texts are seen, too.
//!
//! JSON readers keep the last of two equal keys without a word, and the contract ignores fields it does not know; so
//! both mistakes are looked for in the text itself.

use super::inspection::Inspection;
use crate::contract::Document;
use crate::tools::schema;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

/// The schemas of the documents, by name.
static SCHEMAS: LazyLock<BTreeMap<&str, Value>> =
    LazyLock::new(|| schema::schemas().into_iter().map(|(name, schema)| (name, schema.to_value())).collect());

fn schema_of(document: &Document) -> &'static Value {
    &SCHEMAS[match document {
        Document::Site => "site",
        Document::Home => "home",
        Document::Section(_) => "section",
        Document::List(..) => "list",
        Document::Article(..) => "article",
        Document::Page(_) => "page",
        Document::Visits => "visits",
        Document::Redirects => "redirects",
    }]
}

impl Inspection<'_> {
    /// The keys of a document, by its text. What is no JSON was reported before.
    pub fn keys(&mut self, document: &Document, text: &str) {
        let mut reader = serde_json::Deserializer::from_str(text);
        if let Ok(value) = Keys(self).deserialize(&mut reader) {
            let schema = schema_of(document);
            self.names(&value, &[schema], &schema["$defs"]);
        }
    }

    /// Names that look mistyped, and texts, of a value that one of these schemas describes.
    fn names(&mut self, value: &Value, schemas: &[&Value], definitions: &Value) {
        if let Value::String(text) = value {
            return self.composed(text);
        }
        if !value.is_object() && !value.is_array() {
            return;
        }
        let mut described = Vec::new();
        let kind = value.get("kind");
        schemas.iter().for_each(|schema| describe(schema, kind, definitions, &mut described));
        let below = |name: &str| -> Vec<&Value> { described.iter().filter_map(|schema| schema.get(name)).collect() };
        match value {
            Value::Object(fields) => {
                let records = below("properties");
                for (key, value) in fields {
                    let of_key: Vec<&Value> = records.iter().filter_map(|record| record.get(key)).collect();
                    if !of_key.is_empty() {
                        self.field(key, |it| it.names(value, &of_key, definitions));
                    } else if let Some(known) = meant_field(key, &records, fields) {
                        let what = "is no field of the contract here, probably mistyped";
                        self.problem_in(key, what, format!("write `{known}`"));
                    }
                }
            }
            Value::Array(items) => {
                let of_items = below("items");
                self.each(items, |it, _, item| it.names(item, &of_items, definitions));
            }
            _ => {}
        }
    }
}

/// The schemas that a schema is made of, of those told apart by `kind` only the one of this kind. What a kind of a
/// later version holds is not known.
fn describe<'s>(schema: &'s Value, kind: Option<&Value>, definitions: &'s Value, found: &mut Vec<&'s Value>) {
    if let Some(own) = schema.get("properties").and_then(|fields| fields.get("kind")) {
        let is_this = own.get("const").map_or_else(|| own.get("not").is_none(), |own| Some(own) == kind);
        if !is_this {
            return;
        }
    }
    found.push(schema);
    let parts = ["anyOf", "oneOf"].into_iter().filter_map(|name| schema.get(name)?.as_array()).flatten();
    let named = schema.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next());
    parts.chain(named.and_then(|name| definitions.get(name))).for_each(|it| describe(it, kind, definitions, found));
}

/// The field that an unknown one was probably meant to be: one that is known here and absent.
fn meant_field<'k>(typed: &str, records: &[&'k Value], there: &Map<String, Value>) -> Option<&'k str> {
    let known = records.iter().filter_map(|record| record.as_object()).flatten().map(|(name, _)| name.as_str());
    known.filter(|known| !there.contains_key(*known)).find(|known| is_slip(typed, known))
}

/// Is a name another one but for a slip of the hand: a letter too many, too few or another, or two neighbours exchanged?
fn is_slip(typed: &str, known: &str) -> bool {
    // With one other letter a short name is another word: `order` is not `older`, nor is `read` `lead`.
    let has_other_letter = strsim::hamming(typed, known) == Ok(1);
    let shortest = if has_other_letter { 6 } else { 4 };
    typed.chars().count() >= shortest && strsim::damerau_levenshtein(typed, known) == 1
}

/// Reads a value with the eye on it.
struct Keys<'i, 'a>(&'i mut Inspection<'a>);

impl<'de> DeserializeSeed<'de> for Keys<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Keys<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let inspection = self.0;
        let mut fields = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let mut entered = Ok(Value::Null);
            inspection.field(&key, |it| entered = map.next_value_seed(Keys(it)));
            let entered = entered?;
            if fields.contains_key(&key) {
                inspection.problem_in(&key, "stands twice, and only the last counts", "remove one of the two");
            }
            fields.insert(key, entered);
        }
        Ok(Value::Object(fields))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inspection = self.0;
        let mut read = Vec::new();
        loop {
            let mut next = Ok(None);
            inspection.item(read.len(), |it| next = items.next_element_seed(Keys(it)));
            match next? {
                Some(item) => read.push(item),
                None => return Ok(Value::Array(read)),
            }
        }
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
}
