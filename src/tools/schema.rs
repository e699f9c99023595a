//! `portal schema`: JSON Schemas of the documents and an OpenAPI description of the API, from the types themselves.

use super::{folder, openapi};
use crate::contract::{Article, Home, List, Page, Redirects, Results, Section, Site, Visits};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use std::io;
use std::path::Path;

/// The schemas of the documents, by name.
pub fn schemas() -> [(&'static str, Schema); 9] {
    [
        ("site", schema_of::<Site>()),
        ("home", schema_of::<Home>()),
        ("section", schema_of::<Section>()),
        ("list", schema_of::<List>()),
        ("article", schema_of::<Article>()),
        ("page", schema_of::<Page>()),
        ("visits", schema_of::<Visits>()),
        ("redirects", schema_of::<Redirects>()),
        ("results", schema_of::<Results>()),
    ]
}

/// The generated files: their names and texts.
pub fn files() -> Vec<(String, String)> {
    let mut files: Vec<_> = schemas()
        .into_iter()
        .map(|(name, schema)| (format!("{name}.schema.json"), text_of(schema.as_value())))
        .collect();
    files.push(("openapi.json".to_owned(), text_of(&openapi::description())));
    files
}

/// Writes the generated files into a folder and answers how many of them have changed.
///
/// # Errors
/// What the file system reports.
pub fn write(out: &Path) -> io::Result<usize> {
    let mut written = 0;
    for (name, text) in files() {
        written += usize::from(folder::write_whole(&out.join(name), &text)?);
    }
    Ok(written)
}

/// How the schemas are generated: after what is written, for there an optional field may be left out.
pub(super) fn settings() -> SchemaSettings {
    SchemaSettings::draft2020_12().for_serialize()
}

fn schema_of<T: JsonSchema>() -> Schema {
    settings().into_generator().into_root_schema_for::<T>()
}

fn text_of(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).expect("schemas have text keys only") + "\n"
}
