//! Without a network: what was read can be read again, releases change under readers, and a broken one can be recalled.

mod reading;
mod recall;
mod releases;
mod storage;

use crate::common;
use crate::harness::{Reader, dist};
use serde_json::json;
use std::fs;
use std::path::Path;

const ARTICLE: &str = "/chinh-tri-kinh-te-do-thi/cam-nang-thong-tin-cach-doc-va-su-dung-cong/";
const DOCUMENT: &str = "/api/v1/articles/chinh-tri-kinh-te-do-thi/cam-nang-thong-tin-cach-doc-va-su-dung-cong.json";
/// What is told of a page from the device, whatever kept it from coming anew.
const NOTE: &str = "bản lưu lúc ";

/// The service worker runs, and has saved this page in one form or the other.
fn is_saved(page: &str, document: &str) -> String {
    format!(
        "(async () => !!navigator.serviceWorker.controller
           && (!'{page}' || !!await caches.match('{page}')) && (!'{document}' || !!await caches.match('/api/v1/{document}')))()"
    )
}

/// A copy of the portal that can be published anew.
fn published() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    common::copy_without_content(&dist(), folder.path());
    publish(folder.path(), |_| {}, &[]);
    folder
}

/// Publishes a release whose site was edited so.
fn publish(folder: &Path, edit: impl Fn(&mut serde_json::Value), flags: &[&str]) {
    let api = tempfile::tempdir().expect("a temporary folder");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("public");
    for entry in walkdir::WalkDir::new(sample.join("api/v1")).into_iter().map(|entry| entry.expect("readable")) {
        let to = api.path().join(entry.path().strip_prefix(sample.join("api/v1")).expect("below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(to).expect("a folder");
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
    let site = api.path().join("site.json");
    let mut value = serde_json::from_str(&fs::read_to_string(&site).expect("readable")).expect("JSON");
    edit(&mut value);
    fs::write(&site, value.to_string()).expect("written");
    let (api, files) = (api.path().display().to_string(), sample.display().to_string());
    let arguments = [&["--api", &api, "--files", &files, "--out", "."], flags].concat();
    common::tool("build", &arguments, folder);
}

/// A reader who has the home page open, and whose device has saved it.
async fn who_has_saved(folder: &Path) -> Reader {
    let reader = Reader::who_saves(folder).await;
    reader.hurry(5);
    reader.open("/").await;
    reader.wait_until_promised(&is_saved("/", "home.json")).await;
    reader
}

/// Browsers look by themselves, but when they like.
const LOOKS: &str = "navigator.serviceWorker.getRegistration().then((it) => it.update()).then(() => true)";

async fn look_for_a_release(reader: &Reader) {
    reader.promised::<bool>(LOOKS).await;
}

/// Breaks every connection, and has the browser forget what it keeps by itself.
async fn lose_the_network(reader: &Reader) {
    reader.server.go_down(true);
    reader.devtools("Network.clearBrowserCache", json!({})).await;
}

/// A portal whose service worker saves this little.
fn portal_that_saves_little(edits: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = published();
    let path = folder.path().join("sw.js");
    let mut script = fs::read_to_string(&path).expect("readable");
    for (before, after) in edits {
        assert!(script.contains(before), "{before}");
        script = script.replace(before, after);
    }
    fs::write(&path, script).expect("written");
    folder
}

/// What a cache of the portal has, by path.
async fn saved(reader: &Reader, cache: &str) -> Vec<String> {
    let keys = format!(
        "caches.open('portal:/:{cache}').then((it) => it.keys()).then((all) => all.map(({{ url }}) => new URL(url).pathname))"
    );
    reader.promised(&keys).await
}

/// The article at an address is one of those that were read.
fn is_kept(article: &str) -> String {
    let document = format!("/api/v1/articles{}.json", article.trim_end_matches('/'));
    format!("caches.open('portal:/:articles').then((it) => it.match('{document}')).then(Boolean)")
}
