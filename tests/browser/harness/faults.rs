//! Faults of a server, one after the other in an order that a seed decides.

use super::server::Answer;
use std::path::Path;

/// How a server can fail, as the report names it.
pub const KINDS: [&str; 12] = [
    "refused",
    "torn in the middle",
    "a byte a second",
    "wrong length",
    "404",
    "429",
    "500",
    "a page in place of JSON",
    "cut off JSON",
    "wrong types",
    "another schema",
    "20 MB",
];

/// What can fail, as the report names it, and how rarely it does: every second document, and fewer of what a page or a
/// search needs many of.
pub const PLACES: [(&str, u64); 3] = [("documents", 2), ("pictures", 3), ("files of the search index", 8)];

/// Which of them an address is of.
pub fn place(path: &str) -> Option<usize> {
    let is = |start: &str, ends: &[&str]| path.starts_with(start) && ends.iter().any(|end| path.ends_with(end));
    let all = [is("/api/", &[".json"]), is("/", &[".webp", ".jpg", ".png"]), is("/search/", &[""])];
    all.into_iter().position(|is_here| is_here)
}

/// Numbers that look random, the same ones for the same seed (splitmix64, which is in the public domain).
#[derive(Clone, Copy)]
pub struct Chance(pub u64);

impl Chance {
    /// A number below another one.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// What a server answers that fails so, in place of the document in a file.
pub fn answer(kind: usize, file: &Path) -> Answer {
    let document = || std::fs::read_to_string(file).unwrap_or_default();
    let half = |text: String| text.chars().take(text.chars().count() / 2).collect();
    match KINDS[kind] {
        "refused" => Answer::Refused,
        "torn in the middle" => Answer::Torn,
        "a byte a second" => Answer::Dripping,
        "wrong length" => Answer::Short(half(document())),
        "404" => Answer::Status(404),
        "429" => Answer::Busy(429, 1),
        "500" => Answer::Status(500),
        "a page in place of JSON" => {
            Answer::Page("<!doctype html><title>Đăng nhập</title><h1>Đăng nhập</h1>".to_owned())
        }
        "cut off JSON" => Answer::Json(half(document())),
        "wrong types" => Answer::Json(document().replace('[', "{\"list\":[").replace(']', "]}")),
        "another schema" => Answer::Json(format!("{{\"version\":0,\"data\":{}}}", document())),
        "20 MB" => Answer::Endless(20 * 1024 * 1024),
        kind => unreachable!("{kind} has no answer"),
    }
}
