//! A second build: what it leaves alone, what it takes away, and what an interrupted one leaves behind.

use crate::fixture::{Fixture, changed, snapshot};
use crate::site::{build as build_portal, lay_program, output, sample};
use portal::tools::build::{self, Settings};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};
use walkdir::{DirEntry, WalkDir};

#[test]
fn the_same_content_writes_nothing() {
    let fixture = Fixture::new();
    let output = output();
    assert!(build_portal(&fixture.folder(), output.path()).written > 10);
    let before = (snapshot(output.path()), times(output.path()));
    let again = build_portal(&fixture.folder(), output.path());
    assert_eq!((again.written, again.removed), (0, 0));
    assert!((snapshot(output.path()), times(output.path())) == before);
}

#[test]
fn a_build_says_when_the_files_for_servers_have_changed() {
    let fixture = Fixture::new();
    let (former, new) = (output(), output());
    assert!(!build_portal(&fixture.folder(), former.path()).hosting_changed, "there were none before");
    fixture.edit("articles/van-hoa/hoi-lang-2.json", |article| article["views"] = json!(77));
    assert!(!build_portal(&fixture.folder(), former.path()).hosting_changed);
    fixture.write("redirects.json", &json!({ "redirects": [{ "from": "/cu/", "to": "/van-hoa/" }] }));
    let settings = Settings { former: Some(former.path().to_owned()), ..Settings::new(new.path().to_owned()) };
    let beside = build::build(&fixture.folder(), &settings, &indicatif::ProgressBar::hidden()).expect("built");
    assert!(beside.hosting_changed);
    assert!(build_portal(&fixture.folder(), former.path()).hosting_changed);
}

/// When each file was last changed.
fn times(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let files =
        WalkDir::new(folder).into_iter().map(|entry| entry.expect("a file")).filter(|entry| entry.path().is_file());
    let time = |entry: &DirEntry| entry.metadata().expect("a file").modified().expect("a time");
    files.map(|entry| (entry.path().strip_prefix(folder).expect("below").to_owned(), time(&entry))).collect()
}

#[test]
fn a_build_in_a_new_folder_has_the_times_of_the_former_one_where_nothing_changed() {
    let fixture = Fixture::new();
    let (former, new) = (output(), output());
    build_portal(&fixture.folder(), former.path());
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for name in snapshot(former.path()).keys() {
        File::options().append(true).open(former.path().join(name)).expect("a file").set_modified(old).expect("set");
    }
    fixture.edit("articles/van-hoa/hoi-lang-2.json", |article| article["views"] = json!(77));
    let settings = Settings { former: Some(former.path().to_owned()), ..Settings::new(new.path().to_owned()) };
    build::build(&fixture.folder(), &settings, &indicatif::ProgressBar::hidden()).expect("built");
    let changed = changed(&snapshot(former.path()), &snapshot(new.path()));
    assert!(changed.iter().any(|name| name == "van-hoa/hoi-lang-2/index.html"), "{changed:?}");
    let is_own = |name: &str| [".program/", ".hosting/", ".release/"].iter().any(|own| name.starts_with(own));
    for (name, time) in times(new.path()) {
        let name = name.to_string_lossy();
        if !is_own(&name) {
            assert_eq!(time == old, !changed.iter().any(|changed| *changed == name), "{name}");
        }
    }
}

#[test]
fn a_page_whose_document_is_broken_stays_as_it_was() {
    let fixture = Fixture::new();
    let output = output();
    build_portal(&fixture.folder(), output.path());
    let files = ["van-hoa/hoi-lang-2/index.html", "api/v1/articles/van-hoa/hoi-lang-2.json"];
    let read = || files.map(|name| fs::read(output.path().join(name)).expect("a page and its document"));
    let before = read();
    fixture.edit("articles/van-hoa/hoi-lang-2.json", |article| article["published_at"] = json!("yesterday"));
    let summary = build_portal(&fixture.folder(), output.path());
    assert_eq!(summary.findings.len(), 1);
    assert!(read() == before);
}

