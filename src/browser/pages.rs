//! Pages kept in memory, so that going back shows them at once and as they were left.

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
    /// When it was loaded, in milliseconds since 1970.
    pub loaded_at: f64,
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
    pub fn new(view: Node, head: Head) -> Self {
        Self { view: View::Markup(view), head, loaded_at: js_sys::Date::now() }
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
        (travelled || js_sys::Date::now() - page.loaded_at < FRESH).then_some(page)
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
        self.0.borrow().iter().any(|(own, page)| own == address && js_sys::Date::now() - page.loaded_at < FRESH)
    }
}
