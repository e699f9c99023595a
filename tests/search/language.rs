//! What readers type, and what they mean.

use super::{Built, article, others};
use portal::search::engine::Query;

fn built() -> Built {
    let own = [
        ("Sửa đường Nguyễn Trãi", "Phân làn từ 10/10/2020.", ""),
        ("Hòa giải ở cơ sở", "", "Ông Thúy khỏe."),
        ("Ủy ban nhân dân quận họp", "Kỳ họp tháng 10 năm 2021.", ""),
        ("Nghị định 42/2022/NĐ-CP", "", "Dịch vụ công trực tuyến."),
        ("Facebook của quận", "", "Có 1.929.927 lượt xem."),
    ];
    let own = (0..).zip(own).map(|(day, (title, lead, body))| article(day, title, lead, body));
    Built::of(&own.chain(own_again()).chain(others(200, 70)).collect::<Vec<_>>())
}

/// Words stand in the dictionary if two articles have them.
fn own_again() -> impl Iterator<Item = portal::search::texts::Texts> {
    let texts = [(100, "Đường Nguyễn Trãi thông xe"), (101, "Trang facebook mới"), (102, "Hòa nhạc")];
    texts.into_iter().map(|(day, title)| article(day, title, "", ""))
}

#[test]
fn one_article_is_found_in_all_the_ways_to_type_its_title() {
    let built = built();
    for (typed, title) in [
        ("sua duong nguyen trai", "Sửa đường Nguyễn Trãi"),
        ("SỬA ĐƯỜNG NGUYỄN TRÃI", "Sửa đường Nguyễn Trãi"),
        ("suwar dduwowngf nguyeenx traix", "Sửa đường Nguyễn Trãi"),
        ("su7a3 d9u7o7ng2 nguye6n4 tra4i", "Sửa đường Nguyễn Trãi"),
        ("sửa đương2 nguyen traj", "Sửa đường Nguyễn Trãi"),
        ("sua duong nguyn trai", "Sửa đường Nguyễn Trãi"),
        ("sua duong nugyen trai", "Sửa đường Nguyễn Trãi"),
        ("hoà giải", "Hòa giải ở cơ sở"),
        ("hòa giải", "Hòa giải ở cơ sở"),
        ("thuý khoẻ", "Hòa giải ở cơ sở"),
        ("UBND quận", "Ủy ban nhân dân quận họp"),
        ("uỷ ban nhân dân", "Ủy ban nhân dân quận họp"),
        ("kì họp", "Ủy ban nhân dân quận họp"),
        ("42 2022 nd cp", "Nghị định 42/2022/NĐ-CP"),
        ("42/2022/NĐ-CP", "Nghị định 42/2022/NĐ-CP"),
        ("dvc trực tuyến", "Nghị định 42/2022/NĐ-CP"),
        ("10-10-2020", "Sửa đường Nguyễn Trãi"),
        ("tháng 10 năm 2020", "Sửa đường Nguyễn Trãi"),
        ("ngày 10 tháng 10 năm 2020", "Sửa đường Nguyễn Trãi"),
        ("10/2021", "Ủy ban nhân dân quận họp"),
        ("1929927", "Facebook của quận"),
        ("1.929.927", "Facebook của quận"),
        ("facebok quan", "Facebook của quận"),
    ] {
        assert_eq!(built.first(typed), title, "{typed}");
    }
}

#[test]
fn an_unfinished_word_finds_what_it_may_become() {
    let built = built();
    let ask = |text, typing| {
        let found = built.search(&Query { text, typing, ..Query::default() }).expect("an answer");
        found.hits.first().map(super::title).unwrap_or_default()
    };
    assert_eq!(ask("trang faceb", true), "Trang facebook mới");
    assert_eq!(ask("faceb", true), "Trang facebook mới");
    assert_eq!(ask("faceb ", true), "", "a word that is finished");
    assert_eq!(ask("faceb", false), "");
}

#[test]
fn what_may_have_been_meant_is_suggested_with_its_marks() {
    let built = built();
    assert_eq!(built.found("nguyn trãi").suggestion.as_deref(), Some("Nguyễn Trãi"));
    assert_eq!(built.found("facebok").suggestion.as_deref(), Some("facebook"));
    assert_eq!(built.found("nguyễn trãi").suggestion, None);
    assert_eq!(built.found("xyzzyq").suggestion, None);
}

#[test]
fn queries_that_ask_for_nothing_find_nothing() {
    let built = built();
    for text in ["", "   ", "🙂🙂", "…?!", "\u{202e}", "qqqqzzzz"] {
        let found = built.found(text);
        assert_eq!((found.total, found.hits.len()), (0, 0), "{text:?}");
    }
}

#[test]
fn a_query_of_ten_thousand_characters_is_answered() {
    let built = built();
    let found = built.found(&"đường Nguyễn Trãi ".repeat(600));
    assert!(found.hits.iter().any(|hit| super::title(hit).contains("Nguyễn Trãi")));
    assert_eq!(built.found(&"ư".repeat(10_000)).total, 0);
    built.found(&"a1".repeat(5_000));
}
