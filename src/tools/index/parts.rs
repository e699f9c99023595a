//! How the index is cut into files, and the parts of postings.

use super::spill::{RANGES, Record, Terms};
use crate::search::format::{Group, Kind, Part, Posting, Shape, part_of};
use crate::search::nexts;
use std::io;
use std::ops::Range;

/// How many parts of postings there are, for each article and at least and at most; always a power of two. A part has
/// about 1 kB. Where articles are many, the lists that a query asks for are long, and what else is in their parts
/// matters little: there a file more costs more than bytes.
const PARTS_AN_ARTICLE: f32 = 8.0 / 7.0;
const PARTS: Range<usize> = 64..32 * 1024;
/// How many articles a part of hits has at least, and how many parts there are at most. An article takes 240 bytes, and
/// a page of results asks for ten parts.
const HITS: usize = 4;
const HIT_PARTS: usize = 16 * 1024;

/// How an index is cut.
#[derive(Clone, Copy)]
pub struct Cut {
    /// Its parts of postings.
    pub shape: Shape,
    /// How many articles a part of hits has.
    pub hits: usize,
}

impl Cut {
    /// The cut of an index of so many articles.
    pub fn of(articles: usize) -> Self {
        let wanted = (articles as f32 * PARTS_AN_ARTICLE) as usize;
        let parts = if articles == 0 { 0 } else { wanted.next_power_of_two().clamp(PARTS.start, PARTS.end) };
        let shape = Shape { parts: parts as u32, articles: articles as u32 };
        Self { shape, hits: articles.div_ceil(HIT_PARTS).max(HITS) }
    }

    /// How many files there are of each kind.
    pub fn files(self) -> [usize; 3] {
        Kind::ALL.map(|kind| match kind {
            Kind::Postings => self.shape.parts as usize,
            Kind::Hits => (self.shape.articles as usize).div_ceil(self.hits),
            Kind::Nexts => nexts::files(self.shape) as usize,
        })
    }

    /// The parts are made in so many steps, each of as many as share a mark, or more.
    pub fn steps(self) -> usize {
        (self.shape.parts as usize).min(RANGES)
    }

    /// The parts of a step, the first of which has this number. `terms` come with the places of their articles in the
    /// index, if they have one.
    pub fn step(self, step: usize, terms: &[(&Terms, &[Option<u32>])]) -> io::Result<(usize, Vec<Part>)> {
        let shared = |all: usize| step * all / self.steps()..(step + 1) * all / self.steps();
        let (numbers, ranges) = (shared(self.shape.parts as usize), shared(RANGES));
        let mut parts = vec![Part::default(); numbers.len()];
        for range in ranges {
            let mut records: Vec<Record> = Vec::new();
            for (terms, places) in terms {
                terms.read(range, |record| {
                    records.extend(places[record.article() as usize].map(|place| record.with_article(place)));
                })?;
            }
            records.sort_unstable();
            for alike in records.chunk_by(|one, other| one.list() == other.list()) {
                let own = alike[0].occurrence(range);
                let part = &mut parts[part_of(own.term, self.shape.parts) as usize - numbers.start];
                let posting =
                    |record: &Record| Posting { article: record.article(), field: record.occurrence(range).field };
                let list = alike.iter().map(posting).collect();
                match part.words.last_mut() {
                    _ if own.is_pair => part.pairs.push((own.term, list)),
                    Some((last, groups)) if *last == own.term => groups.push(Group { spelling: own.spelling, list }),
                    _ => part.words.push((own.term, vec![Group { spelling: own.spelling, list }])),
                }
            }
        }
        Ok((numbers.start, parts))
    }
}
