//! The committed JSON Schemas are those of the types, and they tell good documents from broken ones.

use jsonschema::Validator;
use portal::contract::{Article, Home, List, Page, Redirects, Results, Section, Site, Visits, decode};
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
        let wanted = schema_for(path.trim_start_matches("en/"));
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
    for key in ["slug", "section", "title"] {
        let mut document = article();
        document.as_object_mut().expect("an object").remove(key);
        assert!(!validator.is_valid(&document), "without {key}");
    }
    for key in ["published_at", "body"] {
        let mut document = article();
        document.as_object_mut().expect("an object").remove(key);
        assert!(validator.is_valid(&document), "without {key}");
    }
}

/// Identity, title and path; beyond these only that without which a record has nothing to show. Longer means that documents
/// which were right no longer are.
const REQUIRED: &[(&str, &str)] = &[
    ("Answer", "body"),
    ("Attachment", "name href"),
    ("Audio", "title src"),
    ("Branch", "slug title"),
    ("Edition", "language title"),
    ("Figure", "key value"),
    ("FigureBlock", "picture"),
    ("Gallery", "pictures"),
    ("Group", "title children"),
    ("Heading", "text"),
    ("Hit", "slug title"),
    ("LatestOf", "section articles"),
    ("Link", "title href"),
    ("ListBlock", "items"),
    ("Logo", "src"),
    ("Notice", "id text"),
    ("OfSection", "section count"),
    ("OfYear", "year count"),
    ("Paragraph", "text"),
    ("Picture", "sources width height alt"),
    ("PictureSource", "src width"),
    ("Pin", "section slug"),
    ("Question", "text"),
    ("Quote", "text"),
    ("Redirect", "from to"),
    ("Reference", "section slug title"),
    ("Run", "text"),
    ("SearchSource", "url"),
    ("Source", "name"),
    ("Table", "rows"),
    ("Teaser", "section slug title"),
    ("Video", "title src"),
    ("Withdrawal", "reason"),
    ("YearOf", "year count"),
    ("article", "slug section title"),
    ("list", "section number articles"),
    ("page", "slug title"),
    ("results", "total results"),
    ("section", "slug total page_size lists"),
    ("site", "name tree"),
    ("visits", "as_of figures"),
];

#[test]
fn no_more_is_required_than_there_must_be() {
    let required = |value: &Value| {
        let names = value["required"].as_array().map(Vec::as_slice).unwrap_or_default().iter();
        names.filter_map(Value::as_str).filter(|name| *name != "kind").collect::<Vec<_>>().join(" ")
    };
    let mut found = std::collections::BTreeMap::new();
    for (name, schema) in schema::schemas() {
        let schema = schema.to_value();
        found.insert(name.to_owned(), required(&schema));
        for (name, record) in schema["$defs"].as_object().into_iter().flatten() {
            found.insert(name.clone(), required(record));
        }
    }
    found.retain(|_, required| !required.is_empty());
    let wanted = REQUIRED.iter().map(|(name, of)| ((*name).to_owned(), (*of).to_owned()));
    assert_eq!(found, wanted.collect());
}

