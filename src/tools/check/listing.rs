//! Rules for the documents that list articles: home, sections and their full lists.

use super::index::{ListFacts, hash_of};
use super::inspection::{GATHER, Inspection};
use crate::calendar::Timestamp;
use crate::contract::{Home, List, Section, Slug, Teaser, YearOf};
use std::collections::{BTreeMap, HashSet};

/// So many missing lists of a section are named.
const MOST_MISSING: usize = 10;

impl Inspection<'_> {
    /// The home page.
    pub fn home(&mut self, home: &Home) {
        self.items("lead", &home.lead, Self::teaser);
        self.items("latest", &home.latest, |it, latest| {
            if !it.index.has_section_node(&latest.section) {
                it.problem_in("section", format!("is `{}`, which is no section of the tree", latest.section), GATHER);
            }
            let section = it.is_whole_in(&["section"]).then_some(&latest.section);
            it.field("articles", |it| it.teasers(section, &latest.articles));
        });
        let is_empty = home.lead.is_empty() && home.latest.is_empty();
        if is_empty && self.index.has_standing() && self.is_whole_in(&["lead", "latest"]) {
            self.problem("shows no article, though there are some", GATHER);
        }
    }

    /// A section, whose path names a slug.
    pub fn section(&mut self, slug: &Slug, section: &Section) {
        self.named_as("slug", &section.slug, slug);
        if !self.index.has_section_node(slug) {
            self.problem_in(
                "slug",
                format!("is `{slug}`, which is no section of the tree"),
                "add it to site.json, or remove the file",
            );
        }
        self.counts(slug, section);
        // A slip in the number is not told of each list that it makes up.
        let missing = (1..=section.lists).filter(|number| !self.index.has_list(slug, *number)).take(MOST_MISSING);
        for number in missing {
            self.problem_in("lists", format!("is {}, but list {number} does not exist", section.lists), GATHER);
        }
        self.field("newest", |it| {
            it.teasers(Some(slug), &section.newest);
        });
        if self.is_whole_in(&["newest", "lists"]) {
            self.field("newest", |it| it.in_no_older_list(slug, section));
        }
        let has_lists = self.is_whole_in(&["lists"]);
        self.field("years", |it| it.years(slug, section, has_lists));
    }

    /// The numbers of a section must fit each other and the articles there are.
    fn counts(&mut self, slug: &Slug, section: &Section) {
        let Section { total, page_size, lists, .. } = *section;
        if page_size == 0 {
            return self.problem_in("page_size", "is 0", GATHER);
        }
        if let Some(count) = self.index.count_within(slug).filter(|count| *count != total as usize) {
            self.problem_in("total", format!("is {total}, but the section has {count} articles"), GATHER);
        }
        // Articles that are gone keep their slots.
        let full = self.index.gone_within(slug).map(|gone| total.saturating_add(gone) / page_size);
        let is_known = self.is_whole_in(&["total", "page_size", "lists"]);
        if let Some(full) = full.filter(|full| is_known && *full != lists) {
            let what = format!("is {lists}, but the articles fill {full} lists of {page_size}");
            self.problem_in("lists", what, GATHER);
        }
        let in_older: Option<u32> =
            (1..lists).map(|number| self.index.list(slug, number).map(|list| list.articles)).sum();
        let wanted = in_older.map(|count| total.saturating_sub(count) as usize);
        let is_known = self.is_whole_in(&["total", "lists", "newest"]);
        if let Some(wanted) = wanted.filter(|wanted| is_known && *wanted != section.newest.len()) {
            let what = format!("has {} articles, but {wanted} are not in older lists", section.newest.len());
            self.problem_in("newest", what, GATHER);
        }
    }

    /// `newest` ends with the newest full list; what is before that is in no list yet.
    fn in_no_older_list(&mut self, slug: &Slug, section: &Section) {
        let full = self.index.list(slug, section.lists).map_or(0, |list| list.articles as usize);
        let unlisted = section.newest.len().saturating_sub(full);
        self.each(&section.newest, |it, index, teaser| {
            let wanted = (index >= unlisted).then_some(section.lists);
            let list = it.index.list_with(slug, (&teaser.section, &teaser.slug));
            // A missing list was reported once already.
            if list != wanted && it.index.has_list(slug, section.lists) {
                let place = |list: Option<u32>| list.map_or("no list".to_owned(), |number| format!("list {number}"));
                it.problem(format!("is in {}, not in {}", place(list), place(wanted)), GATHER);
            }
        });
    }

    fn years(&mut self, slug: &Slug, section: &Section, has_lists: bool) {
        let counts = self.index.years_within(slug);
        // Nobody can say which lists hold a year while one of them is missing or broken.
        let lists = (1..=section.lists).map(|number| self.index.list(slug, number));
        let lists: Option<Vec<ListFacts>> = lists.collect::<Option<_>>().filter(|_| has_lists);
        let mut before = None;
        self.each(&section.years, |it, _, of| {
            if !it.is_whole_in(&["year"]) {
                return;
            }
            if let Some(before) = before.replace(of.year).filter(|before| *before <= of.year) {
                it.problem_in("year", format!("is {} after {before}", of.year), GATHER);
            }
            let count = counts.as_ref().map(|counts| counts.get(&of.year).copied().unwrap_or_default());
            if let Some(count) = count.filter(|count| *count != of.count) {
                it.problem_in("count", format!("is {}, but {count} articles are of {}", of.count, of.year), GATHER);
            }
            if let Some(lists) = lists.as_ref().filter(|_| it.is_whole()) {
                it.lists_of_year(lists, of);
            }
        });
        let is_whole = self.is_whole();
        for year in counts.iter().flat_map(BTreeMap::keys) {
            if is_whole && section.years.iter().all(|of| of.year != *year) {
                self.problem(format!("lack {year}, of which there are articles"), GATHER);
            }
        }
    }

    fn lists_of_year(&mut self, lists: &[ListFacts], of: &YearOf) {
        let holds = |list: &ListFacts| {
            list.span.is_some_and(|(newest, oldest)| (oldest.year()..=newest.year()).contains(&of.year))
        };
        let mut numbers = (1..).zip(lists).filter(|(_, list)| holds(list)).map(|(number, _)| number);
        let oldest = numbers.next();
        let held = (oldest, numbers.last().or(oldest));
        if (of.oldest_list, of.newest_list) != held {
            let place = |lists: (Option<u32>, Option<u32>)| match lists {
                (Some(oldest), Some(newest)) => format!("lists {oldest} to {newest}"),
                _ => "no list".to_owned(),
            };
            let named = place((of.oldest_list, of.newest_list));
            self.problem(format!("names {named}, but its articles are in {}", place(held)), GATHER);
        }
    }

    /// A full list, whose path names a section and a number.
    pub fn list(&mut self, slug: &Slug, number: u32, list: &List) {
        self.named_as("section", &list.section, slug);
        if list.number != number {
            let what = format!("is {}, but the path of the file says {number}", list.number);
            self.problem_in("number", what, "correct it, or move the file");
        }
        match self.index.sections.get(slug) {
            None => self.problem_in("section", format!("is `{slug}`, which has no document"), GATHER),
            Some(None) => {}
            Some(Some(section)) if !(1..=section.lists).contains(&number) => {
                let what = format!("is {number}, which is not among the {} lists of its section", section.lists);
                self.problem_in("number", what, GATHER);
            }
            Some(Some(section)) => self.fullness(slug, section, list),
        }
        self.field("articles", |it| {
            it.teasers(Some(slug), &list.articles);
            it.each(&list.articles, |it, _, teaser| {
                let first = it.index.list_with(slug, (&teaser.section, &teaser.slug));
                let is_known = it.is_whole_in(&["section", "slug"]);
                if let Some(first) = first.filter(|first| is_known && *first != number) {
                    it.problem(format!("is also in list {first}"), GATHER);
                }
            });
            if it.is_whole() {
                it.begins_after_older_list(slug, number, list);
            }
        });
    }

    /// Only articles that are gone leave slots of a full list empty.
    fn fullness(&mut self, slug: &Slug, section: &Section, list: &List) {
        let (shown, slots) = (list.articles.len(), section.page_size as usize);
        let gone = self.index.gone_within(slug).map_or(slots, |gone| gone as usize);
        if (shown > slots || shown + gone < slots) && self.is_whole_in(&["articles"]) {
            self.problem_in("articles", format!("has {shown} articles, not {slots}"), GATHER);
        }
    }

    fn begins_after_older_list(&mut self, slug: &Slug, number: u32, list: &List) {
        let older = number.checked_sub(1).and_then(|older| self.index.list(slug, older)?.span);
        let Some((oldest, (newest_before, _))) = list.articles.last().zip(older) else { return };
        if moment(oldest) < Some(newest_before.unix_seconds()) {
            let at = oldest.published_at.map_or("an article without a date".to_owned(), |at| at.to_string());
            self.problem(format!("begin at {at}, before list {} ends ({newest_before})", number - 1), GATHER);
        }
    }

    /// Teasers of a section, as far as that is known: each of an article in it, newest first, none twice.
    fn teasers(&mut self, section: Option<&Slug>, teasers: &[Teaser]) {
        let mut seen = HashSet::new();
        let mut before = None;
        self.each(teasers, |it, _, teaser| {
            it.teaser(teaser);
            if let Some(section) = section.filter(|section| !it.index.is_within(&teaser.section, section)) {
                it.problem_in("section", format!("is `{}`, which is not in `{section}`", teaser.section), GATHER);
            }
            if it.is_whole_in(&["section", "slug"]) && !seen.insert(hash_of((&teaser.section, &teaser.slug))) {
                it.problem(format!("lists `{}/{}` a second time", teaser.section, teaser.slug), GATHER);
            }
            if it.is_whole_in(&["published_at"])
                && before.replace(moment(teaser)).is_some_and(|before| before < moment(teaser))
            {
                it.problem_in("published_at", "is newer than the article before it", GATHER);
            }
        });
    }
}

/// When an article was published; the same moment may be written with another offset.
fn moment(teaser: &Teaser) -> Option<i64> {
    teaser.published_at.map(Timestamp::unix_seconds)
}
