//! `portal check`: all that is wrong with a folder of API documents, in one run.
//!
//! The folder is read twice. The first time every document is decoded and the little that others refer to goes into
//! the [`index`]; the second time each document is held against the rules and the index. So memory grows by a few
//! dozen bytes an article, whatever their size.

mod article;
pub mod index;
mod inspection;
mod link;
mod listing;
mod mention;
mod redirect;
mod site;
mod text;

use super::decoded::Decoded;
use super::finding::Finding;
use super::folder::Folder;
use crate::contract::Document;
use index::Index;
use indicatif::ProgressBar;
use inspection::Inspection;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a check found.
pub struct Outcome {
    /// How many documents there are.
    pub documents: u64,
    /// All problems, sorted by file.
    pub findings: Vec<Finding>,
}

/// Checks a folder.
pub fn check(folder: &Folder, bar: &ProgressBar) -> Outcome {
    let index = Mutex::new(Index::default());
    let documents = AtomicU64::new(0);
    let mut findings = folder.each("", bar, |name| match named(name) {
        Ok(document) => {
            documents.fetch_add(1, Ordering::Relaxed);
            enter(&document, name, folder, &index)
        }
        Err(finding) => vec![finding],
    });
    let index = index.into_inner().expect("no worker panics while it holds the index");
    let documents = documents.into_inner();

    bar.set_length(bar.position() * 2);
    findings
        .extend(folder.each("", bar, |name| named(name).map(|it| inspect(&it, folder, &index)).unwrap_or_default()));
    findings.extend(index.missing_documents());
    // All findings of a file come from one worker, in order; a stable sort keeps them so.
    findings.sort_by(|a, b| a.file.cmp(&b.file));
    Outcome { documents, findings }
}

/// The document a file must be by its name.
fn named(name: &str) -> Result<Document, Finding> {
    match Document::from_path(name) {
        Some(document) if document.to_string() == name => Ok(document),
        _ => Err(Finding::of_file(
            name,
            "is not a document of the API",
            "correct its name, or move it out of the folder",
        )),
    }
}

/// The first look: the document is decoded and entered into the index, broken or not.
fn enter(document: &Document, name: &str, folder: &Folder, index: &Mutex<Index>) -> Vec<Finding> {
    let (decoded, findings) = match folder.read(name) {
        Ok(text) => match Decoded::read(document, &text) {
            Ok(decoded) => (Some(decoded), Vec::new()),
            Err(problems) => (None, Finding::all(name, problems)),
        },
        Err(finding) => (None, vec![finding]),
    };
    index.lock().expect("no worker panics while it holds the index").enter(document, decoded);
    findings
}

/// The second look: the document is held against the rules. What cannot be decoded was reported at the first.
fn inspect(document: &Document, folder: &Folder, index: &Index) -> Vec<Finding> {
    let name = document.to_string();
    let Some(decoded) = folder.read(&name).ok().and_then(|text| Decoded::read(document, &text).ok()) else {
        return Vec::new();
    };
    let mut inspection = Inspection::new(index, folder);
    match (document, &decoded) {
        (_, Decoded::Site(site)) => inspection.site(site),
        (_, Decoded::Home(home)) => inspection.home(home),
        (Document::Section(slug), Decoded::Section(section)) => inspection.section(slug, section),
        (Document::List(slug, number), Decoded::List(list)) => inspection.list(slug, *number, list),
        (Document::Article(section, slug), Decoded::Article(article)) => inspection.article(section, slug, article),
        (Document::Page(slug), Decoded::Page(page)) => inspection.page(slug, page),
        (_, Decoded::Visits(visits)) => inspection.visits(visits),
        (_, Decoded::Redirects(redirects)) => inspection.redirects(redirects),
        _ => {}
    }
    Finding::all(&name, inspection.into_problems())
}
