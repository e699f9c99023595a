//! The blocks of running text: paragraphs with their marks, quotations, lists, interviews and what is unknown.

use crate::body;
use serde_json::{Value, json};

/// The markup inside a paragraph of one span.
fn span(span: Value) -> String {
    let html = body(json!([{ "kind": "paragraph", "text": [span] }]));
    html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")).expect("one paragraph").to_owned()
}

#[test]
fn a_paragraph_is_a_p() {
    assert_eq!(body(json!([{ "kind": "paragraph", "text": "Một, hai." }])), "<p>Một, hai.</p>");
}

#[test]
fn spans_stand_side_by_side_without_added_space() {
    let text = json!(["Diện tích 12 m", { "text": "2", "sup": true }, "."]);
    assert_eq!(body(json!([{ "kind": "paragraph", "text": text }])), "<p>Diện tích 12 m<sup>2</sup>.</p>");
}

#[test]
fn strong_marks_what_is_important() {
    assert_eq!(span(json!({ "text": "x", "strong": true })), "<strong>x</strong>");
}

#[test]
fn em_marks_what_is_stressed() {
    assert_eq!(span(json!({ "text": "x", "em": true })), "<em>x</em>");
}

#[test]
fn sub_lowers() {
    assert_eq!(span(json!({ "text": "2", "sub": true })), "<sub>2</sub>");
}

#[test]
fn sup_raises() {
    assert_eq!(span(json!({ "text": "2", "sup": true })), "<sup>2</sup>");
}

#[test]
fn a_link_to_this_site_is_an_a() {
    assert_eq!(span(json!({ "text": "x", "link": "/van-hoa/" })), "<a href=\"/van-hoa/\">x</a>");
}

#[test]
fn a_link_to_a_file_tells_what_kind_it_is() {
    let kind = |kind: &str| format!("<span class=\"attachment__facts\" lang=\"vi\"> ({kind})</span></a>");
    for (href, told) in [
        ("/media/quyet-dinh.pdf", Some("PDF")),
        ("https://a.vn/tep/Bang.XLSX?v=1.5#trang-2", Some("XLSX")),
        ("/van-hoa/", None),
        ("https://a.vn/trang.html", None),
        ("https://a.doc", None),
        ("mailto:a@b.pdf", None),
    ] {
        let html = span(json!({ "text": "Quyết định", "link": href }));
        match told {
            Some(told) => assert!(html.ends_with(&kind(told)), "{html}"),
            None => assert!(html.ends_with("Quyết định</a>"), "{html}"),
        }
    }
}

#[test]
fn a_link_that_names_its_kind_already_is_left_as_it_is() {
    let html = span(json!({ "text": "bản PDF", "link": "/media/a.pdf" }));
    assert_eq!(html, "<a href=\"/media/a.pdf\">bản PDF</a>");
}

#[test]
fn an_abbreviation_has_its_long_form_as_title() {
    let html = span(json!({ "text": "UBND", "abbr": "Ủy ban nhân dân" }));
    assert_eq!(html, "<abbr title=\"Ủy ban nhân dân\">UBND</abbr>");
}

#[test]
fn another_language_is_named() {
    assert_eq!(span(json!({ "text": "smart city", "lang": "en" })), "<span lang=\"en\">smart city</span>");
}

#[test]
fn all_marks_wrap_from_the_letters_out_to_the_link() {
    let all = json!({
        "text": "x", "strong": true, "em": true, "sub": true, "sup": true,
        "link": "https://a.vn/", "abbr": "dài", "lang": "en",
    });
    let wanted = "<a href=\"https://a.vn/\" rel=\"noopener\"><span lang=\"en\"><abbr title=\"dài\"><strong><em><sup><sub>x</sub></sup>\
                  </em></strong></abbr></span></a>";
    assert_eq!(span(all), wanted);
}

#[test]
fn a_mark_set_to_false_is_no_mark() {
    assert_eq!(span(json!({ "text": "x", "strong": false, "em": false })), "x");
}

#[test]
fn a_quotation_without_a_source_is_a_blockquote_only() {
    let html = body(json!([{ "kind": "quote", "text": "Lời" }]));
    assert_eq!(html, "<blockquote class=\"quote\"><p>Lời</p></blockquote>");
}

