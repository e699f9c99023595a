//! The committed JSON Schemas are those of the types, and they tell good documents from broken ones.

use jsonschema::Validator;
use portal::tools::schema;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn validator(name: &str) -> Validator {
    let schema = read(&project().join(format!("public/schema/{name}.schema.json")));
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a valid schema")
}

#[test]
fn the_committed_schemas_are_up_to_date() {
    for (name, text) in schema::files() {
        let committed = fs::read_to_string(project().join("public/schema").join(&name)).unwrap_or_default();
        assert!(committed == text, "public/schema/{name} is stale: run `cargo run -- schema` and commit it");
    }
}

/// The schema of a sample document, by its path below `public/api/v1`.
fn schema_for(path: &str) -> &'static str {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["site.json"] => "site",
        ["home.json"] => "home",
        ["visits.json"] => "visits",
        ["redirects.json"] => "redirects",
        ["articles", ..] => "article",
        ["pages", _] => "page",
        ["sections", _] => "section",
        ["sections", ..] => "list",
        _ => panic!("{path} is not a document of the API"),
    }
}

#[test]
fn every_sample_document_is_valid() {
    let names = ["site", "home", "visits", "redirects", "article", "page", "section", "list"];
    let validators: Vec<_> = names.map(|name| (name, validator(name))).into();
    let api = project().join("public/api/v1");
    let files = WalkDir::new(&api).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let mut seen = std::collections::HashSet::new();
    for entry in files {
        let path = entry.path().strip_prefix(&api).expect("below the folder").display().to_string();
        let wanted = schema_for(&path);
        let (_, validator) = validators.iter().find(|(name, _)| *name == wanted).expect("every schema is there");
        let errors: Vec<String> = validator
            .iter_errors(&read(entry.path()))
            .map(|error| format!("{path}: {}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new());
        seen.insert(wanted);
    }
    assert_eq!(seen.len(), names.len(), "the sample has documents of every kind");
}

fn article() -> Value {
    json!({ "slug": "a", "section": "b", "title": "A", "published_at": "2024-01-01T00:00:00+07:00", "body": [] })
}

#[test]
fn broken_documents_are_rejected() {
    let validator = validator("article");
    assert!(validator.is_valid(&article()));
    let broken: [(&str, Value); 8] = [
        ("slug", json!("Ả")),
        ("title", json!(" ")),
        ("published_at", json!("10/10/2020")),
        ("views", json!(-1)),
        ("source", json!({ "name": "x", "url": "javascript:alert(1)" })),
        ("status", json!({ "kind": "withdrawn" })),
        ("body", json!([{ "kind": "paragraph" }])),
        ("body", json!([{ "kind": "figure", "picture": { "sources": [] } }])),
    ];
    for (key, value) in broken {
        let mut document = article();
        document[key] = value;
        assert!(!validator.is_valid(&document), "{document}");
    }
    for key in ["slug", "section", "title", "published_at"] {
        let mut document = article();
        document.as_object_mut().expect("an object").remove(key);
        assert!(!validator.is_valid(&document), "without {key}");
    }
}

#[test]
fn short_forms_and_kinds_of_later_versions_are_accepted() {
    let mut document = article();
    document["body"] = json!([
        { "kind": "timeline", "text": "…", "anything": [1, 2] },
        { "kind": "list", "items": ["a", ["b", { "text": "c", "em": true }], { "text": "d", "list": { "items": ["e"] } }] },
        { "kind": "table", "rows": [["a", { "text": "b", "colspan": 2 }]] },
        { "kind": "separator" },
    ]);
    assert!(validator("article").is_valid(&document));
}

#[test]
fn the_openapi_description_resolves_its_references() {
    let description = read(&project().join("public/schema/openapi.json"));
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    references(&description, &mut found);
    assert!(found.len() > 50);
    for reference in found {
        let pointer = reference.strip_prefix('#').expect("a local reference");
        assert!(description.pointer(pointer).is_some(), "{reference}");
    }
    assert_eq!(description["paths"].as_object().map(serde_json::Map::len), Some(8));
}
