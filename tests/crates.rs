//! The crates that the portal is made of: where they come from, under which licences, and which of them a reader loads twice.
//! `make deny` asks more where cargo-deny is installed; this is asked everywhere, by the lists of deny.toml.

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

/// The texts of a list in deny.toml.
fn listed(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/deny.toml")).expect("deny.toml");
    let (_, rest) = text.split_once(&format!("\n{name} = [")).expect("the list");
    let (list, _) = rest.split_once(']').expect("its end");
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Does a licence expression (SPDX) leave a way that is allowed?
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.replace('/', " OR ");
    let is_allowed = |one: &str| allowed.iter().any(|own| own == one.trim_matches(['(', ')', ' ']));
    expression.split(" AND ").all(|part| part.split(" OR ").any(is_allowed))
}

#[test]
fn crates_come_from_the_registry_under_allowed_licences() {
    let (allowed, registries) = (listed("allow"), listed("allow-registry"));
    for platform in ["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"] {
        let metadata = metadata(platform);
        let packages = packages(&metadata, |_| true);
        assert!(packages.len() > 50, "{platform}: {}", packages.len());
        for package in packages {
            let [name, licence, source] =
                ["name", "license", "source"].map(|field| package[field].as_str().unwrap_or_default());
            assert!(is_allowed(licence, &allowed), "{platform}: {name} is under `{licence}`");
            let registry = source.trim_start_matches("registry+");
            assert!(registries.iter().any(|own| own == registry), "{platform}: {name} comes from {source}");
        }
    }
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

#[test]
fn a_licence_is_allowed_if_one_way_is() {
    let allowed = ["MIT", "Unicode-3.0"].map(str::to_owned);
    for fine in ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
        assert!(is_allowed(fine, &allowed), "{fine}");
    }
    for other in ["", "GPL-3.0", "MIT AND GPL-3.0", "LGPL-2.1-or-later"] {
        assert!(!is_allowed(other, &allowed), "{other}");
    }
}