#[test]
fn a_home_page_whose_document_was_forgotten_stays_as_it_was() {
    let fixture = Fixture::new();
    let output = output();
    build_portal(&fixture.folder(), output.path());
    let page = output.path().join("index.html");
    let before = fs::read(&page).expect("the home page");
    fs::remove_file(fixture.api().join("home.json")).expect("removed");
    let findings = build_portal(&fixture.folder(), output.path()).findings;
    assert_eq!(
        findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["/: $: has no document: run `portal gather`, which writes it"]
    );
    assert!(fs::read(page).expect("still there") == before);
}

#[test]
fn a_folder_without_the_program_is_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("mine.txt"), "mine").expect("written");
    let settings = Settings::new(folder.path().to_owned());
    let refused = build::build(&Fixture::new().folder(), &settings, &indicatif::ProgressBar::hidden());
    assert!(refused.expect_err("no program").contains("`make build`"));
    assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1);
}

#[test]
fn a_build_in_a_new_folder_brings_the_pages_of_broken_documents_from_the_former_one() {
    let fixture = Fixture::new();
    let (former, new) = (output(), output());
    build_portal(&fixture.folder(), former.path());
    fs::remove_file(fixture.api().join("articles/van-hoa/hoi-lang-1.json")).expect("removed");
    fixture.gather().expect("no mistakes");
    fixture.edit("articles/van-hoa/hoi-lang-2.json", |article| article["published_at"] = json!("yesterday"));
    let settings = Settings { former: Some(former.path().to_owned()), ..Settings::new(new.path().to_owned()) };
    let summary = build::build(&fixture.folder(), &settings, &indicatif::ProgressBar::hidden()).expect("built");
    assert_eq!(summary.findings.len(), 1);
    let page = |folder: &Path, name: &str| fs::read(folder.join("van-hoa").join(name).join("index.html")).ok();
    assert_eq!(page(new.path(), "hoi-lang-2"), page(former.path(), "hoi-lang-2"));
    let document = |folder: &Path| fs::read(folder.join("api/v1/articles/van-hoa/hoi-lang-2.json")).ok();
    assert_eq!(document(new.path()), document(former.path()));
    assert_eq!(page(new.path(), "hoi-lang-1"), None);
}

#[test]
fn a_slip_in_the_number_of_lists_is_reported_and_not_worked_through() {
    let fixture = Fixture::new();
    fixture.edit("sections/tin-tuc.json", |section| {
        section["lists"] = json!(u32::MAX);
        section["years"][0]["newest_list"] = json!(u32::MAX);
    });
    let output = output();
    let summary = build_portal(&fixture.folder(), output.path());
    let found: Vec<&str> = summary.findings.iter().map(|finding| finding.file.as_str()).collect();
    assert_eq!(found, ["/tin-tuc/nam/2024/trang/3/", "/tin-tuc/trang/3/"]);
    assert!(output.path().join("tin-tuc/trang/2/index.html").is_file());
    assert!(!fixture.check().is_empty());
    fixture.edit("sections/tin-tuc.json", |section| section["total"] = json!(u32::MAX));
    assert!(!fixture.check().is_empty());
}

#[test]
fn a_picture_that_is_taken_away_is_taken_away_from_the_output_too() {
    let fixture = Fixture::new();
    let output = output();
    fs::create_dir(fixture.root().join("media/2024")).expect("a folder");
    fs::write(fixture.root().join("media/2024/b.webp"), "picture").expect("a picture");
    build_portal(&fixture.folder(), output.path());
    fs::write(output.path().join("media/of-others.webp"), "picture").expect("somebody else's");
    fs::remove_dir_all(fixture.root().join("media/2024")).expect("removed");
    build_portal(&fixture.folder(), output.path());
    let left = |name: &str| output.path().join("media").join(name).exists();
    assert_eq!(["2024", "a.webp", "of-others.webp"].map(left), [false, true, true]);
}

