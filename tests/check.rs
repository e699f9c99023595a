//! `portal check` finds what is wrong, all of it, and nothing else.

mod fixture;

use fixture::Fixture;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output};

/// A mistake: what is done to a clean folder, and the line that must come of it.
type Mistake = (&'static str, fn(&Fixture), &'static str);

const ARTICLE: &str = "articles/moi-truong/ho-nuoc.json";

fn edit(fixture: &Fixture, change: impl FnOnce(&mut Value)) {
    fixture.edit(ARTICLE, change);
}

/// A link in the article, of a portal that says where it is published.
fn link_with_origin(fixture: &Fixture, link: &str) {
    fixture.edit("site.json", |site| site["origin"] = json!("https://phuong.example.vn"));
    edit(fixture, |article| article["body"][1]["text"][1]["link"] = json!(link));
}

fn reference(section: &str, slug: &str) -> Value {
    json!({ "section": section, "slug": slug, "title": format!("Title of {slug}") })
}

/// Three articles that nobody knows when they were published.
fn with_undated_articles(fixture: &Fixture) {
    for slug in ["a", "b", "c"] {
        let article = json!({ "section": "thong-bao", "slug": slug, "title": format!("Title of {slug}") });
        fixture.write(&format!("articles/thong-bao/{slug}.json"), &article);
    }
    fixture.gather().expect("no mistakes");
}

