//! Levels of headings: computed, so that readers who jump from heading to heading never find a gap.

use crate::in_order;
use serde_json::{Value, json};

/// The markup of a body without the ids of its headings.
fn body(blocks: Value) -> String {
    let html = crate::body(blocks);
    let mut parts = html.split(" id=\"muc-");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('"').map_or("", |(_, rest)| rest))
}

#[test]
fn a_heading_has_an_id_of_its_words_for_links() {
    let html = crate::body(json!([{ "kind": "heading", "text": ["Đường ", { "text": "số 9", "strong": true }] }]));
    assert_eq!(html, "<h2 id=\"muc-duong-so-9\">Đường <strong>số 9</strong></h2>");
}

#[test]
fn headings_of_the_same_words_have_different_ids() {
    let answer = json!({ "kind": "answer", "body": [heading(3)] });
    let html = crate::body(json!([heading(2), heading(2), answer, heading(2)]));
    let ids: Vec<&str> = crate::values(&html, "id");
    assert_eq!(ids, ["muc-x", "muc-x-2", "muc-x-3", "muc-x-4"]);
}

fn heading(level: u8) -> Value {
    json!({ "kind": "heading", "level": level, "text": "x" })
}

fn levels(html: &str) -> Vec<u8> {
    let after = html.split("<h").skip(1).filter_map(|rest| rest.bytes().next());
    after.filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect()
}

/// The levels shown for headings of the levels written.
fn shown(written: &[u8]) -> Vec<u8> {
    levels(&body(written.iter().map(|&level| heading(level)).collect()))
}

#[test]
fn a_heading_without_a_level_is_of_the_second() {
    assert_eq!(body(json!([{ "kind": "heading", "text": "Phần một" }])), "<h2>Phần một</h2>");
}

#[test]
fn a_heading_keeps_the_marks_of_its_text() {
    let text = json!(["H", { "text": "2", "sub": true }, "O"]);
    assert_eq!(body(json!([{ "kind": "heading", "text": text }])), "<h2>H<sub>2</sub>O</h2>");
}

#[test]
fn the_first_heading_is_of_the_second_level_whatever_is_written() {
    assert_eq!(shown(&[4]), [2]);
}

#[test]
fn well_kept_levels_stay() {
    assert_eq!(shown(&[2, 3, 4, 5, 6, 3, 2]), [2, 3, 4, 5, 6, 3, 2]);
}

#[test]
fn a_level_is_never_skipped_on_the_way_down() {
    assert_eq!(shown(&[2, 5, 6, 6]), [2, 3, 4, 4]);
}

#[test]
fn headings_of_one_level_stay_of_one_level_whatever_it_is() {
    assert_eq!(shown(&[3, 3, 3]), [2, 2, 2]);
    assert_eq!(shown(&[4, 3, 2]), [2, 2, 2]);
    assert_eq!(shown(&[2, 4, 4, 3, 4]), [2, 3, 3, 3, 4]);
}

#[test]
fn levels_may_be_skipped_on_the_way_up() {
    assert_eq!(shown(&[2, 3, 4, 2]), [2, 3, 4, 2]);
}

#[test]
fn levels_out_of_range_are_drawn_into_it() {
    assert_eq!(shown(&[0, 1, 9, 200]), [2, 2, 3, 3]);
}

#[test]
fn other_blocks_between_headings_change_no_level() {
    let html = body(json!([heading(2), { "kind": "paragraph", "text": "a" }, { "kind": "separator" }, heading(3)]));
    assert_eq!(html, "<h2>x</h2><p>a</p><hr class=\"separator\"><h3>x</h3>");
}

#[test]
fn a_heading_in_an_answer_stands_below_that_of_the_body() {
    let html = body(json!([heading(2), heading(3), { "kind": "answer", "body": [heading(2)] }, heading(3)]));
    assert_eq!(levels(&html), [2, 3, 4, 3]);
}

#[test]
fn headings_in_an_answer_have_levels_among_themselves() {
    let html =
        body(json!([heading(2), { "kind": "answer", "body": [heading(2), heading(3), heading(2)] }, heading(3)]));
    assert_eq!(levels(&html), [2, 3, 4, 3, 3]);
}

#[test]
fn a_heading_in_an_answer_skips_no_level_where_the_body_has_none() {
    let html = body(json!([{ "kind": "answer", "body": [heading(3)] }]));
    in_order(&html, &["<div class=\"answer\">", "<h2>x</h2>"]);
}

#[test]
fn a_heading_in_an_answer_below_the_lowest_level_stays_at_it() {
    let mut blocks: Vec<Value> = (2..=6).map(heading).collect();
    blocks.push(json!({ "kind": "answer", "body": [heading(2)] }));
    assert_eq!(levels(&body(json!(blocks))), [2, 3, 4, 5, 6, 6]);
}
