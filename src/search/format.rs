//! The files of the index: how they are cut and coded.
//!
//! | file | holds |
//! | --- | --- |
//! | `entry` | the sections, and what the other files are called |
//! | `…/f0` facts | of each article, oldest first: section, year, length of its title |
//! | `…/p…` a part of postings | for each term of one range of hashes, the articles that have it |
//! | `…/h…` a part of hits | what a result shows, of some articles |
//! | `d-…` dictionary | the words that articles have, as far as typing needs them |
//! | `t-…` tail | the newest articles as texts: a new article changes this file instead of a part of all others |
//!
//! All but the entry stand in `parts/`; dictionary and tail have a hash in their names, the others a folder whose name
//! is a hash of all articles in them. Every file is packed with zlib, which browsers unpack by themselves, so that no
//! host need know how to. Numbers are LEB128. Nothing read is trusted: a damaged file is an error, never a panic or a
//! large allocation.

use std::fmt;

/// The first byte of the entry; a program of another version does not read it.
pub const VERSION: u8 = 2;
/// The name of the entry.
pub const ENTRY: &str = "entry.bin";
/// Terms are hashes of this many bits.
pub const TERM_BITS: u32 = 32;

/// The beginning of a hash, as it stands in names.
pub type Hash = [u8; 6];

/// Where in an article a term stands, from the least to the most telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// In its body only.
    Body,
    /// In its lead or tags.
    Lead,
    /// In its title.
    Title,
}

impl Field {
    const ALL: [Self; 3] = [Self::Body, Self::Lead, Self::Title];

    /// The field that was written as this number.
    pub fn from_bits(bits: u8) -> Self {
        Self::ALL[usize::from(bits).min(2)]
    }
}

/// A file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged;

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a file of the search index is damaged")
    }
}

/// One article that has a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The article, numbered from 0, the oldest.
    pub article: u32,
    /// Where the term stands.
    pub field: Field,
}

/// The articles that have a word in one spelling.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// The spelling with marks, as [`spelling`].
    pub spelling: u16,
    /// The articles, oldest first.
    pub list: Vec<Posting>,
}

/// The terms of a part: hashes in order, each with its articles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// The words, each in all its spellings.
    pub words: Vec<(u32, Vec<Group>)>,
    /// The pairs of words; how they are spelled follows from their words.
    pub pairs: Vec<(u32, Vec<Posting>)>,
}

/// The name of a file that belongs to a generation of articles.
pub fn name(kind: char, number: usize, generation: Hash) -> String {
    format!("parts/{}/{kind}{number:x}.bin", digits(generation))
}

/// The name of a file of its own.
pub fn own_name(kind: char, hash: Hash) -> String {
    format!("parts/{kind}-{}.bin", digits(hash))
}

