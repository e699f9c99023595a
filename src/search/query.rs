//! What a query may mean: each of its words with the ways in which articles may have it.

use super::analysis::{Word, is_abbreviation, words};
use super::dictionary::{Dictionary, Entry};
use super::letters::{Part, part};
use super::names::{is_date, with_dates};
use super::nexts::{Next, half};
use super::syllable::{is_syllable, looks_like_syllable};
use super::typing;
use crate::vietnamese::is_small;
use std::ops::Range;

/// A query of more words is cut: nobody means them all, and scores have a bit for each.
const MOST_WORDS: usize = 24;
/// Shorter words are not corrected: too many others are one letter away.
const LONG_ENOUGH: usize = 4;
/// How many corrections of a word are looked up by themselves, and how many beside its neighbours.
const CORRECTIONS: [usize; 2] = [2, 4];
/// How many words an unfinished one may become: if it is no word yet, and if it is one already.
const ENDINGS: [usize; 2] = [16, 6];
/// The same where it is known what follows the word before.
const KNOWN_ENDINGS: [usize; 2] = [8, 4];
/// Of a longer query so many words, the rarest, are looked up by themselves, however frequent; more frequent ones only as
/// pairs with their neighbours: they tell less than the bytes of their lists cost.
const ALWAYS: usize = 3;
/// Of a query of several words, no more are looked up by themselves than have together about so many articles; but one is.
const MOST_POSTINGS: u64 = 12_288;
/// Frequent is what more than one in so many articles has.
const FREQUENT: usize = 8;

/// A word of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Where it stands in the query, in bytes.
    pub place: Range<usize>,
    /// What it may be in articles, the likeliest first; never empty.
    pub ways: Vec<Way>,
    /// Is it looked up by itself, or only as a pair with its neighbours? Then all articles count as having it.
    pub by_itself: bool,
}

/// One thing a word of a query may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The word that articles have.
    pub word: Word,
    /// How much it counts, 1 at most.
    pub weight: f32,
    /// Is it looked up by itself?
    pub alone: bool,
    /// Is it looked up as a pair with its neighbours?
    pub in_pairs: bool,
    /// Where it corrects what was typed: how it is written.
    pub correction: Option<String>,
}

/// The part of a query that is searched for. Of one that is cut, the last word is whole: what stood between it and the next
/// follows.
pub fn searched(query: &str) -> &str {
    words(query).get(MOST_WORDS).map_or(query, |next| &query[..next.place.start])
}

/// The word before the last one, where that may be unfinished: what follows it in articles tells what the last one may be.
pub fn word_before_unfinished(query: &str, dictionary: &Dictionary) -> Option<Word> {
    match with_dates(&words(query)).as_slice() {
        [.., before, last] if last.place.end == query.len() => {
            Some(ways(before, query, dictionary, 1).swap_remove(0).word)
        }
        _ => None,
    }
}

/// The words of a query that is not too long ([`searched`]) over so many articles, each with so many mistakes at most. The last one may be unfinished, unless
/// a space follows it; `nexts` follow the one before.
pub fn slots(query: &str, dictionary: &Dictionary, articles: usize, mistakes: usize, nexts: &[Next]) -> Vec<Slot> {
    let words = with_dates(&words(query));
    let count = words.len();
    let mut slots: Vec<Slot> = words
        .iter()
        .map(|word| Slot { place: word.place.clone(), ways: ways(word, query, dictionary, mistakes), by_itself: true })
        .collect();
    let frequency =
        |slot: &Slot| dictionary.find(&slot.ways[0].word.folded).map_or(0, |entry| u64::from(entry.frequency));
    // The rarest first: how frequent each is, then its place.
    let mut ranked: Vec<u64> = (0..).zip(&slots).map(|(at, slot)| frequency(slot) << 32 | at).collect();
    ranked.sort_unstable();
    let always = ranked.get(ALWAYS - 1).map_or(u64::MAX, |key| key >> 32);
    let (mut left, mut has_known) = (MOST_POSTINGS, false);
    for (own, slot) in ranked.into_iter().map(|key| (key >> 32, key as u32 as usize)) {
        // Half as many again, in the middle, as the logarithm says.
        let postings = 3 << own.min(31) >> 1;
        let is_affordable = postings <= left || !has_known;
        let is_frequent = 1 << own.min(31) > articles / FREQUENT;
        slots[slot].by_itself = is_affordable && (own <= always || !is_frequent);
        left = left.saturating_sub(postings);
        has_known |= own > 0;
    }
    for (at, (slot, word)) in slots.iter_mut().zip(&words).enumerate() {
        if at + 1 == count && slot.place.end == query.len() {
            add_endings(slot, word, query, (at > 0).then_some(nexts), dictionary);
        }
    }
    slots
}

