//! From a query to its hits: which parts of the index are asked for, and in what order the articles found are shown.

use super::analysis::{Word, term, words};
use super::format::{Damaged, Field, HITS, Posting, Postings, Reader, find, part_of, spelling};
use super::syllable::looks_like_syllable;
use super::typing;
use std::collections::BTreeMap;
use std::fmt;

/// A query of more words is cut: nobody means them all.
const MOST_WORDS: usize = 24;
/// How many hits a page shows.
pub const PAGE: usize = 10;

/// Why a search failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// A file of the index is not there: the portal may have been published anew.
    Missing(String),
    /// It cannot be fetched.
    Unreachable,
    /// It cannot be read.
    Damaged(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "the search index lacks {name}"),
            Self::Unreachable => f.write_str("the search index cannot be reached"),
            Self::Damaged(name) => write!(f, "{name} of the search index is damaged"),
        }
    }
}

/// Where the files of an index come from.
pub trait Files {
    /// The bytes of a file.
    fn file(&self, name: &str) -> impl Future<Output = Result<Vec<u8>, Failure>>;
}

/// What is known of all articles.
#[derive(Debug, Default)]
pub struct Index {
    /// The sections, in the order of their numbers.
    pub sections: Vec<String>,
    parts: Vec<[u8; 4]>,
    hits: Vec<[u8; 4]>,
    facts: Vec<Facts>,
}

/// What is known of an article before it is shown.
#[derive(Debug, Clone, Copy)]
struct Facts {
    section: u16,
    year: u16,
    title_words: u8,
}

/// An article found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its section.
    pub section: String,
    /// Its name in the section.
    pub slug: String,
    /// Its headline.
    pub title: String,
    /// The beginning of its lead or text.
    pub extract: String,
    /// When it was published, in Unix seconds.
    pub published: i64,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// How many articles.
    pub total: usize,
    /// How many of each section.
    pub sections: BTreeMap<String, usize>,
    /// How many of each year.
    pub years: BTreeMap<u16, usize>,
    /// Those of the page asked for, the best first.
    pub hits: Vec<Hit>,
}

/// The name of a file of the index.
pub fn name(kind: char, number: usize, hash: [u8; 4]) -> String {
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{kind}{number:x}-{hash}.bin")
}

impl Index {
    /// Opens an index.
    ///
    /// # Errors
    /// Its first two files cannot be had.
    pub async fn open(files: &impl Files) -> Result<Self, Failure> {
        let entry = files.file("entry.bin").await?;
        let (mut index, facts_name) = Self::entry(&entry).map_err(|_| Failure::Damaged("entry.bin".to_owned()))?;
        let facts = files.file(&facts_name).await?;
        index.facts(&facts).map_err(|_| Failure::Damaged(facts_name))?;
        Ok(index)
    }

    fn entry(bytes: &[u8]) -> Result<(Self, String), Damaged> {
        let mut reader = Reader::new(bytes);
        let mut index = Self::default();
        for _ in 0..reader.small()? {
            index.sections.push(reader.text()?.to_owned());
        }
        let hash =
            |reader: &mut Reader<'_>| -> Result<[u8; 4], Damaged> { reader.bytes(4)?.try_into().map_err(|_| Damaged) };
        let facts = hash(&mut reader)?;
        for _ in 0..reader.small()? {
            index.parts.push(hash(&mut reader)?);
        }
        for _ in 0..reader.small()? {
            index.hits.push(hash(&mut reader)?);
        }
        Ok((index, name('f', 0, facts)))
    }

    fn facts(&mut self, bytes: &[u8]) -> Result<(), Damaged> {
        let mut reader = Reader::new(bytes);
        let count = reader.small()? as usize;
        let titles = reader.bytes(count)?;
        let sections = reader.bytes(count)?;
        let (mut year, mut left) = (0, 0);
        for article in 0..count {
            while left == 0 {
                year = u16::try_from(reader.small()?).map_err(|_| Damaged)?;
                left = reader.small()?;
            }
            left -= 1;
            self.facts.push(Facts { section: sections[article].into(), year, title_words: titles[article] });
        }
        Ok(())
    }

    /// How many articles there are.
    pub fn articles(&self) -> usize {
        self.facts.len()
    }

    async fn postings(&self, files: &impl Files, wanted: u64) -> Result<Postings, Failure> {
        if self.parts.is_empty() {
            return Ok(Postings::default());
        }
        let part = part_of(wanted, self.parts.len() as u32) as usize;
        let name = name('p', part, self.parts[part]);
        let bytes = files.file(&name).await?;
        find(wanted, &bytes).map_err(|_| Failure::Damaged(name))
    }

