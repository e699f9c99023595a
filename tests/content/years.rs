//! Years of a section: the same lists, of which one page shows the articles of its year only.

use crate::memory::{Memory, articles, slug, slugs};
use portal::content::Content;
use portal::routes::Route;

/// 35 articles: 1–4 of 2017, 5–7 of 2018, 8–33 of 2019, the last two of 2020. Lists 1 to 3 are full, 31–35 in none.
fn memory() -> Memory {
    Memory::default().section("tin-tuc", 35, |number| match number {
        1..=4 => 2017,
        5..=7 => 2018,
        8..=33 => 2019,
        _ => 2020,
    })
}

fn page(year: u16, list: Option<u32>) -> Route {
    Route::Section { slug: slug("tin-tuc"), year: Some(year), list }
}

fn is_not_found(route: &Route) -> bool {
    matches!(memory().load(route), Ok(Content::NotFound(_)))
}

#[test]
fn a_year_whose_articles_are_in_no_full_list_is_one_page() {
    let first = memory().listing(Some(2020), None);
    assert_eq!((slugs(&first), first.newer, first.older), (articles(34..=35), None, None));
}

#[test]
fn a_year_that_begins_on_the_first_page_goes_on_in_older_lists() {
    let first = memory().listing(Some(2019), None);
    assert_eq!((slugs(&first), first.older), (articles(21..=33), Some(page(2019, Some(2)))));
}

#[test]
fn a_year_that_is_in_older_lists_only_begins_there() {
    let first = memory().listing(Some(2018), None);
    assert_eq!((slugs(&first), first.older), (articles(5..=7), None));
}

#[test]
fn a_year_that_begins_in_an_older_list_needs_that_list_and_no_other() {
    let memory = memory();
    memory.listing(Some(2018), None);
    assert_eq!(memory.asked(), ["sections/tin-tuc.json", "sections/tin-tuc/1.json"]);
}

#[test]
fn a_list_of_a_year_leaves_out_the_years_beside_it() {
    assert_eq!(slugs(&memory().listing(Some(2019), Some(1))), articles(8..=10));
}

#[test]
fn the_oldest_list_of_a_year_leads_to_newer_ones_of_the_year() {
    let oldest = memory().listing(Some(2019), Some(1));
    assert_eq!((oldest.newer, oldest.older), (Some(page(2019, Some(2))), None));
}

#[test]
fn the_newest_list_of_a_year_leads_to_the_first_page_of_the_year() {
    assert_eq!(memory().listing(Some(2018), Some(1)).newer, Some(page(2018, None)));
}

#[test]
fn going_older_through_a_year_visits_each_of_its_articles_once_newest_first() {
    let years = [(2017, articles(1..=4)), (2018, articles(5..=7)), (2019, articles(8..=33)), (2020, articles(34..=35))];
    for (year, all) in years {
        assert_eq!(memory().walk(Some(year)), all, "{year}");
    }
}

#[test]
fn a_year_with_few_articles_on_the_first_page_is_filled_up_from_the_next_list() {
    // 20 articles: list 2 and thus the first page hold two of the old year, list 1 holds ten.
    let memory = Memory::default().section("tin-tuc", 20, |number| if number <= 12 { 2019 } else { 2020 });
    let first = memory.listing(Some(2019), None);
    assert_eq!((slugs(&first), first.older), (articles(1..=12), None));
}

#[test]
fn a_year_keeps_the_number_of_all_articles() {
    assert_eq!(memory().listing(Some(2018), None).total, 35);
}

#[test]
fn all_years_are_known_on_the_page_of_one() {
    let years: Vec<u16> = memory().listing(Some(2018), None).years.iter().map(|of| of.year).collect();
    assert_eq!(years, [2020, 2019, 2018, 2017]);
}

#[test]
fn a_year_without_articles_is_not_found() {
    assert!(is_not_found(&page(2016, None)));
}

#[test]
fn a_list_without_articles_of_the_year_is_not_found() {
    assert!(is_not_found(&page(2018, Some(2))));
}

#[test]
fn a_list_of_a_year_in_no_full_list_is_not_found() {
    assert!(is_not_found(&page(2020, Some(3))));
}