/// Its keys as they were typed, if they may be raw keystrokes.
fn keys(word: &Word) -> Option<&str> {
    Some(word.folded.as_str()).filter(|keys| !word.is_marked() && keys.is_ascii())
}

/// Those that are no syllable as they are.
fn raw(word: &Word) -> Option<&str> {
    keys(word).filter(|keys| !looks_like_syllable(keys))
}

/// Is a word of the query a short name rather than keystrokes? One that is known, or one in capitals, unless all words are
/// written so.
fn is_short_name(word: &Word, query: &str) -> bool {
    let written = &query[word.place.clone()];
    let has_small = |text: &str| text.chars().any(is_small);
    is_abbreviation(word) || (!has_small(written) && (has_small(query) || written.len() == query.trim().len()))
}

fn ways(word: &Word, query: &str, dictionary: &Dictionary, mistakes: usize) -> Vec<Way> {
    let plainly = |word: Word| Way { word, weight: 1.0, alone: true, in_pairs: true, correction: None };
    let is_known = |folded: &str| dictionary.find(folded).is_some();
    // Words of several syllables (`ootoo`), and what is a syllable that no article has (`toong`).
    let known = || keys(word).filter(|keys| !is_known(keys)).and_then(|keys| typing::decoded_word(keys, is_known));
    if let Some(typed) = raw(word).and_then(typing::decoded).or_else(known) {
        let meant = Word::made(&typed.plain, typed.tone);
        if is_short_name(word, query) {
            // Keystrokes in a title come behind the name in a body.
            return vec![plainly(word.clone()), Way { weight: 0.15, ..plainly(meant) }];
        }
        // It may be a word of another language all the same.
        let as_typed = Way { weight: 0.9, in_pairs: false, ..plainly(word.clone()) };
        return vec![plainly(meant), as_typed];
    }
    let mut ways = vec![Way { in_pairs: !is_date(word), ..plainly(word.clone()) }];
    let is_long = word.folded.len() >= LONG_ENOUGH && word.folded.chars().all(char::is_alphabetic);
    if is_long && !is_known(&word.folded) {
        let [alone, most] = CORRECTIONS;
        let nearest = dictionary.near(&word.folded, mistakes, most).into_iter().enumerate();
        ways.extend(nearest.map(|(at, entry)| Way {
            weight: 0.7,
            alone: at < alone,
            correction: Some(entry.written.clone()),
            ..plainly(Word::of(&entry.folded))
        }));
    }
    ways
}

