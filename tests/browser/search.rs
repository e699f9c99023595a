//! Searching as a reader does it. But for the last tests, a fake worker (`worker.js`) answers, so that what is found is
//! known and every failure can be had.

use crate::common;
use crate::harness::{Answer, Engine, Reader, dist, only_on_chromium, wasm};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde_json::json;
use std::io::{Read, Write};
use thirtyfour::prelude::*;

const WORKER: &str = "/search_worker_for_tests.js";
pub const FIELD: &str = "#tim-kiem";
const QUICK: &str = "#tim-nhanh";
const COUNT: &str = "document.querySelector('.found__count')?.textContent";
/// An article that the fake worker finds first.
const FIRST_HIT: &str = "/van-hoa-xa-hoi/khai-mac-hoi-sach-thanh-xuan/";

/// A reader whose portal is searched by the fake worker.
pub async fn reader_of_the_fake() -> Reader {
    let reader = Reader::new().await;
    searched_by_the_fake(&reader);
    reader
}

fn searched_by_the_fake(reader: &Reader) {
    reader.server.answer(WORKER, Answer::Script(include_str!("worker.js")));
    // A published portal names the worker of its own.
    let named = format!("Object.defineProperty(window, 'portalSearch', {{ get: () => '{WORKER}', set() {{}} }})");
    reader.server.run_first(&named);
}

/// Types into a field; the end of a line is Enter.
pub async fn type_into(reader: &Reader, field: &str, text: &str) {
    let enter = char::from(Key::Enter).to_string();
    // A field that gets the focus has the caret at its end; one driver sees to that no more than to the focus.
    let focus = "const field = document.querySelector(name);
                 if (document.activeElement === field) return;
                 field.focus();
                 field.setSelectionRange(field.value.length, field.value.length);";
    reader.js::<()>(&format!("const name = {field:?}; {focus}")).await;
    reader.find(field).await.send_keys(text.replace('\n', &enter)).await.expect("typed");
}

/// Waits until the search page says a count.
pub async fn wait_for_count(reader: &Reader, text: &str) {
    reader.wait_until(&format!("{COUNT}?.includes({})", json!(text))).await;
}

