//! Every kind of page, and every state it can be in.

use crate::harness::{Answer, Engine, Reader, wasm};
use crate::reading::VOICE;
use crate::search::{FIELD, reader_of_the_fake, type_into, wait_for_count};
use serde_json::json;

/// An article with every kind of block.
pub const EVERY_BLOCK: &str = "/chinh-tri-kinh-te-do-thi/cam-nang-thong-tin-cach-doc-va-su-dung-cong/";

const VISITS: &str = "/api/v1/visits.json";

const HOME: &str = "/api/v1/home.json";

const SECTION: &str = "/api/v1/sections/thong-bao.json";

const LONG_READ: &str = "/chinh-tri-kinh-te-do-thi/thanh-xuan-hai-thap-ky-doi-moi-do-thi/";

/// The pages, by a name for each.
pub const PAGES: [(&str, &str); 23] = [
    ("home", "/"),
    ("section", "/tin-tuc-su-kien/"),
    ("list", "/tin-tuc-su-kien/trang/2/"),
    ("year", "/tin-tuc-su-kien/nam/2023/"),
    ("article", "/thong-bao/noi-tiep-nhan-ho-so-hanh-chinh-tu-ngay-01-07-2025/"),
    ("interview", "/chinh-tri-kinh-te-do-thi/phong-van-bi-thu-quan-uy-hai-khau-dot-pha/"),
    ("long-read", "/chinh-tri-kinh-te-do-thi/thanh-xuan-hai-thap-ky-doi-moi-do-thi/"),
    ("every-block", EVERY_BLOCK),
    ("withdrawn", "/cai-cach-hanh-chinh/lich-cap-can-cuoc-cong-dan-luu-dong-tai-11-phuong-trong-thang-6-2023/"),
    ("gone", "/thong-bao/da-go/"),
    ("faulty-block", "/thong-bao/khoi-hong/"),
    ("page", "/co-cau-to-chuc/"),
    ("statement", "/tuyen-bo-tiep-can/"),
    ("english", "/en/"),
    ("english-article", "/en/news/three-bins-in-the-lobby/"),
    ("sitemap", "/so-do-trang/"),
    ("search", "/tim-kiem/"),
    ("search-results", "/tim-kiem/?q=ho+nuoc&chuyen-muc=thong-bao"),
    ("search-none", "/tim-kiem/?q=ho+nuoz"),
    ("search-failed", "/tim-kiem/?q=loi+unreachable"),
    ("search-outdated", "/tim-kiem/?q=loi+missing"),
    ("not-found", "/thong-bao/ho-nuoc/"),
    ("failed", "/hong/"),
];

/// What can be opened or told on a page.
pub const OPENED: [(&str, &str); 21] = [
    ("drawer", "/"),
    ("submenu", "/"),
    ("suggestions", "/lien-he/"),
    ("filters", "/tim-kiem/?q=ho+nuoc"),
    ("settings", "/lien-he/"),
    ("share", EVERY_BLOCK),
    ("enlarged", EVERY_BLOCK),
    ("contents", LONG_READ),
    ("transcript", EVERY_BLOCK),
    ("listening", LONG_READ),
    ("paused", LONG_READ),
    ("copied", EVERY_BLOCK),
    ("stale-visits", "/lien-he/"),
    ("slow", "/"),
    ("search-waiting", "/tim-kiem/"),
    ("empty-home", "/lien-he/"),
    ("empty-section", "/lien-he/"),
    ("age", "/lien-he/"),
    ("offline", "/lien-he/"),
    ("stopped", EVERY_BLOCK),
    ("stopped-search", "/tim-kiem/?q=ho+nuoc"),
];

/// A reader of a portal that has all of them.
pub async fn reader() -> Reader {
    let reader = reader_of_the_fake().await;
    reader.server.run_first(VOICE);
    let gone = json!({
        "slug": "da-go", "section": "thong-bao", "title": "Bài đã gỡ", "published_at": "2021-05-04T08:00:00+07:00",
        "status": { "kind": "gone", "reason": "Đã gỡ theo yêu cầu.", "instead": "/lien-he/" },
    });
    reader.server.answer("/api/v1/articles/thong-bao/da-go.json", Answer::Json(gone.to_string()));
    let faulty = json!({
        "slug": "khoi-hong", "section": "thong-bao", "title": "Bài có khối hỏng", "published_at": "2021-05-04T08:00:00+07:00",
        "body": [{ "kind": "paragraph", "text": "Trước." }, { "kind": "table", "rows": 7 }, { "kind": "paragraph", "text": "Sau." }],
    });
    reader.server.answer("/api/v1/articles/thong-bao/khoi-hong.json", Answer::Json(faulty.to_string()));
    reader.server.answer("/api/v1/pages/hong.json", Answer::Status(503));
    reader
}

