//! Which syllables Vietnamese has: an onset, which may be missing, and a rime. Tells a word typed without marks from raw
//! keystrokes, and proposes what a mistyped one may be.

use super::letters::base_of;

/// What a syllable may begin with.
const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "th", "tr", "ch", "qu", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

/// What a syllable may end with, without its tone.
const RIMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc oong \
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uyn uynh \
    uyp uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu \
    y yêm yên yêng yêt yêu ynh yt";

/// Is this word, without its tone, a syllable of Vietnamese?
pub fn is_syllable(plain: &str) -> bool {
    ONSETS.iter().any(|onset| {
        let has_rime = |rime| is_rime(rime) && goes_with(onset, rime);
        plain.strip_prefix(onset).is_some_and(has_rime) || is_gi(onset, plain)
    })
}

/// Is this word, without any marks, what a syllable of Vietnamese looks like without them?
pub fn looks_like_syllable(folded: &str) -> bool {
    ONSETS.iter().any(|onset| {
        let onset: String = onset.chars().map(base_of).collect();
        let has_rime = |rime| is_folded_rime(rime) && goes_with(&onset, rime);
        folded.strip_prefix(onset.as_str()).is_some_and(has_rime) || is_gi(&onset, folded)
    })
}

/// Only the y that is a rime by itself follows any onset: `ky`, but `yên` and `quyt`. (`BYT` is an office.)
fn goes_with(onset: &str, rime: &str) -> bool {
    rime.len() == 1 || !rime.starts_with('y') || matches!(onset, "" | "qu")
}

/// `gì`, `gìn`, `giếng`: the i of the onset is also that of the rime.
fn is_gi(onset: &str, word: &str) -> bool {
    onset == "gi"
        && word.strip_prefix('g').is_some_and(|rest| is_rime(rest) || is_folded_rime(rest))
        && word.starts_with("gi")
}

fn is_rime(rime: &str) -> bool {
    RIMES.split_whitespace().any(|known| known == rime)
}

fn is_folded_rime(rime: &str) -> bool {
    !rime.is_empty() && RIMES.split_whitespace().any(|known| known.chars().map(base_of).eq(rime.chars()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_known() {
        for good in [
            "đương", "nghiêng", "khuyên", "gi", "giêng", "quôc", "ơ", "y", "huynh", "xoong", "thuơ", "quyêt", "ky",
            "yên",
        ] {
            assert!(is_syllable(good), "{good}");
        }
        for bad in ["duowng", "tests", "zip", "ngâ9", "", "strong", "thh", "byt"] {
            assert!(!is_syllable(bad), "{bad}");
        }
    }

    #[test]
    fn syllables_without_marks_are_known() {
        for good in ["duong", "nghieng", "khuyen", "quoc", "gi", "an", "ky", "quyt", "huyt", "yen"] {
            assert!(looks_like_syllable(good), "{good}");
        }
        for bad in ["duowng", "cais", "dduong", "covid", "hoax", "byt", "kyen", ""] {
            assert!(!looks_like_syllable(bad), "{bad}");
        }
    }
}
