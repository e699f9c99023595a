//! Pages kept in memory, so that going back shows them at once and as they were left.

use super::network::clock_error;
use super::stage::since_start;
use crate::head::Head;
use crate::markup::{Node, dom};
use std::cell::RefCell;
use std::collections::VecDeque;

/// How many pages are kept.
const KEPT: usize = 20;
/// How long a kept page may be shown again for a click, in milliseconds. Going back shows it whatever its age.
const FRESH: f64 = 5.0 * 60_000.0;

/// A page that is ready to be shown.
pub struct Page {
    /// What `<main>` shows.
    pub view: View,
    /// Title and the like.
    pub head: Head,
    /// How old it is.
    pub age: Age,
}

/// How old a page is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Age {
    /// When it was loaded, in milliseconds since 1970, as far as the device knows.
    loaded_at: f64,
    /// The same by the page's own clock, which nobody can set.
    came_at: f64,
    /// Did the device have to answer in place of the network, with what it had saved?
    pub is_saved: bool,
}

impl Age {
    /// Of what is here now; `saved_at` is when it was saved, if it came from the device.
    pub fn now(saved_at: Option<f64>) -> Self {
        let loaded_at = saved_at.unwrap_or_else(js_sys::Date::now);
        Self { loaded_at, came_at: since_start(), is_saved: saved_at.is_some() }
    }

    /// When it was loaded, in milliseconds since 1970. What is saved has the time of the server.
    pub fn since(self) -> f64 {
        self.loaded_at + if self.is_saved { 0.0 } else { clock_error() }
    }

    /// May it be shown for a click?
    fn is_fresh(self) -> bool {
        !self.is_saved && since_start() - self.came_at < FRESH
    }
}

/// What `<main>` shows.
pub enum View {
    /// Not built yet.
    Markup(Node),
    /// Nodes that were shown before.
    Nodes(Vec<web_sys::Node>),
}

impl Page {
    /// A page that was just loaded.
    pub fn new(view: Node, head: Head, saved_at: Option<f64>) -> Self {
        Self { view: View::Markup(view), head, age: Age::now(saved_at) }
    }
}

impl View {
    /// The nodes that a reader sees first, and what is still to be built of them.
    pub fn into_nodes(self) -> (Vec<web_sys::Node>, dom::Rest) {
        match self {
            Self::Markup(markup) => dom::build_first(markup),
            Self::Nodes(nodes) => (nodes, dom::Rest::default()),
        }
    }
}

/// The pages kept, by address, the newest first.
#[derive(Default)]
pub struct Pages(RefCell<VecDeque<(String, Page)>>);

impl Pages {
    /// Takes out the page of an address. A reader who travels the history gets it whatever its age.
    pub fn take(&self, address: &str, travelled: bool) -> Option<Page> {
        let mut kept = self.0.borrow_mut();
        let at = kept.iter().position(|(own, _)| own == address)?;
        let (_, page) = kept.remove(at)?;
        (travelled || page.age.is_fresh()).then_some(page)
    }

    /// Keeps a page.
    pub fn keep(&self, address: String, page: Page) {
        let mut kept = self.0.borrow_mut();
        kept.retain(|(own, _)| *own != address);
        kept.push_front((address, page));
        kept.truncate(KEPT);
    }

    /// Is there a page of this address that a click may show?
    pub fn has_fresh(&self, address: &str) -> bool {
        self.0.borrow().iter().any(|(own, page)| own == address && page.age.is_fresh())
    }
}
