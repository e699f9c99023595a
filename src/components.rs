//! What readers see: pure functions from contract values to views, the same on the host and in the browser.
//!
//! A component takes values and the [`Portal`], and answers a view; it does not fetch, read a
//! clock, know the browser or hold state. Controls are links, `<details>` or buttons with a `data-action`, which
//! `browser::actions` serves by one listener on the document; so a page works before the program has arrived.
//!
//! May use: `calendar`, `contract`, `content`, `failure`, `head` (texts), `portal`, `routes`, `vietnamese`, `words`, `markup`.

pub mod article;
pub mod blocks;
pub mod figures;
pub mod files;
pub mod home;
pub mod inline;
pub mod layout;
pub mod navigation;
pub mod reading;
pub mod search;
pub mod section;
pub mod settings;
pub mod states;
pub mod teaser;
pub mod time;
pub mod visits;

use crate::content::Content;
use crate::markup::{Node, nothing};
use crate::portal::Portal;

/// The id of the element that holds the page, where the skip link leads.
pub const MAIN_ID: &str = "noi-dung";

/// What `<main>` holds for this content.
pub fn page(content: &Content, portal: &Portal) -> Node {
    match content {
        Content::Home(home) => home::home(home, portal),
        Content::Section(listing) => section::section(listing, portal),
        Content::Article(article) => article::article(article, portal),
        Content::Page(page) => article::page(page, portal),
        Content::Sitemap => navigation::sitemap(portal),
        Content::Search(search) => search::search(search, portal),
        // Whoever asks for it is led on: by the host or, where that cannot, by the program.
        Content::Moved(_) => nothing(),
        Content::NotFound(path) => states::not_found(path, portal),
    }
}
