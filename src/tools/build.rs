//! `portal build`: writes every reachable address as a finished page, and what machines read besides.
//!
//! A page is made by the same way as in the browser: route, content, components. Pages are made on all processors at
//! once and written one by one, so memory holds a few pages and, for each address, a line of the sitemap. A file whose
//! bytes did not change is left alone, and files of addresses that are gone are removed.

mod document;
mod machines;
mod offline;
pub mod output;
mod program;
mod routes;
mod slim;
pub mod source;

use super::finding::Finding;
use super::folder::{Folder, share};
use super::index::{self, Indexer};
use super::{names, release};
use crate::calendar::Timestamp;
use crate::content::{self, Content};
use crate::contract::{Document, Redirects, Site, Status, decode};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::routes::Route;
use document::Pages;
use indicatif::ProgressBar;
use output::Output;
use program::Program;
use source::now;
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
    /// What is wrong with documents whose pages could not be made.
    pub findings: Vec<Finding>,
}

/// An address for machines: its path below the origin and when its page last changed.
pub(crate) type Address = (String, Option<Timestamp>);

/// Builds the pages of a folder of API documents.
///
/// # Errors
/// What keeps the whole from being built: no program, no site, no place to write. A single bad document is a finding of
/// the summary and keeps only its own page from being made.
pub fn build(folder: &Folder, settings: &Settings, bar: &ProgressBar) -> Result<Summary, String> {
    let site_text = folder.read(&Document::Site.to_string()).map_err(|finding| finding.to_string())?;
    let site: Site = decode::document(&site_text).map_err(|problems| {
        Finding::all("site.json", problems).iter().map(|one| format!("{one}\n")).collect::<String>()
    })?;
    let base = settings.base.trim_matches('/');
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    if !base.is_empty() && (!base.chars().all(is_plain) || names::why_refused(base).is_some()) {
        return Err(format!("--base {} is no path: use letters, digits and hyphens, such as /portal/", settings.base));
    }
    let portal = Portal::new(site, &settings.base);
    let output = Output::open(&settings.out)?;
    source::copy_api(folder, &output)?;
    let share_picture = machines::share_picture(folder, &portal, &output)?;
    let program = Program::prepare(&output, &portal, &site_text, settings.offline)?;
    let pages = Pages::new(&portal, &program, share_picture);

    let indexer = Indexer::new(&settings.out);
    let addresses = Mutex::new(Vec::<Address>::new());
    let make = |route: Route| make(&route, folder, &pages, &indexer, &output);
    let work = |route: Result<Route, Finding>| match route.and_then(make) {
        Ok(address) => {
            addresses.lock().expect("no worker panics while it adds an address").extend(address);
            Vec::new()
        }
        Err(finding) => vec![finding],
    };
    let mut findings = share(routes::routes(folder, &portal), bar, work);
    let fallback = pages.fallback();
    let written = output.page("404.html", &fallback);
    written
        .and_then(|()| offline::write(&program, &portal, &fallback, &output))
        .map_err(|error| format!("404.html and the service worker cannot be written: {error}"))?;

    let start = Instant::now();
    indexer.write(&output, bar)?;
    let index_seconds = start.elapsed().as_secs_f64();
    let redirects = redirects(folder, &mut findings);
    let addresses = addresses.into_inner().expect("all workers have ended well");
    machines::write(addresses, &redirects, folder, &pages, &output)?;
    findings.sort_by(|a, b| a.file.cmp(&b.file));
    output.finish()?;
    let removed = output.remove_stale(settings.compress)?;
    let packed = if settings.compress { output.compress(bar)? } else { 0 };
    release::write(output.root(), bar)?;
    let (pages, bytes, written) = output.counts();
    Ok(Summary { pages, bytes, written: written + packed, index_seconds, removed, findings })
}

/// Makes the page of a route, and adds an article or an undated page to the search index. Answers its address for the sitemap, unless search engines are not to list it.
fn make(
    route: &Route,
    folder: &Folder,
    pages: &Pages<'_>,
    indexer: &Indexer,
    output: &Output,
) -> Result<Option<Address>, Finding> {
    let address = pages.portal.link(route);
    let content = match now(content::load(route, &address, pages.portal, folder)) {
        Ok(Content::NotFound(_) | Content::Moved(_)) => {
            let mend = "add its document, or take it out of the tree and the lists";
            return Err(Finding::of_file(route.to_string(), "has no document", mend));
        }
        Ok(content) => content,
        Err(Failure::Invalid(document, mut problems)) => {
            // One line a page: `portal check` names them all.
            let problem = problems.swap_remove(0);
            return Err(Finding { file: document, problem });
        }
        Err(failure) => return Err(Finding::of_file(route.to_string(), failure.to_string(), "run `portal check`")),
    };
    let page = pages.page(route, &content);
    let failed = |error: std::io::Error| {
        Finding::of_file(route.to_string(), format!("cannot be written ({error})"), "mend that and build again")
    };
    output.page(&format!("{}index.html", &route.to_string()[1..]), &page.html).map_err(failed)?;
    let texts = match &content {
        Content::Article(article) if !matches!(article.status, Status::Gone(_)) => Some(index::texts_of(article)),
        Content::Page(page) => Some(index::texts_of_page(page)),
        _ => None,
    };
    texts.map_or(Ok(()), |texts| indexer.add(texts)).map_err(failed)?;
    Ok(page.indexed.then_some((address, page.changed_at)))
}

/// The redirects; a portal may have none.
fn redirects(folder: &Folder, findings: &mut Vec<Finding>) -> Redirects {
    match now(content::get::<Redirects>(folder, &Document::Redirects)) {
        Ok(redirects) => redirects,
        Err(failure) => {
            if let Failure::Invalid(document, problems) = failure {
                findings.extend(Finding::all(&document, problems));
            }
            Redirects { redirects: Vec::new() }
        }
    }
}