const IN_ARTICLES: &[Mistake] = &[
    (
        "a body that is not a list",
        |it| edit(it, |article| article["body"] = json!("x")),
        "articles/moi-truong/ho-nuoc.json: body: is a text, not a list: write a list",
    ),
    (
        "a slug that is not the file's",
        |it| edit(it, |article| article["slug"] = json!("ho-khac")),
        "articles/moi-truong/ho-nuoc.json: slug: is `ho-khac`, but the path of the file says `ho-nuoc`: correct it, or move the file",
    ),
    (
        "a dead link in running text",
        |it| edit(it, |article| article["body"][1]["text"][1]["link"] = json!("/khong-co/")),
        "articles/moi-truong/ho-nuoc.json: body[1].text[1].link: leads to `/khong-co/`, where nothing is: correct the address, or publish what it leads to",
    ),
    (
        "a link to an old address",
        |it| edit(it, |article| article["body"][1]["text"][1]["link"] = json!("/web/guest/tin?id=1")),
        "articles/moi-truong/ho-nuoc.json: body[1].text[1].link: leads to the old address `/web/guest/tin?id=1`: write `/van-hoa/`",
    ),
    (
        "a picture file that is not there",
        |it| edit(it, |article| article["picture"]["sources"][0]["src"] = json!("/media/b.webp")),
        "articles/moi-truong/ho-nuoc.json: picture.sources[0].src: names the file `/media/b.webp`, which does not exist: add the file, or correct the address",
    ),
    (
        "a picture without a description",
        |it| edit(it, |article| article["body"][4]["pictures"][0]["alt"] = json!(" ")),
        "articles/moi-truong/ho-nuoc.json: body[4].pictures[0].alt: is blank: say what is to be seen, for readers who do not see it",
    ),
    (
        "a size that is not the file's",
        |it| edit(it, |article| article["body"][5]["bytes"] = json!(9)),
        "articles/moi-truong/ho-nuoc.json: body[5].bytes: is 9, but `/media/a.pdf` has 8 bytes: run `portal gather`",
    ),
    (
        "a mistyped kind",
        |it| edit(it, |article| article["body"][0]["kind"] = json!("headign")),
        "articles/moi-truong/ho-nuoc.json: body[0].kind: is the unknown kind `headign`, probably mistyped: write `heading` and check again, for nobody looked at what is in it",
    ),
    (
        "an uneven table",
        |it| edit(it, |article| article["body"][3]["rows"][1][0]["colspan"] = json!(1)),
        "articles/moi-truong/ho-nuoc.json: body[3].rows[1]: covers 2 columns, but the first row covers 3: add or remove cells, or correct colspan and rowspan",
    ),
    (
        "an empty list within a list",
        |it| edit(it, |article| article["body"][2]["items"][1]["list"]["items"] = json!([])),
        "articles/moi-truong/ho-nuoc.json: body[2].items[1].list.items: is empty: add something, or remove the block",
    ),
    (
        "a change before the publication",
        |it| edit(it, |article| article["updated_at"] = json!("2023-01-01T00:00:00Z")),
        "articles/moi-truong/ho-nuoc.json: updated_at: is 2023-01-01T00:00:00+00:00, before published_at (2024-01-06T08:00:00+07:00): correct one of the two dates",
    ),
    (
        "a related article that is not there",
        |it| edit(it, |article| article["related"][0]["slug"] = json!("hoi-lang-9")),
        "articles/moi-truong/ho-nuoc.json: related[0]: names the article `van-hoa/hoi-lang-9`, which does not exist: correct its section and slug, or remove it",
    ),
    (
        "a related article that is the article itself",
        |it| edit(it, |article| article["related"][0] = reference("moi-truong", "ho-nuoc")),
        "articles/moi-truong/ho-nuoc.json: related[0]: names `moi-truong/ho-nuoc`, which is the article itself or named before: remove it",
    ),
    (
        "a neighbour of another section",
        |it| edit(it, |article| article["older"] = reference("van-hoa", "hoi-lang-4")),
        "articles/moi-truong/ho-nuoc.json: older: is of the section `van-hoa`, not of its own: run `portal gather`",
    ),
    (
        "an older neighbour that is newer",
        |it| it.edit("articles/van-hoa/hoi-lang-2.json", |article| article["older"] = article["newer"].clone()),
        "articles/van-hoa/hoi-lang-2.json: older: is not older than the article itself: run `portal gather`",
    ),
    (
        "a neighbour that is not the next",
        |it| {
            it.edit("articles/van-hoa/hoi-lang-4.json", |article| article["older"] = reference("van-hoa", "hoi-lang-2"))
        },
        "articles/van-hoa/hoi-lang-4.json: older: is not the next one: there are others between them: run `portal gather`",
    ),
    (
        "an article that names itself as its neighbour",
        |it| {
            it.edit("articles/van-hoa/hoi-lang-4.json", |article| article["older"] = reference("van-hoa", "hoi-lang-4"))
        },
        "articles/van-hoa/hoi-lang-4.json: older: is not older than the article itself: run `portal gather`",
    ),
    (
        "a neighbour that is not the next of those without a date",
        |it| {
            with_undated_articles(it);
            it.edit("articles/thong-bao/c.json", |article| article["older"] = reference("thong-bao", "a"));
        },
        "articles/thong-bao/c.json: older: is not the next one: there are others between them: run `portal gather`",
    ),
    (
        "no neighbour, though there is one without a date",
        |it| {
            with_undated_articles(it);
            it.edit("articles/thong-bao/b.json", |article| {
                drop(article.as_object_mut().expect("an object").remove("older"))
            });
        },
        "articles/thong-bao/b.json: $: lacks `older`, though there are older articles in its section: run `portal gather`",
    ),
    (
        "a neighbour without the date that the article has",
        |it| {
            it.edit("articles/van-hoa/hoi-lang-4.json", |article| {
                drop(article["older"].as_object_mut().expect("an object").remove("published_at"))
            })
        },
        "articles/van-hoa/hoi-lang-4.json: older: lacks `published_at`, which that article has: run `portal gather`",
    ),
    (
        "no neighbour, though there is one",
        |it| {
            it.edit("articles/van-hoa/hoi-lang-4.json", |article| {
                drop(article.as_object_mut().expect("an object").remove("older"))
            })
        },
        "articles/van-hoa/hoi-lang-4.json: $: lacks `older`, though there are older articles in its section: run `portal gather`",
    ),
    (
        "a blank paragraph",
        |it| edit(it, |article| article["body"][1]["text"] = json!(" ")),
        "articles/moi-truong/ho-nuoc.json: body[1].text: is blank: write a text, or remove the block",
    ),
    (
        "a blank item of a list",
        |it| edit(it, |article| article["body"][2]["items"][0] = json!("")),
        "articles/moi-truong/ho-nuoc.json: body[2].items[0].text: is blank: write a text, or remove the block",
    ),
    (
        "a mail address that is none",
        |it| edit(it, |article| article["body"][1]["text"][1]["link"] = json!("mailto:@@")),
        "articles/moi-truong/ho-nuoc.json: body[1].text[1].link: is `mailto:@@`, which is no e-mail address: write mailto:name@example.vn",
    ),
    (
        "a telephone number that is none",
        |it| edit(it, |article| article["body"][1]["text"][1]["link"] = json!("tel:abc")),
        "articles/moi-truong/ho-nuoc.json: body[1].text[1].link: is `tel:abc`, which is no telephone number: write tel: and digits, as in tel:+84241080",
    ),
    (
        "a part of a page that is not there",
        |it| edit(it, |article| article["body"][1]["text"][1]["link"] = json!("/lien-he/#muc-ban-do")),
        "articles/moi-truong/ho-nuoc.json: body[1].text[1].link: leads to `/lien-he/#muc-ban-do`, a page without that part: correct what stands behind #",
    ),
    (
        "a source of a picture twice",
        |it| {
            edit(it, |article| {
                article["picture"]["sources"] =
                    json!([article["picture"]["sources"][0], article["picture"]["sources"][0]])
            })
        },
        "articles/moi-truong/ho-nuoc.json: picture.sources[1].src: is `/media/a.webp`, like that of a source before it: remove one",
    ),
    (
        "a width that is not the file's",
        |it| edit(it, |article| article["picture"]["sources"][0]["width"] = json!(640)),
        "articles/moi-truong/ho-nuoc.json: picture.sources[0].width: is 640, but `/media/a.webp` is 480 wide: correct it",
    ),
    (
        "a shape that is not the file's",
        |it| edit(it, |article| article["picture"]["height"] = json!(480)),
        "articles/moi-truong/ho-nuoc.json: picture: is 480 by 480, but its largest file 480 by 320 pixels: correct width and height",
    ),
    (
        "a shape that no picture has",
        |it| edit(it, |article| article["picture"]["height"] = json!(1)),
        "articles/moi-truong/ho-nuoc.json: picture: is 480 by 1 pixels, which no picture is: correct width and height",
    ),
    (
        "a file that is no picture",
        |it| edit(it, |article| article["picture"]["sources"][0]["src"] = json!("/media/a.pdf")),
        "articles/moi-truong/ho-nuoc.json: picture.sources[0].src: names `/media/a.pdf`, which is no picture: name a picture",
    ),
    (
        "a mistyped field",
        |it| edit(it, |article| article["picture"]["captoin"] = json!("Hồ")),
        "articles/moi-truong/ho-nuoc.json: picture.captoin: is no field of the contract here, probably mistyped: write `caption`",
    ),
    (
        "a field of another record",
        |it| {
            edit(it, |article| {
                article["pictures"] = article.as_object_mut().expect("an object").remove("picture").expect("a picture")
            })
        },
        "articles/moi-truong/ho-nuoc.json: pictures: is no field of the contract here, probably mistyped: write `picture`",
    ),
    (
        "a field of another kind of block",
        |it| edit(it, |article| article["body"][4]["captoin"] = json!("Hồ")),
        "articles/moi-truong/ho-nuoc.json: body[4].captoin: is no field of the contract here, probably mistyped: write `caption`",
    ),
    (
        "a short field that is mistyped",
        |it| edit(it, |article| article["laed"] = json!("Sapo")),
        "articles/moi-truong/ho-nuoc.json: laed: is no field of the contract here, probably mistyped: write `lead`",
    ),
    (
        "a field that lacks a letter",
        |it| edit(it, |article| article["autor"] = json!("An")),
        "articles/moi-truong/ho-nuoc.json: autor: is no field of the contract here, probably mistyped: write `author`",
    ),
    (
        "a field with another letter",
        |it| edit(it, |article| article["picture"]["captiom"] = json!("Hồ")),
        "articles/moi-truong/ho-nuoc.json: picture.captiom: is no field of the contract here, probably mistyped: write `caption`",
    ),
    (
        "a text with marks apart from their letters",
        |it| edit(it, |article| article["body"][2]["items"][0] = json!("mo\u{323}\u{302}t")),
        "articles/moi-truong/ho-nuoc.json: body[2].items[0]: has marks apart from their letters: write it in NFC (composed letters), as keyboards do; `uconv -x any-nfc` converts a file",
    ),
    (
        "a link to a page without its final slash",
        |it| edit(it, |article| article["body"][1]["text"][1]["link"] = json!("/lien-he#muc-dia-chi")),
        "articles/moi-truong/ho-nuoc.json: body[1].text[1].link: leads to the page `/lien-he#muc-dia-chi` without the final slash of its address: write `/lien-he/#muc-dia-chi`",
    ),
    (
        "a whole address of the site",
        |it| link_with_origin(it, "https://Phuong.example.vn/lien-he?a=b"),
        "articles/moi-truong/ho-nuoc.json: body[1].text[1].link: is `https://Phuong.example.vn/lien-he?a=b`, which is of this site itself: write `/lien-he/?a=b`, without scheme and host",
    ),
    (
        "the origin alone",
        |it| link_with_origin(it, "https://phuong.example.vn"),
        "articles/moi-truong/ho-nuoc.json: body[1].text[1].link: is `https://phuong.example.vn`, which is of this site itself: write `/`, without scheme and host",
    ),
    (
        "a whole address of the site where nothing is",
        |it| link_with_origin(it, "https://phuong.example.vn/tin-tuc/khong-co/"),
        "articles/moi-truong/ho-nuoc.json: body[1].text[1].link: leads to `https://phuong.example.vn/tin-tuc/khong-co/`, where nothing is: correct the address, or publish what it leads to",
    ),
    (
        "a link that nobody sees",
        |it| edit(it, |article| article["body"][1]["text"][1]["text"] = json!("")),
        "articles/moi-truong/ho-nuoc.json: body[1].text[1].text: is blank, so that nobody sees the link: write a text, or remove the link",
    ),
    (
        "a year that Rust takes for a number",
        |it| edit(it, |article| article["body"][1]["text"][1]["link"] = json!("/tin-tuc/nam/+2024/")),
        "articles/moi-truong/ho-nuoc.json: body[1].text[1].link: leads to `/tin-tuc/nam/+2024/`, where nothing is: correct the address, or publish what it leads to",
    ),
    (
        "a link to an old address in other letters",
        |it| edit(it, |article| article["body"][1]["text"][1]["link"] = json!("/Web/Guest/tin?id=1")),
        "articles/moi-truong/ho-nuoc.json: body[1].text[1].link: leads to the old address `/Web/Guest/tin?id=1`: write `/van-hoa/`",
    ),
    (
        "a field that stands twice",
        |it| it.write_text("pages/lien-he.json", r#"{ "slug": "lien-he", "title": "Liên hệ", "title": "Bản đồ" }"#),
        "pages/lien-he.json: title: stands twice, and only the last counts: remove one of the two",
    ),
    (
        "a neighbour with another title",
        |it| edit(it, |article| article["older"]["title"] = json!("Trồng cỏ")),
        "articles/moi-truong/ho-nuoc.json: older.title: is not the title of that article: run `portal gather`",
    ),
    (
        "a section that is not in the tree",
        |it| it.write_article("the-thao", "bong-da", 8),
        "articles/the-thao/bong-da.json: section: is `the-thao`, which is no section of the tree: correct it, or add the section to site.json",
    ),
];

const IN_OTHERS: &[Mistake] = &[
    (
        "a file of another kind",
        |it| it.write_text("articles/notes.txt", "x"),
        "articles/notes.txt: $: is not a document of the API: correct its name, or move it out of the folder",
    ),
    (
        "a text that is not UTF-8",
        |it| it.write_text("pages/lien-he.json", [b'"', 0xff, b'"']),
        "pages/lien-he.json: $: is not UTF-8: save it as UTF-8",
    ),
    (
        "a file that is too large",
        |it| it.write_text("pages/lien-he.json", vec![b' '; 16 * 1024 * 1024 + 1]),
        "pages/lien-he.json: $: is too large (16777217 bytes): keep it below 16 MiB",
    ),
    (
        "no home page",
        |it| fs::remove_file(it.api().join("home.json")).expect("removed"),
        "home.json: $: is missing: run `portal gather`",
    ),
    (
        "a group inside another node",
        |it| {
            it.edit("site.json", |site| {
                site["tree"][1]["children"] = json!([{ "kind": "group", "title": "Khác", "children": [] }])
            })
        },
        "site.json: tree[1].children[0]: is a group below another node, which the navigation cannot show: put what it holds one level up, or make it a section",
    ),
    (
        "a page of the tree that is not there",
        |it| fs::remove_file(it.api().join("pages/lien-he.json")).expect("removed"),
        "site.json: tree[2].slug: needs `pages/lien-he.json`, which does not exist: write it",
    ),
    (
        "a slug twice in the tree",
        |it| it.edit("site.json", |site| site["tree"][1]["slug"] = json!("van-hoa")),
        "site.json: tree[1].slug: is `van-hoa`, like that of a node before it: rename one of the two",
    ),
    (
        "a reserved slug",
        |it| it.write("pages/media.json", &json!({ "slug": "media", "title": "Media" })),
        "pages/media.json: slug: is `media`, which is reserved: choose another slug",
    ),
    (
        "a page that nothing leads to",
        |it| it.write("pages/le-phi.json", &json!({ "slug": "le-phi", "title": "Lệ phí" })),
        "pages/le-phi.json: slug: is `le-phi`, which is not in the tree, so that nothing leads there: add it to the tree of site.json, or remove it",
    ),
    (
        "an e-mail address that is none",
        |it| it.edit("site.json", |site| site["footer"] = json!({ "email": "khong phai thu" })),
        "site.json: footer.email: is `khong phai thu`, which is no e-mail address: write name@example.vn",
    ),
    (
        "a telephone number without digits",
        |it| it.edit("site.json", |site| site["footer"] = json!({ "phone": "gọi tổng đài" })),
        "site.json: footer.phone: is `gọi tổng đài`, which is no telephone number: write digits, as in 024 1080",
    ),
    (
        "the same redirect in other letters",
        |it| {
            let entry = |from: &str| json!({ "from": from, "to": "/" });
            it.write("redirects.json", &json!({ "redirects": [entry("/cũ/a/b"), entry("/C%C5%A9/a/b/")] }))
        },
        "redirects.json: redirects[1].from: is `/C%C5%A9/a/b/`, like that of a redirect before it: remove one",
    ),
    (
        "a page with the slug of a section",
        |it| it.write("pages/van-hoa.json", &json!({ "slug": "van-hoa", "title": "Văn hóa" })),
        "pages/van-hoa.json: slug: is `van-hoa`, which is also a section's: rename one of the two",
    ),
    (
        "two notices of one name",
        |it| {
            it.edit("site.json", |site| {
                site["notices"] = json!([{ "id": "a", "text": "x" }, { "id": "a", "text": "y" }])
            })
        },
        "site.json: notices[1].id: is `a`, like that of a notice before it: rename one",
    ),
    (
        "a list that is not there",
        |it| fs::remove_file(it.api().join("sections/tin-tuc/1.json")).expect("removed"),
        "sections/tin-tuc.json: lists: is 2, but list 1 does not exist: run `portal gather`",
    ),
    (
        "an article in two lists",
        |it| {
            it.edit("sections/tin-tuc/2.json", |list| {
                list["articles"][2] = it.read("sections/tin-tuc/1.json")["articles"][0].clone()
            })
        },
        "sections/tin-tuc/2.json: articles[2]: is also in list 1: run `portal gather`",
    ),
    (
        "a list that is not full",
        |it| it.edit("sections/tin-tuc/1.json", |list| drop(list["articles"].as_array_mut().expect("a list").pop())),
        "sections/tin-tuc/1.json: articles: has 2 articles, not 3: run `portal gather`",
    ),
    (
        "a date that a list leaves out",
        |it| {
            it.edit("sections/tin-tuc/1.json", |list| {
                drop(list["articles"][2].as_object_mut().expect("an article").remove("published_at"))
            })
        },
        "sections/tin-tuc/1.json: articles[2]: lacks `published_at`, which that article has: run `portal gather`",
    ),
    (
        "articles out of order",
        |it| it.edit("home.json", |home| home["latest"][0]["articles"].as_array_mut().expect("a list").swap(0, 1)),
        "home.json: latest[0].articles[1].published_at: is newer than the article before it: run `portal gather`",
    ),
    (
        "an article that was not gathered",
        |it| it.write_article("van-hoa", "moi", 9),
        "sections/tin-tuc.json: total: is 6, but the section has 7 articles: run `portal gather`",
    ),
    (
        "a redirect of a living address",
        |it| it.write("redirects.json", &json!({ "redirects": [{ "from": "/van-hoa", "to": "/tin-tuc/" }] })),
        "redirects.json: redirects[0].from: is `/van-hoa`, where something is, so it is never used: remove the redirect",
    ),
    (
        "redirects in a circle",
        |it| {
            it.write(
                "redirects.json",
                &json!({ "redirects": [{ "from": "/a/x/y", "to": "/b/x/y" }, { "from": "/b/x/y", "to": "/a/x/y" }] }),
            )
        },
        "redirects.json: redirects[0].to: leads to `/b/x/y`, and from there in a circle: write where the address leads now",
    ),
    (
        "a redirect to a redirect",
        |it| {
            it.write(
                "redirects.json",
                &json!({ "redirects": [{ "from": "/a/x/y", "to": "/b/x/y" }, { "from": "/b/x/y", "to": "/" }] }),
            )
        },
        "redirects.json: redirects[0].to: leads to `/b/x/y`, which is redirected itself: write `/`",
    ),
    (
        "figures of the future",
        |it| it.edit("visits.json", |visits| visits["as_of"] = json!("2999-01-01T00:00:00+07:00")),
        "visits.json: as_of: is 2999-01-01T00:00:00+07:00, but by this machine's clock it is",
    ),
    (
        "counts of years that moved",
        |it| {
            it.edit("sections/tin-tuc.json", |section| {
                section["years"] = json!([{ "year": 2024, "count": 5, "newest_list": 2, "oldest_list": 1 }, { "year": 2023, "count": 1 }])
            })
        },
        "sections/tin-tuc.json: years[0].count: is 5, but 6 articles are of 2024: run `portal gather`",
    ),
    (
        "lists of years that are others",
        |it| it.edit("sections/tin-tuc.json", |section| section["years"][0]["oldest_list"] = json!(2)),
        "sections/tin-tuc.json: years[0]: names lists 2 to 2, but its articles are in lists 1 to 2: run `portal gather`",
    ),
    (
        "a year that is missing",
        |it| it.edit("sections/tin-tuc.json", |section| section["years"] = json!([])),
        "sections/tin-tuc.json: years: lack 2024, of which there are articles: run `portal gather`",
    ),
    (
        "an article pinned to the home page that is not there",
        |it| it.edit("site.json", |site| site["home"] = json!({ "pinned": [{ "section": "van-hoa", "slug": "mat" }] })),
        "site.json: home.pinned[0]: names the article `van-hoa/mat`, which does not exist: correct its section and slug, or remove it",
    ),
    (
        "a section chosen for the home page that is not there",
        |it| it.edit("site.json", |site| site["home"] = json!({ "sections": ["the-thao"] })),
        "site.json: home.sections[0]: is `the-thao`, which is no section of the tree: correct it, or remove it",
    ),
    (
        "a search that is asked with a fragment",
        |it| it.edit("site.json", |site| site["search"] = json!({ "url": "/api/search#x" })),
        "site.json: search.url: has a part behind #, which is never sent: remove it",
    ),
    (
        "a search that browsers refuse to ask",
        |it| {
            it.edit("site.json", |site| {
                site["origin"] = json!("https://phuong.example.vn");
                site["search"] = json!({ "url": "http://tim.example.vn/" });
            });
        },
        "site.json: search.url: begins with http:, which browsers do not ask from a portal at https:: write https:",
    ),
    (
        "a search that is nowhere",
        |it| it.edit("site.json", |site| site["search"] = json!({})),
        "site.json: search.url: is missing: add it",
    ),
    (
        "a figure without a label",
        |it| it.edit("visits.json", |visits| visits["figures"][0]["key"] = json!("bots")),
        "visits.json: figures[0]: lacks `label`, and `bots` has none built in: add `label`, or use one of online, today, week, month, year, total",
    ),
];

#[test]
fn each_kind_of_mistake_is_found() {
    for (name, make, expected) in IN_ARTICLES.iter().chain(IN_OTHERS) {
        let fixture = Fixture::new();
        make(&fixture);
        let lines = fixture.check();
        assert!(
            lines.iter().any(|line| line == expected || (expected.ends_with(" it is") && line.starts_with(expected))),
            "{name}: expected\n{expected}\nfound\n{}",
            lines.join("\n")
        );
    }
}

#[test]
fn a_clean_folder_has_no_problems() {
    let fixture = Fixture::new();
    assert_eq!(fixture.check(), Vec::<String>::new());
}

#[test]
fn several_mistakes_in_one_document_are_all_reported() {
    let fixture = Fixture::new();
    edit(&fixture, |article| {
        article["body"][0]["kind"] = json!("headign");
        article["body"][2]["items"] = json!([]);
        article["picture"]["width"] = json!(0);
    });
    let paths: Vec<String> = fixture
        .check()
        .iter()
        .filter_map(|line| line.strip_prefix(ARTICLE)?.split(": ").nth(1).map(str::to_owned))
        .collect();
    assert_eq!(paths, ["picture.width", "body[0].kind", "body[2].items"]);
}

/// The JSON path of the file that a line tells of.
fn path_in<'l>(file: &str, line: &'l str) -> Option<&'l str> {
    line.strip_prefix(file)?.strip_prefix(": ")?.split(": ").next()
}

