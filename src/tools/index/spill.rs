//! What is too much for memory, in temporary files: terms by the range of their hashes, and what results show.

use crate::search::format::TERM_BITS;
use crate::search::texts::Occurrence;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

/// How many ranges of terms there are; memory holds one of them for each thread.
pub const RANGES: usize = 1 << RANGE_BITS;
const RANGE_BITS: u32 = 8;

/// A term of an article in 8 bytes, whose order is that of terms, spellings and articles: what its range does not say of its
/// [`Occurrence::key`], with the number of the article before the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record(u64);

impl Record {
    const LIST_BITS: u32 = Occurrence::KEY_BITS - RANGE_BITS - Occurrence::FIELD_BITS;
    const ARTICLE_BITS: u32 = u64::BITS - Self::LIST_BITS - Occurrence::FIELD_BITS;
    const ARTICLE: u64 = (Self::ARTICLES as u64 - 1) << Occurrence::FIELD_BITS;
    const FIELD: u64 = (1 << Occurrence::FIELD_BITS) - 1;
    /// So many articles can be told apart.
    pub const ARTICLES: usize = 1 << Self::ARTICLE_BITS;

    fn new(occurrence: Occurrence, article: u32) -> Self {
        let key = occurrence.key();
        Self((key & !Self::FIELD) << Self::ARTICLE_BITS | key & Self::FIELD).with_article(article)
    }

    /// The number of the article.
    pub fn article(self) -> u32 {
        ((self.0 & Self::ARTICLE) >> Occurrence::FIELD_BITS) as u32
    }

    /// The same of an article of another number.
    pub fn with_article(self, article: u32) -> Self {
        Self(self.0 & !Self::ARTICLE | u64::from(article) << Occurrence::FIELD_BITS)
    }

    /// The same of all articles that have the same term of a range in the same spelling.
    pub fn list(self) -> u64 {
        self.0 >> (Self::ARTICLE_BITS + Occurrence::FIELD_BITS)
    }

    /// The term, whose highest bits are the number of its range.
    pub fn occurrence(self, range: usize) -> Occurrence {
        let list = (range as u64) << Self::LIST_BITS | self.list();
        Occurrence::of_key(list << Occurrence::FIELD_BITS | self.0 & Self::FIELD)
    }
}

/// A file without a name: it goes with the process, however that ends.
pub fn nameless(folder: &Path, name: &str) -> io::Result<File> {
    let path = folder.join(format!(".search-{}-{name}.part", std::process::id()));
    let file = File::options().read(true).write(true).create(true).truncate(true).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

/// Terms, in one file in which the blocks of all ranges follow as they are full.
pub struct Terms {
    file: File,
    end: u64,
    ranges: Vec<Range>,
    /// So many bytes of a range are written at once.
    block: usize,
}

#[derive(Default)]
struct Range {
    /// Where its blocks are.
    blocks: Vec<u64>,
    /// What comes after them.
    rest: Vec<u8>,
}

impl Terms {
    /// No terms yet; so many bytes of a range are written at once, which hold some terms.
    pub fn new(folder: &Path, number: usize, block: usize) -> io::Result<Self> {
        let ranges = std::iter::repeat_with(Range::default).take(RANGES).collect();
        Ok(Self { file: nameless(folder, &format!("{number}-terms"))?, end: 0, ranges, block })
    }

    /// Adds a term of an article.
    pub fn push(&mut self, occurrence: Occurrence, article: u32) -> io::Result<()> {
        let range = &mut self.ranges[(occurrence.term >> (TERM_BITS - RANGE_BITS)) as usize];
        range.rest.extend(Record::new(occurrence, article).0.to_le_bytes());
        if range.rest.len() >= self.block {
            self.file.write_all_at(&range.rest, self.end)?;
            range.blocks.push(self.end);
            self.end += range.rest.len() as u64;
            range.rest.clear();
        }
        Ok(())
    }

    /// Hands on the terms of a range, in any order.
    pub fn read(&self, range: usize, mut each: impl FnMut(Record)) -> io::Result<()> {
        let Range { blocks, rest } = &self.ranges[range];
        let mut each_of = |bytes: &[u8]| {
            let (records, _) = bytes.as_chunks();
            records.iter().for_each(|record| each(Record(u64::from_le_bytes(*record))));
        };
        let mut block = vec![0; self.block];
        for start in blocks {
            self.file.read_exact_at(&mut block, *start)?;
            each_of(&block);
        }
        each_of(rest);
        Ok(())
    }
}

/// What results show of the articles.
pub struct Hits {
    file: BufWriter<File>,
    /// Where each article ends.
    ends: Vec<u64>,
}

impl Hits {
    /// None yet.
    pub fn new(folder: &Path, number: usize) -> io::Result<Self> {
        let file = BufWriter::with_capacity(64 * 1024, nameless(folder, &format!("{number}-hits"))?);
        Ok(Self { file, ends: Vec::new() })
    }

    /// Adds the next article.
    pub fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.ends.push(self.ends.last().copied().unwrap_or_default() + bytes.len() as u64);
        Ok(())
    }

    /// Writes what is not yet in the file.
    pub fn finish(&mut self) -> io::Result<()> {
        self.file.flush()
    }

    /// Reads the article that was added as this one.
    pub fn read(&self, article: usize, out: &mut Vec<u8>) -> io::Result<()> {
        let start = article.checked_sub(1).map_or(0, |before| self.ends[before]);
        let from = out.len();
        out.resize(from + (self.ends[article] - start) as usize, 0);
        self.file.get_ref().read_exact_at(&mut out[from..], start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::format::Field;

    #[test]
    fn a_record_is_a_term_of_an_article() {
        let one = Occurrence { term: 0xfedc_ba98, is_pair: false, spelling: 0xffff, field: Field::Lead };
        let pair = Occurrence { term: 0x1234_5678, is_pair: true, spelling: 0, field: Field::Title };
        for (occurrence, article) in [(one, 0), (pair, 7), (one, Record::ARTICLES as u32 - 1)] {
            let record = Record::new(occurrence, 3).with_article(article);
            let range = occurrence.term >> (TERM_BITS - RANGE_BITS);
            assert_eq!((record.occurrence(range as usize), record.article()), (occurrence, article));
        }
        assert!(Record::new(pair, 1) < Record::new(pair, 2));
    }
}
