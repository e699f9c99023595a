//! Hostile text is only text, and addresses stay where they belong: on whole pages that use every field.
//!
//! A page of hostile text must be the page of harmless text with the escaped hostile text in its place: nothing more.

use crate::sample::{decoded, portal};
use crate::whole::{full_article, full_home, full_results, full_site};
use crate::{article_of, page, shows, values, with};
use portal::components::layout::layout;
use portal::components::visits::{VisitsState, visits};
use portal::content::{Content, Listing, Search};
use portal::contract::Slug;
use portal::portal::Portal;
use portal::routes::Query;
use portal::words::VIETNAMESE;
use serde_json::json;

const HOSTILE: &str = "\"'></title></p></script><script>alert()</script><img src=x onerror=alert()>&lt;";
const INERT: &str = "&quot;'&gt;&lt;/title&gt;&lt;/p&gt;&lt;/script&gt;&lt;script&gt;alert()&lt;/script&gt;\
                     &lt;img src=x onerror=alert()&gt;&amp;lt;";
/// An address that is valid, and would end the attribute it stands in.
const HOSTILE_ADDRESS: &str = "/a\"onload=\"alert()\"><script>";
const INERT_ADDRESS: &str = "/a&quot;onload=&quot;alert()&quot;&gt;&lt;script&gt;";

/// The pages of a portal that has this text and this address wherever it can.
fn pages(text: &str, address: &str, base: &str) -> Vec<(&'static str, String)> {
    let portal = Portal::new(decoded(&full_site(text, text, address)), base);
    let section = Listing {
        teasers: decoded(&full_home(text, address)["lead"]),
        slug: Slug::new("van-hoa").expect("a slug"),
        total: 2,
        years: Vec::new(),
        year: None,
        list: None,
        newer: None,
        older: None,
    };
    let gone = json!({ "kind": "gone", "reason": text, "instead": address });
    let gone = with(full_article(text, text, address), json!({ "status": gone }));
    let undated = json!({ "slug": "lien-he", "title": text, "lead": text });
    let contents = [
        ("home", Content::Home(decoded(&full_home(text, address)))),
        ("section", Content::Section(section)),
        ("article", Content::Article(Box::new(decoded(&full_article(text, text, address))))),
        ("gone", Content::Article(Box::new(decoded(&gone)))),
        ("page", Content::Page(Box::new(decoded(&undated)))),
        ("sitemap", Content::Sitemap),
        ("search", Content::Search(Box::new(Search::new(Query::new(text), Ok(decoded(&full_results(text))))))),
        ("not found", Content::NotFound(format!("/{text}/"))),
    ];
    let whole = |content: &Content| layout(portal::components::page(content, &portal), None, &portal).to_html();
    contents.iter().map(|(name, content)| (*name, whole(content))).collect()
}

#[test]
fn hostile_text_is_only_text_on_every_page() {
    let harmless = pages("x", "/a", "/");
    for ((name, hostile), (_, harmless)) in pages(HOSTILE, "/a", "/").into_iter().zip(harmless) {
        // In the address of a search it is encoded.
        let inert = hostile.replace(&Query::new(HOSTILE).to_string(), "?q=x").replace(INERT, "x");
        assert_eq!(without_ids(&inert), without_ids(&harmless), "{name}");
    }
}

/// A page without the ids of its headings, which are made of the text: letters, digits and hyphens of it at most.
fn without_ids(html: &str) -> String {
    let mut parts = html.split(" id=\"muc-");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (id, rest) = part.split_once('"').expect("a closed attribute");
        assert!(id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{id}");
        text + rest
    })
}

#[test]
fn hostile_addresses_are_only_addresses_on_every_page() {
    let harmless = pages("x", "/a", "/");
    for ((name, hostile), (_, harmless)) in pages("x", HOSTILE_ADDRESS, "/").into_iter().zip(harmless) {
        assert_eq!(hostile.replace(INERT_ADDRESS, "/a"), harmless, "{name}");
    }
}

