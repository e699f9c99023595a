//! The same sources give the same bytes. What is written by a program of ours is held to that elsewhere; here are Trunk's files.

use std::fs;
use std::path::Path;

#[test]
fn scripts_are_published_as_wasm_bindgen_wrote_them() {
    // Trunk's minifier, where it can read a script, puts its functions in another order each time.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read =
        |path: &Path| fs::read_to_string(path).unwrap_or_else(|_| panic!("{}: run `make build` first", path.display()));
    let written = |name: &str| read(&root.join("target/wasm-bindgen/release").join(name));
    let files =
        fs::read_dir(root.join("dist")).expect("run `make build` first").map(|entry| entry.expect("readable").path());
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let app = files.into_iter().find(|path| name(path).starts_with("app-") && name(path).ends_with(".js"));
    assert!(read(&app.expect("the program")) == written("app.js"));
    assert!(read(&root.join("dist/.program/search.js")) == written("search.js"));
}
