//! The rules a host serves the portal by: one source, written for the hosts an office is likely to have.
//!
//! `cdn` writes them for Netlify and Cloudflare Pages, `nginx` and `caddy` for a server of one's own. All serve the
//! folder as it is: directories with a final slash, 404 with `404.html` for what is not there, old addresses led to the
//! new ones where nothing else is, nothing from files that begin with a dot, no listing of directories.
//!
//! Whatever comes from the data is first brought into characters that mean nothing to any of these formats
//! (see [`super::encoded`]) and then stands between double quotes, so it cannot become a directive.

mod caddy;
mod cdn;
mod nginx;

use super::encoded;
use crate::contract::Redirect;
use crate::contract::values::percent_encoded;
use crate::contract::visits::address_key;
use std::collections::HashSet;

/// Files with a hash in their name: what an address holds never changes.
/// Source: <https://www.rfc-editor.org/rfc/rfc8246>
const FOREVER: &str = "public, max-age=31536000, immutable";
/// The service worker, by name below the base path: the file by which a release is replaced or recalled.
pub const SERVICE_WORKER: &str = "sw.js";
/// What is asked for anew each time.
const NEVER: &str = "no-cache";
/// Pictures, sounds, documents.
const WEEK: &str = "public, max-age=604800";
/// Full lists, which the contract keeps unchanged but a correction may rewrite.
const DAY: &str = "public, max-age=86400";
/// Pages and documents of the API: a minute, and ten more while a newer one is fetched behind the reader's back.
/// Source: <https://www.rfc-editor.org/rfc/rfc5861>
const MINUTE: &str = "public, max-age=60, stale-while-revalidate=600";

/// What pages may not use of the device, with or without asking. Source: <https://www.w3.org/TR/permissions-policy/>
const DENIED: [&str; 12] = [
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
];

/// Files for the host rather than for readers; in case they lie in the folder.
const FOR_HOSTS: [&str; 4] = ["_headers", "_redirects", "nginx.conf", "Caddyfile"];

/// No server takes longer addresses, and nginx reads no longer words.
const LONGEST_ADDRESS: usize = 2000;

/// What a file that an office adapts says of later ones.
const COMPARE: &str = "# Compare it with the one on your server whenever you publish: browsers refuse styles and scripts that an old policy does not name.";

/// What the rules follow from.
#[derive(Debug, Clone, Copy)]
pub struct Hosting<'a> {
    /// The base path, as [`crate::portal::Portal::base`] gives it.
    pub base: &'a str,
    /// The folders of the portal's editions, which have what it has, below it.
    pub editions: &'a [&'a str],
    /// The content security policy; `frame-ancestors`, which pages cannot say themselves, is added.
    pub policy: &'a str,
    /// Is the portal published under https only (by its origin)?
    pub secure: bool,
    /// The names of the program's files, below the base path; those without a hash are left out.
    pub files: &'a [String],
    /// Old addresses and where they lead.
    pub redirects: &'a [Redirect],
    /// Where a server of one's own listens and what it serves.
    pub server: Server<'a>,
}

/// Where a server of one's own listens and what it serves: the lines of its file that an office adapts.
#[derive(Debug, Clone, Copy)]
pub struct Server<'a> {
    /// The address it listens on.
    pub address: &'a str,
    /// The port it listens on.
    pub port: u16,
    /// The folder with the built portal.
    pub root: &'a str,
    /// A folder only the server writes to: its process number and temporary files (nginx).
    pub run: &'a str,
}

impl Default for Server<'_> {
    fn default() -> Self {
        Self { address: "127.0.0.1", port: 8080, root: "/srv/portal", run: "/run/portal" }
    }
}

/// Does the name of a file change with its content (`app-4c2c27056a4adbe6.js`, `app-4c2c27056a4adbe6_bg.wasm`)?
pub fn is_hashed(name: &str) -> bool {
    let stem = [".js", ".css", "_bg.wasm", ".wasm"].iter().find_map(|end| name.strip_suffix(end));
    let hash = stem.and_then(|stem| stem.rsplit_once('-')).map(|(_, hash)| hash);
    hash.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
}

/// An old address as servers see it, and where it leads.
struct Move {
    /// The path with the base, without a final slash.
    path: String,
    query: Option<String>,
    to: String,
}

