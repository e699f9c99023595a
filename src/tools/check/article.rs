//! Rules for articles and pages.

use super::inspection::Inspection;
use crate::calendar::Timestamp;
use crate::contract::{Article, Page, Slug, Status, TreeNode};
use crate::routes::RESERVED;

impl Inspection<'_> {
    /// An article, whose path names a section and a slug.
    pub fn article(&mut self, section: &Slug, slug: &Slug, article: &Article) {
        self.named_as("slug", &article.slug, slug);
        self.named_as("section", &article.section, section);
        if !self.index.has_section_node(&article.section) {
            let what = format!("is `{}`, which is no section of the tree", article.section);
            self.problem_in("section", what, "correct it, or add the section to site.json");
        }
        let published = article.published_at;
        self.optional("published_at", published.as_ref(), |it, at| it.not_in_the_future(*at));
        self.optional("updated_at", article.updated_at.as_ref(), |it, at| {
            it.not_before(*at, published);
            it.not_in_the_future(*at);
        });
        self.field("status", |it| it.status(&article.status, published));
        self.optional("source", article.source.as_ref(), |it, source| {
            it.optional("url", source.url.as_ref(), Self::link);
        });
        self.optional("picture", article.picture.as_ref(), Self::picture);
        self.all_related(article);
        if self.is_whole_in(&["published_at", "status"]) {
            self.neighbours(slug, article);
        }
        self.items("attachments", &article.attachments, Self::attachment);
        self.translations(&article.translations, Some(section), slug);
        self.blocks("body", &article.body);
    }

    /// An undated page, whose path names a slug.
    pub fn page(&mut self, slug: &Slug, page: &Page) {
        self.named_as("slug", &page.slug, slug);
        let node = self.index.site.as_ref().and_then(|site| site.node(slug.as_str()));
        if matches!(node, Some(TreeNode::Section(_))) {
            self.problem_in("slug", format!("is `{slug}`, which is also a section's"), "rename one of the two");
        }
        if node.is_none() && self.index.knows_tree() {
            let mend = "add it to the tree of site.json, or remove it";
            self.problem_in(
                "slug",
                format!("is `{slug}`, which is not in the tree, so that nothing leads there"),
                mend,
            );
        }
        self.not_reserved(slug);
        self.optional("updated_at", page.updated_at.as_ref(), |it, at| it.not_in_the_future(*at));
        self.optional("picture", page.picture.as_ref(), Self::picture);
        self.items("attachments", &page.attachments, Self::attachment);
        self.translations(&page.translations, None, slug);
        self.blocks("body", &page.body);
    }

    /// A slug inside a document must be the one in the document's path.
    pub fn named_as(&mut self, key: &str, inside: &Slug, of_path: &Slug) {
        if inside != of_path {
            let what = format!("is `{inside}`, but the path of the file says `{of_path}`");
            self.problem_in(key, what, "correct it, or move the file");
        }
    }

    /// The `slug` under the eye must not begin addresses of the portal or its files.
    pub fn not_reserved(&mut self, slug: &Slug) {
        let mut languages = self.index.site.iter().flat_map(|site| &site.languages);
        if RESERVED.contains(&slug.as_str()) || languages.any(|edition| edition.language.as_str() == slug.as_str()) {
            self.problem_in("slug", format!("is `{slug}`, which is reserved"), "choose another slug");
        }
    }

    fn status(&mut self, status: &Status, published: Option<Timestamp>) {
        match status {
            Status::Normal => {}
            Status::Withdrawn(withdrawal) => {
                self.optional("at", withdrawal.at.as_ref(), |it, at| it.not_before(*at, published));
            }
            Status::Gone(gone) => self.optional("instead", gone.instead.as_ref(), Self::link),
        }
    }

    /// A date of something that has happened; a day's difference between clocks is forgiven.
    pub fn not_in_the_future(&mut self, at: Timestamp) {
        let now = self.index.now;
        if at.unix_seconds() > now.unix_seconds() + 24 * 60 * 60 {
            self.problem(format!("is {at}, but by this machine's clock it is {now}"), "correct the date, or the clock");
        }
    }

    fn not_before(&mut self, at: Timestamp, published: Option<Timestamp>) {
        if let Some(published) = published.filter(|published| at.unix_seconds() < published.unix_seconds()) {
            self.problem(format!("is {at}, before published_at ({published})"), "correct one of the two dates");
        }
    }
}
