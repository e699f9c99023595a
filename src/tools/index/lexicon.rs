//! The words of the articles that one thread adds: what each is, and in how many articles it stands.

use crate::search::analysis::{Form, words};
use crate::search::dictionary::{Dictionary, Entry};
use crate::vietnamese::lower;
use rustc_hash::FxHashMap;
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
#[derive(Default)]
pub struct Lexicon {
    known: FxHashMap<Written, Known>,
    /// Numbers of words, written small.
    numbers: FxHashMap<String, usize>,
    counts: Vec<Count>,
    /// The articles so far.
    articles: u32,
}

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
    /// Begins another article.
    pub fn begin_article(&mut self) {
        self.articles += 1;
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
            *self.numbers.entry(written.chars().map(lower).collect()).or_insert(next)
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
pub fn dictionary<'a>(lexicons: impl Iterator<Item = &'a Lexicon>) -> Dictionary {
    let mut vocabulary = FxHashMap::<&str, u32>::default();
    let mut articles = 0;
    for lexicon in lexicons {
        articles += lexicon.articles;
        for (written, number) in &lexicon.numbers {
            *vocabulary.entry(written).or_default() += lexicon.counts[*number].articles;
        }
    }
    let mut of_folded = FxHashMap::<String, (u32, u32, &str)>::default();
    for (written, count) in vocabulary {
        let Some(word) = words(written).into_iter().next() else { continue };
        let entry = of_folded.entry(word.folded.clone()).or_default();
        entry.0 += count;
        // The most frequent way to write it; of two, the first by the alphabet.
        if (count, entry.2) > (entry.1, written) {
            (entry.1, entry.2) = (count, written);
        }
    }
    let mut all: Vec<(u32, String, &str)> =
        of_folded.into_iter().map(|(folded, (count, _, written))| (count, folded, written)).collect();
    let least = if articles > FEW_ARTICLES { 2 } else { 1 };
    all.retain(|(count, ..)| *count >= least);
    all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    all.truncate(WORDS);
    let entry = |(count, folded, written): (u32, String, &str)| Entry {
        folded,
        written: written.to_owned(),
        frequency: count.ilog2() as u8,
    };
    Dictionary::new(all.into_iter().map(entry).collect())
}
