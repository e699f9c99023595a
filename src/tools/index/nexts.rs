//! Counts which words follow which.

use super::Source;
use super::gathered::Gathered;
use crate::search::analysis::{Word, words};
use crate::search::format::Shape;
use crate::search::nexts::{Next, file_of, files, half};
use crate::search::texts::Texts;
use rustc_hash::FxHashMap;

/// So many words that follow another are kept, the most frequent ones.
const MOST: usize = 512;
/// In larger collections what occurs only once is left out: it would take most of the room.
const FEW_ARTICLES: usize = 1_000;

/// How often words follow words, by the term of the first and half of that of the second.
#[derive(Debug, Default)]
pub struct Nexts(FxHashMap<(u32, u16), u32>);

impl Nexts {
    /// Counts the words of a text.
    pub fn add(&mut self, words: &[Word]) {
        each(words, |pair| *self.0.entry(pair).or_default() += 1);
    }

    /// Takes back the words of an article.
    fn take_back(&mut self, texts: &Texts) {
        for (text, _) in texts.fields() {
            each(&words(text), |pair| {
                self.0.entry(pair).and_modify(|count| *count = count.saturating_sub(1));
            });
        }
    }
}

fn each(words: &[Word], mut count: impl FnMut((u32, u16))) {
    // Nobody waits for the end of a number.
    let is_word = |word: &Word| !word.folded.starts_with(|c: char| c.is_ascii_digit());
    for pair in words.windows(2).filter(|pair| !pair[1].begins && is_word(&pair[0]) && is_word(&pair[1])) {
        count((pair[0].term(), half(pair[1].term())));
    }
}

/// What follows each word in all articles but those of the tail, file by file.
pub fn by_file(all: &mut [Gathered], tail: &[Source], shape: Shape) -> Vec<Vec<(u32, Vec<Next>)>> {
    for (of, at) in tail {
        let own = &mut all[*of];
        own.nexts.take_back(&own.newest[&own.articles[*at].order]);
    }
    let least = if shape.articles as usize > FEW_ARTICLES { 2 } else { 1 };
    let mut counts = FxHashMap::<(u32, u16), u32>::default();
    for own in all {
        for (pair, count) in std::mem::take(&mut own.nexts.0) {
            *counts.entry(pair).or_default() += count;
        }
    }
    let mut pairs: Vec<((u32, u16), u32)> = counts.into_iter().filter(|(_, count)| *count >= least).collect();
    pairs.sort_unstable();
    let mut by_file = vec![Vec::new(); files(shape) as usize];
    for own in pairs.chunk_by(|one, other| one.0.0 == other.0.0) {
        let mut own = own.to_vec();
        own.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
        own.truncate(MOST);
        own.sort_unstable();
        let next = |((_, half), count): &((u32, u16), u32)| Next { half: *half, frequency: count.ilog2() as u8 };
        let term = own[0].0.0;
        by_file[file_of(term, shape) as usize].push((term, own.iter().map(next).collect()));
    }
    by_file
}
