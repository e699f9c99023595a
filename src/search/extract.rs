//! The part of a text that shows why it was found, and the words that were asked for in it.

use super::analysis::{Word, synonyms, words};
use super::names::dates;

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

/// What is asked for, to be marked in texts.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of each word of the query, what it may be.
    slots: Vec<Vec<Word>>,
    /// Other ways to say parts of it.
    phrases: Vec<Vec<Word>>,
}

impl Wanted {
    /// What these words of a query ask for, and the other ways to say them.
    pub fn new(slots: Vec<Vec<Word>>, query: &[Word]) -> Self {
        Self { slots, phrases: synonyms(query).into_iter().map(|synonym| synonym.words).collect() }
    }

    /// Compares a text with what is asked for.
    pub fn compared<'a>(&'a self, text: &'a str) -> Compared<'a> {
        let words = words(text);
        Compared { wanted: self, text, found: self.found(&words), words }
    }

    /// Have texts together more than half of the words of the query?
    pub fn is_mostly_in(&self, texts: [&Compared<'_>; 2]) -> bool {
        let words: Vec<Word> = texts.iter().flat_map(|text| text.words.iter().cloned()).collect();
        all_of(&self.found(&words)).count_ones() as usize * 2 > self.slots.len()
    }

    /// Of each word of a text, which slots it answers, a bit each; the highest bit for another way to say them.
    fn found(&self, words: &[Word]) -> Vec<u32> {
        let is_marked = self.slots.iter().flatten().any(|word| word.is_marked());
        let mut found = self.answers(words, is_meant);
        if is_marked && found.iter().all(|slots| *slots == 0) {
            // Found for other marks than those asked for.
            found = self.answers(words, |asked, word| asked.folded == word.folded);
        }
        let follows = |at: usize, next: usize| {
            words.get(next).is_some_and(|word| !word.begins) && found[at] & (found[next] >> 1) != 0
        };
        let in_pair = |at: usize| follows(at, at + 1) || at.checked_sub(1).is_some_and(|before| follows(before, at));
        let pairs: Vec<bool> = (0..words.len()).map(in_pair).collect();
        if !is_marked && pairs.contains(&true) {
            // Without marks a syllable is many words: what stands together tells which are meant.
            found.iter_mut().zip(&pairs).filter(|(_, pair)| !**pair).for_each(|(slots, _)| *slots = 0);
        }
        for date in dates(words) {
            let asked = self.answers(std::slice::from_ref(&date.word), |asked, date| asked.folded == date.folded)[0];
            found[date.of].iter_mut().for_each(|slots| *slots |= asked);
        }
        for phrase in &self.phrases {
            for at in 0..words.len() {
                let part = words.get(at..at + phrase.len()).unwrap_or_default();
                if !part.is_empty() && part.iter().zip(phrase).all(|(one, other)| one.folded == other.folded) {
                    found[at..at + phrase.len()].iter_mut().for_each(|slots| *slots |= 1 << 31);
                }
            }
        }
        found
    }

    fn answers(&self, words: &[Word], is_meant: impl Fn(&Word, &Word) -> bool) -> Vec<u32> {
        let slots_of = |word: &Word| {
            let slots =
                self.slots.iter().enumerate().filter(|(_, ways)| ways.iter().any(|asked| is_meant(asked, word)));
            slots.fold(0, |slots, (at, _)| slots | 1 << at.min(30))
        };
        words.iter().map(slots_of).collect()
    }
}

/// A text compared with what is asked for. It is taken to words once, whatever is asked of it: to take the texts of an answer
/// to words and compare them is a third of its work.
#[derive(Debug, Clone)]
pub struct Compared<'a> {
    wanted: &'a Wanted,
    text: &'a str,
    words: Vec<Word>,
    /// Of each word, what it answers ([`Wanted::found`]).
    found: Vec<u32>,
}