#[test]
fn a_section_whose_document_is_broken_keeps_its_lists_and_feeds() {
    let fixture = published();
    let output = output();
    build_portal(&fixture.folder(), output.path());
    let of_section = |files: BTreeMap<String, Vec<u8>>| -> Vec<String> {
        files.into_keys().filter(|name| name.starts_with("tin-tuc/")).collect()
    };
    let before = of_section(snapshot(output.path()));
    for name in ["tin-tuc/trang/1/index.html", "tin-tuc/nam/2024/index.html", "tin-tuc/rss.xml"] {
        assert!(before.iter().any(|own| own == name), "{name}: {before:?}");
    }
    fixture.write_text("sections/tin-tuc.json", "{");
    build_portal(&fixture.folder(), output.path());
    assert_eq!(of_section(snapshot(output.path())), before);
}

/// A portal with feeds.
fn published() -> Fixture {
    let fixture = Fixture::new();
    fixture.edit("site.json", |site| site["origin"] = json!("https://phuong.example.vn"));
    fixture
}

#[test]
fn the_pages_and_feeds_of_a_section_that_is_gone_go() {
    let fixture = published();
    let output = output();
    build_portal(&fixture.folder(), output.path());
    assert!(output.path().join("moi-truong/atom.xml").is_file());
    fs::remove_dir_all(fixture.api().join("articles/moi-truong")).expect("removed");
    fs::remove_dir_all(fixture.api().join("sections/moi-truong")).ok();
    fs::remove_file(fixture.api().join("sections/moi-truong.json")).expect("removed");
    fixture.edit("site.json", |site| remove(&mut site["tree"], "moi-truong"));
    fixture.gather().expect("no mistakes");
    build_portal(&fixture.folder(), output.path());
    assert!(!output.path().join("moi-truong").exists());
    assert!(output.path().join("van-hoa/atom.xml").is_file());
}

/// Takes a node out of a tree.
fn remove(nodes: &mut Value, slug: &str) {
    let Some(nodes) = nodes.as_array_mut() else { return };
    nodes.retain(|node| node["slug"] != slug);
    nodes.iter_mut().for_each(|node| remove(&mut node["children"], slug));
}

#[test]
fn pages_that_somebody_else_has_put_there_stay() {
    let fixture = Fixture::new();
    let output = output();
    let names = ["huong-dan/index.html", "huong-dan/main.txt", "huong-dan/rss.xml"];
    fs::create_dir(output.path().join("huong-dan")).expect("a folder");
    names.iter().for_each(|name| fs::write(output.path().join(name), "of the office").expect("written"));
    for _ in 0..2 {
        build_portal(&fixture.folder(), output.path());
        for name in names {
            assert!(output.path().join(name).is_file(), "{name}");
        }
    }
}

#[test]
fn a_new_release_of_the_program_writes_pages_that_name_it_and_removes_the_former_start() {
    let fixture = Fixture::new();
    let output = output();
    build_portal(&fixture.folder(), output.path());
    lay_program(output.path());
    let place = |name: &str| output.path().join(name);
    fs::write(place("20-base-50763c1c3cbd05f3.css"), "body { color: red; }").expect("written");
    let document = fs::read_to_string(place("index.html")).expect("Trunk's document");
    fs::write(place("index.html"), document.replace("/app-4c2c27056a4adbe6.js", "/app-5d3d38167b5bebf7.js"))
        .expect("written");
    fs::write(place("app-5d3d38167b5bebf7.js"), "export default () => { console.log(2); }").expect("written");
    build_portal(&fixture.folder(), output.path());
    let files = snapshot(output.path());
    let home = String::from_utf8(files["index.html"].clone()).expect("text");
    assert!(home.contains("body { color: red; }"));
    let starts: Vec<&String> = files.keys().filter(|name| name.starts_with("start-")).collect();
    assert_eq!(starts.len(), 1, "{starts:?}");
    assert!(home.contains(starts[0].as_str()));
    let scripts: Vec<&String> = files.keys().filter(|name| name.starts_with("app-") && name.ends_with(".js")).collect();
    assert_eq!(scripts.len(), 1, "{scripts:?}");
    assert!(String::from_utf8_lossy(&files[scripts[0]]).contains("console.log(2)"));
    assert!(String::from_utf8_lossy(&files[starts[0]]).contains(scripts[0].as_str()));
}

