//! Where sentences begin and end.

use super::abbreviations::POINTED;
use crate::vietnamese::{is_capital, is_small};
use std::ops::Range;

/// A sentence longer than this is cut at a comma or semicolon: some voices fall silent in the middle of a long text.
const LONG: usize = 240;

/// The sentences of a text, as ranges of its bytes without the white space around them. Long ones come in parts.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.char_indices() {
        let end = at + mark.len_utf8();
        if ends_sentence(text, at, mark) {
            push(text, start..end, &mut found);
            start = end;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let mut range = trimmed(text, range);
    while range.len() > LONG {
        // A comma between digits is a decimal comma.
        let pauses = text[range.clone()]
            .match_indices([',', ';', ':'])
            .filter(|(at, _)| text[range.start + at + 1..].starts_with(char::is_whitespace) && *at > LONG / 4);
        let Some(cut) = pauses.map(|(at, _)| at).take_while(|at| *at < LONG).last().map(|at| range.start + at + 1)
        else {
            break;
        };
        found.push(range.start..cut);
        range = trimmed(text, cut..range.end);
    }
    if !range.is_empty() {
        found.push(range);
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

/// Does the mark at `at` end a sentence?
fn ends_sentence(text: &str, at: usize, mark: char) -> bool {
    if !matches!(mark, '.' | '!' | '?' | '…' | '\n') {
        return false;
    }
    let rest = &text[at + mark.len_utf8()..];
    if mark == '\n' {
        return true;
    }
    // Closing quotes and further marks belong to the sentence: the last of them ends it, unless nothing follows.
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let goes_on = rest.trim_start().chars().next().is_some_and(is_small);
    if mark != '.' {
        return !goes_on;
    }
    let word = text[..at].rsplit(|c: char| c.is_whitespace() || "(“\"".contains(c)).next().unwrap_or_default();
    let is_initial = word.chars().count() == 1 && word.chars().all(is_capital);
    // The number of an entry, `1.`, at the beginning of its text.
    let is_entry = word.len() <= 2 && word.bytes().all(|c| c.is_ascii_digit()) && text[..at].trim() == word;
    !goes_on && !is_initial && !is_entry && !POINTED.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_end_where_readers_pause() {
        for (text, parts) in [
            ("Một câu. Hai câu! Ba câu?", vec!["Một câu.", "Hai câu!", "Ba câu?"]),
            (
                "Thu 26.595 tỷ đồng, tăng 19,65 %. Vượt kế hoạch.",
                vec!["Thu 26.595 tỷ đồng, tăng 19,65 %.", "Vượt kế hoạch."],
            ),
            ("UBND TP. Hà Nội họp. Ông Nguyễn V. A dự.", vec!["UBND TP. Hà Nội họp.", "Ông Nguyễn V. A dự."]),
            ("1. Thành phần hồ sơ", vec!["1. Thành phần hồ sơ"]),
            ("Chờ đã… rồi đi. Hết", vec!["Chờ đã… rồi đi.", "Hết"]),
            ("  ", vec![]),
            ("Dòng một\nDòng hai", vec!["Dòng một", "Dòng hai"]),
        ] {
            assert_eq!(split(text), parts, "{text}");
        }
    }

    #[test]
    fn long_sentences_come_in_parts_without_loss() {
        let text = "đoạn văn này khá dài, ".repeat(40);
        let parts = split(&text);
        assert!(parts.len() > 3 && parts.iter().all(|part| part.len() <= LONG), "{parts:?}");
        assert_eq!(parts.concat().replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn what_has_no_pause_stays_whole() {
        assert_eq!(split(&"a".repeat(1000)).len(), 1);
    }
}
