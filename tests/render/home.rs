//! The home page and its teasers.

use crate::sample::{decoded, portal};
use crate::{in_order, lacks, page, picture, shows, teaser, with};
use portal::content::Content;
use serde_json::{Value, json};

fn home(document: Value) -> String {
    page(&Content::Home(decoded(&document)), &portal())
}

fn story(title: &str) -> Value {
    teaser("hoi-lang", title, "2020-10-10T10:00:00Z")
}

fn illustrated() -> Value {
    with(story("A"), json!({ "picture": picture(), "lead": "Tóm tắt" }))
}

const HEADING: &str = "<h1 class=\"visually-hidden\" tabindex=\"-1\">Cổng mẫu</h1>";

#[test]
fn an_empty_home_page_says_so() {
    assert_eq!(home(json!({})), format!("{HEADING}<p class=\"empty\">Cổng thông tin chưa đăng bài viết nào.</p>"));
}

#[test]
fn one_lead_story_is_the_whole_page() {
    let section = "<p class=\"top-story__section\">Văn hóa</p>";
    let title = "<h2 class=\"top-story__title\"><a href=\"/van-hoa/hoi-lang/\">A</a></h2>";
    let time = "<time datetime=\"2020-10-10T17:00:00+07:00\">10/10/2020 | 17:00</time>";
    let shown =
        format!("<article class=\"top-story\">{section}{title}<p class=\"top-story__date\">{time}</p></article>");
    let lead = format!("<section class=\"lead-stories\" aria-label=\"Tin nổi bật\">{shown}</section>");
    assert_eq!(home(json!({ "lead": [story("A")] })), format!("{HEADING}{lead}<div class=\"latest-of\"></div>"));
}

#[test]
fn a_full_home_page_shows_lead_stories_then_the_latest() {
    let html = home(json!({
        "lead": [story("A"), story("B"), story("C")],
        "latest": [{ "section": "moi-truong", "articles": [story("D"), story("E")] }],
    }));
    in_order(
        &html,
        &[HEADING, "top-story__title", ">A<", "<ol class=\"teasers\">", ">B<", ">C<", "latest__title", ">D<", ">E<"],
    );
}

#[test]
fn latest_articles_without_lead_stories_are_a_home_page() {
    let html = home(json!({ "latest": [{ "section": "moi-truong", "articles": [story("D")] }] }));
    shows(&html, &format!("{HEADING}<div class=\"latest-of\"><section class=\"latest\">"));
}

#[test]
fn the_first_story_shows_its_lead() {
    shows(&home(json!({ "lead": [illustrated()] })), "<p class=\"top-story__lead\">Tóm tắt</p>");
}

#[test]
fn the_picture_of_the_first_story_is_fetched_first() {
    let html = home(json!({ "lead": [illustrated(), illustrated()] }));
    assert_eq!(html.matches("fetchpriority=\"high\"").count(), 1);
}

#[test]
fn the_pictures_of_the_other_stories_wait() {
    let html = home(json!({ "lead": [illustrated(), illustrated(), illustrated()] }));
    assert_eq!(html.matches("loading=\"lazy\"").count(), 2);
}

#[test]
fn pictures_beside_headlines_are_silent() {
    let html = home(json!({ "lead": [illustrated(), illustrated()] }));
    assert_eq!(crate::values(&html, "alt"), ["", ""]);
}

#[test]
fn a_thumbnail_asks_for_a_smaller_file_than_the_first_story() {
    let html = home(json!({ "lead": [illustrated(), illustrated()] }));
    let sizes = crate::values(&html, "sizes");
    assert_ne!(sizes[0], sizes[1]);
}

#[test]
fn a_story_in_another_language_names_it() {
    let english = || with(story("A"), json!({ "lead": "In short", "language": "en" }));
    let html = home(json!({
        "lead": [english(), english()],
        "latest": [{ "section": "moi-truong", "articles": [english(), english()] }],
    }));
    assert_eq!(html.matches(" href=\"/van-hoa/hoi-lang/\" lang=\"en\">A</a>").count(), 4, "{html}");
    assert_eq!(html.matches(" lang=\"en\">In short</p>").count(), 3, "{html}");
}

#[test]
fn the_latest_of_a_section_lead_to_it() {
    let html = home(json!({ "latest": [{ "section": "moi-truong", "articles": [story("D")] }] }));
    shows(&html, "<h2 class=\"latest__title\"><a href=\"/moi-truong/\">Môi trường</a></h2>");
}

#[test]
fn the_link_to_all_of_a_section_names_it() {
    let html = home(json!({ "latest": [{ "section": "moi-truong", "articles": [story("D")] }] }));
    let link = "<a class=\"latest__all\" href=\"/moi-truong/\">Xem tất cả<span class=\"visually-hidden\"> tin trong mục Môi trường</span></a>";
    shows(&html, link);
}

#[test]
fn the_latest_after_the_first_are_lines() {
    let html = home(json!({ "latest": [{ "section": "moi-truong", "articles": [story("D"), story("E")] }] }));
    let date = "<span class=\"line__date\"><time datetime=\"2020-10-10T17:00:00+07:00\">10/10/2020</time></span>";
    shows(
        &html,
        &format!("<ul class=\"lines\"><li class=\"line\"><a href=\"/van-hoa/hoi-lang/\">E</a> {date}</li></ul>"),
    );
}

#[test]
fn the_latest_of_one_article_have_no_empty_list() {
    lacks(&home(json!({ "latest": [{ "section": "moi-truong", "articles": [story("D")] }] })), "<ul");
}

#[test]
fn a_section_without_articles_is_still_offered() {
    let html = home(json!({ "latest": [{ "section": "moi-truong", "articles": [] }] }));
    shows(&html, "Môi trường</a></h2><a class=\"latest__all\"");
}

/// The second lead story as a teaser.
fn second(of: Value) -> String {
    let html = home(json!({ "lead": [story("A"), of] }));
    let (_, rest) = html.split_once("<ol class=\"teasers\"><li>").expect("teasers");
    rest.split("</li>").next().expect("an item").to_owned()
}

#[test]
fn a_teaser_is_title_and_date() {
    let title = "<h2 class=\"teaser__title\"><a href=\"/van-hoa/hoi-lang/\">B</a></h2>";
    let date = "<p class=\"teaser__date\"><time datetime=\"2020-10-10T17:00:00+07:00\">10/10/2020</time></p>";
    let wanted = format!("<article class=\"teaser\"><div class=\"teaser__text\">{title}{date}</div></article>");
    assert_eq!(second(story("B")), wanted);
}

#[test]
fn a_teaser_shows_its_lead_below_its_date() {
    shows(&second(illustrated()), "</time></p><p class=\"teaser__lead\">Tóm tắt</p></div>");
}

#[test]
fn the_picture_of_a_teaser_follows_its_text() {
    shows(&second(illustrated()), "</div><div class=\"teaser__picture\"><img src=\"/media/ho-960.webp\"");
}
