//! The words that articles have: what an unfinished word may become, and what a mistyped one may have been meant to be.
//!
//! A plain sorted list, scanned: a few thousand words are looked through in less time than a letter takes to type, and
//! packed they weigh less than an automaton of them and the code to walk it (ARCHITECTURE.md, "Search").

use super::format::{Damaged, Reader, put, put_text};

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

    /// The most frequent words that begin so, except the beginning itself.
    pub fn beginning_with(&self, beginning: &str, most: usize) -> Vec<&Entry> {
        let from = self.0.partition_point(|entry| entry.folded.as_str() < beginning);
        let words = self.0[from..].iter().take_while(|entry| entry.folded.starts_with(beginning));
        most_frequent(words.filter(|entry| entry.folded != beginning), most)
    }

    /// The most frequent words that are one mistake away: a letter too many, too few, another, or two exchanged.
    pub fn near(&self, folded: &str, most: usize) -> Vec<&Entry> {
        most_frequent(self.0.iter().filter(|entry| is_one_mistake(&entry.folded, folded)), most)
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

/// The most frequent of some words; of those alike the shortest, then the first.
fn most_frequent<'a>(words: impl Iterator<Item = &'a Entry>, most: usize) -> Vec<&'a Entry> {
    let mut best: Vec<&Entry> = Vec::new();
    for word in words {
        let rank = |entry: &Entry| (entry.frequency, usize::MAX - entry.folded.len());
        let at = best.iter().position(|other| rank(other) < rank(word)).unwrap_or(best.len());
        best.insert(at, word);
        best.truncate(most);
    }
    best
}

fn is_one_mistake(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let shorter = one.len().min(other.len());
    if one.len().max(other.len()) > shorter + 1 {
        return false;
    }
    let before = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let after = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count().min(shorter - before);
    match (&one[before..one.len() - after], &other[before..other.len() - after]) {
        ([a, b], [c, d]) => a == d && b == c,
        (rest, other) => rest.len() + other.len() > 0 && rest.len() <= 1 && other.len() <= 1,
    }
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

    #[test]
    fn words_are_completed() {
        assert_eq!(written(dictionary().beginning_with("du", 9)), ["đường", "dùng"]);
        assert_eq!(written(dictionary().beginning_with("du", 1)), ["đường"]);
        assert!(dictionary().beginning_with("x", 9).is_empty());
    }

    #[test]
    fn one_mistake_is_seen_through() {
        for typed in ["nguyn", "nguyenn", "nguyan", "nugyen", "nguyne", "xnguyen", "guyen"] {
            assert_eq!(written(dictionary().near(typed, 9)), ["nguyễn"], "{typed}");
        }
        for typed in ["nguyen", "ngyne", "nguy", ""] {
            assert!(dictionary().near(typed, 9).is_empty(), "{typed}");
        }
    }
}
