//! Texts that try to be more than text.

use crate::fixture::Fixture;
use crate::site::{Page, build, output};
use serde_json::{Value, json};

const HOSTILE: &str = "</title></script><script>alert(1)</script><img src=x onerror=alert(2)> \"' & {x} ]]> <!--";

#[test]
fn a_hostile_text_stays_text_wherever_it_stands() {
    let fixture = Fixture::new();
    fixture.edit("site.json", |site| {
        site["origin"] = json!("https://a.example.vn");
        site["name"] = json!(HOSTILE);
        site["unit"] = json!(HOSTILE);
        site["notices"][0]["text"] = json!(HOSTILE);
        site["tree"][0]["title"] = json!(HOSTILE);
        site["tree"][0]["children"][1]["title"] = json!(HOSTILE);
        site["footer"] = json!({ "owner": HOSTILE, "address": HOSTILE, "licence": HOSTILE });
    });
    fixture.edit("articles/moi-truong/ho-nuoc.json", |article| {
        for field in ["title", "lead", "author"] {
            article[field] = json!(HOSTILE);
        }
        article["tags"] = json!([HOSTILE]);
        article["source"] = json!({ "name": HOSTILE });
        article["picture"]["alt"] = json!(HOSTILE);
        article["picture"]["caption"] = json!(HOSTILE);
        article["body"] = json!([{ "kind": "paragraph", "text": HOSTILE }, { "kind": "heading", "text": HOSTILE }]);
    });
    fixture.gather().expect("no mistakes");
    let output = output();
    assert!(build(&fixture.folder(), output.path()).findings.is_empty());

    let article = Page::open(output.path(), "/moi-truong/ho-nuoc/");
    assert_eq!(article.text("h1"), HOSTILE);
    assert_eq!(article.text("head > title"), format!("{HOSTILE} – {HOSTILE}"));
    assert_eq!(article.attributes("meta[property='og:title']", "content"), [HOSTILE]);
    let data = article.texts("script[type='application/ld+json']");
    let news: Value = serde_json::from_str(&data[0]).expect("JSON");
    assert_eq!(news["articleSection"], HOSTILE);
    for page in Page::all(output.path()) {
        let (elements, attributes) = page.vocabulary();
        let runs = page.attributes("script[src]", "src").len() + page.texts("script:not([src]):not([type])").len();
        assert_eq!(runs, 2, "{}: what hides notices, and what follows links before the program", page.address);
        assert!(!attributes.iter().any(|name| name.starts_with("on")), "{}", page.address);
        assert!(page.attributes("img", "src").iter().all(|source| source != "x"), "{}", page.address);
        assert!(!elements.iter().any(|name| name == "iframe" || name == "object"), "{}", page.address);
    }
}
