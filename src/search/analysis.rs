//! From a text to its words, and from words to the terms that are indexed and asked for. Build and browser share it.

use super::format::{pair_term, spelling};
use super::letters::{Letter, Part, Tone, is_vowel, part, with_quality};
use std::ops::{Deref, Range};
use std::sync::{Arc, LazyLock};

/// Abbreviations and what they stand for: a line for all ways to say the same.
const ABBREVIATIONS: &str = include_str!("abbreviations.txt");

/// A word, wherever it stands.
#[derive(Debug, PartialEq, Eq)]
pub struct Form {
    /// Without any marks, lower case, one spelling for all: `duong`.
    pub folded: String,
    /// With its marks, the tone at the end: `đương1`. The same as `folded` for a word without marks.
    pub exact: String,
    /// A short stand-in for `exact`.
    pub spelling: u16,
    /// What its term is made of, and the terms of pairs that begin with it.
    hash: u64,
}

impl Form {
    fn new(folded: String, exact: String) -> Self {
        Self { spelling: spelling(&exact), hash: hashed(HASH_OF_NOTHING, &folded), folded, exact }
    }

    /// The word that is written so.
    pub fn of(written: &str) -> Self {
        let mut builder = Builder::default();
        written.chars().for_each(|c| builder.take(part(c)));
        builder.finished()
    }

    /// Has it marks?
    pub fn is_marked(&self) -> bool {
        self.exact != self.folded
    }

    /// A short stand-in for the word without its marks. Of a million terms, about a hundred share theirs with another, which
    /// then finds an article too many.
    pub fn term(&self) -> u32 {
        mixed(self.hash)
    }

    /// The same for two words that stand side by side, which tells how they are spelled as well.
    pub fn pair(&self, next: &Self) -> u32 {
        pair_term(mixed(hashed(hashed(self.hash, " "), &next.folded)), self.spelling, next.spelling)
    }
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What it is; texts repeat their words.
    pub form: Arc<Form>,
    /// Where it stands in the text, in bytes.
    pub place: Range<usize>,
    /// Does it begin a sentence? Then it makes no pair with the word before it.
    pub begins: bool,
    /// Does it follow the word before it at once, as in `10/10/2020` and `NĐ-CP`?
    pub joins: bool,
}

impl Deref for Word {
    type Target = Form;

    fn deref(&self) -> &Form {
        &self.form
    }
}

impl Word {
    /// A word that stands nowhere, from its letters without tone.
    pub fn made(plain: &str, tone: Tone) -> Self {
        let mut builder = Builder::default();
        plain.chars().for_each(|c| builder.take(part(c)));
        builder.tone = tone;
        Self::nowhere(builder.finished())
    }

    /// A word that stands nowhere, from its folded letters.
    pub fn of(folded: &str) -> Self {
        Self::nowhere(Form::new(folded.to_owned(), folded.to_owned()))
    }

    fn nowhere(form: Form) -> Self {
        Self { form: Arc::new(form), place: 0..0, begins: false, joins: false }
    }
}

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<Word> {
    words_by(text, |written| Arc::new(Form::of(written)))
}

/// The words of a text, in order; `form` says what is written, and may remember it.
pub fn words_by(text: &str, mut form: impl FnMut(&str) -> Arc<Form>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut start, mut begins) = (None, true);
    let mut rest = text.char_indices().peekable();
    loop {
        let next = rest.next();
        let (at, c) = next.unwrap_or((text.len(), '\n'));
        match part(c) {
            Part::Letter(_) => start = start.or(Some(at)),
            Part::None => {
                if let Some(from) = start {
                    let written = &text[from..at];
                    if c == '.' && is_number(written) && thousands_follow(&text[at + 1..]) {
                        continue;
                    }
                    let between = words.last().map(|before| &text[before.place.end..from]);
                    let joins = matches!(between, Some("/" | "-" | "."));
                    words.push(Word { form: form(written), place: from..at, begins, joins });
                    (start, begins) = (None, false);
                }
                // A point within a name or number ends no sentence.
                begins |= matches!(c, '!' | '?' | ';' | '\n' | '…')
                    || (c == '.' && rest.peek().is_none_or(|(_, next)| next.is_whitespace()));
            }
            // It belongs to the letter before it.
            Part::Tone(_) | Part::Quality(_) | Part::Other => {}
        }
        if next.is_none() {
            return words;
        }
    }
}

