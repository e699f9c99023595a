//! Lists of articles: the home document, section documents and their numbered lists.
//!
//! The articles of a section are cut, oldest first, into lists of `page_size`: list 1 holds the oldest. A list is
//! written once it is full and never changes again, whatever is published later. The section document holds what is
//! not yet in a list, and the newest full list besides, so that it alone is a good first page. Publishing one article
//! thus changes the section document only (and adds a list when one has become full).

use super::block::Picture;
use super::decode::record;
use super::values::{Line, Slug};
use crate::calendar::Timestamp;

record! {
    /// An article in a list.
    Teaser {
        /// The section it belongs to.
        section: Slug,
        /// Its name within the section.
        slug: Slug,
        /// Its headline.
        title: Line,
        /// When it was published.
        published_at: Timestamp,
    } optional {
        /// What it says in a sentence or two.
        lead: Option<String>,
        /// Its picture.
        picture: Option<Picture>,
    }
}

record! {
    /// The home page: `home.json`.
    Home {} optional {
        /// The lead stories, most important first.
        lead: Vec<Teaser>,
        /// The latest of chosen sections.
        latest: Vec<LatestOf>,
    }
}

record! {
    /// The latest articles of one section.
    LatestOf {
        /// The section.
        section: Slug,
        /// Its articles, newest first.
        articles: Vec<Teaser>,
    }
}

record! {
    /// A section: `sections/<slug>.json`, shown at `/<slug>/`.
    Section {
        /// The section.
        slug: Slug,
        /// How many articles it has.
        total: u32,
        /// How many articles a full list has.
        page_size: u32,
        /// How many full lists there are: lists 1 (oldest) to this one exist.
        lists: u32,
    } optional {
        /// The articles that are in no full list yet, and those of the newest full list, newest first.
        newest: Vec<Teaser>,
        /// Its years, newest first.
        years: Vec<YearOf>,
    }
}

record! {
    /// Which lists of a section hold articles of a year. Lists `oldest_list` to `newest_list` do; where both are
    /// absent, the year's articles are all in `newest`.
    YearOf {
        /// The year in Việt Nam.
        year: u16,
        /// How many articles.
        count: u32,
    } optional {
        /// The highest number of a full list with articles of the year.
        newest_list: Option<u32>,
        /// The lowest number of such a list.
        oldest_list: Option<u32>,
    }
}

record! {
    /// A full list of a section: `sections/<slug>/<number>.json`. It never changes.
    List {
        /// The section.
        section: Slug,
        /// Its number, from 1 (oldest).
        number: u32,
        /// Its articles, newest first.
        articles: Vec<Teaser>,
    }
}
