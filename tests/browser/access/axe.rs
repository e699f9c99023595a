//! What axe-core finds: no violation, and nothing that it leaves to a person but what is explained here.

use super::states::{OPENED, PAGES, open, reader, show};
use crate::development::as_trunk_leaves_it;
use crate::harness::{Answer, Reader};
use serde::Deserialize;
use serde_json::json;
use std::path::Path;

/// What axe leaves to a person to decide, and what was decided: the rule, where, what axe says of it, why it is right.
const EXPLAINED: [(&str, &str, &str, &str); 7] = [
    (
        "color-contrast",
        "[aria-hidden=true]",
        "only non-text characters",
        "arrows of links and buttons adorn: they have the colour of the words beside them, which are examined",
    ),
    (
        "color-contrast",
        ".hit__date",
        "too short to determine",
        "the dot between section and date has their colour, and they are examined",
    ),
    (
        "color-contrast",
        ".table [rowspan]",
        "overlapped by another element",
        "cells have no background of their own, whatever row they reach into: they are as readable as those beside them",
    ),
    (
        "color-contrast",
        ".table",
        "partially obscured",
        "a wide table is pushed sideways in its frame: what is outside now has the colours of what is inside",
    ),
    (
        "color-contrast",
        ".navigation__panel",
        "partially obscured",
        "the row of sections is pushed sideways: its links are examined in the drawer and on a desk",
    ),
    (
        "color-contrast",
        "body:has(.quick__suggestions:not([hidden]), .navigation__submenu[open], .settings[open], .share[open], dialog[open], .pending--offline) *",
        "overlapped by another element",
        "what is open lies over it until it is closed; the page is examined without it as well",
    ),
    (
        "target-size",
        "body:has(.quick__suggestions:not([hidden]), .settings[open], .share[open]) *",
        "partially obscured",
        "what is open lies over it until it is closed; the page is examined without it as well",
    ),
];

/// Attributes of the document by which a reader chooses colours.
const COLOURS: [(&str, &str, &str); 4] = [
    ("light", "light", ""),
    ("dark", "dark", ""),
    ("high contrast", "light", "high"),
    ("dark, high contrast", "dark", "high"),
];

#[derive(Deserialize)]
struct Finding {
    kind: String,
    rule: String,
    element: String,
    why: String,
    /// Which of the places explained it is in.
    places: Vec<usize>,
}

/// axe-core's script, which `make` has put there.
fn script() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools");
    let names = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|file| file.path());
    let mut found = names.filter(|path| path.extension().is_some_and(|end| end == "js"));
    let path = found.find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("axe-core-")));
    std::fs::read_to_string(path.expect("axe-core is in target/tools (make test fetches it)")).expect("readable")
}

/// Examines the page in all colours; the first time by all rules, then by those that colours can break.
async fn examine(reader: &Reader, axe: &str, name: &str, wrong: &mut Vec<String>) {
    // The whole page is in the window, so that nothing is left out for being far away.
    reader.driver.execute(axe.to_owned(), Vec::new()).await.expect("axe-core runs");
    let mut rules =
        "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }";
    for (colours, theme, contrast) in COLOURS {
        let run = format!(
            "const [places, done] = arguments;
             document.documentElement.dataset.theme = '{theme}';
             document.documentElement.dataset.contrast = '{contrast}';
             const told = (kind, list) => list.flatMap(rule => rule.nodes.map(node => ({{
               kind, rule: rule.id, element: node.html.slice(0, 160),
               places: [...places.keys()].filter(at => document.querySelector(node.target[0])?.closest(places[at])),
               why: [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ').slice(0, 300),
             }})));
             axe.run(document, {{ runOnly: {rules}, resultTypes: ['violations', 'incomplete'] }})
               .then(found => done([...told('violation', found.violations), ...told('incomplete', found.incomplete)]),
                     error => done([{{ kind: 'error', rule: '', element: '', why: String(error), places: [] }}]))"
        );
        let found = reader
            .driver
            .execute_async(run, vec![json!(EXPLAINED.map(|(_, place, _, _)| place))])
            .await
            .expect("axe-core answers");
        for finding in found.convert::<Vec<Finding>>().expect("a list of findings") {
            let Finding { kind, rule, element, why, places } = finding;
            let explains = |at: &usize| EXPLAINED[*at].0 == rule && why.contains(EXPLAINED[*at].2);
            let is_explained = kind == "incomplete" && places.iter().any(explains);
            if !is_explained {
                wrong.push(format!("{name}, {colours}: {kind} {rule}: {element}: {why}"));
            }
        }
        rules = "{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }";
    }
}

async fn all_is_well_at(width: u32) {
    let axe = script();
    let reader = reader().await;
    let mut wrong = Vec::new();
    for (name, address) in PAGES.into_iter().chain(OPENED) {
        reader.resize(width, 900).await;
        open(&reader, name, address).await;
        if PAGES.contains(&(name, address)) {
            let height: u32 = reader.js("return document.documentElement.scrollHeight").await;
            reader.resize(width, height.min(7000)).await;
        } else if !show(&reader, name, width).await {
            continue;
        }
        examine(&reader, &axe, name, &mut wrong).await;
    }
    assert!(wrong.is_empty(), "at {width} px:\n{}", wrong.join("\n"));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_before_there_is_a_page() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    as_trunk_leaves_it(folder.path());
    let reader = Reader::of(folder.path()).await;
    let mut wrong = Vec::new();
    for (name, document, shown) in [
        ("the portal", "/api/v1/site.json", "body > .loading"),
        ("its first page", "/api/v1/home.json", "main .loading"),
    ] {
        reader.server.answer(document, Answer::Never);
        reader.open_early("/").await;
        reader.wait_for(shown).await;
        examine(&reader, &script(), name, &mut wrong).await;
        reader.server.answer_truly(document);
    }
    // Best practice, which WCAG does not ask for: what has neither heading nor main part yet cannot have either.
    wrong.retain(|what| !["page-has-heading-one", "landmark-one-main"].iter().any(|rule| what.contains(rule)));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_a_phone() {
    all_is_well_at(320).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_a_desk() {
    all_is_well_at(1280).await;
}
