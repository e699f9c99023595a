//! From a query to its hits: the articles that have what it asks for, and in what order they are shown.

use super::analysis::{Word, words};
use super::dictionary::Dictionary;
use super::extract::{Compared, Run, Wanted};
use super::index::{Facts, Failure, Files, Index, all};
use super::names::numbers;
use super::query::{Slot, Way, searched, slots, word_before_unfinished};
use super::scores::Scores;
use crate::vietnamese::lower;

/// How many hits a page shows.
pub const PAGE: usize = 10;
/// Of so many hits whose title and lead say little of why they were found, the text is fetched for an extract.
const EXTRACTS: usize = 3;
/// What a hit gains among those of its page if it shows the words of the query side by side.
const NEAR: f32 = 0.15;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Query<'a> {
    /// The words; the last one may be unfinished, unless a space follows it.
    pub text: &'a str,
    /// Only articles of this section.
    pub section: Option<&'a str>,
    /// Only articles of this year.
    pub year: Option<u16>,
    /// Which page, from 0.
    pub page: usize,
    /// Are titles all that is shown?
    pub titles: bool,
}

/// An article found, or an undated page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its section; a page has none.
    pub section: Option<String>,
    /// Its name in the section, or the page's.
    pub slug: String,
    /// When it was published, in Unix seconds; a page, and many an old article, has no date.
    pub published: Option<i64>,
    /// The language of its texts, where it is not the portal's.
    pub language: Option<String>,
    /// Its headline.
    pub title: Vec<Run>,
    /// A part of its lead or text.
    pub extract: Vec<Run>,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// How many articles.
    pub total: usize,
    /// How many of each section, whatever the section asked for; in the order of the index.
    pub sections: Vec<(String, usize)>,
    /// How many of each year, whatever the year asked for; the newest first.
    pub years: Vec<(u16, usize)>,
    /// Those of the page asked for, the best first.
    pub hits: Vec<Hit>,
    /// What may have been meant instead.
    pub suggestion: Option<String>,
}

/// Searches an index.
///
/// # Errors
/// A file of the index cannot be had.
pub async fn search(index: &Index, files: &impl Files, query: &Query<'_>) -> Result<Found, Failure> {
    let (mut found, anywhere) = once(index, files, query, 1).await?;
    if anywhere == 0 {
        let apart = apart(query.text, &index.dictionary);
        let other = Query { text: &apart, titles: true, ..Query::default() };
        let (of_other, _) = once(index, files, &other, 2).await?;
        // Only what finds something is worth a suggestion.
        found.suggestion = of_other.hits.first().map(|_| of_other.suggestion.unwrap_or(apart));
    }
    Ok(found)
}

