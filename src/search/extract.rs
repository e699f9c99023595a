//! The part of a text that shows why it was found, and the words that were asked for in it.

use super::analysis::{Word, words};

/// How long an extract is, in characters.
pub const LENGTH: usize = 180;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The piece.
    pub text: String,
    /// Was it asked for?
    pub found: bool,
}

/// A text in runs; words that stand side by side are one run.
pub fn marked(text: &str, is_wanted: impl Fn(&Word) -> bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut push = |text: &str, found: bool| match runs.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.found == found => last.text.push_str(text),
        _ => runs.push(Run { text: text.to_owned(), found }),
    };
    let mut end = 0;
    let mut after_found = false;
    for word in words(text) {
        let found = is_wanted(&word);
        let between = &text[end..word.place.start];
        push(between, after_found && found && between == " ");
        push(&text[word.place.clone()], found);
        end = word.place.end;
        after_found = found;
    }
    push(&text[end..], false);
    runs
}

/// How many different words that are wanted a text has.
pub fn count(text: &str, is_wanted: impl Fn(&Word) -> bool) -> usize {
    distinct(words(text).iter().filter(|word| is_wanted(word)))
}

fn distinct<'a>(words: impl Iterator<Item = &'a Word>) -> usize {
    let mut folded: Vec<&str> = Vec::new();
    for word in words {
        if !folded.contains(&word.folded.as_str()) {
            folded.push(&word.folded);
        }
    }
    folded.len()
}

/// Stands between lines of a text that are shown as one.
const BREAK: &str = " · ";

/// The first part of a text, [`LENGTH`] characters at most, that has most of the words that are wanted; it begins with
/// a sentence if the words still fit then. The beginning, if it has none.
pub fn window(text: &str, is_wanted: impl Fn(&Word) -> bool) -> String {
    let all = words(text);
    let end_of = |start: usize| text[start..].char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| start + at);
    let in_window = |start: usize| {
        let end = end_of(start);
        distinct(all.iter().filter(|word| word.place.start >= start && word.place.end <= end && is_wanted(word)))
    };
    // The first of the best.
    let mut best = (0, 0);
    for (at, word) in all.iter().enumerate().filter(|(_, word)| is_wanted(word)) {
        let has = in_window(word.place.start);
        if has > best.0 {
            best = (has, at);
        }
    }
    let sentence = all.iter().take(best.1 + 1).rposition(|word| word.begins).unwrap_or(0);
    let start = |at: usize| all.get(at).map_or(0, |word| word.place.start);
    let from = if best.0 == 0 || in_window(start(sentence)) == best.0 { sentence } else { best.1 };
    cut(text, if from == 0 { 0 } else { start(from) }).replace('\n', BREAK)
}

/// A text from a place on, cut between words.
fn cut(text: &str, from: usize) -> String {
    let rest = text[from..].trim_start();
    let before = if from == 0 { "" } else { "… " };
    match rest.char_indices().nth(LENGTH) {
        None => format!("{before}{}", rest.trim_end()),
        Some((end, _)) => {
            let end = rest[..end].rfind(' ').unwrap_or(end);
            format!("{before}{}…", rest[..end].trim_end_matches([' ', ',', ';', '.', '\n']))
        }
    }
}

/// The beginning of a text, cut between words.
pub fn beginning(text: &str) -> String {
    cut(text, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(word: &Word) -> bool {
        ["duong", "pho"].contains(&word.folded.as_str())
    }

    fn shown(runs: &[Run]) -> String {
        runs.iter().map(|run| if run.found { format!("[{}]", run.text) } else { run.text.clone() }).collect()
    }

    #[test]
    fn what_was_asked_for_is_marked() {
        for (text, runs) in [
            ("Đường phố, và phố.", "[Đường phố], và [phố]."),
            ("đường, phố", "[đường], [phố]"),
            ("không có gì", "không có gì"),
            ("", ""),
        ] {
            assert_eq!(shown(&marked(text, wanted)), runs);
            assert_eq!(marked(text, wanted).iter().map(|run| run.text.as_str()).collect::<String>(), text);
        }
    }

    #[test]
    fn the_extract_is_where_the_words_are() {
        let filler = "một hai ba bốn năm ".repeat(30);
        let text = format!("{filler}. Con đường. Nơi phố có đường đi. {filler}");
        let extract = window(&text, wanted);
        assert!(extract.starts_with("… Con đường. Nơi phố có đường đi. một"), "{extract}");
        assert!(extract.ends_with('…') && extract.chars().count() <= LENGTH + 3, "{extract}");
        assert_eq!(window("Ngắn thôi.", wanted), "Ngắn thôi.");
        assert_eq!(window("", wanted), "");
        assert_eq!(count(&text, wanted), 2);
    }

    #[test]
    fn long_words_are_cut_all_the_same() {
        assert_eq!(beginning(&"ư".repeat(500)), format!("{}…", "ư".repeat(LENGTH)));
    }
}
