//! Which words follow a word in articles: what an unfinished word may become after another.
//!
//! A file holds the words of one range of hashes, in order, each with those that follow it. These are told by half of their
//! hash, which is enough to choose among the words of the dictionary that begin as the reader has typed: one that is taken
//! for another is looked up as a pair, and no article has it.

use super::analysis::Word;
use super::bits::BitWriter;
use super::format::{Damaged, Shape, coded_of, part_of, put, put_coded};

/// A file has so many words as so many parts of postings.
const PARTS_A_FILE: u32 = 32;

/// A word that follows another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// Half of its term.
    pub half: u16,
    /// The logarithm to base 2 of how often it does.
    pub frequency: u8,
}

/// The half of a term by which a following word is told.
pub fn half(term: u32) -> u16 {
    (term >> 16) as u16
}

/// The words of a text that follow others: the term of the word before, and half of that of the one after it. Nobody waits for
/// the end of a number.
pub fn neighbours(words: &[Word]) -> impl Iterator<Item = (u32, u16)> {
    let is_word = |word: &Word| !word.folded.starts_with(|c: char| c.is_ascii_digit());
    let pairs = words.windows(2).filter(move |pair| !pair[1].begins && is_word(&pair[0]) && is_word(&pair[1]));
    pairs.map(|pair| (pair[0].term(), half(pair[1].term())))
}

/// How many files there are.
pub fn files(shape: Shape) -> u32 {
    shape.parts.div_ceil(PARTS_A_FILE)
}

/// Which file has a word.
pub fn file_of(term: u32, shape: Shape) -> u32 {
    part_of(term, files(shape))
}

/// The bytes of a file: its words in order, each with what follows it in the order of halves.
pub fn to_bytes(words: &[(u32, Vec<Next>)]) -> Vec<u8> {
    let mut out = Vec::new();
    put(words.len() as u64, &mut out);
    let mut before = 0;
    for (term, nexts) in words {
        let mut coded = BitWriter::default();
        coded.count(nexts.len() as u32);
        let halves: Vec<u32> = nexts.iter().map(|next| next.half.into()).collect();
        coded.sorted(&halves, 0..1 << u16::BITS);
        nexts.iter().for_each(|next| coded.count(u32::from(next.frequency) + 1));
        put_coded(*term, before, coded, &mut out);
        before = *term;
    }
    out
}

/// What follows a word, from the bytes of its file.
///
/// # Errors
/// The file is damaged.
pub fn after(wanted: u32, bytes: &[u8]) -> Result<Vec<Next>, Damaged> {
    let Some(mut coded) = coded_of(wanted, bytes)? else { return Ok(Vec::new()) };
    let count = coded.count()? as usize;
    let halves = coded.sorted(count, 0..1 << u16::BITS)?;
    let next = |half| Ok(Next { half: half as u16, frequency: (coded.count()? - 1).min(255) as u8 });
    halves.into_iter().map(next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let next = |half, frequency| Next { half, frequency };
        let words = [
            (7, vec![next(0, 3)]),
            (900, vec![next(4, 0), next(70, 9), next(u16::MAX, 1)]),
            (u32::MAX, vec![next(1, 1)]),
        ];
        let bytes = to_bytes(&words);
        for (term, nexts) in &words {
            assert_eq!(after(*term, &bytes).as_ref(), Ok(nexts));
        }
        assert_eq!(after(8, &bytes), Ok(Vec::new()));
        assert_eq!(after(1, &to_bytes(&[])), Ok(Vec::new()));
        for length in 0..bytes.len() {
            assert_eq!(after(u32::MAX, &bytes[..length]), Err(Damaged), "cut at {length}");
        }
    }

    #[test]
    fn each_word_has_a_file() {
        for parts in [0, 1, 64, 32_768] {
            let shape = Shape { parts, articles: 9 };
            assert_eq!(file_of(0, shape), 0);
            assert_eq!(file_of(u32::MAX, shape), files(shape).saturating_sub(1));
        }
    }
}
