//! Which article comes first, and what is shown of it.

use super::{Built, article, others, title};
use portal::search::engine::Query;
use portal::search::texts::Texts;

/// Articles to be found, once among those in parts (old) and once in the tail (new).
fn both(articles: &[(&str, &str, &str)], check: impl Fn(&Built, &str)) {
    let own = |from: i64| {
        let own = (from..).zip(articles);
        own.map(|(day, (title, lead, body))| article(day, title, lead, body)).collect::<Vec<_>>()
    };
    check(&Built::of(&[own(0), others(100, 64)].concat()), "in parts");
    check(&Built::of(&[others(0, 64), own(100)].concat()), "in the tail");
}

#[test]
fn marks_asked_for_come_before_other_marks_wherever_they_stand() {
    let articles = [
        ("Dương Văn Dương kể chuyện", "Dương và Dương.", "Dương."),
        ("Sửa chữa", "Thông báo.", "Cấm đường từ hôm nay."),
        ("Đường mới", "", ""),
    ];
    both(&articles, |built, place| {
        assert_eq!(built.titles("đường"), ["Đường mới", "Sửa chữa"], "{place}");
        assert_eq!(built.titles("dương"), ["Dương Văn Dương kể chuyện"], "{place}");
        assert_eq!(built.titles("dượng").len(), 3, "other marks where nothing has those, {place}");
        assert_eq!(built.titles("duong").len(), 3, "{place}");
    });
}

#[test]
fn without_marks_a_word_that_has_none_comes_first() {
    both(&[("Thi ca", "", ""), ("Thi cá", "", ""), ("Thị cà", "", "")], |built, place| {
        for typed in ["ca", "thi ca"] {
            let titles = built.titles(typed);
            assert_eq!((titles.len(), titles[0].as_str()), (3, "Thi ca"), "{typed}, {place}");
        }
    });
}

#[test]
fn two_syllables_are_one_word() {
    let articles = [
        ("Hệ thống truyền thống", "Thống nhất kê khai, liệt kê.", "Kê khai theo hệ thống."),
        ("Số liệu", "Số liệu thống kê quý một.", ""),
    ];
    both(&articles, |built, place| {
        assert_eq!(built.first("thống kê"), "Số liệu", "{place}");
        assert_eq!(built.first("thong ke"), "Số liệu", "{place}");
    });
}

#[test]
fn a_word_in_a_body_comes_before_its_halves_in_a_title() {
    let wrong = article(1, "Thống nhất kê khai tài sản", "", "");
    let right = article(0, "Số liệu", "", "Số liệu thống kê quý một.");
    let built = Built::of(&[right, wrong].into_iter().chain(others(200, 70)).collect::<Vec<_>>());
    assert_eq!(built.first("thống kê"), "Số liệu");
    assert_eq!(built.first("thong ke"), "Số liệu");
}

#[test]
fn an_unfinished_word_becomes_what_follows_the_one_before_however_rare() {
    let frequent = "Trong trên trước trường trình trung trợ trách trẻ trồng trả trang trà trụ trao trúng triển trị.";
    let busy = (0..40).map(|day| article(day, &format!("Bản tin {day}"), "", frequent));
    let street = article(50, "Phố Nguyễn Trãi", "", "");
    let built = Built::of(&busy.chain([street]).chain(others(200, 70)).collect::<Vec<_>>());
    for typed in ["nguyễn tr", "nguyen tr", "nguyễn trã"] {
        assert_eq!(built.first(typed), "Phố Nguyễn Trãi", "{typed}");
    }
}

#[test]
fn an_unfinished_word_becomes_what_follows_in_the_newest_articles_too() {
    let known = (0..40).map(|day| article(day, "Quận Tây Hồ", "", "Phố Nguyễn Trung. Trần Phú."));
    let new = article(400, "Phố Nguyễn Trãi", "", "");
    let built = Built::of(&known.chain(others(200, 24)).chain([new]).collect::<Vec<_>>());
    for typed in ["nguyễn tr", "nguyen tra", "phố nguyễn trã"] {
        assert!(built.titles(typed).contains(&"Phố Nguyễn Trãi".to_owned()), "{typed}");
    }
    both(&[("Nguyễn Trãi", "", ""), ("Nguyễn Du", "Trước, sau.", "")], |built, place| {
        assert_eq!(built.titles("nguyen tr"), ["Nguyễn Trãi"], "{place}");
    });
}