/// `1.929`: digits, in groups perhaps.
fn is_number(written: &str) -> bool {
    written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// `.929.927`: three digits, and no fourth.
fn thousands_follow(rest: &str) -> bool {
    rest.len() >= 3
        && rest.bytes().take(3).all(|byte| byte.is_ascii_digit())
        && !rest.as_bytes().get(3).is_some_and(u8::is_ascii_digit)
}

/// Gathers the letters of a word.
#[derive(Default)]
struct Builder {
    letters: Vec<Letter>,
    tone: Tone,
}

impl Builder {
    fn is_number(&self) -> bool {
        self.letters.iter().all(|letter| letter.base.is_ascii_digit())
    }

    fn take(&mut self, part: Part) {
        match part {
            Part::Letter(letter) => {
                if letter.tone != 0 {
                    self.tone = letter.tone;
                }
                self.letters.push(letter);
            }
            // That of a consonant is of another language, and tells nothing: `ñ`.
            Part::Tone(tone) if self.letters.last().is_some_and(|last| is_vowel(last.base)) => self.tone = tone,
            Part::Quality(mark) => {
                if let Some(last) = self.letters.last_mut()
                    && let Some(marked) = with_quality(last.base, mark)
                {
                    last.plain = marked;
                }
            }
            Part::Tone(_) | Part::Other | Part::None => {}
        }
    }

    fn finished(mut self) -> Form {
        if self.is_number() {
            // `01/07` and `1/7` are the same day.
            let zeros = self.letters.iter().take_while(|letter| letter.base == '0').count();
            self.letters.drain(..zeros.min(self.letters.len().saturating_sub(1)));
        }
        self.spell_alike();
        let folded = self.letters.iter().map(|letter| letter.base).collect();
        let mut exact: String = self.letters.iter().map(|letter| letter.plain).collect();
        if self.tone != 0 {
            exact.push(char::from(b'0' + self.tone));
        }
        Form::new(folded, exact)
    }

    /// `kỹ` and `kĩ`, `quý` and `quí` are two spellings of one word: a final y that is the only vowel is an i.
    fn spell_alike(&mut self) {
        let Some((last, before)) = self.letters.split_last_mut() else { return };
        let only_vowel = match before {
            [first, second] if first.base == 'q' && second.base == 'u' => true,
            before => before.iter().all(|letter| letter.base.is_alphabetic() && !is_vowel(letter.plain)),
        };
        if last.plain == 'y' && only_vowel {
            (last.base, last.plain) = ('i', 'i');
        }
    }
}

/// Another way to say some words of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    /// Which words it stands for.
    pub of: Range<usize>,
    /// Its words.
    pub words: Vec<Word>,
}

/// What is said and what else may be said for it.
struct OtherWays {
    ways: Vec<[Vec<Word>; 2]>,
    /// The term of the first word said, then the number of the way; in order. (All of the search sorts whole numbers
    /// only: each kind of thing that is sorted brings 6 kB of program.)
    by_first: Vec<u64>,
    /// A bit for each of these terms, by its lowest bits: most words begin no other way, and need not be looked for.
    firsts: [u64; 16],
}

static OTHER_WAYS: LazyLock<OtherWays> = LazyLock::new(|| {
    let lines = ABBREVIATIONS.lines().filter(|line| !line.starts_with('#'));
    let mut ways = Vec::new();
    for forms in lines.map(|line| line.split(", ").map(words).collect::<Vec<_>>()) {
        for said in &forms {
            ways.extend(forms.iter().filter(|other| *other != said).map(|other| [said.clone(), other.clone()]));
        }
    }
    let key = |(at, [said, _]): (u64, &[Vec<Word>; 2])| u64::from(said[0].term()) << 32 | at;
    let mut by_first: Vec<u64> = (0..).zip(&ways).map(key).collect();
    by_first.sort_unstable();
    let mut firsts = [0; 16];
    for [said, _] in &ways {
        let (at, bit) = place_of(said[0].term());
        firsts[at] |= bit;
    }
    OtherWays { ways, by_first, firsts }
});

/// Where the bit of a term stands.
fn place_of(term: u32) -> (usize, u64) {
    (term as usize >> 6 & 15, 1 << (term & 63))
}

impl OtherWays {
    fn beginning_with(&self, word: &Word) -> impl Iterator<Item = &[Vec<Word>; 2]> {
        let (at, bit) = place_of(word.term());
        let first = u64::from(word.term());
        let is_first = self.firsts[at] & bit != 0;
        let from = if is_first { self.by_first.partition_point(|key| key >> 32 < first) } else { self.by_first.len() };
        let own = self.by_first[from..].iter().take_while(move |key| **key >> 32 == first);
        own.filter_map(|key| self.ways.get(*key as u32 as usize))
    }
}

/// The other ways to say parts of a text: of an abbreviation its long form, of that the abbreviation, of either whatever else
/// stands for them.
pub fn synonyms(words: &[Word]) -> Vec<Synonym> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        for [said, other] in OTHER_WAYS.beginning_with(word) {
            let part = words.get(at..at + said.len()).unwrap_or_default();
            if !part.is_empty() && part.iter().zip(said).all(|(one, other)| one.folded == other.folded) {
                found.push(Synonym { of: at..at + said.len(), words: other.clone() });
            }
        }
    }
    found
}

/// Is this word by itself an abbreviation that is known?
pub fn is_abbreviation(word: &Word) -> bool {
    OTHER_WAYS.beginning_with(word).any(|[said, _]| said.len() == 1 && said[0].folded == word.folded)
}

/// FNV-1a, whose constants are public domain: the same on every machine.
const HASH_OF_NOTHING: u64 = 0xcbf2_9ce4_8422_2325;

