//! Articles as other documents name them.

use super::index::{ArticleFacts, hash_of};
use super::inspection::{GATHER, Inspection};
use crate::calendar::Timestamp;
use crate::contract::{Article, Line, Reference, Teaser};
use std::collections::HashSet;

impl Inspection<'_> {
    /// Articles on the same matter: others, and each once.
    pub fn all_related(&mut self, article: &Article) {
        let mut seen = HashSet::from([(&article.section, &article.slug)]);
        self.items("related", &article.related, |it, reference| {
            if !it.is_whole_in(&["section", "slug"]) {
                return;
            }
            it.related(reference);
            if !seen.insert((&reference.section, &reference.slug)) {
                let what = format!(
                    "names `{}/{}`, which is the article itself or named before",
                    reference.section, reference.slug
                );
                it.problem(what, "remove it");
            }
        });
    }

    /// One of them: it may be gone, for its address still says so.
    fn related(&mut self, reference: &Reference) {
        match self.index.article(&reference.section, &reference.slug) {
            None => {
                let what =
                    format!("names the article `{}/{}`, which does not exist", reference.section, reference.slug);
                self.problem(what, "correct its section and slug, or remove it");
            }
            Some(facts) => self.agrees(facts, &reference.title, reference.published_at),
        }
    }

    /// An article in a list.
    pub fn teaser(&mut self, teaser: &Teaser) {
        if self.is_whole_in(&["section", "slug"]) {
            let entry = self.index.article(&teaser.section, &teaser.slug);
            self.standing((teaser.section.as_str(), teaser.slug.as_str()), entry);
            self.agrees(entry.flatten(), &teaser.title, teaser.published_at);
            self.is_dated(entry.flatten(), teaser.published_at);
        }
        self.optional("picture", teaser.picture.as_ref(), Self::repeated_picture);
    }

    /// A neighbour or a listed article must be there, and not gone.
    pub fn standing(&mut self, (section, slug): (&str, &str), entry: Option<Option<ArticleFacts>>) {
        match entry {
            None => self.problem(format!("names the article `{section}/{slug}`, which does not exist"), GATHER),
            Some(Some(ArticleFacts { gone: true, .. })) => {
                self.problem(format!("names the article `{section}/{slug}`, which is gone"), GATHER);
            }
            Some(_) => {}
        }
    }

    /// What is repeated of an article must be what it says itself.
    pub fn agrees(&mut self, facts: Option<ArticleFacts>, title: &Line, published: Option<Timestamp>) {
        let Some(facts) = facts else { return };
        if facts.title != hash_of(title) {
            self.problem_in("title", "is not the title of that article", GATHER);
        }
        if published.is_some_and(|published| Some(published.unix_seconds()) != facts.published) {
            self.problem_in("published_at", "is not the date of that article", GATHER);
        }
    }

    /// What `portal gather` repeats of an article has its date.
    pub fn is_dated(&mut self, facts: Option<ArticleFacts>, published: Option<Timestamp>) {
        if published.is_none()
            && self.is_whole_in(&["published_at"])
            && facts.is_some_and(|article| article.published.is_some())
        {
            self.problem("lacks `published_at`, which that article has", GATHER);
        }
    }
}