/// Searches for words with so many mistakes at most. Tells as well how many articles have them in whatever section and year.
async fn once(
    index: &Index,
    files: &impl Files,
    query: &Query<'_>,
    mistakes: usize,
) -> Result<(Found, usize), Failure> {
    let text = searched(query.text);
    let nexts = match word_before_unfinished(text, &index.dictionary) {
        Some(word) => index.nexts(files, word.term()).await?,
        None => Vec::new(),
    };
    let slots = slots(text, &index.dictionary, index.facts().len(), mistakes, &nexts);
    let asked = words(text);
    let numbers = numbers(&asked);
    let mut terms = terms(&slots);
    terms.extend(numbers.iter().map(|number| number.term()));
    let postings = index.postings(files, &terms).await?;
    let bits = |is: fn(&Slot) -> bool| (0..).zip(&slots).map(|(at, slot)| u32::from(is(slot)) << at).sum();
    let marked = bits(|slot| slot.ways[0].word.is_marked());
    let mut scores = Scores::new(index.facts().len(), marked, bits(|slot| !slot.by_itself));
    let mut corrections = Vec::new();
    for (at, slot) in slots.iter().enumerate() {
        let is_known = slot.by_itself && scores.add_slot(at, slot, index, &postings)?;
        corrections.push(if is_known { Vec::new() } else { corrections_of(slot) });
    }
    for number in &numbers {
        scores.add_number(&index.word(number.term(), &postings)?);
    }
    for (at, pair) in slots.windows(2).enumerate() {
        for (first, second) in pairs(&pair[0], &pair[1]) {
            let groups = index.pair(first.word.pair(&second.word), &postings)?;
            let bit = |slot: &Slot, way: &Way, at: usize| u32::from(slot.by_itself && way.alone) << at;
            let asked = bit(&pair[0], first, at) | bit(&pair[1], second, at + 1);
            let count = scores.add_pair(at, asked, &groups, first, second);
            let said = corrections[at].iter_mut().filter(|of| std::ptr::eq(of.way, first));
            said.for_each(|of| of.beside += count);
            let said = corrections[at + 1].iter_mut().filter(|of| std::ptr::eq(of.way, second));
            said.for_each(|of| of.beside += count);
        }
    }
    let ranked = scores.ranked(slots.len(), index.facts());
    let anywhere = ranked.len();

    let number = query.section.map(|wanted| index.sections().iter().position(|own| own == wanted));
    let in_section = |facts: &Facts| number.is_none_or(|wanted| wanted == Some(facts.section as usize));
    let in_year = |facts: &Facts| query.year.is_none_or(|wanted| wanted == facts.year);
    let mut found = Found::default();
    let mut shown = Vec::new();
    let mut of_section = vec![0; index.sections().len()];
    for (article, score) in ranked {
        let facts = &index.facts()[article as usize];
        if let Some(count) = of_section.get_mut(facts.section as usize).filter(|_| in_year(facts)) {
            *count += 1;
        }
        // What has no date has no year.
        if in_section(facts) && facts.year > 0 {
            let at = found.years.iter().position(|(year, _)| *year <= facts.year).unwrap_or(found.years.len());
            if found.years.get(at).is_none_or(|(year, _)| *year != facts.year) {
                found.years.insert(at, (facts.year, 0));
            }
            found.years[at].1 += 1;
        }
        if in_year(facts) && in_section(facts) {
            if found.total / PAGE == query.page {
                shown.push((article, score));
            }
            found.total += 1;
        }
    }
    found.sections = index.sections().iter().cloned().zip(of_section).collect();
    // Pages are of no section.
    found.sections.retain(|(section, count)| *count > 0 && !section.is_empty());
    let ways = slots.iter().map(|slot| slot.ways.iter().map(|way| way.word.clone()).collect());
    let wanted = Wanted::new(ways.collect(), &asked);
    found.hits = hits(index, files, &shown, &wanted, query.titles).await?;
    let corrected: Vec<Option<&Way>> = corrections.iter().map(|of| best(of)).collect();
    if corrected.iter().any(Option::is_some) {
        found.suggestion = Some(put_right(text, &slots, &corrected, found.hits.first()));
    }
    Ok((found, anywhere))
}

/// All terms a query asks for.
fn terms(slots: &[Slot]) -> Vec<u32> {
    let alone = slots.iter().filter(|slot| slot.by_itself);
    let words = alone.flat_map(|slot| &slot.ways).filter(|way| way.alone).map(|way| way.word.term());
    let of_pair = |pair: &[Slot]| {
        let said = pairs(&pair[0], &pair[1]);
        said.map(|(first, second)| first.word.pair(&second.word)).collect::<Vec<_>>()
    };
    words.chain(slots.windows(2).flat_map(of_pair)).collect()
}

/// What two words side by side may be: at most one of them other than it most likely is.
fn pairs<'a>(first: &'a Slot, second: &'a Slot) -> impl Iterator<Item = (&'a Way, &'a Way)> {
    let likely = second.ways.iter().map(|way| (&first.ways[0], way));
    let all = likely.chain(first.ways.iter().skip(1).map(|way| (way, &second.ways[0])));
    all.filter(|(first, second)| first.in_pairs && second.in_pairs)
}

/// The query with its mistyped words put right, where articles have the corrections and not what was typed: as the best
/// hit writes them, which knows their marks, if it has them all; else as articles mostly do.
fn put_right(text: &str, slots: &[Slot], corrected: &[Option<&Way>], best: Option<&Hit>) -> String {
    let text_of = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let shown = best.map(|hit| format!("{}\n{}", text_of(&hit.title), text_of(&hit.extract))).unwrap_or_default();
    let said = words(&shown);
    let as_shown = |(slot, correction): (&Slot, &Option<&Way>)| {
        let is_meant = |way: &Way| correction.is_none_or(|correction| std::ptr::eq(correction, way));
        let ways = || slot.ways.iter().filter(|way| is_meant(way));
        let is_said = |word: &&Word| ways().any(|way| way.word.folded == word.folded);
        said.iter().find(is_said).map(|word| shown[word.place.clone()].chars().map(lower).collect::<String>())
    };
    let as_typed = |(slot, correction): (&Slot, &Option<&Way>)| {
        let corrected = correction.and_then(|way| way.correction.clone());
        corrected.unwrap_or_else(|| text[slot.place.clone()].to_owned())
    };
    let whole: Option<Vec<String>> = slots.iter().zip(corrected).map(as_shown).collect();
    whole.unwrap_or_else(|| slots.iter().zip(corrected).map(as_typed).collect()).join(" ")
}

