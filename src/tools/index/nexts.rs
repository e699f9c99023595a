//! Counts which words follow which.

use super::files::Many;
use super::tally::{Tally, added};
use crate::search::analysis::{Word, words};
use crate::search::format::{Kind, Shape};
use crate::search::nexts::{Next, file_of, files, neighbours, to_bytes};
use crate::search::texts::Texts;
use rustc_hash::FxHashMap;
use std::io;
use std::path::Path;

/// So many words that follow another are kept, the most frequent ones.
const MOST: usize = 512;
/// In larger collections what occurs only once is left out: it would take most of the room.
const FEW_ARTICLES: usize = 1_000;

/// How often words follow words.
pub struct Nexts {
    /// By the term of the first and half of that of the second.
    counts: FxHashMap<(u32, u16), i64>,
    /// So many are counted in memory.
    most: usize,
    tally: Tally,
}

impl Nexts {
    /// Nothing yet; memory counts so many pairs of words and those of a text.
    pub fn new(folder: &Path, number: usize, most: usize) -> io::Result<Self> {
        Ok(Self { counts: FxHashMap::default(), most, tally: Tally::new(folder, &format!("{number}-nexts"))? })
    }

    /// Counts the words of a text.
    pub fn add(&mut self, words: &[Word]) -> io::Result<()> {
        self.count(words, 1);
        if self.counts.len() > self.most { self.finish() } else { Ok(()) }
    }

    /// Takes back the words of an article.
    pub fn take_back(&mut self, texts: &Texts) {
        texts.fields().iter().for_each(|(text, _)| self.count(&words(text), -1));
    }

    fn count(&mut self, words: &[Word], by: i64) {
        for pair in neighbours(words) {
            *self.counts.entry(pair).or_default() += by;
        }
    }

    /// Notes what is still in memory.
    pub fn finish(&mut self) -> io::Result<()> {
        let bytes = |(term, half): (u32, u16)| (u64::from(term) << 16 | u64::from(half)).to_be_bytes();
        self.tally.note(self.counts.drain().map(|(pair, count)| (bytes(pair), count)))
    }
}

/// Writes the files of all words with those that follow them.
pub fn write<'a>(all: impl Iterator<Item = &'a Nexts>, shape: Shape, many: &Many<'_>) -> io::Result<()> {
    let least = if shape.articles as usize > FEW_ARTICLES { 2 } else { 1 };
    let sharing = many.sharing(Kind::Nexts) as u32;
    let mut ended: Vec<Vec<u8>> = Vec::new();
    let mut words: Vec<(u32, Vec<Next>)> = Vec::new();
    let mut from = 0;
    // Ends files up to this one.
    let mut end = |before: u32, words: &mut Vec<(u32, Vec<Next>)>| -> io::Result<()> {
        while from + (ended.len() as u32) < before {
            ended.push(to_bytes(words));
            words.clear();
            let next = from + ended.len() as u32;
            if next.is_multiple_of(sharing) || next == files(shape) {
                many.write(Kind::Nexts, from as usize, &ended)?;
                from = next;
                ended.clear();
            }
        }
        Ok(())
    };
    let (mut term, mut counts) = (0, Vec::new());
    added(all.map(|nexts| &nexts.tally), |pair, count| {
        let pair = pair.try_into().map_or(0, u64::from_be_bytes);
        let own = (pair >> 16) as u32;
        if own != term {
            words.extend(most_frequent(term, &mut counts));
            end(file_of(own, shape), &mut words)?;
            term = own;
        }
        if count >= least {
            counts.push((count, pair as u16));
        }
        Ok(())
    })?;
    words.extend(most_frequent(term, &mut counts));
    end(files(shape), &mut words)
}

/// A word with what follows it most often, if anything does; the counts are used up.
fn most_frequent(term: u32, counts: &mut Vec<(i64, u16)>) -> Option<(u32, Vec<Next>)> {
    counts.sort_unstable_by_key(|(count, half)| (std::cmp::Reverse(*count), *half));
    counts.truncate(MOST);
    counts.sort_unstable_by_key(|(_, half)| *half);
    let next = |(count, half): (i64, u16)| Next { half, frequency: count.ilog2() as u8 };
    let nexts: Vec<Next> = counts.drain(..).map(next).collect();
    (!nexts.is_empty()).then_some((term, nexts))
}
