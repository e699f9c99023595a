//! The visit statistics.

use crate::sample::decoded;
use crate::{lacks, shows};
use portal::components::visits::{VisitsState, visits};
use portal::words::{ENGLISH, VIETNAMESE};
use serde_json::{Value, json};

fn known(figures: Value) -> VisitsState {
    VisitsState::Known(decoded(&json!({ "as_of": "2020-10-10T10:00:00Z", "figures": figures })))
}

fn html(figures: Value) -> String {
    visits(&known(figures), &VIETNAMESE).to_html()
}

#[test]
fn while_they_load_they_say_so() {
    let html = visits(&VisitsState::Loading, &VIETNAMESE).to_html();
    assert_eq!(html, "<p class=\"visits__note\">Đang tải số liệu…</p>");
}

#[test]
fn when_they_cannot_be_had_they_say_so_and_show_no_number() {
    let html = visits(&VisitsState::Failed, &VIETNAMESE).to_html();
    assert_eq!(html, "<p class=\"visits__note\">Chưa tải được số liệu.</p>");
}

#[test]
fn older_figures_stay_with_their_time_and_say_that_newer_ones_are_missing() {
    let VisitsState::Known(figures) = known(json!([{ "key": "total", "value": 7 }])) else { unreachable!() };
    let html = visits(&VisitsState::Stale(figures), &VIETNAMESE).to_html();
    crate::in_order(&html, &["<dd>7</dd>", "Số liệu lúc 17:00", "Chưa lấy được số liệu mới hơn."]);
}

#[test]
fn a_figure_has_its_label_and_a_grouped_number() {
    let figure = "<div class=\"visits__figure\"><dt>Tổng số truy cập</dt><dd>1.929.927</dd></div>";
    shows(&html(json!([{ "key": "total", "value": 1_929_927 }])), &format!("<dl class=\"visits__list\">{figure}</dl>"));
}

#[test]
fn every_key_of_the_contract_has_a_label() {
    let keys = ["online", "today", "week", "month", "year", "total"];
    let html = html(keys.iter().map(|key| json!({ "key": key, "value": 1 })).collect());
    let labels = [
        "<dt>Đang online</dt>",
        "<dt>Lượt truy cập hôm nay</dt>",
        "<dt>Lượt truy cập trong tuần</dt>",
        "<dt>Lượt truy cập trong tháng</dt>",
        "<dt>Lượt truy cập trong năm</dt>",
        "<dt>Tổng số truy cập</dt>",
    ];
    crate::in_order(&html, &labels);
}

#[test]
fn another_key_shows_the_label_that_comes_with_it() {
    shows(&html(json!([{ "key": "downloads", "value": 3, "label": "Lượt tải" }])), "<dt>Lượt tải</dt><dd>3</dd>");
}

#[test]
fn another_key_without_a_label_shows_itself() {
    shows(&html(json!([{ "key": "downloads", "value": 3 }])), "<dt>downloads</dt><dd>3</dd>");
}

#[test]
fn the_label_of_a_known_key_is_the_portals() {
    lacks(&html(json!([{ "key": "today", "value": 3, "label": "Khác" }])), "Khác");
}

#[test]
fn the_figures_tell_when_they_were_counted() {
    let date = "<time datetime=\"2020-10-10T17:00:00+07:00\">10/10/2020</time>";
    shows(&html(json!([])), &format!("<p class=\"visits__note\">Số liệu lúc 17:00 ngày {date}</p>"));
}

#[test]
fn they_speak_english_too() {
    let html = visits(&known(json!([{ "key": "online", "value": 2 }])), &ENGLISH).to_html();
    crate::in_order(&html, &["<dt>Online</dt><dd>2</dd>", "As of 17:00 on <time"]);
}