#[test]
fn names_of_fields_can_be_told_from_numbers_and_paths() {
    fn names<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(fields) => {
                found.extend(value["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str()));
                fields.values().for_each(|value| names(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| names(value, found)),
            _ => {}
        }
    }
    let schemas: Vec<Value> = schema::schemas().into_iter().map(|(_, schema)| schema.to_value()).collect();
    let mut found = Vec::new();
    schemas.iter().for_each(|schema| names(schema, &mut found));
    assert!(found.len() > 50);
    for name in found {
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{name}");
    }
}

/// The shortest documents that have every field which some record requires.
fn full_documents() -> Vec<(&'static str, Value)> {
    let picture = json!({ "sources": [{ "src": "/a.webp", "width": 2 }], "width": 2, "height": 1, "alt": "x" });
    let teaser = json!({ "section": "b", "slug": "a", "title": "A", "published_at": "2024-01-01T00:00:00Z", "picture": picture });
    let reference = json!({ "section": "b", "slug": "a", "title": "A" });
    let mut full = article();
    full["source"] = json!({ "name": "x" });
    full["status"] = json!({ "kind": "withdrawn", "reason": "x" });
    full["related"] = json!([reference]);
    full["attachments"] = json!([{ "name": "x", "href": "/a.pdf" }]);
    full["body"] = json!([
        { "kind": "paragraph", "text": [{ "text": "x", "em": true }] },
        { "kind": "heading", "text": "x" },
        { "kind": "quote", "text": "x" },
        { "kind": "list", "items": [{ "text": "x", "list": { "items": ["x"] } }] },
        { "kind": "figure", "picture": picture },
        { "kind": "gallery", "pictures": [picture] },
        { "kind": "table", "rows": [[{ "text": "x", "header": true }]] },
        { "kind": "question", "text": "x" },
        { "kind": "answer", "body": [{ "kind": "separator" }] },
        { "kind": "audio", "title": "x", "src": "/a.mp3" },
        { "kind": "video", "title": "x", "src": "/a.webm" },
        { "kind": "attachment", "name": "x", "href": "/a.pdf" },
    ]);
    let tree = json!([
        { "kind": "section", "slug": "b", "title": "B" },
        { "kind": "group", "title": "G", "children": [{ "kind": "page", "slug": "p", "title": "P" }] },
    ]);
    let link = json!({ "title": "x", "href": "/" });
    vec![
        ("article", full),
        ("page", json!({ "slug": "p", "title": "P" })),
        ("home", json!({ "lead": [teaser], "latest": [{ "section": "b", "articles": [teaser] }] })),
        (
            "section",
            json!({ "slug": "b", "total": 1, "page_size": 1, "lists": 0, "newest": [teaser], "years": [{ "year": 2024, "count": 1 }] }),
        ),
        ("list", json!({ "section": "b", "number": 1, "articles": [teaser] })),
        ("visits", json!({ "as_of": "2024-01-01T00:00:00Z", "figures": [{ "key": "total", "value": 1 }] })),
        ("redirects", json!({ "redirects": [{ "from": "/a", "to": "/b" }] })),
        (
            "results",
            json!({
                "total": 1,
                "results": [{
                    "section": "b", "slug": "a", "title": [{ "text": "A", "found": true }],
                    "published_at": "2024-01-01T00:00:00Z", "extract": [{ "text": "x" }],
                }],
                "sections": [{ "section": "b", "count": 1 }], "years": [{ "year": 2024, "count": 1 }], "suggestion": "x",
            }),
        ),
        (
            "site",
            json!({
                "name": "x", "tree": tree, "logo": { "src": "/a.svg" }, "utility": [link],
                "notices": [{ "id": "n", "text": "x" }], "home": { "pinned": [{ "section": "b", "slug": "a" }] },
                "search": { "url": "https://tim.example.vn/" },
            }),
        ),
    ]
}

fn decodes(name: &str, document: &Value) -> bool {
    let text = document.to_string();
    match name {
        "article" => decode::document::<Article>(&text).is_ok(),
        "page" => decode::document::<Page>(&text).is_ok(),
        "home" => decode::document::<Home>(&text).is_ok(),
        "section" => decode::document::<Section>(&text).is_ok(),
        "list" => decode::document::<List>(&text).is_ok(),
        "visits" => decode::document::<Visits>(&text).is_ok(),
        "redirects" => decode::document::<Redirects>(&text).is_ok(),
        "results" => decode::document::<Results>(&text).is_ok(),
        "site" => decode::document::<Site>(&text).is_ok(),
        other => panic!("no document is called {other}"),
    }
}

/// The JSON pointers of all values in a document.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut below = |key: String, value: &Value| {
        let at = format!("{at}/{key}");
        found.push(at.clone());
        pointers(value, &at, found);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| below(key.clone(), value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| below(index.to_string(), value)),
        _ => {}
    }
}

