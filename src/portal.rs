//! One portal as it is published: what it is (the site) and where it stands (the base path).

use crate::contract::{FileAddress, Href, Site};
use crate::routes::Route;
use crate::words::Words;

/// One portal as it is published.
#[derive(Debug, Clone, PartialEq)]
pub struct Portal {
    /// Identity, tree and contacts.
    pub site: Site,
    /// The path it stands under: `/`, or `/portal/` on a shared host.
    base: String,
}

impl Portal {
    /// A portal under a base path; missing slashes are added.
    pub fn new(site: Site, base: &str) -> Self {
        let inner = base.trim_matches('/');
        let base = if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") };
        Self { site, base }
    }

    /// The base path, beginning and ending with a slash.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The words of its language.
    pub fn words(&self) -> &'static Words {
        Words::of(self.site.language.as_ref())
    }

    /// The address of a route, for a link.
    pub fn link(&self, route: &Route) -> String {
        self.local(&route.to_string())
    }

    /// The whole address of a route, for readers elsewhere; none where nobody knows where the portal is published.
    pub fn address(&self, route: &Route) -> Option<String> {
        self.site.origin.as_ref().map(|origin| format!("{origin}{}", self.link(route)))
    }

    /// A link target of the data, for a link. Pages are directories: one of this portal gets the final slash that its
    /// author forgot, so that no reader is led there by way of a redirect.
    pub fn href(&self, href: &Href) -> String {
        if !href.is_local() {
            return href.to_string();
        }
        let whole = self.local(href.as_str());
        let (path, rest) = whole.split_at(whole.find(['?', '#']).unwrap_or(whole.len()));
        let is_file = path.rsplit('/').next().is_some_and(|name| name.is_empty() || name.contains('.'));
        if is_file { whole } else { format!("{path}/{rest}") }
    }

    /// The address of a file of the data.
    pub fn file(&self, file: &FileAddress) -> String {
        if file.is_local() { self.local(file.as_str()) } else { file.to_string() }
    }

    /// The route an address asks for; one outside the base is unknown.
    pub fn route(&self, address: &str) -> Route {
        match address.strip_prefix(self.base.trim_end_matches('/')) {
            Some(inner) if inner.is_empty() || inner.starts_with(['/', '?']) => Route::parse(inner, &self.site),
            _ => Route::Unknown(address.to_owned()),
        }
    }

    fn local(&self, path: &str) -> String {
        // Browsers read `\` as `/`, and two of them as the beginning of another site.
        format!("{}{}", self.base, path.trim_start_matches(['/', '\\']))
    }
}
