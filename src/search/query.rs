//! What a query may mean: each of its words with the ways in which articles may have it.

use super::analysis::{Word, words};
use super::dictionary::Dictionary;
use super::syllable::looks_like_syllable;
use super::typing;
use std::ops::Range;

/// A query of more words is cut: nobody means them all.
const MOST_WORDS: usize = 24;
/// Shorter words are not corrected: too many others are one letter away.
const LONG_ENOUGH: usize = 4;
/// How many corrections of a word are tried.
const CORRECTIONS: usize = 2;
/// How many words an unfinished one may become.
const ENDINGS: usize = 3;

/// A word of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Where it stands in the query, in bytes.
    pub place: Range<usize>,
    /// What it may be in articles, the likeliest first; never empty.
    pub ways: Vec<Way>,
    /// Is it looked up by itself, or only as a pair with its neighbours?
    pub by_itself: bool,
}

/// One thing a word of a query may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The word that articles have.
    pub word: Word,
    /// How much it counts, 1 at most.
    pub weight: f32,
    /// Where it corrects what was typed: how it is written.
    pub correction: Option<String>,
}

/// Of a longer query only so many words, the rarest, are looked up by themselves, the others as pairs with their
/// neighbours: they tell less than the bytes of their lists cost.
const BY_THEMSELVES: usize = 4;

/// The words of a query. `typing`: the last word may be unfinished.
pub fn slots(query: &str, typing: bool, dictionary: &Dictionary) -> Vec<Slot> {
    let mut words = words(query);
    words.truncate(MOST_WORDS);
    let unfinished = (typing && !query.ends_with(char::is_whitespace)).then(|| words.len().wrapping_sub(1));
    let frequency = |word: &Word| dictionary.find(&word.folded).map_or(0, |entry| u64::from(entry.frequency));
    let mut frequencies: Vec<u64> = words.iter().map(frequency).collect();
    frequencies.sort_unstable();
    let most = frequencies.get(BY_THEMSELVES - 1).copied().unwrap_or(u64::MAX);
    let slots = words.into_iter().enumerate().map(|(at, word)| Slot {
        place: word.place.clone(),
        by_itself: frequency(&word) <= most,
        ways: ways(word, unfinished == Some(at), dictionary),
    });
    slots.collect()
}

fn ways(word: Word, is_unfinished: bool, dictionary: &Dictionary) -> Vec<Way> {
    let mut ways = Vec::new();
    let keys = word.folded.clone();
    let is_known = dictionary.find(&keys).is_some();
    let raw = (!word.is_marked() && keys.is_ascii() && !looks_like_syllable(&keys)).then_some(keys.as_str());
    let decoded = raw.and_then(typing::decoded).map(|typed| Word::made(&typed.plain, typed.tone));
    let is_decoded = decoded.is_some();
    let plainly = |word, weight| Way { word, weight, correction: None };
    ways.extend(decoded.map(|word| plainly(word, 1.0)));
    if !is_decoded || is_known {
        ways.push(plainly(word, if is_decoded { 0.9 } else { 1.0 }));
    }
    if is_unfinished {
        let folded = raw.and_then(typing::decoded_beginning).unwrap_or(keys.clone());
        let endings = dictionary.beginning_with(&folded, ENDINGS);
        ways.extend(endings.into_iter().map(|entry| plainly(Word::of(&entry.folded), 0.8)));
    }
    let is_long = keys.len() >= LONG_ENOUGH && keys.chars().all(char::is_alphabetic);
    if !is_known && !is_decoded && is_long {
        ways.extend(dictionary.near(&keys, CORRECTIONS).into_iter().map(|entry| Way {
            word: Word::of(&entry.folded),
            weight: 0.7,
            correction: Some(entry.written.clone()),
        }));
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::dictionary::Entry;

    fn dictionary() -> Dictionary {
        let words = ["đường", "dùng", "Nguyễn", "facebook", "thống", "kê", "as"];
        let entry = |written: &str| Entry {
            folded: super::words(written)[0].folded.clone(),
            written: written.to_lowercase(),
            frequency: 5,
        };
        Dictionary::new(words.map(entry).to_vec())
    }

    /// The ways of each word, one word a text.
    fn meant(query: &str, typing: bool) -> Vec<String> {
        let said = |way: &Way| match &way.correction {
            Some(written) => format!("({written})"),
            None => way.word.exact.clone(),
        };
        let slots = slots(query, typing, &dictionary());
        slots.iter().map(|slot| slot.ways.iter().map(said).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn words_are_what_they_are() {
        assert_eq!(meant("Thống kê", false), ["thông2", "kê"]);
        assert_eq!(meant("thong ke ", true), ["thong", "ke"]);
        assert!(meant(" … 🙂", true).is_empty());
    }

    #[test]
    fn raw_keystrokes_are_what_they_were_meant_to_be() {
        assert_eq!(meant("thoongs dduwowngf d9u7o7ng2", false), ["thông2", "đương1", "đương1"]);
        assert_eq!(meant("as", false), ["a2 as"], "a word of its own, too");
    }

    #[test]
    fn an_unfinished_word_may_become_others() {
        assert_eq!(meant("thong du", true), ["thong", "du dung duong"]);
        assert_eq!(meant("du thong", true), ["du", "thong"]);
        assert_eq!(meant("dduw", true), ["đư dung duong"]);
        assert_eq!(meant("dduwow", true), ["đuơ duong"]);
    }

    #[test]
    fn a_mistyped_word_is_corrected() {
        assert_eq!(meant("nguyn facebok", false), ["nguyn (nguyễn)", "facebok (facebook)"]);
        assert_eq!(meant("kex", false), ["ke4"], "too short, and raw keystrokes");
    }

    #[test]
    fn long_queries_are_cut() {
        assert_eq!(meant(&"một ".repeat(2_500), true).len(), MOST_WORDS);
    }
}
