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

/// A text with pieces of markup, such as dates, in place of its `{}`, in order.
pub fn filled(template: &'static str, values: Vec<Node>) -> Node {
    let mut parts = template.split("{}").map(Node::from);
    let mut filled: Vec<Node> = parts.next().into_iter().collect();
    for (value, part) in values.into_iter().zip(parts) {
        filled.push(value);
        filled.push(part);
    }
    filled.into()
}
