//! Real text: thousands of news articles that nobody here wrote, as an API folder.

use crate::common;
use crate::harness::Reader;
use std::io::Write;
use std::path::PathBuf;

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_real_articles_are_read() {
    let Some(source) = common::corpus() else {
        // Past the test harness, which keeps what a passing test prints.
        _ = writeln!(std::io::stderr(), "skipped: ../shared/corpus/vietnews-3000.jsonl.gz is not there");
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let built: PathBuf = crate::harness::dist();
    common::copy_without_content(&built, folder.path());
    let portal = common::write_portal(&source, &folder.path().join("api/v1"));
    common::tool("build", &["--api", "api/v1", "--out", "."], folder.path());
    let reader = Reader::of(folder.path()).await;

    // Some articles, chosen evenly.
    for article in portal.articles.iter().step_by(portal.articles.len() / 6) {
        reader.open(&article.address).await;
        reader.wait_for("main h1").await;
        let title: String = reader.js("return document.querySelector('h1').textContent").await;
        assert_eq!(title, article.title);
        let paragraphs: usize = reader.js("return document.querySelectorAll('.body p').length").await;
        assert_eq!(paragraphs, article.paragraphs);
    }

    // A list page in the middle, an article of it, and Back.
    reader.open(&portal.middle_list).await;
    reader.wait_for(".teasers").await;
    reader.scroll_to(700).await;
    let title: String =
        reader.js("return document.querySelector('.teasers li:nth-child(5) .teaser__title').textContent").await;
    reader.click_in_place(".teasers li:nth-child(5) a").await;
    reader.wait_for_heading(&title).await;
    reader.driver.back().await.expect("goes back");
    reader.wait_for(".teasers").await;
    reader.wait_until("Math.abs(scrollY - 700) < 2").await;
    reader.leave().await;
}
