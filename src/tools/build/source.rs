//! The folder of API documents as a source of content.

use super::conformance;
use super::edition::Edition;
use super::output::Output;
use crate::content::{Documents, IsUsable};
use crate::contract::Document;
use crate::failure::Failure;
use crate::tools::decoded::Decoded;
use crate::tools::folder::Folder;
use crate::tools::names::{self, name_below};
use serde_json::Value;
use std::path::Path;
use std::pin::pin;
use std::string::FromUtf8Error;
use std::task::{Context, Poll, Waker};

impl Documents for Folder {
    async fn text(&self, document: &Document, _: IsUsable) -> Result<String, Failure> {
        let name = document.to_string();
        self.read(&name).map_err(|finding| {
            if self.has(&name) { Failure::Invalid(finding.file, vec![finding.problem]) } else { Failure::Missing }
        })
    }
}

/// The documents as they are published.
impl Documents for Edition {
    async fn text(&self, document: &Document, is_usable: IsUsable) -> Result<String, Failure> {
        let text = self.folder.text(document, is_usable).await?;
        let is_page = matches!(document, Document::Page(_));
        Ok(if is_page { conformance::filled(text, self.portal.words().language) } else { text })
    }
}

/// The result of a future that waits for nothing, as those over a folder are.
pub fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("reading a folder waits for nothing"),
    }
}

/// Brings the documents of the API into the output, unless they are there already, and removes those that are gone; with
/// them the files that they name, such as pictures. Nothing is brought if a name could do harm. A broken document does not
/// take the place of the one that was published before, as its page does not; that may be in a `former` output.
///
/// # Errors
/// The names that are refused, or what the file system reports.
pub fn copy_api(editions: &[Edition], output: &Output, former: Option<&Path>) -> Result<(), String> {
    let folder = &editions[0].folder;
    names::check(folder.api())?;
    let brings_files = !folder.files_are_documents() && !output.holds(folder.files());
    if brings_files {
        names::check(folder.files())?;
    }
    if output.holds(folder.api()) {
        return Ok(());
    }
    let edit = |name: &Path, bytes| {
        let first = name.iter().next().unwrap_or_default();
        match editions[1..].iter().find(|edition| first == edition.name.as_str()) {
            Some(edition) => published(edition, name.strip_prefix(first).unwrap_or(name), bytes),
            None => published(&editions[0], name, bytes),
        }
    };
    output.mirror(folder.api(), "api/v1", former, &edit)?;
    // Other files of the output stay.
    if brings_files { output.add(folder.files(), "api") } else { Ok(()) }
}

/// What is left of an article that is gone, as [`Article::as_shown`](crate::contract::Article::as_shown) has it.
const OF_GONE: [&str; 9] =
    ["$schema", "slug", "section", "title", "published_at", "updated_at", "status", "newer", "older"];

/// A document as it is published: of an article that is gone only that it is, and a statement with its facts. `Err` if it
/// is broken.
fn published(edition: &Edition, name: &Path, bytes: Vec<u8>) -> Result<Vec<u8>, Vec<u8>> {
    let folder = name.iter().next().unwrap_or_default();
    // A byte order mark is no part of a document.
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).map(<[u8]>::to_vec).unwrap_or(bytes);
    let text = String::from_utf8(bytes).map_err(FromUtf8Error::into_bytes)?;
    let document = Document::from_path(&name_below(Path::new(""), name));
    if document.is_some_and(|document| Decoded::read(&document, &text).is_err()) {
        return Err(text.into_bytes());
    }
    let text = match folder.to_str() {
        Some("articles") if text.contains("\"gone\"") => without_what_is_gone(text),
        Some("pages") => conformance::filled(text, edition.portal.words().language),
        _ => text,
    };
    Ok(text.into_bytes())
}

fn without_what_is_gone(text: String) -> String {
    match serde_json::from_str(&text) {
        Ok(Value::Object(mut article)) if article.get("status").is_some_and(|it| it["kind"] == "gone") => {
            article.retain(|key, _| OF_GONE.contains(&key.as_str()));
            Value::Object(article).to_string()
        }
        _ => text,
    }
}
