//! What a release consists of: every published file with its SHA-256, and whether a copy has just these.

use super::finding::Finding;
use super::folder::{begin, share, write_whole};
use super::names::{self, name_below, unwalkable};
use indicatif::ProgressBar;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use walkdir::WalkDir;

/// The manifest, which lies beside what is published. Hosts serve no file whose name begins with a dot.
pub const MANIFEST: &str = ".release/manifest.json";
/// What readers never get.
const OWN: [&str; 3] = [".hosting/", ".program/", ".release/"];

/// A published file.
#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    bytes: u64,
    sha256: String,
}

#[derive(Deserialize)]
struct Manifest {
    files: Vec<Entry>,
}

/// Writes the manifest of a folder: one file a line, in the order of their names. Files that a former release, if there
/// is one in a folder, has with the same bytes get the times they have there: whoever copies by time then copies only
/// what has changed.
///
/// # Errors
/// The names that no copy can have, or a sentence with what the file system reports.
pub fn write(root: &Path, former: Option<&Path>, bar: &ProgressBar) -> Result<(), String> {
    names::check(root)?;
    let entries = entries(root, bar)?;
    let mut text = "{\"files\":[".to_owned();
    for (at, (path, sum)) in entries.iter().enumerate() {
        let line = serde_json::to_string(&Entry { path: path.clone(), bytes: sum.bytes, sha256: sum.hex() });
        text += if at == 0 { "\n" } else { ",\n" };
        text += &line.expect("texts and numbers are JSON");
    }
    text += "\n]}\n";
    write_whole(&root.join(MANIFEST), text).map_err(|error| format!("{MANIFEST} cannot be written: {error}"))?;
    former.map_or(Ok(()), |former| {
        keep_times(root, &entries, former).map_err(|error| format!("times of files cannot be kept: {error}"))
    })
}

fn keep_times(root: &Path, entries: &BTreeMap<String, Sum>, former: &Path) -> io::Result<()> {
    let manifest = fs::read_to_string(former.join(MANIFEST)).ok();
    let before = manifest.and_then(|text| serde_json::from_str::<Manifest>(&text).ok());
    for entry in before.into_iter().flat_map(|manifest| manifest.files) {
        if !entries.get(&entry.path).is_some_and(|sum| sum.is_of(&entry)) {
            continue;
        }
        let times = fs::metadata(former.join(&entry.path)).and_then(|file| file.modified());
        // What is not there any more has no time that anybody has copied.
        if let Ok(time) = times {
            File::options().append(true).open(root.join(&entry.path))?.set_modified(time)?;
        }
    }
    Ok(())
}

/// Names what a copy lacks, has changed or has too much.
///
/// # Errors
/// A sentence that says why the manifest or the copy cannot be read.
pub fn verify(root: &Path, manifest: Option<&Path>, bar: &ProgressBar) -> Result<Vec<Finding>, String> {
    let path = manifest.map_or_else(|| root.join(MANIFEST), Path::to_owned);
    let text = fs::read_to_string(&path).map_err(|error| {
        let mend = "copy the hidden folder `.release`, too, or name its manifest with --manifest";
        format!("{} cannot be read ({error}): {mend}", path.display())
    })?;
    let wanted: Manifest =
        serde_json::from_str(&text).map_err(|error| format!("{} is no manifest: {error}", path.display()))?;
    let mut present = entries(root, bar)?;
    let mut findings = Vec::new();
    for entry in wanted.files {
        if let Some(why) = names::why_refused(&entry.path) {
            findings.push(Finding::of_file(entry.path, why, "get the manifest anew"));
            continue;
        }
        match present.remove(&entry.path) {
            Some(found) if found.is_of(&entry) => {}
            Some(_) => findings.push(Finding::of_file(entry.path, "has changed", "copy it anew")),
            None => findings.push(Finding::of_file(entry.path, "is missing", "copy it")),
        }
    }
    findings.extend(present.into_keys().map(|name| Finding::of_file(name, "is not part of this release", "remove it")));
    findings.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(findings)
}

fn entries(root: &Path, bar: &ProgressBar) -> Result<BTreeMap<String, Sum>, String> {
    let mut broken = None;
    let walked = WalkDir::new(root).into_iter().map_while(|entry| match entry {
        Ok(entry) => Some(entry),
        Err(error) => {
            broken = Some(unwalkable(root, &error));
            None
        }
    });
    let files = walked.filter(|entry| !entry.file_type().is_dir());
    let entries = Mutex::new(BTreeMap::new());
    begin(bar, "checksums", None);
    let failures = share(files.map(walkdir::DirEntry::into_path), bar, |path: PathBuf| {
        let name = name_below(root, &path);
        if OWN.iter().any(|own| name.starts_with(own)) {
            return Vec::new();
        }
        match hash(&path) {
            Ok(sum) => {
                entries.lock().expect("no worker panics while it adds a file").insert(name, sum);
                Vec::new()
            }
            Err(error) => vec![Finding::of_file(name, format!("cannot be read ({error})"), "let the tool read it")],
        }
    });
    match broken.or_else(|| failures.first().map(ToString::to_string)) {
        Some(failure) => Err(failure),
        None => Ok(entries.into_inner().expect("all workers have ended well")),
    }
}

/// What a file is told from others by; there is one of each file in memory.
struct Sum {
    bytes: u64,
    sha256: [u8; 32],
}

impl Sum {
    fn hex(&self) -> String {
        self.sha256.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn is_of(&self, entry: &Entry) -> bool {
        self.bytes == entry.bytes && self.hex() == entry.sha256
    }
}

/// The size and hash of a file, which is read in pieces.
fn hash(path: &Path) -> io::Result<Sum> {
    let mut hasher = Sha256::new();
    let bytes = io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(Sum { bytes, sha256: hasher.finalize().into() })
}
