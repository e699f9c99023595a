//! What helps to read an article and to pass it on: reading aloud, the table of contents, sharing, the way back up.

use super::blocks::headings;
use super::states::button;
use crate::contract::Inline;
use crate::contract::block::{Block, ListBlock};
use crate::contract::values::component_encoded;
use crate::markup::{Element, Node, el, nothing, pieces, with_class};
use crate::portal::Portal;
use crate::routes::Route;
use crate::words::fill;
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// The id of the element with the controls of reading aloud. The browser shows it where there is a voice.
pub const LISTEN_ID: &str = "nghe";
/// The id of the element that says whether the address was copied.
pub const COPIED_ID: &str = "da-sao-chep";
/// How fast the device's voice may read, in percent.
pub const SPEEDS: [&str; 5] = ["75", "100", "125", "150", "200"];

/// How many words are read in a minute: Vietnamese texts on a screen, by people who are not in a hurry.
const WORDS_A_MINUTE: usize = 220;
/// From so many minutes on a text is a long read, which has a way back up at its end.
const LONG_READ: usize = 3;
/// From so many headings on, a text has a table of contents.
const FEWEST_ENTRIES: usize = 3;

/// How many minutes a body takes to read.
pub fn minutes(body: &[Block]) -> usize {
    (words_in(body) + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE
}

fn words_in(body: &[Block]) -> usize {
    let count = |text: &Inline| text.0.iter().map(|span| span.text.split_whitespace().count()).sum::<usize>();
    fn of_list(list: &ListBlock, count: &impl Fn(&Inline) -> usize) -> usize {
        list.items
            .iter()
            .map(|item| count(&item.text) + item.list.as_deref().map_or(0, |below| of_list(below, count)))
            .sum()
    }
    let of_block = |block: &Block| match block {
        Block::Paragraph(paragraph) => count(&paragraph.text),
        Block::Heading(heading) => count(&heading.text),
        Block::Quote(quote) => count(&quote.text),
        Block::List(list) => of_list(list, &count),
        Block::Table(table) => table.rows.iter().flatten().map(|cell| count(&cell.text)).sum(),
        Block::Question(question) => count(&question.text),
        Block::Answer(answer) => words_in(&answer.body),
        _ => 0,
    };
    body.iter().map(of_block).sum()
}

/// The row below an article's facts. `href` is its address, `title` what it is called in a message.
pub fn tools(route: &Route, title: &str, portal: &Portal) -> Element {
    with_class("div", "tools").add(share(route, title, portal)).add(listen(portal))
}

/// Reading aloud. Which of the buttons are shown follows from `data-state`.
fn listen(portal: &Portal) -> Element {
    let words = portal.words();
    let speeds = SPEEDS.map(|value| {
        let option = el("option").attr("value", value).attr("selected", value == "100");
        option.add(fill(words.percent, &[value]))
    });
    let speed = with_class("label", "listen__speed")
        .add(el("span").add(words.speed))
        .add(" ")
        .add(el("select").attr("data-action", "listen-speed").each(speeds));
    let control =
        |action, text, class| with_class("button", class).attr("type", "button").attr("data-action", action).add(text);
    with_class("div", "listen")
        .attr("id", LISTEN_ID)
        .attr("role", "group")
        .attr("aria-label", words.read_aloud)
        .attr("data-state", "silent")
        .attr("hidden", true)
        .add(control("listen", words.listen, "tool listen__start"))
        .add(control("listen-pause", words.pause, "tool listen__pause"))
        .add(control("listen", words.go_on, "tool listen__resume"))
        .add(control("listen-stop", words.stop, "tool listen__stop"))
        .add(speed)
}

/// Ways to pass an address on. What needs the program is shown by it.
fn share(route: &Route, title: &str, portal: &Portal) -> Element {
    let words = portal.words();
    let summary = with_class("summary", "tool").add(words.share);
    let device = button("share", words.share_device).attr("hidden", true);
    let copy = button("copy-link", words.copy_link);
    let status = with_class("p", "share__status").attr("id", COPIED_ID).attr("role", "status");
    let panel = with_class("div", "share__panel")
        .add(device)
        .add(elsewhere(route, title, portal))
        .add(copy)
        .add(status)
        .add(with_class("div", "share__code").attr("data-code", true));
    with_class("details", "share").attr("data-menu", "submenu").add(summary).add(panel)
}

/// Plain links to where readers pass things on; they need to know where the portal is published.
fn elsewhere(route: &Route, title: &str, portal: &Portal) -> Node {
    let Some(address) = portal.address(route) else { return nothing() };
    let (target, name) = (component_encoded(&address), component_encoded(title));
    let places = [
        ("Zalo", format!("https://sp.zalo.me/share_inline?url={target}")),
        ("Facebook", format!("https://www.facebook.com/sharer/sharer.php?u={target}")),
        (portal.words().by_email, format!("mailto:?subject={name}&body={target}")),
    ];
    let links = places.into_iter().map(|(place, href)| {
        let is_page = href.starts_with("https:");
        let label = fill(portal.words().share_on, &[place]);
        let link = el("a")
            .attr("href", href)
            .attr("target", is_page.then_some("_blank"))
            .attr("rel", is_page.then_some("noopener noreferrer"))
            .attr("aria-label", label)
            .add(place);
        el("li").add(link)
    });
    with_class("ul", "share__places").each(links).into()
}

/// The headings of a long body, in their language, as links: those of the fewest levels that make a table.
pub fn contents(body: &[Block], lang: Option<String>, portal: &Portal) -> Node {
    let headings = headings(body);
    let is_enough = |level: &usize| headings.iter().filter(|heading| heading.level <= *level).count() >= FEWEST_ENTRIES;
    let Some(lowest) = (2..=6).find(is_enough) else { return nothing() };
    let entries = headings
        .iter()
        .filter(|heading| heading.level <= lowest)
        .map(|heading| el("li").add(el("a").attr("href", format!("#{}", heading.id)).add(heading.text.to_text())));
    let words = portal.words();
    let list = with_class("ol", "contents__list").attr("lang", lang).each(entries);
    let drawer = with_class("details", "contents__drawer")
        .add(with_class("summary", "contents__button").add(words.contents))
        .add(list);
    with_class("nav", "contents").attr("aria-label", words.contents).add(drawer).into()
}

/// The way back to the top of a long read, which takes so many minutes.
pub fn to_top(minutes: usize, portal: &Portal) -> Node {
    if minutes < LONG_READ {
        return nothing();
    }
    with_class("p", "to-top")
        .add(el("a").attr("href", "#top").attr("target", "_self").add(portal.words().to_top))
        .into()
}

/// What paper needs to lead back to the page: its address, and a code that telephones read; the browser draws it.
pub fn printed(route: &Route, portal: &Portal) -> Node {
    let address = portal
        .address(route)
        .map(|address| pieces![el("span").add(portal.words().address_of_page), " ", el("span").add(address)]);
    with_class("div", "printed")
        .add(el("p").add(address))
        .add(with_class("div", "printed__code").attr("data-code", true))
        .into()
}

/// An address as a QR code of dark squares, with the margin of four squares that its standard (ISO/IEC 18004) asks for.
/// `None` for an address of more than about 2,300 bytes.
pub fn code(address: &str, label: &'static str) -> Option<Element> {
    const MARGIN: i32 = 4;
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size()).take_while(|&x| code.get_module(x, y)).count() as i32;
            if length > 0 {
                write!(path, "M{} {}h{length}v1h-{length}z", x + MARGIN, y + MARGIN).expect("a text grows");
            }
            x += length.max(1);
        }
    }
    let size = code.size() + 2 * MARGIN;
    let picture = el("svg")
        .attr("viewBox", format!("0 0 {size} {size}"))
        .attr("role", "img")
        .attr("aria-label", label)
        .add(el("path").attr("d", path));
    Some(picture)
}
