//! Running text.

use crate::contract::{Inline, Span};
use crate::markup::{Node, el, link};
use crate::portal::Portal;

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
        node = link(portal.href(href)).add(node).into();
    }
    node
}
