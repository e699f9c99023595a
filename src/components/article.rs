//! An article, and an undated page.

use super::blocks;
use super::figures::{self, Use};
use super::files;
use super::navigation::{breadcrumbs, in_language};
use super::{reading, teaser, time};
use crate::calendar::Timestamp;
use crate::contract::article::{Gone, Withdrawal};
use crate::contract::{Article, Block, Href, Lang, Page, Picture, Reference, Status};
use crate::markup::{Element, Node, el, nothing, pieces, with_class};
use crate::portal::Portal;
use crate::routes::Route;
use crate::words::fill;

/// An article in full.
pub fn article(article: &Article, portal: &Portal) -> Node {
    // Of the office's texts, not of the portal's labels around them.
    let lang = article.language.as_ref().map(ToString::to_string);
    let section = el("a")
        .attr("href", portal.link(&Route::section(&article.section)))
        .add(portal.site.title_of(&article.section).to_owned());
    let minutes = reading::minutes(&article.body);
    let head = with_class("header", "article__head")
        .add(with_class("p", "article__section").add(section))
        .add(heading(article.title.to_string()).attr("lang", lang.clone()))
        .add(facts(article, minutes, portal))
        .add(translations(&article.translations, portal));
    let notice = match &article.status {
        Status::Normal => None,
        Status::Withdrawn(withdrawal) => Some(withdrawn(withdrawal, portal)),
        Status::Gone(gone) => Some(self::gone(gone, portal)),
    };
    let route = Route::Article { section: article.section.clone(), slug: article.slug.clone() };
    let mut whole = with_class("article", "article").add(head).add(notice);
    if !matches!(article.status, Status::Gone(_)) {
        whole = whole
            .add(reading::tools(&route, article.title.as_str(), portal))
            .add(text(
                article.lead.as_ref(),
                article.picture.as_ref(),
                &article.body,
                article.language.as_ref(),
                portal,
            ))
            .add(files::attachments(&article.attachments, lang, portal))
            .add(tags(article, portal))
            .add(reading::to_top(minutes, portal))
            .add(reading::printed(&route, portal));
    }
    pieces![
        breadcrumbs(Some(&article.section), false, portal),
        whole,
        neighbours(article, portal),
        related(&article.related, portal),
    ]
}

/// An undated page in full.
pub fn page(page: &Page, portal: &Portal) -> Node {
    let updated = page.updated_at.map(|at| el("span").add(portal.words().updated).add(" ").add(time::date(at)));
    let minutes = reading::minutes(&page.body);
    let reading_time = reading_time(minutes, portal);
    let facts = line_of([updated, reading_time]);
    let lang = page.language.as_ref().map(ToString::to_string);
    let title = heading(page.title.to_string()).attr("lang", lang.clone());
    let route = Route::Page(page.slug.clone());
    let whole = with_class("article", "article")
        .add(with_class("header", "article__head").add(title).add(facts).add(translations(&page.translations, portal)))
        .add(reading::tools(&route, page.title.as_str(), portal))
        .add(text(page.lead.as_ref(), page.picture.as_ref(), &page.body, page.language.as_ref(), portal))
        .add(files::attachments(&page.attachments, lang, portal))
        .add(reading::to_top(minutes, portal))
        .add(reading::printed(&route, portal));
    pieces![breadcrumbs(Some(&page.slug), true, portal), whole]
}

fn heading(title: String) -> Element {
    with_class("h1", "article__title").attr("tabindex", "-1").add(title)
}

/// What the office wrote below the heading: lead, picture, body.
fn text(
    lead: Option<&String>,
    picture: Option<&Picture>,
    body: &[Block],
    lang: Option<&Lang>,
    portal: &Portal,
) -> Node {
    let tag = lang.map(ToString::to_string);
    let lead = lead.map(|lead| with_class("p", "article__lead").attr("lang", tag.clone()).add(lead.clone()));
    let picture = picture.map(|picture| figures::figure(picture, Use::Lead, portal).attr("lang", tag.clone()));
    pieces![lead, picture, reading::contents(body, tag, portal), blocks::body(body, lang, portal)]
}