#[test]
fn a_development_build_is_refused_and_left_as_it_is() {
    let fixture = Fixture::new();
    let output = output();
    fs::write(output.path().join("app-4c2c27056a4adbe6_bg.wasm"), vec![0; 2_000_000]).expect("written");
    let refused =
        build::build(&fixture.folder(), &Settings::new(output.path().to_owned()), &indicatif::ProgressBar::hidden());
    assert!(refused.is_err_and(|why| why.contains("development build") && why.contains("make build")));
    assert!(output.path().join("20-base-50763c1c3cbd05f3.css").is_file(), "its style sheets are still there");
}

#[test]
fn the_same_content_gives_the_same_bytes_elsewhere() {
    let fixture = Fixture::new();
    let (one, two) = (output(), output());
    build_portal(&fixture.folder(), one.path());
    build_portal(&fixture.folder(), two.path());
    assert_eq!(snapshot(one.path()), snapshot(two.path()));
}

#[test]
fn one_more_article_writes_only_the_pages_that_show_it() {
    let fixture = Fixture::new();
    let output = output();
    build_portal(&fixture.folder(), output.path());
    let before = snapshot(output.path());
    fixture.write_article("van-hoa", "moi-nhat", 8);
    fixture.gather().expect("no mistakes");
    build_portal(&fixture.folder(), output.path());
    let changed = changed(&before, &snapshot(output.path()));
    let pages: Vec<&str> = changed.iter().map(String::as_str).filter(|name| name.ends_with(".html")).collect();
    let expected = [
        "index.html",
        "tin-tuc/index.html",
        "tin-tuc/nam/2024/index.html",
        "tin-tuc/nam/2024/trang/2/index.html",
        "tin-tuc/trang/2/index.html",
        "van-hoa/hoi-lang-4/index.html",
        "van-hoa/index.html",
        "van-hoa/moi-nhat/index.html",
        "van-hoa/nam/2024/index.html",
    ];
    for page in &pages {
        assert!(expected.contains(page), "{page} changed: {pages:?}");
    }
    assert!(pages.contains(&"van-hoa/moi-nhat/index.html"));
    assert!(!pages.contains(&"tin-tuc/trang/1/index.html"), "an old list stays");
}

#[test]
fn an_article_that_is_gone_takes_its_page_along() {
    let fixture = Fixture::new();
    let output = output();
    build_portal(&fixture.folder(), output.path());
    let page = output.path().join("moi-truong/trong-cay/index.html");
    assert!(page.is_file());
    fs::remove_file(fixture.api().join("articles/moi-truong/trong-cay.json")).expect("removed");
    fixture.gather().expect("no mistakes");
    let summary = build_portal(&fixture.folder(), output.path());
    assert!(summary.removed >= 1);
    assert!(!page.exists() && !page.parent().expect("its folder").exists());
}

#[test]
fn a_page_that_is_gone_takes_all_its_files_along() {
    let fixture = Fixture::new();
    let output = output();
    build_portal(&fixture.folder(), output.path());
    let folder = output.path().join("lien-he");
    assert!(folder.join("index.html").is_file() && folder.join("main.txt").is_file());
    fs::remove_file(fixture.api().join("pages/lien-he.json")).expect("removed");
    build_portal(&fixture.folder(), output.path());
    assert!(!folder.exists());
}

/// Builds with or without packed files beside the texts.
fn build_packed(fixture: &Fixture, out: &Path, compress: bool) -> build::Summary {
    let settings = Settings { compress, ..Settings::new(out.to_owned()) };
    build::build(&fixture.folder(), &settings, &indicatif::ProgressBar::hidden()).expect("built")
}

