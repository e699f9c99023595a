//! Articles as other documents name them.

use super::index::{ArticleFacts, hash_of};
use super::inspection::Inspection;
use crate::calendar::Timestamp;
use crate::contract::{Line, Reference, Teaser};

const GATHER: &str = "run `portal gather`";

impl Inspection<'_> {
    /// An article on the same matter: it may be gone, for its address still says so.
    pub fn related(&mut self, reference: &Reference) {
        match self.index.article(&reference.section, &reference.slug) {
            None => {
                let what =
                    format!("names the article `{}/{}`, which does not exist", reference.section, reference.slug);
                self.problem(what, "correct its section and slug, or remove it");
            }
            Some(facts) => self.agrees(facts, &reference.title, reference.published_at),
        }
    }

    /// The next newer or older article.
    pub fn neighbour(&mut self, reference: &Reference) {
        let entry = self.index.article(&reference.section, &reference.slug);
        self.standing((reference.section.as_str(), reference.slug.as_str()), entry);
        self.agrees(entry.flatten(), &reference.title, reference.published_at);
    }

    /// An article in a list.
    pub fn teaser(&mut self, teaser: &Teaser) {
        let entry = self.index.article(&teaser.section, &teaser.slug);
        self.standing((teaser.section.as_str(), teaser.slug.as_str()), entry);
        self.agrees(entry.flatten(), &teaser.title, Some(teaser.published_at));
        self.optional("picture", teaser.picture.as_ref(), Self::picture);
    }

    fn standing(&mut self, (section, slug): (&str, &str), entry: Option<Option<ArticleFacts>>) {
        match entry {
            None => self.problem(format!("names the article `{section}/{slug}`, which does not exist"), GATHER),
            Some(Some(ArticleFacts { gone: true, .. })) => {
                self.problem(format!("names the article `{section}/{slug}`, which is gone"), GATHER);
            }
            Some(_) => {}
        }
    }

    fn agrees(&mut self, facts: Option<ArticleFacts>, title: &Line, published: Option<Timestamp>) {
        let Some(facts) = facts else { return };
        if facts.title != hash_of(title) {
            self.problem_in("title", "is not the title of that article", GATHER);
        }
        if published.is_some_and(|published| published.unix_seconds() != facts.published) {
            self.problem_in("published_at", "is not the date of that article", GATHER);
        }
    }
}