#[test]
fn a_title_that_ends_titles_is_a_headline() {
    let html = page(&article_of(json!({ "title": "</title><script>" })), &portal());
    shows(&html, "tabindex=\"-1\">&lt;/title&gt;&lt;script&gt;</h1>");
}

#[test]
fn quotes_in_an_alternative_text_do_not_end_it() {
    let picture = with(crate::picture(), json!({ "alt": "Biển \"Dừng\" 'ở đây'" }));
    let html = crate::body(json!([{ "kind": "figure", "picture": picture }]));
    shows(&html, " alt=\"Biển &quot;Dừng&quot; 'ở đây'\" ");
}

#[test]
fn quotes_in_the_long_form_of_an_abbreviation_do_not_end_it() {
    let html = crate::body(json!([{ "kind": "paragraph", "text": [{ "text": "A", "abbr": "\" onclick=\"x" }] }]));
    assert_eq!(html, "<p><abbr title=\"&quot; onclick=&quot;x\">A</abbr></p>");
}

#[test]
fn entities_in_a_caption_are_shown_as_written() {
    let picture = with(crate::picture(), json!({ "caption": "a &amp; <b>" }));
    let html = crate::body(json!([{ "kind": "figure", "picture": picture }]));
    shows(&html, "<span class=\"figure__caption\">a &amp;amp; &lt;b&gt; </span>");
}

#[test]
fn a_hostile_label_of_a_figure_is_only_text() {
    let figures = json!([{ "key": "khac", "value": 1, "label": HOSTILE }]);
    let known = VisitsState::Known(decoded(&json!({ "as_of": "2020-10-10T10:00:00Z", "figures": figures })));
    shows(&visits(&known, &VIETNAMESE).to_html(), &format!("<dt>{INERT}</dt>"));
}

/// Every address on a page, those of `srcset` one by one.
fn addresses(html: &str) -> Vec<&str> {
    let sets = values(html, "srcset").into_iter().flat_map(|set| set.split(", "));
    let of_sets = sets.filter_map(|source| source.split(' ').next());
    ["href", "src", "poster", "action"].into_iter().flat_map(|name| values(html, name)).chain(of_sets).collect()
}

#[test]
fn the_base_path_precedes_every_address_of_this_site() {
    for (name, html) in pages("x", "/a", "/portal/") {
        let local = addresses(&html).into_iter().filter(|address| !address.starts_with(['#', 'm', 't']));
        let outside: Vec<&str> = local.filter(|address| !address.starts_with("/portal/")).collect();
        assert!(outside.is_empty(), "{name}: {outside:?}");
    }
}

#[test]
fn the_base_path_stands_once() {
    for (name, html) in pages("x", "/a", "/portal/") {
        assert!(!html.contains("/portal/portal/") && !html.contains("/portal//"), "{name}: {html}");
    }
}

#[test]
fn a_link_to_a_page_gets_its_final_slash() {
    let link = |target: &str| pages("x", target, "/portal/").swap_remove(0).1;
    for (target, shown) in [
        ("/tin-tuc", "/portal/tin-tuc/"),
        ("/tin-tuc/", "/portal/tin-tuc/"),
        ("/tin-tuc?a=b.c#d", "/portal/tin-tuc/?a=b.c#d"),
        ("/", "/portal/"),
        ("/media/a.pdf", "/portal/media/a.pdf"),
    ] {
        shows(&link(target), &format!("<a href=\"{shown}\">Xem thêm"));
    }
}

#[test]
fn addresses_of_other_sites_stay_as_they_are() {
    let other = "https://khac.vn/a.b";
    for ((name, html), (_, here)) in pages("x", other, "/portal/").into_iter().zip(pages("x", "/a.b", "/portal/")) {
        let same = html.replace(other, "/portal/a.b").replace(" rel=\"noopener\"", "");
        assert_eq!(same, here, "{name}");
    }
}

#[test]
fn an_article_shows_every_kind_of_address() {
    let (_, html) = pages("x", "/a", "/portal/").swap_remove(2);
    for place in ["href=", "src=", "poster=", "srcset=", "<track kind=\"captions\" src=", "<audio ", "<video "] {
        shows(&html, place);
    }
}
