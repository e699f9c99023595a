//! The sitemap, `robots.txt`, the manifest and the picture for link previews.

use crate::{portal, published};
use portal::calendar::Timestamp;
use portal::tools::publish::{manifest, share_picture, sitemap};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

/// The texts of all elements with this name.
fn texts(xml: &[u8], name: &str) -> Vec<String> {
    let mut reader = Reader::from_reader(xml);
    let mut found = Vec::new();
    let mut inside = false;
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).expect("well-formed") {
            Event::Start(element) => {
                inside = element.name().as_ref() == name.as_bytes();
                if inside {
                    found.push(String::new());
                }
            }
            Event::Text(text) if inside => found.last_mut().expect("begun").push_str(&text.decode().expect("UTF-8")),
            Event::GeneralRef(entity) if inside => {
                found.last_mut().expect("begun").push_str(if &entity[..] == b"amp" { "&" } else { "?" });
            }
            Event::End(_) => inside = false,
            Event::Eof => return found,
            _ => (),
        }
        buffer.clear();
    }
}

fn addresses(count: usize) -> Vec<(String, Option<Timestamp>)> {
    let at = |number: usize| Timestamp::from_unix_seconds(1_700_000_000 + 60 * i64::try_from(number).expect("small"));
    (0..count).map(|number| (format!("/portal/tin-tuc/bai-{number}/"), Some(at(number)))).collect()
}

#[test]
fn a_small_portal_has_one_sitemap() {
    let mut list = addresses(2);
    list.push(("/portal/tin-tức/?a=b&c=<d>".to_owned(), None));
    let files = sitemap::sitemap(&list, &published());
    assert_eq!(files.len(), 1);
    let (name, bytes) = &files[0];
    assert_eq!(name, "sitemap.xml");
    assert_eq!(
        texts(bytes, "loc"),
        [
            "https://phuong.example.vn/portal/tin-tuc/bai-0/",
            "https://phuong.example.vn/portal/tin-tuc/bai-1/",
            "https://phuong.example.vn/portal/tin-t%E1%BB%A9c/?a=b&c=%3Cd%3E",
        ]
    );
    assert_eq!(texts(bytes, "lastmod"), ["2023-11-15T05:13:20+07:00", "2023-11-15T05:14:20+07:00"]);
}

#[test]
fn a_large_portal_has_an_index_before_50_000() {
    let exactly = sitemap::sitemap(&addresses(sitemap::LARGEST), &published());
    assert_eq!(exactly.len(), 1);
    let files = sitemap::sitemap(&addresses(100_000), &published());
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]);
    let counts: Vec<_> = files[..3].iter().map(|(_, bytes)| texts(bytes, "loc").len()).collect();
    assert_eq!(counts, [45_000, 45_000, 10_000]);
    assert!(files.iter().all(|(_, bytes)| bytes.len() < 50 * 1024 * 1024), "the protocol's largest file");
    let index = &files[3].1;
    assert_eq!(texts(index, "loc")[2], "https://phuong.example.vn/portal/sitemap-3.xml");
    assert_eq!(texts(index, "lastmod")[0], texts(&files[0].1, "lastmod")[44_999]);
}

#[test]
fn without_origin_there_is_no_sitemap_and_robots_say_so() {
    let unpublished = portal("/", None);
    assert!(sitemap::sitemap(&addresses(1), &unpublished).is_empty());
    assert_eq!(sitemap::robots([&unpublished].into_iter()), "User-agent: *\nAllow: /\n");
    let robots = sitemap::robots([&published()].into_iter());
    assert!(robots.ends_with("\nSitemap: https://phuong.example.vn/portal/sitemap.xml\n"), "{robots}");
}

#[test]
fn the_manifest_stays_below_the_base_path() {
    let manifest: Value = serde_json::from_str(&manifest::manifest(&published())).expect("JSON");
    assert_eq!(manifest["name"], "Cổng thông tin điện tử");
    for field in ["id", "start_url", "scope"] {
        assert_eq!(manifest[field], "/portal/", "{field}");
    }
    assert_eq!(manifest["lang"], "vi");
    assert_eq!(manifest["display"], "standalone");
    let icons = manifest["icons"].as_array().expect("icons");
    for icon in icons {
        let file = icon["src"].as_str().and_then(|src| src.strip_prefix("/portal/")).expect("below the base");
        let public = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("public").join(file);
        assert!(public.exists(), "{} is not there", public.display());
    }
    assert!(icons.iter().any(|icon| icon["purpose"] == "maskable"));
}

#[test]
fn the_picture_is_small_and_always_the_same() {
    let logo = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/public/logo.svg")).expect("the logo");
    for (name, logo) in [("logo", Some(logo.as_slice())), ("none", None), ("broken", Some(b"<svg".as_slice()))] {
        let picture = share_picture::share_picture(logo).expect("a picture");
        assert_eq!(picture, share_picture::share_picture(logo).expect("a picture"));
        assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(&picture[16..24], [1200_u32.to_be_bytes(), 630_u32.to_be_bytes()].concat());
        assert!(picture.len() < 30_000, "{} bytes", picture.len());
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        std::fs::create_dir_all(&folder).expect("a folder to look at");
        std::fs::write(folder.join(format!("share-{name}.png")), picture).expect("a picture to look at");
    }
}

#[test]
fn a_logo_opens_no_files() {
    let secret = tempfile::Builder::new().suffix(".svg").tempfile().expect("a file");
    let red = r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>"#;
    std::fs::write(secret.path(), red).expect("written");
    let svg = |inner: &str| format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inner}</svg>"#);
    let image = svg(&format!(r#"<image width="9" height="9" href="{}"/>"#, secret.path().display()));
    assert_eq!(
        share_picture::share_picture(Some(image.as_bytes())),
        share_picture::share_picture(Some(svg("").as_bytes()))
    );
}
