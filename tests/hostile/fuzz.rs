//! The sample documents, changed at random from a fixed seed: whatever comes of it is decoded and drawn, or refused with
//! its problems. `PORTAL_FUZZ` says how many; `make fuzz` asks for many.

use crate::attacks::{ADDRESSES, ATTACKS};
use portal::components::layout::layout;
use portal::components::page;
use portal::components::visits::{VisitsState, visits};
use portal::content::{Content, Listing};
use portal::contract::decode::{document, read};
use portal::contract::{Article, Document, Home, Page, Section, Site, Visits};
use portal::portal::Portal;
use portal::tools::decoded::Decoded;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// Numbers that look random and are always the same.
/// Source: <https://prng.di.unimi.it/splitmix64.c>
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// The sample documents by name.
fn samples() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/api/v1");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(|entry| entry.expect("readable"));
    let files = files.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(&root).expect("below").to_string_lossy().into_owned();
            (name, fs::read_to_string(entry.path()).expect("readable"))
        })
        .collect()
}

/// Any value of a document: a few steps down from its root.
fn somewhere<'a>(mut value: &'a mut Value, chance: &mut Chance) -> &'a mut Value {
    for _ in 0..chance.below(9) {
        let count = match &*value {
            Value::Array(items) => items.len(),
            Value::Object(fields) => fields.len(),
            _ => 0,
        };
        if count == 0 {
            break;
        }
        let at = chance.below(count);
        value = match value {
            Value::Array(items) => &mut items[at],
            Value::Object(fields) => fields.values_mut().nth(at).expect("counted"),
            _ => unreachable!("others have none"),
        };
    }
    value
}

fn anything(chance: &mut Chance, other: &Value) -> Value {
    match chance.below(14) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(u64::MAX),
        4 => json!(1e300),
        5 => json!(""),
        6 => json!("x".repeat(300_000)),
        7 => json!([]),
        8 => json!({}),
        9 => (0..60).fold(json!("x"), |inner, _| json!({ "items": [{ "text": "x", "list": inner }] })),
        10 => json!("9999-12-31T23:59:59+07:00"),
        11 => json!(chance.one(&ADDRESSES)),
        12 => other.clone(),
        _ => json!(chance.one(&ATTACKS)),
    }
}

fn changed(text: &str, other: &str, chance: &mut Chance) -> String {
    if chance.below(3) == 0 {
        // Bytes: cut off, changed, put in.
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=chance.below(3) {
            let at = chance.below(bytes.len());
            match chance.below(4) {
                0 => bytes.truncate(at),
                1 if !bytes.is_empty() => bytes[at] = chance.next() as u8,
                2 => drop(bytes.splice(at..at, *b"\\ud800")),
                _ => drop(bytes.splice(at..at, *chance.one(&[*b"[[[[[[", *b"}}}}}}", *b"\"\"\"\"\"\"", *b"000000"]))),
            }
        }
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let (mut value, mut other): (Value, Value) =
        (serde_json::from_str(text).expect("JSON"), serde_json::from_str(other).expect("JSON"));
    for _ in 0..=chance.below(4) {
        let part = somewhere(&mut other, chance).clone();
        *somewhere(&mut value, chance) = anything(chance, &part);
    }
    value.to_string()
}

/// Those of another language lie below its name.
fn document_of(name: &str) -> Document {
    Document::from_path(name.trim_start_matches("en/")).expect("a sample is a document")
}

/// A page is no longer than so many times its document, with so many bytes of frame: what is drawn is drawn from something, once
/// or a few times. A clock would tell more of the machine.
const MOST_TIMES: usize = 12;
const FRAME: usize = 20_000;

/// What a browser would show of it.
fn draw(name: &str, text: &str, portal: &Portal) -> Option<String> {
    let content = match document_of(name) {
        Document::Home => Content::Home(read::<Home>(text).0?),
        Document::Article(..) => Content::Article(Box::new(read::<Article>(text).0?)),
        Document::Page(_) => Content::Page(Box::new(read::<Page>(text).0?)),
        Document::Section(slug) => {
            let section = read::<Section>(text).0?;
            let (total, years, teasers) = (section.total, section.years, section.newest);
            Content::Section(Listing { slug, total, years, year: None, list: None, teasers, newer: None, older: None })
        }
        Document::Visits => {
            let state = VisitsState::Known(read::<Visits>(text).0?);
            return Some(visits(&state, portal.words()).to_html());
        }
        Document::Site => {
            let portal = Portal::new(document::<Site>(text).ok()?, "/");
            return Some(layout(page(&Content::Sitemap, &portal), None, &portal).to_html());
        }
        _ => return None,
    };
    Some(page(&content, portal).to_html())
}

#[test]
fn changed_documents_are_drawn_or_refused() {
    let cases = std::env::var("PORTAL_FUZZ").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000);
    let samples = samples();
    let site = samples.iter().find(|(name, _)| name == "site.json").expect("a site");
    let portal = Portal::new(document(&site.1).expect("a valid site"), "/");
    let mut chance = Chance(2025);
    let (mut drawn, mut slowest, mut longest) = (0, Duration::ZERO, 0.0_f64);
    for case in 0..cases {
        let (name, text) = chance.one(&samples).clone();
        let text = changed(&text, &chance.one(&samples).1.clone(), &mut chance);
        let began = Instant::now();
        if let Err(problems) = Decoded::read(&document_of(&name), &text) {
            assert!(!problems.is_empty(), "case {case} of {name} is refused without a reason");
        }
        if let Some(html) = draw(&name, &text, &portal) {
            drawn += 1;
            slowest = slowest.max(began.elapsed());
            longest = longest.max(html.len().saturating_sub(FRAME) as f64 / text.len() as f64);
            assert!(html.len() <= FRAME + MOST_TIMES * text.len(), "case {case} of {name}: {} bytes", html.len());
            for code in ["<script", "<iframe", "<base", "href=\"javascript", " onerror=\"", " onload=\""] {
                assert!(!html.contains(code), "case {case} of {name} brings {code} onto the page");
            }
        }
    }
    println!(
        "{cases} documents, {drawn} of them drawn, each within {} ms and {longest:.1} times its length",
        slowest.as_millis()
    );
    assert!(drawn * 20 > cases, "too few are worth drawing: {drawn}");
}
