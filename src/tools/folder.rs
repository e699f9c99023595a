//! A folder of API documents on disk, and the folder of the site's files (pictures, sounds, documents) beside it.

use super::finding::Finding;
use super::names::why_refused;
use crate::contract::{Site, decode};
use crate::portal::is_main;
use indicatif::ProgressBar;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use walkdir::WalkDir;

/// No document is larger than this; the tools do not even open such a file.
pub const LARGEST: u64 = 16 * 1024 * 1024;

/// A folder of API documents and the folder where site-relative addresses of files are looked up.
#[derive(Debug, Clone)]
pub struct Folder {
    api: PathBuf,
    files: PathBuf,
}

impl Folder {
    /// Opens the folder of an API. Without `files`, `…/api/v1` has its files in `…`, and any other folder in itself.
    ///
    /// # Errors
    /// A sentence that says which folder is not there.
    pub fn open(api: &Path, files: Option<&Path>) -> Result<Self, String> {
        let real = |path: &Path| match path.canonicalize() {
            Ok(real) if real.is_dir() => Ok(real),
            Ok(_) => Err(format!("{} is not a folder", path.display())),
            Err(error) => Err(format!("{} cannot be opened: {error}", path.display())),
        };
        let api = real(api)?;
        if !api.join("site.json").exists() && api.join("api/v1/site.json").is_file() {
            let given = api.join("api/v1");
            let given = std::env::current_dir().ok().and_then(|here| given.strip_prefix(here).ok()).unwrap_or(&given);
            return Err(format!("{} holds no documents itself: did you mean {}?", api.display(), given.display()));
        }
        let files = match files {
            Some(files) => real(files)?,
            None if api.ends_with("api/v1") => api.ancestors().nth(2).unwrap_or(&api).to_owned(),
            None => api.clone(),
        };
        Ok(Self { api, files })
    }

    /// The folder of an edition, by the name of its language: its documents lie below these, its files are the same.
    pub fn edition(&self, language: &str) -> Self {
        Self { api: self.api.join(language), files: self.files.clone() }
    }

    /// The names of the editions that the site of this folder names or, if that cannot be read, of what has a site of its
    /// own.
    pub fn editions(&self) -> Vec<String> {
        let Some(site) = self.read("site.json").ok().and_then(|text| decode::document::<Site>(&text).ok()) else {
            return self.with_sites();
        };
        // The folder of an edition has none itself.
        let others = is_main(&site).then_some(site).into_iter().flat_map(|site| site.languages.into_iter().skip(1));
        others.map(|edition| edition.language.to_string()).collect()
    }

    /// The folders right below this one that have a site of their own.
    fn with_sites(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.api).into_iter().flatten().filter_map(Result::ok);
        let folders = entries.filter(|entry| entry.path().join("site.json").is_file());
        let mut names: Vec<String> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort_unstable();
        names
    }

    /// The folder of what this one is an edition of.
    pub fn main(&self) -> Self {
        Self { api: self.api.parent().unwrap_or(&self.api).to_owned(), files: self.files.clone() }
    }

    /// Are the files looked up among the documents themselves, for want of a better place?
    pub fn files_are_documents(&self) -> bool {
        self.api == self.files
    }

    /// The folder of the documents.
    pub fn api(&self) -> &Path {
        &self.api
    }

    /// The folder of the site's files.
    pub fn files(&self) -> &Path {
        &self.files
    }

    /// Is there a document of this name?
    pub fn has(&self, name: &str) -> bool {
        self.api.join(name).is_file()
    }

    /// The size of a file of the site by its site-relative address (without query); `None` if it is not there.
    pub fn file_size(&self, address: &str) -> Option<u64> {
        let file = fs::metadata(self.file(address)?).ok()?;
        file.is_file().then_some(file.len())
    }

    /// Where a file of the site would be, by its site-relative address (without query); `None` for what would be outside.
    pub fn file(&self, address: &str) -> Option<PathBuf> {
        let relative = percent_decoded(address)?;
        let relative = relative.trim_start_matches('/');
        why_refused(relative).is_none().then(|| self.files.join(relative))
    }

    /// The text of a document, without the byte order mark that editors on Windows like to begin it with.
    ///
    /// # Errors
    /// What makes the file unreadable, too large or no text.
    pub fn read(&self, name: &str) -> Result<String, Finding> {
        let unreadable = |error: io::Error| match error.kind() {
            ErrorKind::InvalidData => Finding::of_file(name, "is not UTF-8", "save it as UTF-8"),
            ErrorKind::NotFound => Finding::of_file(name, "is missing", "write it, or name the folder that holds it"),
            _ => {
                Finding::of_file(name, format!("cannot be read ({error})"), "let the tool read the file, or remove it")
            }
        };
        let file = File::open(self.api.join(name)).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        if size > LARGEST {
            return Err(Finding::of_file(name, format!("is too large ({size} bytes)"), "keep it below 16 MiB"));
        }
        // One byte more, so that the end is found without asking for more memory.
        let mut bytes = Vec::with_capacity(size as usize + 1);
        file.take(LARGEST).read_to_end(&mut bytes).map_err(unreadable)?;
        let text =
            String::from_utf8(bytes).map_err(|error| unreadable(io::Error::new(ErrorKind::InvalidData, error)))?;
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    /// Writes a document unless its bytes are already there; a reader sees either the old or the new one, whole.
    /// Answers whether it was written.
    ///
    /// # Errors
    /// What kept the file from being written.
    pub fn write(&self, name: &str, text: &str) -> Result<bool, Finding> {
        write_whole(&self.api.join(name), text).map_err(|error| {
            Finding::of_file(name, format!("cannot be written ({error})"), "mend that and run it again")
        })
    }

    /// Removes a document.
    ///
    /// # Errors
    /// What kept the file from being removed.
    pub fn remove(&self, name: &str) -> Result<(), Finding> {
        fs::remove_file(self.api.join(name))
            .map_err(|error| Finding::of_file(name, format!("cannot be removed ({error})"), "remove it by hand"))
    }

    /// Hands the name of every file below a folder of the API (`""` for all) to `work`, on all processors at once,
    /// and collects what that finds. Nothing may depend on the order, and `work` must not write: a folder that changes
    /// while it is walked may show a file twice, or not at all.
    pub fn each(&self, below: &str, bar: &ProgressBar, work: impl Fn(&str) -> Vec<Finding> + Sync) -> Vec<Finding> {
        share(self.names(below), bar, |name| name.map_or_else(|finding| vec![finding], |name| work(&name)))
    }

    /// The names of all files below a folder of the API (`""` for all), as they are found.
    pub fn names(&self, below: &str) -> impl Iterator<Item = Result<String, Finding>> + Send {
        let start = self.api.join(below);
        let entries = start.exists().then(|| WalkDir::new(start).into_iter()).into_iter().flatten();
        entries.filter_map(|entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => Some(Ok(self.name_of(entry.path()))),
            Err(error) => Some(Err(self.unreadable(&error))),
        })
    }

    fn name_of(&self, path: &Path) -> String {
        let relative = path.strip_prefix(&self.api).unwrap_or(path);
        let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    }

    fn unreadable(&self, error: &walkdir::Error) -> Finding {
        let name = error.path().map(|path| self.name_of(path)).unwrap_or_default();
        Finding::of_file(name, format!("cannot be read ({error})"), "let the tool read the folder")
    }
}

