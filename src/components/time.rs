//! Dates.

use crate::calendar::Timestamp;
use crate::markup::{Element, Node, el};

/// `10/10/2020`.
pub fn date(at: Timestamp) -> Element {
    el("time").attr("datetime", at.machine()).add(at.date())
}

/// `10/10/2020 | 17:00`.
pub fn date_and_time(at: Timestamp) -> Element {
    el("time").attr("datetime", at.machine()).add(format!("{} | {}", at.date(), at.time()))
}

/// A sentence with dates in place of its `{}`.
pub fn with_dates(sentence: &'static str, dates: &[Timestamp]) -> Node {
    let mut pieces = Vec::new();
    for (words, at) in sentence.split("{}").zip(dates.iter().map(Some).chain([None])) {
        pieces.push(words.into());
        pieces.extend(at.map(|at| date(*at).into()));
    }
    pieces.into()
}
