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
fn abbreviations_and_their_words_find_each_other() {
    let own = [
        ("Một", "Thông báo của UBND TP.HCM.", ""),
        ("Hai", "Hội đồng nhân dân quận họp.", ""),
        ("Ba", "", "Làm thủ tục hành chính qua mạng."),
        ("Bốn", "", "Đóng BHXH và BHYT."),
        ("Năm", "Ban Chấp hành Trung ương.", ""),
        ("Sáu", "Thứ tư, ban ngày.", ""),
    ];
    let own = (0..).zip(own).map(|(day, (title, lead, body))| article(day, title, lead, body));
    let built = Built::of(&own.chain(others(200, 70)).collect::<Vec<_>>());
    for (typed, title) in [
        ("ủy ban nhân dân thành phố hồ chí minh", "Một"),
        ("uy ban nhan dan", "Một"),
        ("ubnd tphcm", "Một"),
        ("HĐND quận", "Hai"),
        ("hdnd", "Hai"),
        ("TTHC", "Ba"),
        ("bảo hiểm xã hội", "Bốn"),
        ("bao hiem y te", "Bốn"),
        ("Ban Chấp hành TW", "Năm"),
        ("TW", "Năm"),
        ("tw", "Năm"),
    ] {
        assert_eq!(built.first(typed), title, "{typed}");
    }
}

#[test]
fn all_forms_of_an_abbreviation_find_each_other() {
    for forms in [
        &["TPHCM", "TP.HCM", "TP HCM", "TP Hồ Chí Minh", "TP. Hồ Chí Minh", "thành phố Hồ Chí Minh"][..],
        &["GDĐT", "GD&ĐT", "GD-ĐT", "giáo dục và đào tạo"],
        &["TNMT", "TN&MT", "tài nguyên và môi trường"],
        &["KHĐT", "KH&ĐT", "kế hoạch và đầu tư"],
        &["LĐTBXH", "LĐ-TB&XH", "LĐTB&XH", "lao động thương binh và xã hội"],
    ] {
        for form in forms {
            let own = article(0, "Một", "", &format!("Theo {form}, việc này đã xong."));
            let built = Built::of(&[vec![own], others(1, 64)].concat());
            for typed in forms.iter().map(|other| other.to_lowercase()) {
                assert_eq!(built.titles(&typed), ["Một"], "{typed} on {form}");
            }
        }
    }
}

#[test]
fn dates_are_what_they_name_and_not_their_numbers() {
    let dated = [
        ("Số liệu", "", "Ngày 10 họp lần 10 của năm 2020, tháng 10 có 2020 người."),
        ("Khai mạc", "", "Lễ khai mạc 10-10-2020."),
        ("Bế mạc", "", "Bế mạc ngày 12 tháng 10 năm 2020."),
    ];
    let dated = (0..).zip(dated).map(|(day, (title, lead, body))| article(day, title, lead, body));
    let built = Built::of(&dated.chain(others(200, 70)).collect::<Vec<_>>());
    for typed in [
        "10/10/2020",
        "10-10-2020",
        "10 10 2020 ",
        "ngày 10 tháng 10 năm 2020",
        "ngay 10/10/2020",
        "ngày 10/10 năm 2020",
    ] {
        assert_eq!(built.titles(typed), ["Khai mạc"], "{typed}");
    }
    for typed in ["tháng 10 năm 2020", "10/2020", "thang 10/2020"] {
        let mut titles = built.titles(typed);
        titles.sort();
        assert_eq!(titles, ["Bế mạc", "Khai mạc"], "{typed}");
    }
    assert_eq!(built.first("bế mạc tháng 10/2020"), "Bế mạc");
}

