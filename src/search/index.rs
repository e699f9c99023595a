//! An index that is open: what is known of all articles, and how the rest is fetched.

use super::dictionary::Dictionary;
use super::extract;
use super::format::{
    self, Damaged, ENTRY, Group, Kind, Marks, Part, Posting, Reader, Shape, VERSION, pair_spelling, part_of, same_pair,
};
use super::nexts::{self, Next};
use super::texts::{Occurrence, Texts, terms};
use crate::vietnamese;
use std::fmt;
use std::future::poll_fn;
use std::task::Poll;

/// The kinds of files that have a hash of their own in their names, as the entry names them.
pub const OWN_FILES: [char; 4] = ['f', 'd', 't', 'm'];
/// The number of an article in the tail has so many bits.
pub const TAIL_BITS: u32 = 4;

/// Why a search failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// A file of the index is not there: the portal may have been published anew.
    Missing(String),
    /// It is of another form than this program reads: the portal was published anew, with another program.
    Foreign,
    /// It cannot be fetched.
    Unreachable,
    /// It cannot be read.
    Damaged(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "the search index lacks {name}"),
            Self::Foreign => f.write_str("the search index is for another program"),
            Self::Unreachable => f.write_str("the search index cannot be reached"),
            Self::Damaged(name) => write!(f, "{name} of the search index is damaged"),
        }
    }
}

/// Where the files of an index come from.
pub trait Files {
    /// The bytes of a file, unpacked.
    fn file(&self, name: &str) -> impl Future<Output = Result<Vec<u8>, Failure>>;

    /// The text of an article, for an extract of it, or of a page, whose section is empty; `None` if it cannot be had.
    fn article(&self, section: &str, slug: &str) -> impl Future<Output = Option<String>>;
}

/// Waits for several things at once. (That of `futures` is made for thousands, and weighs 5 kB of program.)
pub async fn all<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut futures: Vec<_> = futures.map(Box::pin).map(Some).collect();
    let mut outputs: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (future, output) in futures.iter_mut().zip(&mut outputs) {
            if let Some(Poll::Ready(value)) = future.as_mut().map(|future| future.as_mut().poll(context)) {
                (*future, *output) = (None, Some(value));
            }
        }
        if futures.iter().all(Option::is_none) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    outputs.into_iter().flatten().collect()
}

/// Fetches several files at once.
async fn fetch_all(files: &impl Files, names: &[String]) -> Result<Vec<Vec<u8>>, Failure> {
    all(names.iter().map(|name| files.file(name))).await.into_iter().collect()
}

/// An open index.
#[derive(Debug, Default)]
pub struct Index {
    sections: Vec<String>,
    marks: Marks,
    shape: Shape,
    /// How many articles a part of hits has.
    hits: u32,
    facts: Vec<Facts>,
    /// The newest articles, which stand in no part.
    tail: Vec<Texts>,
    /// Their terms in order: the [`Occurrence::key`] of each, then the number of the article in the tail.
    tail_terms: Vec<u64>,
    /// Which of their words follow which, in order: the term of the word before, then half of that of the one after it.
    tail_nexts: Vec<u64>,
    /// The words that articles have.
    pub dictionary: Dictionary,
}

/// What is known of an article before it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The number of its section; pages have one together, without a name.
    pub section: u32,
    /// The year it was published in; 0 for what has no date.
    pub year: u16,
    /// How many words its title has.
    pub title_words: u8,
}

/// An article as a result shows it, and the beginning of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its section; empty for a page.
    pub section: String,
    /// Its name in the section, or the page's.
    pub slug: String,
    /// When it was published, in Unix seconds; 0 for what has no date.
    pub published: i64,
    /// The language of its texts, where it is not the portal's.
    pub language: String,
    /// Its headline.
    pub title: String,
    /// The beginning of its lead or text.
    pub beginning: String,
}

/// What the entry says.
struct Entry {
    index: Index,
    /// The names of the facts, the dictionary, the tail and the marks.
    names: Vec<String>,
}

