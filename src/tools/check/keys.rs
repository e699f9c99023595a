//! The keys of a document: none twice in one object, none that looks mistyped.
//!
//! JSON readers keep the last of two equal keys without a word, and the contract ignores fields it does not know; so
//! both mistakes are looked for in the text itself.

use super::inspection::{Inspection, meant};
use crate::tools::schema;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::sync::LazyLock;

/// The names of all fields of the contract.
static FIELDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    fn collect(schema: &Value, names: &mut BTreeSet<String>) {
        match schema {
            Value::Object(parts) => {
                if let Some(Value::Object(properties)) = parts.get("properties") {
                    names.extend(properties.keys().cloned());
                }
                parts.values().for_each(|part| collect(part, names));
            }
            Value::Array(parts) => parts.iter().for_each(|part| collect(part, names)),
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    schema::schemas().iter().for_each(|(_, schema)| collect(schema.as_value(), &mut names));
    names
});

impl Inspection<'_> {
    /// The keys of a document, by its text. What is no JSON was reported before.
    pub fn keys(&mut self, text: &str) {
        let mut reader = serde_json::Deserializer::from_str(text);
        _ = Keys(self).deserialize(&mut reader);
    }
}

/// Goes through a value with the eye on it.
struct Keys<'i, 'a>(&'i mut Inspection<'a>);

impl<'de> DeserializeSeed<'de> for Keys<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Keys<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let inspection = self.0;
        let mut keys = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            let mut entered = Ok(());
            inspection.field(&key, |it| entered = map.next_value_seed(Keys(it)));
            entered?;
            if keys.contains(&key) {
                inspection.problem_in(&key, "stands twice, and only the last counts", "remove one of the two");
            }
            keys.insert(key);
        }
        for key in keys.iter().filter(|key| !FIELDS.contains(*key)).collect::<BTreeSet<_>>() {
            let absent = FIELDS.iter().filter(|known| !keys.contains(*known)).map(String::as_str);
            if let Some(known) = meant(key, absent) {
                inspection.problem_in(
                    key,
                    "is no field of the contract, probably mistyped",
                    format!("write `{known}`"),
                );
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let inspection = self.0;
        let mut index = 0;
        loop {
            let mut next = Ok(None);
            inspection.item(index, |it| next = items.next_element_seed(Keys(it)));
            if next?.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
