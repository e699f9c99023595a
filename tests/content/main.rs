//! From a route to what the page shows, over documents in memory.

#[path = "../common/failures.rs"]
mod failures;
mod memory;
mod paging;
mod redirects;
#[path = "../common/sample.rs"]
mod sample;
mod years;

use failures::failures;
use memory::{Memory, slug};
use portal::content::{Content, SearchState};
use portal::failure::Failure;
use portal::routes::{Query, Route};
use serde_json::json;

fn article() -> Route {
    Route::Article { section: slug("tin-tuc"), slug: slug("hoi-lang") }
}

fn article_document() -> serde_json::Value {
    let at = "2020-10-10T17:00:00+07:00";
    json!({ "slug": "hoi-lang", "section": "tin-tuc", "title": "Hội làng", "published_at": at })
}

#[test]
fn the_home_page_is_its_document() {
    let memory = Memory::default().with("home.json", &json!({}));
    assert!(matches!(memory.load(&Route::Home), Ok(Content::Home(_))));
}

#[test]
fn an_article_is_its_document() {
    let memory = Memory::default().with("articles/tin-tuc/hoi-lang.json", &article_document());
    let Ok(Content::Article(article)) = memory.load(&article()) else { panic!("no article") };
    assert_eq!(article.title.as_str(), "Hội làng");
}

#[test]
fn a_page_is_its_document() {
    let memory = Memory::default().with("pages/lien-he.json", &json!({ "slug": "lien-he", "title": "Liên hệ" }));
    assert!(matches!(memory.load(&Route::Page(slug("lien-he"))), Ok(Content::Page(_))));
}

#[test]
fn the_sitemap_needs_no_document() {
    let memory = Memory::default();
    assert_eq!((memory.load(&Route::Sitemap), memory.asked()), (Ok(Content::Sitemap), Vec::new()));
}

#[test]
fn the_search_page_needs_no_document() {
    let memory = Memory::default();
    let Ok(Content::Search(search)) = memory.load(&Route::Search(Query::default())) else { panic!("no search page") };
    assert_eq!((&search.state, memory.asked()), (&SearchState::Idle, Vec::new()));
}

#[test]
fn a_search_that_fails_is_no_failure_of_its_page() {
    let query = Query { page: 2, ..Query::new("hồ tây") };
    let Ok(Content::Search(search)) = Memory::default().load(&Route::Search(query.clone())) else {
        panic!("no search page")
    };
    assert_eq!((search.query, search.state), (query, SearchState::Failed(Failure::Unsupported)));
}

#[test]
fn what_is_found_is_not_looked_up_among_the_redirects() {
    let memory = Memory::default().with("articles/tin-tuc/hoi-lang.json", &article_document());
    memory.load(&article()).expect("an article");
    assert_eq!(memory.asked(), ["articles/tin-tuc/hoi-lang.json"]);
}

#[test]
fn a_missing_document_is_not_found() {
    assert_eq!(Memory::default().load(&article()), Ok(Content::NotFound("/tin-tuc/hoi-lang/".to_owned())));
}

#[test]
fn a_removed_document_is_not_found() {
    let memory = Memory::default().failing("articles/tin-tuc/hoi-lang.json", Failure::Gone);
    assert_eq!(memory.load(&article()), Ok(Content::NotFound("/tin-tuc/hoi-lang/".to_owned())));
}

#[test]
fn an_unknown_address_is_not_found() {
    let route = Route::Unknown("/a/b/c/".to_owned());
    assert_eq!(Memory::default().load(&route), Ok(Content::NotFound("/a/b/c/".to_owned())));
}

#[test]
fn a_section_outside_the_tree_is_not_found_even_if_it_has_a_document() {
    let memory = Memory::default().section("cu-roi", 5, |_| 2020);
    assert_eq!(memory.load(&Route::section(&slug("cu-roi"))), Ok(Content::NotFound("/cu-roi/".to_owned())));
}

#[test]
fn every_other_failure_passes_through() {
    let others = failures().filter(|failure| !matches!(failure, Failure::Missing | Failure::Gone));
    for failure in others {
        let memory = Memory::default().failing("home.json", failure.clone());
        assert_eq!(memory.load(&Route::Home), Err(failure));
    }
}

#[test]
fn a_document_that_breaks_the_contract_is_named_with_its_problems() {
    let memory = Memory::default().with("pages/lien-he.json", &json!({ "slug": "lien-he", "title": "" }));
    let Err(Failure::Invalid(document, problems)) = memory.load(&Route::Page(slug("lien-he"))) else {
        panic!("a page without a title")
    };
    let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!((document.as_str(), paths), ("pages/lien-he.json", vec!["title"]));
}

#[test]
fn a_document_that_is_not_json_breaks_the_contract() {
    let memory = Memory::default().text("home.json", "<!doctype html>");
    assert!(matches!(memory.load(&Route::Home), Err(Failure::Invalid(document, _)) if document == "home.json"));
}

#[test]
fn a_list_that_breaks_the_contract_is_named_too() {
    let memory = Memory::default().section("tin-tuc", 25, |_| 2020).text("sections/tin-tuc/1.json", "{}");
    let route = Route::Section { slug: slug("tin-tuc"), year: None, list: Some(1) };
    assert!(matches!(memory.load(&route), Err(Failure::Invalid(document, _)) if document == "sections/tin-tuc/1.json"));
}
