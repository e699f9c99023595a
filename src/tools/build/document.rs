//! A whole HTML document around the content of a page.

use super::output::MARK;
use super::program::{Program, short_hash};
use crate::calendar::Timestamp;
use crate::components::navigation::Current;
use crate::components::{self, layout};
use crate::content::Content;
use crate::contract::{Article, Edition, FileAddress, Href, Picture, bases, bases_below};
use crate::head::{self, Head};
use crate::markup::{Element, Node, el, pieces};
use crate::portal::Portal;
use crate::routes::Route;
use crate::tools::publish::structured::{self, SharePicture};
use crate::tools::publish::{absolute, feeds, language, manifest};
use std::collections::HashMap;

/// Stands for the page in the frame; no text of the data can be this, since text is escaped.
const PLACE: &str = "<template></template>";

/// Is there a file of this site-relative address (without query)?
pub type HasFile<'a> = &'a (dyn Fn(&str) -> bool + Sync);

/// Makes the documents of a portal.
pub struct Pages<'a> {
    /// The portal.
    pub portal: &'a Portal,
    program: &'a Program,
    /// The address of the script that starts the program, as the value of an attribute.
    start: String,
    share_picture: Option<SharePicture>,
    has_file: HasFile<'a>,
    /// What the head of every document says before its title.
    before_title: String,
    /// What the head of every document says after what it says of its own page.
    after_title: String,
    /// What stands before and after the page, by the link of the navigation that is marked.
    frames: HashMap<Option<Current>, (String, String)>,
    /// Tells pages that have all this in common, and so may take each other's place, from those of another language or release.
    release: String,
}

/// A finished document.
pub struct Page {
    /// Its text.
    pub html: String,
    /// Are search engines to list it?
    pub indexed: bool,
    /// When what it shows last changed, as far as the data tells.
    pub changed_at: Option<Timestamp>,
}

impl<'a> Pages<'a> {
    /// Prepares what all documents share.
    /// `at` is the place of the portal among its editions.
    pub fn new(
        portal: &'a Portal,
        program: &'a Program,
        at: usize,
        share_picture: Option<SharePicture>,
        has_file: HasFile<'a>,
    ) -> Self {
        let pages = portal.site.nodes().into_iter().filter_map(Route::node);
        let marks = pages.filter_map(|route| Current::of(&route, portal));
        let marks = marks.flat_map(|mark| [true, false].map(|is_page| Some(Current { is_page, ..mark.clone() })));
        let frames = marks.chain([None]).map(|mark| (mark.clone(), frame(mark.as_ref(), portal))).collect();
        let (before_title, after_title) = (before_title(program).to_html(), after_title(program, portal).to_html());
        let start = Node::from(program.starts[at].clone()).to_html();
        let release = short_hash([&*before_title, &after_title, &start].concat());
        Self { portal, program, start, share_picture, has_file, before_title, after_title, frames, release }
    }

    /// The document of a route.
    pub fn page(&self, route: &Route, content: &Content) -> Page {
        let head = Head::of(content, self.portal);
        let changed_at = match content {
            Content::Article(article) => article.updated_at.or(article.published_at),
            Content::Page(page) => page.updated_at,
            Content::Section(listing) => listing.teasers.first().and_then(|teaser| teaser.published_at),
            _ => None,
        };
        let html = self.document(
            "page",
            &head,
            self.machine_tags(route, content, &head),
            Current::of(route, self.portal),
            content,
        );
        Page { html, indexed: head.indexed, changed_at }
    }

