//! The main pages as screen readers have them: names, roles and states, kept in `tests/browser/trees/` to be read and
//! compared. After a change that is meant: `PORTAL_TREES=write cargo test --test browser trees`.

use super::states::{EVERY_BLOCK, PAGES, open, reader, show};
use crate::harness::only_on_chromium;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::Path;

/// States worth reading, where they are set.
const STATES: [&str; 10] =
    ["level", "expanded", "checked", "selected", "current", "autocomplete", "invalid", "disabled", "required", "live"];

#[tokio::test(flavor = "multi_thread")]
async fn every_list_is_one_to_webkit_as_well() {
    // Which takes one without markers for mere layout, but in a navigation.
    let reader = reader().await;
    let none = "return [...document.querySelectorAll('li')].filter(item => !item.closest('nav, [hidden]')
        && getComputedStyle(item).listStyleType === 'none').map(item => item.parentElement.outerHTML.slice(0, 80))";
    for (name, address) in PAGES {
        open(&reader, name, address).await;
        assert_eq!(reader.js::<Vec<String>>(none).await, Vec::<String>::new(), "{name}");
    }
    reader.leave().await;
}

/// One node of the tree a line, indented below its parent.
///
/// Header and footer are the same on every page; only some say them.
fn write(id: &str, nodes: &HashMap<&str, &Value>, depth: usize, above: &str, is_whole: bool, into: &mut String) {
    let Some(node) = nodes.get(id) else { return };
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let name = node["name"]["value"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    // Texts that are the name of what they stand in, and boxes without meaning, say nothing more.
    let is_silent = node["ignored"] == true
        || matches!(role, "none" | "generic" | "InlineTextBox" | "LineBreak" | "ListMarker")
        || role == "StaticText" && (name.is_empty() || above.contains(&name));
    let mut depth_below = depth;
    if !is_silent {
        let short: String = name.chars().take(72).collect();
        let cut = if short.len() < name.len() { "…" } else { "" };
        let named = if name.is_empty() { String::new() } else { format!(" “{short}{cut}”") };
        let states = node["properties"].as_array().into_iter().flatten().filter_map(|property| {
            let state = property["name"].as_str().filter(|state| STATES.contains(state))?;
            let value = &property["value"]["value"];
            let is_worth = *value != json!("false") && (*value != json!(false) || state == "expanded");
            is_worth.then(|| format!(" {state}={}", value.to_string().trim_matches('"')))
        });
        into.push_str(&format!("{}{role}{named}{}\n", "  ".repeat(depth), states.collect::<String>()));
        depth_below += 1;
    }
    if matches!(role, "banner" | "contentinfo") && !is_whole {
        return;
    }
    let above = if is_silent && name.is_empty() { above } else { &name };
    for child in node["childIds"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        write(child, nodes, depth_below, above, is_whole, into);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_pages_are_to_screen_readers_as_they_were() {
    only_on_chromium!("a driver that tells the accessibility tree");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/trees");
    let reader = reader().await;
    let mut changed = Vec::new();
    for (name, address, width) in [
        ("home", "/", 1280),
        ("section", "/tin-tuc-su-kien/", 1280),
        ("every-block", EVERY_BLOCK, 1280),
        (
            "withdrawn",
            "/cai-cach-hanh-chinh/lich-cap-can-cuoc-cong-dan-luu-dong-tai-11-phuong-trong-thang-6-2023/",
            1280,
        ),
        ("page", "/co-cau-to-chuc/", 1280),
        ("sitemap", "/so-do-trang/", 1280),
        ("search-results", "/tim-kiem/?q=ho+nuoc&chuyen-muc=thong-bao", 1280),
        ("not-found", "/thong-bao/ho-nuoc/", 1280),
        ("failed", "/hong/", 1280),
        ("suggestions", "/lien-he/", 1280),
        ("submenu", "/lien-he/", 320),
    ] {
        // Lists are laid out as they come near the window.
        reader.resize(width, 6000).await;
        open(&reader, name, address).await;
        show(&reader, name, width).await;
        let tree = reader.devtools("Accessibility.getFullAXTree", json!({})).await;
        let nodes = tree["nodes"].as_array().expect("nodes");
        let by_id = nodes.iter().filter_map(|node| Some((node["nodeId"].as_str()?, node))).collect();
        let mut text = String::new();
        let is_whole = matches!(name, "home" | "suggestions" | "submenu");
        write(nodes[0]["nodeId"].as_str().expect("a root"), &by_id, 0, "", is_whole, &mut text);
        let path = folder.join(format!("{name}.txt"));
        if std::env::var_os("PORTAL_TREES").is_some() {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(&path, &text).expect("written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        let differs = kept.lines().zip(text.lines()).position(|(before, now)| before != now);
        let at = differs.unwrap_or(kept.lines().count().min(text.lines().count()));
        if kept != text {
            let line = |text: &str| text.lines().nth(at).unwrap_or("nothing more").trim().to_owned();
            changed.push(format!("{name}.txt, line {}: was `{}`, is `{}`", at + 1, line(&kept), line(&text)));
        }
    }
    assert!(changed.is_empty(), "look at it, then PORTAL_TREES=write:\n{}", changed.join("\n"));
    reader.leave().await;
}
