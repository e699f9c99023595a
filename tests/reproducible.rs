//! The same sources give the same bytes. What is written by a program of ours is held to that elsewhere; here are Trunk's files.

use std::fs;
use std::path::Path;

#[test]
fn the_script_of_the_search_is_taken_as_wasm_bindgen_wrote_it() {
    // Trunk's minifier, where it can read a script, puts its functions in another order each time.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read =
        |name: &str| fs::read_to_string(root.join(name)).unwrap_or_else(|_| panic!("{name}: run `make build` first"));
    assert!(read("dist/.program/search.js") == read("target/wasm-bindgen/release/search.js"));
}
