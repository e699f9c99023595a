//! The files of an index that are missing or damaged, and an index of nothing.

use super::{Built, article, others};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use portal::search::engine::Query;
use portal::search::format::{ENTRY, VERSION};
use portal::search::index::Failure;
use std::io::Write;

fn ask(built: &Built) -> Result<usize, Failure> {
    built.search(&Query { text: "lễ hội", ..Query::default() }).map(|found| found.total)
}

#[test]
fn an_index_of_another_version_is_of_another_release_rather_than_damaged() {
    let built = built();
    let entry = built.path().join(ENTRY);
    let write = |bytes: &[u8]| {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(bytes).expect("packed");
        std::fs::write(&entry, packed.finish().expect("packed")).expect("written");
    };
    for version in [VERSION - 1, VERSION + 1] {
        write(&[version, 200, 200]);
        assert_eq!(ask(&built), Err(Failure::Foreign), "{version}");
    }
    write(&[VERSION, 200, 200]);
    assert_eq!(ask(&built), Err(Failure::Damaged(ENTRY.to_owned())));
}

/// Is it one of many parts, which not every query asks for?
fn is_part(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    name.starts_with(['p', 'n', 'h'])
}

fn built() -> Built {
    Built::of(&[vec![article(0, "Lễ hội", "", "")], others(1, 40)].concat())
}

#[test]
fn a_portal_without_articles_has_an_index_that_finds_nothing() {
    let built = Built::of(&[]);
    assert_eq!(ask(&built), Ok(0));
    assert_eq!(built.files().len(), 5, "entry, facts, dictionary, tail and marks: {:?}", built.files().keys());
}

#[test]
fn a_few_articles_stand_in_the_tail_alone() {
    let built = Built::of(&[article(0, "Lễ hội", "", "")]);
    assert_eq!(ask(&built), Ok(1));
    assert_eq!(built.files().len(), 5);
}

#[test]
fn a_missing_file_is_named() {
    let built = built();
    for (name, bytes) in built.files() {
        std::fs::remove_file(built.path().join(&name)).expect("removed");
        match ask(&built) {
            Err(Failure::Missing(missing)) => assert_eq!(missing, name),
            // A part that this query has no need of.
            Ok(1) => assert!(is_part(&name), "{name}"),
            other => panic!("{name}: {other:?}"),
        }
        std::fs::write(built.path().join(&name), bytes).expect("written");
    }
}

#[test]
fn a_damaged_file_is_an_error_and_never_a_wrong_answer() {
    let built = built();
    for (name, bytes) in built.files() {
        for damaged in [&bytes[..bytes.len() / 2], b"", b"<!doctype html>"] {
            std::fs::write(built.path().join(&name), damaged).expect("written");
            match ask(&built) {
                Err(Failure::Damaged(damaged)) => assert_eq!(damaged, name),
                Ok(1) => assert!(is_part(&name), "{name}"),
                other => panic!("{name}: {other:?}"),
            }
        }
        std::fs::write(built.path().join(&name), bytes).expect("written");
    }
}
