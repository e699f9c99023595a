//! Follows the address: which content it asks for, and what the reader sees meanwhile.
//!
//! Of `leptos_router` its address is used, neither its components nor its history (ARCHITECTURE.md, "Routing", says why).

mod loading;
mod searching;

use self::loading::Loading;
use self::searching::is_whole;
use super::address::{self, Url, address_of, is_in_address_bar, path_of};
use super::config::{Config, Shows};
use super::network::{Requests, is_offline};
use super::pages::{Age, Page, Pages, View};
use super::reading::Reading;
use super::search::client::Client;
use super::search::{self, page::Typing, quick::Suggesting};
use super::stage::{self, Waiting};
use super::{actions, startup, visits};
use crate::calendar::Timestamp;
use crate::components::navigation::Current;
use crate::components::{layout, page, states, time};
use crate::content::Content;
use crate::contract::{Href, Lang};
use crate::failure::Failure;
use crate::head::Head;
use crate::markup::dom::Rest;
use crate::portal::Portal;
use crate::routes::Route;
use crate::words::Words;
use gloo_timers::callback::Timeout;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::location::{BrowserUrl, LocationProvider};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::ScrollRestoration;

/// After this time, in milliseconds, the reader is offered to stop waiting.
pub const SLOW: u32 = 8_000;
/// How many redirects in a row are followed.
const MOST_REDIRECTS: usize = 5;
/// The scroll position is saved when scrolling has rested this long, in milliseconds.
const SCROLL_REST: u32 = 120;

/// The running portal.
pub struct App {
    portal: Portal,
    api: Rc<str>,
    location: BrowserUrl,
    waiting: Waiting,
    /// The page that is shown.
    shown: RefCell<Shown>,
    /// What the reader waits for.
    loading: RefCell<Option<Loading>>,
    /// The addresses that led on to the one the reader waits for.
    led_on_from: RefCell<Vec<String>>,
    /// What is fetched ahead.
    ahead: RefCell<Option<(String, Requests)>>,
    pages: Pages,
    /// What the page shown still lacks.
    unfinished: RefCell<Rest>,
    scroll_rest: Cell<Option<Timeout>>,
    /// What helps to read the page shown.
    pub reading: Reading,
    /// Who searches.
    pub search: Rc<Client>,
    /// What is under way on the search page.
    pub typing: Typing,
    /// What is under way in the header's search field.
    pub suggesting: Suggesting,
}

/// The page that is shown.
#[derive(Default)]
struct Shown {
    /// Its address; empty before there is one.
    address: String,
    /// What to keep of it; nothing of a page that tells of a failure.
    head: Option<Head>,
    age: Age,
}

/// Starts: identity first, then the page of the current address, and only then the visit statistics.
///
/// In short tasks: a slow phone takes a tenth of a second for the whole, and the page is being read meanwhile.
pub async fn run(config: Config) {
    stage::breathe().await;
    let api: Rc<str> = config.api.as_str().into();
    let words = Words::of(Lang::new(config.language.as_str()).as_ref());
    let site = match startup::site(&config, &api, words).await {
        Ok(site) => site,
        Err(failure) => return startup::fail(config.shows, &failure, words),
    };
    let portal = Portal::new(site, &config.base);
    stage::breathe().await;
    let Ok(location) = BrowserUrl::new() else {
        return startup::fail(config.shows, &Failure::GivenUp, words);
    };
    let url = location.as_url().get_untracked();
    if config.shows == Shows::Nothing {
        // `trunk serve` has one document for all languages.
        if let Some(edition) = portal.edition_of(url.path()) {
            stage::set_language(&edition.language);
            return Box::pin(run(config.of_edition(&portal, edition))).await;
        }
        let route = portal.route(url.path());
        let frame = layout::layout(states::loading(portal.words()), Current::of(&route, &portal).as_ref(), &portal);
        mount_to_body(move || frame);
    }
    let shown = if config.shows == Shows::Page {
        Shown { address: address_of(&url), head: Some(stage::head()), age: Age::now(stage::saved_at()) }
    } else {
        Shown::default()
    };
    let app = Rc::new(App {
        reading: Reading::new(portal.words()),
        search: Rc::new(Client::new(&portal, &api)),
        typing: Typing::default(),
        suggesting: Suggesting::default(),
        portal,
        api,
        location,
        waiting: Waiting::default(),
        shown: RefCell::new(shown),
        loading: RefCell::default(),
        led_on_from: RefCell::default(),
        ahead: RefCell::default(),
        pages: Pages::default(),
        unfinished: RefCell::default(),
        scroll_rest: Cell::default(),
    });
    app.listen();
    if config.shows == Shows::Page {
        app.reading.offer();
        visits::keep_up_to_date(&app.api, &app.portal);
    }
}

