//! Dates.

use crate::calendar::Timestamp;
use crate::markup::{Element, el};

/// `10/10/2020`.
pub fn date(at: Timestamp) -> Element {
    el("time").attr("datetime", at.machine()).add(at.date())
}

/// `10/10/2020 | 17:00`.
pub fn date_and_time(at: Timestamp) -> Element {
    el("time").attr("datetime", at.machine()).add(format!("{} | {}", at.date(), at.time()))
}
