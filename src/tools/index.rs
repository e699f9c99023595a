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
mod texts;

use crate::search::format::{self, ENTRY, Hash, VERSION, put, put_text};
use crate::search::index::TAIL_BITS;
use crate::search::nexts::to_bytes;
use crate::search::texts::Texts;
use crate::tools::build::output::Output;
use crate::tools::finding::Finding;
use crate::tools::folder::{begin, share};
pub use alone::write_alone;
use files::Files;
use gathered::{Gathered, Noted};
use indicatif::ProgressBar;
use lexicon::dictionary;
use parts::Cut;
use sha2::{Digest, Sha256};
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
/// All that the bytes of a generation follow from besides its articles: another version of it makes another generation.
const CODE: [&str; 17] = [
    include_str!("../search/abbreviations.txt"),
    include_str!("../search/analysis.rs"),
    include_str!("../search/bits.rs"),
    include_str!("../search/extract.rs"),
    include_str!("../search/format.rs"),
    include_str!("../search/index.rs"),
    include_str!("../search/letters.rs"),
    include_str!("../search/names.rs"),
    include_str!("../search/nexts.rs"),
    include_str!("../search/syllable.rs"),
    include_str!("../search/texts.rs"),
    include_str!("../vietnamese.rs"),
    include_str!("index.rs"),
    include_str!("index/gathered.rs"),
    include_str!("index/nexts.rs"),
    include_str!("index/parts.rs"),
    include_str!("index/spill.rs"),
];

/// Builds an index from articles, which may come from several threads.
pub struct Indexer {
    temporary: PathBuf,
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
        Self {
            temporary: temporary.to_owned(),
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
            None => Gathered::new(&self.temporary, self.begun.fetch_add(1, Ordering::Relaxed))?,
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
        all.iter_mut().try_for_each(|one| one.hits.finish()).map_err(failed)?;
        let files = Files::new(output);
        let by_date = by_date(&all);
        let in_tail = by_date.len() % TAIL;
        let (in_parts, tail) = by_date.split_at(by_date.len() - in_tail);
        let cut = Cut::of(in_parts.len());
        let nexts = nexts::by_file(&mut all, tail, cut.shape);
        let noted = |(of, at): Source| &all[of].articles[at];
        // Sections in the order of their names, whichever came first.
        let sections: BTreeSet<&str> = by_date.iter().map(|source| noted(*source).section()).collect();
        let sections: Vec<&str> = sections.into_iter().collect();
        let section = |noted: &Noted| sections.binary_search(&noted.section()).expect("a section of them") as u64;

        let generation = {
            let sections = sections.iter().map(|section| section.as_bytes());
            let articles = in_parts.iter().map(|source| noted(*source).hash.as_slice());
            hash(CODE.iter().map(|code| code.as_bytes()).chain(sections).chain(articles))
        };
        let facts = facts(&in_parts.iter().map(|source| noted(*source)).collect::<Vec<_>>(), section);
        files.file(&format::name('f', 0, generation), &facts).map_err(failed)?;

        // Where each article stands now; those in the tail nowhere.
        let mut places: Vec<_> = all.iter().map(|one| vec![None; one.articles.len()]).collect();
        (0..).zip(in_parts).for_each(|(place, (of, at))| places[*of][*at] = Some(place));
        let terms: Vec<(&Terms, &[Option<u32>])> =
            all.iter().zip(&places).map(|(one, places)| (&one.terms, places.as_slice())).collect();
        let hits: Vec<(usize, &[Source])> = in_parts.chunks(cut.hits).enumerate().collect();
        begin(bar, "search index", Some((cut.steps() + hits.len()) as u64));
        let write_step = |step| -> io::Result<()> {
            let (first, parts) = cut.step(step, &terms)?;
            (first..).zip(&parts).try_for_each(|(number, part)| {
                files.file(&format::name('p', number, generation), &part.to_bytes(number as u32, cut.shape))
            })
        };
        first(share(0..cut.steps(), bar, |step| finding(write_step(step))))?;
        let write_hits = |(number, sources): (usize, &[Source])| -> io::Result<()> {
            let mut bytes = Vec::new();
            for (of, at) in sources {
                put(section(noted((*of, *at))), &mut bytes);
                all[*of].hits.read(*at, &mut bytes)?;
            }
            files.file(&format::name('h', number, generation), &bytes)
        };
        first(share(hits.into_iter(), bar, |part| finding(write_hits(part))))?;

        for (number, words) in nexts.iter().enumerate() {
            files.file(&format::name('n', number, generation), &to_bytes(words)).map_err(failed)?;
        }
        let dictionary = dictionary(all.iter().map(|one| &one.lexicon)).to_bytes();
        let mut tail_bytes = Vec::new();
        put(in_tail as u64, &mut tail_bytes);
        for (of, at) in tail {
            all[*of].newest[&noted((*of, *at)).order].write(&mut tail_bytes);
        }
        let mut entry = vec![VERSION];
        put(sections.len() as u64, &mut entry);
        sections.iter().for_each(|section| put_text(section, &mut entry));
        entry.extend(generation);
        put(cut.shape.parts.into(), &mut entry);
        put(cut.hits as u64, &mut entry);
        for (kind, bytes) in [('d', &dictionary), ('t', &tail_bytes)] {
            let hash = hash([bytes.as_slice()]);
            files.file(&format::own_name(kind, hash), bytes).map_err(failed)?;
            entry.extend(hash);
        }
        // Last: whoever reads the new entry finds all it names.
        files.file(ENTRY, &entry).map_err(failed)?;
        files.remove_others().map_err(failed)
    }
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

fn finding(result: io::Result<()>) -> Vec<Finding> {
    let failed = |error| Finding::of_file(FOLDER, format!("cannot be written ({error})"), "mend that and build again");
    result.err().map(failed).into_iter().collect()
}

fn first(findings: Vec<Finding>) -> Result<(), String> {
    findings.first().map_or(Ok(()), |finding| Err(finding.to_string()))
}
