//! What documents say that other documents refer to, as small as can be.

use super::rest::{LeftOut, Rest};
use crate::calendar::Timestamp;
use crate::components::blocks::anchors;
use crate::contract::visits::address_key;
use crate::contract::{Article, Block, Document, List, Redirects, Section, Site, Slug, TreeNode};
use crate::routes::Route;
use crate::tools::decoded::Decoded;
use crate::tools::finding::Finding;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::{Bound, RangeBounds};

/// What documents say that other documents refer to. A document that is there but cannot be decoded as a whole has an
/// entry without facts, so that one mistake is not reported at every place that refers to it.
pub struct Index {
    /// What this machine's clock says.
    pub now: Timestamp,
    /// The portal itself.
    pub site: Option<Site>,
    /// The sections, without their articles.
    pub sections: HashMap<Slug, Option<Section>>,
    /// The undated pages.
    pub pages: HashSet<Slug>,
    /// Old addresses (see [`address_key`]) and where they lead.
    pub redirects: HashMap<(String, String), String>,
    singles: HashSet<Document>,
    articles: HashMap<u64, Option<ArticleFacts>>,
    lists: HashMap<(Slug, u32), Option<ListFacts>>,
    listed: HashMap<u64, u32>,
    /// The articles of each section that are not gone; in order once all are entered.
    standing: HashMap<Slug, Vec<Standing>>,
    gone: HashMap<Slug, u32>,
    /// The hashes of an address and the id of a heading there.
    anchors: HashSet<u64>,
    /// The hashes of the addresses whose headings are known.
    anchored: HashSet<u64>,
    /// Where articles are of which nobody knows when they were published, or whether they stand.
    broken_articles: HashSet<Slug>,
    has_whole_redirects: bool,
    has_whole_tree: bool,
}

/// What a section repeats of one of its full lists.
#[derive(Clone, Copy)]
pub struct ListFacts {
    /// How many articles it shows.
    pub articles: u32,
    /// The dates of the newest and of the oldest that have one.
    pub span: Option<(Timestamp, Timestamp)>,
}

/// What lists and references repeat of an article.
#[derive(Clone, Copy)]
pub struct ArticleFacts {
    /// When it was published, in Unix seconds; none is before all others.
    pub published: Option<i64>,
    /// The [`hash_of`] its title.
    pub title: u64,
    /// Is it gone?
    pub gone: bool,
}

/// A short stand-in for a value: among a million values, two are alike once in some tens of millions of runs.
pub fn hash_of(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The place of an article in the order of publication: its moment in Unix seconds, none before all others, and its slug.
pub type Turn<'a> = (Option<i64>, &'a str);

/// An article that is not gone.
struct Standing {
    published: Option<Timestamp>,
    slug: Box<str>,
}

impl Standing {
    fn turn(&self) -> Turn<'_> {
        (self.published.map(Timestamp::unix_seconds), &self.slug)
    }
}

impl Index {
    /// Nothing yet, at a moment.
    pub fn new(now: Timestamp) -> Self {
        Self {
            now,
            site: None,
            sections: HashMap::new(),
            pages: HashSet::new(),
            redirects: HashMap::new(),
            singles: HashSet::new(),
            articles: HashMap::new(),
            lists: HashMap::new(),
            listed: HashMap::new(),
            standing: HashMap::new(),
            gone: HashMap::new(),
            anchors: HashSet::new(),
            anchored: HashSet::new(),
            broken_articles: HashSet::new(),
            has_whole_redirects: true,
            has_whole_tree: false,
        }
    }

