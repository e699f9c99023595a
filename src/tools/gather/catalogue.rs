//! All articles, oldest first, with no more of each than lists repeat.

use crate::calendar::Timestamp;
use crate::contract::{Article, Document, Reference, Slug, Status, Teaser};
use crate::tools::check::index::hash_of;
use crate::tools::finding::Finding;
use std::collections::HashMap;

/// One article.
pub struct Entry {
    teaser: Teaser,
    gone: bool,
    withdrawn: bool,
}

impl Entry {
    /// What lists repeat of an article.
    ///
    /// # Errors
    /// The article is not where it says it is.
    pub fn of(article: Article, document: &Document) -> Result<Self, Finding> {
        let own = Document::Article(article.section.clone(), article.slug.clone());
        if own != *document {
            return Err(Finding::of_file(
                document.to_string(),
                format!("says by its section and slug that it is `{own}`"),
                "correct them, or move the file",
            ));
        }
        let Article { section, slug, title, published_at, lead, picture, status, language, .. } = article;
        let (gone, withdrawn) = (matches!(status, Status::Gone(_)), matches!(status, Status::Withdrawn(_)));
        Ok(Self { teaser: Teaser { section, slug, title, published_at, lead, picture, language }, gone, withdrawn })
    }
}

/// All articles.
pub struct Catalogue {
    /// Oldest first, those without a date before all others; articles of the same moment by slug.
    entries: Vec<Entry>,
    /// The place in `entries` of each article, by the hash of its section and slug.
    places: HashMap<u64, u32>,
    /// The places of the next newer and the next older article in the same section.
    neighbours: Vec<(Option<u32>, Option<u32>)>,
}

impl Catalogue {
    /// Puts articles in order.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|a, b| {
            let (a, b) = (&a.teaser, &b.teaser);
            let moment = |teaser: &Teaser| teaser.published_at.map(Timestamp::unix_seconds);
            moment(a).cmp(&moment(b)).then_with(|| a.slug.cmp(&b.slug)).then_with(|| a.section.cmp(&b.section))
        });
        let mut places = HashMap::with_capacity(entries.len());
        let mut neighbours = vec![(None, None); entries.len()];
        let mut newest_of: HashMap<Slug, u32> = HashMap::new();
        for (place, entry) in (0_u32..).zip(&entries) {
            places.insert(hash_of((&entry.teaser.section, &entry.teaser.slug)), place);
            if entry.gone {
                continue;
            }
            let older = newest_of.insert(entry.teaser.section.clone(), place);
            neighbours[place as usize].1 = older;
            if let Some(older) = older {
                neighbours[older as usize].0 = Some(place);
            }
        }
        Self { entries, places, neighbours }
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The documents of all articles, oldest first.
    pub fn documents(&self) -> impl Iterator<Item = Document> {
        self.entries.iter().map(|entry| Document::Article(entry.teaser.section.clone(), entry.teaser.slug.clone()))
    }

    /// The section of each article, oldest first, with what lists say of it; nothing of one that is gone.
    pub fn slots(&self) -> impl Iterator<Item = (&Slug, Option<&Teaser>)> {
        self.entries.iter().map(|entry| (&entry.teaser.section, (!entry.gone).then_some(&entry.teaser)))
    }

    /// An article, unless it is gone.
    pub fn find(&self, section: &Slug, slug: &Slug) -> Option<&Teaser> {
        let place = self.places.get(&hash_of((section, slug)))?;
        let entry = &self.entries[*place as usize];
        (!entry.gone).then_some(&entry.teaser)
    }

    /// The articles that are not gone, oldest first.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &Teaser> {
        self.entries.iter().filter(|entry| !entry.gone).map(|entry| &entry.teaser)
    }

    /// The articles that the office stands by, oldest first: neither gone nor withdrawn.
    pub fn valid(&self) -> impl DoubleEndedIterator<Item = &Teaser> {
        self.entries.iter().filter(|entry| !entry.gone && !entry.withdrawn).map(|entry| &entry.teaser)
    }

    /// How documents name an article.
    pub fn reference(&self, section: &Slug, slug: &Slug) -> Option<Reference> {
        self.places.get(&hash_of((section, slug))).map(|place| self.reference_at(*place))
    }

    /// The next newer and the next older article of the same section; a gone article has none.
    pub fn neighbours(&self, section: &Slug, slug: &Slug) -> (Option<Reference>, Option<Reference>) {
        let place = self.places.get(&hash_of((section, slug)));
        let (newer, older) = place.map_or((None, None), |place| self.neighbours[*place as usize]);
        (newer.map(|place| self.reference_at(place)), older.map(|place| self.reference_at(place)))
    }

    fn reference_at(&self, place: u32) -> Reference {
        let Teaser { section, slug, title, published_at, language, .. } = self.entries[place as usize].teaser.clone();
        Reference { section, slug, title, published_at, language }
    }
}
