//! `portal gather` writes what follows from the articles, and only that.

mod fixture;

use fixture::{Fixture, changed, snapshot};
use serde_json::{Value, json};
use std::ops::Range;
use std::process::Command;

fn slugs(articles: &Value) -> Vec<&str> {
    articles.as_array().expect("a list").iter().filter_map(|teaser| teaser["slug"].as_str()).collect()
}

#[test]
fn a_second_run_changes_nothing() {
    let fixture = Fixture::new();
    let before = snapshot(&fixture.api());
    let summary = fixture.gather().expect("no mistakes");
    assert_eq!((summary.articles, summary.written, summary.removed), (7, 0, 0));
    assert_eq!(changed(&before, &snapshot(&fixture.api())), Vec::<String>::new());
}

#[test]
fn a_section_lists_its_own_articles_and_those_below_it() {
    let fixture = Fixture::new();
    let section = fixture.read("sections/tin-tuc.json");
    assert_eq!((&section["total"], &section["page_size"], &section["lists"]), (&json!(6), &json!(3), &json!(2)));
    assert_eq!(slugs(&section["newest"]), ["ho-nuoc", "trong-cay", "hoi-lang-4"]);
    assert_eq!(slugs(&fixture.read("sections/tin-tuc/1.json")["articles"]), ["hoi-lang-3", "hoi-lang-2", "hoi-lang-1"]);
    assert_eq!(section["years"], json!([{ "year": 2024, "count": 6, "newest_list": 2, "oldest_list": 1 }]));
}