#[test]
fn the_same_content_packs_nothing_again() {
    let fixture = Fixture::new();
    let output = output();
    build_packed(&fixture, output.path(), true);
    let before = (snapshot(output.path()), times(output.path()));
    let again = build_packed(&fixture, output.path(), true);
    assert_eq!((again.written, again.removed), (0, 0));
    assert!((snapshot(output.path()), times(output.path())) == before);
}

#[test]
fn what_no_host_sends_is_not_packed() {
    let fixture = Fixture::new();
    let output = output();
    let shown = fixture.root().join(".well-known");
    fs::create_dir(&shown).expect("a folder");
    fs::write(shown.join("security.txt"), "Contact: ".repeat(100)).expect("written");
    // The second finds what the first wrote last.
    build_packed(&fixture, output.path(), true);
    build_packed(&fixture, output.path(), true);
    let files = snapshot(output.path());
    let packed: Vec<&String> = files.keys().filter(|name| name.starts_with('.') && name.ends_with(".br")).collect();
    assert_eq!(packed, [".well-known/security.txt.br"]);
}

#[test]
fn what_was_packed_goes_when_its_original_changes() {
    let fixture = Fixture::new();
    let output = output();
    let build = |compress| build_packed(&fixture, output.path(), compress);
    build(true);
    let packed = |name: &str| ["br", "gz"].map(|end| output.path().join(format!("{name}.{end}")).is_file());
    let [changed, same] = ["van-hoa/hoi-lang-2/index.html", "van-hoa/hoi-lang-3/index.html"];
    assert_eq!([packed(changed), packed(same)], [[true; 2]; 2]);
    fixture.edit("articles/van-hoa/hoi-lang-2.json", |article| article["views"] = json!(77));
    build(false);
    assert_eq!([packed(changed), packed(same)], [[false; 2], [true; 2]]);
    build(true);
    assert_eq!(packed(changed), [true; 2]);
}

#[test]
fn of_an_article_that_is_gone_no_text_is_published() {
    let fixture = Fixture::new();
    let output = output();
    let name = "articles/van-hoa/hoi-lang-2.json";
    fixture.edit(name, |article| {
        article["lead"] = json!("Số điện thoại của bà Bí Mật");
        article["body"] = json!([{ "kind": "paragraph", "text": "Bà Bí Mật" }]);
        article["status"] = json!({ "kind": "gone" });
    });
    fixture.gather().expect("no mistakes");
    build_portal(&fixture.folder(), output.path());
    for (name, bytes) in snapshot(output.path()) {
        assert!(!String::from_utf8_lossy(&bytes).contains("Bí Mật"), "{name}");
    }
    let document = fs::read_to_string(output.path().join("api/v1").join(name)).expect("it still says what it was");
    let article: portal::contract::Article = portal::contract::document(&document).expect("and is valid");
    assert!(matches!(article.status, portal::contract::Status::Gone(_)));
}

#[test]
fn a_byte_order_mark_does_not_hide_that_an_article_is_gone() {
    let fixture = Fixture::new();
    let output = output();
    let name = "articles/van-hoa/hoi-lang-2.json";
    fixture.edit(name, |article| {
        article["body"] = json!([{ "kind": "paragraph", "text": "Bà Bí Mật" }]);
        article["status"] = json!({ "kind": "gone" });
    });
    fixture.gather().expect("no mistakes");
    let text = fs::read_to_string(fixture.api().join(name)).expect("written");
    fixture.write_text(name, format!("\u{feff}{text}"));
    build_portal(&fixture.folder(), output.path());
    let published = fs::read_to_string(output.path().join("api/v1").join(name)).expect("it still says what it was");
    assert!(!published.contains("Bí Mật"), "{published}");
}

#[test]
fn what_is_hidden_beside_the_documents_is_not_published() {
    let fixture = Fixture::new();
    let output = output();
    for name in [".git/config", "media/.nhap/b.pdf", "api/v1/.a.json.swp", ".well-known/security.txt"] {
        let path = fixture.root().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, "hidden").expect("written");
    }
    build_portal(&fixture.folder(), output.path());
    let published = snapshot(output.path());
    let hidden: Vec<_> = published.iter().filter(|(_, bytes)| *bytes == b"hidden").map(|(name, _)| name).collect();
    assert_eq!(hidden, [".well-known/security.txt"]);
}

