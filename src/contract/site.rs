//! The identity, tree and contacts of one portal: `site.json`.

use super::block::PictureSource;
use super::decode::{Decode, Node, Problems, record};
use super::search::SearchSource;
use super::values::{FileAddress, Href, Lang, Line, Origin, Slug};
use crate::calendar::Timestamp;

record! {
    /// One portal: `site.json`.
    Site {
        /// The portal's name.
        name: Line,
        /// The one tree of sections and pages that navigation, breadcrumbs and the sitemap page derive from.
        tree: Vec<TreeNode>,
    } optional {
        /// The unit it speaks for.
        unit: Option<String>,
        /// A line below the name.
        tagline: Option<String>,
        /// Its mark; absent shows the name alone.
        logo: Option<Logo>,
        /// The picture that link previews show for pages without one, 1200 by 630 pixels.
        share_picture: Option<PictureSource>,
        /// The language of its user interface and texts; absent is `vi`.
        language: Option<Lang>,
        /// The languages the portal is published in, its main one first; absent is its own alone. Each other one has its documents
        /// in a folder of the API that is named like it, with a `site.json` that names the same languages, and its addresses begin
        /// with that name.
        languages: Vec<Edition>,
        /// Where it is published, for canonical addresses.
        origin: Option<Origin>,
        /// Links beside the navigation.
        utility: Vec<Link>,
        /// Who answers for it.
        footer: Option<Footer>,
        /// Short announcements above the page.
        notices: Vec<Notice>,
        /// Where the visit statistics come from; absent shows none.
        visits: Option<VisitsSource>,
        /// An API that searches itself; absent leaves searching to the index of the portal.
        search: Option<SearchSource>,
        /// What the home page shows; absent leaves it to `portal gather`.
        home: Option<HomeChoice>,
    }
}

record! {
    /// The portal in one language.
    Edition {
        /// Its language.
        language: Lang,
        /// What that language calls itself, such as `English`: the text of links to it.
        title: Line,
    }
}

record! {
    /// The portal's mark.
    Logo {
        /// The file, best an SVG.
        src: FileAddress,
    }
}

record! {
    /// A link with its text.
    Link {
        /// The text.
        title: Line,
        /// Where it leads.
        href: Href,
    }
}

/// A node of the tree, told apart in JSON by `kind`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), serde(tag = "kind", rename_all = "kebab-case"))]
pub enum TreeNode {
    /// A listing of articles.
    Section(Branch),
    /// An undated text.
    Page(Branch),
    /// A heading over other nodes, without an address of its own.
    Group(Group),
}

record! {
    /// A node with an address.
    Branch {
        /// Its address: `/<slug>/`.
        slug: Slug,
        /// Its text in navigation and headings.
        title: Line,
    } optional {
        /// What is found there, in a sentence.
        description: Option<String>,
        /// What is below it.
        children: Vec<TreeNode>,
    }
}

record! {
    /// A heading over other nodes.
    Group {
        /// Its text.
        title: Line,
        /// What is below it.
        children: Vec<TreeNode>,
    }
}

impl Decode for TreeNode {
    // A kind of a later version must not take the whole portal along.
    const IS_DISPENSABLE: bool = true;

    fn decode(node: Node<'_>, problems: &mut Problems) -> Option<Self> {
        let fields = node.fields(problems)?;
        let kind: String = fields.require("kind", problems)?;
        match kind.as_str() {
            "section" => Branch::from_fields(fields, problems).map(Self::Section),
            "page" => Branch::from_fields(fields, problems).map(Self::Page),
            "group" => Group::from_fields(fields, problems).map(Self::Group),
            _ => node.fail(problems, format!("has an unknown kind `{kind}`"), "use section, page or group"),
        }
    }
}

impl TreeNode {
    /// Its text.
    pub fn title(&self) -> &str {
        match self {
            Self::Section(branch) | Self::Page(branch) => branch.title.as_str(),
            Self::Group(group) => group.title.as_str(),
        }
    }

