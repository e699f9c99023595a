//! Keeps the visit statistics up to date: loaded after the page, then every minute while it is looked at.

use super::network::Requests;
use super::stage::element;
use crate::components::layout::VISITS_ID;
use crate::components::visits::{VisitsState, visits};
use crate::contract::{Document, Visits, decode};
use crate::failure::Failure;
use crate::portal::Portal;
use gloo_timers::callback::Interval;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;

/// Time between two requests, in milliseconds.
const INTERVAL: u32 = 60_000;
/// Timers are not exact: a request that is due within this time, in milliseconds, is due now.
const SLACK: f64 = 1_000.0;

/// The figures and where they come from.
struct Counter {
    api: Rc<str>,
    url: String,
    state: RwSignal<VisitsState>,
    /// When they were asked for last, in milliseconds of the page's own clock, which nobody can set.
    asked_at: Cell<Option<f64>>,
}

/// Shows the figures in their place and refreshes them for as long as the page lives. A portal that names no source
/// of visit statistics, and a document without a place for them, show none.
pub fn keep_up_to_date(api: &Rc<str>, portal: &Portal) {
    let (Some(source), Some(place)) = (&portal.site.visits, element(VISITS_ID)) else {
        return;
    };
    let words = portal.words();
    let url = match &source.url {
        Some(file) => portal.file(file),
        None => format!("{api}{}", Document::Visits),
    };
    let state = RwSignal::new(VisitsState::Loading);
    place.set_text_content(None);
    mount_to(place, move || move || visits(&state.get(), words)).forget();
    let counter = Rc::new(Counter { api: Rc::clone(api), url, state, asked_at: Cell::default() });
    counter.refresh();
    let own = Rc::clone(&counter);
    Interval::new(INTERVAL, move || own.refresh()).forget();
    // A reader who comes back to the page sees figures of now, not of when they left.
    _ = window_event_listener(ev::visibilitychange, move |_| counter.refresh());
}

impl Counter {
    /// Asks for newer figures if these are a minute old and somebody looks at them.
    fn refresh(self: &Rc<Self>) {
        let now = window().performance().map_or(0.0, |clock| clock.now());
        let due = self.asked_at.get().is_none_or(|before| now - before > f64::from(INTERVAL) - SLACK);
        if !due || document().hidden() {
            return;
        }
        self.asked_at.set(Some(now));
        let own = Rc::clone(self);
        spawn_local(async move {
            let state = match (own.ask().await, own.state.get_untracked()) {
                (Ok(figures), _) => VisitsState::Known(figures),
                // Figures once shown stay: they carry their time.
                (Err(_), VisitsState::Known(figures) | VisitsState::Stale(figures)) => VisitsState::Stale(figures),
                (Err(_), _) => VisitsState::Failed,
            };
            own.state.set(state);
        });
    }

    async fn ask(&self) -> Result<Visits, Failure> {
        let text = Requests::new(&self.api).get(&self.url).await?;
        decode::document(&text).map_err(|problems| Failure::Invalid(self.url.clone(), problems))
    }
}