    /// What a page of the tree has of its own, for readers who come to it from another one before the program runs
    /// (`early.js`): a third of the page. Articles have none, since there would be as many files more.
    pub fn part(&self, route: &Route, content: &Content) -> Option<String> {
        let is_of_tree = match route {
            Route::Home | Route::Page(_) | Route::Sitemap | Route::Search(_) => true,
            Route::Section { year, list, .. } => year.is_none() && list.is_none(),
            _ => false,
        };
        is_of_tree.then(|| {
            let mark = Current::of(route, self.portal);
            let (before, after) = &self.frames[&mark];
            let main = before.rfind("<main").expect("a page stands in its main element");
            let mut html = self.opening("page");
            self.said(&Head::of(content, self.portal), content).write_html(&mut html);
            for link in self.elsewhere(route, content) {
                Node::from(link).write_html(&mut html);
            }
            html.push_str("</head><body>");
            Node::from(mark.map(|mark| el("a").attr("aria-current", mark.value()).attr("href", mark.href)))
                .write_html(&mut html);
            html.push_str(&before[main..]);
            components::page(content, self.portal).write_html(&mut html);
            html.push_str(after.split_inclusive('>').next().unwrap_or_default());
            html.push_str("</body></html>\n");
            html
        })
    }

    /// The document for addresses the build does not know: it says "not found", and the program, when it arrives, asks
    /// the API for what was published since.
    pub fn fallback(&self) -> String {
        let content = Content::NotFound(String::new());
        self.document("frame", &Head::of(&content, self.portal), String::new(), None, &content)
    }

    fn document(&self, shows: &str, head: &Head, machine: String, mark: Option<Current>, content: &Content) -> String {
        let (before, after) = &self.frames[&mark];
        let Program { before_paint, styles, early, .. } = self.program;
        // About as large as an article's, so that it need not grow often.
        let own = 16 * 1024;
        let mut html = self.opening(shows);
        html.reserve(before.len() + after.len() + styles.len() + early.len() + own);
        html.push_str(&self.before_title);
        self.said(head, content).write_html(&mut html);
        html.push_str(&self.after_title);
        html.push_str(&machine);
        html.push_str("<script>");
        html.push_str(before_paint);
        html.push_str("</script><style>");
        html.push_str(styles);
        html.push_str("</style></head><body>");
        html.push_str(before);
        components::page(content, self.portal).write_html(&mut html);
        html.push_str(after);
        html.push_str("<script data-start=\"");
        html.push_str(&self.start);
        html.push_str("\">");
        html.push_str(early);
        html.push_str("</script></body></html>\n");
        html
    }

    fn opening(&self, shows: &str) -> String {
        let Self { release, .. } = self;
        let language = self.portal.words().language;
        format!("<!doctype html><html lang=\"{language}\"{MARK}{shows}\" data-release=\"{release}\"><head>")
    }

    /// What the head says of this page.
    fn said(&self, head: &Head, content: &Content) -> Node {
        let origin = self.portal.site.origin.as_ref().map(ToString::to_string).unwrap_or_default();
        pieces![
            el("title").add(head.title.clone()),
            head::description(content, self.portal).map(|text| meta("description", text)),
            head.canonical.as_ref().map(|path| link("canonical", format!("{origin}{path}"))),
            (!head.indexed).then(|| meta("robots", "noindex")),
        ]
    }

