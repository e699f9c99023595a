//! Pages of a section: the first, its lists, its years, and the ways between them.

use crate::sample::portal;
use crate::{lacks, page, shows, teaser};
use portal::content::{Content, Listing};
use portal::contract::{Slug, Teaser, YearOf};
use portal::routes::Route;
use serde_json::json;

fn slug() -> Slug {
    Slug::new("tin-tuc").expect("a slug")
}

fn route(year: Option<u16>, list: Option<u32>) -> Option<Route> {
    Some(Route::Section { slug: slug(), year, list })
}

fn teasers() -> Vec<Teaser> {
    crate::decoded(&json!([
        teaser("c", "C", "2020-10-10T17:00:00+07:00"),
        teaser("b", "B", "2020-05-05T17:00:00+07:00"),
        teaser("a", "A", "2019-12-31T18:00:00Z"),
    ]))
}

/// The first page of a section of 1,234 articles in two years.
fn first() -> Listing {
    let year = |year, count| YearOf { year, count, newest_list: None, oldest_list: None };
    Listing {
        slug: slug(),
        total: 1_234,
        years: vec![year(2020, 1_004), year(2019, 230)],
        year: None,
        list: None,
        teasers: teasers(),
        newer: None,
        older: None,
    }
}

fn empty() -> Listing {
    Listing { total: 0, years: Vec::new(), teasers: Vec::new(), ..first() }
}

fn html(listing: Listing) -> String {
    page(&Content::Section(listing), &portal())
}

#[test]
fn the_heading_is_the_title_in_the_tree() {
    shows(&html(first()), "<h1 class=\"section-head__title\" tabindex=\"-1\">Tin tức</h1>");
}

#[test]
fn the_first_page_says_what_is_found_there() {
    shows(&html(first()), "<p class=\"section-head__lead\">Việc trong phường</p>");
}

#[test]
fn a_list_page_does_not_repeat_it() {
    lacks(&html(Listing { list: Some(3), ..first() }), "section-head__lead");
}

#[test]
fn a_year_does_not_repeat_it() {
    lacks(&html(Listing { year: Some(2020), ..first() }), "section-head__lead");
}

#[test]
fn the_first_page_counts_all_articles() {
    shows(&html(first()), "<p class=\"section-head__count\">1.234 bài viết</p>");
}

#[test]
fn a_year_counts_its_articles() {
    let html = html(Listing { year: Some(2020), ..first() });
    shows(&html, "<p class=\"section-head__count\">1.004 bài viết</p>");
}

#[test]
fn a_list_page_tells_the_days_it_spans() {
    let html = html(Listing { list: Some(3), ..first() });
    let (oldest, newest) = ("2020-01-01T01:00:00+07:00", "2020-10-10T17:00:00+07:00");
    let days =
        format!("Từ <time datetime=\"{oldest}\">01/01/2020</time> đến <time datetime=\"{newest}\">10/10/2020</time>");
    shows(&html, &format!("<p class=\"section-head__count\">{days}</p>"));
}

#[test]
fn an_article_without_a_date_is_listed_without_one() {
    let mut teasers = teasers();
    teasers[2].published_at = None;
    let html = html(Listing { list: Some(1), teasers, ..first() });
    shows(&html, "Từ <time datetime=\"2020-05-05T17:00:00+07:00\">05/05/2020</time> đến <time");
    assert_eq!(html.matches("teaser__title").count(), 3);
    assert_eq!(html.matches("teaser__date").count(), 2);
}

#[test]
fn a_list_of_articles_without_dates_counts_none_either() {
    let mut teasers = teasers();
    teasers.iter_mut().for_each(|teaser| teaser.published_at = None);
    lacks(&html(Listing { list: Some(1), teasers, ..first() }), "section-head__count");
}

#[test]
fn a_year_stands_in_the_heading() {
    let html = html(Listing { year: Some(2020), ..first() });
    shows(&html, ">Tin tức <span class=\"section-head__year\">Năm 2020</span></h1>");
}

#[test]
fn articles_are_an_ordered_list_of_teasers() {
    let html = html(first());
    assert_eq!(html.matches("<li><article class=\"teaser\">").count(), 3);
}

