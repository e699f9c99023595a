//! `portal index`: the search index without the pages, for the development server.

use super::{Indexer, texts_of, texts_of_page};
use crate::content::get;
use crate::contract::Document;
use crate::failure::Failure;
use crate::search::texts::Texts;
use crate::tools::build::output::Output;
use crate::tools::build::source::now;
use crate::tools::folder::Folder;
use indicatif::ProgressBar;
use std::path::Path;

/// Writes the index of a folder of API documents, and below it those of other languages; documents that cannot be read
/// are left out.
///
/// # Errors
/// A sentence with what the file system reports.
pub fn write_alone(folder: &Folder, out: &Path, bar: &ProgressBar) -> Result<(), String> {
    write_one(folder, out, bar)?;
    folder.editions().iter().try_for_each(|name| write_one(&folder.edition(name), &out.join(name), bar))
}

fn write_one(folder: &Folder, out: &Path, bar: &ProgressBar) -> Result<(), String> {
    std::fs::create_dir_all(out).map_err(|error| format!("{} cannot be made: {error}", out.display()))?;
    let output = Output::open(out)?;
    let failed = |error: std::io::Error| format!("the search index cannot be written: {error}");
    let indexer = Indexer::new(out);
    let names = ["pages", "articles"].into_iter().flat_map(|below| folder.names(below));
    for document in names.filter_map(|name| Document::from_path(&name.ok()?)) {
        if let Ok(Some(texts)) = texts(folder, &document) {
            indexer.add(texts).map_err(failed)?;
        }
    }
    indexer.write(&output, bar)?;
    output.finish()
}

fn texts(folder: &Folder, document: &Document) -> Result<Option<Texts>, Failure> {
    Ok(match document {
        Document::Page(_) => Some(texts_of_page(&now(get(folder, document))?)),
        Document::Article(..) => Some(texts_of(&now(get(folder, document))?)),
        _ => None,
    })
}
