//! The crates that a reader loads twice. Where crates come from and under which licences, `make check` asks cargo-deny.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Crates of which the browser program has two versions. One more is a matter of bytes: see whose it is first.
const TWICE: [&str; 1] = ["thiserror"];

/// What Cargo knows of the crates for a platform.
fn metadata(platform: &str) -> Value {
    let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", platform];
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The packages that the portal is made of, but for those that only tests need; `goes_on` tells whether one's own count.
fn packages(metadata: &Value, goes_on: impl Fn(&Value) -> bool) -> Vec<&Value> {
    let by_id: BTreeMap<&str, &Value> =
        list(&metadata["packages"]).iter().filter_map(|package| Some((package["id"].as_str()?, package))).collect();
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata["resolve"]["nodes"]).iter().filter_map(|node| Some((node["id"].as_str()?, node))).collect();
    let root = metadata["resolve"]["root"].as_str().expect("a root");
    let (mut seen, mut ahead) = (BTreeSet::new(), vec![root]);
    while let Some(id) = ahead.pop() {
        if goes_on(by_id[id]) && seen.insert(id) {
            let is_for_tests = |dep: &Value| list(&dep["dep_kinds"]).iter().all(|kind| kind["kind"] == "dev");
            let deps = list(&nodes[id]["deps"]).iter().filter(|dep| !is_for_tests(dep));
            ahead.extend(deps.filter_map(|dep| dep["pkg"].as_str()));
        }
    }
    seen.remove(root);
    seen.into_iter().map(|id| by_id[id]).collect()
}

#[test]
fn no_crate_is_loaded_twice_by_readers_unless_that_is_known() {
    let metadata = metadata("wasm32-unknown-unknown");
    // Macros, and what they are made of, stay with whoever builds.
    let is_macro = |package: &Value| list(&package["targets"]).iter().any(|target| target["kind"][0] == "proc-macro");
    let names = packages(&metadata, |package| !is_macro(package)).into_iter().filter_map(|it| it["name"].as_str());
    let mut counts = BTreeMap::<&str, usize>::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    let twice: Vec<&str> = counts.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name).collect();
    assert_eq!(twice, TWICE);
}
