//! Pictures: what the browser needs to choose and place them, and what is said of them.

use crate::sample::with;
use crate::{article, body, lacks, picture, shows};
use portal::components::figures::{Enlarged, enlarged};
use portal::markup::Node;
use portal::words::{ENGLISH, VIETNAMESE, Words};
use serde_json::{Value, json};

fn figure(further: Value) -> String {
    body(json!([{ "kind": "figure", "picture": with(picture(), further) }]))
}

#[test]
fn every_source_is_offered_and_the_largest_is_the_default() {
    let wanted = "<img src=\"/media/ho-960.webp\" srcset=\"/media/ho-480.webp 480w, /media/ho-960.webp 960w\"";
    shows(&figure(json!({})), wanted);
}

#[test]
fn the_largest_source_need_not_be_the_last() {
    let sources = json!([{ "src": "/media/b.webp", "width": 960 }, { "src": "/media/a.webp", "width": 480 }]);
    shows(&figure(json!({ "sources": sources })), "<img src=\"/media/b.webp\"");
}

#[test]
fn the_place_is_reserved_by_width_and_height() {
    shows(&figure(json!({})), " width=\"960\" height=\"640\" ");
}

#[test]
fn what_is_to_be_seen_is_its_alternative_text() {
    shows(&figure(json!({})), " alt=\"Mặt hồ buổi sáng\" ");
}

#[test]
fn a_decorative_picture_says_so() {
    shows(&figure(json!({ "alt": "" })), " alt=\"\" ");
}

#[test]
fn the_width_on_the_page_is_told() {
    shows(&figure(json!({})), " sizes=\"(min-width: ");
}

#[test]
fn a_picture_in_the_body_waits_until_it_is_near() {
    shows(&figure(json!({})), " loading=\"lazy\" decoding=\"async\">");
}

#[test]
fn a_picture_in_the_body_claims_no_priority() {
    lacks(&figure(json!({})), "fetchpriority");
}

#[test]
fn the_picture_above_the_body_is_fetched_first() {
    shows(&article(json!({ "picture": picture() })), " fetchpriority=\"high\" decoding=\"async\">");
}

#[test]
fn the_picture_above_the_body_does_not_wait() {
    lacks(&article(json!({ "picture": picture() })), "loading=");
}

#[test]
fn a_picture_without_words_has_no_legend() {
    lacks(&figure(json!({})), "<figcaption");
}

#[test]
fn the_caption_stands_below_the_picture() {
    let legend =
        "<figcaption class=\"figure__legend\"><span class=\"figure__caption\">Hồ </span></figcaption></figure>";
    shows(&figure(json!({ "caption": "Hồ" })), legend);
}

#[test]
fn the_credit_stands_below_the_picture() {
    let legend =
        "<figcaption class=\"figure__legend\"><span class=\"figure__credit\">Ảnh: An</span></figcaption></figure>";
    shows(&figure(json!({ "credit": "Ảnh: An" })), legend);
}

#[test]
fn caption_and_credit_are_two_texts() {
    let legend = "<span class=\"figure__caption\">Hồ </span><span class=\"figure__credit\">Ảnh: An</span>";
    shows(&figure(json!({ "caption": "Hồ", "credit": "Ảnh: An" })), legend);
}

#[test]
fn a_picture_without_a_file_leaves_its_caption() {
    let legend = "<figcaption class=\"figure__legend\"><span class=\"figure__caption\">Hồ </span></figcaption>";
    let wanted = format!("<figure class=\"figure\">{legend}</figure>");
    assert_eq!(figure(json!({ "sources": [], "caption": "Hồ" })), wanted);
}

#[test]
fn a_gallery_is_a_list_of_figures() {
    let html = body(json!([{ "kind": "gallery", "pictures": [picture(), picture()] }]));
    assert_eq!(
        html.matches("<li><figure class=\"figure\"><a class=\"figure__link\" href=\"/media/ho-960.webp\"").count(),
        2
    );
}

#[test]
fn the_caption_of_a_gallery_stands_below_its_pictures() {
    let html = body(json!([{ "kind": "gallery", "pictures": [picture()], "caption": "Lễ hội" }]));
    shows(&html, "</li></ul><figcaption class=\"gallery__caption\">Lễ hội</figcaption></figure>");
}

#[test]
fn a_gallery_without_a_caption_has_no_legend() {
    lacks(&body(json!([{ "kind": "gallery", "pictures": [picture()] }])), "<figcaption");
}

/// A picture over the page, and what is told of it: its legend, and which of how many it is.
fn over_the_page(legend: &str, place: (usize, usize), words: &'static Words) -> [String; 2] {
    let (src, alt) = ("/media/ho-960.webp".to_owned(), "Mặt hồ buổi sáng".to_owned());
    let shown = Enlarged { src, alt, legend: legend.to_owned(), lang: Some("en".to_owned()), place };
    shown.parts(words).map(|part| part.to_html())
}

/// The dialog around them.
fn dialog(several: bool, words: &'static Words) -> String {
    Node::from(enlarged(several, words)).to_html()
}

#[test]
fn an_enlarged_picture_that_is_alone_can_only_be_closed() {
    let button = "<button class=\"button\" type=\"button\" data-action=\"close-picture\">Đóng</button>";
    shows(&dialog(false, &VIETNAMESE), &format!("<div class=\"enlarged__controls\">{button}</div>"));
    let img = "<img class=\"enlarged__picture\" src=\"/media/ho-960.webp\" alt=\"Mặt hồ buổi sáng\" lang=\"en\">";
    assert_eq!(over_the_page("", (1, 1), &VIETNAMESE), [img, ""]);
}

#[test]
fn what_changes_with_an_enlarged_picture_changes_in_places_that_stay() {
    let places = "<div class=\"enlarged__inner\"><div class=\"enlarged__shown\"></div>\
                  <div class=\"enlarged__told\" role=\"status\"></div><div class=\"enlarged__controls\">";
    shows(&dialog(true, &VIETNAMESE), places);
}

#[test]
fn the_legend_of_an_enlarged_picture_stands_below_it() {
    let [_, told] = over_the_page("Hồ & cây", (1, 1), &VIETNAMESE);
    assert_eq!(told, "<p class=\"enlarged__legend\" lang=\"en\">Hồ &amp; cây</p>");
}

#[test]
fn an_enlarged_picture_of_several_says_which_it_is_and_leads_to_the_others() {
    let [_, told] = over_the_page("", (2, 3), &ENGLISH);
    assert_eq!(told, "<p class=\"enlarged__place\">Picture 2 of 3</p>");
    let html = dialog(true, &ENGLISH);
    let button = |action: &str, text: &str| {
        format!("<button class=\"button\" type=\"button\" data-action=\"{action}\">{text}</button>")
    };
    let before = button("picture-before", "Previous picture");
    let after = button("picture-after", "Next picture");
    shows(&html, &format!("\">{before}{after}{}</div></div>", button("close-picture", "Close")));
}
