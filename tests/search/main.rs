//! The search as a whole: an index written by the tool, asked by the engine.

mod corpus;
mod files;
mod language;
mod ranking;
mod rebuild;

use flate2::read::ZlibDecoder;
use indicatif::ProgressBar;
use portal::search::engine::{self, Found, Query};
use portal::search::index::{Failure, Files, Index};
use portal::search::texts::Texts;
use portal::tools::build::output::Output;
use portal::tools::build::source::now;
use portal::tools::index::{FOLDER, Indexer, Memory};
use std::io::Read;
use std::path::PathBuf;

/// An index in a temporary folder.
pub struct Built {
    folder: tempfile::TempDir,
}

/// An article; one day after the other.
pub fn article(day: i64, title: &str, lead: &str, body: &str) -> Texts {
    Texts {
        section: "tin-tuc".to_owned(),
        slug: format!("bai-{day}"),
        published: 1_577_836_800 + day * 86_400,
        year: 2020 + u16::try_from(day / 366).expect("a few years"),
        language: String::new(),
        title: title.to_owned(),
        lead: lead.to_owned(),
        tags: String::new(),
        body: body.to_owned(),
    }
}

/// Articles that have nothing to do with what is searched for, as many as fill parts and tail.
pub fn others(from: i64, count: i64) -> Vec<Texts> {
    let numbers = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    let number = |day: i64| numbers[usize::try_from(day % 10).expect("a digit")];
    let others = (from..from + count).map(|day| {
        article(
            day,
            &format!("Bản tin số {day}"),
            "Tin trong ngày.",
            &format!("Nội dung {} {}.", number(day), number(day / 10)),
        )
    });
    others.collect()
}

impl Built {
    /// Indexes articles, in this order of coming.
    pub fn of(articles: &[Texts]) -> Self {
        let built = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        built.write(articles);
        built
    }

    /// Indexes other articles in its place.
    pub fn write(&self, articles: &[Texts]) {
        self.write_within(articles, Memory::default());
    }

    /// The same within so much memory.
    pub fn write_within(&self, articles: &[Texts], memory: Memory) {
        let output = Output::open(self.folder.path()).expect("a folder");
        let indexer = Indexer::within(self.folder.path(), memory);
        articles.iter().for_each(|article| indexer.add(article.clone()).expect("written"));
        indexer.write(&output, &ProgressBar::hidden()).expect("written");
        output.finish().expect("written");
    }

    /// Where its files are.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join(FOLDER)
    }

    /// The names of its files with their bytes.
    pub fn files(&self) -> std::collections::BTreeMap<String, Vec<u8>> {
        let entries = walkdir::WalkDir::new(self.path()).into_iter().map(|entry| entry.expect("readable"));
        let files = entries.filter(|entry| entry.file_type().is_file());
        let name = |path: &std::path::Path| path.strip_prefix(self.path()).expect("below").display().to_string();
        files.map(|file| (name(file.path()), std::fs::read(file.path()).expect("readable"))).collect()
    }

    /// Searches.
    pub fn search(&self, query: &Query<'_>) -> Result<Found, Failure> {
        let index = now(Index::open(self))?;
        now(engine::search(&index, self, query))
    }

    /// What a reader finds who types this and presses Enter.
    pub fn found(&self, text: &str) -> Found {
        self.search(&Query { text, ..Query::default() }).expect("an answer")
    }

    /// The titles of the first page of hits.
    pub fn titles(&self, text: &str) -> Vec<String> {
        self.found(text).hits.iter().map(title).collect()
    }

    /// The title of the best hit; empty if there is none.
    pub fn first(&self, text: &str) -> String {
        self.titles(text).into_iter().next().unwrap_or_default()
    }
}

/// The title of a hit.
pub fn title(hit: &engine::Hit) -> String {
    hit.title.iter().map(|run| run.text.as_str()).collect()
}

impl Files for Built {
    async fn file(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let packed = std::fs::read(self.path().join(name)).map_err(|_| Failure::Missing(name.to_owned()))?;
        let mut bytes = Vec::new();
        ZlibDecoder::new(&*packed).read_to_end(&mut bytes).map_err(|_| Failure::Damaged(name.to_owned()))?;
        Ok(bytes)
    }

    async fn article(&self, _: &str, slug: &str) -> Option<String> {
        (slug == "bai-0").then(|| "Đoạn đầu nói chuyện khác.\nĐoạn sau nói về cá chép hồ Tây.".to_owned())
    }
}
