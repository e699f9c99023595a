//! `portal check`: all that is wrong with a folder of API documents, in one run.
//!
//! The folder is read twice. The first time every document is decoded and the little that others refer to goes into
//! the [`index`]; the second time each document, or what is left of it without its faulty values, is held against the
//! rules and the index. So memory grows by an
//! article's slug and a few dozen bytes, whatever its size.

mod article;
pub mod index;
mod inspection;
mod keys;
mod link;
mod listing;
mod mention;
mod neighbour;
mod picture;
mod redirect;
mod rest;
mod site;
mod text;
mod translation;

use super::decoded::Decoded;
use super::finding::Finding;
use super::folder::{Folder, begin};
use crate::calendar::Timestamp;
use crate::contract::Document;
use index::Index;
use indicatif::ProgressBar;
use inspection::Inspection;
use rest::{LeftOut, Rest};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// So many problems of one file are told, and so many in all: memory must not grow with the number of mistakes.
const MOST_OF_A_FILE: usize = 100;
const MOST: usize = 100_000;

/// What a check found.
pub struct Outcome {
    /// How many documents there are.
    pub documents: u64,
    /// How many problems there are.
    pub problems: u64,
    /// The problems, sorted by file; not all of them if they are very many.
    pub findings: Vec<Finding>,
}

/// Checks a folder, and those of its editions.
pub fn check(folder: &Folder, bar: &ProgressBar) -> Outcome {
    let editions = folder.editions();
    let mut outcome = check_one(folder, &editions, bar);
    for name in editions {
        let own = check_one(&folder.edition(&name), &[], bar);
        outcome.documents += own.documents;
        outcome.problems += own.problems;
        outcome.findings.extend(own.findings.into_iter().map(|finding| finding.below(&name)));
    }
    outcome
}

/// Checks a folder without the folders below it that are editions.
fn check_one(folder: &Folder, editions: &[String], bar: &ProgressBar) -> Outcome {
    let is_of_edition =
        |name: &str| name.split_once('/').is_some_and(|(first, _)| editions.iter().any(|own| own == first));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    let now = Timestamp::from_unix_seconds(i64::try_from(now).unwrap_or(i64::MAX));
    let index = Mutex::new(Index::new(now));
    let (documents, problems) = (AtomicU64::new(0), AtomicU64::new(0));
    let told = |findings: Vec<Finding>| {
        let before = problems.fetch_add(findings.len() as u64, Ordering::Relaxed);
        if before > MOST as u64 { Vec::new() } else { findings }
    };
    bar.set_message("counting");
    begin(bar, "documents", Some(2 * folder.names("").inspect(|_| bar.tick()).count() as u64));
    let mut findings = folder.each("", bar, |name| {
        if is_of_edition(name) {
            return Vec::new();
        }
        told(match named(name) {
            Ok(document) => {
                documents.fetch_add(1, Ordering::Relaxed);
                enter(&document, name, folder, &index)
            }
            Err(finding) => vec![finding],
        })
    });
    let mut index = index.into_inner().expect("no worker panics while it holds the index");
    index.finish();

    findings.extend(folder.each("", bar, |name| {
        if is_of_edition(name) {
            return Vec::new();
        }
        told(named(name).map(|document| inspect(&document, folder, &index)).unwrap_or_default())
    }));
    findings.extend(told(index.missing_documents()));
    // All findings of a file come from one worker, in order; a stable sort keeps them so.
    findings.sort_by(|a, b| a.file.cmp(&b.file));
    Outcome { documents: documents.into_inner(), problems: problems.into_inner(), findings }
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
    let (rest, findings) = match folder.read(name) {
        Ok(text) => {
            let mut rest = Rest::of(document, &text);
            let problems = std::mem::take(&mut rest.problems);
            (rest, Finding::first_of(MOST_OF_A_FILE, name, problems))
        }
        Err(finding) => (Rest::default(), vec![finding]),
    };
    index.lock().expect("no worker panics while it holds the index").enter(document, rest);
    findings
}

/// The second look: what could be decoded of the document is held against the rules. What could not was reported at the
/// first.
fn inspect(document: &Document, folder: &Folder, index: &Index) -> Vec<Finding> {
    let name = document.to_string();
    let Ok(text) = folder.read(&name) else { return Vec::new() };
    let mut inspection = Inspection::new(index, folder, LeftOut::default());
    inspection.keys(document, &text);
    let mut problems = inspection.into_problems();
    let Rest { decoded, left_out, .. } = Rest::of(document, &text);
    let mut inspection = Inspection::new(index, folder, left_out);
    match (document, &decoded) {
        (_, Some(Decoded::Site(site))) => inspection.site(site),
        (_, Some(Decoded::Home(home))) => inspection.home(home),
        (Document::Section(slug), Some(Decoded::Section(section))) => inspection.section(slug, section),
        (Document::List(slug, number), Some(Decoded::List(list))) => inspection.list(slug, *number, list),
        (Document::Article(section, slug), Some(Decoded::Article(it))) => inspection.article(section, slug, it),
        (Document::Page(slug), Some(Decoded::Page(page))) => inspection.page(slug, page),
        (_, Some(Decoded::Visits(visits))) => inspection.visits(visits),
        (_, Some(Decoded::Redirects(redirects))) => inspection.redirects(redirects),
        _ => {}
    }
    problems.extend(inspection.into_problems());
    Finding::first_of(MOST_OF_A_FILE, &name, problems)
}