impl App {
    fn listen(self: &Rc<Self>) {
        stage::take_over_scroll();
        // Another document finds its own place again; only pages that the program fetches are its task.
        _ = window_event_listener(ev::pagehide, |_| stage::restore_scroll_by(ScrollRestoration::Auto));
        _ = window_event_listener(ev::pageshow, |event| {
            stage::restore_scroll_by(ScrollRestoration::Manual);
            if event.persisted() {
                spawn_local(stage::find_place_again());
            }
        });
        actions::listen(self);
        actions::hide_dismissed();
        search::listen(self);
        let app = Rc::clone(self);
        _ = window_event_listener(ev::popstate, move |_| {
            if let Some(current) = address::current() {
                app.travel(current);
            }
        });
        // Nothing is fetched anew under the reader's eyes; the next press on a link is, also on one to this page.
        let (lost, found) = (Rc::clone(self), Rc::clone(self));
        _ = window_event_listener(ev::offline, move |_| lost.tell_age());
        _ = window_event_listener(ev::online, move |_| found.tell_age());
        self.tell_age();
        let app = Rc::clone(self);
        _ = window_event_listener(ev::scroll, move |_| app.scrolled());
        let app = Rc::clone(self);
        Effect::new(move |before: Option<()>| {
            let url = app.location.as_url().get();
            // A page that the document shows stays as it is.
            if before.is_some() || !app.shows(&address_of(&url)) {
                app.follow(&url);
            }
            if before.is_none() {
                search::page::take_over(&app);
            }
        });
        // Tells styles, scripts of others and tests that the program serves the page now.
        if let Some(html) = document().document_element() {
            _ = html.set_attribute("data-running", "");
        }
    }

    /// A link of this site is followed: the address is that of the new page once this is there. Answers whether the
    /// browser has nothing more to do; files and places on the page shown are its own task.
    pub fn open(self: &Rc<Self>, href: &str) -> bool {
        let Some(url) = address::parse(href) else { return false };
        let address = address_of(&url);
        let is_ours = url.path().starts_with(self.portal.base()) && !self.portal.is_of_edition(url.path());
        let is_page = is_ours && url.path().ends_with('/');
        let is_place = !url.hash().is_empty() && self.shows(&address) && is_in_address_bar(&address);
        if is_place {
            stage::save_scroll();
        } else if is_page && !self.is_loading(&address) {
            // The same address again is a new visit, not the way back to where the reader was on the page.
            if address::current().as_ref() == Some(&url) {
                address::replace(href);
                if self.shown.borrow().age.is_saved && !is_offline() {
                    self.stop_loading();
                    self.location.as_url().set(url);
                    self.retry();
                    return true;
                }
            }
            self.location.as_url().set(url);
        }
        is_page && !is_place
    }

    /// The reader goes back or forward, or to a place on the page.
    fn travel(&self, url: Url) {
        let address = address_of(&url);
        let is_of_failure = self.shown.borrow().address == address && !self.shows(&address);
        if !is_of_failure {
            self.location.as_url().set(url);
        } else if !self.is_loading(&address) {
            // A place on such a page, where its skip link leads, is not another try.
            self.stop_loading();
        }
    }

    /// Follows the address to the page it asks for, or to the place on the page that is shown.
    fn follow(self: &Rc<Self>, url: &Url) {
        let address = address_of(url);
        if self.is_loading(&address) {
            return;
        }
        self.stop_loading();
        if self.shows(&address) {
            address::arrive(url);
            return stage::scroll_to_place();
        }
        let travelled = is_in_address_bar(&address);
        if !travelled {
            stage::save_scroll();
        }
        match self.pages.take(&address, travelled) {
            Some(page) => self.change(&address, page.view, page.head, Some(page.age)),
            None => self.load(address),
        }
    }

    fn is_loading(&self, address: &str) -> bool {
        self.loading.borrow().as_ref().is_some_and(|loading| loading.address == address)
    }

    /// Is this page shown, rather than a failure to load it?
    fn shows(&self, address: &str) -> bool {
        let shown = self.shown.borrow();
        shown.address == address && shown.head.is_some()
    }