    /// What link previews, search engines and feed readers look for. Without an origin there are no addresses to give.
    fn machine_tags(&self, route: &Route, content: &Content, head: &Head) -> String {
        let portal = self.portal;
        let Some(address) = portal.address(route) else {
            return String::new();
        };
        let picture = self.picture_of(content);
        let property = |name: &'static str, value: String| el("meta").attr("property", name).attr("content", value);
        let article = match content {
            Content::Article(article) => Some(article.as_ref()),
            _ => None,
        };
        let own_title = head.title.strip_suffix(&format!(" – {}", portal.site.name)).unwrap_or(&head.title);
        let mut tags = vec![
            property("og:title", own_title.to_owned()),
            property("og:type", if article.is_some() { "article" } else { "website" }.to_owned()),
            property("og:url", address.clone()),
            property("og:site_name", portal.site.name.to_string()),
            property("og:locale", if portal.words().language == "en" { "en_GB" } else { "vi_VN" }.to_owned()),
        ];
        tags.extend(head::description(content, portal).map(|text| property("og:description", text)));
        if let Some(picture) = &picture {
            tags.push(property("og:image", absolute(&picture.url, portal).unwrap_or_default()));
            tags.push(property("og:image:width", picture.width.to_string()));
            tags.push(property("og:image:height", picture.height.to_string()));
            tags.push(meta("twitter:card", "summary_large_image"));
        }
        if let Some(article) = article {
            tags.extend(article.published_at.map(|at| property("article:published_time", at.to_string())));
            tags.extend(article.updated_at.map(|at| property("article:modified_time", at.to_string())));
            tags.push(property("article:section", portal.site.title_of(&article.section).to_owned()));
            tags.extend(article.tags.iter().map(|tag| property("article:tag", tag.to_string())));
        }
        tags.extend(self.elsewhere(route, content));
        let mut html = Node::Fragment(tags.into_iter().map(Node::from).collect()).to_html();
        html.push_str(&self.structured(route, article, picture.as_ref(), own_title));
        html
    }

    fn structured(
        &self,
        route: &Route,
        article: Option<&Article>,
        picture: Option<&SharePicture>,
        title: &str,
    ) -> String {
        let mut scripts = String::new();
        if let (Some(article), Some(picture)) = (article, picture) {
            scripts.extend(structured::news_article(article, self.portal, picture).as_ref().map(data_block));
        }
        let Some(place) = route.place() else {
            return scripts;
        };
        let portal = self.portal;
        let mut trail = vec![(portal.words().home.to_owned(), Some(portal.link(&Route::Home)))];
        trail.extend(
            portal
                .site
                .trail(place.as_str())
                .into_iter()
                .map(|node| (node.title().to_owned(), Route::node(node).map(|route| portal.link(&route)))),
        );
        if article.is_some() {
            trail.push((title.to_owned(), Some(portal.link(route))));
        }
        scripts.extend(structured::breadcrumbs(&trail, portal).as_ref().map(data_block));
        scripts
    }

    /// The picture that previews show: the page's own, if it is there and they can show it large, else that of the portal.
    fn picture_of(&self, content: &Content) -> Option<SharePicture> {
        let own: Option<&Picture> = match content {
            Content::Article(article) => article.picture.as_ref(),
            Content::Page(page) => page.picture.as_ref(),
            _ => None,
        };
        let own = own.and_then(|picture| {
            let source = picture.largest()?;
            // One on another host cannot be looked at.
            let is_there = !source.src.is_local() || (self.has_file)(source.src.path());
            (is_there && fits_previews(picture, &source.src)).then(|| SharePicture {
                url: self.portal.file(&source.src),
                width: picture.width,
                height: picture.height,
            })
        });
        own.or_else(|| self.share_picture.clone())
    }

    /// The page in other languages, and as a feed.
    fn elsewhere(&self, route: &Route, content: &Content) -> Vec<Element> {
        let address = self.portal.address(route);
        address.map(|address| [self.alternates(content, &address), self.feeds(route)].concat()).unwrap_or_default()
    }

    /// The same page in other languages, and this one among them; `x-default` is the one of the portal that has editions.
    fn alternates(&self, content: &Content, address: &str) -> Vec<Element> {
        let portal = self.portal;
        let others: Vec<(String, &Edition)> = match content {
            Content::Home(_) => {
                portal.editions().into_iter().map(|edition| (portal.base_of(edition), edition)).collect()
            }
            Content::Article(article) => self.translated(&article.translations),
            Content::Page(page) => self.translated(&page.translations),
            _ => Vec::new(),
        };
        let main = portal.site.languages.first();
        let mut all = vec![(language(portal), address.to_owned())];
        all.extend(others.iter().map(|(path, of)| (of.language.as_str(), absolute(path, portal).unwrap_or_default())));
        let default = all.iter().find(|(language, _)| main.is_some_and(|main| main.language.as_str() == *language));
        let default = default.map(|(_, address)| ("x-default", address.clone()));
        all.extend(default);
        let tag =
            |(language, address): (&str, String)| link("alternate", address).attr("hreflang", language.to_owned());
        if others.is_empty() { Vec::new() } else { all.into_iter().map(tag).collect() }
    }