/// Adds what an unfinished word may become: after another word, whose `nexts` are known, only what follows that in articles.
fn add_endings(slot: &mut Slot, word: &Word, query: &str, nexts: Option<&[Next]>, dictionary: &Dictionary) {
    let follows = nexts.is_some();
    let raw = |word| raw(word).filter(|_| !is_short_name(word, query));
    let written = folded(&query[word.place.clone()]);
    let decoded = raw(word).and_then(typing::decoded_beginning).filter(|decoded| *decoded != written);
    // Of one or two letters that are no syllable, as `th`, more is to come.
    let is_known = !word.is_marked() && word.folded.len() > 2 && dictionary.find(&word.folded).is_some();
    let plain = word.exact.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_whole = if word.is_marked() { is_syllable(plain) } else { looks_like_syllable(&word.folded) };
    let is_word = is_known || is_whole || raw(word).and_then(typing::decoded).is_some();
    if is_word && !follows && dictionary.find(&slot.ways[0].word.folded).is_some() {
        return;
    }
    let known = nexts.unwrap_or_default();
    let often = |entry: &Entry| {
        let half = half(Word::of(&entry.folded).term());
        known.binary_search_by_key(&half, |next| next.half).ok().map(|at| known[at].frequency)
    };
    let most = if known.is_empty() { ENDINGS } else { KNOWN_ENDINGS };
    // What looks like keystrokes may begin a word of another language: `intern`.
    let beginnings = [Some(written), decoded].into_iter().flatten();
    let endings = beginnings.flat_map(|from| dictionary.beginning_with(&from, word, often, most[usize::from(is_word)]));
    // More than a few are read only where a pair tells which of them are meant.
    let endings = endings.take(if follows { usize::MAX } else { 3 });
    let way =
        |folded: &str| Way { word: Word::of(folded), weight: 0.6, alone: !follows, in_pairs: true, correction: None };
    let endings: Vec<Way> = endings.map(|entry| way(&entry.folded)).collect();
    if !endings.is_empty() {
        // What only wants its end is not mistyped.
        slot.ways.retain(|way| way.correction.is_none());
        slot.ways.extend(endings);
    }
    if !is_word && slot.ways.len() > 1 {
        slot.ways[0].weight *= 0.5;
    }
}

