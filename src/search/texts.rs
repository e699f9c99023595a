//! What of an article is searched, and the terms it has.

use super::analysis::{Word, synonyms, words};
use super::format::{Damaged, Field, Reader, TERM_BITS, put, put_signed, put_text};
use super::names::{dates, numbers};

/// What of an article is searched, or of an undated page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts {
    /// Its section; empty for a page.
    pub section: String,
    /// Its name in the section, or the page's.
    pub slug: String,
    /// When it was published, in Unix seconds; 0 for what has no date.
    pub published: i64,
    /// The year of that day in Việt Nam; 0 for what has no date.
    pub year: u16,
    /// The language of its texts, where it is not the portal's.
    pub language: String,
    /// Its headline.
    pub title: String,
    /// Its lead.
    pub lead: String,
    /// Its tags, one a line.
    pub tags: String,
    /// Its text, one line a paragraph.
    pub body: String,
}

/// A term of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The term.
    pub term: u32,
    /// Is it a pair of words?
    pub is_pair: bool,
    /// How it is spelled; 0 of a pair, whose term tells it.
    pub spelling: u16,
    /// The most telling place where it stands so.
    pub field: Field,
}

impl Texts {
    /// Its texts, the most telling first.
    pub fn fields(&self) -> [(&str, Field); 4] {
        [(&self.title, Field::Title), (&self.lead, Field::Lead), (&self.tags, Field::Lead), (&self.body, Field::Body)]
    }

    /// The words of its texts, the most telling text first.
    pub fn words(&self) -> [(Vec<Word>, Field); 4] {
        self.fields().map(|(text, field)| (words(text), field))
    }

    /// Writes the article into a tail.
    pub fn write(&self, out: &mut Vec<u8>) {
        put_signed(self.published, out);
        put(u64::from(self.year), out);
        for text in [&self.section, &self.slug, &self.language, &self.title, &self.lead, &self.tags, &self.body] {
            put_text(text, out);
        }
    }

    /// Reads what [`Texts::write`] wrote.
    ///
    /// # Errors
    /// The bytes are damaged.
    pub fn read(from: &mut Reader<'_>) -> Result<Self, Damaged> {
        let published = from.signed()?;
        let year = u16::try_from(from.number()?).map_err(|_| Damaged)?;
        let mut text = || from.text().map(str::to_owned);
        let (section, slug, language, title) = (text()?, text()?, text()?, text()?);
        Ok(Self { section, slug, published, year, language, title, lead: text()?, tags: text()?, body: text()? })
    }
}

impl Occurrence {
    /// So many bits has a [`Occurrence::key`], of which the lowest are the field.
    pub const KEY_BITS: u32 = TERM_BITS + 1 + u16::BITS + Self::FIELD_BITS;
    /// So many bits has the field.
    pub const FIELD_BITS: u32 = 2;

    /// A number whose order is that of terms, spellings and, the most telling first, fields.
    pub fn key(self) -> u64 {
        let is_pair = u64::from(self.is_pair) << 18;
        u64::from(self.term) << 19 | is_pair | u64::from(self.spelling) << 2 | (Field::Title as u64 - self.field as u64)
    }

    /// The term of a [`Occurrence::key`].
    pub fn of_key(key: u64) -> Self {
        let field = Field::from_bits(Field::Title as u8 - (key as u8 & 3).min(Field::Title as u8));
        Self { term: (key >> 19) as u32, is_pair: key >> 18 & 1 == 1, spelling: (key >> 2) as u16, field }
    }
}

/// The terms of an article in order, from its [`Texts::words`]: each word in each of its spellings, and each pair of words side by
/// side.
pub fn terms(texts: &[(Vec<Word>, Field)]) -> Vec<Occurrence> {
    let mut terms = Vec::new();
    for (words, field) in texts {
        occurrences(words, *field, |own| terms.push(own.key()));
    }
    terms.sort_unstable();
    // The best field comes first, and stays.
    terms.dedup_by_key(|key| *key >> Occurrence::FIELD_BITS);
    terms.into_iter().map(Occurrence::of_key).collect()
}

