//! Each page for itself, and all of them together.

use crate::fixture::{Fixture, snapshot};
use crate::site::{Page, build, build_under, output, sample};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

const ORIGIN: &str = "https://thanhxuan.example.vn";

/// The sample portal, built once for all tests.
static SAMPLE: LazyLock<TempDir> = LazyLock::new(|| {
    let output = output();
    let summary = build(&sample(), output.path());
    assert!(summary.findings.is_empty(), "{:?}", summary.findings);
    assert_eq!(Page::all(output.path()).len() as u64 + 2, summary.pages, "all pages and the fallback documents");
    output
});

fn pages() -> Vec<Page> {
    Page::all(SAMPLE.path())
}

/// The file a host answers a path with.
fn is_served(output: &Path, path: &str) -> bool {
    let file = output.join(path.trim_start_matches('/'));
    file.is_file() || (path.ends_with('/') && file.join("index.html").is_file())
}

#[test]
fn every_route_has_its_page() {
    let pages = pages();
    let addresses: HashSet<&str> = pages.iter().map(|page| page.address.as_str()).collect();
    for address in [
        "/",
        "/so-do-trang/",
        "/tin-tuc-su-kien/",
        "/tin-tuc-su-kien/trang/1/",
        "/tin-tuc-su-kien/nam/2022/",
        "/gioi-thieu/",
        "/chinh-tri-kinh-te-do-thi/phong-van-bi-thu-quan-uy-hai-khau-dot-pha/",
    ] {
        assert!(addresses.contains(address), "{address}");
    }
    assert!(SAMPLE.path().join("404.html").is_file());
}

#[test]
fn every_page_has_one_heading_of_the_first_level_and_one_main_part() {
    for page in pages() {
        assert!(!page.text("h1").trim().is_empty(), "{}", page.address);
        page.text("main");
    }
}

#[test]
fn the_readers_settings_are_read_in_the_head_before_anything_is_painted() {
    for page in pages() {
        let at_once = page.texts("head > script:not([src]):not([type]):not([async]):not([defer])");
        assert!(at_once.iter().any(|script| script.contains("portal.settings")), "{}", page.address);
    }
}

#[test]
fn no_two_pages_have_the_same_title() {
    let mut seen = BTreeMap::new();
    for page in pages() {
        if let Some(other) = seen.insert(page.text("head > title"), page.address.clone()) {
            panic!("{} and {other} are both called {:?}", page.address, page.text("head > title"));
        }
    }
}

#[test]
fn every_page_that_search_engines_list_names_its_own_address() {
    for page in pages() {
        let canonical = page.attributes("link[rel=canonical]", "href");
        let hidden = !page.attributes("meta[name=robots][content=noindex]", "content").is_empty();
        if hidden {
            continue;
        }
        assert_eq!(canonical, [format!("{ORIGIN}{}", page.address)]);
        assert_eq!(page.attributes("meta[property='og:url']", "content"), canonical);
        assert_eq!(page.attributes("meta[property='og:title']", "content").len(), 1, "{}", page.address);
    }
}

#[test]
fn every_link_and_every_file_of_the_portal_is_there() {
    let output = SAMPLE.path();
    let mut checked = 0;
    for page in pages() {
        let mut addresses = page.addresses();
        for set in page.attributes("[srcset]", "srcset") {
            addresses.extend(set.split(',').filter_map(|one| one.split_whitespace().next().map(str::to_owned)));
        }
        addresses.extend(page.attributes("meta[property='og:image']", "content"));
        for address in addresses {
            let local = address.strip_prefix(ORIGIN).unwrap_or(&address);
            let Some(path) = local.split(['?', '#']).next().filter(|path| path.starts_with('/')) else {
                continue;
            };
            assert!(is_served(output, path), "{} names {address}", page.address);
            checked += 1;
        }
    }
    assert!(checked > 5_000, "only {checked} addresses were looked at");
}

#[test]
fn the_picture_of_link_previews_has_its_measures() {
    for page in pages() {
        let all = |name: &str| page.attributes(&format!("meta[property='og:image{name}']"), "content");
        assert_eq!(all("").len(), 1, "{}", page.address);
        let path = all("")[0].strip_prefix(ORIGIN).expect("a picture of this portal").to_owned();
        let is_there = is_served(SAMPLE.path(), &path) || sample().file_size(&path).is_some();
        assert!(is_there, "{} names {path}", page.address);
        let (width, height) = (all(":width")[0].parse::<u32>(), all(":height")[0].parse::<u32>());
        assert!(width.is_ok_and(|width| width >= 600) && height.is_ok_and(|height| height >= 315), "{}", page.address);
    }
}

