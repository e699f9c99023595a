//! The folder that is published: files appear whole or not at all, and only when their bytes have changed.
//!
//! A folder that is not there yet is filled beside its place, and takes it as a whole: so its files need neither be looked
//! for nor renamed. Files of all others are each written beside their place.

use super::packed::{is_packed, is_stale, pack};
use crate::tools::finding::Finding;
use crate::tools::folder::{create, share, write_whole};
use crate::tools::names::{name_below, why_refused};
use indicatif::ProgressBar;
use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::io::{self, ErrorKind, Read, Write};
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use walkdir::WalkDir;

/// The names of the folders that are outputs of their own.
const EDITIONS: &str = ".program/editions";
/// The names of the files that were written for machines.
pub const MACHINES: &str = ".program/machines";
/// The names of the files that documents name, such as pictures.
const FILES: &str = ".program/files";
/// What stands at the beginning of each page and part that is written here, and of no other.
pub const MARK: &str = " data-shows=\"";

/// What a page of the tree has of its own, beside it.
pub const PART: &str = "main.txt";

/// Where new folders are filled.
const NEW: &str = ".new.part";
/// What is not published is in place at once: should this build be interrupted, the next one needs what it kept there.
const HIDDEN: char = '.';

/// What is published in place of a file's bytes, the file by its name in the folder it is copied from; `Err` where what a
/// former build has published is better than these.
pub type Edit<'a> = &'a (dyn Fn(&Path, Vec<u8>) -> Result<Vec<u8>, Vec<u8>> + Sync);

/// The folder that is published.
pub struct Output {
    root: PathBuf,
    /// What was in it before.
    present: HashSet<String>,
    /// Folders that are outputs of their own.
    editions: Vec<String>,
    /// Hashes of the names of the pages written: a page of another name is stale, unless
    fresh: Mutex<HashSet<u64>>,
    /// its name begins so.
    kept: Mutex<Vec<String>>,
    pages: AtomicU64,
    bytes: AtomicU64,
    written: AtomicU64,
}

