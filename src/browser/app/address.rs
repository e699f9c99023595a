//! Addresses: what the location provider makes of them, and the history.

use super::App;
use crate::browser::stage;
use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider, State, Url};

impl App {
    /// Leads to an address of this portal, as a link to it would.
    pub fn go(&self, address: &str) {
        stage::save_scroll();
        self.write_address(address, true);
        if let Ok(current) = BrowserUrl::current() {
            self.location.as_url().set(current);
        }
    }

    /// Writes an address into the history, as another entry or in place of this one; the page stays.
    pub fn write_address(&self, address: &str, pushes: bool) {
        let value = address.to_owned();
        self.location.complete_navigation(&LocationChange {
            value,
            replace: !pushes,
            scroll: false,
            state: State::default(),
        });
    }
}

/// Path and query; the fragment does not make another page.
pub(super) fn address_of(url: &Url) -> String {
    if url.search().is_empty() { url.path().to_owned() } else { format!("{}?{}", url.path(), url.search()) }
}

/// The path of an address.
pub(super) fn path_of(address: &str) -> &str {
    address.split('?').next().unwrap_or_default()
}

/// Is it the address that the browser shows?
pub(super) fn is_in_address_bar(address: &str) -> bool {
    BrowserUrl::current().is_ok_and(|url| address_of(&url) == address)
}
