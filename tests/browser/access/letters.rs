//! Words are set in one font: where a font lacks Vietnamese letters, the browser takes these from another, in the midst of words.

use super::states::{PAGES, open, reader};
use crate::harness::{Reader, only_on_chromium};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is set in the portal's two fonts and holds no text in a third: with how many fonts it is drawn at least (what is
/// hidden is drawn with none), and the selector that finds it.
const TEXTS: [(usize, &str); 2] = [(1, ".identity__name, h1"), (0, "h2, h3, h4, p, nav a")];

/// The elements that the selector finds, and the families of fonts that each is drawn with.
async fn families(reader: &Reader, selector: &str) -> Vec<(Value, BTreeSet<String>)> {
    let document = reader.devtools("DOM.getDocument", json!({ "depth": 0 })).await;
    let query = json!({ "nodeId": document["root"]["nodeId"], "selector": selector });
    let elements = reader.devtools("DOM.querySelectorAll", query).await;
    let mut all = Vec::new();
    for element in elements["nodeIds"].as_array().expect("elements") {
        let used = reader.devtools("CSS.getPlatformFontsForNode", json!({ "nodeId": element })).await;
        let used = used["fonts"].as_array().expect("fonts").iter();
        all.push((element.clone(), used.filter_map(|font| Some(font["familyName"].as_str()?.to_owned())).collect()));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn no_word_mixes_two_fonts() {
    only_on_chromium!("the fonts of a text, told by the browser");
    let reader = reader().await;
    reader.devtools("DOM.enable", json!({})).await;
    reader.devtools("CSS.enable", json!({})).await;
    for (name, address) in PAGES {
        open(&reader, name, address).await;
        for (least, selector) in TEXTS {
            for (element, used) in families(&reader, selector).await {
                if !(least..=1).contains(&used.len()) {
                    let html = reader.devtools("DOM.getOuterHTML", json!({ "nodeId": element })).await;
                    panic!("{name}: {used:?} in {html}: does a font of 10-tokens.css lack a letter of it?");
                }
            }
        }
    }
    reader.leave().await;
}
