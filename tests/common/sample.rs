//! A small portal for the tests of what readers see: two sections below a third, one beside it, a group of two pages.

use portal::contract::{Decode, Site, document};
use portal::portal::Portal;
use serde_json::{Value, json};

/// The value a document decodes to, by the way every document goes.
pub fn decoded<T: Decode>(document_of_it: &Value) -> T {
    document(&document_of_it.to_string()).expect("a valid document")
}

/// An object with further fields, which replace those of the same name.
// Not every test program needs it.
#[allow(dead_code)]
pub fn with(mut object: Value, further: Value) -> Value {
    let fields = object.as_object_mut().expect("an object");
    let Value::Object(further) = further else { panic!("fields are written as an object") };
    fields.extend(further);
    object
}

/// The least a site says.
pub fn site() -> Value {
    json!({
        "name": "Cổng mẫu",
        "tree": [
            { "kind": "section", "slug": "tin-tuc", "title": "Tin tức", "description": "Việc trong phường", "children": [
                { "kind": "section", "slug": "van-hoa", "title": "Văn hóa" },
                { "kind": "section", "slug": "moi-truong", "title": "Môi trường" },
            ] },
            { "kind": "group", "title": "Giới thiệu", "children": [
                { "kind": "page", "slug": "co-cau", "title": "Cơ cấu" },
                { "kind": "page", "slug": "lien-he", "title": "Liên hệ" },
            ] },
            { "kind": "section", "slug": "thong-bao", "title": "Thông báo" },
        ],
    })
}

/// A portal of this site at the root of its host.
pub fn portal_of(site: &Value) -> Portal {
    Portal::new(decoded::<Site>(site), "/")
}

/// The portal at the root of its host.
pub fn portal() -> Portal {
    portal_of(&site())
}
