//! Feeds of the portal and of each section: RSS 2.0, Atom and JSON Feed 1.1.
//!
//! Sources: <https://www.rssboard.org/rss-specification>, <https://www.rfc-editor.org/rfc/rfc4287>,
//! <https://www.jsonfeed.org/version/1.1/>. A feed says it was updated when its newest item was published, so that the same
//! items give the same bytes.

use super::{absolute, for_xml, language};
use crate::calendar::Timestamp;
use crate::contract::{FileAddress, Picture, Slug, Teaser};
use crate::markup::Node;
use crate::portal::Portal;
use crate::routes::Route;
use atom_syndication::{FixedDateTime, Text};
use rss::extension::atom;
use serde_json::{Value, json};

/// The files of a channel beside its page, each with its media type.
pub const FILES: [(&str, &str); 3] =
    [("rss.xml", "application/rss+xml"), ("atom.xml", "application/atom+xml"), ("feed.json", "application/feed+json")];

/// The three feeds of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feeds {
    /// RSS 2.0, for `rss.xml`.
    pub rss: String,
    /// Atom, for `atom.xml`.
    pub atom: String,
    /// JSON Feed 1.1, for `feed.json`.
    pub json: String,
}

/// What a feed is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// Its title.
    pub title: String,
    /// What is found there, in a sentence.
    pub description: Option<String>,
    /// The page that shows the same; the feeds lie beside it.
    pub page: Route,
}

impl Channel {
    /// The whole portal.
    pub fn portal(portal: &Portal) -> Self {
        let site = &portal.site;
        Self {
            title: site.name.to_string(),
            description: site.tagline.clone().or_else(|| site.unit.clone()),
            page: Route::Home,
        }
    }

    /// One section.
    pub fn section(slug: &Slug, portal: &Portal) -> Self {
        let site = &portal.site;
        let description = site.description_of(slug).map(str::to_owned);
        let title = format!("{} – {}", site.title_of(slug), site.name);
        Self { title, description, page: Route::section(slug) }
    }

    /// The path of one of its [`FILES`], as [`Portal::link`] would give it.
    pub fn path(&self, file: &str, portal: &Portal) -> String {
        format!("{}{file}", portal.link(&self.page))
    }
}

/// An article in a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Where it is read.
    pub route: Route,
    /// The section it belongs to.
    pub section: Slug,
    /// Its headline.
    pub title: String,
    /// When it was published.
    pub published: Timestamp,
    /// What it says in a sentence or two.
    pub summary: Option<String>,
    /// Its picture.
    pub picture: Option<Picture>,
}

impl Item {
    /// An article as lists have it; none of one without a date, for feeds tell what is new.
    pub fn of_teaser(teaser: &Teaser) -> Option<Self> {
        Some(Self {
            route: Route::teaser(teaser),
            section: teaser.section.clone(),
            title: teaser.title.to_string(),
            published: teaser.published_at?,
            summary: teaser.lead.clone(),
            picture: teaser.picture.clone(),
        })
    }

    fn summary(&self) -> Option<&str> {
        self.summary.as_deref().map(str::trim).filter(|text| !text.is_empty())
    }
}

/// The feeds of a channel, with its items in the order given (newest first). There are none for a portal without an
/// origin, since feeds are read elsewhere and hold whole addresses.
pub fn feeds(channel: &Channel, items: &[Item], portal: &Portal) -> Option<Feeds> {
    let writer = Writer {
        channel,
        portal,
        home: absolute(&portal.link(&channel.page), portal)?,
        updated: items.iter().map(|item| item.published).max(),
    };
    Some(Feeds { rss: writer.rss(items)?, atom: writer.atom(items)?, json: writer.json(items)? })
}

/// One channel on its way into the three forms.
struct Writer<'a> {
    channel: &'a Channel,
    portal: &'a Portal,
    home: String,
    updated: Option<Timestamp>,
}

