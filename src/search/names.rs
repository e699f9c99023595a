//! What several words name together: days and months, in figures or in words, and documents by their numbers. Each is a
//! term of its own, so that `10/10/2020` does not find three numbers that stand apart.

use super::analysis::Word;
use super::syllable::looks_like_syllable;
use std::ops::Range;

/// A day or a month that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// The words that name it.
    pub of: Range<usize>,
    /// What stands for it, alike for all ways to name it: `10.10.2020` for a day, `10.2020` for a month.
    pub word: Word,
}

/// The dates that words name, in order: of each day the day, then its month too.
pub fn dates(words: &[Word]) -> Vec<Date> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(named) = Named::at(&words[at..]) else {
            at += 1;
            continue;
        };
        let of = at..at + named.length;
        let month = format!("{}.{}", named.month, named.year);
        let date =
            |name: &str| Date { of: of.clone(), word: Word { place: place(&words[of.clone()]), ..Word::of(name) } };
        found.extend(named.day.map(|day| date(&format!("{day}.{month}"))));
        found.push(date(&month));
        at = of.end;
    }
    found
}

/// The words of a query, with one for each date that it names.
pub fn with_dates(words: Vec<Word>) -> Vec<Word> {
    let mut with_dates = Vec::new();
    let mut end = 0;
    for date in dates(&words) {
        // A day comes before its month, and is what is asked for.
        if date.of.start >= end {
            with_dates.extend_from_slice(&words[end..date.of.start]);
            with_dates.push(date.word);
            end = date.of.end;
        }
    }
    with_dates.extend_from_slice(&words[end..]);
    with_dates
}

/// The numbers of documents that words name, each as one word: `42/2022/NĐ-CP`, and `42 2022 nd cp` as well.
pub fn numbers(words: &[Word]) -> Vec<Word> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let length = number_length(&words[at..]);
        if length > 0 {
            let said: Vec<&str> = words[at..at + length].iter().map(|word| word.folded.as_str()).collect();
            found.push(Word::of(&said.join(".")));
        }
        at += length.max(1);
    }
    found
}

/// How many words the number of a document takes that words begin with: figures, perhaps a year, then the short names of
/// its kind and its office.
fn number_length(words: &[Word]) -> usize {
    if words.first().is_none_or(|word| !is_figures(word)) {
        return 0;
    }
    let with_year = 1 + usize::from(words.get(1).is_some_and(|word| is_year(&word.folded)));
    let is_name =
        |word: &&Word| !is_figures(word) && (word.joins || (with_year == 2 && !looks_like_syllable(&word.folded)));
    match words[with_year..].iter().take_while(is_name).count() {
        names @ 1..=4 => with_year + names,
        _ => 0,
    }
}

fn is_figures(word: &Word) -> bool {
    word.folded.bytes().all(|byte| byte.is_ascii_digit())
}

/// Is this what stands for a date?
pub fn is_date(word: &Word) -> bool {
    word.folded.contains('.')
}

fn place(words: &[Word]) -> Range<usize> {
    let start = words.first().map_or(0, |word| word.place.start);
    start..words.last().map_or(start, |word| word.place.end)
}

/// A date, and by how many words it is named.
struct Named<'a> {
    length: usize,
    day: Option<&'a str>,
    month: &'a str,
    year: &'a str,
}

impl<'a> Named<'a> {
    /// The date that words begin with.
    fn at(words: &'a [Word]) -> Option<Self> {
        let said: Vec<&str> = words.iter().take(5).map(|word| word.folded.as_str()).collect();
        let joins = |at: usize| words.get(at).is_some_and(|word| word.joins);
        let (length, day, month, year) = match said[..] {
            ["ngay", ..] => {
                let date = Self::at(&words[1..]).filter(|date| date.day.is_some())?;
                return Some(Self { length: date.length + 1, ..date });
            }
            [day, "thang", month, "nam", year] => (5, Some(day), month, year),
            [day, "thang", month, year, ..] if joins(3) && !joins(4) => (4, Some(day), month, year),
            ["thang", month, "nam", year, ..] => (4, None, month, year),
            ["thang", month, year, ..] if joins(2) && !joins(3) => (3, None, month, year),
            // The beginning of `10/10/2020/NĐ-CP` is that of another number.
            [day, month, year, ..] if joins(1) == joins(2) && !joins(3) && is_year(year) => (3, Some(day), month, year),
            [month, year, ..] if joins(1) && !joins(0) && !joins(2) => (2, None, month, year),
            _ => return None,
        };
        let is_date = day.is_none_or(|day| is_number(day, 31)) && is_number(month, 12) && is_year(year);
        is_date.then_some(Self { length, day, month, year })
    }
}

fn is_number(text: &str, most: u16) -> bool {
    text.parse().is_ok_and(|number: u16| (1..=most).contains(&number))
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && is_number(text, 2100)
}

#[cfg(test)]
mod tests {
    use super::super::analysis::words;
    use super::*;

    fn named(text: &str) -> Vec<(String, &str)> {
        dates(&words(text)).into_iter().map(|date| (date.word.folded, &text[date.word.place])).collect()
    }

    #[test]
    fn days_are_alike_however_they_are_named() {
        for text in [
            "10/10/2020",
            "10-10-2020",
            "10.10.2020",
            "10 10 2020",
            "ngày 10/10/2020",
            "ngày 10 tháng 10 năm 2020",
            "Ngày 10 tháng 10/2020",
        ] {
            assert_eq!(named(text), [("10.10.2020".to_owned(), text), ("10.2020".to_owned(), text)], "{text}");
        }
        assert_eq!(
            named("Từ 01/07/2025."),
            [("1.7.2025".to_owned(), "01/07/2025"), ("7.2025".to_owned(), "01/07/2025")]
        );
    }

    #[test]
    fn months_are_alike_however_they_are_named() {
        for text in ["tháng 10 năm 2020", "tháng 10/2020", "10/2020", "10-2020"] {
            assert_eq!(named(text), [("10.2020".to_owned(), text)], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for text in
            ["13 cháu, 2020", "40/13/2020", "10/2020/NĐ-CP", "10/10/2020/QĐ", "lớp 10 2020", "42/2022", "", "ngày"]
        {
            assert!(named(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn documents_are_named_by_their_numbers() {
        let named =
            |text: &str| numbers(&words(text)).into_iter().map(|word| word.folded).collect::<Vec<_>>().join(" ");
        for text in ["Nghị định 42/2022/NĐ-CP về việc", "42 2022 nd cp ve viec", "số 42/2022/nđ-cp."] {
            assert_eq!(named(text), "42.2022.nd.cp", "{text}");
        }
        assert_eq!(named("15/QĐ-UBND, 01/CT-TTg"), "15.qd.ubnd 1.ct.ttg");
        for text in ["năm 2022 có 42 điều", "10/10/2020", "42/2022", "15 phường", "", "sau 5-7 ngày"] {
            assert_eq!(named(text), "", "{text}");
        }
    }

    #[test]
    fn a_query_asks_for_its_dates() {
        let asked =
            |text: &str| with_dates(words(text)).into_iter().map(|word| word.folded).collect::<Vec<_>>().join(" ");
        assert_eq!(asked("họp ngày 10/10/2020 và tháng 9/2021"), "hop 10.10.2020 va 9.2021");
        assert_eq!(asked("42/2022/NĐ-CP"), "42 2022 nd cp");
    }
}
