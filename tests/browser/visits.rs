//! The visit statistics: after the page, every minute, only while somebody looks.

use crate::common;
use crate::harness::{Answer, Engine, Reader, Server, leave_out_on};
use std::time::Duration;

const VISITS: &str = "/api/v1/visits.json";

/// A minute of the reader's page, in real milliseconds.
const MINUTE: u64 = 60_000 / FASTER as u64;
const FASTER: u32 = 30;

/// Waits for the heading of a page. The figures must not be asked for before it is there.
pub async fn wait_for_page_before_figures(reader: &Reader, heading: &str) {
    let heading = serde_json::Value::from(heading);
    let is_there = format!("return !!document.querySelector('main h1')?.textContent.includes({heading})");
    for _ in 0..600 {
        // Counted before the page is looked at: what is asked for between the two may come after the page.
        let asked = reader.server.asked(VISITS);
        if reader.js::<bool>(&is_there).await {
            return;
        }
        assert_eq!(asked, 0, "the figures were asked for before the page was there");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("waited in vain for {heading}");
}

async fn wait(minutes: u64) {
    tokio::time::sleep(Duration::from_millis(minutes * MINUTE + MINUTE / 4)).await;
}

/// The built portal, of a site that names who counts visits.
fn portal_that_counts() -> tempfile::TempDir {
    portal_with(r#"{"report":"/dem-luot"}"#)
}

/// The built portal, of a site that says so where its visits are counted.
fn portal_with(visits: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    common::copy_without_content(&crate::harness::dist(), folder.path());
    let api = folder.path().join("api/v1");
    std::fs::create_dir_all(&api).expect("a folder");
    let site = format!(r#"{{"name":"Cổng","tree":[],"visits":{visits}}}"#);
    for (name, text) in
        [("site", &*site), ("home", "{}"), ("visits", r#"{"as_of":"2025-06-30T17:00:00+07:00","figures":[]}"#)]
    {
        std::fs::write(api.join(format!("{name}.json")), text).expect("written");
    }
    common::tool("build", &["--api", "api/v1", "--out", "."], folder.path());
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_reported_once_with_its_path_and_where_it_came_from() {
    let folder = portal_that_counts();
    let reader = Reader::of(folder.path()).await;
    reader.open("/so-do-trang/?id=secret#x").await;
    reader.wait_for(".visits__note").await;
    reader.open("/").await;
    reader.wait_for(".visits__note").await;
    reader.wait_until_server("a visit", |server| !server.told().is_empty()).await;
    assert_eq!(reader.server.told(), [r#"{"path":"/so-do-trang/","referrer":""}"#]);
    assert_eq!(reader.js::<String>("return document.cookie").await, "");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_where_a_visit_came_from_the_host_alone_is_reported() {
    let folder = portal_that_counts();
    let reader = Reader::of(folder.path()).await;
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let link = format!(
        "<!doctype html><meta charset=utf-8><meta name=referrer content=unsafe-url><a href='{}/?a=b'>Cổng</a>",
        reader.server.origin
    );
    std::fs::write(elsewhere.path().join("index.html"), link).expect("written");
    let other = Server::start(elsewhere.path()).await;
    reader.driver.goto(format!("{}/bi-mat/?ai=toi", other.origin)).await.expect("a page");
    reader.click("a").await;
    reader.wait_for(".visits__note").await;
    reader.wait_until_server("a visit", |server| !server.told().is_empty()).await;
    let host = other.origin.trim_start_matches("http://");
    assert_eq!(reader.server.told(), [format!(r#"{{"path":"/","referrer":"{host}"}}"#)]);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_counts_visits_learns_neither_cookies_nor_pages() {
    // On this origin, and on another.
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(elsewhere.path().join("index.html"), "").expect("written");
    let other = Server::start(elsewhere.path()).await;
    for is_own in [true, false] {
        let origin = if is_own { "" } else { &other.origin };
        let folder = portal_with(&format!(r#"{{"report":"{origin}/dem-luot"}}"#));
        let reader = Reader::of(folder.path()).await;
        // Cookies know no ports: both origins would be told them.
        reader.server.run_first("document.cookie = 'ai=toi; path=/'");
        reader.open("/so-do-trang/?id=secret").await;
        let counter = if is_own { &reader.server } else { &other };
        reader.wait_until_server("a visit", |_| !counter.told().is_empty()).await;
        assert_eq!(counter.told(), [r#"{"path":"/so-do-trang/","referrer":""}"#]);
        assert_eq!(counter.traits(), Vec::<String>::new());
        reader.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_come_from_any_origin_that_shares_them() {
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(elsewhere.path().join("index.html"), "").expect("written");
    let other = Server::start(elsewhere.path()).await;
    let figures = r#"{"as_of":"2025-06-30T17:00:00+07:00","figures":[{"key":"total","value":7}]}"#;
    let folder = portal_with(&format!(r#"{{"url":"{}/so-lieu.json"}}"#, other.origin));
    for (answer, shown) in [
        (Answer::Shared(figures.to_owned()), "document.querySelector('.visits dd')?.textContent === '7'"),
        // An origin that does not share them is as one that cannot be reached.
        (Answer::Json(figures.to_owned()), "document.querySelector('.visits').textContent.includes('Chưa tải được')"),
    ] {
        other.answer("/so-lieu.json", answer);
        let reader = Reader::of(folder.path()).await;
        reader.open("/").await;
        reader.wait_until(shown).await;
        // What the browser says of the refusal is not the portal's.
        assert_eq!(reader.what_went_wrong().await, Vec::<String>::new());
        reader.leave_without_scripts().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_answer_leaves_the_figures_which_say_that_they_are_old() {
    let reader = Reader::new().await;
    reader.hurry(FASTER);
    let answer = |at: &str, value: u32| {
        let figures = format!(r#"[{{"key":"year","value":{value}}},{{"key":"total","value":{value}}}]"#);
        Answer::Json(format!(r#"{{"as_of":"2025-06-30T{at}:00+07:00","figures":{figures}}}"#))
    };
    reader.server.answer(VISITS, answer("17:00", 900));
    reader.open("/").await;
    reader.wait_for(".visits__list").await;
    reader.server.answer(VISITS, answer("16:00", 800));
    reader.wait_until("document.querySelector('.visits').textContent.includes('Chưa lấy được số liệu mới hơn')").await;
    let text = reader.text(".visits").await;
    assert!(text.contains("900") && text.contains("17:00") && !text.contains("800"), "{text}");
    // A year that is not over does not fall.
    reader.server.answer(VISITS, answer("18:00", 901));
    reader.wait_until("document.querySelector('.visits').textContent.includes('901')").await;
    reader.server.answer(VISITS, answer("19:00", 800));
    reader.wait_until("document.querySelector('.visits').textContent.includes('19:00')").await;
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('.visits dd').length").await, 0);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_not_reported_of_who_objects_nor_unless_the_portal_says_where() {
    let folder = portal_that_counts();
    for objection in ["globalPrivacyControl', { value: true", "doNotTrack', { value: '1'"] {
        let reader = Reader::of(folder.path()).await;
        reader.server.run_first(&format!("Object.defineProperty(navigator, '{objection} }})"));
        reader.open("/").await;
        reader.wait_for(".visits__note").await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(reader.server.told(), Vec::<String>::new(), "{objection}");
        reader.leave().await;
    }
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.wait_for(".visits__list").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(reader.server.told(), Vec::<String>::new());
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_that_cannot_be_had_are_asked_for_ever_more_rarely() {
    let reader = Reader::new().await;
    reader.hurry(FASTER);
    reader.server.answer(VISITS, Answer::Status(503));
    reader.open("/").await;
    reader.wait_until("document.querySelector('.visits').textContent.includes('Chưa tải được số liệu')").await;
    wait(8).await;
    let asked = reader.server.asked(VISITS);
    assert!((2..=4).contains(&asked), "at once, then after 2, 4 and 8 minutes: {asked}");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_total_that_falls_and_a_number_that_is_none_are_not_shown() {
    let reader = Reader::new().await;
    reader.hurry(FASTER);
    reader.open("/").await;
    reader.wait_for(".visits__list").await;
    let fallen =
        r#"{"as_of":"2025-07-01T18:00:00+07:00","figures":[{"key":"today","value":3},{"key":"total","value":5}]}"#;
    reader.server.answer(VISITS, Answer::Json(fallen.to_owned()));
    reader.wait_until("document.querySelector('.visits').textContent.includes('hôm nay')").await;
    assert!(!reader.text(".visits").await.contains("Tổng"));
    // Nor the next time, although the figures shown have no total any more.
    let asked = reader.server.asked(VISITS);
    reader.server.answer(VISITS, Answer::Json(fallen.replace("07-01", "07-02").replace('3', "4")));
    reader.wait_until("/hôm nay\\s*4/.test(document.querySelector('.visits').innerText)").await;
    assert!(reader.server.asked(VISITS) > asked && !reader.text(".visits").await.contains("Tổng"));
    let none = r#"{"as_of":"2025-07-03T18:00:00+07:00","figures":[{"key":"today","value":"NaN"}]}"#;
    reader.server.answer(VISITS, Answer::Json(none.to_owned()));
    reader.wait_until("document.querySelector('.visits').textContent.includes('Chưa lấy được số liệu mới hơn')").await;
    assert!(!reader.text(".visits").await.contains("NaN"));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_that_have_not_changed_are_not_sent_again() {
    leave_out_on!(WebKit, "a driven one keeps no answers that could be unchanged");
    let reader = Reader::new().await;
    reader.hurry(FASTER);
    reader.open("/").await;
    reader.wait_for(".visits__list").await;
    wait(2).await;
    assert!(reader.server.told_unchanged(VISITS) >= 1);
    assert!(reader.text(".visits").await.contains("1.929.927"));
    assert!(!reader.text(".visits").await.contains("Chưa lấy được"), "they are the newest");
    reader.leave().await;
}

async fn set_hidden(reader: &Reader, hidden: bool) {
    let script = format!(
        "Object.defineProperty(document, 'hidden', {{ value: {hidden}, configurable: true }});
         document.dispatchEvent(new Event('visibilitychange', {{ bubbles: true }}))"
    );
    reader.js::<()>(&script).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_visit_statistics_are_shown_with_their_time() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.wait_for(".visits__list").await;
    let heading = reader.text(".visits h2").await;
    assert_eq!(heading.to_lowercase(), "thống kê truy cập");
    let pairs: Vec<(String, String)> = reader
        .js("return [...document.querySelectorAll('.visits__figure')].map(f => [f.querySelector('dt').textContent, f.querySelector('dd').textContent])")
        .await;
    let expected = [
        ("Đang online", "584"),
        ("Lượt truy cập trong tuần", "7.752"),
        ("Lượt truy cập trong tháng", "48.720"),
        ("Lượt truy cập trong năm", "590.846"),
        ("Tổng số truy cập", "1.929.927"),
    ];
    assert_eq!(pairs, expected.map(|(label, value)| (label.to_owned(), value.to_owned())));
    assert!(reader.text(".visits .visits__note").await.starts_with("Số liệu lúc "));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn they_come_after_a_page_that_has_to_be_fetched() {
    const PAGE: &str = "/api/v1/pages/vua-dang.json";
    let reader = Reader::new().await;
    // Late, so that whoever does not wait for it is earlier.
    reader.server.answer(PAGE, Answer::LateJson(1500, r#"{"slug":"vua-dang","title":"Vừa đăng"}"#.to_owned()));
    reader.open("/vua-dang/").await;
    wait_for_page_before_figures(&reader, "Vừa đăng").await;
    reader.wait_for(".visits__list").await;
    let asked = reader.server.all_asked();
    let place = |path: &str| asked.iter().position(|asked| asked == path).expect("asked for");
    assert!(place(PAGE) < place(VISITS), "{asked:?}");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_faulty_figure_keeps_no_other_from_being_shown_and_is_told_on_the_console() {
    let reader = Reader::new().await;
    let faulty =
        r#"{"as_of":"2025-06-30T17:00:00+07:00","figures":[{"key":"online","value":"NaN"},{"key":"total","value":7}]}"#;
    reader.server.answer(VISITS, Answer::Json(faulty.to_owned()));
    reader.open("/").await;
    reader.wait_for(".visits__list").await;
    let shown = "return [...document.querySelectorAll('.visits dd')].map((figure) => figure.textContent)";
    assert_eq!(reader.js::<Vec<String>>(shown).await, ["7"]);
    let warnings = reader.warnings().await;
    let tells = |warning: &String| warning.contains("visits.json") && warning.contains("figures[0].value");
    assert!(warnings.iter().any(tells), "{warnings:#?}");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn they_fail_quietly_and_show_no_figure() {
    let reader = Reader::new().await;
    reader.server.answer(VISITS, Answer::Status(500));
    reader.open("/").await;
    reader.wait_until("document.querySelector('.visits').textContent.includes('Chưa tải được số liệu')").await;
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('.visits dd').length").await, 0);
    assert!(reader.js::<bool>("return !!document.querySelector('.lead-stories')").await);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_the_browser_kept_whole_goes_on() {
    let reader = Reader::new().await;
    reader.hurry(FASTER);
    reader.open("/").await;
    reader.wait_for(".visits__list").await;
    reader.js::<()>("window.same = true").await;
    reader.driver.goto(format!("{}/favicon.svg", reader.server.origin)).await.expect("a picture");
    let newer = r#"{"as_of":"2025-06-30T18:00:00+07:00","figures":[{"key":"total","value":2000000}]}"#;
    reader.server.answer(VISITS, Answer::Json(newer.to_owned()));
    reader.driver.back().await.expect("goes back");
    reader.wait_until("document.querySelector('.visits').textContent.includes('2.000.000')").await;
    assert!(reader.engine != Engine::Chromium || reader.js::<bool>("return window.same").await, "it was loaded anew");
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_refreshed_every_minute_while_the_page_is_seen() {
    let reader = Reader::new().await;
    reader.hurry(FASTER);
    reader.open("/").await;
    reader.wait_for(".visits__list").await;
    let newer = r#"{"as_of":"2025-06-30T18:00:00+07:00","figures":[{"key":"total","value":2000000}]}"#;
    reader.server.answer(VISITS, Answer::Json(newer.to_owned()));
    reader.wait_until("document.querySelector('.visits').textContent.includes('2.000.000')").await;

    // Newer ones that cannot be had leave the older ones, which say so.
    reader.server.answer(VISITS, Answer::Status(503));
    reader.wait_until("document.querySelector('.visits').textContent.includes('Chưa lấy được số liệu mới hơn')").await;
    assert!(reader.text(".visits").await.contains("2.000.000"));

    // Nobody asks while nobody looks; who comes back is served at once.
    set_hidden(&reader, true).await;
    let before = reader.server.asked(VISITS);
    wait(2).await;
    assert_eq!(reader.server.asked(VISITS), before);
    reader.server.answer(VISITS, Answer::Json(newer.replace("T18", "T19").replace("2000000", "3000000")));
    set_hidden(&reader, false).await;
    reader.wait_until("document.querySelector('.visits').textContent.includes('3.000.000')").await;

    // Nor while the reader wants them to stay.
    reader.js::<()>("document.documentElement.dataset.live = 'off'").await;
    let before = reader.server.asked(VISITS);
    wait(2).await;
    assert_eq!(reader.server.asked(VISITS), before);
    reader.leave().await;
}
