//! From a query to its hits: the articles that have what it asks for, and in what order they are shown.

use super::analysis::{Word, term, words};
use super::extract::{self, Run};
use super::format::{Field, Group, spelling};
use super::index::{Facts, Failure, Files, Index, Postings, Shown, all};
use super::query::{Slot, Way, slots};

/// How many hits a page shows.
pub const PAGE: usize = 10;
/// Of so many hits whose title and lead have nothing of the query, the text is fetched for an extract.
const EXTRACTS: usize = 3;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Query<'a> {
    /// The words.
    pub text: &'a str,
    /// Only articles of this section.
    pub section: Option<&'a str>,
    /// Only articles of this year.
    pub year: Option<u16>,
    /// Which page, from 0.
    pub page: usize,
    /// May the last word be unfinished?
    pub typing: bool,
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
    let slots = slots(query.text, query.typing, &index.dictionary);
    let postings = index.postings(files, &terms(&slots)).await?;
    let mut scores = Scores::new(index.facts().len());
    let mut corrected = Vec::new();
    for (at, slot) in slots.iter().enumerate() {
        corrected.push(if slot.by_itself { scores.add_slot(at, slot, index, &postings)? } else { None });
    }
    for (at, pair) in slots.windows(2).enumerate() {
        for (first, second) in pairs(&pair[0], &pair[1]) {
            let group = index.pair(&first.word.folded, &second.word.folded, &postings)?;
            scores.add_pair(at, &group, first.weight * second.weight);
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
            let place = found.total;
            if place / PAGE == query.page {
                shown.push(article);
            }
            found.total += 1;
        }
    }
    found.sections = index.sections().iter().cloned().zip(of_section).filter(|(_, count)| *count > 0).collect();
    found.hits = hits(index, files, &shown, &slots).await?;
    if corrected.iter().any(Option::is_some) {
        found.suggestion = Some(suggestion(query.text, &slots, &corrected, found.hits.first()));
    }
    Ok(found)
}

/// All terms a query asks for.
fn terms(slots: &[Slot]) -> Vec<u32> {
    let alone = slots.iter().filter(|slot| slot.by_itself);
    let words = alone.flat_map(|slot| &slot.ways).map(|way| term(&[&way.word.folded]));
    let of_pair = |pair: &[Slot]| {
        let said = pairs(&pair[0], &pair[1]);
        said.map(|(first, second)| term(&[&first.word.folded, &second.word.folded])).collect::<Vec<_>>()
    };
    words.chain(slots.windows(2).flat_map(of_pair)).collect()
}

/// What two words side by side may be: at most one of them other than it most likely is.
fn pairs<'a>(first: &'a Slot, second: &'a Slot) -> impl Iterator<Item = (&'a Way, &'a Way)> {
    let likely = second.ways.iter().map(|way| (&first.ways[0], way));
    likely.chain(first.ways.iter().skip(1).map(|way| (way, &second.ways[0])))
}

/// The query with its mistyped words put right, where articles have the corrections and not what was typed. Each word
/// is written as the best hit writes it, which knows its marks; else as articles mostly do, or as it was typed.
fn suggestion(text: &str, slots: &[Slot], corrected: &[Option<String>], best: Option<&Hit>) -> String {
    let text_of = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let shown = best.map(|hit| format!("{}\n{}", text_of(&hit.title), text_of(&hit.extract))).unwrap_or_default();
    let said = words(&shown);
    let mut written: Vec<&str> = Vec::new();
    for (slot, correction) in slots.iter().zip(corrected) {
        let as_shown = said.iter().find(|word| slot.ways.iter().any(|way| is_meant(&way.word, word)));
        written.push(match (as_shown, correction) {
            (Some(word), _) => &shown[word.place.clone()],
            (None, Some(correction)) => correction,
            (None, None) => &text[slot.place.clone()],
        });
    }
    written.join(" ")
}

async fn hits(index: &Index, files: &impl Files, articles: &[u32], slots: &[Slot]) -> Result<Vec<Hit>, Failure> {
    let is_wanted = |word: &Word| slots.iter().flat_map(|slot| &slot.ways).any(|way| is_meant(&way.word, word));
    let shown = index.shown(files, articles).await?;
    let says_nothing = |shown: &Shown| {
        extract::count(&shown.beginning, is_wanted) == 0
            && extract::count(&shown.title, is_wanted) < slots.len().div_ceil(2)
    };
    let mut left = EXTRACTS;
    let texts = articles.iter().zip(&shown).map(|(article, shown)| {
        let wanted = left > 0 && says_nothing(shown);
        left -= usize::from(wanted);
        async move {
            match index.tail_text(*article) {
                Some(text) => Some(text),
                None if wanted => files.article(&shown.section, &shown.slug).await,
                None => None,
            }
        }
    });
    let texts = all(texts).await;
    let hits = shown.into_iter().zip(texts).map(|(shown, text)| {
        let extract = text.map_or(shown.beginning, |text| extract::window(&text, is_wanted));
        Hit {
            section: shown.section,
            slug: shown.slug,
            published: shown.published,
            title: extract::marked(&shown.title, is_wanted),
            extract: extract::marked(&extract, is_wanted),
        }
    });
    Ok(hits.collect())
}

