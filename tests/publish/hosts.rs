//! The rules of hosts: both real servers answer the same questions, and the files for CDNs say what they should.

use crate::redirects;
use crate::server::{Kind, Running};
use flate2::Compression;
use flate2::write::GzEncoder;
use portal::contract::Redirect;
use portal::tools::publish::hosting::{Hosting, Server};
use std::fs;
use std::io::Write;
use std::path::Path;

const MINUTE: &str = "public, max-age=60, stale-while-revalidate=600";
const WEEK: &str = "public, max-age=604800";
const DAY: &str = "public, max-age=86400";
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Old addresses, kind and unkind.
const REDIRECTS: [(&str, &str); 12] = [
    ("/web/guest/home", "/"),
    ("/web/guest/tin?articleId=84512", "/tin-tuc/?tu=cu#x"),
    ("/web/guest/tin", "/tin-tuc/"),
    ("/tin-cũ/", "https://khac.example.vn/mới"),
    ("/tin-tuc/", "https://evil.example/an-old-address-hides-no-page"),
    ("/bad1;}location/{return", "/x\";return-200"),
    ("/bad2\"#'$uri${request_uri}", "/t\"{env.HOME}{$HOME}$uri'`#;}"),
    ("/bad3?a={http.request.host}&b=$args;\"'", "https://a.vn/?{path}=${1}$1"),
    ("/include;/etc/passwd", "/include"),
    ("/default", "/default-found/"),
    ("/WEB/guest/home", "/capital/"),
    ("/~regex.*", "/regex/"),
];

