//! From a route to what the page shows: which documents it needs and what becomes of them.
//!
//! The same code runs over a folder on the host and over the network in the browser; only [`Documents`] differs.
//!
//! May use: `contract`, `failure`, `portal`, `routes`. Must not use: the user interface, the network.

use crate::contract::{
    Article, Document, Home, Href, List, Page, Problem, Redirects, Results, Root, Section, Slug, Teaser, YearOf, decode,
};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::routes::{Query, Route};
use std::future::Future;

/// Can a text be used as a document?
pub type IsUsable = fn(&Document, &str) -> bool;

/// Where documents come from.
pub trait Documents {
    /// The text of a document; where it can be had in several places, one that is usable, if there is such a place.
    fn text(&self, document: &Document, is_usable: IsUsable) -> impl Future<Output = Result<String, Failure>>;

    /// Is a document with faulty parts used without them? The tools refuse it; for readers what can be shown is shown,
    /// and what is wrong is told here to whoever looks after the portal.
    fn tolerates(&self, _faults: &Failure) -> bool {
        false
    }

    /// What a search finds. Only a browser can search.
    fn search(&self, _query: &Query) -> impl Future<Output = Result<Results, Failure>> {
        std::future::ready(Err(Failure::Unsupported))
    }
}

/// What a page shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// The home page.
    Home(Home),
    /// Articles of a section.
    Section(Listing),
    /// An article.
    Article(Box<Article>),
    /// An undated page.
    Page(Box<Page>),
    /// The sitemap page.
    Sitemap,
    /// A search.
    Search(Box<Search>),
    /// An address that leads elsewhere now.
    Moved(Href),
    /// Nothing is there; the path that was asked for.
    NotFound(String),
}

/// A search and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// What is searched for.
    pub query: Query,
    /// What was found. A search that fails is no failure of its page: another can be tried there.
    pub state: SearchState,
}

/// What came of a search.
#[derive(Debug, Clone, PartialEq)]
pub enum SearchState {
    /// Nothing was asked for.
    Idle,
    /// No answer yet.
    Waiting,
    /// The answer.
    Found(Results),
    /// There is none.
    Failed(Failure),
}

impl Search {
    /// A search and its answer.
    pub fn new(query: Query, answer: Result<Results, Failure>) -> Self {
        Self { query, state: answer.map_or_else(SearchState::Failed, SearchState::Found) }
    }

    /// The page to search from.
    pub fn idle(query: Query) -> Self {
        Self { query, state: SearchState::Idle }
    }
}

/// Some articles of a section, with the ways on from there.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// The section.
    pub slug: Slug,
    /// How many articles the section has.
    pub total: u32,
    /// The years it has articles of, newest first.
    pub years: Vec<YearOf>,
    /// The year shown, if it is one only.
    pub year: Option<u16>,
    /// The number of the list shown, if it is not the first page.
    pub list: Option<u32>,
    /// The articles, newest first.
    pub teasers: Vec<Teaser>,
    /// Where newer articles are.
    pub newer: Option<Route>,
    /// Where older articles are.
    pub older: Option<Route>,
}

/// Reads and decodes one document.
///
/// # Errors
/// What [`Documents::text`] reports, or all that breaks the contract.
pub async fn get<T: Root>(documents: &impl Documents, document: &Document) -> Result<T, Failure> {
    let text = documents.text(document, is_usable::<T>).await?;
    let (decoded, problems) = read(document, &text);
    if problems.is_empty() {
        return decoded.ok_or(Failure::Malformed);
    }
    let faults = Failure::Invalid(document.to_string(), problems);
    decoded.filter(|_| documents.tolerates(&faults)).ok_or(faults)
}

/// Can at least a part of a document be shown?
pub fn is_usable<T: Root>(document: &Document, text: &str) -> bool {
    read::<T>(document, text).0.is_some()
}

fn read<T: Root>(document: &Document, text: &str) -> (Option<T>, Vec<Problem>) {
    let (decoded, mut problems) = decode::read::<T>(text);
    let own = decoded.filter(|decoded| decoded.is(document) && (problems.is_empty() || !decoded.is_hollow()));
    if own.is_none() && problems.is_empty() {
        problems.push(Problem {
            path: "$".to_owned(),
            what: "is another document".to_owned(),
            mend: "give it the slug, section and number of its path".to_owned(),
        });
    }
    (own, problems)
}

