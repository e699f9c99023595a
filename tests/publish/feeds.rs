//! The three feeds, read by `feed-rs` and `quick-xml`.

use crate::{HOSTILE, portal, published, teaser};
use feed_rs::model::{Feed, FeedType};
use portal::contract::Slug;
use portal::tools::publish::feeds::{Channel, Feeds, Item, feeds};
use quick_xml::Reader;
use quick_xml::events::Event;

const SECTION: &str = "https://phuong.example.vn/portal/tin-tuc/";

fn written() -> Feeds {
    let portal = published();
    let items: Vec<Item> = [teaser(HOSTILE, 9), teaser("Họp bàn", 5), teaser("Cũ", 1)]
        .iter()
        .map(|teaser| Item::of_teaser(teaser).expect("of a day"))
        .collect();
    let slug = Slug::new("tin-tuc").expect("a slug");
    feeds(&Channel::section(&slug, &portal), &items, &portal).expect("a portal with an origin has feeds")
}

fn read(text: &str) -> Feed {
    feed_rs::parser::parse(text.as_bytes()).expect("a feed")
}

/// The text as XML can hold it.
fn hostile() -> String {
    HOSTILE.replace('\u{1}', "")
}

#[test]
fn a_portal_without_origin_has_no_feeds() {
    let portal = portal("/", None);
    assert_eq!(feeds(&Channel::portal(&portal), &[], &portal), None);
}

#[test]
fn what_has_no_date_is_no_news() {
    let mut undated = teaser("Tư liệu", 1);
    undated.published_at = None;
    assert_eq!(Item::of_teaser(&undated), None);
}

#[test]
fn the_same_items_give_the_same_bytes() {
    assert_eq!(written(), written());
}

#[test]
fn all_three_tell_the_same() {
    let Feeds { rss, atom, json } = written();
    for (text, kind) in [(rss, FeedType::RSS2), (atom, FeedType::Atom), (json, FeedType::JSON)] {
        let feed = read(&text);
        assert_eq!(feed.feed_type, kind);
        assert_eq!(feed.title.as_ref().expect("a title").content, "Tin tức & sự kiện – Cổng thông tin điện tử");
        let description = if kind == FeedType::RSS2 { "Tin &lt;mới&gt;" } else { "Tin <mới>" };
        assert_eq!(feed.description.as_ref().expect("a description").content, description, "RSS takes it for HTML");
        assert!(feed.links.iter().any(|link| link.href == SECTION), "{:?}", feed.links);
        let links: Vec<_> = feed.entries.iter().map(|entry| entry.links[0].href.as_str()).collect();
        assert_eq!(links, ["bai-9/", "bai-5/", "bai-1/"].map(|end| format!("{SECTION}{end}")));
        for entry in &feed.entries {
            assert_eq!(entry.id, entry.links[0].href, "the address is the lasting name");
        }
        let published: Vec<_> =
            feed.entries.iter().map(|entry| entry.published.expect("a date").to_rfc3339()).collect();
        assert_eq!(published[1], "2024-03-05T01:00:00+00:00");
        assert!(text.contains("Tin tức &amp; sự kiện") || text.contains("Tin tức & sự kiện"), "the section is named");
        assert!(
            text.contains("https://phuong.example.vn/portal/media/hop.webp"),
            "the largest picture is named: {text}"
        );
    }
}

#[test]
fn hostile_titles_stay_titles() {
    let Feeds { rss, atom, json } = written();
    for text in [&rss, &atom] {
        let feed = read(text);
        assert_eq!(feed.entries[0].title.as_ref().expect("a title").content, hostile());
    }
    let summary = |text| read(text).entries[0].summary.as_ref().expect("a summary").content.clone();
    assert_eq!(summary(&atom), format!("Tóm tắt: {}", hostile()));
    assert!(!summary(&rss).contains('<'), "readers take it for HTML: {}", summary(&rss));
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["items"][0]["title"], hostile(), "titles have no controls");
    assert!(value["items"].as_array().expect("items").iter().all(|item| item["content_text"].is_string()));
}

#[test]
fn the_feeds_name_themselves_and_when_they_changed() {
    let Feeds { rss, atom, json } = written();
    assert!(rss.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?><rss"), "{rss}");
    assert!(rss.contains(&format!("<atom:link href=\"{SECTION}rss.xml\" rel=\"self\"")), "{rss}");
    assert!(rss.contains("<lastBuildDate>Sat, 9 Mar 2024 08:00:00 +0700</lastBuildDate>"), "{rss}");
    assert!(rss.contains(&format!("<guid>{SECTION}bai-9/</guid>")), "an address is a permalink: {rss}");
    assert!(rss.contains("<language>vi</language>"), "{rss}");
    assert!(rss.contains("<enclosure url="), "{rss}");
    assert!(atom.contains(&format!("<link href=\"{SECTION}atom.xml\" rel=\"self\"")), "{atom}");
    assert!(atom.contains("<updated>2024-03-09T08:00:00+07:00</updated>"), "{atom}");
    assert!(atom.contains("xml:lang=\"vi\""), "{atom}");
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(value["feed_url"], format!("{SECTION}feed.json"));
    assert_eq!(value["home_page_url"], SECTION);
    assert_eq!(value["language"], "vi");
    assert_eq!(value["items"][1]["date_published"], "2024-03-05T08:00:00+07:00");
}

#[test]
fn every_xml_is_well_formed_even_when_empty() {
    let portal = published();
    let empty = feeds(&Channel::portal(&portal), &[], &portal).expect("feeds");
    let full = written();
    for text in [&empty.rss, &empty.atom, &full.rss, &full.atom] {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(_) => (),
                Err(error) => panic!("{error} in {text}"),
            }
        }
    }
    assert!(empty.rss.contains("<link>https://phuong.example.vn/portal/</link>"), "{}", empty.rss);
    assert_eq!(read(&empty.atom).entries.len(), 0);
}
