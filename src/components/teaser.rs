//! The short form of an article in a list.

use super::figures::{self, Use};
use super::time;
use crate::calendar::Timestamp;
use crate::contract::Teaser;
use crate::markup::{Element, el, with_class};
use crate::portal::Portal;
use crate::routes::Route;

/// A teaser in a list: title, date, lead and a small picture. `heading` is the tag of its title, one level below what
/// stands above it.
pub fn teaser(teaser: &Teaser, heading: &'static str, portal: &Portal) -> Element {
    let link = el("a").attr("href", portal.link(&Route::teaser(teaser))).add(teaser.title.to_string());
    let picture = teaser
        .picture
        .as_ref()
        .map(|picture| with_class("div", "teaser__picture").add(figures::silent(picture, Use::Thumbnail, portal)));
    let text = with_class("div", "teaser__text")
        .add(with_class(heading, "teaser__title").add(link))
        .add(teaser.published_at.map(|at| with_class("p", "teaser__date").add(time::date(at))))
        .add(teaser.lead.clone().map(|text| with_class("p", "teaser__lead").add(text)));
    with_class("article", "teaser").add(text).add(picture)
}

/// Teasers as a list, right below the heading of the page.
pub fn teasers(list: &[Teaser], portal: &Portal) -> Element {
    with_class("ol", "teasers").each(list.iter().map(|shown| el("li").add(teaser(shown, "h2", portal))))
}

/// An article as one line: title and date.
pub fn line(href: String, title: String, published_at: Option<Timestamp>) -> Element {
    let date = published_at.map(|at| with_class("span", "line__date").add(time::date(at)));
    with_class("li", "line").add(el("a").attr("href", href).add(title)).add(" ").add(date)
}
