//! From a query to its hits: the articles that have what it asks for, and in what order they are shown.

use super::analysis::{Word, words};
use super::extract::{Run, Wanted};
use super::format::{Field, Posting};
use super::index::{Facts, Failure, Files, Index, Postings, all};
use super::query::{Slot, Way, slots};
use crate::vietnamese::lower;

/// How many hits a page shows.
pub const PAGE: usize = 10;
/// Of so many hits whose title and lead have nothing of the query, the text is fetched for an extract.
const EXTRACTS: usize = 3;

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

/// An article found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its section.
    pub section: String,
    /// Its name in the section.
    pub slug: String,
    /// When it was published, in Unix seconds.
    pub published: i64,
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
    let mut found = once(index, files, query).await?;
    if found.total == 0
        && query.section.is_none()
        && query.year.is_none()
        && let Some(other) = other_words(query.text, index)
    {
        // Only what finds something is worth a suggestion.
        let of_other = once(index, files, &Query { text: &other, page: 0, titles: true, ..query.clone() }).await?;
        found.suggestion = of_other.hits.first().map(|_| other);
    }
    Ok(found)
}

async fn once(index: &Index, files: &impl Files, query: &Query<'_>) -> Result<Found, Failure> {
    let slots = slots(query.text, &index.dictionary, index.facts().len());
    let postings = index.postings(files, &terms(&slots)).await?;
    let is_marked = slots.iter().any(|slot| slot.ways[0].word.is_marked());
    let mut scores = Scores { of: vec![Score::default(); index.facts().len()], is_marked };
    let mut corrected = Vec::new();
    for (at, slot) in slots.iter().enumerate() {
        corrected.push(if slot.by_itself { scores.add_slot(at, slot, index, &postings)? } else { None });
    }
    for (at, pair) in slots.windows(2).enumerate() {
        for (first, second) in pairs(&pair[0], &pair[1]) {
            let list = index.pair(first.word.pair(&second.word), &postings)?;
            let asked = u32::from(pair[0].by_itself) << at | u32::from(pair[1].by_itself) << (at + 1);
            scores.add_pair(at, asked, &list, first, second);
        }
    }
    let ranked = scores.ranked(slots.len(), index.facts());

    let number = query.section.map(|wanted| index.sections().iter().position(|own| own == wanted));
    let in_section = |facts: &Facts| number.is_none_or(|wanted| wanted == Some(facts.section as usize));
    let in_year = |facts: &Facts| query.year.is_none_or(|wanted| wanted == facts.year);
    let mut found = Found::default();
    let mut shown = Vec::new();
    let mut of_section = vec![0; index.sections().len()];
    for article in ranked {
        let facts = &index.facts()[article as usize];
        if let Some(count) = of_section.get_mut(facts.section as usize).filter(|_| in_year(facts)) {
            *count += 1;
        }
        if in_section(facts) {
            let at = found.years.iter().position(|(year, _)| *year <= facts.year).unwrap_or(found.years.len());
            if found.years.get(at).is_none_or(|(year, _)| *year != facts.year) {
                found.years.insert(at, (facts.year, 0));
            }
            found.years[at].1 += 1;
        }
        if in_year(facts) && in_section(facts) {
            if found.total / PAGE == query.page {
                shown.push(article);
            }
            found.total += 1;
        }
    }
    found.sections = index.sections().iter().cloned().zip(of_section).filter(|(_, count)| *count > 0).collect();
    let ways = slots.iter().map(|slot| slot.ways.iter().map(|way| way.word.clone()).collect());
    let wanted = Wanted::new(ways.collect(), &words(query.text));
    found.hits = hits(index, files, &shown, &wanted, query.titles).await?;
    if corrected.iter().any(Option::is_some) {
        found.suggestion = Some(put_right(query.text, &slots, &corrected, found.hits.first()));
    }
    Ok(found)
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
fn put_right(text: &str, slots: &[Slot], corrected: &[Option<String>], best: Option<&Hit>) -> String {
    let text_of = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let shown = best.map(|hit| format!("{}\n{}", text_of(&hit.title), text_of(&hit.extract))).unwrap_or_default();
    let said = words(&shown);
    let as_shown = |slot: &Slot| {
        let is_said = |word: &&Word| slot.ways.iter().any(|way| way.word.folded == word.folded);
        said.iter().find(is_said).map(|word| shown[word.place.clone()].chars().map(lower).collect::<String>())
    };
    let as_typed = |(slot, correction): (&Slot, &Option<String>)| {
        correction.clone().unwrap_or_else(|| text[slot.place.clone()].to_owned())
    };
    let whole: Option<Vec<String>> = slots.iter().map(as_shown).collect();
    whole.unwrap_or_else(|| slots.iter().zip(corrected).map(as_typed).collect()).join(" ")
}

/// Other words for a query that finds nothing: what was written without its space comes apart, what no article has becomes
/// the nearest that one has.
fn other_words(text: &str, index: &Index) -> Option<String> {
    let dictionary = &index.dictionary;
    let mut changed = false;
    let others: Vec<String> = slots(text, dictionary, index.facts().len())
        .iter()
        .map(|slot| {
            let typed = &text[slot.place.clone()];
            let folded = &slot.ways[0].word.folded;
            if dictionary.find(folded).is_some() {
                return typed.to_owned();
            }
            let apart = dictionary.split(folded).map(|pair| format!("{} {}", pair[0].written, pair[1].written));
            let nearest = || dictionary.near(folded, 2, 1).first().map(|entry| entry.written.clone());
            let other = apart.or_else(nearest);
            changed |= other.is_some();
            other.unwrap_or_else(|| typed.to_owned())
        })
        .collect();
    changed.then(|| others.join(" "))
}

async fn hits(
    index: &Index,
    files: &impl Files,
    articles: &[u32],
    wanted: &Wanted,
    titles: bool,
) -> Result<Vec<Hit>, Failure> {
    let shown = index.shown(files, articles).await?;
    let mut left = if titles { 0 } else { EXTRACTS };
    let texts = articles.iter().zip(&shown).map(|(article, shown)| {
        let fetched = left > 0 && wanted.count(&shown.beginning) == 0;
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
    let hits = shown.into_iter().zip(texts).map(|(shown, text)| {
        let extract = text.map_or(shown.beginning, |text| wanted.window(&text));
        Hit {
            section: shown.section,
            slug: shown.slug,
            published: shown.published,
            title: wanted.marked(&shown.title),
            extract: wanted.marked(&extract),
        }
    });
    Ok(hits.collect())
}

/// How much a term counts by where it stands.
struct Weights {
    title: f32,
    lead: f32,
    body: f32,
}

impl Weights {
    fn of(&self, field: Field) -> f32 {
        match field {
            Field::Title => self.title,
            Field::Lead => self.lead,
            Field::Body => self.body,
        }
    }
}

const WORD: Weights = Weights { title: 2.2, lead: 1.0, body: 0.35 };
const PAIR: Weights = Weights { title: 4.5, lead: 3.5, body: 2.5 };
/// What a word counts that has other marks than those asked for: less in a title than the word itself in a body.
const OTHER_MARKS: f32 = 0.12;
/// What it counts if it was typed without marks, among words with them: perhaps it has none.
const NO_MARKS: f32 = 0.5;
/// What a title that has all of the query, and nothing else, gains.
const WHOLE_TITLE: f32 = 0.35;
/// What the newest article gains over the oldest.
const NEWEST: f32 = 0.03;
/// Results have this part of what the best of them has of the query's words.
const ENOUGH: f32 = 0.7;

/// What an article has of a query; one bit for each of its words.
#[derive(Clone, Copy, Default)]
struct Score {
    sum: f32,
    /// The words it has.
    words: u32,
    /// Those it has with the marks asked for.
    exact: u32,
    /// Those it has so in its title.
    title: u32,
    /// The most it has of the word that is being added.
    best: f32,
}

struct Scores {
    of: Vec<Score>,
    /// Has the query marks?
    is_marked: bool,
}

impl Scores {
    /// How telling it is that an article is one of so many.
    fn rarity(&self, frequency: usize) -> f32 {
        (1.0 + self.of.len() as f32 / frequency.max(1) as f32).ln()
    }

    /// What a spelling counts for words typed with these marks.
    fn likeness(&self, is_alike: bool, are_marked: bool) -> f32 {
        match (is_alike || !self.is_marked, are_marked) {
            (true, _) => 1.0,
            (false, true) => OTHER_MARKS,
            (false, false) => NO_MARKS,
        }
    }

    /// Adds a word of the query: of each article the best it has of the word's ways. Answers the correction, if
    /// articles have that and not what was typed.
    fn add_slot(&mut self, at: usize, slot: &Slot, index: &Index, from: &Postings) -> Result<Option<String>, Failure> {
        let bit = 1 << at;
        let mut correction = None;
        let mut as_typed = false;
        for way in slot.ways.iter().filter(|way| way.alone) {
            let groups = index.word(way.word.term(), from)?;
            match &way.correction {
                Some(written) if !groups.is_empty() && !as_typed => {
                    _ = correction.get_or_insert_with(|| written.clone())
                }
                Some(_) => {}
                None => as_typed |= !groups.is_empty(),
            }
            let wanted = way.word.spelling;
            let alike = groups.iter().find(|group| self.is_marked && group.spelling == wanted);
            let all = || groups.iter().map(|group| group.list.len()).sum();
            let rarity = self.rarity(alike.map_or_else(all, |group| group.list.len()));
            for group in &groups {
                let likeness = self.likeness(group.spelling == wanted, way.word.is_marked());
                let weight = rarity * way.weight * likeness;
                for posting in &group.list {
                    let Some(score) = self.of.get_mut(posting.article as usize) else { continue };
                    score.best = score.best.max(weight * WORD.of(posting.field));
                    score.note(bit, likeness, posting.field);
                }
            }
        }
        for score in &mut self.of {
            score.sum += std::mem::take(&mut score.best);
        }
        Ok(correction)
    }

    /// Adds two words of the query side by side. `asked` are those of them that were looked up by themselves: where an
    /// article has one only with other marks, so has the pair.
    fn add_pair(&mut self, at: usize, asked: u32, list: &[Posting], first: &Way, second: &Way) {
        let has_marks = |score: &Score| score.exact & asked == asked;
        let alike = list.iter().filter(|posting| self.of.get(posting.article as usize).is_some_and(has_marks)).count();
        let rarity = self.rarity(if alike == 0 { list.len() } else { alike });
        for posting in list {
            let Some(score) = self.of.get(posting.article as usize) else { continue };
            let likeness = self.likeness(has_marks(score), true);
            let score = &mut self.of[posting.article as usize];
            score.sum += rarity * first.weight * second.weight * likeness * PAIR.of(posting.field);
            score.note(3 << at, likeness, posting.field);
        }
    }

    /// The articles that have enough of the query, the best first. Where there are some with the marks asked for, only
    /// those.
    fn ranked(self, words: usize, facts: &[Facts]) -> Vec<u32> {
        let (asked, articles) = (words.max(1) as f32, self.of.len().max(1) as f32);
        let most = |count: fn(&Score) -> u32| self.of.iter().map(count).max().unwrap_or_default();
        let (all, exact) = (most(|score| score.words.count_ones()), most(|score| score.exact.count_ones()));
        let enough = |most: u32| (most as f32 * ENOUGH).ceil().max(1.0) as u32;
        let are_exact = exact >= enough(all);
        let mut ranked: Vec<u64> = Vec::new();
        for (article, (score, facts)) in (0_u32..).zip(self.of.iter().zip(facts)) {
            let has = if are_exact { score.exact } else { score.words }.count_ones();
            if has < enough(if are_exact { exact } else { all }) {
                continue;
            }
            let matched = has as f32 / asked;
            let of_title = score.title.count_ones() as f32 / f32::from(facts.title_words.max(1)).max(asked);
            let newness = article as f32 / articles;
            let bonus = (1.0 + WHOLE_TITLE * of_title) * (1.0 + NEWEST * newness);
            // The bits of positive numbers are in the order of the numbers; of those alike the newest comes first.
            ranked.push(u64::from((score.sum * matched * matched * bonus).to_bits()) << 32 | u64::from(article));
        }
        ranked.sort_unstable();
        ranked.into_iter().rev().map(|key| key as u32).collect()
    }
}

impl Score {
    /// Notes that an article has these words.
    fn note(&mut self, words: u32, likeness: f32, field: Field) {
        self.words |= words;
        if likeness >= NO_MARKS {
            self.exact |= words;
            self.title |= if field == Field::Title { words } else { 0 };
        }
    }
}
