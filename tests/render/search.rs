//! The search: its page in every state, the header's field, suggestions, and what is offered for a missing page.

use crate::sample::{decoded, portal, portal_of, site, with};
use crate::whole::full_results;
use crate::{in_order, lacks, page, shows, values};
use portal::components::layout::layout;
use portal::components::search::{found, offered, suggestions};
use portal::content::{Content, Search, SearchState};
use portal::contract::{Results, Slug};
use portal::failure::Failure;
use portal::markup::Node;
use portal::portal::Portal;
use portal::routes::Query;
use portal::words::{ENGLISH, VIETNAMESE};
use serde_json::{Value, json};

fn hit(number: u32) -> Value {
    json!({
        "section": "van-hoa", "slug": format!("bai-{number}"), "published_at": "2020-10-10T10:00:00Z",
        "title": [{ "text": "Lễ hội " }, { "text": "Hồ Tây", "found": true }],
    })
}

/// What a search for `hồ tây` found.
fn results(total: u32, further: Value) -> Results {
    let hits: Vec<Value> = (1..=total.min(10)).map(hit).collect();
    decoded(&with(json!({ "total": total, "results": hits }), further))
}

fn query() -> Query {
    Query::new("hồ tây")
}

/// What a search found, as its page shows it.
fn of(query: Query, results: Results) -> String {
    found(&Search::new(query, Ok(results)), &portal()).to_html()
}

fn whole(state: SearchState) -> String {
    page(&Content::Search(Box::new(Search { query: query(), state })), &portal())
}

fn idle() -> String {
    page(&Content::Search(Box::new(Search::idle(Query::default()))), &portal())
}

const ADDRESS: &str = "/tim-kiem/?q=h%E1%BB%93+t%C3%A2y";

#[test]
fn the_page_has_a_heading_and_a_labelled_field_that_works_without_the_program() {
    let html = idle();
    shows(&html, "<h1 class=\"search__title\" tabindex=\"-1\">Tìm kiếm</h1>");
    shows(
        &html,
        "<form class=\"search\" role=\"search\" aria-label=\"Tìm kiếm\" action=\"/tim-kiem/\" method=\"get\">",
    );
    shows(&html, "<label class=\"search__label\" for=\"tim-kiem\">Nhập nội dung cần tìm</label>");
    shows(&html, "<input class=\"search__field\" id=\"tim-kiem\" type=\"search\" name=\"q\" maxlength=\"200\"");
    shows(&html, "<button class=\"button\" type=\"submit\">Tìm</button></form>");
}

#[test]
fn the_page_stands_below_the_home_page() {
    shows(&idle(), "<li><a href=\"/\">Trang chủ</a></li><li><span aria-current=\"page\">Tìm kiếm</span></li>");
}

#[test]
fn without_scripts_the_page_leads_to_the_sitemap() {
    let note = "<p class=\"search__note stopped\">Chức năng tìm kiếm cần JavaScript và hiện chưa chạy được. Bạn có thể tải lại trang, \
                hoặc tìm theo chuyên mục trong <a href=\"/so-do-trang/\">Sơ đồ trang</a></p>";
    shows(&idle(), note);
}

#[test]
fn who_has_asked_for_nothing_is_told_what_to_type_and_begins_in_the_field() {
    let html = idle();
    shows(
        &html,
        &format!("<div class=\"found\" id=\"ket-qua\"><p class=\"found__note\">{}</p></div>", VIETNAMESE.search_hint),
    );
    shows(&html, " autofocus>");
    lacks(&html, " value=");
}

#[test]
fn the_field_keeps_what_was_asked_for() {
    let html = whole(SearchState::Found(results(1, json!({}))));
    assert!(values(&html, "value").contains(&"hồ tây"), "{html}");
    lacks(&html, "autofocus");
}

#[test]
fn a_search_under_way_says_so() {
    shows(&whole(SearchState::Waiting), "<p class=\"found__note\">Đang tìm…</p>");
}