    fn translated(&self, all: &[Href]) -> Vec<(String, &'a Edition)> {
        all.iter().filter_map(|href| self.portal.translation(href)).collect()
    }

    fn feeds(&self, route: &Route) -> Vec<Element> {
        let below = match route {
            Route::Home => self.portal.base().to_owned(),
            Route::Section { slug, .. } | Route::Article { section: slug, .. } => {
                self.portal.link(&Route::section(slug))
            }
            _ => return Vec::new(),
        };
        feeds::FILES.map(|(name, kind)| link("alternate", format!("{below}{name}")).attr("type", kind)).to_vec()
    }
}

/// Do previews of links show a picture large? They leave out drawings and what is too new for them, crop what is higher than
/// wide, and show what is smaller beside the text, if at all.
fn fits_previews(picture: &Picture, file: &FileAddress) -> bool {
    let is_left_out = |end: &str| ["svg", "avif"].iter().any(|left_out| end.eq_ignore_ascii_case(left_out));
    !file.extension().is_some_and(is_left_out)
        && picture.width >= 600
        && picture.height >= 315
        && picture.width >= picture.height
}

/// A block of data in the head; browsers run nothing of this type, so the policy need not name it.
fn data_block(value: &serde_json::Value) -> String {
    format!("<script type=\"application/ld+json\">{}</script>", structured::script(value))
}

fn before_title(program: &Program) -> Node {
    pieces![
        el("meta").attr("charset", "utf-8"),
        meta("viewport", "width=device-width, initial-scale=1"),
        el("meta").attr("http-equiv", "Content-Security-Policy").attr("content", program.policy.clone()),
        // A header that arrives in two parts would be painted in two: what came first would jump. This stands behind it.
        // Source: <https://html.spec.whatwg.org/multipage/links.html#link-type-expect>
        link("expect", format!("#{}", layout::AGE_ID)).attr("blocking", "render"),
    ]
}

fn after_title(program: &Program, portal: &Portal) -> Node {
    let file = |name: &str| format!("{}{name}", portal.root());
    let theme = |colour: &'static str, scheme: &'static str| meta("theme-color", colour).attr("media", scheme);
    pieces![
        meta("portal-base", portal.base().to_owned()),
        meta("portal-api", api_of(program, portal)),
        meta("color-scheme", "light dark"),
        theme("#8f1d21", "(prefers-color-scheme: light)"),
        theme("#1a1512", "(prefers-color-scheme: dark)"),
        link("icon", file("favicon.svg")).attr("type", "image/svg+xml"),
        link("apple-touch-icon", file("apple-touch-icon.png")),
        link("manifest", format!("{}{}", portal.base(), manifest::FILE)),
    ]
}

/// Where the documents are, unless they are where the program looks by itself. Those of an edition lie below the others.
fn api_of(program: &Program, portal: &Portal) -> String {
    match portal.base().strip_prefix(portal.root()).map(|below| below.trim_end_matches('/')) {
        None | Some("") => program.api.clone(),
        Some(name) => bases_below(&bases(&program.api, portal.root()), name),
    }
}

fn meta(name: &'static str, content: impl crate::markup::Attribute) -> Element {
    el("meta").attr("name", name).attr("content", content)
}

fn link(rel: &'static str, href: String) -> Element {
    el("link").attr("rel", rel).attr("href", href)
}

/// The frame before and after the page.
fn frame(mark: Option<&Current>, portal: &Portal) -> (String, String) {
    let whole = layout::layout(el("template").into(), mark, portal).to_html();
    let (before, after) = whole.split_once(PLACE).expect("the layout shows its main view");
    (before.to_owned(), after.to_owned())
}
