//! What one thread has taken out of articles.

use super::lexicon::Lexicon;
use super::nexts::Nexts;
use super::spill::{Hits, Terms};
use super::{Memory, TAIL};
use crate::search::analysis::words_by;
use crate::search::index::Shown;
use crate::search::texts::{Occurrence, Texts, occurrences};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// The order of articles: by date, those without one first, then by address, so that the same articles always give the same index.
pub type Order = (Option<i64>, String, String);

/// Articles taken apart.
pub struct Gathered {
    /// The articles, as they came.
    pub articles: Vec<Noted>,
    /// The newest of them, whole.
    pub newest: BTreeMap<Order, Texts>,
    /// Their words.
    pub lexicon: Lexicon,
    /// Which of their words follow which.
    pub nexts: Nexts,
    /// Their terms.
    pub terms: Terms,
    /// What results show of them.
    pub hits: Hits,
    /// The terms of the article that is being added; kept for its memory.
    seen: FxHashSet<u64>,
}

/// What is remembered of an article until all are there.
pub struct Noted {
    /// Its place among all.
    pub order: Order,
    /// The year it was published in.
    pub year: u16,
    /// How many words its title has.
    pub title_words: usize,
}

impl Noted {
    /// Its section.
    pub fn section(&self) -> &str {
        &self.order.1
    }
}

impl Gathered {
    /// No articles yet; files of different numbers may stand in one folder.
    pub fn new(folder: &Path, number: usize, memory: Memory) -> io::Result<Self> {
        Ok(Self {
            articles: Vec::new(),
            newest: BTreeMap::new(),
            lexicon: Lexicon::new(folder, number, memory.words)?,
            nexts: Nexts::new(folder, number, memory.pairs)?,
            terms: Terms::new(folder, number, memory.block)?,
            hits: Hits::new(folder, number)?,
            seen: FxHashSet::default(),
        })
    }

    /// Adds an article.
    pub fn add(&mut self, texts: Texts) -> io::Result<()> {
        let number = self.articles.len() as u32;
        let mut bytes = Vec::new();
        Shown::of(&texts).write(&mut bytes);
        self.hits.push(&bytes)?;
        let published = (texts.year > 0).then_some(texts.published);
        let order = (published, texts.section.clone(), texts.slug.clone());
        let mut noted = Noted { order: order.clone(), year: texts.year, title_words: 0 };

        self.lexicon.begin_article()?;
        self.seen.clear();
        let mut outcome = Ok(());
        for (at, (text, field)) in texts.fields().into_iter().enumerate() {
            let words = words_by(text, |written| self.lexicon.form(written));
            if at == 0 {
                noted.title_words = words.len();
            }
            self.nexts.add(&words)?;
            occurrences(&words, field, |own| {
                // The most telling place comes first.
                if self.seen.insert(own.key() >> Occurrence::FIELD_BITS) && outcome.is_ok() {
                    outcome = self.terms.push(own, number);
                }
            });
        }
        self.articles.push(noted);
        if self.newest.len() < TAIL || self.newest.first_key_value().is_some_and(|(oldest, _)| *oldest < order) {
            self.newest.insert(order, texts);
            if self.newest.len() > TAIL {
                self.newest.pop_first();
            }
        }
        outcome
    }

    /// Takes back what was counted of articles that are to stand in the tail, and puts all into the temporary files.
    pub fn finish(&mut self, tail: impl Iterator<Item = usize>) -> io::Result<()> {
        tail.for_each(|at| self.nexts.take_back(&self.newest[&self.articles[at].order]));
        self.nexts.finish()?;
        self.lexicon.finish()?;
        self.hits.finish()
    }
}