impl Output {
    /// Opens a folder that holds the browser program.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn open(root: &Path) -> Result<Self, String> {
        let unreadable = |error: io::Error| format!("{} cannot be opened: {error}", root.display());
        let root = root.canonicalize().map_err(unreadable)?;
        unless_missing(fs::remove_dir_all(root.join(NEW))).map_err(unreadable)?;
        let name = |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
        let present = fs::read_dir(&root).and_then(|entries| entries.map(name).collect()).map_err(unreadable)?;
        let [pages, bytes, written] = [0; 3].map(AtomicU64::new);
        let (editions, fresh, kept) = (Vec::new(), Mutex::default(), Mutex::default());
        Ok(Self { root, present, editions, fresh, kept, pages, bytes, written })
    }

    /// Remembers the folders that are outputs of their own, and removes those that were and are none any more.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn keep_editions(&self, names: &[&str]) -> io::Result<()> {
        let before = self.read(EDITIONS).unwrap_or_default();
        let is_name = |name: &&str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        for gone in before.lines().filter(is_name).filter(|name| !names.contains(name)) {
            unless_missing(fs::remove_dir_all(self.root.join(gone)))?;
        }
        if before.is_empty() && names.is_empty() { Ok(()) } else { self.file(EDITIONS, names.join("\n").as_bytes()) }
    }

    /// A folder of this one as an output of its own, whose pages are no concern of this one any more.
    ///
    /// # Errors
    /// A sentence with what the file system reports.
    pub fn edition(&mut self, name: &str) -> Result<Self, String> {
        let root = self.root.join(name);
        fs::create_dir_all(&root).map_err(|error| format!("{} cannot be made: {error}", root.display()))?;
        self.editions.push(name.to_owned());
        Self::open(&root)
    }

    /// Where a file is until the output is finished, and whether its folder is new.
    fn place(&self, name: &str) -> (PathBuf, bool) {
        let is_new = |folder: &str| !folder.starts_with(HIDDEN) && !self.present.contains(folder);
        let is_new = name.split_once('/').is_some_and(|(folder, _)| is_new(folder));
        (if is_new { self.root.join(NEW).join(name) } else { self.root.join(name) }, is_new)
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Is a folder inside this one?
    pub fn holds(&self, folder: &Path) -> bool {
        folder.starts_with(&self.root)
    }

    /// The text of a file, if it is there.
    pub fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.place(name).0).ok()
    }

    /// The bytes of a file, if it is there.
    pub fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.place(name).0).ok()
    }

    /// The size of a file in bytes, if it is there.
    pub fn size(&self, name: &str) -> Option<u64> {
        fs::metadata(self.place(name).0).ok().map(|file| file.len())
    }

    /// Writes a page and counts it.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn page(&self, name: &str, html: &str) -> io::Result<()> {
        self.fresh.lock().expect("no worker panics while it adds a page").insert(hash(name));
        self.pages.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(html.len() as u64, Ordering::Relaxed);
        self.file(name, html.as_bytes())
    }

    /// Leaves pages whose names begin so as a former build has left them, if one did.
    pub fn keep(&self, beginning: String) {
        self.kept.lock().expect("no worker panics while it adds a name").push(beginning);
    }

    /// Brings the pages to be left from the folder of a former build, where this one began empty.
    ///
    /// # Errors
    /// A sentence with what the file system reports.
    pub fn bring_kept(&self, former: &Path) -> Result<(), String> {
        let kept = self.kept.lock().expect("no worker panics while it adds a name").clone();
        for beginning in kept {
            let above = beginning.rsplit_once('/').map_or("", |(folder, _)| folder);
            for path in files(&former.join(above)) {
                let name = name_below(former, &path);
                let is_page = path.ends_with("index.html") || path.ends_with(PART);
                let page = name_below(former, &path.with_file_name("index.html"));
                if !is_page || !page.starts_with(&beginning) || self.is_fresh(&page) || !is_ours(&path) {
                    continue;
                }
                let brought = fs::read(&path).and_then(|bytes| self.file(&name, &bytes));
                brought.map_err(|error| failed(&path, "kept", &error).to_string())?;
            }
        }
        Ok(())
    }

    fn is_fresh(&self, page: &str) -> bool {
        self.fresh.lock().expect("no worker panics while it adds a page").contains(&hash(page))
    }

    /// Remembers the files of one kind in a list, and removes those that were of it and are not any more, such as the feeds
    /// of a section that is gone.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn keep_listed(&self, list: &str, mut names: Vec<String>) -> io::Result<()> {
        let before = self.read(list).unwrap_or_default();
        names.sort_unstable();
        let is_gone =
            |name: &&str| why_refused(name).is_none() && names.binary_search_by(|own| own.as_str().cmp(name)).is_err();
        for gone in before.lines().filter(is_gone) {
            let path = self.place(gone).0;
            unless_missing(fs::remove_file(&path))?;
            self.remove_empty_above(&path);
        }
        self.file(list, names.join("\n").as_bytes())
    }

    /// Writes another file.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn file(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let (path, is_new) = self.place(name);
        let is_written = if is_new {
            let written = create(&path).and_then(|mut file| file.write_all(bytes));
            // What is half written must not take its place.
            written.inspect_err(|_| drop(fs::remove_file(&path))).map(|()| true)?
        } else {
            write_whole(&path, bytes)?
        };
        if is_written {
            self.written.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    /// The names of the files directly in the folder, in order.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.root)? {
            let entry = entry?;
            if entry.file_type()?.is_file() && !is_packed(&entry.path()) {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        names.sort();
        Ok(names)
    }

    /// Removes files whose names a test finds, directly in the folder.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn remove_where(&self, is_stale: impl Fn(&str) -> bool) -> io::Result<()> {
        for entry in fs::read_dir(&self.root)? {
            let entry = entry?;
            if entry.file_type()?.is_file() && is_stale(&entry.file_name().to_string_lossy()) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Removes the files of a folder that are not among these, and what is packed of them.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn keep_only(&self, folder: &str, names: &[String]) -> io::Result<()> {
        if !self.present.contains(folder) {
            return Ok(());
        }
        let names: HashSet<PathBuf> = names.iter().map(|name| self.root.join(name)).collect();
        for path in files(&self.root.join(folder)) {
            let unpacked = if is_packed(&path) { path.with_extension("") } else { path.clone() };
            if !names.contains(&unpacked) {
                fs::remove_file(&path)?;
                self.remove_empty_above(&path);
            }
        }
        Ok(())
    }

    /// Makes a folder below the output the same as another one, but for what `edit` changes. Where this output began empty,
    /// what was published before is in the `former` one.
    ///
    /// # Errors
    /// A sentence with what the file system reports.
    pub fn mirror(&self, from: &Path, to: &str, former: Option<&Path>, edit: Edit<'_>) -> Result<(), String> {
        let target = self.root.join(to);
        self.remove(iter::once(target.clone()), |path| {
            let relative = path.strip_prefix(&target).expect("walked below it");
            (is_hidden(relative) || !from.join(relative).is_file()) && !is_packed(path)
        })?;
        self.copy(from, to, "", former, edit)
    }

    /// Adds the files of another folder, except one folder of it, and removes those that it had in its folders when they were
    /// added before; what lies directly in it, such as icons, belongs to the portal whatever it shows.
    ///
    /// # Errors
    /// A sentence with what the file system reports.
    pub fn add(&self, from: &Path, except: &str) -> Result<(), String> {
        let names = Mutex::new(Vec::new());
        self.copy(from, "", except, None, &|file, bytes| {
            let name = name_below(Path::new(""), file);
            if name.contains('/') {
                names.lock().expect("no worker panics while it adds a name").push(name);
            }
            Ok(bytes)
        })?;
        let names = names.into_inner().expect("all workers have ended well");
        self.keep_listed(FILES, names).map_err(|error| failed(from, "followed", &error).to_string())
    }

    /// Copies what is not hidden.
    fn copy(&self, from: &Path, to: &str, except: &str, former: Option<&Path>, edit: Edit<'_>) -> Result<(), String> {
        let failures = share(files(from), &ProgressBar::hidden(), |path| {
            let relative = path.strip_prefix(from).expect("walked below it");
            // The output may lie in the folder it is filled from. What is hidden there, such as a history, is not for readers.
            if is_hidden(relative)
                || (!except.is_empty() && relative.starts_with(except))
                || path.starts_with(&self.root)
            {
                return Vec::new();
            }
            let name = Path::new(to).join(relative);
            let name = name.to_string_lossy();
            let written = fs::read(&path).and_then(|bytes| match edit(relative, bytes) {
                Ok(bytes) => self.file(&name, &bytes),
                Err(bytes) => {
                    let before = former.map_or_else(|| self.place(&name).0, |former| former.join(&*name));
                    self.file(&name, &fs::read(before).unwrap_or(bytes))
                }
            });
            written.err().map(|error| failed(&path, "copied", &error)).into_iter().collect()
        });
        first(&failures)
    }

    /// Removes pages whose address is gone, drafts of a build that was interrupted, and packed files without their
    /// original, or whose original is too small now; unless all is packed anew, also those older than their original,
    /// which hosts would send in its place.
    /// New folders have none of these. Answers how many files that were.
    ///
    /// # Errors
    /// A sentence with what the file system reports.
    pub fn remove_stale(&self, packs: bool) -> Result<u64, String> {
        let kept = self.kept.lock().expect("no worker panics while it adds a name").clone();
        let is_fresh = |page: &str| self.is_fresh(page) || kept.iter().any(|kept| page.starts_with(kept));
        let own = self.present.iter().filter(|name| !self.editions.contains(name));
        self.remove(own.map(|name| self.root.join(name)), |path| {
            let original = if is_packed(path) { path.with_extension("") } else { path.to_owned() };
            let page = name_below(&self.root, &original.with_file_name("index.html"));
            let is_page = original.ends_with("index.html") || original.ends_with(PART);
            let file_name = path.file_name().unwrap_or_default().to_string_lossy();
            (is_page && !is_fresh(&page) && is_ours(&original))
                || (file_name.starts_with('.') && file_name.ends_with(".part"))
                || (is_packed(path) && is_stale(path, &original, packs))
        })
    }

    /// Brings new folders to their places.
    ///
    /// # Errors
    /// A sentence with what the file system reports.
    pub fn finish(&self) -> Result<(), String> {
        let new = self.root.join(NEW);
        let bring = || -> io::Result<()> {
            if !new.exists() {
                return Ok(());
            }
            for folder in fs::read_dir(&new)? {
                let folder = folder?;
                fs::rename(folder.path(), self.root.join(folder.file_name()))?;
            }
            fs::remove_dir(&new)
        };
        bring().map_err(|error| failed(&self.root, "written", &error).to_string())
    }

    /// Removes the files in these places that a test finds, and folders that are empty then. Answers how many files
    /// that were. The places are shared out, since to walk through 100,000 folders takes a while.
    fn remove(
        &self,
        places: impl Iterator<Item = PathBuf> + Send,
        is_stale: impl Fn(&Path) -> bool + Sync,
    ) -> Result<u64, String> {
        let removed = AtomicU64::new(0);
        let remove = |path: PathBuf| match fs::remove_file(&path) {
            Ok(()) => {
                removed.fetch_add(1, Ordering::Relaxed);
                self.remove_empty_above(&path);
                None
            }
            Err(error) => Some(failed(&path, "removed", &error)),
        };
        let failures = share(places, &ProgressBar::hidden(), |place| {
            files(&place).filter(|path| is_stale(path)).filter_map(remove).collect()
        });
        first(&failures).map(|()| removed.into_inner())
    }

    /// Removes the folders that a file has left empty.
    fn remove_empty_above(&self, path: &Path) {
        let folders = path.ancestors().skip(1).take_while(|folder| *folder != self.root);
        // One that is not empty stays, and so do those above it.
        _ = folders.map(fs::remove_dir).find(Result::is_err);
    }

    /// Packs text files that have changed since they were packed, but for those that no host sends. Answers how many files
    /// were written.
    ///
    /// # Errors
    /// A sentence with what the file system reports.
    pub fn compress(&self, bar: &ProgressBar) -> Result<u64, String> {
        let written = AtomicU64::new(0);
        let is_sent = |path: &PathBuf| !path.strip_prefix(&self.root).is_ok_and(is_hidden);
        let failures = share(files(&self.root).filter(is_sent), bar, |path| match pack(&path) {
            Ok(count) => {
                written.fetch_add(count, Ordering::Relaxed);
                Vec::new()
            }
            Err(error) => vec![failed(&path, "packed", &error)],
        });
        first(&failures).map(|()| written.into_inner())
    }

    /// Pages, their bytes, and files written so far.
    pub fn counts(&self) -> (u64, u64, u64) {
        let [pages, bytes, written] =
            [&self.pages, &self.bytes, &self.written].map(|count| count.load(Ordering::Relaxed));
        (pages, bytes, written)
    }
}

/// What came of removing something that need not be there.
fn unless_missing(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

fn files(root: &Path) -> impl Iterator<Item = PathBuf> + Send + use<> {
    let entries = WalkDir::new(root).into_iter().filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path)
}

fn failed(path: &Path, what: &str, error: &io::Error) -> Finding {
    Finding::of_file(path.display().to_string(), format!("cannot be {what} ({error})"), "mend that and build again")
}

/// Of many failures the first is enough to know.
fn first(failures: &[Finding]) -> Result<(), String> {
    failures.first().map_or(Ok(()), |failure| Err(failure.to_string()))
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// Is a file a page of ours, and not one that somebody else has put there?
fn is_ours(path: &Path) -> bool {
    let mut beginning = Vec::new();
    let read = File::open(path).and_then(|file| file.take(200).read_to_end(&mut beginning));
    read.is_ok() && String::from_utf8_lossy(&beginning).contains(MARK)
}

/// Is a file, or a folder that it is in, hidden? Hosts are shown who owns them by one such folder.
fn is_hidden(relative: &Path) -> bool {
    relative.iter().any(|part| part.to_string_lossy().starts_with('.') && part != ".well-known")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_become_too_small_to_pack_leaves_nothing_packed() {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join("old.txt");
        let pack = || {
            let output = Output::open(root.path()).expect("a folder");
            output.remove_stale(true).expect("removed");
            output.compress(&ProgressBar::hidden()).expect("packed")
        };
        let packed = || ["br", "gz"].map(|end| root.path().join(format!("old.txt.{end}")).is_file());
        fs::write(&path, "text ".repeat(200)).expect("written");
        assert_eq!((pack(), packed()), (2, [true; 2]));
        fs::write(&path, "text").expect("written");
        assert_eq!((pack(), packed()), (0, [false; 2]));
    }

    #[test]
    fn a_new_folder_appears_as_a_whole_and_takes_nothing_away() {
        let root = tempfile::tempdir().expect("a folder");
        let write = |name: &str| {
            let output = Output::open(root.path()).expect("a folder");
            output.file(name, b"text").expect("written");
            assert_eq!(output.read(name).as_deref(), Some("text"), "read before it is in its place");
            output
        };
        // A build that is interrupted.
        write("gone/index.html");
        let output = write("new/index.html");
        assert!(!root.path().join("new").exists());
        output.finish().expect("moved");
        write("new/more/index.html").finish().expect("nothing to move");
        let mut names: Vec<String> = files(root.path())
            .map(|path| path.strip_prefix(root.path()).expect("below").display().to_string())
            .collect();
        names.sort();
        assert_eq!(names, ["new/index.html", "new/more/index.html"]);
    }
}