#[test]
fn an_article_with_all_marks_never_comes_behind_one_with_other_marks() {
    let articles = [
        ("Tin", "", "Đường này và nhiều phố khác gần Nguyễn Trãi."),
        ("Ông Dương thăm phố Nguyễn Trãi", "Dương, phố Nguyễn Trãi.", ""),
        ("Sửa phố Nguyễn Trãi", "", ""),
    ];
    both(&articles, |built, place| {
        let titles = built.titles("đường phố nguyễn trãi");
        let place_of = |title: &str| titles.iter().position(|own| own == title);
        let [right, wrong] = [place_of("Tin"), place_of("Ông Dương thăm phố Nguyễn Trãi")];
        assert!(right.is_some() && right < wrong, "{titles:?}, {place}");
        assert_eq!(built.first("duong pho nguyen trai"), "Ông Dương thăm phố Nguyễn Trãi", "{place}");
    });
}

#[test]
fn marks_count_among_many_words_too() {
    let wrong = article(1, "Sửa Dương Nguyễn Trãi", "", "");
    let right = article(0, "Tin", "", "Đường này sẽ sửa từ ngã tư Nguyễn Trãi.");
    let built = Built::of(&[right, wrong].into_iter().chain(others(200, 70)).collect::<Vec<_>>());
    assert_eq!(built.first("đường sửa nguyễn trãi"), "Tin");
}

#[test]
fn a_word_that_is_frequent_with_other_marks_is_found_all_the_same() {
    let public = (0..90).map(|day| article(day, &format!("Bản tin {day}"), "", "Phục vụ công chúng."));
    let notary = [
        article(100, "Một", "", "Phòng công chứng."),
        article(101, "Chứng khoán, một công ty", "Công ty.", "Chứng từ."),
    ];
    let built = Built::of(&public.chain(notary).chain(others(200, 60)).collect::<Vec<_>>());
    assert_eq!(built.first("công chứng"), "Một");
    assert_eq!(built.found("công chúng").total, 90);
}

#[test]
fn pairs_have_marks() {
    let articles = [
        ("Công chúng, công chúng", "Công chúng.", "Một công ty chứng khoán. Công chúng."),
        ("Một", "", "Phòng công chứng."),
        ("Ba", "Thông tín.", "Tin. Thông."),
        ("Hai", "", "Thông tin."),
    ];
    both(&articles, |built, place| {
        assert_eq!(built.first("công chứng"), "Một", "{place}");
        assert_eq!(built.first("công chúng"), "Công chúng, công chúng", "{place}");
        assert_eq!(built.first("thông tin"), "Hai", "{place}");
        assert_eq!(built.found("cong chung").total, 2, "{place}");
    });
}

#[test]
fn every_article_that_has_a_word_is_counted_however_frequent_it_is() {
    let frequent = (0..150).map(|day| article(day, &format!("Bản tin {day}"), "", "Thành phố Hà Nội."));
    let built = Built::of(&frequent.chain(others(200, 50)).collect::<Vec<_>>());
    for query in ["hà nội", "ha noi", "hà", "thành phố hà nội"] {
        assert_eq!(built.found(query).total, 150, "{query}");
    }
}

#[test]
fn articles_that_have_frequent_words_apart_are_counted_too() {
    // So many frequent words are not all looked up by themselves.
    let apart = (0..60).map(|day| article(day, "Tin", "", "Nội. Hà. Bão. Mưa. Phố. Thành."));
    let beside = article(70, "Dự báo", "", "Thành phố Hà Nội mưa bão.");
    let built = Built::of(&apart.chain([beside]).chain(others(200, 30)).collect::<Vec<_>>());
    for query in ["thành phố hà nội mưa bão ", "thanh pho ha noi mua bao "] {
        let found = built.found(query);
        assert_eq!((found.total, title(&found.hits[0]).as_str()), (61, "Dự báo"), "{query}");
        assert_eq!(found.years, [(2020, 61)], "{query}");
    }
}

