//! What a page says of itself outside its body: title, description, address.

use crate::content::Content;
use crate::contract::Status;
use crate::contract::block::Block;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::routes::Route;
use crate::vietnamese::shortened;
use crate::words::{Words, fill};

/// Search engines show about as many characters.
const LONGEST_DESCRIPTION: usize = 200;

/// What the head of a page says. Plain text; whoever writes it escapes it for where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// The document's title: the page's own, then the portal's.
    pub title: String,
    /// The path of the page's one address, below the origin.
    pub canonical: Option<String>,
    /// Should search engines list it?
    pub indexed: bool,
}

impl Head {
    /// The head of a page that shows this content.
    pub fn of(content: &Content, portal: &Portal) -> Self {
        let words = portal.words();
        let site = &portal.site;
        let mut head = Head { indexed: true, ..Head::default() };
        let (title, route) = match content {
            Content::Home(_) => (None, Some(Route::Home)),
            Content::Section(listing) => {
                let mut title = site.title_of(&listing.slug).to_owned();
                if let Some(year) = listing.year {
                    title.push_str(" – ");
                    title.push_str(&fill(words.year, &[&year.to_string()]));
                }
                if let Some(list) = listing.list {
                    title.push_str(" – ");
                    title.push_str(&fill(words.list_number, &[&list.to_string()]));
                }
                // Every article is listed in the lists without a year; those of a year would compete with them.
                head.indexed = listing.year.is_none();
                let route = Route::Section { slug: listing.slug.clone(), year: listing.year, list: listing.list };
                (Some(title), Some(route))
            }
            Content::Article(article) => {
                head.indexed = !matches!(article.status, Status::Gone(_));
                let route = Route::Article { section: article.section.clone(), slug: article.slug.clone() };
                (Some(article.title.to_string()), Some(route))
            }
            Content::Page(page) => (Some(page.title.to_string()), Some(Route::Page(page.slug.clone()))),
            Content::Sitemap => (Some(words.sitemap.to_owned()), Some(Route::Sitemap)),
            Content::Search(search) => {
                // What is found changes, and is at addresses of its own.
                head.indexed = false;
                let text = &search.query.text;
                let title = if text.is_empty() { words.search.to_owned() } else { fill(words.search_for, &[text]) };
                (Some(title), None)
            }
            Content::Moved(_) | Content::NotFound(_) => {
                head.indexed = false;
                (Some(words.not_found.to_owned()), None)
            }
        };
        head.title = page_title(title.as_deref(), portal);
        head.canonical = route.map(|route| portal.link(&route));
        head
    }

    /// The head of a page that could not be had.
    pub fn of_failure(route: &Route, portal: &Portal) -> Self {
        let title = fill(portal.words().failed, &[what_failed(route, portal.words())]);
        Head { title: page_title(Some(&title), portal), ..Head::default() }
    }
}

/// What could not be had, in the reader's words.
pub fn what_failed(route: &Route, words: &Words) -> &'static str {
    match route {
        Route::Home => words.failed_home,
        Route::Section { .. } => words.failed_section,
        Route::Article { .. } => words.failed_article,
        Route::Search(_) => words.failed_search,
        Route::Page(_) | Route::Sitemap | Route::Unknown(_) => words.failed_page,
    }
}

/// Why it could not be had, in the reader's words.
pub fn why_failed(failure: &Failure, words: &Words) -> String {
    match failure {
        Failure::Offline => words.offline.to_owned(),
        Failure::Unreachable => words.unreachable.to_owned(),
        Failure::Timeout => words.timeout.to_owned(),
        Failure::GivenUp => words.given_up.to_owned(),
        Failure::Status(status) => fill(words.server_error, &[&status.to_string()]),
        Failure::Outdated => words.outdated.to_owned(),
        Failure::Unsupported => words.unsupported.to_owned(),
        Failure::Missing | Failure::Gone => words.not_found_reason.to_owned(),
        Failure::TooLarge | Failure::Malformed | Failure::Invalid(..) => words.bad_data.to_owned(),
    }
}

/// What a page says in a sentence or two, for search engines and link previews. Those read finished pages only, so the
/// browser program goes without.
pub fn description(content: &Content, portal: &Portal) -> Option<String> {
    let own = match content {
        Content::Article(article) => lead(article.lead.as_deref(), &article.body),
        Content::Page(page) => lead(page.lead.as_deref(), &page.body),
        Content::Section(listing) => portal.site.description_of(&listing.slug).map(str::to_owned),
        _ => None,
    };
    // Who finds a page by its title alone learns at least whose it is.
    own.or_else(|| portal.site.tagline.clone()).filter(|text| !text.trim().is_empty())
}

/// What a text is about: its lead or, for want of one, how it begins.
fn lead(written: Option<&str>, body: &[Block]) -> Option<String> {
    let first = || {
        body.iter().find_map(|block| match block {
            Block::Paragraph(paragraph) => Some(shortened(&paragraph.text.to_text(), LONGEST_DESCRIPTION)),
            _ => None,
        })
    };
    written.filter(|text| !text.trim().is_empty()).map(str::to_owned).or_else(first)
}

fn page_title(own: Option<&str>, portal: &Portal) -> String {
    match own {
        Some(own) => format!("{own} – {}", portal.site.name),
        None => portal.site.name.to_string(),
    }
}
