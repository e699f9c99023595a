//! Writes the search index.
//!
//! Each article, in whatever order it comes, is taken apart into its terms, which go to temporary files by the range of
//! their hashes; then one range after the other is put in order and written. So memory holds a range or two, a line for
//! each article, and the vocabulary.

mod alone;
mod files;
mod gathered;
mod lexicon;
mod nexts;
mod parts;
mod spill;
mod tally;
mod texts;

use crate::search::format::{self, ENTRY, Kind, VERSION, put, put_text};
use crate::search::index::{OWN_FILES, TAIL_BITS};
use crate::search::texts::Texts;
use crate::tools::build::output::Output;
use crate::tools::finding::Finding;
use crate::tools::folder::{begin, share};
pub use alone::write_alone;
use files::{Files, Many, hash};
use gathered::{Gathered, Noted};
use indicatif::ProgressBar;
use lexicon::dictionary;
use parts::Cut;
use spill::{Record, Terms};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};
pub use texts::{texts_of, texts_of_page};

/// The folder of the index, below the root of the site.
pub const FOLDER: &str = "search";
/// So many of the newest articles at most stand in the tail: a new one changes it, and the parts only when it is full.
const TAIL: usize = 1 << TAIL_BITS;

/// What each thread keeps in memory before it goes to a file. The index is the same, however little that is.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// So many bytes of each range of terms; a multiple of 8.
    pub block: usize,
    /// So many different words.
    pub words: usize,
    /// So many different pairs of words that follow each other.
    pub pairs: usize,
}

impl Default for Memory {
    fn default() -> Self {
        Self { block: 16 * 1024, words: 1 << 17, pairs: 1 << 19 }
    }
}

/// Builds an index from articles, which may come from several threads.
pub struct Indexer {
    temporary: PathBuf,
    memory: Memory,
    /// What no thread is adding to; as many as threads add at once.
    idle: Mutex<Vec<Gathered>>,
    /// How many there are in all.
    begun: AtomicUsize,
    /// How many articles were added.
    articles: AtomicUsize,
}

/// Where an article is: what it was added to, and its number there.
type Source = (usize, usize);

impl Indexer {
    /// An index without articles yet; `temporary` is a folder for files that are gone when the program ends.
    pub fn new(temporary: &Path) -> Self {
        Self::within(temporary, Memory::default())
    }

    /// The same within so much memory.
    pub fn within(temporary: &Path, memory: Memory) -> Self {
        Self {
            temporary: temporary.to_owned(),
            memory,
            idle: Mutex::default(),
            begun: AtomicUsize::new(0),
            articles: AtomicUsize::new(0),
        }
    }

    /// Adds an article.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn add(&self, texts: Texts) -> io::Result<()> {
        if self.articles.fetch_add(1, Ordering::Relaxed) >= Record::ARTICLES {
            return Err(io::Error::other("the search index holds no more articles"));
        }
        let idle = self.idle().pop();
        let mut own = match idle {
            Some(own) => own,
            None => Gathered::new(&self.temporary, self.begun.fetch_add(1, Ordering::Relaxed), self.memory)?,
        };
        let added = own.add(texts);
        self.idle().push(own);
        added
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Gathered>> {
        self.idle.lock().expect("no worker panics while it holds the list")
    }