#[test]
fn numbers_of_documents_are_phrases() {
    let own = [
        ("Năm 2022 có 42 NĐ", "CP và 42 NĐ năm 2022.", "CP."),
        ("Dịch vụ công", "", "Theo Nghị định 42/2022/NĐ-CP, việc này làm qua mạng."),
        ("Nghị định 45/2022/NĐ-CP", "Nghị định 45/2022/NĐ-CP", "Có 42 điều."),
        ("Tủ thuốc", "", "Theo Thông tư 34/2021/TT-BYT."),
        ("Thông tư 2021 TT", "34 TT của BYT năm 2021.", "Thông tư 43/2021/TT-BYT."),
        ("Thuế", "", "Theo 15/2022/ND-CP."),
        ("CP có 15 NĐ", "Năm 2022, 15 NĐ của CP.", ""),
    ];
    let own = (0..).zip(own).map(|(day, (title, lead, body))| article(day, title, lead, body));
    let built = Built::of(&own.chain(others(200, 70)).collect::<Vec<_>>());
    for typed in ["42/2022/NĐ-CP", "42 2022 nd cp", "nghị định 42/2022/NĐ-CP"] {
        assert_eq!(built.first(typed), "Dịch vụ công", "{typed}");
    }
    for typed in ["34/2021/TT-BYT", "34 2021 tt byt", "34/2021 tt-byt", "thông tư 34 2021 TT BYT"] {
        assert_eq!(built.first(typed), "Tủ thuốc", "{typed}");
    }
    assert_eq!(built.first("15/2022/NĐ-CP"), "Thuế", "without its marks");
}

#[test]
fn what_follows_the_kind_of_a_document_is_its_number_and_no_month() {
    let own = [
        ("Nghị định 10/2020/NĐ-CP", "", ""),
        ("Quyết định 01/2021/QĐ-TTg", "", ""),
        ("Thông tư 03/2022/TT-BYT", "", ""),
        ("Luật 5/2019/QH14", "", ""),
        ("Họp về nghị định tháng 10/2020", "Từ 10/2020 có nghị định mới.", ""),
        ("Họp về quyết định tháng 1/2021", "Từ 1/2021 có quyết định mới.", ""),
        ("Họp về thông tư TT tháng 3/2022", "Từ 3/2022 có thông tư mới.", ""),
        ("Họp về luật tháng 5/2019", "Từ 5/2019 có luật mới.", ""),
    ];
    let own = (0..).zip(own).map(|(day, (title, lead, body))| article(day, title, lead, body));
    let built = Built::of(&own.chain(others(200, 70)).collect::<Vec<_>>());
    for (typed, title) in [
        ("NĐ 10/2020", "Nghị định 10/2020/NĐ-CP"),
        ("nd 10/2020", "Nghị định 10/2020/NĐ-CP"),
        ("QĐ 01/2021", "Quyết định 01/2021/QĐ-TTg"),
        ("qd 1/2021", "Quyết định 01/2021/QĐ-TTg"),
        ("TT 03/2022", "Thông tư 03/2022/TT-BYT"),
        ("luật 5/2019", "Luật 5/2019/QH14"),
        ("luat 5/2019", "Luật 5/2019/QH14"),
        ("nghị định tháng 10/2020", "Họp về nghị định tháng 10/2020"),
    ] {
        assert_eq!(built.first(typed), title, "{typed}");
    }
}

#[test]
fn a_correction_fits_its_neighbours() {
    let own = (0..20).map(|day| article(day, "Tổng hồng", "", "Hồng tổng."));
    let own = own.chain((30..34).map(|day| article(day, "Giao thông", "", "Giao thông thông suốt.")));
    let built = Built::of(&own.chain(others(200, 70)).collect::<Vec<_>>());
    for (typed, meant) in [("giao htong", "giao thông"), ("htong suốt", "thông suốt")] {
        assert_eq!(built.found(typed).suggestion.as_deref(), Some(meant), "{typed}");
        assert_eq!(built.first(typed), "Giao thông", "{typed}");
    }
}

#[test]
fn an_unfinished_word_of_another_language_is_taken_for_keystrokes_only_beside_what_it_begins() {
    let titles = ["Chỉ số Internet", "Họp ASEAN", "Nhà máy Samsung"];
    let own = (0..).zip(titles.into_iter().chain(titles)).map(|(day, title)| article(day, title, "", ""));
    let built = Built::of(&own.chain(others(200, 70)).collect::<Vec<_>>());
    for (typed, title) in [("intern", titles[0]), ("asea", titles[1]), ("samsu", titles[2])] {
        assert_eq!(built.first(typed), title, "{typed}");
    }
}

#[test]
fn an_unfinished_word_finds_what_it_may_become() {
    let built = built();
    for (typed, title) in [
        ("trang faceb", "Trang facebook mới"),
        ("faceb", "Trang facebook mới"),
        ("sửa đườ", "Sửa đường Nguyễn Trãi"),
        ("sửa đường nguy", "Sửa đường Nguyễn Trãi"),
        ("sua duong nguyen tr", "Sửa đường Nguyễn Trãi"),
        ("sửa dduwo", "Sửa đường Nguyễn Trãi"),
        ("hòa nh", "Hòa nhạc"),
        ("faceb ", ""),
    ] {
        assert_eq!(built.first(typed), title, "{typed:?}");
    }
}

