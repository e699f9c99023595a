//! Writes the search index of a folder of API documents.
//!
//! Each article is taken apart into its terms, which go to temporary files by the range of their hashes; then one range
//! after the other is put in order and written. So memory holds one range, whatever the number of articles.

mod spill;
mod texts;

use crate::search::analysis::{Word, synonyms, term, words};
use crate::search::engine::name;
use crate::search::format::{self, Field, HITS, part_of, put, put_text, spelling};
use crate::tools::build::output::Output;
use sha2::{Digest, Sha256};
use spill::{Record, Spill};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
pub use texts::Texts;

/// About so many articles share a part of postings; the number of parts is a power of two, so that it seldom changes.
const ARTICLES_A_PART: usize = 6;
/// How long the extract of a hit is, in characters.
const EXTRACT: usize = 220;
/// The folder of the index, below the root of the site.
pub const FOLDER: &str = "search";

/// Builds an index, article by article, oldest first.
pub struct Indexer {
    spill: Spill,
    sections: Vec<String>,
    titles: Vec<u8>,
    of_section: Vec<u8>,
    years: Vec<(u16, u32)>,
    hits: Vec<Vec<u8>>,
    articles: u32,
}

impl Indexer {
    /// An index without articles yet; `temporary` is a folder for files that are removed again.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn new(temporary: &Path) -> std::io::Result<Self> {
        Ok(Self {
            spill: Spill::new(temporary)?,
            sections: Vec::new(),
            titles: Vec::new(),
            of_section: Vec::new(),
            years: Vec::new(),
            hits: Vec::new(),
            articles: 0,
        })
    }

    /// Adds the next newer article.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn add(&mut self, article: &Texts) -> std::io::Result<()> {
        let number = self.articles;
        self.articles += 1;
        let section = self.sections.iter().position(|own| *own == article.section).unwrap_or_else(|| {
            self.sections.push(article.section.clone());
            self.sections.len() - 1
        });
        self.of_section.push(u8::try_from(section).unwrap_or(u8::MAX));
        let year = article.published.year();
        match self.years.last_mut() {
            Some((last, count)) if *last == year => *count += 1,
            _ => self.years.push((year, 1)),
        }
        let title = words(&article.title);
        self.titles.push(u8::try_from(title.len()).unwrap_or(u8::MAX));
        if number.is_multiple_of(HITS) {
            self.hits.push(Vec::new());
        }
        if let Some(part) = self.hits.last_mut() {
            put(section as u64, part);
            put(u64::try_from(article.published.unix_seconds()).unwrap_or_default(), part);
            put_text(&article.slug, part);
            put_text(&article.title, part);
            put_text(&beginning(if article.lead.is_empty() { &article.body } else { &article.lead }), part);
        }
        let mut terms = HashMap::new();
        collect(&title, Field::Title, &mut terms);
        collect(&words(&article.lead), Field::Lead, &mut terms);
        article.tags.iter().for_each(|tag| collect(&words(tag), Field::Lead, &mut terms));
        collect(&words(&article.body), Field::Body, &mut terms);
        for (term, (field, spelling)) in terms {
            self.spill.push(Record { term, article: number, field, spelling })?;
        }
        Ok(())
    }

    /// Writes the files of the index.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn write(self, output: &Output) -> std::io::Result<()> {
        let parts = (self.articles as usize / ARTICLES_A_PART).next_power_of_two().max(spill::RANGES) as u32;
        let mut names = Vec::new();
        let mut write = |kind: char, number: usize, bytes: &[u8]| -> std::io::Result<[u8; 4]> {
            let digest = Sha256::digest(bytes);
            let hash = [digest[0], digest[1], digest[2], digest[3]];
            let name = format!("{FOLDER}/{}", name(kind, number, hash));
            output.file(&name, bytes)?;
            names.push(name);
            Ok(hash)
        };
        let mut entry = Vec::new();
        put(self.sections.len() as u64, &mut entry);
        self.sections.iter().for_each(|section| put_text(section, &mut entry));

        let mut facts = Vec::new();
        put(u64::from(self.articles), &mut facts);
        facts.extend_from_slice(&self.titles);
        facts.extend_from_slice(&self.of_section);
        for (year, count) in &self.years {
            put(u64::from(*year), &mut facts);
            put(u64::from(*count), &mut facts);
        }
        entry.extend(write('f', 0, &facts)?);

        put(u64::from(parts), &mut entry);
        let articles = self.articles;
        self.spill.each_range(
            |records| {
                let mut of_part: BTreeMap<u32, Vec<(u64, format::Postings)>> = BTreeMap::new();
                for (term, postings) in spill::gathered(records, articles) {
                    of_part.entry(part_of(term, parts)).or_default().push((term, postings));
                }
                Ok(of_part)
            },
            parts,
            |number, terms| {
                entry.extend(write('p', number as usize, &format::write_part(terms))?);
                Ok(())
            },
        )?;
        put(self.hits.len() as u64, &mut entry);
        for (number, hits) in self.hits.iter().enumerate() {
            entry.extend(write('h', number, hits)?);
        }
        output.file(&format!("{FOLDER}/entry.bin"), &entry)?;
        names.push(format!("{FOLDER}/entry.bin"));
        output.keep_only(FOLDER, &names)
    }
}

/// The words and pairs of a text, each with where it stands best and, of a word, how it is spelled there.
fn collect(words: &[Word], field: Field, terms: &mut HashMap<u64, (Field, u16)>) {
    let mut note = |key: u64, spelling: u16| {
        let entry = terms.entry(key).or_insert((field, spelling));
        if field > entry.0 {
            *entry = (field, spelling);
        }
    };
    for (at, word) in words.iter().enumerate() {
        // 0 stands for a pair.
        note(term(&[&word.folded]), spelling(&word.exact).max(1));
        if let Some(next) = words.get(at + 1).filter(|next| !next.begins) {
            note(term(&[&word.folded, &next.folded]), 0);
        }
    }
    for synonym in synonyms(words) {
        let before = synonym.of.start.checked_sub(1).map(|at| words[at].folded.as_str());
        let after = words.get(synonym.of.end).map(|word| word.folded.as_str());
        let all: Vec<&str> = before.into_iter().chain(synonym.words.iter().copied()).chain(after).collect();
        synonym.words.iter().for_each(|word| note(term(&[word]), spelling(word).max(1)));
        all.windows(2).for_each(|pair| note(term(pair), 0));
    }
}

/// The beginning of a text, cut between words.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(EXTRACT) {
        None => text.to_owned(),
        Some((end, _)) => {
            let cut = text[..end].rfind(' ').unwrap_or(end);
            format!("{}…", &text[..cut])
        }
    }
}
