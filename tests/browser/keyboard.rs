//! Reading by key presses alone: no mouse, no script that moves the focus.

use crate::access::states::{self, EVERY_BLOCK, PAGES};
use crate::harness::{Answer, Reader};
use serde::Deserialize;
use thirtyfour::prelude::*;

/// Where the focus is.
#[derive(Deserialize)]
pub struct Stop {
    pub name: String,
    /// What a reader would miss of it.
    pub problem: String,
}

/// The element with the focus: is it in the window, is nothing over it, is it marked? (Recordings mark their own buttons;
/// the skip link leads to the whole of the page, which needs no mark.)
const STOP: &str = r##"
const at = document.activeElement;
if (!at || at === document.body || at === document.documentElement) return { name: "", problem: "" };
const name = at.tagName.toLowerCase() + (at.id ? "#" + at.id : "") + " " + (at.textContent || at.getAttribute("aria-label") || "").trim().slice(0, 40);
const box = [...at.getClientRects()].find(box => box.width && box.height) ?? at.getBoundingClientRect();
const clamp = (low, value, high) => Math.min(Math.max(low, value), high);
const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
if (bottom - top < Math.min(10, box.height) || right - left < Math.min(10, box.width)) return { name, problem: "is not in the window" };
const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
if (over && !at.contains(over) && !over.contains(at)) return { name, problem: "is below " + over.tagName + "." + over.className };
// A choice is marked with its words; the one that is chosen has a thin line anyway.
const style = getComputedStyle(at.closest("label") ?? at);
const isMarked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
if (!isMarked && !at.matches("#noi-dung, audio, video")) return { name, problem: "is not marked" };
return { name, problem: "" };
"##;

/// Engines may scroll after the focus has moved; what a reader would miss lasts.
pub async fn stop(reader: &Reader) -> Stop {
    let mut stop: Stop = reader.js(STOP).await;
    for _ in 0..20 {
        if stop.problem.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        stop = reader.js(STOP).await;
    }
    stop
}

async fn has_focus(reader: &Reader, selector: &str) -> bool {
    reader.js(&format!("return document.activeElement.matches({selector:?})")).await
}

async fn back_tab(reader: &Reader) {
    let keys = reader.driver.action_chain().key_down(Key::Shift).send_keys(Key::Tab).key_up(Key::Shift);
    keys.perform().await.expect("the keys are pressed");
}

/// Goes on by Tab, or back, to an element; every stop on the way must be seen.
async fn go(reader: &Reader, is_back: bool, selector: &str) {
    let mut passed = Vec::new();
    while passed.len() < 80 {
        if is_back {
            back_tab(reader).await;
        } else {
            reader.press(Key::Tab).await;
        }
        let stop = stop(reader).await;
        assert_eq!(stop.problem, "", "{}", stop.name);
        if has_focus(reader, selector).await {
            return;
        }
        passed.push(stop.name);
    }
    panic!("no way to {selector}: {passed:#?}");
}

