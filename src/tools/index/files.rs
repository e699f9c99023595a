//! The files of the index, packed.

use super::FOLDER;
use crate::tools::build::output::Output;
use flate2::{Compress, Compression, FlushCompress, Status};
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
