//! The OpenAPI description of the API: the paths of `contract::document`, and the schemas as components.

use super::schema::settings;
use crate::contract::{Article, Home, List, Page, Redirects, Results, Section, Site, Slug, Visits};
use crate::routes::LONGEST_QUERY;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// The OpenAPI description.
pub fn description() -> Value {
    let mut generator = settings().with(|it| it.definitions_path = "/components/schemas".into()).into_generator();
    let paths = paths(&mut generator);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Portal API",
            "version": "1.0.0",
            "description": DESCRIPTION,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" }
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{ "url": "/", "description": "Beside the portal itself, or on another origin that allows it by CORS and exposes Retry-After and Date." }],
        "paths": paths,
        "components": { "schemas": generator.take_definitions(true) }
    })
}

const DESCRIPTION: &str = "Read-only JSON documents at fixed paths: a back end may answer them, or a plain folder of \
    files on a CDN. Every answer is `application/json` in UTF-8. Fields and block kinds that a reader does not know \
    are passed over, so later versions may add some. There is no HTML in any field.";

fn paths(generator: &mut SchemaGenerator) -> Map<String, Value> {
    let paths = [
        ("site.json", path::<Site>(generator, "The portal itself", &[])),
        ("home.json", path::<Home>(generator, "The home page", &[])),
        ("sections/{slug}.json", path::<Section>(generator, "A section", &["slug"])),
        ("sections/{slug}/{number}.json", path::<List>(generator, "A full list of a section", &["slug", "number"])),
        ("articles/{section}/{slug}.json", path::<Article>(generator, "An article", &["section", "slug"])),
        ("pages/{slug}.json", path::<Page>(generator, "An undated page", &["slug"])),
        ("visits.json", path::<Visits>(generator, "The visit statistics", &[])),
        ("redirects.json", path::<Redirects>(generator, "Old addresses and where they lead now", &[])),
    ];
    let paths = paths.into_iter().chain([("search", search(generator))]);
    paths.map(|(path, item)| (format!("/api/v1/{path}"), item)).collect()
}

/// The one address that is not a document: it may be anywhere, and most portals have none.
fn search(generator: &mut SchemaGenerator) -> Value {
    let parameter = |name: &str, required: bool, description: &str, schema: Value| json!({ "name": name, "in": "query", "required": required, "description": description, "schema": schema });
    let slug = generator.subschema_for::<Slug>().to_value();
    let parameters = [
        parameter("q", true, "What the reader typed.", json!({ "type": "string", "maxLength": LONGEST_QUERY })),
        parameter("chuyen-muc", false, "Only articles of this section.", slug),
        parameter("nam", false, "Only articles of this year.", json!({ "type": "integer", "minimum": 0 })),
        parameter("trang", false, "The page of ten, from 1 (absent).", json!({ "type": "integer", "minimum": 1 })),
    ];
    json!({
        "get": {
            "operationId": "search",
            "summary": "What a search finds",
            "description": "Only of an API that searches itself. `search.url` in `site.json` names it, and it may be at any address.",
            "parameters": parameters,
            "responses": responses(&generator.subschema_for::<Results>())
        }
    })
}

fn path<T: JsonSchema>(generator: &mut SchemaGenerator, summary: &str, parameters: &[&str]) -> Value {
    let parameters: Vec<Value> = parameters
        .iter()
        .map(|name| {
            let schema = if *name == "number" {
                json!({ "type": "integer", "minimum": 1 })
            } else {
                generator.subschema_for::<Slug>().to_value()
            };
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        })
        .collect();
    json!({
        "get": {
            "operationId": format!("get{}", T::schema_name()),
            "summary": summary,
            "parameters": parameters,
            "responses": responses(&generator.subschema_for::<T>())
        }
    })
}

fn responses(schema: &Schema) -> Value {
    json!({
        "200": { "description": "The document.", "content": { "application/json": { "schema": schema } } },
        "404": { "description": "There is no such document." },
        "410": { "description": "The document has been removed for good." }
    })
}