#[test]
fn what_cannot_be_read_does_not_hide_what_else_is_wrong() {
    let fixture = Fixture::new();
    edit(&fixture, |article| {
        drop(article.as_object_mut().expect("an object").remove("title"));
        article["body"][0] = json!(7);
        article["body"][1]["text"][1]["link"] = json!("/khong-co/");
        article["related"][0]["slug"] = json!("hoi-lang-9");
        drop(article["picture"].as_object_mut().expect("an object").remove("alt"));
        article["picture"]["sources"][0]["src"] = json!("/media/b.webp");
    });
    fixture.edit("site.json", |site| site["tagline"] = json!(7));
    let lines = fixture.check();
    let paths: BTreeSet<&str> = lines.iter().filter_map(|line| path_in(ARTICLE, line)).collect();
    let wrong = ["body[0]", "body[1].text[1].link", "picture.alt", "picture.sources[0].src", "related[0]", "title"];
    assert_eq!(paths, BTreeSet::from(wrong), "{}", lines.join("\n"));
    assert_eq!(lines.len(), wrong.len() + 1, "{}", lines.join("\n"));
}

/// The JSON path of every value in another, and the JSON Pointer.
fn places(value: &Value, (path, pointer): (String, String), found: &mut Vec<(String, String)>) {
    let mut below = |value: &Value, path: String, key: &str| {
        found.push((path.clone(), format!("{pointer}/{key}")));
        places(value, (path, format!("{pointer}/{key}")), found);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            let dot = if path.is_empty() { "" } else { "." };
            below(value, format!("{path}{dot}{key}"), key);
        }),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| {
            below(value, format!("{path}[{index}]"), &index.to_string());
        }),
        _ => {}
    }
}

