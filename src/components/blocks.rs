//! The body of an article or page: one component a kind of block.

use super::figures::{self, Use};
use super::files;
use super::inline::inline;
use crate::contract::block::{Answer, Block, Cell, FAULTY, ListBlock, Question, Quote, Table};
use crate::contract::{Inline, Lang};
use crate::markup::{Element, Node, el, with_class};
use crate::portal::Portal;
use crate::vietnamese::slug;
use std::vec::IntoIter;

/// A whole body in its own language, if that is another than the portal's.
pub fn body(blocks: &[Block], lang: Option<&Lang>, portal: &Portal) -> Element {
    let mut headings = headings(blocks).into_iter();
    let parts = blocks.iter().map(|part| block(part, &mut headings, lang, portal));
    with_class("div", "body").attr("lang", lang.map(ToString::to_string)).each(parts)
}

/// The ids of the headings of a body, in order, by which links lead to them: `muc-`, then the heading's words.
pub fn anchors(blocks: &[Block]) -> Vec<String> {
    headings(blocks).into_iter().map(|heading| heading.id).collect()
}

/// A heading of a body as it is shown.
pub struct Shown<'a> {
    /// What it says.
    pub text: &'a Inline,
    /// By which links lead to it.
    pub id: String,
    /// Computed so that none is skipped, whatever the author wrote: the first heading is of level 2, and one that is
    /// written deeper than those above it is one deeper than the last of these. Those inside an answer stand below that of
    /// the body.
    pub level: usize,
}

/// Nobody looks for the rest in a table of contents, and ids are compared with all before them.
const MOST_HEADINGS: usize = 2_000;

/// The first headings of a body, in order, those inside answers too. Further ones have no id, and the level of the first.
pub fn headings(blocks: &[Block]) -> Vec<Shown<'_>> {
    /// `seen`: the ids so far, and the last number behind each. Looking for a free one from the start would take minutes
    /// for thousands of headings of the same words.
    fn collect<'a>(blocks: &'a [Block], above: usize, found: &mut Vec<Shown<'a>>, seen: &mut Vec<(String, u32)>) {
        // The levels, as written, that the heading at hand stands below, and its own.
        let mut open: Vec<u8> = Vec::new();
        for block in blocks {
            match block {
                Block::Heading(heading) if found.len() < MOST_HEADINGS => {
                    let written = heading.level.unwrap_or(2).clamp(2, 6);
                    open.retain(|level| *level < written);
                    open.push(written);
                    let wanted = format!("muc-{}", slug(&heading.text.to_text(), 60));
                    let mut id = wanted.clone();
                    if let Some(at) = seen.iter().position(|(own, _)| *own == wanted) {
                        while seen.iter().any(|(own, _)| *own == id) {
                            seen[at].1 += 1;
                            id = format!("{wanted}-{}", seen[at].1);
                        }
                    }
                    seen.push((id.clone(), 1));
                    found.push(Shown { text: &heading.text, id, level: above + open.len() });
                }
                Block::Answer(answer) => collect(&answer.body, above + open.len(), found, seen),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(blocks, 1, &mut found, &mut Vec::new());
    found
}

/// One block; `headings` are those still to come.
fn block(block: &Block, headings: &mut IntoIter<Shown<'_>>, lang: Option<&Lang>, portal: &Portal) -> Node {
    match block {
        Block::Paragraph(paragraph) => el("p").add(inline(&paragraph.text, portal)).into(),
        Block::Heading(heading) => {
            let shown = headings.next();
            let tag = heading_tag(shown.as_ref().map_or(2, |shown| shown.level));
            el(tag).attr("id", shown.map(|shown| shown.id)).add(inline(&heading.text, portal)).into()
        }
        Block::Quote(quote) => self::quote(quote, portal).into(),
        Block::List(list) => self::list(list, portal).into(),
        Block::Figure(figure) => figures::figure(&figure.picture, Use::Body, portal).into(),
        Block::Gallery(gallery) => figures::gallery(gallery, portal).into(),
        Block::Table(table) => self::table(table, lang, portal).into(),
        Block::Question(question) => self::question(question, portal).into(),
        Block::Answer(answer) => self::answer(answer, headings, lang, portal).into(),
        Block::Audio(audio) => files::audio(audio, portal).into(),
        Block::Video(video) => files::video(video, lang, portal).into(),
        Block::Attachment(file) => el("p").add(files::attachment(file, None, portal)).into(),
        Block::Separator => with_class("hr", "separator").into(),
        Block::Other(other) if other.kind == FAULTY => {
            let words = portal.words();
            with_class("p", "faulty").attr("lang", words.language).add(words.faulty_part).into()
        }
        Block::Other(other) => other.text.text().map(|text| el("p").add(text.to_owned())).into(),
    }
}

fn heading_tag(level: usize) -> &'static str {
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

/// The wrapper scrolls a wide table on a narrow screen, and takes the focus so that a keyboard can scroll it too. The word
/// that names one without a caption is the portal's, in its language.
fn table(table: &Table, lang: Option<&Lang>, portal: &Portal) -> Element {
    let head_rows = table.rows.iter().take_while(|row| row.iter().all(|cell| cell.header)).count();
    // A table of header cells only has no body to head.
    let (head, rest) = table.rows.split_at(if head_rows == table.rows.len() { 0 } else { head_rows });
    let rows = |part: Element, rows: &[Vec<Cell>], scope: &'static str| {
        part.each(rows.iter().map(|row| el("tr").each(row.iter().map(|cell| self::cell(cell, scope, portal)))))
    };
    let head = (!head.is_empty()).then(|| rows(el("thead"), head, "col"));
    let caption = table.caption.clone().map(|text| with_class("caption", "table__caption").add(text));
    let words = portal.words();
    let lang = lang.filter(|_| caption.is_none()).map(ToString::to_string);
    with_class("div", "table")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", table.caption.clone().unwrap_or_else(|| words.table.to_owned()))
        .attr("lang", lang.is_some().then_some(words.language))
        .add(el("table").attr("lang", lang).add(caption).add(head).add(rows(el("tbody"), rest, "row")))
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
    let words = portal.words();
    with_class("p", "question")
        .add(with_class("span", "visually-hidden").attr("lang", words.language).add(words.question).add(" "))
        .add(inline(&question.text, portal))
}

fn answer(answer: &Answer, headings: &mut IntoIter<Shown<'_>>, lang: Option<&Lang>, portal: &Portal) -> Element {
    let words = portal.words();
    let speaker = match answer.by.clone() {
        Some(by) => with_class("p", "answer__by").add(by),
        None => with_class("p", "visually-hidden").attr("lang", words.language).add(words.answer),
    };
    let parts = answer.body.iter().map(|part| block(part, headings, lang, portal));
    with_class("div", "answer").add(speaker).each(parts)
}
