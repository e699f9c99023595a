//! Files to take along, and recordings.

use crate::contract::block::{Audio, Video};
use crate::contract::{Attachment, FileAddress, Inline, Lang};
use crate::markup::{Element, Node, el, nothing, rel, with_class};
use crate::portal::{Portal, language_of};
use crate::words::Words;

/// `(PDF, 245 kB)`: what a reader should know before fetching a file. A file whose name tells no kind has that of its
/// media type.
fn kind_and_size(href: &FileAddress, media_type: Option<&String>, bytes: Option<u64>, words: &Words) -> Option<String> {
    let of_name = href.extension().filter(|end| end.len() <= 5);
    let of_type = media_type.and_then(|kind| kind.split_once('/')).map(|(_, kind)| kind).filter(|kind| kind.len() <= 5);
    let kind = of_name.or(of_type).map(str::to_ascii_uppercase);
    match (kind, bytes.map(|bytes| words.file_size(bytes))) {
        (Some(kind), Some(size)) => Some(format!(" ({kind}, {size})")),
        (Some(text), None) | (None, Some(text)) => Some(format!(" ({text})")),
        (None, None) => None,
    }
}

/// A link to a file with its type and size. Its name is in the language around it or in that of `lang`.
pub fn attachment(file: &Attachment, lang: Option<String>, portal: &Portal) -> Element {
    let words = portal.words();
    with_class("a", "attachment")
        .attr("href", portal.file(&file.href))
        .attr("rel", rel(file.href.as_str()))
        .attr("type", file.r#type.clone())
        .attr("download", true)
        .add(with_class("span", "attachment__name").attr("lang", lang).add(file.name.to_string()))
        .add(facts(kind_and_size(&file.href, file.r#type.as_ref(), file.bytes, words), words))
}

/// What is known of a file, as the portal says it.
pub(super) fn facts(facts: Option<String>, words: &Words) -> Element {
    with_class("span", "attachment__facts").attr("lang", words.language).add(facts)
}

/// The list of files of an article, whose names are in its language.
pub fn attachments(files: &[Attachment], lang: Option<String>, portal: &Portal) -> Node {
    if files.is_empty() {
        return nothing();
    }
    let items = files.iter().map(|file| el("li").add(attachment(file, lang.clone(), portal)));
    with_class("section", "attachments")
        .attr("aria-labelledby", "tai-lieu")
        .add(with_class("h2", "attachments__title").attr("id", "tai-lieu").add(portal.words().attachments))
        .add(with_class("ul", "attachments__list").each(items))
        .into()
}

/// A sound recording with its transcript.
pub fn audio(audio: &Audio, portal: &Portal) -> Element {
    let src = portal.file(&audio.src);
    let title = audio.title.to_string();
    let player = el("audio")
        .attr("controls", true)
        .attr("preload", "none")
        .attr("src", src.clone())
        .attr("aria-label", title.clone());
    let facts = kind_and_size(&audio.src, audio.r#type.as_ref(), audio.bytes, portal.words());
    recording(title.clone(), player)
        .add(download(src, title, facts, portal))
        .add(transcript(audio.transcript.as_ref(), portal))
}

/// A film with its captions and transcript, which are in the language of the text around it.
pub fn video(video: &Video, lang: Option<&Lang>, portal: &Portal) -> Element {
    let words = portal.words();
    let src = portal.file(&video.src);
    let title = video.title.to_string();
    let captions = video.captions.as_ref().map(|file| {
        el("track")
            .attr("kind", "captions")
            .attr("src", portal.file(file))
            .attr("srclang", lang.map_or(language_of(&portal.site), Lang::as_str).to_owned())
            .attr("label", words.captions)
            .attr("default", true)
    });
    let player = el("video")
        .attr("controls", true)
        .attr("preload", "none")
        .attr("playsinline", true)
        .attr("src", src.clone())
        .attr("poster", video.poster.as_ref().map(|file| portal.file(file)))
        .attr("width", video.width)
        .attr("height", video.height)
        .attr("aria-label", title.clone())
        .add(captions);
    let facts = kind_and_size(&video.src, video.r#type.as_ref(), video.bytes, words);
    recording(title.clone(), player)
        .add(download(src, title, facts, portal))
        .add(transcript(video.transcript.as_ref(), portal))
}

fn recording(title: String, player: Element) -> Element {
    with_class("figure", "recording").add(with_class("figcaption", "recording__title").add(title)).add(player)
}

fn download(src: String, title: String, facts: Option<String>, portal: &Portal) -> Element {
    let words = portal.words();
    with_class("a", "recording__download")
        .attr("rel", rel(&src))
        .attr("href", src)
        .attr("download", true)
        .add(el("span").attr("lang", words.language).add(words.download_recording))
        // The title stands above; who goes from link to link has not seen it.
        .add(with_class("span", "visually-hidden").add(" ").add(title))
        .add(facts)
}

fn transcript(text: Option<&Inline>, portal: &Portal) -> Option<Element> {
    let text = super::inline::inline(text?, portal);
    let words = portal.words();
    let summary = el("summary").attr("lang", words.language).add(words.transcript);
    Some(with_class("details", "recording__transcript").add(summary).add(el("p").add(text)))
}
