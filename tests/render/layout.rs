//! The frame around every page: landmarks, the skip link, ids.

use crate::sample::{decoded, portal, portal_of};
use crate::whole::{full_article, full_site};
use crate::{shows, values};
use portal::components::layout::{ANNOUNCER_ID, PENDING_ID, VISITS_ID, layout};
use portal::components::navigation::Current;
use portal::components::{self, MAIN_ID};
use portal::content::Content;
use portal::markup::Node;

fn small() -> String {
    layout(Node::from("Trang"), None, &portal()).to_html()
}

/// A page with everything a page can have.
fn full() -> String {
    let portal = portal_of(&full_site("x", "x", "/x"));
    let content = Content::Article(Box::new(decoded(&full_article("x", "x", "/x"))));
    let current = Current { href: "/van-hoa/".to_owned(), is_page: false };
    layout(components::page(&content, &portal), Some(&current), &portal).to_html()
}

#[test]
fn there_is_one_main() {
    assert_eq!(full().matches("<main ").count(), 1);
}

#[test]
fn main_holds_the_page() {
    shows(&small(), "<main class=\"main\" id=\"noi-dung\" tabindex=\"-1\">Trang</main>");
}

#[test]
fn the_skip_link_comes_first() {
    let link = "<a class=\"skip-link\" href=\"#noi-dung\" target=\"_self\">Truy cập nội dung luôn</a>";
    assert!(small().starts_with(link), "{}", small());
}

#[test]
fn the_skip_link_leads_to_an_element() {
    let html = small();
    let target = values(&html, "href")[0].trim_start_matches('#');
    assert!(values(&html, "id").contains(&target), "no {target}");
}

#[test]
fn landmarks_stand_in_reading_order() {
    crate::in_order(
        &full(),
        &[
            "<section class=\"notices\"",
            "<header class=\"header\"><",
            "<nav class=\"navigation\"",
            "<main ",
            "<footer class=\"footer\">",
        ],
    );
}

#[test]
fn there_is_one_header_and_one_footer_of_the_portal() {
    let html = full();
    let count = |opening: &str| html.matches(opening).count();
    assert_eq!((count("<header class=\"header\">"), count("<footer class=\"footer\">")), (1, 1));
}

#[test]
fn there_is_one_heading_of_the_first_level() {
    assert_eq!(full().matches("<h1").count(), 1);
}

#[test]
fn every_navigation_has_a_name_of_its_own() {
    let html = full();
    let names: Vec<&str> = html
        .split("<nav ")
        .skip(1)
        .map(|rest| values(rest.split('>').next().expect("a tag"), "aria-label").into_iter().next().expect("a name"))
        .collect();
    assert_eq!(names, ["Điều hướng chính", "Đường dẫn", "Bài cùng chuyên mục"]);
}

#[test]
fn no_id_stands_twice() {
    let html = full();
    let mut ids = values(&html, "id");
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:?}");
}

#[test]
fn what_names_an_element_is_there() {
    let html = full();
    let ids = values(&html, "id");
    let missing: Vec<&str> =
        values(&html, "aria-labelledby").into_iter().filter(|named| !ids.contains(named)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_places_the_browser_program_fills_are_there() {
    let html = full();
    let ids = values(&html, "id");
    for id in [MAIN_ID, ANNOUNCER_ID, PENDING_ID, VISITS_ID] {
        assert!(ids.contains(&id), "no {id}");
    }
}

#[test]
fn a_new_page_is_announced_politely() {
    shows(
        &small(),
        "<div class=\"visually-hidden\" id=\"thong-bao-trang\" role=\"status\" aria-live=\"polite\"></div>",
    );
}

#[test]
fn the_place_is_marked_in_the_navigation() {
    let current = Current { href: "/thong-bao/".to_owned(), is_page: true };
    let html = layout(Node::from("Trang"), Some(&current), &portal()).to_html();
    shows(&html, "href=\"/thong-bao/\" aria-current=\"page\">");
}
