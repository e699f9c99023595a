//! The visit statistics and the redirects.

use super::decode::record;
use super::values::{Href, percent_encoded};
use crate::calendar::Timestamp;

record! {
    /// The visit statistics: `visits.json`.
    Visits {
        /// When they were counted.
        as_of: Timestamp,
        /// The figures, in the order they are shown.
        figures: Vec<Figure>,
    }
}

record! {
    /// One figure. The keys online, today, week, month, year and total have built-in labels.
    Figure {
        /// What is counted.
        key: String,
        /// The count.
        value: u64,
    } optional {
        /// The label of a key that has no built-in one.
        label: Option<String>,
    }
}

record! {
    /// Old addresses and where they lead now: `redirects.json`.
    Redirects {} optional {
        /// The addresses.
        redirects: Vec<Redirect>,
    }
}

record! {
    /// One old address.
    Redirect {
        /// The old address on this site, with its query if it had one.
        from: Href,
        /// Where it leads now.
        to: Href,
    }
}

impl Redirects {
    /// Where an old address leads now. `address` is a path, possibly with a query; an entry without a query also
    /// serves the address with one; see [`address_key`] for what makes no difference.
    pub fn find(&self, address: &str) -> Option<&Href> {
        let (path, query) = address_key(address);
        let entry = |wanted| self.redirects.iter().find(|redirect| address_key(redirect.from.as_str()) == wanted);
        entry((path.clone(), query)).or_else(|| entry((path, String::new()))).map(|redirect| &redirect.to)
    }
}

/// An old address in the one form in which redirects are compared: path and query as browsers send them, in small
/// letters since nginx does not tell capital ones from them here, and the path without its final slash.
pub fn address_key(address: &str) -> (String, String) {
    // What browsers leave as it is, though they need not.
    let sent = percent_encoded(address, "$'").to_ascii_lowercase();
    let (path, query) = sent.split_once('?').unwrap_or((&sent, ""));
    (path.trim_end_matches('/').to_owned(), query.to_owned())
}