#[test]
fn an_article_of_an_old_year_keeps_its_date() {
    both(&[("Ngày giải phóng thủ đô", "", "")], |built, place| {
        let published = built.found("giai phong thu do").hits[0].published;
        assert_eq!(published.map(|at| at % 86_400), Some(0), "{place}");
    });
    let mut old = article(0, "Tiếp quản thủ đô", "", "");
    (old.published, old.year) = (-480_556_800, 1954);
    let built = Built::of(&[vec![old], others(1, 63)].concat());
    let found = built.found("tiep quan");
    assert_eq!((found.hits[0].published, found.years), (Some(-480_556_800), vec![(1954, 1)]));
}

#[test]
fn a_title_comes_before_a_lead_and_a_lead_before_a_body() {
    let articles = [("Một", "", "Lễ hội đền Gióng."), ("Hai", "Lễ hội đền Gióng.", ""), ("Lễ hội đền Gióng", "", "")];
    both(&articles, |built, place| {
        assert_eq!(built.titles("le hoi den giong"), ["Lễ hội đền Gióng", "Hai", "Một"], "{place}");
    });
}

#[test]
fn of_articles_alike_the_newer_comes_first_and_the_order_is_stable() {
    let alike: Vec<_> = (0..40).map(|day| article(day, "Lịch tiếp dân", "", "")).collect();
    let built = Built::of(&alike);
    let slugs = |page| {
        let found = built.search(&Query { text: "lich tiep dan", page, ..Query::default() }).expect("an answer");
        found.hits.into_iter().map(|hit| hit.slug).collect::<Vec<_>>()
    };
    let expected = |from: i64| (from - 9..=from).rev().map(|day| format!("bai-{day}")).collect::<Vec<_>>();
    assert_eq!(slugs(0), expected(39));
    assert_eq!(slugs(3), expected(9));
    assert_eq!(slugs(4), Vec::<String>::new());
}

#[test]
fn a_newer_article_comes_before_an_older_one_that_is_a_little_better() {
    let (old, new) = ("Lịch tiếp công dân của quận tháng này", "Lịch tiếp công dân của các quận tháng này");
    let built = Built::of(&[vec![article(0, old, "", ""), article(150, new, "", "")], others(1, 90)].concat());
    assert_eq!(built.titles("tiếp công dân"), [new, old]);
    // A good deal better is better.
    let built =
        Built::of(&[vec![article(0, "Tiếp công dân", "", ""), article(150, new, "", "")], others(1, 90)].concat());
    assert_eq!(built.titles("tiếp công dân"), ["Tiếp công dân", new]);
}

#[test]
fn words_near_each_other_come_before_words_far_from_each_other() {
    let near = "Đường Láng: sửa cống, lát vỉa hè, trồng cây";
    let far = "Đường Láng: lát vỉa hè, trồng cây, sửa cống";
    both(&[(near, "", ""), (far, "", "")], |built, place| {
        for typed in ["sửa đường", "sua duong"] {
            assert_eq!(built.titles(typed), [near, far], "{typed}, {place}");
        }
    });
}

#[test]
fn what_is_found_tells_its_language_where_it_is_another() {
    for (from, others) in [(0, others(100, 64)), (100, others(0, 64))] {
        let english = Texts { language: "en".to_owned(), ..article(from, "Market day", "", "In short.") };
        let vietnamese = article(from + 1, "Chợ phiên", "", "Market.");
        let built = Built::of(&[vec![english, vietnamese], others].concat());
        let hits = built.found("market").hits;
        let told: Vec<_> = hits.iter().map(|hit| (hit.slug.as_str(), hit.language.as_deref())).collect();
        assert_eq!(told, [(&*format!("bai-{from}"), Some("en")), (&*format!("bai-{}", from + 1), None)]);
    }
}

#[test]
fn an_article_is_found_by_its_tags_before_those_that_have_them_in_the_text() {
    let tagged = |day| Texts {
        tags: "Hộ tịch\nChuyển đổi số".to_owned(), ..article(day, "Họp quận", "", "Tin.")
    };
    let told = |day| article(day, "Họp phường", "", "Nói về chuyển đổi số và hộ tịch.");
    for (from, others) in [(0, others(100, 64)), (100, others(0, 64))] {
        let built = Built::of(&[vec![tagged(from), told(from + 1)], others].concat());
        for typed in ["chuyển đổi số", "ho tich"] {
            assert_eq!(built.titles(typed), ["Họp quận", "Họp phường"], "{typed} {from}");
        }
    }
}

