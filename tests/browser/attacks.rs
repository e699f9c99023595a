//! The sample content with attacks in every text that a document has, built and read in a real browser: nothing of it runs,
//! loads or leads anywhere, and the policy has nothing to stop.

use crate::attack_texts::{ADDRESSES, ATTACKS};
use crate::common;
use crate::fields::{Field, Maker, attack_within, text_fields};
use crate::harness::{Answer, Reader, dist, leave_out_on};
use portal::contract::Document;
use portal::tools::decoded::Decoded;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Fields that programs read, and that name other documents.
const KEPT: [&str; 9] = ["$schema", "kind", "slug", "section", "published_at", "updated_at", "at", "key", "language"];

/// Addresses of files elsewhere are left to `tests/hostile`: here the policy would stop them, as it should.
fn files_here() -> Vec<&'static str> {
    ADDRESSES.into_iter().filter(|address| !address.contains("://")).collect()
}

/// Attacks a text of this form.
fn attacking(form: &str, turn: usize) -> String {
    if form == "FileAddress" {
        return attack_within(form, turn, &ATTACKS, &files_here());
    }
    attack_within(form, turn, &ATTACKS, &ADDRESSES)
}

/// Puts attacks into a document, one after the other, wherever it stays a document. Answers how many.
fn attack(document: &Document, value: &mut Value, next: &mut usize) -> usize {
    fn places(value: &Value, path: String, found: &mut Vec<String>) {
        match value {
            Value::String(_) => found.push(path),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, item)| places(item, format!("{path}/{at}"), found));
            }
            Value::Object(fields) => {
                let open = fields.iter().filter(|(key, _)| !KEPT.contains(&key.as_str()));
                open.for_each(|(key, field)| places(field, format!("{path}/{key}"), found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    places(value, String::new(), &mut found);
    let mut tried = 0;
    for place in found {
        let is_address = place.starts_with("/translations/")
            || ["/href", "/link", "/url", "/to", "/from", "/instead"].iter().any(|end| place.ends_with(end));
        let before = value.pointer(&place).expect("found before").clone();
        let is_file = ["/src", "/poster", "/captions"].iter().any(|end| place.ends_with(end));
        let attack = match (is_file, is_address) {
            (true, _) => files_here()[*next % files_here().len()],
            (_, true) => ADDRESSES[*next % ADDRESSES.len()],
            _ => ATTACKS[*next % ATTACKS.len()],
        };
        *next += 1;
        *value.pointer_mut(&place).expect("found before") = Value::from(attack);
        if Decoded::read(document, &value.to_string()).is_ok() {
            tried += 1;
        } else {
            *value.pointer_mut(&place).expect("found before") = before;
        }
    }
    tried
}

/// Articles and pages with every field there is, attacked wherever they stay documents, of these names: what the sample lacks.
fn whole_documents() -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for kind in ["article", "page"] {
        let mut attacked = BTreeSet::<Field>::new();
        for turn in [0, 9, 18] {
            let mut next = turn;
            let mut text = |field: &Field, form: &String| {
                attacked.insert(field.clone());
                next += 1;
                attacking(form, next)
            };
            for (at, mut document) in Maker::new(kind, &mut text).documents().into_iter().enumerate() {
                let slug = format!("tan-cong-{turn}-{at}");
                document["slug"] = json!(slug);
                let folder = if kind == "article" { "articles/thong-bao" } else { "pages" };
                all.push((format!("{folder}/{slug}.json"), document));
            }
        }
        let missed: Vec<Field> = text_fields(kind).difference(&attacked).cloned().collect();
        assert!(missed.is_empty(), "{kind}: nothing attacks {missed:?}");
    }
    all
}

/// Gives a site all the fields that do not change where its documents are.
fn complete(site: &mut Value) {
    let mut next = 0;
    let mut text = |_: &Field, form: &String| {
        next += 1;
        attacking(form, next)
    };
    let whole = Maker::new("site", &mut text).documents().swap_remove(0);
    for field in ["unit", "tagline", "logo", "share_picture", "utility", "footer", "notices"] {
        site[field] = whole[field].clone();
    }
}

/// Articles that the tools refuse, of which a browser shows the rest: addresses that run code, and texts that are no date,
/// language or text.
fn refused_documents() -> Vec<Value> {
    let bad = |field: &Field, form: &String| match form.as_str() {
        _ if field.0 == "article" => attack_within(form, 0, &ATTACKS, &["/"]),
        "Href" | "FileAddress" => ADDRESSES[field.1.len() % 8].to_owned(),
        "Slug" => "../../x".to_owned(),
        "Timestamp" | "Lang" => ATTACKS[3].to_owned(),
        _ => ATTACKS[field.1.len() % ATTACKS.len()].to_owned(),
    };
    Maker::new("article", &mut { bad }).documents()
}

/// Writes the attacked documents into a folder. Answers how many texts that were, and addresses of articles and pages.
fn write_attacked(api: &Path) -> (usize, Vec<String>) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/api/v1");
    let (mut tried, mut next, mut addresses) = (0, 0, vec!["/".to_owned(), "/so-do-trang/".to_owned()]);
    for entry in walkdir::WalkDir::new(&sample).sort_by_file_name().into_iter().map(|entry| entry.expect("readable")) {
        let name = entry.path().strip_prefix(&sample).expect("below").to_string_lossy().into_owned();
        let (base, own_name) = name.strip_prefix("en/").map_or(("", name.as_str()), |below| ("/en", below));
        let Some(document) = Document::from_path(own_name) else { continue };
        let mut value: Value =
            serde_json::from_str(&fs::read_to_string(entry.path()).expect("readable")).expect("JSON");
        if !matches!(document, Document::Home | Document::Section(_) | Document::List(..)) {
            tried += attack(&document, &mut value, &mut next);
        }
        if document == Document::Site {
            // Both name the same languages.
            let code = "\"><img src=x onerror=window.attacked=1>";
            value["languages"] = json!([{ "language": "vi", "title": code }, { "language": "en", "title": code }]);
            complete(&mut value);
        }
        match &document {
            Document::Article(section, slug) => addresses.push(format!("{base}/{section}/{slug}/")),
            Document::Page(slug) | Document::Section(slug) => addresses.push(format!("{base}/{slug}/")),
            _ => {}
        }
        let to = api.join(&name);
        fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        fs::write(to, value.to_string()).expect("written");
    }
    for (name, document) in whole_documents() {
        fs::write(api.join(&name), document.to_string()).expect("written");
        let address = name.trim_start_matches("articles").trim_start_matches("pages").trim_end_matches(".json");
        addresses.push(format!("{address}/"));
    }
    (tried, addresses)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_data_runs_loads_or_leads_astray() {
    leave_out_on!(WebKit, "scripts may change the address a hundred times in half a minute only");
    let folder = tempfile::tempdir().expect("a temporary folder");
    common::copy_without_content(&dist(), folder.path());
    let api = folder.path().join("api/v1");
    let (tried, addresses) = write_attacked(&api);
    println!("{tried} texts and addresses attack on {} pages", addresses.len());
    assert!(tried > 1_000, "{tried}");
    common::tool("gather", &["api/v1"], folder.path());
    common::tool("build", &["--api", "api/v1", "--out", "."], folder.path());

    let reader = Reader::of(folder.path()).await;
    // Code may wait for the reader, or for a moment.
    let stir = "new Promise((done) => {
        const kinds = ['mouseover', 'mouseenter', 'mousemove', 'focus', 'toggle', 'load', 'error', 'begin', 'animationend'];
        for (const element of document.querySelectorAll('main *, header *, footer *'))
          for (const kind of kinds) element.dispatchEvent(new Event(kind));
        setTimeout(() => done(true), 60);
      })";
    let check = "return [
        window.attacked ? 'code has run' : '',
        window.policyBroken ? 'the policy had to stop ' + window.policyBroken : '',
        location.host !== window.ownHost ? 'led to ' + location.href : '',
        ...[...document.querySelectorAll('a[href]')].filter((a) => !/^(https?|mailto|tel)?:$/.test(a.protocol)).map((a) => 'link to ' + a.href),
        ...[...document.querySelectorAll('a[href]')].filter((a) => /^http/.test(a.protocol) && a.host !== location.host && a.relList.contains('noopener') === false).map((a) => 'a hold for ' + a.href),
        ...[...document.querySelectorAll('iframe, object, embed, base, form:not([role=search], [data-settings], :has([name=q])), meta[http-equiv=refresh]')].map((e) => e.outerHTML),
        ...[...document.querySelectorAll('main *, header *, footer *')].flatMap((e) => e.getAttributeNames().filter((name) => /^on|^style$/.test(name)).map((name) => e.tagName + ' ' + name)),
    ].filter(Boolean)";
    reader.server.run_first(
"window.ownHost = location.host;
             addEventListener('securitypolicyviolation', (event) => { window.policyBroken = event.violatedDirective + ' ' + event.blockedURI })",
);
    for address in &addresses {
        // As a finished page,
        reader.open_early(address).await;
        reader.wait_for("main h1, main .lead-stories, main").await;
        assert!(reader.promised::<bool>(stir).await);
        assert_eq!(reader.js::<Vec<String>>(check).await, Vec::<String>::new(), "{address}");
    }
    reader.open("/").await;
    for address in addresses.iter().filter(|address| *address != "/") {
        // and drawn by the program, but for the first one of another language, which the browser loads.
        let follow = format!(
            "const a = document.createElement('a'); a.href = '{address}'; document.querySelector('main').append(a); a.click();"
        );
        reader.js::<()>(&follow).await;
        reader.wait_until(&format!("location.pathname === '{address}' && document.querySelector('main h1')")).await;
        reader.wait_for("html[data-running]").await;
        assert!(reader.promised::<bool>(stir).await);
        assert_eq!(reader.js::<Vec<String>>(check).await, Vec::<String>::new(), "{address}, drawn");
    }
    // What the tools refuse may come all the same, after the build: the rest of it is drawn, or its fault told.
    reader.open("/").await;
    let mut drawn = 0;
    for (at, mut document) in refused_documents().into_iter().enumerate() {
        let slug = format!("hong-{at}");
        (document["slug"], document["section"]) = (json!(slug), json!("thong-bao"));
        let text = document.to_string();
        let own = Document::from_path(&format!("articles/thong-bao/{slug}.json")).expect("an article");
        assert!(Decoded::read(&own, &text).is_err(), "the tools take {text}");
        reader.server.answer(&format!("/api/v1/{own}"), Answer::Json(text));
        reader.follow(&format!("/thong-bao/{slug}/")).await;
        reader
            .wait_until(&format!("location.pathname === '/thong-bao/{slug}/' && document.querySelector('main h1')"))
            .await;
        drawn += usize::from(reader.js::<bool>("return !!document.querySelector('.article')").await);
        assert!(reader.promised::<bool>(stir).await);
        assert_eq!(reader.js::<Vec<String>>(check).await, Vec::<String>::new(), "{slug}");
    }
    assert!(drawn > 0, "nothing of what the tools refuse was drawn");
    reader.leave_without_files().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_address_of_this_site_leads_to_another() {
    let reader = Reader::new().await;
    let host = reader.server.origin.clone();
    for path in [
        "//evil.example/",
        "/%5Cevil.example/",
        "/%2F%2Fevil.example/",
        "/tim-kiem/?q=//evil.example&next=https://evil.example",
    ] {
        reader.open(path).await;
        assert!(reader.js::<String>("return location.href").await.starts_with(&host), "{path}");
        let leads = "return [...document.querySelectorAll('a[href], link[rel=canonical]')].map((a) => a.href).filter((href) => new URL(href).host.startsWith('evil'))";
        assert_eq!(reader.js::<Vec<String>>(leads).await, Vec::<String>::new(), "{path}");
    }
    reader.leave().await;
}
