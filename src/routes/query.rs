//! What a reader searches for, as the query of an address: `q=ho+tay&chuyen-muc=van-hoa&nam=2020&trang=2`.
//!
//! An API that searches itself is asked in the same form.

use crate::contract::Slug;
use std::fmt;

/// So many characters of what a reader types are searched for; nobody means more.
pub const LONGEST_QUERY: usize = 200;

/// The name of the field that a search form sends.
pub const TEXT: &str = "q";
const SECTION: &str = "chuyen-muc";
const YEAR: &str = "nam";
const PAGE: &str = "trang";

/// What a reader searches for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Query {
    /// What was typed, without spaces at its ends; empty searches for nothing.
    pub text: String,
    /// Only articles of this section.
    pub section: Option<Slug>,
    /// Only articles of this year.
    pub year: Option<u16>,
    /// The page of results, from 0.
    pub page: u32,
}

impl Query {
    /// Searches everywhere for a text.
    pub fn new(text: &str) -> Self {
        // A tab or a line end that was pasted is a space.
        let text = text.trim().chars().take(LONGEST_QUERY).map(|c| if c.is_control() { ' ' } else { c });
        let text: String = text.collect();
        Self { text: text.trim_end().to_owned(), ..Self::default() }
    }

    /// Searches for another text with the same filters.
    pub fn with_text(&self, text: &str) -> Self {
        Self { section: self.section.clone(), year: self.year, ..Self::new(text) }
    }

    /// Is it shorter than so many characters?
    pub fn is_shorter_than(&self, characters: usize) -> bool {
        self.text.chars().nth(characters.saturating_sub(1)).is_none()
    }

    /// Reads the query of an address, without its `?`. What cannot be read is as if it were not there.
    pub(super) fn parse(query: &str) -> Self {
        let mut read = Self::default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let value = decoded(&value.replace('+', " "));
            match name {
                TEXT => read.text = Self::new(&value).text,
                SECTION => read.section = Slug::new(value),
                YEAR => read.year = value.parse().ok(),
                PAGE => read.page = value.parse::<u32>().map_or(0, |page| page.saturating_sub(1)),
                _ => {}
            }
        }
        read
    }
}

impl fmt::Display for Query {
    /// With its `?`; nothing where nothing is searched for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text.is_empty() {
            return Ok(());
        }
        write!(f, "?{TEXT}={}", encoded(&self.text))?;
        if let Some(section) = &self.section {
            write!(f, "&{SECTION}={section}")?;
        }
        if let Some(year) = self.year {
            write!(f, "&{YEAR}={year}")?;
        }
        if self.page > 0 {
            write!(f, "&{PAGE}={}", u64::from(self.page) + 1)?;
        }
        Ok(())
    }
}

/// As browsers write what is sent from a form.
/// Source: <https://url.spec.whatwg.org/#application-x-www-form-urlencoded-percent-encode-set>
fn encoded(text: &str) -> String {
    let digit = |number: u8| char::from(b"0123456789ABCDEF"[usize::from(number)]);
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'*' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => out.push(char::from(byte)),
            _ => out.extend(['%', digit(byte >> 4), digit(byte & 15)]),
        }
    }
    out
}

/// A text without `%` and two digits for a byte; as it is where that makes no UTF-8.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |at: usize| after.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        let byte = digit(0).zip(digit(1)).filter(|_| *first == b'%').and_then(|(a, b)| u8::try_from(a * 16 + b).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = &after[if byte.is_some() { 2 } else { 0 }..];
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// What an address without a page may have been about: the words of its last part that has any.
pub fn words_of(path: &str) -> Query {
    let path = decoded(path.split(['?', '#']).next().unwrap_or_default());
    let is_word = |word: &&str| !word.is_empty() && !matches!(*word, "html" | "htm" | "aspx" | "php" | "index");
    let words = |part: &str| {
        let mut text = String::new();
        for word in part.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()).filter(is_word) {
            text.push_str(word);
            text.push(' ');
        }
        text.chars().any(|c| c != ' ' && !c.is_ascii_digit()).then_some(text)
    };
    Query::new(&path.rsplit('/').find_map(words).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_comes_back_from_its_address() {
        let query = Query {
            text: "đường & phố +1 100% “Hồ”? 👍".to_owned(),
            section: Slug::new("van-hoa"),
            year: Some(2020),
            page: 2,
        };
        let address = query.to_string();
        assert!(address.ends_with("&chuyen-muc=van-hoa&nam=2020&trang=3"), "{address}");
        assert!(address.is_ascii());
        assert_eq!(Query::parse(&address[1..]), query);
    }

    #[test]
    fn the_query_of_a_form_and_of_any_browser_is_read() {
        for form in ["q=h%E1%BB%93+t%C3%A2y", "q=h%e1%bb%93%20t%c3%a2y", "x=1&q=hồ tây&trang=1", "q=+h%E1%BB%93+tây+"]
        {
            assert_eq!(Query::parse(form), Query::new("hồ tây"), "{form}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_as_if_it_were_not_there() {
        for odd in ["", "q", "q=", "q=+", "nam=x", "nam=70000", "chuyen-muc=A/B", "trang=0", "trang=-1", "&&=&"] {
            assert_eq!(Query::parse(odd), Query::default(), "{odd}");
        }
        assert_eq!(Query::parse("q=100%").text, "100%");
        assert_eq!(Query::parse("q=%zz%4").text, "%zz%4");
        assert_eq!(Query::parse("q=%ff").text, "%ff");
    }

    #[test]
    fn a_long_query_is_cut_between_characters() {
        let cut = Query::new(&"đ".repeat(10_000));
        assert_eq!(cut.text.chars().count(), LONGEST_QUERY);
        assert_eq!(Query::new(&"👍 ".repeat(10_000)).text.chars().count(), LONGEST_QUERY - 1);
    }

    #[test]
    fn another_text_keeps_the_filters_but_not_the_page() {
        let query = Query { section: Slug::new("van-hoa"), year: Some(2020), page: 4, ..Query::new("hồ") };
        assert_eq!(query.with_text("núi"), Query { page: 0, text: "núi".to_owned(), ..query });
    }

    #[test]
    fn pasted_lines_are_one() {
        assert_eq!(Query::new("\thồ\r\ntây\n").text, "hồ  tây");
    }

    #[test]
    fn a_missing_address_is_searched_for_by_its_words() {
        for (path, words) in [
            ("/van-hoa/khai-mac-hoi-sach/", "khai mac hoi sach"),
            ("/van-hoa/Khai_mac.html", "Khai mac"),
            ("/web/guest/tin/123", "tin"),
            ("/h%E1%BB%93-t%C3%A2y", "hồ tây"),
            ("/tin/?id=1#a", "tin"),
            ("/index.html", ""),
            ("/", ""),
            ("/2020/10/", ""),
        ] {
            assert_eq!(words_of(path).text, words, "{path}");
        }
    }
}
