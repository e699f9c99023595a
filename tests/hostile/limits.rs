//! What no document may be, each named where it is hit.

use portal::components::page;
use portal::content::Content;
use portal::contract::decode::{document, read};
use portal::contract::{Article, Decode, Redirects, Site};
use portal::portal::Portal;
use portal::routes::Route;
use serde_json::{Value, json};

fn article(body: Value) -> Value {
    json!({
        "slug": "a", "section": "tin-tuc", "title": "A", "published_at": "2020-10-10T17:00:00+07:00", "body": body
    })
}

/// The first thing that is wrong with a document.
fn problem<T: Decode + std::fmt::Debug>(text: &str) -> String {
    document::<T>(text).expect_err("a problem")[0].to_string()
}

#[test]
fn lists_in_lists_have_an_end() {
    let mut list = json!({ "items": ["x"] });
    for _ in 0..100 {
        list = json!({ "items": [{ "text": "x", "list": list }] });
    }
    list["kind"] = json!("list");
    let text = article(json!([list])).to_string();
    let said = problem::<Article>(&text);
    assert!(said.contains("nested more than 40 deep") || said.contains("recursion limit"), "{said}");
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(problem::<Article>(&nested).contains("recursion limit"));
}

#[test]
fn a_table_of_ten_thousand_rows_is_refused() {
    let rows: Vec<Value> = (0..10_000).map(|_| json!(["a"])).collect();
    let said = problem::<Article>(&article(json!([{ "kind": "table", "rows": rows }])).to_string());
    assert_eq!(said, "body[0].rows: has 10000 items, more than 5000: divide it");
}

#[test]
fn a_paragraph_of_a_megabyte_is_refused() {
    let said = problem::<Article>(&article(json!([{ "kind": "paragraph", "text": "a".repeat(1 << 20) }])).to_string());
    assert!(said.starts_with("body[0].text: has 1048576 bytes, more than 262144"), "{said}");
}

#[test]
fn a_table_of_a_hundred_thousand_cells_is_refused() {
    let rows: Vec<Vec<&str>> = (0..2_000).map(|_| vec!["a"; 50]).collect();
    let said = problem::<Article>(&article(json!([{ "kind": "table", "rows": rows }])).to_string());
    assert_eq!(said, "body[0]: has 100000 items, more than 20000: divide it");
}

#[test]
fn a_paragraph_of_a_megabyte_in_pieces_is_refused() {
    let spans: Vec<String> = (0..1_000).map(|_| "a".repeat(1_000)).collect();
    let said = problem::<Article>(&article(json!([{ "kind": "paragraph", "text": spans }])).to_string());
    assert!(said.starts_with("body[0].text: has 1000000 bytes, more than 262144"), "{said}");
}

#[test]
fn an_office_may_have_many_old_addresses() {
    let redirects: Vec<Value> = (0..20_000).map(|at| json!({ "from": format!("/{at}/"), "to": "/a/" })).collect();
    let text = json!({ "redirects": redirects }).to_string();
    assert_eq!(document::<Redirects>(&text).expect("no problem").redirects.len(), 20_000);
}

#[test]
fn mistakes_without_number_are_not_all_kept() {
    let rows: Vec<Vec<u8>> = (0..4_000).map(|_| vec![1; 100]).collect();
    let text = article(json!([{ "kind": "table", "rows": rows }])).to_string();
    assert_eq!(document::<Article>(&text).expect_err("problems").len(), 10_000);
}

#[test]
fn half_a_character_is_no_text() {
    let text = r#"{"slug":"a","section":"b","title":"\ud800","published_at":"2020-10-10T17:00:00+07:00"}"#;
    assert!(problem::<Article>(text).contains("is not JSON"));
}

#[test]
fn a_tree_that_repeats_itself_is_walked_once() {
    let site = json!({ "name": "A", "tree": [{ "kind": "section", "slug": "a", "title": "A", "children": [
        { "kind": "section", "slug": "a", "title": "A", "children": [{ "kind": "section", "slug": "b", "title": "B" }] },
    ] }] });
    let site: Site = document(&site.to_string()).expect("no problem");
    assert_eq!((site.trail("a").len(), site.trail("b").len(), site.nodes().len()), (1, 3, 3));
}

#[test]
fn old_addresses_that_lead_in_a_circle_are_found_once() {
    let text = r#"{"redirects":[{"from":"/a/","to":"/b/"},{"from":"/b/","to":"/a/"}]}"#;
    let redirects: Redirects = document(text).expect("no problem");
    assert_eq!(redirects.find("/a/").map(ToString::to_string).as_deref(), Some("/b/"));
}

