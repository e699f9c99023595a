//! What a release consists of, and what may be in it.

use crate::fixture::{Fixture, snapshot};
use crate::site::output;
use indicatif::ProgressBar;
use portal::tools::build::{Settings, build};
use portal::tools::folder::Folder;
use portal::tools::release;
use std::fs;
use std::path::Path;

fn settings(out: &Path) -> Settings {
    Settings { compress: true, ..Settings::new(out.to_owned()) }
}

fn built(fixture: &Fixture) -> tempfile::TempDir {
    let output = output();
    build(&fixture.folder(), &settings(output.path()), &ProgressBar::hidden()).expect("built");
    output
}

/// Why a build is refused.
fn refused(fixture: &Fixture) -> String {
    let output = output();
    build(&fixture.folder(), &settings(output.path()), &ProgressBar::hidden()).expect_err("refused")
}

fn verify(copy: &Path) -> Vec<String> {
    let findings = release::verify(copy, None, &ProgressBar::hidden()).expect("a manifest");
    findings.iter().map(ToString::to_string).collect()
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (first, second) = (built(&Fixture::new()), built(&Fixture::new()));
    let (first, second) = (snapshot(first.path()), snapshot(second.path()));
    let differing: Vec<&String> =
        first.keys().chain(second.keys()).filter(|name| first.get(*name) != second.get(*name)).collect();
    assert!(differing.is_empty(), "{differing:?}");
    assert!(first.contains_key(release::MANIFEST) && first.keys().any(|name| name.ends_with(".br")));
}

#[test]
fn a_whole_copy_is_whole() {
    let output = built(&Fixture::new());
    assert_eq!(verify(output.path()), Vec::<String>::new());
}

#[test]
fn a_copy_tells_what_it_lacks_has_changed_and_has_too_much() {
    let output = built(&Fixture::new());
    fs::remove_file(output.path().join("lien-he/index.html")).expect("removed");
    fs::write(output.path().join("media/a.pdf"), "documenT").expect("changed");
    fs::write(output.path().join("media/b.pdf"), "more").expect("added");
    let said = verify(output.path());
    let starts: Vec<&str> = said.iter().filter_map(|line| line.split(": $: ").next()).collect();
    assert_eq!(starts.len(), 3, "{said:?}");
    for (line, (name, what)) in said.iter().zip([
        ("lien-he/index.html", "is missing"),
        ("media/a.pdf", "has changed"),
        ("media/b.pdf", "is not part of this release"),
    ]) {
        assert!(line.starts_with(name) && line.contains(what), "{line}");
    }
}

#[test]
fn a_copy_that_cannot_be_walked_through_is_not_told_to_be_empty() {
    let output = built(&Fixture::new());
    let manifest = output.path().join(release::MANIFEST);
    let refused = release::verify(&output.path().join("gone"), Some(&manifest), &ProgressBar::hidden());
    assert!(refused.is_err_and(|why| why.contains("cannot be read")));
}

#[test]
fn a_manifest_leads_nowhere_else() {
    let output = built(&Fixture::new());
    let file = output.path().join(release::MANIFEST);
    fs::write(&file, r#"{"files":[{"path":"../../etc/passwd","bytes":1,"sha256":""}]}"#).expect("written");
    assert!(verify(output.path()).iter().any(|line| line.contains("leads out of its folder")));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused() {
    let fixture = Fixture::new();
    std::os::unix::fs::symlink("/etc/passwd", fixture.root().join("media/passwd.txt")).expect("a link");
    assert!(refused(&fixture).contains("media/passwd.txt: $: is a symbolic link"), "{}", refused(&fixture));
    let fixture = Fixture::new();
    std::os::unix::fs::symlink("/etc/passwd", fixture.root().join("api/v1/pages/passwd.json")).expect("a link");
    assert!(refused(&fixture).contains("is a symbolic link"));
}

#[test]
fn names_that_other_systems_cannot_hold_are_refused() {
    for (name, why) in
        [("CON.pdf", "a device"), ("A.PDF", "by capital letters"), ("a?.pdf", "Windows"), ("a.pdf.", "a dot")]
    {
        let fixture = Fixture::new();
        fs::write(fixture.root().join("media").join(name), "x").expect("written");
        assert!(refused(&fixture).contains(why), "{name}: {}", refused(&fixture));
    }
}

#[test]
fn names_of_the_same_letters_are_refused() {
    let fixture = Fixture::new();
    for name in ["ổn.pdf", "o\u{302}\u{309}n.pdf"] {
        fs::write(fixture.root().join("media").join(name), "x").expect("written");
    }
    assert!(refused(&fixture).contains("the coding of marks"), "{}", refused(&fixture));
}

#[test]
fn a_name_that_does_harm_is_refused_where_the_documents_lie_in_the_output() {
    let output = built(&Fixture::new());
    fs::write(output.path().join("media/CON.pdf"), "x").expect("written");
    let folder = Folder::open(&output.path().join("api/v1"), None).expect("the folder is there");
    let refused = build(&folder, &settings(output.path()), &ProgressBar::hidden()).expect_err("refused");
    assert!(refused.contains("media/CON.pdf"), "{refused}");
}

#[test]
fn a_mark_outside_of_the_folder_is_not_read() {
    let fixture = Fixture::new();
    fixture.edit("site.json", |site| site["logo"] = serde_json::json!({ "src": "/../../../../etc/mark.svg" }));
    let output = output();
    build(&fixture.folder(), &settings(output.path()), &ProgressBar::hidden()).expect("built without it");
}

#[test]
fn a_base_path_is_a_path() {
    for base in ["/../x/", "/a b/", "/a\"b/", "//evil.example/x\\y"] {
        let output = output();
        let settings = Settings { base: base.to_owned(), ..settings(output.path()) };
        assert!(build(&Fixture::new().folder(), &settings, &ProgressBar::hidden()).is_err(), "{base}");
    }
}

#[test]
fn nothing_but_servers_gets_into_the_policy() {
    for address in ["https://a.vn$x/", "https://a.vn{env.HOME}/", "https://a.vn;sandbox/", "https://a.vn,x/"] {
        for place in ["visits", "search"] {
            let fixture = Fixture::new();
            fixture.edit("site.json", |site| site[place] = serde_json::json!({ "url": address }));
            assert!(refused(&fixture).contains(address), "{address}");
        }
    }
}
