//! Lists of numbers in about as few bits as they can have.
//!
//! A list in order is written by halves (binary interpolative coding): its middle number, in the bits that the numbers
//! left for it need, then both halves between the bounds that are known by then. Dense lists take next to nothing.
//!
//! Source: A. Moffat, L. Stuiver: Binary Interpolative Coding for Effective Index Compression (2000).

use super::format::Damaged;
use std::ops::Range;

/// Writes bits, the highest of a number first.
#[derive(Debug, Clone, Default)]
pub struct BitWriter {
    bytes: Vec<u8>,
    /// What fills no byte yet, and how many bits that is.
    rest: u64,
    count: u32,
}

impl BitWriter {
    /// The bytes written; the last one ends with zeros.
    pub fn into_bytes(mut self) -> Vec<u8> {
        self.bits(0, self.count.next_multiple_of(8) - self.count);
        self.bytes
    }

    /// Writes the lowest bits of a number, 33 at most.
    pub fn bits(&mut self, number: u64, count: u32) {
        self.rest = self.rest << count | number & ((1 << count) - 1);
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.rest >> self.count) as u8);
        }
    }

    /// Writes a number from 1 on; small ones take few bits.
    pub fn count(&mut self, number: u32) {
        let length = number.ilog2();
        self.bits(0, length);
        self.bits(number.into(), length + 1);
    }

    /// Writes one of so many numbers from 0 on.
    fn one_of(&mut self, number: u64, many: u64) {
        let (length, short) = lengths(many);
        if number < short {
            self.bits(number, length);
        } else {
            self.bits(number + short, length + 1);
        }
    }

    /// Writes numbers that are in order and within a range, each once.
    pub fn sorted(&mut self, list: &[u32], range: Range<u64>) {
        let middle = list.len() / 2;
        let Some(number) = list.get(middle).map(|number| u64::from(*number)) else { return };
        let low = range.start + middle as u64;
        self.one_of(number - low, range.end - range.start - list.len() as u64 + 1);
        self.sorted(&list[..middle], range.start..number);
        self.sorted(&list[middle + 1..], number + 1..range.end);
    }
}

/// Of so many numbers: how many bits the short ones take, and how many of them there are; the others take one more.
fn lengths(many: u64) -> (u32, u64) {
    let length = many.ilog2();
    (length, (2 << length) - many)
}

/// Reads what a [`BitWriter`] wrote.
#[derive(Debug, Clone, Copy)]
pub struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> BitReader<'a> {
    /// Reads these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next bits, 33 at most, as a number.
    ///
    /// # Errors
    /// There are not so many.
    pub fn bits(&mut self, count: u32) -> Result<u64, Damaged> {
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        let eight = std::array::from_fn(|at| rest.get(at).copied().unwrap_or_default());
        let number = u64::from_be_bytes(eight) << (self.at % 8);
        self.at += count as usize;
        if self.at > self.bytes.len() * 8 {
            return Err(Damaged);
        }
        Ok(number.checked_shr(u64::BITS - count).unwrap_or_default())
    }

    /// The next number that [`BitWriter::count`] wrote.
    ///
    /// # Errors
    /// The bits end within it, or it is too large.
    pub fn count(&mut self) -> Result<u32, Damaged> {
        let mut length = 0;
        while self.bits(1)? == 0 {
            length += 1;
        }
        if length > 31 { Err(Damaged) } else { Ok(1 << length | self.bits(length)? as u32) }
    }

    fn one_of(&mut self, many: u64) -> Result<u64, Damaged> {
        let (length, short) = lengths(many);
        let number = self.bits(length)?;
        Ok(if number < short { number } else { (number << 1 | self.bits(1)?) - short })
    }

    /// So many numbers within a range, in order.
    ///
    /// # Errors
    /// The bits end within them, or there cannot be so many.
    pub fn sorted(&mut self, count: usize, range: Range<u64>) -> Result<Vec<u32>, Damaged> {
        if count as u64 > range.end.saturating_sub(range.start) {
            return Err(Damaged);
        }
        let mut list = vec![0; count];
        self.fill(&mut list, range)?;
        Ok(list)
    }

    fn fill(&mut self, list: &mut [u32], range: Range<u64>) -> Result<(), Damaged> {
        let middle = list.len() / 2;
        if list.is_empty() {
            return Ok(());
        }
        let low = range.start + middle as u64;
        let number = low + self.one_of(range.end - range.start - list.len() as u64 + 1)?;
        list[middle] = number as u32;
        self.fill(&mut list[..middle], range.start..number)?;
        self.fill(&mut list[middle + 1..], number + 1..range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let lists: [&[u32]; 6] = [&[], &[0], &[9], &[3, 4, 9], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], &[1, 8]];
        let mut writer = BitWriter::default();
        for list in lists {
            writer.count(list.len() as u32 + 1);
            writer.sorted(list, 0..10);
        }
        writer.sorted(&[7, u32::MAX], 5..1 << 32);
        writer.bits(5, 3);
        let bytes = writer.into_bytes();
        let mut reader = BitReader::new(&bytes);
        for list in lists {
            let count = reader.count().expect("a count") as usize - 1;
            assert_eq!(reader.sorted(count, 0..10).as_deref(), Ok(list));
        }
        assert_eq!(reader.sorted(2, 5..1 << 32), Ok(vec![7, u32::MAX]));
        assert_eq!(reader.bits(3), Ok(5));
    }

    #[test]
    fn a_list_of_all_there_is_takes_nothing() {
        let mut writer = BitWriter::default();
        writer.sorted(&(0..1000).collect::<Vec<_>>(), 0..1000);
        assert!(writer.into_bytes().is_empty());
    }

    #[test]
    fn what_cannot_be_is_damaged() {
        assert_eq!(BitReader::new(&[0xff]).sorted(11, 0..10), Err(Damaged));
        assert_eq!(BitReader::new(&[0xff]).sorted(3, 0..1 << 20), Err(Damaged));
        assert_eq!(BitReader::new(&[0; 9]).count(), Err(Damaged));
        assert_eq!(BitReader::new(&[0, 0, 0, 0, 0, 0xff, 0xff]).count(), Err(Damaged));
    }
}
