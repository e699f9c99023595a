//! Buttons, menus and keys, served by listeners on the document. Views carry only a `data-action`, so that the same
//! markup works wherever it was made, and however often it is replaced.

use super::memory;
use super::stage::{self, elements};
use crate::browser::app::App;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::{document, window};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, HtmlDetailsElement, HtmlElement, MouseEvent};

/// Begins to listen.
pub fn listen(app: &Rc<App>) {
    let acting = Rc::clone(app);
    // The listeners live as long as the page.
    _ = window_event_listener(ev::click, move |event| {
        if target(&event).is_some_and(|target| is_plain(&event) && click(&target, &acting)) {
            event.prevent_default();
        }
        if let Some(link) = followed(&event)
            && acting.open(&link.href())
        {
            event.prevent_default();
        }
    });
    // Tab leads out of an open menu: it must not stay open over what the reader has gone to.
    _ = window_event_listener(ev::focusin, |event| {
        if let Some(target) = target(&event) {
            keep_open(menu_around(&target).as_ref());
        }
    });
    if !saves_data() {
        let (pointing, focusing, touching) = (Rc::clone(app), Rc::clone(app), Rc::clone(app));
        _ = window_event_listener(ev::pointerover, move |event| intend(&event, &pointing));
        _ = window_event_listener(ev::focusin, move |event| intend(&event, &focusing));
        _ = window_event_listener(ev::touchstart, move |event| intend(&event, &touching));
    }
    let waiting = Rc::clone(app);
    _ = window_event_listener(ev::keydown, move |event| {
        // The browser closes a dialog itself; a menu behind it stays.
        if event.key() == "Escape" && elements("dialog[open]").is_empty() {
            if close_innermost_menu() {
                event.prevent_default();
            } else {
                waiting.give_up();
            }
        }
    });
}

/// The element that an event is about.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The action that the element of an event names.
pub fn named_by(event: &Event) -> Option<String> {
    target(event)?.closest("[data-action]").ok()??.get_attribute("data-action")
}

/// The link of this site that an event is about, unless it leads to another tab or a download.
fn link_of(event: &Event) -> Option<HtmlAnchorElement> {
    let link: HtmlAnchorElement = target(event)?.closest("a[href]").ok()??.dyn_into().ok()?;
    let stays_here = window().location().origin().is_ok_and(|origin| origin == link.origin());
    (stays_here && link.target().is_empty() && !link.has_attribute("download")).then_some(link)
}

/// Is no key held down? With one a link goes to another tab, whatever it does here.
fn is_plain(event: &MouseEvent) -> bool {
    !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
}

/// The link that a plain click follows.
fn followed(event: &MouseEvent) -> Option<HtmlAnchorElement> {
    let is_followed = event.button() == 0 && is_plain(event) && !event.default_prevented();
    link_of(event).filter(|_| is_followed)
}

/// A reader who points at a link, focuses or touches it will often follow it: its page is fetched ahead.
fn intend(event: &Event, app: &Rc<App>) {
    if let Some(link) = link_of(event) {
        app.fetch_ahead(&link.pathname(), &link.search());
    }
}

/// Has the reader asked the browser to save data?
fn saves_data() -> bool {
    let property = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).ok();
    property(&window().navigator(), "connection")
        .filter(|connection| connection.is_object())
        .and_then(|connection| property(&connection, "saveData"))
        .is_some_and(|saves| saves.is_truthy())
}

/// Serves a press; answers whether it is served instead of what the browser would do.
fn click(target: &Element, app: &Rc<App>) -> bool {
    keep_open(menu_around(target).as_ref());
    let Some(button) = target.closest("[data-action]").ok().flatten() else {
        return false;
    };
    match button.get_attribute("data-action").as_deref() {
        Some("retry") => app.retry(),
        Some("give-up") => app.give_up(),
        Some("reload") => _ = window().location().reload(),
        Some("dismiss-notice") => dismiss(&button),
        Some(action) => return app.reading.act(action, &button),
        None => {}
    }
    false
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

/// The menu an element is in.
fn menu_around(element: &Element) -> Option<HtmlDetailsElement> {
    element.closest("details[data-menu]").ok().flatten()?.dyn_into().ok()
}

/// Closes the open menu that stands innermost, a submenu before the drawer. A focus in the navigation goes back to its
/// button, so that it is not lost with what it was on; one elsewhere stays. Answers whether there was a menu.
fn close_innermost_menu() -> bool {
    let Some(menu) =
        elements("details[data-menu][open]").pop().and_then(|menu| menu.dyn_into::<HtmlDetailsElement>().ok())
    else {
        return false;
    };
    menu.set_open(false);
    // What the drawer opens stands beside it, in the same navigation.
    let is_inside = document().active_element().is_some_and(|focus| {
        let around = focus.closest("nav").ok().flatten();
        menu.contains(Some(&focus)) || around.is_some_and(|nav| nav.contains(Some(&menu)))
    });
    let summary = menu.query_selector("summary").ok().flatten();
    if let Some(summary) = summary.filter(|_| is_inside).and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
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
