//! Structured data (JSON-LD) for search engines.
//!
//! Sources: <https://schema.org/NewsArticle>, <https://schema.org/BreadcrumbList> and what Google recommends for them,
//! <https://developers.google.com/search/docs/appearance/structured-data/article> and `…/breadcrumb`.

use super::{absolute, language};
use crate::contract::{Article, Lang, Status};
use crate::portal::Portal;
use crate::routes::Route;
use crate::vietnamese::shortened;
use serde_json::{Value, json};
use std::fmt::Write;

/// Google cuts longer headlines.
const LONGEST_HEADLINE: usize = 110;

/// The picture that stands for a page in link previews and search results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharePicture {
    /// Its address: absolute, or a path as [`Portal::file`] gives it.
    pub url: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// An article as a `NewsArticle`. There is none for an article that is gone, nor for a portal without an origin.
pub fn news_article(article: &Article, portal: &Portal, picture: &SharePicture) -> Option<Value> {
    if matches!(article.status, Status::Gone(_)) {
        return None;
    }
    let route = Route::Article { section: article.section.clone(), slug: article.slug.clone() };
    let url = absolute(&portal.link(&route), portal)?;
    let language = article.language.as_ref().map_or(language(portal), Lang::as_str);
    let publisher = publisher(portal)?;
    let author = match article.author.as_deref().map(str::trim).filter(|author| !author.is_empty()) {
        Some(author) => json!({ "@type": "Person", "name": author }),
        None => publisher.clone(),
    };
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": { "@type": "WebPage", "@id": url },
        "url": url,
        "headline": shortened(article.title.as_str(), LONGEST_HEADLINE),
        "image": [{
            "@type": "ImageObject",
            "url": absolute(&picture.url, portal)?,
            "width": picture.width,
            "height": picture.height,
        }],
        "author": [author],
        "publisher": publisher,
        "articleSection": portal.site.title_of(&article.section),
        "inLanguage": language,
        "isAccessibleForFree": true,
    });
    if let Some(at) = article.published_at {
        value["datePublished"] = json!(at.machine());
    }
    if let Some(at) = article.updated_at.max(article.published_at) {
        value["dateModified"] = json!(at.machine());
    }
    if let Some(lead) = article.lead.as_deref().map(str::trim).filter(|lead| !lead.is_empty()) {
        value["description"] = json!(lead);
    }
    if !article.tags.is_empty() {
        value["keywords"] = article.tags.iter().map(|tag| json!(tag.as_str())).collect();
    }
    Some(value)
}

/// The way from the home page to a page, as a `BreadcrumbList`. Each step is a title and the address (absolute, or a
/// path as [`Portal::link`] gives it); a step without an address, such as a group of the tree, can only be the last one
/// and is left out elsewhere. There is none for fewer than two steps, nor for a portal without an origin.
pub fn breadcrumbs(trail: &[(String, Option<String>)], portal: &Portal) -> Option<Value> {
    let last = trail.len().checked_sub(1)?;
    let mut steps = Vec::new();
    for (at, (title, address)) in trail.iter().enumerate() {
        let mut step = json!({ "@type": "ListItem", "position": steps.len() + 1, "name": title });
        match address {
            Some(address) => step["item"] = json!(absolute(address, portal)?),
            None if at == last => (),
            None => continue,
        }
        steps.push(step);
    }
    let list = json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps });
    (steps.len() > 1 && portal.site.origin.is_some()).then_some(list)
}

/// The value as the content of `<script type="application/ld+json">`, where it is inert: no character of it can end
/// the element, begin a comment or be taken for a line end of a script.
///
/// Source: <https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements>
pub fn script(value: &Value) -> String {
    let text = value.to_string();
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    // Outside of strings JSON has none of these.
    while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        let (before, others) = rest.split_at(at);
        let mut others = others.chars();
        let special = others.next().map_or(0, u32::from);
        // Writing to a string cannot fail.
        _ = write!(out, "{before}\\u{special:04x}");
        rest = others.as_str();
    }
    out.push_str(rest);
    out
}

/// The office as the publisher, with the portal's own mark or, for want of one, its icon.
fn publisher(portal: &Portal) -> Option<Value> {
    let site = &portal.site;
    let name = site.unit.as_deref().filter(|unit| !unit.trim().is_empty()).unwrap_or(site.name.as_str());
    let logo = match &site.logo {
        Some(logo) => portal.file(&logo.src),
        None => format!("{}icon-512.png", portal.root()),
    };
    Some(json!({
        "@type": "GovernmentOrganization",
        "name": name,
        "url": absolute(&portal.link(&Route::Home), portal)?,
        "logo": { "@type": "ImageObject", "url": absolute(&logo, portal)? },
    }))
}
