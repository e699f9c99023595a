//! Turns the corpus of real articles into an API folder, with the project's own tools.

use flate2::read::GzDecoder;
use portal::vietnamese;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;
use unicode_normalization::UnicodeNormalization;

/// An article as it was written into the folder.
pub struct Written {
    pub address: String,
    pub title: String,
    pub paragraphs: usize,
}

/// What was written.
pub struct Portal {
    pub articles: Vec<Written>,
    pub middle_list: String,
}

/// The corpus, where it is present.
pub fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/vietnews-3000.jsonl.gz");
    path.is_file().then_some(path)
}

/// Copies the program of a built portal, but not its content.
pub fn copy_without_content(from: &Path, to: &Path) {
    for folder in ["", ".program"] {
        fs::create_dir_all(to.join(folder)).expect("a folder");
        for entry in fs::read_dir(from.join(folder)).expect("a built portal").map(|entry| entry.expect("readable")) {
            if entry.path().is_file() {
                fs::copy(entry.path(), to.join(folder).join(entry.file_name())).expect("a copy");
            }
        }
    }
}

/// A host with another site at its root, and the sample portal in `/portal/`, made with this program.
// Not every test program needs it.
#[allow(dead_code)]
pub fn host_with_portal_below(program: &Path) -> tempfile::TempDir {
    let host = tempfile::tempdir().expect("a temporary folder");
    fs::write(host.path().join("index.html"), "<!doctype html><title>Another site</title>").expect("written");
    let root = host.path().join("portal");
    copy_without_content(program, &root);
    let api = concat!(env!("CARGO_MANIFEST_DIR"), "/public/api/v1");
    tool("build", &["--api", api, "--out", ".", "--base", "/portal/"], &root);
    host
}

/// Writes the articles as documents, one an hour from 2015 on; `portal gather` adds the lists, `portal check` must be
/// content.
pub fn write_portal(source: &Path, api: &Path) -> Portal {
    const SECTIONS: [(&str, &str); 3] = [("thoi-su", "Thời sự"), ("doi-song", "Đời sống"), ("phap-luat", "Pháp luật")];
    let tree: Vec<Value> =
        SECTIONS.iter().map(|(slug, title)| json!({ "kind": "section", "slug": slug, "title": title })).collect();
    fs::create_dir_all(api).expect("the folder can be made");
    fs::write(api.join("site.json"), json!({ "name": "Tin thử nghiệm", "tree": tree }).to_string()).expect("written");
    let lines = BufReader::new(GzDecoder::new(fs::File::open(source).expect("the corpus opens")));
    let mut articles = Vec::new();
    for (index, line) in lines.lines().enumerate() {
        // Some newsrooms publish marks apart from their letters, which `portal check` does not let pass.
        let line: String = line.expect("UTF-8").nfc().collect();
        let real: Value = serde_json::from_str(&line).expect("a line is JSON");
        let title = real["title"].as_str().expect("a title").to_owned();
        let (section, _) = SECTIONS[index % SECTIONS.len()];
        let slug = format!("{}-{index}", vietnamese::slug(&title, 80)).trim_start_matches('-').to_owned();
        let paragraphs = real["paragraphs"].as_array().expect("paragraphs");
        let body: Vec<Value> = paragraphs.iter().map(|text| json!({ "kind": "paragraph", "text": text })).collect();
        let at = portal::calendar::Timestamp::from_unix_seconds(1_420_000_000 + index as i64 * 3_600);
        let article = json!({
            "slug": slug, "section": section, "title": title, "lead": real["lead"], "published_at": at.to_string(), "body": body
        });
        let path = api.join("articles").join(section).join(format!("{slug}.json"));
        fs::create_dir_all(path.parent().expect("a parent")).expect("the folder can be made");
        fs::write(path, article.to_string()).expect("written");
        articles.push(Written { address: format!("/{section}/{slug}/"), title, paragraphs: body.len() });
    }
    for command in ["gather", "check"] {
        tool(command, &["."], api);
    }
    Portal { articles, middle_list: "/doi-song/trang/25/".to_owned() }
}

/// Runs the office's tool in a folder; it must succeed.
pub fn tool(command: &str, arguments: &[&str], folder: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_portal"))
        .arg(command)
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the tool runs");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "portal {command}: {}", said.lines().take(20).collect::<Vec<_>>().join("\n"));
}