/// Notes the terms of the words of a text, as often as they occur.
pub fn occurrences(words: &[Word], field: Field, mut note: impl FnMut(Occurrence)) {
    let mut note_word =
        |word: &Word| note(Occurrence { term: word.term(), is_pair: false, spelling: word.spelling, field });
    words.iter().for_each(&mut note_word);
    dates(words).iter().for_each(|date| note_word(&date.word));
    numbers(words).iter().for_each(&mut note_word);
    let synonyms = synonyms(words);
    synonyms.iter().flat_map(|synonym| &synonym.words).for_each(&mut note_word);
    let mut note_pair =
        |first: &Word, second: &Word| note(Occurrence { term: first.pair(second), is_pair: true, spelling: 0, field });
    words.windows(2).filter(|pair| !pair[1].begins).for_each(|pair| note_pair(&pair[0], &pair[1]));
    for synonym in &synonyms {
        // What stands before it and after it, as it is written or in its other way.
        let begins = |at: usize| words.get(at).is_none_or(|word| word.begins);
        let before = (!begins(synonym.of.start)).then(|| &words[synonym.of.start - 1]);
        let after = (!begins(synonym.of.end)).then(|| &words[synonym.of.end]);
        let all: Vec<&Word> = before.into_iter().chain(&synonym.words).chain(after).collect();
        all.windows(2).for_each(|pair| note_pair(pair[0], pair[1]));
        let next = synonyms.iter().filter(|next| after.is_some() && next.of.start == synonym.of.end);
        let ends = next.filter_map(|next| Some((synonym.words.last()?, next.words.first()?)));
        ends.for_each(|(last, first)| note_pair(last, first));
    }
}

#[cfg(test)]
mod tests {
    use super::super::analysis::Form;
    use super::*;

    fn texts() -> Texts {
        Texts {
            section: "tin-tuc".to_owned(),
            slug: "duong".to_owned(),
            published: -480_000_000,
            year: 1954,
            language: "en".to_owned(),
            title: "Đường phố".to_owned(),
            lead: "Dương phố".to_owned(),
            tags: String::new(),
            body: "Phố. Phường".to_owned(),
        }
    }

    #[test]
    fn terms_know_their_best_place_and_all_their_spellings() {
        let terms = terms(&texts().words());
        let form = Form::of;
        let fields = |term, spelling| {
            let own = terms.iter().filter(|own| own.term == term && own.spelling == spelling);
            own.map(|own| own.field).collect::<Vec<_>>()
        };
        let word = |written| fields(form(written).term(), form(written).spelling);
        let pair = |first, second| fields(form(first).pair(&form(second)), 0);
        assert_eq!(word("đường"), [Field::Title]);
        assert_eq!(word("dương"), [Field::Lead]);
        assert_eq!(word("phố"), [Field::Title]);
        assert_eq!(pair("đường", "phố"), [Field::Title]);
        assert_eq!(pair("dương", "phố"), [Field::Lead]);
        assert!(pair("phố", "phường").is_empty(), "a pair over the end of a sentence");
    }

    #[test]
    fn what_stands_beside_an_abbreviation_makes_pairs_with_its_words() {
        let texts = Texts { body: "Họp. UBND TP.HCM: Sở GD&ĐT".to_owned(), ..Texts::default() };
        let terms = terms(&texts.words());
        let has = |first, second| {
            let pair = Form::of(first).pair(&Form::of(second));
            terms.iter().any(|own| own.is_pair && own.term == pair)
        };
        for (first, second) in
            [("nhân", "dân"), ("ubnd", "thành"), ("dân", "tp"), ("dân", "thành"), ("minh", "sở"), ("sở", "giáo")]
        {
            assert!(has(first, second), "{first} {second}");
        }
        assert!(!has("họp", "ủy"), "a pair over the end of a sentence");
    }

    #[test]
    fn what_is_written_is_read() {
        let mut bytes = Vec::new();
        texts().write(&mut bytes);
        assert_eq!(Texts::read(&mut Reader::new(&bytes)), Ok(texts()));
        assert_eq!(Texts::read(&mut Reader::new(&bytes[..bytes.len() - 1])), Err(Damaged));
    }
}
