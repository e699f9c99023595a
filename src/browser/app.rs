//! Follows the address: which content it asks for, and what the reader sees meanwhile.
//!
//! `leptos_router`'s location provider takes over clicks on links and writes the history; its route components are
//! not used (ARCHITECTURE.md, "Routing", says why).

use super::config::Config;
use super::network::Requests;
use super::stage::{self, Stage};
use super::{actions, visits};
use crate::components::{layout, page, states};
use crate::content::{self, Content};
use crate::contract::{Document, Href, Lang, Site};
use crate::failure::Failure;
use crate::head::Head;
use crate::markup::Node;
use crate::portal::Portal;
use crate::routes::Route;
use crate::words::Words;
use gloo_timers::callback::Timeout;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::mount::{mount_to, mount_to_body};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::location::{BrowserUrl, LocationProvider, Url};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

/// After this time, in milliseconds, the reader is offered to stop waiting.
const SLOW: u32 = 8_000;
/// How many pages are kept in memory, so that going back shows them at once.
const KEPT_PAGES: usize = 20;
/// How long a kept page may be shown again for a click, in milliseconds. Going back shows it whatever its age.
const FRESH: f64 = 5.0 * 60_000.0;
/// The scroll position is saved when scrolling has rested this long, in milliseconds.
const SCROLL_REST: u32 = 120;

/// The running portal.
pub struct App {
    portal: Portal,
    api: Rc<str>,
    location: BrowserUrl,
    stage: Stage,
    /// The address whose page is shown.
    shown: RefCell<String>,
    /// What is being loaded.
    loading: RefCell<Option<Loading>>,
    kept: RefCell<VecDeque<Kept>>,
    scroll_rest: Cell<Option<Timeout>>,
}

/// A page on its way.
struct Loading {
    address: String,
    requests: Requests,
    _slow: Timeout,
}

/// A page kept in memory.
struct Kept {
    address: String,
    content: Rc<Content>,
    at: f64,
}

/// Starts: identity first, then the page of the current address, then the visit statistics.
pub async fn run(config: Config) {
    let api: Rc<str> = config.api.as_str().into();
    let words = Words::of(Lang::new(config.language.as_str()).as_ref());
    let splash = document().body().map(|body| mount_to(body, move || states::loading(words)));
    let site: Result<Site, Failure> = content::get(&Requests::new(&api), &Document::Site).await;
    drop(splash);
    let site = match site {
        Ok(site) => site,
        Err(failure) => return fail_to_start(&failure, words),
    };
    let portal = Portal::new(site, &config.base);
    let Ok(location) = BrowserUrl::new() else {
        return fail_to_start(&Failure::GivenUp, words);
    };
    let route = portal.route(location.as_url().get_untracked().path());
    let frame = layout::layout(crate::markup::nothing(), route.place(), &portal);
    mount_to_body(move || frame);
    let app = Rc::new(App {
        portal,
        api,
        location,
        stage: Stage::default(),
        shown: RefCell::default(),
        loading: RefCell::default(),
        kept: RefCell::default(),
        scroll_rest: Cell::default(),
    });
    app.stage.show(states::loading(app.portal.words()));
    app.listen();
    visits::keep_up_to_date(Rc::clone(&app.api), &app.portal).await;
}

/// Says why the portal could not start; another try loads the document anew.
fn fail_to_start(failure: &Failure, words: &'static Words) {
    leptos::logging::warn!("The portal could not start: {failure}");
    let view = states::problem_of_site(failure, words);
    mount_to_body(move || view);
    _ = window_event_listener(ev::click, |event| {
        use wasm_bindgen::JsCast;
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if target.is_some_and(|target| target.closest("[data-action=retry]").ok().flatten().is_some()) {
            _ = window().location().reload();
        }
    });
}

impl App {
    fn listen(self: &Rc<Self>) {
        if let Ok(history) = window().history() {
            // Pages are fetched: the browser would restore the position before they are there.
            _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
        }
        actions::listen(self);
        actions::hide_dismissed();
        let base = self.portal.base().trim_end_matches('/').to_owned();
        self.location.init((!base.is_empty()).then_some(base.into()));
        let app = Rc::clone(self);
        _ = window_event_listener(ev::scroll, move |_| app.scrolled());
        let app = Rc::clone(self);
        Effect::new(move |_| {
            let url = app.location.as_url().get();
            app.follow(&url);
        });
    }

    /// Follows the address to the page it asks for.
    fn follow(self: &Rc<Self>, url: &Url) {
        let address = address_of(url);
        if self.loading.borrow().as_ref().is_some_and(|loading| loading.address == address) {
            return;
        }
        self.stop_loading();
        if *self.shown.borrow() == address {
            return;
        }
        let travelled = is_in_address_bar(&address);
        if !travelled {
            stage::save_scroll();
        }
        match self.keep(&address, travelled) {
            Some(content) => self.present(&address, &content),
            None => self.load(address),
        }
    }

