//! Articles and undated pages: what is known is shown, what is not leaves no trace.

use crate::sample::portal;
use crate::{article, article_of, decoded, in_order, lacks, page, picture, shows, undated_of, with};
use portal::content::Content;
use portal::contract::Article;
use serde_json::{Value, json};

/// The line of facts below the headline.
fn facts(further: Value) -> String {
    let html = article(further);
    let (_, rest) = html.split_once("<p class=\"article__facts\">").expect("a line of facts");
    rest.split("</p>").next().expect("its end").to_owned()
}

const PUBLISHED: &str = "<span>Ngày đăng <time datetime=\"2020-10-10T17:00:00+07:00\">10/10/2020 | 17:00</time></span>";
const UPDATED: &str = "<span>Cập nhật <time datetime=\"2020-10-11T08:05:00+07:00\">11/10/2020 | 08:05</time></span>";

#[test]
fn an_article_with_required_fields_only_is_headline_and_date() {
    let section = "<p class=\"article__section\"><a href=\"/van-hoa/\">Văn hóa</a></p>";
    let title = "<h1 class=\"article__title\" tabindex=\"-1\">Hội làng</h1>";
    let header = format!("{section}{title}<p class=\"article__facts\">{PUBLISHED}</p>");
    let wanted = format!(
        "<article class=\"article\"><header class=\"article__head\">{header}</header><div class=\"body\"></div></article>"
    );
    let html = article(json!({}));
    let (_, after_breadcrumbs) = html.split_once("</nav>").expect("breadcrumbs");
    assert_eq!(after_breadcrumbs, wanted);
}

#[test]
fn an_article_with_all_fields_shows_them_in_reading_order() {
    let html = article(json!({
        "updated_at": "2020-10-11T08:05:00+07:00", "lead": "Tóm tắt", "source": { "name": "Báo" }, "author": "An",
        "views": 55, "picture": picture(), "tags": ["lễ hội"], "body": [{ "kind": "paragraph", "text": "Nội dung" }],
        "attachments": [{ "name": "Tệp", "href": "/media/a.pdf" }],
        "newer": { "section": "van-hoa", "slug": "moi", "title": "Bài mới" },
        "older": { "section": "van-hoa", "slug": "cu", "title": "Bài cũ" },
        "related": [{ "section": "van-hoa", "slug": "gan", "title": "Bài gần" }],
    }));
    let parts = [
        "breadcrumbs",
        "article__section",
        "<h1",
        "article__facts",
        "article__lead",
        "<img",
        "Nội dung",
        "attachments",
        "class=\"tags\"",
        "</article>",
        "neighbours__newer",
        "neighbours__older",
        "class=\"related\"",
    ];
    in_order(&html, &parts);
}

#[test]
fn all_facts_stand_in_one_line() {
    let all = json!({
        "updated_at": "2020-10-11T08:05:00+07:00", "views": 1_929_927, "source": { "name": "Báo Mẫu" }, "author": "An",
    });
    let rest = "<span>Lượt xem: 1.929.927</span><span>Nguồn: Báo Mẫu</span><span>Tác giả: An</span>";
    assert_eq!(facts(all), format!("{PUBLISHED}{UPDATED}{rest}"));
}

#[test]
fn an_article_without_a_date_tells_what_else_is_known() {
    let undated = |further: Value| {
        let required = json!({ "slug": "hoi-lang", "section": "van-hoa", "title": "Hội làng" });
        page(&Content::Article(Box::new(decoded::<Article>(&with(required, further)))), &portal())
    };
    shows(&undated(json!({ "views": 7 })), "<p class=\"article__facts\"><span>Lượt xem: 7</span></p>");
    shows(&undated(json!({ "updated_at": "2020-10-11T08:05:00+07:00" })), UPDATED);
    lacks(&undated(json!({})), "article__facts");
}

#[test]
fn the_source_is_a_link_where_its_address_is_known() {
    let html = facts(json!({ "source": { "name": "Báo Mẫu", "url": "https://bao.vn/1" } }));
    shows(&html, "<span>Nguồn: <a href=\"https://bao.vn/1\" rel=\"noopener\">Báo Mẫu</a></span>");
}

#[test]
fn no_view_yet_is_a_number_too() {
    shows(&facts(json!({ "views": 0 })), "<span>Lượt xem: 0</span>");
}

#[test]
fn times_are_those_of_viet_nam_whatever_offset_is_written() {
    let html = facts(json!({ "published_at": "2019-12-31T18:30:00Z" }));
    shows(&html, "<time datetime=\"2020-01-01T01:30:00+07:00\">01/01/2020 | 01:30</time>");
}

#[test]
fn a_later_change_is_dated() {
    shows(&facts(json!({ "updated_at": "2020-10-11T08:05:00+07:00" })), UPDATED);
}

#[test]
fn a_change_at_the_moment_of_publication_is_none() {
    lacks(&facts(json!({ "updated_at": "2020-10-10T17:00:00+07:00" })), "Cập nhật");
}

#[test]
fn a_change_at_that_moment_written_with_another_offset_is_none() {
    lacks(&facts(json!({ "updated_at": "2020-10-10T18:00:00+08:00" })), "Cập nhật");
}

#[test]
fn a_change_before_publication_is_not_told() {
    lacks(&facts(json!({ "updated_at": "2020-10-09T17:00:00+07:00" })), "Cập nhật");
}