    /// Shows content at its address as the portal writes it, however the reader came by it.
    fn present(self: &Rc<Self>, address: &str, route: &Route, content: &Content, saved_at: Option<f64>) {
        let ready = Page::new(page(content, &self.portal), Head::of(content, &self.portal), saved_at);
        let (path, query) = address.split_at(path_of(address).len());
        let own = self.portal.link(route);
        let own_path = path_of(&own);
        if path == own_path || matches!(content, Content::NotFound(_)) {
            self.change(address, ready.view, ready.head, is_whole(content).then_some(ready.age));
            if let Content::NotFound(path) = content {
                search::page::offer_for_missing(self, path);
            }
        } else {
            let own = format!("{own_path}{query}");
            self.pages.keep(own.clone(), ready);
            self.lead_to(&own);
        }
    }

    fn present_failure(self: &Rc<Self>, address: &str, route: &Route, failure: &Failure) {
        leptos::logging::warn!("{address}: {failure}");
        let view = View::Markup(states::problem(route, failure, &self.portal));
        self.change(address, view, Head::of_failure(route, &self.portal), None);
    }

    /// Changes the page: view, address, title, place, focus, scroll position, in this order. `age` is `None` for a page
    /// that is not to be kept.
    fn change(self: &Rc<Self>, address: &str, view: View, head: Head, age: Option<Age>) {
        let travelled = is_in_address_bar(address);
        let kept = age.map(|_| head.clone());
        let shown = Shown { address: address.to_owned(), head: kept, age: age.unwrap_or_default() };
        let before = self.shown.replace(shown);
        let first = before.address.is_empty();
        self.led_on_from.take();
        self.typing.end();
        self.reading.end();
        self.finish();
        let (nodes, rest) = view.into_nodes();
        let nodes = stage::show(&nodes);
        self.unfinished.replace(rest);
        if travelled || !self.location.as_url().read_untracked().hash().is_empty() {
            self.finish();
        }
        if let Some(head) = before.head {
            let page = Page { view: View::Nodes(nodes), head, age: before.age };
            self.pages.keep(before.address, page);
        }
        stage::close_menus();
        if !travelled {
            address::arrive(&self.location.as_url().read_untracked());
        }
        stage::set_head(&head);
        self.tell_age();
        stage::mark(Current::of(&self.portal.route(path_of(address)), &self.portal).as_ref());
        stage::scroll_to_place();
        if !first {
            stage::focus_heading();
        }
        let app = Rc::clone(self);
        spawn_local(async move {
            stage::painted().await;
            app.finish();
            app.reading.offer();
            stage::tell_start_script("portalShown");
            // Not said before it is shown; nor does the page wait for it.
            if !first {
                stage::announce_page();
            }
        });
        if first {
            visits::keep_up_to_date(&self.api, &self.portal);
        }
    }

    /// Tells how old the page is, where that is not of now.
    fn tell_age(&self) {
        let shown = self.shown.borrow();
        let is_old = shown.head.is_some() && (shown.age.is_saved || is_offline());
        let at = Timestamp::from_unix_seconds((shown.age.since() / 1000.0) as i64);
        let words = self.portal.words();
        let said = if is_offline() { words.offline_since } else { words.saved_since };
        stage::tell_age(is_old.then(|| time::filled(said, vec![at.time().into(), time::date(at).into()])));
    }

    /// Builds what the page still lacks below the first screen.
    fn finish(&self) {
        self.unfinished.take().build();
    }

    /// Leads on from an old address; one that leads in a circle leads nowhere.
    fn move_on(self: &Rc<Self>, from: &str, href: &Href) {
        let target = self.portal.href(href);
        if !href.is_local() || self.portal.is_of_edition(&target) {
            _ = window().location().replace(&target);
            return;
        }
        let address = target.split('#').next().unwrap_or_default();
        let goes_on = {
            let mut passed = self.led_on_from.borrow_mut();
            passed.push(from.to_owned());
            passed.len() <= MOST_REDIRECTS && passed.iter().all(|before| before != address)
        };
        if goes_on {
            self.lead_to(&target);
        } else {
            let route = self.portal.route(path_of(from));
            self.present(from, &route, &Content::NotFound(from.to_owned()), None);
        }
    }

    /// Follows another address of this portal in place of the one that was followed.
    fn lead_to(&self, target: &str) {
        if let Some(url) = address::lead_on(&self.location.as_url().get_untracked(), target) {
            self.location.as_url().set(url);
        }
    }

    fn scrolled(self: &Rc<Self>) {
        let app = Rc::clone(self);
        let rest = Timeout::new(SCROLL_REST, move || {
            // Not while the address is already another page's.
            if is_in_address_bar(&app.shown.borrow().address) {
                stage::save_scroll();
            }
        });
        self.scroll_rest.set(Some(rest));
    }
}
