//! Writes the search index.
//!
//! Each article, in whatever order it comes, is taken apart into its terms, which go to temporary files by the range of
//! their hashes; then one range after the other is put in order and written. So memory holds a range or two, a line for
//! each article, and the vocabulary.

mod spill;
mod texts;

use crate::search::analysis::{Word, words};
use crate::search::dictionary::{Dictionary, Entry};
use crate::search::format::{self, ENTRY, Hash, VERSION, put, put_text};
use crate::search::index::{Shown, TAIL_BITS};
use crate::search::texts::Texts;
use crate::tools::build::output::Output;
use crate::tools::finding::Finding;
use crate::tools::folder::share;
use crate::vietnamese::lower;
use flate2::{Compress, Compression, FlushCompress, Status};
use indicatif::ProgressBar;
use sha2::{Digest, Sha256};
use spill::{HitSpill, Spill};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;
use std::sync::Mutex;
pub use texts::texts_of;

/// The folder of the index, below the root of the site.
pub const FOLDER: &str = "search";
/// So many of the newest articles at most stand in the tail: a new one changes it, and the parts only when it is full.
const TAIL: usize = 1 << TAIL_BITS;
/// How many parts of postings there are for each article; the number of parts is a power of two, so that it seldom
/// changes. Parts of 1 to 2 kB: smaller ones make the entry, which names them all, larger.
const PARTS_AN_ARTICLE: f32 = 4.0 / 7.0;
/// A part of hits has four articles; above this number of articles eight, for the same reason.
const MANY: usize = 16_384;
/// How many words the dictionary has at most, and in how many articles a word must be to stand in it.
const WORDS: usize = 6_000;
const IN_ARTICLES: u32 = 2;
/// Longer words are no words.
const LONGEST: usize = 24;

/// Builds an index from articles, which may come from several threads.
pub struct Indexer(Mutex<State>);

struct State {
    spill: Spill,
    hits: HitSpill,
    /// The articles, as they came.
    articles: Vec<Noted>,
    sections: Vec<String>,
    newest: BTreeMap<Order, Texts>,
    vocabulary: HashMap<String, u32>,
}

/// The order of articles: by date, then by address, so that the same articles always give the same index.
type Order = (i64, String, String);

/// What is remembered of an article until all are there.
struct Noted {
    order: Order,
    section: usize,
    year: u16,
    title_words: usize,
}

