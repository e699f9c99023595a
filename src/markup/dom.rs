//! Builds markup as nodes of the document.

use super::{Element, Node, Text};
use leptos::prelude::document;
use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use wasm_bindgen::JsCast;
use web_sys::Document;

/// Of an element with more children than this, the others can wait until what is built is on the screen.
const FIRST: usize = 6;

thread_local! {
    /// An empty element of each tag and class so far: a copy of it is made by one call, without any text crossing over.
    static PROTOTYPES: RefCell<HashMap<(&'static str, Text), web_sys::Element>> = RefCell::default();
}

/// The nodes of a piece of markup; a fragment without pieces becomes an empty text, which keeps its place.
pub fn build(node: Node) -> Vec<web_sys::Node> {
    let (nodes, rest) = build_first(node);
    rest.build();
    nodes
}

/// The nodes that a reader sees first, and what is still to be built.
pub fn build_first(node: Node) -> (Vec<web_sys::Node>, Rest) {
    let mut builder = Builder { document: document(), rest: Rest::default() };
    let mut nodes = Vec::new();
    builder.collect(node, &mut nodes);
    if nodes.is_empty() {
        nodes.push(builder.document.create_text_node("").into());
    }
    (nodes, builder.rest)
}

/// Children of elements that are already on the page, still to be built.
#[derive(Default)]
pub struct Rest(Vec<(web_sys::Element, Vec<Node>)>);

impl Rest {
    /// Builds it all.
    pub fn build(self) {
        for (parent, children) in self.0 {
            for child in children {
                let (nodes, rest) = build_first(child);
                nodes.iter().for_each(|node| _ = parent.append_child(node));
                rest.build();
            }
        }
    }
}

struct Builder {
    document: Document,
    rest: Rest,
}

impl Builder {
    fn collect(&mut self, node: Node, nodes: &mut Vec<web_sys::Node>) {
        match node {
            Node::Text(text) => nodes.push(self.document.create_text_node(&text).into()),
            Node::Element(element) => nodes.extend(self.element(element)),
            Node::Fragment(pieces) => pieces.into_iter().for_each(|piece| self.collect(piece, nodes)),
        }
    }

    fn element(&mut self, mut element: Element) -> Option<web_sys::Node> {
        // Tags are literals of this program: one that is not valid would fail every test.
        let (built, others) = match element.attributes.split_first() {
            Some((("class", class), others)) => (self.copy(element.tag, class)?, others),
            _ => (self.create(element.tag)?, element.attributes.as_slice()),
        };
        for (name, value) in others {
            _ = built.set_attribute(name, value);
        }
        let rest = element.children.split_off(element.children.len().min(FIRST));
        element.children.into_iter().for_each(|child| self.append(child, &built));
        if !rest.is_empty() {
            self.rest.0.push((built.clone(), rest));
        }
        Some(built.into())
    }

    fn create(&self, tag: &str) -> Option<web_sys::Element> {
        let is_drawn = matches!(tag, "svg" | "path");
        let space = if is_drawn { "http://www.w3.org/2000/svg" } else { "http://www.w3.org/1999/xhtml" };
        self.document.create_element_ns(Some(space), tag).ok()
    }

    fn copy(&self, tag: &'static str, class: &Text) -> Option<web_sys::Element> {
        PROTOTYPES.with_borrow_mut(|prototypes| {
            let prototype = match prototypes.entry((tag, class.clone())) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let prototype = self.document.create_element(tag).ok()?;
                    prototype.set_class_name(class);
                    place.insert(prototype)
                }
            };
            prototype.clone_node().ok()?.dyn_into().ok()
        })
    }

    fn append(&mut self, node: Node, parent: &web_sys::Element) {
        match node {
            Node::Text(text) => _ = parent.append_child(&self.document.create_text_node(&text)),
            Node::Element(element) => {
                if let Some(child) = self.element(element) {
                    _ = parent.append_child(&child);
                }
            }
            Node::Fragment(pieces) => pieces.into_iter().for_each(|piece| self.append(piece, parent)),
        }
    }
}