/// The worker's diary: what it was asked so far.
async fn asked(reader: &Reader) -> Vec<serde_json::Value> {
    reader.js::<()>("document.querySelector('#tim-kiem').value = 'nhatky'; document.querySelector('form.search').requestSubmit()").await;
    wait_for_count(reader, "nhatky").await;
    let titles: Vec<String> =
        reader.js("return [...document.querySelectorAll('.hit__title')].map(title => title.textContent)").await;
    let all = titles.iter().map(|title| serde_json::from_str(title).expect("JSON"));
    // The first only has the worker open its index.
    all.filter(|one: &serde_json::Value| one["id"] != 0).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn results_come_as_the_reader_types_and_nothing_typed_is_lost() {
    let reader = reader_of_the_fake().await;
    reader.open("/tim-kiem/").await;
    // On a page with little on it, too, what is found stands right below the field.
    let gap = "return document.querySelector('.found').getBoundingClientRect().top
                    - document.querySelector('form.search').getBoundingClientRect().bottom";
    reader.resize(1280, 1400).await;
    assert!(reader.js::<f64>(gap).await < 8.0);
    reader.resize(1280, 900).await;
    let before: u32 = reader.js("return history.length").await;
    reader.js::<()>("window.same = document.querySelector('#tim-kiem')").await;
    type_into(&reader, FIELD, "ho nu").await;
    wait_for_count(&reader, "25 kết quả cho “ho nu”").await;
    assert_eq!(reader.address().await, "/tim-kiem/?q=ho+nu");
    // In the middle of what is there: the caret stays where it is.
    reader.js::<()>("document.querySelector('#tim-kiem').setSelectionRange(2, 2)").await;
    type_into(&reader, FIELD, "x").await;
    wait_for_count(&reader, "Không tìm thấy kết quả cho “hox nu”").await;
    reader.press(Key::Backspace).await;
    wait_for_count(&reader, "25 kết quả cho “ho nu”").await;
    let state = "const field = document.querySelector('#tim-kiem');
                 return [field === window.same, document.activeElement === field, field.value, field.selectionStart].join()";
    assert_eq!(reader.js::<String>(state).await, "true,true,ho nu,2");
    assert_eq!(reader.js::<u32>("return history.length").await, before, "typing is one entry of the history");
    reader.wait_until("document.title.startsWith('Tìm kiếm: ho nu – ')").await;
    reader.wait_until("document.getElementById('thong-bao-trang').textContent === '25 kết quả cho “ho nu”'").await;
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('.hit').length").await, 10);
    assert_eq!(reader.text(".hit__title mark").await, "Hồ nước");
    assert!(reader.text(".hit__date").await.contains("Văn hóa - Xã hội · 01/05/2020"));
    // Emptied, the page is as it was.
    for _ in 0..5 {
        reader.press(Key::End).await;
        reader.press(Key::Backspace).await;
    }
    reader.wait_until("!document.querySelector('.hit') && location.search === ''").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_is_asked_as_agreed_and_not_for_single_letters() {
    let reader = reader_of_the_fake().await;
    reader.open("/tim-kiem/?q=ho&chuyen-muc=thong-bao&nam=2020&trang=2").await;
    wait_for_count(&reader, "“ho”").await;
    type_into(&reader, FIELD, " nuoc").await;
    wait_for_count(&reader, "“ho nuoc”").await;
    let asked = asked(&reader).await;
    let with = |index: usize, names: &[&str]| names.iter().map(|name| asked[index][name].clone()).collect::<Vec<_>>();
    let names = ["query", "section", "year", "page", "titles"];
    assert_eq!(with(0, &names), [json!("ho"), json!("thong-bao"), json!(2020), json!(1), json!(false)]);
    assert_eq!(with(0, &["folder", "api"]), [json!("/search/"), json!("/api/v1/")]);
    let typed = asked.iter().position(|one| one["query"] == "ho nuoc").expect("it was asked for");
    assert_eq!(with(typed, &names)[1..5], [json!("thong-bao"), json!(2020), json!(0), json!(false)]);
    assert!(asked.iter().all(|one| one.get("typing").is_none()), "{asked:?}");
    assert!(asked.iter().all(|one| one["query"].as_str().is_some_and(|query| query.len() > 1)), "{asked:?}");
    let mut ids: Vec<_> = asked.iter().map(|one| one["id"].as_u64().expect("a number")).collect();
    ids.dedup();
    assert_eq!(ids.len(), asked.len());
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_asks_one_question_however_the_reader_came_to_it() {
    let reader = reader_of_the_fake().await;
    reader.open("/tim-kiem/").await;
    type_into(&reader, FIELD, "ho nuoc").await;
    wait_for_count(&reader, "“ho nuoc”").await;
    type_into(&reader, FIELD, " ").await;
    let address = reader.address().await;
    reader.press(Key::Enter).await;
    wait_for_count(&reader, "“ho nuoc”").await;
    let mut all = asked(&reader).await;
    for address in [address.as_str(), "/tim-kiem/?q=ho+nuoc+", "/tim-kiem/?q=+ho%20nuoc"] {
        reader.open(address).await;
        wait_for_count(&reader, "“ho nuoc”").await;
        all.extend(asked(&reader).await);
    }
    all.retain(|one| one["query"].as_str().is_some_and(|query| query.trim() == "ho nuoc"));
    all.iter_mut().for_each(|one| one["id"] = json!(null));
    assert!(all.len() >= 5, "{all:?}");
    assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_only_titles_are_shown_no_extracts_are_asked_for() {
    let reader = reader_of_the_fake().await;
    reader.open("/thong-bao/ho-nuoc/").await;
    reader.wait_for("#co-the-tim .line").await;
    type_into(&reader, QUICK, "ho nuoc 12").await;
    reader.wait_until("document.querySelectorAll('#goi-y:not([hidden]) [role=option]').length === 2").await;
    reader.press(Key::Enter).await;
    wait_for_count(&reader, "1 kết quả").await;
    let mut asked = asked(&reader).await;
    asked.retain(|one| one["query"] != "nhatky");
    let titles: Vec<_> = asked.iter().map(|one| (one["query"].clone(), one["titles"].clone())).collect();
    assert_eq!(titles.first(), Some(&(json!("ho nuoc"), json!(true))), "the offer of a missing page");
    let [.., suggested, page] = &titles[..] else { panic!("{titles:?}") };
    assert_eq!(*suggested, (json!("ho nuoc 12"), json!(true)));
    assert_eq!(*page, (json!("ho nuoc 12"), json!(false)));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn submitting_makes_an_entry_of_the_history_and_the_way_back_is_there() {
    let reader = reader_of_the_fake().await;
    reader.open("/tim-kiem/").await;
    let before: u32 = reader.js("return history.length").await;
    type_into(&reader, FIELD, "ho nuoc").await;
    wait_for_count(&reader, "“ho nuoc”").await;
    reader.press(Key::Enter).await;
    reader.wait_until(&format!("history.length === {}", before + 1)).await;
    assert!(reader.js::<bool>("return document.activeElement.id === 'tim-kiem'").await);
    type_into(&reader, FIELD, " 12").await;
    reader.press(Key::Enter).await;
    wait_for_count(&reader, "1 kết quả cho “ho nuoc 12”").await;
    assert_eq!(reader.js::<u32>("return history.length").await, before + 2);
    for (text, count) in [("ho nuoc", "25 kết quả"), ("", "")] {
        reader.driver.back().await.expect("goes back");
        reader.wait_until(&format!("document.querySelector('#tim-kiem')?.value === '{text}'")).await;
        if !count.is_empty() {
            wait_for_count(&reader, count).await;
        }
    }
    reader.wait_until("!document.querySelector('.hit')").await;
    assert_eq!(reader.address().await, "/tim-kiem/");
    reader.driver.forward().await.expect("goes forward");
    wait_for_count(&reader, "25 kết quả").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_and_pages_are_links_and_the_way_back_is_there() {
    let reader = reader_of_the_fake().await;
    reader.open("/tim-kiem/?q=ho+nuoc").await;
    wait_for_count(&reader, "25 kết quả").await;
    reader.click("ul[aria-label='Lọc theo chuyên mục'] a[href*='chuyen-muc=thong-bao']").await;
    wait_for_count(&reader, "16 kết quả").await;
    assert_eq!(reader.address().await, "/tim-kiem/?q=ho+nuoc&chuyen-muc=thong-bao");
    let marked = "return [...document.querySelectorAll('.filters [aria-current]')].map(a => a.textContent)";
    assert_eq!(reader.js::<Vec<String>>(marked).await, ["Thông báo (16)", "Tất cả (16)"]);
    reader.wait_until("document.getElementById('thong-bao-trang').textContent.startsWith('16 kết quả')").await;
    reader.click("ul[aria-label='Lọc theo năm'] a[href*='nam=2021']").await;
    wait_for_count(&reader, "8 kết quả").await;
    reader.click(".found__filter").await;
    wait_for_count(&reader, "12 kết quả").await;
    assert_eq!(reader.address().await, "/tim-kiem/?q=ho+nuoc&nam=2021");
    reader.click(".paging__older").await;
    reader.wait_until("document.querySelector('.paging__place').textContent === 'Trang 2 / 2'").await;
    reader.wait_until("scrollY === 0").await;
    assert_eq!(reader.address().await, "/tim-kiem/?q=ho+nuoc&nam=2021&trang=2");
    assert_eq!(reader.js::<String>("return document.querySelector('#tim-kiem').value").await, "ho nuoc");
    for count in ["12 kết quả", "8 kết quả", "16 kết quả", "25 kết quả"] {
        reader.driver.back().await.expect("goes back");
        wait_for_count(&reader, count).await;
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_found_is_still_there_after_an_article() {
    let reader = reader_of_the_fake().await;
    reader.open("/tim-kiem/").await;
    type_into(&reader, FIELD, "ho nuoc").await;
    wait_for_count(&reader, "25 kết quả").await;
    reader.click(".hit__title a").await;
    reader.wait_until(&format!("location.pathname === '{FIRST_HIT}'")).await;
    reader.wait_for(".article__facts").await;
    reader.driver.back().await.expect("goes back");
    wait_for_count(&reader, "25 kết quả").await;
    assert_eq!(reader.address().await, "/tim-kiem/?q=ho+nuoc");
    assert_eq!(reader.js::<String>("return document.querySelector('#tim-kiem').value").await, "ho nuoc");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn results_that_are_loaded_again_stand_where_they_were() {
    let reader = reader_of_the_fake().await;
    reader.open("/tim-kiem/?q=ho+nuoc").await;
    wait_for_count(&reader, "25 kết quả").await;
    reader.scroll_to(600).await;
    reader.driver.refresh().await.expect("loads again");
    wait_for_count(&reader, "25 kết quả").await;
    reader.wait_until("Math.abs(scrollY - 600) < 2").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_nothing_fits_the_suggestion_leads_on() {
    let reader = reader_of_the_fake().await;
    reader.open("/tim-kiem/?q=ho+nuoz").await;
    wait_for_count(&reader, "Không tìm thấy kết quả cho “ho nuoz”").await;
    assert_eq!(reader.text(".found__suggestion").await, "Có phải bạn muốn tìm: hồ nước");
    reader.screenshot("search-nothing").await;
    reader.click(".found__suggestion a").await;
    wait_for_count(&reader, "25 kết quả cho “hồ nước”").await;
    assert_eq!(reader.js::<String>("return document.querySelector('#tim-kiem').value").await, "hồ nước");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_failure_is_told_and_the_field_stays_usable() {
    let reader = reader_of_the_fake().await;
    reader.open("/tim-kiem/").await;
    for (query, why) in [
        ("loi unreachable", "Không kết nối được với máy chủ"),
        ("loi damaged", "Dữ liệu nhận được bị lỗi"),
        ("loi unsupported", "chưa chạy được chức năng tìm kiếm"),
        ("rac", "Dữ liệu nhận được bị lỗi"),
        ("sap", "chưa chạy được chức năng tìm kiếm"),
    ] {
        reader.find(FIELD).await.clear().await.expect("cleared");
        type_into(&reader, FIELD, query).await;
        reader
            .wait_until(&format!("document.querySelector('.found .problem')?.innerText.includes({})", json!(why)))
            .await;
        reader.wait_until("document.getElementById('thong-bao-trang').textContent.startsWith('Chưa tải được')").await;
        reader.find(FIELD).await.clear().await.expect("cleared");
        type_into(&reader, FIELD, "ho nuoc").await;
        wait_for_count(&reader, "25 kết quả").await;
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_try_is_made_with_the_same_query() {
    let reader = reader_of_the_fake().await;
    reader.server.answer(WORKER, Answer::Status(503));
    reader.open("/tim-kiem/?q=ho+nuoc").await;
    reader.wait_until("document.querySelector('.found [data-action=retry]')").await;
    reader.screenshot("search-failed").await;
    reader.server.answer(WORKER, Answer::Script(include_str!("worker.js")));
    reader.click("[data-action=retry]").await;
    wait_for_count(&reader, "25 kết quả").await;
    assert_eq!(reader.address().await, "/tim-kiem/?q=ho+nuoc");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_portal_was_published_anew_the_page_is_loaded_again() {
    let reader = reader_of_the_fake().await;
    reader.open("/tim-kiem/").await;
    type_into(&reader, FIELD, "loi missing").await;
    reader.wait_for("[data-action=reload]").await;
    assert!(reader.text(".found .problem").await.contains("vừa được cập nhật"));
    reader.js::<()>("window.same = true").await;
    reader.click("[data-action=reload]").await;
    reader.wait_until("!window.same && document.documentElement.hasAttribute('data-running')").await;
    assert_eq!(reader.address().await, "/tim-kiem/?q=loi+missing");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_program_that_is_gone_is_told_from_a_browser_that_cannot_search() {
    let reader = reader_of_the_fake().await;
    let says = |why: &str, action: &str| {
        let why = json!(why);
        format!(
            "(problem => problem?.innerText.includes({why}) && problem.querySelector('[data-action={action}]'))(document.querySelector('.found .problem'))"
        )
    };
    for (answer, why, action) in [
        (Answer::Status(404), "vừa được cập nhật", "reload"),
        (Answer::Status(410), "vừa được cập nhật", "reload"),
        (Answer::Page("<!doctype html><title>Elsewhere</title>".to_owned()), "vừa được cập nhật", "reload"),
        (Answer::Status(503), "mã 503", "retry"),
        (Answer::Script("throw new Error('the wasm is not there')"), "chưa chạy được chức năng tìm kiếm", "retry"),
    ] {
        reader.server.answer(WORKER, answer);
        reader.open("/tim-kiem/?q=ho+nuoc").await;
        reader.wait_until(&says(why, action)).await;
    }
    // A page opened before: the browser keeps a script that the host has no more, and that names a wasm that is gone.
    let gone = "setTimeout(() => { throw new Error('the wasm is not there'); }, 500)";
    reader.server.answer(WORKER, Answer::Script(gone));
    let before = reader.server.asked(WORKER);
    reader.open("/tim-kiem/?q=ho+nuoc").await;
    reader.wait_until_server("the worker", |server| server.asked(WORKER) > before).await;
    reader.server.answer(WORKER, Answer::Status(404));
    reader.wait_until(&says("vừa được cập nhật", "reload")).await;
    // Without a network.
    reader.server.answer(WORKER, Answer::Script(gone));
    reader.open("/tim-kiem/").await;
    reader.set_offline(true).await;
    type_into(&reader, FIELD, "ho nuoc").await;
    reader.wait_until(&says("không có mạng", "retry")).await;
    reader.server.answer(WORKER, Answer::Script(include_str!("worker.js")));
    reader.set_offline(false).await;
    wait_for_count(&reader, "25 kết quả").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_hangs_is_ended_and_another_try_starts_another() {
    let reader = reader_of_the_fake().await;
    reader.hurry(20);
    reader.open("/tim-kiem/").await;
    type_into(&reader, FIELD, "treo").await;
    reader.wait_for(".found .problem [data-action=retry]").await;
    assert_eq!(reader.server.asked(WORKER), 1);
    reader.find(FIELD).await.clear().await.expect("cleared");
    type_into(&reader, FIELD, "ho nuoc").await;
    wait_for_count(&reader, "25 kết quả").await;
    assert_eq!(reader.server.asked(WORKER), 2);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_it_is_said_so() {
    let reader = reader_of_the_fake().await;
    reader.open("/tim-kiem/").await;
    type_into(&reader, FIELD, "ho nuoc").await;
    wait_for_count(&reader, "25 kết quả").await;
    reader.set_offline(true).await;
    reader.find(FIELD).await.clear().await.expect("cleared");
    type_into(&reader, FIELD, "loi unreachable").await;
    reader.wait_until("document.querySelector('.found .problem')?.innerText.includes('không có mạng')").await;
    reader.set_offline(false).await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_an_older_question_is_dropped() {
    let reader = reader_of_the_fake().await;
    reader.open("/tim-kiem/").await;
    type_into(&reader, FIELD, "cham").await;
    reader.wait_until("location.search === '?q=cham'").await;
    reader.find(FIELD).await.clear().await.expect("cleared");
    type_into(&reader, FIELD, "ho nuoc").await;
    wait_for_count(&reader, "25 kết quả cho “ho nuoc”").await;
    // The late answer has come by the time of this one.
    type_into(&reader, FIELD, " 12").await;
    wait_for_count(&reader, "1 kết quả cho “ho nuoc 12”").await;
    assert_eq!(reader.text(".hit__title").await, "Hồ nước số 12");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_waited_for_once_the_question_is_taken_back() {
    let reader = reader_of_the_fake().await;
    reader.open("/tim-kiem/").await;
    type_into(&reader, FIELD, "cham").await;
    reader.wait_for(".pending--active").await;
    reader.press(Key::Escape).await;
    reader.wait_until("!document.querySelector('.pending--active')").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_starts_only_when_a_reader_is_about_to_search() {
    let reader = reader_of_the_fake().await;
    reader.open("/").await;
    reader.wait_for(".visits__list").await;
    assert_eq!(reader.server.asked(WORKER), 0);
    reader.click(QUICK).await;
    reader.wait_until_server("the worker", |server| server.asked(WORKER) > 0).await;
    type_into(&reader, QUICK, "ho nuoc").await;
    reader.wait_for("#goi-y:not([hidden]) [role=option]").await;
    assert_eq!(reader.server.asked(WORKER), 1, "one worker serves all");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_header_suggests_titles_and_keys_go_through_them() {
    let reader = reader_of_the_fake().await;
    reader.open("/").await;
    reader
        .js::<()>(
            "new PerformanceObserver(list => { for (const e of list.getEntries()) window.shift = (window.shift || 0) + e.value })
               .observe({ type: 'layout-shift' })",
        )
        .await;
    type_into(&reader, QUICK, "ho nuoc").await;
    reader.wait_for("#goi-y:not([hidden]) [role=option]").await;
    assert_eq!(reader.js::<f64>("return window.shift || 0").await, 0.0);
    reader.screenshot("search-suggestions").await;
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('#goi-y [role=option]').length").await, 7);
    let expanded = "return document.querySelector('#tim-nhanh').getAttribute('aria-expanded')";
    assert_eq!(reader.js::<String>(expanded).await, "true");
    let chosen = "const field = document.querySelector('#tim-nhanh');
                  const option = document.getElementById(field.getAttribute('aria-activedescendant') || '');
                  return [document.activeElement === field, field.value, option?.textContent, option?.getAttribute('aria-selected')].join('|')";
    reader.press(Key::Down).await;
    assert_eq!(reader.js::<String>(chosen).await, "true|ho nuoc|Hồ nước số 1|true");
    reader.press(Key::Up).await;
    assert_eq!(reader.js::<String>(chosen).await, "true|ho nuoc||");
    reader.press(Key::Up).await;
    assert_eq!(reader.js::<String>(chosen).await, "true|ho nuoc|Xem tất cả kết quả cho “ho nuoc”|true");
    // Keys that move the caret mean the text, not what was chosen.
    for key in [Key::Home, Key::End, Key::Left, Key::Right] {
        reader.press(Key::Down).await;
        reader.press(Key::Down).await;
        assert_eq!(reader.js::<String>(chosen).await, "true|ho nuoc|Hồ nước số 1|true");
        reader.press(key).await;
        assert_eq!(reader.js::<String>(chosen).await, "true|ho nuoc||");
        reader.press(Key::Up).await;
    }
    // Escape closes the list, then clears the field, then has nothing to do: the focus stays.
    reader.press(Key::Escape).await;
    assert_eq!(reader.js::<String>(expanded).await, "false");
    assert!(reader.js::<bool>("return document.querySelector('#goi-y').hidden").await);
    assert_eq!(reader.js::<String>("return document.querySelector('#tim-nhanh').value").await, "ho nuoc");
    reader.press(Key::Escape).await;
    assert_eq!(reader.js::<String>("return document.querySelector('#tim-nhanh').value").await, "");
    reader.press(Key::Escape).await;
    assert!(reader.js::<bool>("return document.activeElement === document.querySelector('#tim-nhanh')").await);
    // Enter on a suggestion opens its article.
    type_into(&reader, QUICK, "ho nuoc").await;
    reader.wait_for("#goi-y:not([hidden]) [role=option]").await;
    reader.press(Key::Down).await;
    reader.press(Key::Enter).await;
    reader.wait_until(&format!("location.pathname === '{FIRST_HIT}'")).await;
    assert!(
        reader
            .js::<bool>("return document.querySelector('#goi-y').hidden && !document.querySelector('#tim-nhanh').value")
            .await
    );
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn suggestions_are_counted_once_and_nothing_opens_where_there_are_none() {
    let reader = reader_of_the_fake().await;
    reader.open("/thong-bao/").await;
    reader
        .js::<()>(
            "window.said = [];
             const region = document.getElementById('thong-bao-trang');
             new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true })",
        )
        .await;
    let type_at_once = async |text: &str| {
        let typed = "const field = document.querySelector('#tim-nhanh'); field.focus(); field.dispatchEvent(new Event('input', { bubbles: true }))";
        let set = format!("document.querySelector('#tim-nhanh').value = {};", json!(text));
        reader.js::<()>(&format!("{set}{typed}")).await;
    };
    let is_closed = "return document.querySelector('#goi-y').hidden && document.querySelector('#tim-nhanh').getAttribute('aria-expanded') === 'false'";
    type_at_once("ho nuoc").await;
    reader.wait_until("said.join('|') === '6 gợi ý'").await;
    type_at_once("ho nuoc 12").await;
    reader.wait_until("said.join('|') === '6 gợi ý|1 gợi ý'").await;
    reader.press(Key::Down).await;
    assert_eq!(reader.js::<usize>("return said.length").await, 2, "moving through them says nothing");
    type_at_once("ho nuoc 12x").await;
    reader.wait_until("said.join('|') === '6 gợi ý|1 gợi ý|'").await;
    assert!(reader.js::<bool>(is_closed).await);
    // Enter still leads to the search page, which says more.
    reader.press(Key::Enter).await;
    wait_for_count(&reader, "Không tìm thấy kết quả cho “ho nuoc 12x”").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn suggestions_can_be_pressed_and_close_when_the_reader_goes_elsewhere() {
    let reader = reader_of_the_fake().await;
    reader.open("/thong-bao/").await;
    type_into(&reader, QUICK, "ho nuoc").await;
    reader.wait_for("#goi-y:not([hidden]) [role=option]").await;
    reader.click("main h1").await;
    reader.wait_until("document.querySelector('#goi-y').hidden").await;
    reader.click(QUICK).await;
    reader.press(Key::Down).await;
    reader.wait_for("#goi-y:not([hidden]) [role=option]").await;
    reader.press(Key::Tab).await;
    reader.press(Key::Tab).await;
    reader.wait_until("document.querySelector('#goi-y').hidden").await;
    reader.click(QUICK).await;
    reader.press(Key::Down).await;
    reader.wait_for("#goi-y:not([hidden]) [role=option]").await;
    reader.click("#goi-y [role=option]:last-child").await;
    wait_for_count(&reader, "25 kết quả").await;
    assert_eq!(reader.address().await, "/tim-kiem/?q=ho+nuoc");
    reader.driver.back().await.expect("goes back");
    reader.wait_for_heading("Thông báo").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_from_the_header_leads_to_its_page_and_back() {
    let reader = reader_of_the_fake().await;
    reader.open("/tin-tuc-su-kien/").await;
    reader.js::<()>("window.same = true").await;
    type_into(&reader, QUICK, "ho nuoc\n").await;
    wait_for_count(&reader, "25 kết quả").await;
    assert_eq!(reader.address().await, "/tim-kiem/?q=ho+nuoc");
    reader.wait_until("document.activeElement === document.querySelector('main h1')").await;
    reader.wait_until("document.getElementById('thong-bao-trang').textContent.startsWith('25 kết quả')").await;
    // The same link as that of the page left behind is not taken for a stay.
    reader.click(".breadcrumbs a").await;
    reader.wait_until("location.pathname === '/'").await;
    reader.driver.back().await.expect("goes back");
    wait_for_count(&reader, "25 kết quả").await;
    reader.driver.back().await.expect("goes back");
    reader.wait_for_heading("Tin tức - Sự kiện").await;
    assert_eq!(reader.address().await, "/tin-tuc-su-kien/");
    type_into(&reader, QUICK, "ho nuoc\n").await;
    wait_for_count(&reader, "25 kết quả").await;
    reader.click_in_place(".navigation a[href='/tin-tuc-su-kien/']").await;
    reader.wait_for_heading("Tin tức - Sự kiện").await;
    reader.wait_until("location.pathname === '/tin-tuc-su-kien/'").await;
    assert!(reader.js::<bool>("return window.same").await, "the program served all of it");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_before_the_program_arrives_is_not_lost() {
    let reader = reader_of_the_fake().await;
    reader.server.answer(&wasm(), Answer::Status(503));
    reader.open_early("/thong-bao/").await;
    reader.wait_for_heading("Thông báo").await;
    type_into(&reader, QUICK, "hồ nước & cây\n").await;
    reader.wait_for_heading("Tìm kiếm").await;
    assert_eq!(reader.js::<String>("return document.querySelector('#tim-kiem').value").await, "hồ nước & cây");
    reader.server.answer_truly(&wasm());
    reader.open("/tim-kiem/?q=h%E1%BB%93+n%C6%B0%E1%BB%9Bc").await;
    wait_for_count(&reader, "25 kết quả cho “hồ nước”").await;
    reader.wait_until("document.title.startsWith('Tìm kiếm: hồ nước')").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_while_the_program_arrives_is_searched_for() {
    let reader = reader_of_the_fake().await;
    reader.server.answer(&wasm(), Answer::Late(1500));
    reader.open_early("/tim-kiem/?q=ho").await;
    type_into(&reader, FIELD, " nuoc 12").await;
    assert!(!reader.js::<bool>("return document.documentElement.hasAttribute('data-running')").await);
    reader.js::<()>("document.querySelector('#tim-kiem').setSelectionRange(3, 3)").await;
    wait_for_count(&reader, "1 kết quả cho “ho nuoc 12”").await;
    assert_eq!(reader.address().await, "/tim-kiem/?q=ho+nuoc+12");
    let state = "const field = document.querySelector('#tim-kiem');
                 return [document.activeElement === field, field.value, field.selectionStart].join()";
    assert_eq!(reader.js::<String>(state).await, "true,ho nuoc 12,3");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_alone_is_enough() {
    let reader = reader_of_the_fake().await;
    reader.open("/lien-he/").await;
    reader.press("/").await;
    reader.wait_until("document.activeElement.id === 'tim-nhanh'").await;
    // In a field it is a character.
    type_into(&reader, QUICK, "a/").await;
    assert_eq!(reader.js::<String>("return document.activeElement.value").await, "a/");
    reader.open("/tim-kiem/?q=ho+nuoc").await;
    wait_for_count(&reader, "25 kết quả").await;
    reader.js::<()>("document.querySelector('main h1').focus()").await;
    reader.press("/").await;
    reader.wait_until("document.activeElement.id === 'tim-kiem'").await;
    let focused = "return document.activeElement.textContent || document.activeElement.id";
    reader.press(Key::Down).await;
    assert_eq!(reader.js::<String>(focused).await, "Hồ nước số 1");
    reader.press(Key::Down).await;
    assert_eq!(reader.js::<String>(focused).await, "Hồ nước số 2");
    reader.press(Key::Up).await;
    reader.press(Key::Up).await;
    assert_eq!(reader.js::<String>(focused).await, "tim-kiem");
    reader.press(Key::Down).await;
    reader.press(Key::Down).await;
    reader.press(Key::Escape).await;
    assert_eq!(reader.js::<String>(focused).await, "tim-kiem");
    reader.press(Key::Escape).await;
    reader.wait_until("document.querySelector('#tim-kiem').value === '' && !document.querySelector('.hit')").await;
    reader.press(Key::Escape).await;
    assert_eq!(reader.js::<String>(focused).await, "tim-kiem", "the focus is lost");
    type_into(&reader, FIELD, "ho nuoc").await;
    wait_for_count(&reader, "25 kết quả").await;
    reader.press(Key::Down).await;
    reader.press(Key::Enter).await;
    reader.wait_until(&format!("location.pathname === '{FIRST_HIT}'")).await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_page_is_searched_for_by_its_words() {
    let reader = reader_of_the_fake().await;
    reader.open("/thong-bao/ho-nuoc/").await;
    reader.wait_for("#co-the-tim .line").await;
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('#co-the-tim .line').length").await, 5);
    reader.screenshot("not-found-offers").await;
    reader.click("#co-the-tim .line a").await;
    reader.wait_until(&format!("location.pathname === '{FIRST_HIT}'")).await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_page_says_nothing_of_a_search_that_fails_or_finds_nothing() {
    let reader = reader_of_the_fake().await;
    for address in ["/thong-bao/loi-unreachable/", "/thong-bao/khong-co-gi/", "/thong-bao/sap/"] {
        reader.open(address).await;
        reader.wait_for_heading("Không tìm thấy trang").await;
        // The worker has answered by the time it answers another question.
        type_into(&reader, QUICK, "ho nuoc").await;
        reader.wait_for("#goi-y:not([hidden]) [role=option]").await;
        assert_eq!(
            reader.js::<String>("return document.querySelector('#co-the-tim').innerHTML").await,
            "",
            "{address}"
        );
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn long_and_odd_queries_are_harmless() {
    let reader = reader_of_the_fake().await;
    reader.open(&format!("/tim-kiem/?q={}", "a".repeat(10_000))).await;
    wait_for_count(&reader, "Không tìm thấy kết quả").await;
    assert_eq!(reader.address().await.len(), "/tim-kiem/?q=".len() + 200);
    assert_eq!(reader.js::<usize>("return document.querySelector('#tim-kiem').value.length").await, 200);
    for query in ["👍👩‍👩‍👧", "<img src=x onerror=alert(1)>", "%", "&q=", "\u{202e}abc"] {
        let encoded: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect();
        reader.open(&format!("/tim-kiem/?q={encoded}")).await;
        reader.wait_until(&format!("{COUNT}?.includes({})", json!(query))).await;
        assert_eq!(reader.js::<String>("return document.querySelector('#tim-kiem').value").await, query);
    }
    reader.leave().await;
}

/// The site names an API that searches itself.
const SITE_WITH_API: &str = "
    let site;
    Object.defineProperty(window, 'portalSite', {
      get: () => site,
      set(text) { site = JSON.stringify({ ...JSON.parse(text), search: { url: '/tra-cuu/?phien=1' } }); },
    })";

#[tokio::test(flavor = "multi_thread")]
async fn an_api_that_searches_itself_is_asked_first() {
    let reader = reader_of_the_fake().await;
    reader.server.run_first(SITE_WITH_API);
    let own = r#"{"total":1,"results":[{"section":"thong-bao","slug":"a","title":[{"text":"Từ máy chủ"}],"published_at":"2024-01-01T00:00:00Z"}]}"#;
    reader.server.answer("/tra-cuu/", Answer::Json(own.to_owned()));
    reader.open("/tim-kiem/?q=ho+nuoc&nam=2020&trang=2").await;
    reader.wait_until("document.querySelector('.hit__title')?.textContent === 'Từ máy chủ'").await;
    assert_eq!(reader.server.asked(WORKER), 0);
    let asked =
        "return performance.getEntriesByType('resource').map(e => e.name).find(name => name.includes('/tra-cuu/'))";
    // The library that asks adds an empty parameter.
    let asked: String = reader.js(asked).await;
    assert!(asked.trim_end_matches('&').ends_with("/tra-cuu/?phien=1&q=ho+nuoc&nam=2020&trang=2"), "{asked}");
    // When it fails, the portal's own index answers.
    for answer in [Answer::Status(503), Answer::Json("{}".to_owned()), Answer::Page("<p>down".to_owned())] {
        reader.server.answer("/tra-cuu/", answer);
        reader.open("/tim-kiem/?q=ho+nuoc").await;
        wait_for_count(&reader, "25 kết quả").await;
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_the_sitemap_stands_in_for_the_search() {
    only_on_chromium!("a browser whose scripts can be switched off");
    let reader = Reader::new().await;
    reader.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    for width in [390, 1280] {
        reader.resize(width, 900).await;
        reader.open_early("/thong-bao/").await;
        assert!(!reader.find(QUICK).await.is_displayed().await.expect("known"));
        assert!(!reader.find(".quick-link").await.is_displayed().await.expect("known"));
        assert_eq!(reader.find(".quick-instead a").await.text().await.expect("a text"), "Sơ đồ trang");
        reader.open_early("/tim-kiem/").await;
        assert!(!reader.find(FIELD).await.is_displayed().await.expect("known"));
        let note = reader.find(".search__note").await.text().await.expect("a text");
        assert!(note.contains("cần JavaScript"), "{note}");
    }
    reader.click(".search__note a").await;
    assert_eq!(reader.find("h1").await.text().await.expect("a text"), "Sơ đồ trang");
    reader.leave_without_scripts().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_narrow_screen_the_header_leads_to_the_search() {
    let reader = reader_of_the_fake().await;
    // What counts is the room beside a scrollbar.
    for width in [320, 360, 390, 767, 800] {
        reader.resize(width, 800).await;
        for path in ["/lien-he/", "/tim-kiem/?q=ho+nuoc"] {
            reader.open(path).await;
            let wide: u32 = reader.js("return document.documentElement.scrollWidth").await;
            assert!(wide <= width, "{path} is {wide} px wide at {width}");
            let is_shown = async |selector: &str| reader.find(selector).await.is_displayed().await.expect("known");
            assert_eq!((is_shown(QUICK).await, is_shown(".quick-link").await), (width > 767, width <= 767), "{width}");
        }
    }
    reader.resize(320, 640).await;
    reader.open("/lien-he/").await;
    reader.click(".quick-link").await;
    reader.wait_for_heading("Tìm kiếm").await;
    reader.wait_until("document.activeElement.id === 'tim-kiem'").await;
    type_into(&reader, FIELD, "ho nuoc").await;
    wait_for_count(&reader, "25 kết quả").await;
    let small = "return [...document.querySelectorAll('.header a, .header button, .header summary, main form *, .found a, .found summary')]
        .filter(e => e.checkVisibility() && !e.matches('label, .hit__title a'))
        .filter(e => e.getBoundingClientRect().height < 43.5)
        .map(e => e.outerHTML.slice(0, 80))";
    assert_eq!(reader.js::<Vec<String>>(small).await, Vec::<String>::new(), "too small to touch");
    reader.click(".filters__button").await;
    assert!(reader.find(".filters a").await.is_displayed().await.expect("known"));
    assert_eq!(reader.js::<Vec<String>>(small).await, Vec::<String>::new(), "too small to touch");
    // From elsewhere `/` leads there too.
    reader.open("/lien-he/").await;
    reader.press("/").await;
    reader.wait_until("document.activeElement.id === 'tim-kiem'").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_the_search_only_hits_are_printed() {
    only_on_chromium!("the emulation of media");
    let reader = reader_of_the_fake().await;
    reader.open("/lien-he/").await;
    reader.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    assert!(!reader.find(QUICK).await.is_displayed().await.expect("known"));
    assert!(!reader.find(".quick-link").await.is_displayed().await.expect("known"));
    reader.open("/tim-kiem/?q=ho+nuoc").await;
    wait_for_count(&reader, "25 kết quả").await;
    for (selector, is_printed) in [
        (FIELD, false),
        (QUICK, false),
        (".filters", false),
        (".paging", false),
        (".hit", true),
        (".found__count", true),
    ] {
        assert_eq!(reader.find(selector).await.is_displayed().await.expect("known"), is_printed, "{selector}");
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_search_works_below_a_path() {
    let host = common::host_with_portal_below(&dist());
    let reader = Reader::of(host.path()).await;
    searched_by_the_fake(&reader);
    reader.open("/portal/thong-bao/").await;
    type_into(&reader, QUICK, "ho nuoc\n").await;
    wait_for_count(&reader, "25 kết quả").await;
    assert_eq!(reader.address().await, "/portal/tim-kiem/?q=ho+nuoc");
    reader.click(".paging__older").await;
    reader.wait_until("location.search === '?q=ho+nuoc&trang=2'").await;
    reader.wait_until("document.querySelector('.paging__place').textContent === 'Trang 2 / 3'").await;
    let asked = asked(&reader).await;
    assert_eq!((&asked[0]["folder"], &asked[0]["api"]), (&json!("/portal/search/"), &json!("/portal/api/v1/")));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_of_the_search() {
    only_on_chromium!("the emulation of media");
    let reader = reader_of_the_fake().await;
    for theme in ["light", "dark"] {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
        reader.devtools("Emulation.setEmulatedMedia", media).await;
        for width in [320, 390, 768, 1280, 1920] {
            reader.resize(width, 900).await;
            for (name, path) in [
                ("search-empty", "/tim-kiem/"),
                ("search", "/tim-kiem/?q=ho+nuoc"),
                ("search-filtered", "/tim-kiem/?q=ho+nuoc&chuyen-muc=thong-bao&nam=2020"),
            ] {
                reader.open(path).await;
                if path.contains("?q") {
                    wait_for_count(&reader, "kết quả").await;
                }
                reader.screenshot(&format!("{name}-{width}-{theme}")).await;
            }
        }
    }
    let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    reader.devtools("Emulation.setEmulatedMedia", forced).await;
    reader.resize(1280, 900).await;
    type_into(&reader, QUICK, "ho nuoc").await;
    reader.wait_for("#goi-y:not([hidden]) [role=option]").await;
    reader.press(Key::Down).await;
    reader.screenshot("search-forced-colours").await;
    reader.leave().await;
}

// What follows asks the worker and the index of the build.

#[tokio::test(flavor = "multi_thread")]
async fn the_real_worker_finds_an_article_without_diacritics() {
    let reader = Reader::new().await;
    reader.open("/tim-kiem/").await;
    type_into(&reader, FIELD, "khai mac hoi sach").await;
    reader
        .wait_until(&format!("document.querySelector('.hit__title a')?.getAttribute('href') === '{FIRST_HIT}'"))
        .await;
    assert!(reader.js::<bool>("return !!document.querySelector('.hit mark')").await);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_worker_counts_sections_and_years() {
    let reader = Reader::new().await;
    reader.open("/tim-kiem/?q=ph%C6%B0%E1%BB%9Dng").await;
    reader.wait_for(".filters .years__count").await;
    reader.click("ul[aria-label='Lọc theo năm'] li:nth-child(2) a").await;
    reader.wait_for(".found__filter").await;
    let shown = "return [parseInt(document.querySelector('.found__count').textContent),
                         parseInt(document.querySelector('ul[aria-label=\"Lọc theo năm\"] [aria-current]').textContent.match(/[(](.+)[)]/)[1])]";
    let counts: [u32; 2] = reader.js(shown).await;
    assert_eq!(counts[0], counts[1]);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_worker_suggests_in_the_header_and_finds_what_a_missing_page_was() {
    let reader = Reader::new().await;
    reader.open("/").await;
    type_into(&reader, QUICK, "hoi sach").await;
    reader.wait_for("#goi-y:not([hidden]) [role=option] mark").await;
    reader.open("/tin-tuc-su-kien/khai-mac-hoi-sach-thanh-xuan/").await;
    reader
        .wait_until(&format!("document.querySelector('#co-the-tim a')?.getAttribute('href') === '{FIRST_HIT}'"))
        .await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_extract_shows_what_was_found_in_a_list_a_table_a_caption_or_the_name_of_a_file() {
    let reader = Reader::new().await;
    let texts = [
        ("list", "Nghị định 74"),
        ("table", "Cơi nới, rác thải"),
        ("caption", "Bờ hồ được kè đá, lắp đèn"),
        ("first picture", "cọc chống và thẻ tên"),
        ("name of a file", "Mẫu phiếu góp ý"),
    ];
    for (place, text) in texts {
        reader.open(&format!("/tim-kiem/?q={}", text.replace(' ', "+"))).await;
        reader.wait_for(".hit").await;
        let extracts: Vec<String> = reader
            .js("return [...document.querySelectorAll('.hit__extract')].map((extract) => extract.textContent)")
            .await;
        assert!(extracts.iter().any(|extract| extract.contains(text)), "{place}: {extracts:#?}");
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_worker_says_when_nothing_fits() {
    let reader = Reader::new().await;
    reader.open("/tim-kiem/?q=qqqqzzzz").await;
    wait_for_count(&reader, "Không tìm thấy kết quả").await;
    reader.leave().await;
}

/// Publishes the sample articles and one more, as an office does while readers are there.
fn publish(with: &str, root: &std::path::Path) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let api = folder.path().join("api/v1");
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("public/api/v1");
    for entry in walkdir::WalkDir::new(&sample).into_iter().map(|entry| entry.expect("readable")) {
        let to = api.join(entry.path().strip_prefix(&sample).expect("below the sample"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).expect("a folder");
        } else {
            std::fs::copy(entry.path(), to).expect("a copy");
        }
    }
    for number in 0..20 {
        let article = json!({
            "slug": format!("{with}-{number}"), "section": "thong-bao", "title": format!("{with} số {number}"),
            "published_at": "2025-06-30T08:00:00+07:00", "body": [{ "kind": "paragraph", "text": with }],
        });
        std::fs::write(api.join(format!("articles/thong-bao/{with}-{number}.json")), article.to_string())
            .expect("written");
    }
    common::tool("gather", &["api/v1"], folder.path());
    common::tool("build", &["--api", "api/v1", "--out", &root.to_string_lossy()], folder.path());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_index_may_be_replaced_while_a_reader_searches() {
    let host = tempfile::tempdir().expect("a temporary folder");
    common::copy_without_content(&dist(), host.path());
    publish("azimut", host.path());
    let reader = Reader::of(host.path()).await;
    reader.open("/tim-kiem/?q=azimut").await;
    wait_for_count(&reader, "20 kết quả").await;
    // The parts that the open index names are gone; the new entry names others.
    publish("baobab", host.path());
    reader.find(FIELD).await.clear().await.expect("cleared");
    type_into(&reader, FIELD, "baobab so").await;
    wait_for_count(&reader, "20 kết quả").await;
    // Half of a publication: an entry whose parts are not there.
    std::fs::remove_dir_all(host.path().join("search/parts")).expect("removed");
    reader.find(FIELD).await.clear().await.expect("cleared");
    type_into(&reader, FIELD, "cong vien cay xanh").await;
    reader.wait_for("[data-action=reload]").await;
    assert!(reader.find(FIELD).await.is_enabled().await.expect("known"), "the field stays usable");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_of_another_version_is_of_another_release() {
    let host = tempfile::tempdir().expect("a temporary folder");
    common::copy_without_content(&dist(), host.path());
    publish("azimut", host.path());
    // As a host has it whose program a browser still keeps.
    let entry = host.path().join("search/entry.bin");
    let mut bytes = Vec::new();
    let packed = std::fs::read(&entry).expect("an entry");
    ZlibDecoder::new(&*packed).read_to_end(&mut bytes).expect("packed");
    bytes[0] += 1;
    let mut other = ZlibEncoder::new(Vec::new(), Compression::fast());
    other.write_all(&bytes).expect("packed");
    std::fs::write(&entry, other.finish().expect("packed")).expect("written");
    let reader = Reader::of(host.path()).await;
    reader.open("/tim-kiem/?q=azimut").await;
    reader.wait_for("[data-action=reload]").await;
    assert!(reader.text(".found .problem").await.contains("vừa được cập nhật"));
    // Once more for each of the two who ask, the page and its field; then it is said.
    assert!([2, 4].contains(&reader.server.asked("/search/entry.bin")), "{}", reader.server.asked("/search/entry.bin"));
    // The reader looks again when all of it is there.
    std::fs::write(&entry, packed).expect("written");
    type_into(&reader, FIELD, " so").await;
    wait_for_count(&reader, "20 kết quả").await;
    reader.leave().await;
}

/// The files of the index of one kind, all that may be asked for.
fn index_files(kind: char) -> Vec<String> {
    let files = walkdir::WalkDir::new(dist().join("search")).into_iter().map(|entry| entry.expect("readable"));
    files
        .filter(|file| file.file_type().is_file() && file.file_name().to_string_lossy().starts_with(kind))
        .map(|file| format!("/{}", file.path().strip_prefix(dist()).expect("below").display()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_stays_broken_is_told_and_the_field_stays_usable() {
    for kind in ['e', 'm', 'p', 'h'] {
        let reader = Reader::new().await;
        let files = index_files(kind);
        files.iter().for_each(|file| reader.server.answer(file, Answer::Json("broken".to_owned())));
        reader.open("/tim-kiem/?q=khai+mac+hoi+sach").await;
        reader.wait_for(".found .problem [data-action=retry]").await;
        assert!(reader.text(".found .problem").await.contains("Dữ liệu nhận được bị lỗi"), "{kind}");
        files.iter().for_each(|file| reader.server.answer_truly(file));
        assert_eq!(reader.js::<String>("return document.querySelector('#tim-kiem').value").await, "khai mac hoi sach");
        type_into(&reader, FIELD, " thanh xuan").await;
        reader
            .wait_until(&format!("document.querySelector('.hit__title a')?.getAttribute('href') === '{FIRST_HIT}'"))
            .await;
        reader.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_the_index_that_comes_broken_is_fetched_once_more() {
    for kind in ['f', 'd', 't', 'm', 'p', 'h'] {
        let reader = Reader::new().await;
        let files = index_files(kind);
        files.iter().for_each(|file| reader.server.answer(file, Answer::Broken("broken")));
        reader.open("/tim-kiem/?q=khai+mac+hoi+sach").await;
        reader
            .wait_until(&format!("document.querySelector('.hit__title a')?.getAttribute('href') === '{FIRST_HIT}'"))
            .await;
        assert!(files.iter().any(|file| reader.server.asked(file) == 2), "{kind}: {files:?}");
        reader.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_the_index_that_is_lost_on_its_way_is_asked_for_again() {
    for lost in [Answer::Status(503), Answer::Refused, Answer::Torn] {
        let reader = Reader::new().await;
        if reader.engine == Engine::WebKit && matches!(lost, Answer::Torn) {
            // It takes what is cut off for the whole.
            reader.leave().await;
            continue;
        }
        let files: Vec<String> = ['d', 'p', 'h'].into_iter().flat_map(index_files).collect();
        files.iter().for_each(|file| reader.server.answer_times(1, file, lost.clone()));
        reader.open("/tim-kiem/?q=khai+mac+hoi+sach").await;
        let found = format!("document.querySelector('.hit__title a')?.getAttribute('href') === '{FIRST_HIT}'");
        reader.wait_until(&found).await;
        assert!(files.iter().any(|file| reader.server.asked(file) == 2), "{lost:?}");
        reader.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_is_not_read_to_its_end_by_the_search() {
    let reader = Reader::new().await;
    index_files('d').iter().for_each(|file| reader.server.answer(file, Answer::Endless(256 * 1024 * 1024)));
    reader.open("/tim-kiem/?q=khai+mac+hoi+sach").await;
    reader.wait_for(".found .problem").await;
    let sent = reader.server.sent();
    assert!(sent < 200 * 1024 * 1024, "{sent}");
    index_files('d').iter().for_each(|file| reader.server.answer_truly(file));
    reader.click("[data-action=retry]").await;
    reader.wait_for(".hit").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_network_may_be_cut_while_the_real_worker_searches() {
    let reader = Reader::new().await;
    reader.open("/tim-kiem/?q=hoi+sach").await;
    reader.wait_for(".hit").await;
    reader.set_offline(true).await;
    // What was fetched is at hand still.
    reader.find(FIELD).await.clear().await.expect("cleared");
    type_into(&reader, FIELD, "hoi sach").await;
    wait_for_count(&reader, "kết quả").await;
    reader.find(FIELD).await.clear().await.expect("cleared");
    type_into(&reader, FIELD, "cong vien cay xanh").await;
    reader.wait_until("document.querySelector('.found .problem')?.innerText.includes('không có mạng')").await;
    reader.set_offline(false).await;
    reader.wait_for(".hit").await;
    assert!(reader.js::<bool>("return document.activeElement.id === 'tim-kiem'").await, "the field is kept");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_worker_finds_an_undated_page() {
    let reader = Reader::new().await;
    reader.open("/tim-kiem/?q=li%C3%AAn+h%E1%BB%87").await;
    reader.wait_for(".hit__title a[href='/lien-he/']").await;
    assert!(reader.js::<bool>("return !document.querySelector(\".hit:has([href='/lien-he/']) .hit__date\")").await);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_program_that_is_blocked_leaves_the_field_and_another_try() {
    let wasm = std::fs::read_dir(dist()).expect("a build").map(|file| file.expect("readable").file_name());
    let wasm = wasm
        .map(|name| name.to_string_lossy().into_owned())
        .find(|name| name.starts_with("search-") && name.ends_with(".wasm"));
    let wasm = format!("/{}", wasm.expect("the build has the search program"));
    for status in [503, 404] {
        let reader = Reader::new().await;
        reader.server.answer(&wasm, Answer::Status(status));
        reader.open("/tim-kiem/?q=hoi+sach").await;
        reader.wait_for(".found .problem [data-action=retry]").await;
        reader.server.answer_truly(&wasm);
        reader.click("[data-action=retry]").await;
        reader.wait_for(".hit").await;
        reader.leave().await;
    }
}
