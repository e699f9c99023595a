//! The page as the browser holds it: what `<main>` shows, the title, the focus, the scroll position.

use crate::components::layout::{AGE_ID, ANNOUNCER_ID, PENDING_ID};
use crate::components::navigation::{Current, NAVIGATION_ID};
use crate::components::{MAIN_ID, states};
use crate::contract::Lang;
use crate::head::Head;
use crate::markup::{Mounted, Node, dom, with_class};
use crate::words::Words;
use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, FocusOptions, HtmlDetailsElement, HtmlElement, ScrollRestoration};

/// The place that tells of a page on its way.
#[derive(Default)]
pub struct Waiting {
    offer: RefCell<Option<UnmountHandle<Mounted>>>,
}

impl Waiting {
    /// Marks that another page is on its way; styles show it after a moment.
    pub fn begin(&self) {
        self.offer.take();
        set_class(PENDING_ID, "pending pending--active");
    }

    /// Tells that it takes long, and offers to stop.
    pub fn offer_to_stop(&self, words: &'static Words) {
        if let Some(place) = element(PENDING_ID) {
            *self.offer.borrow_mut() = Some(mount_to(place, move || states::slow(words)));
        }
    }

    /// The other page is there, or given up. A focus on the button moves on with it gone.
    pub fn end(&self) {
        let has_focus = focused().is_some_and(|focused| focused.closest(".slow").is_ok_and(|slow| slow.is_some()));
        self.offer.take();
        set_class(PENDING_ID, "pending");
        if has_focus {
            focus_heading();
        }
    }
}

/// Shows nodes as the page, and answers what stood there. Nodes that are taken away keep their state: a page that
/// comes back has its `<details>` open and its recordings where they were.
pub fn show(nodes: &[web_sys::Node]) -> Vec<web_sys::Node> {
    let Some(main) = element(MAIN_ID) else {
        return Vec::new();
    };
    let mut before = Vec::new();
    while let Some(node) = main.first_child() {
        // Taking a child from its own parent cannot fail.
        _ = main.remove_child(&node);
        before.push(node);
    }
    for node in nodes {
        _ = main.append_child(node);
    }
    before
}

/// When the document was saved, in milliseconds since 1970, if it came from the device: the service worker says so.
pub fn saved_at() -> Option<f64> {
    let at: u64 = document().document_element()?.get_attribute("data-saved")?.parse().ok()?;
    Some(at as f64)
}

/// Tells above the page how old it is, or nothing of it.
pub fn tell_age(said: Option<Node>) {
    fill(AGE_ID, said.map(|said| with_class("p", "age").attr("id", "ban-luu").add(said)).into());
}

/// The head as the document has it, as far as the program keeps it up.
pub fn head() -> Head {
    let canonical = document().query_selector("link[rel=canonical]").ok().flatten();
    Head { title: document().title(), canonical: canonical.and_then(|link| link.get_attribute("href")), indexed: true }
}

/// An element of the page.
pub fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id).and_then(|element| element.dyn_into().ok())
}

fn set_class(id: &str, class: &str) {
    if let Some(element) = element(id) {
        element.set_class_name(class);
    }
}

/// Sets the language of the document.
pub fn set_language(language: &Lang) {
    if let Some(html) = document().document_element() {
        _ = html.set_attribute("lang", language.as_str());
    }
}

/// Writes the head of the page into the document.
pub fn set_head(head: &Head) {
    let document = document();
    document.set_title(&head.title);
    // Those of the page before would tell of another one. Who looks for them fetches finished pages, but for the address,
    // which is passed on.
    for outdated in elements("link[rel=alternate],link[rel=canonical],meta[name=description],meta[name=robots]") {
        outdated.remove();
    }
    let Some(address) = &head.canonical else { return };
    if let (Ok(link), Some(head)) = (document.create_element("link"), document.head()) {
        _ = link.set_attribute("rel", "canonical");
        _ = link.set_attribute("href", address);
        _ = head.append_child(&link);
    }
}

/// Marks the current link of the navigation, and no other.
pub fn mark(current: Option<&Current>) {
    for link in elements(&format!("#{NAVIGATION_ID} [aria-current]")) {
        _ = link.remove_attribute("aria-current");
    }
    let Some(current) = current else { return };
    for link in elements(&format!("#{NAVIGATION_ID} a")) {
        if link.get_attribute("href").as_ref() == Some(&current.href) {
            _ = link.set_attribute("aria-current", current.value());
        }
    }
}

/// Closes all open menus.
pub fn close_menus() {
    for menu in elements("details[data-menu][open]") {
        if let Ok(menu) = menu.dyn_into::<HtmlDetailsElement>() {
            menu.set_open(false);
        }
    }
}

/// All elements a selector finds.
pub fn elements(selector: &str) -> Vec<Element> {
    let Ok(list) = document().query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length()).filter_map(|index| list.get(index)?.dyn_into().ok()).collect()
}

