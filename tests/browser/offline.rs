//! Without a network: what was read can be read again, releases change under readers, and a broken one can be recalled.

use crate::common;
use crate::harness::{Answer, Reader, dist};
use serde_json::json;
use std::fs;
use std::path::Path;

const ARTICLE: &str = "/chinh-tri-kinh-te-do-thi/cam-nang-thong-tin-cach-doc-va-su-dung-cong/";
const NOTE: &str = "Bạn đang ngoại tuyến — bản lưu lúc ";
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

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_can_be_read_again_without_a_network() {
    let reader = who_has_saved(&dist()).await;
    // One article as a page of its own, one document by a link.
    reader.open(ARTICLE).await;
    reader.wait_until_promised(&is_saved(ARTICLE, "")).await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.wait_until_promised(&is_saved("", "pages/lien-he.json")).await;

    reader.server.go_down(true);
    reader.devtools("Network.clearBrowserCache", json!({})).await;
    reader.open(ARTICLE).await;
    reader.wait_for_heading("Cẩm nang").await;
    assert!(reader.text("#ban-luu").await.starts_with(NOTE), "the page is finished, and says its age");
    reader.screenshot("offline").await;
    assert!(
        reader.js::<bool>("return [...document.images].filter(i => i.complete).every(i => i.naturalWidth > 0)").await,
        "with its pictures"
    );
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert!(reader.text("#ban-luu").await.starts_with(NOTE));
    reader.open("/lien-he/").await;
    reader.wait_for_heading("Liên hệ").await;
    assert!(reader.text("#ban-luu").await.starts_with(NOTE), "drawn from its document");
    reader.open("/").await;
    reader.wait_for(".lead-stories").await;

    // What was not read is told as ever, and comes once the network does.
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for_heading("Chưa tải được danh sách bài viết").await;
    reader.server.go_down(false);
    reader.click("[data-action=retry]").await;
    reader.wait_for_heading("Thông báo").await;
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('#ban-luu').length").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_below_a_path_can_be_read_without_a_network() {
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
    reader.server.go_down(true);
    reader.devtools("Network.clearBrowserCache", json!({})).await;
    for (page, heading) in [(ARTICLE, "Cẩm nang"), ("/lien-he/", "Liên hệ")] {
        reader.open(&format!("/portal{page}")).await;
        reader.wait_for_heading(heading).await;
        assert!(reader.text("#ban-luu").await.starts_with(NOTE));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_without_a_network_says_how_old_the_page_is() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.set_offline(true).await;
    reader.wait_for("#ban-luu").await;
    assert!(reader.text("#ban-luu").await.starts_with(NOTE));
    reader.set_offline(false).await;
    reader.wait_until("!document.querySelector('#ban-luu')").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_release_takes_over_without_disturbing_who_reads() {
    let folder = published();
    let reader = who_has_saved(folder.path()).await;
    reader.js::<()>("window.same = true; document.querySelector('#tim-nhanh').value = 'hồ'").await;
    publish(folder.path(), |site| site["name"] = json!("Cổng mới"), &[]);
    look_for_a_release(&reader).await;
    reader
        .wait_until_promised(
            "caches.keys().then((names) => names.filter((name) => name.includes(':shell:')).length === 2)",
        )
        .await;
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
    assert_eq!(reader.what_went_wrong().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_each_keep_their_release() {
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
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_wrong_by_a_year_changes_no_day() {
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
        reader.server.go_down(true);
        reader.devtools("Network.clearBrowserCache", json!({})).await;
        reader.open(ARTICLE).await;
        let note = reader.text("#ban-luu").await;
        assert!(note.contains(&today), "{note}");
        assert_eq!(reader.text(".article__facts").await, published);
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

#[tokio::test(flavor = "multi_thread")]
async fn storage_that_is_full_or_forbidden_is_harmless() {
    let full = Reader::who_saves(&dist()).await;
    let quota = json!({ "origin": full.server.origin, "quotaSize": 1 });
    full.devtools("Storage.overrideQuotaForOrigin", quota).await;
    let forbidden = Reader::who_saves(&dist()).await;
    forbidden.server.run_first(
        "for (const name of ['localStorage', 'sessionStorage', 'caches']) if (name !== 'sessionStorage')
               Object.defineProperty(window, name, { get() { throw new DOMException('forbidden', 'SecurityError') } });
             navigator.serviceWorker.register = () => Promise.reject(new DOMException('forbidden', 'SecurityError'));",
    );
    for reader in [full, forbidden] {
        reader.hurry(5);
        reader.open("/").await;
        // Time to fail: nothing tells that nothing was saved.
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        reader.click(".navigation__link[href='/lien-he/']").await;
        reader.wait_for_heading("Liên hệ").await;
        reader.leave().await;
    }
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

const DOCUMENT: &str = "/api/v1/articles/chinh-tri-kinh-te-do-thi/cam-nang-thong-tin-cach-doc-va-su-dung-cong.json";

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_was_read_stays_with_its_pictures_while_other_things_pass() {
    let folder =
        portal_that_saves_little(&[("[DOCUMENTS]: 150", "[DOCUMENTS]: 3"), ("[PICTURES]: 400", "[PICTURES]: 4")]);
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
    let few = "caches.open('portal:/:documents').then((it) => it.keys()).then((all) => all.length <= 3)";
    reader.wait_until_promised(few).await;
    assert_eq!(saved(&reader, "articles").await, [DOCUMENT]);
    assert!(!saved(&reader, "documents").await.contains(&DOCUMENT.to_owned()));
    let pictures = saved(&reader, "pictures").await;
    let (own, others): (Vec<_>, Vec<_>) = pictures.iter().partition(|picture| article.contains(picture.as_str()));
    assert!(!own.is_empty() && others.len() <= 4, "{pictures:?}");
    reader.server.go_down(true);
    reader.devtools("Network.clearBrowserCache", json!({})).await;
    reader.open(ARTICLE).await;
    reader.wait_for_heading("Cẩm nang").await;
    let whole = "return [...document.images].filter(i => i.complete).every(i => i.naturalWidth > 0)";
    assert!(reader.js::<bool>(whole).await, "with its pictures");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_in_all_has_an_end() {
    let folder = portal_that_saves_little(&[("MOST_BYTES = 6e7", "MOST_BYTES = 300000")]);
    let reader = who_has_saved(folder.path()).await;
    for page in [ARTICLE, "/thong-bao/", "/van-hoa-xa-hoi/", "/lien-he/", "/gioi-thieu/"] {
        reader.open(page).await;
        reader.wait_for("main h1").await;
        // Time to save it, and to make room.
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
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
    let kept = format!("caches.open('portal:/:articles').then((it) => it.match('/api/v1/{document}')).then(Boolean)");
    reader.wait_until_promised(&kept).await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_too_large_is_not_read_to_its_end_to_be_saved() {
    let reader = who_has_saved(&dist()).await;
    reader.server.answer("/api/v1/pages/lien-he.json", Answer::Endless(256 * 1024 * 1024));
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Chưa tải được trang này").await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    // What waits in the sockets and in the browser counts.
    let sent = reader.server.sent();
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
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
    assert!(reader.text("#ban-luu").await.starts_with(NOTE));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_page_in_place_of_a_document_is_no_answer() {
    const PAGE: &str = "/api/v1/pages/lien-he.json";
    let reader = who_has_saved(&dist()).await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.wait_until_promised(&is_saved("", "pages/lien-he.json")).await;
    reader.server.answer(PAGE, Answer::Page("<title>Đăng nhập</title>".to_owned()));
    reader.open("/").await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert!(reader.text("#ban-luu").await.starts_with(NOTE));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_fails_is_no_reason_not_to_show_what_was_saved() {
    let reader = who_has_saved(&dist()).await;
    reader.open(ARTICLE).await;
    reader.wait_until_promised(&is_saved(ARTICLE, "")).await;
    reader.server.answer(ARTICLE, Answer::Status(503));
    reader.devtools("Network.clearBrowserCache", json!({})).await;
    reader.open(ARTICLE).await;
    reader.wait_for_heading("Cẩm nang").await;
    assert!(reader.text("#ban-luu").await.starts_with(NOTE));
    // Nor where the program asks for its document.
    reader.wait_until_promised(&is_saved("", DOCUMENT.trim_start_matches("/api/v1/"))).await;
    reader.open("/").await;
    reader.server.answer(DOCUMENT, Answer::Status(503));
    reader.js::<()>(&format!("const link = document.createElement('a'); link.href = '{ARTICLE}'; document.querySelector('main').append(link); link.click()")).await;
    reader.wait_for_heading("Cẩm nang").await;
    assert!(reader.text("#ban-luu").await.starts_with(NOTE));
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
