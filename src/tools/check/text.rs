//! Rules for bodies: blocks, running text, pictures and files.

use super::inspection::{Inspection, meant};
use crate::contract::block::{Cell, KINDS, ListBlock, Video};
use crate::contract::{Attachment, Block, Href, Inline};
use unicode_normalization::is_nfc;

impl Inspection<'_> {
    /// The blocks in a field.
    pub fn blocks(&mut self, key: &str, blocks: &[Block]) {
        self.items(key, blocks, Self::block);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(paragraph) => self.said("text", &paragraph.text),
            Block::Heading(heading) => {
                self.said("text", &heading.text);
                if heading.level.is_some_and(|level| !(2..=6).contains(&level)) {
                    self.problem_in("level", "is not a level of a heading", "use 2 to 6");
                }
            }
            Block::Quote(quote) => self.said("text", &quote.text),
            Block::List(list) => self.list_block(list),
            Block::Figure(figure) => self.field("picture", |it| it.picture(&figure.picture)),
            Block::Gallery(gallery) => {
                self.not_empty("pictures", &gallery.pictures);
                self.items("pictures", &gallery.pictures, Self::picture);
            }
            Block::Table(table) => self.field("rows", |it| it.rows(&table.rows)),
            Block::Question(question) => self.said("text", &question.text),
            Block::Answer(answer) => {
                self.not_empty("body", &answer.body);
                self.blocks("body", &answer.body);
            }
            Block::Audio(audio) => {
                self.file_with_size("src", &audio.src, audio.bytes);
                self.optional("transcript", audio.transcript.as_ref(), Self::spans);
            }
            Block::Video(video) => self.video(video),
            Block::Attachment(attachment) => self.attachment(attachment),
            Block::Separator => {}
            Block::Other(other) => self.unknown_kind(&other.kind),
        }
    }

    /// A kind of a later version passes; one that is nearly a known kind is more likely a slip of the hand.
    fn unknown_kind(&mut self, kind: &str) {
        if let Some(known) = meant(&kind.to_lowercase(), KINDS.into_iter()) {
            let what = format!("is the unknown kind `{kind}`, probably mistyped");
            self.problem_in(
                "kind",
                what,
                format!("write `{known}` and check again, for nobody looked at what is in it"),
            );
        }
    }

    /// A text must be of composed letters, or whoever compares it finds it unlike what looks the same. An address stays as
    /// its server knows it.
    pub fn composed(&mut self, text: &str) {
        if !is_nfc(text) && Href::new(text).is_none() {
            let mend = "write it in NFC (composed letters), as keyboards do; `uconv -x any-nfc` converts a file";
            self.problem("has marks apart from their letters", mend);
        }
    }

    /// A text that must say something.
    fn said(&mut self, key: &str, text: &Inline) {
        self.inline(key, text);
        if text.to_text().trim().is_empty() && self.is_whole_in(&[key]) {
            self.problem_in(key, "is blank", "write a text, or remove the block");
        }
    }

    fn inline(&mut self, key: &str, text: &Inline) {
        self.field(key, |it| it.spans(text));
    }

    fn spans(&mut self, text: &Inline) {
        self.each(&text.0, |it, _, span| {
            it.optional("link", span.link.as_ref(), Self::link);
            if span.link.is_some() && span.text.trim().is_empty() {
                it.problem_in("text", "is blank, so that nobody sees the link", "write a text, or remove the link");
            }
        });
    }

    fn list_block(&mut self, list: &ListBlock) {
        self.not_empty("items", &list.items);
        self.items("items", &list.items, |it, item| {
            if item.list.is_none() {
                it.said("text", &item.text);
            } else {
                it.inline("text", &item.text);
            }
            it.optional("list", item.list.as_deref(), Self::list_block);
        });
    }

    fn not_empty<T>(&mut self, key: &str, items: &[T]) {
        if items.is_empty() && self.is_whole_in(&[key]) {
            self.problem_in(key, "is empty", "add something, or remove the block");
        }
    }

    fn rows(&mut self, rows: &[Vec<Cell>]) {
        if rows.is_empty() && self.is_whole() {
            self.problem("is empty", "add rows, or remove the table");
        }
        let widths = covered_columns(rows);
        let wanted = widths.first().copied().unwrap_or_default();
        // Those below a row that has lost something may be covered from there.
        let known = self.whole_items(rows.len());
        self.each(rows, |it, row, cells| {
            if row < known && widths[row] != wanted {
                let what = format!("covers {} columns, but the first row covers {wanted}", widths[row]);
                it.problem(what, "add or remove cells, or correct colspan and rowspan");
            }
            it.each(cells, |it, _, cell| {
                it.inline("text", &cell.text);
                if cell.colspan == Some(0) || cell.rowspan == Some(0) {
                    it.problem("covers nothing", "leave colspan and rowspan out, or write 1 or more");
                }
            });
        });
    }

    /// A file to take along.
    pub fn attachment(&mut self, attachment: &Attachment) {
        self.file_with_size("href", &attachment.href, attachment.bytes);
    }

    fn video(&mut self, video: &Video) {
        self.file_with_size("src", &video.src, video.bytes);
        self.optional("poster", video.poster.as_ref(), Self::file);
        self.optional("captions", video.captions.as_ref(), Self::file);
        self.optional("transcript", video.transcript.as_ref(), Self::spans);
    }
}

/// How many columns each row covers, with the cells that reach down into it from above.
fn covered_columns(rows: &[Vec<Cell>]) -> Vec<usize> {
    // For each cell still reaching down: how many more rows, and how many columns.
    let mut reaching: Vec<(u16, usize)> = Vec::new();
    let mut widths = Vec::with_capacity(rows.len());
    for row in rows {
        let mut width: usize = reaching.iter().map(|(_, columns)| columns).sum();
        reaching.iter_mut().for_each(|(left, _)| *left -= 1);
        for cell in row {
            let columns = usize::from(cell.colspan.unwrap_or(1).max(1));
            width += columns;
            reaching.push((cell.rowspan.unwrap_or(1).saturating_sub(1), columns));
        }
        reaching.retain(|(left, _)| *left > 0);
        widths.push(width);
    }
    widths
}
