//! Moving about: links, Back, focus, title, scroll position, menus and keys.

use crate::harness::{Answer, Reader, leave_out_on, only_on_chromium, wasm};
use serde_json::json;
use std::path::Path;
use thirtyfour::prelude::*;

/// So many pages are kept to go back to.
const MOST_KEPT: usize = 20;

const INTERVIEW: &str = "/chinh-tri-kinh-te-do-thi/phong-van-bi-thu-quan-uy-hai-khau-dot-pha/";

const GUIDE: &str = "/chinh-tri-kinh-te-do-thi/cam-nang-thong-tin-cach-doc-va-su-dung-cong/";

const PLACE_OF_SIXTH: &str =
    "return document.querySelector('.teasers li:nth-child(6) .teaser__title').getBoundingClientRect().top";

#[tokio::test(flavor = "multi_thread")]
async fn a_deep_link_shows_the_article() {
    let reader = Reader::new().await;
    reader.open(INTERVIEW).await;
    reader.wait_for_heading("Phỏng vấn").await;
    let facts = reader.text(".article__facts").await;
    assert!(facts.contains("Ngày đăng 10/10/2020 | 17:00"), "{facts}");
    assert!(facts.contains("Lượt xem: 55") && facts.contains("Nguồn: HNM"), "{facts}");
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('h1').length").await, 1);
    let caption = reader.text(".figure__caption").await;
    assert_eq!(caption, "Một góc Công viên Thanh Xuân");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_changes_page_title_address_and_focus_without_loading_the_document() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.wait_for(".lead-stories").await;
    reader.js::<()>("window.same = true").await;
    let title: String = reader.text(".top-story__title").await;
    reader.click(".top-story__title a").await;
    reader.wait_for_heading(&title).await;
    reader.wait_until("document.title.startsWith(document.querySelector('h1').textContent)").await;
    assert!(reader.js::<bool>("return window.same === true").await, "the document was loaded again");
    assert!(reader.address().await.ends_with('/'));
    reader.wait_until("document.activeElement === document.querySelector('main h1')").await;
    assert_eq!(reader.js::<f64>("return scrollY").await, 0.0);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_announced_once() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader
        .js::<()>(
            "window.announced = [];
             new MutationObserver((changes) => announced.push(...changes.flatMap(it => [...it.addedNodes].map(node => node.data))))
               .observe(document.getElementById('thong-bao-trang'), { childList: true, characterData: true, subtree: true })",
        )
        .await;
    let mut titles: Vec<String> = Vec::new();
    for step in [".navigation__link[href='/tin-tuc-su-kien/']", ".teaser__title a", "back", "forward", "back"] {
        let before: String = reader.js("return document.title").await;
        match step {
            "back" => reader.driver.back().await.expect("goes back"),
            "forward" => reader.driver.forward().await.expect("goes forward"),
            link => reader.click_in_place(link).await,
        }
        reader.wait_until(&format!("document.title !== {}", json!(before))).await;
        titles.push(reader.js("return document.title").await);
        reader.wait_until(&format!("announced.length >= {}", titles.len())).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(reader.js::<Vec<String>>("return announced").await, titles);
    reader.leave().await;
}

/// Goes from a list to an article and back; what the reader saw must stand where they saw it.
async fn comes_back_to_where_it_was(follow: &str) {
    let reader = Reader::new().await;
    reader.open("/tin-tuc-su-kien/").await;
    reader.wait_for(".teasers").await;
    reader.scroll_to(900).await;
    let title: String = reader.text(".teasers li:nth-child(6) .teaser__title").await;
    let seen: f64 = reader.js(PLACE_OF_SIXTH).await;
    if follow.is_empty() {
        reader.click_in_place(".teasers li:nth-child(6) a").await;
    } else {
        reader.js::<()>(follow).await;
    }
    reader.wait_for_heading(&title).await;
    reader.wait_until("scrollY === 0").await;
    reader.driver.back().await.expect("goes back");
    reader.wait_for_heading("Tin tức - Sự kiện").await;
    reader.wait_until("Math.abs(scrollY - 900) < 2").await;
    let place: f64 = reader.js(PLACE_OF_SIXTH).await;
    assert!((place - seen).abs() < 2.0, "it stood at {seen}, now at {place}");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_restores_the_page_and_where_it_was_scrolled_to() {
    comes_back_to_where_it_was("").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_from_another_document_restores_where_the_page_was_scrolled_to() {
    comes_back_to_where_it_was("location.href = document.querySelector('.teasers li:nth-child(6) a').href").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forward_to_a_page_that_was_never_scrolled_shows_its_top() {
    let reader = Reader::new().await;
    reader.open("/tin-tuc-su-kien/").await;
    reader.wait_for("html[data-running]").await;
    reader.click_in_place(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.driver.back().await.expect("goes back");
    reader.wait_for_heading("Tin tức - Sự kiện").await;
    reader.scroll_to(500).await;
    reader.driver.forward().await.expect("goes forward");
    reader.wait_for_heading("Liên hệ").await;
    reader.wait_until("document.activeElement === document.querySelector('main h1')").await;
    assert_eq!(reader.js::<f64>("return scrollY").await, 0.0);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_loaded_again_stays_where_it_was_scrolled_to() {
    let reader = Reader::new().await;
    reader.open("/tin-tuc-su-kien/").await;
    reader.wait_for(".teasers").await;
    reader.scroll_to(900).await;
    reader.driver.refresh().await.expect("loads again");
    reader.wait_for("html[data-running]").await;
    reader.wait_until("Math.abs(scrollY - 900) < 2").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_left_by_way_of_another_one_is_where_it_was_two_steps_back() {
    leave_out_on!(Firefox, "two steps back in one lead its driver one step back");
    let reader = Reader::new().await;
    reader.open("/tin-tuc-su-kien/").await;
    reader.wait_for(".teasers").await;
    reader.scroll_to(900).await;
    // The document is loaded anew.
    reader.click_in_place(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.js::<()>("location.href = '/thong-bao/'").await;
    reader.wait_for_heading("Thông báo").await;
    reader.js::<()>("history.go(-2)").await;
    reader.wait_for_heading("Tin tức - Sự kiện").await;
    reader.wait_until("Math.abs(scrollY - 900) < 2").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_too_long_ago_to_be_kept_comes_back_to_where_it_was() {
    leave_out_on!(Firefox, "many steps back in one lead its driver one step back");
    let reader = Reader::new().await;
    reader.open("/tin-tuc-su-kien/").await;
    reader.wait_for(".teasers").await;
    reader.scroll_to(900).await;
    // Nodes of a page that is kept keep what is put on them.
    reader.js::<()>("document.querySelector('.teasers').isKept = true").await;
    let mut others = Vec::new();
    for section in ["chinh-tri-kinh-te-do-thi", "van-hoa-xa-hoi"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/api/v1/articles").join(section);
        let names = std::fs::read_dir(folder).expect("the sample").map(|file| file.expect("readable").file_name());
        others.extend(names.filter_map(|name| Some(format!("/{section}/{}/", name.to_str()?.strip_suffix(".json")?))));
    }
    assert!(others.len() > MOST_KEPT);
    for address in &others {
        reader.follow(address).await;
        reader.wait_until(&format!("location.pathname === '{address}' && !!document.querySelector('main h1')")).await;
    }
    reader.js::<()>(&format!("history.go(-{})", others.len())).await;
    reader.wait_for_heading("Tin tức - Sự kiện").await;
    reader.wait_until("Math.abs(scrollY - 900) < 2").await;
    assert!(reader.js::<bool>("return !document.querySelector('.teasers').isKept").await, "the page was still kept");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forward_and_back_follow_the_history() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.wait_for(".lead-stories").await;
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for_heading("Thông báo").await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.driver.back().await.expect("goes back");
    reader.wait_for_heading("Thông báo").await;
    assert_eq!(reader.address().await, "/thong-bao/");
    reader.driver.forward().await.expect("goes forward");
    reader.wait_for_heading("Liên hệ").await;
    assert_eq!(reader.address().await, "/lien-he/");
    // From there links lead on as from any page.
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for_heading("Thông báo").await;
    assert_eq!(reader.address().await, "/thong-bao/");
    reader.driver.back().await.expect("goes back");
    reader.wait_for_heading("Liên hệ").await;
    reader.js::<()>("history.go(-2)").await;
    reader.wait_until("location.pathname === '/'").await;
    reader.wait_for(".lead-stories").await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert_eq!(reader.address().await, "/lien-he/");
    reader.driver.back().await.expect("goes back");
    reader.wait_for(".lead-stories").await;
    assert_eq!(reader.address().await, "/");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_the_page_shown_leads_to_its_top_and_no_entry_is_added() {
    let reader = Reader::new().await;
    reader.open("/thong-bao/").await;
    let entries: usize = reader.js("return history.length").await;
    reader.scroll_to(300).await;
    reader.click_in_place(".navigation__link[href='/thong-bao/']").await;
    reader.wait_until("scrollY === 0").await;
    assert_eq!(reader.js::<usize>("return history.length").await, entries);
    assert_eq!(reader.server.asked("/api/v1/sections/thong-bao.json"), 0);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_from_a_place_on_a_page_leads_to_where_the_reader_was() {
    let reader = Reader::new().await;
    reader.open(GUIDE).await;
    reader
        .js::<()>(
            "const heading = [...document.querySelectorAll('main [id^=muc-]')].pop();
             document.querySelector('.breadcrumbs').insertAdjacentHTML('beforeend', `<a id='to-place' href='#${heading.id}'>x</a>`);
             window.place = heading",
        )
        .await;
    for _ in 0..2 {
        reader.scroll_to(200).await;
        reader.click_in_place("#to-place").await;
        reader.wait_until("location.hash && Math.abs(place.getBoundingClientRect().top) < 100 && scrollY > 400").await;
        reader.wait_until("history.state > 400").await;
        reader.driver.back().await.expect("goes back");
        reader.wait_until("!location.hash && Math.abs(scrollY - 200) < 2").await;
        reader.driver.forward().await.expect("goes forward");
        reader.wait_until("location.hash && Math.abs(place.getBoundingClientRect().top) < 100").await;
        // Once more after a way through the history.
        reader.driver.back().await.expect("goes back");
        reader.wait_until("!location.hash").await;
    }
    assert_eq!(reader.text("main h1").await, reader.js::<String>("return document.title.split(' – ')[0]").await);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_a_place_on_another_page_leads_there() {
    let reader = Reader::new().await;
    reader.open("/thong-bao/").await;
    reader.js::<()>(&format!("document.querySelector('.breadcrumbs a').href = '{GUIDE}#muc-hoi-va-dap'")).await;
    reader.click_in_place(".breadcrumbs a").await;
    reader.wait_for_heading("Cẩm nang").await;
    reader.wait_until("location.hash === '#muc-hoi-va-dap'").await;
    reader.wait_until("Math.abs(document.getElementById('muc-hoi-va-dap').getBoundingClientRect().top) < 100").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_current_place_is_marked_in_the_navigation() {
    let reader = Reader::new().await;
    reader.open("/thong-bao/").await;
    reader.wait_for_heading("Thông báo").await;
    let marked = "return [...document.querySelectorAll('.navigation [aria-current]')]
                         .map(a => a.textContent + ' ' + a.getAttribute('aria-current'))";
    assert_eq!(reader.js::<Vec<String>>(marked).await, ["Thông báo page"]);
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.wait_until("document.querySelector('.navigation [aria-current=page]').textContent === 'Liên hệ'").await;
    assert_eq!(reader.js::<Vec<String>>(marked).await, ["Liên hệ page"]);
    // An article is in its section, but is not the section's page.
    reader.driver.back().await.expect("goes back");
    reader.wait_for(".teasers").await;
    reader.click(".teaser__title a").await;
    reader.wait_for(".article__facts").await;
    reader.wait_until("document.querySelector('.navigation [aria-current=true]')").await;
    assert_eq!(reader.js::<Vec<String>>(marked).await, ["Thông báo true"]);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_after_the_reader_moved_on_is_dropped() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.wait_for(".lead-stories").await;
    reader.server.answer("/api/v1/sections/thong-bao.json", Answer::Late(1500));
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    tokio::time::sleep(std::time::Duration::from_millis(1800)).await;
    assert_eq!(reader.text("h1").await, "Liên hệ");
    assert_eq!(reader.address().await, "/lien-he/");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_skip_link_is_first_and_moves_the_focus() {
    let reader = Reader::new().await;
    reader.open("/thong-bao/").await;
    reader.wait_for_heading("Thông báo").await;
    for _ in 0..2 {
        reader
            .js::<()>("document.activeElement.blur(); document.getSelection().removeAllRanges(); scrollTo(0, 0)")
            .await;
        reader.js::<()>("document.querySelector('.skip-link').focus()").await;
        assert_eq!(reader.js::<String>("return document.activeElement.textContent").await, "Truy cập nội dung luôn");
        reader.press(Key::Enter).await;
        reader.wait_until("document.activeElement.id === 'noi-dung'").await;
        // And once more after a navigation.
        reader.click_in_place(".navigation a[href='/lien-he/']").await;
        reader.wait_for_heading("Liên hệ").await;
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_works_by_keyboard_on_a_narrow_screen() {
    let reader = Reader::new().await;
    reader.resize(320, 640).await;
    reader.open("/").await;
    reader.wait_for(".lead-stories").await;
    assert!(!reader.find(".navigation__submenu").await.is_displayed().await.expect("known"));
    for _ in 0..8 {
        reader.press(Key::Tab).await;
        if reader.js::<bool>("return document.activeElement.matches('.navigation__button')").await {
            break;
        }
    }
    reader.press(Key::Enter).await;
    reader.wait_until("document.querySelector('.navigation__drawer').open").await;
    assert!(reader.find(".navigation__submenu").await.is_displayed().await.expect("known"));
    // Into the first submenu, open it, reach its first entry.
    reader.press(Key::Tab).await;
    reader.press(Key::Enter).await;
    reader.wait_until("document.querySelector('.navigation__submenu').open").await;
    reader.press(Key::Tab).await;
    assert_eq!(reader.js::<String>("return document.activeElement.textContent").await, "Giới thiệu");
    // Escape closes the submenu, then the drawer, and the focus goes back to the button each time.
    reader.press(Key::Escape).await;
    reader.wait_until("!document.querySelector('.navigation__submenu').open").await;
    assert_eq!(reader.js::<String>("return document.activeElement.textContent").await, "Tổng quan");
    reader.press(Key::Escape).await;
    reader.wait_until("!document.querySelector('.navigation__drawer').open").await;
    assert_eq!(reader.js::<String>("return document.activeElement.textContent").await, "Danh mục");
    // Following a link closes the drawer.
    reader.press(Key::Enter).await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.wait_until("!document.querySelector('.navigation__drawer').open").await;
    reader.leave().await;
}

/// Taps the middle of an element.
async fn tap(reader: &Reader, selector: &str) {
    let middle = format!(
        "const element = document.querySelector({selector:?});
         element.scrollIntoView({{ block: 'center', behavior: 'instant' }});
         const box = element.getBoundingClientRect();
         return [box.x + box.width / 2, box.y + box.height / 2]"
    );
    let (x, y): (f64, f64) = reader.js(&middle).await;
    for (kind, points) in [("touchStart", json!([{ "x": x, "y": y }])), ("touchEnd", json!([]))] {
        reader.devtools("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_navigation_works_by_touch_in_the_drawer_and_in_the_bar() {
    only_on_chromium!("touches");
    for width in [390, 1280] {
        let reader = Reader::new().await;
        reader.resize(width, 800).await;
        reader.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
        reader.open("/").await;
        reader.wait_for(".lead-stories").await;
        if width == 390 {
            tap(&reader, ".navigation__button").await;
            reader.wait_until("document.querySelector('.navigation__drawer').open").await;
        }
        tap(&reader, ".navigation__submenu .navigation__more").await;
        reader.wait_until("document.querySelector('.navigation__submenu').open").await;
        // A tap beside it closes the menu of the bar.
        if width == 1280 {
            tap(&reader, ".lead-stories h2").await;
            reader.wait_until("!document.querySelector('.navigation__submenu').open").await;
            tap(&reader, ".navigation__submenu .navigation__more").await;
            reader.wait_until("document.querySelector('.navigation__submenu').open").await;
        }
        tap(&reader, ".navigation__submenu[open] a[href='/gioi-thieu/']").await;
        reader.wait_for_heading("Giới thiệu").await;
        reader.wait_until("!document.querySelector('.navigation__drawer').open").await;
        reader.wait_until("!document.querySelector('.navigation__submenu').open").await;
        reader.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_level_is_one_row_on_a_narrow_screen_and_stays_where_it_was_pushed() {
    let reader = Reader::new().await;
    reader.resize(320, 640).await;
    reader.open("/").await;
    reader.wait_for(".lead-stories").await;
    let height: f64 = reader.js("return document.querySelector('.navigation__panel').offsetHeight").await;
    assert!(height < 60.0, "{height} px high");
    reader.js::<()>("document.querySelector('.navigation__panel').scrollLeft = 1000").await;
    let pushed = "return document.querySelector('.navigation__panel').scrollLeft";
    let before: f64 = reader.js(pushed).await;
    assert!(before > 0.0);
    reader.click_in_place(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert_eq!(reader.js::<f64>(pushed).await, before);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn submenus_open_by_mouse_one_at_a_time_and_close_outside() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.wait_for(".lead-stories").await;
    let open = "return document.querySelectorAll('.navigation__submenu[open]').length";
    reader.click(".navigation__entry:nth-child(1) summary").await;
    assert!(reader.find("a[href='/gioi-thieu/'].navigation__sublink").await.is_displayed().await.expect("known"));
    reader.click(".navigation__entry:nth-child(2) summary").await;
    assert_eq!(reader.js::<usize>(open).await, 1);
    reader.click("main").await;
    assert_eq!(reader.js::<usize>(open).await, 0);
    // Escape closes a menu without taking the focus from where the reader is.
    reader.click(".navigation__entry:nth-child(1) summary").await;
    reader.js::<()>("document.querySelector('.footer a').focus()").await;
    assert_eq!(reader.js::<usize>(open).await, 0, "the focus has left the menu");
    reader.press(Key::Escape).await;
    assert!(reader.js::<bool>("return document.activeElement.matches('.footer a')").await);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_scrolls_sideways_on_a_narrow_screen() {
    let reader = Reader::new().await;
    reader.resize(320, 640).await;
    for path in ["/", "/tin-tuc-su-kien/", INTERVIEW, GUIDE, "/co-cau-to-chuc/", "/so-do-trang/", "/khong-co/"] {
        reader.open(path).await;
        reader.wait_for("main h1").await;
        let width: u32 = reader.js("return document.documentElement.scrollWidth").await;
        assert!(width <= 320, "{path} is {width} px wide");
    }
    reader.leave().await;
}

/// What reaches for a link, by pointer, focus or finger; and the page it leads to.
const REACHES: [(&str, &str); 3] = [
    ("pointerover", "/api/v1/pages/lien-he.json"),
    ("focusin", "/api/v1/pages/gioi-thieu.json"),
    ("touchstart", "/api/v1/sections/thong-bao.json"),
];

/// The address that shows a document.
fn page_of(document: &str) -> String {
    format!("/{}/", document.rsplit('/').next().expect("a name").trim_end_matches(".json"))
}

/// Reaches for the first link to a page in one way.
async fn reach(reader: &Reader, way: &str, path: &str) {
    let script =
        format!("document.querySelector(`a[href='{path}']`).dispatchEvent(new Event('{way}', {{ bubbles: true }}))");
    reader.js::<()>(&script).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_reader_reaches_for_is_fetched_ahead_in_every_way() {
    let reader = Reader::new().await;
    reader.open("/").await;
    for (way, document) in REACHES {
        assert_eq!(reader.server.asked(document), 0, "{document}");
        reach(&reader, way, &page_of(document)).await;
        reader.wait_until_server(way, |server| server.asked(document) == 1).await;
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_who_saves_data_gets_only_what_they_ask_for() {
    let reader = Reader::new().await;
    reader.server.run_first("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })");
    reader.server.answer(&wasm(), Answer::Late(1500));
    reader.open_early("/").await;
    for is_running in [false, true] {
        if is_running {
            reader.wait_for("html[data-running]").await;
        }
        for (way, document) in REACHES {
            reach(&reader, way, &page_of(document)).await;
        }
    }
    // What was not fetched ahead is fetched now, once.
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    let asked = |(_, document): (&str, &str)| {
        let part = format!("{}main.txt", page_of(document));
        (reader.server.asked(document), reader.server.asked(&part))
    };
    assert_eq!(REACHES.map(asked), [(1, 0), (0, 0), (0, 0)]);
    reader.leave().await;
}
