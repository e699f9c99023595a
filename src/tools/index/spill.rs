//! Records on their way to the index, in temporary files: terms by the range of their hashes, and what results show.

use crate::search::format::{Field, Group, Part, Posting, Reader, TERM_BITS, part_of};
use crate::search::texts::{Occurrence, Texts};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

/// How many ranges there are; memory holds one of them for each thread.
pub const RANGES: usize = 64;
/// One term of one article.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Record {
    term: u32,
    is_pair: bool,
    spelling: u16,
    article: u32,
    field: Field,
}

/// How many parts there are: a power of two, so that each range has the same number of them.
pub fn parts(wanted: f32) -> u32 {
    (wanted as u32).next_power_of_two().max(RANGES as u32)
}

/// The terms so far.
pub struct Spill {
    ranges: Vec<BufWriter<File>>,
}

/// A file without a name: it goes with the process, however that ends.
fn nameless(folder: &Path, number: usize) -> io::Result<File> {
    let path = folder.join(format!(".search-{}-{number}.part", std::process::id()));
    let file = File::options().read(true).write(true).create(true).truncate(true).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

impl Spill {
    /// No terms yet.
    pub fn new(folder: &Path) -> io::Result<Self> {
        let file = |number| Ok(BufWriter::with_capacity(64 * 1024, nameless(folder, number)?));
        Ok(Self { ranges: (0..RANGES).map(file).collect::<io::Result<_>>()? })
    }

    /// Adds a term of an article.
    pub fn push(&mut self, occurrence: Occurrence, article: u32) -> io::Result<()> {
        let range = (occurrence.term >> (TERM_BITS - RANGES.ilog2())) as usize;
        let mut bytes = [0; 11];
        bytes[..4].copy_from_slice(&occurrence.term.to_le_bytes());
        bytes[4..6].copy_from_slice(&occurrence.spelling.to_le_bytes());
        bytes[6..10].copy_from_slice(&article.to_le_bytes());
        bytes[10] = occurrence.field as u8 | u8::from(occurrence.is_pair) << 7;
        self.ranges[range].write_all(&bytes)
    }

    /// The files of the ranges.
    pub fn into_ranges(self) -> io::Result<Vec<File>> {
        self.ranges.into_iter().map(|file| file.into_inner().map_err(io::IntoInnerError::into_error)).collect()
    }
}

/// The parts of a range with their numbers. `places` says where each article stands in the index.
pub fn parts_of_range(
    range: usize,
    file: File,
    parts: u32,
    places: &[Option<u32>],
) -> io::Result<BTreeMap<usize, Part>> {
    let mut records = read(file, places)?;
    records.sort_unstable();
    let a_range = parts as usize / RANGES;
    let mut of_range: BTreeMap<usize, Part> =
        (range * a_range..(range + 1) * a_range).map(|number| (number, Part::default())).collect();
    for alike in records.chunk_by(|a, b| (a.term, a.is_pair, a.spelling) == (b.term, b.is_pair, b.spelling)) {
        let Record { term, is_pair, spelling, .. } = alike[0];
        let part = of_range.entry(part_of(term, parts) as usize).or_default();
        let list = alike.iter().map(|record| Posting { article: record.article, field: record.field }).collect();
        match part.words.last_mut() {
            _ if is_pair => part.pairs.push((term, list)),
            Some((last, groups)) if *last == term => groups.push(Group { spelling, list }),
            _ => part.words.push((term, vec![Group { spelling, list }])),
        }
    }
    Ok(of_range)
}

fn read(mut file: File, places: &[Option<u32>]) -> io::Result<Vec<Record>> {
    file.rewind()?;
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let mut records = Vec::new();
    let mut bytes = [0; 11];
    while reader.read(&mut bytes[..1])? == 1 {
        reader.read_exact(&mut bytes[1..])?;
        let [t0, t1, t2, t3, s0, s1, a0, a1, a2, a3, field] = bytes;
        if let Some(article) = places[u32::from_le_bytes([a0, a1, a2, a3]) as usize] {
            records.push(Record {
                term: u32::from_le_bytes([t0, t1, t2, t3]),
                is_pair: field >> 7 == 1,
                spelling: u16::from_le_bytes([s0, s1]),
                article,
                field: Field::from_bits(field & 0x7f),
            });
        }
    }
    Ok(records)
}

/// What results show of the articles so far.
pub struct HitSpill {
    file: File,
    /// Where each article ends.
    ends: Vec<u64>,
}

impl HitSpill {
    /// None yet.
    pub fn new(folder: &Path) -> io::Result<Self> {
        Ok(Self { file: nameless(folder, RANGES)?, ends: Vec::new() })
    }

    /// Adds the next article.
    pub fn push(&mut self, texts: &Texts) -> io::Result<()> {
        let mut bytes = Vec::new();
        texts.write(&mut bytes);
        self.file.write_all(&bytes)?;
        let before = self.ends.last().copied().unwrap_or_default();
        self.ends.push(before + bytes.len() as u64);
        Ok(())
    }

    /// The article that was added as this one.
    pub fn read(&self, article: u32) -> io::Result<Texts> {
        let at = article as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        let mut bytes = vec![0; (self.ends[at] - start) as usize];
        self.file.read_exact_at(&mut bytes, start)?;
        Texts::read(&mut Reader::new(&bytes)).map_err(|error| io::Error::other(error.to_string()))
    }
}
