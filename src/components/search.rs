//! The search: its page, its field in the header with what is suggested, and what a page that is not there may have
//! been.

use super::navigation::trail_to;
use super::{reading, states, teaser, time};
use crate::content::{Search, SearchState};
use crate::contract::search::{Hit, Results, Run};
use crate::failure::Failure;
use crate::head::{what_failed, why_failed};
use crate::markup::{Element, Node, el, nothing, pieces, with_class};
use crate::portal::Portal;
use crate::routes::{LONGEST_QUERY, QUERY_FIELD, Query, Route};
use crate::words::fill;

/// The id of the search page's field.
pub const FIELD_ID: &str = "tim-kiem";
/// The id of the element that holds what was found.
pub const FOUND_ID: &str = "ket-qua";
/// The id of the header's field.
pub const QUICK_FIELD_ID: &str = "tim-nhanh";
/// The id of the list of suggestions below it; that of a suggestion has its number behind.
pub const SUGGESTIONS_ID: &str = "goi-y";
/// The id of the element for articles that may be meant by an unknown address.
pub const MISSING_ID: &str = "co-the-tim";

/// How many articles are suggested while the reader types.
pub const MOST_SUGGESTIONS: usize = 6;
/// How many articles are offered instead of a page that is not there.
pub const MOST_OFFERED: usize = 5;
/// How many results a page has.
const PAGE_SIZE: u32 = 10;

/// The search page.
pub fn search(search: &Search, portal: &Portal) -> Node {
    let words = portal.words();
    // Who comes to search begins to type.
    let field = field(FIELD_ID, "search__field")
        .attr("autofocus", search.state == SearchState::Idle)
        .attr("value", Some(search.query.text.clone()).filter(|text| !text.is_empty()));
    let form = form("search", words.search, portal)
        .add(with_class("label", "search__label").attr("for", FIELD_ID).add(words.search_field))
        .add(field)
        .add(with_class("button", "button").attr("type", "submit").add(words.search_button));
    pieces![
        trail_to(words.search, portal),
        with_class("h1", "search__title").attr("tabindex", "-1").add(words.search),
        form,
        with_class("p", "search__note stopped").add(words.search_stopped).add(" ").add(sitemap(portal)),
        with_class("div", "found").attr("id", FOUND_ID).add(found(search, portal)),
    ]
}

/// The search field of the header; on narrow screens the link to the search page stands in its place, and without
/// scripts a link to the sitemap page.
pub fn quick(portal: &Portal) -> Node {
    let words = portal.words();
    let field = field(QUICK_FIELD_ID, "quick__field")
        .attr("placeholder", words.search)
        .attr("role", "combobox")
        .attr("aria-autocomplete", "list")
        .attr("aria-expanded", "false")
        .attr("aria-controls", SUGGESTIONS_ID);
    let magnifier = || with_class("span", "magnifier").attr("aria-hidden", "true");
    let list = with_class("div", "quick__suggestions")
        .attr("id", SUGGESTIONS_ID)
        .attr("role", "listbox")
        .attr("aria-label", words.suggestions)
        .attr("hidden", true);
    let button = with_class("button", "quick__button").attr("type", "submit");
    let form = form("quick", words.search_portal, portal)
        .add(with_class("label", "visually-hidden").attr("for", QUICK_FIELD_ID).add(words.search_portal))
        .add(field)
        .add(button.add(magnifier()).add(with_class("span", "visually-hidden").add(words.search_button)))
        .add(list);
    let link = link("quick-link", Query::default(), portal)
        .add(magnifier())
        .add(with_class("span", "quick-link__text").add(words.search));
    pieces![form, link, with_class("noscript", "quick-instead").add(sitemap(portal))]
}

#[inline(never)]
fn form(class: &'static str, name: &'static str, portal: &Portal) -> Element {
    with_class("form", class)
        .attr("role", "search")
        .attr("aria-label", name)
        .attr("action", portal.link(&Route::Search(Query::default())))
        .attr("method", "get")
}

fn field(id: &'static str, class: &'static str) -> Element {
    with_class("input", class)
        .attr("id", id)
        .attr("type", "search")
        .attr("name", QUERY_FIELD)
        .attr("maxlength", LONGEST_QUERY.to_string())
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("enterkeyhint", "search")
}

fn sitemap(portal: &Portal) -> Element {
    el("a").attr("href", portal.link(&Route::Sitemap)).add(portal.words().sitemap)
}

/// What came of a search. What `data-spoken` is on is what screen readers say of it.
pub fn found(search: &Search, portal: &Portal) -> Node {
    let words = portal.words();
    match &search.state {
        SearchState::Idle => with_class("p", "found__note").add(words.search_hint).into(),
        SearchState::Waiting => with_class("p", "found__note").add(words.searching).into(),
        SearchState::Failed(failure) => failed(&search.query, failure, portal).into(),
        SearchState::Found(results) => results_of(&search.query, results, portal),
    }
}

