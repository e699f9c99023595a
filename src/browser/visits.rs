//! Keeps the visit statistics up to date: loaded after the page, then every minute while it is looked at, more rarely
//! while they fail. Reports the visit itself where the portal names who counts.

use super::memory;
use super::network::{Requests, tell};
use super::stage::{element, is_set, since_start};
use crate::components::layout::VISITS_ID;
use crate::components::visits::{VisitsState, visits};
use crate::content::{Documents, is_usable};
use crate::contract::{Document, FileAddress, Ledger, Visits, decode};
use crate::failure::Failure;
use crate::portal::Portal;
use gloo_timers::callback::Interval;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::Url;

/// Time between two requests, in milliseconds.
const INTERVAL: u32 = 60_000;
/// Timers are not exact: a request that is due within this time, in milliseconds, is due now.
const SLACK: f64 = 1_000.0;
/// While they fail, each pause is twice as long as the one before, so many times at most.
const MOST_DOUBLINGS: u32 = 4;

/// The figures and where they come from.
struct Counter {
    api: Rc<str>,
    /// Where they are, if not among the documents of the API.
    url: Option<String>,
    state: RwSignal<VisitsState>,
    ledger: RefCell<Ledger>,
    /// When they were asked for last, in milliseconds of the page's own clock, which nobody can set.
    asked_at: Cell<Option<f64>>,
    /// How often in a row they could not be had.
    failures: Cell<u32>,
}

/// Shows the figures in their place and refreshes them for as long as the page lives. A portal that names no source
/// of visit statistics, and a document without a place for them, show none.
pub fn keep_up_to_date(api: &Rc<str>, portal: &Portal) {
    let Some(source) = &portal.site.visits else { return };
    if let Some(counter) = &source.report {
        report(counter, portal);
    }
    let Some(place) = element(VISITS_ID) else { return };
    let words = portal.words();
    let url = source.url.as_ref().map(|file| portal.file(file));
    let state = RwSignal::new(VisitsState::Loading);
    place.set_text_content(None);
    mount_to(place, move || move || visits(&state.get(), words)).forget();
    let api = Rc::clone(api);
    let ledger = Ledger::new(memory::total(url.as_deref().unwrap_or(&api))).into();
    let counter = Counter { api, url, state, ledger, asked_at: Cell::default(), failures: Cell::default() };
    let counter = Rc::new(counter);
    counter.refresh();
    let again = move || {
        if !is_set("data-live") {
            counter.refresh();
        }
    };
    Interval::new(INTERVAL, again.clone()).forget();
    // A reader who comes back to the page sees figures of now, not of when they left.
    _ = window_event_listener(ev::visibilitychange, move |_| again());
}

/// Reports the visit to who counts, once for each tab: its first path and the host it came from, nothing else, and
/// nothing at all of a reader who asks not to be followed.
fn report(counter: &FileAddress, portal: &Portal) {
    let navigator = window().navigator();
    let wish = |name: &str| js_sys::Reflect::get(&navigator, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let objects = wish("doNotTrack") == "1" || wish("globalPrivacyControl").is_truthy();
    if objects || !memory::is_new_visit() {
        return;
    }
    let path = window().location().pathname().unwrap_or_default();
    let from = Url::new(&document().referrer()).map(|from| from.host()).unwrap_or_default();
    // Browsers encode all that would mean something between these quotes.
    let text = format!(r#"{{"path":"{path}","referrer":"{from}"}}"#);
    tell(&portal.file(counter), &text);
}

impl Counter {
    /// Asks for newer figures if these are a minute old, twice that for each failure in a row, and somebody looks at them.
    fn refresh(self: &Rc<Self>) {
        let now = since_start();
        let pause = f64::from(INTERVAL << self.failures.get().min(MOST_DOUBLINGS)) - SLACK;
        let due = self.asked_at.get().is_none_or(|before| now - before > pause);
        if !due || document().hidden() {
            return;
        }
        self.asked_at.set(Some(now));
        let own = Rc::clone(self);
        spawn_local(async move {
            let answer = own.ask().await;
            own.failures.set(if answer.is_ok() { 0 } else { own.failures.get() + 1 });
            let mut ledger = own.ledger.borrow_mut();
            let is_newest = answer.is_ok_and(|figures| ledger.take(figures));
            own.state.set(match ledger.shown().cloned() {
                Some(figures) if is_newest => {
                    memory::keep_total(own.url.as_deref().unwrap_or(&own.api), ledger.total());
                    VisitsState::Known(figures)
                }
                // Figures once shown stay: they carry their time.
                Some(figures) => VisitsState::Stale(figures),
                None => VisitsState::Failed,
            });
        });
    }

    async fn ask(&self) -> Result<Visits, Failure> {
        let requests = Requests::new(&self.api).revalidated().without_insisting();
        let text = match &self.url {
            Some(url) => requests.get(url).await?,
            None => requests.text(&Document::Visits, is_usable::<Visits>).await?,
        };
        // One bad figure keeps no other from being shown.
        let (visits, problems) = decode::read::<Visits>(&text);
        let is_faulty = !problems.is_empty();
        let faults = Failure::Invalid(Document::Visits.to_string(), problems);
        if is_faulty {
            leptos::logging::warn!("{faults}");
        }
        visits.filter(|visits| !visits.figures.is_empty()).ok_or(faults)
    }
}
