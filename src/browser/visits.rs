//! Keeps the visit statistics up to date: loaded after the page, then every minute while it is looked at.

use super::network::Requests;
use super::stage::element;
use crate::components::layout::VISITS_ID;
use crate::components::visits::{VisitsState, visits};
use crate::contract::{Document, Visits, decode};
use crate::failure::Failure;
use crate::portal::Portal;
use gloo_timers::future::TimeoutFuture;
use leptos::mount::mount_to;
use leptos::prelude::*;
use std::rc::Rc;

/// Time between two requests, in milliseconds.
const INTERVAL: u32 = 60_000;

/// Shows the figures in their place and refreshes them for as long as the page lives. A portal that names no source
/// of visit statistics, and a document without a place for them, show none.
pub async fn keep_up_to_date(api: Rc<str>, portal: &Portal) {
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
    loop {
        if !document().hidden() {
            match ask(&api, &url).await {
                Ok(figures) => state.set(VisitsState::Known(figures)),
                // Figures once shown stay: they carry their time.
                Err(_) if matches!(state.get_untracked(), VisitsState::Known(_)) => {}
                Err(_) => state.set(VisitsState::Failed),
            }
        }
        TimeoutFuture::new(INTERVAL).await;
    }
}

async fn ask(api: &Rc<str>, url: &str) -> Result<Visits, Failure> {
    let text = Requests::new(api).get(url).await?;
    decode::document(&text).map_err(|problems| Failure::Invalid(url.to_owned(), problems))
}