impl Writer<'_> {
    fn address(&self, file: &str) -> Option<String> {
        absolute(&self.channel.path(file, self.portal), self.portal)
    }

    fn link(&self, item: &Item) -> Option<String> {
        absolute(&self.portal.link(&item.route), self.portal)
    }

    /// The largest file of the item's picture, with its media type.
    fn picture(&self, item: &Item) -> Option<(String, &'static str)> {
        let source = item.picture.as_ref()?.largest()?;
        Some((absolute(&self.portal.file(&source.src), self.portal)?, media_type(&source.src)))
    }

    fn category<'b>(&'b self, item: &'b Item) -> &'b str {
        self.portal.site.title_of(&item.section)
    }

    fn language(&self) -> String {
        language(self.portal).to_owned()
    }

    fn description(&self) -> &str {
        self.channel.description.as_deref().unwrap_or(&self.channel.title)
    }

    /// The office, which answers for what has no author of its own.
    fn office(&self) -> String {
        let site = &self.portal.site;
        site.unit.clone().unwrap_or_else(|| site.name.to_string())
    }

    fn rss(&self, items: &[Item]) -> Option<String> {
        let itself = atom::Link {
            href: self.address("rss.xml")?,
            rel: "self".to_owned(),
            mime_type: Some("application/rss+xml".to_owned()),
            ..atom::Link::default()
        };
        let channel = rss::Channel {
            title: for_xml(&self.channel.title),
            link: self.home.clone(),
            description: html(self.description()),
            language: Some(self.language()),
            last_build_date: self.updated.map(rfc2822),
            docs: Some("https://www.rssboard.org/rss-specification".to_owned()),
            items: items.iter().map(|item| self.rss_item(item)).collect::<Option<_>>()?,
            atom_ext: Some(atom::AtomExtension { links: vec![itself] }),
            namespaces: [("atom".to_owned(), atom::NAMESPACE.to_owned())].into(),
            ..rss::Channel::default()
        };
        Some(format!("{channel}\n"))
    }

    fn rss_item(&self, item: &Item) -> Option<rss::Item> {
        let link = self.link(item)?;
        Some(rss::Item {
            title: Some(for_xml(&item.title)),
            link: Some(link.clone()),
            description: item.summary().map(html),
            categories: vec![rss::Category { name: for_xml(self.category(item)), domain: None }],
            // A length that is not known is 0: <https://www.rssboard.org/rss-profile#element-channel-item-enclosure>
            enclosure: self.picture(item).map(|(url, mime_type)| rss::Enclosure {
                url,
                length: "0".to_owned(),
                mime_type: mime_type.to_owned(),
            }),
            guid: Some(rss::Guid { value: link, permalink: true }),
            pub_date: Some(rfc2822(item.published)),
            ..rss::Item::default()
        })
    }

    fn atom(&self, items: &[Item]) -> Option<String> {
        let person = |name: &str| atom_syndication::Person { name: for_xml(name), ..Default::default() };
        let feed = atom_syndication::Feed {
            title: Text::plain(for_xml(&self.channel.title)),
            subtitle: self.channel.description.as_deref().map(|text| Text::plain(for_xml(text))),
            id: self.home.clone(),
            // An empty feed was never updated, but must say when.
            updated: moment(self.updated.unwrap_or(Timestamp::from_unix_seconds(0))),
            authors: vec![person(&self.office())],
            links: vec![
                link("self", self.address("atom.xml")?, "application/atom+xml"),
                link("alternate", self.home.clone(), "text/html"),
            ],
            lang: Some(self.language()),
            entries: items.iter().map(|item| self.atom_entry(item)).collect::<Option<_>>()?,
            ..atom_syndication::Feed::default()
        };
        Some(format!("{}\n", feed.to_string()))
    }

    fn atom_entry(&self, item: &Item) -> Option<atom_syndication::Entry> {
        let address = self.link(item)?;
        let mut links = vec![link("alternate", address.clone(), "text/html")];
        links.extend(self.picture(item).map(|(url, mime_type)| link("enclosure", url, mime_type)));
        Some(atom_syndication::Entry {
            title: Text::plain(for_xml(&item.title)),
            id: address,
            updated: moment(item.published),
            published: Some(moment(item.published)),
            categories: vec![atom_syndication::Category {
                term: item.section.to_string(),
                scheme: None,
                label: Some(for_xml(self.category(item))),
            }],
            summary: item.summary().map(|text| Text::plain(for_xml(text))),
            links,
            ..atom_syndication::Entry::default()
        })
    }

    fn json(&self, items: &[Item]) -> Option<String> {
        let icon = |file: &str| absolute(&format!("{}{file}", self.portal.root()), self.portal);
        let mut feed = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.channel.title,
            "home_page_url": self.home,
            "feed_url": self.address("feed.json")?,
            "description": self.description(),
            "icon": icon("icon-512.png")?,
            "language": self.language(),
            "authors": [{ "name": self.office() }],
        });
        feed["items"] = items.iter().map(|item| self.json_item(item)).collect::<Option<_>>()?;
        Some(format!("{feed}\n"))
    }

    fn json_item(&self, item: &Item) -> Option<Value> {
        let link = self.link(item)?;
        let mut value = json!({
            "id": link,
            "url": link,
            "title": item.title,
            // An item must have a content; the page has the whole text.
            "content_text": item.summary().unwrap_or(&item.title),
            "date_published": item.published.machine(),
            "tags": [self.category(item)],
        });
        if let Some(summary) = item.summary() {
            value["summary"] = json!(summary);
        }
        if let Some((url, _)) = self.picture(item) {
            value["image"] = json!(url);
        }
        Some(value)
    }
}

fn link(rel: &str, href: String, mime_type: &str) -> atom_syndication::Link {
    atom_syndication::Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some(mime_type.to_owned()),
        ..atom_syndication::Link::default()
    }
}

/// A plain text as a description of RSS, which is HTML.
fn html(text: &str) -> String {
    Node::from(for_xml(text)).to_html()
}

/// The media type of a picture by the end of its name.
fn media_type(file: &FileAddress) -> &'static str {
    match file.extension().map(str::to_ascii_lowercase).as_deref() {
        Some("avif") => "image/avif",
        Some("gif") => "image/gif",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("webp") => "image/webp",
        _ => "image/jpeg",
    }
}

fn moment(timestamp: Timestamp) -> FixedDateTime {
    timestamp.machine().parse().unwrap_or_default()
}

fn rfc2822(timestamp: Timestamp) -> String {
    moment(timestamp).to_rfc2822()
}