fn digits(hash: Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A short stand-in for a spelling with marks.
pub fn spelling(exact: &str) -> u16 {
    exact.bytes().fold(0x811c, |hash: u16, byte| (hash ^ u16::from(byte)).wrapping_mul(0x0193).rotate_left(3))
}

/// Which of `parts` parts holds a term.
pub fn part_of(term: u32, parts: u32) -> u32 {
    ((u64::from(term) * u64::from(parts)) >> TERM_BITS) as u32
}

/// Writes a number.
pub fn put(number: u64, out: &mut Vec<u8>) {
    let mut rest = number;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// Writes a number that may be below zero.
pub fn put_signed(number: i64, out: &mut Vec<u8>) {
    put((number.unsigned_abs() << 1) - u64::from(number < 0), out);
}

/// Writes a text with its length.
pub fn put_text(text: &str, out: &mut Vec<u8>) {
    put(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
}

/// Reads what [`put`] and [`put_text`] wrote.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Reads these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next byte.
    ///
    /// # Errors
    /// There is none.
    pub fn byte(&mut self) -> Result<u8, Damaged> {
        let (first, rest) = self.0.split_first().ok_or(Damaged)?;
        self.0 = rest;
        Ok(*first)
    }

    /// The next bytes.
    ///
    /// # Errors
    /// There are not so many.
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], Damaged> {
        let (first, rest) = self.0.split_at_checked(count).ok_or(Damaged)?;
        self.0 = rest;
        Ok(first)
    }

    /// A hash.
    ///
    /// # Errors
    /// The bytes end within it.
    pub fn hash(&mut self) -> Result<Hash, Damaged> {
        self.bytes(size_of::<Hash>())?.try_into().map_err(|_| Damaged)
    }

    /// The next number.
    ///
    /// # Errors
    /// The bytes end within it, or it is too large.
    pub fn number(&mut self) -> Result<u64, Damaged> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Damaged)
    }

    /// The next number, if it fits.
    ///
    /// # Errors
    /// As [`Reader::number`].
    pub fn small(&mut self) -> Result<u32, Damaged> {
        u32::try_from(self.number()?).map_err(|_| Damaged)
    }

    /// The next number that [`put_signed`] wrote.
    ///
    /// # Errors
    /// As [`Reader::number`].
    pub fn signed(&mut self) -> Result<i64, Damaged> {
        let number = self.number()?;
        let half = i64::try_from(number.div_ceil(2)).map_err(|_| Damaged)?;
        Ok(if number % 2 == 1 { -half } else { half })
    }

    /// How many things follow, each of at least one byte.
    ///
    /// # Errors
    /// There cannot be so many.
    pub fn count(&mut self) -> Result<usize, Damaged> {
        let count = self.small()? as usize;
        if count <= self.0.len() { Ok(count) } else { Err(Damaged) }
    }

    /// So many numbers.
    ///
    /// # Errors
    /// As [`Reader::number`].
    pub fn column(&mut self, count: usize) -> Result<Vec<u32>, Damaged> {
        (0..count).map(|_| self.small()).collect()
    }

    /// The next text.
    ///
    /// # Errors
    /// The bytes end within it, or it is no UTF-8.
    pub fn text(&mut self) -> Result<&'a str, Damaged> {
        let length = self.count()?;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| Damaged)
    }
}

/// Writes the articles of lists: first the gaps between them, then their fields, four a byte, since what is alike
/// packs best side by side.
fn put_lists<'a>(lists: impl Iterator<Item = &'a [Posting]> + Clone, out: &mut Vec<u8>) {
    for list in lists.clone() {
        let mut next = 0;
        for posting in list {
            put(u64::from(posting.article - next), out);
            next = posting.article + 1;
        }
    }
    let fields: Vec<u8> = lists.flatten().map(|posting| posting.field as u8).collect();
    out.extend(fields.chunks(4).map(|four| four.iter().rev().fold(0, |byte, field| byte << 2 | field)));
}

/// Reads one of several lists: `skipped` postings stand before it, `after` follow it.
fn read_list(from: &mut Reader<'_>, skipped: usize, count: usize, after: usize) -> Result<Vec<Posting>, Damaged> {
    for _ in 0..skipped {
        from.number()?;
    }
    let (mut articles, mut next) = (Vec::new(), 0_u32);
    for _ in 0..count {
        let article = next.checked_add(from.small()?).ok_or(Damaged)?;
        articles.push(article);
        next = article.checked_add(1).ok_or(Damaged)?;
    }
    for _ in 0..after {
        from.number()?;
    }
    let fields = from.bytes((skipped + count + after).div_ceil(4))?;
    let field = |at: usize| Field::from_bits(fields[at / 4] >> (at % 4 * 2) & 3);
    Ok((skipped..).zip(articles).map(|(at, article)| Posting { article, field: field(at) }).collect())
}