impl Indexer {
    /// An index without articles yet; `temporary` is a folder for files that are gone when the program ends.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn new(temporary: &Path) -> io::Result<Self> {
        Ok(Self(Mutex::new(State {
            spill: Spill::new(temporary)?,
            hits: HitSpill::new(temporary)?,
            articles: Vec::new(),
            sections: Vec::new(),
            newest: BTreeMap::new(),
            vocabulary: HashMap::new(),
        })))
    }

    /// Adds an article.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn add(&self, texts: Texts) -> io::Result<()> {
        let (mut written, mut title_words) = (Vec::new(), None);
        let terms = texts.terms_and(|text, words| {
            // The title comes first.
            title_words.get_or_insert(words.len());
            written_words(text, words, &mut written);
        });
        written.sort_unstable();
        written.dedup();
        let order = (texts.published, texts.section.clone(), texts.slug.clone());
        let mut shown = Texts { tags: String::new(), ..texts.clone() };
        if !shown.lead.is_empty() {
            shown.body.clear();
        }

        let mut state = self.0.lock().expect("no worker panics while it adds an article");
        let state = &mut *state;
        let number = u32::try_from(state.articles.len()).map_err(io::Error::other)?;
        let section = state.sections.iter().position(|own| *own == texts.section).unwrap_or_else(|| {
            state.sections.push(texts.section.clone());
            state.sections.len() - 1
        });
        state.articles.push(Noted {
            order: order.clone(),
            section,
            year: texts.year,
            title_words: title_words.unwrap_or_default(),
        });
        state.newest.insert(order, texts);
        if state.newest.len() > TAIL {
            state.newest.pop_first();
        }
        written.into_iter().for_each(|word| *state.vocabulary.entry(word).or_default() += 1);
        state.hits.push(&shown)?;
        terms.into_iter().try_for_each(|occurrence| state.spill.push(occurrence, number))
    }

    /// Writes the files of the index; those of a former one are removed.
    ///
    /// # Errors
    /// A sentence with what the file system reports.
    pub fn write(self, output: &Output, bar: &ProgressBar) -> Result<(), String> {
        let failed = |error: io::Error| format!("the search index cannot be written: {error}");
        let state = self.0.into_inner().expect("all workers have ended well");
        let files = Files { output, names: Mutex::default() };
        // Sections in the order of their names, whichever came first.
        let mut sections = state.sections.clone();
        sections.sort();
        let section =
            |noted: &Noted| sections.binary_search(&state.sections[noted.section]).expect("a section of them");
        let mut by_date: Vec<u32> = (0..state.articles.len() as u32).collect();
        by_date.sort_by(|a, b| state.articles[*a as usize].order.cmp(&state.articles[*b as usize].order));
        let in_tail = by_date.len() % TAIL;
        let (in_parts, _) = by_date.split_at(by_date.len() - in_tail);
        let noted = |article: &u32| &state.articles[*article as usize];

        let mut facts = Vec::new();
        put(in_parts.len() as u64, &mut facts);
        in_parts.iter().for_each(|article| facts.push(u8::try_from(noted(article).title_words).unwrap_or(u8::MAX)));
        in_parts.iter().for_each(|article| put(section(noted(article)) as u64, &mut facts));
        for same_year in in_parts.chunk_by(|a, b| noted(a).year == noted(b).year) {
            put(u64::from(noted(&same_year[0]).year), &mut facts);
            put(same_year.len() as u64, &mut facts);
        }

        let mut tail = Vec::new();
        put(in_tail as u64, &mut tail);
        state.newest.values().rev().take(in_tail).rev().for_each(|texts| texts.write(&mut tail));

        let mut entry = vec![VERSION];
        put(sections.len() as u64, &mut entry);
        sections.iter().for_each(|section| put_text(section, &mut entry));
        entry.extend(files.write('f', 0, &facts).map_err(failed)?);
        entry.extend(files.write('d', 0, &dictionary(state.vocabulary).to_bytes()).map_err(failed)?);
        entry.extend(files.write('t', 0, &tail).map_err(failed)?);

        // Where each article stands now; those in the tail nowhere.
        let mut places = vec![None; state.articles.len()];
        (0..).zip(in_parts).for_each(|(place, article)| places[*article as usize] = Some(place));
        let parts = if in_parts.is_empty() { 0 } else { spill::parts(in_parts.len() as f32 * PARTS_AN_ARTICLE) };
        let written = Mutex::new(BTreeMap::<usize, Hash>::new());
        let hits_a_part = if in_parts.len() > MANY { 8 } else { 4 };
        let hit_parts: Vec<(usize, &[u32])> = in_parts.chunks(hits_a_part).enumerate().collect();
        bar.set_length((if parts == 0 { 0 } else { spill::RANGES } + hit_parts.len()) as u64);
        bar.set_position(0);

        let ranges = if parts == 0 { Vec::new() } else { state.spill.into_ranges().map_err(failed)? };
        let write_range = |(range, file): (usize, std::fs::File)| -> io::Result<()> {
            for (number, part) in spill::parts_of_range(range, file, parts, &places)? {
                let hash = files.write('p', number, &part.to_bytes())?;
                written.lock().expect("no worker panics while it adds a name").insert(number, hash);
            }
            Ok(())
        };
        first(share(ranges.into_iter().enumerate(), bar, |range| finding(write_range(range))))?;
        let parts = written.into_inner().expect("all workers have ended well");
        put(parts.len() as u64, &mut entry);
        parts.values().for_each(|hash| entry.extend(hash));

        let written = Mutex::new(BTreeMap::<usize, Hash>::new());
        let write_hits = |(number, articles): (usize, &[u32])| -> io::Result<()> {
            let mut bytes = Vec::new();
            for article in articles {
                Shown::of(&state.hits.read(*article)?).write(section(noted(article)), &mut bytes);
            }
            let hash = files.write('h', number, &bytes)?;
            written.lock().expect("no worker panics while it adds a name").insert(number, hash);
            Ok(())
        };
        first(share(hit_parts.into_iter(), bar, |part| finding(write_hits(part))))?;
        let hits = written.into_inner().expect("all workers have ended well");
        put(hits_a_part as u64, &mut entry);
        put(hits.len() as u64, &mut entry);
        hits.values().for_each(|hash| entry.extend(hash));

        // Last: whoever reads the new entry finds all it names.
        files.file(ENTRY, &entry).map_err(failed)?;
        output.keep_only(FOLDER, &files.names.into_inner().expect("all workers have ended well")).map_err(failed)
    }
}

