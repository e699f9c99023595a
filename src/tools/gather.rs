//! `portal gather`: writes every document that follows from the articles and the tree.
//!
//! First all articles are read and what lists repeat of them is kept (the [`catalogue`]); if one is broken, nothing is
//! written. Then each article is brought up to date ([`patch`]), and the [`listings`] are written.

pub mod catalogue;
pub mod listings;
pub mod patch;

use super::decoded::Decoded;
use super::finding::Finding;
use super::folder::{Folder, begin, share};
use crate::contract::{Document, Site, Slug, TreeNode};
use catalogue::Catalogue;
use indicatif::ProgressBar;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::iter;
use std::ops::RangeInclusive;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a run has done.
#[derive(Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many articles there are.
    pub articles: usize,
    /// How many files were written.
    pub written: usize,
    /// How many files were removed.
    pub removed: usize,
    /// The sections that are not in the tree, so that no list shows their articles, and how many these are.
    pub strays: BTreeMap<Slug, usize>,
}

/// Writes the derived documents of a folder and of its editions. Files that would stay the same are not touched.
///
/// # Errors
/// All that is wrong with the articles, the pages and the site, in which case nothing was written; or the files that
/// could not be written.
pub fn gather(folder: &Folder, page_size: u32, bar: &ProgressBar) -> Result<Summary, Vec<Finding>> {
    let editions = folder.editions().into_iter().map(|name| (folder.edition(&name), name));
    let all: Vec<(Folder, String)> = iter::once((folder.clone(), String::new())).chain(editions).collect();
    let below =
        |name: &str, findings: Vec<Finding>| findings.into_iter().map(|one| one.below(name)).collect::<Vec<_>>();
    // Nothing is written while one of them is broken.
    let read_all = all.iter().map(|(folder, name)| read(folder, bar).map_err(|findings| below(name, findings)));
    let read_all = read_all.collect::<Result<Vec<_>, _>>()?;
    let mut summary = Summary { articles: 0, written: 0, removed: 0, strays: BTreeMap::new() };
    for ((folder, name), documents) in all.iter().zip(read_all) {
        let own = write(folder, documents, page_size, bar).map_err(|findings| below(name, findings))?;
        summary.articles += own.articles;
        summary.written += own.written;
        summary.removed += own.removed;
        summary.strays.extend(own.strays);
    }
    Ok(summary)
}

/// Writes what follows from the documents of one folder.
fn write(
    folder: &Folder,
    (site, catalogue, pages): (Site, Catalogue, Vec<Document>),
    page_size: u32,
    bar: &ProgressBar,
) -> Result<Summary, Vec<Finding>> {
    let run = Run { folder, written: AtomicUsize::new(0) };
    let refreshed = catalogue.documents().chain(pages);
    none_of(share(refreshed, bar, |document| run.refresh(&document, &catalogue).err().into_iter().collect()))?;
    let removed = run.listings(&site, &catalogue, page_size).map_err(|finding| vec![finding])?;
    let mut strays = BTreeMap::new();
    for teaser in catalogue.standing() {
        if !matches!(site.node(teaser.section.as_str()), Some(TreeNode::Section(_))) {
            *strays.entry(teaser.section.clone()).or_default() += 1;
        }
    }
    Ok(Summary { articles: catalogue.len(), written: run.written.into_inner(), removed, strays })
}

/// How many articles a full list may have.
pub const PAGE_SIZES: RangeInclusive<i64> = 1..=1000;

/// How many articles the full lists of a folder have, if it was gathered before.
pub fn present_page_size(folder: &Folder) -> Option<u32> {
    folder.names("sections").filter_map(Result::ok).find_map(|name| match decoded(folder, &name) {
        Ok((_, Decoded::Section(section))) => {
            Some(section.page_size).filter(|size| PAGE_SIZES.contains(&i64::from(*size)))
        }
        _ => None,
    })
}

