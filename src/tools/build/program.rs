//! The browser program as Trunk built it, and how a page starts it.

use super::edition::Edition;
use super::minify::{Names, minified};
use super::order::ordered;
use super::output::Output;
use super::slim::{optimized, slim};
use crate::contract::Origin;
use crate::portal::Portal;
use crate::tools::publish::hosting;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::io;

/// Trunk's document, kept for the next build since the home page takes the place it had. Hosts do not serve files
/// whose name begins with a dot.
const TEMPLATE: &str = ".program/template.html";
/// Trunk's style sheets as one, kept for the same reason.
const STYLES: &str = ".program/styles.css";
/// What Trunk built of the search, made smaller and kept in `.program/` as well: its files have no hash in their names.
const SEARCH: [&str; 2] = ["search.js", "search_bg.wasm"];
/// What it built of the program itself, as it is kept there: smaller, it has other hashes in its names.
const APP: [&str; 2] = ["app.js", "app_bg.wasm"];

/// A release of the program has about 350 kB, a development build more than 2 MB.
const LARGEST_PROGRAM: u64 = 1_500_000;
/// How a page starts the program, and what happens when that stops.
const START: &str = include_str!("start.js");

/// What a page needs to be shown, and to start the program.
pub struct Program {
    /// The style sheet, as text: every page carries it, so that the first packets are enough to show the page.
    pub styles: String,
    /// The script, as text, that every page runs before it is painted.
    pub before_paint: String,
    /// The script, as text, that every page runs once its own text is there.
    pub early: String,
    /// The addresses of the scripts that start the program, one for each edition.
    pub starts: Vec<String>,
    /// Where the API is, if the document says so.
    pub api: String,
    /// The content-security policy.
    pub policy: String,
    /// The names of the files that the program starts with.
    pub files: Vec<String>,
    /// Those and the search's.
    all: Vec<String>,
    /// Is what was read kept on the device?
    pub saves: bool,
}

/// What a page does before it is painted, and once its text is there; with comments.
const BEFORE_PAINT: &str = include_str!("before-paint.js");
const EARLY: &str = include_str!("early.js");

const MISSING: &str =
    "the output folder holds no browser program: let `make build` (or `trunk build --release`) write it there first";

