//! What derives from the tree: navigation, breadcrumbs, the sitemap page.

use crate::sample::{portal, portal_of, site};
use crate::{article, lacks, page, shows, undated_of, with};
use portal::components::navigation::{Current, navigation};
use portal::content::{Content, Listing};
use portal::contract::Slug;
use portal::markup::Node;
use serde_json::json;

fn slug(text: &str) -> Slug {
    Slug::new(text).expect("a slug")
}

/// The items of the breadcrumbs after the home page.
fn crumbs(html: &str) -> String {
    let opening = "<nav class=\"breadcrumbs\" aria-label=\"Đường dẫn\"><ol class=\"breadcrumbs__list\"><li><a href=\"/\">Trang chủ</a></li>";
    let (_, rest) = html.split_once(opening).expect("breadcrumbs that begin at the home page");
    rest.split("</ol></nav>").next().expect("their end").to_owned()
}

fn listing(year: Option<u16>, list: Option<u32>) -> String {
    let listing = Listing {
        slug: slug("van-hoa"),
        total: 0,
        years: Vec::new(),
        year,
        list,
        teasers: Vec::new(),
        newer: None,
        older: None,
    };
    page(&Content::Section(listing), &portal())
}

const TRAIL: &str = "<li><a href=\"/tin-tuc/\">Tin tức</a></li><li><a href=\"/van-hoa/\">Văn hóa</a></li>";

#[test]
fn the_first_page_of_a_section_ends_its_breadcrumbs() {
    let here = "<li><span aria-current=\"page\">Văn hóa</span></li>";
    assert_eq!(crumbs(&listing(None, None)), format!("<li><a href=\"/tin-tuc/\">Tin tức</a></li>{here}"));
}

#[test]
fn a_list_page_leads_back_to_the_first() {
    assert_eq!(crumbs(&listing(None, Some(1))), TRAIL);
}

#[test]
fn a_year_leads_back_to_the_first_page() {
    assert_eq!(crumbs(&listing(Some(2020), None)), TRAIL);
}

#[test]
fn an_article_leads_back_to_its_section() {
    assert_eq!(crumbs(&article(json!({}))), TRAIL);
}

#[test]
fn a_group_is_named_without_a_link() {
    let html = page(&undated_of(json!({})), &portal());
    let wanted = "<li><span>Giới thiệu</span></li><li><span aria-current=\"page\">Liên hệ</span></li>";
    assert_eq!(crumbs(&html), wanted);
}

#[test]
fn a_page_outside_the_tree_stands_below_the_home_page() {
    assert_eq!(crumbs(&page(&undated_of(json!({ "slug": "an" })), &portal())), "");
}

#[test]
fn the_sitemap_stands_below_the_home_page() {
    let html = page(&Content::Sitemap, &portal());
    assert_eq!(crumbs(&html), "<li><span aria-current=\"page\">Sơ đồ trang</span></li>");
}

#[test]
fn the_sitemap_has_a_heading() {
    shows(&page(&Content::Sitemap, &portal()), "<h1 tabindex=\"-1\">Sơ đồ trang</h1>");
}

#[test]
fn the_sitemap_is_the_whole_tree() {
    let news = "<li><a href=\"/tin-tuc/\">Tin tức</a><ul><li><a href=\"/van-hoa/\">Văn hóa</a></li>\
                <li><a href=\"/moi-truong/\">Môi trường</a></li></ul></li>";
    let about = "<li><span>Giới thiệu</span><ul><li><a href=\"/co-cau/\">Cơ cấu</a></li>\
                 <li><a href=\"/lien-he/\">Liên hệ</a></li></ul></li>";
    let notices = "<li><a href=\"/thong-bao/\">Thông báo</a></li>";
    let wanted = format!("<div class=\"sitemap\"><ul>{news}{about}{notices}</ul></div>");
    shows(&page(&Content::Sitemap, &portal()), &wanted);
}

/// The navigation on the page of an address; of an unknown one without.
fn menu(address: Option<&str>) -> String {
    let portal = portal();
    let current = Current::of(&portal.route(address.unwrap_or("/khong/co/gi/")), &portal);
    Node::from(navigation(current.as_ref(), &portal)).to_html()
}