    /// Enters a document. Of one that has lost something only that counts which it did not lose.
    pub fn enter(&mut self, document: &Document, rest: Rest) {
        let Rest { decoded, left_out, .. } = rest;
        let is_whole = left_out.is_empty();
        let has = |keys: &[&str]| !keys.iter().any(|key| left_out.touches(key));
        match document {
            Document::Section(slug) => {
                let section = match decoded {
                    Some(Decoded::Section(section)) if is_whole => Some(Section { newest: Vec::new(), ..section }),
                    _ => None,
                };
                self.sections.insert(slug.clone(), section);
            }
            Document::List(section, number) => match decoded {
                Some(Decoded::List(list)) if is_whole => self.enter_list(section, *number, &list),
                _ => drop(self.lists.insert((section.clone(), *number), None)),
            },
            Document::Article(section, slug) => match decoded {
                Some(Decoded::Article(article)) if has(&["status", "published_at"]) => {
                    self.enter_article(section, slug, &article, [has(&["title"]), has(&["body"])]);
                }
                _ => {
                    self.broken_articles.insert(section.clone());
                    self.articles.insert(hash_of((section, slug)), None);
                }
            },
            Document::Page(slug) => {
                match decoded {
                    Some(Decoded::Page(page)) if has(&["body"]) => {
                        self.enter_anchors(&Route::Page(slug.clone()), &page.body)
                    }
                    _ => {}
                }
                self.pages.insert(slug.clone());
            }
            Document::Site | Document::Home | Document::Visits | Document::Redirects => {
                self.singles.insert(document.clone());
                match decoded {
                    Some(Decoded::Site(site)) if has(&["language", "languages"]) => {
                        self.site = Some(*site);
                        self.has_whole_tree = has(&["tree"]);
                    }
                    Some(Decoded::Redirects(redirects)) => self.enter_redirects(&redirects, &left_out),
                    _ => {}
                }
            }
        }
    }

    fn enter_article(&mut self, section: &Slug, slug: &Slug, article: &Article, [title, body]: [bool; 2]) {
        let gone = matches!(article.status, crate::contract::Status::Gone(_));
        let published = article.published_at.map(Timestamp::unix_seconds);
        let facts = ArticleFacts { published, title: hash_of(&article.title), gone };
        self.articles.insert(hash_of((section, slug)), title.then_some(facts));
        if gone {
            *self.gone.entry(section.clone()).or_default() += 1;
        } else {
            self.standing
                .entry(section.clone())
                .or_default()
                .push(Standing { published: article.published_at, slug: slug.as_str().into() });
        }
        if body {
            self.enter_anchors(&Route::Article { section: section.clone(), slug: slug.clone() }, &article.body);
        }
    }

    fn enter_anchors(&mut self, route: &Route, body: &[Block]) {
        let place = route.to_string();
        self.anchored.insert(hash_of(&place));
        self.anchors.extend(anchors(body).into_iter().map(|id| hash_of((&place, id))));
    }

    /// To be called once all documents are entered.
    pub fn finish(&mut self) {
        self.standing.values_mut().for_each(|articles| articles.sort_unstable_by(|a, b| a.turn().cmp(&b.turn())));
    }

    fn enter_list(&mut self, section: &Slug, number: u32, list: &List) {
        let mut dates = list.articles.iter().filter_map(|teaser| teaser.published_at);
        let newest = dates.next();
        let span = newest.map(|newest| (newest, dates.next_back().unwrap_or(newest)));
        let articles = u32::try_from(list.articles.len()).unwrap_or(u32::MAX);
        self.lists.insert((section.clone(), number), Some(ListFacts { articles, span }));
        for teaser in &list.articles {
            let lowest = self.listed.entry(hash_of((section, &teaser.section, &teaser.slug))).or_insert(number);
            *lowest = number.min(*lowest);
        }
    }

    fn enter_redirects(&mut self, redirects: &Redirects, left_out: &LeftOut) {
        self.has_whole_redirects = !left_out.touches("redirects");
        let is_whole = |index: usize| !left_out.touches(&format!("redirects[{index}]"));
        for (_, redirect) in redirects.redirects.iter().enumerate().filter(|(index, _)| is_whole(*index)) {
            let from = address_key(redirect.from.as_str());
            self.redirects.entry(from).or_insert_with(|| redirect.to.to_string());
        }
    }

    /// An article: `None` if there is none, `Some(None)` if its document is broken.
    pub fn article(&self, section: &Slug, slug: &Slug) -> Option<Option<ArticleFacts>> {
        self.articles.get(&hash_of((section, slug))).copied()
    }

    /// Is this document of the portal as a whole there?
    pub fn has(&self, document: &Document) -> bool {
        self.singles.contains(document)
    }

    /// Is this full list there?
    pub fn has_list(&self, section: &Slug, number: u32) -> bool {
        self.lists.contains_key(&(section.clone(), number))
    }

