//! What a page says of itself outside its body.

#[path = "common/sample.rs"]
mod sample;

use portal::content::{Content, Listing, Search};
use portal::contract::{Href, Slug};
use portal::failure::Failure;
use portal::head::{Head, description, why_failed};
use portal::portal::Portal;
use portal::routes::{Query, Route};
use portal::words::ENGLISH;
use sample::{decoded, portal, portal_of, site, with};
use serde_json::{Value, json};

fn slug(text: &str) -> Slug {
    Slug::new(text).expect("a slug")
}

fn article(further: Value) -> Head {
    Head::of(&content_of_article(further), &portal())
}

fn content_of_article(further: Value) -> Content {
    let required = json!({
        "slug": "hoi-lang", "section": "van-hoa", "title": "Hội làng", "published_at": "2020-10-10T17:00:00+07:00",
    });
    Content::Article(Box::new(decoded(&with(required, further))))
}

fn undated(further: Value) -> Head {
    Head::of(&content_of_page(further), &portal())
}

fn content_of_page(further: Value) -> Content {
    let required = json!({ "slug": "lien-he", "title": "Liên hệ" });
    Content::Page(Box::new(decoded(&with(required, further))))
}

fn content_of_section(year: Option<u16>, list: Option<u32>) -> Content {
    let listing = Listing {
        slug: slug("van-hoa"),
        total: 0,
        years: Vec::new(),
        year,
        list,
        teasers: Vec::new(),
        newer: None,
        older: None,
    };
    Content::Section(listing)
}

fn section(year: Option<u16>, list: Option<u32>) -> Head {
    Head::of(&content_of_section(year, list), &portal())
}

fn home() -> Content {
    Content::Home(decoded(&json!({})))
}

fn moved() -> Head {
    Head::of(&Content::Moved(Href::new("/van-hoa/").expect("an address")), &portal())
}

fn not_found() -> Head {
    Head::of(&Content::NotFound("/gi-do/".to_owned()), &portal())
}

fn search(text: &str) -> Head {
    Head::of(&Content::Search(Box::new(Search::idle(Query::new(text)))), &portal())
}

#[test]
fn the_home_page_has_the_portals_name() {
    assert_eq!(Head::of(&home(), &portal()).title, "Cổng mẫu");
}

#[test]
fn every_other_page_has_its_own_name_first() {
    let titles = [
        (article(json!({})), "Hội làng – Cổng mẫu"),
        (undated(json!({})), "Liên hệ – Cổng mẫu"),
        (section(None, None), "Văn hóa – Cổng mẫu"),
        (section(Some(2020), None), "Văn hóa – Năm 2020 – Cổng mẫu"),
        (section(None, Some(3)), "Văn hóa – Trang lưu trữ 3 – Cổng mẫu"),
        (section(Some(2020), Some(3)), "Văn hóa – Năm 2020 – Trang lưu trữ 3 – Cổng mẫu"),
        (Head::of(&Content::Sitemap, &portal()), "Sơ đồ trang – Cổng mẫu"),
        (search(""), "Tìm kiếm – Cổng mẫu"),
        (search("hồ <tây>"), "Tìm kiếm: hồ <tây> – Cổng mẫu"),
        (not_found(), "Không tìm thấy trang – Cổng mẫu"),
    ];
    for (head, title) in titles {
        assert_eq!(head.title, title);
    }
}

#[test]
fn titles_are_plain_text_for_whoever_writes_them_to_escape() {
    assert_eq!(article(json!({ "title": "</title><script>" })).title, "</title><script> – Cổng mẫu");
}

#[test]
fn titles_of_an_english_portal_are_english() {
    let portal = portal_of(&with(site(), json!({ "language": "en" })));
    assert_eq!(Head::of(&Content::Sitemap, &portal).title, "Sitemap – Cổng mẫu");
}

#[test]
fn the_home_page_is_described_by_the_tagline() {
    let portal = portal_of(&with(site(), json!({ "tagline": "Gần dân" })));
    assert_eq!(description(&home(), &portal).as_deref(), Some("Gần dân"));
}

#[test]
fn an_article_is_described_by_its_lead() {
    assert_eq!(description(&content_of_article(json!({ "lead": "Tóm tắt" })), &portal()).as_deref(), Some("Tóm tắt"));
}

#[test]
fn a_page_is_described_by_its_lead() {
    assert_eq!(description(&content_of_page(json!({ "lead": "Tóm tắt" })), &portal()).as_deref(), Some("Tóm tắt"));
}