/// Reads a term from the bytes of its part.
type ReadTerm = fn(u32, Shape, &[u8]) -> Result<Vec<Group>, Damaged>;

/// The postings of the terms that a query asks for.
pub struct Postings {
    parts: Vec<(u32, String, Vec<u8>)>,
}

impl Index {
    /// Opens an index.
    ///
    /// # Errors
    /// One of its first five files cannot be had, or it is of another version.
    pub async fn open(files: &impl Files) -> Result<Self, Failure> {
        let entry = files.file(ENTRY).await?;
        if entry.first().is_some_and(|version| *version != VERSION) {
            return Err(Failure::Foreign);
        }
        let Entry { mut index, names } = Self::read_entry(&entry).map_err(|_| Failure::Damaged(ENTRY.to_owned()))?;
        let bytes = fetch_all(files, &names).await?;
        let damaged = |at: usize| {
            let name = names[at].clone();
            move |_: Damaged| Failure::Damaged(name)
        };
        index.read_facts(&bytes[0]).map_err(damaged(0))?;
        index.dictionary = Dictionary::read(&bytes[1]).map_err(damaged(1))?;
        index.read_tail(&bytes[2]).map_err(damaged(2))?;
        index.marks = Marks::new(index.shape.articles, index.files());
        index.marks.read(&bytes[3]).map_err(damaged(3))?;
        Ok(index)
    }

    fn read_entry(bytes: &[u8]) -> Result<Entry, Damaged> {
        let mut reader = Reader::new(bytes);
        // The version.
        reader.byte()?;
        let mut index = Self::default();
        for _ in 0..reader.count()? {
            index.sections.push(reader.text()?.to_owned());
        }
        index.shape.parts = reader.small()?;
        index.hits = reader.small()?.max(1);
        let names: Result<_, Damaged> =
            OWN_FILES.iter().map(|kind| Ok(format::own_name(*kind, reader.hash()?))).collect();
        Ok(Entry { index, names: names? })
    }

    fn read_facts(&mut self, bytes: &[u8]) -> Result<(), Damaged> {
        let mut reader = Reader::new(bytes);
        let count = reader.count()?;
        self.shape.articles = count as u32;
        let titles = reader.bytes(count)?;
        let sections = reader.column(count)?;
        let (mut year, mut left) = (0, 0);
        for article in 0..count {
            while left == 0 {
                year = u16::try_from(reader.small()?).map_err(|_| Damaged)?;
                left = reader.small()?;
            }
            left -= 1;
            self.facts.push(Facts { section: sections[article], year, title_words: titles[article] });
        }
        Ok(())
    }

    fn read_tail(&mut self, bytes: &[u8]) -> Result<(), Damaged> {
        let mut reader = Reader::new(bytes);
        for _ in 0..reader.count()?.min(1 << TAIL_BITS) {
            let texts = Texts::read(&mut reader)?;
            let section = self.sections.iter().position(|own| *own == texts.section).ok_or(Damaged)?;
            let words = texts.words();
            let title_words = words[0].0.len().min(255) as u8;
            self.facts.push(Facts { section: section as u32, year: texts.year, title_words });
            let at = self.tail.len() as u64;
            self.tail_terms.extend(terms(&words).into_iter().map(|term| term.key() << TAIL_BITS | at));
            let nexts = words.iter().flat_map(|(words, _)| nexts::neighbours(words));
            self.tail_nexts.extend(nexts.map(|(term, half)| u64::from(term) << u16::BITS | u64::from(half)));
            self.tail.push(texts);
        }
        self.tail_terms.sort_unstable();
        self.tail_nexts.sort_unstable();
        Ok(())
    }

    /// How many files of each kind there are.
    fn files(&self) -> [usize; 3] {
        Kind::ALL.map(|kind| match kind {
            Kind::Postings => self.shape.parts as usize,
            Kind::Hits => self.shape.articles.div_ceil(self.hits) as usize,
            Kind::Nexts => nexts::files(self.shape) as usize,
        })
    }

    /// The sections, in the order of their numbers.
    pub fn sections(&self) -> &[String] {
        &self.sections
    }

