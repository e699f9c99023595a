//! Where links and addresses of files lead.

use super::inspection::Inspection;
use crate::components::MAIN_ID;
use crate::contract::visits::address_key;
use crate::contract::{FileAddress, Href, Slug};
use crate::portal::{is_file, is_main, language_of};
use crate::routes::Route;

/// Parts that pages have besides their headings.
const FRAME_IDS: [&str; 6] = [MAIN_ID, "tai-lieu", "tu-khoa", "lien-quan", "thong-ke", "chu-quan"];

impl Inspection<'_> {
    /// A link must lead to something of this site, or away from it.
    pub fn link(&mut self, href: &Href) {
        if href.is_local() {
            return self.leads_within(href);
        }
        match self.without_origin(href) {
            Some(local) => self.leads_back(href, &local),
            None => self.leads_away(href.as_str()),
        }
    }

    fn leads_within(&mut self, href: &Href) {
        if !self.leads_somewhere(href.path()) {
            return self.leads_nowhere(href, href);
        }
        if let Some(whole) = self.with_final_slash(href) {
            let what = format!("leads to the page `{href}` without the final slash of its address");
            self.problem(what, format!("write `{whole}`"));
        }
        self.fragment(href);
    }

    /// A link that says where this site stands, as if it led away: on a copy elsewhere it does.
    fn leads_back(&mut self, href: &Href, local: &Href) {
        if !self.leads_somewhere(local.path()) {
            // The host may have more than this portal, and feeds are written by the build.
            return if self.is_below_tree(local) {
                self.leads_nowhere(href, local)
            } else {
                self.leads_away(href.as_str())
            };
        }
        let written = self.with_final_slash(local).unwrap_or_else(|| local.to_string());
        let what = format!("is `{href}`, which is of this site itself");
        self.problem(what, format!("write `{written}`, without scheme and host"));
    }

    /// Does an address begin with what the tree has, or is it an old one?
    fn is_below_tree(&self, local: &Href) -> bool {
        let first = local.path().split('/').nth(1).unwrap_or_default();
        self.redirected(local).is_some() || self.index.site.as_ref().is_some_and(|site| site.node(first).is_some())
    }

    /// A link and its address within this site, where nothing is any more or never was.
    fn leads_nowhere(&mut self, href: &Href, local: &Href) {
        match self.redirected(local) {
            Some(to) => self.problem(format!("leads to the old address `{href}`"), format!("write `{to}`")),
            // Nobody knows whether that is an old address.
            None if !self.index.knows_redirects() => {}
            None => self.dead(href),
        }
    }

    /// A whole address of this site as its documents write it; `None` for any other, and for what they can only write
    /// whole, which is what an edition names of the other ones.
    fn without_origin(&self, href: &Href) -> Option<Href> {
        let site = self.index.site.as_ref()?;
        let path = behind(href.as_str(), site.origin.as_ref()?.as_str())?;
        let path = if is_main(site) { path } else { behind(path, &format!("/{}", language_of(site)))? };
        Href::new(if path.starts_with('/') { path.to_owned() } else { format!("/{path}") })
    }

    /// A link to a page with the final slash that it lacks.
    fn with_final_slash(&self, href: &Href) -> Option<String> {
        let (path, rest) = href.as_str().split_at(href.path().len());
        if path.ends_with('/') || is_file(href) || !self.index.knows_tree() {
            return None;
        }
        self.folder.file_size(path).is_none().then(|| format!("{path}/{rest}"))
    }

    /// Mail and telephone links must have an address or a number.
    fn leads_away(&mut self, href: &str) {
        let (scheme, rest) = href.split_once(':').unwrap_or_default();
        let rest = rest.split(['?', ';']).next().unwrap_or_default();
        match scheme.to_ascii_lowercase().as_str() {
            "mailto" if !rest.split(',').all(is_mail) => {
                self.problem(format!("is `{href}`, which is no e-mail address"), "write mailto:name@example.vn");
            }
            "tel" if !is_number(rest) => {
                self.problem(
                    format!("is `{href}`, which is no telephone number"),
                    "write tel: and digits, as in tel:+84241080",
                );
            }
            _ => {}
        }
    }

    /// What stands behind `#` must be the id of something on the page.
    fn fragment(&mut self, href: &Href) {
        let Some(((_, id), site)) = href.as_str().split_once('#').zip(self.index.site.as_ref()) else { return };
        let place = Route::parse(href.path(), site).to_string();
        if !id.is_empty() && !FRAME_IDS.contains(&id) && self.index.lacks_anchor(&place, id) {
            self.problem(format!("leads to `{href}`, a page without that part"), "correct what stands behind #");
        }
    }

    /// Records that nothing is where a link leads.
    pub fn dead(&mut self, href: &Href) {
        self.problem(
            format!("leads to `{href}`, where nothing is"),
            "correct the address, or publish what it leads to",
        );
    }

    /// Where the redirects send a link.
    pub fn redirected(&self, href: &Href) -> Option<String> {
        let entry = |address| self.index.redirects.get(&address_key(address)).cloned();
        entry(href.as_str()).or_else(|| entry(href.path()))
    }

    /// Is there something at an address of this site? Without a tree, nobody can say no.
    pub fn leads_somewhere(&self, path: &str) -> bool {
        let Some(site) = &self.index.site else { return true };
        if let Some(there) = self.is_in_edition(path, site) {
            return there;
        }
        let found = match Route::parse(path, site) {
            Route::Home | Route::Sitemap | Route::Search(_) => true,
            Route::Section { slug, year, list } => self.section_has(&slug, year, list),
            Route::Article { section, slug } => self.index.article(&section, &slug).is_some(),
            Route::Page(slug) => {
                let may_be_lost = !self.index.knows_tree() && site.node(slug.as_str()).is_none();
                self.index.pages.contains(&slug) || may_be_lost
            }
            Route::Unknown(_) => !self.index.knows_tree(),
        };
        found || self.folder.file_size(path).is_some()
    }

    fn section_has(&self, slug: &Slug, year: Option<u16>, list: Option<u32>) -> bool {
        if !self.index.has_section_node(slug) {
            return false;
        }
        let section = match self.index.sections.get(slug) {
            None => return false,
            Some(None) => return true,
            Some(Some(section)) => section,
        };
        let of_year = year.map(|year| section.years.iter().find(|of| of.year == year));
        match (of_year, list) {
            (None, None) => true,
            (None, Some(list)) => (1..=section.lists).contains(&list),
            (Some(None), _) => false,
            (Some(Some(_)), None) => true,
            (Some(Some(of)), Some(list)) => {
                of.oldest_list.zip(of.newest_list).is_some_and(|(from, to)| (from..=to).contains(&list))
            }
        }
    }

    /// A file of this site must be there.
    pub fn file(&mut self, address: &FileAddress) {
        if address.is_local() && self.folder.file_size(address.path()).is_none() {
            let what = format!("names the file `{address}`, which does not exist");
            self.problem(what, "add the file, or correct the address");
        }
    }

    /// A file in the field `key`, with its size where that is given.
    pub fn file_with_size(&mut self, key: &str, address: &FileAddress, bytes: Option<u64>) {
        self.field(key, |it| it.file(address));
        let size = if address.is_local() { self.folder.file_size(address.path()) } else { None };
        if let Some((bytes, size)) = bytes.zip(size).filter(|(bytes, size)| bytes != size) {
            let what = format!("is {bytes}, but `{address}` has {size} bytes");
            self.problem_in("bytes", what, "run `portal gather`");
        }
    }
}

/// What an address says behind its beginning, if this is the whole of one.
fn behind<'a>(address: &'a str, beginning: &str) -> Option<&'a str> {
    let (own, rest) = address.split_at_checked(beginning.len())?;
    let is_whole = rest.is_empty() || rest.starts_with(['/', '?', '#']);
    (is_whole && own.eq_ignore_ascii_case(beginning)).then_some(rest)
}

/// Is this an e-mail address?
pub fn is_mail(address: &str) -> bool {
    let (name, host) = address.split_once('@').unwrap_or_default();
    let is_host = host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@');
    !name.is_empty() && is_host && !address.contains(char::is_whitespace)
}

/// Is this a telephone number, without spaces?
pub fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || "+-.()".contains(c))
        && text.chars().filter(char::is_ascii_digit).count() >= 3
}
