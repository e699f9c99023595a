//! What a reader's phone has to fetch: budgets, and which crates are to blame when one is passed.
//!
//! `make sizes` writes the sizes by crate that later builds are compared with (`tests/size.json`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program, wasm and scripts together, in bytes as sent (brotli).
const PROGRAM: usize = 150_000;
/// The search program, which is loaded when a reader reaches for the search.
const SEARCH: usize = 65_000;
/// An article of about 1,600 words with the styles it carries, in bytes as sent (brotli).
const ARTICLE: usize = 25_000;
/// Sizes by crate when the budget was last looked at.
const BASELINE: &str = "tests/size.json";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files directly in `dist/` with these ends of their names.
fn built(ends: &[&str]) -> Vec<PathBuf> {
    let files =
        fs::read_dir(root().join("dist")).expect("run `make build` first").map(|entry| entry.expect("readable"));
    files.map(|file| file.path()).filter(|path| ends.iter().any(|end| path.to_string_lossy().ends_with(end))).collect()
}

/// How many bytes a host sends of a file.
fn sent(path: &Path) -> usize {
    let mut packed = Vec::new();
    let bytes = fs::read(path).expect("readable");
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &brotli::enc::BrotliEncoderParams::default())
        .expect("packing in memory cannot fail");
    packed.len()
}

/// The scripts and wasm of the search, or all others, each with its size.
fn program(is_search: bool) -> Vec<(String, usize)> {
    let files = built(&[".wasm", ".js"]);
    assert!(files.len() >= 5, "run `make build` first: {files:?}");
    let name = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    let own = files.iter().filter(|path| name(path).starts_with("search-") == is_search);
    own.map(|path| (name(path), sent(path))).collect()
}

#[test]
fn the_search_program_stays_within_its_budget() {
    let sizes = program(true);
    let total: usize = sizes.iter().map(|(_, size)| size).sum();
    println!("{total} bytes: {sizes:?}");
    assert!(total <= SEARCH, "{total} bytes are more than {SEARCH}: {sizes:?}");
}

#[test]
fn the_program_stays_within_its_budget() {
    let mut sizes = program(false);
    // A reader is sent the start script of their language only: the largest counts.
    sizes.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let mut starts = 0;
    sizes.retain(|(name, _)| {
        starts += usize::from(name.starts_with("start-"));
        !name.starts_with("start-") || starts == 1
    });
    let total: usize = sizes.iter().map(|(_, size)| size).sum();
    println!("{total} bytes: {sizes:?}");
    assert!(total <= PROGRAM, "{total} bytes are more than {PROGRAM}: {sizes:?}\n{}", growth(&by_crate(), &baseline()));
}

#[test]
fn an_article_with_its_styles_is_light() {
    let article = root().join("dist/chinh-tri-kinh-te-do-thi/thanh-xuan-hai-thap-ky-doi-moi-do-thi/index.html");
    let total = sent(&article);
    println!("{total} bytes");
    assert!(total <= ARTICLE, "{total} bytes are more than {ARTICLE}");
}

#[test]
fn growth_names_the_crates_that_grew_most() {
    let sizes = |of: &[(&str, usize)]| of.iter().map(|(name, size)| ((*name).to_owned(), *size)).collect();
    let (before, now) =
        (sizes(&[("std", 900), ("leptos", 500)]), sizes(&[("std", 1000), ("leptos", 300), ("new", 150)]));
    assert_eq!(
        growth(&now, &before),
        "     +150       150  new\n     +100      1000  std\n     -200       300  leptos\n"
    );
}

#[test]
fn functions_belong_to_the_crate_that_wrote_them() {
    for (function, owner) in [
        ("portal::head::Head::of", "portal"),
        ("<portal::markup::Node as core::fmt::Display>::fmt", "portal"),
        ("<alloc::vec::Vec<T> as core::clone::Clone>::clone", "alloc"),
        ("<&T as core::fmt::Debug>::fmt", "core"),
        ("core::ptr::drop_in_place<serde_json::value::Value>", "core"),
        ("__wbindgen_malloc", "(without a crate)"),
    ] {
        assert_eq!(crate_of(function), owner, "{function}");
    }
}

/// Writes what later builds are compared with; `make sizes` asks for it.
#[test]
#[ignore = "writes tests/size.json; run by `make sizes`"]
fn write_the_baseline() {
    let text = serde_json::to_string_pretty(&by_crate()).expect("numbers are JSON");
    fs::write(root().join(BASELINE), text + "\n").expect("written");
}