#[test]
fn a_section_is_described_by_the_tree() {
    let tree = json!([{ "kind": "section", "slug": "van-hoa", "title": "Văn hóa", "description": "Lễ hội và sách" }]);
    let portal = portal_of(&with(site(), json!({ "tree": tree })));
    assert_eq!(description(&content_of_section(None, None), &portal).as_deref(), Some("Lễ hội và sách"));
}

#[test]
fn what_has_no_lead_is_described_by_how_it_begins() {
    let body = json!([
        { "kind": "heading", "text": "Mở đầu" },
        { "kind": "paragraph", "text": ["Sáng nay, ", { "text": "hội làng", "strong": true }, " mở cửa."] },
        { "kind": "paragraph", "text": "Rồi." },
    ]);
    for lead in [json!(null), json!(" \n")] {
        let content = content_of_article(json!({ "lead": lead, "body": body }));
        assert_eq!(description(&content, &portal()).as_deref(), Some("Sáng nay, hội làng mở cửa."));
    }
    let long = content_of_page(json!({ "body": [{ "kind": "paragraph", "text": "dài ".repeat(100) }] }));
    let said = description(&long, &portal()).expect("a description");
    assert!(said.ends_with("dài…") && said.chars().count() <= 200, "{said}");
}

#[test]
fn what_says_nothing_of_itself_is_described_by_the_tagline() {
    let portal = portal_of(&with(site(), json!({ "tagline": "Gần dân" })));
    let search = Content::Search(Box::new(Search::idle(Query::new(""))));
    for content in [Content::Sitemap, search] {
        assert_eq!(description(&content, &portal).as_deref(), Some("Gần dân"));
    }
    assert_eq!(description(&content_of_section(None, None), &portal).as_deref(), Some("Gần dân"));
}

#[test]
fn every_page_with_an_address_names_it() {
    let addresses = [
        (Head::of(&home(), &portal()), "/"),
        (article(json!({})), "/van-hoa/hoi-lang/"),
        (undated(json!({})), "/lien-he/"),
        (section(None, None), "/van-hoa/"),
        (section(None, Some(3)), "/van-hoa/trang/3/"),
        (section(Some(2020), Some(3)), "/van-hoa/nam/2020/trang/3/"),
        (Head::of(&Content::Sitemap, &portal()), "/so-do-trang/"),
    ];
    for (head, address) in addresses {
        assert_eq!(head.canonical.as_deref(), Some(address));
    }
}

#[test]
fn the_address_has_the_base_path() {
    let portal = Portal::new(decoded(&site()), "/portal/");
    assert_eq!(Head::of(&Content::Sitemap, &portal).canonical.as_deref(), Some("/portal/so-do-trang/"));
}

#[test]
fn pages_without_an_address_of_their_own_name_none() {
    for head in [moved(), not_found(), search(""), search("hồ")] {
        assert_eq!(head.canonical, None, "{}", head.title);
    }
}

#[test]
fn what_can_be_read_is_listed() {
    let heads = [
        Head::of(&home(), &portal()),
        article(json!({})),
        article(json!({ "status": { "kind": "withdrawn", "reason": "Sai" } })),
        undated(json!({})),
        section(None, None),
        section(None, Some(3)),
        Head::of(&Content::Sitemap, &portal()),
    ];
    for head in heads {
        assert!(head.indexed, "{}", head.title);
    }
}

#[test]
fn what_cannot_be_read_or_is_listed_elsewhere_is_not_listed() {
    let gone = article(json!({ "status": { "kind": "gone" } }));
    let searches = [search(""), search("hồ")];
    let others = [gone, section(Some(2020), None), section(Some(2020), Some(3)), moved(), not_found()];
    for head in searches.into_iter().chain(others) {
        assert!(!head.indexed, "{}", head.title);
    }
}

#[test]
fn a_page_that_could_not_be_had_says_so_and_is_not_listed() {
    let head = Head::of_failure(&Route::section(&slug("van-hoa")), &portal());
    let title = "Chưa tải được danh sách bài viết – Cổng mẫu".to_owned();
    assert_eq!(head, Head { title, ..Head::default() });
}

#[test]
fn the_status_of_a_server_error_is_told() {
    let why = why_failed(&Failure::Status(502), &ENGLISH);
    assert_eq!(why, "The server has a problem (status 502). Please try again in a few minutes.");
}
