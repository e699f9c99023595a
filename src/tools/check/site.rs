//! Rules for the portal itself and its visit statistics.

use super::index::ArticleFacts;
use super::inspection::Inspection;
use super::link::{is_mail, is_number};
use crate::contract::site::HomeChoice;
use crate::contract::{Document, Footer, Link, Notice, Origin, SearchSource, Site, TreeNode, Visits, VisitsSource};
use std::collections::HashSet;

/// The figures that have a label built in.
const LABELLED: [&str; 6] = ["online", "today", "week", "month", "year", "total"];

impl Inspection<'_> {
    /// The portal itself.
    pub fn site(&mut self, site: &Site) {
        let mut slugs = HashSet::new();
        self.field("tree", |it| it.nodes(&site.tree, &mut slugs));
        self.optional("logo", site.logo.as_ref(), |it, logo| it.field("src", |it| it.file(&logo.src)));
        self.optional("share_picture", site.share_picture.as_ref(), |it, picture| {
            it.field("src", |it| it.file(&picture.src));
        });
        self.items("utility", &site.utility, Self::named_link);
        if self.is_whole_in(&["language", "languages"]) {
            self.languages(site);
        }
        self.optional("footer", site.footer.as_ref(), Self::footer);
        let mut ids = HashSet::new();
        self.items("notices", &site.notices, |it, notice: &Notice| {
            if it.is_whole_in(&["id"]) && !ids.insert(notice.id.clone()) {
                it.problem_in("id", format!("is `{}`, like that of a notice before it", notice.id), "rename one");
            }
            it.optional("href", notice.href.as_ref(), Self::link);
        });
        self.optional("visits", site.visits.as_ref(), Self::visits_source);
        self.optional("search", site.search.as_ref(), |it, source| it.search_source(source, site.origin.as_ref()));
        self.optional("home", site.home.as_ref(), Self::home_choice);
    }

    fn footer(&mut self, footer: &Footer) {
        self.optional("phone", footer.phone.as_ref(), |it, phone| {
            if !is_number(&phone.replace(char::is_whitespace, "")) {
                it.problem(format!("is `{phone}`, which is no telephone number"), "write digits, as in 024 1080");
            }
        });
        self.optional("email", footer.email.as_ref(), |it, email| {
            if !is_mail(email) {
                it.problem(format!("is `{email}`, which is no e-mail address"), "write name@example.vn");
            }
        });
        self.items("links", &footer.links, Self::named_link);
    }

    fn home_choice(&mut self, choice: &HomeChoice) {
        self.items("pinned", &choice.pinned, |it, pin| {
            if !it.is_whole_in(&["section", "slug"]) {
                return;
            }
            let entry = it.index.article(&pin.section, &pin.slug);
            let wrong = match entry {
                None => "does not exist",
                Some(Some(ArticleFacts { gone: true, .. })) => "is gone",
                Some(_) => return,
            };
            let what = format!("names the article `{}/{}`, which {wrong}", pin.section, pin.slug);
            it.problem(what, "correct its section and slug, or remove it");
        });
        self.items("sections", &choice.sections, |it, slug| {
            if !it.index.has_section_node(slug) {
                it.problem(format!("is `{slug}`, which is no section of the tree"), "correct it, or remove it");
            }
        });
    }

    fn nodes<'s>(&mut self, nodes: &'s [TreeNode], slugs: &mut HashSet<&'s str>) {
        self.each(nodes, |it, _, node| it.node(node, slugs));
    }

    fn node<'s>(&mut self, node: &'s TreeNode, slugs: &mut HashSet<&'s str>) {
        if let Some(slug) = node.slug().filter(|_| self.is_whole_in(&["slug"])) {
            if !slugs.insert(slug.as_str()) {
                self.problem_in("slug", format!("is `{slug}`, like that of a node before it"), "rename one of the two");
            }
            self.not_reserved(slug);
            let (there, document) = match node {
                TreeNode::Page(_) => (self.index.pages.contains(slug), Document::Page(slug.clone())),
                _ => (self.index.sections.contains_key(slug), Document::Section(slug.clone())),
            };
            if !there {
                let mend = if matches!(node, TreeNode::Page(_)) { "write it" } else { "run `portal gather`" };
                self.problem_in("slug", format!("needs `{document}`, which does not exist"), mend);
            }
        }
        self.items("children", node.children(), |it, child| {
            if matches!(child, TreeNode::Group(_)) {
                let mend = "put what it holds one level up, or make it a section";
                it.problem("is a group below another node, which the navigation cannot show", mend);
            }
        });
        self.field("children", |it| it.nodes(node.children(), slugs));
    }

    fn named_link(&mut self, link: &Link) {
        self.field("href", |it| it.link(&link.href));
    }

    fn visits_source(&mut self, source: &VisitsSource) {
        match &source.url {
            Some(url) => self.field("url", |it| it.file(url)),
            None if self.index.has(&Document::Visits) => {}
            None => self.problem("needs `visits.json`, which does not exist", "write it, or remove `visits`"),
        }
    }

    /// Whether somebody answers there is not known here; whether a browser can ask is.
    fn search_source(&mut self, source: &SearchSource, origin: Option<&Origin>) {
        let url = source.url.as_str();
        let is_secure = |address: &str| address.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"));
        if url.contains('#') {
            self.problem_in("url", "has a part behind #, which is never sent", "remove it");
        }
        if !source.url.is_local() && !is_secure(url) && origin.is_some_and(|origin| is_secure(origin.as_str())) {
            let what = "begins with http:, which browsers do not ask from a portal at https:";
            self.problem_in("url", what, "write https:");
        }
    }

    /// The visit statistics.
    pub fn visits(&mut self, visits: &Visits) {
        self.field("as_of", |it| it.not_in_the_future(visits.as_of));
        let mut keys = HashSet::new();
        self.items("figures", &visits.figures, |it, figure| {
            if !it.is_whole_in(&["key"]) {
                return;
            }
            if !keys.insert(figure.key.clone()) {
                it.problem_in("key", format!("is `{}`, like that of a figure before it", figure.key), "remove one");
            }
            if !LABELLED.contains(&figure.key.as_str())
                && figure.label.as_ref().is_none_or(|label| label.trim().is_empty())
                && it.is_whole_in(&["label"])
            {
                let what = format!("lacks `label`, and `{}` has none built in", figure.key);
                it.problem(what, format!("add `label`, or use one of {}", LABELLED.join(", ")));
            }
        });
    }
}
