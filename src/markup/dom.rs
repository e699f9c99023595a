//! Builds markup as nodes of the document.

use super::{Element, Node};
use leptos::prelude::document;
use web_sys::Document;

/// The nodes of a piece of markup; a fragment without pieces becomes an empty text, which keeps its place.
pub fn build(node: &Node) -> Vec<web_sys::Node> {
    let document = document();
    let mut nodes = Vec::new();
    collect(node, &document, &mut nodes);
    if nodes.is_empty() {
        nodes.push(document.create_text_node("").into());
    }
    nodes
}

fn collect(node: &Node, document: &Document, nodes: &mut Vec<web_sys::Node>) {
    match node {
        Node::Text(text) => nodes.push(document.create_text_node(text).into()),
        // Tags are literals of this program: one that is not valid would fail every test.
        Node::Element(element) => nodes.extend(build_element(element, document)),
        Node::Fragment(pieces) => pieces.iter().for_each(|piece| collect(piece, document, nodes)),
    }
}

fn build_element(element: &Element, document: &Document) -> Option<web_sys::Node> {
    let built = document.create_element(element.tag).ok()?;
    for (name, value) in &element.attributes {
        _ = built.set_attribute(name, value);
    }
    for child in &element.children {
        append(child, document, &built);
    }
    Some(built.into())
}

fn append(node: &Node, document: &Document, parent: &web_sys::Element) {
    match node {
        Node::Text(text) => _ = parent.append_child(&document.create_text_node(text)),
        Node::Element(element) => {
            if let Some(child) = build_element(element, document) {
                _ = parent.append_child(&child);
            }
        }
        Node::Fragment(pieces) => pieces.iter().for_each(|piece| append(piece, document, parent)),
    }
}
