//! The words that articles have: what an unfinished word may become, and what a mistyped one may have been meant to be.
//!
//! A plain sorted list, scanned: a few thousand words are looked through in less time than a letter takes to type, and
//! packed they weigh less than an automaton of them and the code to walk it (ARCHITECTURE.md, "Search").

use super::analysis::{Word, words};
use super::format::{Damaged, Reader, put, put_text};
use super::letters::base_of;
use super::syllable::looks_like_syllable;

/// Longer words are not compared.
const LONGEST: usize = 30;

/// A word that articles have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Without marks.
    pub folded: String,
    /// As it is written most often.
    pub written: String,
    /// The logarithm to base 2 of how many articles have it.
    pub frequency: u8,
}

/// The words, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dictionary(Vec<Entry>);

impl Dictionary {
    /// A dictionary of these words; of those written alike without marks the most frequent stays.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|a, b| {
            a.folded.cmp(&b.folded).then(b.frequency.cmp(&a.frequency)).then_with(|| a.written.cmp(&b.written))
        });
        entries.dedup_by(|later, first| later.folded == first.folded);
        Self(entries)
    }

    /// The word, if articles have it.
    pub fn find(&self, folded: &str) -> Option<&Entry> {
        self.0.binary_search_by(|entry| entry.folded.as_str().cmp(folded)).ok().map(|at| &self.0[at])
    }

    /// The most frequent words that what was typed may become, except itself: those that begin so and whose marks agree
    /// with those typed so far. The folded beginning is told apart, since raw keystrokes have another. Where some of
    /// them `follow` the word before, only these, the more often the earlier: it tells the logarithm of how often.
    pub fn beginning_with(
        &self,
        beginning: &str,
        typed: &Word,
        follow: impl Fn(&Entry) -> Option<u8>,
        most: usize,
    ) -> Vec<&Entry> {
        let from = self.0.partition_point(|entry| entry.folded.as_str() < beginning);
        let words = self.0[from..].iter().take_while(|entry| entry.folded.starts_with(beginning));
        // Of a word that follows in articles its other spellings may be meant, which are not kept.
        let fits = |entry: &Entry| !typed.is_marked() || follow(entry).is_some() || agree(typed, entry);
        let longer = words.filter(|entry| entry.folded != beginning && fits(entry));
        let rank = |entry: &Entry| follow(entry).map_or(usize::MAX, |often| usize::from(u8::MAX - often));
        let mut found = most_frequent(longer, rank, most);
        if found.first().is_some_and(|first| follow(first).is_some()) {
            found.retain(|entry| follow(entry).is_some());
        }
        found
    }

    /// The most frequent words that are so many mistakes away at most, the nearest first: a letter too many, too few,
    /// another, or two exchanged.
    pub fn near(&self, folded: &str, mistakes: usize, most: usize) -> Vec<&Entry> {
        let far = |entry: &Entry| distance(&entry.folded, folded, mistakes);
        let near = self.0.iter().filter(|entry| (1..=mistakes).contains(&far(entry)));
        most_frequent(near, far, most)
    }

    /// The two syllables that a word without a space may have been meant to be: `hocsinh`.
    pub fn split(&self, folded: &str) -> Option<[&Entry; 2]> {
        let places = (1..folded.len()).filter(|at| folded.is_char_boundary(*at));
        let known = |part: &str| self.find(part).filter(|_| looks_like_syllable(part));
        let pairs = places.filter_map(|at| Some([known(&folded[..at])?, known(&folded[at..])?]));
        pairs.max_by_key(|pair| pair[0].frequency.min(pair[1].frequency))
    }

    /// The bytes of the dictionary, column by column.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put(self.0.len() as u64, &mut out);
        let mut rests = String::new();
        let mut before = "";
        for entry in &self.0 {
            let shared = before.bytes().zip(entry.folded.bytes()).take_while(|(one, other)| one == other).count();
            let shared = (0..=shared.min(255)).rev().find(|at| entry.folded.is_char_boundary(*at)).unwrap_or(0);
            out.push(shared as u8);
            rests.push_str(&entry.folded[shared..]);
            rests.push('\n');
            before = &entry.folded;
        }
        out.extend(self.0.iter().map(|entry| entry.frequency));
        put_text(&rests, &mut out);
        let written = self.0.iter().map(|entry| if entry.written == entry.folded { "" } else { &entry.written });
        put_text(&written.collect::<Vec<_>>().join("\n"), &mut out);
        out
    }

    /// Reads what [`Dictionary::to_bytes`] wrote.
    ///
    /// # Errors
    /// The bytes are damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut reader = Reader::new(bytes);
        let count = reader.count()?;
        let (shared, frequencies) = (reader.bytes(count)?, reader.bytes(count)?);
        let (mut rests, mut written) = (reader.text()?.split('\n'), reader.text()?.split('\n'));
        let mut entries: Vec<Entry> = Vec::with_capacity(count);
        for (shared, frequency) in shared.iter().zip(frequencies) {
            let before = entries.last().map_or("", |entry| entry.folded.as_str());
            let mut folded = before.get(..usize::from(*shared)).ok_or(Damaged)?.to_owned();
            folded.push_str(rests.next().ok_or(Damaged)?);
            let written = Some(written.next().ok_or(Damaged)?).filter(|text| !text.is_empty()).unwrap_or(&folded);
            entries.push(Entry { written: written.to_owned(), folded, frequency: *frequency });
        }
        Ok(Self(entries))
    }
}

