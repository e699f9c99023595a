//! What helps to read a text and to pass it on.

use super::{article_of, teaser, undated_of};
use crate::sample::{decoded, portal, with};
use portal::components::{self, reading};
use portal::content::{Content, Listing, Search, SearchState};
use portal::contract::{Site, Slug};
use portal::portal::Portal;
use portal::routes::Query;
use serde_json::{Value, json};

fn html(further: Value, portal: &Portal) -> String {
    components::page(&article_of(further), portal).to_html()
}

/// The sample portal, published at an address.
fn published() -> Portal {
    let site = serde_json::to_value(&portal().site).expect("a site is JSON");
    Portal::new(decoded::<Site>(&with(site, json!({ "origin": "https://portal.example" }))), "/")
}

fn paragraphs(words: usize) -> Value {
    json!([{ "kind": "paragraph", "text": "tiếng ".repeat(words) }])
}

#[test]
fn links_pass_on_the_one_address_of_a_page() {
    let html = html(json!({}), &published());
    let address = "https%3A%2F%2Fportal.example%2Fvan-hoa%2Fhoi-lang%2F";
    for place in [
        "https://sp.zalo.me/share_inline?url=",
        "https://www.facebook.com/sharer/sharer.php?u=",
        "mailto:?subject=H%E1%BB%99i%20l%C3%A0ng&amp;body=",
    ] {
        assert!(html.contains(&format!("href=\"{place}{address}\"")), "{place}: {html}");
    }
    assert_eq!(html.matches("rel=\"noopener noreferrer\"").count(), 2, "{html}");
}

/// The address that is printed on a page of the published portal.
fn on_paper(content: &Content) -> String {
    let html = components::page(content, &published()).to_html();
    let (_, rest) = html.split_once("<p><span>Địa chỉ trang:</span> <span>").expect("an address on paper");
    rest.split('<').next().expect("its end").to_owned()
}

#[test]
fn paper_leads_back_to_the_page() {
    let list = Listing {
        slug: Slug::new("van-hoa").expect("a slug"),
        total: 9,
        years: Vec::new(),
        year: Some(2020),
        list: Some(3),
        teasers: Vec::new(),
        newer: None,
        older: None,
    };
    let hits = json!({ "total": 1, "results": [{ "slug": "lien-he", "title": [{ "text": "Liên hệ" }] }] });
    let query = Query::new("hồ nước");
    let found = Search { query, state: SearchState::Found(decoded(&hits)) };
    for (content, path) in [
        (Content::Home(decoded(&json!({ "lead": [teaser("a", "A", "2020-01-02T03:04:05+07:00")] }))), "/"),
        (Content::Sitemap, "/so-do-trang/"),
        (Content::Search(Box::new(found)), "/tim-kiem/?q=h%E1%BB%93+n%C6%B0%E1%BB%9Bc"),
        (article_of(json!({})), "/van-hoa/hoi-lang/"),
        (undated_of(json!({})), "/lien-he/"),
        (Content::Section(list), "/van-hoa/nam/2020/trang/3/"),
    ] {
        assert_eq!(on_paper(&content), format!("https://portal.example{path}"));
    }
}

#[test]
fn without_an_address_there_is_nothing_to_link_to() {
    assert!(!html(json!({}), &portal()).contains("share__places"));
}

#[test]
fn the_time_it_takes_is_told_of_longer_texts() {
    for (words, told) in [(50, None), (500, Some("Đọc khoảng 2 phút")), (2200, Some("Đọc khoảng 10 phút"))]
    {
        let html = html(json!({ "body": paragraphs(words) }), &portal());
        match told {
            Some(text) => assert!(html.contains(text), "{words}: {html}"),
            None => assert!(!html.contains("Đọc khoảng"), "{words}: {html}"),
        }
        assert_eq!(html.contains("class=\"to-top\""), words > 550, "{words}");
        let page = components::page(&undated_of(json!({ "body": paragraphs(words) })), &portal()).to_html();
        assert_eq!(page.contains("Đọc khoảng"), told.is_some(), "{words}: {page}");
        assert!(told.is_none_or(|text| page.contains(text)), "{words}: {page}");
    }
}

#[test]
fn three_headings_make_a_table_of_contents() {
    let heading = |text: &str, level: u8| json!({ "kind": "heading", "text": text, "level": level });
    let all = [heading("Một", 2), heading("Nhỏ", 3), heading("Hai", 2), heading("Một", 2)];
    let page = |count: usize| components::page(&undated_of(json!({ "body": all[..count] })), &portal()).to_html();
    assert!(!page(2).contains("contents"));
    let html = page(4);
    let (_, list) = html.split_once("<ol class=\"contents__list\">").expect("a table of contents");
    let (list, _) = list.split_once("</ol>").expect("it ends");
    let entry = |id: &str, text: &str| format!("<li><a href=\"#{id}\">{text}</a></li>");
    assert_eq!(list, [entry("muc-mot", "Một"), entry("muc-hai", "Hai"), entry("muc-mot-2", "Một")].concat());
}

#[test]
fn a_table_of_contents_has_the_levels_as_they_are_shown() {
    let heading = |text: &str, level: u8| json!({ "kind": "heading", "text": text, "level": level });
    let entries = |body: Value| {
        let html = components::page(&article_of(json!({ "language": "en", "body": body })), &portal()).to_html();
        let list = html.split_once("<ol class=\"contents__list\" lang=\"en\">").map(|(_, rest)| rest.to_owned());
        list.map(|rest| rest.split("</ol>").next().expect("it ends").matches("<li>").count())
    };
    let all_of_one = json!([heading("A", 4), heading("B", 4), heading("C", 4)]);
    assert_eq!(entries(all_of_one), Some(3));
    let first_written_deeper =
        json!([heading("A", 3), heading("B", 2), heading("c", 3), heading("D", 2), heading("e", 3)]);
    assert_eq!(entries(first_written_deeper), Some(3), "the first is shown as high as the second");
    let one_above_all = json!([heading("A", 2), heading("b", 3), heading("c", 3)]);
    assert_eq!(entries(one_above_all), Some(3));
    assert_eq!(entries(json!([heading("A", 2), heading("b", 3)])), None);
}

#[test]
fn a_code_is_dark_squares_in_a_margin() {
    let code = reading::code("https://portal.example/", "Mã").expect("it fits");
    let html = portal::markup::Node::from(code).to_html();
    assert!(
        html.starts_with("<svg viewBox=\"0 0 33 33\" role=\"img\" aria-label=\"Mã\"><path d=\"M4 4h7v1h-7z"),
        "{html}"
    );
    assert!(reading::code(&"x".repeat(5000), "Mã").is_none());
}