    /// Searches.
    ///
    /// # Errors
    /// A file of the index cannot be had.
    pub async fn search(&self, files: &impl Files, query: &str, page: usize) -> Result<Found, Failure> {
        let words = asked(query);
        let mut scores = Scores::new(self.facts.len());
        for (at, word) in words.iter().enumerate() {
            let postings = self.postings(files, term(&[&word.folded])).await?;
            scores.add(&postings, 1 << at, WORD, word);
        }
        for (at, pair) in words.windows(2).enumerate() {
            let postings = self.postings(files, term(&[&pair[0].folded, &pair[1].folded])).await?;
            scores.add(&postings, 3 << at, PAIR, &pair[0]);
        }
        let ranked = scores.ranked(words.len(), &self.facts);
        let mut found = Found { total: ranked.len(), ..Found::default() };
        for article in &ranked {
            let facts = self.facts[*article as usize];
            let section = self.sections.get(usize::from(facts.section)).cloned().unwrap_or_default();
            *found.sections.entry(section).or_default() += 1;
            *found.years.entry(facts.year).or_default() += 1;
        }
        for article in ranked.into_iter().skip(page * PAGE).take(PAGE) {
            found.hits.push(self.hit(files, article).await?);
        }
        Ok(found)
    }

    async fn hit(&self, files: &impl Files, article: u32) -> Result<Hit, Failure> {
        let part = (article / HITS) as usize;
        let hash = self.hits.get(part).ok_or_else(|| Failure::Damaged("entry.bin".to_owned()))?;
        let name = name('h', part, *hash);
        let bytes = files.file(&name).await?;
        self.read_hit(&bytes, article % HITS).map_err(|_| Failure::Damaged(name))
    }

    fn read_hit(&self, bytes: &[u8], at: u32) -> Result<Hit, Damaged> {
        let mut reader = Reader::new(bytes);
        let mut hit = None;
        for _ in 0..=at {
            let section = self.sections.get(reader.small()? as usize).ok_or(Damaged)?;
            let published = i64::try_from(reader.number()?).map_err(|_| Damaged)?;
            let (slug, title, extract) = (reader.text()?, reader.text()?, reader.text()?);
            hit = Some((section, published, slug, title, extract));
        }
        let (section, published, slug, title, extract) = hit.ok_or(Damaged)?;
        Ok(Hit {
            section: section.clone(),
            slug: slug.to_owned(),
            title: title.to_owned(),
            extract: extract.to_owned(),
            published,
        })
    }
}

/// The words a query asks for; raw keystrokes are read as what they were meant to be.
fn asked(query: &str) -> Vec<Word> {
    let mut words = words(query);
    words.truncate(MOST_WORDS);
    for word in &mut words {
        if !word.is_marked()
            && word.folded.is_ascii()
            && !looks_like_syllable(&word.folded)
            && let Some(typed) = typing::decoded(&word.folded)
        {
            *word = Word::made(&typed.plain, typed.tone);
        }
    }
    words
}

/// How much a term counts by where it stands.
struct Weights {
    title: f32,
    lead: f32,
    body: f32,
    /// What it gains where its marks are those asked for.
    exact: f32,
}

const WORD: Weights = Weights { title: 2.2, lead: 1.0, body: 0.35, exact: 0.25 };
const PAIR: Weights = Weights { title: 3.0, lead: 2.0, body: 1.0, exact: 0.0 };

#[derive(Clone, Copy, Default)]
struct Score {
    sum: f32,
    /// The words of the query it has.
    words: u32,
    /// Those it has in its title.
    title: u32,
}

struct Scores(Vec<Score>);

impl Scores {
    fn new(articles: usize) -> Self {
        Self(vec![Score::default(); articles])
    }

    fn add(&mut self, postings: &Postings, mask: u32, weights: Weights, word: &Word) {
        let rarity = (1.0 + self.0.len() as f32 / postings.frequency.max(1) as f32).ln();
        let wanted = word.is_marked().then(|| spelling(&word.exact));
        let place = wanted.and_then(|wanted| postings.spellings.iter().position(|own| *own == wanted));
        for Posting { article, field, spelling } in &postings.list {
            let Some(score) = self.0.get_mut(*article as usize) else { continue };
            let weight = match field {
                Field::Title => weights.title,
                Field::Lead => weights.lead,
                Field::Body => weights.body,
            };
            let as_written = place.is_some_and(|place| place == usize::from(*spelling));
            score.sum += rarity * weight * if as_written { 1.0 + weights.exact } else { 1.0 };
            score.words |= mask;
            if *field == Field::Title {
                score.title |= mask;
            }
        }
    }

    /// The articles that have enough of the query, the best first.
    fn ranked(self, words: usize, facts: &[Facts]) -> Vec<u32> {
        let wanted = words.max(1) as f32;
        let articles = self.0.len().max(1) as f32;
        let mut ranked: Vec<(f32, u32)> = Vec::new();
        for (article, score) in (0_u32..).zip(&self.0) {
            let matched = score.words.count_ones() as f32 / wanted;
            if score.words == 0 || matched < 0.5 {
                continue;
            }
            let title = score.title.count_ones() as f32;
            let of_title = title / f32::from(facts[article as usize].title_words.max(1)).max(wanted);
            let newness = article as f32 / articles;
            let sum = score.sum * matched * matched * (1.0 + 0.35 * of_title) * (1.0 + 0.03 * newness);
            ranked.push((sum, article));
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        ranked.into_iter().map(|(_, article)| article).collect()
    }
}
