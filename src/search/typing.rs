//! Raw keystrokes: what comes of typing Telex (`dduwowngf`) or VNI (`d9u7o7ng2`) while the input method is off.
//!
//! Source of the rules: the key tables of Telex and VNI as every Vietnamese keyboard has them.

use super::letters::{Tone, base_of, is_vowel, with_quality};
use super::syllable::is_syllable;

/// A syllable with its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Its letters without tone.
    pub plain: String,
    /// Its tone.
    pub tone: Tone,
}

/// The syllable that these keys, lower-case ASCII, were meant to be; `None` if they are none, or leave nothing to decode.
pub fn decoded(keys: &str) -> Option<Typed> {
    readings(keys).find(|typed| is_syllable(&typed.plain))
}

/// The word that these keys were meant to be if it is known without its marks, whether or not it is one syllable (`ootoo`).
pub fn decoded_word(keys: &str, is_known: impl Fn(&str) -> bool) -> Option<Typed> {
    readings(keys).find(|typed| typed.plain != keys && is_known(&folded(typed)))
}

/// What the keys of an unfinished syllable have come to so far, without marks; `None` if they have changed nothing.
pub fn decoded_beginning(keys: &str) -> Option<String> {
    readings(keys).find(|typed| typed.plain != keys).map(|typed| folded(&typed))
}

/// What the keys come to in Telex and in VNI, where that is not what they are.
fn readings(keys: &str) -> impl Iterator<Item = Typed> {
    [telex(keys), vni(keys)].into_iter().flatten().filter(move |typed| typed.plain != keys || typed.tone != 0)
}

fn folded(typed: &Typed) -> String {
    typed.plain.chars().map(base_of).collect()
}

fn telex(keys: &str) -> Option<Typed> {
    let mut word = Word::default();
    for key in keys.chars() {
        let after_vowel = word.letters.iter().any(|letter| is_vowel(*letter));
        let done = match key {
            's' if after_vowel => word.tone(2),
            'f' if after_vowel => word.tone(1),
            'r' if after_vowel => word.tone(3),
            'x' if after_vowel => word.tone(4),
            'j' if after_vowel => word.tone(5),
            'z' if after_vowel => word.tone(0),
            'a' | 'e' | 'o' => word.quality(&[key], '\u{302}'),
            'w' => word.horn_or_breve(),
            'd' => word.bar(),
            _ => false,
        };
        if !done {
            word.letters.push(if key == 'w' { 'ư' } else { key });
        }
    }
    word.finished()
}

fn vni(keys: &str) -> Option<Typed> {
    let mut word = Word::default();
    for key in keys.chars() {
        let done = match key {
            '1' => word.tone(2),
            '2' => word.tone(1),
            '3' => word.tone(3),
            '4' => word.tone(4),
            '5' => word.tone(5),
            '0' => word.tone(0),
            '6' => word.quality(&['a', 'e', 'o'], '\u{302}'),
            '7' => word.horn(),
            '8' => word.quality(&['a'], '\u{306}'),
            '9' => word.bar(),
            _ => false,
        };
        if !done {
            if key.is_ascii_digit() {
                return None;
            }
            word.letters.push(key);
        }
    }
    word.finished()
}

#[derive(Default)]
struct Word {
    letters: Vec<char>,
    tone: Tone,
}

impl Word {
    /// A second tone key is a letter: it takes the first one back.
    fn tone(&mut self, tone: Tone) -> bool {
        let is_first = self.tone == 0;
        if is_first || tone == 0 {
            self.tone = tone;
        }
        is_first || tone == 0
    }

    /// Gives the last of these vowels that has no quality yet this one.
    fn quality(&mut self, bases: &[char], mark: char) -> bool {
        let place = self.letters.iter_mut().rev().find(|letter| bases.contains(letter));
        place.is_some_and(|letter| {
            with_quality(*letter, mark).is_some_and(|marked| {
                *letter = marked;
                true
            })
        })
    }

    /// `uo` becomes `ươ` at one stroke.
    fn horn(&mut self) -> bool {
        let pair = self.letters.windows(2).position(|pair| matches!(pair, ['u' | 'ư', 'o']));
        let first_is_onset = |at: usize| at > 0 && self.letters[at - 1] == 'q';
        if let Some(at) = pair.filter(|at| !first_is_onset(*at)) {
            self.letters[at] = 'ư';
            self.letters[at + 1] = 'ơ';
            return true;
        }
        self.quality(&['o', 'u'], '\u{31b}')
    }

