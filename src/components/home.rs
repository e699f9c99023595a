//! The home page.

use super::figures::{self, Use};
use super::{reading, teaser, time};
use crate::contract::{Home, LatestOf, Teaser};
use crate::markup::{Element, Node, el, pieces, with_class};
use crate::portal::Portal;
use crate::routes::Route;
use crate::words::fill;

/// The lead stories, then the latest of chosen sections.
pub fn home(home: &Home, portal: &Portal) -> Node {
    let words = portal.words();
    let heading = with_class("h1", "visually-hidden").attr("tabindex", "-1").add(portal.site.name.to_string());
    if home.lead.is_empty() && home.latest.is_empty() {
        return pieces![heading, with_class("p", "empty").add(words.empty_home)];
    }
    let lead = home.lead.split_first().map(|(first, others)| {
        with_class("section", "lead-stories")
            .attr("aria-label", words.lead_stories)
            .add(top_story(first, portal))
            .add((!others.is_empty()).then(|| teaser::teasers(others, portal)))
    });
    let latest = with_class("div", "latest-of").each(home.latest.iter().map(|of| latest(of, portal)));
    pieces![heading, lead, latest, reading::printed(&Route::Home, portal)]
}

fn top_story(story: &Teaser, portal: &Portal) -> Element {
    let lang = story.language.as_ref().map(ToString::to_string);
    let link = el("a").attr("href", portal.link(&Route::teaser(story))).attr("lang", lang.clone());
    let picture = story
        .picture
        .as_ref()
        .map(|picture| with_class("div", "top-story__picture").add(figures::silent(picture, Use::TopStory, portal)));
    with_class("article", "top-story")
        .add(picture)
        .add(with_class("p", "top-story__section").add(portal.site.title_of(&story.section).to_owned()))
        .add(with_class("h2", "top-story__title").add(link.add(story.title.to_string())))
        .add(story.lead.clone().map(|text| with_class("p", "top-story__lead").attr("lang", lang).add(text)))
        .add(story.published_at.map(|at| with_class("p", "top-story__date").add(time::date_and_time(at))))
}

fn latest(of: &LatestOf, portal: &Portal) -> Element {
    let words = portal.words();
    let title = portal.site.title_of(&of.section).to_owned();
    let href = portal.link(&Route::section(&of.section));
    // Said in full, since links are read out one by one; the words shown begin it, as who speaks them expects.
    let further = with_class("span", "visually-hidden").add(" ").add(fill(words.all_of, &[&title]));
    let all = with_class("a", "latest__all").attr("href", href.clone()).add(words.see_all).add(further);
    let articles = of.articles.split_first().map(|(first, others)| {
        let lines = others.iter().map(|other| {
            let href = portal.link(&Route::teaser(other));
            teaser::line(href, other.title.to_string(), other.language.as_ref(), other.published_at)
        });
        let lines = (!others.is_empty()).then(|| with_class("ul", "lines").each(lines));
        pieces![teaser::teaser(first, "h3", portal), lines]
    });
    with_class("section", "latest")
        .add(with_class("h2", "latest__title").add(el("a").attr("href", href).add(title)))
        .add(articles)
        .add(all)
}
