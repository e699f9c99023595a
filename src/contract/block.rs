//! The blocks a body is made of.

use super::article::Attachment;
use super::decode::{Decode, Node, Problems, record};
use super::inline::Inline;
use super::values::{FileAddress, Line};

/// One part of a body, told apart in JSON by `kind`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), serde(tag = "kind", rename_all = "kebab-case"))]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A heading inside the body.
    Heading(Heading),
    /// A quotation, such as a resolution's wording.
    Quote(Quote),
    /// A list, possibly nested.
    List(ListBlock),
    /// A picture with its caption.
    Figure(FigureBlock),
    /// Several pictures that belong together.
    Gallery(Gallery),
    /// A table.
    Table(Table),
    /// A question of an interview.
    Question(Question),
    /// An answer of an interview.
    Answer(Answer),
    /// A sound recording.
    Audio(Audio),
    /// A film.
    Video(Video),
    /// A file to take along.
    Attachment(Attachment),
    /// A break between parts.
    Separator,
    /// A block of a later version of the contract: its plain-text fallback is shown, or nothing.
    #[cfg_attr(not(target_arch = "wasm32"), serde(untagged))]
    Other(Other),
}

/// The kinds this version knows; `check` suggests one of them when a kind looks mistyped.
pub const KINDS: [&str; 13] = [
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
];

/// The kind of what stands in place of a faulty block.
pub const FAULTY: &str = "faulty";

impl Decode for Block {
    fn faulty() -> Option<Self> {
        Some(Self::Other(Other { kind: FAULTY.to_owned(), text: Fallback::default() }))
    }

    fn decode(node: Node<'_>, problems: &mut Problems) -> Option<Self> {
        let fields = node.fields(problems)?;
        let kind: String = fields.require("kind", problems)?;
        Some(match kind.as_str() {
            "paragraph" => Self::Paragraph(Paragraph::from_fields(fields, problems)?),
            "heading" => Self::Heading(Heading::from_fields(fields, problems)?),
            "quote" => Self::Quote(Quote::from_fields(fields, problems)?),
            "list" => Self::List(ListBlock::from_fields(fields, problems)?),
            "figure" => Self::Figure(FigureBlock::from_fields(fields, problems)?),
            "gallery" => Self::Gallery(Gallery::from_fields(fields, problems)?),
            "table" => Self::Table(Table::from_fields(fields, problems)?.small_enough(node, problems)?),
            "question" => Self::Question(Question::from_fields(fields, problems)?),
            "answer" => Self::Answer(Answer::from_fields(fields, problems)?),
            "audio" => Self::Audio(Audio::from_fields(fields, problems)?),
            "video" => Self::Video(Video::from_fields(fields, problems)?),
            "attachment" => Self::Attachment(Attachment::from_fields(fields, problems)?),
            "separator" => Self::Separator,
            _ => Self::Other(Other::from_fields(fields, problems)?),
        })
    }
}

record! {
    /// A paragraph of running text.
    Paragraph {
        /// What it says.
        text: Inline,
    }
}

record! {
    /// A heading inside the body. The portal computes the level shown, so that none is skipped.
    Heading {
        /// What it says.
        text: Inline,
    } optional {
        /// The level as the author meant it, 2 (absent) to 6.
        level: Option<u8>,
    }
}

record! {
    /// A quotation.
    Quote {
        /// The words quoted.
        text: Inline,
    } optional {
        /// Who or which document says so.
        cite: Option<String>,
    }
}

record! {
    /// A list.
    ListBlock {
        /// Its items, at least one.
        items: Vec<Item>,
    } optional {
        /// Numbered?
        ordered: bool,
    }
}

record! {
    /// An item of a list; in JSON an object or, without a list of its own, just its text.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(transform = super::decode::or_text))]
    Item or from_text {
        /// What it says.
        text: Inline,
    } optional {
        /// The list below it.
        list: Option<Box<ListBlock>>,
    }
}

impl Item {
    fn from_text(text: Inline) -> Self {
        Self { text, list: None }
    }
}

record! {
    /// A picture in the body.
    FigureBlock {
        /// The picture.
        picture: Picture,
    }
}

record! {
    /// Several pictures that belong together.
    Gallery {
        /// The pictures.
        pictures: Vec<Picture>,
    } optional {
        /// What they show together.
        caption: Option<String>,
    }
}

