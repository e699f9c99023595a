//! How much each article has of a query, and the order that follows from it.

use super::format::{Field, Group, Posting, pair_spelling};
use super::index::{Facts, Failure, Index, Postings};
use super::query::{Slot, Way};

/// How much a term counts by where it stands.
struct Weights {
    title: f32,
    lead: f32,
    body: f32,
}

impl Weights {
    fn of(&self, field: Field) -> f32 {
        match field {
            Field::Title => self.title,
            Field::Lead => self.lead,
            Field::Body => self.body,
        }
    }
}

const WORD: Weights = Weights { title: 2.2, lead: 1.0, body: 0.35 };
const PAIR: Weights = Weights { title: 4.5, lead: 3.5, body: 2.5 };
/// Nothing tells more than the number of a document.
const NUMBER: Weights = Weights { title: 40.0, lead: 36.0, body: 32.0 };
/// What a word counts that has other marks than those asked for: less in a title than the word itself in a body.
const OTHER_MARKS: f32 = 0.12;
/// What it counts if it was typed without marks, among words with them: perhaps it has none.
const NO_MARKS: f32 = 0.5;
/// What a word with marks counts in a query without any: readers mostly leave them out, but "ca" may be meant as it is.
const UNTYPED_MARKS: f32 = 0.95;
/// What a title that has all of the query, and nothing else, gains.
const WHOLE_TITLE: f32 = 0.35;
/// What an article gains that has all words of the query side by side: "thống kê" in a body tells more than "thống nhất, kê
/// khai" in a title.
const PAIRED: f32 = 0.5;
/// What is left of an article that has a word of the query with other marks only.
const NOT_EXACT: f32 = 0.45;
/// How near the best of these comes at most to the last of those that have every word as it was typed: "đường" never loses to
/// "Dương". Far enough that what the hits show, which is weighed later, does not bring it ahead.
const BEHIND: f32 = 0.8;
/// What the newest article gains over the oldest.
const NEWEST: f32 = 0.03;
/// Results have this part of what the best of them has of the query's words.
const ENOUGH: f32 = 0.7;

/// What an article has of a query; one bit for each of its words.
#[derive(Clone, Copy, Default)]
struct Score {
    sum: f32,
    /// The words it has.
    words: u32,
    /// Those it has with the marks asked for.
    exact: u32,
    /// Those it has so in its title.
    title: u32,
    /// Those it has so with the next one beside them.
    paired: u32,
    /// The most it has of the word that is being added.
    best: f32,
}

/// What articles have of a query.
pub struct Scores {
    of: Vec<Score>,
    /// The words of the query that have marks.
    marked: u32,
    /// Those that are not looked up by themselves: any article may have them.
    unasked: u32,
}

impl Scores {
    /// Nothing yet, of so many articles; `marked` are the words of the query that have marks, a bit each, `unasked`
    /// those that are not looked up by themselves.
    pub fn new(articles: usize, marked: u32, unasked: u32) -> Self {
        Self { of: vec![Score::default(); articles], marked, unasked }
    }

    /// How telling it is that an article is one of so many.
    fn rarity(&self, frequency: usize) -> f32 {
        (1.0 + self.of.len() as f32 / frequency.max(1) as f32).ln()
    }

    /// What a spelling counts for words typed with these marks.
    fn likeness(&self, is_alike: bool, are_marked: bool) -> f32 {
        match (self.marked, are_marked) {
            _ if is_alike => 1.0,
            (0, _) => UNTYPED_MARKS,
            (_, true) => OTHER_MARKS,
            (_, false) => NO_MARKS,
        }
    }

    /// Adds a word of the query: of each article the best it has of the word's ways. Answers whether any has it as typed.
    ///
    /// # Errors
    /// A part is damaged.
    pub fn add_slot(&mut self, at: usize, slot: &Slot, index: &Index, from: &Postings) -> Result<bool, Failure> {
        let bit = 1 << at;
        let mut is_known = false;
        for way in slot.ways.iter().filter(|way| way.alone) {
            let groups = index.word(way.word.term(), from)?;
            is_known |= way.correction.is_none() && !groups.is_empty();
            let wanted = way.word.spelling;
            let alike = groups.iter().find(|group| self.marked != 0 && group.spelling == wanted);
            let all = || groups.iter().map(|group| group.list.len()).sum();
            let rarity = self.rarity(alike.map_or_else(all, |group| group.list.len()));
            for group in &groups {
                let likeness = self.likeness(group.spelling == wanted, way.word.is_marked());
                let weight = rarity * way.weight * likeness;
                for posting in &group.list {
                    let Some(score) = self.of.get_mut(posting.article as usize) else { continue };
                    score.best = score.best.max(weight * WORD.of(posting.field));
                    score.note(bit, likeness, posting.field);
                }
            }
        }
        for score in &mut self.of {
            score.sum += std::mem::take(&mut score.best);
        }
        Ok(is_known)
    }