/// Begins to count what is done of one kind of work; of how many, if that is known.
pub fn begin(bar: &ProgressBar, what: &'static str, of: Option<u64>) {
    bar.set_message(what);
    bar.set_position(0);
    match of {
        Some(of) => bar.set_length(of),
        None => bar.unset_length(),
    }
}

/// Shares items out among all processors and collects what they find.
pub fn share<T>(
    items: impl Iterator<Item = T> + Send,
    bar: &ProgressBar,
    work: impl Fn(T) -> Vec<Finding> + Sync,
) -> Vec<Finding> {
    let items = Mutex::new(items);
    let findings = Mutex::new(Vec::new());
    let worker = || {
        loop {
            // A statement of its own, so that the lock is free again before the work begins.
            let next = items.lock().expect("no worker panics while it takes an item").next();
            let Some(item) = next else { break };
            let found = work(item);
            bar.inc(1);
            findings.lock().expect("no worker panics while it adds findings").extend(found);
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(worker))));
    findings.into_inner().expect("all workers have ended well")
}

/// Writes a file unless its bytes are already there, by way of a neighbour that is then renamed.
///
/// # Errors
/// What the file system reports.
pub fn write_whole(path: &Path, bytes: impl AsRef<[u8]>) -> io::Result<bool> {
    let bytes = bytes.as_ref();
    if holds(path, bytes).unwrap_or(false) {
        return Ok(false);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = path.with_file_name(format!(".{name}.part"));
    let written = create(&draft).and_then(|mut file| file.write_all(bytes)).and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        // The first error is the one to report.
        let _ = fs::remove_file(&draft);
    }
    written.map(|()| true)
}

/// Has a file these bytes, and no others? One of another size need not be read.
fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut present = Vec::with_capacity(bytes.len());
    file.read_to_end(&mut present)?;
    Ok(present == bytes)
}

/// A new file. Its folder is made when it turns out to be missing: asking first would cost each file a look.
///
/// # Errors
/// What the file system reports.
pub fn create(path: &Path) -> io::Result<File> {
    match (File::create(path), path.parent()) {
        (Err(error), Some(parent)) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            File::create(path)
        }
        (created, _) => created,
    }
}

/// `B%C3%A1o.pdf` as the file is named on disk; `None` for what is not an encoding of UTF-8.
fn percent_decoded(address: &str) -> Option<String> {
    let mut parts = address.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(part.get(..2)?, 16).ok()?);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_decoded() {
        assert_eq!(percent_decoded("/media/B%C3%A1o%20c%C3%A1o.pdf").as_deref(), Some("/media/Báo cáo.pdf"));
        for bad in ["/%", "/%f", "/%zz", "/%ff"] {
            assert_eq!(percent_decoded(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_address_does_not_leave_the_folder_of_the_files() {
        let folder = Folder { api: "/".into(), files: std::env::temp_dir() };
        assert_eq!(folder.file_size("/../etc/passwd"), None);
        assert_eq!(folder.file_size("/%2e%2e/etc/passwd"), None);
        // Nor on Windows.
        for address in ["/media/..%5c..%5csecret.svg", "/C:/Windows/x.svg"] {
            assert_eq!(folder.file(address), None, "{address}");
        }
    }
}
