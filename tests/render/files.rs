//! Files to take along, and recordings: readers know type and size before they fetch.

use crate::{article, body, lacks, shows};
use serde_json::{Value, json};

/// The markup of an attachment with this address and size.
fn file(href: &str, bytes: Option<u64>) -> String {
    body(json!([{ "kind": "attachment", "name": "Kế hoạch", "href": href, "bytes": bytes }]))
}

#[test]
fn an_attachment_in_the_body_is_a_paragraph_with_a_link() {
    let link = "<a class=\"attachment\" href=\"/media/a.pdf\" download><span class=\"attachment__name\">Kế hoạch</span>\
                <span class=\"attachment__facts\" lang=\"vi\"> (PDF, 245 kB)</span></a>";
    assert_eq!(file("/media/a.pdf", Some(245_300)), format!("<p>{link}</p>"));
}

#[test]
fn the_media_type_is_told_to_the_browser() {
    let html = body(json!([{ "kind": "attachment", "name": "x", "href": "/media/a.pdf", "type": "application/pdf" }]));
    shows(&html, "href=\"/media/a.pdf\" type=\"application/pdf\" download>");
}

#[test]
fn without_a_size_the_kind_is_said_alone() {
    shows(&file("/media/a.docx", None), "<span class=\"attachment__facts\" lang=\"vi\"> (DOCX)</span>");
}

#[test]
fn without_a_kind_the_size_is_said_alone() {
    shows(&file("/media/tep", Some(1_250)), "<span class=\"attachment__facts\" lang=\"vi\"> (1,3 kB)</span>");
}

#[test]
fn without_kind_and_size_nothing_is_said() {
    shows(&file("/media/tep", None), "<span class=\"attachment__facts\" lang=\"vi\"></span>");
}

#[test]
fn the_kind_is_read_before_the_query() {
    shows(&file("https://a.vn/x.xlsx?v=1.5", None), " (XLSX)");
}

#[test]
fn a_long_end_of_a_name_is_no_kind() {
    shows(&file("/media/a.khong-phai-duoi", None), "<span class=\"attachment__facts\" lang=\"vi\"></span>");
}

#[test]
fn the_end_of_a_host_is_no_kind() {
    for href in ["https://a.vn", "https://a.vn/", "/media/tep."] {
        shows(&file(href, None), "<span class=\"attachment__facts\" lang=\"vi\"></span>");
    }
}

#[test]
fn the_files_of_an_article_are_a_named_list() {
    let html = article(json!({ "attachments": [{ "name": "a", "href": "/media/a.pdf" }] }));
    let opening = "<section class=\"attachments\" aria-labelledby=\"tai-lieu\"><h2 class=\"attachments__title\" \
                   id=\"tai-lieu\">Tài liệu đính kèm</h2><ul class=\"attachments__list\"><li><a class=\"attachment\"";
    shows(&html, opening);
}

#[test]
fn every_file_of_an_article_is_an_item() {
    let files = json!([{ "name": "a", "href": "/media/a.pdf" }, { "name": "b", "href": "/media/b.pdf" }]);
    assert_eq!(article(json!({ "attachments": files })).matches("<li><a class=\"attachment\"").count(), 2);
}

#[test]
fn an_article_without_files_has_no_list_of_them() {
    lacks(&article(json!({})), "attachments");
}

fn audio(further: Value) -> String {
    let required = json!({ "kind": "audio", "title": "Bản tin", "src": "/media/a.mp3" });
    body(json!([crate::with(required, further)]))
}

#[test]
fn a_recording_waits_for_the_reader() {
    let player = "<audio controls preload=\"none\" src=\"/media/a.mp3\" aria-label=\"Bản tin\"></audio>";
    shows(&audio(json!({})), player);
}

#[test]
fn a_recording_has_its_title_above_it() {
    let opening = "<figure class=\"recording\"><figcaption class=\"recording__title\">Bản tin</figcaption><audio";
    shows(&audio(json!({})), opening);
}

#[test]
fn a_recording_can_be_taken_along() {
    let link = "<a class=\"recording__download\" href=\"/media/a.mp3\" download><span lang=\"vi\">Tải tệp</span>\
                <span class=\"visually-hidden\"> Bản tin</span> (MP3, 1,2 MB)</a>";
    shows(&audio(json!({ "bytes": 1_200_000 })), link);
}

#[test]
fn a_recording_can_be_read() {
    let transcript =
        "<details class=\"recording__transcript\"><summary lang=\"vi\">Bản chép lời</summary><p>Xin chào</p></details>";
    shows(&audio(json!({ "transcript": "Xin chào" })), transcript);
}

#[test]
fn a_recording_without_a_transcript_offers_none() {
    lacks(&audio(json!({})), "<details");
}

fn video(further: Value) -> String {
    let required = json!({ "kind": "video", "title": "Phóng sự", "src": "/media/a.webm" });
    body(json!([crate::with(required, further)]))
}

#[test]
fn a_film_with_its_file_only_is_a_player() {
    let player = "<video controls preload=\"none\" playsinline src=\"/media/a.webm\" aria-label=\"Phóng sự\"></video>";
    shows(&video(json!({})), player);
}

#[test]
fn a_film_has_its_poster_and_place() {
    let html = video(json!({ "poster": "/media/a.webp", "width": 1280, "height": 720 }));
    shows(&html, " poster=\"/media/a.webp\" width=\"1280\" height=\"720\" ");
}

#[test]
fn a_film_has_its_captions() {
    let track = "<track kind=\"captions\" src=\"/media/a.vtt\" srclang=\"vi\" label=\"Phụ đề\" default></video>";
    shows(&video(json!({ "captions": "/media/a.vtt" })), track);
}

#[test]
fn captions_and_names_of_files_are_in_the_language_of_the_article() {
    let film = json!({ "kind": "video", "title": "Film", "src": "/media/a.webm", "captions": "/media/a.vtt" });
    let html = article(json!({
        "language": "en", "body": [film], "attachments": [{ "name": "Plan", "href": "/media/a.pdf" }],
    }));
    shows(&html, " srclang=\"en\" label=\"Phụ đề\"");
    shows(&html, "<span class=\"attachment__name\" lang=\"en\">Plan</span>");
}

#[test]
fn a_film_can_be_taken_along() {
    shows(&video(json!({ "bytes": 12_500_000 })), "</span> (WEBM, 12,5 MB)</a>");
}

#[test]
fn a_film_can_be_read() {
    shows(
        &video(json!({ "transcript": "Cảnh hồ" })),
        "<summary lang=\"vi\">Bản chép lời</summary><p>Cảnh hồ</p></details>",
    );
}