    /// Adds the number of a document, whose words were added.
    pub fn add_number(&mut self, groups: &[Group]) {
        let rarity = self.rarity(groups.iter().map(|group| group.list.len()).sum());
        for posting in groups.iter().flat_map(|group| &group.list) {
            if let Some(score) = self.of.get_mut(posting.article as usize) {
                score.sum += rarity * NUMBER.of(posting.field);
                // It is that document, whatever the marks: many write `ND-CP`.
                score.exact |= score.words;
            }
        }
    }

    /// Adds two words of the query side by side. `asked` are those of them that were looked up by themselves: an article
    /// without them has another pair of the same term, and one that has them only with other marks has the pair so.
    /// Answers how many articles have it.
    pub fn add_pair(&mut self, at: usize, asked: u32, groups: &[Group], first: &Way, second: &Way) -> usize {
        let wanted = pair_spelling(first.word.pair(&second.word));
        // Without marks a word is meant as it is where articles have the pair so.
        let are_marked =
            first.word.is_marked() && second.word.is_marked() || groups.iter().any(|group| group.spelling == wanted);
        let mut found: Vec<(Posting, f32)> = Vec::new();
        for group in groups {
            let likeness = self.likeness(group.spelling == wanted, are_marked);
            for posting in &group.list {
                match self.of.get(posting.article as usize) {
                    Some(score) if score.words & asked != asked => {}
                    Some(score) if score.exact & asked != asked => found.push((*posting, likeness.min(OTHER_MARKS))),
                    Some(_) => found.push((*posting, likeness)),
                    None => {}
                }
            }
        }
        let alike = found.iter().filter(|(_, likeness)| *likeness >= NO_MARKS).count();
        let rarity = self.rarity(if alike == 0 { found.len() } else { alike });
        for (posting, likeness) in &found {
            let score = &mut self.of[posting.article as usize];
            score.sum += rarity * first.weight * second.weight * likeness * PAIR.of(posting.field);
            score.note(3 << at, *likeness, posting.field);
            score.paired |= u32::from(*likeness >= NO_MARKS) << at;
        }
        found.len()
    }

    /// The articles that have enough of the query, the best first, each with its score. Where there are some with the
    /// marks asked for, only those.
    pub fn ranked(self, words: usize, facts: &[Facts]) -> Vec<(u32, f32)> {
        let (asked, articles) = (words.max(1) as f32, self.of.len().max(1) as f32);
        // No article is left out for want of a word that nobody looked up.
        let count = |words: u32| if words == 0 { 0 } else { (words | self.unasked).count_ones() };
        let most = |of: fn(&Score) -> u32| self.of.iter().map(|score| count(of(score))).max().unwrap_or_default();
        let (all, exact) = (most(|score| score.words), most(|score| score.exact));
        let enough = |most: u32| (most as f32 * ENOUGH).ceil().max(1.0) as u32;
        let are_exact = exact >= enough(all);
        let every = !(u32::MAX << words);
        let mut scored: Vec<(u32, f32, bool)> = Vec::new();
        // The last of those with every word as it was typed, and the best of those with other marks.
        let (mut last, mut best) = (f32::MAX, f32::MIN_POSITIVE);
        for (article, (score, facts)) in (0_u32..).zip(self.of.iter().zip(facts)) {
            let has = if are_exact { score.exact } else { score.words };
            if count(has) < enough(if are_exact { exact } else { all }) {
                continue;
            }
            let matched = has.count_ones() as f32 / asked;
            let of_title = score.title.count_ones() as f32 / f32::from(facts.title_words.max(1)).max(asked);
            let newness = article as f32 / articles;
            let paired = score.paired.count_ones() as f32 / (asked - 1.0).max(1.0);
            let has_other_marks = score.words & self.marked & !score.exact != 0;
            let exactness = if has_other_marks { NOT_EXACT } else { 1.0 };
            let bonus = (1.0 + WHOLE_TITLE * of_title) * (1.0 + PAIRED * paired) * exactness * (1.0 + NEWEST * newness);
            let sum = score.sum * matched * matched * bonus;
            if has_other_marks {
                best = best.max(sum);
            } else if (score.words | self.unasked) & every == every {
                last = last.min(sum);
            }
            scored.push((article, sum, has_other_marks));
        }
        let behind = (BEHIND * last / best).min(1.0);
        let key = |(article, sum, has_other_marks): (u32, f32, bool)| {
            let sum = if has_other_marks { sum * behind } else { sum };
            // The bits of positive numbers are in the order of the numbers; of those alike the newest comes first.
            u64::from(sum.to_bits()) << 32 | u64::from(article)
        };
        let mut ranked: Vec<u64> = scored.into_iter().map(key).collect();
        ranked.sort_unstable();
        ranked.into_iter().rev().map(|key| (key as u32, f32::from_bits((key >> 32) as u32))).collect()
    }
}

impl Score {
    /// Notes that an article has these words.
    fn note(&mut self, words: u32, likeness: f32, field: Field) {
        self.words |= words;
        if likeness >= NO_MARKS {
            self.exact |= words;
            self.title |= if field == Field::Title { words } else { 0 };
        }
    }
}
