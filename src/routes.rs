//! Addresses of the portal: every one is a directory, and this is the only module that knows their form.
//!
//! | address | shows |
//! | --- | --- |
//! | `/` | the home page |
//! | `/<section>/` | a section, newest articles first |
//! | `/<section>/trang/<n>/` | a full list of it, by its lasting number (1 is the oldest) |
//! | `/<section>/nam/<year>/` | its articles of one year |
//! | `/<section>/nam/<year>/trang/<n>/` | those of them in list `n` |
//! | `/<section>/<slug>/` | an article |
//! | `/<page>/` | an undated page |
//! | `/so-do-trang/` | the sitemap page |
//! | `/tim-kiem/?q=<text>&chuyen-muc=<section>&nam=<year>&trang=<n>` | what a search finds |
//!
//! May use: `contract`.

mod query;

use crate::contract::{Reference, Site, Slug, Teaser, TreeNode};
use std::fmt;
use std::str::FromStr;

pub use query::{LONGEST_QUERY, Query, TEXT as QUERY_FIELD, words_of};

const LIST: &str = "trang";
const YEAR: &str = "nam";
const SITEMAP: &str = "so-do-trang";
const SEARCH: &str = "tim-kiem";

/// Slugs that sections and pages cannot have, because addresses of the portal or its files begin with them.
pub const RESERVED: [&str; 6] = [SITEMAP, SEARCH, "api", "media", "search", "en"];

/// What an address asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Route {
    /// The home page.
    Home,
    /// A section, perhaps one year of it, perhaps one of its full lists.
    Section {
        /// The section.
        slug: Slug,
        /// Only this year.
        year: Option<u16>,
        /// Only this list.
        list: Option<u32>,
    },
    /// An article.
    Article {
        /// Its section.
        section: Slug,
        /// Its name in the section.
        slug: Slug,
    },
    /// An undated page.
    Page(Slug),
    /// The sitemap page.
    Sitemap,
    /// What a search finds.
    Search(Query),
    /// Nothing this portal has; the path as it was asked for.
    Unknown(String),
}

impl Route {
    /// What an address below the base asks for. A missing final slash is forgiven, as are `index.html` and doubled slashes.
    pub fn parse(address: &str, site: &Site) -> Self {
        let address = address.split('#').next().unwrap_or_default();
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let segments: Vec<&str> =
            path.split('/').filter(|segment| !segment.is_empty() && *segment != "index.html").collect();
        if segments == [SEARCH] {
            return Self::Search(Query::parse(query));
        }
        Self::from_segments(&segments, site).unwrap_or_else(|| Self::Unknown(path.to_owned()))
    }

    fn from_segments(segments: &[&str], site: &Site) -> Option<Self> {
        let section = |slug: &str, year, list| Some(Self::Section { slug: Slug::new(slug)?, year, list });
        match *segments {
            [] => Some(Self::Home),
            [SITEMAP] => Some(Self::Sitemap),
            [slug] => match site.node(slug) {
                Some(TreeNode::Section(_)) => section(slug, None, None),
                _ => Slug::new(slug).map(Self::Page),
            },
            [slug, YEAR, year] => section(slug, Some(number(year)?), None),
            [slug, LIST, list] => section(slug, None, Some(number(list)?)),
            [slug, YEAR, year, LIST, list] => section(slug, Some(number(year)?), Some(number(list)?)),
            [section, slug] => Some(Self::Article { section: Slug::new(section)?, slug: Slug::new(slug)? }),
            _ => None,
        }
    }

    /// The first page of a section.
    pub fn section(slug: &Slug) -> Self {
        Self::Section { slug: slug.clone(), year: None, list: None }
    }

    /// The article a teaser tells of.
    pub fn teaser(teaser: &Teaser) -> Self {
        Self::Article { section: teaser.section.clone(), slug: teaser.slug.clone() }
    }

    /// The article another document names.
    pub fn reference(reference: &Reference) -> Self {
        Self::Article { section: reference.section.clone(), slug: reference.slug.clone() }
    }

    /// What a node of the tree stands for; a group stands for nothing.
    pub fn node(node: &TreeNode) -> Option<Self> {
        match node {
            TreeNode::Section(branch) => Some(Self::section(&branch.slug)),
            TreeNode::Page(branch) => Some(Self::Page(branch.slug.clone())),
            TreeNode::Group(_) => None,
        }
    }

    /// The slug of the tree's node this route is in.
    pub fn place(&self) -> Option<&Slug> {
        match self {
            Self::Section { slug, .. } | Self::Article { section: slug, .. } | Self::Page(slug) => Some(slug),
            Self::Home | Self::Sitemap | Self::Search(_) | Self::Unknown(_) => None,
        }
    }
}

/// A number of an address: digits only, where Rust would also take a plus.
fn number<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok().filter(|_| text.starts_with(|c: char| c.is_ascii_digit()))
}

impl fmt::Display for Route {
    /// The address below the base, beginning with a slash; its path ends with one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("/"),
            Self::Section { slug, year, list } => {
                write!(f, "/{slug}/")?;
                if let Some(year) = year {
                    write!(f, "{YEAR}/{year}/")?;
                }
                if let Some(list) = list {
                    write!(f, "{LIST}/{list}/")?;
                }
                Ok(())
            }
            Self::Article { section, slug } => write!(f, "/{section}/{slug}/"),
            Self::Page(slug) => write!(f, "/{slug}/"),
            Self::Sitemap => write!(f, "/{SITEMAP}/"),
            Self::Search(query) => write!(f, "/{SEARCH}/{query}"),
            Self::Unknown(path) => f.write_str(path),
        }
    }
}
