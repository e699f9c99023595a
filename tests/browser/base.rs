//! A portal below a path of its host.

use crate::common;
use crate::harness::{Reader, dist};
use portal::tools::build::{self, Settings};
use portal::tools::folder::Folder;
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_portal_works_below_a_path() {
    let host = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(host.path().join("index.html"), "<!doctype html><title>Another site</title>").expect("written");
    let root = host.path().join("portal");
    common::copy_without_content(&dist(), &root);
    let api = Folder::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("public/api/v1"), None).expect("the sample");
    let settings = Settings { out: root, base: "/portal/".to_owned(), compress: false };
    build::build(&api, &settings, &indicatif::ProgressBar::hidden()).expect("the portal is built");

    let reader = Reader::of(host.path()).await;
    reader.open("/portal/").await;
    reader.wait_for(".visits__list").await;
    reader.js::<()>("window.same = true").await;
    reader.click(".navigation__entry:nth-child(2) > a").await;
    reader.wait_for_heading("Tin tức - Sự kiện").await;
    assert_eq!(reader.address().await, "/portal/tin-tuc-su-kien/");
    reader.click(".paging__older").await;
    reader.wait_until("location.pathname.startsWith('/portal/tin-tuc-su-kien/trang/')").await;
    reader.wait_for(".paging__newer").await;
    reader.click(".teaser__title a").await;
    reader.wait_for(".article__facts").await;
    reader
        .wait_until("[...document.querySelectorAll('main img')].every(i => i.loading === 'lazy' || i.naturalWidth > 0)")
        .await;
    reader.driver.back().await.expect("goes back");
    reader.wait_for(".paging__newer").await;
    assert!(reader.js::<bool>("return window.same").await, "the program served all of it");
    reader.open("/portal/thong-bao/").await;
    reader.wait_for_heading("Thông báo").await;
    reader.leave().await;
}