/// The site, all articles, and the names of the pages.
fn read(folder: &Folder, bar: &ProgressBar) -> Result<(Site, Catalogue, Vec<Document>), Vec<Finding>> {
    let entries = Mutex::new(Vec::new());
    let pages = Mutex::new(Vec::new());
    let enter = |name: &str| -> Result<(), Vec<Finding>> {
        match decoded(folder, name)? {
            (document, Decoded::Article(article)) => {
                let entry = catalogue::Entry::of(*article, &document).map_err(|finding| vec![finding])?;
                entries.lock().expect("no worker panics while it adds an article").push(entry);
            }
            (document, _) => pages.lock().expect("no worker panics while it adds a page").push(document),
        }
        Ok(())
    };
    begin(bar, "documents", None);
    let mut findings = Vec::new();
    for below in ["articles", "pages"] {
        findings.extend(folder.each(below, bar, |name| enter(name).err().unwrap_or_default()));
    }
    let site = match decoded(folder, &Document::Site.to_string()) {
        Ok((_, Decoded::Site(site))) => Some(site),
        Ok(_) => None,
        Err(found) => {
            findings.extend(found);
            None
        }
    };
    findings.sort_by(|a, b| a.file.cmp(&b.file));
    none_of(findings)?;
    let site = site.ok_or_else(Vec::new)?;
    let entries = entries.into_inner().expect("all workers have ended well");
    Ok((*site, Catalogue::new(entries), pages.into_inner().expect("all workers have ended well")))
}

fn decoded(folder: &Folder, name: &str) -> Result<(Document, Decoded), Vec<Finding>> {
    let document = Document::from_path(name).filter(|document| document.to_string() == name).ok_or_else(|| {
        vec![Finding::of_file(name, "is not a document of the API", "correct its name, or move it out of the folder")]
    })?;
    let text = folder.read(name).map_err(|finding| vec![finding])?;
    let decoded = Decoded::read(&document, &text).map_err(|problems| Finding::all(name, problems))?;
    Ok((document, decoded))
}

fn none_of(findings: Vec<Finding>) -> Result<(), Vec<Finding>> {
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// The writing half of a run.
struct Run<'a> {
    folder: &'a Folder,
    written: AtomicUsize,
}

impl Run<'_> {
    /// Brings one article or page up to date. Whatever its author wrote stays, known to this version or not.
    fn refresh(&self, document: &Document, catalogue: &Catalogue) -> Result<(), Finding> {
        let name = &document.to_string();
        let text = self.folder.read(name)?;
        let original: Value = serde_json::from_str(&text)
            .map_err(|error| Finding::of_file(name, format!("is not JSON ({error})"), "run it again"))?;
        let mut value = original.clone();
        if let Document::Article(section, slug) = document {
            let (newer, older) = catalogue.neighbours(section, slug);
            patch::neighbours(&mut value, newer.as_ref(), older.as_ref());
            patch::related(&mut value, |section, slug| catalogue.reference(section, slug));
        }
        patch::sizes(&mut value, &|address| self.folder.file_size(address));
        if value == original { Ok(()) } else { self.write(name, &value) }
    }

    /// Writes all listings and answers how many files that are none any more were removed.
    fn listings(&self, site: &Site, catalogue: &Catalogue, page_size: u32) -> Result<usize, Finding> {
        let mut kept = HashSet::new();
        for node in site.nodes() {
            let Some(listing) = listings::Listing::of(node, catalogue, page_size) else { continue };
            for number in 1..=listing.lists() {
                let document = Document::List(listing.slug().clone(), number);
                self.write(&document.to_string(), &listing.list(number))?;
                kept.insert(document);
            }
            let document = Document::Section(listing.slug().clone());
            self.write(&document.to_string(), &listing.section())?;
            kept.insert(document);
        }
        self.write(&Document::Home.to_string(), &listings::home(site, catalogue))?;
        self.remove_all_but(&kept)
    }

    fn remove_all_but(&self, kept: &HashSet<Document>) -> Result<usize, Finding> {
        let stale = Mutex::new(Vec::new());
        self.folder.each("sections", &ProgressBar::hidden(), |name| {
            if Document::from_path(name).is_some_and(|document| !kept.contains(&document)) {
                stale.lock().expect("no worker panics while it adds a name").push(name.to_owned());
            }
            Vec::new()
        });
        let stale = stale.into_inner().expect("all workers have ended well");
        stale.iter().try_for_each(|name| self.folder.remove(name))?;
        Ok(stale.len())
    }

    fn write(&self, name: &str, document: &impl Serialize) -> Result<(), Finding> {
        let text = serde_json::to_string_pretty(document).expect("documents have text keys only");
        if self.folder.write(name, &(text + "\n"))? {
            self.written.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }
}