impl Compared<'_> {
    /// How near to each other the text has the words of the query: 1 if each stands beside the next, before or after it;
    /// less the more words lie between them; 0 if it lacks one.
    pub fn nearness(&self) -> f32 {
        let count = self.wanted.slots.len();
        let mut last: Vec<Option<usize>> = vec![None; count];
        // From each word of the query to the next.
        let mut ways: Vec<Option<usize>> = vec![None; count.saturating_sub(1)];
        for (at, slots) in self.wanted.answers(&self.words, is_meant).into_iter().enumerate() {
            for slot in (0..last.len()).filter(|slot| slots >> slot & 1 != 0) {
                last[slot] = Some(at);
            }
            for (way, ends) in ways.iter_mut().zip(last.windows(2)) {
                if let [Some(one), Some(other)] = ends
                    && one != other
                {
                    let now = one.abs_diff(*other);
                    *way = Some(way.map_or(now, |least| least.min(now)));
                }
            }
        }
        let near: Option<f32> = ways.iter().map(|way| way.map(|words| 1.0 / words as f32)).sum();
        near.unwrap_or_default() / ways.len().max(1) as f32
    }

    /// The text in runs; words that stand side by side are one run.
    pub fn marked(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut push = |text: &str, found: bool| match runs.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.found == found => last.text.push_str(text),
            _ => runs.push(Run { text: text.to_owned(), found }),
        };
        let mut end = 0;
        let mut after_found = false;
        for (word, slots) in self.words.iter().zip(&self.found) {
            let found = *slots != 0;
            let between = &self.text[end..word.place.start];
            push(between, after_found && found && (between == " " || word.joins));
            push(&self.text[word.place.clone()], found);
            end = word.place.end;
            after_found = found;
        }
        push(&self.text[end..], false);
        runs
    }

    /// What of the query the text has, a bit for each of its words, and one for another way to say them.
    pub fn answered(&self) -> u32 {
        all_of(&self.found)
    }

    /// The first part of the text, [`LENGTH`] characters at most, that has most of the query; it begins with a sentence
    /// if the words still fit then. The beginning, if it has none.
    pub fn window(&self) -> String {
        let Self { text, words: all, found, .. } = self;
        let start = |at: usize| all.get(at).map_or(0, |word| word.place.start);
        // Where each word begins and ends, in characters.
        let mut characters = 0;
        let mut end = 0;
        let mut to = |place: usize| {
            characters += text[end..place].chars().count();
            end = place;
            characters
        };
        let places: Vec<[usize; 2]> = all.iter().map(|word| [to(word.place.start), to(word.place.end)]).collect();
        let in_window = |from: usize| {
            let inside = places.iter().zip(found).skip(from);
            let inside = inside.take_while(|([_, end], _)| *end <= places[from][0] + LENGTH);
            all_of(inside.map(|(_, slots)| slots)).count_ones()
        };
        let most = self.answered().count_ones();
        // The first of the best.
        let mut best = (0, 0);
        for (at, _) in found.iter().enumerate().filter(|(_, slots)| **slots != 0) {
            let has = in_window(at);
            if has > best.0 {
                best = (has, at);
            }
            if has == most {
                break;
            }
        }
        let sentence = all.iter().take(best.1 + 1).rposition(|word| word.begins).unwrap_or(0);
        let from = if best.0 == 0 || in_window(sentence) == best.0 { sentence } else { best.1 };
        cut(text, if from == 0 { 0 } else { start(from) }).replace('\n', BREAK)
    }
}

/// What all words of a text answer together.
fn all_of<'a>(found: impl IntoIterator<Item = &'a u32>) -> u32 {
    found.into_iter().fold(0, |all, slots| all | slots)
}

/// Is this word of a text one that is asked for?
fn is_meant(asked: &Word, word: &Word) -> bool {
    if asked.is_marked() { asked.exact == word.exact } else { asked.folded == word.folded }
}

