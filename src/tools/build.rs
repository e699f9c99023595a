//! `portal build`: writes every reachable address as a finished page, and what machines read besides.
//!
//! A page is made by the same way as in the browser: route, content, components. Pages are made on all processors at
//! once and written one by one, so memory holds a few pages, a line of the sitemap for each address, and a checksum for
//! each file. A file whose bytes did not change is left alone, and files of addresses that are gone are removed.

mod conformance;
mod document;
pub mod edition;
mod machines;
mod minify;
mod offline;
mod order;
pub mod output;
mod packed;
mod program;
mod routes;
mod slim;
pub mod source;

use super::finding::Finding;
use super::folder::{Folder, begin, share};
use super::index::{self, Indexer};
use super::{names, release};
use crate::calendar::Timestamp;
use crate::content::{self, Content};
use crate::failure::Failure;
use crate::routes::Route;
use document::Pages;
use edition::{Edition, editions};
use indicatif::ProgressBar;
use output::Output;
use program::Program;
use source::now;
use std::iter;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Instant;

/// What is to be built.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to: a folder that holds the browser program as Trunk built it.
    pub out: PathBuf,
    /// The path the portal will stand under.
    pub base: String,
    /// Write `.br` and `.gz` beside each text file?
    pub compress: bool,
    /// Keep what was read on the device? If not, what devices keep is recalled.
    pub offline: bool,
    /// A folder that was built before: files with the same bytes get the times they have there.
    pub former: Option<PathBuf>,
}

impl Settings {
    /// The usual ones: for the root of a host, nothing packed.
    pub fn new(out: PathBuf) -> Self {
        Self { out, base: "/".to_owned(), compress: false, offline: true, former: None }
    }
}

/// What was built.
#[derive(Debug, Default)]
pub struct Summary {
    /// How many pages there are.
    pub pages: u64,
    /// How many bytes they have together.
    pub bytes: u64,
    /// How many files were written because they are new or changed.
    pub written: u64,
    /// How long the search index took after the pages, in seconds.
    pub index_seconds: f64,
    /// How many files were removed because their address is gone.
    pub removed: u64,
    /// Have the files for servers of one's own changed since the former build? An old one on a server knows neither the hashes
    /// of new scripts and styles, which browsers then refuse, nor new redirects.
    pub hosting_changed: bool,
    /// What is wrong with documents whose pages could not be made.
    pub findings: Vec<Finding>,
}

/// An address for machines: its path below the origin and when its page last changed.
pub(crate) type Address = (String, Option<Timestamp>);

/// Builds the pages of a folder of API documents.
///
/// # Errors
/// What keeps the whole from being built: no program, no site, no place to write. A single bad document is a finding of
/// the summary and keeps only its own page from being made; the page that a former build made of it stays.
pub fn build(folder: &Folder, settings: &Settings, bar: &ProgressBar) -> Result<Summary, String> {
    let base = settings.base.trim_matches('/');
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    if !base.is_empty() && (!base.chars().all(is_plain) || names::why_refused(base).is_some()) {
        return Err(format!("--base {} is no path: use letters, digits and hyphens, such as /portal/", settings.base));
    }
    let editions = editions(folder, &settings.base)?;
    if !settings.out.is_dir() {
        return Err(format!("{} is no folder: let `make build` write it first", settings.out.display()));
    }
    let mut output = Output::open(&settings.out)?;
    // First, so that nothing is written into a folder that was named by mistake.
    Program::look_for(&output)?;
    let names: Vec<&str> = editions[1..].iter().map(|edition| edition.name.as_str()).collect();
    output.keep_editions(&names).map_err(|error| format!("languages cannot be taken away: {error}"))?;
    let below: Vec<Output> =
        editions[1..].iter().map(|edition| output.edition(&edition.name)).collect::<Result<_, _>>()?;
    source::copy_api(&editions, &output, settings.former.as_deref())?;
    let program = Program::prepare(&output, &editions, settings.offline)?;
    let mut summary = Summary::default();
    let (mut fallbacks, mut machine_files) = (Vec::new(), Vec::new());
    for (at, (edition, own)) in editions.iter().zip(iter::once(&output).chain(&below)).enumerate() {
        let has_file = |address: &str| {
            let is_published = || output.size(address.trim_start_matches('/')).is_some();
            edition.folder.file_size(address).is_some() || is_published()
        };
        let share_picture = machines::share_picture(edition, &has_file, own)?;
        let pages = Pages::new(&edition.portal, &program, at, share_picture, &has_file);
        let (fallback, files) = write_edition(edition, &pages, own, bar, &mut summary)?;
        settings.former.as_ref().map_or(Ok(()), |former| own.bring_kept(&former.join(&edition.name)))?;
        fallbacks.push(fallback);
        machine_files.extend(files.into_iter().map(|file| below_edition(&edition.name, file)));
    }
    output
        .keep_listed(output::MACHINES, machine_files)
        .map_err(|error| format!("old feeds cannot be taken away: {error}"))?;
    // Pages that are there already name the new one by now.
    program.remove_former(&output)?;
    let former = settings.former.as_deref().unwrap_or(output.root());
    summary.hosting_changed = machines::write_host(&editions, &program, &mut summary.findings, &output, former)?;
    offline::write(&program, &editions, &fallbacks, &output)
        .map_err(|error| format!("the service worker cannot be written: {error}"))?;
    summary.findings.sort_by(|a, b| a.file.cmp(&b.file));
    output.finish()?;
    summary.removed += output.remove_stale(settings.compress)?;
    let packed = if settings.compress { output.compress(bar)? } else { 0 };
    release::write(output.root(), settings.former.as_deref(), bar)?;
    summary.count(&output);
    summary.written += packed;
    Ok(summary)
}

