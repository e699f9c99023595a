//! One portal as it is published: what it is (the site) and where it stands (the base path).

use crate::contract::{Edition, FileAddress, Href, Lang, Site};
use crate::routes::Route;
use crate::words::Words;

/// One portal as it is published.
#[derive(Debug, Clone, PartialEq)]
pub struct Portal {
    /// Identity, tree and contacts.
    pub site: Site,
    /// The path it stands under: `/`, or `/portal/` on a shared host; `/en/` of an edition.
    base: String,
    /// The same of the portal it is an edition of, whose files and program it shares.
    root: String,
}

impl Portal {
    /// A portal under a base path; missing slashes are added.
    pub fn new(site: Site, base: &str) -> Self {
        let inner = base.trim_matches('/');
        let base = if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") };
        let root = match inner.rsplit_once('/') {
            _ if is_main(&site) => base.clone(),
            Some((root, _)) => format!("/{root}/"),
            None => "/".to_owned(),
        };
        Self { site, base, root }
    }

    /// The base path, beginning and ending with a slash.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The base path of what all editions share: files and program.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The portal in other languages.
    pub fn editions(&self) -> Vec<&Edition> {
        let own = language_of(&self.site);
        self.site.languages.iter().filter(|edition| edition.language.as_str() != own).collect()
    }

    /// The base path of the portal in another language.
    pub fn base_of(&self, edition: &Edition) -> String {
        let is_main = self.site.languages.first() == Some(edition);
        if is_main { self.root.clone() } else { format!("{}{}/", self.root, edition.language) }
    }

    /// The address of a translation, and the language it is in.
    pub fn translation(&self, href: &Href) -> Option<(String, &Edition)> {
        let address = below(&self.root, href.as_str());
        // Addresses in the main language begin with what all begin with.
        let mut found = None;
        for edition in self.editions() {
            let base = self.base_of(edition);
            if address.starts_with(&base) && (found.is_none() || base != self.root) {
                found = Some(edition);
            }
        }
        found.map(|edition| (address, edition))
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
        if is_file(href) {
            return below(&self.root, href.as_str());
        }
        let whole = self.local(href.as_str());
        let (path, rest) = whole.split_at(whole.find(['?', '#']).unwrap_or(whole.len()));
        if path.ends_with('/') { whole } else { format!("{path}/{rest}") }
    }

    /// The address of a file of the data.
    pub fn file(&self, file: &FileAddress) -> String {
        if file.is_local() { below(&self.root, file.as_str()) } else { file.to_string() }
    }

    /// The route an address asks for; one outside the base, or of an edition, is unknown.
    pub fn route(&self, address: &str) -> Route {
        if self.is_of_edition(address) {
            return Route::Unknown(address.to_owned());
        }
        match address.strip_prefix(self.base.trim_end_matches('/')) {
            Some(inner) if inner.is_empty() || inner.starts_with(['/', '?']) => Route::parse(inner, &self.site),
            _ => Route::Unknown(address.to_owned()),
        }
    }

    /// Does an address belong to the portal in another language, which is another document?
    pub fn is_of_edition(&self, address: &str) -> bool {
        self.edition_of(address).is_some()
    }

    /// The portal in another language that an address belongs to.
    pub fn edition_of(&self, address: &str) -> Option<&Edition> {
        let is_below = |base: String| base.len() > self.base.len() && address.starts_with(&base);
        self.editions().into_iter().find(|edition| is_below(self.base_of(edition)))
    }

    fn local(&self, path: &str) -> String {
        below(&self.base, path)
    }
}

/// The language of a site that does not name it is Vietnamese.
pub fn language_of(site: &Site) -> &str {
    site.language.as_ref().map_or("vi", Lang::as_str)
}

/// Is this the site of the main language, rather than that of an edition?
pub fn is_main(site: &Site) -> bool {
    site.languages.first().is_none_or(|main| main.language.as_str() == language_of(site))
}

/// Does a site-relative link lead to a file, which all languages share, rather than to a page?
pub fn is_file(href: &Href) -> bool {
    href.path().rsplit('/').next().is_some_and(|name| name.contains('.'))
}

/// A site-relative address below a base path.
fn below(base: &str, path: &str) -> String {
    // Browsers read `\` as `/`, and two of them as the beginning of another site.
    format!("{base}{}", path.trim_start_matches(['/', '\\']))
}
