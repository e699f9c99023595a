//! What is shown when there is nothing to show (yet).

use crate::sample::{portal, portal_of, site};
use crate::{lacks, page, shows, values, with};
use failures::failures;
use portal::components::states;
use portal::content::Content;
use portal::contract::{Href, Slug};
use portal::failure::Failure;
use portal::routes::{Query, Route};
use portal::words::{ENGLISH, VIETNAMESE, Words};
use serde_json::json;

#[path = "../common/failures.rs"]
mod failures;

fn not_found(path: &str) -> String {
    page(&Content::NotFound(path.to_owned()), &portal())
}

/// The links among the sections offered.
fn offered(html: &str) -> Vec<&str> {
    let (_, rest) = html.split_once("<ul>").expect("a list of sections");
    values(rest.split("</ul>").next().expect("its end"), "href")
}

#[test]
fn an_address_without_anything_says_so() {
    let opening = "<section class=\"problem\"><h1 class=\"problem__title\" tabindex=\"-1\">Không tìm thấy trang</h1>\
                   <p>Địa chỉ này không có trên cổng thông tin.";
    shows(&not_found("/gi-do/"), opening);
}

#[test]
fn sections_are_offered_in_the_order_of_the_tree() {
    assert_eq!(offered(&not_found("/gi-do/")), ["/tin-tuc/", "/van-hoa/", "/moi-truong/", "/thong-bao/"]);
}

#[test]
fn the_section_that_shares_most_words_with_the_address_is_offered_first() {
    assert_eq!(offered(&not_found("/tin-moi-truong/bai.html"))[..2], ["/moi-truong/", "/tin-tuc/"]);
}

#[test]
fn a_portal_without_sections_offers_none() {
    let site = json!({ "name": "Cổng", "tree": [{ "kind": "page", "slug": "lien-he", "title": "Liên hệ" }] });
    let html = page(&Content::NotFound("/x/".to_owned()), &portal_of(&site));
    lacks(&html, VIETNAMESE.not_found_offer);
    lacks(&html, "<ul");
}

#[test]
fn a_section_is_offered_without_what_is_below_it() {
    let html = not_found("/gi-do/");
    assert_eq!(html.matches("<ul>").count(), 1);
}

#[test]
fn at_most_five_sections_are_offered() {
    let tree: Vec<_> =
        (0..9).map(|at| json!({ "kind": "section", "slug": format!("muc-{at}"), "title": "Mục" })).collect();
    let html = page(&Content::NotFound("/gi-do/".to_owned()), &portal_of(&with(site(), json!({ "tree": tree }))));
    assert_eq!(offered(&html).len(), 5);
}

#[test]
fn home_page_and_sitemap_are_offered_too() {
    let ways = "<p><a href=\"/\">Trang chủ</a> · <a href=\"/so-do-trang/\">Sơ đồ trang</a></p></section>";
    shows(&not_found("/gi-do/"), ways);
    // Below it the browser puts articles that may be meant.
    assert!(not_found("/gi-do/").ends_with("</section><div class=\"missing\" id=\"co-the-tim\"></div>"));
}

#[test]
fn the_address_asked_for_is_not_repeated() {
    lacks(&not_found("/khong-lap-lai/"), "khong-lap-lai");
}

#[test]
fn what_has_moved_is_drawn_nowhere_since_its_readers_are_led_on() {
    assert_eq!(page(&Content::Moved(Href::new("/van-hoa/").expect("an address")), &portal()), "");
}

/// The word for a failure.
fn why(failure: &Failure, words: &Words) -> String {
    match failure {
        Failure::Offline => words.offline.to_owned(),
        Failure::Unreachable => words.unreachable.to_owned(),
        Failure::Timeout => words.timeout.to_owned(),
        Failure::GivenUp => words.given_up.to_owned(),
        Failure::Missing | Failure::Gone => words.not_found_reason.to_owned(),
        Failure::Outdated => words.outdated.to_owned(),
        Failure::Unsupported => words.unsupported.to_owned(),
        Failure::Status(status) => words.server_error.replace("{}", &status.to_string()),
        Failure::TooLarge | Failure::Malformed | Failure::Invalid(..) => words.bad_data.to_owned(),
    }
}