/// Is this word of a text what a word of a query asks for?
fn is_meant(asked: &Word, word: &Word) -> bool {
    if asked.is_marked() { asked.exact == word.exact } else { asked.folded == word.folded }
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
const PAIR: Weights = Weights { title: 3.0, lead: 2.0, body: 1.0 };
/// What a word counts that has other marks than those asked for: less in a title than the word itself in a body.
const OTHER_MARKS: f32 = 0.12;
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

struct Scores(Vec<Score>);

impl Scores {
    fn new(articles: usize) -> Self {
        Self(vec![Score::default(); articles])
    }

    /// How telling a term is.
    fn rarity(&self, frequency: u32) -> f32 {
        (1.0 + self.0.len() as f32 / frequency.max(1) as f32).ln()
    }

    /// Adds a word of the query: of each article the best it has of the word's ways. Answers the correction, if
    /// articles have that and not what was typed.
    fn add_slot(&mut self, at: usize, slot: &Slot, index: &Index, from: &Postings) -> Result<Option<String>, Failure> {
        let bit = 1 << at;
        let mut correction = None;
        let mut as_typed = false;
        for way in &slot.ways {
            let groups = index.word(&way.word.folded, from)?;
            match &way.correction {
                Some(written) if !groups.is_empty() && !as_typed => {
                    _ = correction.get_or_insert_with(|| written.clone())
                }
                Some(_) => {}
                None => as_typed |= !groups.is_empty(),
            }
            let wanted = way.word.is_marked().then(|| spelling(&way.word.exact));
            let rarity = self.rarity(groups.iter().fold(0, |sum, group| sum.saturating_add(group.frequency)));
            for group in &groups {
                let exact = wanted.is_none_or(|wanted| wanted == group.spelling);
                let weight = rarity * way.weight * if exact { 1.0 } else { OTHER_MARKS };
                for posting in &group.list {
                    let Some(score) = self.0.get_mut(posting.article as usize) else { continue };
                    score.best = score.best.max(weight * WORD.of(posting.field));
                    score.words |= bit;
                    if exact {
                        score.exact |= bit;
                        score.title |= if posting.field == Field::Title { bit } else { 0 };
                    }
                }
            }
        }
        for score in &mut self.0 {
            score.sum += std::mem::take(&mut score.best);
        }
        Ok(correction)
    }

    /// Adds two words of the query side by side. Where an article has only other marks of a word, so has the pair.
    fn add_pair(&mut self, at: usize, group: &Group, weight: f32) {
        let rarity = self.rarity(group.frequency);
        let bits = [1 << at, 2 << at];
        for posting in &group.list {
            let Some(score) = self.0.get_mut(posting.article as usize) else { continue };
            let has_other_marks = |bit: &&u32| score.words & **bit != 0 && score.exact & **bit == 0;
            let marks = OTHER_MARKS.powi(bits.iter().filter(has_other_marks).count() as i32);
            score.sum += rarity * weight * marks * PAIR.of(posting.field);
            if marks == 1.0 {
                let both = bits[0] | bits[1];
                score.words |= both;
                score.exact |= both;
                score.title |= if posting.field == Field::Title { both } else { 0 };
            }
        }
    }

    /// The articles that have enough of the query, the best first.
    fn ranked(self, words: usize, facts: &[Facts]) -> Vec<u32> {
        let (asked, articles) = (words.max(1) as f32, self.0.len().max(1) as f32);
        let most = self.0.iter().map(|score| score.words.count_ones()).max().unwrap_or_default();
        let enough = (most as f32 * ENOUGH).ceil().max(1.0) as u32;
        let mut ranked: Vec<u64> = Vec::new();
        for (article, (score, facts)) in (0_u32..).zip(self.0.iter().zip(facts)) {
            if score.words.count_ones() < enough {
                continue;
            }
            let matched = score.words.count_ones() as f32 / asked;
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
