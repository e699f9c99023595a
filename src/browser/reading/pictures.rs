//! Shows pictures enlarged, in a dialog over the page.

use crate::browser::actions::target;
use crate::browser::stage::{self, elements};
use crate::components::figures::{Enlarged, enlarged};
use crate::words::Words;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};

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
        // Alt and an arrow lead back in the history.
        let is_plain = !(event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key());
        if is_plain && dialog().is_some() {
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
    stage::fill_element(&made, enlarged(elements(PICTURES).len() > 1, words).into());
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
    let around = |selector: &str| link.closest(selector).ok().flatten();
    let legend = around("figure").and_then(|figure| figure.query_selector("figcaption").ok().flatten());
    let alt = link.query_selector("img").ok().flatten().and_then(|img| img.get_attribute("alt"));
    let shown = Enlarged {
        src: link.get_attribute("href").unwrap_or_default(),
        alt: alt.unwrap_or_default(),
        legend: legend.and_then(|legend| legend.text_content()).unwrap_or_default(),
        lang: around("[lang]").and_then(|named| named.get_attribute("lang")),
        place: (number + 1, links.len()),
    };
    _ = dialog.set_attribute("data-picture", &number.to_string());
    for (class, part) in [".enlarged__shown", ".enlarged__told"].into_iter().zip(shown.parts(words)) {
        if let Ok(Some(place)) = dialog.query_selector(class) {
            stage::fill_element(&place, part);
        }
    }
}

/// Closes the dialog, if it is open.
pub fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}
