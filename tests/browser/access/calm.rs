//! Readers who are made ill by movement see none.

use super::states::{EVERY_BLOCK, open, reader};
use crate::harness::{Answer, only_on_chromium};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_for_readers_who_ask_for_less_motion() {
    only_on_chromium!("the emulation of media");
    let reader = reader().await;
    let media = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    reader.devtools("Emulation.setEmulatedMedia", media).await;
    let moving =
        "return [...document.querySelectorAll('*')].flatMap(element => ['', '::before', '::after'].map(part => {
          const style = getComputedStyle(element, part || null);
          const moves = parseFloat(style.transitionDuration) > 0.01 || parseFloat(style.animationDuration) > 0.01
            && style.animationName !== 'none' || style.scrollBehavior === 'smooth';
          return moves ? element.tagName + '.' + element.className + part : null;
        })).filter(Boolean)";
    for (name, address) in [("home", "/"), ("every-block", EVERY_BLOCK), ("search-results", "/tim-kiem/?q=ho+nuoc")] {
        open(&reader, name, address).await;
        assert_eq!(reader.js::<Vec<String>>(moving).await, Vec::<String>::new(), "{name}");
    }
    // A page on its way is told without a growing bar.
    reader.server.answer("/api/v1/pages/lien-he.json", Answer::Never);
    reader.click_in_place(".navigation__link[href='/lien-he/']").await;
    reader.wait_for(".pending--active").await;
    assert_eq!(reader.js::<Vec<String>>(moving).await, Vec::<String>::new(), "a page on its way");
    reader.leave().await;
}
