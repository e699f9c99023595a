//! Lists of articles: the home document, section documents and their numbered lists.
//!
//! The articles of a section are cut, oldest first, into lists of `page_size`: list 1 holds the oldest. A list is
//! written once it is full and changes only when one of its own articles does; an article that is gone leaves its slot
//! in the list empty, so that nothing moves up. The section document holds what is not yet in a list, and the newest
//! full list besides, so that it alone is a good first page. Publishing one article thus changes the section document
//! only (and adds a list when one has become full). An article that is dated before those already in lists, or
//! has no date, or is deleted instead of marked as gone, moves what comes after it.

use super::block::Picture;
use super::decode::record;
use super::values::{Lang, Line, Slug};
use crate::calendar::Timestamp;

record! {
    /// An article in a list.
    Teaser at most 5_000, dispensable: true {
        /// The section it belongs to.
        section: Slug,
        /// Its name within the section.
        slug: Slug,
        /// Its headline.
        title: Line,
    } optional {
        /// When it was published.
        published_at: Option<Timestamp>,
        /// What it says in a sentence or two.
        lead: Option<String>,
        /// Its picture.
        picture: Option<Picture>,
        /// The language of its title and lead, where it differs from the site's.
        language: Option<Lang>,
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
    LatestOf at most 5_000, dispensable: true {
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
        /// How many articles it has; those that are gone are not counted.
        total: u32,
        /// How many slots for articles a full list has.
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
    /// A full list of a section: `sections/<slug>/<number>.json`. It changes only when one of its articles does.
    List {
        /// The section.
        section: Slug,
        /// Its number, from 1 (oldest).
        number: u32,
        /// Its articles, newest first, without those that are gone.
        articles: Vec<Teaser>,
    }
}