fn hashed(before: u64, text: &str) -> u64 {
    text.bytes().fold(before, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The low bits alone mix badly.
fn mixed(hash: u64) -> u32 {
    (hash ^ (hash >> 29)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        words(text).iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn exact(text: &str) -> String {
        words(text).iter().map(|word| word.exact.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn marks_are_folded() {
        assert_eq!(folded("Đường Nguyễn Trãi, QUẬN Thanh Xuân"), "duong nguyen trai quan thanh xuan");
    }

    #[test]
    fn texts_of_either_form_are_alike() {
        for (one, other) in [
            ("hoà", "hòa"),
            ("thuý", "thúy"),
            ("uỷ", "ủy"),
            ("khoẻ", "khỏe"),
            ("kỹ", "kĩ"),
            ("lý", "lí"),
            ("quý", "quí"),
            ("đường", "đu\u{31b}o\u{31b}\u{300}ng"),
            ("ĐƯỜNG", "đường"),
            ("tiếng", "tie\u{302}\u{301}ng"),
            ("tiếng", "tie\u{301}\u{302}ng"),
            ("tiếng", "tie\u{302}\u{341}ng"),
            ("Đường", "\u{d0}ường"),
            ("Đường", "\u{189}ường"),
            ("Señor", "Sen\u{303}or"),
            ("ń Ń ǹ Ǹ", "n\u{301} N\u{301} n\u{300} N\u{300}"),
            ("ḿ Ḿ", "m\u{301} M\u{301}"),
            ("Łódź Škoda", "Łódz\u{301} S\u{30c}koda"),
            ("hồ", "\u{301}hồ"),
        ] {
            assert_eq!(exact(one), exact(other), "{one} {other}");
        }
    }

    #[test]
    fn marks_make_a_difference() {
        assert_ne!(exact("đường"), exact("dương"));
        assert_ne!(exact("hòa"), exact("hỏa"));
        assert_eq!(exact("duong"), "duong");
    }

    #[test]
    fn a_y_beside_another_vowel_stays() {
        assert_eq!(folded("tây thuý yêu y"), "tay thuy yeu i");
    }

    #[test]
    fn numbers_dates_and_documents_are_words() {
        for (text, wanted) in [
            ("1.929.927 lượt", "1929927 luot"),
            ("10/10/2020", "10 10 2020"),
            ("01-07-2025", "1 7 2025"),
            ("tháng 10 năm 2020", "thang 10 nam 2020"),
            ("42/2022/NĐ-CP", "42 2022 nd cp"),
            ("19,65 %", "19 65"),
            ("0", "0"),
            ("năm 2020. Năm", "nam 2020 nam"),
            ("TP.HCM", "tp hcm"),
            ("h5n1", "h5n1"),
        ] {
            assert_eq!(folded(text), wanted, "{text}");
        }
    }

    #[test]
    fn sentences_are_told_apart() {
        let begins: Vec<bool> = words("Mưa to. Đường ngập! TP.HCM kẹt").iter().map(|word| word.begins).collect();
        assert_eq!(begins, [true, false, true, false, true, false, false]);
    }

    #[test]
    fn words_know_their_place() {
        let text = "“Hội làng” 2020";
        let places: Vec<&str> = words(text).iter().map(|word| &text[word.place.clone()]).collect();
        assert_eq!(places, ["Hội", "làng", "2020"]);
    }

    #[test]
    fn abbreviations_are_known_both_ways() {
        let of = |text: &str| {
            let said = |one: Synonym| one.words.iter().map(|word| word.exact.as_str()).collect::<Vec<_>>().join(" ");
            synonyms(&words(text)).into_iter().map(|one| (one.of.clone(), said(one))).collect::<Vec<_>>()
        };
        assert_eq!(of("UBND quận"), [(0..1, "uy3 ban nhân dân".to_owned())]);
        assert_eq!(of("họp Ủy ban nhân dân"), [(1..5, "ubnd".to_owned())]);
        let long = "giao2 duc5 va1 đao1 tao5";
        assert_eq!(of("Sở GD&ĐT"), [(1..3, "gdđt".to_owned()), (1..3, long.to_owned())]);
        assert_eq!(of("Sở GDĐT"), [(1..2, "gd đt".to_owned()), (1..2, long.to_owned())]);
        assert_eq!(of("uỷ ban"), []);
        assert!(of("ở TP.HCM").contains(&(1..3, "thanh1 phô2 hô1 chi2 minh".to_owned())));
    }

    #[test]
    fn abbreviations_are_told_from_their_first_words() {
        let is = |text: &str| is_abbreviation(&words(text)[0]);
        for (text, wanted) in
            [("TW", true), ("ubnd", true), ("HĐND", true), ("ủy ban", false), ("tư", false), ("gd&đt", false)]
        {
            assert_eq!(is(text), wanted, "{text}");
        }
    }

    #[test]
    fn nothing_is_no_word() {
        assert_eq!(words("… – 🙂 !"), []);
        assert_eq!(words(""), []);
    }
}