    /// Writes the files of the index; those of a former one are removed.
    ///
    /// # Errors
    /// A sentence with what the file system reports.
    pub fn write(self, output: &Output, bar: &ProgressBar) -> Result<(), String> {
        let failed = |error: io::Error| format!("the search index cannot be written: {error}");
        let mut all = self.idle.into_inner().expect("all workers have ended well");
        let by_date = by_date(&all);
        let (in_parts, tail) = by_date.split_at(by_date.len() - by_date.len() % TAIL);
        for (of, one) in all.iter_mut().enumerate() {
            let in_tail = tail.iter().filter(|source| source.0 == of).map(|source| source.1);
            one.finish(in_tail).map_err(failed)?;
        }
        let noted = |(of, at): Source| &all[of].articles[at];
        let sections = sections([in_parts, tail].map(|some| some.iter().map(|source| noted(*source).section())));
        let section =
            |noted: &Noted| sections.iter().position(|own| *own == noted.section()).expect("one of them") as u64;

        let files = Files::new(output);
        let cut = Cut::of(in_parts.len());
        let many = Many::new(&files, cut.shape.articles, cut.files());
        let hits: Vec<(usize, &[Source])> = in_parts.chunks(cut.hits * many.sharing(Kind::Hits)).enumerate().collect();
        begin(bar, "search index", Some((cut.steps() + hits.len()) as u64));

        // Where each article stands now; those in the tail nowhere.
        let mut places: Vec<_> = all.iter().map(|one| vec![None; one.articles.len()]).collect();
        (0..).zip(in_parts).for_each(|(place, (of, at))| places[*of][*at] = Some(place));
        let terms: Vec<(&Terms, &[Option<u32>])> =
            all.iter().zip(&places).map(|(one, places)| (&one.terms, places.as_slice())).collect();
        let write_step = |step| -> io::Result<()> {
            let (first, parts) = cut.step(step, &terms)?;
            let bytes: Vec<_> =
                (first as u32..).zip(&parts).map(|(number, part)| part.to_bytes(number, cut.shape)).collect();
            many.write(Kind::Postings, first, &bytes)
        };
        first(share(0..cut.steps(), bar, |step| finding(write_step(step))))?;
        let write_hits = |(number, sources): (usize, &[Source])| -> io::Result<()> {
            let mut parts = Vec::new();
            for sources in sources.chunks(cut.hits) {
                let mut bytes = Vec::new();
                for (of, at) in sources {
                    put(section(noted((*of, *at))), &mut bytes);
                    all[*of].hits.read(*at, &mut bytes)?;
                }
                parts.push(bytes);
            }
            many.write(Kind::Hits, number * many.sharing(Kind::Hits), &parts)
        };
        first(share(hits.into_iter(), bar, |part| finding(write_hits(part))))?;
        nexts::write(all.iter().map(|one| &one.nexts), cut.shape, &many).map_err(failed)?;

        let facts = facts(&in_parts.iter().map(|source| noted(*source)).collect::<Vec<_>>(), section);
        let dictionary = dictionary(all.iter().map(|one| &one.lexicon)).map_err(failed)?.to_bytes();
        let mut tail_bytes = Vec::new();
        put(tail.len() as u64, &mut tail_bytes);
        for (of, at) in tail {
            all[*of].newest[&noted((*of, *at)).order].write(&mut tail_bytes);
        }
        let mut entry = vec![VERSION];
        put(sections.len() as u64, &mut entry);
        sections.iter().for_each(|section| put_text(section, &mut entry));
        put(cut.shape.parts.into(), &mut entry);
        put(cut.hits as u64, &mut entry);
        for (kind, bytes) in OWN_FILES.into_iter().zip([facts, dictionary, tail_bytes, many.marks()]) {
            let hash = hash([&bytes]);
            files.file(&format::own_name(kind, hash), &bytes).map_err(failed)?;
            entry.extend(hash);
        }
        // Last: whoever reads the new entry finds all it names.
        files.file(ENTRY, &entry).map_err(failed)?;
        files.remove_others().map_err(failed)
    }
}

/// The sections in the order of their numbers: by name, whichever came first, but those that only the tail has come behind
/// the others, whose numbers stand in many files.
fn sections<'a>([in_parts, in_tail]: [impl Iterator<Item = &'a str>; 2]) -> Vec<&'a str> {
    let known: BTreeSet<&str> = in_parts.collect();
    let new: BTreeSet<&str> = in_tail.filter(|section| !known.contains(section)).collect();
    known.iter().chain(&new).copied().collect()
}

/// All articles, the oldest first.
fn by_date(all: &[Gathered]) -> Vec<Source> {
    let mut sources: Vec<Source> =
        (0..).zip(all).flat_map(|(of, one)| (0..one.articles.len()).map(move |at| (of, at))).collect();
    let order = |(of, at): Source| &all[of].articles[at].order;
    sources.sort_by(|one, other| order(*one).cmp(order(*other)));
    sources
}

/// What is known of articles before they are shown.
fn facts(articles: &[&Noted], section: impl Fn(&Noted) -> u64) -> Vec<u8> {
    let mut facts = Vec::new();
    put(articles.len() as u64, &mut facts);
    articles.iter().for_each(|noted| facts.push(u8::try_from(noted.title_words).unwrap_or(u8::MAX)));
    articles.iter().for_each(|noted| put(section(noted), &mut facts));
    for same_year in articles.chunk_by(|one, other| one.year == other.year) {
        put(u64::from(same_year[0].year), &mut facts);
        put(same_year.len() as u64, &mut facts);
    }
    facts
}

fn finding(result: io::Result<()>) -> Vec<Finding> {
    let failed = |error| Finding::of_file(FOLDER, format!("cannot be written ({error})"), "mend that and build again");
    result.err().map(failed).into_iter().collect()
}

fn first(findings: Vec<Finding>) -> Result<(), String> {
    findings.first().map_or(Ok(()), |finding| Err(finding.to_string()))
}