#[test]
fn a_quotation_names_its_source_below_it() {
    let html = body(json!([{ "kind": "quote", "text": "Lời", "cite": "Nghị quyết 1" }]));
    let footer = "<footer class=\"quote__cite\">— <cite>Nghị quyết 1</cite></footer>";
    assert_eq!(html, format!("<blockquote class=\"quote\"><p>Lời</p>{footer}</blockquote>"));
}

#[test]
fn a_list_is_unordered_unless_it_says_so() {
    assert_eq!(body(json!([{ "kind": "list", "items": ["a", "b"] }])), "<ul><li>a</li><li>b</li></ul>");
}

#[test]
fn an_ordered_list_is_an_ol() {
    assert_eq!(body(json!([{ "kind": "list", "ordered": true, "items": ["a"] }])), "<ol><li>a</li></ol>");
}

#[test]
fn a_list_below_an_item_is_inside_the_item() {
    let third = json!({ "items": ["c"] });
    let second = json!({ "ordered": true, "items": [{ "text": "b", "list": third }] });
    let html = body(json!([{ "kind": "list", "items": [{ "text": "a", "list": second }, "d"] }]));
    assert_eq!(html, "<ul><li>a<ol><li>b<ul><li>c</li></ul></li></ol></li><li>d</li></ul>");
}

#[test]
fn items_of_a_list_keep_their_marks() {
    let html = body(json!([{ "kind": "list", "items": [["a", { "text": "b", "em": true }]] }]));
    assert_eq!(html, "<ul><li>a<em>b</em></li></ul>");
}

#[test]
fn a_question_says_so_to_those_who_do_not_see_its_style() {
    let html = body(json!([{ "kind": "question", "text": "Vì sao?" }]));
    assert_eq!(html, "<p class=\"question\"><span class=\"visually-hidden\" lang=\"vi\">Hỏi: </span>Vì sao?</p>");
}

#[test]
fn an_answer_begins_with_who_answers() {
    let html =
        body(json!([{ "kind": "answer", "by": "Bà Lan", "body": [{ "kind": "paragraph", "text": "Vì thế." }] }]));
    assert_eq!(html, "<div class=\"answer\"><p class=\"answer__by\">Bà Lan</p><p>Vì thế.</p></div>");
}

#[test]
fn an_answer_of_nobody_in_particular_says_that_it_is_one() {
    let html = body(json!([{ "kind": "answer", "body": [{ "kind": "paragraph", "text": "Vì thế." }] }]));
    assert_eq!(html, "<div class=\"answer\"><p class=\"visually-hidden\" lang=\"vi\">Trả lời:</p><p>Vì thế.</p></div>");
}

#[test]
fn a_separator_is_an_hr() {
    assert_eq!(body(json!([{ "kind": "separator" }])), "<hr class=\"separator\">");
}

#[test]
fn an_unknown_block_shows_its_plain_text() {
    let html = body(json!([{ "kind": "map", "text": "Bản đồ: số 9 phố Nhỏ", "zoom": 3 }]));
    assert_eq!(html, "<p>Bản đồ: số 9 phố Nhỏ</p>");
}

#[test]
fn running_text_of_an_unknown_block_shows_without_its_marks() {
    let text = json!(["Mốc ", { "text": "thời gian", "strong": true }]);
    assert_eq!(
        body(json!([{ "kind": "timeline", "text": text }])),
        body(json!([{ "kind": "timeline", "text": "Mốc thời gian" }]))
    );
}

#[test]
fn whatever_else_an_unknown_block_has_for_text_is_left_out() {
    for text in [json!([["a"], 1]), json!({ "vi": "Mốc" }), json!(7), json!(true), json!(null)] {
        assert_eq!(body(json!([{ "kind": "timeline", "text": text }])), body(json!([])), "{text}");
    }
}

#[test]
fn an_unknown_block_without_plain_text_shows_nothing() {
    let html = body(json!([{ "kind": "map" }, { "kind": "paragraph", "text": "Sau" }]));
    assert_eq!(html, "<p>Sau</p>");
}

#[test]
fn blocks_stand_in_the_order_of_the_body() {
    let html = body(json!([
        { "kind": "separator" },
        { "kind": "paragraph", "text": "a" },
        { "kind": "list", "items": ["b"] },
        { "kind": "paragraph", "text": "c" },
    ]));
    assert_eq!(html, "<hr class=\"separator\"><p>a</p><ul><li>b</li></ul><p>c</p>");
}