#[test]
fn the_count_is_what_screen_readers_say() {
    for (total, text) in [
        (0, "Không tìm thấy kết quả cho “hồ tây”"),
        (1, "1 kết quả cho “hồ tây”"),
        (12, "12 kết quả cho “hồ tây”"),
        (1_234, "1.234 kết quả cho “hồ tây”"),
    ] {
        shows(&of(query(), results(total, json!({}))), &format!("<p class=\"found__count\" data-spoken>{text}</p>"));
    }
}

#[test]
fn a_hit_is_a_heading_with_section_date_and_an_extract_with_marks() {
    let extract = json!([{ "text": "Bên " }, { "text": "hồ", "found": true }, { "text": "." }]);
    let html = of(query(), decoded(&json!({ "total": 1, "results": [with(hit(1), json!({ "extract": extract }))] })));
    let title = "<h2 class=\"hit__title\"><a href=\"/van-hoa/bai-1/\">Lễ hội <mark>Hồ Tây</mark></a></h2>";
    let facts = "<p class=\"hit__date\"><span>Văn hóa</span> · <time datetime=\"2020-10-10T17:00:00+07:00\">10/10/2020</time></p>";
    let extract = "<p class=\"hit__extract\">Bên <mark>hồ</mark>.</p>";
    shows(&html, &format!("<ol class=\"hits\"><li><article class=\"hit\">{title}{facts}{extract}</article></li></ol>"));
}

#[test]
fn an_article_without_a_date_is_found_in_its_section() {
    let hit = json!({ "section": "van-hoa", "slug": "tu-lieu", "title": [{ "text": "Tư liệu" }] });
    let html = of(query(), decoded(&json!({ "total": 1, "results": [hit] })));
    shows(&html, "<p class=\"hit__date\"><span>Văn hóa</span></p>");
}

#[test]
fn what_is_found_in_another_language_names_it() {
    let english = with(hit(1), json!({ "language": "en", "extract": [{ "text": "In short" }] }));
    let results = || decoded(&json!({ "total": 1, "results": [english] }));
    let page = of(query(), results());
    shows(&page, "<a href=\"/van-hoa/bai-1/\" lang=\"en\">Lễ hội ");
    shows(&page, "<p class=\"hit__extract\" lang=\"en\">In short</p>");
    shows(&offered(&results(), &portal()).to_html(), " lang=\"en\">");
    assert_eq!(suggestions(&query(), &results(), &portal()).to_html().matches(" lang=\"en\">").count(), 1);
}

#[test]
fn a_hit_without_an_extract_has_no_place_for_it() {
    lacks(&of(query(), results(1, json!({}))), "hit__extract");
}

#[test]
fn a_section_that_the_tree_does_not_name_is_called_by_its_slug() {
    let results = decoded(&json!({ "total": 1, "results": [with(hit(1), json!({ "section": "cu-roi" }))] }));
    shows(&of(query(), results), "<span>cu-roi</span>");
}

#[test]
fn when_nothing_fits_there_is_advice_and_what_may_be_meant() {
    let html = of(query(), results(0, json!({ "suggestion": "hồ tầy" })));
    let link = "<a href=\"/tim-kiem/?q=h%E1%BB%93+t%E1%BA%A7y\">hồ tầy</a>";
    shows(&html, &format!("<p class=\"found__suggestion\">Có phải bạn muốn tìm: {link}</p>"));
    shows(&html, "<ul class=\"found__advice\"><li>");
    shows(&html, "<a href=\"/so-do-trang/\">Sơ đồ trang</a>");
    lacks(&html, "hits");
    lacks(&html, "<nav");
}

#[test]
fn an_undated_page_shows_no_date() {
    let page = json!({ "slug": "lien-he", "title": [{ "text": "Liên hệ" }], "extract": [{ "text": "Địa chỉ." }] });
    let results: Results = decoded(&json!({ "total": 1, "results": [page] }));
    let html = of(query(), results.clone());
    shows(
        &html,
        "<h2 class=\"hit__title\"><a href=\"/lien-he/\">Liên hệ</a></h2><p class=\"hit__extract\">Địa chỉ.</p>",
    );
    lacks(&html, "hit__date");
    shows(&suggestions(&query(), &results, &portal()).to_html(), "href=\"/lien-he/\"");
    shows(&offered(&results, &portal()).to_html(), "<a href=\"/lien-he/\">Liên hệ</a>");
}