/// Has the reader changed a setting, by the attribute of the root element that it is?
pub fn is_set(setting: &str) -> bool {
    document().document_element().is_some_and(|root| root.has_attribute(setting))
}

/// The element that has the focus.
pub fn focused() -> Option<Element> {
    document().active_element()
}

/// Fills the element of an id with other markup.
pub fn fill(id: &str, markup: Node) {
    if let Some(place) = element(id) {
        fill_element(&place, markup);
    }
}

/// Fills an element with other markup.
pub fn fill_element(place: &Element, markup: Node) {
    place.set_text_content(None);
    dom::build(markup).iter().for_each(|node| _ = place.append_child(node));
}

/// Puts the focus on the page's heading or, on a page that begins with a field, on that; without scrolling.
pub fn focus_heading() {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let first = |what: &str| document().query_selector(&format!("#{MAIN_ID} {what}")).ok().flatten();
    let target = first("[autofocus]").or_else(|| first("h1"));
    let target = target.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()).or_else(|| element(MAIN_ID));
    if let Some(target) = target {
        _ = target.focus_with_options(&options);
    }
}

/// Has screen readers say a text.
pub fn announce(text: &str) {
    if let Some(announcer) = element(ANNOUNCER_ID) {
        announcer.set_text_content(Some(text));
    }
}

/// Has screen readers say what the page is: what it says of itself, or its title.
pub fn announce_page() {
    let said = document().query_selector(&format!("#{MAIN_ID} [data-spoken]")).ok().flatten();
    announce(&said.and_then(|said| said.text_content()).unwrap_or_else(|| document().title()));
}

/// Remembers the scroll position in the history entry of the page.
pub fn save_scroll() {
    if let (Ok(history), Ok(y)) = (window().history(), window().scroll_y()) {
        // Browsers limit how often this may be called; a position lost to the limit is replaced by the next.
        _ = history.replace_state(&JsValue::from_f64(y), "");
    }
}

/// `#` and what follows it in the address bar, or nothing.
fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Scrolls to where the current history entry was left or, if it is new, to what its fragment names; else to the top.
pub fn scroll_to_place() {
    let named = js_sys::decode_uri_component(&fragment()).map(String::from).unwrap_or_default();
    match (saved_scroll(), named.strip_prefix('#').and_then(element)) {
        (Some(y), _) => scroll_to(y),
        (None, Some(element)) => element.scroll_into_view(),
        (None, None) => scroll_to(0.0),
    }
}

/// The scroll position remembered in the current history entry.
pub fn saved_scroll() -> Option<f64> {
    window().history().ok()?.state().ok()?.as_f64()
}

/// Lets the browser restore the scroll position of the current history entry, or the program: pages are fetched, and
/// the browser would restore it before they are there.
pub fn restore_scroll_by(whom: ScrollRestoration) {
    if let Ok(history) = window().history() {
        _ = history.set_scroll_restoration(whom);
    }
}

/// Restores the position by program from now on. The browser has restored that of a finished page, unless the program
/// had taken this entry over before, in a document that has since been left from another entry.
pub fn take_over_scroll() {
    let was_ours = window().history().and_then(|history| history.scroll_restoration()) == Ok(ScrollRestoration::Manual);
    if was_ours {
        leave_top();
    }
    restore_scroll_by(ScrollRestoration::Manual);
}

/// The page's own clock, which nobody can set, in milliseconds.
pub fn since_start() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Scrolls to where the page was left, if the browser, which kept it whole, shows it from its top, as WebKit does.
pub async fn find_place_again() {
    painted().await;
    leave_top();
}

/// Scrolls from the top to where the current history entry was left.
fn leave_top() {
    if window().scroll_y() == Ok(0.0)
        && let Some(y) = saved_scroll()
    {
        scroll_to(y);
    }
}

/// Goes on in a task of its own: what the reader did meanwhile is served first.
pub async fn breathe() {
    TimeoutFuture::new(0).await;
}

/// Calls a function of the script that has started the program (tools/build/start.js); `trunk serve` has none.
pub fn tell_start_script(name: &str) {
    let listener = js_sys::Reflect::get(&window(), &name.into());
    if let Some(listener) = listener.ok().and_then(|listener| listener.dyn_into::<js_sys::Function>().ok()) {
        _ = listener.call0(&JsValue::NULL);
    }
}

/// Waits until what has changed is on the screen. A page in the background is not painted: there it is not waited for.
pub async fn painted() {
    if !document().hidden() {
        let frame = Promise::new(&mut |done, _| _ = window().request_animation_frame(&done));
        _ = JsFuture::from(frame).await;
    }
    // The frame is painted after its callbacks, before the next task.
    breathe().await;
}

/// Scrolls at once, whatever the styles say about smoothness.
pub fn scroll_to(y: f64) {
    window().scroll_to_with_x_and_y(0.0, y);
}
