//! What was read can be read again, in whatever way the network fails.

use super::{ARTICLE, DOCUMENT, NOTE, is_kept, is_saved, lose_the_network, saved, who_has_saved};
use crate::common;
use crate::harness::{Answer, Reader, dist, leave_out_on, only_on_chromium};
use serde_json::json;
use std::time::Duration;

/// What is told of a page from the device where the device has a network.
const UNANSWERED: &str = "Bạn đang xem bản lưu lúc ";

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
async fn a_page_on_its_way_does_not_wait_for_what_is_kept_on_the_device() {
    let reader = Reader::who_saves(&dist()).await;
    let page = "/api/v1/pages/lien-he.json";
    reader.server.answer(page, Answer::Late(5000));
    reader.server.run_first(
        "const root = document.documentElement;
         new MutationObserver((_, observer) => {
           if (!root.hasAttribute('data-running')) return;
           observer.disconnect();
           document.querySelector(\".navigation__link[href='/lien-he/']\").click();
         }).observe(root, { attributes: true })",
    );
    reader.open(ARTICLE).await;
    reader.wait_for_heading("Liên hệ").await;
    assert_eq!(reader.server.asked("/sw.js"), 0);
    // Once it has stood for a moment, both are kept.
    reader.wait_until_promised(&is_saved("", "pages/lien-he.json")).await;
    reader.wait_until_promised(&is_kept(ARTICLE)).await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finished_page_brings_its_document_along_unless_the_reader_saves_data() {
    only_on_chromium!("a browser cache that can be emptied");
    for saves in [true, false] {
        let reader = Reader::who_saves(&dist()).await;
        reader.hurry(5);
        let connection =
            format!("Object.defineProperty(navigator, 'connection', {{ value: {{ saveData: {saves} }} }})");
        reader.server.run_first(&connection);
        reader.open(ARTICLE).await;
        reader.wait_until_promised(&is_saved(ARTICLE, "")).await;
        // What was told of the next page comes after what was told of this one.
        reader.click(".navigation__link[href='/lien-he/']").await;
        reader.wait_until_promised(&is_saved("", "pages/lien-he.json")).await;
        assert_eq!(reader.server.asked(DOCUMENT), usize::from(!saves));
        lose_the_network(&reader).await;
        reader.open(ARTICLE).await;
        reader.wait_for_heading("Cẩm nang").await;
        reader.leave().await;
    }
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
    assert!(reader.text("#ban-luu").await.starts_with(UNANSWERED), "the device has a network");
    let says = |is_online: bool| {
        let event = if is_online { "online" } else { "offline" };
        format!(
            "Object.defineProperty(navigator, 'onLine', {{ get: () => {is_online}, configurable: true }});
             dispatchEvent(new Event('{event}'))"
        )
    };
    reader.js::<()>(&says(false)).await;
    assert!(reader.text("#ban-luu").await.starts_with("Bạn đang ngoại tuyến — bản lưu lúc "));
    reader.server.go_down(false);
    reader.js::<()>(&says(true)).await;
    assert!(reader.text("#ban-luu").await.starts_with("Bạn đang xem bản lưu lúc "));
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_until("!document.querySelector('#ban-luu')").await;
    reader.leave().await;
}

fn today() -> String {
    let today = time::OffsetDateTime::now_utc().to_offset(time::macros::offset!(+7)).date();
    format!("{:02}/{:02}/{}", today.day(), u8::from(today.month()), today.year())
}

/// A script after which the clock of the device is wrong.
fn clock_wrong_by(years: i32) -> String {
    format!(
        "const Right = Date, wrong = {years} * 365 * 864e5;
         window.Date = class extends Right {{
           constructor(...parts) {{ super(...(parts.length ? parts : [Right.now() + wrong])); }}
           static now() {{ return Right.now() + wrong; }}
         }};"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_wrong_by_a_year_neither_ages_the_page_that_is_open_nor_stops_its_figures() {
    const VISITS: &str = "/api/v1/visits.json";
    for years in [-1, 1] {
        let reader = Reader::new().await;
        reader.server.run_first(&clock_wrong_by(years));
        reader.hurry(30);
        reader.open("/").await;
        reader.wait_for(".visits__list").await;
        // The server's clock is right, and it knows of newer figures.
        let newer = r#"{"as_of":"2026-01-01T18:00:00+07:00","figures":[{"key":"total","value":2000000}]}"#;
        reader.server.answer(VISITS, Answer::Json(newer.to_owned()));
        reader.wait_until("document.querySelector('.visits').textContent.includes('2.000.000')").await;
        // Those of an hour before are older, whatever day the device takes it for.
        reader.server.answer(VISITS, Answer::Json(newer.replace("T18", "T17").replace("2000000", "2000001")));
        reader
            .wait_until("document.querySelector('.visits').textContent.includes('Chưa lấy được số liệu mới hơn')")
            .await;
        assert!(reader.text(".visits").await.contains("2.000.000"));
        reader.set_offline(true).await;
        reader.wait_for("#ban-luu").await;
        let note = reader.text("#ban-luu").await;
        assert!(note.contains(&today()), "{note}");
        reader.set_offline(false).await;
        reader.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_wrong_by_a_year_changes_no_day() {
    only_on_chromium!("a browser cache that can be emptied");
    let today = today();
    for years in [-1, 1] {
        let reader = Reader::who_saves(&dist()).await;
        reader.server.run_first(&clock_wrong_by(years));
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
        Answer::Json(r#"{"error":"bảo trì"}"#.to_owned()),
        Answer::Json(before.replace("\"lien-he\"", "\"gioi-thieu\"")),
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
async fn a_page_that_ends_early_does_not_take_the_place_of_the_saved_one() {
    only_on_chromium!("a browser cache that can be emptied");
    let reader = who_has_saved(&dist()).await;
    reader.open(ARTICLE).await;
    reader.wait_until_promised(&is_saved(ARTICLE, "")).await;
    let copy = format!("caches.match('{ARTICLE}').then((copy) => copy.text())");
    let whole: String = reader.promised(&copy).await;
    // It says that it is the portal's, has its styles, and ends in the middle of the text.
    let begun = whole.split_inclusive("<h2").take(2).collect();
    reader.server.answer(ARTICLE, Answer::Page(begun));
    reader.devtools("Network.clearBrowserCache", json!({})).await;
    let before = reader.server.asked(ARTICLE);
    reader.open_early(ARTICLE).await;
    assert!(reader.server.asked(ARTICLE) > before);
    // Time to save it.
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(reader.promised::<String>(&copy).await == whole);
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
async fn a_server_that_fails_is_no_reason_not_to_show_what_was_saved_nor_to_say_that_the_reader_is_offline() {
    only_on_chromium!("a browser cache that can be emptied");
    let reader = who_has_saved(&dist()).await;
    reader.open(ARTICLE).await;
    reader.wait_until_promised(&is_saved(ARTICLE, "")).await;
    reader.server.answer(ARTICLE, Answer::Status(503));
    reader.devtools("Network.clearBrowserCache", json!({})).await;
    reader.open(ARTICLE).await;
    reader.wait_for_heading("Cẩm nang").await;
    assert!(reader.text("#ban-luu").await.starts_with(UNANSWERED));
    // Nor where the program asks for its document.
    reader.wait_until_promised(&is_saved("", DOCUMENT.trim_start_matches("/api/v1/"))).await;
    reader.open("/").await;
    reader.server.answer(DOCUMENT, Answer::Status(503));
    reader.js::<()>(&format!("const link = document.createElement('a'); link.href = '{ARTICLE}'; document.querySelector('main').append(link); link.click()")).await;
    reader.wait_for_heading("Cẩm nang").await;
    assert!(reader.text("#ban-luu").await.starts_with(UNANSWERED));
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