#[test]
fn schema_and_decoder_ask_for_the_same_fields() {
    for (name, document) in full_documents() {
        let validator = validator(name);
        assert!(validator.is_valid(&document) && decodes(name, &document), "{name}");
        let mut found = Vec::new();
        pointers(&document, "", &mut found);
        let mut required = 0;
        for pointer in found {
            let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
            let mut without = document.clone();
            let Some(Value::Object(fields)) = without.pointer_mut(parent) else { continue };
            fields.shift_remove(key);
            assert_eq!(validator.is_valid(&without), decodes(name, &without), "{name} without {pointer}");
            required += u32::from(!decodes(name, &without));
        }
        assert!(required > 0 || name == "redirects", "{name}");
    }
}

#[test]
fn schema_and_decoder_take_the_same_values() {
    let long = "a".repeat(151);
    let values: [(&str, &[&str]); 5] = [
        (
            "title",
            &["x", " ", "", "\u{85}", "\u{a0}", "\u{200b}", "\u{202e}\u{feff}", "\u{0}", "\u{200d}", "\u{200b}x"],
        ),
        (
            "published_at",
            &[
                "2024-01-01T00:00:00Z",
                "2024-01-01t00:00:00+07:00",
                "2024-01-01 00:00:00Z",
                "2024-01-01T00:00:00",
                "2024-01-01",
            ],
        ),
        ("slug", &["a", "tin-2020", "Tin", "a--b", "-a", "", &long[..150], &long]),
        (
            "source/url",
            &[
                "https://a.vn",
                "HTTP://a.vn/x",
                "mailto:a@b.vn",
                "MAILTO:a@b.vn",
                "tel:+84",
                "/",
                "/a/?b#c",
                "//evil.vn",
                "/\\evil.vn",
                "javascript:x",
                "https:x",
                "https:///x",
                "a b",
                "/a b",
                "mailto:",
                "",
                "#x",
            ],
        ),
        (
            "attachments/0/href",
            &["/a.pdf", "https://a.vn/a.pdf", "Https://a.vn", "mailto:a@b.vn", "TEL:1", "//a.vn", "a.pdf"],
        ),
    ];
    let validator = validator("article");
    let (_, full) = full_documents().remove(0);
    for (field, texts) in values {
        for text in texts {
            let mut document = full.clone();
            *document.pointer_mut(&format!("/{}", field.replace("url", "name"))).expect("the field") = json!("x");
            match field {
                "source/url" => document["source"]["url"] = json!(text),
                _ => *document.pointer_mut(&format!("/{field}")).expect("the field") = json!(text),
            }
            assert_eq!(validator.is_valid(&document), decodes("article", &document), "{field}: {text}");
        }
    }
}

#[test]
fn short_forms_and_kinds_of_later_versions_are_accepted() {
    let mut document = article();
    document["body"] = json!([
        { "kind": "timeline", "text": "…", "anything": [1, 2] },
        { "kind": "timeline", "text": [["…"]] },
        { "kind": "timeline", "text": { "vi": "…" } },
        { "kind": "timeline", "text": 7 },
        { "kind": "list", "items": ["a", ["b", { "text": "c", "em": true }], { "text": "d", "list": { "items": ["e"] } }] },
        { "kind": "table", "rows": [["a", { "text": "b", "colspan": 2 }]] },
        { "kind": "separator" },
    ]);
    assert!(validator("article").is_valid(&document) && decodes("article", &document));
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
    assert_eq!(description["paths"].as_object().map(serde_json::Map::len), Some(9));
}

#[test]
fn the_search_of_an_api_is_described() {
    let description = read(&project().join("public/schema/openapi.json"));
    let search = &description["paths"]["/api/v1/search"]["get"];
    let names: Vec<_> =
        search["parameters"].as_array().expect("a list").iter().map(|one| one["name"].as_str()).collect();
    assert_eq!(names, ["q", "chuyen-muc", "nam", "trang"].map(Some));
    let answer = &search["responses"]["200"]["content"]["application/json"]["schema"]["$ref"];
    assert_eq!(answer, "#/components/schemas/Results");
}