/// A small portal in a folder.
pub fn publish(root: &Path) {
    let write = |name: &str, bytes: &[u8]| {
        let file = root.join(name);
        fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        fs::write(file, bytes).expect("written");
    };
    for (name, text) in [
        ("index.html", "<h1>Trang chủ</h1>"),
        ("404.html", "<h1>Không tìm thấy</h1>"),
        ("en/index.html", "<h1>Home</h1>"),
        ("en/404.html", "<h1>Not found</h1>"),
        ("en/search/parts/p0", "part"),
        ("api/v1/en/sections/news/1.json", "{}"),
        ("tin-tuc/index.html", "<h1>Tin tức</h1>"),
        ("media/a.webp", "picture"),
        ("api/v1/site.json", "{}"),
        ("api/v1/sections/tin-tuc.json", "{}"),
        ("api/v1/sections/tin-tuc/1.json", "{}"),
        ("app-4c2c27056a4adbe6_bg.wasm", "wasm"),
        ("10-tokens-20e95233ead85d1c.css", "p{}"),
        ("sw.js", "//"),
        ("app-4c2c27056a4adbe6.js", "// plain"),
        ("app-4c2c27056a4adbe6.js.br", "// as brotli"),
        ("manifest.webmanifest", "{}"),
        ("rss.xml", "<rss/>"),
        (".git/config", "secret"),
        (".env", "secret"),
        ("tin-tuc/.draft", "secret"),
        (".well-known/security.txt", "Contact: mailto:a@b.vn"),
        ("_headers", "secret"),
        ("nginx.conf", "secret"),
    ] {
        write(name, text.as_bytes());
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(b"// as gzip").expect("packed");
    write("app-4c2c27056a4adbe6.js.gz", &packed.finish().expect("packed"));
    fs::create_dir(root.join("empty")).expect("a folder without a page");
}

/// Tries both servers under both base paths.
fn everywhere(check: impl Fn(&Running, &str, Kind)) {
    for kind in [Kind::Nginx, Kind::Caddy] {
        for base in ["/", "/portal/"] {
            if let Some(server) = kind.start(base, &REDIRECTS) {
                check(&server, base, kind);
            }
        }
    }
}

#[test]
fn files_have_their_types_and_lifetimes() {
    everywhere(|server, base, kind| {
        for (path, body, kind_of_file, lifetime) in [
            ("", "<h1>Trang chủ</h1>", "text/html; charset=utf-8", MINUTE),
            ("tin-tuc/", "<h1>Tin tức</h1>", "text/html; charset=utf-8", MINUTE),
            ("tin-tuc/?utm=x", "<h1>Tin tức</h1>", "text/html; charset=utf-8", MINUTE),
            ("api/v1/site.json", "{}", "application/json", MINUTE),
            ("api/v1/sections/tin-tuc.json", "{}", "application/json", MINUTE),
            ("api/v1/sections/tin-tuc/1.json", "{}", "application/json", DAY),
            ("en/", "<h1>Home</h1>", "text/html; charset=utf-8", MINUTE),
            ("api/v1/en/sections/news/1.json", "{}", "application/json", DAY),
            ("media/a.webp", "picture", "image/webp", WEEK),
            ("app-4c2c27056a4adbe6.js", "// plain", "text/javascript; charset=utf-8", FOREVER),
            ("app-4c2c27056a4adbe6_bg.wasm", "wasm", "application/wasm", FOREVER),
            ("10-tokens-20e95233ead85d1c.css", "p{}", "text/css; charset=utf-8", FOREVER),
            ("sw.js", "//", "text/javascript; charset=utf-8", "no-cache"),
            ("manifest.webmanifest", "{}", "application/manifest+json", MINUTE),
        ] {
            let answer = server.get(&format!("{base}{path}"));
            assert_eq!((answer.status, answer.body.as_str()), (200, body), "{kind:?} {base}{path}");
            assert_eq!(answer.header("Content-Type"), kind_of_file, "{kind:?} {base}{path}");
            assert_eq!(answer.header("Cache-Control"), lifetime, "{kind:?} {base}{path}");
        }
    });
}

#[test]
fn what_is_not_there_is_answered_404_with_the_page_for_it() {
    everywhere(|server, base, kind| {
        for path in [
            "khong-co/",
            "khong-co",
            "tin-tuc/khong-co/",
            "media/b.webp",
            "api/v1/none.json",
            "404.html",
            "enough/",
            "empty/",
            "none-0000000000000000_bg.wasm",
            "%00",
            ".git/config",
            ".env",
            "%2egit/config",
            "tin-tuc/.draft",
            "tin-tuc/../.env",
            "tin-tuc//.draft",
            "tin-tuc/%2edraft",
            "media/..%2f.env",
            "..%2f..%2fetc/passwd",
            "media../.env",
            ".well-known/none",
            "_headers",
            "nginx.conf",
        ] {
            let answer = server.get(&format!("{base}{path}"));
            assert!(!answer.body.contains("secret"), "{kind:?} {base}{path}: {answer:?}");
            if ["%00", "..%2f..%2fetc/passwd"].contains(&path) && answer.status >= 400 {
                // No address at all; each server has its own word for that.
                continue;
            }
            assert_eq!(answer.status, 404, "{kind:?} {base}{path}: {answer:?}");
            assert_eq!(answer.body, "<h1>Không tìm thấy</h1>", "{kind:?} {base}{path}");
            assert_eq!(answer.header("Content-Type"), "text/html; charset=utf-8", "{kind:?} {base}{path}");
            assert_eq!(answer.header("Cache-Control"), MINUTE, "{kind:?} {base}{path}");
            assert!(!answer.header("Content-Security-Policy").is_empty(), "{kind:?} {base}{path}");
        }
        assert_eq!(server.ask("HEAD", &format!("{base}khong-co/"), "").status, 404, "{kind:?}");
        assert_eq!(server.ask("POST", base, "Content-Length: 0\r\n").status, 405, "{kind:?}");
        if base == "/" {
            assert_eq!(server.get("/.well-known/security.txt").status, 200, "{kind:?}");
        } else {
            assert_eq!(server.get("/").status, 404, "{kind:?}: outside of the base");
            assert_eq!(server.get("/tin-tuc/").status, 404, "{kind:?}: outside of the base");
            assert_eq!(server.get("/portalx/").status, 404, "{kind:?}: outside of the base");
        }
    });
}

#[test]
fn every_answer_carries_the_policies() {
    everywhere(|server, base, kind| {
        for path in ["", "tin-tuc", "api/v1/site.json", "khong-co", "web/guest/home"] {
            let answer = server.get(&format!("{base}{path}"));
            let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; frame-ancestors 'none'";
            assert_eq!(answer.header("Content-Security-Policy"), policy, "{kind:?} {path}");
            assert_eq!(answer.header("X-Content-Type-Options"), "nosniff", "{kind:?} {path}");
            assert_eq!(answer.header("Referrer-Policy"), "strict-origin-when-cross-origin", "{kind:?} {path}");
            assert_eq!(answer.header("Cross-Origin-Opener-Policy"), "same-origin", "{kind:?} {path}");
            assert_eq!(answer.header("Strict-Transport-Security"), "max-age=31536000", "{kind:?} {path}");
            let denied = answer.header("Permissions-Policy");
            for feature in ["camera=()", "microphone=()", "geolocation=()"] {
                assert!(denied.contains(feature), "{kind:?} {path}: {denied}");
            }
        }
    });
}

#[test]
fn a_missing_final_slash_is_added() {
    everywhere(|server, base, kind| {
        let answer = server.get(&format!("{base}tin-tuc?a=b"));
        let places = [format!("{base}tin-tuc/?a=b"), "./tin-tuc/?a=b".to_owned()];
        assert_eq!(answer.status, 301, "{kind:?}");
        assert!(places.iter().any(|place| place == answer.header("Location")), "{kind:?}: {answer:?}");
        if base != "/" {
            let answer = server.get(base.trim_end_matches('/'));
            assert_eq!((answer.status, answer.header("Location")), (301, base), "{kind:?}");
        }
        let answer = server.get(&format!("{base}tin-tuc"));
        let places = [format!("{base}tin-tuc/"), "./tin-tuc/".to_owned()];
        assert!(places.iter().any(|place| place == answer.header("Location")), "{kind:?}: {answer:?}");
        for query in ["{env.HOME}", "$uri", "%7Benv.HOME%7D"] {
            let answer = server.get(&format!("{base}tin-tuc?{query}"));
            assert!(answer.header("Location").ends_with(&format!("tin-tuc/?{query}")), "{kind:?}: {answer:?}");
        }
        let answer = server.get(&format!("/{base}tin-tuc"));
        assert!(!answer.header("Location").starts_with("//"), "{kind:?} leads to another site: {answer:?}");
    });
}

#[test]
fn old_addresses_lead_to_the_new_ones() {
    everywhere(|server, base, kind| {
        let below = |path: &str| format!("{base}{path}");
        for (from, to) in [
            ("web/guest/home", below("")),
            ("web/guest/home/", below("")),
            ("web/guest/home?any=thing", below("")),
            ("web/guest/tin?articleId=84512", below("tin-tuc/?tu=cu#x")),
            ("web/guest/tin/?articleId=84512", below("tin-tuc/?tu=cu#x")),
            ("web/guest/tin?articleId=1", below("tin-tuc/")),
            ("web/guest/tin", below("tin-tuc/")),
            ("tin-c%C5%A9", "https://khac.example.vn/m%E1%BB%9Bi".to_owned()),
            ("default", below("default-found/")),
        ] {
            let answer = server.get(&below(from));
            assert_eq!((answer.status, answer.header("Location")), (301, to.as_str()), "{kind:?} {base}{from}");
            assert_eq!(answer.header("Cache-Control"), MINUTE, "{kind:?} {base}{from}");
        }
        assert_eq!(server.get(&below("tin-tuc/")).status, 200, "{kind:?}: an old address hides no page");
        assert_eq!(server.get(&below("web/guest")).status, 404, "{kind:?}");
    });
}

#[test]
fn unkind_redirects_are_only_text() {
    everywhere(|server, base, kind| {
        for (from, to) in [
            ("bad1;%7Dlocation/%7Breturn", "x%22;return-200".to_owned()),
            ("bad3?a=%7Bhttp.request.host%7D&b=$args;%22'", String::new()),
            ("include;/etc/passwd", "include".to_owned()),
            ("~regex.*", "regex/".to_owned()),
        ] {
            let answer = server.get(&format!("{base}{from}"));
            let place = if to.is_empty() {
                "https://a.vn/?%7Bpath%7D=%24%7B1%7D%241".to_owned()
            } else {
                format!("{base}{to}")
            };
            assert_eq!((answer.status, answer.header("Location")), (301, place.as_str()), "{kind:?} {base}{from}");
        }
        let answer = server.get(&format!("{base}regexxx"));
        assert_eq!(answer.status, 404, "{kind:?}: an address is not a pattern");
        let answer = server.get(&format!("{base}web/guest/home\"%0d%0aX: y"));
        assert!(answer.status >= 400, "{kind:?}: {answer:?}");
    });
}

#[test]
fn what_lies_compressed_is_served() {
    everywhere(|server, base, kind| {
        let path = format!("{base}app-4c2c27056a4adbe6.js");
        let answer = server.ask("GET", &path, "Accept-Encoding: gzip\r\n");
        assert_eq!(answer.header("Content-Encoding"), "gzip", "{kind:?}");
        assert_eq!(answer.header("Content-Type"), "text/javascript; charset=utf-8", "{kind:?}");
        assert_eq!(answer.header("Cache-Control"), FOREVER, "{kind:?}");
        assert!(answer.header("Vary").contains("Accept-Encoding"), "{kind:?}: {answer:?}");
        // Debian's nginx has no brotli without a further package.
        if kind == Kind::Caddy {
            let answer = server.ask("GET", &path, "Accept-Encoding: gzip, br\r\n");
            assert_eq!((answer.header("Content-Encoding"), answer.body.as_str()), ("br", "// as brotli"));
        }
    });
}

#[test]
fn a_portal_without_redirects_is_served_too() {
    for kind in [Kind::Nginx, Kind::Caddy] {
        if let Some(server) = kind.start("/", &[]) {
            assert_eq!(server.get("/").status, 200, "{kind:?}");
            assert_eq!(server.get("/khong-co/").status, 404, "{kind:?}");
        }
    }
}

#[test]
fn what_an_edition_does_not_have_is_answered_in_its_language() {
    everywhere(|server, base, kind| {
        for path in ["en/none/", "en/news/none/?a=b", "en/none", "en/404.html"] {
            let answer = server.get(&format!("{base}{path}"));
            assert_eq!((answer.status, answer.body.as_str()), (404, "<h1>Not found</h1>"), "{kind:?} {base}{path}");
        }
        assert_eq!(
            server.get(&format!("{base}en/search/parts/p0")).header("Cache-Control"),
            FOREVER,
            "{kind:?} {base}"
        );
    });
}

#[test]
fn many_and_long_redirects_are_served() {
    let long = format!("{}?{}", "/aaaaaaaaa".repeat(90), "b".repeat(900));
    let too_long = format!("/{}", "c".repeat(5000));
    let many: Vec<String> = (0..20_000).map(|number| format!("/web/guest/bai-viet-{number}")).collect();
    let mut redirects: Vec<(&str, &str)> = many.iter().map(|from| (from.as_str(), "/tin-tuc/")).collect();
    redirects.extend([(long.as_str(), "/"), (too_long.as_str(), "/"), ("/x", too_long.as_str())]);
    for kind in [Kind::Nginx, Kind::Caddy] {
        if let Some(server) = kind.start("/", &redirects) {
            assert_eq!(server.get("/web/guest/bai-viet-19999").header("Location"), "/tin-tuc/", "{kind:?}");
            assert_eq!(server.get(&long).header("Location"), "/", "{kind:?}");
        }
    }
}

fn hosting<'a>(base: &'a str, files: &'a [String], redirects: &'a [Redirect]) -> Hosting<'a> {
    Hosting {
        base,
        editions: &[],
        policy: "default-src 'none';",
        secure: true,
        files,
        redirects,
        server: Server::default(),
    }
}