/// The letters of an unfinished word without their marks. A final y is no i yet, as in a word that is whole: `quy` becomes
/// `quyết`.
fn folded(written: &str) -> String {
    let base = |c| match part(c) {
        Part::Letter(letter) => Some(letter.base),
        _ => None,
    };
    written.chars().filter_map(base).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionary() -> Dictionary {
        let words = ["đường", "dùng", "Nguyễn", "facebook", "thống", "kê", "kênh", "as", "ôtô"];
        let entry = |written: &str| Entry {
            folded: super::words(written)[0].folded.clone(),
            written: written.to_lowercase(),
            frequency: 5,
        };
        Dictionary::new(words.map(entry).to_vec())
    }

    /// The ways of each word, one word a text; those looked up in pairs only in brackets.
    fn meant(query: &str) -> Vec<String> {
        let said = |way: &Way| match &way.correction {
            Some(written) => format!("({written})"),
            None if way.alone => way.word.exact.clone(),
            None => format!("[{}]", way.word.exact),
        };
        let slots = slots(query, &dictionary(), 1_000, 1, &[]);
        slots.iter().map(|slot| slot.ways.iter().map(said).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn words_are_what_they_are() {
        assert_eq!(meant("Thống kê "), ["thông2", "kê"]);
        assert_eq!(meant("thong ke "), ["thong", "ke"]);
        assert!(meant(" … 🙂").is_empty());
    }

    #[test]
    fn raw_keystrokes_are_what_they_were_meant_to_be_or_what_they_are() {
        assert_eq!(meant("thoongs d9u7o7ng2 "), ["thông2 thoongs", "đương1 d9u7o7ng2"]);
        assert_eq!(meant("tax "), ["ta4 tax"]);
        assert_eq!(meant("ootoo kee "), ["ôtô ootoo", "kê kee"]);
    }

    #[test]
    fn short_names_are_no_keystrokes() {
        assert_eq!(meant("Ban Tổ chức TW "), ["ban", "tô3", "chưc2", "tw tư"]);
        assert_eq!(meant("tw "), ["tw tư"]);
        assert_eq!(meant("US "), ["us u2"]);
        assert_eq!(meant("khu A1 "), ["khu", "a1 a2"]);
        assert_eq!(meant("Us khu a1 "), ["u2 us", "khu", "a2 a1"], "not in capitals");
        assert_eq!(meant("THOONGS TIN US "), ["thông2 thoongs", "tin", "u2 us"], "all in capitals");
        assert_eq!(meant("đường TW"), ["đương1", "tw tư"], "unfinished");
    }

    #[test]
    fn an_unfinished_word_may_become_others_that_follow_the_word_before() {
        assert_eq!(meant("ke"), ["ke"], "a word already, with nothing before it");
        assert_eq!(meant("du"), ["du dung duong"], "a syllable that no article has");
        assert_eq!(meant("thong nguye"), ["thong", "nguye [nguyen]"], "no correction");
        assert_eq!(meant("đườ"), ["đươ1 duong"]);
        assert_eq!(meant("thong du"), ["thong", "du [dung] [duong]"]);
        assert_eq!(meant("thong đườ"), ["thong", "đươ1 [duong]"]);
        assert_eq!(meant("thong dd"), ["thong", "dd [dung] [duong]"]);
        assert_eq!(meant("thong dduwo"), ["thong", "dduwo [duong]"]);
        assert_eq!(meant("du thong"), ["du", "thong"]);
        assert_eq!(meant("du "), ["du"], "a space ends it");
    }

    #[test]
    fn what_follows_the_word_before_is_meant() {
        let next = Next { half: half(Word::of("duong").term()), frequency: 2 };
        let slots = slots("thong dd", &dictionary(), 1_000, 1, &[next]);
        let said: Vec<&str> = slots[1].ways.iter().map(|way| way.word.folded.as_str()).collect();
        assert_eq!(said, ["dd", "duong"]);
    }

    #[test]
    fn of_frequent_words_only_so_many_postings_are_looked_up() {
        let entry = |folded: &str| Entry { folded: folded.to_owned(), written: folded.to_owned(), frequency: 13 };
        let dictionary = Dictionary::new(["phuong", "thanh", "xuan"].map(entry).to_vec());
        let alone = |query: &str| {
            let slots = slots(query, &dictionary, 50_000, 1, &[]);
            slots.iter().map(|slot| slot.by_itself).collect::<Vec<_>>()
        };
        assert_eq!(alone("phuong thanh xuan "), [true, false, false]);
        assert_eq!(alone("phuong zzz "), [true, true], "one that articles have is looked up, whatever it costs");
    }

    #[test]
    fn a_mistyped_word_is_corrected() {
        assert_eq!(meant("nguyn facebok "), ["nguyn (nguyễn)", "facebok (facebook)"]);
        assert_eq!(meant("kex "), ["ke4 kex"], "too short, and raw keystrokes");
    }

    #[test]
    fn long_queries_are_cut() {
        let long = "một ".repeat(2_500);
        assert_eq!(searched(&long), "một ".repeat(MOST_WORDS), "after a word that is whole");
        assert_eq!(searched("một hai"), "một hai");
        assert_eq!(searched(&"ư".repeat(10_000)).len(), 20_000, "a single word");
        assert_eq!(searched(""), "");
    }

    #[test]
    fn of_however_many_words_few_are_looked_up() {
        let letters = || "abcdeghiklmn".chars();
        let folded = letters().flat_map(|one| letters().map(move |other| format!("tro{one}{other}")));
        let entry = |folded: String| Entry { written: folded.clone(), folded, frequency: 3 };
        let entries: Vec<Entry> = folded.map(entry).collect();
        let mut halves: Vec<u16> = entries.iter().map(|entry| half(Word::of(&entry.folded).term())).collect();
        halves.sort_unstable();
        let nexts: Vec<Next> = halves.into_iter().map(|half| Next { half, frequency: 1 }).collect();
        let dictionary = Dictionary::new(entries);
        let ways = |query: &str, nexts: &[Next]| {
            slots(query, &dictionary, 1_000, 1, nexts).last().map_or(0, |slot| slot.ways.len())
        };
        assert_eq!(ways("một tr", &[]), 1 + ENDINGS[0]);
        assert_eq!(ways("một tr", &nexts), 1 + KNOWN_ENDINGS[0]);
        assert_eq!(ways("một tro", &[]), 1 + ENDINGS[1]);
        assert_eq!(ways("một troqa ", &[]), 1 + CORRECTIONS[1]);
    }
}
