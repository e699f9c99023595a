//! Properties of the analysis, held on every syllable of real texts.

use flate2::read::GzDecoder;
use portal::search::analysis::{Word, words};
use portal::search::letters::{Part, part};
use portal::search::syllable::{is_syllable, looks_like_syllable};
use portal::search::typing;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// Every different word of the corpus as it is written, in lower case; nothing, and a word about it, where there is no
/// corpus.
fn corpus() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/vietnews-3000.jsonl.gz");
    if !path.is_file() {
        // Not captured, unlike what `eprintln` says.
        _ = writeln!(std::io::stderr(), "skipped: the corpus of real articles is not there");
        return BTreeSet::new();
    }
    let lines = BufReader::new(GzDecoder::new(std::fs::File::open(path).expect("the corpus opens"))).lines();
    let mut all = BTreeSet::new();
    for line in lines {
        let line = line.expect("UTF-8").to_lowercase();
        all.extend(line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_owned));
    }
    assert!(all.len() > 5_000, "{}", all.len());
    all
}

fn one(text: &str) -> Option<Word> {
    let mut words = words(text);
    (words.len() == 1).then(|| words.remove(0))
}

/// A word without its tone, and the tone.
fn apart(word: &Word) -> (String, u8) {
    let tone = word.exact.chars().last().and_then(|last| last.to_digit(10)).unwrap_or(0);
    let plain = word.exact.trim_end_matches(|c: char| c.is_ascii_digit());
    (plain.to_owned(), u8::try_from(tone).expect("a digit"))
}

#[test]
fn folding_does_not_depend_on_the_form_or_on_capitals_and_folded_twice_is_folded_once() {
    for text in corpus() {
        let word = one(&text).unwrap_or_else(|| panic!("{text} is one word"));
        let is_foreign = |c: char| matches!(part(c), Part::Letter(letter) if letter.base == letter.plain && letter.tone == 0 && !c.is_ascii());
        // Foreign letters are known small only.
        let capitals = if text.chars().any(is_foreign) { text.clone() } else { text.to_uppercase() };
        for other in [text.nfd().collect::<String>(), text.nfc().collect(), capitals] {
            let other = one(&other).unwrap_or_else(|| panic!("{other} is one word"));
            assert_eq!((&other.folded, &other.exact), (&word.folded, &word.exact), "{text}");
        }
        assert_eq!(one(&word.folded).map(|again| again.folded.clone()), Some(word.folded.clone()), "{text}");
    }
}

#[test]
fn raw_telex_and_vni_come_back_as_the_syllable_they_were_meant_to_be() {
    let mut tried = 0;
    for word in corpus().iter().filter_map(|text| one(text)).filter(|word| word.is_marked()) {
        let (plain, tone) = apart(&word);
        // Telex writes the long o of `moóc` as three; two of them are the ô of other words.
        if !is_syllable(&plain) || plain.contains("oo") {
            continue;
        }
        for keys in [typing::telex_keys(&plain, tone), typing::vni_keys(&plain, tone)] {
            // Some keys are syllables without marks (`too` is `tô` and a word): those mean themselves.
            if looks_like_syllable(&keys) {
                continue;
            }
            let typed = typing::decoded(&keys).unwrap_or_else(|| panic!("{keys} is {plain} {tone}"));
            assert_eq!((typed.plain.as_str(), typed.tone), (plain.as_str(), tone), "{keys}");
            tried += 1;
        }
    }
    assert!(tried == 0 || tried > 5_000, "{tried}");
}