#[test]
fn headers_for_a_cdn_never_overlap() {
    let files = ["app-4c2c27056a4adbe6.js", "app-4c2c27056a4adbe6_bg.wasm", "sw.js"].map(str::to_owned);
    let text = hosting("/portal/", &files, &[]).headers();
    let rules: Vec<(&str, Vec<&str>)> = text
        .split("\n\n")
        .skip(1)
        .map(|rule| {
            let mut lines = rule.lines();
            (lines.next().expect("a path"), lines.map(str::trim).collect())
        })
        .collect();
    assert_eq!(rules[0].0, "/*");
    assert!(rules[0].1.contains(&"Content-Security-Policy: default-src 'none'; frame-ancestors 'none'"), "{text}");
    assert!(rules[0].1.iter().all(|header| !header.starts_with("Cache-Control") && header.len() < 2000), "{text}");
    let of = |path: &str| {
        let matches = |pattern: &str| {
            let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
            let open = pattern.last() == Some(&"*");
            let fixed = pattern.len() - usize::from(open);
            (if open { path.len() > fixed } else { path.len() == fixed })
                && pattern[..fixed].iter().zip(&path).all(|(part, given)| part == given || part.starts_with(':'))
        };
        let found: Vec<_> = rules[1..].iter().filter(|(pattern, _)| matches(pattern)).collect();
        assert!(found.len() < 2, "{path} is matched by {found:?}");
        found.first().map(|(_, headers)| headers.join("; ")).unwrap_or_default()
    };
    assert_eq!(of("/portal/tin-tuc/"), "");
    assert_eq!(of("/portal/sw.js"), "Cache-Control: no-cache");
    assert_eq!(of("/portal/app-4c2c27056a4adbe6.js"), format!("Cache-Control: {FOREVER}"));
    assert!(of("/portal/app-4c2c27056a4adbe6_bg.wasm").ends_with("Content-Type: application/wasm"));
    assert_eq!(of("/portal/media/a/b.webp"), format!("Cache-Control: {WEEK}"));
    assert_eq!(of("/portal/api/v1/site.json"), format!("Cache-Control: {MINUTE}"));
    assert_eq!(of("/portal/api/v1/articles/tin-tuc/a.json"), format!("Cache-Control: {MINUTE}"));
    assert_eq!(of("/portal/api/v1/sections/tin-tuc.json"), format!("Cache-Control: {MINUTE}"));
    assert_eq!(of("/portal/api/v1/sections/tin-tuc/12.json"), format!("Cache-Control: {DAY}"));
}

