//! The empty document that `trunk serve` serves: the program fetches and draws everything.

use crate::common;
use crate::harness::{Answer, Reader, dist};
use crate::visits::wait_for_page_before_figures;
use std::path::Path;

const SITE: &str = "/api/v1/site.json";

/// A folder as Trunk leaves it, before any page is written.
pub fn as_trunk_leaves_it(folder: &Path) {
    common::copy_without_content(&dist(), folder);
    let template = std::fs::read_to_string(dist().join(".program/template.html")).expect("the build keeps it");
    // The build has joined the style sheets into one; their order is kept by its layers.
    let joined = std::fs::read_to_string(dist().join(".program/styles.css")).expect("the build keeps it");
    for name in template.split([' ', '>', '"', '=']).filter(|part| part.ends_with(".css")) {
        std::fs::write(folder.join(name.trim_start_matches('/')), &joined).expect("written");
    }
    // The build has made the program smaller, under other names.
    for (kept, end) in [("app.js", ".js"), ("app_bg.wasm", "_bg.wasm")] {
        let mut parts = template.split(['\'', '"', '`']);
        let name = parts.find(|part| part.starts_with("/app-") && part.ends_with(end)).expect("Trunk names it");
        std::fs::copy(dist().join(".program").join(kept), folder.join(&name[1..])).expect("the build keeps it");
    }
    std::fs::write(folder.join("index.html"), template).expect("written");
    // Nor is there a host with policies, which allow no script of Trunk's own.
    for name in ["404.html", "_headers"] {
        _ = std::fs::remove_file(folder.join(name));
    }
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("public");
    for entry in walkdir::WalkDir::new(&public).min_depth(1).into_iter().map(|entry| entry.expect("readable")) {
        let to = folder.join(entry.path().strip_prefix(&public).expect("below the folder"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).expect("a folder");
        } else {
            std::fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_drawn_from_nothing_and_its_statistics_come_last() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    as_trunk_leaves_it(folder.path());
    let reader = Reader::of(folder.path()).await;
    reader.server.answer("/api/v1/pages/lien-he.json", Answer::Late(1500));
    reader.open("/lien-he/").await;
    wait_for_page_before_figures(&reader, "Liên hệ").await;
    reader.wait_for(".visits__list").await;
    let asked = reader.server.all_asked();
    let documents: Vec<&str> =
        asked.iter().filter_map(|path| path.strip_prefix("/api/v1/")).filter(|name| name.ends_with(".json")).collect();
    assert_eq!(documents, ["site.json", "pages/lien-he.json", "visits.json"]);
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('h1').length").await, 1);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_search_page_is_drawn_from_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    as_trunk_leaves_it(folder.path());
    let reader = Reader::of(folder.path()).await;
    let finds = r#"onmessage = ({ data }) => postMessage({ id: data.id, results: '{"total":0,"results":[],"suggestion":"hội sách"}' }); postMessage({ ready: true })"#;
    reader.server.answer("/search_loader.js", Answer::Script(finds));
    reader.open("/tim-kiem/?q=hoi+sach").await;
    reader.wait_until("document.querySelector('.found__suggestion a')?.textContent === 'hội sách'").await;
    assert_eq!(reader.js::<String>("return document.querySelector('#tim-kiem').value").await, "hoi sach");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_is_written_alone_is_searched() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    as_trunk_leaves_it(folder.path());
    for name in ["search.js", "search_bg.wasm"] {
        std::fs::copy(dist().join(".program").join(name), folder.path().join(name)).expect("the build keeps it");
    }
    let loader = "importScripts('/search.js'); wasm_bindgen({ module_or_path: '/search_bg.wasm' });";
    std::fs::write(folder.path().join("search_loader.js"), loader).expect("written");
    let reader = Reader::of(folder.path()).await;
    reader.server.answer("/search/entry.bin", Answer::Status(404));
    reader.open("/tim-kiem/?q=hoi+sach").await;
    reader.wait_until("document.querySelector('.found .problem')?.innerText.includes('chưa chạy được')").await;
    let api = concat!(env!("CARGO_MANIFEST_DIR"), "/public/api/v1");
    common::tool("index", &["--api", api, "--out", "."], folder.path());
    reader.server.answer_truly("/search/entry.bin");
    reader.open("/tim-kiem/?q=hoi+sach").await;
    reader.wait_for(".hit mark").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_language_is_drawn_from_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    as_trunk_leaves_it(folder.path());
    let reader = Reader::of(folder.path()).await;
    reader.open("/en/news/three-bins-in-the-lobby/").await;
    reader.wait_for_heading("Sorting waste at home").await;
    assert!(reader.text(".article__facts").await.starts_with("Published"));
    assert_eq!(reader.js::<String>("return document.documentElement.lang").await, "en");
    reader.click(".article__languages [hreflang=vi]").await;
    reader.wait_for_heading("Phân loại rác tại nguồn").await;
    assert_eq!(reader.js::<String>("return document.documentElement.lang").await, "vi");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_for_the_portal_itself_can_be_given_up_and_tried_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    as_trunk_leaves_it(folder.path());
    let reader = Reader::of(folder.path()).await;
    reader.hurry(4);
    reader.server.answer(SITE, Answer::Never);
    reader.open_early("/").await;
    reader.wait_for(".loading").await;
    reader.wait_for("[data-action=give-up]").await;
    reader.screenshot("first-load-slow").await;
    reader.click("[data-action=give-up]").await;
    reader.wait_for("[data-action=retry]").await;
    assert!(reader.text(".problem").await.contains("Chưa tải được thông tin của cổng"));
    reader.screenshot("first-load-failed").await;
    reader.server.answer_truly(SITE);
    reader.click("[data-action=retry]").await;
    reader.wait_for(".lead-stories").await;
    reader.leave().await;
}
