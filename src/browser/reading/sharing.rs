//! Passes the address of the page on.

use crate::browser::actions::target;
use crate::browser::stage::{self, element, elements};
use crate::components::reading::{COPIED_ID, code};
use crate::words::Words;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::{document, window};
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::ShareData;

/// Draws the code when a reader opens the panel, or prints.
pub fn listen(words: &'static Words) {
    // `toggle` does not bubble: the panel is opened by a press, on its summary too by key.
    _ = window_event_listener(ev::click, move |event| {
        let summary = target(&event).and_then(|target| target.closest(".share > summary").ok().flatten());
        if summary.is_some() {
            draw(".share__code", words);
        }
    });
    _ = window_event_listener(ev::Custom::<web_sys::Event>::new("beforeprint"), move |_| draw(".printed__code", words));
}

/// Shows the button of the device's share sheet where there is one.
pub fn offer(words: &'static Words) {
    // Opened before the program could hear of it.
    draw(".share[open] .share__code", words);
    if js_sys::Reflect::has(&window().navigator(), &"share".into()) == Ok(true) {
        for button in elements("[data-action=share]") {
            _ = button.remove_attribute("hidden");
        }
    }
}

/// The page's own address: the one for all readers where the portal knows it.
fn address() -> String {
    let canonical = document().query_selector("link[rel=canonical]").ok().flatten();
    let canonical = canonical.and_then(|link| link.get_attribute("href")).filter(|href| href.starts_with("http"));
    canonical.unwrap_or_else(|| window().location().href().unwrap_or_default())
}

fn draw(selector: &str, words: &'static Words) {
    for place in elements(selector) {
        if let Some(code) = code(&address(), words.code) {
            stage::fill_element(&place, code.into());
        }
    }
}

/// Opens the device's share sheet.
pub fn share() {
    let data = ShareData::new();
    data.set_title(&document().title());
    data.set_url(&address());
    let shared = JsFuture::from(window().navigator().share_with_data(&data));
    // A reader who closes the sheet has changed their mind, which is no failure.
    spawn_local(async move { _ = shared.await });
}

/// Copies the address, and says so.
pub fn copy(words: &'static Words) {
    // There is no clipboard where the page did not come by HTTPS.
    let has_clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).is_ok_and(|it| it.is_object());
    if !has_clipboard {
        return say(words.link_not_copied);
    }
    let copied = JsFuture::from(window().navigator().clipboard().write_text(&address()));
    spawn_local(async move {
        say(if copied.await.is_ok() { words.link_copied } else { words.link_not_copied });
    });
}

fn say(text: &str) {
    if let Some(status) = element(COPIED_ID) {
        status.set_text_content(Some(text));
    }
}