#[test]
fn link_previews_show_the_picture_of_an_article_where_it_is_there_and_fits() {
    let fixture = Fixture::new();
    fs::write(fixture.root().join("media/a.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>").expect("a drawing");
    fixture.edit("site.json", |site| site["origin"] = json!(ORIGIN));
    let portals = format!("{ORIGIN}/share.png");
    let own = format!("{ORIGIN}/media/a.webp");
    let cases = [
        ("van-hoa/hoi-lang-1", "/media/a.webp", 1200, 630, &own),
        ("van-hoa/hoi-lang-2", "/media/a.webp", 600, 315, &own),
        ("van-hoa/hoi-lang-3", "/media/missing.webp", 1200, 630, &portals),
        ("van-hoa/hoi-lang-4", "/media/a.webp", 480, 320, &portals),
        ("moi-truong/ho-nuoc", "/media/a.webp", 900, 1200, &portals),
        ("moi-truong/trong-cay", "/media/a.svg", 1200, 630, &portals),
    ];
    for (article, file, width, height, _) in cases {
        let picture =
            json!({ "sources": [{ "src": file, "width": width }], "width": width, "height": height, "alt": "" });
        fixture.edit(&format!("articles/{article}.json"), |article| article["picture"] = picture.clone());
    }
    let output = output();
    build(&fixture.folder(), output.path());
    let pages = Page::all(output.path());
    for (article, file, width, height, expected) in cases {
        let page = pages.iter().find(|page| page.address.contains(article)).expect("a page");
        let shown = page.attributes("meta[property='og:image']", "content");
        assert_eq!(shown, [expected.as_str()], "{file} {width} {height}");
    }
}

#[test]
fn every_page_with_an_address_is_described() {
    for page in pages() {
        let descriptions = page.attributes("meta[name=description]", "content");
        assert!(descriptions.len() == 1 && !descriptions[0].trim().is_empty(), "{}: {descriptions:?}", page.address);
    }
}

/// The addresses in a sitemap or an index of sitemaps.
fn places(name: &str) -> Vec<String> {
    let text = fs::read_to_string(SAMPLE.path().join(name)).expect("a sitemap");
    let document = roxmltree::Document::parse(&text).expect("XML");
    let places =
        document.descendants().filter(|node| node.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "loc")));
    places.map(|node| node.text().expect("an address").to_owned()).collect()
}

#[test]
fn the_sitemap_names_what_search_engines_list_and_nothing_else() {
    let pages = pages();
    let is_listed = |page: &&Page| page.attributes("meta[name=robots]", "content").is_empty();
    let mut listed: Vec<String> =
        pages.iter().filter(is_listed).map(|page| format!("{ORIGIN}{}", page.address)).collect();
    let mut named: Vec<String> = ["sitemap.xml", "en/sitemap.xml"].into_iter().flat_map(places).collect();
    listed.sort();
    named.sort();
    assert_eq!(named, listed);
}

#[test]
fn the_feeds_are_read_by_another_library_and_lead_to_pages() {
    let mut feeds = 0;
    for (name, bytes) in snapshot(SAMPLE.path()) {
        if ["rss.xml", "atom.xml", "feed.json"].iter().all(|feed| !name.ends_with(feed)) {
            continue;
        }
        feeds += 1;
        let feed = feed_rs::parser::parse(bytes.as_slice()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!feed.title.expect("a title").content.is_empty(), "{name}");
        for entry in feed.entries {
            let path = entry.links[0].href.strip_prefix(ORIGIN).expect("an address of the portal");
            assert!(is_served(SAMPLE.path(), path), "{name} names {path}");
        }
    }
    assert!(feeds > 20, "{feeds}");
}

