//! The same sources give the same bytes. What is written by a program of ours is held to that elsewhere; here are Trunk's files.

use std::fs;
use std::path::Path;

#[test]
fn scripts_are_taken_as_wasm_bindgen_wrote_them() {
    // Trunk's minifier, where it can read a script, puts its functions in another order each time.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["app.js", "search.js"] {
        let read = |folder: &str| {
            fs::read_to_string(root.join(folder).join(name))
                .unwrap_or_else(|_| panic!("{folder}/{name}: run `make build` first"))
        };
        assert!(read("dist/.program") == read("target/wasm-bindgen/release"), "{name}");
    }
}
