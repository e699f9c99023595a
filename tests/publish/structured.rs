//! Structured data: what schema.org requires and what Google recommends is there, and nothing breaks out of its element.

use crate::{HOSTILE, article, portal, published};
use portal::contract::Status;
use portal::tools::publish::structured::{SharePicture, breadcrumbs, news_article, script};
use serde_json::{Value, json};

fn picture() -> SharePicture {
    SharePicture { url: "/portal/share.png".to_owned(), width: 1200, height: 630 }
}

#[test]
fn an_article_has_all_that_google_recommends() {
    let value = news_article(&article("Họp bàn"), &published(), &picture()).expect("an article");
    let url = "https://phuong.example.vn/portal/tin-tuc/hop-ban/";
    for (pointer, expected) in [
        ("/@context", json!("https://schema.org")),
        ("/@type", json!("NewsArticle")),
        ("/headline", json!("Họp bàn")),
        ("/description", json!("Tóm tắt: Họp bàn")),
        ("/mainEntityOfPage/@id", json!(url)),
        ("/url", json!(url)),
        ("/image/0/url", json!("https://phuong.example.vn/portal/share.png")),
        ("/image/0/width", json!(1200)),
        ("/image/0/height", json!(630)),
        ("/datePublished", json!("2024-03-01T08:00:00+07:00")),
        ("/dateModified", json!("2024-03-02T08:30:00+07:00")),
        ("/author/0/@type", json!("Person")),
        ("/author/0/name", json!("Nguyễn Văn A")),
        ("/publisher/name", json!("Ủy ban nhân dân phường")),
        ("/publisher/logo/url", json!("https://phuong.example.vn/portal/logo.svg")),
        ("/articleSection", json!("Tin tức & sự kiện")),
        ("/inLanguage", json!("vi")),
        ("/isAccessibleForFree", json!(true)),
        ("/keywords", json!(["họp", "dân"])),
    ] {
        assert_eq!(value.pointer(pointer), Some(&expected), "{pointer}");
    }
}

#[test]
fn a_date_that_is_not_known_is_not_told() {
    let mut undated = article("Họp");
    undated.published_at = None;
    let value = news_article(&undated, &published(), &picture()).expect("an article");
    assert_eq!((value.get("datePublished"), &value["dateModified"]), (None, &json!("2024-03-02T08:30:00+07:00")));
    undated.updated_at = None;
    assert_eq!(news_article(&undated, &published(), &picture()).expect("an article").get("dateModified"), None);
}

#[test]
fn the_office_answers_for_an_article_without_author() {
    let mut unsigned = article("Họp");
    unsigned.author = None;
    let value = news_article(&unsigned, &published(), &picture()).expect("an article");
    assert_eq!(value["author"][0], value["publisher"]);
}

#[test]
fn a_long_headline_is_cut_between_words() {
    let long = "Ủy ban nhân dân ".repeat(12);
    let value = news_article(&article(&long), &published(), &picture()).expect("an article");
    let headline = value["headline"].as_str().expect("a headline");
    assert!(headline.chars().count() <= 110, "{headline}");
    assert!(headline.ends_with(" dân…") || headline.ends_with(" ban…") || headline.ends_with(" nhân…"), "{headline}");
    assert!(long.starts_with(headline.trim_end_matches('…')));
}

#[test]
fn nothing_is_said_without_origin_or_of_what_is_gone() {
    let unpublished = portal("/", None);
    assert_eq!(news_article(&article("Họp"), &unpublished, &picture()), None);
    let trail = [("Trang chủ".to_owned(), Some("/".to_owned())), ("Tin".to_owned(), Some("/tin-tuc/".to_owned()))];
    assert_eq!(breadcrumbs(&trail, &unpublished), None);
    let mut gone = article("Họp");
    gone.status = Status::Gone(portal::contract::article::Gone { reason: None, instead: None });
    assert_eq!(news_article(&gone, &published(), &picture()), None);
}

#[test]
fn breadcrumbs_count_from_one_and_skip_groups() {
    let step = |title: &str, address: Option<&str>| (title.to_owned(), address.map(str::to_owned));
    let trail = [
        step("Trang chủ", Some("/portal/")),
        step("Nhóm", None),
        step("Tin tức", Some("/portal/tin-tuc/")),
        step("Họp", None),
    ];
    let value = breadcrumbs(&trail, &published()).expect("a list");
    assert_eq!(value["@type"], "BreadcrumbList");
    let steps = value["itemListElement"].as_array().expect("steps");
    let told: Vec<_> = steps.iter().map(|step| (step["position"].as_u64(), step["name"].as_str())).collect();
    assert_eq!(told, [(Some(1), Some("Trang chủ")), (Some(2), Some("Tin tức")), (Some(3), Some("Họp"))]);
    assert_eq!(steps[1]["item"], "https://phuong.example.vn/portal/tin-tuc/");
    assert_eq!(steps[2].get("item"), None);
    assert_eq!(breadcrumbs(&trail[..1], &published()), None, "one step is no way");
}

#[test]
fn data_are_inert_in_their_element_and_still_the_same() {
    let value = news_article(&article(HOSTILE), &published(), &picture()).expect("an article");
    let text = script(&value);
    assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\u{1}']), "{text}");
    let back: Value = serde_json::from_str(&text).expect("still JSON");
    assert_eq!(back, value);
    assert_eq!(back["headline"], HOSTILE.replace('\u{1}', ""), "titles have no controls");
}