    /// Its address' segment; a group has none.
    pub fn slug(&self) -> Option<&Slug> {
        match self {
            Self::Section(branch) | Self::Page(branch) => Some(&branch.slug),
            Self::Group(_) => None,
        }
    }

    /// What is below it.
    pub fn children(&self) -> &[TreeNode] {
        match self {
            Self::Section(branch) | Self::Page(branch) => &branch.children,
            Self::Group(group) => &group.children,
        }
    }
}

record! {
    /// What the law asks a portal to say about itself.
    Footer {} optional {
        /// The owner.
        owner: Option<String>,
        /// The responsible person.
        responsible: Option<String>,
        /// The postal address.
        address: Option<String>,
        /// The telephone number.
        phone: Option<String>,
        /// The e-mail address.
        email: Option<String>,
        /// On what terms the texts may be used.
        licence: Option<String>,
        /// Further links.
        links: Vec<Link>,
    }
}

record! {
    /// A short dated announcement above the page. Readers can dismiss it.
    Notice {
        /// Its name, by which a dismissal is remembered.
        id: Slug,
        /// What it says.
        text: Line,
    } optional {
        /// Its heading.
        title: Option<Line>,
        /// When it was published.
        published_at: Option<Timestamp>,
        /// Where to read more.
        href: Option<Href>,
    }
}

record! {
    /// What the home page shows; `portal gather` writes `home.json` after it.
    #[derive(Default)]
    HomeChoice {} optional {
        /// The articles that lead, in this order; the newest with a picture follow them.
        pinned: Vec<Pin>,
        /// The sections whose latest articles are shown, in this order; absent are the first of each branch of the tree.
        sections: Vec<Slug>,
        /// How many articles lead; absent is 4.
        lead: Option<u8>,
        /// How many of the latest articles of a section are shown; absent is 5.
        latest: Option<u8>,
    }
}

record! {
    /// An article that the site names.
    Pin {
        /// The section it belongs to.
        section: Slug,
        /// Its name within the section.
        slug: Slug,
    }
}

record! {
    /// Where the visit statistics come from.
    VisitsSource {} optional {
        /// The address of the document; absent is `visits.json` of the API.
        url: Option<FileAddress>,
        /// Where each visit is reported, with its first path and the host it came from and nothing else; absent reports none.
        report: Option<FileAddress>,
    }
}

impl Site {
    /// The nodes from the top of the tree down to the one with this slug; empty if there is none.
    pub fn trail(&self, slug: &str) -> Vec<&TreeNode> {
        fn find<'a>(nodes: &'a [TreeNode], slug: &str, trail: &mut Vec<&'a TreeNode>) -> bool {
            nodes.iter().any(|node| {
                trail.push(node);
                let found = node.slug().is_some_and(|own| own.as_str() == slug) || find(node.children(), slug, trail);
                if !found {
                    trail.pop();
                }
                found
            })
        }
        let mut trail = Vec::new();
        find(&self.tree, slug, &mut trail);
        trail
    }

    /// The node with this slug.
    pub fn node(&self, slug: &str) -> Option<&TreeNode> {
        self.trail(slug).pop()
    }

    /// The title of the section or page with this slug; the slug itself where the tree does not name it.
    pub fn title_of<'a>(&'a self, slug: &'a Slug) -> &'a str {
        self.node(slug.as_str()).map_or(slug.as_str(), TreeNode::title)
    }

    /// What is found in the section with this slug, if the tree says so.
    pub fn description_of(&self, section: &Slug) -> Option<&str> {
        match self.node(section.as_str()) {
            Some(TreeNode::Section(branch)) => branch.description.as_deref(),
            _ => None,
        }
    }

    /// All nodes, each before what is below it.
    pub fn nodes(&self) -> Vec<&TreeNode> {
        fn walk<'a>(nodes: &'a [TreeNode], all: &mut Vec<&'a TreeNode>) {
            for node in nodes {
                all.push(node);
                walk(node.children(), all);
            }
        }
        let mut all = Vec::new();
        walk(&self.tree, &mut all);
        all
    }
}
