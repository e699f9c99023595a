//! The same sources give the same bytes. What is written by a program of ours is held to that elsewhere; here are Trunk's files.

#[allow(dead_code)]
#[path = "common/corpus.rs"]
mod common;
mod fixture;

use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_real_program_and_the_sample_content_give_the_same_bytes_wherever_they_are_built() {
    let program = root().join("dist");
    assert!(program.join("index.html").is_file(), "run `make build` first");
    let [api, files] = ["public/api/v1", "public"].map(|name| root().join(name).display().to_string());
    let place = tempfile::tempdir().expect("a temporary folder");
    let built = ["a", "another/place/with-a-longer-name"].map(|name| {
        let out = place.path().join(name);
        common::copy_without_content(&program, &out);
        common::tool("build", &["--api", &api, "--files", &files, "--out", "."], &out);
        fixture::snapshot(&out)
    });
    let [one, other] = &built;
    let differing: Vec<&String> = one.keys().chain(other.keys()).filter(|it| one.get(*it) != other.get(*it)).collect();
    assert!(differing.is_empty(), "{differing:?}");
    assert!(one.len() > 200 && one.keys().any(|name| name.ends_with("_bg.wasm")), "{} files", one.len());
}

#[test]
fn the_script_of_the_search_is_taken_as_wasm_bindgen_wrote_it() {
    // Trunk's minifier, where it can read a script, puts its functions in another order each time.
    let read =
        |name: &str| fs::read_to_string(root().join(name)).unwrap_or_else(|_| panic!("{name}: run `make build` first"));
    assert!(read("dist/.program/search.js") == read("target/wasm-bindgen/release/search.js"));
}