#[test]
fn the_navigation_has_a_name() {
    shows(&menu(None), "<nav class=\"navigation\" aria-label=\"Điều hướng chính\">");
}

#[test]
fn narrow_screens_have_a_button_for_it_that_works_without_scripts() {
    let drawer = "<details class=\"navigation__drawer\" data-menu=\"drawer\"><summary class=\"navigation__button\">Danh mục</summary></details>";
    shows(&menu(None), drawer);
}

#[test]
fn an_entry_without_children_is_a_link_only() {
    let entry = "<li class=\"navigation__entry\"><a class=\"navigation__link\" href=\"/thong-bao/\">Thông báo</a></li>";
    shows(&menu(None), entry);
}

#[test]
fn an_entry_with_children_has_a_button_that_names_it() {
    let entry = "<a class=\"navigation__link\" href=\"/tin-tuc/\">Tin tức</a>\
                 <details class=\"navigation__submenu\" data-menu=\"submenu\"><summary class=\"navigation__more\">\
                 <span class=\"visually-hidden\">Các mục trong Tin tức</span></summary>";
    shows(&menu(None), entry);
}

#[test]
fn children_are_links_below_their_entry() {
    let list = "<ul class=\"navigation__sublist\"><li><a class=\"navigation__sublink\" href=\"/van-hoa/\">Văn hóa</a></li>\
                <li><a class=\"navigation__sublink\" href=\"/moi-truong/\">Môi trường</a></li></ul>";
    shows(&menu(None), list);
}

#[test]
fn a_group_is_a_button_and_no_link() {
    let entry = "<li class=\"navigation__entry\"><details class=\"navigation__submenu\" data-menu=\"submenu\">\
                 <summary class=\"navigation__more navigation__more--named\">Giới thiệu</summary>";
    shows(&menu(None), entry);
}

#[test]
fn the_place_is_marked_at_the_top() {
    shows(&menu(Some("/thong-bao/")), "href=\"/thong-bao/\" aria-current=\"page\">Thông báo</a>");
}

#[test]
fn the_place_is_marked_below_an_entry() {
    shows(&menu(Some("/lien-he/")), "href=\"/lien-he/\" aria-current=\"page\">Liên hệ</a>");
}

#[test]
fn the_section_of_an_article_or_a_list_is_marked_but_is_not_the_page() {
    for address in ["/thong-bao/bai/", "/thong-bao/trang/1/", "/thong-bao/nam/2020/"] {
        shows(&menu(Some(address)), "href=\"/thong-bao/\" aria-current=\"true\">Thông báo</a>");
    }
}

#[test]
fn below_the_second_level_the_nearest_link_above_is_marked() {
    let deep = json!({ "kind": "section", "slug": "a", "title": "A", "children": [
        { "kind": "section", "slug": "b", "title": "B", "children": [{ "kind": "section", "slug": "c", "title": "C" }] },
    ] });
    let portal = portal_of(&with(site(), json!({ "tree": [deep] })));
    let html = Node::from(navigation(Current::of(&portal.route("/c/"), &portal).as_ref(), &portal)).to_html();
    shows(&html, "href=\"/b/\" aria-current=\"true\">B</a>");
    lacks(&html, "href=\"/c/\"");
}

#[test]
fn one_place_is_marked() {
    assert_eq!(menu(Some("/van-hoa/")).matches("aria-current").count(), 1);
}

#[test]
fn nothing_is_marked_outside_the_tree() {
    lacks(&menu(None), "aria-current");
}

#[test]
fn links_beside_the_navigation_are_a_named_list() {
    let site = with(site(), json!({ "utility": [{ "title": "Dịch vụ công", "href": "https://dvc.vn/" }] }));
    let html = Node::from(navigation(None, &portal_of(&site))).to_html();
    let list = "<ul class=\"navigation__utility\" aria-label=\"Liên kết nhanh\"><li><a href=\"https://dvc.vn/\" rel=\"noopener\">Dịch vụ công</a></li></ul>";
    shows(&html, list);
}

#[test]
fn without_such_links_there_is_no_list_of_them() {
    lacks(&menu(None), "navigation__utility");
}
