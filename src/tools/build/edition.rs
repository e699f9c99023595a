//! The languages of a portal: the portal itself, and its editions, each below its language's name.

use crate::contract::{Document, Site, decode};
use crate::portal::Portal;
use crate::tools::finding::Finding;
use crate::tools::folder::Folder;
use serde_json::Value;
use std::iter;

/// A portal in one language, and where its documents are.
pub struct Edition {
    /// The portal.
    pub portal: Portal,
    /// Its documents.
    pub folder: Folder,
    /// Its site, as the program needs it.
    pub site: String,
    /// The name of its folder below that of the portal it is an edition of, such as `en`; empty for that one.
    pub name: String,
}

/// The portal in a folder, then its editions in the order it names them.
///
/// # Errors
/// All that is wrong with a site.
pub fn editions(folder: &Folder, base: &str) -> Result<Vec<Edition>, String> {
    let main = Edition::open(folder.clone(), base, String::new())?;
    unlike_others(&main.portal.site).map_err(|why| {
        Finding::of_file(Document::Site.to_string(), format!("has languages of which one {why}"), "correct `languages`")
            .to_string()
    })?;
    let others = main.portal.editions().into_iter().map(|other| {
        let name = other.language.to_string();
        let edition = Edition::open(folder.edition(&name), &main.portal.base_of(other), name)?;
        let [own, theirs] = [&main, &edition].map(|one| &one.portal.site.languages);
        if own == theirs && edition.portal.base() != edition.portal.root() {
            return Ok(edition);
        }
        let what = format!("does not say that it is of language `{}`, or names other languages", other.language);
        Err(Finding::of_file(Document::Site.to_string(), what, "write `language`, and the same `languages` in both")
            .below(&edition.name)
            .to_string())
    });
    let others = others.collect::<Result<Vec<Edition>, String>>()?;
    Ok(iter::once(main).chain(others).collect())
}

/// The languages the portal has words of.
const SPOKEN: [&str; 2] = ["vi", "en"];

/// Is each language one by itself, that can be the beginning of addresses?
///
/// # Errors
/// What is wrong with one of them.
pub fn unlike_others(site: &Site) -> Result<(), String> {
    for (at, edition) in site.languages.iter().enumerate() {
        let language = edition.language.as_str();
        if site.languages[..at].iter().any(|before| before.language.as_str().eq_ignore_ascii_case(language)) {
            return Err(format!("is `{language}`, like one before it"));
        }
        if !SPOKEN.contains(&language) {
            return Err(format!("is `{language}`, which the portal has no words of: it has {}", SPOKEN.join(" and ")));
        }
        if site.node(language).is_some() {
            return Err(format!("is `{language}`, like the slug of a section or page"));
        }
    }
    Ok(())
}

/// What only the frame shows, which a published page brings along.
const OF_FRAME: [&str; 9] =
    ["$schema", "footer", "home", "logo", "notices", "share_picture", "tagline", "unit", "utility"];

/// A site without what the program of a published portal does not show.
fn for_program(site: &str) -> String {
    let mut value: Value = serde_json::from_str(site).unwrap_or_default();
    if let Some(site) = value.as_object_mut() {
        site.retain(|key, _| !OF_FRAME.contains(&key.as_str()));
        without_descriptions(&mut site["tree"]);
    }
    value.to_string()
}

/// Takes away what pages of the tree say of themselves, which no page shows; the pages of sections show theirs.
fn without_descriptions(nodes: &mut Value) {
    for node in nodes.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        if node.get("kind").is_some_and(|kind| kind == "page") {
            node.remove("description");
        }
        if let Some(children) = node.get_mut("children") {
            without_descriptions(children);
        }
    }
}

impl Edition {
    fn open(folder: Folder, base: &str, name: String) -> Result<Self, String> {
        let document = Document::Site.to_string();
        let told = |findings: Vec<Finding>| -> String {
            findings.into_iter().map(|finding| format!("{}\n", finding.below(&name))).collect()
        };
        let site = folder.read(&document).map_err(|finding| told(vec![finding]))?;
        let decoded: Site = decode::document(&site).map_err(|problems| told(Finding::all(&document, problems)))?;
        Ok(Self { portal: Portal::new(decoded, base), folder, site: for_program(&site), name })
    }
}
