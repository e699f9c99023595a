//! The accessibility statement: what the program itself aims at, what it was tested with, and what is known to be open.
//!
//! A page says `{ "kind": "conformance", "text": "…" }` where these facts are to stand; the build puts ordinary blocks in its
//! place, in the document as well as on the page. `text` is what a reader without the build sees (`trunk serve`). A test
//! holds the facts against the test suite.

use crate::words::statement::{ENGLISH, Statement, VIETNAMESE};
use serde_json::{Value, json};

/// When `make test` last passed as a whole: its last step writes the day.
const TESTED_ON: &str = include_str!("../../../tests/passed-on.txt");
/// The version of axe-core.
const AXE: &str = "4.14.1";
/// The engines.
const ENGINES: [&str; 3] = ["Chromium", "Firefox ESR", "WebKitGTK"];

/// The document of a page with the facts in place of the block that asks for them; the same text where none does.
/// `language` is that of the portal.
pub fn filled(text: String, language: &str) -> String {
    if !text.contains("\"conformance\"") {
        return text;
    }
    // What is no JSON, and has no body, is told by who decodes it.
    let Ok(mut page) = serde_json::from_str::<Value>(&text) else { return text };
    let Some(body) = page.get_mut("body").and_then(Value::as_array_mut) else { return text };
    let is_asked_for = |block: &Value| block["kind"] == "conformance";
    if !body.iter().any(is_asked_for) {
        return text;
    }
    let said = if language == "en" { ENGLISH } else { VIETNAMESE };
    let filled = |block: Value| if is_asked_for(&block) { blocks(&said) } else { vec![block] };
    *body = std::mem::take(body).into_iter().flat_map(filled).collect();
    format!("{page:#}\n")
}

fn blocks(said: &Statement) -> Vec<Value> {
    let heading = |text: &str| json!({ "kind": "heading", "level": 2, "text": text });
    let paragraph = |text: &str| json!({ "kind": "paragraph", "text": text });
    let list = |items: &[String]| json!({ "kind": "list", "items": items });
    let engines = ENGINES.join(", ");
    let how = said.how.map(|line| line.replace("axe-core {}", &format!("axe-core {AXE}")).replace("{}", &engines));
    let known = said.known.map(str::to_owned);
    vec![
        heading(said.standard[0]),
        paragraph(said.standard[1]),
        heading(said.tested[0]),
        paragraph(&said.tested[1].replace("{}", &day())),
        list(&how),
        heading(said.open),
        list(&known),
    ]
}

/// The day as Vietnamese readers write it, and English ones of Vietnam read it.
fn day() -> String {
    let parts: Vec<&str> = TESTED_ON.trim().split('-').rev().collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Timestamp;

    #[test]
    fn the_facts_are_those_of_the_test_suite() {
        let makefile = include_str!("../../../Makefile");
        assert!(makefile.contains(&format!("AXE_VERSION := {AXE}\n")));
        let engines =
            ENGINES.map(|engine| engine.to_lowercase()).map(|name| name.replace(" esr", "").replace("gtk", ""));
        assert!(makefile.contains(&format!("for engine in {}; do", engines.join(" "))));
    }

    #[test]
    fn the_day_is_written_by_the_last_step_of_the_tests() {
        let makefile = include_str!("../../../Makefile");
        let (_, rest) = makefile.split_once("\ntest: ").expect("the tests");
        let steps: Vec<&str> = rest.lines().take_while(|line| !line.is_empty()).collect();
        assert!(steps.iter().any(|step| step.ends_with("cargo test")), "{steps:#?}");
        let last = steps.last().expect("steps");
        assert!(last.ends_with(">tests/passed-on.txt"), "{last}");
        assert!(Timestamp::parse(&format!("{}T00:00:00+07:00", TESTED_ON.trim())).is_some(), "{TESTED_ON}");
    }

    #[test]
    fn a_statement_is_filled_in_its_language_and_other_pages_stay() {
        let page = r#"{"slug":"a","title":"A","body":[{"kind":"conformance","text":"x"},{"kind":"separator"}]}"#;
        for (language, word) in [("vi", "WCAG 2.2 mức AA"), ("en", "WCAG 2.2, level AA")] {
            let text = filled(page.to_owned(), language);
            assert!(text.contains(word) && text.contains(&day()) && text.contains("WebKitGTK"), "{text}");
            assert!(!text.contains("conformance") && !text.contains("{}") && text.contains("separator"), "{text}");
        }
        let other = r#"{"slug":"a","title":"conformance","body":[]}"#.to_owned();
        assert_eq!(filled(other.clone(), "vi"), other);
    }
}
