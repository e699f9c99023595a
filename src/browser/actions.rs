//! Buttons, menus and keys, served by listeners on the document. Views carry only a `data-action`, so that the same
//! markup works wherever it was made, and however often it is replaced.

use super::memory;
use super::stage::{self, close_menus, elements};
use crate::browser::app::App;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement, HtmlElement};

/// Begins to listen.
pub fn listen(app: &Rc<App>) {
    let acting = Rc::clone(app);
    // The listeners live as long as the page.
    _ = window_event_listener(ev::click, move |event| {
        if let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            click(&target, &acting);
        }
    });
    _ = window_event_listener(ev::keydown, |event| {
        if event.key() == "Escape" && close_menu_at_focus() {
            event.prevent_default();
        }
    });
}

fn click(target: &Element, app: &Rc<App>) {
    let menu = target.closest("details[data-menu]").ok().flatten().and_then(|menu| menu.dyn_into().ok());
    keep_open(menu.as_ref());
    let Some(button) = target.closest("[data-action]").ok().flatten() else {
        return;
    };
    match button.get_attribute("data-action").as_deref() {
        Some("retry") => app.retry(),
        Some("give-up") => app.give_up(),
        Some("dismiss-notice") => dismiss(&button),
        _ => {}
    }
}

/// A press outside closes menus, and one menu closes the others. The drawer stays open while what it opened is used.
fn keep_open(menu: Option<&HtmlDetailsElement>) {
    for open in elements("details[data-menu=submenu][open]") {
        if let Ok(open) = open.dyn_into::<HtmlDetailsElement>()
            && menu != Some(&open)
        {
            open.set_open(false);
        }
    }
}

/// Closes the innermost open menu and puts the focus back on its button. Answers whether there was one.
fn close_menu_at_focus() -> bool {
    let Some(menu) = elements("details[data-menu][open]").pop().and_then(|menu| menu.dyn_into::<HtmlDetailsElement>().ok())
    else {
        return false;
    };
    menu.set_open(false);
    let summary = menu.query_selector("summary").ok().flatten();
    if let Some(summary) = summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
        _ = summary.focus();
    }
    true
}

/// Hides the notice of a button, and moves the focus on so that it is not lost with the button.
fn dismiss(button: &Element) {
    if let Some(notice) = button.closest("[data-notice]").ok().flatten() {
        memory::dismiss(&notice.get_attribute("data-notice").unwrap_or_default());
        hide_dismissed();
        stage::focus_heading();
    }
}

/// Hides the notices that were dismissed.
pub fn hide_dismissed() {
    for notice in elements("[data-notice]") {
        if memory::is_dismissed(&notice.get_attribute("data-notice").unwrap_or_default()) {
            _ = notice.set_attribute("hidden", "");
        }
    }
}

/// Closes every menu; called when another page is shown.
pub fn leave_menus() {
    close_menus(None);
}
