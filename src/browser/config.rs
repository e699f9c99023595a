//! Settings that the document carries, so that a published portal can be pointed elsewhere without a new build.

use crate::contract::{Edition, bases, bases_below};
use crate::portal::Portal;
use leptos::prelude::{document, window};

/// What of the page a document already shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Nothing: it was made by `trunk serve`.
    Nothing,
    /// The frame, around a page that says "not found": the fallback document of an address the build did not know.
    Frame,
    /// The whole page of its address.
    Page,
}

impl Shows {
    /// What the document shows.
    pub fn of_document() -> Self {
        match document().document_element().and_then(|html| html.get_attribute("data-shows")).as_deref() {
            Some("page") => Self::Page,
            Some("frame") => Self::Frame,
            _ => Self::Nothing,
        }
    }
}

/// Settings of the document.
#[derive(Debug, Clone)]
pub struct Config {
    /// The bases of the API, each ending with a slash, with a space between them: `<meta name="portal-api">`, or `api/v1/`
    /// below the base path. The second is asked when the first fails.
    pub api: String,
    /// The path the portal stands under: `<meta name="portal-base">`, or `/`.
    pub base: String,
    /// The site, where the published portal brings it along with the program.
    pub site: Option<String>,
    /// What of the page the document already shows.
    pub shows: Shows,
    /// The language of the document, for the words before `site.json` is there.
    pub language: String,
}

impl Config {
    /// Reads the settings.
    pub fn of_document() -> Self {
        let base = meta("portal-base").unwrap_or_else(|| "/".to_owned());
        let api = bases(&meta("portal-api").unwrap_or_default(), &base);
        let language = document().document_element().and_then(|html| html.get_attribute("lang")).unwrap_or_default();
        let site = js_sys::Reflect::get(&window(), &"portalSite".into()).ok().and_then(|site| site.as_string());
        Self { api, base, site, shows: Shows::of_document(), language }
    }

    /// The same for the portal in another language, where the document is not one of its own.
    pub fn of_edition(self, portal: &Portal, edition: &Edition) -> Self {
        let language = edition.language.to_string();
        Self { api: bases_below(&self.api, &language), base: portal.base_of(edition), language, ..self }
    }
}

fn meta(name: &str) -> Option<String> {
    let element = document().query_selector(&format!("meta[name={name}]")).ok()??;
    element.get_attribute("content").filter(|content| !content.is_empty())
}