record! {
    /// A picture. What it shows (`alt`), what is said about it (`caption`) and who made it (`credit`) are three texts.
    Picture at most 5_000, dispensable: true {
        /// The same picture in several widths, at least one.
        sources: Vec<PictureSource>,
        /// Width of the largest source in pixels; with `height` it reserves the place on the page.
        width: u32,
        /// Height of the largest source in pixels.
        height: u32,
        /// What is to be seen, for readers who do not see it.
        alt: String,
    } optional {
        /// The text below it.
        caption: Option<String>,
        /// Who made it.
        credit: Option<String>,
    }
}

impl Picture {
    /// Its widest file.
    pub fn largest(&self) -> Option<&PictureSource> {
        self.sources.iter().max_by_key(|source| source.width)
    }
}

record! {
    /// One file of a picture.
    PictureSource {
        /// The file.
        src: FileAddress,
        /// Its width in pixels.
        width: u32,
    }
}

record! {
    /// A table. Leading rows of header cells only become its head.
    Table {
        /// The rows, each covering the same number of columns.
        rows: Vec<Vec<Cell>>,
    } optional {
        /// What the table shows.
        caption: Option<String>,
    }
}

/// More cells of a table are laid out for seconds on a cheap phone.
const MOST_CELLS: usize = 20_000;

impl Table {
    fn small_enough(self, node: Node<'_>, problems: &mut Problems) -> Option<Self> {
        let cells = self.rows.iter().map(Vec::len).sum();
        if cells > MOST_CELLS {
            node.too_many(problems, cells, MOST_CELLS);
            return None;
        }
        Some(self)
    }
}

record! {
    /// A cell of a table; in JSON an object or, for a plain cell, just its text.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(transform = super::decode::or_text))]
    Cell or from_text at most 100 {
        /// What it says.
        text: Inline,
    } optional {
        /// A header of its column or row?
        header: bool,
        /// Columns it covers; absent is 1.
        colspan: Option<u16>,
        /// Rows it covers; absent is 1.
        rowspan: Option<u16>,
    }
}

impl Cell {
    fn from_text(text: Inline) -> Self {
        Self { text, header: false, colspan: None, rowspan: None }
    }
}

record! {
    /// A question of an interview.
    Question {
        /// What is asked.
        text: Inline,
    }
}

record! {
    /// An answer of an interview.
    Answer {
        /// What is answered.
        body: Vec<Block>,
    } optional {
        /// Who answers.
        by: Option<String>,
    }
}

record! {
    /// A sound recording.
    Audio {
        /// What is to be heard.
        title: Line,
        /// The file.
        src: FileAddress,
    } optional {
        /// Its media type, such as `audio/mpeg`.
        r#type: Option<String>,
        /// Its size.
        bytes: Option<u64>,
        /// What is said, for readers who do not hear it.
        transcript: Option<Inline>,
    }
}

record! {
    /// A film.
    Video {
        /// What is to be seen.
        title: Line,
        /// The file.
        src: FileAddress,
    } optional {
        /// Its media type, such as `video/webm`.
        r#type: Option<String>,
        /// Its size.
        bytes: Option<u64>,
        /// Width in pixels.
        width: Option<u32>,
        /// Height in pixels.
        height: Option<u32>,
        /// The picture shown before it plays.
        poster: Option<FileAddress>,
        /// Captions, a WebVTT file.
        captions: Option<FileAddress>,
        /// What is said and shown, in words.
        transcript: Option<Inline>,
    }
}

/// What to show in place of a block of a later version: running text, without its marks. That version may put anything
/// into the field, and what is no text is left out.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize))]
#[cfg_attr(not(target_arch = "wasm32"), serde(transparent))]
pub struct Fallback(Option<String>);

impl Fallback {
    /// The text, if there is one.
    pub fn text(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl Decode for Fallback {
    fn decode(node: Node<'_>, _: &mut Problems) -> Option<Self> {
        Some(Self(Inline::decode(node, &mut Problems::new()).map(|text| text.to_text())))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl schemars::JsonSchema for Fallback {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Fallback".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({})
    }
}

record! {
    /// A block this version does not know.
    Other {
        /// Its kind.
        #[cfg_attr(not(target_arch = "wasm32"), schemars(extend("not" = serde_json::json!({ "enum": KINDS }))))]
        kind: String,
    } optional {
        /// What to show in its place, if it is running text.
        text: Fallback,
    }
}