    /// What is known of each article, oldest first.
    pub fn facts(&self) -> &[Facts] {
        &self.facts
    }

    /// Fetches the parts in which these terms are, all at once.
    ///
    /// # Errors
    /// One of them cannot be had.
    pub async fn postings(&self, files: &impl Files, terms: &[u32]) -> Result<Postings, Failure> {
        let mut numbers: Vec<u32> = Vec::new();
        for number in terms.iter().map(|term| part_of(*term, self.shape.parts)) {
            if self.shape.parts > 0 && !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        let name = |number: &u32| self.marks.name(Kind::Postings, *number as usize);
        let names: Vec<String> = numbers.iter().map(name).collect();
        let bytes = fetch_all(files, &names).await?;
        let parts = numbers.into_iter().zip(names).zip(bytes).map(|((number, name), bytes)| (number, name, bytes));
        Ok(Postings { parts: parts.collect() })
    }

    /// The articles that have a word, by its spellings.
    ///
    /// # Errors
    /// The part is damaged.
    pub fn word(&self, term: u32, postings: &Postings) -> Result<Vec<Group>, Failure> {
        let groups = self.read(term, postings, Part::word)?;
        let newest = self.newest(term, |own| !own.is_pair && own.term == term);
        Ok(with_newest(groups, newest.map(|(own, posting)| (own.spelling, posting))))
    }

    /// The articles that have two words side by side, by their spellings.
    ///
    /// # Errors
    /// The part is damaged.
    pub fn pair(&self, term: u32, postings: &Postings) -> Result<Vec<Group>, Failure> {
        let groups = self.read(term, postings, Part::pair)?;
        let newest = self.newest(term, |own| own.is_pair && same_pair(own.term, term));
        Ok(with_newest(groups, newest.map(|(own, posting)| (pair_spelling(own.term), posting))))
    }

    fn read(&self, term: u32, postings: &Postings, read: ReadTerm) -> Result<Vec<Group>, Failure> {
        let number = part_of(term, self.shape.parts);
        match postings.parts.iter().find(|(own, ..)| *own == number) {
            Some((_, name, bytes)) => read(term, self.shape, bytes).map_err(|_| Failure::Damaged(name.clone())),
            None => Ok(Vec::new()),
        }
    }

    /// Where a term stands in the newest articles, in all its spellings.
    fn newest(
        &self,
        term: u32,
        is_wanted: impl Fn(&Occurrence) -> bool,
    ) -> impl Iterator<Item = (Occurrence, Posting)> {
        let of_key = |key: &u64| Occurrence::of_key(key >> TAIL_BITS);
        let from = self.tail_terms.partition_point(|key| {
            let own = of_key(key).term;
            own < term && !same_pair(own, term)
        });
        let terms = self.tail_terms[from..].iter().map(move |key| (of_key(key), key));
        let own = terms.take_while(move |(own, _)| same_pair(own.term, term)).filter(move |(own, _)| is_wanted(own));
        own.map(|(own, key)| {
            let article = self.shape.articles + (*key as u32 & ((1 << TAIL_BITS) - 1));
            (own, Posting { article, field: own.field })
        })
    }

    /// What follows a word in articles.
    ///
    /// # Errors
    /// A file cannot be had.
    pub async fn nexts(&self, files: &impl Files, term: u32) -> Result<Vec<Next>, Failure> {
        let mut nexts = Vec::new();
        if self.shape.parts > 0 {
            let name = self.marks.name(Kind::Nexts, nexts::file_of(term, self.shape) as usize);
            let bytes = files.file(&name).await?;
            nexts = nexts::after(term, &bytes).map_err(|_| Failure::Damaged(name))?;
        }
        let from = self.tail_nexts.partition_point(|key| key >> u16::BITS < u64::from(term));
        let own = self.tail_nexts[from..].chunk_by(|one, other| one == other);
        for alike in own.take_while(|alike| alike[0] >> u16::BITS == u64::from(term)) {
            let newest = Next { half: alike[0] as u16, frequency: alike.len().ilog2() as u8 };
            match nexts.binary_search_by_key(&newest.half, |next| next.half) {
                Ok(at) => nexts[at].frequency = nexts[at].frequency.max(newest.frequency),
                Err(at) => nexts.insert(at, newest),
            }
        }
        Ok(nexts)
    }

    /// What results show of these articles, in the same order.
    ///
    /// # Errors
    /// A file cannot be had.
    pub async fn shown(&self, files: &impl Files, articles: &[u32]) -> Result<Vec<Shown>, Failure> {
        let name = |article: &u32| self.marks.name(Kind::Hits, (article / self.hits) as usize);
        let names: Vec<String> =
            articles.iter().filter(|article| self.in_tail(**article).is_none()).map(name).collect();
        let mut fetched = names.iter().zip(fetch_all(files, &names).await?);
        let mut shown = Vec::new();
        for article in articles {
            if let Some(texts) = self.in_tail(*article) {
                shown.push(Shown::of(texts));
            } else if let Some((name, bytes)) = fetched.next() {
                let read = self.read_shown(&bytes, article % self.hits);
                shown.push(read.map_err(|_| Failure::Damaged(name.clone()))?);
            }
        }
        Ok(shown)
    }

    /// An article of the tail.
    fn in_tail(&self, article: u32) -> Option<&Texts> {
        self.tail.get((article as usize).checked_sub(self.facts.len() - self.tail.len())?)
    }

    fn read_shown(&self, bytes: &[u8], at: u32) -> Result<Shown, Damaged> {
        let mut reader = Reader::new(bytes);
        for _ in 0..at {
            Shown::read(&mut reader, &self.sections)?;
        }
        Shown::read(&mut reader, &self.sections)
    }

    /// The text of an article in the tail.
    pub fn tail_text(&self, article: u32) -> Option<String> {
        self.in_tail(article).map(|texts| format!("{}\n{}", texts.lead, texts.body))
    }
}

/// The articles of the parts with the newest ones, which follow them.
fn with_newest(mut groups: Vec<Group>, newest: impl Iterator<Item = (u16, Posting)>) -> Vec<Group> {
    for (spelling, posting) in newest {
        let at = groups.iter().position(|group| group.spelling == spelling).unwrap_or_else(|| {
            groups.push(Group { spelling, ..Group::default() });
            groups.len() - 1
        });
        groups[at].list.push(posting);
    }
    groups
}

impl Shown {
    /// What a result shows of an article.
    pub fn of(texts: &Texts) -> Self {
        Self {
            section: texts.section.clone(),
            slug: texts.slug.clone(),
            published: texts.published,
            language: texts.language.clone(),
            title: texts.title.clone(),
            beginning: extract::beginning(if texts.lead.is_empty() { &texts.body } else { &texts.lead }),
        }
    }

    /// Writes what a result shows, after the number of its section; the slug, which mostly follows from the title, as far
    /// as it does not.
    pub fn write(&self, out: &mut Vec<u8>) {
        let expected = vietnamese::slug(&self.title, usize::MAX);
        let shared = expected.bytes().zip(self.slug.bytes()).take_while(|(one, other)| one == other).count();
        format::put_signed(self.published, out);
        format::put(shared as u64, out);
        format::put_text(&self.slug[shared..], out);
        for text in [&self.language, &self.title, &self.beginning] {
            format::put_text(text, out);
        }
    }

    fn read(from: &mut Reader<'_>, sections: &[String]) -> Result<Self, Damaged> {
        let section = sections.get(from.small()? as usize).ok_or(Damaged)?;
        let published = from.signed()?;
        let shared = from.small()? as usize;
        let (rest, language, title, beginning) = (from.text()?, from.text()?, from.text()?, from.text()?);
        let expected = vietnamese::slug(title, usize::MAX);
        Ok(Self {
            section: section.clone(),
            slug: format!("{}{rest}", expected.get(..shared).ok_or(Damaged)?),
            published,
            language: language.to_owned(),
            title: title.to_owned(),
            beginning: beginning.to_owned(),
        })
    }
}
