//! The web app manifest: how the portal appears when a reader adds it to the home screen.
//!
//! Source: <https://www.w3.org/TR/appmanifest/>

use super::language;
use crate::portal::Portal;
use crate::routes::Route;
use serde_json::json;

/// The name of the file, below the base path.
pub const FILE: &str = "manifest.webmanifest";

/// The light values of the tokens `--accent` and `--paper`; a manifest has no dark ones.
const THEME: &str = "#8f1d21";
const BACKGROUND: &str = "#fffdfa";

/// The manifest. Addresses are below the base path, so it needs no origin.
pub fn manifest(portal: &Portal) -> String {
    let site = &portal.site;
    let base = portal.link(&Route::Home);
    let icon = |file: &str, size: u32, purpose: &str| json!({ "src": format!("{}{file}", portal.root()), "sizes": format!("{size}x{size}"), "type": "image/png", "purpose": purpose });
    let name = site.name.as_str();
    let unit = site.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty());
    let short_name = unit.into_iter().chain([name]).min_by_key(|text| text.chars().count());
    let mut manifest = json!({
        "id": base,
        "name": name,
        "short_name": short_name,
        "start_url": base,
        "scope": base,
        "lang": language(portal),
        "dir": "ltr",
        "display": "standalone",
        "theme_color": THEME,
        "background_color": BACKGROUND,
        "icons": [
            icon("icon-192.png", 192, "any"),
            icon("icon-512.png", 512, "any"),
            icon("icon-maskable-512.png", 512, "maskable"),
        ],
    });
    if let Some(tagline) = &site.tagline {
        manifest["description"] = json!(tagline);
    }
    format!("{manifest:#}\n")
}