fn failed(query: &Query, failure: &Failure, portal: &Portal) -> Element {
    let words = portal.words();
    let what = what_failed(&Route::Search(query.clone()), words);
    let button = if *failure == Failure::Outdated {
        states::button("reload", words.reload)
    } else {
        states::button("retry", words.retry)
    };
    with_class("section", "problem")
        .add(with_class("h2", "problem__title").attr("data-spoken", true).add(fill(words.failed, &[what])))
        .add(el("p").add(why_failed(failure, words)))
        .add(el("p").add(button))
}

fn results_of(query: &Query, results: &Results, portal: &Portal) -> Node {
    let words = portal.words();
    let count = match results.total {
        0 => fill(words.no_results, &[&query.text]),
        1 => fill(words.one_result, &[&query.text]),
        many => fill(words.result_count, &[&words.number(many.into()), &query.text]),
    };
    let suggestion = results.suggestion.as_ref().map(|text| {
        let link = el("a").attr("href", portal.link(&Route::Search(Query::new(text)))).add(text.clone());
        with_class("p", "found__suggestion").add(words.did_you_mean).add(" ").add(link)
    });
    let list = if results.total == 0 {
        advice(portal)
    } else {
        with_class("ol", "hits").each(results.results.iter().map(|hit| el("li").add(self::hit(hit, portal))))
    };
    pieces![
        with_class("p", "found__count").attr("data-spoken", true).add(count),
        suggestion,
        chosen(query, portal),
        filters(query, results, portal),
        list,
        paging(query, results.total, portal),
        reading::printed(&Route::Search(query.clone()), portal),
    ]
}

fn advice(portal: &Portal) -> Element {
    let words = portal.words();
    with_class("ul", "found__advice")
        .add(el("li").add(words.advice_spelling))
        .add(el("li").add(words.advice_words))
        .add(el("li").add(words.advice_sitemap).add(" ").add(sitemap(portal)).add("."))
}

fn hit(hit: &Hit, portal: &Portal) -> Element {
    let lang = language(hit);
    let title = el("a").attr("href", address(hit, portal)).attr("lang", lang.clone()).add(runs(&hit.title));
    // Pages have neither.
    let facts = hit.section.as_ref().map(|section| {
        let date = hit.published_at.map(|at| pieces![" · ", time::date(at)]);
        with_class("p", "hit__date").add(el("span").add(portal.site.title_of(section).to_owned())).add(date)
    });
    let extract =
        (!hit.extract.is_empty()).then(|| with_class("p", "hit__extract").attr("lang", lang).add(runs(&hit.extract)));
    with_class("article", "hit").add(with_class("h2", "hit__title").add(title)).add(facts).add(extract)
}

fn address(hit: &Hit, portal: &Portal) -> String {
    let slug = hit.slug.clone();
    portal.link(&match hit.section.clone() {
        Some(section) => Route::Article { section, slug },
        None => Route::Page(slug),
    })
}

/// The language of what was found, where it is not the portal's.
fn language(hit: &Hit) -> Option<String> {
    hit.language.as_ref().map(ToString::to_string)
}

/// A text with the words that were asked for marked.
fn runs(runs: &[Run]) -> Node {
    let run = |run: &Run| {
        let text = Node::from(run.text.clone());
        if run.found { el("mark").add(text).into() } else { text }
    };
    Node::Fragment(runs.iter().map(run).collect())
}

/// The filters that are set, each a link that takes it off.
fn chosen(query: &Query, portal: &Portal) -> Node {
    let words = portal.words();
    let off = |name: String, without: Query| {
        let label = with_class("span", "visually-hidden").add(words.remove_filter).add(" ");
        el("li").add(link("found__filter", without, portal).add(label).add(name))
    };
    let section = query.section.as_ref().map(|section| {
        let name = portal.site.title_of(section).to_owned();
        off(name, Query { section: None, page: 0, ..query.clone() })
    });
    let year = query.year.map(|year| {
        let name = fill(words.year, &[&year.to_string()]);
        off(name, Query { year: None, page: 0, ..query.clone() })
    });
    if section.is_none() && year.is_none() {
        return nothing();
    }
    with_class("ul", "found__filters").add(section).add(year).into()
}

/// An entry of a filter.
struct Choice {
    name: String,
    /// The search with this filter.
    query: Query,
    /// How many results it has, where that is known.
    count: Option<u32>,
    /// Those with higher ranks come first.
    rank: u32,
}

/// What can be chosen from, with counts: sections by how much was found there, years from the newest.
fn filters(query: &Query, results: &Results, portal: &Portal) -> Node {
    let words = portal.words();
    let sections = results.sections.iter().map(|of| Choice {
        name: portal.site.title_of(&of.section).to_owned(),
        query: Query { section: Some(of.section.clone()), page: 0, ..query.clone() },
        count: Some(of.count),
        rank: of.count,
    });
    let years = results.years.iter().map(|of| Choice {
        name: of.year.to_string(),
        query: Query { year: Some(of.year), page: 0, ..query.clone() },
        count: Some(of.count),
        rank: of.year.into(),
    });
    let current = Query { page: 0, ..query.clone() };
    let any_section = Query { section: None, ..current.clone() };
    let any_year = Query { year: None, ..current.clone() };
    let by_section = choice(words.filter_by_section, sections.collect(), any_section, &current, results.total, portal);
    let by_year = choice(words.filter_by_year, years.collect(), any_year, &current, results.total, portal);
    if by_section.is_none() && by_year.is_none() {
        return nothing();
    }
    let drawer = with_class("details", "filters__drawer")
        .add(with_class("summary", "filters__button").add(words.filter_results));
    with_class("nav", "filters")
        .attr("aria-label", words.filter_results)
        .add(drawer)
        .add(with_class("div", "filters__panel").add(by_section).add(by_year))
        .into()
}