    /// What a full list says; `None` if it is not there or broken.
    pub fn list(&self, section: &Slug, number: u32) -> Option<ListFacts> {
        *self.lists.get(&(section.clone(), number))?
    }

    /// Is this no id of a heading at an address whose headings are known?
    pub fn lacks_anchor(&self, place: &str, id: &str) -> bool {
        self.anchored.contains(&hash_of(place)) && !self.anchors.contains(&hash_of((place, id)))
    }

    /// Does a section have an article that is not gone within these bounds of the order of publication?
    pub fn stands_within(&self, section: &Slug, bounds: (Bound<Turn>, Bound<Turn>)) -> bool {
        let articles = self.standing.get(section).map(Vec::as_slice).unwrap_or_default();
        let first = articles.partition_point(|article| !(bounds.0, Bound::Unbounded).contains(&article.turn()));
        articles.get(first).is_some_and(|article| bounds.contains(&article.turn()))
    }

    /// The lowest number of the full lists of `section` that hold an article.
    pub fn list_with(&self, section: &Slug, article: (&Slug, &Slug)) -> Option<u32> {
        self.listed.get(&hash_of((section, article.0, article.1))).copied()
    }

    /// Are all nodes of the tree known?
    pub fn knows_tree(&self) -> bool {
        self.site.is_some() && self.has_whole_tree
    }

    /// Is there any article that is not gone?
    pub fn has_standing(&self) -> bool {
        !self.standing.is_empty()
    }

    /// Are all redirects known?
    pub fn knows_redirects(&self) -> bool {
        self.has_whole_redirects
    }

    /// Does the tree have this section? Without a whole tree, nobody can say no.
    pub fn has_section_node(&self, slug: &Slug) -> bool {
        let site = self.site.as_ref().filter(|_| self.has_whole_tree);
        site.is_none_or(|site| matches!(site.node(slug.as_str()), Some(TreeNode::Section(_))))
    }

    /// Is `inner` the section `outer` or below it in the tree? Without a whole tree, nobody can say no.
    pub fn is_within(&self, inner: &Slug, outer: &Slug) -> bool {
        let Some(site) = self.site.as_ref().filter(|_| self.has_whole_tree) else { return true };
        inner == outer || site.trail(inner.as_str()).iter().any(|node| node.slug() == Some(outer))
    }

    /// How many articles of a section and those below it are of each year, without those that are gone; `None` if that
    /// cannot be known.
    pub fn years_within(&self, section: &Slug) -> Option<BTreeMap<u16, u32>> {
        self.knows_articles(section).then(|| {
            let mut years = BTreeMap::new();
            for at in self.standing_within(section).filter_map(|article| article.published) {
                *years.entry(at.year()).or_default() += 1;
            }
            years
        })
    }

    /// How many articles a section and those below it have, without those that are gone; `None` if that cannot be known.
    pub fn count_within(&self, section: &Slug) -> Option<usize> {
        self.knows_articles(section).then(|| self.standing_within(section).count())
    }

    fn standing_within(&self, section: &Slug) -> impl Iterator<Item = &Standing> {
        self.standing.iter().filter(|(own, _)| self.is_within(own, section)).flat_map(|(_, articles)| articles)
    }

    /// How many articles of a section and those below it are gone; `None` if that cannot be known.
    pub fn gone_within(&self, section: &Slug) -> Option<u32> {
        let gone = self.gone.iter().filter(|(own, _)| self.is_within(own, section));
        self.knows_articles(section).then(|| gone.map(|(_, count)| count).sum())
    }

    fn knows_articles(&self, section: &Slug) -> bool {
        self.knows_tree() && !self.broken_articles.iter().any(|broken| self.is_within(broken, section))
    }

    /// What every API must have and this one lacks.
    pub fn missing_documents(&self) -> Vec<Finding> {
        let absent = |document: Document, mend: &str| {
            (!self.has(&document)).then(|| Finding::of_file(document.to_string(), "is missing", mend))
        };
        [absent(Document::Site, "write it"), absent(Document::Home, "run `portal gather`")]
            .into_iter()
            .flatten()
            .collect()
    }
}
