//! Running text: spans with marks.

use super::decode::{Decode, Node, Problems, record};
use super::values::{Href, Lang};

record! {
    /// A stretch of text with the same marks; in JSON an object or, without marks, just its text.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(transform = super::decode::or_text))]
    Span or plain {
        /// The characters, shown exactly as they are.
        text: String,
    } optional {
        /// Important.
        strong: bool,
        /// Stressed.
        em: bool,
        /// Lowered, as in H₂O.
        sub: bool,
        /// Raised, as in m².
        sup: bool,
        /// Where it leads.
        link: Option<Href>,
        /// The long form of an abbreviation.
        abbr: Option<String>,
        /// The language, where it differs from the document's.
        lang: Option<Lang>,
    }
}

impl Span {
    /// Text without marks; in JSON a bare string.
    pub fn plain(text: String) -> Self {
        Self { text, strong: false, em: false, sub: false, sup: false, link: None, abbr: None, lang: None }
    }

    /// Is there no mark on it?
    #[cfg(not(target_arch = "wasm32"))]
    fn is_plain(&self) -> bool {
        *self == Self::plain(self.text.clone())
    }
}

/// A line or paragraph of text; in JSON a string, or a list of strings and spans.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inline(pub Vec<Span>);

impl Inline {
    /// Text without marks.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Span::plain(text.into())])
    }

    /// The characters without marks, for descriptions, search and speech.
    pub fn to_text(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }
}

impl Decode for Inline {
    const IS_DISPENSABLE: bool = true;

    fn decode(node: Node<'_>, problems: &mut Problems) -> Option<Self> {
        if node.is_text() {
            return node.text(problems).map(Self::plain);
        }
        if !node.is_list() {
            return node.unexpected(problems, "a text or a list of spans");
        }
        let spans: Vec<Span> = Vec::decode(node, problems)?;
        let bytes = spans.iter().map(|span| span.text.len()).sum();
        node.of_length(bytes, problems).then_some(Self(spans))
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl serde::Serialize for Inline {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        #[serde(untagged)]
        enum Part<'a> {
            Plain(&'a str),
            Marked(&'a Span),
        }
        match self.0.as_slice() {
            [only] if only.is_plain() => serializer.serialize_str(&only.text),
            spans => serializer.collect_seq(
                spans.iter().map(|span| if span.is_plain() { Part::Plain(&span.text) } else { Part::Marked(span) }),
            ),
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl schemars::JsonSchema for Inline {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Inline".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let span = generator.subschema_for::<Span>();
        schemars::json_schema!({
            "description": "Running text: a string, or a list of strings and spans with marks.",
            "anyOf": [
                { "type": "string" },
                { "type": "array", "items": span }
            ]
        })
    }
}