#[test]
fn structured_data_has_what_search_engines_ask_for() {
    let mut articles = 0;
    for page in pages() {
        for text in page.texts("script[type='application/ld+json']") {
            let data: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", page.address));
            assert_eq!(data["@context"], "https://schema.org");
            match data["@type"].as_str() {
                Some("NewsArticle") => {
                    articles += 1;
                    for field in ["headline", "image", "datePublished", "dateModified", "author", "publisher"] {
                        assert!(!data[field].is_null(), "{}: {field}", page.address);
                    }
                    assert!(data["headline"].as_str().is_some_and(|title| title.chars().count() <= 110));
                }
                Some("BreadcrumbList") => {
                    let steps = data["itemListElement"].as_array().expect("steps");
                    let positions: Vec<_> = steps.iter().map(|step| step["position"].as_u64()).collect();
                    assert_eq!(positions, (1..=steps.len() as u64).map(Some).collect::<Vec<_>>());
                }
                other => panic!("{}: {other:?}", page.address),
            }
        }
    }
    assert!(articles > 60, "only {articles} articles describe themselves");
}

#[test]
fn an_article_without_a_date_is_published_but_is_no_news() {
    let fixture = Fixture::new();
    fixture.edit("site.json", |site| site["origin"] = ORIGIN.into());
    let undated = serde_json::json!({ "section": "thong-bao", "slug": "tu-lieu", "title": "Tư liệu" });
    fixture.write("articles/thong-bao/tu-lieu.json", &undated);
    fixture.gather().expect("no mistakes");
    let output = output();
    build(&fixture.folder(), output.path());
    let page = Page::open(output.path(), "/thong-bao/tu-lieu/");
    assert_eq!(page.text("h1"), "Tư liệu");
    assert_eq!(page.attributes("meta[property='article:published_time']", "content"), Vec::<String>::new());
    assert_eq!(page.html("main .article time"), Vec::<String>::new());
    let data = page.texts("script[type='application/ld+json']").concat();
    assert!(data.contains("Tư liệu") && !data.contains("datePublished"), "{data}");
    let read = |file: &str| std::fs::read_to_string(output.path().join(file)).expect(file);
    assert!(read("sitemap.xml").contains(&format!("<url><loc>{ORIGIN}/thong-bao/tu-lieu/</loc></url>")));
    let feed = read("thong-bao/rss.xml");
    assert!(feed.contains("lich-tiep-dan") && !feed.contains("tu-lieu"), "{feed}");
    assert!(Page::open(output.path(), "/thong-bao/").text("main").contains("Tư liệu"));
}

#[test]
fn pictures_keep_their_place_while_they_load() {
    for page in pages() {
        let pictures = page.attributes("main img", "src").len();
        for name in ["width", "height", "alt"] {
            assert_eq!(page.attributes("main img", name).len(), pictures, "{}: {name}", page.address);
        }
        let eager = page.attributes("main img:not([loading=lazy])", "src").len();
        assert!(eager <= 1, "{} has {eager} pictures that do not wait", page.address);
    }
}

#[test]
fn nothing_is_inline_but_what_the_policy_names() {
    for page in pages() {
        let policy = page.attributes("meta[http-equiv='Content-Security-Policy']", "content").concat();
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe-inline"));
        let inline = page.texts("script:not([src]):not([type='application/ld+json'])");
        assert!(inline.len() <= 2, "{}: {inline:?}", page.address);
        for script in inline {
            assert!(policy.contains(&format!("'sha256-{}'", sha256_base64(&script))), "{}", page.address);
        }
        assert!(page.attributes("[style]", "style").is_empty(), "{}", page.address);
        let styles = page.texts("style");
        assert_eq!(styles.len(), 1, "{}", page.address);
        assert!(policy.contains(&format!("style-src 'sha256-{}';", sha256_base64(&styles[0]))), "{}", page.address);
    }
}

fn sha256_base64(text: &str) -> String {
    use base64::Engine;
    use sha2::Digest;
    base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(text))
}

#[test]
fn hosts_are_left_no_file_that_nobody_asks_for() {
    let files = snapshot(SAMPLE.path());
    let mut at_root: Vec<&str> =
        files.keys().map(String::as_str).filter(|name| !name.contains('/') && !name.ends_with(".html")).collect();
    at_root.retain(|name| !["start-", "app-", "search-"].iter().any(|start| name.starts_with(start)));
    assert_eq!(
        at_root,
        [
            "_headers",
            "_redirects",
            "apple-touch-icon.png",
            "atom.xml",
            "favicon.svg",
            "feed.json",
            "icon-192.png",
            "icon-512.png",
            "icon-maskable-512.png",
            "logo.svg",
            "main.txt",
            "manifest.webmanifest",
            "robots.txt",
            "rss.xml",
            "share.png",
            "sitemap.xml",
            "sw.js",
        ]
    );
}

