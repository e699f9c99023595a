//! Sections: paging and the year filter.

use crate::harness::Reader;

/// The dates shown in a list, as text that sorts like the dates.
const DATES: &str = "return [...document.querySelectorAll('.teasers time')].map(t => t.dateTime)";

#[tokio::test(flavor = "multi_thread")]
async fn paging_leads_through_all_articles_newest_first() {
    let reader = Reader::new().await;
    reader.open("/tin-tuc-su-kien/").await;
    reader.wait_for_heading("Tin tức").await;
    let total: usize = reader.js("return parseInt(document.querySelector('.section-head__count').textContent)").await;
    let mut seen: Vec<String> = Vec::new();
    let mut pages = 1;
    loop {
        let dates: Vec<String> = reader.js(DATES).await;
        seen.extend(dates);
        let address = reader.address().await;
        if !reader.js::<bool>("return !!document.querySelector('.paging__older')").await {
            break;
        }
        reader.click(".paging__older").await;
        reader
            .wait_until(&format!("location.pathname !== '{address}' && document.querySelector('.paging__newer')"))
            .await;
        reader.wait_until("scrollY === 0").await;
        // The lower part of a list comes once the upper part is on the screen.
        reader.wait_until("document.querySelectorAll('.teasers > li').length >= 10").await;
        pages += 1;
    }
    let mut sorted = seen.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    assert_eq!(seen, sorted);
    assert_eq!(seen.len(), total);
    assert!(pages > 2, "the sample has several pages");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_page_has_an_address_of_its_own() {
    let reader = Reader::new().await;
    reader.open("/tin-tuc-su-kien/trang/1/").await;
    reader.wait_for(".paging__newer").await;
    assert!(!reader.js::<bool>("return !!document.querySelector('.paging__older')").await);
    reader.wait_until("document.title.includes('Trang lưu trữ 1')").await;
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_year_filter_shows_that_year_only_and_all_of_it() {
    let reader = Reader::new().await;
    reader.open("/tin-tuc-su-kien/").await;
    reader.wait_for(".years").await;
    for year in ["2025", "2020", "2018"] {
        reader.click_in_place(&format!("a[href$='/nam/{year}/']")).await;
        reader.wait_for_heading(&format!("Năm {year}")).await;
        assert_eq!(reader.address().await, format!("/tin-tuc-su-kien/nam/{year}/"));
        // It comes with what is below the first screen.
        let marked = reader.wait_for(".years [aria-current]").await.text().await.expect("a text");
        let count: usize =
            marked.split(['(', ')']).nth(1).and_then(|count| count.parse().ok()).expect("a count in brackets");
        let mut dates: Vec<String> = reader.js(DATES).await;
        while reader.js::<bool>("return !!document.querySelector('.paging__older')").await {
            let address = reader.address().await;
            reader.click(".paging__older").await;
            reader
                .wait_until(&format!("location.pathname !== '{address}' && document.querySelector('.teasers')"))
                .await;
            dates.extend(reader.js::<Vec<String>>(DATES).await);
        }
        assert!(dates.iter().all(|date| date.starts_with(year)), "{dates:?}");
        assert_eq!(dates.len(), count, "{year}");
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_or_year_that_does_not_exist_is_not_found() {
    const SECTION: &str = "/api/v1/sections/thong-bao.json";
    let reader = Reader::new().await;
    for path in ["/thong-bao/trang/99/", "/thong-bao/nam/1999/", "/thong-bao/trang/0/"] {
        // By a link: the document that is sent for such an address says the same before anything is decided.
        reader.open("/").await;
        let before = reader.server.asked(SECTION);
        reader.follow(path).await;
        reader.wait_for_heading("Không tìm thấy trang").await;
        assert_eq!(reader.address().await, path);
        assert!(reader.server.asked(SECTION) > before, "{path}: the section decides");
    }
    reader.leave().await;
}
