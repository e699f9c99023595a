//! Markup as data: one type for every element, which is a Leptos view.
//!
//! Why not the `view!` macro: it makes a type of its own for each piece of markup, and for each type the compiler
//! writes out building, updating, moving and removing. The portal's views made the wasm 205 kB (brotli) that way and
//! 170 kB with `--cfg erase_components`; as data they cost a few kilobytes, and the host writes HTML an order of
//! magnitude faster (ARCHITECTURE.md, "Views").
//!
//! There is no way to put raw HTML into it: text is text, on the host by escaping and in the browser by text nodes.

use std::borrow::Cow;

#[cfg(target_arch = "wasm32")]
pub mod dom;
mod html;
mod view;

pub use view::Mounted;

/// A text without or with an owner.
pub type Text = Cow<'static, str>;

/// A piece of markup.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Characters.
    Text(Text),
    /// An element.
    Element(Element),
    /// Several pieces in a row, or none.
    Fragment(Vec<Node>),
}

/// An element.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    tag: &'static str,
    attributes: Vec<(&'static str, Text)>,
    children: Vec<Node>,
}

/// An element of this tag, without attributes and children.
pub fn el(tag: &'static str) -> Element {
    Element { tag, attributes: Vec::new(), children: Vec::new() }
}

/// An element of this tag and class.
pub fn with_class(tag: &'static str, class: &'static str) -> Element {
    el(tag).attr("class", class)
}

/// A link. What it leads to on another site gets no hold on this page.
pub fn link(href: String) -> Element {
    let rel = rel(&href);
    el("a").attr("href", href).attr("rel", rel)
}

/// The `rel` of such a link.
pub fn rel(href: &str) -> Option<&'static str> {
    href.contains("://").then_some("noopener")
}

/// Nothing.
pub fn nothing() -> Node {
    Node::Fragment(Vec::new())
}

impl Element {
    /// Sets an attribute. `None` and `false` set none, `true` an empty one.
    pub fn attr(mut self, name: &'static str, value: impl Attribute) -> Self {
        if let Some(text) = value.into_attribute() {
            self.attributes.push((name, text));
        }
        self
    }

    /// Adds a child, or several as a fragment.
    #[expect(clippy::should_implement_trait, reason = "the word of builders; nobody adds up elements")]
    pub fn add(mut self, child: impl Into<Node>) -> Self {
        match child.into() {
            Node::Fragment(children) => self.children.extend(children),
            child => self.children.push(child),
        }
        self
    }

    /// Adds a child for each item.
    pub fn each<T: Into<Node>>(mut self, items: impl IntoIterator<Item = T>) -> Self {
        for item in items {
            self = self.add(item);
        }
        self
    }
}

/// What can be the value of an attribute.
pub trait Attribute {
    /// The value, or `None` for no attribute.
    fn into_attribute(self) -> Option<Text>;
}

impl Attribute for &'static str {
    fn into_attribute(self) -> Option<Text> {
        Some(Cow::Borrowed(self))
    }
}

impl Attribute for String {
    fn into_attribute(self) -> Option<Text> {
        Some(Cow::Owned(self))
    }
}

impl Attribute for bool {
    fn into_attribute(self) -> Option<Text> {
        self.then_some(Cow::Borrowed(""))
    }
}

impl Attribute for u32 {
    fn into_attribute(self) -> Option<Text> {
        Some(Cow::Owned(self.to_string()))
    }
}

impl<T: Attribute> Attribute for Option<T> {
    fn into_attribute(self) -> Option<Text> {
        self.and_then(Attribute::into_attribute)
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<&'static str> for Node {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<T: Into<Node>> From<Option<T>> for Node {
    fn from(piece: Option<T>) -> Self {
        piece.map_or_else(nothing, Into::into)
    }
}

impl From<Vec<Node>> for Node {
    fn from(pieces: Vec<Node>) -> Self {
        Self::Fragment(pieces)
    }
}

/// Pieces in a row: `pieces![a, b, c]`.
macro_rules! pieces {
    ($($piece:expr),* $(,)?) => {
        $crate::markup::Node::Fragment(vec![$($crate::markup::Node::from($piece)),*])
    };
}
pub(crate) use pieces;
