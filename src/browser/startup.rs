//! Before there is a portal: the site is asked for, and what a reader sees meanwhile or when it cannot be had.

use super::actions;
use super::app::SLOW;
use super::config::{Config, Shows};
use super::network::Requests;
use crate::components::states;
use crate::content;
use crate::contract::{Document, Site, decode};
use crate::failure::Failure;
use crate::markup::pieces;
use crate::words::Words;
use gloo_timers::callback::Timeout;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::mount::{mount_to, mount_to_body};
use leptos::prelude::*;
use std::rc::Rc;

/// The site: brought along by the published portal, or asked for.
pub async fn site(config: &Config, api: &Rc<str>, words: &'static Words) -> Result<Site, Failure> {
    if let Some(site) = config.site.as_deref().and_then(|text| decode::document(text).ok()) {
        return Ok(site);
    }
    let requests = Requests::new(api);
    let slow = RwSignal::new(false);
    let view = move || pieces![states::loading(words), slow.get().then(|| states::slow(words))];
    let splash = document().body().filter(|_| config.shows == Shows::Nothing);
    let splash = splash.map(|body| mount_to(body, move || view));
    let offer = Timeout::new(SLOW, move || slow.set(true));
    let own = requests.clone();
    let listener = window_event_listener(ev::click, move |event| {
        if actions::named_by(&event).as_deref() == Some("give-up") {
            own.cancel(Failure::GivenUp);
        }
    });
    let site = content::get(&requests, &Document::Site).await;
    listener.remove();
    drop((offer, splash));
    site
}

/// Says why the portal could not start; another try loads the document anew. A document that already shows its page
/// stays as it is: its links work without the program.
pub fn fail(shows: Shows, failure: &Failure, words: &'static Words) {
    leptos::logging::warn!("The portal could not start: {failure}");
    if shows != Shows::Nothing {
        return;
    }
    let view = states::problem_of_site(failure, words);
    mount_to_body(move || view);
    _ = window_event_listener(ev::click, |event| {
        if actions::named_by(&event).as_deref() == Some("retry") {
            _ = window().location().reload();
        }
    });
}
