//! The files of the index: how they are cut and coded.
//!
//! | file | holds |
//! | --- | --- |
//! | `entry` | the sections, and what the next four are called |
//! | `f-…` facts | of each article, oldest first: section, year, length of its title |
//! | `d-…` dictionary | the words that articles have, as far as typing needs them |
//! | `t-…` tail | the newest articles as texts: a new article changes this file instead of a part of all others |
//! | `m-…` marks | what the files below are called |
//! | `p…` a part of postings | for each term of one range of hashes, the articles that have it |
//! | `n…` followers | for each word of one range of hashes, the words that follow it ([`nexts`](super::nexts)) |
//! | `h…` a part of hits | what a result shows, of some articles |
//!
//! All but the entry stand in `parts/` and have a hash of their bytes in their names: the first four one of their own, the
//! others, of which there are thousands, share a short one with their neighbours, as [`Marks`] says. Every file is packed with zlib, which browsers unpack by themselves, so that no
//! host need know how to. Numbers are LEB128, lists of articles [`bits`](super::bits). Nothing read is trusted: a damaged file is an error, never a panic or a
//! large allocation.

use super::bits::{BitReader, BitWriter};
use std::fmt;
use std::ops::Range;

/// The first byte of the entry; a program of another version does not read it.
pub const VERSION: u8 = 7;
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

/// The articles that have a word or a pair in one spelling.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// The spelling with marks, as [`spelling`] or [`pair_spelling`].
    pub spelling: u16,
    /// The articles, oldest first.
    pub list: Vec<Posting>,
}

/// The terms of a part: hashes in order, each with its articles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// The words, each in all its spellings.
    pub words: Vec<(u32, Vec<Group>)>,
    /// The pairs of words, each spelling a term of its own, as [`pair_term`] makes it.
    pub pairs: Vec<(u32, Vec<Posting>)>,
}

/// The name of a file of its own.
pub fn own_name(kind: char, hash: Hash) -> String {
    format!("parts/{kind}-{}.bin", digits(&hash))
}

fn digits(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A kind of files of which there are many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Parts of postings.
    Postings,
    /// Parts of hits.
    Hits,
    /// Followers.
    Nexts,
}

impl Kind {
    /// All of them, as their marks follow each other.
    pub const ALL: [Self; 3] = [Self::Postings, Self::Hits, Self::Nexts];

    /// The letter of their names, and how many different marks they have at most.
    const fn facts(self) -> (char, usize) {
        match self {
            Self::Postings => ('p', 1024),
            Self::Hits => ('h', 256),
            Self::Nexts => ('n', 256),
        }
    }

    /// How many of so many files share a mark.
    pub fn sharing(self, files: usize) -> usize {
        files.div_ceil(self.facts().1).max(1)
    }
}

/// The beginning of a hash of the bytes of some files: with three bytes, one of 16 million changes goes without another name.
pub type Mark = [u8; 3];

/// The marks of all files of which there are many: what changes in an article renames only the files that have it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// Names the folder, so that numbers of articles mean the same in all its files.
    articles: u32,
    /// Of each kind how many files share a mark, and the marks.
    of: [(usize, Vec<Mark>); 3],
}

impl Marks {
    /// None yet, of so many files of each kind and so many articles in them.
    pub fn new(articles: u32, files: [usize; 3]) -> Self {
        let of = |kind: Kind| {
            let (files, sharing) = (files[kind as usize], kind.sharing(files[kind as usize]));
            (sharing, vec![Mark::default(); files.div_ceil(sharing)])
        };
        Self { articles, of: Kind::ALL.map(of) }
    }

    /// Sets the mark that files share.
    pub fn set(&mut self, kind: Kind, number: usize, mark: Mark) {
        self.of[kind as usize].1[number] = mark;
    }

    /// The name of a file.
    pub fn name(&self, kind: Kind, number: usize) -> String {
        let (sharing, marks) = &self.of[kind as usize];
        let mark = marks.get(number / sharing.max(&1)).copied().unwrap_or_default();
        marked_name(self.articles, kind, number, mark)
    }

    /// The bytes of all of them.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.of.iter().flat_map(|(_, marks)| marks.iter().flatten()).copied().collect()
    }

    /// Reads what [`Marks::to_bytes`] wrote, into those of as many files.
    ///
    /// # Errors
    /// There are not so many.
    pub fn read(&mut self, bytes: &[u8]) -> Result<(), Damaged> {
        let mut reader = Reader::new(bytes);
        for mark in self.of.iter_mut().flat_map(|(_, marks)| marks) {
            *mark = reader.bytes(size_of::<Mark>())?.try_into().map_err(|_| Damaged)?;
        }
        Ok(())
    }
}

