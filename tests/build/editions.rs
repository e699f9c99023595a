//! A portal in two languages.

use crate::fixture::{Fixture, snapshot};
use crate::site::{Page, build, build_under, output};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What is done to a portal without mistakes, and how the line begins that must come of it.
type Mistake = (fn(&Fixture), &'static str);

/// The fixture with an English edition: a section with one article, which translates one, and a page.
fn in_two_languages() -> Fixture {
    let fixture = Fixture::new();
    fixture.edit("site.json", |site| {
        site["origin"] = json!("https://a.example.vn");
        site["languages"] = languages();
    });
    let translations = json!(["/en/news/village-festival/"]);
    fixture.edit("articles/van-hoa/hoi-lang-1.json", |article| article["translations"] = translations);
    fixture.write(
        "en/site.json",
        &json!({
            "name": "Portal", "language": "en", "origin": "https://a.example.vn",
            "languages": languages(),
            "tree": [{ "kind": "section", "slug": "news", "title": "News" }, { "kind": "page", "slug": "about", "title": "About" }],
        }),
    );
    fixture.write(
        "en/articles/news/village-festival.json",
        &json!({
            "slug": "village-festival", "section": "news", "title": "A village festival", "published_at": "2024-01-02T08:00:00+07:00",
            "picture": crate::fixture::picture(),
            "translations": ["/van-hoa/hoi-lang-1/"],
            "body": [{ "kind": "paragraph", "text": ["See ", { "text": "About", "link": "/about/" }] }],
        }),
    );
    fixture.write(
        "en/pages/about.json",
        &json!({ "slug": "about", "title": "About", "body": [{ "kind": "conformance" }] }),
    );
    fixture.gather().expect("no mistakes");
    fixture
}

fn languages() -> serde_json::Value {
    json!([{ "language": "vi", "title": "Tiếng Việt" }, { "language": "en", "title": "English" }])
}

fn pages(output: &Path) -> BTreeMap<String, Page> {
    Page::all(output).into_iter().map(|page| (page.address.clone(), page)).collect()
}

#[test]
fn each_language_has_its_pages_and_both_are_checked() {
    let fixture = in_two_languages();
    assert_eq!(fixture.check(), Vec::<String>::new());
    let output = output();
    let summary = build(&fixture.folder(), output.path());
    assert!(summary.findings.is_empty(), "{:?}", summary.findings);
    let pages = pages(output.path());
    for address in [
        "/",
        "/van-hoa/hoi-lang-1/",
        "/en/",
        "/en/news/",
        "/en/news/village-festival/",
        "/en/about/",
        "/en/so-do-trang/",
    ] {
        assert!(pages.contains_key(address), "{address}");
    }
    assert_eq!(pages["/en/"].attributes("html", "lang"), ["en"]);
    assert!(pages["/en/"].texts("nav").concat().contains("News"));
    assert_eq!(pages.len() as u64 + 2, summary.pages, "all pages and the fallback documents");
    assert!(output.path().join("en/404.html").is_file() && output.path().join("en/search/entry.bin").is_file());
}

#[test]
fn an_edition_shares_files_and_program_and_has_links_and_documents_of_its_own() {
    let output = output();
    build_under("/cong/", &in_two_languages().folder(), output.path());
    let page = fs::read_to_string(output.path().join("en/news/village-festival/index.html")).expect("a page");
    for part in [
        r#"name="portal-base" content="/cong/en/""#,
        r#"name="portal-api" content="/cong/api/v1/en/""#,
        r#"src="/cong/media/a.webp""#,
        r#"href="/cong/favicon.svg""#,
        r#"href="/cong/en/about/""#,
        r#"href="/cong/en/news/rss.xml""#,
        r#"data-start="/cong/start-"#,
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(
        fs::read_dir(output.path().join("en"))
            .expect("a folder")
            .flatten()
            .filter(|entry| entry.path().extension().is_some_and(|end| end == "wasm"))
            .count(),
        0
    );
}

#[test]
fn translations_are_linked_both_ways_and_nothing_else_is() {
    let output = output();
    build(&in_two_languages().folder(), output.path());
    let alternates = |name: &str| -> Vec<(String, String)> {
        let html = fs::read_to_string(output.path().join(name)).expect("a page");
        let tags = html.split("<link ").skip(1).map(|tag| tag.split('>').next().unwrap_or_default());
        let tags = tags.filter(|tag| tag.contains("hreflang"));
        let value = |tag: &str, name: &str| {
            tag.split(&format!("{name}=\""))
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .unwrap_or_default()
                .to_owned()
        };
        tags.map(|tag| (value(tag, "hreflang"), value(tag, "href"))).collect()
    };
    let at = |path: &str| format!("https://a.example.vn{path}");
    let (vi, en) = (at("/van-hoa/hoi-lang-1/"), at("/en/news/village-festival/"));
    let pair = |language: &str, address: &str| (language.to_owned(), address.to_owned());
    assert_eq!(alternates("van-hoa/hoi-lang-1/index.html"), [pair("vi", &vi), pair("en", &en), pair("x-default", &vi)]);
    assert_eq!(
        alternates("en/news/village-festival/index.html"),
        [pair("en", &en), pair("vi", &vi), pair("x-default", &vi)]
    );
    assert_eq!(
        alternates("en/index.html"),
        [pair("en", &at("/en/")), pair("vi", &at("/")), pair("x-default", &at("/"))]
    );
    assert_eq!(alternates("van-hoa/hoi-lang-2/index.html"), []);
    let page = fs::read_to_string(output.path().join("van-hoa/hoi-lang-1/index.html")).expect("a page");
    assert!(page.contains(r#"<a href="/en/news/village-festival/" hreflang="en" lang="en">English</a>"#));
    let robots = fs::read_to_string(output.path().join("robots.txt")).expect("robots");
    assert!(
        robots.contains("https://a.example.vn/sitemap.xml") && robots.contains("https://a.example.vn/en/sitemap.xml")
    );
}

#[test]
fn a_second_build_writes_nothing_and_what_is_gone_goes() {
    let fixture = in_two_languages();
    let output = output();
    build(&fixture.folder(), output.path());
    let before = snapshot(output.path());
    let again = build(&fixture.folder(), output.path());
    assert_eq!((again.written, again.removed), (0, 0));
    assert_eq!(snapshot(output.path()), before);
    fixture.edit("en/site.json", |site| site["tree"] = json!([site["tree"][0]]));
    fs::remove_file(fixture.api().join("en/pages/about.json")).expect("removed");
    fixture.gather().expect("no mistakes");
    build(&fixture.folder(), output.path());
    assert!(!output.path().join("en/about/index.html").exists() && output.path().join("en/news/index.html").exists());
}

#[test]
fn a_language_that_is_taken_out_leaves_nothing() {
    let fixture = in_two_languages();
    let output = output();
    build(&fixture.folder(), output.path());
    assert!(output.path().join("en/404.html").exists());
    fixture.edit("site.json", |site| site["languages"] = json!(null));
    fixture.edit("articles/van-hoa/hoi-lang-1.json", |article| article["translations"] = json!([]));
    fs::remove_dir_all(fixture.api().join("en")).expect("removed");
    build(&fixture.folder(), output.path());
    let left =
        snapshot(output.path()).into_keys().filter(|name| name.starts_with("en/") || name.starts_with("api/v1/en/"));
    assert_eq!(left.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn files_are_shared_and_links_lead_across() {
    let fixture = in_two_languages();
    fixture.edit("en/articles/news/village-festival.json", |article| {
        article["body"] = json!([{ "kind": "paragraph", "text": [{ "text": "the plan", "link": "/media/a.pdf" }] }]);
    });
    fixture.edit("articles/van-hoa/hoi-lang-2.json", |article| {
        article["body"] = json!([{ "kind": "paragraph", "text": [{ "text": "in English", "link": "/en/about/" }] }]);
    });
    fixture.edit("redirects.json", |old| old["redirects"] = json!([{ "from": "/english/", "to": "/en/" }]));
    fixture.write(
        "en/redirects.json",
        &json!({ "redirects": [{ "from": "/old/", "to": "/about/" }, { "from": "/plan/", "to": "/media/a.pdf" }] }),
    );
    assert_eq!(fixture.check(), Vec::<String>::new());
    let output = output();
    build(&fixture.folder(), output.path());
    let page = fs::read_to_string(output.path().join("en/news/village-festival/index.html")).expect("a page");
    assert!(page.contains("href=\"/media/a.pdf\""));
    let redirects = fs::read_to_string(output.path().join("_redirects")).expect("rules");
    for line in ["/english /en/ 301", "/en/old /en/about/ 301", "/en/plan /media/a.pdf 301"] {
        assert!(redirects.contains(line), "{line} is not in\n{redirects}");
    }
    let feed = fs::read_to_string(output.path().join("en/feed.json")).expect("a feed");
    assert!(feed.contains("https://a.example.vn/icon-512.png"));
}

#[test]
fn languages_that_cannot_be_are_refused() {
    for languages in [
        json!([{ "language": "vi", "title": "A" }, { "language": "en", "title": "B" }, { "language": "en", "title": "C" }]),
        json!([{ "language": "vi", "title": "A" }, { "language": "fr", "title": "B" }]),
    ] {
        let fixture = in_two_languages();
        fixture.edit("site.json", |site| site["languages"] = languages);
        assert!(
            fixture.check().iter().any(|line| line.starts_with("site.json: languages: is")),
            "{:?}",
            fixture.check()
        );
        let output = output();
        let settings = portal::tools::build::Settings::new(output.path().to_owned());
        assert!(portal::tools::build::build(&fixture.folder(), &settings, &indicatif::ProgressBar::hidden()).is_err());
    }
}

#[test]
fn a_statement_has_its_facts_on_the_page_and_in_the_document() {
    let output = output();
    build(&in_two_languages().folder(), output.path());
    for name in ["en/about/index.html", "api/v1/en/pages/about.json"] {
        let text = fs::read_to_string(output.path().join(name)).expect("readable");
        assert!(text.contains("WCAG 2.2, level AA") && text.contains("axe-core"), "{name}");
    }
}

#[test]
fn what_is_gone_is_not_published_in_any_language() {
    let fixture = in_two_languages();
    fixture.edit("en/articles/news/village-festival.json", |article| {
        article["status"] = json!({ "kind": "gone" });
        article["lead"] = json!("A secret");
    });
    fixture.gather().expect("no mistakes");
    let output = output();
    build(&fixture.folder(), output.path());
    let document =
        fs::read_to_string(output.path().join("api/v1/en/articles/news/village-festival.json")).expect("it says so");
    assert!(!document.contains("A secret") && document.contains("gone"));
}

#[test]
fn mistakes_between_languages_are_named() {
    let said = |edit: fn(&Fixture)| {
        let fixture = in_two_languages();
        edit(&fixture);
        fixture.check()
    };
    let cases: [Mistake; 7] = [
        (
            |it| {
                it.edit("articles/van-hoa/hoi-lang-1.json", |article| {
                    article["translations"] = json!(["/en/news/none/"])
                })
            },
            "articles/van-hoa/hoi-lang-1.json: translations[0]: leads to `/en/news/none/`, where there is no article or page",
        ),
        (
            |it| {
                it.edit("articles/van-hoa/hoi-lang-2.json", |article| {
                    article["translations"] = json!(["/en/news/village-festival/"]);
                });
            },
            "articles/van-hoa/hoi-lang-2.json: translations[0]: leads to `/en/news/village-festival/`, whose `translations` do not lead back: add `/van-hoa/hoi-lang-2/`",
        ),
        (
            |it| {
                it.edit("en/articles/news/village-festival.json", |article| {
                    article["translations"] = json!(["/van-hoa/khong-co/"])
                });
            },
            "en/articles/news/village-festival.json: translations[0]: leads to `/van-hoa/khong-co/`, where there is no article or page",
        ),
        (
            |it| {
                it.edit("en/articles/news/village-festival.json", |article| {
                    article["body"][0]["text"][1]["link"] = json!("/lien-he/");
                });
            },
            "en/articles/news/village-festival.json: body[0].text[1].link: leads to `/lien-he/`, where nothing is",
        ),
        (
            |it| it.edit("en/site.json", |site| site["languages"] = json!(null)),
            "site.json: languages[1]: has `en/site.json`, which names other languages",
        ),
        (
            |it| it.edit("en/site.json", |site| site["language"] = json!("vi")),
            "site.json: languages[1]: is `en`, and `en/site.json` is not of that language",
        ),
        (
            |it| it.edit("site.json", |site| site["languages"][1]["language"] = json!("fr")),
            "site.json: languages[1]: needs `fr/site.json`, which",
        ),
    ];
    for (mistake, line) in cases {
        let lines = said(mistake);
        assert!(lines.iter().any(|found| found.starts_with(line)), "{line}\n{lines:#?}");
    }
}
