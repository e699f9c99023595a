//! Pages of a section: lists by their lasting numbers, 1 the oldest; the section document is the first page.

use crate::memory::{Memory, articles, slug, slugs};
use portal::content::Content;
use portal::failure::Failure;
use portal::routes::Route;

/// A section of so many articles of one year.
fn of(total: u32) -> Memory {
    Memory::default().section("tin-tuc", total, |_| 2020)
}

fn page(list: Option<u32>) -> Route {
    Route::Section { slug: slug("tin-tuc"), year: None, list }
}

fn is_not_found(memory: &Memory, list: u32) -> bool {
    matches!(memory.load(&page(Some(list))), Ok(Content::NotFound(_)))
}

#[test]
fn a_section_without_articles_is_one_empty_page() {
    let first = of(0).listing(None, None);
    assert_eq!((first.total, slugs(&first), first.newer, first.older), (0, Vec::new(), None, None));
}

#[test]
fn a_section_without_a_full_list_is_one_page() {
    let first = of(5).listing(None, None);
    assert_eq!((slugs(&first), first.newer, first.older), (articles(1..=5), None, None));
}

#[test]
fn a_section_of_one_full_list_is_one_page() {
    let first = of(10).listing(None, None);
    assert_eq!((slugs(&first), first.newer, first.older), (articles(1..=10), None, None));
}

#[test]
fn the_first_page_shows_the_newest_full_list_and_what_came_after_it() {
    assert_eq!(slugs(&of(25).listing(None, None)), articles(11..=25));
}

#[test]
fn the_first_page_leads_to_the_list_before_the_newest() {
    assert_eq!(of(25).listing(None, None).older, Some(page(Some(1))));
}

#[test]
fn the_first_page_of_a_section_is_one_document() {
    let memory = of(25);
    memory.listing(None, None);
    assert_eq!(memory.asked(), ["sections/tin-tuc.json"]);
}

#[test]
fn a_list_page_shows_its_list_only() {
    assert_eq!(slugs(&of(25).listing(None, Some(1))), articles(1..=10));
}

#[test]
fn a_list_page_needs_the_section_and_its_list() {
    let memory = of(35);
    memory.listing(None, Some(2));
    assert_eq!(memory.asked(), ["sections/tin-tuc.json", "sections/tin-tuc/2.json"]);
}

#[test]
fn the_oldest_list_leads_to_newer_ones_only() {
    let oldest = of(35).listing(None, Some(1));
    assert_eq!((oldest.newer, oldest.older), (Some(page(Some(2))), None));
}

#[test]
fn a_list_between_leads_both_ways() {
    let between = of(35).listing(None, Some(2));
    assert_eq!((between.newer, between.older), (Some(page(Some(3))), Some(page(Some(1)))));
}

#[test]
fn the_newest_list_leads_to_the_first_page() {
    assert_eq!(of(35).listing(None, Some(3)).newer, Some(page(None)));
}

#[test]
fn a_page_knows_section_and_list() {
    let listing = of(25).listing(None, Some(1));
    assert_eq!((listing.slug.as_str(), listing.total, listing.year, listing.list), ("tin-tuc", 25, None, Some(1)));
}

#[test]
fn going_older_from_the_first_page_visits_each_article_once_newest_first() {
    for total in [0, 1, 5, 9, 10, 11, 19, 20, 21, 25, 30, 57] {
        assert_eq!(of(total).walk(None), articles(1..=total), "{total} articles");
    }
}

#[test]
fn going_newer_from_the_oldest_list_visits_every_list_and_ends_at_the_first_page() {
    let memory = of(45);
    let mut passed = vec![page(Some(1))];
    while let Some(newer) = memory.listing_of(passed.last().expect("a page")).newer {
        passed.push(newer);
    }
    assert_eq!(passed, [page(Some(1)), page(Some(2)), page(Some(3)), page(Some(4)), page(None)]);
}

#[test]
fn there_is_no_list_0() {
    assert!(is_not_found(&of(25), 0));
}

#[test]
fn there_is_no_list_that_is_not_full_yet() {
    assert!(is_not_found(&of(25), 3));
}

#[test]
fn there_is_no_list_of_a_section_without_a_full_one() {
    assert!(is_not_found(&of(5), 1));
}

#[test]
fn there_is_no_list_of_the_largest_number() {
    assert!(is_not_found(&of(25), u32::MAX));
}

#[test]
fn a_list_that_is_promised_but_not_there_is_not_found() {
    assert!(is_not_found(&of(25).failing("sections/tin-tuc/1.json", Failure::Missing), 1));
}

#[test]
fn a_list_that_cannot_be_had_is_a_failure() {
    let memory = of(25).failing("sections/tin-tuc/1.json", Failure::Status(500));
    assert_eq!(memory.load(&page(Some(1))), Err(Failure::Status(500)));
}

#[test]
fn a_section_of_the_tree_without_a_document_is_not_found() {
    assert!(matches!(Memory::default().load(&page(None)), Ok(Content::NotFound(_))));
}
