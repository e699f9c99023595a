//! Articles that no longer hold, and those that are no longer shown.

use crate::{article, in_order, lacks, picture, shows, with};
use serde_json::{Value, json};

fn withdrawn(further: Value) -> String {
    article(json!({
        "status": with(json!({ "kind": "withdrawn", "reason": "Số liệu sai" }), further),
        "body": [{ "kind": "paragraph", "text": "Nội dung" }],
    }))
}

/// A gone article whose document still has everything.
fn gone(further: Value) -> String {
    article(json!({
        "status": with(json!({ "kind": "gone" }), further),
        "lead": "Tóm tắt", "picture": picture(), "tags": ["lễ hội"],
        "attachments": [{ "name": "Tệp", "href": "/media/a.pdf" }],
        "body": [{ "kind": "paragraph", "text": "Nội dung" }],
        "related": [{ "section": "van-hoa", "slug": "gan", "title": "Bài gần" }],
    }))
}

#[test]
fn an_article_that_stands_has_no_notice() {
    lacks(&article(json!({ "status": { "kind": "normal" } })), "<aside");
}

#[test]
fn a_withdrawn_article_says_why() {
    let title = "<h2 class=\"status__title\" id=\"tinh-trang\">Bài viết đã được rút lại</h2>";
    let notice = format!("<aside class=\"status\" aria-labelledby=\"tinh-trang\">{title}<p>Số liệu sai</p></aside>");
    shows(&withdrawn(json!({})), &notice);
}

#[test]
fn a_withdrawn_article_says_since_when() {
    let html = withdrawn(json!({ "at": "2020-12-31T18:00:00Z" }));
    let day = "<time datetime=\"2021-01-01T01:00:00+07:00\">01/01/2021</time>";
    shows(&html, &format!(">Bài viết đã được rút lại từ ngày {day}</h2>"));
}

#[test]
fn the_notice_of_a_withdrawn_article_stands_above_its_text() {
    in_order(&withdrawn(json!({})), &["</header><aside", "</aside><div class=\"body\"><p>Nội dung</p>"]);
}

#[test]
fn a_gone_article_says_why() {
    let title = "<h2 class=\"status__title\" id=\"tinh-trang\">Bài viết không còn được đăng</h2>";
    shows(&gone(json!({ "reason": "Theo yêu cầu" })), &format!("{title}<p>Theo yêu cầu</p></aside>"));
}

#[test]
fn a_gone_article_without_a_reason_says_who_removed_it() {
    shows(&gone(json!({})), "<p>Cơ quan chủ quản đã gỡ nội dung của bài viết này.</p></aside>");
}

#[test]
fn a_gone_article_tells_where_to_read_on() {
    let link = "<p><a href=\"/van-hoa/moi/\">Đọc nội dung thay thế</a></p></aside>";
    shows(&gone(json!({ "instead": "/van-hoa/moi/" })), link);
}

#[test]
fn a_gone_article_without_a_successor_offers_none() {
    lacks(&gone(json!({ "reason": "Theo yêu cầu" })), "Đọc nội dung thay thế");
}

#[test]
fn a_gone_article_keeps_its_headline() {
    shows(&gone(json!({})), "<h1 class=\"article__title\" tabindex=\"-1\">Hội làng</h1>");
}

#[test]
fn a_gone_article_shows_nothing_of_its_text() {
    let html = gone(json!({}));
    let (_, after_notice) = html.split_once("</aside>").expect("a notice");
    assert!(after_notice.starts_with("</article>"), "{after_notice}");
}

#[test]
fn a_gone_article_still_leads_to_related_ones() {
    shows(&gone(json!({})), "<a href=\"/van-hoa/gan/\">Bài gần</a>");
}