impl Hosting<'_> {
    /// The headers of every answer.
    ///
    /// Source: <https://owasp.org/www-project-secure-headers/>
    fn security(&self) -> Vec<(&'static str, String)> {
        let policy = one_line(self.policy);
        let policy = policy.trim().trim_end_matches(';');
        let denied: Vec<String> = DENIED.iter().map(|feature| format!("{feature}=()")).collect();
        let mut headers = vec![
            ("Content-Security-Policy", format!("{policy}; frame-ancestors 'none'")),
            ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
            ("Permissions-Policy", denied.join(", ")),
            ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
        ];
        if self.secure {
            // Only for this very host: others below it may not have https yet.
            headers.push(("Strict-Transport-Security", "max-age=31536000".to_owned()));
        }
        headers
    }

    /// How long an answer may be kept: regular expressions over the path, in the dialect that PCRE and RE2 share; what
    /// none matches is kept for a [`MINUTE`].
    fn lifetimes(&self) -> [(String, &'static str); 5] {
        let base = self.base_pattern();
        let names: String = self.editions.iter().map(|name| format!("{name}/|")).collect();
        let edition = format!("(?:{})", names);
        [
            (r"-[0-9a-f]{16}(?:\.js|\.css|\.wasm|_bg\.wasm)$".to_owned(), FOREVER),
            (format!(r"^{base}{}$", SERVICE_WORKER.replace('.', r"\.")), NEVER),
            (format!("^{base}{edition}search/parts/"), FOREVER),
            (format!("^{base}media/"), WEEK),
            (format!(r"^{base}api/v1/{edition}sections/[^/]+/[0-9]+\.json$"), DAY),
        ]
    }

    /// The folders below the base path that have pages of their own, the base path itself first, each with a final slash.
    fn folders(&self) -> Vec<String> {
        let editions = self.editions.iter().map(|name| format!("{name}/"));
        [String::new()].into_iter().chain(editions).collect()
    }

    /// The base path, safe between double quotes.
    fn base(&self) -> String {
        encoded(self.base)
    }

    /// The base path in a regular expression.
    fn base_pattern(&self) -> String {
        let mut pattern = String::new();
        for c in self.base().chars() {
            if !c.is_ascii_alphanumeric() && !"/-_%".contains(c) {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern
    }

    /// The old addresses a server can know: those of this site (but not its home page), each once, as browsers send
    /// them. One with a fragment is left out, since browsers keep that to themselves. nginx does not tell capital letters
    /// from small ones here; where a host does, the program in `404.html` leads on all the same.
    fn moves(&self) -> Vec<Move> {
        let mut seen = HashSet::new();
        let placed = |address: &str| format!("{}{}", self.base(), address.trim_start_matches('/'));
        let moved = |redirect: &Redirect| {
            // What browsers leave as it is in paths and queries, though they need not.
            let from = percent_encoded(redirect.from.as_str(), "$'");
            let to = encoded(redirect.to.as_str());
            if !redirect.from.is_local() || from.contains('#') || from.len().max(to.len()) > LONGEST_ADDRESS {
                return None;
            }
            let (path, query) = from.split_once('?').unwrap_or((&from, ""));
            let path = path.trim_end_matches('/');
            if path.is_empty() || !seen.insert(address_key(&from)) {
                return None;
            }
            Some(Move {
                path: placed(path),
                query: (!query.is_empty()).then(|| query.to_owned()),
                to: if redirect.to.is_local() { placed(&to) } else { to },
            })
        };
        self.redirects.iter().filter_map(moved).collect()
    }
}

/// A text without line ends and other controls.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A text between double quotes, as nginx and Caddy read it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('\\', r"\\").replace('"', r#"\""#))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Href;

    #[test]
    fn only_names_with_a_hash_last_forever() {
        for name in ["app-4c2c27056a4adbe6.js", "app-4c2c27056a4adbe6_bg.wasm", "10-tokens-20e95233ead85d1c.css"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["app.js", "sw.js", "app-4c2c27056a4adbe.js", "app-4C2C27056A4ADBE6.js", "a-4c2c27056a4adbe6.json"]
        {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn old_addresses_are_each_known_once_and_as_browsers_send_them() {
        let redirects: Vec<Redirect> = [
            ("/a/", "/new/"),
            ("/A", "/other/"),
            ("/tin-tức?x={1}", "https://b.vn/$1"),
            ("/tin-t%e1%bb%a9c/?X=%7b1%7d", "/other/"),
            ("/Web/Guest", "/guest/"),
            ("/web/guest/", "/other/"),
            ("/", "/home-is-home/"),
            ("/?id=1", "/home-is-home/"),
            ("/#/old", "/fragments-stay-in-the-browser/"),
            ("https://c.vn/", "/not-here/"),
        ]
        .into_iter()
        .map(|(from, to)| Redirect { from: Href::new(from).expect("valid"), to: Href::new(to).expect("valid") })
        .collect();
        let server = Server::default();
        let hosting = Hosting {
            base: "/p/",
            editions: &[],
            policy: "",
            secure: false,
            files: &[],
            redirects: &redirects,
            server,
        };
        let moves: Vec<_> = hosting.moves().into_iter().map(|old| (old.path, old.query, old.to)).collect();
        assert_eq!(
            moves,
            [
                ("/p/a".to_owned(), None, "/p/new/".to_owned()),
                ("/p/tin-t%E1%BB%A9c".to_owned(), Some("x=%7B1%7D".to_owned()), "https://b.vn/%241".to_owned()),
                ("/p/Web/Guest".to_owned(), None, "/p/guest/".to_owned()),
            ]
        );
    }
}
