//! Rules for the documents that list articles: home, sections and their full lists.

use super::index::hash_of;
use super::inspection::Inspection;
use crate::contract::{Home, List, Section, Slug, Teaser};
use std::collections::HashSet;

const GATHER: &str = "run `portal gather`";

impl Inspection<'_> {
    /// The home page.
    pub fn home(&mut self, home: &Home) {
        self.items("lead", &home.lead, Self::teaser);
        self.items("latest", &home.latest, |it, latest| {
            if !it.index.has_section_node(&latest.section) {
                it.problem_in("section", format!("is `{}`, which is no section of the tree", latest.section), GATHER);
            }
            it.field("articles", |it| it.teasers(&latest.section, &latest.articles));
        });
    }

    /// A section, whose path names a slug.
    pub fn section(&mut self, slug: &Slug, section: &Section) {
        self.named_as("slug", &section.slug, slug);
        if !self.index.has_section_node(slug) {
            self.problem("is no section of the tree", "add it to site.json, or remove the file");
        }
        self.counts(slug, section);
        for number in (1..=section.lists).filter(|number| !self.index.has_list(slug, *number)) {
            self.problem_in("lists", format!("is {}, but list {number} does not exist", section.lists), GATHER);
        }
        self.field("newest", |it| {
            it.teasers(slug, &section.newest);
            it.in_no_older_list(slug, section);
        });
        self.field("years", |it| it.years(section));
    }

    /// The numbers of a section must fit each other and the articles there are.
    fn counts(&mut self, slug: &Slug, section: &Section) {
        let Section { total, page_size, lists, .. } = *section;
        if page_size == 0 {
            return self.problem_in("page_size", "is 0", GATHER);
        }
        if let Some(count) = self.index.articles_within(slug).filter(|count| *count != total) {
            self.problem_in("total", format!("is {total}, but the section has {count} articles"), GATHER);
        }
        if lists != total / page_size {
            let what = format!("is {lists}, but {total} articles fill {} lists of {page_size}", total / page_size);
            self.problem_in("lists", what, GATHER);
        }
        let wanted = u64::from(total).saturating_sub(u64::from(lists.saturating_sub(1)) * u64::from(page_size));
        if section.newest.len() as u64 != wanted {
            let what = format!("has {} articles, but {wanted} are not in older lists", section.newest.len());
            self.problem_in("newest", what, GATHER);
        }
    }

    /// `newest` ends with the newest full list; what is before that is in no list yet.
    fn in_no_older_list(&mut self, slug: &Slug, section: &Section) {
        let full = if section.lists == 0 { 0 } else { section.page_size as usize };
        let unlisted = section.newest.len().saturating_sub(full);
        self.each(&section.newest, |it, index, teaser| {
            let wanted = (index >= unlisted).then_some(section.lists);
            let list = it.index.list_with(slug, (&teaser.section, &teaser.slug));
            // A missing list was reported once already.
            if list != wanted && wanted.is_none_or(|number| it.index.has_list(slug, number)) {
                let place = |list: Option<u32>| list.map_or("no list".to_owned(), |number| format!("list {number}"));
                it.problem(format!("is in {}, not in {}", place(list), place(wanted)), GATHER);
            }
        });
    }

    fn years(&mut self, section: &Section) {
        let sum: u64 = section.years.iter().map(|of| u64::from(of.count)).sum();
        if sum != u64::from(section.total) {
            self.problem(format!("count {sum} articles together, but the section has {}", section.total), GATHER);
        }
        self.each(&section.years, |it, index, of| {
            if index > 0 && section.years[index - 1].year <= of.year {
                it.problem_in("year", format!("is {} after {}", of.year, section.years[index - 1].year), GATHER);
            }
            match (of.oldest_list, of.newest_list) {
                (None, None) => {}
                (Some(from), Some(to)) if 1 <= from && from <= to && to <= section.lists => {}
                _ => it.problem(format!("names lists that are not among 1 to {}", section.lists), GATHER),
            }
        });
    }

    /// A full list, whose path names a section and a number.
    pub fn list(&mut self, slug: &Slug, number: u32, list: &List) {
        self.named_as("section", &list.section, slug);
        if list.number != number {
            let what = format!("is {}, but the path of the file says {number}", list.number);
            self.problem_in("number", what, "correct it, or move the file");
        }
        match self.index.sections.get(slug) {
            None => self.problem("belongs to a section without a document", GATHER),
            Some(None) => {}
            Some(Some(section)) if !(1..=section.lists).contains(&number) => {
                self.problem(format!("is not among the {} lists of its section", section.lists), GATHER);
            }
            Some(Some(section)) if list.articles.len() != section.page_size as usize => {
                let what = format!("has {} articles, not {}", list.articles.len(), section.page_size);
                self.problem_in("articles", what, GATHER);
            }
            Some(Some(_)) => {}
        }
        self.field("articles", |it| {
            it.teasers(slug, &list.articles);
            it.each(&list.articles, |it, _, teaser| {
                let first = it.index.list_with(slug, (&teaser.section, &teaser.slug));
                if let Some(first) = first.filter(|first| *first != number) {
                    it.problem(format!("is also in list {first}"), GATHER);
                }
            });
            it.begins_after_older_list(slug, number, list);
        });
    }

    fn begins_after_older_list(&mut self, slug: &Slug, number: u32, list: &List) {
        let older = number.checked_sub(1).and_then(|older| self.index.span_of_list(slug, older));
        let oldest = list.articles.last().map(|teaser| teaser.published_at);
        if let Some((oldest, (newest_before, _))) = oldest.zip(older).filter(|(oldest, (before, _))| oldest < before) {
            let what = format!("begin at {oldest}, before list {} ends ({newest_before})", number - 1);
            self.problem(what, GATHER);
        }
    }

    /// Teasers of a section: each of an article in it, newest first, none twice.
    fn teasers(&mut self, section: &Slug, teasers: &[Teaser]) {
        let mut seen = HashSet::new();
        self.each(teasers, |it, index, teaser| {
            it.teaser(teaser);
            if !it.index.is_within(&teaser.section, section) {
                it.problem_in("section", format!("is `{}`, which is not in `{section}`", teaser.section), GATHER);
            }
            if !seen.insert(hash_of((&teaser.section, &teaser.slug))) {
                it.problem(format!("lists `{}/{}` a second time", teaser.section, teaser.slug), GATHER);
            }
            if index > 0 && teasers[index - 1].published_at < teaser.published_at {
                it.problem_in("published_at", "is newer than the article before it", GATHER);
            }
        });
    }
}
