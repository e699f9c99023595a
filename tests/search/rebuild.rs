//! What changes from one index to the next.

use super::{Built, article, others};

#[test]
fn the_same_articles_give_the_same_bytes_in_whatever_order_they_come() {
    let mut articles = others(0, 100);
    let one = Built::of(&articles).files();
    articles.reverse();
    articles[3..60].rotate_left(11);
    assert_eq!(Built::of(&articles).files(), one);
}

#[test]
fn a_new_article_changes_few_files() {
    let built = Built::of(&others(0, 101));
    let before = built.files();
    let changed = |built: &Built| {
        let after = built.files();
        after
            .iter()
            .filter(|(name, bytes)| before.get(*name) != Some(*bytes))
            .map(|(name, _)| name.clone())
            .collect::<Vec<_>>()
    };
    built.write(&[others(0, 101), vec![article(200, "Tin mới nhất", "", "Nội dung.")]].concat());
    let names: Vec<_> =
        changed(&built).iter().map(|name| name.split('-').next().unwrap_or_default().to_owned()).collect();
    assert_eq!(
        names,
        ["entry.bin", "parts/d", "parts/t"],
        "where articles are few, each new word is in the dictionary"
    );
    assert_eq!(built.first("tin mới nhất"), "Tin mới nhất");
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
