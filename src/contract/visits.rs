//! The visit statistics and the redirects.

use super::decode::record;
use super::values::{Href, percent_encoded};
use crate::calendar::Timestamp;

/// The figure that never falls.
const TOTAL: &str = "total";
/// No portal is visited more often: ten times by everybody there is.
const MOST: u64 = 100_000_000_000;
/// A figure that more than doubles at once, and by more than this, may be a mistake, which must not hide all later ones.
const LEAP: u64 = 1_000_000;

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

/// What has been shown of the visit statistics, to which newer ones are held. It asks no clock: the reader's may be years wrong.
#[derive(Debug, Default)]
pub struct Ledger {
    shown: Option<Visits>,
    /// What figures cannot fall below before their day, week, month or year is over, whether they are shown or not.
    floors: Vec<Figure>,
    /// The time of figures that came last and were older than those shown.
    doubted: Option<Timestamp>,
    /// Where a figure seems to have leapt to.
    leap: u64,
}

impl Ledger {
    /// After a total that is known from elsewhere, or 0.
    pub fn new(total: u64) -> Self {
        Self { floors: vec![Figure { key: TOTAL.to_owned(), value: total, label: None }], ..Self::default() }
    }

    /// What is shown.
    pub fn shown(&self) -> Option<&Visits> {
        self.shown.as_ref()
    }

    /// The total that later ones cannot be below.
    pub fn total(&self) -> u64 {
        self.floors.first().map_or(0, |floor| floor.value)
    }

    /// Takes newer figures, less those that went backwards. Answers whether they are the newest: older ones leave what is
    /// shown, unless they are older by days and come twice, for then those shown were of a wrong time.
    pub fn take(&mut self, mut newer: Visits) -> bool {
        let at = newer.as_of;
        let before = self.shown.as_ref().map_or(at, |shown| shown.as_of);
        if at < before {
            let insists = self.doubted.replace(at).is_some_and(|doubted| doubted <= at);
            if !insists || before.days() - at.days() < 2 {
                return false;
            }
        }
        self.doubted = None;
        newer.figures.retain(|figure| figure.value <= MOST && self.believes(figure, before, at));
        self.shown = Some(newer);
        true
    }

    fn believes(&mut self, figure: &Figure, before: Timestamp, at: Timestamp) -> bool {
        let Some(floor) = self.floors.iter_mut().find(|floor| floor.key == figure.key) else {
            self.floors.push(figure.clone());
            return true;
        };
        if goes_on(&figure.key, before, at) {
            if figure.value < floor.value {
                return false;
            }
            // Believed when the next one is as large.
            if floor.value > 0 && figure.value / 2 > floor.value + LEAP {
                let leapt_to = std::mem::replace(&mut self.leap, figure.value);
                if leapt_to == 0 || figure.value < leapt_to {
                    return true;
                }
            }
        }
        floor.value = figure.value;
        true
    }
}

