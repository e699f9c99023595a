//! The queries of the report: each is made of one article, which it is to find.

use crate::search::analysis::{Word, words};
use crate::search::texts::Texts;
use crate::search::{letters, typing};
use std::collections::HashSet;

/// How many of each kind.
const QUERIES: usize = 400;
/// A query whose words more articles have does not tell its own apart.
const MOST_FITTING: usize = 30;

/// The same sequence on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides.max(1)
    }
}

/// Some words of a text side by side, as they are written.
fn piece(text: &str, count: usize, dice: &mut Dice) -> Option<String> {
    let all = words(text);
    let sentences: Vec<&[Word]> = all.chunk_by(|_, next| !next.begins).filter(|words| words.len() >= count).collect();
    if sentences.is_empty() {
        return None;
    }
    let sentence = sentences[dice.roll(sentences.len())];
    let at = dice.roll(sentence.len() - count + 1);
    let part = &sentence[at..at + count];
    let said: Vec<&str> = part.iter().map(|word| &text[word.place.clone()]).collect();
    Some(said.join(" "))
}

fn without_marks(text: &str) -> String {
    text.chars()
        .map(|c| match letters::part(c) {
            letters::Part::Letter(letter) => letter.base,
            _ => c,
        })
        .collect()
}

/// Tones on the other letter, where there are two ways.
fn other_tones(text: &str) -> String {
    const WAYS: [(&str, &str); 12] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỵ", "ụy"),
    ];
    let mut text = text.to_owned();
    for (one, other) in WAYS {
        let marked = text.replace(one, "\u{1}").replace(other, one);
        text = marked.replace('\u{1}', other);
    }
    text
}

fn telex(text: &str) -> String {
    let keys = words(text).into_iter().map(|word| {
        let tone = word
            .exact
            .chars()
            .last()
            .and_then(|last| last.to_digit(10))
            .filter(|_| word.is_marked() && word.exact.len() > 1);
        let has_tone =
            tone.is_some_and(|tone| (1..=5).contains(&tone)) && !word.folded.ends_with(|c: char| c.is_ascii_digit());
        if has_tone {
            let plain: String = word.exact.chars().take(word.exact.chars().count() - 1).collect();
            typing::telex_keys(&plain, tone.unwrap_or(0) as u8)
        } else {
            typing::telex_keys(&word.exact, 0)
        }
    });
    keys.collect::<Vec<_>>().join(" ")
}

fn mistyped(text: &str, dice: &mut Dice) -> Option<String> {
    let mut parts: Vec<Vec<char>> = text.split(' ').map(|part| part.chars().collect()).collect();
    let long: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].len() >= 5).collect();
    if long.is_empty() {
        return None;
    }
    let at = long[dice.roll(long.len())];
    let word = &mut parts[at];
    let place = dice.roll(word.len() - 1);
    match dice.roll(4) {
        0 => drop(word.remove(place)),
        1 => word.swap(place, place + 1),
        2 => word.insert(place, char::from(b'a' + dice.roll(26) as u8)),
        _ => word[place] = char::from(b'a' + dice.roll(26) as u8),
    }
    Some(parts.into_iter().map(|part| part.into_iter().collect::<String>()).collect::<Vec<_>>().join(" "))
}

type Kind = (&'static str, fn(&Texts, &mut Dice) -> Option<(String, String)>);

/// Each makes a query and the folded words by which the articles that fit it are counted.
const KINDS: [Kind; 7] = [
    ("four words of the title, no diacritics", |article, dice| {
        let said = piece(&article.title, 4, dice)?;
        Some((without_marks(&said), said))
    }),
    ("the same, as written", |article, dice| piece(&article.title, 4, dice).map(|said| (said.clone(), said))),
    ("two pieces of the lead, folded, any order", |article, dice| {
        let (one, other) = (piece(&article.lead, 3, dice)?, piece(&article.lead, 3, dice)?);
        let said = format!("{other} {one}");
        Some((without_marks(&said), said))
    }),
    ("tone marks placed the other way", |article, dice| {
        let said = piece(&article.title, 4, dice)?;
        Some((other_tones(&said), said))
    }),
    ("raw Telex keystrokes", |article, dice| {
        let said = piece(&article.title, 4, dice)?;
        Some((telex(&said), said))
    }),
    ("one typing error", |article, dice| {
        let said = piece(&article.title, 4, dice)?;
        Some((mistyped(&without_marks(&said), dice)?, said))
    }),
    ("two pieces of the body, folded", |article, dice| {
        let (one, other) = (piece(&article.body, 3, dice)?, piece(&article.body, 3, dice)?);
        let said = format!("{one} {other}");
        Some((without_marks(&said), said))
    }),
];

/// A query and the article it was made of.
pub type Asked = (String, usize);

/// The queries of each kind: those that tell their article apart, since no more than [`MOST_FITTING`] have all words.
pub fn chosen(all: &[Texts]) -> Vec<(&'static str, Vec<Asked>)> {
    let bag = |article: &Texts| -> HashSet<String> {
        let text = format!("{}\n{}\n{}", article.title, article.lead, article.body);
        words(&text).into_iter().map(|word| word.folded.clone()).collect()
    };
    let bags: Vec<HashSet<String>> = all.iter().map(bag).collect();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut chosen = Vec::new();
    for (kind, make) in KINDS {
        let mut queries = Vec::new();
        for _ in 0..QUERIES * 20 {
            if queries.len() == QUERIES {
                break;
            }
            let target = dice.roll(all.len());
            let Some((query, said)) = all.get(target).and_then(|article| make(article, &mut dice)) else { continue };
            let wanted: Vec<String> = words(&said).into_iter().map(|word| word.folded.clone()).collect();
            let fits = bags.iter().filter(|bag| wanted.iter().all(|word| bag.contains(word))).take(MOST_FITTING + 1);
            if fits.count() <= MOST_FITTING {
                queries.push((query, target));
            }
        }
        chosen.push((kind, queries));
    }
    chosen
}

/// The queries as other search programs read them.
pub fn written(asked: &[(&'static str, Vec<Asked>)], all: &[Texts]) -> serde_json::Value {
    let query = |(query, target): &Asked| {
        let article = &all[*target];
        serde_json::json!({ "query": query, "target": format!("{}/{}", article.section, article.slug) })
    };
    asked
        .iter()
        .map(|(kind, queries)| serde_json::json!({ "kind": kind, "queries": queries.iter().map(query).collect::<Vec<_>>() }))
        .collect()
}
