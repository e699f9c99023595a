//! Texts and addresses that try to be more, in each format that the portal writes.

use crate::attacks::{ADDRESSES, ATTACKS};
use portal::contract::decode::document;
use portal::contract::{Article, Href, Redirects, Site, Teaser};
use portal::markup::{Node, el};
use portal::portal::Portal;
use portal::tools::publish::feeds::{self, Channel, Item};
use portal::tools::publish::hosting::{Hosting, Server};
use portal::tools::publish::structured::{self, SharePicture};
use portal::tools::publish::{manifest, sitemap};
use serde_json::json;

fn portal_named(text: &str) -> Portal {
    let site = json!({ "name": text, "unit": text, "tagline": text, "origin": "https://a.example.vn", "tree": [
        { "kind": "section", "slug": "tin-tuc", "title": text, "description": text },
    ] });
    Portal::new(document::<Site>(&site.to_string()).expect("a site"), "/")
}

fn article(text: &str) -> Article {
    let article = json!({
        "slug": "a", "section": "tin-tuc", "title": text, "lead": text, "author": text, "tags": [text],
        "published_at": "2020-10-10T17:00:00+07:00",
    });
    document(&article.to_string()).expect("an article")
}

fn teaser(text: &str) -> Teaser {
    let at = "2020-10-10T17:00:00+07:00";
    let teaser = json!({ "slug": "a", "section": "tin-tuc", "title": text, "lead": text, "published_at": at });
    document(&teaser.to_string()).expect("a teaser")
}

#[test]
fn html_holds_a_text_as_text() {
    for attack in ATTACKS {
        let html = Node::from(el("p").attr("title", attack.to_owned()).add(attack.to_owned())).to_html();
        let page = scraper::Html::parse_fragment(&html);
        let all = scraper::Selector::parse("html *").expect("a selector");
        let elements: Vec<_> = page.select(&all).map(|element| element.value()).collect();
        assert!(elements.len() == 1 && elements[0].attrs().count() == 1, "{html}");
        // A parser replaces what HTML cannot hold.
        let same = |text: &str| text.replace('\r', "").replace(['\u{0}', '\u{fffd}'], "");
        assert_eq!(same(&page.root_element().text().collect::<String>()), same(attack));
    }
}

#[test]
fn structured_data_holds_a_text_as_text() {
    let picture = SharePicture { url: "/a.png".to_owned(), width: 1, height: 1 };
    for attack in ATTACKS {
        let data = structured::news_article(&article(attack), &portal_named(attack), &picture).expect("data");
        let script = structured::script(&data);
        assert!(!script.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{script}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&script).expect("JSON"), data);
    }
}

#[test]
fn feeds_hold_a_text_as_text() {
    for attack in ATTACKS {
        let portal = portal_named(attack);
        let feeds =
            feeds::feeds(&Channel::portal(&portal), &[Item::of_teaser(&teaser(attack)).expect("of a day")], &portal)
                .expect("feeds");
        for text in [&feeds.rss, &feeds.atom] {
            let feed = feed_rs::parser::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
            assert_eq!(feed.entries.len(), 1);
            assert_eq!(feed.entries[0].links[0].href, "https://a.example.vn/tin-tuc/a/");
            assert!(!text.contains("<script") && !text.contains("<img"), "{text}");
        }
        let json: serde_json::Value = serde_json::from_str(&feeds.json).expect("JSON");
        assert_eq!(json["items"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn the_manifest_and_the_sitemap_hold_a_text_as_text() {
    for attack in ATTACKS {
        let portal = portal_named(attack);
        let text = manifest::manifest(&portal);
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(value["start_url"], "/");
        for (_, bytes) in sitemap::sitemap(&[(format!("/{attack}/"), None)], &portal) {
            let text = String::from_utf8(bytes).expect("UTF-8");
            assert_eq!(text.matches("<url>").count(), 1, "{text}");
            assert!(!text.contains("<script"), "{text}");
        }
    }
}

#[test]
fn links_lead_where_links_may() {
    for address in ADDRESSES {
        if let Some(href) = Href::new(address) {
            let is_known = ["/", "https://", "mailto:"].iter().any(|start| href.as_str().starts_with(start));
            assert!(is_known && !href.as_str().starts_with("//"), "{address}");
        }
    }
    assert!(
        document::<Teaser>(r#"{"section":"a","slug":"../a","title":"x","published_at":"2020-10-10T17:00:00Z"}"#)
            .is_err()
    );
}

/// What the hosts are told of an old address, without what they are told anyway.
fn settings(from: &str, to: &str) -> [String; 3] {
    let redirects = json!({ "redirects": [{ "from": from, "to": to }] }).to_string();
    let redirects = document::<Redirects>(&redirects).expect("redirects").redirects;
    let server = Server::default();
    let hosting =
        Hosting { base: "/", editions: &[], policy: "", secure: false, files: &[], redirects: &redirects, server };
    [hosting.redirects(), hosting.nginx(), hosting.caddy()]
}

#[test]
fn an_old_address_is_one_line_of_what_hosts_are_told() {
    let [plain, nginx, caddy] = settings("/x/", "/y/").map(|text| text.lines().count());
    let texts = ATTACKS.iter().map(|attack| format!("/{attack}")).chain(ADDRESSES.map(str::to_owned));
    let mut tried = 0;
    for address in texts.filter(|address| Href::new(address.as_str()).is_some()) {
        for (from, to) in [("/x/", address.as_str()), (address.as_str(), "/y/")] {
            let [own_plain, own_nginx, own_caddy] = settings(from, to);
            assert!(own_plain.lines().count() <= plain, "{own_plain}");
            assert!(own_nginx.lines().count() <= nginx + 1, "{own_nginx}");
            assert!(own_caddy.lines().count() <= caddy + 1, "{own_caddy}");
            for line in own_plain.lines().filter(|line| line.starts_with('/')) {
                assert!(line.ends_with(" 301") && line.split(' ').count() <= 4, "{line}");
            }
            for line in own_nginx.lines().chain(own_caddy.lines()).filter(|line| line.contains("attacked")) {
                let quoted: Vec<&str> = line.split('"').collect();
                assert!(quoted.len() == 5 && !line.contains(['<', '{', '}']) && !quoted[3].contains('$'), "{line}");
            }
            tried += 1;
        }
    }
    assert!(tried > 10, "{tried}");
}