#[test]
fn pages_of_the_tree_have_what_is_their_own_in_a_file_of_their_own() {
    let mut parts = 0;
    for page in pages() {
        let Some(part) = Page::part(SAMPLE.path(), &page.address) else { continue };
        for what in ["title", "link[rel=canonical]", "meta[name=description]", "meta[name=robots]", "main"] {
            assert_eq!(part.html(what), page.html(what), "{}: {what}", page.address);
        }
        for attribute in ["lang", "data-shows", "data-release"] {
            assert_eq!(part.attributes("html", attribute), page.attributes("html", attribute), "{}", page.address);
        }
        let marked = |page: &Page, link: &str| {
            ["href", "aria-current"].map(|name| page.attributes(&format!("{link}[aria-current]"), name))
        };
        assert_eq!(marked(&part, "body > a"), marked(&page, ".navigation a"), "{}", page.address);
        parts += 1;
    }
    let has = |address: &str| Page::part(SAMPLE.path(), address).is_some();
    assert!(["/", "/tin-tuc-su-kien/", "/lien-he/", "/so-do-trang/", "/tim-kiem/", "/en/"].into_iter().all(has));
    assert!(!has("/tin-tuc-su-kien/trang/1/") && !has("/tin-tuc-su-kien/nam/2022/"));
    assert!(parts < 40, "an article is as good as its page: {parts}");
}

#[test]
fn pages_that_may_not_take_each_others_place_have_other_names_of_their_release() {
    let fixture = Fixture::new();
    let release = |change: &dyn Fn(&Path), base: &str| {
        let output = output();
        change(output.path());
        build_under(base, &fixture.folder(), output.path());
        Page::open(output.path(), "/").attributes("html", "data-release").concat()
    };
    let edit = |name: &'static str, text: &'static str| {
        move |output: &Path| std::fs::write(output.join(name), text).expect("written")
    };
    let same = release(&|_| {}, "/");
    assert_eq!(release(&|_| {}, "/"), same);
    for (what, other) in [
        ("styles", release(&edit("20-base-50763c1c3cbd05f3.css", "body { color: red; }"), "/")),
        ("program", release(&edit("app-4c2c27056a4adbe6.js", "export default () => 1"), "/")),
        ("base", release(&|_| {}, "/portal/")),
    ] {
        assert_ne!(other, same, "{what}");
    }
    fixture.edit("site.json", |site| site["name"] = serde_json::json!("Cổng khác"));
    assert_ne!(release(&|_| {}, "/"), same, "name");
    let [vi, en] = ["/", "/en/"].map(|address| Page::open(SAMPLE.path(), address).attributes("html", "data-release"));
    assert_ne!(vi, en, "language");
}

#[test]
fn the_search_page_is_there_but_not_for_search_engines() {
    let page = Page::open(SAMPLE.path(), "/tim-kiem/");
    assert_eq!(page.text("h1"), "Tìm kiếm");
    assert_eq!(page.attributes("main form[role=search]", "action"), ["/tim-kiem/"]);
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
    let sitemap = std::fs::read_to_string(SAMPLE.path().join("sitemap.xml")).expect("a sitemap");
    assert!(sitemap.contains("/so-do-trang/") && !sitemap.contains("tim-kiem"));
}

#[test]
fn an_api_that_searches_may_be_asked() {
    let fixture = Fixture::new();
    fixture.edit("site.json", |site| site["search"] = serde_json::json!({ "url": "https://tim.example.vn/v1?a=b" }));
    let output = output();
    build(&fixture.folder(), output.path());
    let policy =
        Page::open(output.path(), "/").attributes("meta[http-equiv='Content-Security-Policy']", "content").concat();
    assert!(policy.contains("connect-src 'self' https://tim.example.vn;"), "{policy}");
}

#[test]
fn under_a_base_path_every_address_begins_with_it() {
    let output = output();
    build_under("/portal/", &sample(), output.path());
    for page in Page::all(output.path()) {
        for address in page.addresses().iter().filter(|address| address.starts_with('/')) {
            assert!(address.starts_with("/portal/"), "{}: {address}", page.address);
        }
    }
}
