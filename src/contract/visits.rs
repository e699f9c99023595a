//! The visit statistics and the redirects.

use super::decode::record;
use super::values::Href;
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
    /// serves the address with one, and a final slash makes no difference.
    pub fn find(&self, address: &str) -> Option<&Href> {
        fn parts(address: &str) -> (&str, &str) {
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            (path.trim_end_matches('/'), query)
        }
        let (path, query) = parts(address);
        let entry = |wanted| self.redirects.iter().find(|redirect| parts(redirect.from.as_str()) == wanted);
        entry((path, query)).or_else(|| entry((path, ""))).map(|redirect| &redirect.to)
    }
}
