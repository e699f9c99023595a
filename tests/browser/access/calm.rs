//! Readers who are made ill by movement see none; those who have their own colours see all that colours tell.

use super::states::{EVERY_BLOCK, open, reader};
use crate::harness::{Answer, only_on_chromium};
use crate::keyboard::stop;
use serde_json::json;
use thirtyfour::Key;

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

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_asks_for_contrast_gets_it_unless_the_reader_has_chosen_otherwise() {
    only_on_chromium!("the emulation of media");
    let reader = reader().await;
    let media = json!({ "features": [{ "name": "prefers-contrast", "value": "more" }] });
    reader.devtools("Emulation.setEmulatedMedia", media).await;
    open(&reader, "every-block", EVERY_BLOCK).await;
    let colours = "const style = element => getComputedStyle(document.querySelector(element));
                   return [style('html').backgroundColor, style('body').color, style('.article__facts').color]";
    assert_eq!(reader.js::<[String; 3]>(colours).await, ["rgb(255, 255, 255)", "rgb(0, 0, 0)", "rgb(0, 0, 0)"]);
    reader.click(".settings__button").await;
    reader.click("[data-settings] label:has([name=contrast][value=normal])").await;
    let [_, text, quiet] = reader.js::<[String; 3]>(colours).await;
    assert!(text != "rgb(0, 0, 0)" && quiet != text, "{text}, {quiet}");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_told_by_colours_alone_where_the_reader_has_others() {
    only_on_chromium!("the emulation of media");
    let reader = reader().await;
    let media = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    reader.devtools("Emulation.setEmulatedMedia", media).await;
    for (name, address) in [("section", "/thong-bao/"), ("every-block", EVERY_BLOCK), ("search", "/tim-kiem/")] {
        open(&reader, name, address).await;
        assert!(reader.js::<bool>("return matchMedia('(forced-colors: active)').matches").await);
        for _ in 0..25 {
            reader.press(Key::Tab).await;
            let stop = stop(&reader).await;
            assert_eq!(stop.problem, "", "{name}: {}", stop.name);
        }
        reader.screenshot(&format!("forced-colours-{name}")).await;
    }
    // The current place is marked by more than its colour.
    open(&reader, "section", "/thong-bao/").await;
    let is_told: bool = reader
        .js("const marks = (element) => { const style = getComputedStyle(element);
               return [style.textDecorationLine, style.borderBottomStyle, style.borderBottomWidth, style.fontWeight].join(); };
             const look = (selector) => { const link = document.querySelector(selector); return marks(link) + marks(link.parentElement); };
             return look('.navigation__link[aria-current]') !== look('.navigation__link:not([aria-current])')")
        .await;
    assert!(is_told, "the current place looks like the others");
    reader.leave().await;
}
