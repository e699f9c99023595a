//! A document of any kind, decoded.

use crate::contract::decode::{Problems, document as decode};
use crate::contract::{Article, Document, Home, List, Page, Redirects, Section, Site, Visits};

/// A document of any kind, decoded.
pub enum Decoded {
    /// The portal itself.
    Site(Box<Site>),
    /// The home page.
    Home(Home),
    /// A section.
    Section(Section),
    /// A full list of a section.
    List(List),
    /// An article.
    Article(Box<Article>),
    /// An undated page.
    Page(Box<Page>),
    /// The visit statistics.
    Visits(Visits),
    /// The redirects.
    Redirects(Redirects),
}

impl Decoded {
    /// Decodes the text of a document.
    ///
    /// # Errors
    /// All problems of the document.
    pub fn read(document: &Document, text: &str) -> Result<Self, Problems> {
        Ok(match document {
            Document::Site => Self::Site(decode(text)?),
            Document::Home => Self::Home(decode(text)?),
            Document::Section(_) => Self::Section(decode(text)?),
            Document::List(..) => Self::List(decode(text)?),
            Document::Article(..) => Self::Article(decode(text)?),
            Document::Page(_) => Self::Page(decode(text)?),
            Document::Visits => Self::Visits(decode(text)?),
            Document::Redirects => Self::Redirects(decode(text)?),
        })
    }
}
