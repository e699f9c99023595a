//! The program takes over a page that is already being read: late, blocked or broken, it must not take anything away.

use crate::harness::{Answer, Engine, KINDS, Reader, dist, fault, only_on_chromium, start_script, wasm};
use serde_json::json;
use thirtyfour::prelude::*;

const GUIDE: &str = "/chinh-tri-kinh-te-do-thi/cam-nang-thong-tin-cach-doc-va-su-dung-cong/";
const GUIDE_DOCUMENT: &str =
    "/api/v1/articles/chinh-tri-kinh-te-do-thi/cam-nang-thong-tin-cach-doc-va-su-dung-cong.json";
/// What the page of contact has of its own.
const PART: &str = "/lien-he/main.txt";

async fn reading_while_the_program_is_late() -> Reader {
    let reader = Reader::new().await;
    reader.server.answer(&wasm(), Answer::Late(2500));
    reader.open_early(GUIDE).await;
    reader.wait_for_heading("Cẩm nang").await;
    assert!(!reader.js::<bool>("return document.documentElement.hasAttribute('data-running')").await);
    reader
}

async fn reading_without_the_program(page: &str, heading: &str) -> Reader {
    let reader = Reader::new().await;
    reader.server.answer(&wasm(), Answer::Never);
    reader.open_early(page).await;
    reader.wait_for_heading(heading).await;
    // Is gone with its document.
    reader.js::<()>("window.same = true").await;
    reader
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_the_reader_did_before_is_lost() {
    let reader = reading_while_the_program_is_late().await;
    reader
        .js::<()>(
            "const field = document.createElement('input'); field.id = 'typed'; document.querySelector('.header__inner').append(field);
             window.nodes = [...document.querySelectorAll('main *')];",
        )
        .await;
    reader.find("#typed").await.send_keys("duong le van luong").await.expect("typed");
    reader.click(".navigation__entry:nth-child(2) summary").await;
    reader.js::<()>("scrollTo(0, 1200); document.querySelector('audio').play().catch(() => {})").await;
    reader.js::<()>("const range = document.createRange(); range.selectNodeContents(document.querySelector('.body p')); getSelection().addRange(range)").await;
    reader.js::<()>("document.querySelector('.body a').focus({ preventScroll: true })").await;
    let selected: String = reader.js("return getSelection().toString()").await;
    // From here on only the program acts.
    reader
        .js::<()>(
            "new PerformanceObserver(list => { for (const e of list.getEntries()) window.shift = (window.shift || 0) + e.value })
               .observe({ type: 'layout-shift' })",
        )
        .await;
    reader.wait_for("html[data-running]").await;
    assert_eq!(reader.js::<String>("return document.querySelector('#typed').value").await, "duong le van luong");
    assert!(reader.js::<bool>("return document.querySelector('.navigation__entry:nth-child(2) details').open").await);
    assert_eq!(reader.js::<f64>("return scrollY").await, 1200.0);
    assert_eq!(reader.js::<String>("return getSelection().toString()").await, selected);
    assert!(reader.js::<bool>("return document.activeElement === document.querySelector('.body a')").await);
    assert!(reader.js::<bool>("return !document.querySelector('audio').paused").await, "the recording plays on");
    assert!(
        reader.js::<bool>("return window.nodes.every(node => node.isConnected)").await,
        "the page was not built again"
    );
    assert_eq!(reader.js::<f64>("return window.shift || 0").await, 0.0);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_arrives_in_pieces_does_not_jump() {
    only_on_chromium!("layout shifts");
    let reader = Reader::new().await;
    let page = std::fs::read_to_string(dist().join(format!("{}index.html", &GUIDE[1..]))).expect("a finished page");
    // Within the header, where each part has its place beside the others, and then within the text.
    let ends = [
        "<form class=\"quick",
        "<summary class=\"settings",
        "<summary class=\"navigation__button",
        "<main",
        "<summary class=\"tool",
        "<p>",
    ];
    let mut rest = page.as_str();
    let mut pieces: Vec<String> = Vec::new();
    for end in ends {
        let (piece, after) = rest.split_at(rest.find(end).expect("a part of each page"));
        pieces.push(piece.to_owned());
        rest = after;
    }
    pieces.push(rest.to_owned());
    reader.server.answer(GUIDE, Answer::Pieces(pieces));
    reader.open(GUIDE).await;
    let moved = "const [done] = arguments;
                 const told = shift => shift.sources.map(({ node }) => `${node?.nodeName}.${node?.className} at ${shift.startTime}`);
                 new PerformanceObserver(list => done(list.getEntries().flatMap(told))).observe({ type: 'layout-shift', buffered: true });
                 setTimeout(() => done([]), 300)";
    let moved = reader.driver.execute_async(moved, Vec::new()).await.expect("the browser tells");
    assert_eq!(moved.convert::<Vec<String>>().expect("what has moved"), Vec::<String>::new());
    // What comes after the header is not waited for: three pieces, a third of a second each.
    let waited = "const [paint] = performance.getEntriesByName('first-contentful-paint');
                  return performance.getEntriesByType('navigation')[0].responseEnd - paint.startTime";
    assert!(reader.js::<f64>(waited).await > 500.0);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_is_not_asked_for_a_second_time() {
    let reader = Reader::new().await;
    reader.open(GUIDE).await;
    reader.wait_for(".visits__list").await;
    assert_eq!(reader.server.asked(GUIDE_DOCUMENT), 0);
    assert_eq!(reader.server.asked("/api/v1/site.json"), 0);
    // And going away and back does not ask either.
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.driver.back().await.expect("goes back");
    reader.wait_for_heading("Cẩm nang").await;
    assert_eq!(reader.server.asked(GUIDE_DOCUMENT), 0);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_followed_before_the_program_arrives_leads_on_without_a_new_document() {
    let reader = reading_while_the_program_is_late().await;
    reader.js::<()>("window.same = true").await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert!(reader.js::<bool>("return window.same && !document.documentElement.hasAttribute('data-running')").await);
    assert_eq!(reader.address().await, "/lien-he/");
    assert!(reader.js::<bool>("return document.title.startsWith('Liên hệ') && scrollY === 0").await);
    assert!(reader.js::<bool>("return document.activeElement === document.querySelector('main h1')").await);
    let marked = "return document.querySelector('.navigation [aria-current]').textContent";
    assert_eq!(reader.js::<String>(marked).await, "Liên hệ");
    // The program takes the page over as it is, and the way back is there.
    reader.wait_for("html[data-running]").await;
    assert_eq!(reader.text("main h1").await, "Liên hệ");
    assert_eq!(reader.server.asked("/api/v1/pages/lien-he.json"), 0);
    reader.driver.back().await.expect("goes back");
    reader.wait_for_heading("Cẩm nang").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_passed_before_the_program_arrives_is_there_at_once() {
    let reader = reading_without_the_program(GUIDE, "Cẩm nang").await;
    let shown = "const count = (selector) => document.querySelectorAll(selector).length;
                 return JSON.stringify([document.title, count('link[rel=canonical]'), count('link[rel=alternate]'),
                   count('meta[name=description]'), count('main .teasers > *')])";
    let mut seen = Vec::new();
    for (page, heading) in [("/thong-bao/", "Thông báo"), ("/lien-he/", "Liên hệ"), ("/thong-bao/", "Thông báo")]
    {
        reader.click(&format!(".navigation__link[href='{page}']")).await;
        reader.wait_for_heading(heading).await;
        if page == "/thong-bao/" {
            // What is further down follows.
            reader.wait_until("document.querySelectorAll('main .teasers > *').length > 4").await;
            seen.push(reader.js::<String>(shown).await);
        }
    }
    assert_eq!(seen[0], seen[1], "it is whole again");
    assert_eq!(reader.server.asked("/thong-bao/main.txt"), 1);
    // What the device has saved is asked for anew.
    let part = std::fs::read_to_string(dist().join("lien-he/main.txt")).expect("the build has it");
    let part = part.replacen("<html ", "<html data-saved=\"1751270400000\" ", 1);
    reader.server.answer("/gioi-thieu/main.txt", Answer::Pieces(vec![part]));
    for (page, heading) in [("/gioi-thieu/", "Liên hệ"), ("/thong-bao/", "Thông báo"), ("/gioi-thieu/", "Liên hệ")]
    {
        reader.js::<()>(&format!("document.querySelector(\"a[href='{page}']\").click()")).await;
        reader.wait_for_heading(heading).await;
    }
    assert_eq!(reader.server.asked("/gioi-thieu/main.txt"), 2);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_reached_from_one_that_is_missing_is_taken_over_as_it_is() {
    let reader = Reader::new().await;
    reader.server.answer(&wasm(), Answer::Late(6000));
    reader.open_early("/khong-co-gi/o-day/").await;
    reader.wait_for_heading("Không tìm thấy trang").await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.js::<()>("window.heading = document.querySelector('main h1')").await;
    reader.wait_for("html[data-running]").await;
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for_heading("Thông báo").await;
    reader.driver.back().await.expect("goes back");
    reader.wait_for_heading("Liên hệ").await;
    assert!(reader.js::<bool>("return window.heading.isConnected").await, "the page was built again");
    assert_eq!(reader.server.asked("/api/v1/pages/lien-he.json"), 0);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn escape_closes_a_menu_before_the_program_arrives() {
    let reader = reading_while_the_program_is_late().await;
    reader.server.answer(&wasm(), Answer::Never);
    reader.click(".settings__button").await;
    reader.press(Key::Tab).await;
    reader.press(Key::Escape).await;
    reader.wait_until("!document.querySelector('.settings').open").await;
    assert!(reader.js::<bool>("return document.activeElement.matches('.settings__button')").await);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_was_asked_for_before_the_program_arrives_is_drawn_then() {
    let reader = reading_while_the_program_is_late().await;
    reader.click(".share > summary").await;
    reader.wait_for(".share[open] .share__code svg").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_is_there_at_once_before_the_program_arrives() {
    let reader = reading_without_the_program(GUIDE, "Cẩm nang").await;
    let shown = "return [...document.querySelectorAll(`title, link[rel=canonical], link[rel=alternate], main h1,
                   meta[name=description], meta[name=robots], .navigation a[aria-current]`)].map(part => part.outerHTML).sort()";
    let before: Vec<String> = reader.js(shown).await;
    reader.js::<()>("scrollTo(0, 1200); document.querySelector('.body').dataset.was = 'here'").await;
    reader.click_in_place(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.driver.back().await.expect("goes back");
    reader.wait_for_heading("Cẩm nang").await;
    assert_eq!(reader.address().await, GUIDE);
    assert_eq!(reader.js::<Vec<String>>(shown).await, before);
    reader.wait_until("scrollY === 1200 && document.activeElement === document.querySelector('main h1')").await;
    assert!(reader.js::<bool>("return window.same && document.querySelector('.body').dataset.was === 'here'").await);
    assert_eq!(reader.server.asked(GUIDE), 1);
    assert!(!reader.js::<bool>("return document.documentElement.hasAttribute('data-running')").await);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_back_before_the_program_arrives_no_longer_waits_for_what_was_on_its_way() {
    let reader = reading_without_the_program(GUIDE, "Cẩm nang").await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.server.answer("/thong-bao/main.txt", Answer::Late(3000));
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for(".pending--active").await;
    reader.driver.back().await.expect("goes back");
    reader.wait_for_heading("Cẩm nang").await;
    assert!(!reader.js::<bool>("return !!document.querySelector('.pending--active')").await);
    let has_come = "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/thong-bao/main.txt'))";
    reader.wait_until(has_come).await;
    // Long enough to be put in place.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(reader.address().await, GUIDE);
    assert!(reader.text("main h1").await.starts_with("Cẩm nang"));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_to_a_page_that_is_missing_is_the_browsers() {
    let reader = reading_without_the_program("/khong-co-gi/o-day/", "Không tìm thấy trang").await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert!(reader.js::<bool>("return window.same").await);
    reader.driver.back().await.expect("goes back");
    reader.wait_for_heading("Không tìm thấy trang").await;
    reader.wait_until("!window.same && document.documentElement.dataset.shows !== 'page'").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_back_and_forward_shows_its_page_without_the_program() {
    let reader = reading_without_the_program(GUIDE, "Cẩm nang").await;
    for (page, heading) in [("/lien-he/", "Liên hệ"), ("/thong-bao/", "Thông báo")] {
        reader.click(&format!(".navigation__link[href='{page}']")).await;
        reader.wait_for_heading(heading).await;
    }
    for is_same in [true, false] {
        for heading in ["Liên hệ", "Cẩm nang"] {
            reader.driver.back().await.expect("goes back");
            reader.wait_for_heading(heading).await;
        }
        assert_eq!(reader.address().await, GUIDE);
        for heading in ["Liên hệ", "Thông báo"] {
            reader.driver.forward().await.expect("goes forward");
            reader.wait_for_heading(heading).await;
        }
        assert_eq!(reader.js::<bool>("return !!window.same").await, is_same);
        // A new document knows nothing of what was passed before it.
        reader.driver.refresh().await.expect("loads it again");
        reader.wait_for_heading("Thông báo").await;
        reader.js::<()>("window.same = true").await;
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_the_page_stays_before_the_program_arrives() {
    let reader = Reader::new().await;
    reader.server.answer(&wasm(), Answer::Never);
    reader.open_early(GUIDE).await;
    reader.set_offline(true).await;
    reader.click_in_place(".navigation__link[href='/lien-he/']").await;
    reader.wait_for(".pending--offline").await;
    // Not every engine tells what the attribute resolves to.
    let said = "const pending = document.querySelector('.pending--offline');
                return [getComputedStyle(pending, '::before').content, pending.dataset.offline].join(' ')";
    let said: String = reader.js(said).await;
    assert!(said.contains("không có mạng") && !said.starts_with("none"), "{said}");
    reader.wait_until("document.getElementById('thong-bao-trang').textContent.includes('không có mạng')").await;
    assert_eq!((reader.address().await.as_str(), reader.text("h1").await.contains("Cẩm nang")), (GUIDE, true));
    reader.screenshot("offline-early").await;
    // It goes by Escape, and when the network is back.
    let leads = ".navigation__link[href='/lien-he/']";
    reader.press(Key::Escape).await;
    reader.wait_until("!document.querySelector('.pending--offline')").await;
    reader.click_in_place(leads).await;
    reader.wait_for(".pending--offline").await;
    reader.js::<()>("dispatchEvent(new Event('online'))").await;
    reader.wait_until("!document.querySelector('.pending--offline')").await;
    reader.set_offline(false).await;
    reader.click_in_place(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_finished_page_is_left_to_the_browser() {
    let reader = reading_while_the_program_is_late().await;
    reader.js::<()>("window.same = true; document.querySelector('.breadcrumbs a').href = '/khong-co-gi/o-day/'").await;
    reader.click_in_place(".breadcrumbs a").await;
    reader.wait_for_heading("Không tìm thấy trang").await;
    assert!(reader.js::<bool>("return window.same === undefined").await);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_release_is_not_put_into_the_frame_of_this_one() {
    for name in ["main.txt", "index.html"] {
        let page = std::fs::read_to_string(dist().join("lien-he").join(name)).expect("the build has it");
        assert_eq!(page.matches(" data-release=\"").count(), 1, "{name}");
        let page = page.replace(" data-release=\"", " data-release=\"moi");
        let reader = reading_while_the_program_is_late().await;
        reader.server.answer(PART, if name == "main.txt" { Answer::Page(page.clone()) } else { Answer::Status(404) });
        if name == "index.html" {
            reader.server.answer("/lien-he/", Answer::Page(page));
        }
        reader.js::<()>("window.same = true").await;
        reader.click(".navigation__link[href='/lien-he/']").await;
        reader.wait_for_heading("Liên hệ").await;
        assert!(reader.js::<bool>("return window.same === undefined").await, "{name}");
        reader.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_ends_early_is_left_to_the_browser() {
    let page = std::fs::read_to_string(dist().join("lien-he/main.txt")).expect("the build has it");
    let end = page.rfind("</main>").expect("where its content ends") / 2;
    let half: String = page.char_indices().take_while(|(at, _)| *at < end).map(|(_, c)| c).collect();
    let reader = reading_while_the_program_is_late().await;
    reader.server.answer(PART, Answer::Page(half));
    reader.js::<()>("window.same = true").await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert!(reader.js::<bool>("return window.same === undefined").await);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_has_of_its_own_comes_from_the_page_where_its_smaller_file_does_not() {
    for answer in [Answer::Status(404), Answer::Status(503), Answer::Refused] {
        let reader = reading_while_the_program_is_late().await;
        reader.server.answer(PART, answer);
        reader.js::<()>("window.same = true").await;
        reader.click(".navigation__link[href='/lien-he/']").await;
        reader.wait_for_heading("Liên hệ").await;
        assert!(reader.js::<bool>("return window.same").await);
        assert_eq!(reader.server.asked("/lien-he/"), 1);
        reader.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_of_its_smaller_file_leaves_the_page() {
    for (kind, name) in KINDS.into_iter().enumerate() {
        let reader = reading_while_the_program_is_late().await;
        reader.server.answer(PART, fault(kind, &dist().join(PART.trim_start_matches('/'))));
        reader.click(".navigation__link[href='/lien-he/']").await;
        reader.wait_for_heading("Liên hệ").await;
        assert_eq!(reader.address().await, "/lien-he/", "{name}");
        reader.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn places_on_pages_are_found_before_the_program_arrives_whatever_they_are_called() {
    let reader = Reader::new().await;
    reader.server.answer(&wasm(), Answer::Never);
    reader.open_early("/").await;
    reader.js::<()>("window.same = true").await;
    let follow = async |address: &str| {
        let link = format!("document.querySelector('.navigation__link').setAttribute('href', '{address}')");
        reader.js::<()>(&link).await;
        reader.click_in_place(".navigation__link").await;
    };
    // No name at all: the page is shown from its top.
    follow("/lien-he/#%zz").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.wait_until("document.activeElement === document.querySelector('main h1')").await;
    follow(&format!("{GUIDE}#tai-lieu")).await;
    reader.wait_for_heading("Cẩm nang").await;
    reader.wait_until("scrollY > 500").await;
    // A place on the page shown is no other page.
    reader.js::<()>("scrollTo(0, 0)").await;
    follow("#chu-quan").await;
    reader.wait_until("scrollY > 500").await;
    // Time to load it anew.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert!(reader.js::<bool>("return window.same").await);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_pointed_at_before_the_program_arrives_is_fetched_ahead() {
    let reader = reading_while_the_program_is_late().await;
    let link = reader.find(".navigation__link[href='/lien-he/']").await;
    reader.driver.action_chain().move_to_element_center(&link).perform().await.expect("the pointer moves");
    reader.wait_until_server("the page ahead", |server| server.asked(PART) > 0).await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert_eq!((reader.server.asked(PART), reader.server.asked("/lien-he/")), (1, 0));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_wasm_every_link_still_works() {
    let reader = Reader::new().await;
    for answer in [Answer::Status(404), Answer::Json("not wasm".to_owned())] {
        reader.server.answer(&wasm(), answer);
        reader.open_early(GUIDE).await;
        reader.click(".navigation__link[href='/lien-he/']").await;
        reader.wait_for_heading("Liên hệ").await;
        reader.driver.back().await.expect("goes back");
        reader.wait_for_heading("Cẩm nang").await;
    }
    reader.leave().await;
}

/// Is anything to be seen that only the program can serve?
const DEAD: &str = "[...document.querySelectorAll('.visits, .tools button, button[data-action]')]
    .filter(dead => dead.checkVisibility()).map(dead => dead.outerHTML)";

#[tokio::test(flavor = "multi_thread")]
async fn what_a_program_that_cannot_start_would_serve_is_not_shown() {
    only_on_chromium!("what is to be seen, told by the browser");
    let reader = Reader::new().await;
    // In this order: what has come once is not asked for again.
    let files = [(start_script("index.html"), Answer::Status(404)), (wasm(), Answer::Status(403))];
    for (file, answer) in files {
        reader.server.answer(&file, answer);
        reader.open_early(GUIDE).await;
        reader.wait_for("html[data-stopped]").await;
        assert_eq!(reader.js::<Vec<String>>(&format!("return {DEAD}")).await, Vec::<String>::new());
        // The settings are another script's.
        assert!(reader.find(".settings summary").await.is_displayed().await.expect("known"));
        reader.server.answer_truly(&file);
    }
    // What follows is shown without a new document.
    reader.server.answer(&wasm(), Answer::Status(403));
    reader.open_early("/tim-kiem/").await;
    reader.wait_for("html[data-stopped]").await;
    assert!(reader.text(".stopped").await.contains("tải lại trang"));
    assert!(!reader.find(".found__note").await.is_displayed().await.expect("known"));
    reader.click(".stopped a").await;
    reader.wait_for_heading("Sơ đồ trang").await;
    reader.leave_without_scripts().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_is_not_even_asked_for_before_the_page_is_painted() {
    only_on_chromium!("the time of the first paint");
    let reader = Reader::new().await;
    reader.open(GUIDE).await;
    let late: bool = reader
        .js("const painted = performance.getEntriesByName('first-contentful-paint')[0].startTime;
             const scripts = performance.getEntriesByType('resource').filter(({ name }) => /(start|app)-.*[.](js|wasm)$/.test(name));
             return scripts.length === 3 && scripts.every(({ startTime }) => startTime > painted)")
        .await;
    assert!(late);
    reader.leave().await;
}

/// Brings the running program to a real panic: while it compares the page shown with the address, the page has it give
/// up what it waits for, which changes the page shown; it cannot expect that.
const PANIC: &str = "
    const iterator = URLSearchParams.prototype[Symbol.iterator];
    URLSearchParams.prototype[Symbol.iterator] = function () {
      URLSearchParams.prototype[Symbol.iterator] = iterator;
      const button = document.createElement('button');
      button.dataset.action = 'give-up';
      document.body.append(button);
      button.click();
      return iterator.call(this);
    };
    dispatchEvent(new Event('scroll'));";

#[tokio::test(flavor = "multi_thread")]
async fn after_a_panic_links_are_plain_links_and_the_console_says_so_once() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.server.answer("/api/v1/pages/lien-he.json", Answer::Status(503));
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for("[data-action=retry]").await;
    reader.server.answer("/api/v1/pages/lien-he.json", Answer::Never);
    reader.click("[data-action=retry]").await;
    reader.wait_for(".pending--active").await;
    reader.js::<()>(PANIC).await;
    reader.wait_until("!document.documentElement.hasAttribute('data-running')").await;
    let wrong = reader.what_went_wrong().await;
    assert_eq!(wrong.len(), 1, "{wrong:#?}");
    assert!(wrong[0].starts_with("console: The portal program stopped"), "{wrong:#?}");
    if Engine::chosen() == Engine::Chromium {
        assert_eq!(reader.js::<Vec<String>>(&format!("return {DEAD}")).await, Vec::<String>::new());
    }
    reader.js::<()>("window.same = true").await;
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for_heading("Thông báo").await;
    assert!(reader.js::<bool>("return window.same === undefined").await, "the browser itself loads the page");
    reader.wait_for("html[data-running]").await;
    assert_eq!(reader.what_went_wrong().await.len(), 1);
    reader.leave_without_scripts().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_memory_runs_out_the_browser_loads_what_the_reader_asked_for() {
    only_on_chromium!("memory that is filled within seconds");
    let reader = Reader::new().await;
    reader.open("/").await;
    reader
        .js::<()>(
            "const name = performance.getEntriesByType('resource').map(e => e.name).find(name => /app-.*[.]js$/.test(name));
             (async () => {
               const text = await (await fetch(name)).text();
               const allocate = text.match(/[(]\\w+,(\\w+)[.](\\w+),\\1[.]\\w+[)]/)[2];
               const wasm = await (await import(name)).default();
               // Whole regions are taken away until there is none left.
               for (let size = 1 << 28; size > 8; size >>= 1) try { while (wasm[allocate](size, 1)); } catch {}
               window.full = true;
             })();",
        )
        .await;
    reader.wait_until("window.full").await;
    reader.js::<()>("window.same = true").await;
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for_heading("Thông báo").await;
    assert!(reader.js::<bool>("return window.same === undefined").await, "the browser itself loads the page");
    reader.leave_without_scripts().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_the_whole_portal_can_be_read() {
    only_on_chromium!("a browser whose scripts can be switched off");
    let reader = Reader::new().await;
    reader.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    reader.open_early("/").await;
    let text = |selector: &'static str| async { reader.find(selector).await.text().await.expect("a text") };
    assert!(!text(".top-story__title").await.is_empty());
    reader.click(".navigation__entry:nth-child(2) > a").await;
    assert_eq!(text("h1").await, "Tin tức - Sự kiện");
    let mut pages = 1;
    while let Ok(older) = reader.driver.find(By::Css(".paging__older")).await {
        older.click().await.expect("the link works");
        pages += 1;
    }
    assert!(pages > 2);
    assert!(!reader.find(".visits").await.is_displayed().await.expect("known"), "what needs scripts is not shown");
    assert!(!reader.find(".notice__dismiss").await.is_displayed().await.expect("known"));
    reader.click(".teasers .teaser__title a").await;
    assert!(text(".article__facts").await.starts_with("Ngày đăng"));
    reader.click(".share > summary").await;
    assert!(!reader.find("[data-action=copy-link]").await.is_displayed().await.expect("known"), "it cannot copy");
    assert!(reader.find(".share__places a").await.is_displayed().await.expect("known"), "plain links are there");
    reader.leave_without_scripts().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_newer_than_the_build_is_shown() {
    let reader = Reader::new().await;
    let article =
        r#"{"slug":"moi","section":"thong-bao","title":"Bài vừa đăng","published_at":"2025-06-30T18:00:00+07:00"}"#;
    reader.server.answer("/api/v1/articles/thong-bao/moi.json", Answer::Json(article.to_owned()));
    reader.open("/thong-bao/moi/").await;
    reader.wait_for_heading("Bài vừa đăng").await;
    reader.wait_until("document.title.startsWith('Bài vừa đăng')").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dismissed_notice_is_hidden_before_the_program_arrives() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.click(".notice__dismiss").await;
    reader.server.answer(&wasm(), Answer::Never);
    reader.open_early("/thong-bao/").await;
    assert!(!reader.find(".notice").await.is_displayed().await.expect("known"));
    reader.leave().await;
}