#[test]
fn what_may_be_meant_stands_above_results_too() {
    in_order(&of(query(), results(2, json!({ "suggestion": "hồ" }))), &["found__suggestion", "<ol class=\"hits\""]);
}

/// Two sections and two years.
fn choices() -> Value {
    json!({
        "sections": [{ "section": "moi-truong", "count": 3 }, { "section": "van-hoa", "count": 9 }],
        "years": [{ "year": 2019, "count": 5 }, { "year": 2020, "count": 7 }],
    })
}

#[test]
fn sections_can_be_chosen_most_first_and_years_newest_first() {
    let html = of(query(), results(12, choices()));
    let entry = |query: &str, current: &str, name: &str, count: u32| {
        format!(
            "<li><a class=\"years__year\" href=\"{ADDRESS}{query}\"{current}>{name} <span class=\"years__count\">({count})</span></a></li>"
        )
    };
    let chosen = " aria-current=\"true\"";
    let sections = [
        entry("", chosen, "Tất cả", 12),
        entry("&amp;chuyen-muc=van-hoa", "", "Văn hóa", 9),
        entry("&amp;chuyen-muc=moi-truong", "", "Môi trường", 3),
    ];
    shows(&html, &format!("<ul class=\"years__list\" aria-label=\"Lọc theo chuyên mục\">{}</ul>", sections.concat()));
    let years =
        [entry("", chosen, "Tất cả", 12), entry("&amp;nam=2020", "", "2020", 7), entry("&amp;nam=2019", "", "2019", 5)];
    shows(&html, &format!("<ul class=\"years__list\" aria-label=\"Lọc theo năm\">{}</ul>", years.concat()));
}

#[test]
fn filters_go_together_and_begin_at_the_first_page() {
    let query = Query { section: Slug::new("van-hoa"), year: Some(2020), page: 1, ..query() };
    let html = of(query, results(12, choices()));
    let address = ADDRESS;
    shows(&html, &format!("href=\"{address}&amp;chuyen-muc=van-hoa&amp;nam=2020\" aria-current=\"true\">Văn hóa "));
    shows(&html, &format!("href=\"{address}&amp;chuyen-muc=moi-truong&amp;nam=2020\">Môi trường "));
    shows(&html, &format!("href=\"{address}&amp;chuyen-muc=van-hoa&amp;nam=2019\">2019 "));
}

#[test]
fn all_are_as_many_as_there_are_results() {
    // Pages are of no section, and what has no date of no year.
    let html = of(query(), results(15, choices()));
    shows(&html, "aria-current=\"true\">Tất cả <span class=\"years__count\">(15)</span>");
    lacks(&html, "(12)");
    // How many there are without a filter that is set, nobody has counted.
    let html = of(Query { section: Slug::new("van-hoa"), ..query() }, results(9, choices()));
    shows(&html, &format!("href=\"{ADDRESS}\">Tất cả</a>"));
    shows(&html, "aria-current=\"true\">Tất cả <span class=\"years__count\">(9)</span>");
}

#[test]
fn a_filter_that_is_set_can_be_taken_off_even_if_it_leaves_nothing() {
    let query = Query { section: Slug::new("van-hoa"), year: Some(2020), ..query() };
    for total in [0, 12] {
        let html = of(query.clone(), results(total, json!({})));
        let off = |query: &str, name: &str| {
            format!(
                "<li><a class=\"found__filter\" href=\"{ADDRESS}{query}\"><span class=\"visually-hidden\">Bỏ lọc: </span>{name}</a></li>"
            )
        };
        let links = off("&amp;nam=2020", "Văn hóa") + &off("&amp;chuyen-muc=van-hoa", "Năm 2020");
        shows(&html, &format!("<ul class=\"found__filters\">{links}</ul>"));
    }
}

