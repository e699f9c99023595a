//! Shows pictures enlarged, in a dialog over the page.

use crate::browser::actions::target;
use crate::browser::stage::{self, elements};
use crate::components::figures::{Enlarged, enlarged};
use crate::words::Words;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

/// Every picture that can be enlarged, in the order of the page.
const PICTURES: &str = "a[data-action=enlarge]";
/// The dialog; the number of the picture it shows is its `data-picture`.
const DIALOG: &str = "dialog.enlarged";

/// Arrow keys lead to other pictures, a press beside the picture closes.
pub fn listen(words: &'static Words) {
    _ = window_event_listener(ev::keydown, move |event| {
        let step = match event.key().as_str() {
            "ArrowLeft" => -1,
            "ArrowRight" => 1,
            _ => return,
        };
        if dialog().is_some() {
            event.prevent_default();
            turn(step, words);
        }
    });
    _ = window_event_listener(ev::click, |event| {
        if target(&event).is_some_and(|target| target.matches(DIALOG) == Ok(true)) {
            close();
        }
    });
}

fn dialog() -> Option<HtmlDialogElement> {
    document().query_selector(DIALOG).ok()??.dyn_into().ok()
}

/// Opens the dialog with the picture of a link.
pub fn open(link: &Element, words: &'static Words) {
    let Some(number) = elements(PICTURES).iter().position(|other| other == link) else { return };
    let Some(made) = document().create_element("dialog").ok().and_then(|it| it.dyn_into::<HtmlDialogElement>().ok())
    else {
        return;
    };
    made.set_class_name("enlarged");
    _ = made.set_attribute("aria-label", words.enlarged_picture);
    if let Some(body) = document().body() {
        _ = body.append_child(&made);
    }
    show(&made, number, words);
    if made.show_modal().is_err() {
        made.remove();
        return;
    }
    // Escape closes it too; the browser then puts the focus back on the link.
    let closed = made.clone();
    let remove = wasm_bindgen::closure::Closure::once_into_js(move || closed.remove());
    made.set_onclose(Some(remove.unchecked_ref()));
}

/// Shows another picture: the next one, or the one before.
pub fn turn(step: isize, words: &'static Words) {
    let Some(dialog) = dialog() else { return };
    let shown =
        dialog.get_attribute("data-picture").and_then(|number| number.parse::<isize>().ok()).unwrap_or_default();
    let count = elements(PICTURES).len() as isize;
    if count > 1 {
        show(&dialog, (shown + step).rem_euclid(count) as usize, words);
    }
}

fn show(dialog: &HtmlDialogElement, number: usize, words: &'static Words) {
    let links = elements(PICTURES);
    let Some(link) = links.get(number) else { return };
    let focused = document().active_element().and_then(|it| it.get_attribute("data-action"));
    let text = |selector: &str| {
        let element =
            link.closest("figure").ok().flatten().and_then(|figure| figure.query_selector(selector).ok().flatten());
        element.and_then(|element| element.text_content()).unwrap_or_default()
    };
    let alt = link.query_selector("img").ok().flatten().and_then(|img| img.get_attribute("alt"));
    let shown = Enlarged {
        src: link.get_attribute("href").unwrap_or_default(),
        alt: alt.unwrap_or_default(),
        legend: text("figcaption"),
        place: (number + 1, links.len()),
    };
    _ = dialog.set_attribute("data-picture", &number.to_string());
    stage::fill_element(dialog, enlarged(&shown, words).into());
    // The buttons are new: the one that was pressed keeps the focus.
    let again = focused.and_then(|action| dialog.query_selector(&format!("[data-action={action}]")).ok().flatten());
    if let Some(button) = again.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        _ = button.focus();
    }
}

/// Closes the dialog, if it is open.
pub fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}
