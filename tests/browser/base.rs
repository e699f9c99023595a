//! A portal below a path of its host.

use crate::common;
use crate::harness::{Reader, dist};

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_portal_works_below_a_path() {
    let host = common::host_with_portal_below(&dist());
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
