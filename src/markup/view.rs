//! Markup as a Leptos view, so that it can be mounted, and be the value of a reactive closure.

use super::Node;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

/// The nodes a piece of markup became in the document.
#[derive(Debug)]
pub struct Mounted(Vec<types::Node>);

#[cfg(target_arch = "wasm32")]
fn build(node: Node) -> Vec<types::Node> {
    super::dom::build(node)
}

#[cfg(not(target_arch = "wasm32"))]
fn build(_: Node) -> Vec<types::Node> {
    // The host has no document; it writes HTML.
    Vec::new()
}

impl Render for Node {
    type State = Mounted;

    fn build(self) -> Mounted {
        Mounted(build(self))
    }

    fn rebuild(self, state: &mut Mounted) {
        let mut fresh = Mounted(build(self));
        state.insert_before_this(&mut fresh);
        state.unmount();
        *state = fresh;
    }
}

impl Mountable for Mounted {
    fn unmount(&mut self) {
        for node in &self.0 {
            if let Some(parent) = node.parent_node() {
                _ = parent.remove_child(node);
            }
        }
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        for node in &self.0 {
            _ = parent.insert_before(node, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some((first, parent)) = self.0.first().and_then(|first| Some((first, first.parent_element()?))) else {
            return false;
        };
        child.mount(&parent, Some(first));
        true
    }

    fn elements(&self) -> Vec<types::Element> {
        Vec::new()
    }
}

impl AddAnyAttr for Node {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self {
        self
    }
}

impl RenderHtml for Node {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, buf: &mut String, position: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        self.write_html(buf);
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Mounted {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
