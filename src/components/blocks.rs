//! The body of an article or page: one component a kind of block.

use super::figures::{self, Use};
use super::files;
use super::inline::inline;
use crate::contract::block::{Answer, Block, Cell, FAULTY, Heading, ListBlock, Question, Quote, Table};
use crate::markup::{Element, Node, el, with_class};
use crate::portal::Portal;
use crate::vietnamese::slug;
use std::vec::IntoIter;

/// A whole body. Heading levels are computed so that none is skipped, whatever the author wrote: the first one is
/// level 2, and each next is at most one deeper than the one before.
pub fn body(blocks: &[Block], portal: &Portal) -> Element {
    let mut level = 1;
    let mut ids = anchors(blocks).into_iter();
    with_class("div", "body").each(blocks.iter().map(|part| {
        if let Block::Heading(heading) = part {
            level = heading.level.unwrap_or(2).clamp(2, 6).min(level + 1);
        }
        block(part, level, &mut ids, portal)
    }))
}

/// The ids of the headings of a body, in order, by which links lead to them: `muc-`, then the heading's words.
pub fn anchors(blocks: &[Block]) -> Vec<String> {
    headings(blocks).into_iter().map(|(_, id)| id).collect()
}

/// Nobody looks for the rest in a table of contents, and ids are compared with all before them.
const MOST_HEADINGS: usize = 2_000;

/// The first headings of a body, in order, those inside answers too, each with its id. Further ones have none.
pub fn headings(blocks: &[Block]) -> Vec<(&Heading, String)> {
    /// `seen`: the ids so far, and the last number behind each. Looking for a free one from the start would take minutes
    /// for thousands of headings of the same words.
    fn collect<'a>(blocks: &'a [Block], found: &mut Vec<(&'a Heading, String)>, seen: &mut Vec<(String, u32)>) {
        for block in blocks {
            match block {
                Block::Heading(heading) if found.len() < MOST_HEADINGS => {
                    let wanted = format!("muc-{}", slug(&heading.text.to_text(), 60));
                    let mut id = wanted.clone();
                    if let Some(at) = seen.iter().position(|(own, _)| *own == wanted) {
                        while seen.iter().any(|(own, _)| *own == id) {
                            seen[at].1 += 1;
                            id = format!("{wanted}-{}", seen[at].1);
                        }
                    }
                    seen.push((id.clone(), 1));
                    found.push((heading, id));
                }
                Block::Answer(answer) => collect(&answer.body, found, seen),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(blocks, &mut found, &mut Vec::new());
    found
}

/// One block; `level` is that of a heading, or of the last heading before any other block. `ids` are those of the
/// headings still to come.
fn block(block: &Block, level: u8, ids: &mut IntoIter<String>, portal: &Portal) -> Node {
    match block {
        Block::Paragraph(paragraph) => el("p").add(inline(&paragraph.text, portal)).into(),
        Block::Heading(heading) => {
            el(heading_tag(level)).attr("id", ids.next()).add(inline(&heading.text, portal)).into()
        }
        Block::Quote(quote) => self::quote(quote, portal).into(),
        Block::List(list) => self::list(list, portal).into(),
        Block::Figure(figure) => figures::figure(&figure.picture, Use::Body, portal).into(),
        Block::Gallery(gallery) => figures::gallery(gallery, portal).into(),
        Block::Table(table) => self::table(table, portal).into(),
        Block::Question(question) => self::question(question, portal).into(),
        Block::Answer(answer) => self::answer(answer, level, ids, portal).into(),
        Block::Audio(audio) => files::audio(audio, portal).into(),
        Block::Video(video) => files::video(video, portal).into(),
        Block::Attachment(file) => el("p").add(files::attachment(file, portal)).into(),
        Block::Separator => with_class("hr", "separator").into(),
        Block::Other(other) if other.kind == FAULTY => with_class("p", "faulty").add(portal.words().faulty_part).into(),
        Block::Other(other) => other.text.text().map(|text| el("p").add(text.to_owned())).into(),
    }
}

fn heading_tag(level: u8) -> &'static str {
    match level {
        0..=2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

fn quote(quote: &Quote, portal: &Portal) -> Element {
    let cite = quote.cite.clone().map(|text| with_class("footer", "quote__cite").add("— ").add(el("cite").add(text)));
    with_class("blockquote", "quote").add(el("p").add(inline(&quote.text, portal))).add(cite)
}

fn list(list: &ListBlock, portal: &Portal) -> Element {
    let items = list.items.iter().map(|item| {
        let below = item.list.as_deref().map(|below| self::list(below, portal));
        el("li").add(inline(&item.text, portal)).add(below)
    });
    el(if list.ordered { "ol" } else { "ul" }).each(items)
}

/// The wrapper scrolls a wide table on a narrow screen, and takes the focus so that a keyboard can scroll it too.
fn table(table: &Table, portal: &Portal) -> Element {
    let head_rows = table.rows.iter().take_while(|row| row.iter().all(|cell| cell.header)).count();
    // A table of header cells only has no body to head.
    let (head, rest) = table.rows.split_at(if head_rows == table.rows.len() { 0 } else { head_rows });
    let rows = |part: Element, rows: &[Vec<Cell>], scope: &'static str| {
        part.each(rows.iter().map(|row| el("tr").each(row.iter().map(|cell| self::cell(cell, scope, portal)))))
    };
    let head = (!head.is_empty()).then(|| rows(el("thead"), head, "col"));
    let caption = table.caption.clone().map(|text| with_class("caption", "table__caption").add(text));
    with_class("div", "table")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", table.caption.clone().unwrap_or_else(|| portal.words().table.to_owned()))
        .add(el("table").add(caption).add(head).add(rows(el("tbody"), rest, "row")))
}

fn cell(cell: &Cell, scope: &'static str, portal: &Portal) -> Element {
    let span = |count: Option<u16>| count.filter(|&count| count > 1).map(u32::from);
    el(if cell.header { "th" } else { "td" })
        .attr("scope", cell.header.then_some(scope))
        .attr("colspan", span(cell.colspan))
        .attr("rowspan", span(cell.rowspan))
        .add(inline(&cell.text, portal))
}

fn question(question: &Question, portal: &Portal) -> Element {
    with_class("p", "question")
        .add(with_class("span", "visually-hidden").add(portal.words().question).add(" "))
        .add(inline(&question.text, portal))
}

/// `level` is that of the last heading above it in the body.
fn answer(answer: &Answer, level: u8, ids: &mut IntoIter<String>, portal: &Portal) -> Element {
    let speaker = match answer.by.clone() {
        Some(by) => with_class("p", "answer__by").add(by),
        None => with_class("p", "visually-hidden").add(portal.words().answer),
    };
    // Headings inside an answer stand one below that of the body, so that none is skipped.
    with_class("div", "answer").add(speaker).each(answer.body.iter().map(|part| {
        let level = if matches!(part, Block::Heading(_)) { level + 1 } else { level };
        block(part, level, ids, portal)
    }))
}
