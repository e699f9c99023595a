//! What derives from the tree: the navigation, the breadcrumbs and the sitemap page.

use super::reading;
use crate::contract::{Edition, Slug, TreeNode};
use crate::markup::{Element, Node, el, pieces, with_class};
use crate::portal::Portal;
use crate::routes::Route;
use crate::words::fill;

/// The id of the navigation, which the menu button opens.
pub const NAVIGATION_ID: &str = "dieu-huong";

/// How many levels of the tree the navigation shows.
const LEVELS: usize = 2;

/// The link of the navigation that is marked as current.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Current {
    /// Its address.
    pub href: String,
    /// Does it lead to the page itself, rather than to what the page is in?
    pub is_page: bool,
}

impl Current {
    /// The link of a route: its own or, failing that, the nearest above it in the tree.
    pub fn of(route: &Route, portal: &Portal) -> Option<Self> {
        let trail = portal.site.trail(route.place()?.as_str());
        let shown = trail.into_iter().take(LEVELS).rev().find_map(Route::node)?;
        Some(Self { href: portal.link(&shown), is_page: shown == *route })
    }

    /// The value of `aria-current`.
    pub fn value(&self) -> &'static str {
        if self.is_page { "page" } else { "true" }
    }
}

/// The navigation: two levels of the tree. `<details>` opens and closes without a script; the browser program adds
/// Escape, and closes one when another opens. On narrow screens the first `<details>` is the drawer's button.
///
/// The browser moves the mark of the `current` link after each navigation.
pub fn navigation(current: Option<&Current>, portal: &Portal) -> Element {
    let words = portal.words();
    let drawer = with_class("details", "navigation__drawer")
        .attr("data-menu", "drawer")
        .add(with_class("summary", "navigation__button").add(words.menu));
    let entries = portal.site.tree.iter().map(|node| entry(node, current, portal));
    let mut utility = with_class("ul", "navigation__utility").attr("aria-label", words.utility);
    for link in &portal.site.utility {
        utility = utility.add(el("li").add(crate::markup::link(portal.href(&link.href)).add(link.title.to_string())));
    }
    let editions = portal.editions();
    let utility = (!portal.site.utility.is_empty() || !editions.is_empty()).then(|| {
        utility.each(editions.into_iter().map(|edition| el("li").add(in_language(portal.base_of(edition), edition))))
    });
    let panel = with_class("div", "navigation__panel")
        .attr("id", NAVIGATION_ID)
        .add(with_class("ul", "navigation__list").each(entries))
        .add(utility);
    with_class("nav", "navigation").attr("aria-label", words.main_navigation).add(drawer).add(panel)
}

/// A link to a page in another language; its text is in that language, too.
pub fn in_language(href: String, edition: &Edition) -> Element {
    let language = edition.language.to_string();
    el("a").attr("href", href).attr("hreflang", language.clone()).attr("lang", language).add(edition.title.to_string())
}

fn entry(node: &TreeNode, current: Option<&Current>, portal: &Portal) -> Element {
    let own = link(node, "navigation__link", current, portal);
    let entry = with_class("li", "navigation__entry");
    if node.children().is_empty() {
        return entry.add(own);
    }
    let title = node.title().to_owned();
    let summary = if own.is_some() {
        let label = fill(portal.words().below_entry, &[&title]);
        with_class("summary", "navigation__more").add(with_class("span", "visually-hidden").add(label))
    } else {
        with_class("summary", "navigation__more navigation__more--named").add(title)
    };
    let below = node
        .children()
        .iter()
        .filter_map(|child| link(child, "navigation__sublink", current, portal))
        .map(|link| el("li").add(link));
    let submenu = with_class("details", "navigation__submenu")
        .attr("data-menu", "submenu")
        .add(summary)
        .add(with_class("ul", "navigation__sublist").each(below));
    entry.add(own).add(submenu)
}

fn link(node: &TreeNode, class: &'static str, current: Option<&Current>, portal: &Portal) -> Option<Element> {
    let href = portal.link(&Route::node(node)?);
    let mark = current.filter(|current| current.href == href).map(Current::value);
    let link = with_class("a", class).attr("href", href).attr("aria-current", mark);
    Some(link.add(node.title().to_owned()))
}

/// Where a page stands in the tree. `ends_here`: the last entry is the page itself, and no link.
pub fn breadcrumbs(place: Option<&Slug>, ends_here: bool, portal: &Portal) -> Element {
    let trail = place.map(|slug| portal.site.trail(slug.as_str())).unwrap_or_default();
    let last = trail.len().saturating_sub(1);
    let entries = trail.into_iter().enumerate().map(|(index, node)| {
        let title = node.title().to_owned();
        match Route::node(node) {
            Some(_) if ends_here && index == last => here(title),
            Some(route) => el("li").add(el("a").attr("href", portal.link(&route)).add(title)),
            None => el("li").add(el("span").add(title)),
        }
    });
    trail_from_home(entries, portal)
}

/// The sitemap page: the whole tree.
pub fn sitemap(portal: &Portal) -> Node {
    let words = portal.words();
    pieces![
        trail_to(words.sitemap, portal),
        el("h1").attr("tabindex", "-1").add(words.sitemap),
        with_class("p", "article__lead").add(words.sitemap_lead),
        with_class("div", "sitemap").add(tree(&portal.site.tree, portal)),
        reading::printed(&Route::Sitemap, portal),
    ]
}

/// Where a page of the portal itself stands: right below the home page.
pub fn trail_to(title: &str, portal: &Portal) -> Element {
    trail_from_home([here(title.to_owned())], portal)
}

fn trail_from_home(entries: impl IntoIterator<Item = Element>, portal: &Portal) -> Element {
    let home = el("a").attr("href", portal.link(&Route::Home)).add(portal.words().home);
    let list = with_class("ol", "breadcrumbs__list").add(el("li").add(home)).each(entries);
    with_class("nav", "breadcrumbs").attr("aria-label", portal.words().breadcrumbs).add(list)
}

fn here(title: String) -> Element {
    el("li").add(el("span").attr("aria-current", "page").add(title))
}

/// Nodes of the tree as nested lists.
pub fn tree(nodes: &[TreeNode], portal: &Portal) -> Element {
    el("ul").each(nodes.iter().map(|node| {
        let title = node.title().to_owned();
        let own = match Route::node(node) {
            Some(route) => el("a").attr("href", portal.link(&route)).add(title),
            None => el("span").add(title),
        };
        el("li").add(own).add((!node.children().is_empty()).then(|| tree(node.children(), portal)))
    }))
}
