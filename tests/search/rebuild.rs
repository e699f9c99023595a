//! What changes from one index to the next.

use super::{Built, article, others};
use portal::search::texts::Texts;
use portal::tools::index::Memory;

#[test]
fn the_same_articles_give_the_same_bytes_in_whatever_order_they_come() {
    let mut articles = others(0, 100);
    let one = Built::of(&articles).files();
    articles.reverse();
    articles[3..60].rotate_left(11);
    assert_eq!(Built::of(&articles).files(), one);
}

#[test]
fn the_index_is_the_same_however_little_memory_holds() {
    let articles: Vec<Texts> = (0..100).map(prose).collect();
    let expected = Built::of(&articles).files();
    let built = Built::of(&[]);
    built.write_within(&articles, Memory { block: 16, words: 10, pairs: 10 });
    assert!(built.files() == expected, "other bytes");
}

/// An article of different words.
fn prose(day: i64) -> Texts {
    let onsets = ["b", "c", "đ", "g", "h", "kh", "l", "m", "n", "ph", "t", "th", "v", "x"];
    let rimes = ["a", "ân", "ăng", "ep", "ên", "i", "iêu", "o", "ông", "ơi", "u", "ương", "ưa", "uyên"];
    let mut dice = day.unsigned_abs() + 1;
    let mut word = || {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (one, other) = ((dice >> 33) as usize, (dice >> 45) as usize);
        format!("{}{}", onsets[one % onsets.len()], rimes[other % rimes.len()])
    };
    let mut words = |count| (0..count).map(|_| word()).collect::<Vec<_>>().join(" ");
    article(day, &words(6), &words(20), &words(100))
}

/// How many files of an index there are, and how many of them another has not.
fn changed(before: &[Texts], after: &[Texts]) -> (Vec<String>, usize) {
    let (before, after) = (Built::of(before).files(), Built::of(after).files());
    let is_new = |(name, bytes): &(&String, &Vec<u8>)| before.get(*name) != Some(*bytes);
    (after.iter().filter(is_new).map(|(name, _)| name.clone()).collect(), after.len())
}

/// The kinds of files, each once.
fn kinds(names: &[String]) -> Vec<String> {
    let kind = |name: &String| name.rsplit('/').next().map_or('?', |name| name.chars().next().unwrap_or('?'));
    let mut kinds: Vec<String> = names.iter().map(kind).map(String::from).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

#[test]
fn a_new_article_changes_few_files() {
    let before = others(0, 101);
    let after = [before.clone(), vec![article(200, "Tin mới nhất", "", "Nội dung.")]].concat();
    let (names, _) = changed(&before, &after);
    let expected = ["d", "e", "t"];
    assert_eq!(kinds(&names), expected, "where articles are few, each new word is in the dictionary");
    assert_eq!(names.len(), 3);
    assert_eq!(Built::of(&after).first("tin mới nhất"), "Tin mới nhất");
}

#[test]
fn a_new_article_of_a_new_section_changes_no_more_files() {
    let before = others(0, 101);
    // Before that of the others by name.
    let new = Texts { section: "an-ninh".to_owned(), ..article(200, "Tin mới nhất", "", "Nội dung.") };
    let after = [before.clone(), vec![new]].concat();
    assert_eq!(changed(&before, &after).0.len(), 3);
    let built = Built::of(&after);
    let found = built.found("tin mới nhất");
    assert_eq!(found.hits[0].section.as_deref(), Some("an-ninh"));
    assert_eq!(built.found("bản tin").hits[0].section.as_deref(), Some("tin-tuc"));
}

#[test]
fn a_correction_of_an_old_article_changes_few_files() {
    let before: Vec<Texts> = (0..250).map(prose).collect();
    let with = |change: &dyn Fn(&mut Texts)| {
        let mut after = before.clone();
        change(&mut after[100]);
        changed(&before, &after)
    };
    // A word of the text: it, the one in its place, and both with their neighbours.
    let (names, all) = with(&|own| own.body = own.body.replacen(' ', " quyển ", 1));
    assert!(names.len() < 12, "{} of {all}: {names:?}", names.len());
    // A title of as many words.
    let (names, all) = with(&|own| own.title = own.title.replacen(' ', " quyển", 1));
    assert!(names.len() < 40, "{} of {all}: {names:?}", names.len());
    assert!(kinds(&names).contains(&"h".to_owned()), "it is shown");
    // One that is gone keeps its place.
    let (names, all) = with(&|own| {
        *own = Texts { title: String::new(), lead: String::new(), body: String::new(), ..own.clone() };
    });
    assert!(names.len() < all / 3, "{} of {all}", names.len());
}

#[test]
fn a_correction_of_a_page_changes_few_files() {
    let page = |body: &str| Texts {
        slug: "lien-he".to_owned(),
        title: "Liên hệ".to_owned(),
        body: body.to_owned(),
        ..Texts::default()
    };
    let articles: Vec<Texts> = (0..250).map(prose).collect();
    let with = |body: &str| [vec![page(body)], articles.clone()].concat();
    let (names, all) = changed(&with("Số 8 phố Khuất Duy Tiến."), &with("Số 9 phố Khuất Duy Tiến."));
    assert!(names.len() < 12, "{} of {all}: {names:?}", names.len());
}

#[test]
fn files_of_a_former_index_are_removed() {
    let built = Built::of(&others(0, 100));
    let before = built.files();
    built.write(&others(500, 120));
    let after = built.files();
    assert!(before.keys().any(|name| !after.contains_key(name)));
    let fresh = Built::of(&others(500, 120)).files();
    assert_eq!(after, fresh);
}