#[test]
fn sections_and_years_are_counted_and_kept_to() {
    let mut articles = others(0, 30);
    for day in [0, 10, 400, 500] {
        let mut own = article(day, "Phòng cháy", "", "");
        own.slug = format!("phong-chay-{day}");
        own.section = if day < 450 { "an-ninh" } else { "moi-truong" }.to_owned();
        articles.push(own);
    }
    let built = Built::of(&articles);
    let ask = |section, year| {
        let found = built.search(&Query { text: "phong chay", section, year, ..Query::default() }).expect("an answer");
        (found.total, found.sections, found.years)
    };
    let sections =
        |of: &[(&str, usize)]| of.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect::<Vec<_>>();
    assert_eq!(ask(None, None), (4, sections(&[("an-ninh", 3), ("moi-truong", 1)]), vec![(2021, 2), (2020, 2)]));
    assert_eq!(
        ask(Some("an-ninh"), None),
        (3, sections(&[("an-ninh", 3), ("moi-truong", 1)]), vec![(2021, 1), (2020, 2)])
    );
    assert_eq!(ask(None, Some(2021)), (2, sections(&[("an-ninh", 1), ("moi-truong", 1)]), vec![(2021, 2), (2020, 2)]));
    assert_eq!(ask(Some("khong-co"), None).0, 0);
}

#[test]
fn undated_pages_are_found_without_section_and_year() {
    let page = Texts {
        slug: "lien-he".to_owned(),
        title: "Liên hệ".to_owned(),
        body: "Bộ phận tiếp công dân.".to_owned(),
        ..Texts::default()
    };
    for count in [3, 64] {
        let own = vec![page.clone(), article(0, "Tiếp công dân", "", "")];
        let built = Built::of(&[own, others(1, count)].concat());
        let found = built.found("tiếp công dân");
        let facts: Vec<_> = found.hits.iter().map(|hit| (hit.section.as_deref(), hit.published.is_some())).collect();
        assert_eq!(facts, [(Some("tin-tuc"), true), (None, false)]);
        assert_eq!((found.sections, found.years), (vec![("tin-tuc".to_owned(), 1)], vec![(2020, 1)]));
        assert_eq!(built.found("liên hệ").hits[0].slug, "lien-he");
        let kept = |section, year| {
            built.search(&Query { text: "tiếp công dân", section, year, ..Query::default() }).expect("an answer").total
        };
        assert_eq!((kept(Some("tin-tuc"), None), kept(None, Some(2020))), (1, 1));
    }
}

#[test]
fn what_was_asked_for_is_marked_in_title_and_extract() {
    both(&[("Hồ Tây mùa sen", "Sen hồ Tây nở sớm.", "")], |built, place| {
        let found = built.found("ho tay");
        let marked = |runs: &[portal::search::extract::Run]| {
            runs.iter().filter(|run| run.found).map(|run| run.text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(marked(&found.hits[0].title), ["Hồ Tây"], "{place}");
        assert_eq!(marked(&found.hits[0].extract), ["hồ Tây"], "{place}");
        assert_eq!(title(&found.hits[0]), "Hồ Tây mùa sen", "{place}");
    });
}

#[test]
fn an_extract_shows_why_an_article_was_found() {
    // `article` of the harness has the text of bai-0.
    let extract = |lead: &str, body: &str, query: &str| {
        let found = Built::of(&[vec![article(0, "Chuyện lạ", lead, body)], others(1, 63)].concat()).found(query);
        found.hits[0].extract.iter().map(|run| run.text.as_str()).collect::<String>()
    };
    let body = "Đoạn sau nói về cá chép hồ Tây.";
    assert_eq!(extract("Nghe kể.", body, "ca chep ho tay"), "… Đoạn sau nói về cá chép hồ Tây.");
    // One word of two says little.
    assert_eq!(extract("Một hồ khác.", body, "chép hồ"), "… Đoạn sau nói về cá chép hồ Tây.");
    assert_eq!(extract("Cá chép, hồ Tây.", body, "chép hồ"), "Cá chép, hồ Tây.");
    // What was found stands in no paragraph: the name of a file, perhaps.
    assert_eq!(extract("Một hồ sen.", "Mẫu đơn.", "sen đơn"), "Một hồ sen.");
}
