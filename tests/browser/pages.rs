//! Pages of every kind: notices, redirects, sitemap, not found.

use crate::harness::{Answer, Reader};

const REDIRECTS: &str = "/api/v1/redirects.json";

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_was_dismissed_stays_dismissed() {
    let reader = Reader::new().await;
    reader.open("/").await;
    reader.wait_for(".lead-stories").await;
    let shown = "return document.querySelectorAll('.notice:not([hidden])').length";
    let before: usize = reader.js(shown).await;
    assert!(before > 0, "the sample has a notice");
    reader.click(".notice__dismiss").await;
    assert_eq!(reader.js::<usize>(shown).await, before - 1);
    assert!(!reader.js::<bool>("return document.activeElement === document.body").await, "the focus is lost");
    reader.open("/thong-bao/").await;
    reader.wait_for(".teasers").await;
    assert_eq!(reader.js::<usize>(shown).await, before - 1);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_address_leads_on() {
    let reader = Reader::new().await;
    let redirects =
        r#"{"redirects":[{"from":"/web/guest/xem?id=42","to":"/lien-he/"},{"from":"/cu/tin","to":"/thong-bao/"}]}"#;
    reader.server.answer(REDIRECTS, Answer::Json(redirects.to_owned()));
    reader.open("/web/guest/xem?id=42").await;
    reader.wait_for_heading("Liên hệ").await;
    assert_eq!(reader.address().await, "/lien-he/");
    reader.open("/cu/tin/").await;
    reader.wait_for_heading("Thông báo").await;
    assert_eq!(reader.address().await, "/thong-bao/");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn old_addresses_that_lead_in_a_circle_lead_nowhere() {
    let reader = Reader::new().await;
    let circles =
        r#"{"redirects":[{"from":"/mot/","to":"/hai/"},{"from":"/hai/","to":"/mot/"},{"from":"/ba","to":"/ba/"}]}"#;
    reader.server.answer(REDIRECTS, Answer::Json(circles.to_owned()));
    for address in ["/mot/", "/ba/"] {
        reader.open_unknown(address, REDIRECTS).await;
        reader.wait_for_heading("Không tìm thấy trang").await;
        reader.wait_until("document.title.startsWith('Không tìm thấy trang')").await;
    }
    let asked = reader.server.asked(REDIRECTS);
    assert!(asked <= 6, "asked {asked} times");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_without_its_final_slash_gets_it_and_keeps_its_fragment() {
    let reader = Reader::new().await;
    let newer = r#"{"slug":"vua-dang","title":"Vừa đăng","body":[{"kind":"heading","text":"Phần một"}]}"#;
    reader.server.answer("/api/v1/pages/vua-dang.json", Answer::Json(newer.to_owned()));
    reader.open("/vua-dang?tu=zalo#phan-mot").await;
    reader.wait_for_heading("Vừa đăng").await;
    reader.wait_until("location.pathname === '/vua-dang/'").await;
    assert_eq!(reader.js::<String>("return location.search + location.hash").await, "?tu=zalo#phan-mot");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_offers_the_nearest_sections() {
    let reader = Reader::new().await;
    // The document that is sent for it offers sections already, but knows nothing of the address.
    reader.open_unknown("/cai-cach-hanh-chinh-cu/khong-co/", REDIRECTS).await;
    reader.wait_for_heading("Không tìm thấy trang").await;
    let offers: Vec<String> =
        reader.js("return [...document.querySelectorAll('.problem li a')].map(a => a.getAttribute('href'))").await;
    assert_eq!(offers.first().map(String::as_str), Some("/cai-cach-hanh-chinh/"), "{offers:?}");
    reader.wait_until("document.title.startsWith('Không tìm thấy trang')").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_answers_missing_files_with_a_page_does_not_confuse_the_portal() {
    const MISSING: &str = "/api/v1/pages/khong-co.json";
    let reader = Reader::new().await;
    let page = std::fs::read_to_string(crate::harness::dist().join("index.html")).expect("readable");
    for document in [MISSING, REDIRECTS] {
        reader.server.answer(document, Answer::Page(page.clone()));
    }
    reader.open("/").await;
    reader.follow("/khong-co/").await;
    reader.wait_for_heading("Không tìm thấy trang").await;
    assert_eq!(reader.address().await, "/khong-co/");
    assert_eq!([MISSING, REDIRECTS].map(|document| reader.server.asked(document)), [1, 1]);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sitemap_page_lists_the_whole_tree() {
    let reader = Reader::new().await;
    reader.open("/so-do-trang/").await;
    reader.wait_for_heading("Sơ đồ trang").await;
    let inside: Vec<String> =
        reader.js("return [...document.querySelectorAll('.sitemap a')].map(a => a.getAttribute('href'))").await;
    for path in ["/gioi-thieu/", "/tin-tuc-su-kien/", "/van-hoa-xa-hoi/", "/lien-he/"] {
        assert!(inside.iter().any(|href| href == path), "{path} is missing in {inside:?}");
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_article_says_why_and_stays_readable() {
    let reader = Reader::new().await;
    reader.open("/cai-cach-hanh-chinh/lich-cap-can-cuoc-cong-dan-luu-dong-tai-11-phuong-trong-thang-6-2023/").await;
    reader.wait_for(".status").await;
    assert!(reader.text(".status").await.contains("rút lại"));
    assert!(reader.js::<bool>("return document.querySelector('.body').textContent.length > 100").await);
    reader.leave().await;
}
