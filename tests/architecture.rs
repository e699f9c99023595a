//! Holds the architecture: which module may use which (the table of ARCHITECTURE.md), and what is kept out of where.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module of `src/` and the modules of this crate it may use, as the table of ARCHITECTURE.md has them.
fn may_use() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).expect("readable");
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let rows = text.lines().skip_while(|line| !line.starts_with("| module ")).skip(2);
    let rows = rows.take_while(|line| line.starts_with('|')).map(|line| line.split('|').collect::<Vec<_>>());
    let table: BTreeMap<_, _> = rows.map(|cells| (names(cells[1]).remove(0), names(cells[3]))).collect();
    assert!(table.len() > 10, "the table is not where it was: {table:?}");
    table
}

/// Words that may stand in these places only (a path that begins so, below `src/`).
const KEPT_TO: [(&str, &[&str]); 15] = [
    ("gloo_net", &["browser/network"]),
    ("web_sys::", &["browser", "worker.rs", "markup/dom.rs"]),
    ("leptos_router", &["browser/app.rs", "browser/address.rs"]),
    ("leptos::", &["browser", "markup"]),
    ("std::fs", &["tools", "bin"]),
    // Clocks and locales.
    ("std::time", &["tools", "bin"]),
    ("js_sys", &["browser", "worker.rs"]),
    ("gloo_timers", &["browser", "worker.rs"]),
    // The forms of addresses, and the reasons why a document could not be had.
    ("so-do-trang", &["routes.rs"]),
    ("\"trang\"", &["routes", "tools/openapi.rs"]),
    ("\"nam\"", &["routes", "tools/openapi.rs", "search"]),
    ("Status(u16)", &["failure.rs"]),
    ("inner_html", &[]),
    ("dangerously", &[]),
    ("todo!", &[]),
];

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a readable folder").map(|entry| entry.expect("readable").path()) {
            if entry.is_dir() {
                walk(&entry, found);
            } else if entry.extension().is_some_and(|end| end == "rs") {
                found.push(entry);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&path).expect("readable source"))
        })
        .collect()
}