/// Is it the same day, week, month or year still, of a figure that counts one? Its author's clock tells.
fn goes_on(key: &str, before: Timestamp, at: Timestamp) -> bool {
    let is_same = |part: fn(Timestamp) -> i64| part(before) == part(at);
    match key {
        TOTAL => true,
        "year" => is_same(|at| at.months().div_euclid(12)),
        "month" => is_same(Timestamp::months),
        // From Monday or from Sunday, as its author likes.
        "week" => is_same(|at| (at.days() + 3).div_euclid(7) + (at.days() + 4).div_euclid(7)),
        "today" => is_same(Timestamp::days),
        _ => false,
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

    /// What is shown after all these, and whether the last ones are the newest.
    fn shown_after(all: &[Visits]) -> (Visits, bool) {
        let mut ledger = Ledger::new(0);
        let is_newest = all.iter().map(|visits| ledger.take(visits.clone())).last();
        (ledger.shown().cloned().expect("figures"), is_newest.expect("some"))
    }

    fn total(as_of: &str, value: u64) -> Visits {
        visits(as_of, &[("total", value)])
    }

    #[test]
    fn older_figures_are_not_newer_and_leave_what_is_shown() {
        let shown = total("2025-06-30T17:00:00+07:00", 10);
        let older = total("2025-06-30T16:00:00+07:00", 12);
        assert_eq!(shown_after(&[shown.clone(), older.clone(), older]), (shown, false));
    }

    #[test]
    fn figures_of_a_time_to_come_are_not_the_last_word_whatever_clock_the_reader_has() {
        let shown = total("2125-06-30T17:00:00+07:00", 10);
        let [newer, next] = ["2025-07-02T07:59:00+07:00", "2025-07-02T08:00:00+07:00"].map(|at| total(at, 12));
        assert_eq!(shown_after(&[shown.clone(), newer.clone()]), (shown.clone(), false), "once may be a mistake");
        assert_eq!(shown_after(&[shown, newer, next.clone()]), (next, true));
    }

    #[test]
    fn a_total_that_falls_is_left_out_and_a_day_that_ends_is_not() {
        let shown = visits("2025-06-30T17:00:00+07:00", &[("today", 9), ("total", 10)]);
        let newer = "2025-07-01T00:00:00+07:00";
        let fallen = visits(newer, &[("today", 1), ("total", 9)]);
        let without = visits(newer, &[("today", 1)]);
        assert_eq!(shown_after(&[shown.clone(), fallen.clone()]).0, without);
        assert_eq!(shown_after(&[shown.clone(), fallen.clone(), fallen.clone()]).0, without, "nor the next time");
        let mut of_another_document = Ledger::new(10);
        of_another_document.take(fallen);
        assert_eq!(of_another_document.shown(), Some(&without));
        let rising = visits(newer, &[("today", 1), ("total", 11)]);
        assert_eq!(shown_after(&[shown, rising.clone()]).0, rising);
    }

    #[test]
    fn no_figure_falls_before_its_time_is_over() {
        let before = "2025-06-25T17:00:00+07:00";
        for (key, same, next) in [
            ("today", "2025-06-25T23:59:00+07:00", "2025-06-26T00:00:00+07:00"),
            ("week", "2025-06-28T23:59:00+07:00", "2025-06-29T00:00:00+07:00"),
            ("week", "2025-06-28T23:59:00+07:00", "2025-06-30T00:00:00+07:00"),
            ("month", "2025-06-30T23:59:00+07:00", "2025-07-01T00:00:00+07:00"),
            ("year", "2025-12-31T23:59:00+07:00", "2026-01-01T00:00:00+07:00"),
        ] {
            let of = |at, value| visits(at, &[(key, value), ("online", value)]);
            assert_eq!(shown_after(&[of(before, 9), of(same, 8)]).0, visits(same, &[("online", 8)]), "{key}");
            assert_eq!(shown_after(&[of(before, 9), of(next, 8)]).0, of(next, 8), "{key}");
        }
        // In Việt Nam another day has begun between these two, which were written elsewhere.
        let of = |at, value| visits(at, &[("today", value)]);
        let later = shown_after(&[of("2025-06-25T16:00:00Z", 9), of("2025-06-25T18:00:00Z", 8)]).0;
        assert!(later.figures.is_empty());
    }

    #[test]
    fn one_absurd_total_does_not_hide_those_that_follow() {
        let at = |minute: u32| format!("2025-06-30T17:{minute:02}:00+07:00");
        for absurd in [MOST, u64::MAX] {
            let [first, wrong, right] = [total(&at(1), 1_929_927), total(&at(2), absurd), total(&at(3), 1_929_930)];
            assert_eq!(shown_after(&[first.clone(), wrong.clone(), right.clone()]), (right, true));
            assert_eq!(shown_after(&[first, wrong]).0.figures.len(), usize::from(absurd == MOST));
        }
        let [first, much, again, fallen] =
            [total(&at(1), 5), total(&at(2), 9_929_927), total(&at(3), 9_929_928), total(&at(4), 6)];
        assert!(shown_after(&[first, much, again, fallen]).0.figures.is_empty(), "what was said twice is believed");
    }

    #[test]
    fn one_bad_figure_keeps_no_other_from_being_shown() {
        let text = r#"{"as_of":"2025-06-30T17:00:00+07:00","figures":[{"key":"online","value":"NaN"},{"key":"total","value":7}]}"#;
        assert!(document::<Visits>(text).is_err(), "tools tell it");
        assert_eq!(read::<Visits>(text).0, Some(visits("2025-06-30T17:00:00+07:00", &[("total", 7)])));
    }
}