/// One filter: everything, then each value; nothing where there is nothing to choose from.
fn choice(
    title: &'static str,
    choices: Vec<Choice>,
    without: Query,
    current: &Query,
    total: u32,
    portal: &Portal,
) -> Option<Element> {
    if choices.len() < 2 && !choices.iter().any(|choice| choice.query == *current) {
        return None;
    }
    // What has no section or year is counted only where it was not filtered out.
    let count = (without == *current).then_some(total);
    let all = Choice { name: portal.words().all_years.to_owned(), query: without, count, rank: u32::MAX };
    let mut ordered = vec![all];
    // A dozen at most; the sort of the library weighs 3 kB.
    for choice in choices {
        let at = ordered.iter().position(|other| other.rank < choice.rank).unwrap_or(ordered.len());
        ordered.insert(at, choice);
    }
    let links = ordered.into_iter().map(|choice| {
        let mark = (choice.query == *current).then_some("true");
        let count = choice.count.map(|count| {
            let count = format!("({})", portal.words().number(count.into()));
            pieces![" ", with_class("span", "years__count").add(count)]
        });
        let link = link("years__year", choice.query, portal).attr("aria-current", mark);
        el("li").add(link.add(choice.name).add(count))
    });
    // The list has its name from its label; the same as text is for the eye.
    let name = with_class("p", "filters__title").attr("aria-hidden", "true").add(title);
    Some(
        with_class("div", "years").add(name).add(with_class("ul", "years__list").attr("aria-label", title).each(links)),
    )
}

/// A link to a search.
fn link(class: &'static str, query: Query, portal: &Portal) -> Element {
    with_class("a", class).attr("href", portal.link(&Route::Search(query)))
}

fn paging(query: &Query, total: u32, portal: &Portal) -> Node {
    let words = portal.words();
    let last = total.saturating_sub(1) / PAGE_SIZE;
    if total == 0 || (last == 0 && query.page == 0) {
        return nothing();
    }
    let arrow = |text: &'static str| el("span").attr("aria-hidden", "true").add(text);
    let to = |page: u32, class: &'static str, rel: &'static str| {
        link(class, Query { page, ..query.clone() }, portal).attr("rel", rel)
    };
    // An old link may lead behind the last page.
    let before = query
        .page
        .checked_sub(1)
        .map(|page| to(page.min(last), "paging__newer", "prev").add(arrow("← ")).add(words.previous_results));
    let after = (query.page < last)
        .then(|| to(query.page + 1, "paging__older", "next").add(words.next_results).add(arrow(" →")));
    let shown = [query.page + 1, last + 1].map(|page| words.number(page.into()));
    let place = (query.page <= last)
        .then(|| with_class("p", "paging__place").add(fill(words.results_page, &[&shown[0], &shown[1]])));
    with_class("nav", "paging").attr("aria-label", words.paging).add(before).add(place).add(after).into()
}

/// What is suggested while the reader types: titles, and last the way to all results.
pub fn suggestions(query: &Query, results: &Results, portal: &Portal) -> Node {
    let all = Node::from(fill(portal.words().all_results, &[&query.text]));
    let articles = results.results.iter().take(MOST_SUGGESTIONS);
    let articles = articles.map(|hit| (address(hit, portal), language(hit), runs(&hit.title)));
    let entries = articles.chain([(portal.link(&Route::Search(query.clone())), None, all)]).enumerate();
    Node::Fragment(
        entries
            .map(|(index, (href, lang, text))| {
                with_class("a", "quick__suggestion")
                    .attr("id", format!("{SUGGESTIONS_ID}-{index}"))
                    .attr("role", "option")
                    .attr("aria-selected", "false")
                    .attr("tabindex", "-1")
                    .attr("href", href)
                    .attr("lang", lang)
                    .add(text)
                    .into()
            })
            .collect(),
    )
}

/// Articles that may be what was at an address; nothing if there are none.
pub fn offered(results: &Results, portal: &Portal) -> Node {
    if results.results.is_empty() {
        return nothing();
    }
    let text = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let lines = results
        .results
        .iter()
        .take(MOST_OFFERED)
        .map(|hit| teaser::line(address(hit, portal), text(&hit.title), hit.language.as_ref(), hit.published_at));
    with_class("section", "related")
        .attr("aria-labelledby", "co-the-tim-tieu-de")
        .add(with_class("h2", "related__title").attr("id", "co-the-tim-tieu-de").add(portal.words().missing_offer))
        .add(with_class("ul", "lines").each(lines))
        .into()
}
