//! What a search finds: the answer of the search worker, and of an API that searches itself.

use super::decode::record;
use super::values::{FileAddress, Lang, Slug};
use crate::calendar::Timestamp;

record! {
    /// Where a search is answered: an API that searches itself. It is asked by
    /// `GET <url>?q=<text>&chuyen-muc=<section>&nam=<year>&trang=<page>`, without what is not wanted, and answers with a
    /// results document. When it fails, the portal searches its own index.
    SearchSource {
        /// The address without its query.
        url: FileAddress,
    }
}

record! {
    /// What a search finds.
    Results {
        /// How many articles and pages fit the query and both filters.
        total: u32,
        /// Those of the page asked for, at most 10, the best first.
        results: Vec<Hit>,
    } optional {
        /// How many articles each section has, without the filter by section.
        sections: Vec<OfSection>,
        /// How many articles each year has, without the filter by year.
        years: Vec<OfYear>,
        /// What the reader may have meant.
        suggestion: Option<String>,
    }
}

record! {
    /// An article or an undated page that was found.
    Hit {
        /// The article's name within its section, or the page's.
        slug: Slug,
        /// Its headline.
        title: Vec<Run>,
    } optional {
        /// The section the article belongs to; a page has none.
        section: Option<Slug>,
        /// When the article was published, if that is known; a page has no date.
        published_at: Option<Timestamp>,
        /// A part of its text around the words that were found.
        extract: Vec<Run>,
        /// The language of its text, where it differs from the site's.
        language: Option<Lang>,
    }
}

record! {
    /// A stretch of text that was asked for, or was not.
    Run {
        /// The characters, shown exactly as they are.
        text: String,
    } optional {
        /// Is it one of the words asked for?
        found: bool,
    }
}

record! {
    /// How many of the articles found are in a section.
    OfSection {
        /// The section.
        section: Slug,
        /// How many articles.
        count: u32,
    }
}

record! {
    /// How many of the articles found are of a year.
    OfYear {
        /// The year in Việt Nam.
        year: u16,
        /// How many articles.
        count: u32,
    }
}