/// The name of one of many files.
pub fn marked_name(articles: u32, kind: Kind, number: usize, mark: Mark) -> String {
    format!("parts/{articles}/{}{number:x}-{}.bin", kind.facts().0, digits(&mark))
}

/// A short stand-in for a spelling with marks.
pub fn spelling(exact: &str) -> u16 {
    exact.bytes().fold(0x811c, |hash: u16, byte| (hash ^ u16::from(byte)).wrapping_mul(0x0193).rotate_left(3))
}

/// How many of a pair's bits tell how it is spelled; the others are the same for all spellings.
const PAIR_SPELLING: u32 = (1 << 6) - 1;

/// The term of two words side by side, from that of their letters and from the spelling of each.
pub fn pair_term(folded: u32, first: u16, second: u16) -> u32 {
    folded & !PAIR_SPELLING | u32::from(first.rotate_left(5) ^ second) & PAIR_SPELLING
}

/// How the pair of a term is spelled.
pub fn pair_spelling(term: u32) -> u16 {
    (term & PAIR_SPELLING) as u16
}

/// Are these terms the same pair, in any spelling?
pub fn same_pair(one: u32, other: u32) -> bool {
    one | PAIR_SPELLING == other | PAIR_SPELLING
}

/// What one must know of an index to read its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    /// How many parts of postings there are.
    pub parts: u32,
    /// How many articles stand in them.
    pub articles: u32,
}

impl Shape {
    /// The terms that a part may hold.
    fn terms(self, number: u32) -> Range<u64> {
        let first = |number: u32| (u64::from(number) << TERM_BITS).div_ceil(u64::from(self.parts.max(1)));
        first(number)..first(number + 1)
    }
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

    /// All bytes that are left.
    pub fn rest(&self) -> &'a [u8] {
        self.0
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

/// Writes a list of articles, then their fields: one bit for the body, where most stand, two for the others.
fn put_list(list: &[Posting], shape: Shape, out: &mut BitWriter) {
    let articles: Vec<u32> = list.iter().map(|posting| posting.article).collect();
    out.count(list.len() as u32);
    out.sorted(&articles, 0..shape.articles.into());
    list.iter().for_each(|posting| match posting.field {
        Field::Body => out.bits(0, 1),
        Field::Lead => out.bits(0b10, 2),
        Field::Title => out.bits(0b11, 2),
    });
}

fn read_list(from: &mut BitReader<'_>, shape: Shape) -> Result<Vec<Posting>, Damaged> {
    let count = from.count()? as usize;
    let articles = from.sorted(count, 0..shape.articles.into())?;
    let with_field = |article| {
        let field = if from.bits(1)? == 0 { 0 } else { 1 + from.bits(1)? as u8 };
        Ok(Posting { article, field: Field::from_bits(field) })
    };
    articles.into_iter().map(with_field).collect()
}

/// Writes what belongs to a term of a list that is in order; `before` is the term before it. With its length, so that
/// a frequent word is passed over at once.
pub fn put_coded(term: u32, before: u32, coded: BitWriter, out: &mut Vec<u8>) {
    put(u64::from(term - before), out);
    let coded = coded.into_bytes();
    put(coded.len() as u64, out);
    out.extend(coded);
}

/// What [`put_coded`] wrote of a term, in a list that begins with how many there are.
///
/// # Errors
/// The list is damaged.
pub fn coded_of(wanted: u32, bytes: &[u8]) -> Result<Option<BitReader<'_>>, Damaged> {
    let mut reader = Reader::new(bytes);
    let mut term = 0_u32;
    for _ in 0..reader.count()? {
        term = term.checked_add(reader.small()?).ok_or(Damaged)?;
        let length = reader.count()?;
        let coded = reader.bytes(length)?;
        if term == wanted {
            return Ok(Some(BitReader::new(coded)));
        }
    }
    Ok(None)
}

impl Part {
    /// The bytes of the part with this number.
    pub fn to_bytes(&self, number: u32, shape: Shape) -> Vec<u8> {
        let mut out = Vec::new();
        put(self.words.len() as u64, &mut out);
        let mut before = 0;
        for (term, groups) in &self.words {
            let mut coded = BitWriter::default();
            coded.count(groups.len() as u32);
            for group in groups {
                coded.bits(group.spelling.into(), u16::BITS);
                put_list(&group.list, shape, &mut coded);
            }
            put_coded(*term, before, coded, &mut out);
            before = *term;
        }
        put(self.pairs.len() as u64, &mut out);
        let terms: Vec<u32> = self.pairs.iter().map(|(term, _)| *term).collect();
        let mut coded = BitWriter::default();
        coded.sorted(&terms, shape.terms(number));
        self.pairs.iter().for_each(|(_, list)| put_list(list, shape, &mut coded));
        out.extend(coded.into_bytes());
        out
    }

