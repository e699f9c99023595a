//! The files of the index: how they are cut and coded.
//!
//! | file | holds |
//! | --- | --- |
//! | `entry` | how many articles and parts there are, the names of all parts, the sections |
//! | `facts` | of each article, oldest first: section, year, length of its title |
//! | a part of postings | for each term of one range of hashes, the articles that have it |
//! | a part of hits | what a result shows, of some articles |
//!
//! Numbers are LEB128. Nothing read is trusted: a damaged file is an error, never a panic or a large allocation.

use std::fmt;

/// How many articles a part of hits describes.
pub const HITS: u32 = 8;
/// Terms are hashes of this many bits.
pub const TERM_BITS: u32 = 40;

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
    /// Which of the term's spellings with marks it has there, as far as the index tells.
    pub spelling: u8,
}

/// The articles that have a term.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Postings {
    /// The spellings with marks, as the [`spelling`] of each; the most frequent first. None of a pair of words.
    pub spellings: Vec<u16>,
    /// How many articles have the term; more than are listed where it is too frequent to tell much of a body.
    pub frequency: u32,
    /// The articles, oldest first.
    pub list: Vec<Posting>,
}

/// A short stand-in for a spelling with marks.
pub fn spelling(exact: &str) -> u16 {
    exact.bytes().fold(0x811c, |hash: u16, byte| (hash ^ u16::from(byte)).wrapping_mul(0x0193).rotate_left(3))
}

/// Which of `parts` parts holds a term.
pub fn part_of(term: u64, parts: u32) -> u32 {
    ((term * u64::from(parts)) >> TERM_BITS) as u32
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

    /// Is nothing left?
    pub fn is_at_end(&self) -> bool {
        self.0.is_empty()
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

    /// The next text.
    ///
    /// # Errors
    /// The bytes end within it, or it is no UTF-8.
    pub fn text(&mut self) -> Result<&'a str, Damaged> {
        let length = self.small()? as usize;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| Damaged)
    }
}

impl Postings {
    /// Writes the postings of a term.
    pub fn write(&self, out: &mut Vec<u8>) {
        put(self.list.len() as u64, out);
        put(u64::from(self.frequency) - self.list.len() as u64, out);
        put(self.spellings.len() as u64, out);
        self.spellings.iter().for_each(|spelling| out.extend(spelling.to_le_bytes()));
        let mut next = 0;
        for posting in &self.list {
            put(u64::from(posting.article - next) << 2 | posting.field as u64, out);
            next = posting.article + 1;
        }
        if self.spellings.len() > 1 {
            out.extend(self.list.iter().map(|posting| posting.spelling));
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Damaged> {
        let count = from.small()? as usize;
        let frequency = u32::try_from(count).map_err(|_| Damaged)?.checked_add(from.small()?).ok_or(Damaged)?;
        let mut spellings = Vec::new();
        for _ in 0..from.small()?.min(256) {
            spellings.push(u16::from_le_bytes([from.byte()?, from.byte()?]));
        }
        let (mut list, mut next) = (Vec::new(), 0_u32);
        for _ in 0..count {
            let number = from.number()?;
            let field = match number & 3 {
                0 => Field::Body,
                1 => Field::Lead,
                _ => Field::Title,
            };
            let gap = u32::try_from(number >> 2).map_err(|_| Damaged)?;
            let article = next.checked_add(gap).ok_or(Damaged)?;
            list.push(Posting { article, field, spelling: 0 });
            next = article.checked_add(1).ok_or(Damaged)?;
        }
        if spellings.len() > 1 {
            for posting in &mut list {
                posting.spelling = from.byte()?;
            }
        }
        Ok(Self { spellings, frequency, list })
    }
}

/// Writes a part of postings: its terms, in order, each with its postings.
pub fn write_part(terms: &[(u64, Postings)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut before = 0;
    let mut coded = Vec::new();
    for (term, postings) in terms {
        coded.clear();
        postings.write(&mut coded);
        put(term - before, &mut out);
        put(coded.len() as u64, &mut out);
        out.extend_from_slice(&coded);
        before = *term;
    }
    out
}

/// The postings of a term in its part; none if no article has it.
///
/// # Errors
/// The part is damaged.
pub fn find(term: u64, part: &[u8]) -> Result<Postings, Damaged> {
    let mut reader = Reader::new(part);
    let mut at = 0_u64;
    while !reader.is_at_end() {
        at = at.checked_add(reader.number()?).ok_or(Damaged)?;
        let length = reader.small()? as usize;
        let coded = reader.bytes(length)?;
        if at == term {
            return Postings::read(&mut Reader::new(coded));
        }
        if at > term {
            break;
        }
    }
    Ok(Postings::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn postings() -> Postings {
        let posting = |article, field, spelling| Posting { article, field, spelling };
        let list = vec![posting(0, Field::Title, 0), posting(7, Field::Body, 1), posting(300, Field::Lead, 0)];
        Postings { spellings: vec![spelling("đương1"), spelling("dương")], frequency: 9, list }
    }

    #[test]
    fn what_is_written_is_found() {
        let pair = Postings {
            spellings: Vec::new(),
            frequency: 1,
            list: vec![Posting { article: 5, field: Field::Body, spelling: 0 }],
        };
        let part = write_part(&[(3, pair.clone()), (1 << 39, postings())]);
        assert_eq!(find(3, &part), Ok(pair));
        assert_eq!(find(1 << 39, &part), Ok(postings()));
        assert_eq!(find(4, &part), Ok(Postings::default()));
    }

    #[test]
    fn damage_is_noticed_and_harmless() {
        let part = write_part(&[(3, postings())]);
        for length in 1..part.len() {
            assert!(find(3, &part[..length]).is_err(), "cut at {length}");
        }
        for at in 0..part.len() {
            for byte in [0, 0x7f, 0xff] {
                let mut broken = part.clone();
                broken[at] = byte;
                _ = find(3, &broken);
            }
        }
    }

    #[test]
    fn terms_are_spread_over_parts() {
        assert_eq!(part_of(0, 16), 0);
        assert_eq!(part_of((1 << TERM_BITS) - 1, 16), 15);
    }
}