#[test]
fn where_there_is_nothing_to_choose_from_there_is_no_filter() {
    let one = json!({ "sections": [{ "section": "van-hoa", "count": 2 }], "years": [{ "year": 2020, "count": 2 }] });
    for further in [json!({}), one] {
        lacks(&of(query(), results(2, further)), "filters");
    }
}

#[test]
fn the_filters_fold_up_on_narrow_screens_without_scripts() {
    let drawer = "<nav class=\"filters\" aria-label=\"Lọc kết quả\"><details class=\"filters__drawer\">\
                  <summary class=\"filters__button\">Lọc kết quả</summary></details>";
    shows(&of(query(), results(12, choices())), drawer);
}

/// The paging of this page (from 0) of so many results.
fn paging(page: u32, total: u32) -> String {
    let html = of(Query { page, year: Some(2020), ..query() }, results(total, json!({})));
    html.split_once("<nav class=\"paging\"").map(|(_, rest)| rest.to_owned()).unwrap_or_default()
}

#[test]
fn ten_results_need_no_paging() {
    assert_eq!((paging(0, 10), paging(0, 0)), (String::new(), String::new()));
}

#[test]
fn the_first_page_leads_on_only() {
    let html = paging(0, 11);
    shows(&html, &format!("href=\"{ADDRESS}&amp;nam=2020&amp;trang=2\" rel=\"next\">Trang sau"));
    shows(&html, "<p class=\"paging__place\">Trang 1 / 2</p>");
    lacks(&html, "Trang trước");
}

#[test]
fn a_page_between_leads_both_ways() {
    let html = paging(2, 50);
    shows(
        &html,
        &format!(
            "href=\"{ADDRESS}&amp;nam=2020&amp;trang=2\" rel=\"prev\"><span aria-hidden=\"true\">← </span>Trang trước"
        ),
    );
    shows(&html, "Trang 3 / 5");
    shows(&html, "trang=4\" rel=\"next\">Trang sau");
}

#[test]
fn the_last_page_leads_back_only() {
    let html = paging(4, 50);
    shows(&html, "trang=4\" rel=\"prev\">");
    lacks(&html, "Trang sau");
}

#[test]
fn behind_the_last_page_there_is_a_way_back_to_it() {
    let html = paging(90, 12);
    shows(&html, &format!("href=\"{ADDRESS}&amp;nam=2020&amp;trang=2\" rel=\"prev\">"));
    lacks(&html, "Trang 91");
}

#[test]
fn a_search_that_fails_says_why_and_the_field_stays() {
    for (failure, why) in [
        (Failure::Offline, VIETNAMESE.offline),
        (Failure::Unreachable, VIETNAMESE.unreachable),
        (Failure::Timeout, VIETNAMESE.timeout),
        (Failure::Unsupported, VIETNAMESE.unsupported),
        (Failure::Invalid("search/".to_owned(), Vec::new()), VIETNAMESE.bad_data),
    ] {
        let html = whole(SearchState::Failed(failure));
        let title = "<h2 class=\"problem__title\" data-spoken>Chưa tải được kết quả tìm kiếm</h2>";
        let button = "<p><button class=\"button\" type=\"button\" data-action=\"retry\">Thử lại</button></p>";
        shows(&html, &format!("<section class=\"problem\">{title}<p>{why}</p>{button}</section>"));
        assert!(values(&html, "value").contains(&"hồ tây"));
        assert_eq!(html.matches("<h1").count(), 1);
    }
}

#[test]
fn when_the_portal_was_published_anew_the_page_can_be_loaded_again() {
    let html = whole(SearchState::Failed(Failure::Outdated));
    let button = "<button class=\"button\" type=\"button\" data-action=\"reload\">Tải lại trang</button>";
    shows(&html, &format!("<p>{}</p><p>{button}</p>", VIETNAMESE.outdated));
    lacks(&html, "\"retry\"");
}

#[test]
fn the_search_speaks_english_too() {
    let portal = portal_of(&with(site(), json!({ "language": "en" })));
    let search = Search::new(query(), Ok(results(12, choices())));
    let html = page(&Content::Search(Box::new(search)), &portal);
    for text in ["12 results for “hồ tây”", ENGLISH.search_field, "Filter by section", ">Next<", "Page 1 of 2"] {
        shows(&html, text);
    }
}

