//! Rules for languages and translations: what is named must be there, and name what names it.

use super::inspection::Inspection;
use crate::contract::{Document, Edition, Href, Site, Slug, decode};
use crate::portal::{Portal, is_main, language_of};
use crate::routes::Route;
use crate::tools::build::edition::unlike_others;
use crate::tools::folder::Folder;
use serde_json::Value;

impl Inspection<'_> {
    /// The languages of a site: its own first unless it stands in a folder of another, and each other one with a folder.
    pub fn languages(&mut self, site: &Site) {
        let own = language_of(site);
        if site.languages.is_empty() {
            return;
        }
        if site.languages.iter().all(|one| one.language.as_str() != own) {
            let what = format!("lacks `{own}`, the language of this portal");
            return self.problem_in("languages", what, "add it, or correct `language`");
        }
        if let Err(why) = unlike_others(site) {
            self.problem_in("languages", why, "correct `languages`");
        }
        if is_main(site) {
            self.field("languages", |it| {
                it.each(&site.languages, |it, at, edition| {
                    if at > 0 {
                        it.edition(edition, site);
                    }
                });
            });
        }
    }

    /// Another language must have a site, which is of this language and names the same ones.
    fn edition(&mut self, edition: &Edition, site: &Site) {
        let language = &edition.language;
        let name = format!("{language}/{}", Document::Site);
        let text = match self.folder.read(&name) {
            Ok(text) => text,
            Err(finding) => return self.problem(format!("needs `{name}`, which {}", finding.problem.what), "write it"),
        };
        // What is wrong with it is told where it stands.
        let Ok(other) = decode::document::<Site>(&text) else { return };
        if language_of(&other) != language.as_str() {
            self.problem(format!("is `{language}`, and `{name}` is not of that language"), "correct one of the two");
        } else if other.languages != site.languages {
            self.problem(format!("has `{name}`, which names other languages"), "write the same `languages` in both");
        }
    }

    /// Is there something at an address of another language? `None` for an address of this one.
    pub fn is_in_edition(&self, path: &str, site: &Site) -> Option<bool> {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let first = parts.next()?;
        let edition = site.languages.iter().skip(1).find(|edition| edition.language.as_str() == first)?;
        if !is_main(site) {
            return None;
        }
        let folder = self.folder.edition(edition.language.as_str());
        let rest: Vec<&str> = parts.collect();
        let names = match rest[..] {
            [] => vec![Document::Site.to_string()],
            [one] => vec![format!("pages/{one}.json"), format!("sections/{one}.json")],
            [section, slug] => vec![format!("articles/{section}/{slug}.json")],
            _ => return Some(true),
        };
        Some(names.iter().any(|name| folder.has(name)))
    }

    /// The translations of an article (with its section) or of a page.
    pub fn translations(&mut self, all: &[Href], section: Option<&Slug>, slug: &Slug) {
        let Some(site) = self.index.site.clone().filter(|_| !all.is_empty()) else { return };
        let own = match section {
            Some(section) => Route::Article { section: section.clone(), slug: slug.clone() },
            None => Route::Page(slug.clone()),
        };
        let language = language_of(&site).to_owned();
        let is_main = is_main(&site);
        let base = if is_main { "/".to_owned() } else { format!("/{language}/") };
        let portal = Portal::new(site, &base);
        let own = portal.link(&own);
        let main = if is_main { self.folder.clone() } else { self.folder.main() };
        self.items("translations", all, |it, href| it.translation(href, &own, &portal, &main));
    }

    fn translation(&mut self, href: &Href, own: &str, portal: &Portal, main: &Folder) {
        let Some((address, edition)) = portal.translation(href) else {
            return self
                .problem("is in a language that the site does not name", "name it in `languages`, or remove it");
        };
        let base = portal.base_of(edition);
        let folder = if base == "/" { main.clone() } else { main.edition(edition.language.as_str()) };
        let Some(document) = address.strip_prefix(&base).and_then(|path| document(&folder, path)) else {
            let what = format!("leads to `{href}`, where there is no article or page");
            return self.problem(what, "correct the address, or publish what it leads to");
        };
        let is_back =
            |back: &Value| back.as_str().is_some_and(|back| back.trim_end_matches('/') == own.trim_end_matches('/'));
        if !document["translations"].as_array().is_some_and(|all| all.iter().any(is_back)) {
            let what = format!("leads to `{href}`, whose `translations` do not lead back");
            self.problem(what, format!("add `{own}` to its translations"));
        }
    }
}

/// The document of an article or a page, by its path below the base.
fn document(folder: &Folder, path: &str) -> Option<Value> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let document = match parts[..] {
        [section, slug] => Document::Article(Slug::new(section)?, Slug::new(slug)?),
        [slug] => Document::Page(Slug::new(slug)?),
        _ => return None,
    };
    serde_json::from_str(&folder.read(&document.to_string()).ok()?).ok()
}
