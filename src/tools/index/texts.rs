//! What of an article is searched.

use crate::calendar::Timestamp;
use crate::contract::block::{Block, ListBlock};
use crate::contract::{Article, Attachment, Inline, Page, Picture, Status};
use crate::search::texts::Texts;

/// The texts of an article: of one that is gone none, but it keeps its place, so that nothing moves up.
pub fn texts_of(article: &Article) -> Texts {
    let nothing = Texts {
        section: article.section.to_string(),
        slug: article.slug.to_string(),
        published: article.published_at.map_or(0, Timestamp::unix_seconds),
        year: article.published_at.map_or(0, Timestamp::year),
        ..Texts::default()
    };
    if matches!(article.status, Status::Gone(_)) {
        return nothing;
    }
    Texts {
        language: article.language.as_ref().map(ToString::to_string).unwrap_or_default(),
        title: article.title.to_string(),
        lead: article.lead.clone().unwrap_or_default(),
        tags: article.tags.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        body: body(article.picture.as_ref(), &article.body, &article.attachments),
        ..nothing
    }
}

/// The texts of a page.
pub fn texts_of_page(page: &Page) -> Texts {
    Texts {
        slug: page.slug.to_string(),
        language: page.language.as_ref().map(ToString::to_string).unwrap_or_default(),
        title: page.title.to_string(),
        lead: page.lead.clone().unwrap_or_default(),
        body: body(page.picture.as_ref(), &page.body, &page.attachments),
        ..Texts::default()
    }
}

fn body(first: Option<&Picture>, text: &[Block], attachments: &[Attachment]) -> String {
    let mut body = String::new();
    picture(first, &mut body);
    blocks(text, &mut body);
    attachments.iter().for_each(|file| line(file.name.as_str(), &mut body));
    body
}

fn blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => inline(&paragraph.text, out),
            Block::Heading(heading) => inline(&heading.text, out),
            Block::Quote(quote) => inline(&quote.text, out),
            Block::List(list) => items(list, out),
            Block::Figure(figure) => picture(Some(&figure.picture), out),
            Block::Gallery(gallery) => {
                gallery.pictures.iter().for_each(|one| picture(Some(one), out));
                line(gallery.caption.as_deref().unwrap_or_default(), out);
            }
            Block::Table(table) => {
                line(table.caption.as_deref().unwrap_or_default(), out);
                table.rows.iter().flatten().for_each(|cell| inline(&cell.text, out));
            }
            Block::Question(question) => inline(&question.text, out),
            Block::Answer(answer) => self::blocks(&answer.body, out),
            Block::Audio(audio) => line(audio.title.as_str(), out),
            Block::Video(video) => line(video.title.as_str(), out),
            Block::Attachment(file) => line(file.name.as_str(), out),
            Block::Separator => {}
            Block::Other(other) => line(other.text.text().unwrap_or_default(), out),
        }
    }
}

fn items(list: &ListBlock, out: &mut String) {
    for item in &list.items {
        inline(&item.text, out);
        if let Some(below) = &item.list {
            items(below, out);
        }
    }
}

fn picture(picture: Option<&Picture>, out: &mut String) {
    line(picture.and_then(|picture| picture.caption.as_deref()).unwrap_or_default(), out);
}

fn inline(text: &Inline, out: &mut String) {
    line(&text.to_text(), out);
}

fn line(text: &str, out: &mut String) {
    if !text.is_empty() {
        out.push_str(text);
        out.push('\n');
    }
}
