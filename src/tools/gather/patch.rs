//! Brings the derived fields of an article up to date in its untyped JSON, so that fields and blocks of later
//! versions, and the author's order of keys, stay as they are.

use crate::contract::{Reference, Slug};
use serde_json::{Map, Value};

/// Sets the next newer and the next older article.
pub fn neighbours(article: &mut Value, newer: Option<&Reference>, older: Option<&Reference>) {
    let Some(article) = article.as_object_mut() else { return };
    set(article, "newer", newer.map(to_value), &["older", "attachments", "body"]);
    set(article, "older", older.map(to_value), &["attachments", "body"]);
}

/// Sets titles, dates and languages of related articles; one that `find` does not know is left alone.
pub fn related(article: &mut Value, find: impl Fn(&Slug, &Slug) -> Option<Reference>) {
    let slug = |value: &Value, key: &str| value.get(key)?.as_str().and_then(Slug::new);
    for reference in article.get_mut("related").and_then(Value::as_array_mut).into_iter().flatten() {
        let found =
            slug(reference, "section").zip(slug(reference, "slug")).and_then(|(section, slug)| find(&section, &slug));
        if let (Some(found), Some(reference)) = (found, reference.as_object_mut()) {
            set(reference, "title", Some(found.title.as_str().into()), &[]);
            set(reference, "published_at", found.published_at.map(|at| at.to_string().into()), &[]);
            set(reference, "language", found.language.map(|language| language.to_string().into()), &[]);
        }
    }
}

/// Sets the sizes of attachments, sounds and films whose file `size_of` knows.
pub fn sizes(document: &mut Value, size_of: &impl Fn(&str) -> Option<u64>) {
    for attachment in document.get_mut("attachments").and_then(Value::as_array_mut).into_iter().flatten() {
        set_size(attachment, "href", size_of);
    }
    for block in document.get_mut("body").and_then(Value::as_array_mut).into_iter().flatten() {
        match block.get("kind").and_then(Value::as_str) {
            Some("attachment") => set_size(block, "href", size_of),
            Some("audio" | "video") => set_size(block, "src", size_of),
            Some("answer") => sizes(block, size_of),
            _ => {}
        }
    }
}

fn set_size(file: &mut Value, address: &str, size_of: impl Fn(&str) -> Option<u64>) {
    let Some(file) = file.as_object_mut() else { return };
    let local = file.get(address).and_then(Value::as_str).filter(|address| address.starts_with('/'));
    let path = local.and_then(|address| address.split(['?', '#']).next());
    if let Some(size) = path.and_then(size_of) {
        set(file, "bytes", Some(size.into()), &["width", "height", "poster", "captions", "transcript"]);
    }
}

/// Sets a field where it is, or before the first of the fields that follow it in the contract; `None` removes it.
fn set(object: &mut Map<String, Value>, key: &str, value: Option<Value>, followers: &[&str]) {
    match (value, object.get_mut(key)) {
        (None, _) => drop(object.shift_remove(key)),
        (Some(value), Some(place)) => *place = value,
        (Some(value), None) => {
            let place = object.keys().position(|key| followers.contains(&key.as_str())).unwrap_or(object.len());
            object.shift_insert(place, key.to_owned(), value);
        }
    }
}

fn to_value(reference: &Reference) -> Value {
    serde_json::to_value(reference).expect("a reference has text keys only")
}