/// A correction of a word of the query.
struct Correction<'a> {
    way: &'a Way,
    /// In how many articles it stands beside a neighbour of that word.
    beside: usize,
}

fn corrections_of(slot: &Slot) -> Vec<Correction<'_>> {
    let ways = slot.ways.iter().filter(|way| way.correction.is_some());
    ways.map(|way| Correction { way, beside: 0 }).collect()
}

/// The correction that stands beside the neighbours most often, of those alike the likeliest.
fn best<'a>(corrections: &[Correction<'a>]) -> Option<&'a Way> {
    let most = corrections.iter().map(|of| of.beside).max()?;
    corrections.iter().find(|of| of.beside == most).map(|of| of.way)
}

/// The text with spaces in what was written without them.
fn apart(text: &str, dictionary: &Dictionary) -> String {
    let apart = |word: &Word| {
        let is_known = dictionary.find(&word.folded).is_some();
        let pair = if is_known { None } else { dictionary.split(&word.folded) };
        pair.map_or_else(
            || text[word.place.clone()].to_owned(),
            |pair| format!("{} {}", pair[0].written, pair[1].written),
        )
    };
    words(text).iter().map(apart).collect::<Vec<_>>().join(" ")
}

/// The hits of a page, of articles with their scores: those that show the words of the query near to each other gain.
async fn hits(
    index: &Index,
    files: &impl Files,
    ranked: &[(u32, f32)],
    wanted: &Wanted,
    titles: bool,
) -> Result<Vec<Hit>, Failure> {
    let articles: Vec<u32> = ranked.iter().map(|(article, _)| *article).collect();
    let shown = index.shown(files, &articles).await?;
    let compared: Vec<[Compared<'_>; 2]> =
        shown.iter().map(|shown| [&shown.title, &shown.beginning].map(|text| wanted.compared(text))).collect();
    let mut left = if titles { 0 } else { EXTRACTS };
    let texts = articles.iter().zip(&shown).zip(&compared).map(|((article, shown), [title, beginning])| {
        let fetched = left > 0 && say_little(wanted, title, beginning);
        left -= usize::from(fetched);
        async move {
            match index.tail_text(*article) {
                Some(text) => Some(text),
                None if fetched => files.article(&shown.section, &shown.slug).await,
                None => None,
            }
        }
    });
    let texts = all(texts).await;
    // Of those alike, the first of the ranked stays first.
    let mut order: Vec<u64> = Vec::new();
    let mut hits: Vec<Option<Hit>> = Vec::new();
    for ((((article, score), shown), [title, beginning]), text) in ranked.iter().zip(&shown).zip(&compared).zip(texts) {
        let part = text.map(|text| wanted.compared(&text).window());
        // The text may lack what the lead has.
        let shows = |part: &Compared<'_>| part.answered().count_ones() >= beginning.answered().count_ones();
        let part = part.as_deref().map(|part| wanted.compared(part)).filter(shows);
        let extract = part.as_ref().unwrap_or(beginning);
        let near = title.nearness().max(extract.nearness());
        order.push(u64::from((score * (1.0 + NEAR * near)).to_bits()) << 32 | (PAGE - hits.len()) as u64);
        hits.push(Some(Hit {
            published: (index.facts()[*article as usize].year > 0).then_some(shown.published),
            section: Some(&shown.section).filter(|section| !section.is_empty()).cloned(),
            slug: shown.slug.clone(),
            language: Some(&shown.language).filter(|language| !language.is_empty()).cloned(),
            title: title.marked(),
            extract: extract.marked(),
        }));
    }
    order.sort_unstable();
    Ok(order.into_iter().rev().filter_map(|key| hits[PAGE - key as u32 as usize].take()).collect())
}

/// Shows the beginning of an article nothing of the query, or title and beginning together no more than half of it?
fn say_little(wanted: &Wanted, title: &Compared<'_>, beginning: &Compared<'_>) -> bool {
    beginning.answered() == 0 || !wanted.is_mostly_in([title, beginning])
}
