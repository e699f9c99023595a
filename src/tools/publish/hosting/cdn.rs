//! `_headers` and `_redirects`, as Netlify and Cloudflare Pages read them.
//!
//! Both files lie at the root of what is published. Sources:
//! <https://docs.netlify.com/manage/routing/headers/>, <https://docs.netlify.com/manage/routing/redirects/overview/>,
//! <https://developers.cloudflare.com/pages/configuration/headers/> and `…/redirects/`.
//!
//! A header that two rules set for one address is sent with both values, so the rules for one header never overlap.
//! That is why pages have no rule of their own: both hosts send them with `max-age=0, must-revalidate` and drop
//! their copies at each publication. Both answer 404 with `404.html`, add missing final slashes and compress by themselves.

use super::{DAY, FOREVER, Hosting, MINUTE, Move, NEVER, SERVICE_WORKER, WEEK, is_hashed};
use std::fmt::Write as _;

impl Hosting<'_> {
    /// `_headers`.
    pub fn headers(&self) -> String {
        let mut out = "# Written by `portal build`, for Netlify and Cloudflare Pages.\n".to_owned();
        let mut rule = |path: &str, headers: &[(&str, &str)]| {
            let _ = write!(out, "\n{path}\n");
            for (name, value) in headers {
                let _ = writeln!(out, "  {name}: {value}");
            }
        };
        let security = self.security();
        let security: Vec<(&str, &str)> = security.iter().map(|(name, value)| (*name, value.as_str())).collect();
        rule("/*", &security);
        let base = self.base();
        for file in self.files.iter().filter(|file| is_hashed(file)) {
            let wasm = file.ends_with(".wasm").then_some(("Content-Type", "application/wasm"));
            let headers: Vec<_> = [("Cache-Control", FOREVER)].into_iter().chain(wasm).collect();
            rule(&format!("{base}{file}"), &headers);
        }
        rule(&format!("{base}{SERVICE_WORKER}"), &[("Cache-Control", NEVER)]);
        rule(&format!("{base}media/*"), &[("Cache-Control", WEEK)]);
        for folder in self.folders() {
            rule(&format!("{base}{folder}search/parts/*"), &[("Cache-Control", FOREVER)]);
            for documents in [":document", "articles/*", "pages/*", "sections/:section"] {
                rule(&format!("{base}api/v1/{folder}{documents}"), &[("Cache-Control", MINUTE)]);
            }
            rule(&format!("{base}api/v1/{folder}sections/:section/:list"), &[("Cache-Control", DAY)]);
            rule(&format!("{base}{folder}manifest.webmanifest"), &[("Content-Type", "application/manifest+json")]);
        }
        out
    }

    /// `_redirects`. Netlify takes old addresses with a query; Cloudflare Pages passes over these lines, and the page
    /// `404.html` leads on from there. So it does from addresses whose characters have a meaning in this file.
    pub fn redirects(&self) -> String {
        let mut out = "# Written by `portal build`, for Netlify and Cloudflare Pages.\n".to_owned();
        let moves = self.moves();
        let (plain, queried): (Vec<_>, Vec<_>) =
            moves.iter().filter(|old| !old.path.contains(['*', ':'])).partition(|old| old.query.is_none());
        for old in queried {
            if let Some(parameters) = parameters(old) {
                let _ = writeln!(out, "{} {parameters} {} 301", old.path, old.to);
            }
        }
        for old in &plain {
            let _ = writeln!(out, "{} {} 301", old.path, old.to);
        }
        // To Netlify these say nothing new. Cloudflare Pages reads 2,000 lines, so they come last.
        for old in &plain {
            let _ = writeln!(out, "{}/ {} 301", old.path, old.to);
        }
        let base = self.base();
        for folder in self.folders().iter().rev().filter(|folder| self.base != "/" || !folder.is_empty()) {
            let _ = writeln!(out, "{base}{folder}* {base}{folder}404.html 404");
        }
        out
    }
}

/// The query as words of a line, if no character in it has a meaning there.
fn parameters(old: &Move) -> Option<String> {
    let word =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b));
    let words: Vec<&str> = old.query.as_deref()?.split('&').collect();
    let plain = words.iter().all(|pair| pair.split_once('=').is_some_and(|(key, value)| word(key) && word(value)));
    plain.then(|| words.join(" "))
}
