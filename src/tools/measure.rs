//! `portal measure-search` (`make bench-search`): known-item search over a folder of API documents. Each query has one article it was made of; the
//! report says how often that one comes first and among the first ten, and how many bytes a reader fetches.
//!
//! Queries are chosen from a fixed seed. Those whose words more than 30 articles have are left out.

mod queries;

use crate::contract::{Article, decode};
use crate::search::engine::{self, Query};
use crate::search::index::{Failure, Files, Index};
use crate::search::texts::Texts;
use crate::tools::build::output::Output;
use crate::tools::build::source::now;
use crate::tools::finding::Finding;
use crate::tools::folder::Folder;
use crate::tools::index::{FOLDER, Indexer, texts_of};
use flate2::read::ZlibDecoder;
use indicatif::ProgressBar;
use queries::{Asked, chosen, written};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;
use unicode_normalization::UnicodeNormalization;

/// The files of an index on disk; counts the bytes a reader would be sent.
struct Disk {
    index: PathBuf,
    articles: PathBuf,
    cache: RefCell<HashMap<String, Vec<u8>>>,
    sent: Cell<usize>,
    asked: Cell<usize>,
}

impl Disk {
    /// As if nothing had been asked for yet.
    fn forget(&self) {
        self.cache.borrow_mut().clear();
        self.sent.set(0);
        self.asked.set(0);
    }

    fn fetch(&self, path: PathBuf, sent: impl Fn(&[u8]) -> usize) -> Option<Vec<u8>> {
        let name = path.to_string_lossy().into_owned();
        if let Some(bytes) = self.cache.borrow().get(&name) {
            return Some(bytes.clone());
        }
        let bytes = std::fs::read(path).ok()?;
        self.sent.set(self.sent.get() + sent(&bytes));
        self.asked.set(self.asked.get() + 1);
        self.cache.borrow_mut().insert(name, bytes.clone());
        Some(bytes)
    }
}

impl Files for Disk {
    async fn file(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let packed = self.fetch(self.index.join(name), <[u8]>::len).ok_or_else(|| Failure::Missing(name.to_owned()))?;
        let mut bytes = Vec::new();
        ZlibDecoder::new(&*packed).read_to_end(&mut bytes).map_err(|_| Failure::Damaged(name.to_owned()))?;
        Ok(bytes)
    }

    async fn article(&self, section: &str, slug: &str) -> Option<String> {
        let bytes = self.fetch(self.articles.join(section).join(format!("{slug}.json")), packed)?;
        let article: Article = decode::document(std::str::from_utf8(&bytes).ok()?).ok()?;
        Some(texts_of(&article).body)
    }
}

/// How many bytes a host sends of a file.
fn packed(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters).expect("packing in memory cannot fail");
    out.len()
}

/// The texts of all articles, the oldest first, and what is wrong with documents that cannot be read.
fn articles(folder: &Folder) -> (Vec<Texts>, Vec<Finding>) {
    let texts = |name: Result<String, Finding>| -> Result<Texts, Vec<Finding>> {
        let name = name.map_err(|finding| vec![finding])?;
        let text = folder.read(&name).map_err(|finding| vec![finding])?;
        // Marks that stand apart could not be taken off the letters of a query.
        let text: String = text.nfc().collect();
        let article: Article = decode::document(&text).map_err(|problems| Finding::all(&name, problems))?;
        Ok(texts_of(&article))
    };
    let (mut all, mut faulty) = (Vec::new(), Vec::new());
    for outcome in folder.names("articles").map(texts) {
        match outcome {
            Ok(texts) => all.push(texts),
            Err(findings) => faulty.extend(findings),
        }
    }
    all.sort_by_cached_key(|texts| (texts.published, texts.slug.clone(), texts.section.clone()));
    (all, faulty)
}

/// What is measured, and how.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The folder of the API.
    pub folder: PathBuf,
    /// Only so many articles, the oldest.
    pub articles: Option<usize>,
    /// Name each query of this kind whose article does not come first.
    pub misses: Option<String>,
    /// A built portal, whose search program is counted among the bytes.
    pub program: Option<PathBuf>,
    /// Where to write the queries down, for other search programs.
    pub queries: Option<PathBuf>,
}

/// Prints the report.
///
/// # Errors
/// What the file system reports.
pub fn measure(settings: &Settings) -> std::io::Result<()> {
    let folder = &settings.folder;
    let (mut all, faulty) = articles(&Folder::open(folder, None).map_err(std::io::Error::other)?);
    // Beside the report, which stands on its own.
    faulty.iter().for_each(|finding| eprintln!("left out: {finding}"));
    all.truncate(settings.articles.unwrap_or(usize::MAX));
    let text: usize = all.iter().map(|article| article.title.len() + article.lead.len() + article.body.len()).sum();
    let out = std::env::temp_dir().join(format!("portal-search-{}", std::process::id()));
    std::fs::create_dir_all(&out)?;
    build(&all, text, &out)?;
    let disk = Disk {
        index: out.join(FOLDER),
        articles: folder.join("articles"),
        cache: RefCell::default(),
        sent: Cell::default(),
        asked: Cell::default(),
    };
    let index = now(Index::open(&disk)).map_err(failed)?;
    let opened = disk.sent.get();
    let program = settings.program.as_deref().map(program_size).transpose()?;
    let first = opened + program.unwrap_or_default();
    println!(
        "before the first query: index {:.1} kB, program {}",
        opened as f64 / 1e3,
        program.map_or("not counted".to_owned(), |bytes| format!("{:.1} kB", bytes as f64 / 1e3))
    );
    let asked = chosen(&all);
    if let Some(path) = &settings.queries {
        std::fs::write(path, written(&asked, &all).to_string())?;
    }
    println!(
        "| kind of query | success@1 | success@10 | first kB | further kB | further p95 | files | ms p95 |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|"
    );
    for (kind, queries) in asked {
        let misses = settings.misses.as_deref() == Some(kind);
        row(kind, &queries, &all, &index, &disk, first, misses)?;
    }
    std::fs::remove_dir_all(&out)
}

