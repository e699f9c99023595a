//! Without a network: what was read can be read again, releases change under readers, and a broken one can be recalled.

use crate::common;
use crate::harness::{Answer, Reader, dist, leave_out_on, only_on_chromium};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

const ARTICLE: &str = "/chinh-tri-kinh-te-do-thi/cam-nang-thong-tin-cach-doc-va-su-dung-cong/";
/// What is told of a page from the device, whatever kept it from coming anew.
const NOTE: &str = "bản lưu lúc ";
/// The service worker runs, and has saved this page in one form or the other.
fn is_saved(page: &str, document: &str) -> String {
    format!(
        "(async () => !!navigator.serviceWorker.controller
           && (!'{page}' || !!await caches.match('{page}')) && (!'{document}' || !!await caches.match('/api/v1/{document}')))()"
    )
}

/// A copy of the portal that can be published anew.
fn published() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    common::copy_without_content(&dist(), folder.path());
    publish(folder.path(), |_| {}, &[]);
    folder
}

/// Publishes a release whose site was edited so.
fn publish(folder: &Path, edit: impl Fn(&mut serde_json::Value), flags: &[&str]) {
    let api = tempfile::tempdir().expect("a temporary folder");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("public");
    for entry in walkdir::WalkDir::new(sample.join("api/v1")).into_iter().map(|entry| entry.expect("readable")) {
        let to = api.path().join(entry.path().strip_prefix(sample.join("api/v1")).expect("below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(to).expect("a folder");
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
    let site = api.path().join("site.json");
    let mut value = serde_json::from_str(&fs::read_to_string(&site).expect("readable")).expect("JSON");
    edit(&mut value);
    fs::write(&site, value.to_string()).expect("written");
    let (api, files) = (api.path().display().to_string(), sample.display().to_string());
    let arguments = [&["--api", &api, "--files", &files, "--out", "."], flags].concat();
    common::tool("build", &arguments, folder);
}

/// A reader who has the home page open, and whose device has saved it.
async fn who_has_saved(folder: &Path) -> Reader {
    let reader = Reader::who_saves(folder).await;
    reader.hurry(5);
    reader.open("/").await;
    reader.wait_until_promised(&is_saved("/", "home.json")).await;
    reader
}

/// Browsers look by themselves, but when they like.
async fn look_for_a_release(reader: &Reader) {
    let update = "navigator.serviceWorker.getRegistration().then((it) => it.update()).then(() => true)";
    reader.promised::<bool>(update).await;
}

/// No worker is on its way to take over.
const RESTS: &str = "navigator.serviceWorker.getRegistration()
    .then((it) => !it.installing && !it.waiting && it.active.state === 'activated')";

/// Has the browser find the release in a folder, and waits until it has taken over.
async fn take_over(reader: &Reader, folder: &Path) {
    let worker = fs::read_to_string(folder.join("sw.js")).expect("readable");
    let release = worker.split('"').nth(1).expect("the release");
    look_for_a_release(reader).await;
    let is_there = format!(
        "Promise.all([caches.keys(), {RESTS}])
           .then(([names, rests]) => rests && names.some((name) => name.endsWith(':shell:{release}')))"
    );
    reader.wait_until_promised(&is_there).await;
}

/// How many releases the device has.
async fn releases(reader: &Reader) -> usize {
    reader.promised("caches.keys().then((names) => names.filter((name) => name.includes(':shell:')).length)").await
}

/// Breaks every connection, and has the browser forget what it keeps by itself.
async fn lose_the_network(reader: &Reader) {
    reader.server.go_down(true);
    reader.devtools("Network.clearBrowserCache", json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_can_be_read_again_without_a_network() {
    only_on_chromium!("a browser cache that can be emptied");
    let reader = who_has_saved(&dist()).await;
    // So that the switch of languages leads somewhere.
    reader.wait_until_promised(&is_saved("/en/", "en/home.json")).await;
    // One article as a page of its own, one document by a link.
    reader.open(ARTICLE).await;
    reader.wait_until_promised(&is_saved(ARTICLE, "")).await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.wait_until_promised(&is_saved("", "pages/lien-he.json")).await;

    lose_the_network(&reader).await;
    reader.open(ARTICLE).await;
    reader.wait_for_heading("Cẩm nang").await;
    assert!(reader.text("#ban-luu").await.contains(NOTE), "the page is finished, and says its age");
    reader.screenshot("offline").await;
    assert!(
        reader.js::<bool>("return [...document.images].filter(i => i.complete).every(i => i.naturalWidth > 0)").await,
        "with its pictures"
    );
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert!(reader.text("#ban-luu").await.contains(NOTE));
    reader.open("/lien-he/").await;
    reader.wait_for_heading("Liên hệ").await;
    assert!(reader.text("#ban-luu").await.contains(NOTE), "drawn from its document");
    reader.open("/").await;
    reader.wait_for(".lead-stories").await;

    // What was not read is told as ever, and comes once the network does.
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for_heading("Chưa tải được danh sách bài viết").await;
    reader.server.go_down(false);
    reader.click("[data-action=retry]").await;
    reader.wait_for_heading("Thông báo").await;
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('#ban-luu').length").await, 0);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_below_a_path_can_be_read_without_a_network() {
    only_on_chromium!("a browser cache that can be emptied");
    let host = common::host_with_portal_below(&dist());
    let reader = Reader::who_saves(host.path()).await;
    reader.hurry(5);
    reader.open("/portal/").await;
    let is_saved = |address: &str| {
        format!("(async () => !!navigator.serviceWorker.controller && !!await caches.match('/portal/{address}'))()")
    };
    reader.wait_until_promised(&is_saved("")).await;
    reader.open(&format!("/portal{ARTICLE}")).await;
    reader.wait_until_promised(&is_saved(&ARTICLE[1..])).await;
    reader.click(".navigation__link[href='/portal/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.wait_until_promised(&is_saved("api/v1/pages/lien-he.json")).await;
    lose_the_network(&reader).await;
    for (page, heading) in [(ARTICLE, "Cẩm nang"), ("/lien-he/", "Liên hệ")] {
        reader.open(&format!("/portal{page}")).await;
        reader.wait_for_heading(heading).await;
        assert!(reader.text("#ban-luu").await.contains(NOTE));
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_without_a_network_says_how_old_the_page_is() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.set_offline(true).await;
    reader.wait_for("#ban-luu").await;
    assert!(reader.text("#ban-luu").await.starts_with("Bạn đang ngoại tuyến — bản lưu lúc "));
    reader.set_offline(false).await;
    reader.wait_until("!document.querySelector('#ban-luu')").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_page_keeps_its_age_until_the_reader_asks_for_it_again() {
    only_on_chromium!("a browser cache that can be emptied");
    let reader = who_has_saved(&dist()).await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.wait_until_promised("caches.match('/api/v1/pages/lien-he.json').then(Boolean)").await;
    lose_the_network(&reader).await;
    reader.open("/lien-he/").await;
    reader.wait_for_heading("Liên hệ").await;
    assert!(reader.text("#ban-luu").await.starts_with("Chưa kết nối được với cổng — bản lưu lúc "));
    reader.server.go_down(false);
    reader.js::<()>("dispatchEvent(new Event('online'))").await;
    assert!(reader.text("#ban-luu").await.starts_with("Bạn đang xem bản lưu lúc "));
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_until("!document.querySelector('#ban-luu')").await;
    reader.leave().await;
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
    reader.wait_until_server("the frame", |server| server.asked("/404.html") > asked).await;
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
async fn a_clock_that_is_wrong_by_a_year_changes_no_day() {
    only_on_chromium!("a browser cache that can be emptied");
    let today = time::OffsetDateTime::now_utc().to_offset(time::macros::offset!(+7)).date();
    let today = format!("{:02}/{:02}/{}", today.day(), u8::from(today.month()), today.year());
    for years in [-1, 1] {
        let reader = Reader::who_saves(&dist()).await;
        reader.server.run_first(&format!(
            "const Right = Date, wrong = {years} * 365 * 864e5;
             window.Date = class extends Right {{
               constructor(...parts) {{ super(...(parts.length ? parts : [Right.now() + wrong])); }}
               static now() {{ return Right.now() + wrong; }}
             }};"
        ));
        reader.hurry(5);
        reader.open(ARTICLE).await;
        let published = reader.text(".article__facts").await;
        reader.wait_until_promised(&is_saved(ARTICLE, "")).await;
        lose_the_network(&reader).await;
        reader.open(ARTICLE).await;
        let note = reader.text("#ban-luu").await;
        assert!(note.contains(&today), "{note}");
        assert_eq!(reader.text(".article__facts").await, published);
        reader.leave().await;
    }
}

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

#[tokio::test(flavor = "multi_thread")]
async fn a_device_without_any_room_saves_nothing_and_harms_nobody() {
    only_on_chromium!("a device whose room can be set");
    let reader = Reader::who_saves(&dist()).await;
    let quota = json!({ "origin": reader.server.origin, "quotaSize": 1 });
    reader.devtools("Storage.overrideQuotaForOrigin", quota).await;
    reader.hurry(5);
    reader.open("/").await;
    reader.wait_until_server("the service worker", |server| server.asked("/sw.js") > 0).await;
    // Time to fail: nothing tells that nothing was saved.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let nothing = "Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()])
           .then(([names, workers]) => names.length + workers.length === 0)";
    reader.wait_until_promised(nothing).await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn storage_that_is_forbidden_is_harmless() {
    let folder = published();
    // Whether a visit was reported is remembered in the storage of the tab.
    publish(folder.path(), |site| site["visits"] = json!({ "report": "/dem-luot" }), &[]);
    let reader = Reader::who_saves(folder.path()).await;
    // The tests themselves note in the storage of the tab what goes wrong: that is forbidden to the program only.
    reader.server.run_first(
        "const own = sessionStorage;
         const forbid = () => { throw new DOMException('forbidden', 'SecurityError'); };
         for (const name of ['localStorage', 'caches']) Object.defineProperty(window, name, { get: forbid });
         Object.defineProperty(window, 'sessionStorage', {
           get: () => new Error().stack.split('\\n')[2]?.includes('/app-') ? forbid() : own,
         });
         navigator.serviceWorker.register = () => Promise.reject(new DOMException('forbidden', 'SecurityError'));",
    );
    reader.hurry(5);
    for (visits, page) in [(1, "/"), (2, "/thong-bao/")] {
        reader.open(page).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        reader.click(".navigation__link[href='/lien-he/']").await;
        reader.wait_for_heading("Liên hệ").await;
        // Where nothing can be remembered, each document is a visit.
        reader.wait_until_server("a visit", |server| server.told().len() >= visits).await;
        assert_eq!(reader.server.told().len(), visits);
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_device_without_more_room_older_things_give_way_to_what_is_read() {
    only_on_chromium!("a device whose room can be set");
    const LAST: &str = "/van-hoa-xa-hoi/mot-ngay-cuoi-tuan-o-thanh-xuan-qua-nam-khung-hinh/";
    let reader = who_has_saved(&dist()).await;
    reader.open(ARTICLE).await;
    reader.wait_until_promised(&is_kept(ARTICLE)).await;
    for section in ["thong-bao", "van-hoa-xa-hoi", "giao-duc-y-te"] {
        reader.open(&format!("/{section}/")).await;
        reader.wait_until_promised(&is_saved(&format!("/{section}/"), &format!("sections/{section}.json"))).await;
    }
    // Time for the pictures.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = all_saved(&reader).await;
    let used: u64 = reader.promised("navigator.storage.estimate().then(({ usage }) => usage)").await;
    let quota = json!({ "origin": reader.server.origin, "quotaSize": used + 50_000 });
    reader.devtools("Storage.overrideQuotaForOrigin", quota).await;
    for page in ["/gioi-thieu/", "/moi-truong/", LAST] {
        reader.open(page).await;
        reader.wait_until_promised(&is_saved(page, "")).await;
    }
    reader.wait_until_promised(&is_kept(LAST)).await;
    let after = all_saved(&reader).await;
    let gone: Vec<&String> = before.difference(&after).collect();
    assert!(!gone.is_empty(), "there was room for all: {after:?}");
    let lasting = ["/", "/api/v1/home.json", DOCUMENT];
    assert!(lasting.iter().all(|lasting| after.contains(*lasting)), "{gone:?}");
    lose_the_network(&reader).await;
    for (page, heading) in [(LAST, "Một ngày cuối tuần"), (ARTICLE, "Cẩm nang")] {
        reader.open(page).await;
        reader.wait_for_heading(heading).await;
        assert!(reader.text("#ban-luu").await.contains(NOTE));
    }
    reader.leave().await;
}

/// A portal whose service worker saves this little.
fn portal_that_saves_little(edits: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = published();
    let path = folder.path().join("sw.js");
    let mut script = fs::read_to_string(&path).expect("readable");
    for (before, after) in edits {
        assert!(script.contains(before), "{before}");
        script = script.replace(before, after);
    }
    fs::write(&path, script).expect("written");
    folder
}

/// What a cache of the portal has, by path.
async fn saved(reader: &Reader, cache: &str) -> Vec<String> {
    let keys = format!(
        "caches.open('portal:/:{cache}').then((it) => it.keys()).then((all) => all.map(({{ url }}) => new URL(url).pathname))"
    );
    reader.promised(&keys).await
}

/// What all caches of the portal have, but for the program.
async fn all_saved(reader: &Reader) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for cache in ["pages", "documents", "articles", "pictures"] {
        all.extend(saved(reader, cache).await);
    }
    all
}

/// The article at an address is one of those that were read.
fn is_kept(article: &str) -> String {
    let document = format!("/api/v1/articles{}.json", article.trim_end_matches('/'));
    format!("caches.open('portal:/:articles').then((it) => it.match('{document}')).then(Boolean)")
}

const DOCUMENT: &str = "/api/v1/articles/chinh-tri-kinh-te-do-thi/cam-nang-thong-tin-cach-doc-va-su-dung-cong.json";

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_was_read_stays_with_its_pictures_while_other_things_pass() {
    only_on_chromium!("a browser cache that can be emptied");
    let folder = portal_that_saves_little(&[
        ("[PAGES]: 50", "[PAGES]: 2"),
        ("[DOCUMENTS]: 150", "[DOCUMENTS]: 3"),
        ("[PICTURES]: 400", "[PICTURES]: 4"),
    ]);
    let reader = who_has_saved(folder.path()).await;
    reader.open(ARTICLE).await;
    reader.wait_until_promised(&is_saved(ARTICLE, DOCUMENT.trim_start_matches("/api/v1/"))).await;
    let article = fs::read_to_string(folder.path().join(DOCUMENT.trim_start_matches('/'))).expect("readable");
    for section in ["thong-bao", "van-hoa-xa-hoi", "giao-duc-y-te"] {
        reader.open(&format!("/{section}/")).await;
        reader.wait_for("main h1").await;
        reader.wait_until_promised(&is_saved("", &format!("sections/{section}.json"))).await;
    }
    reader.open("/lien-he/").await;
    reader.wait_until_promised(&is_saved("", "pages/lien-he.json")).await;
    // The home pages, of which there are two, are no part of these.
    for (cache, most) in [("pages", 4), ("documents", 5)] {
        let few =
            format!("caches.open('portal:/:{cache}').then((it) => it.keys()).then((all) => all.length <= {most})");
        reader.wait_until_promised(&few).await;
    }
    let lasting = ["/", "/en/", "/api/v1/home.json", "/api/v1/en/home.json"];
    let all = all_saved(&reader).await;
    assert!(lasting.iter().all(|lasting| all.contains(*lasting)), "{all:?}");
    assert_eq!(saved(&reader, "articles").await, [DOCUMENT]);
    assert!(!saved(&reader, "documents").await.contains(&DOCUMENT.to_owned()));
    let pictures = saved(&reader, "pictures").await;
    let (own, others): (Vec<_>, Vec<_>) = pictures.iter().partition(|picture| article.contains(picture.as_str()));
    assert!(!own.is_empty() && others.len() <= 4, "{pictures:?}");
    lose_the_network(&reader).await;
    reader.open(ARTICLE).await;
    reader.wait_for_heading("Cẩm nang").await;
    let whole = "return [...document.images].filter(i => i.complete).every(i => i.naturalWidth > 0)";
    assert!(reader.js::<bool>(whole).await, "with its pictures");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_was_read_has_all_its_pictures_also_where_the_reader_has_not_been() {
    only_on_chromium!("a browser cache that can be emptied");
    const LONG: &str = "/chinh-tri-kinh-te-do-thi/thanh-xuan-hai-thap-ky-doi-moi-do-thi/";
    let reader = who_has_saved(&dist()).await;
    reader.open(LONG).await;
    let kept = "(async () => {
           const isKept = async ({ srcset }) =>
             (await Promise.all(srcset.split(', ').map((file) => caches.match(file.split(' ')[0])))).some(Boolean);
           return (await Promise.all([...document.querySelectorAll('.article img')].map(isKept))).every(Boolean);
         })()";
    reader.wait_until_promised(kept).await;
    let pictures: usize = reader.js("return document.querySelectorAll('.article img').length").await;
    assert!(pictures > 5, "{pictures}");
    let far = "return [...document.querySelectorAll('.article img')].some((picture) => !picture.complete)";
    assert!(reader.js::<bool>(far).await, "all pictures are near the beginning: choose a longer article");
    lose_the_network(&reader).await;
    // On this screen, and on one where pages ask for larger files.
    for (width, density) in [(1280, 1.0), (412, 3.5)] {
        let screen = json!({ "width": width, "height": 900, "deviceScaleFactor": density, "mobile": false });
        reader.devtools("Emulation.setDeviceMetricsOverride", screen).await;
        reader.open(LONG).await;
        for picture in 0..pictures {
            reader.js::<()>(&format!("document.querySelectorAll('.article img')[{picture}].scrollIntoView()")).await;
            let shown = format!(
                "((it) => it.complete && it.naturalWidth > 0)(document.querySelectorAll('.article img')[{picture}])"
            );
            reader.wait_until(&shown).await;
        }
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_in_all_has_an_end() {
    let folder = portal_that_saves_little(&[("MOST_BYTES = 6e7", "MOST_BYTES = 300000")]);
    let reader = who_has_saved(folder.path()).await;
    for page in [ARTICLE, "/thong-bao/", "/van-hoa-xa-hoi/", "/lien-he/", "/gioi-thieu/"] {
        reader.open(page).await;
        reader.wait_for("main h1").await;
        // Time to save it, and to make room.
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let bytes = "Promise.all(['pages', 'documents', 'articles', 'pictures'].map(async (name) => {
           const all = await (await caches.open('portal:/:' + name)).matchAll();
           return all.reduce((sum, copy) => sum + Number(copy.headers.get('x-portal-bytes')), 0);
         })).then((sums) => sums.reduce((one, other) => one + other))";
    reader.wait_until_promised(&format!("({bytes}).then((sum) => sum > 0 && sum <= 300000)")).await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_was_read_is_kept_as_such() {
    let reader = who_has_saved(&dist()).await;
    reader.open("/thong-bao/").await;
    let pointed_at: String = reader
        .js("const links = [...document.querySelectorAll('main .teaser a[href]')];
             links[0].dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
             return links[0].pathname")
        .await;
    let document = format!("articles{}.json", pointed_at.trim_end_matches('/'));
    reader.wait_until_promised(&is_saved("", &document)).await;
    assert_eq!(saved(&reader, "articles").await, Vec::<String>::new());
    reader.click("main .teaser a[href]").await;
    reader.wait_until("document.querySelector('.article')").await;
    reader.wait_until_promised(&is_kept(&pointed_at)).await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_too_large_is_not_read_to_its_end_to_be_saved() {
    leave_out_on!(WebKit, "it reads answers to their end, whoever waits for them");
    let reader = who_has_saved(&dist()).await;
    reader.server.answer("/api/v1/pages/lien-he.json", Answer::Endless(256 * 1024 * 1024));
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Chưa tải được trang này").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    // What waits in the sockets and in the browser counts.
    let sent = reader.server.sent();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(sent < 256 * 1024 * 1024 && reader.server.sent() == sent, "{sent}, then {}", reader.server.sent());
    assert!(!saved(&reader, "documents").await.contains(&"/api/v1/pages/lien-he.json".to_owned()));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_api_is_asked_before_a_saved_copy_is_shown_and_what_it_sends_is_saved() {
    const FIRST: &str = "/api/first/pages/lien-he.json";
    let folder = crate::failures::portal_that_asks("/api/first/ /api/v1");
    let reader = Reader::who_saves(folder.path()).await;
    reader.hurry(5);
    reader.open("/").await;
    reader.wait_until_promised(&is_saved("/", "")).await;
    let page = |title: &str| Answer::Json(format!(r#"{{"slug":"lien-he","title":"{title}"}}"#));
    reader.server.answer(FIRST, page("Từ máy thứ nhất"));
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Từ máy thứ nhất").await;
    reader.wait_until_promised("caches.match('/api/first/pages/lien-he.json').then(Boolean)").await;
    reader.server.answer(FIRST, Answer::Refused);
    reader.open("/").await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('#ban-luu').length").await, 0);
    let newer = "caches.match('/api/first/pages/lien-he.json').then((copy) => copy.text()).then((text) => text.includes('Liên hệ'))";
    reader.wait_until_promised(newer).await;
    reader.server.go_down(true);
    reader.open("/").await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert!(reader.text("#ban-luu").await.contains(NOTE));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_document_neither_hides_the_saved_one_nor_takes_its_place() {
    const PAGE: &str = "/api/v1/pages/lien-he.json";
    let reader = who_has_saved(&dist()).await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.wait_until_promised(&is_saved("", "pages/lien-he.json")).await;
    let copy = format!("caches.match('{PAGE}').then((copy) => copy.text())");
    let before: String = reader.promised(&copy).await;
    for bad in [
        Answer::Page("<title>Đăng nhập</title>".to_owned()),
        Answer::Json("<title>Đăng nhập</title>".to_owned()),
        Answer::Json(before.chars().take(before.chars().count() / 2).collect()),
        Answer::Torn,
    ] {
        reader.server.answer(PAGE, bad);
        reader.open("/").await;
        reader.click(".navigation__link[href='/lien-he/']").await;
        reader.wait_for_heading("Liên hệ").await;
        assert!(reader.text("#ban-luu").await.contains(NOTE));
        // Time to save it.
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(reader.promised::<String>(&copy).await, before);
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_page_is_shown_only_where_nothing_is_saved_and_never_kept() {
    only_on_chromium!("a browser cache that can be emptied");
    let login = || Answer::Page("<!doctype html><title>Đăng nhập</title><h1>Đăng nhập</h1>".to_owned());
    let reader = who_has_saved(&dist()).await;
    reader.open(ARTICLE).await;
    reader.wait_until_promised(&is_saved(ARTICLE, "")).await;
    reader.open("/").await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.wait_until_promised(&is_saved("", "pages/lien-he.json")).await;
    for page in [ARTICLE, "/lien-he/", "/gioi-thieu/"] {
        reader.server.answer(page, login());
    }
    reader.devtools("Network.clearBrowserCache", json!({})).await;
    // From its page, then from its document.
    for (page, heading) in [(ARTICLE, "Cẩm nang"), ("/lien-he/", "Liên hệ")] {
        reader.open(page).await;
        reader.wait_for_heading(heading).await;
    }
    reader.open_early("/gioi-thieu/").await;
    assert_eq!(reader.js::<String>("return document.title").await, "Đăng nhập");
    let pages = saved(&reader, "pages").await;
    assert!(!pages.contains(&"/gioi-thieu/".to_owned()), "{pages:?}");
    let copy =
        format!("caches.match('{ARTICLE}').then((copy) => copy.text()).then((text) => text.includes('Cẩm nang'))");
    assert!(reader.promised::<bool>(&copy).await);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_copy_does_not_lift_the_limits() {
    let folder = portal_that_saves_little(&[("[PICTURES]: 400", "[PICTURES]: 1")]);
    let reader = who_has_saved(folder.path()).await;
    let damaged = "caches.open('portal:/:articles')
           .then((it) => it.put('/api/v1/articles/thong-bao/hong.json', new Response('{\"slug\":'))).then(() => true)";
    reader.promised::<bool>(damaged).await;
    for section in ["thong-bao", "van-hoa-xa-hoi"] {
        reader.open(&format!("/{section}/")).await;
        reader.wait_until_promised(&is_saved("", &format!("sections/{section}.json"))).await;
    }
    let few = "caches.open('portal:/:pictures').then((it) => it.keys()).then((all) => all.length <= 1)";
    reader.wait_until_promised(few).await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn results_of_a_search_are_no_document() {
    const SEARCH: &str = "/api/v1/search.json";
    let reader = who_has_saved(&dist()).await;
    reader.server.answer(SEARCH, Answer::Json(r#"{"total":1}"#.to_owned()));
    let ask = |query: &str| format!("fetch('{SEARCH}?q={query}').then((answer) => answer.ok, () => false)");
    assert!(reader.promised::<bool>(&ask("a")).await);
    // Time to save it.
    tokio::time::sleep(Duration::from_millis(300)).await;
    reader.server.go_down(true);
    assert!(!reader.promised::<bool>(&ask("b")).await);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_fails_is_no_reason_not_to_show_what_was_saved() {
    only_on_chromium!("a browser cache that can be emptied");
    let reader = who_has_saved(&dist()).await;
    reader.open(ARTICLE).await;
    reader.wait_until_promised(&is_saved(ARTICLE, "")).await;
    reader.server.answer(ARTICLE, Answer::Status(503));
    reader.devtools("Network.clearBrowserCache", json!({})).await;
    reader.open(ARTICLE).await;
    reader.wait_for_heading("Cẩm nang").await;
    assert!(reader.text("#ban-luu").await.starts_with("Chưa kết nối được với cổng — bản lưu lúc "));
    // Nor where the program asks for its document.
    reader.wait_until_promised(&is_saved("", DOCUMENT.trim_start_matches("/api/v1/"))).await;
    reader.open("/").await;
    reader.server.answer(DOCUMENT, Answer::Status(503));
    reader.js::<()>(&format!("const link = document.createElement('a'); link.href = '{ARTICLE}'; document.querySelector('main').append(link); link.click()")).await;
    reader.wait_for_heading("Cẩm nang").await;
    assert!(reader.text("#ban-luu").await.starts_with("Chưa kết nối được với cổng — bản lưu lúc "));
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
        let worker = fs::read_to_string(folder.path().join("sw.js")).expect("readable");
        last = format!("portal:/:shell:{}", worker.split('"').nth(1).expect("the release"));
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

#[tokio::test(flavor = "multi_thread")]
async fn the_portal_can_be_installed() {
    only_on_chromium!("a browser that tells what keeps a portal from being installed");
    let reader = Reader::who_saves(&dist()).await;
    reader.open("/").await;
    let errors = reader.devtools("Page.getInstallabilityErrors", json!({})).await;
    let errors = errors["installabilityErrors"].as_array().expect("a list").clone();
    // A browser for tests keeps nothing of its own.
    let errors: Vec<_> = errors.iter().filter(|error| error["errorId"] != "in-incognito").collect();
    assert!(errors.is_empty(), "{errors:?}");
    let manifest = reader.devtools("Page.getAppManifest", json!({})).await;
    assert_eq!(manifest["errors"], json!([]));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_waits_for_nothing_that_is_saved() {
    leave_out_on!(WebKit, "its service workers do not share the cache of pages");
    let reader = Reader::who_saves(&dist()).await;
    reader.open("/").await;
    reader.wait_until_promised(&is_saved("/", "")).await;
    let asked = reader.server.all_asked();
    let place = |path: &str| asked.iter().position(|asked| asked == path).expect("asked for");
    let wasm = asked.iter().position(|path| path.ends_with(".wasm")).expect("the program");
    assert!(place("/sw.js") > wasm, "{asked:?}");
    assert_eq!(asked.iter().filter(|path| path.ends_with(".wasm")).count(), 1, "the program is sent once: {asked:?}");
    reader.leave().await;
}
