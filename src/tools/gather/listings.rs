//! The documents that list articles, made from the catalogue and the tree. `contract::list` says how they are cut.

use super::catalogue::Catalogue;
use crate::contract::{Home, LatestOf, List, Section, Site, Slug, Teaser, TreeNode, YearOf};
use std::collections::{BTreeMap, HashSet};

/// How many lead stories the home page has.
const LEAD: usize = 4;
/// How many articles of a section the home page has.
const LATEST: usize = 5;

/// The articles of one section and of all sections below it.
pub struct Listing<'a> {
    slug: &'a Slug,
    /// Oldest first.
    articles: Vec<&'a Teaser>,
    page_size: u32,
}

impl<'a> Listing<'a> {
    /// The listing of a section of the tree; pages and groups have none.
    pub fn of(node: &'a TreeNode, catalogue: &'a Catalogue, page_size: u32) -> Option<Self> {
        let TreeNode::Section(branch) = node else { return None };
        let sections = sections_within(node);
        let articles = catalogue.standing().filter(|teaser| sections.contains(&teaser.section)).collect();
        Some(Self { slug: &branch.slug, articles, page_size })
    }

    /// The section.
    pub fn slug(&self) -> &Slug {
        self.slug
    }

    /// How many full lists there are.
    pub fn lists(&self) -> u32 {
        self.total() / self.page_size
    }

    /// A full list, by its number from 1.
    pub fn list(&self, number: u32) -> List {
        let start = self.start_of(number);
        let articles = newest_first(&self.articles[start..start + self.page_size as usize]);
        List { section: self.slug.clone(), number, articles }
    }

    /// The document of the section.
    pub fn section(&self) -> Section {
        Section {
            slug: self.slug.clone(),
            total: self.total(),
            page_size: self.page_size,
            lists: self.lists(),
            newest: newest_first(&self.articles[self.start_of(self.lists().max(1))..]),
            years: self.years(),
        }
    }

    fn total(&self) -> u32 {
        u32::try_from(self.articles.len()).expect("a section has fewer than four billion articles")
    }

    fn start_of(&self, number: u32) -> usize {
        (number as usize - 1) * self.page_size as usize
    }

    fn years(&self) -> Vec<YearOf> {
        let mut years: BTreeMap<u16, YearOf> = BTreeMap::new();
        let lists = self.lists();
        for (chunk, number) in self.articles.chunks(self.page_size as usize).zip(1..) {
            for teaser in chunk {
                let year = teaser.published_at.year();
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

/// The home page: lead stories, then the latest of each section.
pub fn home(site: &Site, catalogue: &Catalogue) -> Home {
    let mut latest = Vec::new();
    let with_articles = catalogue.standing().map(|teaser| &teaser.section).collect();
    latest_of(&site.tree, &with_articles, catalogue, &mut latest);
    Home { lead: lead(catalogue), latest }
}

/// The newest articles with a picture: first one each of different sections, then whichever are newest.
fn lead(catalogue: &Catalogue) -> Vec<Teaser> {
    let pictured = || catalogue.valid().rev().filter(|teaser| teaser.picture.is_some());
    let mut sections = HashSet::new();
    let mut lead: Vec<&Teaser> = pictured().filter(|teaser| sections.insert(&teaser.section)).take(LEAD).collect();
    let mut chosen: HashSet<_> = lead.iter().map(|teaser| (&teaser.section, &teaser.slug)).collect();
    let others = pictured().filter(|teaser| chosen.insert((&teaser.section, &teaser.slug)));
    lead.extend(others.take(LEAD - lead.len().min(LEAD)).collect::<Vec<_>>());
    lead.into_iter().cloned().collect()
}

/// Goes down each branch of the tree to the first section that has articles of its own.
fn latest_of(nodes: &[TreeNode], with_articles: &HashSet<&Slug>, catalogue: &Catalogue, latest: &mut Vec<LatestOf>) {
    for node in nodes {
        match node {
            TreeNode::Section(branch) if with_articles.contains(&branch.slug) => {
                let sections = sections_within(node);
                let articles = catalogue.standing().rev().filter(|teaser| sections.contains(&teaser.section));
                let articles = articles.take(LATEST).cloned().collect();
                latest.push(LatestOf { section: branch.slug.clone(), articles });
            }
            _ => latest_of(node.children(), with_articles, catalogue, latest),
        }
    }
}

/// The section of a node and all sections below it.
fn sections_within(node: &TreeNode) -> HashSet<&Slug> {
    let mut sections: HashSet<&Slug> = node.children().iter().flat_map(sections_within).collect();
    if let TreeNode::Section(branch) = node {
        sections.insert(&branch.slug);
    }
    sections
}

fn newest_first(oldest_first: &[&Teaser]) -> Vec<Teaser> {
    oldest_first.iter().rev().copied().cloned().collect()
}
