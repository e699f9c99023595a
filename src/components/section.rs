//! A section: its articles, newest first, with year filter and ways to newer and older ones.

use super::navigation::breadcrumbs;
use super::{reading, teaser, time};
use crate::content::Listing;
use crate::markup::{Element, Node, el, nothing, pieces, with_class};
use crate::portal::Portal;
use crate::routes::Route;
use crate::words::fill;

/// One page of a section.
pub fn section(listing: &Listing, portal: &Portal) -> Node {
    let first_page = listing.year.is_none() && listing.list.is_none();
    let articles = if listing.teasers.is_empty() {
        with_class("p", "empty").add(portal.words().empty_section)
    } else {
        teaser::teasers(&listing.teasers, portal)
    };
    let route = Route::Section { slug: listing.slug.clone(), year: listing.year, list: listing.list };
    pieces![
        breadcrumbs(Some(&listing.slug), first_page, portal),
        head(listing, first_page, portal),
        years(listing, portal),
        articles,
        paging(listing, portal),
        reading::printed(&route, portal),
    ]
}

fn head(listing: &Listing, first_page: bool, portal: &Portal) -> Element {
    let description = portal.site.description_of(&listing.slug).filter(|_| first_page).map(str::to_owned);
    let year = listing
        .year
        .map(|year| with_class("span", "section-head__year").add(fill(portal.words().year, &[&year.to_string()])));
    let title = with_class("h1", "section-head__title")
        .attr("tabindex", "-1")
        .add(portal.site.title_of(&listing.slug).to_owned())
        .add(year.map(|year| pieces![" ", year]));
    with_class("header", "section-head")
        .add(title)
        .add(description.map(|text| with_class("p", "section-head__lead").add(text)))
        .add(facts(listing, portal).map(|facts| with_class("p", "section-head__count").add(facts)))
}

/// How many articles there are, or on a list page the days it spans, if they are known: those never change.
fn facts(listing: &Listing, portal: &Portal) -> Option<Node> {
    let words = portal.words();
    let whole = listing.years.iter().find(|of| Some(of.year) == listing.year).map_or(listing.total, |of| of.count);
    let mut dates = listing.teasers.iter().filter_map(|teaser| teaser.published_at);
    let newest = dates.next();
    if listing.list.is_none() {
        return Some(fill(words.article_count, &[&words.number(whole.into())]).into());
    }
    let oldest = dates.next_back().or(newest);
    let days = oldest.zip(newest).map(|(oldest, newest)| vec![time::date(oldest).into(), time::date(newest).into()]);
    days.map(|days| time::filled(words.from_to, days))
}

fn years(listing: &Listing, portal: &Portal) -> Node {
    if listing.years.len() < 2 {
        return nothing();
    }
    let words = portal.words();
    // Not on a page of the archive: it would change with every publication, and never could be cached for long.
    let counted = listing.list.is_none();
    let entry = |year: Option<u16>, text: String, count: u32| {
        let count = counted
            .then(|| pieces![" ", with_class("span", "years__count").add(format!("({})", words.number(count.into())))]);
        let route = Route::Section { slug: listing.slug.clone(), year, list: None };
        let link = with_class("a", "years__year")
            .attr("href", portal.link(&route))
            .attr("aria-current", (listing.year == year).then_some("true"))
            .add(text)
            .add(count);
        el("li").add(link)
    };
    let list = with_class("ul", "years__list")
        .add(entry(None, words.all_years.to_owned(), listing.total))
        .each(listing.years.iter().map(|of| entry(Some(of.year), of.year.to_string(), of.count)));
    with_class("nav", "years").attr("aria-label", words.filter_by_year).add(list).into()
}

fn paging(listing: &Listing, portal: &Portal) -> Node {
    let words = portal.words();
    if listing.newer.is_none() && listing.older.is_none() {
        return nothing();
    }
    let arrow = |text: &'static str| el("span").attr("aria-hidden", "true").add(text);
    let link = |route: &Route, class: &'static str, rel: &'static str| {
        with_class("a", class).attr("rel", rel).attr("href", portal.link(route))
    };
    let newer = listing
        .newer
        .as_ref()
        .map(|route| link(route, "paging__newer", "prev").add(arrow("← ")).add(words.newer_articles));
    let older = listing
        .older
        .as_ref()
        .map(|route| link(route, "paging__older", "next").add(words.older_articles).add(arrow(" →")));
    with_class("nav", "paging").attr("aria-label", words.paging).add(newer).add(older).into()
}
