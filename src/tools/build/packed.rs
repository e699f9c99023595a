//! Packed files beside text files, for hosts that send them as they are.

use crate::tools::folder::write_whole;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Text files that are worth packing, by the end of their names.
const TEXT: [&str; 10] = ["html", "json", "css", "js", "wasm", "svg", "xml", "txt", "webmanifest", "vtt"];
/// Smaller files gain nothing.
const WORTH_PACKING: u64 = 500;

/// Is it a packed file?
pub fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "br" || end == "gz")
}

/// Was a file packed since its original changed?
fn is_newer(packed: &Path, original: &Path) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|file| file.modified());
    changed(packed).and_then(|packed| Ok(packed >= changed(original)?)).unwrap_or(false)
}

fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|end| TEXT.iter().any(|text| end == *text))
}

/// Would packing it gain nothing?
fn is_too_small(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| file.len() < WORTH_PACKING)
}

/// Is a packed file without its original, or that too small now; or, unless all is packed anew, older than it, so that hosts
/// would send what was before?
pub fn is_stale(path: &Path, original: &Path, packs: bool) -> bool {
    !original.is_file() || !(packs || is_newer(path, original)) || (is_text(original) && is_too_small(original))
}

/// Packs one file both ways, unless that was done since it changed. Answers how many files were written.
///
/// # Errors
/// What the file system reports.
pub fn pack(path: &Path) -> io::Result<u64> {
    if !is_text(path) || is_too_small(path) {
        return Ok(0);
    }
    let beside = |end: &str| PathBuf::from(format!("{}.{end}", path.display()));
    let (brotli, gzip) = (beside("br"), beside("gz"));
    if is_newer(&brotli, path) && is_newer(&gzip, path) {
        return Ok(0);
    }
    let bytes = fs::read(path)?;
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &brotli::enc::BrotliEncoderParams::default())?;
    write_whole(&brotli, &packed)?;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&bytes)?;
    write_whole(&gzip, &encoder.finish()?)?;
    Ok(2)
}