    /// The breve for `oa` and `qua`, whose other vowel takes no horn; else the horn where there is one to take.
    fn horn_or_breve(&mut self) -> bool {
        let last = self.letters.iter().rposition(|letter| *letter == 'a');
        let is_breve = last.is_some_and(|at| matches!(self.letters[..at], [.., 'o'] | [.., 'q', 'u']));
        (is_breve && self.quality(&['a'], '\u{306}')) || self.horn() || self.quality(&['a'], '\u{306}')
    }

    fn bar(&mut self) -> bool {
        let place = self.letters.first_mut().filter(|first| **first == 'd');
        place.is_some_and(|first| {
            *first = 'đ';
            true
        })
    }

    /// Typing `uo` with a later horn on one of them (`ưo`, `uơ`) means `ươ` before a final letter, and `uơ` at the end
    /// (`thuở`).
    fn finished(mut self) -> Option<Typed> {
        if let [.., first @ 'ư', 'ơ'] = self.letters.as_mut_slice() {
            *first = 'u';
        }
        for at in 1..self.letters.len().saturating_sub(1) {
            let (before, here) = (self.letters[at - 1], self.letters[at]);
            let marked = before == 'ư' || here == 'ơ';
            if marked && base_of(before) == 'u' && base_of(here) == 'o' && (at < 2 || self.letters[at - 2] != 'q') {
                self.letters[at - 1] = 'ư';
                self.letters[at] = 'ơ';
            }
        }
        (!self.letters.is_empty()).then(|| Typed { plain: self.letters.into_iter().collect(), tone: self.tone })
    }
}

/// How a syllable is typed in Telex: the inverse of [`decoded`], for tests and measurements.
pub fn telex_keys(plain: &str, tone: Tone) -> String {
    keys(plain, ["aw", "aa", "ee", "oo", "ow", "uw", "dd"], ["", "f", "s", "r", "x", "j"][usize::from(tone)])
}

/// How a syllable is typed in VNI.
pub fn vni_keys(plain: &str, tone: Tone) -> String {
    keys(plain, ["a8", "a6", "e6", "o6", "o7", "u7", "d9"], ["", "2", "1", "3", "4", "5"][usize::from(tone)])
}

fn keys(plain: &str, marked: [&str; 7], tone: &str) -> String {
    let mut keys = String::new();
    for letter in plain.chars() {
        match "ăâêôơưđ".chars().position(|own| own == letter) {
            Some(at) => keys.push_str(marked[at]),
            None => keys.push(letter),
        }
    }
    keys + tone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_keystrokes_are_decoded() {
        for (keys, plain, tone) in [
            ("dduwowngf", "đương", 1),
            ("dduowngf", "đương", 1),
            ("dduwongf", "đương", 1),
            ("d9u7o7ng2", "đương", 1),
            ("duong9", "", 0),
            ("tieengs", "tiêng", 2),
            ("tiengse", "tiêng", 2),
            ("tie6ng1", "tiêng", 2),
            ("cais", "cai", 2),
            ("quaanj", "quân", 5),
            ("quyeets", "quyêt", 2),
            ("thuowr", "thuơ", 3),
            ("quawn", "quăn", 0),
            ("hoawcj", "hoăc", 5),
            ("cuawr", "cưa", 3),
            ("hoaf", "hoa", 1),
            ("hofa", "hoa", 1),
            ("nuwowcs", "nươc", 2),
            ("giof", "gio", 1),
            ("as", "a", 2),
            ("wn", "", 0),
            ("tests", "", 0),
            ("duong", "", 0),
            ("b52", "", 0),
        ] {
            let wanted = (!plain.is_empty()).then(|| Typed { plain: plain.to_owned(), tone });
            assert_eq!(decoded(keys), wanted, "{keys}");
        }
    }

    #[test]
    fn known_words_of_several_syllables_are_decoded() {
        let decoded = |keys| decoded_word(keys, |word| word == "oto").map(|typed| typed.plain);
        assert_eq!(decoded("ootoo").as_deref(), Some("ôtô"));
        assert_eq!(decoded("o6to6").as_deref(), Some("ôtô"));
        for keys in ["oto", "otos", "foto", "oottoo"] {
            assert_eq!(decoded(keys), None, "{keys}");
        }
    }

    #[test]
    fn unfinished_syllables_are_decoded() {
        for (keys, folded) in [("dduw", Some("du")), ("d9u7", Some("du")), ("tie6", Some("tie")), ("thong", None)] {
            assert_eq!(decoded_beginning(keys).as_deref(), folded, "{keys}");
        }
    }
}