fn every_failure_says_why(words: &'static Words) {
    let portal = portal_of(&with(site(), json!({ "language": words.language })));
    for failure in failures() {
        let why = why(&failure, words);
        let title = words.failed.replace("{}", words.failed_home);
        let title = format!("<h1 class=\"problem__title\" tabindex=\"-1\">{title}</h1>");
        let button = format!("<button class=\"button\" type=\"button\" data-action=\"retry\">{}</button>", words.retry);
        let wanted = format!("<section class=\"problem\">{title}<p>{why}</p><p>{button}</p></section>");
        assert_eq!(states::problem(&Route::Home, &failure, &portal).to_html(), wanted, "{failure:?}");
    }
}

#[test]
fn every_failure_says_why_in_vietnamese() {
    every_failure_says_why(&VIETNAMESE);
}

#[test]
fn every_failure_says_why_in_english() {
    every_failure_says_why(&ENGLISH);
}

#[test]
fn a_failure_says_what_could_not_be_had() {
    let slug = || Slug::new("tin-tuc").expect("a slug");
    let routes = [
        (Route::Home, "Chưa tải được trang chủ"),
        (Route::Section { slug: slug(), year: Some(2020), list: None }, "Chưa tải được danh sách bài viết"),
        (Route::Article { section: slug(), slug: slug() }, "Chưa tải được bài viết"),
        (Route::Page(slug()), "Chưa tải được trang này"),
        (Route::Sitemap, "Chưa tải được trang này"),
        (Route::Search(Query::default()), "Chưa tải được kết quả tìm kiếm"),
        (Route::Unknown("/x/y/z".to_owned()), "Chưa tải được trang này"),
    ];
    for (route, title) in routes {
        let html = states::problem(&route, &Failure::Timeout, &portal()).to_html();
        shows(&html, &format!("<h1 class=\"problem__title\" tabindex=\"-1\">{title}</h1>"));
    }
}

#[test]
fn what_is_wrong_with_a_document_is_not_for_readers() {
    let invalid = failures().find(|failure| matches!(failure, Failure::Invalid(..))).expect("one of them");
    lacks(&states::problem(&Route::Home, &invalid, &portal()).to_html(), "home.json");
}

#[test]
fn a_portal_that_cannot_be_had_says_so_in_the_words_given() {
    let html = states::problem_of_site(&Failure::Offline, &ENGLISH).to_html();
    shows(&html, "tabindex=\"-1\">Could not load the portal</h1><p>Your device is offline.");
}

#[test]
fn loading_is_announced_and_drawn() {
    let text = "<p class=\"loading__text\">Đang tải…</p>";
    let lines =
        "<div class=\"loading__lines\" aria-hidden=\"true\"><span></span><span></span><span></span><span></span></div>";
    let wanted = format!("<div class=\"loading\" role=\"status\">{text}{lines}</div>");
    assert_eq!(states::loading(&VIETNAMESE).to_html(), wanted);
}

#[test]
fn loading_speaks_english_too() {
    shows(&states::loading(&ENGLISH).to_html(), "<p class=\"loading__text\">Loading…</p>");
}

#[test]
fn a_slow_page_can_be_given_up() {
    let text = "<p class=\"slow__text\">This is taking longer than usual. The network may be slow.</p>";
    let button = "<button class=\"button\" type=\"button\" data-action=\"give-up\">Stop loading</button>";
    let wanted = format!("<div class=\"slow\">{text}{button}</div>");
    assert_eq!(states::slow(&ENGLISH).to_html(), wanted);
}
