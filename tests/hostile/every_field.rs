//! Attacks in every text field of every document, derived from the schemas: a field that is added is attacked too.

use crate::attacks::{ADDRESSES, ATTACKS};
use crate::fields::{Field, Maker, attack_within, text_fields};
use portal::components::layout::layout;
use portal::components::page;
use portal::components::visits::{VisitsState, visits};
use portal::content::{Content, Listing, Search};
use portal::contract::decode::read;
use portal::contract::{Article, Decode, List, Page, Redirects, Results, Section, Site, Slug, Visits};
use portal::portal::Portal;
use portal::routes::Query;
use serde_json::Value;
use std::collections::BTreeSet;

const DOCUMENTS: [&str; 9] = ["site", "home", "section", "list", "article", "page", "visits", "redirects", "results"];

fn drawn<T: Decode>(text: &str, portal: &Portal, content: impl Fn(T) -> Content) -> Option<String> {
    Some(page(&content(read::<T>(text).0?), portal).to_html())
}

fn listing(teasers: Vec<portal::contract::Teaser>) -> Content {
    let slug = Slug::new("thong-bao").expect("a slug");
    Content::Section(Listing {
        slug,
        total: 1,
        years: Vec::new(),
        year: None,
        list: None,
        teasers,
        newer: None,
        older: None,
    })
}

/// What a browser shows of a document, whole or with faults; nothing where it is refused.
fn shown(name: &str, text: &str, portal: &Portal) -> Option<String> {
    match name {
        "site" => {
            let portal = Portal::new(read::<Site>(text).0?, "/");
            Some(layout(page(&Content::Sitemap, &portal), None, &portal).to_html())
        }
        "home" => drawn(text, portal, Content::Home),
        "section" => drawn(text, portal, |section: Section| listing(section.newest)),
        "list" => drawn(text, portal, |list: List| listing(list.articles)),
        "article" => drawn(text, portal, |article: Article| Content::Article(Box::new(article.as_shown()))),
        "page" => drawn(text, portal, |page: Page| Content::Page(Box::new(page))),
        "visits" => Some(visits(&VisitsState::Known(read::<Visits>(text).0?), portal.words()).to_html()),
        "redirects" => {
            let redirects = read::<Redirects>(text).0?.redirects;
            let moved = redirects.into_iter().map(|redirect| page(&Content::Moved(redirect.to), portal).to_html());
            Some(moved.collect())
        }
        "results" => {
            drawn(text, portal, |results: Results| Content::Search(Box::new(Search::new(Query::new("x"), Ok(results)))))
        }
        name => panic!("{name} is drawn by nobody"),
    }
}

/// What stands on a page that came from no text and no allowed address.
fn harm(html: &str) -> Vec<String> {
    let page = scraper::Html::parse_fragment(html);
    let all = scraper::Selector::parse("*").expect("a selector");
    let mut found = Vec::new();
    for element in page.select(&all).map(|element| element.value()) {
        if ["script", "style", "iframe", "object", "embed", "base", "meta", "math", "template"]
            .contains(&element.name())
        {
            found.push(format!("<{}>", element.name()));
        }
        for (name, value) in element.attrs() {
            let leads = ["href", "src", "poster", "action", "srcset"].contains(&name);
            let value = value.trim().to_ascii_lowercase();
            let is_allowed =
                ["/", "#", "?", "https://", "http://", "mailto:", "tel:"].iter().any(|it| value.starts_with(it))
                    && !value.starts_with("//");
            if name.starts_with("on") || name == "srcdoc" || (leads && !value.is_empty() && !is_allowed) {
                found.push(format!("{name}=\"{value}\""));
            }
        }
    }
    found
}

fn portal() -> Portal {
    Portal::new(
        read(r#"{"name":"A","tree":[{"kind":"section","slug":"thong-bao","title":"A"}]}"#).0.expect("a site"),
        "/",
    )
}

#[test]
fn every_text_field_of_every_document_is_attacked_and_stays_a_text() {
    let portal = portal();
    let mut tried = 0;
    for name in DOCUMENTS {
        let mut attacked = BTreeSet::<Field>::new();
        for turn in 0..ATTACKS.len().max(ADDRESSES.len()) {
            let mut next = turn;
            let mut text = |field: &Field, form: &String| {
                attacked.insert(field.clone());
                next += 1;
                tried += 1;
                attack_within(form, next, &ATTACKS, &ADDRESSES)
            };
            for document in Maker::new(name, &mut text).documents() {
                let html = shown(name, &document.to_string(), &portal).unwrap_or_else(|| panic!("{name} is refused"));
                assert_eq!(harm(&html), Vec::<String>::new(), "{name}: {document}");
            }
        }
        let missed: Vec<Field> = text_fields(name).difference(&attacked).cloned().collect();
        assert!(missed.is_empty(), "{name}: nothing attacks {missed:?}");
    }
    println!("{tried} texts and addresses attack");
    assert!(tried > 10_000, "{tried}");
}

/// Puts something in place of one text after the other, in turns; the document with each.
fn each_with(document: &Value, bad: &[Value]) -> Vec<Value> {
    fn places(value: &Value, path: String, found: &mut Vec<String>) {
        match value {
            Value::String(_) => found.push(path),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, it)| places(it, format!("{path}/{at}"), found))
            }
            Value::Object(fields) => fields.iter().for_each(|(key, it)| places(it, format!("{path}/{key}"), found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    places(document, String::new(), &mut found);
    let replaced = |(turn, place): (usize, String)| {
        let mut document = document.clone();
        *document.pointer_mut(&place).expect("found before") = bad[turn % bad.len()].clone();
        document
    };
    found.into_iter().enumerate().map(replaced).collect()
}

#[test]
fn what_the_tools_refuse_does_no_harm_in_a_browser_that_shows_the_rest() {
    let portal = portal();
    let (mut drawn, mut refused) = (0, 0);
    // An address that runs code, a text that ends what it stands in, and what is no text.
    let bad = [ADDRESSES[0].into(), ATTACKS[3].into(), serde_json::json!({ "text": ATTACKS[0] }), ATTACKS[4].into()];
    for name in DOCUMENTS {
        let mut text = |_: &Field, form: &String| attack_within(form, 0, &["x"], &["/x"]);
        for document in Maker::new(name, &mut text).flat().documents() {
            for document in each_with(&document, &bad) {
                match shown(name, &document.to_string(), &portal) {
                    Some(html) => {
                        assert_eq!(harm(&html), Vec::<String>::new(), "{name}: {document}");
                        drawn += 1;
                    }
                    None => refused += 1,
                }
            }
        }
    }
    println!("{drawn} drawn, {refused} refused");
    assert!(drawn > 300 && refused > 20, "{drawn} drawn, {refused} refused");
}