#[test]
fn the_search_stays_below_the_base_path() {
    let portal = Portal::new(decoded(&site()), "/portal/");
    let search = Search::new(query(), Ok(decoded(&full_results("x"))));
    let html = layout(portal::components::page(&Content::Search(Box::new(search)), &portal), None, &portal).to_html();
    assert_eq!(values(&html, "action"), ["/portal/tim-kiem/", "/portal/tim-kiem/"]);
    shows(&html, "<a href=\"/portal/van-hoa/hoi-lang/\">");
    shows(&html, "href=\"/portal/tim-kiem/?q=h%E1%BB%93+t%C3%A2y&amp;nam=2020\"");
}

fn header() -> String {
    let html = layout(Node::from("Trang"), None, &portal()).to_html();
    html.split_once("<form class=\"quick\"").and_then(|(_, rest)| rest.split("<nav").next()).expect("a form").to_owned()
}

#[test]
fn the_header_has_a_field_that_works_before_the_program_has_arrived() {
    let html = header();
    shows(&html, " role=\"search\" aria-label=\"Tìm kiếm trên cổng thông tin\" action=\"/tim-kiem/\" method=\"get\">");
    shows(&html, "<label class=\"visually-hidden\" for=\"tim-nhanh\">Tìm kiếm trên cổng thông tin</label>");
    shows(&html, "id=\"tim-nhanh\" type=\"search\" name=\"q\" maxlength=\"200\"");
    shows(
        &html,
        "type=\"submit\"><span class=\"magnifier\" aria-hidden=\"true\"></span><span class=\"visually-hidden\">Tìm</span></button>",
    );
}

#[test]
fn the_headers_field_is_a_combobox_with_its_list() {
    let html = header();
    shows(&html, "role=\"combobox\" aria-autocomplete=\"list\" aria-expanded=\"false\" aria-controls=\"goi-y\"");
    shows(&html, "id=\"goi-y\" role=\"listbox\" aria-label=\"Gợi ý\" hidden></div>");
}

#[test]
fn narrow_screens_have_a_link_and_readers_without_scripts_another() {
    let html = header();
    shows(
        &html,
        "<a class=\"quick-link\" href=\"/tim-kiem/\"><span class=\"magnifier\" aria-hidden=\"true\"></span><span class=\"quick-link__text\">Tìm kiếm</span></a>",
    );
    shows(&html, "<noscript class=\"quick-instead\"><a href=\"/so-do-trang/\">Sơ đồ trang</a></noscript>");
}

#[test]
fn at_most_six_titles_are_suggested_and_last_all_results() {
    let html = suggestions(&query(), &results(30, json!({})), &portal()).to_html();
    assert_eq!(html.matches("role=\"option\"").count(), 7);
    let first = "<a class=\"quick__suggestion\" id=\"goi-y-0\" role=\"option\" aria-selected=\"false\" tabindex=\"-1\" \
                 href=\"/van-hoa/bai-1/\">Lễ hội <mark>Hồ Tây</mark></a>";
    assert!(html.starts_with(first), "{html}");
    assert!(html.ends_with(&format!("href=\"{ADDRESS}\">Xem tất cả kết quả cho “hồ tây”</a>")), "{html}");
}

#[test]
fn where_nothing_is_found_all_results_are_suggested_still() {
    let html = suggestions(&query(), &results(0, json!({})), &portal()).to_html();
    assert_eq!(html.matches("role=\"option\"").count(), 1);
}

#[test]
fn at_most_five_articles_are_offered_for_a_missing_page() {
    let html = offered(&results(30, json!({})), &portal()).to_html();
    shows(&html, "Có thể bạn đang tìm</h2>");
    assert_eq!(html.matches("<li class=\"line\">").count(), 5);
    shows(&html, "<a href=\"/van-hoa/bai-1/\">Lễ hội Hồ Tây</a>");
}

#[test]
fn nothing_is_offered_where_nothing_was_found() {
    assert_eq!(offered(&results(0, json!({})), &portal()).to_html(), "");
}
