//! Searching: who answers a query, and what the reader's fields do.
//!
//! | module | does |
//! | --- | --- |
//! | [`worker`] | starts the search worker, and asks it |
//! | [`client`] | asks the API that searches itself, if there is one, else the worker |
//! | [`page`] | the search page: results as the reader types |
//! | [`quick`] | the header's field: suggestions as the reader types |
//!
//! Like all controls, fields are served by listeners on the document, so that they may be there before the program.

pub mod client;
pub mod page;
pub mod quick;
pub mod worker;

use crate::browser::app::App;
use crate::browser::stage;
use crate::components::search::{FIELD_ID, QUICK_FIELD_ID};
use crate::routes::{Query, Route};
use gloo_timers::callback::Timeout;
use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::window;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

/// Suggestions and results are asked for when the reader has not typed for so many milliseconds.
const REST: u32 = 150;
/// What is typed is searched for from so many characters on.
const FEWEST: usize = 2;

/// Answers come in any order; only that to the last question counts.
#[derive(Default)]
pub struct Turn {
    number: Cell<u32>,
    rest: Cell<Option<Timeout>>,
}

impl Turn {
    /// A new question: answers to those before it count no more.
    pub fn next(&self) -> u32 {
        self.rest.take();
        self.number.set(self.number.get() + 1);
        self.number.get()
    }

    /// Is this question still the last?
    pub fn is(&self, turn: u32) -> bool {
        self.number.get() == turn
    }

    /// Asks once the reader rests.
    fn after_rest(&self, ask: impl FnOnce() + 'static) {
        self.next();
        self.rest.set(Some(Timeout::new(REST, ask)));
    }
}

/// Begins to listen.
pub fn listen(app: &Rc<App>) {
    for kind in ["input", "submit", "focusin", "click", "keydown"] {
        let own = Rc::clone(app);
        // The listeners live as long as the page.
        _ = window_event_listener_untyped(kind, move |event| {
            if let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
                serve(&event, &target, &own);
            }
        });
    }
}

fn serve(event: &Event, target: &Element, app: &Rc<App>) {
    let field = target.dyn_ref::<HtmlInputElement>().filter(|field| field.type_() == "search");
    match (event.type_().as_str(), field) {
        ("input", Some(field)) if field.id() == FIELD_ID => page::typed(app, &field.value()),
        ("input", Some(field)) if field.id() == QUICK_FIELD_ID => quick::typed(app, &field.value()),
        ("submit", _) => submit(event, target, app),
        ("focusin", field) => {
            if field.is_some() {
                app.search.wake();
            }
            quick::close_unless_in(app, target);
        }
        ("click", _) => quick::pressed(app, target),
        ("keydown", _) => {
            // While a word is being composed, keys belong to the input method.
            let meant = event.dyn_ref::<KeyboardEvent>().filter(|event| {
                let belongs_to_others = event.ctrl_key() || event.meta_key() || event.alt_key();
                !(event.default_prevented() || event.is_composing() || belongs_to_others)
            });
            if meant.is_some_and(|event| key(&event.key(), target, app)) {
                event.prevent_default();
            }
        }
        _ => {}
    }
}

fn submit(event: &Event, form: &Element, app: &Rc<App>) {
    let field = form.query_selector("input[type=search]").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        event.prevent_default();
        if field.id() == FIELD_ID { page::submitted(app, &field) } else { quick::submitted(app, &field) }
    }
}

/// Serves a key; answers whether it meant something.
fn key(key: &str, target: &Element, app: &Rc<App>) -> bool {
    if target.id() == QUICK_FIELD_ID {
        quick::key(app, key)
    } else if page::key(app, target, key) {
        true
    } else {
        let types = target.closest("input, textarea, select, [contenteditable]").ok().flatten().is_some();
        key == "/" && !types && !stage::is_set("data-key") && to_field(app)
    }
}

/// Brings the reader to a field to search from.
fn to_field(app: &Rc<App>) -> bool {
    let fields = [FIELD_ID, QUICK_FIELD_ID].map(stage::element);
    match fields.into_iter().flatten().find(|field| field.offset_width() > 0) {
        Some(field) => _ = field.focus(),
        None => _ = app.open(&app.portal().link(&Route::Search(Query::default()))),
    }
    true
}

/// Is the screen touched rather than pointed at?
fn touches() -> bool {
    window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|query| query.matches())
}
