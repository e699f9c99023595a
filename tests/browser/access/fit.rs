//! Text that is larger, further apart or in a narrow window is all there: nothing cut off, nothing over the other,
//! nothing to push sideways but wide tables in their frame and the row of sections.

use super::fit_probe::{WHAT_DOES_NOT_FIT, style};
use super::states::{OPENED, PAGES, open, reader, show};

/// What WCAG 1.4.12 asks for.
const SPACED: &str =
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }";

/// Articles far down a list are laid out when they come near the window.
const ALL_LAID_OUT: &str = ".teasers > li { content-visibility: visible !important; }";

const TWICE_AS_LARGE: &str = ":root { font-size: 200% !important; }";

/// Opens every page in windows of these sizes, and in the first of them all that can be opened, with a style sheet of the
/// reader's own.
async fn everything_fits(windows: &[(u32, u32)], css: &str) {
    let reader = reader().await;
    let mut wrong = Vec::new();
    for (name, address) in PAGES {
        open(&reader, name, address).await;
        reader.js::<()>(&style(&format!("{css} {ALL_LAID_OUT}"))).await;
        for (width, height) in windows {
            reader.resize(*width, *height).await;
            let found: Vec<String> = reader.js(WHAT_DOES_NOT_FIT).await;
            wrong.extend(found.into_iter().map(|what| format!("{name} at {width} px: {what}")));
        }
    }
    let (width, height) = windows[0];
    for (name, address) in OPENED {
        reader.resize(width, height).await;
        open(&reader, name, address).await;
        reader.js::<()>(&style(&format!("{css} {ALL_LAID_OUT}"))).await;
        if show(&reader, name, width).await {
            let found: Vec<String> = reader.js(WHAT_DOES_NOT_FIT).await;
            wrong.extend(found.into_iter().map(|what| format!("{name} at {width} px: {what}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_is_further_apart_fits() {
    everything_fits(&[(320, 640), (1280, 900)], SPACED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_of_twice_the_size_fits() {
    everything_fits(&[(390, 800), (320, 640), (1280, 900)], TWICE_AS_LARGE).await;
}

/// 1280 px by 1024 px, four times as large, are 320 px by 256 px.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_four_times_as_large_needs_no_pushing_sideways() {
    everything_fits(&[(320, 256), (360, 640), (1280, 900)], "").await;
}
