//! Leaves pictures of the main pages in `target/screenshots/`, to be looked at.

use crate::harness::{Reader, only_on_chromium};
use serde_json::json;

const PAGES: [(&str, &str); 9] = [
    ("home", "/"),
    ("section", "/tin-tuc-su-kien/"),
    ("interview", "/chinh-tri-kinh-te-do-thi/phong-van-bi-thu-quan-uy-hai-khau-dot-pha/"),
    ("long-read", "/chinh-tri-kinh-te-do-thi/thanh-xuan-hai-thap-ky-doi-moi-do-thi/"),
    ("every-block", "/chinh-tri-kinh-te-do-thi/cam-nang-thong-tin-cach-doc-va-su-dung-cong/"),
    ("page", "/co-cau-to-chuc/"),
    ("sitemap", "/so-do-trang/"),
    ("not-found", "/khong-co/"),
    ("english", "/en/news/three-bins-in-the-lobby/"),
];

#[tokio::test(flavor = "multi_thread")]
async fn pictures_of_the_main_pages() {
    only_on_chromium!("the emulation of media");
    let reader = Reader::new().await;
    for (theme, contrast, name_of_both) in
        [("light", "no-preference", "light"), ("dark", "no-preference", "dark"), ("light", "more", "high-contrast")]
    {
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": theme }, { "name": "prefers-contrast", "value": contrast },
        ] });
        reader.devtools("Emulation.setEmulatedMedia", media).await;
        for width in [390, 1280] {
            for (name, path) in PAGES {
                reader.resize(width, 900).await;
                reader.open(path).await;
                reader.wait_for("main h1").await;
                reader.wait_until("document.querySelector('.visits__list')").await;
                reader.js::<()>("document.querySelectorAll('img').forEach(i => i.loading = 'eager')").await;
                let height: u32 = reader.js("return document.documentElement.scrollHeight").await;
                reader.resize(width, height).await;
                reader.wait_until("[...document.images].every(i => i.complete)").await;
                reader.screenshot(&format!("{name}-{width}-{name_of_both}")).await;
            }
        }
    }
    reader.leave().await;
}