#[test]
fn a_size_of_lists_that_cannot_be_is_mended() {
    let fixture = Fixture::new();
    for name in ["tin-tuc", "van-hoa", "moi-truong", "thong-bao"] {
        fixture.edit(&format!("sections/{name}.json"), |section| section["page_size"] = json!(0));
    }
    let run =
        Command::new(env!("CARGO_BIN_EXE_portal")).arg("gather").arg(fixture.api()).output().expect("the tool runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(fixture.read("sections/tin-tuc.json")["page_size"], json!(20));
}

#[test]
fn the_home_page_leads_with_different_sections() {
    let home = Fixture::new().read("home.json");
    assert_eq!(slugs(&home["lead"]), ["lich-tiep-dan", "ho-nuoc", "hoi-lang-4", "trong-cay"]);
    let sections: Vec<_> = home["latest"].as_array().expect("a list").iter().map(|latest| &latest["section"]).collect();
    // Of the other sections everything leads already.
    assert_eq!(sections, ["van-hoa"]);
    assert_eq!(slugs(&home["latest"][0]["articles"]), ["hoi-lang-3", "hoi-lang-2", "hoi-lang-1"]);
}

#[test]
fn publishing_an_article_changes_few_documents() {
    let fixture = Fixture::new();
    let before = snapshot(&fixture.api());
    fixture.write_article("van-hoa", "moi-nhat", 8);
    fixture.gather().expect("no mistakes");
    let one = snapshot(&fixture.api());
    let expected = [
        "articles/van-hoa/hoi-lang-4.json",
        "articles/van-hoa/moi-nhat.json",
        "home.json",
        "sections/tin-tuc.json",
        "sections/van-hoa.json",
    ];
    assert_eq!(changed(&before, &one), expected);

    fixture.write_article("van-hoa", "moi-nua", 9);
    fixture.gather().expect("no mistakes");
    let expected = [
        "articles/van-hoa/moi-nhat.json",
        "articles/van-hoa/moi-nua.json",
        "home.json",
        "sections/tin-tuc.json",
        "sections/van-hoa.json",
        "sections/van-hoa/2.json",
    ];
    assert_eq!(changed(&one, &snapshot(&fixture.api())), expected);
    assert_eq!(fixture.check(), Vec::<String>::new());
}

/// Publishes articles of `van-hoa`, one a day, and gathers in lists of ten.
fn publish(fixture: &Fixture, numbers: Range<u32>) {
    for number in numbers {
        let slug = format!("bai-{number}");
        let at = format!("2024-{:02}-{:02}T08:00:00+07:00", 1 + number / 28, 1 + number % 28);
        let title = format!("Title of {slug}");
        let article = json!({ "section": "van-hoa", "slug": slug, "title": title, "published_at": at });
        fixture.write(&format!("articles/van-hoa/{slug}.json"), &article);
    }
    fixture.gather_by(10).expect("no mistakes");
}

#[test]
fn a_full_list_never_changes_whatever_is_published_later() {
    let fixture = Fixture::without_articles();
    publish(&fixture, 0..25);
    let before = snapshot(&fixture.api().join("sections"));
    publish(&fixture, 25..97);
    let after = snapshot(&fixture.api().join("sections"));
    let full: Vec<&String> = before.keys().filter(|name| name.contains('/')).collect();
    assert_eq!(full, ["tin-tuc/1.json", "tin-tuc/2.json", "van-hoa/1.json", "van-hoa/2.json"]);
    for name in full {
        assert!(before.get(name) == after.get(name), "{name} has changed");
    }
    assert_eq!(after.keys().filter(|name| name.contains('/')).count(), 18);
}

#[test]
fn articles_name_their_neighbours_and_sizes_and_keep_the_rest() {
    let fixture = Fixture::new();
    let article = fixture.read("articles/moi-truong/ho-nuoc.json");
    assert_eq!(article["older"]["slug"], "trong-cay");
    assert_eq!(article.get("newer"), None);
    assert_eq!(article["related"][0]["title"], "Title of hoi-lang-1");
    assert_eq!(article["related"][0]["published_at"], "2024-01-01T08:00:00+07:00");
    assert_eq!(article["body"][5]["bytes"], 8);
    assert_eq!(article["body"][6]["unknown"].to_string(), r#"{"z":1,"a":2}"#);
}

#[test]
fn what_names_an_article_in_another_language_says_so() {
    let fixture = Fixture::new();
    fixture.edit("articles/van-hoa/hoi-lang-1.json", |article| article["language"] = json!("en"));
    fixture.gather().expect("no mistakes");
    let language = |document: &str, place: &str| fixture.read(document).pointer(place).cloned();
    let english = Some(json!("en"));
    assert_eq!(language("sections/tin-tuc/1.json", "/articles/2/language"), english);
    assert_eq!(language("sections/tin-tuc/1.json", "/articles/1/language"), None);
    assert_eq!(language("articles/van-hoa/hoi-lang-2.json", "/older/language"), english);
    assert_eq!(language("articles/moi-truong/ho-nuoc.json", "/related/0/language"), english);
    assert_eq!(fixture.check(), Vec::<String>::new());
}

#[test]
fn an_article_without_a_date_stands_before_the_oldest_and_is_of_no_year() {
    let fixture = Fixture::new();
    let article = json!({ "section": "van-hoa", "slug": "tu-lieu", "title": "Tư liệu" });
    fixture.write("articles/van-hoa/tu-lieu.json", &article);
    fixture.gather().expect("no mistakes");
    let section = fixture.read("sections/van-hoa.json");
    assert_eq!(section["total"], 5);
    assert_eq!(section["years"].as_array().expect("years").len(), 1);
    assert_eq!(section["years"][0]["count"], 4);
    assert_eq!(slugs(&fixture.read("sections/van-hoa/1.json")["articles"]).last(), Some(&"tu-lieu"));
    assert_eq!(fixture.read("articles/van-hoa/tu-lieu.json")["newer"]["slug"], "hoi-lang-1");
    assert_eq!(fixture.read("articles/van-hoa/hoi-lang-1.json")["older"]["slug"], "tu-lieu");
    assert_eq!(fixture.check(), Vec::<String>::new());
}

#[test]
fn a_gone_article_is_neither_listed_nor_a_neighbour() {
    let fixture = Fixture::new();
    fixture.edit("articles/van-hoa/hoi-lang-2.json", |article| article["status"] = json!({ "kind": "gone" }));
    fixture.gather().expect("no mistakes");
    assert_eq!(fixture.read("sections/van-hoa.json")["total"], 3);
    assert_eq!(fixture.read("articles/van-hoa/hoi-lang-3.json")["older"]["slug"], "hoi-lang-1");
    assert_eq!(fixture.read("articles/van-hoa/hoi-lang-2.json").get("newer"), None);
    assert_eq!(fixture.check(), Vec::<String>::new());
}

#[test]
fn a_gone_article_leaves_its_slot_empty_and_moves_nothing() {
    let fixture = Fixture::new();
    let before = snapshot(&fixture.api());
    fixture.edit("articles/van-hoa/hoi-lang-2.json", |article| article["status"] = json!({ "kind": "gone" }));
    assert_eq!(fixture.gather().expect("no mistakes").removed, 0);
    let lists: Vec<String> =
        changed(&before, &snapshot(&fixture.api())).into_iter().filter(|name| name.starts_with("sections/")).collect();
    assert_eq!(
        lists,
        ["sections/tin-tuc.json", "sections/tin-tuc/1.json", "sections/van-hoa.json", "sections/van-hoa/1.json"]
    );
    assert_eq!(slugs(&fixture.read("sections/tin-tuc/1.json")["articles"]), ["hoi-lang-3", "hoi-lang-1"]);
    assert_eq!(slugs(&fixture.read("sections/tin-tuc.json")["newest"]), ["ho-nuoc", "trong-cay", "hoi-lang-4"]);
}

#[test]
fn the_site_chooses_what_the_home_page_shows() {
    let fixture = Fixture::new();
    fixture.edit("site.json", |site| {
        let pinned = json!([{ "section": "van-hoa", "slug": "hoi-lang-1" }]);
        site["home"] = json!({ "pinned": pinned, "sections": ["thong-bao", "tin-tuc"], "lead": 2, "latest": 3 });
    });
    fixture.gather().expect("no mistakes");
    let home = fixture.read("home.json");
    assert_eq!(slugs(&home["lead"]), ["hoi-lang-1", "lich-tiep-dan"]);
    // What leads is not shown a second time, and a section of which nothing else is left is not shown.
    let latest: Vec<_> = home["latest"].as_array().expect("a list").iter().map(|of| of["section"].clone()).collect();
    assert_eq!(latest, ["tin-tuc"]);
    assert_eq!(slugs(&home["latest"][0]["articles"]), ["ho-nuoc", "trong-cay", "hoi-lang-4"]);
    assert_eq!(fixture.check(), Vec::<String>::new());
}

#[test]
fn articles_that_no_list_shows_are_named() {
    let fixture = Fixture::new();
    fixture.write_article("the-thao", "bong-da", 8);
    let run =
        Command::new(env!("CARGO_BIN_EXE_portal")).arg("gather").arg(fixture.api()).output().expect("the tool runs");
    assert_eq!(run.status.code(), Some(0));
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(said.contains("warning: articles/the-thao: no list shows 1 articles"), "{said}");
}

#[test]
fn nothing_is_written_while_an_article_is_broken() {
    let fixture = Fixture::new();
    fixture.write_article("van-hoa", "moi-nhat", 8);
    fixture.edit("articles/van-hoa/moi-nhat.json", |article| article["title"] = json!(7));
    let before = snapshot(&fixture.api());
    let run =
        Command::new(env!("CARGO_BIN_EXE_portal")).arg("gather").arg(fixture.api()).output().expect("the tool runs");
    assert_eq!(run.status.code(), Some(1));
    let expected = "articles/van-hoa/moi-nhat.json: title: is a number, not a text: write a text\n";
    assert_eq!(String::from_utf8_lossy(&run.stdout), expected);
    assert_eq!(changed(&before, &snapshot(&fixture.api())), Vec::<String>::new());
}