/// The name of a file of an edition, below the whole.
fn below_edition(edition: &str, file: String) -> String {
    if edition.is_empty() { file } else { format!("{edition}/{file}") }
}

/// Writes the pages of one language, its index and what machines read of it. Answers its fallback document, and the names
/// of the files for machines.
fn write_edition(
    edition: &Edition,
    pages: &Pages<'_>,
    output: &Output,
    bar: &ProgressBar,
    summary: &mut Summary,
) -> Result<(String, Vec<String>), String> {
    let Edition { portal, folder, .. } = edition;
    let indexer = Indexer::new(output.root());
    let addresses = Mutex::new(Vec::<Address>::new());
    let make = |route: Route| make(&route, edition, pages, &indexer, output);
    let work = |route: Result<Route, Finding>| match route.and_then(make) {
        Ok(address) => {
            addresses.lock().expect("no worker panics while it adds an address").extend(address);
            Vec::new()
        }
        Err(finding) => vec![finding],
    };
    begin(bar, "pages", (!bar.is_hidden()).then(|| routes::routes(folder, portal).count() as u64));
    let findings = share(routes::routes(folder, portal), bar, work);
    summary.findings.extend(findings.into_iter().map(|finding| finding.below(&edition.name)));
    let fallback = pages.fallback();
    output.page("404.html", &fallback).map_err(|error| format!("404.html cannot be written: {error}"))?;
    let start = Instant::now();
    indexer.write(output, bar)?;
    summary.index_seconds += start.elapsed().as_secs_f64();
    let addresses = addresses.into_inner().expect("all workers have ended well");
    let machine_files = machines::write(addresses, folder, portal, output)?;
    if !edition.name.is_empty() {
        output.finish()?;
        summary.removed += output.remove_stale(false)?;
        summary.count(output);
    }
    Ok((fallback, machine_files))
}

impl Summary {
    /// Adds what was written to a folder.
    fn count(&mut self, output: &Output) {
        let (pages, bytes, written) = output.counts();
        self.pages += pages;
        self.bytes += bytes;
        self.written += written;
    }
}

/// Makes the page of a route, and adds an article or an undated page to the search index. Answers its address for the sitemap, unless search engines are not to list it.
fn make(
    route: &Route,
    edition: &Edition,
    pages: &Pages<'_>,
    indexer: &Indexer,
    output: &Output,
) -> Result<Option<Address>, Finding> {
    let address = pages.portal.link(route);
    let file = |name: &str| format!("{}{name}", &route.to_string()[1..]);
    // Readers had rather have the page of yesterday than none. Of a section, its other lists are not known then.
    let keep = || output.keep(file(if matches!(route, Route::Section { .. }) { "" } else { "index.html" }));
    let content = match now(content::load(route, &address, pages.portal, edition)) {
        Ok(missing @ (Content::NotFound(_) | Content::Moved(_))) => {
            // What somebody wrote was taken away; what `gather` writes was forgotten.
            let is_gathered = matches!(route, Route::Home | Route::Section { .. });
            if is_gathered && matches!(missing, Content::NotFound(_)) {
                keep();
            }
            let mend = match route {
                Route::Home => "run `portal gather`, which writes it",
                Route::Section { .. } => "run `portal gather`, which writes it, or take the section out of the tree",
                _ => "add its document, or take it out of the tree and the lists",
            };
            return Err(Finding::of_file(route.to_string(), "has no document", mend));
        }
        Ok(content) => content,
        Err(failure) => {
            keep();
            return Err(match failure {
                // One line a page: `portal check` names them all.
                Failure::Invalid(document, mut problems) => {
                    Finding { file: document, problem: problems.swap_remove(0) }
                }
                failure => Finding::of_file(route.to_string(), failure.to_string(), "run `portal check`"),
            });
        }
    };
    let page = pages.page(route, &content);
    let failed = |error: std::io::Error| {
        Finding::of_file(route.to_string(), format!("cannot be written ({error})"), "mend that and build again")
    };
    output.page(&file("index.html"), &page.html).map_err(failed)?;
    let part = pages.part(route, &content);
    part.map_or(Ok(()), |part| output.file(&file(output::PART), part.as_bytes())).map_err(failed)?;
    let texts = match &content {
        Content::Article(article) => Some(index::texts_of(article)),
        Content::Page(page) => Some(index::texts_of_page(page)),
        _ => None,
    };
    texts.map_or(Ok(()), |texts| indexer.add(texts)).map_err(failed)?;
    Ok(page.indexed.then_some((address, page.changed_at)))
}
