//! What is being asked for: once, however many wait for it, and no longer than somebody does.

use super::answer::{self, Answer, Broken};
use crate::failure::Failure;
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise};
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;
use web_sys::{AbortController, RequestCache};

/// What is asked for, and how. Only who asks alike waits for the same request: another patience would be broken, or lent.
#[derive(Clone, PartialEq)]
pub struct Ask {
    /// The address.
    pub url: String,
    /// How long the answer may take with all tries, in milliseconds.
    pub patience: u32,
    /// What the browser may answer by itself.
    pub cache: RequestCache,
    /// Is what can pass tried again?
    pub insists: bool,
}

thread_local! {
    /// What is under way. Those who wait for it hold it, so that it ends when nobody does any more.
    static UNDER_WAY: RefCell<Vec<(Ask, Weak<Flight>)>> = const { RefCell::new(Vec::new()) };
}

/// A request under way.
pub struct Flight {
    controller: Option<AbortController>,
    answer: RefCell<Option<Result<Answer, Failure>>>,
    /// Kept when it has landed.
    pub landing: Landing,
}

/// A promise and what keeps it.
pub struct Landing {
    /// The promise.
    pub promise: Promise,
    keep: Function,
}

impl Default for Landing {
    fn default() -> Self {
        let mut keep = None;
        let promise = Promise::new(&mut |resolve, _| keep = Some(resolve));
        Self { promise, keep: keep.unwrap_or_default() }
    }
}

impl Landing {
    /// Keeps the promise.
    pub fn keep(&self) {
        // Resolving a promise runs nothing at once, and cannot fail.
        _ = self.keep.call0(&JsValue::NULL);
    }
}

impl Flight {
    /// The answer, once it is there.
    pub fn answer(&self) -> Option<Result<Answer, Failure>> {
        self.answer.borrow().clone()
    }

    fn break_off(&self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.break_off();
    }
}

/// The request for it that is under way, or a new one.
pub fn join(ask: Ask) -> Rc<Flight> {
    let same = UNDER_WAY.with_borrow_mut(|under_way| {
        under_way.retain(|(_, flight)| flight.strong_count() > 0);
        // One that has landed may still be held by those who have not looked yet.
        let same = under_way.iter().filter(|(own, _)| *own == ask).filter_map(|(_, flight)| flight.upgrade());
        { same }.find(|flight| flight.answer.borrow().is_none())
    });
    same.unwrap_or_else(|| {
        let controller = AbortController::new().ok();
        let flight = Rc::new(Flight { controller, answer: RefCell::default(), landing: Landing::default() });
        let own = Rc::downgrade(&flight);
        UNDER_WAY.with_borrow_mut(|under_way| under_way.push((ask.clone(), Weak::clone(&own))));
        spawn_local(async move {
            let answer = fly(ask, &own).await;
            if let Some(flight) = own.upgrade() {
                flight.answer.replace(Some(answer));
                flight.landing.keep();
            }
        });
        flight
    })
}

async fn fly(ask: Ask, flight: &Weak<Flight>) -> Result<Answer, Failure> {
    let is_late = Rc::new(Cell::new(false));
    let (own, late) = (Weak::clone(flight), Rc::clone(&is_late));
    let _deadline = Timeout::new(ask.patience, move || {
        late.set(true);
        if let Some(flight) = own.upgrade() {
            flight.break_off();
        }
    });
    let signal = flight.upgrade().and_then(|flight| Some(flight.controller.as_ref()?.signal()));
    let mut tries = 0;
    loop {
        let Broken { failure, wished } = match answer::ask(&ask.url, signal.as_ref(), ask.cache).await {
            Ok(answer) => return Ok(answer),
            Err(_) if is_late.get() => return Err(Failure::Timeout),
            Err(broken) => broken,
        };
        tries += 1;
        match failure.pause(tries, wished, js_sys::Math::random()) {
            Some(pause) if ask.insists && flight.strong_count() > 0 => TimeoutFuture::new(pause).await,
            _ => return Err(failure),
        }
    }
}