#[test]
fn the_year_9999_is_a_year() {
    let mut value = article(json!([]));
    let portal = Portal::new(document(r#"{"name":"A","tree":[]}"#).expect("a site"), "/");
    for (at, shown) in [("9999-12-31T23:59:59+07:00", "31/12/9999"), ("0001-01-01T00:00:00+07:00", "01/01/0001")] {
        value["published_at"] = json!(at);
        let article = document::<Article>(&value.to_string()).expect("a date");
        assert!(page(&Content::Article(Box::new(article)), &portal).to_html().contains(shown), "{at}");
    }
    // In Việt Nam this is the year 10000.
    value["published_at"] = json!("9999-12-31T23:59:59-12:00");
    let article = document::<Article>(&value.to_string()).expect("a date");
    assert!(page(&Content::Article(Box::new(article)), &portal).to_html().contains("<h1"));
}

#[test]
fn a_title_has_no_invisible_characters() {
    let mut value = article(json!([]));
    value["title"] = json!("\u{202e}tin\u{200b} tức\u{2066}");
    assert_eq!(document::<Article>(&value.to_string()).expect("no problem").title.as_str(), "tin tức");
}

#[test]
fn thousands_of_headings_of_the_same_words_have_ids_of_their_own_at_once() {
    let headings: Vec<Value> = (0..5_000).map(|_| json!({ "kind": "heading", "text": "Một" })).collect();
    let article: Article = document(&article(json!(headings)).to_string()).expect("no problem");
    let ids = portal::components::blocks::anchors(&article.body);
    assert_eq!((ids[0].as_str(), ids[1].as_str(), ids[1_999].as_str()), ("muc-mot", "muc-mot-2", "muc-mot-2000"));
    assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), 2_000, "nobody looks for the rest");
}

#[test]
fn a_faulty_block_is_shown_as_such_beside_the_others() {
    let text = article(json!([{ "kind": "paragraph", "text": 5 }, { "kind": "paragraph", "text": "Xin chào" }]));
    assert!(document::<Article>(&text.to_string()).is_err(), "tools tell it");
    let article: Article = read(&text.to_string()).0.expect("the rest of the article");
    let portal = Portal::new(document(r#"{"name":"A","tree":[]}"#).expect("a site"), "/");
    let html = page(&Content::Article(Box::new(article)), &portal).to_html();
    assert!(html.contains("<p class=\"faulty\"") && html.contains("Phần này chưa hiển thị được"), "{html}");
    assert!(html.contains("<p>Xin chào</p>"));
    let without_title = json!({ "slug": "a", "body": [] }).to_string();
    assert!(read::<Article>(&without_title).0.is_none());
}

#[test]
fn no_faulty_part_takes_an_article_along_that_can_be_read_without_it() {
    let bad = [
        ("published_at", json!("hôm qua")),
        ("updated_at", json!(5)),
        ("lead", json!({})),
        ("author", json!(["A"])),
        ("views", json!("nhiều")),
        ("language", json!("tiếng Việt")),
        ("source", json!({ "name": " " })),
        ("picture", json!("a.jpg")),
        ("tags", json!([" ", "đúng"])),
        ("translations", json!(["javascript:x"])),
        ("related", json!([{ "slug": "../x" }])),
        ("attachments", json!([{ "name": "A", "href": "x" }])),
    ];
    let portal = Portal::new(document(r#"{"name":"A","tree":[]}"#).expect("a site"), "/");
    for (field, value) in bad {
        let mut whole = article(json!([{ "kind": "paragraph", "text": "Xin chào" }]));
        whole[field] = value;
        let (read, problems) = read::<Article>(&whole.to_string());
        assert!(!problems.is_empty(), "{field}");
        let shown = Content::Article(Box::new(read.unwrap_or_else(|| panic!("{field} takes the article along"))));
        assert!(page(&shown, &portal).to_html().contains("<p>Xin chào</p>"), "{field}");
    }
    // What changes the meaning of all else is no such part.
    for (field, value) in [("status", json!({ "kind": "x" })), ("body", json!("x")), ("title", json!(" "))] {
        let mut whole = article(json!([]));
        whole[field] = value;
        assert!(read::<Article>(&whole.to_string()).0.is_none(), "{field}");
    }
}

#[test]
fn addresses_stay_on_this_site() {
    let site: Site = document(r#"{"name":"A","tree":[]}"#).expect("a site");
    for base in ["/", "/cong/"] {
        let portal = Portal::new(site.clone(), base);
        for path in
            ["//evil.example/", "/\\evil.example/", "/%2f/evil.example/", "/%5cevil.example/", "/https://evil.example/"]
        {
            let link = portal.link(&Route::parse(path, &portal.site));
            assert!(link.starts_with('/') && !link[1..].starts_with(['/', '\\']), "{path} leads to {link}");
        }
    }
}
