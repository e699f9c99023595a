//! The service worker, which keeps what was read readable without a network, and the one that recalls it.

use super::edition::Edition;
use super::minify::{Names, minified};
use super::output::Output;
use super::program::{Program, short_hash};
use crate::contract::{TreeNode, bases};
use crate::tools::publish::hosting::SERVICE_WORKER;
use serde_json::{Map, Value, json};
use std::io;

const OFFLINE: &str = include_str!("offline.js");
const RECALL: &str = include_str!("recall.js");
/// What an office copies over a service worker that must go at once, without a build.
const RECALL_FILE: &str = ".hosting/recall-sw.js";

/// Writes the service worker of this release, or the one that recalls those before.
///
/// # Errors
/// What the file system reports.
pub fn write(program: &Program, editions: &[Edition], fallbacks: &[String], output: &Output) -> io::Result<()> {
    let base = editions[0].portal.base();
    let recall = script(&format!("const base = {};\n{RECALL}", json!(base)))?;
    output.file(RECALL_FILE, recall.as_bytes())?;
    let worker = if program.saves { service_worker(program, editions, fallbacks)? } else { recall };
    output.file(SERVICE_WORKER, worker.as_bytes())
}

/// The script: what is of this build, as data, and what it does with it. It changes when the program or the frame of pages does; what they show is asked for anew anyway.
fn service_worker(program: &Program, editions: &[Edition], fallbacks: &[String]) -> io::Result<String> {
    let base = editions[0].portal.base();
    let kind = |node: &TreeNode| if matches!(node, TreeNode::Section(_)) { "section" } else { "page" };
    let nodes = |edition: &Edition| {
        let nodes = edition.portal.site.nodes().into_iter();
        let nodes: Map<String, Value> =
            nodes.filter_map(|node| Some((node.slug()?.to_string(), json!(kind(node))))).collect();
        let folder = edition.portal.base().strip_prefix(base).unwrap_or_default();
        (folder.to_owned(), Value::Object(nodes))
    };
    let nodes: Map<String, Value> = editions.iter().map(nodes).collect();
    let mut build = json!({
        "base": base,
        "bases": bases(&program.api, base).split(' ').collect::<Vec<_>>(),
        "files": program.files,
        "nodes": nodes,
        "most": most_saved(),
    });
    let body = script(OFFLINE)?;
    // Another worker is another release: the one that is replaced needs its files until it is.
    build["release"] = json!(short_hash(format!("{fallbacks:?}{build}{body}")));
    Ok(format!("const build={build};{body}"))
}

/// How much of each kind the device has at most, and how many bytes that are no program in all.
fn most_saved() -> Value {
    json!({ "articles": 50, "pictures": 400, "pages": 50, "documents": 150, "bytes": 60_000_000 })
}

/// A worker as it is sent.
fn script(text: &str) -> io::Result<String> {
    minified(text, Names::Own).map_err(io::Error::other)
}