/// The code of a file without its comments and its tests.
fn code(text: &str) -> String {
    let product = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    product.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn modules_use_only_what_they_may() {
    let may_use = may_use();
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let module = name.split(['/', '.']).next().unwrap_or_default();
        if module == "lib" {
            continue;
        }
        let Some(allowed) = may_use.get(module) else {
            panic!("src/{name} belongs to no module of the table in ARCHITECTURE.md: add it there");
        };
        for (used, line) in uses(&name, &code(&text)) {
            if used.is_empty() {
                wrong.push(format!("src/{name}: name one module of the crate a line: {line}"));
            } else if used != module && may_use.contains_key(&used) && !allowed.contains(&used) {
                wrong.push(format!("src/{name}: `{module}` must not use `{used}`: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a file names right below the root of this crate, with the line; nothing where it names several at once.
fn uses(name: &str, code: &str) -> Vec<(String, String)> {
    // So many times `super::` lead from the file to the root.
    let to_root = "super::".repeat(name.split('/').count());
    let mut found = Vec::new();
    for line in code.lines() {
        for start in ["crate::", "portal::", &to_root] {
            for (at, _) in line.match_indices(start) {
                let before = line[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                    continue;
                }
                let rest = &line[at + start.len()..];
                let used: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if !used.is_empty() || rest.starts_with(['{', '*']) {
                    found.push((used, line.trim().to_owned()));
                }
            }
        }
    }
    found
}

#[test]
fn every_way_of_naming_a_module_is_seen() {
    let named = |name: &str, code: &str| uses(name, code).into_iter().map(|(used, _)| used).collect::<Vec<_>>();
    assert_eq!(named("routes.rs", "use crate::words::Words;"), ["words"]);
    assert_eq!(named("routes.rs", "use super::words::Words;"), ["words"]);
    assert_eq!(named("tools/build/page.rs", "use super::super::super::words::fill;"), ["words"]);
    assert_eq!(named("routes.rs", "    let text = crate::words::fill(text, &[]);"), ["words"]);
    assert_eq!(named("routes.rs", "use crate::{words, browser};"), [""]);
    assert_eq!(named("tools/build/page.rs", "use super::super::words;"), Vec::<String>::new());
}

#[test]
fn what_is_kept_to_one_place_stays_there() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let code = code(&text);
        for (word, places) in KEPT_TO {
            if code.contains(word) && !places.iter().any(|place| name.starts_with(place)) {
                wrong.push(format!("src/{name}: `{word}` belongs to {places:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_says_what_it_is() {
    let silent: Vec<String> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(name, _)| name).collect();
    assert!(silent.is_empty(), "without `//!`: {silent:?}");
}

#[test]
fn files_stay_small() {
    let large: Vec<String> = sources()
        .into_iter()
        .filter(|(name, text)| name != "words.rs" && code(text).lines().count() > 360)
        .map(|(name, _)| name)
        .collect();
    assert!(large.is_empty(), "split these: {large:?}");
}

#[test]
fn words_for_readers_stand_in_one_place() {
    // A literal with a Vietnamese letter outside the table of words is a word for readers in the wrong place.
    let marked = |c: char| ('\u{c0}'..='\u{24f}').contains(&c) || ('\u{1ea0}'..='\u{1eff}').contains(&c);
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        // The search knows the letters and syllables of the language, which are no words for readers.
        if matches!(name.as_str(), "words.rs" | "vietnamese.rs" | "tools/measure/queries.rs")
            || name.starts_with("search")
            || name.starts_with("speech")
            || name.starts_with("words/")
        {
            continue;
        }
        for line in code(&text).lines().filter(|line| line.contains('"') && line.chars().any(marked)) {
            wrong.push(format!("src/{name}: {}", line.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn colours_are_tokens() {
    let styles = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    for path in fs::read_dir(styles).expect("the styles").map(|entry| entry.expect("readable").path()) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name == "10-tokens.css" {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable styles");
        let literal = text.lines().find(|line| {
            line.match_indices('#').any(|(at, _)| {
                let digits = line[at + 1..].chars().take_while(char::is_ascii_hexdigit).count();
                matches!(digits, 3 | 4 | 6 | 8) && line.contains(':')
            })
        });
        assert!(literal.is_none(), "{name} names a colour: {literal:?}");
    }
}

#[test]
fn spaces_are_tokens() {
    let styles = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    let mut literal = Vec::new();
    for path in fs::read_dir(styles).expect("the styles").map(|entry| entry.expect("readable").path()) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("readable styles");
        for rule in text.split('}').filter(|_| name != "10-tokens.css") {
            let (selector, declarations) = rule.rsplit_once('{').unwrap_or_default();
            // Paper is measured in centimetres; what only screen readers read has its idiom.
            if selector.trim_end().ends_with("@page") || selector.trim_end().ends_with(".visually-hidden") {
                continue;
            }
            literal.extend(
                declarations.split(';').filter(|it| is_literal_space(it)).map(|it| format!("{name}: {}", it.trim())),
            );
        }
    }
    assert!(literal.is_empty(), "spaces that are no tokens: {literal:#?}");
}

/// Does a declaration set a space by a length? The window's size and the text's own make no literal.
fn is_literal_space(declaration: &str) -> bool {
    let (property, value) = declaration.split_once(':').unwrap_or_default();
    let of_space = ["margin", "padding", "gap", "row-gap", "column-gap", "inset", "top", "right", "bottom", "left"];
    let property = property.trim();
    let is_space =
        of_space.iter().any(|it| property == *it || property.strip_prefix(it).is_some_and(|end| end.starts_with('-')));
    let is_length = |word: &str| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || "+-.".contains(c));
        unit.len() < word.len() && ["px", "rem", "em", "pt", "cm", "mm", "ch", "lh"].contains(&unit)
    };
    is_space && value.split(|c: char| c.is_whitespace() || "(),*/".contains(c)).any(is_length)
}

#[test]
fn literal_spaces_are_seen() {
    for wrong in ["padding: 0 0 0.125rem", " margin-top: -6px", "inset-inline: auto 1em", "gap: calc(2 * 3px)"] {
        assert!(is_literal_space(wrong), "{wrong}");
    }
    for right in [
        "margin: 0 auto",
        "padding: calc(-1 * var(--gap-2xs))",
        "border: 1px solid",
        "left: 50%",
        "gap: min(var(--gap-m), 5vw)",
    ] {
        assert!(!is_literal_space(right), "{right}");
    }
}

#[test]
fn no_class_is_styled_in_vain() {
    let mut used = std::collections::BTreeSet::new();
    for (name, text) in sources() {
        if !name.starts_with("components") && !name.starts_with("browser") {
            continue;
        }
        for literal in code(&text).split('"').skip(1).step_by(2) {
            used.extend(literal.split_whitespace().map(str::to_owned));
        }
    }
    let early = include_str!("../src/tools/build/early.js");
    used.extend(early.split('"').skip(1).step_by(2).flat_map(str::split_whitespace).map(str::to_owned));
    let styles = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    let mut vain = Vec::new();
    for path in fs::read_dir(styles).expect("the styles").map(|entry| entry.expect("readable").path()) {
        let text = fs::read_to_string(&path).expect("readable styles");
        for (at, _) in text.match_indices('.') {
            let class: String =
                text[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
            let begins_class = class.chars().next().is_some_and(|c| c.is_ascii_lowercase());
            let is_selector =
                text[at + 1 + class.len()..].starts_with([' ', ',', '{', ':', '.', '[', '>', ')', '\n', '+']);
            if begins_class && is_selector && !used.contains(&class) {
                vain.push(format!("{}: .{class}", path.display()));
            }
        }
    }
    assert!(vain.is_empty(), "classes that no component has: {vain:#?}");
}
