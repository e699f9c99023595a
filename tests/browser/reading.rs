//! What helps to read: reading aloud, sharing, enlarged pictures, the way through a long text.

use crate::harness::{Answer, Reader, only_on_chromium};
use serde_json::json;
use thirtyfour::prelude::*;

const GUIDE: &str = "/chinh-tri-kinh-te-do-thi/cam-nang-thong-tin-cach-doc-va-su-dung-cong/";
const LONG_READ: &str = "/chinh-tri-kinh-te-do-thi/thanh-xuan-hai-thap-ky-doi-moi-do-thi/";
const PICTURES: &str = "/van-hoa-xa-hoi/mot-ngay-cuoi-tuan-o-thanh-xuan-qua-nam-khung-hinh/";

/// A device with a Vietnamese voice that speaks when the test says so: `finish()` ends the sentence.
pub const VOICE: &str = "
    const voice = Object.create(SpeechSynthesisVoice.prototype, {
      lang: { value: 'vi-VN' }, localService: { value: true }, name: { value: 'Giọng thử' } });
    const english = Object.create(voice, { lang: { value: 'en-GB' } });
    window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
    window.said = [];
    Object.defineProperty(window, 'speechSynthesis', { value: {
      getVoices: () => [voice, english], addEventListener() {}, cancel() { window.current = null; },
      speak(utterance) { window.current = utterance; window.said.push(utterance.text); } } });
    window.finish = () => window.current.dispatchEvent(new Event('end'));";

async fn with_a_voice(page: &str) -> Reader {
    let reader = Reader::new().await;
    reader.server.run_first(VOICE);
    reader.open(page).await;
    reader.wait_for("#nghe:not([hidden])").await;
    reader
}

