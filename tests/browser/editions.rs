//! A portal in two languages: each is a document of its own, and only what is translated leads across.

use crate::harness::{Answer, Reader, dist, only_on_chromium, wasm};
use serde_json::json;

const TRANSLATED: &str = "/moi-truong/phan-loai-rac-tai-nguon-ba-thung-o-sanh-chung-cu/";
const TRANSLATION: &str = "/en/news/three-bins-in-the-lobby/";

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_goes_over_to_english_and_back() {
    let reader = Reader::new().await;
    reader.open(TRANSLATED).await;
    reader.click(".article__languages [hreflang=en]").await;
    reader.wait_for_heading("Sorting waste at home").await;
    assert_eq!(reader.address().await, TRANSLATION);
    assert_eq!(reader.js::<String>("return document.documentElement.lang").await, "en");
    assert!(reader.text(".article__facts").await.starts_with("Published"));
    reader.wait_for("html[data-running]").await;
    // Within the edition the program leads on.
    reader.js::<()>("window.same = true").await;
    reader.click(".navigation__link[href='/en/services/']").await;
    reader.wait_for_heading("Public services").await;
    reader.click(".teaser a[href='/en/services/national-day-2024-opening-hours/']").await;
    reader.wait_for_heading("Opening hours around National Day").await;
    assert!(reader.js::<bool>("return window.same").await);
    reader.click(".article__languages [hreflang=vi]").await;
    reader.wait_for_heading("Lịch nghỉ lễ Quốc khánh").await;
    assert_eq!(reader.js::<String>("return document.documentElement.lang").await, "vi");
    // The language of the whole, from any page.
    reader.click(".navigation__utility [hreflang=en]").await;
    reader.wait_until("location.pathname === '/en/' && document.querySelector('.lead-stories')").await;
    assert_eq!(reader.what_went_wrong().await, Vec::<String>::new());
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_another_language_leads_there_before_the_program_runs() {
    let reader = Reader::new().await;
    reader.server.answer(&wasm(), Answer::Late(4000));
    reader.open_early(TRANSLATED).await;
    reader.wait_for(".article__languages").await;
    reader.click_in_place(".article__languages [hreflang=en]").await;
    reader.wait_for_heading("Sorting waste at home").await;
    assert_eq!(reader.js::<String>("return document.documentElement.lang").await, "en", "with its own frame");
    reader.wait_for("html[data-running]").await;
    reader.leave().await;
}

/// Where the head says that the page is to be had, in its languages.
const ALTERNATES: &str = "return [...document.querySelectorAll('link[hreflang]')].map(link =>
    link.hreflang + ' ' + new URL(link.href).pathname)";

#[tokio::test(flavor = "multi_thread")]
async fn no_page_names_the_translations_and_feeds_of_the_page_before() {
    let reader = Reader::new().await;
    let own = format!("vi {TRANSLATED}");
    let all = [own.clone(), format!("en {TRANSLATION}"), own.replace("vi ", "x-default ")];
    reader.open(TRANSLATED).await;
    assert_eq!(reader.js::<Vec<String>>(ALTERNATES).await, all);
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for_heading("Thông báo").await;
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('link[rel=alternate]').length").await, 0);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_followed_before_the_program_runs_names_its_own_translations() {
    let reader = Reader::new().await;
    reader.server.answer(&wasm(), Answer::Never);
    reader.open_early(TRANSLATED).await;
    reader.js::<()>("window.same = true").await;
    reader.click_in_place("a.identity").await;
    reader.wait_until("location.pathname === '/' && !!document.querySelector('.lead-stories')").await;
    assert!(reader.js::<bool>("return window.same").await, "another document was loaded");
    assert_eq!(reader.js::<Vec<String>>(ALTERNATES).await, ["vi /", "en /en/", "x-default /"]);
    let feeds = "return [...document.querySelectorAll('link[rel=alternate][type]')].every(feed =>
        new URL(feed.href).pathname.lastIndexOf('/') === 0)";
    assert!(reader.js::<bool>(feeds).await, "the feeds are those of the page before");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_edition_lacks_is_told_in_its_language() {
    const ADDRESS: &str = "/en/news/none/";
    const DOCUMENT: &str = "/api/v1/en/articles/news/none.json";
    let reader = Reader::new().await;
    reader.open("/en/").await;
    reader.follow(ADDRESS).await;
    reader.wait_for_heading("Page not found").await;
    assert!(reader.server.asked(DOCUMENT) > 0, "it decides");
    // The document that is sent for the address says so too, before and after.
    reader.open_unknown(ADDRESS, DOCUMENT).await;
    reader.wait_for_heading("Page not found").await;
    assert!(reader.js::<bool>("return !!document.querySelector(`.navigation__link[href='/en/news/']`)").await);
    reader.server.answer("/api/v1/en/pages/contact.json", Answer::Status(503));
    reader.click(".navigation__link[href='/en/contact/']").await;
    reader.wait_until("document.querySelector('.problem')?.textContent.includes('503')").await;
    assert!(reader.text(".problem").await.contains("Try again"));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_is_newer_than_the_build_is_shown_in_its_edition() {
    let reader = Reader::new().await;
    let article = r#"{"slug":"new","section":"news","title":"Just published","published_at":"2025-06-30T18:00:00+07:00",
        "body":[{"kind":"paragraph","text":"Hello"}]}"#;
    reader.server.answer("/api/v1/en/articles/news/new.json", Answer::Json(article.to_owned()));
    reader.open("/en/news/new/").await;
    reader.wait_for_heading("Just published").await;
    assert_eq!(reader.text("a[href='/en/'].identity .identity__name").await, "Thanh Xuân District Portal");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_searches_its_own_articles() {
    let reader = Reader::new().await;
    reader.open("/en/tim-kiem/?q=food%20waste").await;
    reader.wait_until("document.querySelector('.hit__title')?.textContent.includes('Sorting waste at home')").await;
    assert!(
        reader
            .js::<bool>(
                "return [...document.querySelectorAll('.hit__title a')].every(a => a.pathname.startsWith('/en/'))"
            )
            .await
    );
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_can_be_read_without_a_network() {
    only_on_chromium!("a browser whose cache can be emptied");
    let reader = Reader::who_saves(&dist()).await;
    reader.hurry(5);
    reader.open("/en/").await;
    reader
        .wait_until_promised(
            "(async () => !!navigator.serviceWorker.controller && !!await caches.match('/en/404.html'))()",
        )
        .await;
    reader.click(".navigation__link[href='/en/about/']").await;
    reader.wait_for_heading("About Thanh Xuân District").await;
    reader.wait_until_promised("caches.match('/api/v1/en/pages/about.json').then(Boolean)").await;
    reader.server.go_down(true);
    reader.devtools("Network.clearBrowserCache", json!({})).await;
    reader.open("/en/about/").await;
    reader.wait_for_heading("About Thanh Xuân District").await;
    assert_eq!(reader.js::<String>("return document.documentElement.lang").await, "en");
    assert!(reader.text("#ban-luu").await.starts_with("You are reading a copy saved at "));
    reader.leave().await;
}
