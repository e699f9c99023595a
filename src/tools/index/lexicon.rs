//! The words of the articles that one thread adds: what each is, and in how many articles it stands.

use super::tally::{Tally, added};
use crate::search::analysis::Form;
use crate::search::dictionary::{Dictionary, Entry};
use crate::vietnamese::lower;
use rustc_hash::FxHashMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// How many words the dictionary has at most.
const WORDS: usize = 6_000;
/// In larger collections a word must stand in two articles to be in it: what stands in one is mistyped more often than not.
const FEW_ARTICLES: u32 = 1_000;
/// Longer words are no words.
const LONGEST: usize = 24;
/// So many ways to write words are remembered at most; texts have some thousand syllables, and numbers without end.
const REMEMBERED: usize = 1 << 16;

/// A word as it is written, in a map's own memory, which is faster than looking at it elsewhere.
type Written = [u8; LONGEST];

fn written_key(written: &str) -> Option<Written> {
    let mut key = [0; LONGEST];
    key.get_mut(..written.len())?.copy_from_slice(written.as_bytes());
    Some(key)
}

/// Words by the way they are written.
pub struct Lexicon {
    known: FxHashMap<Written, Known>,
    /// Numbers of words: each without marks, then as it is written small, between them what no word has.
    numbers: FxHashMap<String, usize>,
    counts: Vec<Count>,
    /// So many are counted in memory.
    most: usize,
    tally: Tally,
    /// The articles so far.
    articles: u32,
}

/// Stands between a word without its marks and the word as it is written.
const BETWEEN: char = '\0';

#[derive(Clone)]
struct Known {
    form: Arc<Form>,
    /// The number of the word written small; none of what is no word, such as a number.
    number: Option<usize>,
}

/// In how many articles a word stands.
#[derive(Default)]
struct Count {
    articles: u32,
    /// The last of them.
    last: u32,
}

impl Lexicon {
    /// No words yet; memory counts so many and those of an article.
    pub fn new(folder: &Path, number: usize, most: usize) -> io::Result<Self> {
        Ok(Self {
            known: FxHashMap::default(),
            numbers: FxHashMap::default(),
            counts: Vec::new(),
            most,
            tally: Tally::new(folder, &format!("{number}-words"))?,
            articles: 0,
        })
    }

    /// Begins another article.
    pub fn begin_article(&mut self) -> io::Result<()> {
        self.articles += 1;
        if self.numbers.len() > self.most { self.finish() } else { Ok(()) }
    }

    /// Notes what is still in memory.
    pub fn finish(&mut self) -> io::Result<()> {
        self.known.clear();
        let counts = std::mem::take(&mut self.counts);
        self.tally.note(self.numbers.drain().map(|(word, number)| (word, counts[number].articles.into())))
    }

    /// What is written so in the article.
    pub fn form(&mut self, written: &str) -> Arc<Form> {
        let key = written_key(written);
        let Known { form, number } = match key.as_ref().and_then(|key| self.known.get(key)) {
            Some(known) => known.clone(),
            None => self.know(written, key),
        };
        if let Some(count) = number.map(|number| &mut self.counts[number])
            && count.last != self.articles
        {
            *count = Count { articles: count.articles + 1, last: self.articles };
        }
        form
    }

    fn know(&mut self, written: &str, key: Option<Written>) -> Known {
        let form = Form::of(written);
        let is_word = form.folded.len() <= LONGEST && form.folded.chars().all(char::is_alphabetic);
        let number = is_word.then(|| {
            let next = self.numbers.len();
            let word = form.folded.chars().chain([BETWEEN]).chain(written.chars().map(lower)).collect();
            *self.numbers.entry(word).or_insert(next)
        });
        self.counts.resize_with(self.numbers.len(), Count::default);
        let known = Known { form: Arc::new(form), number };
        if self.known.len() < REMEMBERED {
            self.known.extend(key.map(|key| (key, known.clone())));
        }
        known
    }
}

/// The most frequent words of all articles.
pub fn dictionary<'a>(lexicons: impl Iterator<Item = &'a Lexicon> + Clone) -> io::Result<Dictionary> {
    let articles: u32 = lexicons.clone().map(|lexicon| lexicon.articles).sum();
    let least = if articles > FEW_ARTICLES { 2 } else { 1 };
    let mut all: Vec<Vocable> = Vec::new();
    let mut own = Vocable::default();
    added(lexicons.map(|lexicon| &lexicon.tally), |word, count| {
        let word = str::from_utf8(word).map_err(io::Error::other)?;
        let (folded, written) = word.split_once(BETWEEN).unwrap_or_default();
        if own.folded != folded {
            keep(&mut all, std::mem::take(&mut own), least);
            folded.clone_into(&mut own.folded);
        }
        own.articles += count;
        // The most frequent way to write it; of two, the first by the alphabet, in which they come.
        if count > own.most {
            own.most = count;
            written.clone_into(&mut own.written);
        }
        Ok(())
    })?;
    keep(&mut all, own, least);
    most_frequent(&mut all);
    let entry =
        |own: Vocable| Entry { folded: own.folded, written: own.written, frequency: own.articles.ilog2() as u8 };
    Ok(Dictionary::new(all.into_iter().map(entry).collect()))
}

/// A word in all the ways it is written.
#[derive(Default)]
struct Vocable {
    folded: String,
    /// In how many articles they stand, taken together.
    articles: i64,
    /// The most frequent of them, and in how many articles it stands.
    written: String,
    most: i64,
}

/// Keeps a word that enough articles have, and of too many the most frequent.
fn keep(all: &mut Vec<Vocable>, word: Vocable, least: i64) {
    if word.articles >= least {
        all.push(word);
    }
    if all.len() > 4 * WORDS {
        most_frequent(all);
    }
}

fn most_frequent(all: &mut Vec<Vocable>) {
    all.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.folded.cmp(&b.folded)));
    all.truncate(WORDS);
}