impl Program {
    /// Trunk's document, and whether it is there for the first time.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn look_for(output: &Output) -> Result<(String, bool), String> {
        let fresh = output.read("index.html").filter(|html| html.contains("wasmBindings"));
        let is_fresh = fresh.is_some();
        Ok((fresh.or_else(|| output.read(TEMPLATE)).ok_or(MISSING)?, is_fresh))
    }

    /// Reads what Trunk built; joins the style sheets and writes the start scripts of the editions, the portal itself first.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn prepare(output: &Output, editions: &[Edition], saves: bool) -> Result<Self, String> {
        let failed = |error: io::Error| format!("the program's files cannot be written: {error}");
        let (template, is_fresh) = Self::look_for(output)?;
        let wasm = quoted_file(&template, "_bg.wasm").ok_or("the wasm is missing")?;
        let script = quoted_file(&template, ".js").ok_or("Trunk's script is missing")?;
        // Trunk's own document has no better mark of how it was built.
        if output.size(&wasm).is_some_and(|size| size > LARGEST_PROGRAM) {
            return Err(format!("{wasm} is a development build: run `make build` (or `trunk build --release`) first"));
        }
        let styles = if is_fresh {
            let sheets: Vec<String> = tags_with(&template, "stylesheet")
                .filter_map(|tag| attribute(tag, "href"))
                .map(|address| file_name(&address))
                .collect();
            // A build that was interrupted has kept them, and perhaps begun to remove Trunk's.
            let styles = match joined(&sheets, output) {
                Ok(styles) => styles,
                Err(missing) => output.read(STYLES).ok_or(missing)?,
            };
            output.file(STYLES, styles.as_bytes()).map_err(failed)?;
            output.file(TEMPLATE, template.as_bytes()).map_err(failed)?;
            let programs = [script.as_str(), &wasm, SEARCH[0], SEARCH[1]];
            // A build that was interrupted may have moved them.
            if let Some((script, wasm)) = read([&script, &wasm], output) {
                let (script, wasm) = slim(&String::from_utf8_lossy(&script), &wasm)?;
                keep(APP, script.as_bytes(), &ordered(&optimized(&wasm).map_err(failed)?)?, output).map_err(failed)?;
            }
            if let Some((script, wasm)) = read(SEARCH, output) {
                keep(SEARCH, &script, &ordered(&optimized(&wasm).map_err(failed)?)?, output).map_err(failed)?;
            }
            let is_moved = |name: &str| {
                programs.contains(&name) || sheets.iter().any(|sheet| sheet == name) || name == "search_loader.js"
            };
            output.remove_where(is_moved).map_err(failed)?;
            styles
        } else {
            output.read(STYLES).ok_or(MISSING)?
        };
        let api = tags_with(&template, "portal-api").find_map(|tag| attribute(tag, "content")).unwrap_or_default();

        let base = editions[0].portal.base();
        let search = search_program(output, base)?;
        let app = app_program(output)?;
        let (script, wasm) = (app[0].0.clone(), app[1].0.clone());
        let start = |edition: &Edition| {
            let start = start_script(base, &script, &wasm, &search[0].0, &edition.site, saves)?;
            Ok((format!("start-{}.js", short_hash(&start)), start.into_bytes()))
        };
        let scripts: Vec<(String, Vec<u8>)> = editions.iter().map(start).collect::<Result<_, String>>()?;
        let starts = scripts.iter().map(|(name, _)| format!("{base}{name}")).collect();
        let of_program = scripts.iter().map(|(name, _)| name.clone()).chain([script, wasm]).collect();
        let files: Vec<(String, Vec<u8>)> = search.into_iter().chain(app).chain(scripts).collect();
        files.iter().try_for_each(|(name, bytes)| output.file(name, bytes)).map_err(failed)?;
        let all = files.into_iter().map(|(name, _)| name).collect();
        let (before_paint, early) = (minified(BEFORE_PAINT, Names::Shared)?, minified(EARLY, Names::Shared)?);
        let policy = policy(&api, [&before_paint, &early], &styles, editions)?;
        Ok(Self { styles, before_paint, early, starts, api, policy, files: of_program, all, saves })
    }

    /// Removes the files of a former program, once no page names them any more.
    ///
    /// # Errors
    /// A sentence with what the file system reports.
    pub fn remove_former(&self, output: &Output) -> Result<(), String> {
        let is_former = |name: &str| {
            let name = name.trim_end_matches(".br").trim_end_matches(".gz");
            let is_ours = ["start-", "search-", "app-"].iter().any(|start| name.starts_with(start));
            is_ours && hosting::is_hashed(name) && self.all.iter().all(|own| own != name)
        };
        output.remove_where(is_former).map_err(|error| format!("the former program cannot be removed: {error}"))
    }
}

/// Script and wasm of a program.
fn read(names: [&str; 2], output: &Output) -> Option<(Vec<u8>, Vec<u8>)> {
    let [script, wasm] = names.map(|name| output.bytes(name));
    script.zip(wasm)
}

/// Keeps script and wasm for builds to come.
fn keep(names: [&str; 2], script: &[u8], wasm: &[u8], output: &Output) -> io::Result<()> {
    output.file(&format!(".program/{}", names[0]), script)?;
    output.file(&format!(".program/{}", names[1]), wasm)
}

/// Script and wasm as they were kept.
fn kept(names: [&str; 2], output: &Output) -> Option<(Vec<u8>, Vec<u8>)> {
    let [script, wasm] = names.map(|name| format!(".program/{name}"));
    read([&script, &wasm], output)
}

/// The program itself under names of this build: the script, and the wasm it starts.
fn app_program(output: &Output) -> Result<[(String, Vec<u8>); 2], String> {
    let (script, wasm) = kept(APP, output).ok_or(MISSING)?;
    let hash = short_hash([script.as_slice(), &wasm].concat());
    Ok([(format!("app-{hash}.js"), script), (format!("app-{hash}_bg.wasm"), wasm)])
}

/// The search program under names of this build: the script, which starts the wasm when the worker is made, and the wasm.
fn search_program(output: &Output, base: &str) -> Result<[(String, Vec<u8>); 2], String> {
    let (script, wasm) = kept(SEARCH, output).ok_or(MISSING)?;
    let mut script = String::from_utf8_lossy(&script).into_owned();
    let wasm_name = format!("search-{}_bg.wasm", short_hash(&wasm));
    let address = serde_json::to_string(&format!("{base}{wasm_name}")).expect("a text is JSON");
    // A failure in a promise would not reach the page.
    let start = "catch((error) => setTimeout(() => { throw error; }))";
    write!(script, "\nwasm_bindgen({{ module_or_path: {address} }}).{start};\n").expect("a text grows");
    let script = minified(&script, Names::Own)?;
    Ok([(format!("search-{}.js", short_hash(&script)), script.into_bytes()), (wasm_name, wasm)])
}