/// The nearest of some words; of those alike the most frequent, the shortest, the first.
fn most_frequent<'a>(
    words: impl Iterator<Item = &'a Entry>,
    far: impl Fn(&Entry) -> usize,
    most: usize,
) -> Vec<&'a Entry> {
    let mut best: Vec<(usize, &Entry)> = Vec::new();
    for word in words {
        let far = far(word);
        let rank =
            |(far, entry): &(usize, &Entry)| (usize::MAX - far, entry.frequency, usize::MAX - entry.folded.len());
        let at = best.iter().position(|other| rank(other) < rank(&(far, word))).unwrap_or(best.len());
        best.insert(at, (far, word));
        best.truncate(most);
    }
    best.into_iter().map(|(_, entry)| entry).collect()
}

/// Could this be the beginning of that word, by the marks it has?
fn agree(typed: &Word, entry: &Entry) -> bool {
    let Some(word) = words(&entry.written).into_iter().next() else { return false };
    let apart = |exact: &str| {
        let tone = exact.chars().last().filter(char::is_ascii_digit);
        let plain: Vec<char> = exact.chars().filter(|c| !c.is_ascii_digit()).collect();
        (plain, tone)
    };
    let ((typed, tone), (whole, whole_tone)) = (apart(&typed.exact), apart(&word.exact));
    let letters = typed.iter().zip(&whole).all(|(one, other)| one == other || *one == base_of(*other));
    letters && (tone.is_none() || tone == whole_tone)
}

/// How many mistakes lie between two words; more than `most` where that is plain.
fn distance(one: &str, other: &str, most: usize) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > most || other.len() > LONGEST {
        return most + 1;
    }
    // Rows of the table of Damerau and Levenshtein, with exchanges of neighbours only.
    let mut rows = [[0; LONGEST + 1]; 3];
    rows[0] = std::array::from_fn(|at| at);
    for (at, letter) in one.iter().enumerate() {
        let (now, last, before) = ((at + 1) % 3, at % 3, (at + 2) % 3);
        rows[now][0] = at + 1;
        for (to, target) in other.iter().enumerate() {
            let changed = rows[last][to] + usize::from(letter != target);
            let mut least = changed.min(rows[last][to + 1] + 1).min(rows[now][to] + 1);
            if at > 0 && to > 0 && one[at - 1] == *target && letter == &other[to - 1] {
                least = least.min(rows[before][to - 1] + 1);
            }
            rows[now][to + 1] = least;
        }
    }
    rows[one.len() % 3][other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionary() -> Dictionary {
        let entry = |folded: &str, written: &str, frequency| Entry {
            folded: folded.to_owned(),
            written: written.to_owned(),
            frequency,
        };
        Dictionary::new(vec![
            entry("duong", "đường", 9),
            entry("duong", "dương", 4),
            entry("du", "du", 5),
            entry("dung", "dùng", 7),
            entry("facebook", "facebook", 3),
            entry("nguyen", "nguyễn", 8),
        ])
    }

    fn written(entries: Vec<&Entry>) -> Vec<&str> {
        entries.into_iter().map(|entry| entry.written.as_str()).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(Dictionary::read(&dictionary().to_bytes()), Ok(dictionary()));
        assert_eq!(Dictionary::read(&Dictionary::default().to_bytes()), Ok(Dictionary::default()));
        let bytes = dictionary().to_bytes();
        for length in 0..bytes.len() {
            assert_eq!(Dictionary::read(&bytes[..length]), Err(Damaged), "cut at {length}");
        }
    }

    fn typed(text: &str) -> Word {
        words(text).remove(0)
    }

    #[test]
    fn words_are_completed_as_their_marks_allow() {
        let completed = |text: &str, most| {
            let typed = typed(text);
            written(dictionary().beginning_with(&typed.folded.clone(), &typed, |_| None, most)).join(" ")
        };
        assert_eq!(completed("du", 9), "đường dùng");
        assert_eq!(completed("du", 1), "đường");
        assert_eq!(completed("đu", 9), "đường");
        assert_eq!(completed("đườ", 9), "đường");
        assert_eq!(completed("đướ", 9), "");
        assert_eq!(completed("dù", 9), "đường dùng", "marks of letters may come later");
        assert_eq!(completed("x", 9), "");
    }

    #[test]
    fn what_follows_the_word_before_is_meant() {
        let follow = |entry: &Entry| (entry.folded == "dung").then_some(1);
        let dictionary = dictionary();
        assert_eq!(written(dictionary.beginning_with("du", &typed("du"), follow, 9)), ["dùng"]);
        assert_eq!(written(dictionary.beginning_with("duo", &typed("duo"), follow, 9)), ["đường"], "none does");
    }

    #[test]
    fn mistakes_are_seen_through() {
        for typed in ["nguyn", "nguyenn", "nguyan", "nugyen", "nguyne", "xnguyen", "guyen"] {
            assert_eq!(written(dictionary().near(typed, 1, 9)), ["nguyễn"], "{typed}");
        }
        for typed in ["nguyen", "ngyne", "nguy", "", "ngueyns"] {
            assert!(dictionary().near(typed, 1, 9).is_empty(), "{typed}");
        }
        assert_eq!(written(dictionary().near("ngyne", 2, 9)), ["nguyễn"]);
        assert!(dictionary().near(&"x".repeat(10_000), 2, 9).is_empty());
    }

    #[test]
    fn words_without_their_space_come_apart() {
        let split = |text: &str| dictionary().split(text).map(|pair| pair.map(|entry| entry.written.clone()).join(" "));
        assert_eq!(split("duongnguyen").as_deref(), Some("đường nguyễn"));
        assert_eq!(split("duong"), None);
    }
}
