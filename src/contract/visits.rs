//! The visit statistics and the redirects.

use super::decode::record;
use super::values::{Href, percent_encoded};
use crate::calendar::Timestamp;

/// The figure that never falls.
const TOTAL: &str = "total";

record! {
    /// The visit statistics: `visits.json`.
    Visits {
        /// When they were counted.
        as_of: Timestamp,
        /// The figures, in the order they are shown.
        figures: Vec<Figure>,
    }
}

impl Visits {
    /// What of these figures can be believed after others were shown: older ones are not newer, unless the others were of
    /// a time to come, and a total below one that was known is none. The other figures may fall, since days and years end.
    pub fn after(mut self, before: Option<&Self>, known: u64, now: Timestamp) -> Self {
        if let Some(before) = before.filter(|before| self.as_of < before.as_of && before.as_of <= now) {
            return before.clone();
        }
        self.figures.retain(|figure| figure.key != TOTAL || figure.value >= known);
        self
    }

    /// The total, if there is one.
    pub fn total(&self) -> Option<u64> {
        self.figures.iter().find(|figure| figure.key == TOTAL).map(|figure| figure.value)
    }
}

record! {
    /// One figure. The keys online, today, week, month, year and total have built-in labels.
    Figure at most 100, dispensable: true {
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
    Redirect at most 100_000 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::decode::{document, read};

    fn visits(as_of: &str, figures: &[(&str, u64)]) -> Visits {
        let figures: Vec<String> =
            figures.iter().map(|(key, value)| format!(r#"{{"key":"{key}","value":{value}}}"#)).collect();
        document(&format!(r#"{{"as_of":"{as_of}","figures":[{}]}}"#, figures.join(","))).expect("a valid document")
    }

    fn now() -> Timestamp {
        Timestamp::parse("2025-07-02T08:00:00+07:00").expect("a time")
    }

    #[test]
    fn older_figures_are_not_newer() {
        let shown = visits("2025-06-30T17:00:00+07:00", &[("total", 10)]);
        assert_eq!(visits("2025-06-30T16:00:00+07:00", &[("total", 12)]).after(Some(&shown), 10, now()), shown);
    }

    #[test]
    fn figures_of_a_time_to_come_are_not_the_last_word() {
        let shown = visits("2125-06-30T17:00:00+07:00", &[("total", 10)]);
        let newer = visits("2025-07-02T07:59:00+07:00", &[("total", 12)]);
        assert_eq!(newer.clone().after(Some(&shown), 10, now()), newer);
    }

    #[test]
    fn a_total_that_falls_is_left_out_and_a_day_that_ends_is_not() {
        let shown = visits("2025-06-30T17:00:00+07:00", &[("today", 9), ("total", 10)]);
        let newer = "2025-07-01T00:00:00+07:00";
        let fallen = visits(newer, &[("today", 1), ("total", 9)]);
        assert_eq!(fallen.clone().after(Some(&shown), 10, now()), visits(newer, &[("today", 1)]));
        assert_eq!(fallen.after(None, 10, now()), visits(newer, &[("today", 1)]), "after those of another document");
        let rising = visits(newer, &[("today", 1), ("total", 11)]);
        assert_eq!(rising.clone().after(Some(&shown), 10, now()), rising);
    }

    #[test]
    fn one_bad_figure_keeps_no_other_from_being_shown() {
        let text = r#"{"as_of":"2025-06-30T17:00:00+07:00","figures":[{"key":"online","value":"NaN"},{"key":"total","value":7}]}"#;
        assert!(document::<Visits>(text).is_err(), "tools tell it");
        assert_eq!(read::<Visits>(text).0, Some(visits("2025-06-30T17:00:00+07:00", &[("total", 7)])));
    }
}
