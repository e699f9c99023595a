//! Counts more different things than memory holds: what is counted goes to a temporary file in order, as often as it is
//! too much, and all of that is added up as it is read.

use super::spill::nameless;
use crate::search::format::{Reader, put, put_signed};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io;
use std::mem;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// So many bytes of a run are read at once.
const BLOCK: usize = 32 * 1024;

/// Counts of things, each told by its bytes.
pub struct Tally {
    file: File,
    end: u64,
    runs: Vec<Range<u64>>,
}

impl Tally {
    /// Nothing yet; files of different names may stand in one folder.
    pub fn new(folder: &Path, name: &str) -> io::Result<Self> {
        Ok(Self { file: nameless(folder, name)?, end: 0, runs: Vec::new() })
    }

    /// Notes counts, each thing once, in any order.
    pub fn note<T: AsRef<[u8]> + Ord>(&mut self, counts: impl Iterator<Item = (T, i64)>) -> io::Result<()> {
        let mut counts: Vec<(T, i64)> = counts.collect();
        counts.sort_unstable();
        let mut bytes = Vec::new();
        for (thing, count) in counts {
            put(thing.as_ref().len() as u64, &mut bytes);
            bytes.extend_from_slice(thing.as_ref());
            put_signed(count, &mut bytes);
        }
        self.file.write_all_at(&bytes, self.end)?;
        let run = self.end..self.end + bytes.len() as u64;
        self.end = run.end;
        self.runs.push(run);
        Ok(())
    }

    fn cursors(&self) -> impl Iterator<Item = Cursor<'_>> {
        self.runs.iter().map(|run| Cursor { file: &self.file, rest: run.clone(), bytes: Vec::new(), at: 0 })
    }
}

/// Hands on all things of several tallies in order, each with the sum of its counts.
pub fn added<'a>(
    tallies: impl Iterator<Item = &'a Tally>,
    mut each: impl FnMut(&[u8], i64) -> io::Result<()>,
) -> io::Result<()> {
    let mut cursors: Vec<Cursor> = tallies.flat_map(Tally::cursors).collect();
    let mut heap = BinaryHeap::new();
    for (number, cursor) in cursors.iter_mut().enumerate() {
        let mut thing = Vec::new();
        if let Some(count) = cursor.next(&mut thing)? {
            heap.push(Reverse((thing, number, count)));
        }
    }
    let (mut last, mut sum) = (Vec::new(), None);
    while let Some(Reverse((mut thing, number, count))) = heap.pop() {
        if thing != last {
            if let Some(sum) = sum.take() {
                each(&last, sum)?;
            }
            last.clone_from(&thing);
        }
        *sum.get_or_insert(0) += count;
        if let Some(count) = cursors[number].next(&mut thing)? {
            heap.push(Reverse((thing, number, count)));
        }
    }
    sum.map_or(Ok(()), |sum| each(&last, sum))
}

/// Where the reading of a run has come to.
struct Cursor<'a> {
    file: &'a File,
    /// What was not read yet.
    rest: Range<u64>,
    bytes: Vec<u8>,
    /// How much of these bytes was handed on.
    at: usize,
}

impl Cursor<'_> {
    /// The count of the next thing, whose bytes take the place of those given.
    fn next(&mut self, thing: &mut Vec<u8>) -> io::Result<Option<i64>> {
        loop {
            let mut reader = Reader::new(&self.bytes[self.at..]);
            if let Ok((own, count)) = one(&mut reader) {
                thing.clear();
                thing.extend_from_slice(own);
                self.at = self.bytes.len() - reader.rest().len();
                return Ok(Some(count));
            }
            // It goes on in the file.
            if self.rest.is_empty() {
                return Ok(None);
            }
            let mut bytes = mem::take(&mut self.bytes).split_off(self.at);
            let (from, length) = (bytes.len(), BLOCK.min((self.rest.end - self.rest.start) as usize));
            bytes.resize(from + length, 0);
            self.file.read_exact_at(&mut bytes[from..], self.rest.start)?;
            self.rest.start += length as u64;
            (self.bytes, self.at) = (bytes, 0);
        }
    }
}

fn one<'a>(reader: &mut Reader<'a>) -> Result<(&'a [u8], i64), crate::search::format::Damaged> {
    let length = reader.small()? as usize;
    Ok((reader.bytes(length)?, reader.signed()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_all_runs_are_added_up_in_order() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let tally = |name, runs: &[&[(&str, i64)]]| {
            let mut tally = Tally::new(folder.path(), name).expect("written");
            runs.iter().for_each(|run| tally.note(run.iter().copied()).expect("written"));
            tally
        };
        let long = "dài".repeat(BLOCK);
        let one = tally("one", &[&[("b", 2), ("a", 1), (&long, 5)], &[], &[("b", 300)]]);
        let other = tally("other", &[&[("c", 7), ("b", -2)]]);
        let mut all = Vec::new();
        let note = |thing: &[u8], count| {
            all.push((thing.to_vec(), count));
            Ok(())
        };
        added([&one, &other].into_iter(), note).expect("read");
        let expected = [("a", 1), ("b", 300), ("c", 7), (&long, 5)];
        assert_eq!(all, expected.map(|(thing, count)| (thing.as_bytes().to_vec(), count)));
    }
}
