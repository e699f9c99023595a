//! What a published portal says to machines: read back with libraries that had no part in writing it, and served by
//! the real servers.

mod feeds;
mod hosts;
mod server;
mod sitemap;
mod structured;

use portal::contract::{Article, Href, Redirect, Site, Teaser, document};
use portal::portal::Portal;
use serde_json::{Value, json};

/// A text that would break out of anything that does not escape it.
pub const HOSTILE: &str = "</script></title>]]><!--\u{1}\u{2028}&amp; \"q\" 'a' <b>Họp & bàn</b> {x} $y";

/// A portal with one section under a base path; `origin` is where it is published.
pub fn portal(base: &str, origin: Option<&str>) -> Portal {
    let mut site = json!({
        "name": "Cổng thông tin điện tử",
        "unit": "Ủy ban nhân dân phường",
        "tagline": "Tin & việc của phường",
        "logo": { "src": "/logo.svg" },
        "tree": [{ "kind": "section", "slug": "tin-tuc", "title": "Tin tức & sự kiện", "description": "Tin <mới>" }],
    });
    if let Some(origin) = origin {
        site["origin"] = json!(origin);
    }
    Portal::new(decoded::<Site>(&site), base)
}

/// The portal most tests are about.
pub fn published() -> Portal {
    portal("/portal/", Some("https://phuong.example.vn"))
}

/// An article's fields, with a title.
pub fn article(title: &str) -> Article {
    decoded(&json!({
        "slug": "hop-ban",
        "section": "tin-tuc",
        "title": title,
        "published_at": "2024-03-01T08:00:00+07:00",
        "updated_at": "2024-03-02T01:30:00Z",
        "lead": format!("Tóm tắt: {title}"),
        "author": "Nguyễn Văn A",
        "tags": ["họp", "dân"],
    }))
}

/// Old addresses and where they lead.
pub fn redirects(pairs: &[(&str, &str)]) -> Vec<Redirect> {
    let redirect = |(from, to): &(&str, &str)| Redirect {
        from: Href::new(*from).expect("an address"),
        to: Href::new(*to).expect("an address"),
    };
    pairs.iter().map(redirect).collect()
}

/// A teaser of the day `day` in March 2024.
pub fn teaser(title: &str, day: u32) -> Teaser {
    let source = json!({ "src": "/media/hội họp-nhỏ.webp".replace(' ', "-"), "width": 480 });
    let large = json!({ "src": "/media/hop.webp", "width": 1440 });
    decoded(&json!({
        "slug": format!("bai-{day}"),
        "section": "tin-tuc",
        "title": title,
        "published_at": format!("2024-03-{day:02}T08:00:00+07:00"),
        "lead": format!("Tóm tắt: {title}"),
        "picture": { "sources": [source, large], "width": 1440, "height": 960, "alt": "Họp" },
    }))
}

fn decoded<T: portal::contract::Decode>(value: &Value) -> T {
    document(&value.to_string()).expect("a valid document")
}