fn baseline() -> BTreeMap<String, usize> {
    serde_json::from_str(&fs::read_to_string(root().join(BASELINE)).expect("the baseline is committed")).expect("JSON")
}

/// The crates, those that grew most first: by how much, and their size now, in bytes before packing.
fn growth(now: &BTreeMap<String, usize>, before: &BTreeMap<String, usize>) -> String {
    let names = now.keys().chain(before.keys().filter(|name| !now.contains_key(*name)));
    let size = |of: &BTreeMap<String, usize>, name: &str| of.get(name).map_or(0, |size| *size as i64);
    let mut lines: Vec<(i64, i64, &String)> =
        names.map(|name| (size(now, name) - size(before, name), size(now, name), name)).collect();
    lines.sort_by_key(|(grown, ..)| -grown);
    lines.iter().map(|(grown, size, name)| format!("{grown:>+9} {size:>9}  {name}\n")).collect()
}

/// The sizes of the functions of each crate, in bytes. Needs a build of its own, since the published one has no names.
fn by_crate() -> BTreeMap<String, usize> {
    let built = Command::new(env!("CARGO"))
        .args([
            "build",
            "--release",
            "--bin",
            "app",
            "--target",
            "wasm32-unknown-unknown",
            "--target-dir",
            "target/sizes",
        ])
        .args(["--config", "profile.release.strip=false"])
        .current_dir(root())
        .status()
        .expect("cargo runs");
    assert!(built.success(), "the program can be built");
    let wasm = fs::read(root().join("target/sizes/wasm32-unknown-unknown/release/app.wasm")).expect("it was built");
    let mut imported = 0;
    let mut sizes: Vec<usize> = Vec::new();
    let mut by_crate = BTreeMap::new();
    for part in wasmparser::Parser::new(0).parse_all(&wasm) {
        match part.expect("rustc writes valid wasm") {
            wasmparser::Payload::ImportSection(imports) => {
                let imports = imports.into_imports().map(|import| import.expect("valid").ty);
                imported = imports.filter(|kind| matches!(kind, wasmparser::TypeRef::Func(_))).count();
            }
            wasmparser::Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
            wasmparser::Payload::DataSection(data) => {
                by_crate.insert("(data)".to_owned(), data.range().len());
            }
            wasmparser::Payload::CustomSection(section) => {
                for (index, name) in function_names(&section) {
                    // Imported functions have no code; descriptions are what wasm-bindgen reads and then removes.
                    let Some(at) = index.checked_sub(imported).filter(|_| !name.contains("__wbindgen_describe")) else {
                        continue;
                    };
                    *by_crate.entry(crate_of(&name)).or_default() += sizes[at];
                }
            }
            _ => {}
        }
    }
    by_crate
}

/// The readable names of functions, by their place among all functions, if this section holds them.
fn function_names(section: &wasmparser::CustomSectionReader<'_>) -> Vec<(usize, String)> {
    let wasmparser::KnownCustom::Name(names) = section.as_known() else { return Vec::new() };
    let functions = names.filter_map(|names| match names.expect("valid") {
        wasmparser::Name::Function(functions) => Some(functions),
        _ => None,
    });
    let names = functions.flatten().map(|name| name.expect("valid"));
    names.map(|name| (name.index as usize, format!("{:#}", rustc_demangle::demangle(name.name)))).collect()
}

/// The crate of a function's readable name. A method of a foreign trait belongs to its type, one of a type without a
/// crate, such as a reference, to the trait.
fn crate_of(function: &str) -> String {
    let of_path = |path: &str| {
        let path =
            path.trim_start_matches(['<', '&', '*', '[', '(']).trim_start_matches("mut ").trim_start_matches("dyn ");
        let name = path.split("::").next().filter(|_| path.contains("::")).unwrap_or_default();
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        is_name.then(|| name.to_owned())
    };
    let (first, second) = function.split_once(" as ").unwrap_or((function, ""));
    // `<T as Trait>`: what stands before ` as ` may itself be without a path.
    let first =
        if first.starts_with('<') && !first.split('<').nth(1).unwrap_or_default().contains("::") { "" } else { first };
    of_path(first).or_else(|| of_path(second)).unwrap_or_else(|| "(without a crate)".to_owned())
}
