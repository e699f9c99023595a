//! What the frame tells of the portal: its name, notices, owner and visits.

use crate::sample::{portal_of, site};
use crate::{in_order, lacks, shows, with};
use portal::components::layout::layout;
use portal::markup::Node;
use serde_json::{Value, json};

/// The frame of a portal with these further fields.
fn frame(further: Value) -> String {
    layout(Node::from("Trang"), None, &portal_of(&with(site(), further))).to_html()
}

#[test]
fn the_name_leads_home() {
    let text = "<span class=\"identity__text\"><span class=\"identity__name\">Cổng mẫu</span></span>";
    shows(&frame(json!({})), &format!("<a class=\"identity\" href=\"/\">{text}</a>"));
}

#[test]
fn the_unit_stands_beside_the_name() {
    let html = frame(json!({ "unit": "Phường Mẫu" }));
    shows(&html, "Cổng mẫu</span> <span class=\"identity__unit\">Phường Mẫu</span></span></a>");
}

#[test]
fn the_mark_is_decoration() {
    let mark = "<a class=\"identity\" href=\"/\"><img class=\"identity__mark\" src=\"/logo.svg\" alt=\"\" width=\"48\" height=\"48\">";
    shows(&frame(json!({ "logo": { "src": "/logo.svg" } })), mark);
}

fn notice(further: Value) -> String {
    frame(json!({ "notices": [with(json!({ "id": "mat-nuoc", "text": "Mất nước" }), further)] }))
}

#[test]
fn a_portal_without_notices_has_no_place_for_them() {
    lacks(&frame(json!({})), "class=\"notices\"");
}

#[test]
fn a_notice_with_required_fields_only_is_text_and_button() {
    let text = "<p class=\"notice__text\">Mất nước</p>";
    let button = "<button class=\"notice__dismiss\" type=\"button\" data-action=\"dismiss-notice\" \
                  aria-label=\"Ẩn thông báo: Mất nước\">Ẩn</button>";
    let notice_html = format!("<div class=\"notice\" data-notice=\"mat-nuoc\">{text}{button}</div>");
    let wanted = format!("<section class=\"notices\" aria-label=\"Thông báo nhanh\">{notice_html}</section>");
    shows(&notice(json!({})), &wanted);
}

#[test]
fn a_notice_with_all_fields_shows_title_text_date_and_more() {
    let html = notice(json!({ "title": "Khẩn", "published_at": "2020-10-10T10:00:00Z", "href": "/thong-bao/nuoc/" }));
    let date = "<span class=\"notice__date\">(<time datetime=\"2020-10-10T17:00:00+07:00\">10/10/2020</time>)</span>";
    let more = "<a href=\"/thong-bao/nuoc/\">Xem thêm<span class=\"visually-hidden\">: Khẩn</span></a>";
    shows(&html, &format!("<p class=\"notice__text\"><strong>Khẩn</strong> Mất nước {date} {more}</p>"));
}

#[test]
fn the_button_of_a_notice_names_its_title() {
    shows(&notice(json!({ "title": "Khẩn" })), "aria-label=\"Ẩn thông báo: Khẩn\"");
}

#[test]
fn notices_stand_in_the_order_given() {
    let html = frame(json!({ "notices": [{ "id": "hai", "text": "Hai" }, { "id": "mot", "text": "Một" }] }));
    in_order(&html, &["data-notice=\"hai\"", "data-notice=\"mot\""]);
}

fn owner(further: Value) -> String {
    frame(json!({ "footer": further }))
}

#[test]
fn a_portal_that_says_nothing_of_its_owner_has_an_empty_footer() {
    assert!(frame(json!({})).ends_with("<footer class=\"footer\"><div class=\"footer__inner\"></div></footer>"));
}

#[test]
fn the_owner_is_named() {
    let title = "<h2 class=\"footer__title\" id=\"chu-quan\">Cơ quan chủ quản</h2>";
    let wanted =
        format!("<section class=\"owner\" aria-labelledby=\"chu-quan\">{title}<p class=\"owner__name\">UBND</p>");
    shows(&owner(json!({ "owner": "UBND" })), &wanted);
}

#[test]
fn the_responsible_person_is_named() {
    let line = "<p><span class=\"footer__label\">Chịu trách nhiệm nội dung:</span> Bà Lan</p>";
    shows(&owner(json!({ "responsible": "Bà Lan" })), line);
}

#[test]
fn the_postal_address_is_given() {
    shows(&owner(json!({ "address": "Số 9" })), "<p><span class=\"footer__label\">Địa chỉ:</span> Số 9</p>");
}

#[test]
fn the_telephone_number_can_be_called() {
    shows(&owner(json!({ "phone": "(+84) 24 1080" })), "</span> <a href=\"tel:+84241080\">(+84) 24 1080</a></p>");
}

#[test]
fn the_e_mail_address_can_be_written_to() {
    shows(&owner(json!({ "email": "a@b.vn" })), "</span> <a href=\"mailto:a@b.vn\">a@b.vn</a></p>");
}

#[test]
fn the_licence_is_given() {
    shows(&owner(json!({ "licence": "Ghi rõ nguồn" })), "<p>Ghi rõ nguồn</p>");
}

#[test]
fn further_links_stand_before_the_sitemap() {
    let links = "<ul class=\"footer__links\"><li><a href=\"https://a.vn/\" rel=\"noopener\">A</a></li>\
                 <li><a href=\"/so-do-trang/\">Sơ đồ trang</a></li></ul>";
    shows(&owner(json!({ "links": [{ "title": "A", "href": "https://a.vn/" }] })), links);
}

#[test]
fn a_portal_that_counts_visits_has_a_place_for_them() {
    let title = "<h2 class=\"footer__title\" id=\"thong-ke-tieu-de\">Thống kê truy cập</h2>";
    let place = "<div id=\"thong-ke\"><p class=\"visits__note\">Đang tải số liệu…</p></div>";
    let section = format!("<section class=\"visits\" aria-labelledby=\"thong-ke-tieu-de\">{title}{place}</section>");
    shows(&frame(json!({ "visits": {} })), &section);
}

#[test]
fn a_portal_that_does_not_count_visits_has_no_place_for_them() {
    lacks(&frame(json!({})), "thong-ke");
}

#[test]
fn the_frame_of_an_english_portal_is_english() {
    shows(&frame(json!({ "language": "en" })), ">Skip to content</a>");
}