#[test]
fn titles_of_other_articles_name_their_language_where_it_differs() {
    let other = |title: &str| json!({ "section": "van-hoa", "slug": "khac", "title": title, "language": "en" });
    let html = article(json!({ "older": other("Older"), "related": [other("Related")] }));
    for expected in [
        "<span class=\"neighbours__title\" lang=\"en\">Older</span>",
        "<a href=\"/van-hoa/khac/\" lang=\"en\">Related</a>",
    ] {
        shows(&html, expected);
    }
    assert_eq!(html.matches("lang=").count(), 2, "{html}");
}

#[test]
fn the_language_of_the_text_is_named_where_it_differs() {
    let html = article(json!({ "language": "en", "lead": "In short", "tags": ["Thẻ"] }));
    for text in [
        "<h1 class=\"article__title\" tabindex=\"-1\" lang=\"en\">",
        "<p class=\"article__lead\" lang=\"en\">",
        "<div class=\"body\" lang=\"en\">",
    ] {
        shows(&html, text);
    }
    // The portal's own labels stay in its own language.
    shows(&html, "<p class=\"article__facts\"><span>Ngày đăng");
    assert_eq!(html.matches("lang=").count(), 3, "{html}");
}

#[test]
fn the_lead_stands_above_the_body() {
    shows(
        &article(json!({ "lead": "Tóm tắt" })),
        "</header><p class=\"article__lead\">Tóm tắt</p><div class=\"body\">",
    );
}

#[test]
fn tags_are_a_named_list() {
    let list = "<ul class=\"tags__list\" aria-labelledby=\"tu-khoa\"><li class=\"tags__tag\">lễ hội</li>\
                <li class=\"tags__tag\">làng</li></ul>";
    shows(&article(json!({ "tags": ["lễ hội", "làng"] })), list);
}

#[test]
fn the_next_newer_article_is_a_link_with_its_headline() {
    let html = article(json!({ "newer": { "section": "van-hoa", "slug": "moi", "title": "Bài mới" } }));
    let link = "<a class=\"neighbours__newer\" href=\"/van-hoa/moi/\"><span class=\"neighbours__label\">Bài mới hơn</span> \
                <span class=\"neighbours__title\">Bài mới</span></a></nav>";
    shows(&html, link);
}

#[test]
fn the_next_older_article_is_a_link_with_its_headline() {
    let html = article(json!({ "older": { "section": "van-hoa", "slug": "cu", "title": "Bài cũ" } }));
    let nav = "<nav class=\"neighbours\" aria-label=\"Bài cùng chuyên mục\"><a class=\"neighbours__older\" \
               href=\"/van-hoa/cu/\"><span class=\"neighbours__label\">Bài cũ hơn</span> ";
    shows(&html, nav);
}

#[test]
fn an_article_alone_in_its_section_has_no_neighbours() {
    lacks(&article(json!({})), "neighbours");
}

#[test]
fn related_articles_are_lines_with_their_dates_where_known() {
    let html = article(json!({ "related": [
        { "section": "moi-truong", "slug": "a", "title": "A", "published_at": "2020-01-02T03:04:05+07:00" },
        { "section": "moi-truong", "slug": "b", "title": "B" },
    ] }));
    let date = "<span class=\"line__date\"><time datetime=\"2020-01-02T03:04:05+07:00\">02/01/2020</time></span>";
    let lines = "<li class=\"line\"><a href=\"/moi-truong/b/\">B</a> </li></ul></section>";
    shows(&html, &format!("<li class=\"line\"><a href=\"/moi-truong/a/\">A</a> {date}</li>{lines}"));
}

#[test]
fn an_article_of_a_section_outside_the_tree_names_it_by_its_slug() {
    shows(
        &article(json!({ "section": "cu-roi" })),
        "<p class=\"article__section\"><a href=\"/cu-roi/\">cu-roi</a></p>",
    );
}

fn undated(further: Value) -> String {
    page(&undated_of(further), &portal())
}

#[test]
fn a_page_with_required_fields_only_is_its_heading() {
    let header = "<header class=\"article__head\"><h1 class=\"article__title\" tabindex=\"-1\">Liên hệ</h1></header>";
    let html = undated(json!({}));
    let (_, after_breadcrumbs) = html.split_once("</nav>").expect("breadcrumbs");
    assert_eq!(after_breadcrumbs, format!("<article class=\"article\">{header}<div class=\"body\"></div></article>"));
}

#[test]
fn a_page_with_all_fields_shows_them_in_reading_order() {
    let html = undated(json!({
        "lead": "Tóm tắt", "updated_at": "2020-10-11T08:05:00+07:00", "language": "en", "picture": picture(),
        "attachments": [{ "name": "Tệp", "href": "/media/a.pdf" }], "body": [{ "kind": "paragraph", "text": "Nội dung" }],
    }));
    let parts =
        ["breadcrumbs", "<h1", "lang=\"en\"", "article__facts", "article__lead", "<img", "Nội dung", "attachments"];
    in_order(&html, &parts);
}

#[test]
fn a_page_says_on_what_day_it_changed() {
    let fact = "<span>Cập nhật <time datetime=\"2020-10-11T08:05:00+07:00\">11/10/2020</time></span>";
    let html = undated(json!({ "updated_at": "2020-10-11T01:05:00Z" }));
    shows(&html, &format!("<p class=\"article__facts\">{fact}</p>"));
}

#[test]
fn the_words_of_an_english_portal_are_english() {
    let site = crate::with(crate::sample::site(), json!({ "language": "en" }));
    let file = json!({ "name": "Plan", "href": "/media/a.pdf", "bytes": 1_234_567 });
    let html =
        page(&article_of(json!({ "views": 1_929_927, "attachments": [file] })), &crate::sample::portal_of(&site));
    in_order(&html, &["<span>Published <time", "<span>Views: 1,929,927</span>", " (PDF, 1.2 MB)"]);
}
