//! Vietnamese letters taken apart: base (`ơ` is an o), quality (`ơ`) and tone (`ờ` is ơ with the falling tone).
//!
//! Texts write a tone on different letters of a syllable (`hoà`, `hòa`) and as one or two characters (NFC, NFD);
//! taken apart they are the same.

use std::sync::LazyLock;

/// A tone: 0 level, 1 falling (huyền), 2 rising (sắc), 3 asking (hỏi), 4 tumbling (ngã), 5 heavy (nặng).
pub type Tone = u8;

/// Each vowel with its six tones, in their order; the first is the vowel without.
const VOWELS: [(char, &str); 12] = [
    ('a', "aàáảãạ"),
    ('a', "ăằắẳẵặ"),
    ('a', "âầấẩẫậ"),
    ('e', "eèéẻẽẹ"),
    ('e', "êềếểễệ"),
    ('i', "iìíỉĩị"),
    ('o', "oòóỏõọ"),
    ('o', "ôồốổỗộ"),
    ('o', "ơờớởỡợ"),
    ('u', "uùúủũụ"),
    ('u', "ưừứửữự"),
    ('y', "yỳýỷỹỵ"),
];

/// Letters of other languages that names are written with; their marks tell nothing in Vietnamese.
const FOREIGN: [(char, &str); 16] = [
    ('a', "äåāąæ"),
    ('c', "çćč"),
    ('d', "ď"),
    ('e', "ëēėęě"),
    ('g', "ğ"),
    ('i', "îïī"),
    ('l', "ł"),
    ('m', "ḿ"),
    ('n', "ñńňǹ"),
    ('o', "öøōőœ"),
    ('r', "řŕ"),
    ('s', "šśşș"),
    ('t', "ťţț"),
    ('u', "ûüūů"),
    ('y', "ÿ"),
    ('z', "žźż"),
];

/// A letter taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    /// The ASCII letter it is written with when marks are left out; any other letter is its own base.
    pub base: char,
    /// The letter without its tone.
    pub plain: char,
    /// Its tone.
    pub tone: Tone,
}

/// What a character does in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It is a letter or digit.
    Letter(Letter),
    /// It gives the letter before it a tone.
    Tone(Tone),
    /// It gives the letter before it a quality: the circumflex, the breve or the horn.
    Quality(char),
    /// It marks the letter before it in a way that Vietnamese does not know.
    Other,
    /// It is no part of a word.
    None,
}

/// The characters of Vietnamese and its neighbours, where Unicode has them, each taken apart once: texts are long.
static KNOWN: LazyLock<[Vec<Part>; 2]> =
    LazyLock::new(|| RANGES.map(|(first, last)| (first..=last).map(apart).collect()));
const RANGES: [(char, char); 2] = [('\u{c0}', '\u{36f}'), ('\u{1ea0}', '\u{1ef9}')];

/// Takes a character apart; capitals become small.
pub fn part(c: char) -> Part {
    if c.is_ascii() {
        return apart(c);
    }
    let known = RANGES.iter().position(|(first, last)| (first..=last).contains(&&c));
    match known.and_then(|range| KNOWN[range].get(c as usize - RANGES[range].0 as usize)) {
        Some(part) => *part,
        None => apart(c),
    }
}

fn apart(c: char) -> Part {
    if c.is_ascii_alphanumeric() {
        let small = c.to_ascii_lowercase();
        return Part::Letter(Letter { base: small, plain: small, tone: 0 });
    }
    if c.is_ascii() {
        return Part::None;
    }
    match c {
        // Then Icelandic, then African: the capitals look like the Vietnamese one, and some write them in its place.
        'đ' | 'Đ' | '\u{f0}' | '\u{d0}' | '\u{189}' => {
            return Part::Letter(Letter { base: 'd', plain: 'đ', tone: 0 });
        }
        // The second of each is an old one, made for Vietnamese.
        '\u{300}' | '\u{340}' => return Part::Tone(1),
        '\u{301}' | '\u{341}' => return Part::Tone(2),
        '\u{309}' => return Part::Tone(3),
        '\u{303}' => return Part::Tone(4),
        '\u{323}' => return Part::Tone(5),
        '\u{302}' | '\u{306}' | '\u{31b}' => return Part::Quality(c),
        '\u{300}'..='\u{36f}' => return Part::Other,
        _ => {}
    }
    let small = crate::vietnamese::lower(c);
    for (base, row) in VOWELS {
        if let Some(tone) = row.chars().position(|vowel| vowel == small) {
            let plain = row.chars().next().unwrap_or(base);
            return Part::Letter(Letter { base, plain, tone: tone as Tone });
        }
    }
    // Where `lower` knows no capitals, each stands right before its small letter.
    let is_own = |letter: char| letter == small || (c > 'ÿ' && letter as u32 == c as u32 + 1);
    if let Some((base, _)) = FOREIGN.iter().find(|(_, row)| row.chars().any(is_own)) {
        return Part::Letter(Letter { base: *base, plain: *base, tone: 0 });
    }
    if c.is_alphanumeric() { Part::Letter(Letter { base: small, plain: small, tone: 0 }) } else { Part::None }
}

/// A vowel with a quality, where Vietnamese has it.
pub fn with_quality(base: char, mark: char) -> Option<char> {
    Some(match (base, mark) {
        ('a', '\u{302}') => 'â',
        ('e', '\u{302}') => 'ê',
        ('o', '\u{302}') => 'ô',
        ('a', '\u{306}') => 'ă',
        ('o', '\u{31b}') => 'ơ',
        ('u', '\u{31b}') => 'ư',
        _ => return None,
    })
}

/// A letter without its quality.
pub fn base_of(plain: char) -> char {
    match part(plain) {
        Part::Letter(letter) => letter.base,
        _ => plain,
    }
}

/// Is it a vowel, whatever its marks?
pub fn is_vowel(plain: char) -> bool {
    matches!(base_of(plain), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_apart() {
        let letter = |c| match part(c) {
            Part::Letter(Letter { base, plain, tone }) => (base, plain, tone),
            other => panic!("{c}: {other:?}"),
        };
        assert_eq!(letter('ờ'), ('o', 'ơ', 1));
        assert_eq!(letter('Ễ'), ('e', 'ê', 4));
        assert_eq!(letter('Đ'), ('d', 'đ', 0));
        assert_eq!(letter('\u{d0}'), ('d', 'đ', 0));
        assert_eq!(letter('\u{189}'), ('d', 'đ', 0));
        assert_eq!(letter('Z'), ('z', 'z', 0));
        assert_eq!(letter('7'), ('7', '7', 0));
        assert_eq!(letter('Ü'), ('u', 'u', 0));
        assert_eq!(letter('Ń'), ('n', 'n', 0));
        assert_eq!(letter('ḿ'), ('m', 'm', 0));
        assert_eq!(part('÷'), Part::None);
        assert_eq!(part('-'), Part::None);
        assert_eq!(part('…'), Part::None);
    }
}
