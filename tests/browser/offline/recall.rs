//! A release that turns out to be broken can be recalled.

use super::{look_for_a_release, publish, published, who_has_saved};
use std::fs;
use std::path::Path;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_release_can_be_recalled() {
    let folder = published();
    let recall_by_hand: fn(&Path) = |folder| {
        fs::copy(folder.join(".hosting/recall-sw.js"), folder.join("sw.js")).expect("a copy");
    };
    let recall_by_build: fn(&Path) = |folder| publish(folder, |_| {}, &["--no-offline"]);
    for recall in [recall_by_hand, recall_by_build] {
        publish(folder.path(), |_| {}, &[]);
        let reader = who_has_saved(folder.path()).await;
        reader.js::<()>("window.same = true").await;
        recall(folder.path());
        look_for_a_release(&reader).await;
        reader.wait_until_promised("caches.keys().then((names) => names.length === 0)").await;
        reader.wait_until_promised("navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)").await;
        assert!(reader.js::<bool>("return window.same").await, "who reads is not disturbed");
        reader.click(".navigation__link[href='/lien-he/']").await;
        reader.wait_for_heading("Liên hệ").await;
        reader.leave().await;
    }
}

/// Answers everything with a blank page.
const BROKEN: &str = "
    addEventListener('install', () => skipWaiting());
    addEventListener('activate', (event) => event.waitUntil(clients.claim()));
    addEventListener('fetch', (event) => {
      event.respondWith(new Response('', { headers: { 'content-type': 'text/html' } }));
    });";

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_shows_nothing_is_recalled_while_the_reader_only_navigates() {
    let folder = published();
    let worker = folder.path().join("sw.js");
    let reader = who_has_saved(folder.path()).await;
    fs::write(&worker, BROKEN).expect("written");
    let taken = "window.taken = new Promise((done) => {
           navigator.serviceWorker.addEventListener('controllerchange', () => done(true));
         })";
    reader.js::<()>(taken).await;
    look_for_a_release(&reader).await;
    reader.wait_until_promised("window.taken").await;
    reader.open_early("/lien-he/").await;
    assert_eq!(reader.js::<String>("return document.body.innerHTML").await, "", "the worker is broken");

    fs::copy(folder.path().join(".hosting/recall-sw.js"), &worker).expect("a copy");
    let mut navigations = 0;
    while !reader.js::<bool>("return !!document.querySelector('main h1')").await {
        navigations += 1;
        assert!(navigations < 10, "the worker is still there");
        // Browsers look for another worker a moment after they have navigated.
        tokio::time::sleep(Duration::from_secs(2)).await;
        reader.open_early("/lien-he/").await;
    }
    reader.wait_for("html[data-running]").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.wait_until_promised("caches.keys().then((names) => names.length === 0)").await;
    reader.leave().await;
}
