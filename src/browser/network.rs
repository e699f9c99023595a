//! The network: every request of the portal is made here.
//!
//! [`Requests`] belong to one undertaking, such as showing a page, which can be given up. What is asked for at a time is
//! asked once, however many wait for it (`flight`); one try at an answer is `answer`.

mod answer;
mod flight;

use crate::content::{Documents, IsUsable};
use crate::contract::Document;
use crate::failure::Failure;
use flight::{Ask, Landing};
use js_sys::{Array, Promise, Reflect};
use leptos::prelude::window;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit};

/// How long an answer may take with all tries, in milliseconds.
const DEADLINE: u32 = 30_000;
/// The same where another server can be asked: sooner than the service worker (tools/build/offline.js) takes a saved copy.
const DEADLINE_OF_ONE: u32 = 6_000;

thread_local! {
    /// Which of the API's bases has answered last.
    static ANSWERS: Cell<usize> = const { Cell::new(0) };
}

/// How much has to be added to the clock of the device, in milliseconds: where it is wrong by days, servers say so.
pub fn clock_error() -> f64 {
    answer::CLOCK_ERROR.get()
}

/// Does the device say that it has no network?
pub fn is_offline() -> bool {
    !window().navigator().on_line()
}

/// Tells a server something and waits for no answer: without cookies and the address of the page, which `sendBeacon` would
/// send along, and to its end like that, whether the page is left or not.
pub fn tell(url: &str, text: &str) {
    let options = RequestInit::new();
    for (name, value) in [
        ("method", "POST"),
        ("body", text),
        // The server need not know of other origins.
        ("mode", "no-cors"),
        ("credentials", "omit"),
        ("referrerPolicy", "no-referrer"),
        // Any text is "true" here.
        ("keepalive", "true"),
    ] {
        // A plain object takes all fields.
        _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let sent = window().fetch_with_str_and_init(url, &options);
    // A visit that is not counted is nobody's loss.
    spawn_local(async { _ = JsFuture::from(sent).await });
}

/// The requests of one undertaking, such as showing a page; they can be cancelled together.
#[derive(Clone)]
pub struct Requests {
    /// The bases of the API, with spaces between them.
    api: Rc<str>,
    /// How long an answer may take, in milliseconds.
    patience: u32,
    cache: RequestCache,
    insists: bool,
    state: Rc<State>,
}

/// What all copies of an undertaking share.
#[derive(Default)]
struct State {
    given_up: Landing,
    /// Why it was given up.
    reason: RefCell<Option<Failure>>,
    /// When the oldest of its answers was saved, if it came from the device.
    saved_at: Cell<Option<f64>>,
}

impl Requests {
    /// Requests to the API at these bases.
    pub fn new(api: &Rc<str>) -> Self {
        let cache = RequestCache::Default;
        Self { api: Rc::clone(api), patience: DEADLINE, cache, insists: true, state: Rc::default() }
    }

    /// The same, but an answer must come within so many milliseconds.
    pub fn for_at_most(self, patience: u32) -> Self {
        Self { patience, ..self }
    }

    /// The same, but the server is asked, whatever the browser keeps.
    pub fn past_the_cache(self) -> Self {
        Self { cache: RequestCache::Reload, ..self }
    }

    /// The same, but the server is asked whether what the browser keeps still holds (If-None-Match), which the browser
    /// sees to by itself.
    pub fn revalidated(self) -> Self {
        Self { cache: RequestCache::NoCache, ..self }
    }

    /// The same, but a failure is not followed by another try: who asks comes back by themselves.
    pub fn without_insisting(self) -> Self {
        Self { insists: false, ..self }
    }

    /// Gives up what is under way; it ends with this failure. Nobody else may wait for it: then the request ends too.
    pub fn cancel(&self, reason: Failure) {
        self.state.reason.borrow_mut().get_or_insert(reason);
        self.state.given_up.keep();
    }

    /// When the oldest of the answers was saved, in milliseconds since 1970, if it came from what the device has saved.
    pub fn saved_at(&self) -> Option<f64> {
        self.state.saved_at.get()
    }

    /// The text at an address.
    ///
    /// # Errors
    /// Every way in which a request can fail.
    pub async fn get(&self, url: &str) -> Result<String, Failure> {
        self.get_within(url.to_owned(), self.patience).await
    }

    /// Asks the base that answered last, then the others. What nobody has in a usable form is answered as it is, so that
    /// the reader hears what is wrong with it.
    async fn of_any_base(self, document: Document, is_usable: IsUsable) -> Result<String, Failure> {
        let name = document.to_string();
        let bases: Vec<&str> = self.api.split(' ').collect();
        let first = ANSWERS.get() % bases.len();
        let mut failed = Err(Failure::Unreachable);
        for turn in 0..bases.len() {
            let at = (first + turn) % bases.len();
            let is_last = turn + 1 == bases.len();
            let patience = if is_last { self.patience } else { self.patience.min(DEADLINE_OF_ONE) };
            let answer = self.get_within(format!("{}{name}", bases[at]), patience).await;
            match answer {
                // Where there is no other to ask, who asks will see it.
                Ok(text) if bases.len() > 1 && !is_usable(&document, &text) => failed = Ok(text),
                Err(failure) if failure.is_of_the_server() => failed = failed.or(Err(failure)),
                // It lags behind the one whose document is faulty.
                Err(Failure::Missing | Failure::Gone) if failed.is_ok() => {}
                Err(failure @ (Failure::Offline | Failure::GivenUp)) => return Err(failure),
                answer => {
                    ANSWERS.set(at);
                    return answer;
                }
            }
        }
        failed
    }

    /// One future for all who ask: each kind of future weighs its kilobyte.
    fn get_within(&self, url: String, patience: u32) -> Pin<Box<dyn Future<Output = Result<String, Failure>> + '_>> {
        Box::pin(self.fetched(url, patience))
    }

    async fn fetched(&self, url: String, patience: u32) -> Result<String, Failure> {
        if let Some(reason) = self.state.reason.borrow().clone() {
            return Err(reason);
        }
        let ask = Ask { url, patience, cache: self.cache, insists: self.insists };
        let flight = flight::join(ask);
        let ends = Array::of2(&flight.landing.promise, &self.state.given_up.promise);
        // Both are kept, neither is broken.
        _ = JsFuture::from(Promise::race(&ends)).await;
        let reason = self.state.reason.borrow().clone();
        let answer = flight.answer().filter(|_| reason.is_none());
        let answer = answer.unwrap_or_else(|| Err(reason.unwrap_or(Failure::GivenUp)))?;
        if let Some(at) = answer.saved_at {
            self.state.saved_at.set(Some(self.saved_at().map_or(at, |before| before.min(at))));
        }
        Ok(answer.text.to_string())
    }
}

impl Documents for Requests {
    fn text(&self, document: &Document, is_usable: IsUsable) -> impl Future<Output = Result<String, Failure>> {
        let text: Pin<Box<dyn Future<Output = _>>> = Box::pin(self.clone().of_any_base(document.clone(), is_usable));
        text
    }
}
