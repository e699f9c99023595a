//! Words are set in one font: where a font lacks Vietnamese letters, the browser takes these from another, in the midst of words.

use super::states::{PAGES, open, reader};
use crate::harness::{Reader, only_on_chromium};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is set in the portal's two fonts.
const TEXTS: &str = "h1, h2, h3, p, nav a";

/// The families of fonts that each of these elements is drawn with.
async fn families(reader: &Reader) -> Vec<BTreeSet<String>> {
    let document = reader.devtools("DOM.getDocument", json!({ "depth": 0 })).await;
    let query = json!({ "nodeId": document["root"]["nodeId"], "selector": TEXTS });
    let elements = reader.devtools("DOM.querySelectorAll", query).await;
    let mut all = Vec::new();
    for element in elements["nodeIds"].as_array().expect("elements") {
        let used = reader.devtools("CSS.getPlatformFontsForNode", json!({ "nodeId": element })).await;
        let used = used["fonts"].as_array().expect("fonts").iter();
        all.push(used.filter_map(|font| Some(font["familyName"].as_str()?.to_owned())).collect());
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn no_word_mixes_two_fonts() {
    only_on_chromium!("asks the developer tools for the fonts of a text");
    let reader = reader().await;
    reader.devtools("DOM.enable", Value::Null).await;
    reader.devtools("CSS.enable", Value::Null).await;
    for (name, address) in PAGES {
        open(&reader, name, address).await;
        let families = families(&reader).await;
        let mixed: Vec<_> = families.iter().filter(|of_one| of_one.len() > 1).collect();
        assert!(mixed.is_empty(), "{name}: {mixed:?}; is a font of 10-tokens.css without Vietnamese letters?");
        assert!(families.iter().any(|of_one| of_one.len() == 1), "{name}: the developer tools tell no fonts");
    }
    reader.leave().await;
}