#[test]
fn redirects_for_a_cdn_are_three_or_more_plain_words() {
    let odd = [("/sao*/", "/a/"), ("/x/:y", "/b/"), ("/q?to=//evil.example", "/c/"), ("/q?a=1&b=2", "/d/")];
    let redirects = redirects(&[REDIRECTS.as_slice(), &odd].concat());
    let text = hosting("/", &[], &redirects).redirects();
    assert!(text.lines().any(|line| line == "/web/guest/home / 301"), "{text}");
    assert!(text.lines().any(|line| line == "/web/guest/home/ / 301"), "{text}");
    assert!(text.lines().any(|line| line == "/web/guest/tin articleId=84512 /tin-tuc/?tu=cu#x 301"), "{text}");
    assert!(text.lines().any(|line| line == "/q a=1 b=2 /d/ 301"), "{text}");
    for line in text.lines().skip(1) {
        let words: Vec<&str> = line.split(' ').collect();
        assert!(words.len() >= 3 && words[0].starts_with('/') && words.last() == Some(&"301"), "{line}");
        assert!(line.bytes().all(|b| b.is_ascii_graphic() || b == b' '), "{line}");
        assert!(!words[0].contains(['*', ':', '#']), "{line}");
        assert_eq!(words.len() == 3, !line.starts_with("/q ") && !line.contains(" articleId="), "{line}");
    }
    let text = hosting("/portal/", &[], &[]).redirects();
    assert!(text.ends_with("/portal/* /portal/404.html 404\n"), "{text}");
}
