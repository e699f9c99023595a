//! The browser program as Trunk built it, and how a page starts it.

use super::output::Output;
use crate::portal::Portal;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Trunk's document, kept for the next build since the home page takes the place it had. Hosts do not serve files
/// whose name begins with a dot.
const TEMPLATE: &str = ".program/template.html";
/// Trunk's style sheets as one, kept for the same reason.
const STYLES: &str = ".program/styles.css";

/// A release of the program has about 350 kB, a development build more than 2 MB.
const LARGEST_PROGRAM: u64 = 1_500_000;
/// How a page starts the program, and what happens when that stops.
const START: &str = include_str!("start.js");

/// The files that a page names, by their addresses.
pub struct Program {
    /// The style sheet.
    pub styles: String,
    /// The script that starts the program.
    pub start: String,
    /// Where the API is, if the document says so.
    pub api: String,
    /// The content-security policy.
    pub policy: String,
}

/// Hides dismissed notices before they are painted; otherwise the page would jump when the program hides them.
pub const HIDE_DISMISSED: &str = "try{for(const i of(localStorage[\"portal.dismissed-notices\"]||\"\").split(\" \"))\
if(i)document.querySelector('[data-notice=\"'+i+'\"]')?.setAttribute(\"hidden\",\"\")}catch{}";

impl Program {
    /// Reads what Trunk built; joins the style sheets into one and writes the start script.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn prepare(output: &Output, portal: &Portal, site: &str) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("the program's files cannot be written: {error}");
        let missing =
            "the output folder holds no browser program: build it with `trunk build --release` (or `make build`) first";
        let fresh = output.read("index.html").filter(|html| html.contains("wasmBindings"));
        let is_fresh = fresh.is_some();
        let template = fresh.or_else(|| output.read(TEMPLATE)).ok_or(missing)?;
        let script =
            between(&template, "from '", "'").first().map(|path| file_name(path)).ok_or("Trunk's script is missing")?;
        let wasm = between(&template, "module_or_path: '", "'")
            .first()
            .map(|path| file_name(path))
            .ok_or("the wasm is missing")?;
        // Trunk's own document has no better mark of how it was built.
        if output.size(&wasm).is_some_and(|size| size > LARGEST_PROGRAM) {
            return Err(format!("{wasm} is a development build: run `trunk build --release` (or `make build`) first"));
        }
        let styles = if is_fresh {
            let sheets: Vec<String> =
                between(&template, "rel=\"stylesheet\" href=\"", "\"").into_iter().map(file_name).collect();
            let styles = joined(&sheets, output)?;
            output.file(STYLES, styles.as_bytes()).map_err(failed)?;
            output.file(TEMPLATE, template.as_bytes()).map_err(failed)?;
            output.remove_where(|name| sheets.iter().any(|sheet| sheet == name)).map_err(failed)?;
            styles
        } else {
            output.read(STYLES).ok_or(missing)?
        };
        let api = between(&template, "name=\"portal-api\" content=\"", "\"").first().map_or("", |api| api).to_owned();

        let start = start_script(portal.base(), &script, &wasm, site);
        let styles_name = format!("portal-{}.css", short_hash(&styles));
        let start_name = format!("start-{}.js", short_hash(&start));
        output.file(&styles_name, styles.as_bytes()).map_err(failed)?;
        output.file(&start_name, start.as_bytes()).map_err(failed)?;
        let is_former = |name: &str| {
            let name = name.trim_end_matches(".br").trim_end_matches(".gz");
            (name.starts_with("portal-") && name.ends_with(".css") && name != styles_name)
                || (name.starts_with("start-") && name.ends_with(".js") && name != start_name)
        };
        output.remove_where(is_former).map_err(failed)?;
        let below_base = |name: &str| format!("{}{name}", portal.base());
        let policy = policy(&api, portal);
        Ok(Self { styles: below_base(&styles_name), start: below_base(&start_name), api, policy })
    }
}

/// The script of a page: what differs between portals, then what `start.js` does with it.
fn start_script(base: &str, script: &str, wasm: &str, site: &str) -> String {
    let quoted = |text: &str| serde_json::to_string(text).expect("a text is JSON");
    let (script, wasm) = (quoted(&format!("{base}{script}")), quoted(&format!("{base}{wasm}")));
    let site = quoted(site);
    format!("window.portalSite = {site};\nconst script = {script}, wasm = {wasm};\n{START}")
}

/// Everything from this origin, nothing inline but one script named by its hash; the API and the visit statistics may
/// be elsewhere if the data says so.
fn policy(api: &str, portal: &Portal) -> String {
    let visits = portal.site.visits.as_ref().and_then(|source| source.url.as_ref()).map(ToString::to_string);
    let mut elsewhere: Vec<String> =
        [Some(api.to_owned()), visits].into_iter().flatten().filter_map(|address| origin(&address)).collect();
    elsewhere.dedup();
    let elsewhere: String = elsewhere.iter().map(|origin| format!(" {origin}")).collect();
    let inline = base64(&Sha256::digest(HIDE_DISMISSED));
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{inline}'; style-src 'self'; \
         img-src 'self'{elsewhere}; media-src 'self'{elsewhere}; connect-src 'self'{elsewhere}; font-src 'self'; \
         manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
    )
}

fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    Some(format!("{scheme}://{}", rest.split('/').next()?))
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

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// 16 hexadecimal digits that change with the text.
fn short_hash(text: &str) -> String {
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