fn failed(failure: Failure) -> std::io::Error {
    std::io::Error::other(failure.to_string())
}

/// Builds the index on one thread, and says what it weighs.
fn build(all: &[Texts], text: usize, out: &Path) -> std::io::Result<()> {
    let output = Output::open(out).map_err(std::io::Error::other)?;
    let start = Instant::now();
    let indexer = Indexer::new(out);
    all.iter().try_for_each(|article| indexer.add(article.clone()))?;
    let added = start.elapsed();
    indexer.write(&output, &ProgressBar::hidden()).map_err(std::io::Error::other)?;
    output.finish().map_err(std::io::Error::other)?;
    let seconds = start.elapsed();
    let mut bytes = 0;
    let mut files = 0;
    for file in walkdir::WalkDir::new(out.join(FOLDER)).into_iter().flatten().filter(|file| file.path().is_file()) {
        bytes += file.metadata()?.len();
        files += 1;
    }
    println!(
        "{} articles, {:.1} MB of text; index {:.1} MB ({:.0} %), {files} files, in {:.1} s (of these {:.1} s reading texts)",
        all.len(),
        text as f64 / 1e6,
        bytes as f64 / 1e6,
        bytes as f64 * 100.0 / text as f64,
        seconds.as_secs_f64(),
        added.as_secs_f64()
    );
    Ok(())
}

/// What a host sends of the search program of a built portal.
fn program_size(portal: &Path) -> std::io::Result<usize> {
    let mut size = 0;
    for file in std::fs::read_dir(portal)? {
        let file = file?;
        if file.file_type()?.is_file() && file.file_name().to_string_lossy().starts_with("search-") {
            size += packed(&std::fs::read(file.path())?);
        }
    }
    Ok(size)
}

/// Asks the queries of a kind and prints what came of it.
fn row(
    kind: &str,
    queries: &[Asked],
    all: &[Texts],
    index: &Index,
    disk: &Disk,
    before: usize,
    misses: bool,
) -> std::io::Result<()> {
    let (mut first, mut ten) = (0, 0);
    let (mut sent, mut files, mut times) = (Vec::new(), Vec::new(), Vec::new());
    for (text, target) in queries {
        let target = &all[*target];
        disk.forget();
        let query = Query { text, ..Query::default() };
        now(engine::search(index, disk, &query)).map_err(failed)?;
        sent.push(disk.sent.get());
        files.push(disk.asked.get());
        // The files are in memory now.
        let start = Instant::now();
        let found = now(engine::search(index, disk, &query)).map_err(failed)?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
        let place =
            found.hits.iter().position(|hit| hit.slug == target.slug && hit.section.as_ref() == Some(&target.section));
        first += usize::from(place == Some(0));
        ten += usize::from(place.is_some());
        if misses && place != Some(0) {
            let best = found.hits.first().map(|hit| hit.title.iter().map(|run| run.text.as_str()).collect::<String>());
            println!("{place:?} [{text}] {} <- {best:?}", target.title);
        }
    }
    let share = |count: usize| count as f64 / queries.len().max(1) as f64;
    sent.sort_unstable();
    files.sort_unstable();
    times.sort_by(f64::total_cmp);
    let kilobytes = |part: usize| sent.get(sent.len() * part / 100).copied().unwrap_or_default() as f64 / 1e3;
    println!(
        "| {kind} ({}) | {:.3} | {:.3} | {:.0} | {:.1} | {:.1} | {} | {:.2} |",
        queries.len(),
        share(first),
        share(ten),
        before as f64 / 1e3 + kilobytes(50),
        kilobytes(50),
        kilobytes(95),
        files.get(files.len() / 2).copied().unwrap_or_default(),
        times.get(times.len() * 95 / 100).copied().unwrap_or_default()
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_cannot_be_read_is_named_and_left_out() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let section = folder.path().join("articles/tin-tuc");
        std::fs::create_dir_all(&section).expect("made");
        let write = |name: &str, text: &str| std::fs::write(section.join(name), text).expect("written");
        let document = |slug: &str, rest: &str| {
            let path = r#"[{"title": "Tin tức", "href": "/tin-tuc/"}]"#;
            format!(r#"{{"section": "tin-tuc", "slug": "{slug}", "title": "Họp", "path": {path}{rest}}}"#)
        };
        write("hop.json", &document("hop", ""));
        write("moi.json", &document("moi", r#", "published_at": "2024-05-01T08:00:00+07:00", "lead": "Sáng nay.""#));
        write("sai.json", "{}");
        write("cut.json", r#"{"section": "tin"#);
        let (all, faulty) = articles(&Folder::open(folder.path(), None).expect("a folder"));
        let slugs: Vec<&str> = all.iter().map(|texts| texts.slug.as_str()).collect();
        assert_eq!(slugs, ["hop", "moi"], "{faulty:?}");
        for name in ["sai", "cut"] {
            let file = format!("articles/tin-tuc/{name}.json");
            assert!(faulty.iter().any(|finding| finding.file == file), "{file}: {faulty:?}");
        }
    }
}
