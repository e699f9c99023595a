//! Every address that readers can reach.

use super::source::now;
use crate::content;
use crate::contract::{Document, Section, Slug, TreeNode};
use crate::portal::Portal;
use crate::routes::{Query, Route};
use crate::tools::finding::Finding;
use crate::tools::folder::Folder;

/// The addresses: home, sitemap page, search page, sections with all their lists and years, pages, then articles as they are found.
pub fn routes<'a>(folder: &'a Folder, portal: &Portal) -> impl Iterator<Item = Result<Route, Finding>> + Send + 'a {
    let mut fixed = vec![Ok(Route::Home), Ok(Route::Sitemap), Ok(Route::Search(Query::default()))];
    for node in portal.site.nodes() {
        if let TreeNode::Section(branch) = node {
            fixed.extend(of_section(&branch.slug, folder));
        }
    }
    let documents = ["pages", "articles"].into_iter().flat_map(|below| folder.names(below));
    fixed.into_iter().chain(documents.filter_map(|name| match name {
        Err(finding) => Some(Err(finding)),
        Ok(name) => match Document::from_path(&name) {
            Some(Document::Page(slug)) => Some(Ok(Route::Page(slug))),
            Some(Document::Article(section, slug)) => Some(Ok(Route::Article { section, slug })),
            // `portal check` reports files that are no documents.
            _ => None,
        },
    }))
}

fn of_section(slug: &Slug, folder: &Folder) -> Vec<Result<Route, Finding>> {
    let document = Document::Section(slug.clone());
    let route = |year, list| Ok(Route::Section { slug: slug.clone(), year, list });
    // A document that is missing or wrong is reported once, with the section's own page.
    let Ok(section) = now(content::get::<Section>(folder, &document)) else {
        return vec![route(None, None)];
    };
    let lists = existing(slug, section.lists, folder);
    let within = |oldest, newest| lists.iter().copied().filter(move |list| (oldest..=newest).contains(list));
    let years = section.years.iter().flat_map(|of| {
        let lists = of.oldest_list.zip(of.newest_list).map(|(oldest, newest)| within(oldest, newest));
        let lists = lists.into_iter().flatten().map(|list| route(Some(of.year), Some(list)));
        std::iter::once(route(Some(of.year), None)).chain(lists)
    });
    let lists = lists.iter().map(|list| route(None, Some(*list)));
    std::iter::once(route(None, None)).chain(lists).chain(years).collect()
}

/// The numbers of the full lists that there are, up to the one that should be the last, and the first one that is missing:
/// it is then reported. The number alone may be any, and a slip in it must not be worked through.
fn existing(slug: &Slug, last: u32, folder: &Folder) -> Vec<u32> {
    let number = |name: String| match Document::from_path(&name) {
        Some(Document::List(_, number)) => Some(number),
        _ => None,
    };
    let below = format!("sections/{slug}");
    let names = folder.names(&below).filter_map(Result::ok);
    let mut numbers: Vec<u32> = names.filter_map(number).filter(|number| (1..=last).contains(number)).collect();
    numbers.sort_unstable();
    let missing = (1..=last).zip(numbers.iter().copied().chain([0])).find(|(wanted, number)| wanted != number);
    numbers.extend(missing.map(|(wanted, _)| wanted));
    numbers
}
