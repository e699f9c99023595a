//! Documents that use every field of the contract, with one text, one attribute-like text and one address throughout.

use crate::with;
use serde_json::{Value, json};

fn full_picture(text: &str, address: &str) -> Value {
    json!({
        "sources": [{ "src": address, "width": 480 }, { "src": address, "width": 960 }],
        "width": 960, "height": 640, "alt": text, "caption": text, "credit": text,
    })
}

/// A site with every field. `inner` stands where a text becomes part of an attribute, too.
pub fn full_site(text: &str, inner: &str, address: &str) -> Value {
    let further = json!({
        "name": text, "unit": text, "tagline": text, "logo": { "src": address },
        "utility": [{ "title": text, "href": address }],
        "notices": [
            { "id": "mot", "text": text, "title": inner, "published_at": "2020-10-10T17:00:00+07:00", "href": address },
            { "id": "hai", "text": inner },
        ],
        "footer": {
            "owner": text, "responsible": text, "address": text, "phone": text, "email": inner, "licence": text,
            "links": [{ "title": text, "href": address }],
        },
        "tree": [
            { "kind": "section", "slug": "tin-tuc", "title": inner, "description": text, "children": [
                { "kind": "section", "slug": "van-hoa", "title": inner, "description": text },
            ] },
            { "kind": "group", "title": inner, "children": [{ "kind": "page", "slug": "lien-he", "title": text }] },
        ],
        "visits": {},
    });
    with(crate::sample::site(), further)
}

fn full_span(text: &str, inner: &str, address: &str) -> Value {
    json!([text, {
        "text": text, "strong": true, "em": true, "sub": true, "sup": true,
        "link": address, "abbr": inner, "lang": "en",
    }])
}

/// Every kind of block.
pub fn full_body(text: &str, inner: &str, address: &str) -> Value {
    let span = || full_span(text, inner, address);
    let picture = || full_picture(text, address);
    json!([
        { "kind": "paragraph", "text": span() },
        { "kind": "heading", "text": span() },
        { "kind": "quote", "text": span(), "cite": text },
        { "kind": "list", "items": [{ "text": span(), "list": { "items": [text] } }] },
        { "kind": "figure", "picture": picture() },
        { "kind": "gallery", "pictures": [picture()], "caption": text },
        { "kind": "table", "caption": inner, "rows": [[{ "text": span(), "header": true }], [text]] },
        { "kind": "question", "text": span() },
        { "kind": "answer", "by": text, "body": [{ "kind": "paragraph", "text": span() }] },
        { "kind": "audio", "title": inner, "src": address, "transcript": span() },
        {
            "kind": "video", "title": inner, "src": address, "poster": address, "captions": address,
            "transcript": span(),
        },
        { "kind": "attachment", "name": text, "href": address, "type": inner },
        { "kind": "unknown", "text": text },
    ])
}

/// An article with every field.
pub fn full_article(text: &str, inner: &str, address: &str) -> Value {
    let other = |slug: &str| json!({ "section": "van-hoa", "slug": slug, "title": text });
    json!({
        "slug": "hoi-lang", "section": "van-hoa", "title": text, "published_at": "2020-10-10T17:00:00+07:00",
        "updated_at": "2020-10-11T17:00:00+07:00", "lead": text, "source": { "name": text, "url": address },
        "author": text, "views": 55, "language": "en", "status": { "kind": "withdrawn", "reason": text },
        "picture": full_picture(text, address), "tags": [text], "related": [other("gan")], "newer": other("moi"),
        "older": other("cu"), "attachments": [{ "name": text, "href": address, "type": inner, "bytes": 7 }],
        "body": full_body(text, inner, address),
    })
}

/// A home page with every field.
pub fn full_home(text: &str, address: &str) -> Value {
    let story = || {
        json!({
            "section": "van-hoa", "slug": "hoi-lang", "title": text, "published_at": "2020-10-10T17:00:00+07:00",
            "lead": text, "picture": full_picture(text, address),
        })
    };
    json!({ "lead": [story(), story()], "latest": [{ "section": "van-hoa", "articles": [story(), story()] }] })
}

/// What a search finds, with every field.
pub fn full_results(text: &str) -> Value {
    json!({
        "total": 25,
        "results": [{
            "section": "van-hoa", "slug": "hoi-lang", "title": [{ "text": text, "found": true }, { "text": text }],
            "published_at": "2020-10-10T17:00:00+07:00", "extract": [{ "text": text }, { "text": text, "found": true }],
        }],
        "sections": [{ "section": "van-hoa", "count": 20 }, { "section": "tin-tuc", "count": 5 }],
        "years": [{ "year": 2020, "count": 20 }, { "year": 2021, "count": 5 }],
        "suggestion": text,
    })
}
