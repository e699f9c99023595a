//! Every way in which data can fail to come, and what the reader sees then.

use crate::common;
use crate::harness::{Answer, Engine, KINDS, Reader, fault};

const PAGE: &str = "/api/v1/pages/lien-he.json";

/// Opens the home page, then asks for a page whose document is answered so.
async fn asking_for_a_page(answer: Answer) -> Reader {
    let reader = Reader::new().await;
    reader.server.run_first("addEventListener('click', () => window.asked ??= performance.now(), true)");
    reader.open("/").await;
    reader.wait_for(".lead-stories").await;
    reader.server.answer(PAGE, answer);
    // Pointed at first, it would be fetched ahead, and has failed before a slow driver clicks.
    reader.click_in_place(".navigation__link[href='/lien-he/']").await;
    reader
}

/// The failure is told, the rest of the page stays usable, and another try succeeds.
async fn told_and_mended(reader: Reader, why: &str) {
    reader.wait_for_heading("Chưa tải được trang này").await;
    let text = reader.text(".problem").await;
    assert!(text.contains(why), "{text}");
    reader.wait_until("document.activeElement === document.querySelector('.problem h1')").await;
    assert_eq!(reader.address().await, "/lien-he/");
    assert!(reader.js::<bool>("return document.querySelectorAll('.navigation__link').length > 3").await);
    reader.server.answer_truly(PAGE);
    reader.click("[data-action=retry]").await;
    reader.wait_for_heading("Liên hệ").await;
    // Also for readers who cannot see it.
    reader.wait_until("document.activeElement === document.querySelector('main h1')").await;
    reader.wait_until("document.getElementById('thong-bao-trang').textContent === document.title").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_never_answers_is_told_after_half_a_minute() {
    let reader = Reader::new().await;
    reader.hurry(20);
    reader.open("/").await;
    reader.server.answer(PAGE, Answer::Never);
    reader.click(".navigation__link[href='/lien-he/']").await;
    told_and_mended(reader, "trả lời quá lâu").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_larger_than_any_document_is_refused() {
    let padding = " ".repeat(16 * 1024 * 1024 + 1);
    told_and_mended(asking_for_a_page(Answer::Json(padding)).await, "Dữ liệu nhận được bị lỗi").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_unknown_length_is_refused_as_soon_as_it_is_too_large() {
    let reader = asking_for_a_page(Answer::Endless(64 * 1024 * 1024)).await;
    told_and_mended(reader, "Dữ liệu nhận được bị lỗi").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_of_a_server_is_told_with_a_way_on() {
    let file = crate::harness::dist().join(PAGE.trim_start_matches('/'));
    for (kind, name) in KINDS.into_iter().enumerate() {
        let reader = Reader::new().await;
        reader.hurry(30);
        reader.open("/").await;
        reader.server.answer(PAGE, fault(kind, &file));
        reader.click(".navigation__link[href='/lien-he/']").await;
        if name == "404" {
            reader.wait_for_heading("Không tìm thấy trang").await;
            reader.leave().await;
            continue;
        }
        let why = match name {
            // Sometimes it takes what is cut off for the whole, whose data are faulty then.
            "torn in the middle" | "wrong length" if reader.engine == Engine::WebKit => "",
            "refused" | "torn in the middle" | "wrong length" => "Không kết nối được với máy chủ",
            "a byte a second" => "trả lời quá lâu",
            "429" => "mã 429",
            "500" => "mã 500",
            _ => "Dữ liệu nhận được bị lỗi",
        };
        told_and_mended(reader, why).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_passes_by_itself_is_never_seen() {
    for passing in [Answer::Status(503), Answer::Busy(429, 1), Answer::BusyUntil(429, 1), Answer::Torn] {
        let reader = Reader::new().await;
        reader.open("/").await;
        if reader.engine == Engine::WebKit && matches!(passing, Answer::Torn) {
            // It takes what is cut off for the whole.
            reader.leave().await;
            continue;
        }
        reader.server.answer_times(2, PAGE, passing);
        reader.click_in_place(".navigation__link[href='/lien-he/']").await;
        reader.wait_for_heading("Liên hệ").await;
        assert_eq!(reader.server.asked(PAGE), 3);
        reader.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_succeed_is_not_asked_for_again() {
    for (lasting, why) in
        [(Answer::Status(403), "mã 403"), (Answer::Busy(429, 3600), "mã 429"), (Answer::BusyUntil(429, 3600), "mã 429")]
    {
        let reader = asking_for_a_page(lasting).await;
        reader.wait_for_heading("Chưa tải được trang này").await;
        assert!(reader.text(".problem").await.contains(why));
        assert_eq!(reader.server.asked(PAGE), 1);
        reader.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_two_pages_need_is_asked_for_once() {
    const SECTION: &str = "/api/v1/sections/thong-bao.json";
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.server.answer(SECTION, Answer::Late(1500));
    let point = "document.querySelector(`.navigation__link[href='/thong-bao/']`)
        .dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
        const link = document.createElement('a');
        link.href = '/thong-bao/nam/2025/';
        document.querySelector('main').append(link);
        link.click();";
    reader.js::<()>(point).await;
    reader.wait_for_heading("Thông báo").await;
    assert_eq!(reader.address().await, "/thong-bao/nam/2025/");
    assert_eq!(reader.server.asked(SECTION), 1);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_left_is_not_waited_for() {
    let reader = asking_for_a_page(Answer::Never).await;
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for_heading("Thông báo").await;
    reader.wait_until_server("its request to be given up", |server| server.is_abandoned(PAGE)).await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_api_answers_while_the_first_does_not() {
    let folder = portal_that_asks("http://127.0.0.1:9/api/ /api/v1");
    let reader = Reader::of(folder.path()).await;
    reader.open("/").await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert_eq!(reader.server.asked(PAGE), 1);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_api_answers_where_the_first_sends_something_else() {
    let folder = portal_that_asks("/api/first/ /api/v1");
    for sent in [r#"{"slug":"lien"#, r#"{"error":"x"}"#, r#"{"slug":"gioi-thieu","title":"Giới thiệu"}"#] {
        let reader = Reader::of(folder.path()).await;
        reader.server.answer("/api/first/pages/lien-he.json", Answer::Json(sent.to_owned()));
        reader.open("/").await;
        reader.click(".navigation__link[href='/lien-he/']").await;
        reader.wait_for_heading("Liên hệ").await;
        reader.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_document_is_not_shown_at_the_address() {
    let other = r#"{"slug":"gioi-thieu","title":"Giới thiệu"}"#;
    let reader = asking_for_a_page(Answer::Json(other.to_owned())).await;
    told_and_mended(reader, "Dữ liệu nhận được bị lỗi").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_faulty_teaser_is_left_out_and_a_list_of_them_is_not_empty() {
    const SECTION: &str = "/api/v1/sections/thong-bao.json";
    let good = r#"{"section":"thong-bao","slug":"a","title":"Tin lành","published_at":"2025-06-30T18:00:00+07:00"}"#;
    let bad = r#"{"section":"thong-bao","slug":"Không phải","title":"Tin hỏng"}"#;
    let section =
        |newest: &str| format!(r#"{{"slug":"thong-bao","total":2,"page_size":20,"lists":0,"newest":[{newest}]}}"#);
    let asking = async |newest: String| {
        let reader = Reader::new().await;
        reader.open("/").await;
        reader.server.answer(SECTION, Answer::Json(section(&newest)));
        reader.click_in_place(".navigation__link[href='/thong-bao/']").await;
        reader
    };
    let reader = asking(format!("{bad},{good}")).await;
    reader.wait_for_heading("Thông báo").await;
    assert!(reader.text(".teasers").await.contains("Tin lành"));
    assert!(!reader.text(".teasers").await.contains("Tin hỏng"));
    reader.leave().await;
    let reader = asking(bad.to_owned()).await;
    reader.wait_for_heading("Chưa tải được danh sách bài viết").await;
    reader.leave().await;
}

/// The sample portal, with its API at these bases.
pub fn portal_that_asks(bases: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    common::copy_without_content(&crate::harness::dist(), folder.path());
    let template = folder.path().join(".program/template.html");
    let text = std::fs::read_to_string(&template).expect("the build keeps it");
    std::fs::write(&template, pointed_at(&text, bases)).expect("written");
    let api = concat!(env!("CARGO_MANIFEST_DIR"), "/public/api/v1");
    common::tool("build", &["--api", api, "--out", "."], folder.path());
    folder
}

/// The template of the program with another address of the API.
fn pointed_at(template: &str, api: &str) -> String {
    let (before, rest) = template.split_once("<meta ").expect("metas");
    let mut text = before.to_owned();
    for part in rest.split("<meta ") {
        let (tag, after) = part.split_once('>').expect("a closed tag");
        let tag =
            if tag.contains("portal-api") { format!("name=\"portal-api\" content=\"{api}\"") } else { tag.to_owned() };
        text.push_str(&format!("<meta {tag}>{after}"));
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_faulty_part_of_an_article_keeps_no_other_from_being_shown_and_is_told_on_the_console() {
    let reader = Reader::new().await;
    let article = r#"{"slug":"moi","section":"thong-bao","title":"Bài mới","published_at":"2025-06-30T18:00:00+07:00",
        "body":[{"kind":"paragraph","text":5},{"kind":"paragraph","text":"Xin chào"}]}"#;
    reader.server.answer("/api/v1/articles/thong-bao/moi.json", Answer::Json(article.to_owned()));
    reader.open("/thong-bao/moi/").await;
    reader.wait_for_heading("Bài mới").await;
    let text = reader.text(".body").await;
    assert!(text.starts_with("Phần này chưa hiển thị được vì dữ liệu bị lỗi.") && text.ends_with("Xin chào"), "{text}");
    let warnings = reader.warnings().await;
    let tells = |warning: &String| warning.contains("articles/thong-bao/moi.json") && warning.contains("body[0].text");
    assert!(warnings.iter().any(tells), "{warnings:#?}");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_cannot_be_reached_is_told() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.server.answer(PAGE, Answer::Refused);
    reader.click(".navigation__link[href='/lien-he/']").await;
    told_and_mended(reader, "Không kết nối được với máy chủ").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_the_page_that_failed_is_another_try() {
    let reader = asking_for_a_page(Answer::Status(503)).await;
    reader.wait_for_heading("Chưa tải được trang này").await;
    // The skip link is not.
    let before = reader.server.asked(PAGE);
    reader.click_in_place(".skip-link").await;
    reader.wait_until("location.hash === '#noi-dung'").await;
    assert_eq!(reader.server.asked(PAGE), before);
    reader.server.answer_truly(PAGE);
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    assert_eq!(reader.address().await, "/lien-he/");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_gone_is_not_found() {
    let reader = asking_for_a_page(Answer::Status(410)).await;
    reader.wait_for_heading("Không tìm thấy trang").await;
    assert_eq!(reader.address().await, "/lien-he/");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_redirects_cannot_be_asked_an_unknown_address_can_be_tried_again() {
    const REDIRECTS: &str = "/api/v1/redirects.json";
    let reader = Reader::new().await;
    reader.server.answer(REDIRECTS, Answer::Status(503));
    reader.open("/dia-chi-cu/").await;
    reader.wait_for_heading("Chưa tải được trang này").await;
    reader.server.answer(REDIRECTS, Answer::Json(r#"{"redirects":[{"from":"/dia-chi-cu/","to":"/lien-he/"}]}"#.into()));
    reader.click("[data-action=retry]").await;
    reader.wait_for_heading("Liên hệ").await;
    assert_eq!(reader.address().await, "/lien-he/");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_error_is_told_with_its_status() {
    told_and_mended(asking_for_a_page(Answer::Status(503)).await, "mã 503").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_json_is_told() {
    told_and_mended(asking_for_a_page(Answer::Json("{\"slug\":".to_owned())).await, "Dữ liệu nhận được bị lỗi").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn data_that_breaks_the_contract_is_told() {
    let wrong = r#"{"slug":"lien-he","title":"","body":[{"kind":"paragraph","text":5}]}"#;
    told_and_mended(asking_for_a_page(Answer::Json(wrong.to_owned())).await, "Dữ liệu nhận được bị lỗi").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_network_is_told_and_what_was_asked_for_comes_with_the_network() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.wait_for(".lead-stories").await;
    reader.set_offline(true).await;
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Chưa tải được trang này").await;
    assert!(reader.text(".problem").await.contains("không có mạng"));
    reader.set_offline(false).await;
    reader.wait_for_heading("Liên hệ").await;
    // Who has gone on to something else is left in peace.
    reader.set_offline(true).await;
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for_heading("Chưa tải được").await;
    reader
        .js::<()>(
            "document.querySelector('.settings__button').focus();
             addEventListener('online', () => { window.isBack = true; })",
        )
        .await;
    reader.set_offline(false).await;
    reader.wait_until("window.isBack").await;
    assert!(
        reader
            .js::<bool>("return !document.querySelector('.pending--active') && !!document.querySelector('.problem')")
            .await
    );
    reader.click("[data-action=retry]").await;
    reader.wait_for_heading("Thông báo").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_page_can_be_given_up_and_the_reader_stays_where_they_were() {
    let reader = asking_for_a_page(Answer::Never).await;
    reader
        .js::<()>(
            "new MutationObserver(() => window.waited ??= document.querySelector('.slow') && performance.now() - window.asked)
               .observe(document.body, { subtree: true, childList: true })",
        )
        .await;
    // A second press changes nothing while the page is on its way.
    reader.js::<()>("scrollTo(0, 300)").await;
    reader.click_in_place(".navigation__link[href='/lien-he/']").await;
    assert_eq!((reader.address().await, reader.js::<f64>("return scrollY").await), ("/".to_owned(), 300.0));
    reader.wait_for("[data-action=give-up]").await;
    assert!(reader.js::<bool>("return !!document.querySelector('.lead-stories')").await, "the page stays meanwhile");
    let waited: f64 = reader.js("return window.waited").await;
    assert!(waited >= 7_990.0, "offered after {waited} ms");
    reader.click("[data-action=give-up]").await;
    reader.wait_until("!document.querySelector('.slow')").await;
    assert_eq!(reader.address().await, "/");
    // The same link works once the server answers again.
    reader.server.answer_truly(PAGE);
    reader.click(".navigation__link[href='/lien-he/']").await;
    reader.wait_for_heading("Liên hệ").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_first_page_can_be_given_up_and_tried_again() {
    // A page that was published after the build: its address is served by the fallback document.
    const NEWER: &str = "/api/v1/pages/vua-dang.json";
    let reader = Reader::new().await;
    reader.server.answer(NEWER, Answer::Never);
    reader.open("/vua-dang/").await;
    reader.wait_for("[data-action=give-up]").await;
    reader.click("[data-action=give-up]").await;
    reader.wait_for_heading("Chưa tải được trang này").await;
    reader.server.answer(NEWER, Answer::Json(r#"{"slug":"vua-dang","title":"Trang vừa đăng"}"#.to_owned()));
    reader.click("[data-action=retry]").await;
    reader.wait_for_heading("Trang vừa đăng").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_of_a_later_version_keeps_no_article_from_being_shown() {
    let reader = Reader::new().await;
    let article = r#"{"slug":"moi","section":"thong-bao","title":"Bài mới","published_at":"2025-06-30T18:00:00+07:00",
        "body":[{"kind":"timeline","text":{"vi":"Mốc"}},{"kind":"paragraph","text":"Xin chào"}]}"#;
    reader.server.answer("/api/v1/articles/thong-bao/moi.json", Answer::Json(article.to_owned()));
    reader.open("/thong-bao/moi/").await;
    reader.wait_for_heading("Bài mới").await;
    assert_eq!(reader.text(".body").await, "Xin chào");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_section_says_so() {
    let reader = Reader::new().await;
    let empty = r#"{"slug":"thong-bao","total":0,"page_size":10,"lists":0}"#;
    reader.server.answer("/api/v1/sections/thong-bao.json", Answer::Json(empty.to_owned()));
    reader.open("/").await;
    reader.click(".navigation__link[href='/thong-bao/']").await;
    reader.wait_for_heading("Thông báo").await;
    assert_eq!(reader.text(".empty").await, "Chuyên mục chưa có bài viết.");
    reader.leave().await;
}