#[test]
fn articles_stand_in_the_order_given() {
    crate::in_order(&html(first()), &["<ol class=\"teasers\">", "/van-hoa/c/", "/van-hoa/b/", "/van-hoa/a/"]);
}

#[test]
fn an_empty_section_says_so() {
    shows(&html(empty()), "<p class=\"empty\">Chuyên mục chưa có bài viết.</p>");
}

#[test]
fn an_empty_section_has_no_empty_list() {
    lacks(&html(empty()), "<ol class=\"teasers\">");
}

#[test]
fn an_empty_section_counts_none() {
    shows(&html(empty()), "<p class=\"section-head__count\">0 bài viết</p>");
}

#[test]
fn a_section_outside_the_tree_is_named_by_its_slug() {
    let html = html(Listing { slug: Slug::new("cu-roi").expect("a slug"), ..first() });
    shows(&html, "tabindex=\"-1\">cu-roi</h1>");
}

#[test]
fn years_are_offered_with_their_counts() {
    let entry = "<li><a class=\"years__year\" href=\"/tin-tuc/nam/2019/\">2019 <span class=\"years__count\">(230)</span></a></li>";
    shows(&html(first()), entry);
}

#[test]
fn all_years_are_offered_first_and_marked_where_none_is_chosen() {
    let entry = "<ul class=\"years__list\"><li><a class=\"years__year\" href=\"/tin-tuc/\" aria-current=\"true\">Tất cả \
                 <span class=\"years__count\">(1.234)</span></a></li>";
    shows(&html(first()), entry);
}

#[test]
fn the_year_chosen_is_marked() {
    let html = html(Listing { year: Some(2019), ..first() });
    shows(&html, "href=\"/tin-tuc/nam/2019/\" aria-current=\"true\">2019 ");
}

#[test]
fn one_entry_of_the_years_is_marked() {
    let html = html(Listing { year: Some(2019), ..first() });
    assert_eq!(html.matches("aria-current=\"true\"").count(), 1);
}

#[test]
fn a_section_of_one_year_has_no_filter() {
    let mut listing = first();
    listing.years.truncate(1);
    lacks(&html(listing), "class=\"years\"");
}

#[test]
fn a_section_of_one_page_has_no_paging() {
    lacks(&html(first()), "class=\"paging\"");
}

#[test]
fn the_first_page_leads_to_older_articles_only() {
    let link = "<a class=\"paging__older\" rel=\"next\" href=\"/tin-tuc/trang/7/\">Tin cũ hơn<span aria-hidden=\"true\"> →</span></a>";
    let nav = format!("<nav class=\"paging\" aria-label=\"Phân trang\">{link}</nav>");
    shows(&html(Listing { older: route(None, Some(7)), ..first() }), &nav);
}

#[test]
fn the_oldest_list_leads_to_newer_articles_only() {
    let link = "<a class=\"paging__newer\" rel=\"prev\" href=\"/tin-tuc/trang/2/\"><span aria-hidden=\"true\">← </span>Tin mới hơn</a>";
    let nav = format!("<nav class=\"paging\" aria-label=\"Phân trang\">{link}</nav>");
    shows(&html(Listing { list: Some(1), newer: route(None, Some(2)), ..first() }), &nav);
}

#[test]
fn a_list_between_leads_both_ways() {
    let html = html(Listing { list: Some(2), newer: route(None, Some(3)), older: route(None, Some(1)), ..first() });
    crate::in_order(&html, &["href=\"/tin-tuc/trang/3/\"", "href=\"/tin-tuc/trang/1/\""]);
}

#[test]
fn the_newest_list_leads_to_the_first_page() {
    let html = html(Listing { list: Some(7), newer: route(None, None), ..first() });
    shows(&html, "rel=\"prev\" href=\"/tin-tuc/\">");
}

#[test]
fn the_paging_of_a_year_stays_in_it() {
    let html = html(Listing { year: Some(2019), older: route(Some(2019), Some(4)), ..first() });
    shows(&html, "rel=\"next\" href=\"/tin-tuc/nam/2019/trang/4/\">");
}
