//! What readers see: every component in every state, rendered on the host through its public interface.

mod articles;
mod blocks;
mod files;
mod frame;
mod headings;
mod home;
mod hostile;
mod layout;
mod navigation;
mod pictures;
mod reading;
#[path = "../common/sample.rs"]
mod sample;
mod search;
mod sections;
mod settings;
mod states;
mod statuses;
mod tables;
mod visits;
mod whole;

use portal::components;
use portal::content::Content;
use portal::contract::{Article, Page};
use portal::portal::Portal;
use sample::{decoded, portal, with};
use serde_json::{Value, json};

/// What `<main>` holds for this content, without the helpers around a text, which `reading` looks at.
fn page(content: &Content, portal: &Portal) -> String {
    let mut html = components::page(content, portal).to_html();
    for (begin, end) in [
        ("<div class=\"tools\">", "</select></label></div></div>"),
        ("<div class=\"printed\"", "data-code></div></div>"),
    ] {
        if let Some(at) = html.find(begin) {
            let length = html[at..].find(end).expect("it ends") + end.len();
            html.replace_range(at..at + length, "");
        }
    }
    html
}

/// An article with the required fields and these.
fn article_of(further: Value) -> Content {
    let required = json!({
        "slug": "hoi-lang", "section": "van-hoa", "title": "Hội làng", "published_at": "2020-10-10T17:00:00+07:00",
    });
    Content::Article(Box::new(decoded::<Article>(&with(required, further))))
}

/// The page of an article with the required fields and these.
fn article(further: Value) -> String {
    page(&article_of(further), &portal())
}

/// An undated page with the required fields and these.
fn undated_of(further: Value) -> Content {
    let required = json!({ "slug": "lien-he", "title": "Liên hệ" });
    Content::Page(Box::new(decoded::<Page>(&with(required, further))))
}

/// The markup of a body.
fn body(blocks: Value) -> String {
    let html = page(&undated_of(json!({ "body": blocks })), &portal());
    let (_, rest) = html.split_once("<div class=\"body\">").expect("a body");
    rest.strip_suffix("</div></article>").expect("a page that ends with its body").to_owned()
}

/// A picture in two widths.
fn picture() -> Value {
    json!({
        "sources": [{ "src": "/media/ho-480.webp", "width": 480 }, { "src": "/media/ho-960.webp", "width": 960 }],
        "width": 960, "height": 640, "alt": "Mặt hồ buổi sáng",
    })
}

/// A teaser of an article in `van-hoa`.
fn teaser(slug: &str, title: &str, published_at: &str) -> Value {
    json!({ "section": "van-hoa", "slug": slug, "title": title, "published_at": published_at })
}

/// The markup has this fragment.
#[track_caller]
fn shows(html: &str, fragment: &str) {
    assert!(html.contains(fragment), "no {fragment}\nin {html}");
}

/// The markup does not have this fragment.
#[track_caller]
fn lacks(html: &str, fragment: &str) {
    assert!(!html.contains(fragment), "{fragment}\nis in {html}");
}

/// The fragments stand in this order.
#[track_caller]
fn in_order(html: &str, fragments: &[&str]) {
    let mut rest = html;
    for fragment in fragments {
        let Some((_, after)) = rest.split_once(fragment) else { panic!("no {fragment}, or too early,\nin {html}") };
        rest = after;
    }
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    html.split(opening.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}
