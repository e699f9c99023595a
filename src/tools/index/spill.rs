//! Records on their way to the index, on disk by the range of their terms.

use crate::search::format::{Field, Posting, Postings, TERM_BITS};
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::Path;

/// How many ranges there are; memory holds one of them.
pub const RANGES: usize = 64;
/// Terms that more than one in so many articles have tell too little of a body to list them for it: words, and pairs.
const FREQUENT_WORD: u32 = 12;
const FREQUENT_PAIR: u32 = 40;
/// How many spellings of a term are told apart.
const SPELLINGS: usize = 16;

/// One term of one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The term.
    pub term: u64,
    /// The article.
    pub article: u32,
    /// Where it stands there.
    pub field: Field,
    /// How it is spelled there; 0 of a pair.
    pub spelling: u16,
}

/// The records so far.
pub struct Spill {
    ranges: Vec<BufWriter<File>>,
}

impl Spill {
    /// No records yet.
    pub fn new(folder: &Path) -> io::Result<Self> {
        let file = |number: usize| {
            let path = folder.join(format!(".search-{number}.spill"));
            let file = File::options().read(true).write(true).create(true).truncate(true).open(&path)?;
            // Without a name it goes with the process, however that ends.
            std::fs::remove_file(&path)?;
            Ok(BufWriter::with_capacity(64 * 1024, file))
        };
        Ok(Self { ranges: (0..RANGES).map(file).collect::<io::Result<_>>()? })
    }

    /// Adds a record.
    pub fn push(&mut self, record: Record) -> io::Result<()> {
        let range = (record.term >> (TERM_BITS - RANGES.ilog2())) as usize;
        let mut bytes = [0; 12];
        bytes[..5].copy_from_slice(&record.term.to_le_bytes()[..5]);
        bytes[5..9].copy_from_slice(&record.article.to_le_bytes());
        bytes[9] = record.field as u8;
        bytes[10..].copy_from_slice(&record.spelling.to_le_bytes());
        self.ranges[range].write_all(&bytes)
    }

    /// Hands each part to `write`, in order, with its terms as `gather` puts them in order.
    pub fn each_range(
        self,
        gather: impl Fn(Vec<Record>) -> io::Result<BTreeMap<u32, Vec<(u64, Postings)>>>,
        parts: u32,
        mut write: impl FnMut(u32, &[(u64, Postings)]) -> io::Result<()>,
    ) -> io::Result<()> {
        let parts_a_range = parts / RANGES as u32;
        for (range, file) in (0..).zip(self.ranges) {
            let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.rewind()?;
            let of_part = gather(read(file)?)?;
            for part in range * parts_a_range..(range + 1) * parts_a_range {
                write(part, of_part.get(&part).map(Vec::as_slice).unwrap_or_default())?;
            }
        }
        Ok(())
    }
}

fn read(file: File) -> io::Result<Vec<Record>> {
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let mut records = Vec::new();
    let mut bytes = [0; 12];
    while reader.read(&mut bytes[..1])? == 1 {
        reader.read_exact(&mut bytes[1..])?;
        let mut term = [0; 8];
        term[..5].copy_from_slice(&bytes[..5]);
        records.push(Record {
            term: u64::from_le_bytes(term),
            article: u32::from_le_bytes([bytes[5], bytes[6], bytes[7], bytes[8]]),
            field: [Field::Body, Field::Lead, Field::Title][usize::from(bytes[9].min(2))],
            spelling: u16::from_le_bytes([bytes[10], bytes[11]]),
        });
    }
    Ok(records)
}

/// The postings of each term, in the order of the terms.
pub fn gathered(mut records: Vec<Record>, articles: u32) -> Vec<(u64, Postings)> {
    records.sort_unstable();
    records.chunk_by(|a, b| a.term == b.term).map(|of_term| (of_term[0].term, postings(of_term, articles))).collect()
}

fn postings(records: &[Record], articles: u32) -> Postings {
    let frequency = u32::try_from(records.len()).unwrap_or(u32::MAX);
    let is_pair = records[0].spelling == 0;
    let limit = articles / if is_pair { FREQUENT_PAIR } else { FREQUENT_WORD };
    let is_frequent = frequency > limit.max(50);
    let mut counts: HashMap<u16, u32> = HashMap::new();
    records.iter().for_each(|record| *counts.entry(record.spelling).or_default() += 1);
    let mut spellings: Vec<(u32, u16)> = counts.into_iter().map(|(spelling, count)| (count, spelling)).collect();
    spellings.sort_by(|a, b| b.cmp(a));
    spellings.truncate(SPELLINGS);
    let spellings: Vec<u16> =
        if is_pair { Vec::new() } else { spellings.into_iter().map(|(_, spelling)| spelling).collect() };
    let list = records.iter().filter(|record| !is_frequent || record.field > Field::Body).map(|record| Posting {
        article: record.article,
        field: record.field,
        spelling: spellings.iter().position(|own| *own == record.spelling).map_or(u8::MAX, |at| at as u8),
    });
    let mut list: Vec<Posting> = list.collect();
    if spellings.len() < 2 {
        list.iter_mut().for_each(|posting| posting.spelling = 0);
    }
    Postings { spellings, frequency, list }
}
