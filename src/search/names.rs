//! What several words name together: days and months, in figures or in words, and documents by their numbers. Each is a
//! term of its own, so that `10/10/2020` does not find three numbers that stand apart.

use super::analysis::Word;
use super::syllable::looks_like_syllable;
use std::ops::Range;

/// The ways to name a date: `d` is `ngày`, `t` is `tháng`, `N` is `năm`, `n` a number and `y` a year; `/` joins. The longest
/// that a text begins with come first.
const FORMS: [&str; 14] = [
    "dntnNy", "dntn/y", "dn/nNy", "dn/n/y", "dnny", "ntnNy", "ntn/y", "n/nNy", "n/n/y", "nny", "tnNy", "tn/y", "tny",
    "n/y",
];
/// The most words of a form, and one more.
const LONGEST: usize = 7;

/// Kinds of documents, which have numbers such as `10/2020`, by their names of two words.
const DOCUMENTS: [(&str, &str); 10] = [
    ("nghi", "dinh"),
    ("quyet", "dinh"),
    ("thong", "tu"),
    ("nghi", "quyet"),
    ("chi", "thi"),
    ("phap", "lenh"),
    ("cong", "van"),
    ("cong", "dien"),
    ("ke", "hoach"),
    ("huong", "dan"),
];
/// Those of one word, most of them short names, and `số`. Without marks they are no words that a month follows.
const DOCUMENTS_OF_ONE_WORD: [&str; 10] = ["so", "nd", "qd", "tt", "nq", "ct", "cv", "kh", "hd", "luat"];

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
        let (length, numbers) = date_at(words, at);
        for skipped in 0..numbers.len().saturating_sub(1) {
            found.push(Date { of: at..at + length, word: Word::of(&numbers[skipped..].join(".")) });
        }
        at += length.max(1);
    }
    found
}

/// How many words the date takes that stands at a place, and its numbers: day, month and year, or the last two.
fn date_at(words: &[Word], at: usize) -> (usize, Vec<&str>) {
    let none = (0, Vec::new());
    let (before, words) = words.split_at(at);
    if words.first().is_none_or(|word| !matches!(kind(word), 'd' | 'n' | 't')) {
        return none;
    }
    let mut kinds = String::new();
    for (at, word) in words.iter().take(LONGEST).enumerate() {
        if word.joins && at > 0 {
            kinds.push('/');
        }
        kinds.push(kind(word));
    }
    let begins = |form: &&&str| kinds.strip_prefix(**form).is_some_and(|rest| !rest.starts_with('/'));
    // The end of another number is no month, nor is what `nghị định` goes before.
    let is_month = |form: &&&str| **form != "n/y" || !(words[0].joins || names_a_document(before));
    let Some(form) = FORMS.iter().find(begins).filter(is_month) else { return none };
    let length = form.bytes().filter(|kind| *kind != b'/').count();
    let numbers: Vec<&str> =
        words[..length].iter().filter(|word| is_figures(word)).map(|word| word.folded.as_str()).collect();
    let is_date = numbers
        .iter()
        .rev()
        .zip(["9999", "12", "31"])
        .all(|(number, most)| (number.len(), *number) <= (most.len(), most) && *number != "0");
    if is_date { (length, numbers) } else { none }
}

/// Do words end with what a document's number follows, as `nghị định`, `NĐ` or `số`?
fn names_a_document(words: &[Word]) -> bool {
    let last = |back: usize| words.len().checked_sub(back).map_or("", |at| words[at].folded.as_str());
    DOCUMENTS_OF_ONE_WORD.contains(&last(1)) || DOCUMENTS.contains(&(last(2), last(1)))
}

fn kind(word: &Word) -> char {
    match word.folded.as_str() {
        "ngay" => 'd',
        "thang" => 't',
        "nam" => 'N',
        number if is_figures(word) && number.len() < 3 => 'n',
        number if is_figures(word) && number.len() == 4 => 'y',
        _ => 'x',
    }
}

fn is_figures(word: &Word) -> bool {
    word.folded.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words of a query, with one for each date that it names.
pub fn with_dates(words: &[Word]) -> Vec<Word> {
    let mut with_dates = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (length, numbers) = date_at(words, at);
        with_dates.push(if length == 0 {
            words[at].clone()
        } else {
            let place = words[at].place.start..words[at + length - 1].place.end;
            Word { place, ..Word::of(&numbers.join(".")) }
        });
        at += length.max(1);
    }
    with_dates
}

