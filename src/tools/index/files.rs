//! The files of the index, packed.

use super::FOLDER;
use crate::search::format::{Hash, Kind, Mark, Marks, marked_name};
use crate::tools::build::output::Output;
use flate2::{Compress, Compression, FlushCompress, Status};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::io;
use std::sync::Mutex;

/// The files of the index that is written.
pub struct Files<'a> {
    output: &'a Output,
    names: Mutex<Vec<String>>,
}

impl<'a> Files<'a> {
    /// None yet.
    pub fn new(output: &'a Output) -> Self {
        Self { output, names: Mutex::default() }
    }

    /// Packs and writes a file.
    pub fn file(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let name = format!("{FOLDER}/{name}");
        self.output.file(&name, &packed(bytes)?)?;
        self.names.lock().expect("no worker panics while it adds a name").push(name);
        Ok(())
    }

    /// Removes the files of a former index.
    pub fn remove_others(self) -> io::Result<()> {
        self.output.keep_only(FOLDER, &self.names.into_inner().expect("all workers have ended well"))
    }
}

/// The files of which there are many, and what they are called.
pub struct Many<'a> {
    files: &'a Files<'a>,
    /// How many there are of each kind.
    counts: [usize; 3],
    articles: u32,
    marks: Mutex<Marks>,
}

impl<'a> Many<'a> {
    /// None yet, of so many articles and so many of each kind.
    pub fn new(files: &'a Files<'a>, articles: u32, counts: [usize; 3]) -> Self {
        Self { files, counts, articles, marks: Mutex::new(Marks::new(articles, counts)) }
    }

    /// How many files of a kind share a mark.
    pub fn sharing(&self, kind: Kind) -> usize {
        kind.sharing(self.counts[kind as usize])
    }

    /// Packs and writes files from this number on: all that share a mark, or several times as many.
    pub fn write(&self, kind: Kind, from: usize, files: &[Vec<u8>]) -> io::Result<()> {
        let sharing = self.sharing(kind);
        for (alike, files) in (from / sharing..).zip(files.chunks(sharing)) {
            let [one, two, three, ..] = hash(files);
            let mark: Mark = [one, two, three];
            for (number, bytes) in (alike * sharing..).zip(files) {
                self.files.file(&marked_name(self.articles, kind, number, mark), bytes)?;
            }
            self.marks.lock().expect("no worker panics while it sets a mark").set(kind, alike, mark);
        }
        Ok(())
    }

    /// The bytes of all marks.
    pub fn marks(self) -> Vec<u8> {
        self.marks.into_inner().expect("all workers have ended well").to_bytes()
    }
}

/// The beginning of the hash of the bytes of files.
pub fn hash<'a>(files: impl IntoIterator<Item = &'a Vec<u8>>) -> Hash {
    let mut hasher = Sha256::new();
    for bytes in files {
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    let digest = hasher.finalize();
    std::array::from_fn(|at| digest[at])
}

/// Bytes as zlib packs them.
fn packed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    // One for each thread: it has 300 kB of tables, and there are thousands of small files.
    thread_local!(static PACKER: RefCell<Compress> = RefCell::new(Compress::new(Compression::best(), true)));
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        // Packing adds a little where it gains nothing.
        let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 100 + 64);
        match packer.compress_vec(bytes, &mut out, FlushCompress::Finish)? {
            Status::StreamEnd => Ok(out),
            status => Err(io::Error::other(format!("packing ended with {status:?}"))),
        }
    })
}