/// Stands between lines of a text that are shown as one.
const BREAK: &str = " · ";

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

    fn wanted(query: &str) -> Wanted {
        let query = super::super::names::with_dates(&words(query));
        Wanted::new(query.iter().map(|word| vec![word.clone()]).collect(), &query)
    }

    fn shown(query: &str, text: &str) -> String {
        let runs = wanted(query).compared(text).marked();
        assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<String>(), text);
        runs.iter().map(|run| if run.found { format!("[{}]", run.text) } else { run.text.clone() }).collect()
    }

    #[test]
    fn what_was_asked_for_is_marked() {
        for (query, text, marked) in [
            ("đường phố", "Đường phố, và phố.", "[Đường phố], và [phố]."),
            ("đường phố", "đường, phố", "[đường], [phố]"),
            ("duong", "Dương đi đường", "[Dương] đi [đường]"),
            ("đường", "Dương đi đường", "Dương đi [đường]"),
            ("đường", "Dương đi", "[Dương] đi"),
            ("tai nan", "Tại chỗ có tai nạn xe tải", "Tại chỗ có [tai nạn] xe tải"),
            ("UBND quận", "Ủy ban nhân dân quận có một ban", "[Ủy ban nhân dân quận] có một ban"),
            ("ủy ban nhân dân", "UBND", "[UBND]"),
            ("10/10/2020", "ngày 10 tháng 10 năm 2020", "[ngày 10 tháng 10 năm 2020]"),
            ("10/10/2020", "Từ 10-10-2020.", "Từ [10-10-2020]."),
            ("ngày 10/10 năm 2020", "Từ 10/10/2020, 10 người.", "Từ [10/10/2020], 10 người."),
            ("42 2022 nd cp", "Nghị định 42/2022/NĐ-CP về", "[Nghị định 42/2022/NĐ-CP] về"),
            ("hoa giai", "Ho\u{300}a giải", "[Ho\u{300}a giải]"),
            ("phố", "không có gì", "không có gì"),
            ("phố", "", ""),
        ] {
            assert_eq!(shown(query, text), marked);
        }
    }

    #[test]
    fn words_may_stand_near_each_other() {
        for (query, text, hundredths) in [
            ("sửa đường", "Sửa đường", 100),
            ("sua duong", "Đường sửa, sửa cả đường", 100),
            ("sửa đường", "Sửa lại đường", 50),
            ("sửa đường phố", "Sửa đường ở trong phố", 66),
            ("sửa đường", "Sửa Dương. Cấm đường.", 33),
            ("đường đường", "đường", 0),
            ("sửa đường", "Sửa Dương", 0),
            ("sửa đường phố", "Sửa đường", 0),
            ("sửa", "Sửa", 0),
            ("", "Sửa", 0),
        ] {
            assert_eq!((wanted(query).compared(text).nearness() * 100.0) as u32, hundredths, "{query}: {text}");
        }
    }

    #[test]
    fn the_extract_is_where_the_words_are() {
        let filler = "một hai ba bốn năm ".repeat(30);
        let text = format!("{filler}. Con đường. Nơi phố có đường đi. {filler}");
        let extract = wanted("đường phố").compared(&text).window();
        assert!(extract.starts_with("… Con đường. Nơi phố có đường đi. một"), "{extract}");
        assert!(extract.ends_with('…') && extract.chars().count() <= LENGTH + 3, "{extract}");
        assert_eq!(wanted("phố").compared("Ngắn thôi.").window(), "Ngắn thôi.");
        assert_eq!(wanted("phố").compared("").window(), "");
        assert_eq!(wanted("phố").compared("Một.\nPhố.").window(), "… Phố.");
        assert_eq!(wanted("đường phố").compared(&text).answered().count_ones(), 2);
    }

    #[test]
    fn the_extract_of_a_very_long_text_is_found() {
        let text = format!("{} Phố có đường.", "Đường. ".repeat(50_000));
        let extract = wanted("đường phố đi").compared(&text).window();
        assert!(extract.contains("Phố"), "{extract}");
    }

    #[test]
    fn long_words_are_cut_all_the_same() {
        assert_eq!(beginning(&"ư".repeat(500)), format!("{}…", "ư".repeat(LENGTH)));
    }
}
