//! The service worker, which keeps what was read readable without a network, and the one that recalls it.

use super::output::Output;
use super::program::{Program, short_hash, without_comments};
use crate::contract::TreeNode;
use crate::portal::Portal;
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
pub fn write(program: &Program, portal: &Portal, fallback: &str, output: &Output) -> io::Result<()> {
    let recall = format!("const base = {};\n{}\n", json!(portal.base()), without_comments(RECALL));
    output.file(RECALL_FILE, recall.as_bytes())?;
    let worker = if program.saves { service_worker(program, portal, fallback) } else { recall };
    output.file(SERVICE_WORKER, worker.as_bytes())
}

/// The script. It changes when the program or the frame of pages does; what they show is asked for anew anyway.
fn service_worker(program: &Program, portal: &Portal, fallback: &str) -> String {
    let kind = |node: &TreeNode| if matches!(node, TreeNode::Section(_)) { "section" } else { "page" };
    let nodes: Map<String, Value> = portal
        .site
        .nodes()
        .into_iter()
        .filter_map(|node| Some((node.slug()?.to_string(), json!(kind(node)))))
        .collect();
    let api = if program.api.is_empty() { format!("{}api/v1/", portal.base()) } else { program.api.clone() };
    let bases: Vec<String> = api.split_whitespace().map(|base| format!("{}/", base.trim_end_matches('/'))).collect();
    let release = short_hash(format!("{fallback}{:?}", program.files));
    format!(
        "const release = {}, base = {}, files = {}, nodes = {};\nconst bases = {}.map((api) => new URL(api, location).href);\n{}\n",
        json!(release),
        json!(portal.base()),
        json!(program.files),
        Value::Object(nodes),
        json!(bases),
        without_comments(OFFLINE)
    )
}