    fn load(self: &Rc<Self>, address: String) {
        let requests = Requests::new(&self.api);
        let app = Rc::clone(self);
        let slow = Timeout::new(SLOW, move || app.stage.offer_to_stop(app.portal.words()));
        *self.loading.borrow_mut() = Some(Loading { address: address.clone(), requests: requests.clone(), _slow: slow });
        self.stage.begin_waiting();
        let app = Rc::clone(self);
        spawn_local(async move {
            let path = address.split('?').next().unwrap_or_default();
            let route = app.portal.route(path);
            let content = content::load(&route, &address, &app.portal, &requests).await;
            // The reader has moved on: the answer is dropped.
            if app.loading.borrow().as_ref().is_none_or(|loading| loading.address != address) {
                return;
            }
            app.stop_loading();
            match content {
                Ok(content) => {
                    let content = Rc::new(content);
                    app.remember(&address, &content);
                    app.present(&address, &content);
                }
                Err(failure) => app.present_failure(&address, &route, &failure),
            }
        });
    }

    fn stop_loading(&self) {
        if let Some(loading) = self.loading.take() {
            loading.requests.cancel(Failure::GivenUp);
        }
        self.stage.end_waiting();
    }

    /// The reader tries again.
    pub fn retry(self: &Rc<Self>) {
        let address = self.shown.take();
        self.load(address);
    }

    /// The reader stops waiting: back to the page shown or, if the address has changed already, an offer to try again.
    pub fn give_up(self: &Rc<Self>) {
        let Some(address) = self.loading.borrow().as_ref().map(|loading| loading.address.clone()) else {
            return;
        };
        self.stop_loading();
        if is_in_address_bar(&address) {
            let path = address.split('?').next().unwrap_or_default();
            self.present_failure(&address, &self.portal.route(path), &Failure::GivenUp);
        } else if let Ok(current) = BrowserUrl::current() {
            self.location.as_url().set(current);
        }
    }

    fn present(self: &Rc<Self>, address: &str, content: &Content) {
        if let Content::Moved(href) = content {
            return self.move_on(href);
        }
        self.change(address, page(content, &self.portal), Head::of(content, &self.portal));
    }

    fn present_failure(self: &Rc<Self>, address: &str, route: &Route, failure: &Failure) {
        leptos::logging::warn!("{address}: {failure}");
        self.change(address, states::problem(route, failure, &self.portal), Head::of_failure(route, &self.portal));
    }

    /// Changes the page: view, address, title, place, focus, scroll position, in this order.
    fn change(self: &Rc<Self>, address: &str, view: Node, head: Head) {
        let first = self.shown.replace(address.to_owned()).is_empty();
        let travelled = is_in_address_bar(address);
        self.stage.show(view);
        actions::leave_menus();
        let path = address.split('?').next().unwrap_or_default();
        let place = self.portal.route(path).place().and_then(|slug| {
            let node = self.portal.site.node(slug.as_str())?;
            Route::node(node).map(|route| self.portal.link(&route))
        });
        self.location.ready_to_complete();
        // The location writes the history in a task of its own, and the title belongs to the new entry.
        spawn_local(async move {
            stage::set_head(&head);
            stage::mark_place(place.as_deref());
            if travelled && let Some(y) = stage::saved_scroll() {
                stage::scroll_to(y);
            }
            if !first {
                stage::focus_heading();
                stage::announce(&head.title);
            }
        });
    }

    /// Leads on from an old address.
    fn move_on(self: &Rc<Self>, href: &Href) {
        let target = self.portal.href(href);
        if !href.is_local() {
            _ = window().location().replace(&target);
            return;
        }
        self.location.ready_to_complete();
        let app = Rc::clone(self);
        spawn_local(async move {
            let history = window().history();
            _ = history.and_then(|history| history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&target)));
            if let Ok(current) = BrowserUrl::current() {
                app.location.as_url().set(current);
            }
        });
    }

    /// A page kept in memory, if it may be shown again.
    fn keep(&self, address: &str, travelled: bool) -> Option<Rc<Content>> {
        let kept = self.kept.borrow();
        let page = kept.iter().find(|page| page.address == address)?;
        (travelled || js_sys::Date::now() - page.at < FRESH).then(|| Rc::clone(&page.content))
    }

    fn remember(&self, address: &str, content: &Rc<Content>) {
        let mut kept = self.kept.borrow_mut();
        kept.retain(|page| page.address != address);
        kept.push_front(Kept { address: address.to_owned(), content: Rc::clone(content), at: js_sys::Date::now() });
        kept.truncate(KEPT_PAGES);
    }

    fn scrolled(self: &Rc<Self>) {
        let app = Rc::clone(self);
        let rest = Timeout::new(SCROLL_REST, move || {
            // Not while the address is already another page's.
            if is_in_address_bar(&app.shown.borrow()) {
                stage::save_scroll();
            }
        });
        self.scroll_rest.set(Some(rest));
    }
}

/// Path and query; the fragment does not make another page.
fn address_of(url: &Url) -> String {
    if url.search().is_empty() { url.path().to_owned() } else { format!("{}?{}", url.path(), url.search()) }
}

fn is_in_address_bar(address: &str) -> bool {
    BrowserUrl::current().is_ok_and(|url| address_of(&url) == address)
}
