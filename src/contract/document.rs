//! The documents of the API and their fixed paths.

use super::article::{Article, Page};
use super::decode::Decode;
use super::list::{Home, List, Section};
use super::site::Site;
use super::values::Slug;
use super::visits::{Redirects, Visits};
use std::fmt;

/// Names one document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Document {
    /// The portal itself.
    Site,
    /// The home page.
    Home,
    /// A section.
    Section(Slug),
    /// A full list of a section.
    List(Slug, u32),
    /// An article of a section.
    Article(Slug, Slug),
    /// An undated page.
    Page(Slug),
    /// The visit statistics.
    Visits,
    /// The redirects.
    Redirects,
}

/// What a whole document is decoded to.
pub trait Root: Decode {
    /// Is it this document, as far as it says which one it is? An answer that was mixed up on its way must not be read
    /// at the address of another.
    fn is(&self, _document: &Document) -> bool {
        true
    }

    /// Is there nothing in it to read? If that is so for want of its faulty parts, it must not be taken for empty.
    fn is_hollow(&self) -> bool {
        false
    }
}

impl Root for Site {}

impl Root for Home {
    fn is_hollow(&self) -> bool {
        self.lead.is_empty() && self.latest.is_empty()
    }
}

impl Root for Visits {}
impl Root for Redirects {}

impl Root for Section {
    fn is(&self, document: &Document) -> bool {
        matches!(document, Document::Section(slug) if *slug == self.slug)
    }

    fn is_hollow(&self) -> bool {
        self.newest.is_empty()
    }
}

impl Root for List {
    fn is(&self, document: &Document) -> bool {
        matches!(document, Document::List(section, number) if *section == self.section && *number == self.number)
    }

    fn is_hollow(&self) -> bool {
        self.articles.is_empty()
    }
}

impl Root for Article {
    fn is(&self, document: &Document) -> bool {
        matches!(document, Document::Article(section, slug) if *section == self.section && *slug == self.slug)
    }
}

impl Root for Page {
    fn is(&self, document: &Document) -> bool {
        matches!(document, Document::Page(slug) if *slug == self.slug)
    }
}

/// The bases of the API: those named, or else `api/v1/` below the base path of the portal. Each ends with a slash, with a space
/// between them, as they are named.
pub fn bases(named: &str, base: &str) -> String {
    let own = format!("{base}api/v1/");
    let mut all = String::new();
    for base in if named.trim().is_empty() { &own } else { named }.split(' ').filter(|base| !base.is_empty()) {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(base.trim_end_matches('/'));
        all.push('/');
    }
    all
}

/// The bases of the API of an edition, each below one of the portal it is an edition of.
pub fn bases_below(bases: &str, name: &str) -> String {
    bases.split(' ').map(|base| format!("{base}{name}/")).collect::<Vec<_>>().join(" ")
}

impl fmt::Display for Document {
    /// The path below the base of the API.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Site => write!(f, "site.json"),
            Self::Home => write!(f, "home.json"),
            Self::Section(slug) => write!(f, "sections/{slug}.json"),
            Self::List(slug, number) => write!(f, "sections/{slug}/{number}.json"),
            Self::Article(section, slug) => write!(f, "articles/{section}/{slug}.json"),
            Self::Page(slug) => write!(f, "pages/{slug}.json"),
            Self::Visits => write!(f, "visits.json"),
            Self::Redirects => write!(f, "redirects.json"),
        }
    }
}

impl Document {
    /// The document at a path below the base of the API.
    pub fn from_path(path: &str) -> Option<Self> {
        let stem = path.strip_suffix(".json")?;
        let parts: Vec<&str> = stem.split('/').collect();
        Some(match parts.as_slice() {
            ["site"] => Self::Site,
            ["home"] => Self::Home,
            ["visits"] => Self::Visits,
            ["redirects"] => Self::Redirects,
            ["sections", slug] => Self::Section(Slug::new(*slug)?),
            ["sections", slug, number] => Self::List(Slug::new(*slug)?, number.parse().ok()?),
            ["articles", section, slug] => Self::Article(Slug::new(*section)?, Slug::new(*slug)?),
            ["pages", slug] => Self::Page(Slug::new(*slug)?),
            _ => return None,
        })
    }
}