/// What the page of a route shows. An address without a document is looked up among the redirects.
///
/// # Errors
/// The first document that cannot be had; a missing one is no failure but [`Content::NotFound`].
pub async fn load(
    route: &Route,
    address: &str,
    portal: &Portal,
    documents: &impl Documents,
) -> Result<Content, Failure> {
    let content = match route {
        Route::Home => get(documents, &Document::Home).await.map(Content::Home),
        Route::Sitemap => Ok(Content::Sitemap),
        Route::Search(query) => Ok(Content::Search(Box::new(if query.text.is_empty() {
            Search::idle(query.clone())
        } else {
            Search::new(query.clone(), documents.search(query).await)
        }))),
        Route::Section { slug, year, list } => {
            if portal.site.node(slug.as_str()).is_some() {
                listing(slug, *year, *list, documents).await.map(Content::Section)
            } else {
                Err(Failure::Missing)
            }
        }
        Route::Article { section, slug } => {
            let document = Document::Article(section.clone(), slug.clone());
            get(documents, &document).await.map(|article: Article| Content::Article(Box::new(article.as_shown())))
        }
        Route::Page(slug) => {
            get(documents, &Document::Page(slug.clone())).await.map(|page| Content::Page(Box::new(page)))
        }
        Route::Unknown(_) => Err(Failure::Missing),
    };
    match content {
        Err(Failure::Missing | Failure::Gone) => moved(address, portal, documents).await,
        other => other,
    }
}

/// Where an address without a document leads. A portal may have no redirects, and faulty ones must not turn a plain
/// "not found" into an alarm; but while they cannot be asked, nobody knows whether the address leads somewhere.
async fn moved(address: &str, portal: &Portal, documents: &impl Documents) -> Result<Content, Failure> {
    let below_base = address
        .strip_prefix(portal.base().trim_end_matches('/'))
        .filter(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        .unwrap_or(address);
    let redirects: Redirects = match get(documents, &Document::Redirects).await {
        Ok(redirects) => redirects,
        Err(failure) => match failure {
            Failure::Missing | Failure::Gone => Redirects { redirects: Vec::new() },
            Failure::Invalid(..) => {
                // Whatever the answer: without them the address is "not found".
                documents.tolerates(&failure);
                Redirects { redirects: Vec::new() }
            }
            failure => return Err(failure),
        },
    };
    Ok(match redirects.find(below_base) {
        Some(href) => Content::Moved(href.clone()),
        None => Content::NotFound(below_base.to_owned()),
    })
}

async fn listing(
    slug: &Slug,
    year: Option<u16>,
    list: Option<u32>,
    documents: &impl Documents,
) -> Result<Listing, Failure> {
    let section: Section = get(documents, &Document::Section(slug.clone())).await?;
    let span = Span::of(&section, year).ok_or(Failure::Missing)?;
    let wanted = |teaser: &Teaser| year.is_none() || teaser.published_at.map(|at| at.year()) == year;
    let full_list = async |number| -> Result<Vec<Teaser>, Failure> {
        let list: List = get(documents, &Document::List(slug.clone(), number)).await?;
        Ok(list.articles.into_iter().filter(wanted).collect())
    };

    let (teasers, newer, older) = if let Some(number) = list {
        if !span.contains(number) {
            return Err(Failure::Missing);
        }
        let newer = if span.contains(number + 1) { Some(number + 1) } else { None };
        (full_list(number).await?, Some(newer), span.below(number))
    } else {
        // The section document already holds the newest full list, `section.lists`.
        let mut teasers: Vec<Teaser> = section.newest.iter().filter(|teaser| wanted(teaser)).cloned().collect();
        let mut next = span.below(section.lists);
        if let (Some(number), true) = (next, teasers.len() < section.page_size as usize) {
            teasers.extend(full_list(number).await?);
            next = span.below(number);
        }
        (teasers, None, next)
    };
    let route = |list| Route::Section { slug: slug.clone(), year, list };
    Ok(Listing {
        slug: slug.clone(),
        total: section.total,
        years: section.years,
        year,
        list,
        teasers,
        newer: newer.map(route),
        older: older.map(|number| route(Some(number))),
    })
}

/// The full lists that hold what is asked for, both ends included; empty when `newest` is 0.
struct Span {
    newest: u32,
    oldest: u32,
}

impl Span {
    fn of(section: &Section, year: Option<u16>) -> Option<Self> {
        let Some(year) = year else {
            return Some(Self { newest: section.lists, oldest: 1 });
        };
        let of_year = section.years.iter().find(|of| of.year == year)?;
        Some(Self { newest: of_year.newest_list.unwrap_or(0), oldest: of_year.oldest_list.unwrap_or(1) })
    }

    fn contains(&self, number: u32) -> bool {
        (self.oldest..=self.newest).contains(&number)
    }

    /// The newest list of the span that is older than list `number`.
    fn below(&self, number: u32) -> Option<u32> {
        let next = number.checked_sub(1)?.min(self.newest);
        self.contains(next).then_some(next)
    }
}
