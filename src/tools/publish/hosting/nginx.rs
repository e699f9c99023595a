//! `nginx.conf`: a whole file for `nginx -c`, as any user.
//!
//! Source: <https://nginx.org/en/docs/>. It asks for nothing that Debian's `nginx-light` does not have.

use super::{COMPARE, FOR_HOSTS, Hosting, MINUTE, Move, quoted};
use std::fmt::Write as _;

/// Media types by the end of the name; the system's own list may be old or absent.
const TYPES: &str = "\
    types {
        application/gzip gz;
        application/json json;
        application/manifest+json webmanifest;
        application/pdf pdf;
        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx;
        application/vnd.openxmlformats-officedocument.wordprocessingml.document docx;
        application/wasm wasm;
        application/xml xml;
        application/zip zip;
        audio/mp4 m4a;
        audio/mpeg mp3;
        audio/ogg oga ogg;
        font/woff2 woff2;
        image/avif avif;
        image/gif gif;
        image/jpeg jpeg jpg;
        image/png png;
        image/svg+xml svg;
        image/webp webp;
        image/x-icon ico;
        text/css css;
        text/html html;
        text/javascript js mjs;
        text/plain txt;
        text/vtt vtt;
        video/mp4 mp4;
        video/webm webm;
    }
    default_type application/octet-stream;
    charset utf-8;
    charset_types application/xml text/css text/javascript text/plain text/vtt;
";

const COMPRESSION: &str = "\
    # What lies compressed beside a file is sent as it is; other texts are compressed on the way.
    gzip_static on;
    # brotli_static on;  # once the module is there (Debian: libnginx-mod-http-brotli-static)
    gzip on;
    gzip_vary on;
    gzip_types application/json application/manifest+json application/wasm application/xml image/svg+xml
               text/css text/javascript text/plain text/vtt;
";

impl Hosting<'_> {
    /// `nginx.conf`.
    pub fn nginx(&self) -> String {
        let moves = self.moves();
        let mut out = format!(
            "\
# Written by `portal build`. To try it, as root: mkdir -p /run/portal && cp -RT dist /srv/portal && nginx -c \"$PWD/dist/.hosting/nginx.conf\"
# Adapt the lines that say so. For https add `listen 443 ssl` and your certificate to the server.
{COMPARE}
worker_processes auto;
"
        );
        let _ = writeln!(out, "pid {};  # ADAPT: a folder only nginx writes to, here and below", self.run("nginx.pid"));
        out.push_str("error_log stderr;\nevents {}\nhttp {\n");
        self.nginx_server(!moves.is_empty(), &mut out);
        self.nginx_maps(&moves, &mut out);
        out.push_str(TYPES);
        out.push_str(COMPRESSION);
        out.push_str("    sendfile on;\n    tcp_nopush on;\n    server_tokens off;\n    access_log off;\n");
        for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] {
            let _ = writeln!(out, "    {kind}_temp_path {};", self.run(kind));
        }
        out.push_str("}\n");
        out
    }

    fn run(&self, name: &str) -> String {
        quoted(&format!("{}/{name}", self.server.run.trim_end_matches('/')))
    }

    fn nginx_server(&self, moves: bool, out: &mut String) {
        let base = self.base();
        let root = quoted(&format!("{}/", self.server.root.trim_end_matches('/')));
        let internal: String = self
            .folders()
            .iter()
            .map(|folder| format!("            location = \"{base}{folder}404.html\" {{ internal; }}\n"))
            .collect();
        let _ = write!(
            out,
            "    server {{
        listen {}:{};  # ADAPT: address and port
        location \"{base}\" {{
            alias {root};  # ADAPT: the folder with the built portal
            index index.html;
{internal}        }}
",
            self.server.address, self.server.port
        );
        let hidden = FOR_HOSTS.map(|file| file.replace('.', r"\.")).join("|");
        let _ = writeln!(
            out,
            r#"        location ~ "/\.(?!well-known/)|^{}(?:{hidden})$" {{ return 404; }}"#,
            self.base_pattern()
        );
        if self.base != "/" {
            let bare = base.trim_end_matches('/');
            let _ = writeln!(out, "        location = \"{bare}\" {{ return 301 \"{base}$is_args$args\"; }}");
            out.push_str("        location / { return 404; }\n");
        }
        // Only where nothing is, so that an old address never hides a page.
        let moved = if moves { "\n            if ($moved) { return 301 $moved; }" } else { "" };
        let _ = write!(
            out,
            "        recursive_error_pages on;
        error_page 403 404 = @missing;
        location @missing {{{moved}
            error_page 404 $missing;
            return 404;
        }}
        absolute_redirect off;
        add_header Cache-Control $lifetime always;
"
        );
        for (name, value) in self.security() {
            let _ = writeln!(out, "        add_header {name} {} always;", quoted(&value));
        }
        out.push_str("    }\n");
    }

    fn nginx_maps(&self, moves: &[Move], out: &mut String) {
        // nginx takes these before the first map only. A word and what nginx adds to it must fit into a bucket.
        let longest = moves.iter().map(|old| old.path.len() + old.query.as_ref().map_or(0, String::len)).max();
        let bucket = (longest.unwrap_or_default() + 64).next_multiple_of(64);
        let _ = writeln!(out, "    map_hash_bucket_size {bucket};");
        let _ = writeln!(out, "    map_hash_max_size {};", (moves.len() * 2).max(2048));
        let _ = writeln!(out, "    map $uri $lifetime {{\n        default {};", quoted(MINUTE));
        for (pattern, lifetime) in self.lifetimes() {
            let _ = writeln!(out, "        \"~{pattern}\" {};", quoted(lifetime));
        }
        out.push_str("    }\n    map $request_uri $missing {\n");
        for folder in self.folders() {
            let (base, pattern) = (self.base(), self.base_pattern());
            let place = if folder.is_empty() { "default".to_owned() } else { format!("\"~^{pattern}{folder}\"") };
            let _ = writeln!(out, "        {place} \"{base}{folder}404.html\";");
        }
        out.push_str("    }\n");
        if moves.is_empty() {
            return;
        }
        out.push_str(
            "    # Old addresses, without final slashes: with this very query, or else whatever the query.
    map $request_uri $old_path {
        default \"\";
        \"~^(?<trimmed>(?:/+[^/?]+)*)/*(?:\\?|$)\" $trimmed;
    }
    map \"$old_path?$args\" $moved {
        default $moved_path;
",
        );
        for old in moves {
            if let Some(query) = &old.query {
                let _ = writeln!(out, "        \"{}?{query}\" \"{}\";", old.path, old.to);
            }
        }
        out.push_str("    }\n    map $old_path $moved_path {\n        default \"\";\n");
        for old in moves.iter().filter(|old| old.query.is_none()) {
            let _ = writeln!(out, "        \"{}\" \"{}\";", old.path, old.to);
        }
        out.push_str("    }\n");
    }
}
