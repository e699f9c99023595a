//! The network: every request of the portal is made here.

use crate::content::Documents;
use crate::contract::Document;
use crate::failure::Failure;
use gloo_net::http::{Request, Response};
use gloo_timers::callback::Timeout;
use leptos::prelude::window;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{AbortController, RequestCache};

/// How long an answer may take, in milliseconds.
const DEADLINE: u32 = 30_000;
/// How large an answer may be, in bytes: well above any real document, well below what a cheap phone chokes on.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The requests of one undertaking, such as showing a page; they can be cancelled together.
#[derive(Clone)]
pub struct Requests {
    api: Rc<str>,
    controller: Option<AbortController>,
    /// How long an answer may take, in milliseconds.
    patience: u32,
    cache: RequestCache,
    /// Why the controller was aborted.
    reason: Rc<RefCell<Option<Failure>>>,
}

impl Requests {
    /// Requests to the API at this base.
    pub fn new(api: &Rc<str>) -> Self {
        Self::within(DEADLINE, api)
    }

    /// The same, but an answer must come within so many milliseconds.
    pub fn within(patience: u32, api: &Rc<str>) -> Self {
        let (controller, cache) = (AbortController::new().ok(), RequestCache::Default);
        Self { api: Rc::clone(api), controller, patience, cache, reason: Rc::default() }
    }

    /// The same, but the server is asked, whatever the browser keeps.
    pub fn past_the_cache(self) -> Self {
        Self { cache: RequestCache::Reload, ..self }
    }

    /// Cancels what is under way; it ends with this failure.
    pub fn cancel(&self, reason: Failure) {
        self.reason.borrow_mut().get_or_insert(reason);
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }

    /// The text at an address.
    ///
    /// # Errors
    /// Every way in which a request can fail.
    pub async fn get(&self, url: &str) -> Result<String, Failure> {
        let own = self.clone();
        let deadline = Timeout::new(self.patience, move || own.cancel(Failure::Timeout));
        let signal = self.controller.as_ref().map(AbortController::signal);
        let request = Request::get(url).abort_signal(signal.as_ref()).cache(self.cache);
        let response = request.header("Accept", "application/json").send().await.map_err(|_| self.broken())?;
        let text = accept(&response)?.text().await.map_err(|_| self.broken())?;
        drop(deadline);
        if text.len() > MAX_BYTES { Err(Failure::TooLarge) } else { Ok(text) }
    }

    /// Why a request broke off: cancelled, or no connection.
    fn broken(&self) -> Failure {
        let connection = if window().navigator().on_line() { Failure::Unreachable } else { Failure::Offline };
        self.reason.borrow().clone().unwrap_or(connection)
    }
}

/// What the status and headers of an answer tell.
fn accept(response: &Response) -> Result<&Response, Failure> {
    match response.status() {
        200..=299 => {}
        404 => return Err(Failure::Missing),
        410 => return Err(Failure::Gone),
        status => return Err(Failure::Status(status)),
    }
    // Development servers and some hosts answer a missing file with a page and status 200.
    if response.headers().get("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
        return Err(Failure::Missing);
    }
    let announced = response.headers().get("content-length").and_then(|length| length.parse().ok());
    if announced.is_some_and(|length: usize| length > MAX_BYTES) { Err(Failure::TooLarge) } else { Ok(response) }
}

impl Documents for Requests {
    async fn text(&self, document: &Document) -> Result<String, Failure> {
        self.get(&format!("{}{document}", self.api)).await
    }
}
