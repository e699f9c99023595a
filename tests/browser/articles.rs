//! Articles that test the limits: huge, long-titled, hostile, unusual.

use crate::harness::{Answer, Reader, dist};
use serde_json::{Value, json};

const ADDRESS: &str = "/thong-bao/thu/";
const DOCUMENT: &str = "/api/v1/articles/thong-bao/thu.json";

/// Opens an article with these fields.
async fn reading(article: Value) -> Reader {
    let reader = Reader::new().await;
    let mut whole =
        json!({ "slug": "thu", "section": "thong-bao", "title": "Bài thử", "published_at": "2021-05-04T23:30:00Z" });
    let fields = article.as_object().expect("an object").clone();
    whole.as_object_mut().expect("an object").extend(fields);
    reader.server.answer(DOCUMENT, Answer::Json(whole.to_string()));
    reader.open(ADDRESS).await;
    // The document that is sent for its address has a heading too: that nothing is found.
    reader.wait_for("main .article__title").await;
    reader
}

async fn heading(reader: &Reader) -> String {
    reader.js("return document.querySelector('main h1').textContent").await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_of_five_megabytes_is_shown() {
    let paragraph = "Đoạn văn dài để thử sức chịu đựng của cổng thông tin. ".repeat(100);
    let count = 5 * 1024 * 1024 / paragraph.len() + 1;
    let body: Vec<Value> = (0..count).map(|_| json!({ "kind": "paragraph", "text": paragraph })).collect();
    let reader = reading(json!({ "body": body })).await;
    // What is below the first screen comes once that is painted.
    reader.wait_until(&format!("document.querySelectorAll('.body p').length === {count}")).await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_title_of_three_hundred_characters_fits_any_screen() {
    let title: String =
        "Kế hoạch phối hợp kiểm tra, xử lý vi phạm trật tự xây dựng ".repeat(6).chars().take(300).collect();
    let reader = reading(json!({ "title": title.trim() })).await;
    assert_eq!(heading(&reader).await, title.trim());
    for width in [320, 1280] {
        reader.resize(width, 800).await;
        let inside: u32 = reader.js("return document.documentElement.scrollWidth").await;
        assert!(inside <= width, "{inside} px at {width}");
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_texts_stay_text() {
    let hostile = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>";
    let reader = reading(json!({
        "title": format!("{hostile} \u{202e}đảo chữ"),
        "lead": hostile,
        "author": hostile,
        "tags": [hostile],
        "body": [
            { "kind": "paragraph", "text": [hostile, { "text": hostile, "strong": true, "abbr": hostile }] },
            { "kind": "table", "caption": hostile, "rows": [[{ "text": hostile, "header": true }, hostile]] },
            { "kind": "from-the-future", "text": hostile },
            { "kind": "from-the-future" },
            { "kind": "paragraph", "text": format!("\u{202e}{hostile}\u{2067}") },
            { "kind": "list", "items": [format!("\u{2067}{hostile}\u{202e}")] },
        ]
    }))
    .await;
    for place in ["p:last-of-type", "li"] {
        let text = reader.text(&format!(".body {place}")).await;
        assert_eq!(text.replace(['\u{202e}', '\u{2067}'], ""), hostile);
    }
    assert_eq!(heading(&reader).await, format!("{hostile} đảo chữ"));
    assert!(reader.js::<bool>("return window.hacked === undefined").await);
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('main script, main img').length").await, 0);
    // The mark that turns the direction of writing ends with its element, also inside a line.
    let isolated: String =
        reader.js("return getComputedStyle(document.querySelector('.body strong')).unicodeBidi").await;
    assert_eq!(isolated, "isolate");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_could_run_code_is_text_without_a_link() {
    let link = json!([{ "text": "bấm vào đây", "link": " JaVaScRiPt:alert(1)" }]);
    let reader = reading(json!({
        "body": [
            { "kind": "paragraph", "text": link },
            { "kind": "list", "items": [link] },
            { "kind": "table", "rows": [[link]] },
        ]
    }))
    .await;
    let place = |place: &str| format!(".body {place}");
    for place in ["p", "li", "td"].map(place) {
        assert_eq!(reader.text(&place).await, "bấm vào đây");
    }
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('.body a, .body .faulty').length").await, 0);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn times_are_those_of_viet_nam_wherever_the_reader_is() {
    let reader = Reader::in_zone(&dist(), "America/Los_Angeles").await;
    let article = r#"{"slug":"thu","section":"thong-bao","title":"Bài thử","published_at":"2021-05-04T23:30:00Z","updated_at":"2021-05-05T23:30:00Z"}"#;
    reader.server.answer(DOCUMENT, Answer::Json(article.to_owned()));
    reader.open(ADDRESS).await;
    reader.wait_for_heading("Bài thử").await;
    let facts = reader.text(".article__facts").await;
    assert!(facts.contains("Ngày đăng 05/05/2021 | 06:30") && facts.contains("Cập nhật 06/05/2021 | 06:30"), "{facts}");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_is_gone_says_so_and_shows_no_text() {
    let reader = reading(json!({
        "status": { "kind": "gone", "reason": "Đã gỡ theo yêu cầu.", "instead": "/lien-he/" },
        "body": [{ "kind": "paragraph", "text": "bí mật" }]
    }))
    .await;
    reader.wait_for(".status").await;
    assert!(reader.text(".status").await.contains("Đã gỡ theo yêu cầu."));
    assert!(!reader.text("main").await.contains("bí mật"));
    reader.leave().await;
}