#[test]
fn an_unfinished_word_is_completed_rather_than_corrected() {
    let own = [("Nhà trường họp", "", "Nhà trường."), ("Trước nhà", "Nhà trước, nhà sau.", "")];
    let own = (0..).zip(own).map(|(day, (title, lead, body))| article(day, title, lead, body));
    let built = Built::of(&own.chain(others(200, 70)).collect::<Vec<_>>());
    let found = built.found("nhà trườ");
    assert_eq!((super::title(&found.hits[0]).as_str(), found.suggestion), ("Nhà trường họp", None));
}

#[test]
fn an_unfinished_first_word_that_looks_like_a_syllable_is_completed() {
    let built = Built::of(&[vec![article(0, "Trường Nguyễn Trãi", "", "Ngủ trưa.")], others(1, 64)].concat());
    for typed in ["truo", "trươ", "nguy", "nguye", "nguyê"] {
        assert_eq!(built.titles(typed), ["Trường Nguyễn Trãi"], "{typed}");
    }
    let found = built.found("truo");
    assert_eq!((found.total, found.suggestion), (1, None), "completed rather than corrected");
    assert_eq!(built.found("ngu").total, 1, "a word as it is");
}

#[test]
fn a_final_y_may_be_followed_by_more() {
    let own = [("Nghị quyết mới", "", ""), ("Luyện thi", "", ""), ("Kỹ năng", "", "")];
    let own = (0..).zip(own).map(|(day, (title, lead, body))| article(day, title, lead, body));
    let built = Built::of(&own.chain(others(200, 70)).collect::<Vec<_>>());
    for (typed, title) in [
        ("nghị quy", "Nghị quyết mới"),
        ("nghi quy", "Nghị quyết mới"),
        ("quy", "Nghị quyết mới"),
        ("nghij quye", "Nghị quyết mới"),
        ("luy", "Luyện thi"),
        ("ky", "Kỹ năng"),
    ] {
        assert_eq!(built.first(typed), title, "{typed}");
    }
}

#[test]
fn words_of_other_languages_are_found_though_they_are_raw_keystrokes() {
    let built = Built::of(&[vec![article(0, "Hamas và Sony", "", "Tax, rose, papa.")], others(1, 63)].concat());
    for typed in ["hamas", "sony", "tax", "rose", "papa"] {
        assert_eq!(built.first(typed), "Hamas và Sony", "{typed}");
    }
}

#[test]
fn what_may_have_been_meant_is_suggested_with_its_marks() {
    let built = built();
    for (typed, meant) in [
        ("nguyn trãi", Some("nguyễn trãi")),
        ("facebok", Some("facebook")),
        ("nguyễn trãi", None),
        ("xyzzyq", None),
        // Nothing is found: what was typed without its space, or with two mistakes.
        ("nguyentrai", Some("nguyễn trãi")),
        ("fecebok", Some("facebook")),
    ] {
        let found = built.found(typed);
        assert_eq!(found.suggestion.as_deref(), meant, "{typed}");
        if let Some(meant) = meant {
            assert!(built.found(meant).total > 0, "{meant}");
        }
    }
    let nothing = built.found("nguyentrai");
    assert_eq!((nothing.total, nothing.hits.len()), (0, 0));
}

#[test]
fn within_a_section_or_a_year_a_suggestion_is_made_where_nothing_is_found_in_others() {
    let built = built();
    let within = |text| Query { text, section: Some("tin-tuc"), year: Some(2020), page: 0, titles: false };
    for (query, meant) in [
        (within("nguyentrai"), Some("nguyễn trãi")),
        (Query { year: Some(1999), ..within("nguyentrai") }, Some("nguyễn trãi")),
        // The counts lead to what others have.
        (Query { section: Some("khac"), ..within("facebook") }, None),
        (Query { year: Some(1999), ..within("facebook") }, None),
        (Query { section: Some("khac"), year: Some(1999), ..within("facebook") }, None),
    ] {
        let found = built.search(&query).expect("an answer");
        assert_eq!((found.total, found.suggestion.as_deref()), (0, meant), "{query:?}");
    }
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