/// Waits until the page's heading, or its field, has the focus.
async fn arrived_at(reader: &Reader, heading: &str) {
    reader.wait_for_heading(heading).await;
    reader.wait_until("document.activeElement.matches('main h1, main [autofocus]')").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_address_to_an_article_and_about_in_it() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.press(Key::Tab).await;
    assert!(has_focus(&reader, ".skip-link").await, "the skip link is first");
    assert_eq!(stop(&reader).await.problem, "");
    reader.press(Key::Enter).await;
    reader.wait_until("document.activeElement.id === 'noi-dung'").await;
    go(&reader, false, ".top-story__title a").await;
    let title: String = reader.js("return document.activeElement.textContent").await;
    reader.press(Key::Enter).await;
    arrived_at(&reader, &title).await;
    reader.press_until(Key::End, "scrollY > 200").await;
    reader.press_until(Key::Home, "scrollY === 0").await;
    assert!(has_focus(&reader, "main h1").await, "the focus is where it was");
    reader.driver.back().await.expect("goes back");
    reader.wait_for(".lead-stories").await;
    reader.wait_until("document.activeElement.matches('main h1')").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn menus_open_lead_on_and_close() {
    let reader = Reader::new().await;
    reader.open("/thong-bao/").await;
    let open = "document.querySelectorAll('.navigation__submenu[open]').length";
    go(&reader, false, ".navigation__submenu summary").await;
    reader.press(Key::Enter).await;
    reader.wait_until(&format!("{open} === 1")).await;
    go(&reader, false, ".navigation__sublink").await;
    reader.press(Key::Escape).await;
    reader.wait_until(&format!("{open} === 0")).await;
    assert!(has_focus(&reader, ".navigation__submenu summary").await, "the focus is on the button");
    // Space opens it as well; who goes on past its last entry leaves a closed menu behind.
    reader.press(" ").await;
    reader.wait_until(&format!("{open} === 1")).await;
    go(&reader, false, ".navigation__link").await;
    assert!(reader.js::<bool>(&format!("return {open} === 0")).await, "the menu has closed");
    go(&reader, true, ".navigation__submenu summary").await;
    reader.press(Key::Enter).await;
    go(&reader, false, ".navigation__sublink[href='/co-cau-to-chuc/']").await;
    reader.press(Key::Enter).await;
    arrived_at(&reader, "Cơ cấu tổ chức").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_made_left_and_made_again() {
    let reader = states::reader().await;
    reader.open("/lien-he/").await;
    reader.press("/").await;
    reader.wait_until("document.activeElement.id === 'tim-nhanh'").await;
    reader.press("ho nuoc").await;
    reader.wait_for("#goi-y:not([hidden]) [role=option]").await;
    reader.press(Key::Escape).await;
    reader.wait_until("document.querySelector('#goi-y').hidden").await;
    assert!(has_focus(&reader, "#tim-nhanh").await, "the field keeps the focus");
    reader.press(Key::Enter).await;
    reader.wait_until("document.querySelector('.found__count')?.textContent.includes('25 kết quả')").await;
    arrived_at(&reader, "Tìm kiếm").await;
    go(&reader, false, ".hit__title a").await;
    reader.press(Key::Enter).await;
    arrived_at(&reader, "Khai mạc Hội sách").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_changed_undone_and_left() {
    let reader = Reader::new().await;
    reader.open("/lien-he/").await;
    go(&reader, false, ".settings__button").await;
    reader.press(Key::Enter).await;
    go(&reader, false, ".settings__choice input[name=text]").await;
    reader.press(Key::Right).await;
    reader.wait_until("document.documentElement.dataset.text === '125'").await;
    // One press on Tab leaves a group of choices.
    reader.press(Key::Tab).await;
    assert!(has_focus(&reader, ".settings__choice input[name=theme]").await);
    reader.press(Key::Right).await;
    reader.wait_until("document.documentElement.dataset.theme === 'light'").await;
    go(&reader, false, ".settings__reset").await;
    reader.press(Key::Enter).await;
    reader.wait_until("!document.documentElement.dataset.text && !document.documentElement.dataset.theme").await;
    reader.press(Key::Escape).await;
    reader.wait_until("!document.querySelector('.settings[open]')").await;
    assert!(has_focus(&reader, ".settings__button").await, "the focus is on the button");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ways_to_share_are_walked_through_and_left() {
    let reader = Reader::new().await;
    reader.open(EVERY_BLOCK).await;
    go(&reader, false, ".share > summary").await;
    reader.press(Key::Enter).await;
    reader.wait_for(".share__code svg").await;
    go(&reader, false, ".share__places li:last-child a").await;
    reader.press(Key::Tab).await;
    assert!(has_focus(&reader, "[data-action=copy-link]").await, "what is next is the button");
    reader.press(Key::Escape).await;
    reader.wait_until("!document.querySelector('.share[open]')").await;
    assert!(has_focus(&reader, ".share > summary").await, "the focus is on the button");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_enlarged_another_shown_and_the_place_found_again() {
    let reader = Reader::new().await;
    reader.open("/van-hoa-xa-hoi/mot-ngay-cuoi-tuan-o-thanh-xuan-qua-nam-khung-hinh/").await;
    go(&reader, false, "[data-action=enlarge]").await;
    reader.press(Key::Enter).await;
    reader.wait_for("dialog.enlarged[open] img").await;
    let first: String = reader.js("return document.querySelector('dialog.enlarged img').alt").await;
    go(&reader, false, "[data-action=picture-after]").await;
    reader.press(Key::Enter).await;
    reader.wait_until(&format!("document.querySelector('dialog.enlarged img').alt !== {first:?}")).await;
    // The rest of the page is out of reach meanwhile.
    for _ in 0..6 {
        reader.press(Key::Tab).await;
        let is_inside = "const at = document.activeElement; return at === document.body || !!at.closest('dialog')";
        assert!(reader.js::<bool>(is_inside).await, "the focus has left the picture");
    }
    reader.press(Key::Escape).await;
    reader.wait_until("!document.querySelector('dialog')").await;
    assert!(has_focus(&reader, "[data-action=enlarge]").await, "the focus is lost");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_dismissed_and_the_focus_goes_on() {
    let reader = Reader::new().await;
    reader.open("/thong-bao/").await;
    go(&reader, false, ".notice__dismiss").await;
    reader.press(Key::Enter).await;
    reader.wait_until("document.querySelector('.notice[hidden]')").await;
    let stop = stop(&reader).await;
    assert!(!stop.name.is_empty(), "the focus is lost");
    assert_eq!(stop.problem, "", "{}", stop.name);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_skip_link_is_there_after_every_navigation() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.press(Key::Tab).await;
    for (link, heading) in [
        (".navigation__link[href='/tin-tuc-su-kien/']", "Tin tức"),
        (".teaser__title a", ""),
        (".navigation__link[href='/lien-he/']", "Liên hệ"),
        (".footer__links a[href='/so-do-trang/']", "Sơ đồ trang"),
        (".sitemap a[href='/thong-bao/']", "Thông báo"),
    ] {
        let is_in_header = link.starts_with(".navigation");
        if !has_focus(&reader, ".skip-link").await {
            go(&reader, true, ".skip-link").await;
        }
        if !is_in_header {
            reader.press(Key::Enter).await;
            reader.wait_until("document.activeElement.id === 'noi-dung'").await;
        }
        go(&reader, false, link).await;
        let address: String = reader.js("return document.activeElement.getAttribute('href')").await;
        reader.press(Key::Enter).await;
        reader.wait_until(&format!("location.pathname === {address:?}")).await;
        arrived_at(&reader, heading).await;
        // Nothing is open that Escape could close: it takes nothing away.
        reader.press(Key::Escape).await;
        assert!(has_focus(&reader, "main h1").await, "{address}: Escape moves the focus");
        assert_eq!(reader.address().await, address);
    }
    go(&reader, true, ".skip-link").await;
    reader.press(Key::Enter).await;
    reader.wait_until("document.activeElement.id === 'noi-dung'").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_takes_long_is_given_up_and_the_focus_is_neither_lost_nor_covered() {
    const LINK: &str = ".navigation__link[href='/lien-he/']";
    let reader = states::reader().await;
    reader.open("/").await;
    reader.server.answer("/api/v1/pages/lien-he.json", Answer::Never);
    go(&reader, false, LINK).await;
    reader.press(Key::Enter).await;
    reader.wait_for(".slow").await;
    reader.press(Key::Escape).await;
    reader.wait_until("!document.querySelector('.slow')").await;
    assert!(has_focus(&reader, LINK).await, "Escape stops, and leaves the focus where it was");
    assert_eq!(reader.address().await, "/");
    reader.press(Key::Enter).await;
    reader.wait_for(".slow").await;
    go(&reader, true, "[data-action=give-up]").await;
    reader.press(Key::Enter).await;
    reader.wait_until("!document.querySelector('.slow')").await;
    assert!(has_focus(&reader, "main h1").await, "the focus is lost with the button");
    reader.resize(320, 640).await;
    reader.click_in_place(LINK).await;
    reader.wait_for(".slow").await;
    walk(&reader, "home below what tells of a slow page").await;
    reader.leave().await;
}

/// Goes through a whole page; every stop must be seen, and there must be an end.
async fn walk(reader: &Reader, name: &str) {
    let count: usize = reader
        .js("return [...document.querySelectorAll('a[href], button, input, summary, audio, video, [tabindex=\"0\"]')]
               .filter(element => element.checkVisibility({ visibilityProperty: true })).length")
        .await;
    let mut wrong = Vec::new();
    let mut stops = std::collections::HashSet::new();
    // Recordings have several stops each.
    for _ in 0..count + 30 {
        reader.press(Key::Tab).await;
        let stop = stop(reader).await;
        if stop.name.is_empty() {
            break;
        }
        if !stop.problem.is_empty() {
            wrong.push(format!("{} {}", stop.name, stop.problem));
        }
        stops.insert(stop.name);
    }
    assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    let last = "document.querySelector('.footer__links li:last-child a').textContent.trim()";
    let last: String = reader.js(&format!("return {last}")).await;
    assert!(stops.iter().any(|stop| stop.ends_with(&last)), "{name}: caught before the end: {stops:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_stop_of_a_page_is_seen_on_a_phone_and_on_a_desk() {
    let reader = states::reader().await;
    for width in [320, 1280] {
        reader.resize(width, 700).await;
        for (name, address) in PAGES {
            states::open(&reader, name, address).await;
            walk(&reader, &format!("{name} at {width} px")).await;
        }
    }
    reader.leave().await;
}
