//! The documents that list articles, made from the catalogue and the tree. `contract::list` says how they are cut.

use super::catalogue::Catalogue;
use crate::contract::site::HomeChoice;
use crate::contract::{Home, LatestOf, List, Section, Site, Slug, Teaser, TreeNode, YearOf};
use std::collections::{BTreeMap, HashSet};

/// How many lead stories the home page has, unless the site says so.
const LEAD: u8 = 4;
/// How many articles of a section the home page has, unless the site says so.
const LATEST: u8 = 5;

/// The articles of one section and of all sections below it.
pub struct Listing<'a> {
    slug: &'a Slug,
    /// Oldest first; the slot of an article that is gone is empty.
    slots: Vec<Option<&'a Teaser>>,
    page_size: u32,
}

impl<'a> Listing<'a> {
    /// The listing of a section of the tree; pages and groups have none.
    pub fn of(node: &'a TreeNode, catalogue: &'a Catalogue, page_size: u32) -> Option<Self> {
        let TreeNode::Section(branch) = node else { return None };
        let sections = sections_within(node);
        let slots = catalogue.slots().filter(|(section, _)| sections.contains(section)).map(|(_, teaser)| teaser);
        Some(Self { slug: &branch.slug, slots: slots.collect(), page_size })
    }

    /// The section.
    pub fn slug(&self) -> &Slug {
        self.slug
    }

    /// How many full lists there are.
    pub fn lists(&self) -> u32 {
        count(&self.slots) / self.page_size
    }

    /// A full list, by its number from 1.
    pub fn list(&self, number: u32) -> List {
        let start = self.start_of(number);
        let articles = newest_first(&self.slots[start..start + self.page_size as usize]);
        List { section: self.slug.clone(), number, articles }
    }

    /// The document of the section.
    pub fn section(&self) -> Section {
        Section {
            slug: self.slug.clone(),
            total: count(self.slots.iter().flatten()),
            page_size: self.page_size,
            lists: self.lists(),
            newest: newest_first(&self.slots[self.start_of(self.lists().max(1))..]),
            years: self.years(),
        }
    }

    fn start_of(&self, number: u32) -> usize {
        (number as usize - 1) * self.page_size as usize
    }

    fn years(&self) -> Vec<YearOf> {
        let mut years: BTreeMap<u16, YearOf> = BTreeMap::new();
        let lists = self.lists();
        for (chunk, number) in self.slots.chunks(self.page_size as usize).zip(1..) {
            for at in chunk.iter().flatten().filter_map(|teaser| teaser.published_at) {
                let year = at.year();
                let of = years.entry(year).or_insert(YearOf { year, count: 0, newest_list: None, oldest_list: None });
                of.count += 1;
                if number <= lists {
                    of.oldest_list.get_or_insert(number);
                    of.newest_list = Some(number);
                }
            }
        }
        years.into_values().rev().collect()
    }
}

/// The home page: lead stories, then the latest of the sections that the site chooses, without those that lead.
pub fn home(site: &Site, catalogue: &Catalogue) -> Home {
    let choice = site.home.clone().unwrap_or_default();
    let lead = lead(&choice, catalogue);
    let with_articles = catalogue.standing().map(|teaser| &teaser.section).collect();
    let sections = if choice.sections.is_empty() {
        first_sections(&site.tree, &with_articles)
    } else {
        choice.sections.iter().filter_map(|slug| site.node(slug.as_str())).collect()
    };
    let leads = |teaser: &Teaser| lead.iter().any(|one| one.section == teaser.section && one.slug == teaser.slug);
    let latest = sections.into_iter().filter_map(|node| {
        let within = sections_within(node);
        let articles = catalogue.standing().rev().filter(|teaser| within.contains(&teaser.section) && !leads(teaser));
        let articles: Vec<Teaser> = articles.take(choice.latest.unwrap_or(LATEST).into()).cloned().collect();
        (!articles.is_empty()).then(|| Some(LatestOf { section: node.slug()?.clone(), articles })).flatten()
    });
    Home { latest: latest.collect(), lead }
}

/// The articles that the site pins, then the newest with a picture: first one each of different sections, then whichever
/// are newest.
fn lead(choice: &HomeChoice, catalogue: &Catalogue) -> Vec<Teaser> {
    let wanted = usize::from(choice.lead.unwrap_or(LEAD));
    let mut lead: Vec<&Teaser> =
        choice.pinned.iter().filter_map(|pin| catalogue.find(&pin.section, &pin.slug)).take(wanted).collect();
    let pictured = || catalogue.valid().rev().filter(|teaser| teaser.picture.is_some());
    for only_new_sections in [true, false] {
        for teaser in pictured() {
            let is_new = lead.iter().all(|one| (&one.section, &one.slug) != (&teaser.section, &teaser.slug));
            let is_of_new_section = lead.iter().all(|one| one.section != teaser.section);
            if lead.len() < wanted && is_new && (is_of_new_section || !only_new_sections) {
                lead.push(teaser);
            }
        }
    }
    lead.into_iter().cloned().collect()
}

/// The first section with articles of its own on each branch of the tree.
fn first_sections<'a>(nodes: &'a [TreeNode], with_articles: &HashSet<&Slug>) -> Vec<&'a TreeNode> {
    let of_branch = |node: &'a TreeNode| match node {
        TreeNode::Section(branch) if with_articles.contains(&branch.slug) => vec![node],
        _ => first_sections(node.children(), with_articles),
    };
    nodes.iter().flat_map(of_branch).collect()
}

/// The section of a node and all sections below it.
fn sections_within(node: &TreeNode) -> HashSet<&Slug> {
    let mut sections: HashSet<&Slug> = node.children().iter().flat_map(sections_within).collect();
    if let TreeNode::Section(branch) = node {
        sections.insert(&branch.slug);
    }
    sections
}

fn newest_first(oldest_first: &[Option<&Teaser>]) -> Vec<Teaser> {
    oldest_first.iter().rev().copied().flatten().cloned().collect()
}

fn count<T>(items: impl IntoIterator<Item = T>) -> u32 {
    u32::try_from(items.into_iter().count()).expect("a section has fewer than four billion articles")
}
