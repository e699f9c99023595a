//! Documents in memory, and sections of any size cut into lists as `src/contract/list.rs` says.

use crate::sample::portal;
use portal::content::{self, Content, Documents, IsUsable, Listing};
use portal::contract::{Document, Slug};
use portal::failure::Failure;
use portal::portal::Portal;
use portal::routes::Route;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// How many articles a full list has.
pub const PAGE_SIZE: u32 = 10;

/// Documents by their path; it remembers which were asked for.
#[derive(Default)]
pub struct Memory {
    documents: HashMap<String, Result<String, Failure>>,
    asked: RefCell<Vec<String>>,
}

impl Documents for Memory {
    async fn text(&self, document: &Document, _: IsUsable) -> Result<String, Failure> {
        let path = document.to_string();
        self.asked.borrow_mut().push(path.clone());
        self.documents.get(&path).cloned().unwrap_or(Err(Failure::Missing))
    }
}

/// A slug.
pub fn slug(text: &str) -> Slug {
    Slug::new(text).expect("a slug")
}

/// The slug of article `number` of a section, from 1 (oldest).
pub fn article(number: u32) -> String {
    format!("bai-{number}")
}

/// The slugs of articles, newest first.
pub fn articles(numbers: impl DoubleEndedIterator<Item = u32>) -> Vec<String> {
    numbers.rev().map(article).collect()
}

/// What comes of a future that waits for nothing.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("documents in memory are there at once"),
    }
}

impl Memory {
    /// With a document.
    pub fn with(self, path: &str, document: &Value) -> Self {
        self.text(path, &document.to_string())
    }

    /// With a document of this text.
    pub fn text(mut self, path: &str, text: &str) -> Self {
        self.documents.insert(path.to_owned(), Ok(text.to_owned()));
        self
    }

    /// With a document that cannot be had.
    pub fn failing(mut self, path: &str, failure: Failure) -> Self {
        self.documents.insert(path.to_owned(), Err(failure));
        self
    }

    /// With a section of so many articles, numbered from 1 (oldest), each published in the year `year_of` it.
    pub fn section(mut self, name: &str, total: u32, year_of: fn(u32) -> u16) -> Self {
        let teaser = |number: u32| {
            let at = format!("{}-06-01T08:00:00+07:00", year_of(number));
            json!({ "section": name, "slug": article(number), "title": "Bài", "published_at": at })
        };
        let lists = total / PAGE_SIZE;
        let mut years: BTreeMap<u16, (u32, Vec<u32>)> = BTreeMap::new();
        for number in 1..=total {
            let (count, in_lists) = years.entry(year_of(number)).or_default();
            *count += 1;
            let list = number.div_ceil(PAGE_SIZE);
            in_lists.extend((list <= lists).then_some(list));
        }
        let years: Vec<Value> = years
            .iter()
            .rev()
            .map(|(year, (count, lists))| {
                json!({ "year": year, "count": count, "newest_list": lists.last(), "oldest_list": lists.first() })
            })
            .collect();
        for list in 1..=lists {
            let numbers = (list - 1) * PAGE_SIZE + 1..=list * PAGE_SIZE;
            let newest_first: Vec<Value> = numbers.rev().map(teaser).collect();
            let document = json!({ "section": name, "number": list, "articles": newest_first });
            self = self.with(&format!("sections/{name}/{list}.json"), &document);
        }
        let newest: Vec<Value> = (lists.saturating_sub(1) * PAGE_SIZE + 1..=total).rev().map(teaser).collect();
        let document = json!({
            "slug": name, "total": total, "page_size": PAGE_SIZE, "lists": lists, "newest": newest, "years": years,
        });
        self.with(&format!("sections/{name}.json"), &document)
    }

    /// What a route shows, asked for by its own address.
    pub fn load(&self, route: &Route) -> Result<Content, Failure> {
        self.load_at(&route.to_string(), route, &portal())
    }

    /// What a route shows, asked for by this address.
    pub fn load_at(&self, address: &str, route: &Route, portal: &Portal) -> Result<Content, Failure> {
        ready(content::load(route, address, portal, self))
    }

    /// A page of the section `tin-tuc`.
    pub fn listing(&self, year: Option<u16>, list: Option<u32>) -> Listing {
        self.listing_of(&Route::Section { slug: slug("tin-tuc"), year, list })
    }

    /// The page of a section.
    pub fn listing_of(&self, route: &Route) -> Listing {
        match self.load(route) {
            Ok(Content::Section(listing)) => listing,
            other => panic!("{route} is no section but {other:?}"),
        }
    }

    /// What all pages of a section or of one of its years show, from the first page on to older ones.
    pub fn walk(&self, year: Option<u16>) -> Vec<String> {
        let mut shown = slugs(&self.listing(year, None));
        let mut next = self.listing(year, None).older;
        while let Some(route) = next {
            let listing = self.listing_of(&route);
            shown.extend(slugs(&listing));
            next = listing.older;
        }
        shown
    }

    /// The documents asked for so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.borrow().clone()
    }
}

/// The slugs of the articles on a page.
pub fn slugs(listing: &Listing) -> Vec<String> {
    listing.teasers.iter().map(|teaser| teaser.slug.to_string()).collect()
}
