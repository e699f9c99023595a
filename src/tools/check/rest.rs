//! What is left of a document without its faulty values, so that one mistake does not hide the others of its document.

use crate::contract::decode::Problems;
use crate::contract::{Document, Problem};
use crate::tools::decoded::Decoded;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Of a document in which more is wrong, all of that kind, nothing else is told: it is mended as a whole.
const MOST_LEFT_OUT: usize = 1_000;

/// One step on the way from the root of a document to a value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Index(usize),
}

/// A document as far as it can be decoded.
#[derive(Default)]
pub struct Rest {
    /// The document; `None` if nothing is left of it.
    pub decoded: Option<Decoded>,
    /// What is missing in it.
    pub left_out: LeftOut,
    /// Why.
    pub problems: Problems,
}

/// Where values of a document were left out, or replaced by others that only keep their place.
#[derive(Default)]
pub struct LeftOut {
    places: BTreeSet<Vec<Step>>,
    /// Of each list, the items it lost.
    items: BTreeMap<Vec<Step>, BTreeSet<usize>>,
}

impl Rest {
    /// Decodes a document, if need be without what cannot be decoded.
    pub fn of(document: &Document, text: &str) -> Self {
        let problems = match Decoded::read(document, text) {
            Ok(whole) => return Self { decoded: Some(whole), left_out: LeftOut::default(), problems: Vec::new() },
            Err(problems) => problems,
        };
        let mut left_out = LeftOut::default();
        let value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok();
        let decoded = value.and_then(|value| left_out.decode(document, value, &problems));
        Self { decoded, left_out, problems }
    }
}

impl LeftOut {
    /// Leaves out what the problems name, and what cannot be without that, until the document decodes; `None` if that is
    /// too much.
    fn decode(&mut self, document: &Document, mut value: Value, problems: &[Problem]) -> Option<Decoded> {
        let mut places = places(problems);
        while self.places.len() + places.len() <= MOST_LEFT_OUT {
            // From the end, so that no item moves which another place names.
            while let Some(place) = places.pop_last() {
                let gone = self.leave_out(&mut value, &place, document)?;
                places.retain(|place| !place.starts_with(gone));
            }
            match Decoded::read(document, &value.to_string()) {
                Ok(decoded) => return Some(decoded),
                Err(problems) => places = self::places(&problems),
            }
        }
        None
    }

    /// Leaves out the value at a place, puts something in its place, or leaves out what it is part of: answers the place
    /// where that was; `None` if it is the document itself.
    fn leave_out<'p>(&mut self, root: &mut Value, place: &'p [Step], document: &Document) -> Option<&'p [Step]> {
        let (last, parents) = place.split_last()?;
        let own = self.original(place);
        match (last, at(root, parents)) {
            (Step::Index(index), Some(Value::Array(items))) if *index < items.len() => {
                items.remove(*index);
                if let Some(Step::Index(index)) = own.last() {
                    self.items.entry(self.original(parents)).or_default().insert(*index);
                }
            }
            (Step::Key(key), Some(Value::Object(fields))) => match stand_in(document, parents, key) {
                Some(value) if fields.get(key) != Some(&value) => drop(fields.insert(key.clone(), value)),
                // What stands in does not do here, or there is nothing to leave out.
                _ if fields.remove(key).is_none_or(|_| self.places.contains(&own)) => {
                    return self.leave_out(root, parents, document);
                }
                _ => {}
            },
            // It went with another one.
            _ => {}
        }
        self.places.insert(own);
        Some(place)
    }

    /// The place in the document as it is written of a place in what is left.
    fn original(&self, place: &[Step]) -> Vec<Step> {
        let mut own = Vec::with_capacity(place.len());
        for step in place {
            let step = match step {
                Step::Index(index) => {
                    let lost = self.items.get(&own).into_iter().flatten();
                    Step::Index(lost.fold(*index, |index, lost| index + usize::from(*lost <= index)))
                }
                Step::Key(_) => step.clone(),
            };
            own.push(step);
        }
        own
    }

    /// Is nothing left out?
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Is anything left out at, in or around the place of a path in what is left? A rule that needs it has nothing to say.
    pub fn touches(&self, path: &str) -> bool {
        self.covers(path) || {
            let own = self.original(&place(path));
            self.places.range(own.clone()..).next().is_some_and(|lost| lost.starts_with(&own))
        }
    }

    /// Is the place of a path in what is left out itself, or in what is?
    pub fn covers(&self, path: &str) -> bool {
        if self.places.is_empty() {
            return false;
        }
        let own = self.original(&place(path));
        (0..=own.len()).any(|length| self.places.contains(&own[..length]))
    }

    /// The path in the document as it is written of a path in what is left.
    pub fn path(&self, path: &str) -> String {
        if self.items.is_empty() {
            return path.to_owned();
        }
        let mut written = String::new();
        for step in self.original(&place(path)) {
            let dot = if written.is_empty() { "" } else { "." };
            match step {
                Step::Key(key) => write!(written, "{dot}{key}"),
                Step::Index(index) => write!(written, "[{index}]"),
            }
            .expect("writing to a String cannot fail");
        }
        written
    }
}

/// What keeps the place of a field that must be there: nothing is said of it, but what stands beside it is inspected.
fn stand_in(document: &Document, parents: &[Step], key: &str) -> Option<Value> {
    let of_path = match (document, key) {
        (Document::Article(section, _) | Document::List(section, _), "section") => Some(json!(section)),
        (Document::Article(_, slug) | Document::Page(slug) | Document::Section(slug), "slug") => Some(json!(slug)),
        (Document::List(_, number), "number") => Some(json!(number)),
        _ => None,
    };
    of_path.filter(|_| parents.is_empty()).or_else(|| {
        Some(match key {
            "alt" | "cite" | "text" | "title" | "name" | "reason" => json!("?"),
            "slug" | "section" | "id" | "key" => json!("x"),
            "src" | "href" | "from" | "to" | "url" => json!("/"),
            "width" | "height" | "year" | "count" | "value" | "total" | "page_size" => json!(1),
            "lists" => json!(0),
            "sources" | "pictures" | "rows" | "items" | "body" | "articles" | "figures" | "tree" | "children" => {
                json!([])
            }
            "as_of" => json!("2000-01-01T00:00:00Z"),
            _ => return None,
        })
    })
}

fn places(problems: &[Problem]) -> BTreeSet<Vec<Step>> {
    problems.iter().map(|problem| place(&problem.path)).collect()
}

/// The place that a path names; no name of the contract has a dot or a bracket.
fn place(path: &str) -> Vec<Step> {
    let parts = path.split(['.', '[', ']']).filter(|part| !part.is_empty() && *part != "$");
    parts.map(|part| part.parse().map_or_else(|_| Step::Key(part.to_owned()), Step::Index)).collect()
}

/// The value at a place.
fn at<'v>(root: &'v mut Value, place: &[Step]) -> Option<&'v mut Value> {
    place.iter().try_fold(root, |value, step| match step {
        Step::Key(key) => value.as_object_mut().and_then(|fields: &mut Map<_, _>| fields.get_mut(key)),
        Step::Index(index) => value.as_array_mut()?.get_mut(*index),
    })
}
