//! The visit statistics.

use super::time;
use crate::contract::{Figure, Visits};
use crate::markup::{Element, Node, el, pieces, with_class};
use crate::words::Words;

/// What is known of the visit statistics.
#[derive(Debug, Clone, PartialEq)]
pub enum VisitsState {
    /// Not asked yet, or no answer yet.
    Loading,
    /// The newest figures.
    Known(Visits),
    /// Figures of some time ago: newer ones could not be had.
    Stale(Visits),
    /// They could not be had; never a false 0.
    Failed,
}

/// The figures as a description list with their time.
pub fn visits(state: &VisitsState, words: &'static Words) -> Node {
    let note = || with_class("p", "visits__note");
    match state {
        VisitsState::Loading => note().add(words.visits_loading).into(),
        VisitsState::Failed => note().add(words.visits_failed).into(),
        VisitsState::Known(visits) => pieces![figures(visits, words), note().add(as_of(visits, words))],
        VisitsState::Stale(visits) => {
            pieces![figures(visits, words), note().add(as_of(visits, words)).add(". ").add(words.visits_stale)]
        }
    }
}

fn figures(visits: &Visits, words: &'static Words) -> Element {
    with_class("dl", "visits__list").each(visits.figures.iter().map(|figure| {
        with_class("div", "visits__figure")
            .add(el("dt").add(label(figure, words)))
            .add(el("dd").add(words.number(figure.value)))
    }))
}

fn label(figure: &Figure, words: &'static Words) -> String {
    let known = match figure.key.as_str() {
        "online" => words.visits_online,
        "today" => words.visits_today,
        "week" => words.visits_week,
        "month" => words.visits_month,
        "year" => words.visits_year,
        "total" => words.visits_total,
        key => return figure.label.clone().unwrap_or_else(|| key.to_owned()),
    };
    known.to_owned()
}

/// `Số liệu lúc 17:00 ngày 10/10/2020`, with the moment for machines.
fn as_of(visits: &Visits, words: &'static Words) -> Node {
    time::filled(words.visits_as_of, vec![visits.as_of.time().into(), time::date(visits.as_of).into()])
}
