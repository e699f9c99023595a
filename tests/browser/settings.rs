//! The reader's settings: size, colours, contrast, spacing, the key that leads to the search.

use crate::harness::{Answer, Reader, wasm};
use thirtyfour::prelude::*;

const GUIDE: &str = "/chinh-tri-kinh-te-do-thi/cam-nang-thong-tin-cach-doc-va-su-dung-cong/";
const LONG_READ: &str = "/chinh-tri-kinh-te-do-thi/thanh-xuan-hai-thap-ky-doi-moi-do-thi/";

/// The settings as the root element has them, and the size of the letters.
const SETTINGS: &str = "const root = document.documentElement;
    return ['text', 'theme', 'contrast', 'spacing', 'key', 'live'].map(name => root.dataset[name] ?? '-').join(' ')
      + ' ' + getComputedStyle(root).fontSize";

async fn choose(reader: &Reader, name: &str, value: &str) {
    reader.click(&format!("[data-settings] label:has([name={name}][value='{value}'])")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_hold_at_once_and_on_later_visits_before_the_program_arrives() {
    let reader = Reader::new().await;
    reader.open("/").await;
    assert_eq!(reader.js::<String>(SETTINGS).await, "- - - - - - 16px");
    reader.click(".settings__button").await;
    for (name, value) in
        [("text", "150"), ("theme", "dark"), ("contrast", "high"), ("spacing", "wide"), ("key", "off"), ("live", "off")]
    {
        choose(&reader, name, value).await;
    }
    assert_eq!(reader.js::<String>(SETTINGS).await, "150 dark high wide off off 24px");
    reader.screenshot("settings-1280").await;
    reader.server.answer(&wasm(), Answer::Never);
    reader.open_early(GUIDE).await;
    // What one process of the browser has just stored, another one may see a moment after it asked, and is told of it;
    let wanted = "150 dark high wide off off 24px";
    let holds = format!("(() => {{ {SETTINGS} }})() === '{wanted}'");
    reader.wait_until(&holds).await;
    // from then on it holds at once, before there is anything to paint.
    reader.server.run_first(
        "new MutationObserver((_, own) => {
           if (!document.body) return;
           window.textAtFirst = document.documentElement.dataset.text;
           own.disconnect();
         }).observe(document, { childList: true, subtree: true })",
    );
    reader.open_early(LONG_READ).await;
    assert_eq!(reader.js::<Option<String>>("return window.textAtFirst").await.as_deref(), Some("150"));
    assert_eq!(reader.js::<String>(SETTINGS).await, "150 dark high wide off off 24px");
    reader.click(".settings__button").await;
    let chosen =
        "[...document.querySelectorAll('[data-settings] :checked')].map(input => input.name + input.value).join(' ')";
    reader.wait_until(&format!("{chosen} === 'text150 themedark contrasthigh spacingwide keyoff liveoff'")).await;
    reader.click(".settings__reset").await;
    assert_eq!(reader.js::<String>(SETTINGS).await, "- - - - - - 16px");
    reader.open_early("/").await;
    assert_eq!(reader.js::<String>(SETTINGS).await, "- - - - - - 16px");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_that_leads_to_the_search_can_be_turned_off() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.click(".settings__button").await;
    let focused = "return document.activeElement.id";
    for (value, expected) in [("off", ""), ("", "tim-nhanh")] {
        choose(&reader, "key", value).await;
        reader.js::<()>("document.activeElement.blur()").await;
        reader.press("/").await;
        assert_eq!(reader.js::<String>(focused).await, expected);
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_work_where_nothing_may_be_stored() {
    let reader = Reader::new().await;
    let forbidden = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('forbidden', 'SecurityError'); } });";
    reader.server.run_first(forbidden);
    reader.open("/").await;
    reader.click(".settings__button").await;
    choose(&reader, "text", "200").await;
    choose(&reader, "theme", "light").await;
    assert_eq!(reader.js::<String>(SETTINGS).await, "200 light - - - - 32px");
    reader.press(Key::Escape).await;
    reader.click_in_place(".teaser a").await;
    reader.wait_for("article .tools").await;
    assert_eq!(reader.js::<String>(SETTINGS).await, "200 light - - - - 32px");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_largest_text_needs_no_sideways_scrolling() {
    let reader = Reader::new().await;
    for (width, text) in [(320, ""), (320, "200"), (390, "200"), (1280, "200")] {
        reader.resize(width, 800).await;
        for page in ["/", "/thong-bao/", GUIDE, LONG_READ, "/tim-kiem/", "/so-do-trang/"] {
            reader.open_early(page).await;
            reader.js::<()>(&format!("document.documentElement.dataset.text = '{text}'")).await;
            let wide: i64 =
                reader.js("return document.documentElement.scrollWidth - document.documentElement.clientWidth").await;
            assert_eq!(wide, 0, "{page} at {width} with text {text}");
        }
    }
    reader.screenshot("text-200-1280").await;
    reader.leave().await;
}