    /// The articles that have a word, by its spellings; none if no article has it.
    ///
    /// # Errors
    /// The part is damaged.
    pub fn word(wanted: u32, shape: Shape, bytes: &[u8]) -> Result<Vec<Group>, Damaged> {
        let Some(mut coded) = coded_of(wanted, bytes)? else { return Ok(Vec::new()) };
        let group = |coded: &mut BitReader<'_>| {
            let spelling = coded.bits(u16::BITS)? as u16;
            Ok(Group { spelling, list: read_list(coded, shape)? })
        };
        (0..coded.count()?).map(|_| group(&mut coded)).collect()
    }

    /// The articles that have a pair of words, however spelled, by its spellings; none if no article has it.
    ///
    /// # Errors
    /// The part is damaged.
    pub fn pair(wanted: u32, shape: Shape, bytes: &[u8]) -> Result<Vec<Group>, Damaged> {
        let mut reader = Reader::new(bytes);
        for _ in 0..reader.count()? {
            reader.small()?;
            let length = reader.count()?;
            reader.bytes(length)?;
        }
        let count = reader.small()? as usize;
        let rest = reader.rest();
        // Each takes a bit at least.
        if count / 8 > rest.len() {
            return Err(Damaged);
        }
        let mut coded = BitReader::new(rest);
        let mut groups = Vec::new();
        for term in coded.sorted(count, shape.terms(part_of(wanted, shape.parts)))? {
            let list = read_list(&mut coded, shape)?;
            if same_pair(term, wanted) {
                groups.push(Group { spelling: pair_spelling(term), list });
            }
        }
        Ok(groups)
    }
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
            pairs: vec![(3, list.clone()), (70, list[2..].to_vec()), (73, list.clone()), (1 << 31, list[..1].to_vec())],
        }
    }

    const SHAPE: Shape = Shape { parts: 1, articles: 301 };

    #[test]
    fn what_is_written_is_found() {
        let (part, bytes) = (part(), part().to_bytes(0, SHAPE));
        for (term, groups) in &part.words {
            assert_eq!(Part::word(*term, SHAPE, &bytes).as_ref(), Ok(groups));
        }
        let spellings = |term| {
            let groups = Part::pair(term, SHAPE, &bytes).expect("undamaged");
            groups.into_iter().map(|group| (group.spelling, group.list.len())).collect::<Vec<_>>()
        };
        assert_eq!(spellings(3), [(3, 3)]);
        assert_eq!(spellings(64), [(6, 1), (9, 3)]);
        assert_eq!(spellings(1 << 31), [(0, 1)]);
        assert_eq!(spellings(900), []);
        assert_eq!(Part::word(4, SHAPE, &bytes), Ok(Vec::new()));
        assert_eq!(Part::pair(1, SHAPE, &Part::default().to_bytes(0, SHAPE)), Ok(Vec::new()));
    }

    #[test]
    fn a_part_knows_its_terms() {
        let shape = Shape { parts: 16, articles: 9 };
        let list = vec![Posting { article: 8, field: Field::Lead }];
        let terms = [0xf000_0000, 0xffff_ffff];
        let part = Part { pairs: terms.map(|term| (term, list.clone())).to_vec(), ..Part::default() };
        let bytes = part.to_bytes(15, shape);
        for term in terms {
            let group = Group { spelling: pair_spelling(term), list: list.clone() };
            assert_eq!(Part::pair(term, shape, &bytes), Ok(vec![group]));
        }
    }

    #[test]
    fn pairs_have_a_term_for_each_spelling() {
        let term = |first, second| pair_term(0x1234_5678, spelling(first), spelling(second));
        let terms = [term("công", "chưng2"), term("công", "chung2"), term("công", "chung1"), term("cong", "chung")];
        for (at, one) in terms.iter().enumerate() {
            assert!(terms[..at].iter().all(|other| one != other && same_pair(*one, *other)));
        }
        assert!(!same_pair(64, 128));
    }

    #[test]
    fn damage_is_noticed_or_harmless() {
        let bytes = part().to_bytes(0, SHAPE);
        for length in 0..bytes.len() {
            assert!(Part::pair(70, SHAPE, &bytes[..length]).is_err(), "cut at {length}");
        }
        for at in 0..bytes.len() {
            for byte in [0, 0x7f, 0xff] {
                let mut broken = bytes.clone();
                broken[at] = byte;
                for term in [3, 900, 70, 1 << 31] {
                    _ = Part::word(term, SHAPE, &broken);
                    _ = Part::pair(term, SHAPE, &broken);
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
