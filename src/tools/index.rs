//! Writes the search index.
//!
//! Each article, in whatever order it comes, is taken apart into its terms, which go to temporary files by the range of
//! their hashes; then one range after the other is put in order and written. So memory holds a range or two, a line for
//! each article, and the vocabulary.

mod alone;
mod spill;
mod texts;

use crate::search::analysis::{Word, words};
use crate::search::dictionary::{Dictionary, Entry};
use crate::search::format::{self, ENTRY, Hash, Shape, VERSION, put, put_text};
use crate::search::index::{Shown, TAIL_BITS};
use crate::search::texts::Texts;
use crate::tools::build::output::Output;
use crate::tools::finding::Finding;
use crate::tools::folder::share;
use crate::vietnamese::lower;
pub use alone::write_alone;
use flate2::{Compress, Compression, FlushCompress, Status};
use indicatif::ProgressBar;
use sha2::{Digest, Sha256};
use spill::{HitSpill, Spill};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;
use std::sync::Mutex;
pub use texts::{texts_of, texts_of_page};

/// The folder of the index, below the root of the site.
pub const FOLDER: &str = "search";
/// So many of the newest articles at most stand in the tail: a new one changes it, and the parts only when it is full.
const TAIL: usize = 1 << TAIL_BITS;
/// How many parts of postings there are for each article; the number of parts is a power of two. Parts of about 1 kB.
const PARTS_AN_ARTICLE: f32 = 8.0 / 7.0;
/// How many articles a part of hits has: 240 bytes each, and a page of results asks for ten parts.
const HITS: usize = 4;
/// All that the bytes of a generation follow from besides its articles: another version of it makes another generation.
const CODE: [&str; 12] = [
    include_str!("../search/abbreviations.txt"),
    include_str!("../search/analysis.rs"),
    include_str!("../search/bits.rs"),
    include_str!("../search/extract.rs"),
    include_str!("../search/format.rs"),
    include_str!("../search/index.rs"),
    include_str!("../search/letters.rs"),
    include_str!("../search/names.rs"),
    include_str!("../search/texts.rs"),
    include_str!("../vietnamese.rs"),
    include_str!("index.rs"),
    include_str!("index/spill.rs"),
];
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
    /// The hash of its texts.
    hash: Hash,
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
        let mut bytes = Vec::new();
        texts.write(&mut bytes);
        let hash = hash([bytes.as_slice()]);
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
            hash,
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

        let generation = {
            let sections = sections.iter().map(|section| section.as_bytes());
            let articles = in_parts.iter().map(|article| noted(article).hash.as_slice());
            hash(CODE.iter().map(|code| code.as_bytes()).chain(sections).chain(articles))
        };

        let mut facts = Vec::new();
        put(in_parts.len() as u64, &mut facts);
        in_parts.iter().for_each(|article| facts.push(u8::try_from(noted(article).title_words).unwrap_or(u8::MAX)));
        in_parts.iter().for_each(|article| put(section(noted(article)) as u64, &mut facts));
        for same_year in in_parts.chunk_by(|a, b| noted(a).year == noted(b).year) {
            put(u64::from(noted(&same_year[0]).year), &mut facts);
            put(same_year.len() as u64, &mut facts);
        }
        files.file(&format::name('f', 0, generation), &facts).map_err(failed)?;

        // Where each article stands now; those in the tail nowhere.
        let mut places = vec![None; state.articles.len()];
        (0..).zip(in_parts).for_each(|(place, article)| places[*article as usize] = Some(place));
        let parts = if in_parts.is_empty() { 0 } else { spill::parts(in_parts.len() as f32 * PARTS_AN_ARTICLE) };
        let shape = Shape { parts, articles: in_parts.len() as u32 };
        let hits: Vec<(usize, &[u32])> = in_parts.chunks(HITS).enumerate().collect();
        bar.set_length((if parts == 0 { 0 } else { spill::RANGES } + hits.len()) as u64);
        bar.set_position(0);
        let ranges = if parts == 0 { Vec::new() } else { state.spill.into_ranges().map_err(failed)? };
        let write_range = |(range, file): (usize, std::fs::File)| -> io::Result<()> {
            let parts = spill::parts_of_range(range, file, parts, &places)?;
            parts.iter().try_for_each(|(number, part)| {
                files.file(&format::name('p', *number, generation), &part.to_bytes(*number as u32, shape))
            })
        };
        first(share(ranges.into_iter().enumerate(), bar, |range| finding(write_range(range))))?;
        let write_hits = |(number, articles): (usize, &[u32])| -> io::Result<()> {
            let mut bytes = Vec::new();
            for article in articles {
                Shown::of(&state.hits.read(*article)?).write(section(noted(article)), &mut bytes);
            }
            files.file(&format::name('h', number, generation), &bytes)
        };
        first(share(hits.into_iter(), bar, |part| finding(write_hits(part))))?;

        let dictionary = dictionary(state.vocabulary).to_bytes();
        let mut tail = Vec::new();
        put(in_tail as u64, &mut tail);
        state.newest.values().rev().take(in_tail).rev().for_each(|texts| texts.write(&mut tail));
        let mut entry = vec![VERSION];
        put(sections.len() as u64, &mut entry);
        sections.iter().for_each(|section| put_text(section, &mut entry));
        entry.extend(generation);
        put(u64::from(parts), &mut entry);
        put(HITS as u64, &mut entry);
        for (kind, bytes) in [('d', &dictionary), ('t', &tail)] {
            let hash = hash([bytes.as_slice()]);
            files.file(&format::own_name(kind, hash), bytes).map_err(failed)?;
            entry.extend(hash);
        }
        // Last: whoever reads the new entry finds all it names.
        files.file(ENTRY, &entry).map_err(failed)?;
        output.keep_only(FOLDER, &files.names.into_inner().expect("all workers have ended well")).map_err(failed)
    }
}

/// The beginning of the hash of some texts, one after the other.
fn hash<'a>(texts: impl IntoIterator<Item = &'a [u8]>) -> Hash {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text);
    }
    let digest = hasher.finalize();
    std::array::from_fn(|at| digest[at])
}

/// The files of the index, packed.
struct Files<'a> {
    output: &'a Output,
    names: Mutex<Vec<String>>,
}

impl Files<'_> {
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