/// `Ngày đăng 10/10/2020 | 17:00 | Lượt xem: 55`, then what else is known.
fn facts(article: &Article, minutes: usize, portal: &Portal) -> Option<Element> {
    let words = portal.words();
    let fact = |label: &'static str, value: Node| el("span").add(label).add(" ").add(value);
    // Compared as moments: the same one written with another offset is no change.
    let published = article.published_at.map(Timestamp::unix_seconds);
    let updated = article.updated_at.filter(|at| Some(at.unix_seconds()) > published);
    let source = article.source.as_ref().map(|source| {
        let name = source.name.to_string();
        match &source.url {
            Some(url) => crate::markup::link(portal.href(url)).add(name).into(),
            None => Node::from(name),
        }
    });
    line_of([
        article.published_at.map(|at| fact(words.published, time::date_and_time(at).into())),
        updated.map(|at| fact(words.updated, time::date_and_time(at).into())),
        article.views.map(|views| fact(words.views, words.number(views).into())),
        source.map(|source| fact(words.source, source)),
        article.author.clone().map(|author| fact(words.author, author.into())),
        reading_time(minutes, portal),
    ])
}

/// What is known of a text, if anything is.
fn line_of<const N: usize>(facts: [Option<Element>; N]) -> Option<Element> {
    facts.iter().any(Option::is_some).then(|| with_class("p", "article__facts").each(facts.into_iter().flatten()))
}

/// How long a text takes to read; of a short one nobody asks.
fn reading_time(minutes: usize, portal: &Portal) -> Option<Element> {
    let words = portal.words();
    (minutes > 1).then(|| el("span").add(fill(words.reading_time, &[&words.number(minutes as u64)])))
}

/// Links to the same in other languages.
fn translations(all: &[Href], portal: &Portal) -> Option<Element> {
    let label = el("span").add(portal.words().in_other_languages).add(" ");
    let mut line = with_class("p", "article__languages").add(label);
    for href in all {
        line = line.add(portal.translation(href).map(|(address, edition)| in_language(address, edition)));
    }
    (!all.is_empty()).then_some(line)
}

fn withdrawn(withdrawal: &Withdrawal, portal: &Portal) -> Element {
    let words = portal.words();
    let title = match withdrawal.at {
        Some(at) => time::filled(words.withdrawn_since, vec![time::date(at).into()]),
        None => words.withdrawn.into(),
    };
    status(title, withdrawal.reason.to_string())
}

fn gone(gone: &Gone, portal: &Portal) -> Element {
    let words = portal.words();
    let reason = gone.reason.as_ref().map_or(words.gone_without_reason.to_owned(), ToString::to_string);
    let instead =
        gone.instead.as_ref().map(|href| el("p").add(crate::markup::link(portal.href(href)).add(words.read_instead)));
    status(words.gone.into(), reason).add(instead)
}

fn status(title: Node, reason: String) -> Element {
    with_class("aside", "status")
        .attr("aria-labelledby", "tinh-trang")
        .add(with_class("h2", "status__title").attr("id", "tinh-trang").add(title))
        .add(el("p").add(reason))
}

fn tags(article: &Article, portal: &Portal) -> Node {
    if article.tags.is_empty() {
        return nothing();
    }
    let tags = article.tags.iter().map(|tag| with_class("li", "tags__tag").add(tag.to_string()));
    with_class("div", "tags")
        .add(with_class("h2", "tags__title").attr("id", "tu-khoa").add(portal.words().tags))
        .add(with_class("ul", "tags__list").attr("aria-labelledby", "tu-khoa").each(tags))
        .into()
}

fn neighbours(article: &Article, portal: &Portal) -> Node {
    let words = portal.words();
    if article.newer.is_none() && article.older.is_none() {
        return nothing();
    }
    let neighbour = |reference: &Option<Reference>, label: &'static str, class: &'static str| {
        reference.as_ref().map(|reference| {
            let lang = reference.language.as_ref().map(ToString::to_string);
            with_class("a", class)
                .attr("href", portal.link(&Route::reference(reference)))
                .add(with_class("span", "neighbours__label").add(label))
                .add(" ")
                .add(with_class("span", "neighbours__title").attr("lang", lang).add(reference.title.to_string()))
        })
    };
    with_class("nav", "neighbours")
        .attr("aria-label", words.neighbours)
        .add(neighbour(&article.newer, words.newer_article, "neighbours__newer"))
        .add(neighbour(&article.older, words.older_article, "neighbours__older"))
        .into()
}

fn related(related: &[Reference], portal: &Portal) -> Node {
    if related.is_empty() {
        return nothing();
    }
    let lines = related.iter().map(|other| {
        let href = portal.link(&Route::reference(other));
        teaser::line(href, other.title.to_string(), other.language.as_ref(), other.published_at)
    });
    with_class("section", "related")
        .attr("aria-labelledby", "lien-quan")
        .add(with_class("h2", "related__title").attr("id", "lien-quan").add(portal.words().related))
        .add(with_class("ul", "lines").each(lines))
        .into()
}
