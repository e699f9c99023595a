//! What a page shows when there is nothing to show (yet): loading, failed, not found, moved.

use super::{navigation, search};
use crate::contract::TreeNode;
use crate::contract::site::Branch;
use crate::failure::Failure;
use crate::head::{what_failed, why_failed};
use crate::markup::{Element, Node, el, pieces, with_class};
use crate::portal::Portal;
use crate::routes::Route;
use crate::words::{Words, fill};

/// Before the first page is there: grey lines where text will stand.
pub fn loading(words: &'static Words) -> Node {
    with_class("div", "loading")
        .attr("role", "status")
        .add(with_class("p", "loading__text").add(words.loading))
        .add(with_class("div", "loading__lines").attr("aria-hidden", "true").each((0..4).map(|_| el("span"))))
        .into()
}

/// When the next page takes long: the reader may stop waiting.
pub fn slow(words: &'static Words) -> Node {
    with_class("div", "slow")
        .add(with_class("p", "slow__text").add(words.slow))
        .add(button("give-up", words.give_up))
        .into()
}

/// When a page could not be had: what, why, and another try.
pub fn problem(route: &Route, failure: &Failure, portal: &Portal) -> Node {
    let words = portal.words();
    failed(what_failed(route, words), failure, words)
}

/// When not even the portal's identity could be had. Only the words are known then.
pub fn problem_of_site(failure: &Failure, words: &'static Words) -> Node {
    failed(words.failed_site, failure, words)
}

fn failed(what: &str, failure: &Failure, words: &'static Words) -> Node {
    problem_box(fill(words.failed, &[what]))
        .add(el("p").add(why_failed(failure, words)))
        .add(el("p").add(button("retry", words.retry)))
        .into()
}

fn problem_box(title: String) -> Element {
    with_class("section", "problem").add(with_class("h1", "problem__title").attr("tabindex", "-1").add(title))
}

/// A button that the browser program serves.
pub(super) fn button(action: &'static str, text: &'static str) -> Element {
    with_class("button", "button").attr("type", "button").attr("data-action", action).add(text)
}

/// When there is nothing at an address: what it may be, and the sections whose names are nearest to it.
pub fn not_found(path: &str, portal: &Portal) -> Node {
    let words = portal.words();
    let ways = el("p")
        .add(el("a").attr("href", portal.link(&Route::Home)).add(words.home))
        .add(" · ")
        .add(el("a").attr("href", portal.link(&Route::Sitemap)).add(words.sitemap));
    let nearest = nearest(path, portal);
    let offer =
        (!nearest.is_empty()).then(|| pieces![el("p").add(words.not_found_offer), navigation::tree(&nearest, portal)]);
    let text = problem_box(words.not_found.to_owned()).add(el("p").add(words.not_found_reason)).add(offer).add(ways);
    // The browser looks for articles that may be meant.
    pieces![text, with_class("div", "missing").attr("id", search::MISSING_ID)]
}

/// The sections of the tree, those first whose slug shares most words with the address; at most five.
fn nearest(path: &str, portal: &Portal) -> Vec<TreeNode> {
    let asked: Vec<&str> = path.split(['/', '-', '_', '.']).filter(|word| !word.is_empty()).collect();
    let shared = |node: &TreeNode| {
        node.slug().map_or(0, |slug| slug.as_str().split('-').filter(|word| asked.contains(word)).count())
    };
    let nodes = portal.site.nodes();
    let mut nearest = Vec::new();
    // A sort would be the only one of the program, and weigh a kilobyte.
    for count in (0..=asked.len()).rev() {
        for node in &nodes {
            if let TreeNode::Section(branch) = node
                && shared(node) == count
                && nearest.len() < 5
            {
                nearest.push(TreeNode::Section(Branch { children: Vec::new(), ..branch.clone() }));
            }
        }
    }
    nearest
}
