//! The frame around every page: skip link, notices, header, main, visit statistics and footer.

use super::navigation::{self, Current};
use super::search;
use super::settings::settings;
use super::visits::{self, VisitsState};
use super::{MAIN_ID, time};
use crate::contract::{Footer, Notice};
use crate::markup::{Element, Node, el, pieces, with_class};
use crate::portal::Portal;
use crate::routes::Route;
use crate::words::fill;

/// The id of the element whose text screen readers announce after a navigation.
pub const ANNOUNCER_ID: &str = "thong-bao-trang";
/// The id of the element that the browser fills with the visit statistics.
pub const VISITS_ID: &str = "thong-ke";
/// The id of the element above the page that tells of a slow navigation.
pub const PENDING_ID: &str = "dang-tai";
/// The id of the element above the page that tells how old it is.
pub const AGE_ID: &str = "do-moi";

/// A whole page around `main`. `current` is the link of the navigation that is marked.
pub fn layout(main: Node, current: Option<&Current>, portal: &Portal) -> Node {
    // `target="_self"` leaves the link to the browser on every page; on one that failed, others are another try.
    let skip = with_class("a", "skip-link")
        .attr("href", format!("#{MAIN_ID}"))
        .attr("target", "_self")
        .add(portal.words().skip_to_content);
    let header = with_class("div", "header__inner")
        .add(identity(portal))
        .add(search::quick(portal))
        .add(settings(portal))
        .add(navigation::navigation(current, portal));
    let announcer = with_class("div", "visually-hidden")
        .attr("id", ANNOUNCER_ID)
        .attr("role", "status")
        .attr("aria-live", "polite");
    pieces![
        skip,
        // What is told later stands in places that are there before, or screen readers would not say it. `early.js` has no
        // words of its own.
        with_class("div", "pending")
            .attr("id", PENDING_ID)
            .attr("role", "status")
            .attr("data-offline", portal.words().offline),
        notices(portal),
        with_class("header", "header").add(header),
        el("div").attr("id", AGE_ID).attr("role", "status"),
        with_class("div", "page").add(with_class("main", "main").attr("id", MAIN_ID).attr("tabindex", "-1").add(main)),
        announcer,
        footer(portal),
    ]
}

fn identity(portal: &Portal) -> Element {
    let site = &portal.site;
    // The name beside it says all: to a screen reader the mark is decoration.
    let mark = site.logo.as_ref().map(|logo| {
        with_class("img", "identity__mark")
            .attr("src", portal.file(&logo.src))
            .attr("alt", "")
            .attr("width", 48)
            .attr("height", 48)
    });
    let text = with_class("span", "identity__text")
        .add(with_class("span", "identity__name").add(site.name.to_string()))
        .add(site.unit.clone().map(|unit| pieces![" ", with_class("span", "identity__unit").add(unit)]))
        .add(site.tagline.clone().map(|line| pieces![" ", with_class("span", "identity__tagline").add(line)]));
    with_class("a", "identity").attr("href", portal.link(&Route::Home)).add(mark).add(text)
}

fn notices(portal: &Portal) -> Option<Element> {
    let notices = &portal.site.notices;
    (!notices.is_empty()).then(|| {
        with_class("section", "notices")
            .attr("aria-label", portal.words().notices)
            .each(notices.iter().map(|shown| notice(shown, portal)))
    })
}

fn notice(notice: &Notice, portal: &Portal) -> Element {
    let words = portal.words();
    let name = notice.title.as_ref().unwrap_or(&notice.text).to_string();
    let title = notice.title.as_ref().map(|title| pieces![el("strong").add(title.to_string()), " "]);
    let date = notice
        .published_at
        .map(|at| pieces![" ", with_class("span", "notice__date").add("(").add(time::date(at)).add(")")]);
    let more = notice.href.as_ref().map(|href| {
        let about = with_class("span", "visually-hidden").add(": ").add(name.clone());
        pieces![" ", crate::markup::link(portal.href(href)).add(words.read_more).add(about)]
    });
    let text = with_class("p", "notice__text").add(title).add(notice.text.to_string()).add(date).add(more);
    let button = with_class("button", "notice__dismiss")
        .attr("type", "button")
        .attr("data-action", "dismiss-notice")
        .attr("aria-label", fill(words.dismiss_notice, &[&name]))
        .add(words.dismiss);
    with_class("div", "notice").attr("data-notice", notice.id.to_string()).add(text).add(button)
}

fn footer(portal: &Portal) -> Element {
    let words = portal.words();
    let figures = portal.site.visits.is_some().then(|| {
        with_class("section", "visits")
            .attr("aria-labelledby", "thong-ke-tieu-de")
            .add(with_class("h2", "footer__title").attr("id", "thong-ke-tieu-de").add(words.visits))
            .add(el("div").attr("id", VISITS_ID).add(visits::visits(&VisitsState::Loading, words)))
    });
    let owner = portal.site.footer.as_ref().map(|footer| owner(footer, portal));
    with_class("footer", "footer").add(with_class("div", "footer__inner").add(owner).add(figures))
}

fn owner(footer: &Footer, portal: &Portal) -> Element {
    let words = portal.words();
    let line = |label: &'static str, value: Option<Node>| {
        value.map(|value| el("p").add(with_class("span", "footer__label").add(label)).add(" ").add(value))
    };
    let text = |value: &Option<String>| value.clone().map(Node::from);
    let phone = footer.phone.clone().map(|phone| {
        let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        el("a").attr("href", format!("tel:{digits}")).add(phone).into()
    });
    let email = footer.email.clone().map(|email| el("a").attr("href", format!("mailto:{email}")).add(email).into());
    let links = footer
        .links
        .iter()
        .map(|link| (portal.href(&link.href), link.title.to_string()))
        .chain([(portal.link(&Route::Sitemap), words.sitemap.to_owned())])
        .map(|(href, title)| el("li").add(crate::markup::link(href).add(title)));
    with_class("section", "owner")
        .attr("aria-labelledby", "chu-quan")
        .add(with_class("h2", "footer__title").attr("id", "chu-quan").add(words.about_owner))
        .add(footer.owner.clone().map(|owner| with_class("p", "owner__name").add(owner)))
        // Where the header has no room for it.
        .add(portal.site.tagline.clone().map(|line| el("p").add(line)))
        .add(line(words.responsible, text(&footer.responsible)))
        .add(line(words.address, text(&footer.address)))
        .add(line(words.phone, phone))
        .add(line(words.email, email))
        .add(footer.licence.clone().map(|text| el("p").add(text)))
        .add(with_class("ul", "footer__links").each(links))
}