#[tokio::test(flavor = "multi_thread")]
async fn an_english_article_is_read_as_it_is_written() {
    let reader = with_a_voice("/en/news/three-bins-in-the-lobby/").await;
    reader.click(".listen__start").await;
    for _ in 0..12 {
        reader.js::<()>("finish()").await;
    }
    let said: Vec<String> = reader.js("return said").await;
    let whole: String = reader.js("return document.querySelector('.article').textContent").await;
    assert!(said.iter().all(|text| whole.contains(text.trim())), "{said:#?}");
    assert!(said.iter().any(|text| text.contains("2024")), "{said:#?}");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_english_article_of_a_vietnamese_portal_is_read_without_the_portals_own_words() {
    const DOCUMENT: &str = "/api/v1/articles/thong-bao/english.json";
    let article = json!({
        "slug": "english", "section": "thong-bao", "title": "Three bins", "language": "en",
        "status": { "kind": "withdrawn", "reason": "Số liệu sai" },
        "body": [{ "kind": "question", "text": "Why three?" }, { "kind": "answer", "body": [{ "kind": "paragraph", "text": "Because." }] }],
    });
    let reader = Reader::new().await;
    reader.server.run_first(VOICE);
    reader.server.answer(DOCUMENT, Answer::Json(article.to_string()));
    reader.open_unknown("/thong-bao/english/", DOCUMENT).await;
    reader.wait_for("#nghe:not([hidden])").await;
    reader.click(".listen__start").await;
    reader.js::<()>("while (window.current) finish()").await;
    assert_eq!(reader.js::<Vec<String>>("return said").await, ["Three bins", "Why three?", "Because."]);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_notice_of_a_withdrawn_article_is_read_before_its_text() {
    let reader =
        with_a_voice("/cai-cach-hanh-chinh/lich-cap-can-cuoc-cong-dan-luu-dong-tai-11-phuong-trong-thang-6-2023/")
            .await;
    let notice: String = reader.js("return document.querySelector('.status p').textContent").await;
    reader.click(".listen__start").await;
    for _ in 0..3 {
        reader.js::<()>("finish()").await;
    }
    let said: Vec<String> = reader.js("return said").await;
    assert!(said[1].starts_with("Bài viết đã được rút lại"), "{said:#?}");
    let begin: String = notice.chars().take_while(|c| c.is_alphabetic() || *c == ' ').collect();
    assert!(said[2].starts_with(begin.trim()), "{begin} is not {said:#?}");
    reader.leave().await;
}

/// The sentence that is marked.
const MARKED: &str = "return [...(CSS.highlights.get('reading') ?? [])].map(range => range.toString()).join('|')";

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_read_sentence_by_sentence() {
    only_on_chromium!("the marks of the sentence read, which older engines do not show");
    let reader = with_a_voice(GUIDE).await;
    reader.open(LONG_READ).await;
    reader.wait_for("#nghe:not([hidden])").await;
    let heading: String = reader.js("return document.querySelector('h1').textContent").await;
    reader.click(".listen__start").await;
    assert_eq!(reader.js::<String>(MARKED).await, heading);
    let focused = "return document.activeElement.className";
    assert!(reader.js::<String>(focused).await.contains("listen__pause"), "the focus is lost with the button");
    for _ in 0..6 {
        reader.js::<()>("finish()").await;
    }
    let said: Vec<String> = reader.js("return said").await;
    assert_eq!(said.len(), 7);
    assert!(said.iter().all(|text| !text.chars().any(|c| c.is_ascii_digit())), "digits are left: {said:#?}");
    let marked: String = reader.js(MARKED).await;
    let whole: String = reader.js("return document.querySelector('.article').textContent").await;
    assert!(!marked.is_empty() && whole.contains(&marked), "{marked}");
    // Told by more than its colour.
    let line = "return getComputedStyle(document.querySelector('.body'), '::highlight(reading)').textDecorationLine";
    assert_eq!(reader.js::<String>(line).await, "underline");
    let in_view = "const seen = [...CSS.highlights.get('reading')][0].getBoundingClientRect();
                   return seen.top >= 0 && seen.bottom <= innerHeight";
    assert!(reader.js::<bool>(in_view).await, "the sentence is out of view");
    reader.click(".listen__pause").await;
    assert!(reader.js::<bool>("return current === null").await);
    reader.click(".listen__resume").await;
    assert_eq!(reader.js::<String>("return said.at(-1)").await, said[6], "goes on with the same sentence");
    reader
        .js::<()>(
            "const select = document.querySelector('.listen select'); select.value = '150';
        select.dispatchEvent(new Event('change', { bubbles: true }))",
        )
        .await;
    assert_eq!(reader.js::<f64>("return current.rate").await, 1.5);
    reader.click(".listen__stop").await;
    assert_eq!(reader.js::<String>(MARKED).await, "");
    reader.open(GUIDE).await;
    reader.wait_for("#nghe:not([hidden])").await;
    assert_eq!(reader.js::<String>("return document.querySelector('.listen select').value").await, "150");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_marks_shows_the_sentence_read_as_if_it_were_chosen() {
    let reader = Reader::new().await;
    reader.server.run_first(VOICE);
    reader.server.run_first("Object.defineProperty(CSS, 'highlights', { value: undefined })");
    reader.open(LONG_READ).await;
    reader.click(".listen__start").await;
    let heading: String = reader.js("return document.querySelector('h1').textContent").await;
    assert_eq!(reader.js::<String>("return getSelection().toString()").await, heading);
    reader.js::<()>("finish()").await;
    let second: String = reader.js("return getSelection().toString()").await;
    assert!(!second.is_empty() && second != heading, "{second}");
    reader.click(".listen__stop").await;
    assert_eq!(reader.js::<String>("return getSelection().toString()").await, "");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_ends_with_the_text_and_with_the_page() {
    let reader = with_a_voice("/lien-he/").await;
    reader.click(".listen__start").await;
    reader.js::<()>("while (window.current) finish()").await;
    assert_eq!(reader.js::<String>("return document.getElementById('nghe').dataset.state").await, "silent");
    reader.click(".listen__start").await;
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for_heading("Thông báo").await;
    assert!(reader.js::<bool>("return current === null").await, "it goes on reading");
    reader.click_in_place(".teaser a").await;
    reader.wait_for("article #nghe:not([hidden])").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_voice_nothing_is_offered() {
    let reader = Reader::new().await;
    reader.open(GUIDE).await;
    assert!(!reader.find("#nghe").await.is_displayed().await.expect("told"));
    reader.leave().await;
    // Nor where the only voice is of another language.
    let reader = Reader::new().await;
    reader.server.run_first(&VOICE.replace("[voice, english]", "[english]"));
    reader.open(GUIDE).await;
    assert!(!reader.find("#nghe").await.is_displayed().await.expect("told"), "an English voice reads Vietnamese");
    reader.open("/en/news/three-bins-in-the-lobby/").await;
    reader.wait_for("#nghe:not([hidden])").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_passed_on() {
    only_on_chromium!("leave to use the clipboard");
    let reader = Reader::new().await;
    let device = "window.shared = []; navigator.share = async (data) => { shared.push([data.title, data.url]); };";
    reader.server.run_first(device);
    reader.open(GUIDE).await;
    let canonical: String = reader.js("return document.querySelector('link[rel=canonical]').href").await;
    reader.click(".share > summary").await;
    let drawn = "const path = document.querySelector('.share__code svg path');
                 return path instanceof SVGPathElement && path.getBBox().width > 20";
    assert!(reader.js::<bool>(drawn).await, "the code is not drawn");
    reader.screenshot("share-1280").await;
    reader.click("[data-action=share]").await;
    let shared: Vec<Vec<String>> = reader.js("return shared").await;
    assert_eq!(shared[0][1], canonical);
    let places: Vec<String> = reader
        .js("return [...document.querySelectorAll('.share__places a')].map(link => decodeURIComponent(link.href))")
        .await;
    assert!(places.iter().all(|place| place.contains(&canonical)), "{places:#?}");
    reader
        .devtools(
            "Browser.grantPermissions",
            json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": reader.server.origin }),
        )
        .await;
    reader.click("[data-action=copy-link]").await;
    reader.wait_until("document.getElementById('da-sao-chep').textContent === 'Đã sao chép liên kết.'").await;
    reader.press(Key::Escape).await;
    assert!(reader.js::<bool>("return document.activeElement.matches('.share > summary')").await, "the focus is lost");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_enlarged_and_leafed_through_by_keyboard() {
    let reader = Reader::new().await;
    reader.open(PICTURES).await;
    let count: usize = reader.js("return document.querySelectorAll('[data-action=enlarge]').length").await;
    assert!(count > 2, "{count} pictures");
    reader.js::<()>("document.querySelectorAll('[data-action=enlarge]')[1].focus()").await;
    reader.press(Key::Enter).await;
    reader.wait_for("dialog.enlarged[open] img").await;
    let shown = "return document.querySelector('dialog.enlarged img').alt";
    let alts: Vec<String> =
        reader.js("return [...document.querySelectorAll('[data-action=enlarge] img')].map(img => img.alt)").await;
    assert_eq!(reader.js::<String>(shown).await, alts[1]);
    reader.screenshot("picture-1280").await;
    reader.press(Key::Right).await;
    assert_eq!(reader.js::<String>(shown).await, alts[2]);
    // Alt and an arrow are the browser's: they lead back in the history.
    let with_alt =
        "const key = new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true, bubbles: true, cancelable: true });
                    return document.activeElement.dispatchEvent(key)";
    assert!(reader.js::<bool>(with_alt).await, "the browser's key is taken away");
    assert_eq!(reader.js::<String>(shown).await, alts[2]);
    reader.press(Key::Left).await;
    reader.press(Key::Left).await;
    assert_eq!(reader.js::<String>(shown).await, alts[0]);
    reader.click("[data-action=picture-after]").await;
    assert_eq!(reader.js::<String>(shown).await, alts[1]);
    // The place that tells which picture it is stays, or screen readers would not say it.
    reader.js::<()>("window.told = document.querySelector('dialog.enlarged [role=status]')").await;
    reader.click("[data-action=picture-after]").await;
    let told = "return [told.isConnected, told.textContent]";
    let (stays, text): (bool, String) = reader.js(told).await;
    assert!(stays && text.ends_with(&format!("Ảnh 3/{count}")), "{text}");
    let focused = "return document.activeElement.dataset.action";
    assert_eq!(reader.js::<String>(focused).await, "picture-after");
    reader.press(Key::Escape).await;
    reader.wait_until("!document.querySelector('dialog')").await;
    let back = "return [...document.querySelectorAll('[data-action=enlarge]')].indexOf(document.activeElement)";
    assert_eq!(reader.js::<i64>(back).await, 1, "the focus is lost");
    assert_eq!(reader.address().await, PICTURES);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_read_has_ways_through_it() {
    let reader = Reader::new().await;
    reader.open(GUIDE).await;
    reader.click(".contents__button").await;
    let last = "[...document.querySelectorAll('.contents__list a')].at(-1)";
    let named: String = reader.js(&format!("const link = {last}; link.click(); return link.textContent")).await;
    reader.wait_until("scrollY > 500").await;
    let reached = "return document.getElementById(decodeURIComponent(location.hash.slice(1))).textContent";
    assert_eq!(reader.js::<String>(reached).await, named);
    reader.open(LONG_READ).await;
    reader.js::<()>("scrollTo(0, document.body.scrollHeight)").await;
    reader.click_in_place(".to-top a").await;
    reader.wait_until("scrollY === 0").await;
    reader.leave().await;
}
