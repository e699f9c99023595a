//! Running text.

use super::files;
use crate::contract::{Href, Inline, Span};
use crate::markup::{Node, el, link};
use crate::portal::Portal;

/// Files that other programs open. Addresses of pages end in many ways, so what is not here is none.
const FILES: [&str; 14] =
    ["PDF", "DOC", "DOCX", "XLS", "XLSX", "PPT", "PPTX", "ODT", "ODS", "CSV", "ZIP", "RAR", "MP3", "MP4"];

/// The spans of a text with their marks.
pub fn inline(text: &Inline, portal: &Portal) -> Node {
    text.0.iter().map(|part| span(part, portal)).collect::<Vec<_>>().into()
}

/// Marks wrap from the inside (letters) to the outside (where it leads).
fn span(span: &Span, portal: &Portal) -> Node {
    let mut node = Node::from(span.text.clone());
    let marks = [(span.sub, "sub"), (span.sup, "sup"), (span.em, "em"), (span.strong, "strong")];
    for (_, tag) in marks.into_iter().filter(|(marked, _)| *marked) {
        node = el(tag).add(node).into();
    }
    if let Some(long) = &span.abbr {
        node = el("abbr").attr("title", long.clone()).add(node).into();
    }
    if let Some(lang) = &span.lang {
        node = el("span").attr("lang", lang.to_string()).add(node).into();
    }
    if let Some(href) = &span.link {
        let kind = kind_of_file(href).filter(|kind| !span.text.contains(kind.as_str()));
        let kind = kind.map(|kind| files::facts(Some(format!(" ({kind})")), portal.words()));
        node = link(portal.href(href)).add(node).add(kind).into();
    }
    node
}

/// What kind of file a link leads to, if it leads to one that another program opens: readers want to know before.
fn kind_of_file(href: &Href) -> Option<String> {
    let kind = href.extension()?.to_ascii_uppercase();
    FILES.contains(&kind.as_str()).then_some(kind)
}