#[test]
fn a_bad_document_is_named_and_stops_nothing_else() {
    let fixture = Fixture::new();
    fixture.edit("articles/van-hoa/hoi-lang-2.json", |article| article["published_at"] = json!("yesterday"));
    let output = output();
    let run = Command::new(env!("CARGO_BIN_EXE_portal"))
        .args(["build", "--api"])
        .arg(fixture.api())
        .arg("--out")
        .arg(output.path())
        .output()
        .expect("the tool runs");
    assert_eq!(run.status.code(), Some(1));
    let said = String::from_utf8(run.stdout).expect("text");
    assert!(said.starts_with("articles/van-hoa/hoi-lang-2.json: published_at: "), "{said}");
    assert_eq!(said.lines().count(), 1);
    assert!(!output.path().join("van-hoa/hoi-lang-2/index.html").exists());
    assert!(output.path().join("van-hoa/hoi-lang-3/index.html").is_file());
    assert!(String::from_utf8_lossy(&run.stderr).contains("pages a second"));
}

/// Begins a build and kills it. Answers whether it was still under way.
fn is_killed_after(milliseconds: u64, api: &Path, out: &Path) -> bool {
    let mut run = Command::new(env!("CARGO_BIN_EXE_portal"))
        .args(["build", "--api"])
        .arg(api)
        .arg("--out")
        .arg(out)
        .stderr(Stdio::null())
        .spawn()
        .expect("the tool runs");
    std::thread::sleep(Duration::from_millis(milliseconds));
    run.kill().expect("it can be killed");
    run.wait().expect("it has ended").code().is_none()
}

#[test]
fn a_rebuild_that_is_killed_leaves_each_page_as_it_was_or_as_it_is_to_be() {
    let fixture = Fixture::new();
    let killed = output();
    build_portal(&fixture.folder(), killed.path());
    let before = snapshot(killed.path());
    fixture.edit("site.json", |site| site["name"] = json!("Cổng mới"));
    let whole = output();
    build_portal(&fixture.folder(), whole.path());
    let after = snapshot(whole.path());
    let mut interrupted = 0;
    for milliseconds in [1, 2, 4, 8, 16, 32, 64] {
        interrupted += u32::from(is_killed_after(milliseconds, &fixture.api(), killed.path()));
        for (name, bytes) in snapshot(killed.path()).iter().filter(|(name, _)| name.ends_with(".html")) {
            assert!([before.get(name), after.get(name)].contains(&Some(bytes)), "{name} is neither");
        }
    }
    assert!(interrupted > 2, "the build was too fast to be interrupted");
    build_portal(&fixture.folder(), killed.path());
    let changed = changed(&after, &snapshot(killed.path()));
    assert!(changed.is_empty(), "{changed:?}");
}

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_one_the_usual_folder() {
    let (killed, whole) = (output(), output());
    build_portal(&sample(), whole.path());
    let whole = snapshot(whole.path());
    let mut interrupted = 0;
    // Later and later, since nobody knows how fast this machine is.
    for milliseconds in [2, 5, 10, 20, 40, 80, 160, 320] {
        interrupted += u32::from(is_killed_after(milliseconds, sample().api(), killed.path()));
        for (name, bytes) in snapshot(killed.path()) {
            let is_draft = name.rsplit('/').next().is_some_and(|name| name.starts_with('.') && name.ends_with(".part"));
            // Trunk's files stand until the build has taken them over.
            if !is_draft && let Some(expected) = whole.get(&name).filter(|_| name != "index.html") {
                assert!(bytes == *expected, "{name} is not whole");
            }
        }
    }
    assert!(interrupted > 2, "the build was too fast to be interrupted");
    build_portal(&sample(), killed.path());
    let again = snapshot(killed.path());
    assert_eq!(again.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
    assert!(again == whole);
}
