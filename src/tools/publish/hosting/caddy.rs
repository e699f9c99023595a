//! `Caddyfile`.
//!
//! Source: <https://caddyserver.com/docs/caddyfile>; Caddy 2.6 (Debian 12) and later.

use super::{COMPARE, FOR_HOSTS, Hosting, MINUTE, Move, quoted};
use std::fmt::Write as _;

impl Hosting<'_> {
    /// `Caddyfile`.
    pub fn caddy(&self) -> String {
        let server = self.server;
        let mut out = format!(
            "\
# Written by `portal build`. To try it: sudo cp -RT dist /srv/portal && caddy run --adapter caddyfile --config dist/.hosting/Caddyfile
# Adapt the next lines. With a domain in place of http://:{port}, Caddy sees to https by itself; then remove `bind`.
{COMPARE}
http://:{port} {{
	bind {address}
	root * {root}

	encode gzip
	header Cache-Control {{lifetime}}
",
            port = server.port,
            address = server.address,
            root = quoted(server.root)
        );
        for (name, value) in self.security() {
            let _ = writeln!(out, "\theader {name} {}", quoted(&value));
        }
        // The system's list of types may be old.
        for (end, kind) in [("wasm", "application/wasm"), ("webmanifest", "application/manifest+json")] {
            let _ = writeln!(out, "\t@{end} path *.{end}\n\theader @{end} Content-Type {kind}");
        }
        out.push_str("\tmap {path} {lifetime} {\n");
        for (pattern, lifetime) in self.lifetimes() {
            let _ = writeln!(out, "\t\t\"~{pattern}\" {}", quoted(lifetime));
        }
        let _ = writeln!(out, "\t\tdefault {}\n\t}}", quoted(MINUTE));
        self.caddy_files(&mut out);
        self.caddy_missing(&self.moves(), &mut out);
        out.push_str("}\n");
        out
    }

    fn caddy_files(&self, out: &mut String) {
        let base = self.base();
        let missing = self.folders().into_iter().map(|folder| format!("{folder}404.html"));
        let hidden = FOR_HOSTS.iter().map(|file| (*file).to_owned()).chain(missing);
        let hidden: Vec<String> = hidden.map(|file| format!("\"{base}{file}\"")).collect();
        let _ = write!(
            out,
            "
	@dotted {{
		path */.*
		not path_regexp ^/\\.well-known(?:/+[^./][^/]*)*/*$
	}}
	@hidden path {}
	@writing not method GET HEAD
	route {{
		error @writing 405
		error @dotted 404
		error @hidden 404
",
            hidden.join(" ")
        );
        if self.base != "/" {
            let bare = base.trim_end_matches('/');
            let _ = write!(
                out,
                "		redir \"{bare}\" \"{base}\" 301
		@outside not path \"{base}*\"
		error @outside 404
		uri strip_prefix \"{bare}\"
"
            );
        }
        // From where the reader is, so that no address, however odd, leads to another site.
        out.push_str(
            "		@bare {
			not path */
			file {path}/index.html
		}
		map {query} {tail} {
			\"~.+\" \"?${0}\"
			default \"\"
		}
		redir @bare \"./{http.request.uri.path.file}/{tail}\" 301
",
        );
        out.push_str("\t\tfile_server {\n\t\t\tprecompressed br gzip\n\t\t}\n\t}\n");
    }

    /// What is not there: an old address, or `404.html`. Only then, so that an old address never hides a page.
    fn caddy_missing(&self, moves: &[Move], out: &mut String) {
        out.push_str("\n\thandle_errors {\n");
        if !moves.is_empty() {
            out.push_str(
                "\t\t# Old addresses, without final slashes: with this very query, or else whatever the query.\n",
            );
            out.push_str("\t\tmap {http.request.orig_uri} {old_path} {\n");
            out.push_str("\t\t\t\"~^((?:/+[^/?]+)*)/*(?:\\?.*)?$\" \"${1}\"\n\t\t\tdefault \"\"\n\t\t}\n");
            out.push_str("\t\tmap {old_path} {moved_path} {\n");
            for old in moves.iter().filter(|old| old.query.is_none()) {
                let _ = writeln!(out, "\t\t\t\"{}\" \"{}\"", old.path, old.to);
            }
            out.push_str("\t\t\tdefault \"\"\n\t\t}\n");
            out.push_str("\t\tmap \"{old_path}?{http.request.orig_uri.query}\" {moved} {\n");
            for old in moves {
                if let Some(query) = &old.query {
                    let _ = writeln!(out, "\t\t\t\"{}?{query}\" \"{}\"", old.path, old.to);
                }
            }
            out.push_str("\t\t\tdefault {moved_path}\n\t\t}\n");
            out.push_str("\t\t@moved {\n\t\t\tvars {http.error.status_code} 404\n\t\t\tnot vars {moved} \"\"\n\t\t}\n");
            out.push_str("\t\tredir @moved {moved} 301\n");
        }
        out.push_str("\t\tmap {http.request.orig_uri} {missing_page} {\n");
        for folder in self.folders().iter().filter(|folder| !folder.is_empty()) {
            let _ = writeln!(out, "\t\t\t\"~^{}{folder}\" \"/{folder}404.html\"", self.base_pattern());
        }
        out.push_str("\t\t\tdefault \"/404.html\"\n\t\t}\n");
        let _ = write!(
            out,
            "		@missing vars {{http.error.status_code}} 404
		header Cache-Control {}
		header @missing Content-Type \"text/html; charset=utf-8\"
		rewrite @missing {{missing_page}}
		file_server @missing {{
			precompressed br gzip
		}}
	}}
",
            quoted(MINUTE)
        );
    }
}
