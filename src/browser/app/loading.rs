//! What the reader waits for, and what is fetched before the reader asks for it.

use super::searching::is_whole;
use super::{App, SLOW};
use crate::browser::address::{is_in_address_bar, path_of};
use crate::browser::network::Requests;
use crate::browser::pages::Page;
use crate::browser::search::client::Sources;
use crate::components::page;
use crate::content::{self, Content};
use crate::failure::Failure;
use crate::head::Head;
use crate::routes::Route;
use gloo_timers::callback::Timeout;
use leptos::task::spawn_local;
use std::rc::Rc;

/// A page the reader waits for.
pub(super) struct Loading {
    pub(super) address: String,
    requests: Requests,
    _slow: Timeout,
}

impl App {
    /// Waits for a page; one that is being fetched ahead is not asked for again.
    pub(super) fn load(self: &Rc<Self>, address: String) {
        let app = Rc::clone(self);
        let slow = Timeout::new(SLOW, move || app.waiting.offer_to_stop(app.portal.words()));
        let ahead = match self.ahead.take() {
            Some((own, requests)) if own == address => Some(requests),
            // The reader went elsewhere.
            Some((_, other)) => {
                other.cancel(Failure::GivenUp);
                None
            }
            None => None,
        };
        let under_way = ahead.is_some();
        let requests = ahead.unwrap_or_else(|| {
            let requests = Requests::new(&self.api);
            // Another try at what failed asks the server.
            if self.shown.borrow().address == address { requests.revalidated() } else { requests }
        });
        *self.loading.borrow_mut() =
            Some(Loading { address: address.clone(), requests: requests.clone(), _slow: slow });
        self.waiting.begin();
        if !under_way {
            self.ask(address, requests);
        }
    }

    /// Fetches the page of an address that the reader is likely to follow.
    pub fn fetch_ahead(self: &Rc<Self>, path: &str, query: &str) {
        let address = if query.is_empty() { path.to_owned() } else { format!("{path}{query}") };
        let is_under_way =
            self.ahead.borrow().as_ref().is_some_and(|(own, _)| *own == address) || self.is_loading(&address);
        let is_page = match self.portal.route(&address) {
            Route::Unknown(_) | Route::Sitemap => false,
            Route::Search(query) => !query.text.is_empty(),
            _ => true,
        };
        if is_under_way || !is_page || self.shown.borrow().address == address || self.pages.has_fresh(&address) {
            return;
        }
        let requests = Requests::new(&self.api);
        if let Some((_, before)) = self.ahead.replace(Some((address.clone(), requests.clone()))) {
            before.cancel(Failure::GivenUp);
        }
        self.ask(address, requests);
    }

    fn ask(self: &Rc<Self>, address: String, requests: Requests) {
        let app = Rc::clone(self);
        spawn_local(async move {
            let route = app.portal.route(&address);
            let sources = Sources { requests, client: Rc::clone(&app.search) };
            let content = content::load(&route, &address, &app.portal, &sources).await;
            app.arrive(&address, &route, content, sources.requests.saved_at());
        });
    }

    /// Content has come: it is shown if the reader waits for it, kept if it was fetched ahead, else dropped.
    fn arrive(self: &Rc<Self>, address: &str, route: &Route, content: Result<Content, Failure>, saved_at: Option<f64>) {
        if self.is_loading(address) {
            self.stop_loading();
            match content {
                Ok(Content::Moved(href)) => self.move_on(address, &href),
                Ok(content) => self.present(address, route, &content, saved_at),
                // A copy from the device, which the reader wanted anew, is better than nothing.
                Err(failure) if self.shows(address) => leptos::logging::warn!("{address}: {failure}"),
                Err(failure) => self.present_failure(address, route, &failure),
            }
        } else if self.ahead.borrow().as_ref().is_some_and(|(own, _)| own == address) {
            self.ahead.take();
            if let Ok(content) = content
                && !matches!(content, Content::Moved(_) | Content::NotFound(_))
                && is_whole(&content)
            {
                let ready = Page::new(page(&content, &self.portal), Head::of(&content, &self.portal), saved_at);
                self.pages.keep(address.to_owned(), ready);
            }
        }
    }

    pub(super) fn stop_loading(&self) {
        if let Some(loading) = self.loading.take() {
            loading.requests.cancel(Failure::GivenUp);
        }
        self.waiting.end();
    }

    /// The reader tries again.
    pub fn retry(self: &Rc<Self>) {
        let address = self.shown.borrow().address.clone();
        self.load(address);
    }

    /// The reader stops waiting: back to the page shown or, if the address has changed already, an offer to try again.
    pub fn give_up(self: &Rc<Self>) {
        let Some(address) = self.loading.borrow().as_ref().map(|loading| loading.address.clone()) else {
            return;
        };
        self.stop_loading();
        if is_in_address_bar(&address) && !self.shows(&address) {
            self.present_failure(&address, &self.portal.route(path_of(&address)), &Failure::GivenUp);
        }
    }
}
