//! The reader's settings, and the links to other languages beside them.

use crate::sample::{portal_of, site};
use crate::{in_order, lacks, shows, with};
use portal::components::layout::layout;
use portal::components::settings::settings;
use portal::markup::Node;
use serde_json::{Value, json};

fn of_portal(further: Value) -> String {
    Node::from(settings(&portal_of(&with(site(), further)))).to_html()
}

/// The choices of a setting, as value and label, and which of them is checked.
fn choices(html: &str, name: &str) -> Vec<(String, String, bool)> {
    let page = scraper::Html::parse_fragment(html);
    let inputs = scraper::Selector::parse(&format!("input[type=radio][name={name}]")).expect("a selector");
    let found = page.select(&inputs).map(|input| {
        let label = input.parent().and_then(scraper::ElementRef::wrap).expect("a label around it");
        assert_eq!(label.value().name(), "label");
        let value = input.value().attr("value").expect("a value").to_owned();
        (value, label.text().collect::<String>().trim().to_owned(), input.value().attr("checked").is_some())
    });
    found.collect()
}

fn chosen(values: &[(&str, &str)]) -> Vec<(String, String, bool)> {
    let of = |(index, &(value, label)): (usize, &(&str, &str))| (value.to_owned(), label.to_owned(), index == 0);
    values.iter().enumerate().map(of).collect()
}

#[test]
fn each_setting_offers_its_values_and_begins_with_that_of_the_device() {
    let html = of_portal(json!({}));
    let sizes = [("", "100%"), ("125", "125%"), ("150", "150%"), ("175", "175%"), ("200", "200%")];
    assert_eq!(choices(&html, "text"), chosen(&sizes));
    assert_eq!(choices(&html, "theme"), chosen(&[("", "Theo thiết bị"), ("light", "Sáng"), ("dark", "Tối")]));
    let contrasts = [("", "Theo thiết bị"), ("normal", "Vừa"), ("high", "Cao")];
    assert_eq!(choices(&html, "contrast"), chosen(&contrasts));
    assert_eq!(choices(&html, "spacing"), chosen(&[("", "Vừa"), ("wide", "Rộng")]));
    assert_eq!(choices(&html, "key"), chosen(&[("", "Bật"), ("off", "Tắt")]));
    assert_eq!(choices(&of_portal(json!({ "visits": {} })), "live"), chosen(&[("", "Bật"), ("off", "Tắt")]));
    assert_eq!(choices(&of_portal(json!({ "visits": null })), "live"), chosen(&[]));
}

#[test]
fn the_panel_is_named_closed_and_can_be_reset() {
    let html = of_portal(json!({}));
    lacks(&html, " open");
    in_order(
        &html,
        &[
            "<details class=\"settings\" data-menu=\"submenu\"><summary class=\"settings__button\">",
            "Hiển thị</span></summary><form class=\"settings__panel\"",
            " aria-label=\"Tùy chọn hiển thị\"",
            "<legend class=\"settings__legend\">Cỡ chữ</legend>",
            "<button class=\"button settings__reset\" type=\"reset\">",
        ],
    );
}

#[test]
fn an_english_portal_offers_them_in_english() {
    let html = of_portal(json!({ "language": "en" }));
    assert_eq!(choices(&html, "theme"), chosen(&[("", "As on the device"), ("light", "Light"), ("dark", "Dark")]));
}

/// The frame of a portal in two languages.
fn in_two_languages(further: Value) -> String {
    let languages = json!([{ "language": "vi", "title": "Tiếng Việt" }, { "language": "en", "title": "English" }]);
    let site = with(with(site(), json!({ "languages": languages })), further);
    layout(Node::from("Trang"), None, &portal_of(&site)).to_html()
}

#[test]
fn the_other_languages_are_named_in_themselves() {
    shows(&in_two_languages(json!({})), "<a href=\"/en/\" hreflang=\"en\" lang=\"en\">English</a>");
    lacks(&in_two_languages(json!({})), "hreflang=\"vi\"");
    shows(&in_two_languages(json!({ "language": "en" })), "hreflang=\"vi\" lang=\"vi\">Tiếng Việt</a>");
}

#[test]
fn a_portal_in_one_language_names_none() {
    lacks(&layout(Node::from("Trang"), None, &portal_of(&site())).to_html(), "hreflang");
}