#[test]
fn whatever_one_value_is_wrong_a_dead_link_beside_it_is_told_and_nothing_else() {
    let text = json!([{ "text": "Xem", "link": "/khong-co/" }]);
    for (file, place, dead, pointer) in [
        (ARTICLE, "/body/1/text", &text, "/body/1/text/0/link"),
        ("pages/lien-he.json", "/body/1/text", &text, "/body/1/text/0/link"),
        ("site.json", "/utility", &json!([{ "title": "Xem", "href": "/khong-co/" }]), "/utility/0/href"),
        ("redirects.json", "/redirects/0/to", &json!("/khong-co/"), "/redirects/0/to"),
    ] {
        let fixture = Fixture::new();
        fixture.edit(file, |document| *document.pointer_mut(place).expect(place) = dead.clone());
        let dead = fixture.check();
        assert_eq!(dead.len(), 1, "{file}: {dead:?}");
        let whole = fs::read_to_string(fixture.api().join(file)).expect("a document");
        let mut all = Vec::new();
        places(&serde_json::from_str(&whole).expect("JSON"), Default::default(), &mut all);
        // Without its tree nobody knows where anything is, nor without its kind what is in a block; what one of a later
        // version holds is never wrong.
        let is_unknown =
            |path: &str| path.starts_with("tree") || path == "body[1].kind" || path.starts_with("body[6].");
        all.retain(|(path, around)| !pointer.starts_with(around.as_str()) && !is_unknown(path));
        for (path, pointer) in all {
            fixture.edit(file, |document| *document.pointer_mut(&pointer).expect("a value") = json!([[7]]));
            let lines = fixture.check();
            let is_told = |line: &String| path_in(file, line).is_some_and(|told| told.starts_with(path.as_str()));
            let (of_value, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(is_told);
            assert!(!of_value.is_empty(), "{file}: {path}");
            assert_eq!(others, dead, "{file}: {path}");
            fixture.write_text(file, &whole);
        }
    }
}

/// Gives a portal in Vietnamese an edition in English, with a page of its own.
fn with_edition(fixture: &Fixture) {
    let languages = json!([{ "language": "vi", "title": "Tiếng Việt" }, { "language": "en", "title": "English" }]);
    fixture.edit("site.json", |site| site["languages"] = languages.clone());
    let tree = json!([{ "kind": "page", "slug": "about", "title": "About" }]);
    fixture.write("en/site.json", &json!({ "name": "Portal", "language": "en", "languages": languages, "tree": tree }));
    fixture.write("en/home.json", &json!({}));
    fixture.write("en/pages/about.json", &json!({ "slug": "about", "title": "About" }));
}

#[test]
fn one_wrong_value_is_told_where_it_stands_and_nowhere_else() {
    for file in [
        "site.json",
        "home.json",
        "sections/tin-tuc.json",
        "sections/tin-tuc/1.json",
        ARTICLE,
        "visits.json",
        "redirects.json",
    ] {
        let fixture = Fixture::new();
        with_edition(&fixture);
        edit(&fixture, |article| article["body"][6] = json!({ "kind": "separator" }));
        assert_eq!(fixture.check(), Vec::<String>::new());
        let whole = fs::read_to_string(fixture.api().join(file)).expect("a document");
        let mut all = Vec::new();
        places(&serde_json::from_str(&whole).expect("JSON"), Default::default(), &mut all);
        for (path, pointer) in all {
            fixture.edit(file, |document| *document.pointer_mut(&pointer).expect("a value") = json!([[7]]));
            let lines = fixture.check();
            let is_told = |line: &String| path_in(file, line).is_some_and(|told| told.starts_with(path.as_str()));
            let (of_value, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(is_told);
            assert!(!of_value.is_empty(), "{file}: {path}");
            assert_eq!(others, Vec::<String>::new(), "{file}: {path}");
            fixture.write_text(file, &whole);
        }
    }
}

#[test]
fn what_does_not_depend_on_a_wrong_value_is_told_beside_it() {
    let fixture = Fixture::new();
    edit(&fixture, |article| {
        drop(article.as_object_mut().expect("an object").remove("older"));
        article["author"] = json!(7);
        article["related"][0]["slug"] = json!("khong-co");
        drop(article["related"][0].as_object_mut().expect("an object").remove("title"));
        article["picture"]["height"] = json!(32);
        drop(article["picture"].as_object_mut().expect("an object").remove("alt"));
        article["body"][3]["rows"] = json!([["a", "b"], ["c"], [7, "d"]]);
    });
    fixture.edit("home.json", |home| home["lead"][0]["title"] = json!("Khác"));
    fixture.edit("site.json", |site| {
        site["tree"][1]["kind"] = json!("timeline");
        site["utility"][0]["href"] = json!("/tin-tuc/khong-co/");
    });
    let lines = fixture.check();
    let paths: BTreeSet<&str> = lines.iter().filter_map(|line| path_in(ARTICLE, line)).collect();
    let wrong = [
        "$",
        "author",
        "body[3].rows[1]",
        "body[3].rows[2][0]",
        "picture",
        "picture.alt",
        "related[0]",
        "related[0].title",
    ];
    assert_eq!(paths, BTreeSet::from(wrong), "{}", lines.join("\n"));
    for line in ["site.json: utility[0].href: leads to `/tin-tuc/khong-co/`", "site.json: tree[1]: has an unknown kind"]
    {
        assert!(lines.iter().any(|told| told.starts_with(line)), "{line}: {}", lines.join("\n"));
    }
}

#[test]
fn of_a_document_full_of_mistakes_the_first_are_told() {
    let fixture = Fixture::new();
    edit(&fixture, |article| article["body"] = json!(vec![7; 4_000]));
    let lines = fixture.check();
    assert_eq!(lines.len(), 101, "{}", lines.join("\n"));
}

#[test]
fn a_home_page_that_shows_nothing_is_told() {
    let fixture = Fixture::new();
    fixture.write("home.json", &json!({}));
    assert_eq!(fixture.check(), ["home.json: $: shows no article, though there are some: run `portal gather`"]);
}

#[test]
fn a_missing_picture_is_told_once() {
    let fixture = Fixture::new();
    edit(&fixture, |article| article["body"][4]["pictures"][0]["sources"][0]["src"] = json!("/media/b.webp"));
    let lines = fixture.check();
    assert_eq!(lines.len(), 1, "{}", lines.join("\n"));
}

#[test]
fn fields_of_one_s_own_pass() {
    let fixture = Fixture::new();
    edit(&fixture, |article| {
        article["internal_id"] = json!(7);
        article["body"][6]["caption"] = json!("of a later version");
    });
    // An article without the fields that these names are near to.
    fixture.edit("articles/van-hoa/hoi-lang-1.json", |article| {
        drop(article.as_object_mut().expect("an object").remove("body"));
        for own in ["order", "year", "read", "page", "state", "copy", "tag"] {
            article[own] = json!("of one's own");
        }
    });
    assert_eq!(fixture.check(), Vec::<String>::new());
}

#[test]
fn addresses_elsewhere_and_old_ones_pass_as_they_are() {
    let fixture = Fixture::new();
    let old = json!([{ "from": "/cu\u{303}/a/b", "to": "/" }]);
    fixture.write("redirects.json", &json!({ "redirects": old }));
    for link in [
        "https://phuong.example.vn.example.com/x",
        "https://phuong.example.vn:8443/x",
        "http://example.com",
        "https://phuong.example.vn/dich-vu-cong/x?a=b",
        "https://phuong.example.vn/rss.xml",
        "/media/a.pdf",
    ] {
        link_with_origin(&fixture, link);
        assert_eq!(fixture.check(), Vec::<String>::new(), "{link}");
    }
}

#[test]
fn an_edition_names_the_others_by_whole_addresses_but_not_itself() {
    let fixture = Fixture::new();
    let origin = "https://phuong.example.vn";
    let languages = json!([{ "language": "vi", "title": "Tiếng Việt" }, { "language": "en", "title": "English" }]);
    fixture.edit("site.json", |site| {
        site["origin"] = json!(origin);
        site["languages"] = languages.clone();
    });
    let tree = json!([{ "kind": "page", "slug": "about", "title": "About" }]);
    fixture.write(
        "en/site.json",
        &json!({ "name": "Portal", "language": "en", "languages": languages, "origin": origin, "tree": tree }),
    );
    let links = ["/en/about/", "/lien-he/"].map(|at| json!({ "text": "x", "link": format!("{origin}{at}") }));
    let body = json!([{ "kind": "paragraph", "text": links }]);
    fixture.write("en/pages/about.json", &json!({ "slug": "about", "title": "About", "body": body }));
    let mut lines = fixture.check();
    lines.retain(|line| line.starts_with("en/pages/about.json: "));
    let itself = "en/pages/about.json: body[0].text[0].link: is `https://phuong.example.vn/en/about/`, which is of this site itself: write `/about/`, without scheme and host";
    assert_eq!(lines, [itself]);
}

#[test]
fn a_broken_document_is_not_reported_where_others_refer_to_it() {
    let fixture = Fixture::new();
    fixture.write_text("articles/van-hoa/hoi-lang-4.json", "{");
    let lines = fixture.check();
    assert_eq!(lines.len(), 1, "{}", lines.join("\n"));
    assert!(lines[0].starts_with("articles/van-hoa/hoi-lang-4.json: $: is not JSON ("));
}

#[test]
fn ten_thousand_documents_are_checked() {
    let fixture = Fixture::without_articles();
    for number in 0..10_000 {
        fixture.write_article("van-hoa", &format!("bai-{number}"), number % 28 + 1);
    }
    fixture.gather_by(1_000).expect("no mistakes");
    fixture.edit("articles/van-hoa/bai-9999.json", |article| article["body"][0]["kind"] = json!("paragrap"));
    let lines = fixture.check();
    assert_eq!(lines.len(), 1, "{}", lines.join("\n"));
    assert!(lines[0].starts_with("articles/van-hoa/bai-9999.json: body[0].kind: "));
}

#[test]
fn very_many_mistakes_of_one_file_do_not_hide_the_others() {
    let fixture = Fixture::new();
    let blank: Vec<Value> = (0..500).map(|_| json!({ "kind": "paragraph", "text": "" })).collect();
    edit(&fixture, |article| article["body"] = json!(blank));
    let lines = fixture.check();
    assert_eq!(lines.len(), 101);
    let last = "articles/moi-truong/ho-nuoc.json: $: has 400 more problems: mend the first ones, then check again";
    assert_eq!(lines[100], last);
}

#[test]
fn the_folder_above_the_documents_is_told_from_them() {
    let fixture = Fixture::new();
    for command in ["check", "gather"] {
        let told = portal(&[command, &fixture.root().display().to_string()]);
        assert_eq!(told.status.code(), Some(2));
        let why = String::from_utf8_lossy(&told.stderr).into_owned();
        assert!(why.contains("did you mean") && why.contains("api/v1?"), "{why}");
    }
}

fn portal(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_portal")).args(arguments).output().expect("the tool runs")
}

#[test]
fn the_exit_status_tells_what_came_of_it() {
    let fixture = Fixture::new();
    let api = fixture.api().display().to_string();
    let clean = portal(&["check", &api]);
    assert_eq!(
        (clean.status.code(), String::from_utf8_lossy(&clean.stdout)),
        (Some(0), "19 documents, 0 problems\n".into())
    );

    fixture.write_text("articles/notes.txt", "x");
    let broken = portal(&["check", &api]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&broken.stdout).starts_with("articles/notes.txt: $: is not a document"));

    for usage in [vec![], vec!["check"], vec!["check", "/no/such/folder"], vec!["gather", &api, "--page-size", "0"]] {
        assert_eq!(portal(&usage).status.code(), Some(2), "{usage:?}");
    }
}

#[test]
fn the_sample_is_right_and_has_everything_that_can_be_shown() {
    let api = concat!(env!("CARGO_MANIFEST_DIR"), "/public/api/v1");
    let outcome = portal(&["check", api]);
    assert_eq!(outcome.status.code(), Some(0), "{}", String::from_utf8_lossy(&outcome.stdout));
    let files = walkdir::WalkDir::new(format!("{api}/articles")).into_iter().map(|entry| entry.expect("readable"));
    let texts = files.filter(|entry| entry.file_type().is_file()).map(|file| fs::read_to_string(file.path()));
    let articles: Vec<Value> = texts.map(|text| serde_json::from_str(&text.expect("a text")).expect("JSON")).collect();
    assert!(articles.len() >= 60, "{}", articles.len());
    let sections: BTreeSet<&str> = articles.iter().filter_map(|article| article["section"].as_str()).collect();
    assert!(sections.len() >= 6, "{sections:?}");
    let blocks = articles.iter().flat_map(|article| article["body"].as_array()).flatten();
    let kinds: BTreeSet<&str> = blocks.filter_map(|block| block["kind"].as_str()).collect();
    for kind in [
        "paragraph",
        "heading",
        "quote",
        "list",
        "figure",
        "gallery",
        "table",
        "question",
        "answer",
        "audio",
        "video",
        "attachment",
        "separator",
    ] {
        assert!(kinds.contains(kind), "no {kind}");
    }
    assert!(articles.iter().any(|article| article["status"]["kind"] == "withdrawn"), "nothing withdrawn");
}