/// Opens a page and waits until all of it is there.
pub async fn open(reader: &Reader, name: &str, address: &str) {
    reader.open(address).await;
    reader.wait_until("!document.querySelector('.visits') || document.querySelector('.visits__list')").await;
    match name {
        "gone" => reader.wait_for_heading("Bài đã gỡ").await,
        "faulty-block" => reader.wait_for_heading("Bài có khối hỏng").await,
        "failed" => _ = reader.wait_for("[data-action=retry]").await,
        "search-results" | "filters" => wait_for_count(reader, "kết quả cho").await,
        "search-none" => wait_for_count(reader, "Không tìm thấy").await,
        "search-failed" => _ = reader.wait_for(".found .problem").await,
        "search-outdated" => _ = reader.wait_for("[data-action=reload]").await,
        "not-found" => _ = reader.wait_for("#co-the-tim .line").await,
        _ => _ = reader.wait_for("main h1").await,
    }
}

/// Opens what is to be opened on a page. Answers whether the screen has it.
pub async fn show(reader: &Reader, name: &str, width: u32) -> bool {
    let is_narrow = width < 960;
    match name {
        "drawer" if is_narrow => reader.click(".navigation__button").await,
        "submenu" => {
            if is_narrow {
                reader.click(".navigation__button").await;
            }
            reader.click(".navigation__entry:nth-child(2) summary").await;
        }
        "suggestions" if !is_narrow => {
            type_into(reader, "#tim-nhanh", "ho nuoc").await;
            reader.wait_for("#goi-y:not([hidden]) [role=option]").await;
            reader.press(thirtyfour::Key::Down).await;
        }
        "filters" if is_narrow => reader.click(".filters__button").await,
        "settings" => reader.click(".settings__button").await,
        "share" => {
            reader.click(".share > summary").await;
            reader.wait_for(".share__code svg").await;
        }
        "enlarged" => {
            reader.click("[data-action=enlarge]").await;
            reader.wait_for("dialog[open] img").await;
        }
        "contents" => reader.click(".contents__button").await,
        "stopped" | "stopped-search" => {
            reader.js::<()>("window.portalStop()").await;
            reader.wait_for("html[data-stopped]").await;
        }
        "transcript" => reader.click(".recording__transcript summary").await,
        "listening" => {
            reader.click(".listen__start").await;
            reader.wait_for(".listen__pause").await;
        }
        "paused" => {
            reader.click(".listen__start").await;
            reader.click(".listen__pause").await;
            reader.wait_for(".listen[data-state=paused]").await;
        }
        "copied" => {
            let clipboard = "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async () => {} } })";
            reader.js::<()>(clipboard).await;
            reader.click(".share > summary").await;
            reader.click("[data-action=copy-link]").await;
            reader.wait_until("document.querySelector('#da-sao-chep').textContent").await;
        }
        "stale-visits" => {
            reader.server.answer(VISITS, Answer::Status(503));
            // A minute later.
            let later = "const now = performance.now.bind(performance);
                         performance.now = () => now() + 60_000;
                         document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))";
            reader.js::<()>(later).await;
            reader.wait_until("document.querySelector('.visits').textContent.includes('Chưa lấy được')").await;
            reader.server.answer_truly(VISITS);
        }
        "slow" => {
            reader.server.answer("/api/v1/pages/lien-he.json", Answer::Never);
            reader.click_in_place(".navigation__link[href='/lien-he/']").await;
            reader.wait_for("[data-action=give-up]").await;
            reader.server.answer_truly("/api/v1/pages/lien-he.json");
        }
        "search-waiting" => {
            type_into(reader, FIELD, "treo").await;
            reader.wait_for(".pending--active").await;
        }
        "empty-home" => {
            reader.server.answer(HOME, Answer::Json("{}".to_owned()));
            reader.click(".identity").await;
            reader.wait_for(".empty").await;
            reader.server.answer_truly(HOME);
        }
        "empty-section" => {
            let empty = json!({ "slug": "thong-bao", "total": 0, "page_size": 10, "lists": 0 });
            reader.server.answer(SECTION, Answer::Json(empty.to_string()));
            reader.click_in_place(".navigation__link[href='/thong-bao/']").await;
            reader.wait_for(".empty").await;
            reader.server.answer_truly(SECTION);
        }
        "age" => {
            let lost =
                "Object.defineProperty(navigator, 'onLine', { value: false }); dispatchEvent(new Event('offline'))";
            reader.js::<()>(lost).await;
            reader.wait_for("#ban-luu").await;
        }
        // The browser's cache has to be emptied for it, which only Chromium's driver does.
        "offline" if reader.engine == Engine::Chromium => tell_that_there_is_no_network(reader).await,
        _ => return false,
    }
    true
}

/// Before the program arrives, which has a page of its own for that.
async fn tell_that_there_is_no_network(reader: &Reader) {
    reader.server.answer(&wasm(), Answer::Never);
    reader.devtools("Network.clearBrowserCache", json!({})).await;
    reader.open_early("/lien-he/").await;
    reader.set_offline(true).await;
    reader.click_in_place(".navigation a[href='/thong-bao/']").await;
    reader.wait_for(".pending--offline").await;
    reader.set_offline(false).await;
    reader.server.answer_truly(&wasm());
}
