//! The address bar and the history. `leptos_router` reads addresses; it does not write the history, since its own record
//! of it is wrong once the reader has gone forward (ARCHITECTURE.md, "Routing").

use leptos::prelude::window;
use leptos_router::location::{BrowserUrl, LocationProvider};
use wasm_bindgen::JsValue;

pub use leptos_router::location::Url;

/// What the address bar shows.
pub fn current() -> Option<Url> {
    BrowserUrl::current().ok()
}

/// What a link leads to.
pub fn parse(href: &str) -> Option<Url> {
    BrowserUrl::parse(href).ok()
}

/// Path and query; the fragment does not make another page.
pub fn address_of(url: &Url) -> String {
    if url.search().is_empty() { url.path().to_owned() } else { format!("{}?{}", url.path(), url.search()) }
}

/// An address without its query.
pub fn path_of(address: &str) -> &str {
    address.split('?').next().unwrap_or_default()
}

/// Is this, but for the fragment, what the address bar shows?
pub fn is_in_address_bar(address: &str) -> bool {
    current().is_some_and(|url| address_of(&url) == address)
}

/// The reader has arrived at an address: it is added to the history, unless that has led there.
pub fn arrive(url: &Url) {
    if let (Ok(history), true) = (window().history(), current().is_some_and(|current| current != *url)) {
        // Only an address of another origin could fail, and this one is of the site.
        _ = history.push_state_with_url(&JsValue::NULL, "", Some(&format!("{}{}", address_of(url), url.hash())));
    }
}

/// Replaces the address of the current history entry, and forgets where the page was scrolled to.
pub fn replace(address: &str) {
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Another address in place of one that is followed, in the history too if it stands there already. As with the
/// browser's own redirects, a fragment is kept unless the new address has one.
pub fn lead_on(from: &Url, target: &str) -> Option<Url> {
    let fragment = if target.contains('#') { "" } else { from.hash() };
    let target = format!("{target}{fragment}");
    if is_in_address_bar(&address_of(from)) {
        replace(&target);
    }
    parse(&target)
}
