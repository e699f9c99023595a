//! The short form of an article in a list.

use super::figures::{self, Use};
use super::time;
use crate::calendar::Timestamp;
use crate::contract::{Lang, Teaser};
use crate::markup::{Element, el, with_class};
use crate::portal::Portal;
use crate::routes::Route;

/// A teaser in a list: title, date, lead and a small picture. `heading` is the tag of its title, one level below what
/// stands above it.
pub fn teaser(teaser: &Teaser, heading: &'static str, portal: &Portal) -> Element {
    let lang = teaser.language.as_ref().map(ToString::to_string);
    let link = el("a").attr("href", portal.link(&Route::teaser(teaser))).attr("lang", lang.clone());
    let picture = teaser
        .picture
        .as_ref()
        .map(|picture| with_class("div", "teaser__picture").add(figures::silent(picture, Use::Thumbnail, portal)));
    let text = with_class("div", "teaser__text")
        .add(with_class(heading, "teaser__title").add(link.add(teaser.title.to_string())))
        .add(teaser.published_at.map(|at| with_class("p", "teaser__date").add(time::date(at))))
        .add(teaser.lead.clone().map(|text| with_class("p", "teaser__lead").attr("lang", lang).add(text)));
    with_class("article", "teaser").add(text).add(picture)
}

/// Teasers as a list, right below the heading of the page.
pub fn teasers(list: &[Teaser], portal: &Portal) -> Element {
    with_class("ol", "teasers").each(list.iter().map(|shown| el("li").add(teaser(shown, "h2", portal))))
}

/// An article as one line: title, in its language where that is another one, and date.
pub fn line(href: String, title: String, lang: Option<&Lang>, published_at: Option<Timestamp>) -> Element {
    let date = published_at.map(|at| with_class("span", "line__date").add(time::date(at)));
    let link = el("a").attr("href", href).attr("lang", lang.map(ToString::to_string)).add(title);
    with_class("li", "line").add(link).add(" ").add(date)
}
