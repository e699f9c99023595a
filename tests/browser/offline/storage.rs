//! What is saved has an end, and storage may be full or forbidden.

use super::{
    ARTICLE, DOCUMENT, NOTE, is_kept, is_saved, lose_the_network, portal_that_saves_little, publish, published,
};
use super::{saved, who_has_saved};
use crate::harness::{Reader, dist, only_on_chromium};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

/// What all caches of the portal have, but for the program.
async fn all_saved(reader: &Reader) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for cache in ["pages", "documents", "articles", "pictures"] {
        all.extend(saved(reader, cache).await);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_without_any_room_saves_nothing_and_harms_nobody() {
    only_on_chromium!("a device whose room can be set");
    let reader = Reader::who_saves(&dist()).await;
    let quota = json!({ "origin": reader.server.origin, "quotaSize": 1 });
    reader.devtools("Storage.overrideQuotaForOrigin", quota).await;
    reader.hurry(5);
    reader.open("/").await;
    reader.wait_until_server("the worker is asked for", |server| server.asked("/sw.js") > 0).await;
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
        reader.wait_until_server("the visit is reported", |server| server.told().len() >= visits).await;
        assert_eq!(reader.server.told().len(), visits);
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_private_window_everything_can_be_read_and_nothing_is_complained_of() {
    let reader = Reader::in_private(&dist()).await;
    reader.hurry(5);
    reader.open("/").await;
    reader.wait_for(".visits__list").await;
    reader.open(ARTICLE).await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    // Time to save what was read, where that is allowed.
    tokio::time::sleep(Duration::from_secs(1)).await;
    reader.server.go_down(true);
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for_heading("Chưa tải được danh sách bài viết").await;
    reader.server.go_down(false);
    reader.click("[data-action=retry]").await;
    reader.wait_for_heading("Thông báo").await;
    // What the reader has chosen holds as long as the window.
    reader.click(".settings__button").await;
    reader.click("[data-settings] label:has([name=text][value='150'])").await;
    reader.open("/").await;
    assert_eq!(reader.js::<String>("return document.documentElement.dataset.text").await, "150");
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

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_was_read_stays_with_its_pictures_while_other_things_pass() {
    only_on_chromium!("a browser cache that can be emptied");
    let folder = portal_that_saves_little(&[
        ("\"pages\":50", "\"pages\":2"),
        ("\"documents\":150", "\"documents\":3"),
        ("\"pictures\":400", "\"pictures\":4"),
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
async fn what_is_saved_in_all_has_an_end() {
    let folder = portal_that_saves_little(&[("\"bytes\":60000000", "\"bytes\":300000")]);
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
async fn a_damaged_copy_does_not_lift_the_limits() {
    let folder = portal_that_saves_little(&[("\"pictures\":400", "\"pictures\":1")]);
    let reader = who_has_saved(folder.path()).await;
    // Cut off, deeper than any document that is shown, and with a picture that is none.
    let damaged = "caches.open('portal:/:articles').then((it) => Promise.all([
           '{\"slug\":', '['.repeat(100000) + ']'.repeat(100000), '{\"picture\":{\"sources\":[null,{\"src\":\"/x.webp\"},null]}}',
         ].map((text, at) => it.put(`/api/v1/articles/thong-bao/hong-${at}.json`, new Response(text))))).then(() => true)";
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
async fn of_the_articles_that_were_read_the_last_ones_stay() {
    let folder = portal_that_saves_little(&[("\"articles\":50", "\"articles\":2")]);
    let reader = who_has_saved(folder.path()).await;
    let mut read = Vec::new();
    reader.open("/thong-bao/").await;
    let links = "return [...document.querySelectorAll('main .teaser a[href]')].map((link) => link.pathname)";
    let links: Vec<String> = reader.js(links).await;
    // The first one once more: then it is not the oldest.
    for page in [&links[0], &links[1], &links[0], &links[2]] {
        reader.open(page).await;
        reader.wait_for(".article").await;
        read.push(format!("/api/v1/articles{}.json", page.trim_end_matches('/')));
        let is_last = "caches.open('portal:/:articles').then((it) => it.keys())
               .then((all) => all.length > 0 && all.at(-1).url.endsWith('PAGE'))";
        reader.wait_until_promised(&is_last.replace("PAGE", read.last().expect("just added"))).await;
    }
    let two = "caches.open('portal:/:articles').then((it) => it.keys()).then((all) => all.length === 2)";
    reader.wait_until_promised(two).await;
    assert_eq!(saved(&reader, "articles").await, read[2..]);
    reader.leave().await;
}

/// A device that refuses the next two things to be saved, the first one half a second after the second, once a page has said
/// "full".
const REFUSING: &str = r#"
{
  const { put } = Cache.prototype;
  let refusals = 0;
  Cache.prototype.put = async function (...parts) {
    if (!refusals) return put.apply(this, parts);
    refusals -= 1;
    await new Promise((done) => setTimeout(done, refusals * 500));
    throw new DOMException("full", "QuotaExceededError");
  };
  addEventListener("message", (event) => {
    if (event.data !== "full") return;
    event.stopImmediatePropagation();
    refusals = 2;
    event.ports[0].postMessage("refusing");
  });
}
"#;

/// A reader who has saved the portal in a folder, on a device that refuses what it is told to.
async fn whose_device_may_refuse() -> (tempfile::TempDir, Reader) {
    let folder = published();
    let path = folder.path().join("sw.js");
    let script = fs::read_to_string(&path).expect("readable");
    fs::write(&path, format!("{REFUSING}{script}")).expect("written");
    let reader = who_has_saved(folder.path()).await;
    // Time for the pictures.
    tokio::time::sleep(Duration::from_secs(1)).await;
    (folder, reader)
}

/// From now on the next two things are refused.
async fn refuse_two(reader: &Reader) {
    let refuse = "new Promise((done) => {
           const { port1, port2 } = new MessageChannel();
           port1.onmessage = ({ data }) => done(data);
           navigator.serviceWorker.controller.postMessage('full', [port2]);
         })";
    assert_eq!(reader.promised::<String>(refuse).await, "refusing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_full_of_articles_keeps_the_last_that_were_read() {
    let (_folder, reader) = whose_device_may_refuse().await;
    // Nothing but articles that were read, and the home pages.
    let fill = "Promise.all(['pages', 'documents', 'pictures'].map(async (name) => {
             const cache = await caches.open('portal:/:' + name);
             for (const { url } of await cache.keys()) if (!/[/](en[/])?(home[.]json)?$/.test(url)) await cache.delete(url);
           }))
           .then(() => caches.open('portal:/:articles'))
           .then(async (it) => {
             for (let at = 0; at < 40; at += 1)
               await it.put(`/api/v1/articles/thong-bao/bai-${at}.json`, new Response('{}', { headers: { 'x-portal-bytes': '400000' } }));
             return true;
           })";
    reader.promised::<bool>(fill).await;
    refuse_two(&reader).await;
    // The page is refused, then its document.
    reader.open(ARTICLE).await;
    reader.wait_until_promised(&is_kept(ARTICLE)).await;
    let articles = saved(&reader, "articles").await;
    let left: Vec<usize> =
        (0..40).filter(|at| articles.contains(&format!("/api/v1/articles/thong-bao/bai-{at}.json"))).collect();
    assert!(left.len() < 40 && left.len() >= 20, "a quarter goes at a time: {left:?}");
    assert_eq!(left.last(), Some(&39));
    assert!(left.is_sorted() && left.windows(2).all(|two| two[1] == two[0] + 1), "the first ones go first: {left:?}");
    assert!(articles.contains(&DOCUMENT.to_owned()), "{articles:?}");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn room_is_made_once_for_all_who_want_it_at_a_time() {
    let (_folder, reader) = whose_device_may_refuse().await;
    // All of one size, and more than all else.
    let fill = "caches.open('portal:/:documents').then((it) => Promise.all(Array.from({ length: 100 }, (_, at) =>
           it.put(`/api/v1/pages/trang-${at}.json`, new Response('{}', { headers: { 'x-portal-bytes': '400000' } }))
         ))).then(() => true)";
    reader.promised::<bool>(fill).await;
    refuse_two(&reader).await;
    // Two documents to be saved, and a page that was read, after which the limits are looked after.
    let save = "Promise.all(['lien-he', 'gioi-thieu'].map((page) => fetch(`/api/v1/pages/${page}.json`)).concat(
           navigator.serviceWorker.controller.postMessage({ page: location.href, isDocument: false })))
           .then(() => true)";
    reader.promised::<bool>(save).await;
    for page in ["lien-he", "gioi-thieu"] {
        reader.wait_until_promised(&is_saved("", &format!("pages/{page}.json"))).await;
    }
    let documents = saved(&reader, "documents").await;
    let left = documents.iter().filter(|name| name.contains("/trang-")).count();
    assert!((70..=80).contains(&left), "a quarter should have gone: {left} of 100 are left");
    reader.leave().await;
}