/// The files of the index, packed.
struct Files<'a> {
    output: &'a Output,
    names: Mutex<Vec<String>>,
}

impl Files<'_> {
    fn write(&self, kind: char, number: usize, bytes: &[u8]) -> io::Result<Hash> {
        let digest = Sha256::digest(bytes);
        let hash = [digest[0], digest[1], digest[2]];
        self.file(&format::name(kind, number, hash), bytes).map(|()| hash)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let name = format!("{FOLDER}/{name}");
        self.output.file(&name, &packed(bytes)?)?;
        self.names.lock().expect("no worker panics while it adds a name").push(name);
        Ok(())
    }
}

/// Bytes as zlib packs them.
fn packed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    // One for each thread: it has 300 kB of tables, and there are thousands of small files.
    thread_local!(static PACKER: RefCell<Compress> = RefCell::new(Compress::new(Compression::best(), true)));
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        // Packing adds a little where it gains nothing.
        let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 100 + 64);
        match packer.compress_vec(bytes, &mut out, FlushCompress::Finish)? {
            Status::StreamEnd => Ok(out),
            status => Err(io::Error::other(format!("packing ended with {status:?}"))),
        }
    })
}

fn finding(result: io::Result<()>) -> Vec<Finding> {
    let failed = |error| Finding::of_file(FOLDER, format!("cannot be written ({error})"), "mend that and build again");
    result.err().map(failed).into_iter().collect()
}

fn first(findings: Vec<Finding>) -> Result<(), String> {
    findings.first().map_or(Ok(()), |finding| Err(finding.to_string()))
}

/// Adds the words of a text as they are written in it, lower case; no numbers.
fn written_words(text: &str, words: &[Word], written: &mut Vec<String>) {
    for word in words {
        if word.folded.len() <= LONGEST && word.folded.chars().all(char::is_alphabetic) {
            written.push(text[word.place.clone()].chars().map(lower).collect());
        }
    }
}

/// The most frequent words.
fn dictionary(vocabulary: HashMap<String, u32>) -> Dictionary {
    let mut of_folded: HashMap<String, (u32, u32, String)> = HashMap::new();
    for (written, count) in vocabulary {
        let Some(folded) = words(&written).into_iter().next().map(|word| word.folded) else { continue };
        let entry = of_folded.entry(folded).or_default();
        entry.0 += count;
        // The most frequent way to write it; of two, the first by the alphabet.
        if (count, &entry.2) > (entry.1, &written) {
            (entry.1, entry.2) = (count, written);
        }
    }
    let mut all: Vec<(u32, String, String)> =
        of_folded.into_iter().map(|(folded, (count, _, written))| (count, folded, written)).collect();
    all.retain(|(count, ..)| *count >= IN_ARTICLES);
    all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    all.truncate(WORDS);
    let entry =
        |(count, folded, written): (u32, String, String)| Entry { folded, written, frequency: count.ilog2() as u8 };
    Dictionary::new(all.into_iter().map(entry).collect())
}
