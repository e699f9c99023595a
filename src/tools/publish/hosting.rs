//! The rules a host serves the portal by, written for the hosts an office is likely to have.

use crate::contract::Redirect;

/// What the rules follow from.
#[derive(Debug, Clone, Copy)]
pub struct Hosting<'a> {
    /// The base path, as [`crate::portal::Portal::base`] gives it.
    pub base: &'a str,
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

impl Hosting<'_> {
    /// `_headers`, as Netlify and Cloudflare Pages read it.
    pub fn headers(&self) -> String {
        String::new()
    }

    /// `_redirects`, as Netlify and Cloudflare Pages read it.
    pub fn redirects(&self) -> String {
        String::new()
    }

    /// `nginx.conf`, a whole file for `nginx -c`.
    pub fn nginx(&self) -> String {
        String::new()
    }

    /// `Caddyfile`.
    pub fn caddy(&self) -> String {
        String::new()
    }
}