/// The script of a page: what differs between portals, then what `start.js` does with it.
fn start_script(base: &str, script: &str, wasm: &str, search: &str, site: &str, saves: bool) -> Result<String, String> {
    let quoted = |text: &str| serde_json::to_string(text).expect("a text is JSON");
    let (script, wasm) = (quoted(&format!("{base}{script}")), quoted(&format!("{base}{wasm}")));
    let (search, site) = (quoted(&format!("{base}{search}")), quoted(site));
    let worker = if saves { quoted(&format!("{base}{}", hosting::SERVICE_WORKER)) } else { "null".to_owned() };
    let start = format!(
        "window.portalSite = {site};\nwindow.portalSearch = {search};\n\
         const script = {script}, wasm = {wasm}, worker = {worker};\n{START}"
    );
    minified(&start, Names::Own)
}

/// Everything from this origin, nothing inline but two scripts and the styles, named by their hashes; the API, the visit statistics and a search that is asked may be elsewhere if the data says so.
fn policy(api: &str, scripts: [&str; 2], styles: &str, editions: &[Edition]) -> Result<String, String> {
    let named = |Edition { portal: Portal { site, .. }, .. }: &Edition| {
        let visits = site.visits.as_ref().map(|source| [source.url.as_ref(), source.report.as_ref()]);
        let visits = visits.into_iter().flatten().flatten().map(ToString::to_string);
        visits.chain(site.search.as_ref().map(|source| source.url.to_string())).collect::<Vec<_>>()
    };
    let all = api.split_whitespace().map(str::to_owned).chain(editions.iter().flat_map(named));
    let mut elsewhere: Vec<Origin> =
        all.filter_map(|address| origin(&address).transpose()).collect::<Result<_, _>>()?;
    elsewhere.sort();
    elsewhere.dedup();
    let elsewhere: String = elsewhere.iter().map(|origin| format!(" {origin}")).collect();
    let [before_paint, early] = scripts.map(|script| base64(&Sha256::digest(script)));
    let styles = base64(&Sha256::digest(styles));
    Ok(format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{before_paint}' 'sha256-{early}'; style-src 'sha256-{styles}'; \
         img-src 'self'{elsewhere}; media-src 'self'{elsewhere}; connect-src 'self'{elsewhere}; font-src 'self'; \
         manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
    ))
}

/// The origin of an address elsewhere. It will stand in a header and in the files of web servers, so it must be nothing else.
fn origin(address: &str) -> Result<Option<Origin>, String> {
    let Some((scheme, rest)) = address.split_once("://") else { return Ok(None) };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let origin = Origin::new(format!("{}://{host}", scheme.to_ascii_lowercase()));
    let refused = || {
        format!("{address} names no server: write https://, its name, and letters, digits, `-` and `.` only in that")
    };
    origin.map(Some).ok_or_else(refused)
}

/// The texts of style sheets, one after the other.
fn joined(sheets: &[String], output: &Output) -> Result<String, String> {
    let mut styles = String::new();
    for name in sheets {
        let sheet = output.read(name).ok_or_else(|| format!("the style sheet {name} is missing"))?;
        writeln!(styles, "{}", sheet.trim()).expect("a text grows");
    }
    Ok(styles)
}

/// The name of a file, from its address.
fn file_name(address: &str) -> String {
    address.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The tags of Trunk's document that have a word in them.
fn tags_with<'a>(template: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    template.split('<').filter_map(|rest| rest.split('>').next()).filter(move |tag| tag.contains(word))
}

/// The value of an attribute, quoted or not: Trunk writes a release without the quotes that are not needed.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, value) = tag.split_once(&format!(" {name}="))?;
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split(' ').next(),
    };
    value.map(str::to_owned)
}

/// The first file with this end of its name that Trunk's script names.
fn quoted_file(template: &str, end: &str) -> Option<String> {
    template.split(['\'', '"', '`']).find(|part| part.ends_with(end) && part.starts_with('/')).map(file_name)
}

/// 16 hexadecimal digits that change with the bytes.
pub fn short_hash(text: impl AsRef<[u8]>) -> String {
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