impl Part {
    /// The bytes of the part.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put(self.words.len() as u64, &mut out);
        let mut before = 0;
        for (term, groups) in &self.words {
            put(u64::from(term - before), &mut out);
            before = *term;
            let mut coded = Vec::new();
            put(groups.len() as u64, &mut coded);
            for group in groups {
                coded.extend(group.spelling.to_le_bytes());
                put(group.list.len() as u64, &mut coded);
                put_lists(std::iter::once(group.list.as_slice()), &mut coded);
            }
            put(coded.len() as u64, &mut out);
            out.extend_from_slice(&coded);
        }
        put(self.pairs.len() as u64, &mut out);
        let mut before = 0;
        for (term, _) in &self.pairs {
            put(u64::from(term - before), &mut out);
            before = *term;
        }
        self.pairs.iter().for_each(|(_, list)| put(list.len() as u64, &mut out));
        put_lists(self.pairs.iter().map(|(_, list)| list.as_slice()), &mut out);
        out
    }

    /// The articles that have a word, by its spellings; none if no article has it.
    ///
    /// # Errors
    /// The part is damaged.
    pub fn word(wanted: u32, bytes: &[u8]) -> Result<Vec<Group>, Damaged> {
        let mut reader = Reader::new(bytes);
        let mut term = 0_u32;
        for _ in 0..reader.count()? {
            term = term.checked_add(reader.small()?).ok_or(Damaged)?;
            let length = reader.count()?;
            let coded = reader.bytes(length)?;
            if term == wanted {
                let mut coded = Reader::new(coded);
                return (0..coded.count()?).map(|_| read_group(&mut coded)).collect();
            }
        }
        Ok(Vec::new())
    }

    /// The articles that have a pair of words; none if no article has it.
    ///
    /// # Errors
    /// The part is damaged.
    pub fn pair(wanted: u32, bytes: &[u8]) -> Result<Vec<Posting>, Damaged> {
        let mut reader = Reader::new(bytes);
        for _ in 0..reader.count()? {
            reader.small()?;
            let length = reader.count()?;
            reader.bytes(length)?;
        }
        let count = reader.count()?;
        let mut term = 0_u32;
        let mut place = None;
        for (at, gap) in reader.column(count)?.into_iter().enumerate() {
            term = term.checked_add(gap).ok_or(Damaged)?;
            if term == wanted {
                place = Some(at);
            }
        }
        let Some(place) = place else { return Ok(Vec::new()) };
        let lengths = reader.column(count)?;
        let sum = |lengths: &[u32]| lengths.iter().map(|length| *length as usize).fold(0, usize::saturating_add);
        read_list(&mut reader, sum(&lengths[..place]), lengths[place] as usize, sum(&lengths[place + 1..]))
    }
}

fn read_group(from: &mut Reader<'_>) -> Result<Group, Damaged> {
    let spelling = u16::from_le_bytes([from.byte()?, from.byte()?]);
    let length = from.small()?;
    Ok(Group { spelling, list: read_list(from, 0, length as usize, 0)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part() -> Part {
        let posting = |article, field| Posting { article, field };
        let list = vec![posting(0, Field::Title), posting(7, Field::Body), posting(300, Field::Lead)];
        let group = |spelling, list: &[Posting]| Group { spelling, list: list.to_vec() };
        Part {
            words: vec![
                (3, vec![group(spelling("duong"), &list[1..2])]),
                (900, vec![group(spelling("đương1"), &list), group(spelling("dương"), &list[..2])]),
            ],
            pairs: vec![(3, list.clone()), (70, list[2..].to_vec()), (1 << 31, list[..1].to_vec())],
        }
    }

    #[test]
    fn what_is_written_is_found() {
        let (part, bytes) = (part(), part().to_bytes());
        for (term, groups) in &part.words {
            assert_eq!(Part::word(*term, &bytes).as_ref(), Ok(groups));
        }
        for (term, list) in &part.pairs {
            assert_eq!(Part::pair(*term, &bytes).as_ref(), Ok(list));
        }
        assert_eq!(Part::word(4, &bytes), Ok(Vec::new()));
        assert_eq!(Part::pair(900, &bytes), Ok(Vec::new()));
        assert_eq!(Part::pair(1, &Part::default().to_bytes()), Ok(Vec::new()));
    }

    #[test]
    fn damage_is_noticed_or_harmless() {
        let bytes = part().to_bytes();
        for length in 0..bytes.len() {
            assert!(Part::pair(70, &bytes[..length]).is_err(), "cut at {length}");
        }
        for at in 0..bytes.len() {
            for byte in [0, 0x7f, 0xff] {
                let mut broken = bytes.clone();
                broken[at] = byte;
                for term in [3, 900, 70, 1 << 31] {
                    _ = Part::word(term, &broken);
                    _ = Part::pair(term, &broken);
                }
            }
        }
    }

    #[test]
    fn terms_are_spread_over_parts() {
        assert_eq!(part_of(0, 16), 0);
        assert_eq!(part_of(u32::MAX, 16), 15);
    }
}
