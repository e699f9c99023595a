//! Who answers a query: the API that searches itself, if the site names one, and the worker over the index of the
//! portal when there is none or it fails.

use super::worker::Worker;
use crate::browser::network::Requests;
use crate::content::{Documents, IsUsable};
use crate::contract::{Document, Results, decode};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::routes::Query;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

/// How long the API may take before the worker is asked instead, in milliseconds.
const PATIENCE: u32 = 6_000;

/// Asks for what a query finds.
pub struct Client {
    /// The address of the API that searches itself.
    api: Option<String>,
    worker: Rc<Worker>,
    /// What the API is being asked for fields: for titles, and for results. Who types on no longer waits for it.
    asked: RefCell<[Option<Requests>; 2]>,
}

impl Client {
    /// The client of a portal, with its API at these bases.
    pub fn new(portal: &Portal, documents: &str) -> Self {
        let api = portal.site.search.as_ref().map(|source| portal.file(&source.url));
        Self { api, worker: Worker::new(portal.base(), documents), asked: RefCell::default() }
    }

    /// The reader is about to search: what takes time begins now.
    pub fn wake(&self) {
        if self.api.is_none() {
            self.worker.wake();
        }
    }

    /// Asks for what a query finds, and hands the answer on. `titles`: nothing else of it is shown.
    pub fn ask(self: &Rc<Self>, query: &Query, titles: bool, then: impl FnOnce(Answer) + 'static) {
        // One future for all who ask: each kind of future weighs its kilobyte.
        fn ask(answer: Pin<Box<dyn Future<Output = Answer>>>, then: Box<dyn FnOnce(Answer)>) {
            spawn_local(async move { then(answer.await) });
        }
        let requests = Requests::new(&Rc::from(""));
        if let Some(before) = self.asked.borrow_mut()[usize::from(titles)].replace(requests.clone()) {
            before.cancel(Failure::GivenUp);
        }
        ask(self.search(requests, query, titles), Box::new(then));
    }

    /// What a query finds, or why nobody could answer.
    fn search(
        self: &Rc<Self>,
        requests: Requests,
        query: &Query,
        titles: bool,
    ) -> Pin<Box<dyn Future<Output = Answer>>> {
        let (own, query) = (Rc::clone(self), query.clone());
        Box::pin(async move {
            let mut failed = None;
            if let Some(api) = &own.api {
                let address = address(api, &query);
                let text = requests.for_at_most(PATIENCE).get(&address).await;
                match text.and_then(|text| read(&text, &address)) {
                    Ok(results) => return Ok(results),
                    Err(Failure::GivenUp) => return Err(Failure::GivenUp),
                    Err(failure) => {
                        leptos::logging::warn!("{address}: {failure}");
                        failed = Some(failure);
                    }
                }
            }
            let found = own.worker.ask(&query, titles).await.and_then(|text| read(&text, "search/"));
            // Who names an API means its answers: its failure is the one to tell.
            found.map_err(|failure| failed.unwrap_or(failure))
        })
    }
}

/// What was found, or why nothing could be searched.
type Answer = Result<Results, Failure>;

/// The address that asks an API for a query.
fn address(api: &str, query: &Query) -> String {
    let query = query.to_string();
    // The API's own address may have a query already.
    let rest = if api.contains('?') { query.replace('?', "&") } else { query };
    format!("{api}{rest}")
}

fn read(text: &str, from: &str) -> Result<Results, Failure> {
    decode::document(text).map_err(|problems| Failure::Invalid(from.to_owned(), problems))
}

/// Where the content of pages comes from: documents by the network, and searches.
pub struct Sources {
    /// The requests of the page.
    pub requests: Requests,
    /// Who searches.
    pub client: Rc<Client>,
}

impl Documents for Sources {
    fn tolerates(&self, faults: &Failure) -> bool {
        leptos::logging::warn!("{faults}");
        true
    }

    async fn text(&self, document: &Document, is_usable: IsUsable) -> Result<String, Failure> {
        self.requests.text(document, is_usable).await
    }

    async fn search(&self, query: &Query) -> Result<Results, Failure> {
        self.client.search(self.requests.clone(), query, false).await
    }
}
