//! Releases change under readers.

use super::{LOOKS, NOTE, is_saved, look_for_a_release, lose_the_network, publish, published, who_has_saved};
use crate::harness::{Reader, only_on_chromium};
use serde_json::json;
use std::fs;
use std::path::Path;

/// No worker is on its way to take over.
const RESTS: &str = "navigator.serviceWorker.getRegistration()
    .then((it) => !it.installing && !it.waiting && it.active.state === 'activated')";

/// The name of the release in a folder.
fn release_in(folder: &Path) -> String {
    let worker = fs::read_to_string(folder.join("sw.js")).expect("readable");
    let (_, rest) = worker.split_once("\"release\":\"").expect("the release");
    rest.chars().take_while(char::is_ascii_hexdigit).collect()
}

/// Has the browser find the release in a folder, and waits until it has taken over.
async fn take_over(reader: &Reader, folder: &Path) {
    let release = release_in(folder);
    // A browser that was just looking by itself, and has found the release from before, does not look a second time.
    let is_there = format!(
        "{LOOKS}.then(() => Promise.all([caches.keys(), {RESTS}]))
           .then(([names, rests]) => rests && names.some((name) => name.endsWith(':shell:{release}')))"
    );
    reader.wait_until_promised(&is_there).await;
}

/// How many releases the device has.
async fn releases(reader: &Reader) -> usize {
    reader.promised("caches.keys().then((names) => names.filter((name) => name.includes(':shell:')).length)").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_release_takes_over_without_disturbing_who_reads() {
    only_on_chromium!("a browser cache that can be emptied");
    let folder = published();
    let reader = who_has_saved(folder.path()).await;
    reader.js::<()>("window.same = true; document.querySelector('#tim-nhanh').value = 'hồ'").await;
    publish(folder.path(), |site| site["name"] = json!("Cổng mới"), &[]);
    take_over(&reader, folder.path()).await;
    assert_eq!(releases(&reader).await, 2);
    // The page that is open goes on with its own program.
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert!(reader.js::<bool>("return window.same && document.querySelector('#tim-nhanh').value === 'hồ'").await);
    // The next document is of the new release as a whole, with a network and without.
    for is_down in [false, true] {
        reader.server.go_down(is_down);
        reader.devtools("Network.clearBrowserCache", json!({})).await;
        reader.open("/").await;
        assert_eq!(reader.text(".identity__name").await, "Cổng mới");
        assert!(reader.js::<bool>("return window.portalSite.includes('Cổng mới')").await);
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_each_keep_their_release() {
    only_on_chromium!("a browser cache that can be emptied");
    let folder = published();
    let reader = who_has_saved(folder.path()).await;
    let old = reader.text(".identity__name").await;
    let first = reader.driver.window().await.expect("a tab");
    let second = reader.driver.new_tab().await.expect("another tab");
    reader.driver.switch_to_window(second.clone()).await.expect("it opens");
    reader.open("/lien-he/").await;
    publish(folder.path(), |site| site["name"] = json!("Cổng mới"), &[]);
    look_for_a_release(&reader).await;
    reader.devtools("Network.clearBrowserCache", json!({})).await;
    reader.open("/").await;
    assert_eq!(reader.text(".identity__name").await, "Cổng mới");
    for (tab, name) in [(first, old.as_str()), (second, "Cổng mới")] {
        reader.driver.switch_to_window(tab).await.expect("it is there");
        reader.click(".navigation__link[href='/thong-bao/']").await;
        reader.wait_for_heading("Thông báo").await;
        assert_eq!(reader.text(".identity__name").await, name);
        assert_eq!(reader.what_went_wrong().await, Vec::<String>::new());
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_is_half_there_is_none_yet() {
    let folder = published();
    let reader = who_has_saved(folder.path()).await;
    let frame = folder.path().join("404.html");
    let before = fs::read(&frame).expect("readable");
    publish(folder.path(), |site| site["name"] = json!("Cổng mới"), &[]);
    let after = fs::read(&frame).expect("readable");
    fs::write(&frame, before).expect("written");
    let asked = reader.server.asked("/404.html");
    look_for_a_release(&reader).await;
    reader.wait_until_server("the frame is asked for", |server| server.asked("/404.html") > asked).await;
    reader.wait_until_promised(RESTS).await;
    assert_eq!(releases(&reader).await, 1);
    fs::write(&frame, after).expect("written");
    take_over(&reader, folder.path()).await;
    assert_eq!(releases(&reader).await, 2);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_program_is_gone_is_drawn_from_its_document() {
    only_on_chromium!("a browser cache that can be emptied");
    let folder = published();
    let reader = who_has_saved(folder.path()).await;
    reader.open("/lien-he/").await;
    reader.wait_until_promised(&is_saved("/lien-he/", "pages/lien-he.json")).await;
    for name in ["Cổng hai", "Cổng ba"] {
        publish(folder.path(), |site| site["name"] = json!(name), &[]);
        take_over(&reader, folder.path()).await;
    }
    assert_eq!(releases(&reader).await, 2);
    lose_the_network(&reader).await;
    reader.open("/lien-he/").await;
    reader.wait_for_heading("Liên hệ").await;
    assert!(reader.text("#ban-luu").await.contains(NOTE));
    assert_eq!(reader.text(".identity__name").await, "Cổng ba");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_release_that_was_left_last_is_the_one_that_stays() {
    let folder = published();
    let reader = who_has_saved(folder.path()).await;
    let shells = "caches.keys().then((names) => names.filter((name) => name.includes(':shell:')))";
    let first: Vec<String> = reader.promised(shells).await;
    let mut last = String::new();
    // A second release, back to the first one, then a third.
    for name in ["Cổng hai", "", "Cổng ba"] {
        publish(
            folder.path(),
            |site| {
                if !name.is_empty() {
                    site["name"] = json!(name)
                }
            },
            &[],
        );
        last = format!("portal:/:shell:{}", release_in(folder.path()));
        look_for_a_release(&reader).await;
        let is_active = format!(
            "Promise.all([{shells}, navigator.serviceWorker.getRegistration()]).then(([names, it]) =>
               names.length === 2 && names[1] === '{last}' && !it.installing && !it.waiting && it.active.state === 'activated')"
        );
        reader.wait_until_promised(&is_active).await;
    }
    let kept: Vec<String> = reader.promised(shells).await;
    assert_eq!(kept, [first[0].clone(), last], "the second release was left before the first");
    reader.leave().await;
}
