//! What the search page asks of the portal that runs: to be another search without being another page.

use super::{App, Shown};
use crate::browser::address;
use crate::browser::pages::Age;
use crate::browser::stage::{self, Waiting};
use crate::components::search::{FOUND_ID, found};
use crate::content::{Content, Search, SearchState};
use crate::head::Head;
use crate::portal::Portal;
use crate::routes::{Query, Route};

impl App {
    /// Writes an address into the history, as another entry or in place of this one; the page stays.
    pub fn write_address(&self, address: &str, pushes: bool) {
        match address::parse(address) {
            Some(url) if pushes => address::arrive(&url),
            _ => address::replace(address),
        }
    }

    /// The portal.
    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    /// The place that tells of what is on its way.
    pub fn waiting(&self) -> &Waiting {
        &self.waiting
    }

    /// What was searched for is there, or not wanted any more. A page may still be on its way.
    pub fn wait_no_more(&self) {
        if self.loading.borrow().is_none() {
            self.waiting.end();
        }
    }

    /// The address of the page that is shown.
    pub fn address_shown(&self) -> String {
        self.shown.borrow().address.clone()
    }

    /// What the search page that is shown searches for.
    pub fn query_shown(&self) -> Query {
        match self.portal.route(&self.shown.borrow().address) {
            Route::Search(query) => query,
            _ => Query::default(),
        }
    }

    /// The search page that is shown becomes that of another query.
    pub fn name_search(&self, query: &Query, pushes: bool) {
        let address = self.portal.link(&Route::Search(query.clone()));
        self.write_address(&address, pushes);
        // Until there is an answer, it is nothing to come back to.
        *self.shown.borrow_mut() = Shown { address, ..Shown::default() };
    }

    /// Shows on it what came of the search.
    pub fn show_search(&self, search: &Search) {
        stage::fill(FOUND_ID, found(search, &self.portal));
        let content = Content::Search(Box::new(search.clone()));
        let head = Head::of(&content, &self.portal);
        stage::set_head(&head);
        let mut shown = self.shown.borrow_mut();
        shown.head = is_whole(&content).then_some(head);
        shown.age = Age::now(None);
    }
}

/// Is it all there, so that the page can be kept?
pub(super) fn is_whole(content: &Content) -> bool {
    match content {
        Content::Search(search) => matches!(search.state, SearchState::Idle | SearchState::Found(_)),
        _ => true,
    }
}