/// Is this what stands for a date?
pub fn is_date(word: &Word) -> bool {
    word.folded.bytes().any(|byte| byte == b'.')
}

/// The numbers of documents that words name, each as one word: `42/2022/NĐ-CP`, and `42 2022 nd cp` as well: figures,
/// perhaps a year, then the short names of a kind and an office.
pub fn numbers(words: &[Word]) -> Vec<Word> {
    let mut found = Vec::new();
    for (at, first) in words.iter().enumerate().filter(|(_, word)| is_figures(word)) {
        let has_year = words.get(at + 1).is_some_and(|word| kind(word) == 'y');
        let names = at + 1 + usize::from(has_year);
        // Once two names are joined, what stands apart is another word, as is what begins a sentence.
        let mut is_whole = false;
        let is_name = |(place, word): &(usize, &Word)| {
            let stands_apart = has_year && !is_whole && !looks_like_syllable(&word.folded);
            let is_name = !word.begins && !is_figures(word) && (word.joins || stands_apart);
            is_whole |= *place > 0 && word.joins;
            is_name
        };
        let count = words.iter().skip(names).enumerate().take_while(is_name).count();
        if (1..=4).contains(&count) && !first.joins {
            let said: Vec<&str> = words[at..names + count].iter().map(|word| word.folded.as_str()).collect();
            found.push(Word::of(&said.join(".")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::analysis::words;
    use super::*;

    fn named(text: &str) -> Vec<(String, &str)> {
        let words = words(text);
        let place = |of: &Range<usize>| words[of.start].place.start..words[of.end - 1].place.end;
        dates(&words).into_iter().map(|date| (date.word.folded.clone(), &text[place(&date.of)])).collect()
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
            "ngày 10/10 năm 2020",
            "10/10 năm 2020",
            "10-10, năm 2020",
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
        for text in ["Kế hoạch tháng 10/2020", "họp tt 10/10/2020", "đến 10/2020"] {
            assert!(!named(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for text in [
            "13 cháu, 2020",
            "40/13/2020",
            "10/2020/NĐ-CP",
            "10/10/2020/QĐ",
            "lớp 10 2020",
            "42/2022",
            "",
            "ngày",
            "Nghị định 10/2020",
            "nghi quyet so 10/2020",
            "thông tư 10/2020",
            "Kế hoạch 10/2020",
            "Luật 5/2019",
            "NĐ 10/2020",
            "qd 1/2021",
            "TT 03/2022",
        ] {
            assert!(named(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn documents_are_named_by_their_numbers() {
        let named = |text: &str| {
            numbers(&words(text)).into_iter().map(|word| word.folded.clone()).collect::<Vec<_>>().join(" ")
        };
        for text in ["Nghị định 42/2022/NĐ-CP về việc", "42 2022 nd cp ve viec", "số 42/2022/nđ-cp."] {
            assert_eq!(named(text), "42.2022.nd.cp", "{text}");
        }
        for text in
            ["34/2021/TT-BYT", "34 2021 tt byt", "34/2021 tt-byt", "34 2021 TT BYT của", "34/2021/tt byt ve viec"]
        {
            assert_eq!(named(text), "34.2021.tt.byt", "{text}");
        }
        assert_eq!(named("42/2022/NĐ-CP. UBND quận"), "42.2022.nd.cp");
        assert_eq!(named("42/2022/NĐ-CP HĐND quận"), "42.2022.nd.cp");
        assert_eq!(named("15/QĐ-UBND, 01/CT-TTg"), "15.qd.ubnd 1.ct.ttg");
        for text in ["năm 2022 có 42 điều", "10/10/2020", "42/2022", "15 phường", "", "sau 5-7 ngày"] {
            assert_eq!(named(text), "", "{text}");
        }
    }

    #[test]
    fn a_query_asks_for_its_dates() {
        let asked = |text: &str| {
            with_dates(&words(text)).into_iter().map(|word| word.folded.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(asked("họp ngày 10/10/2020 và tháng 9/2021"), "hop 10.10.2020 va 9.2021");
        assert_eq!(asked("họp ngày 10/10 năm 2020"), "hop 10.10.2020");
        assert_eq!(asked("họp từ 10/2020"), "hop tu 10.2020");
        assert_eq!(asked("42/2022/NĐ-CP"), "42 2022 nd cp");
    }
}
