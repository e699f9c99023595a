//! A built portal in a temporary folder.

use portal::tools::build::{self, Settings, Summary};
use portal::tools::folder::Folder;
use scraper::{Html, Selector};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use walkdir::WalkDir;

/// An output folder with a browser program in it, as Trunk leaves one. What the program does is of no concern here.
pub fn output() -> TempDir {
    let output = TempDir::new().expect("a temporary folder");
    lay_program(output.path());
    output
}

/// Puts a browser program into a folder, as Trunk does.
pub fn lay_program(output: &Path) {
    let document = "<!doctype html><html><head><meta name=\"portal-api\" content=\"\" />
        <link rel=\"stylesheet\" href=\"/10-tokens-20e95233ead85d1c.css\"><link rel=\"stylesheet\" href=\"/20-base-50763c1c3cbd05f3.css\">
        <script type=\"module\">import init, * as bindings from '/app-4c2c27056a4adbe6.js';
        init({ module_or_path: '/app-4c2c27056a4adbe6_bg.wasm' }); window.wasmBindings = bindings;</script></head></html>";
    for (name, text) in [
        ("index.html", document),
        ("10-tokens-20e95233ead85d1c.css", ":root { --ink: #000; }"),
        ("20-base-50763c1c3cbd05f3.css", "body { color: var(--ink); }"),
        ("app-4c2c27056a4adbe6.js", "export default () => {}"),
        ("app-4c2c27056a4adbe6_bg.wasm", "\0asm\x01\0\0\0"),
        ("search.js", "let wasm_bindgen = async () => {};"),
        ("search_bg.wasm", "\0asm\x01\0\0\0"),
        ("search_loader.js", ""),
    ] {
        fs::write(output.join(name), text).expect("a file of the program");
    }
}

/// Builds with the usual settings.
pub fn build(api: &Folder, output: &Path) -> Summary {
    build_under("/", api, output)
}

/// Builds for a base path.
pub fn build_under(base: &str, api: &Folder, output: &Path) -> Summary {
    let settings = Settings { base: base.to_owned(), ..Settings::new(output.to_owned()) };
    build::build(api, &settings, &indicatif::ProgressBar::hidden()).expect("the portal can be built")
}

/// The sample portal's documents.
pub fn sample() -> Folder {
    Folder::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("public/api/v1"), None).expect("the sample is there")
}

/// A page of the output, parsed by a library that had no part in writing it.
pub struct Page {
    /// Its address.
    pub address: String,
    html: Html,
}

impl Page {
    /// The page of an address.
    pub fn open(output: &Path, address: &str) -> Self {
        let file = output.join(address.trim_start_matches('/')).join("index.html");
        Self::read(&file, address)
    }

    fn read(file: &Path, address: &str) -> Self {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        Self { address: address.to_owned(), html: Html::parse_document(&text) }
    }

    /// What the page of an address has of its own, where that lies beside it.
    pub fn part(output: &Path, address: &str) -> Option<Self> {
        let file = output.join(address.trim_start_matches('/')).join("main.txt");
        file.is_file().then(|| Self::read(&file, address))
    }

    /// Every page of the output, by its file.
    pub fn all(output: &Path) -> Vec<Self> {
        let files = WalkDir::new(output).into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
        files
            .filter(|file| file.ends_with("index.html"))
            .map(|file: PathBuf| {
                let below = file.parent().and_then(|folder| folder.strip_prefix(output).ok()).expect("below it");
                let below = below.display().to_string();
                let address = if below.is_empty() { "/".to_owned() } else { format!("/{below}/") };
                Self::read(&file, &address)
            })
            .collect()
    }

    /// The attribute of every element a selector finds that has it.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = parsed(selector);
        self.html.select(&selector).filter_map(|element| element.attr(name)).map(str::to_owned).collect()
    }

    /// The addresses of all links and files that the page names one by one.
    pub fn addresses(&self) -> Vec<String> {
        ["href", "src", "poster"].iter().flat_map(|name| self.attributes(&format!("[{name}]"), name)).collect()
    }

    /// Every element a selector finds, with all that is in it.
    pub fn html(&self, selector: &str) -> Vec<String> {
        self.html.select(&parsed(selector)).map(|element| element.html()).collect()
    }

    /// The text of every element a selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.html.select(&parsed(selector)).map(|element| element.text().collect()).collect()
    }

    /// The text of the one element a selector finds.
    pub fn text(&self, selector: &str) -> String {
        let mut texts = self.texts(selector);
        assert_eq!(texts.len(), 1, "{}: {selector}", self.address);
        texts.remove(0)
    }

    /// The names of all elements and all attributes.
    pub fn vocabulary(&self) -> (Vec<String>, Vec<String>) {
        let elements = self.html.tree.values().filter_map(|node| node.as_element());
        let attributes = elements.clone().flat_map(|element| element.attrs().map(|(name, _)| name.to_owned()));
        (elements.clone().map(|element| element.name().to_owned()).collect(), attributes.collect())
    }
}

fn parsed(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}
