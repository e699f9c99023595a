//! Articles, pages and what they refer to.

use super::block::{Block, Picture};
use super::decode::{Decode, Node, Problems, record};
use super::values::{FileAddress, Href, Lang, Line, Slug};
use crate::calendar::Timestamp;

record! {
    /// A news item: `articles/<section>/<slug>.json`, shown at `/<section>/<slug>/`.
    Article {
        /// Its name within the section's addresses.
        slug: Slug,
        /// The section it belongs to.
        section: Slug,
        /// Its headline.
        title: Line,
    } optional {
        /// When it was first published. Without, it stands before the oldest of its section.
        published_at: Option<Timestamp>,
        /// When its text last changed.
        updated_at: Option<Timestamp>,
        /// What it says in a sentence or two.
        lead: Option<String>,
        /// Where it was taken from.
        source: Option<Source>,
        /// Who wrote it.
        author: Option<String>,
        /// How often it was read.
        views: Option<u64>,
        /// The language of its text, where it differs from the site's.
        language: Option<Lang>,
        /// The same in other languages: their addresses, as in `/en/news/…/`.
        translations: Vec<Href>,
        /// Normal (absent), withdrawn or gone.
        status: Status,
        /// The picture above its body.
        picture: Option<Picture>,
        /// Words it can be found by.
        tags: Vec<Line>,
        /// Articles on the same matter.
        related: Vec<Reference>,
        /// The next newer article of its section.
        newer: Option<Reference>,
        /// The next older article of its section.
        older: Option<Reference>,
        /// Files that belong to it.
        attachments: Vec<Attachment>,
        /// Its text.
        body: Vec<Block>,
    }
}

record! {
    /// An undated text: `pages/<slug>.json`, shown at `/<slug>/`.
    Page {
        /// Its address.
        slug: Slug,
        /// Its heading.
        title: Line,
    } optional {
        /// What it says in a sentence or two.
        lead: Option<String>,
        /// When its text last changed.
        updated_at: Option<Timestamp>,
        /// The language of its text, where it differs from the site's.
        language: Option<Lang>,
        /// The same in other languages: their addresses, as in `/en/news/…/`.
        translations: Vec<Href>,
        /// The picture above its body.
        picture: Option<Picture>,
        /// Files that belong to it.
        attachments: Vec<Attachment>,
        /// Its text.
        body: Vec<Block>,
    }
}

record! {
    /// An article as another document names it.
    Reference at most 5_000, dispensable: true {
        /// The section it belongs to.
        section: Slug,
        /// Its name within the section.
        slug: Slug,
        /// Its headline.
        title: Line,
    } optional {
        /// When it was published.
        published_at: Option<Timestamp>,
        /// The language of its headline, where it differs from the site's.
        language: Option<Lang>,
    }
}

record! {
    /// Where an article was taken from.
    Source at most 5_000, dispensable: true {
        /// Its name, such as the newspaper's.
        name: Line,
    } optional {
        /// Its address.
        url: Option<Href>,
    }
}

record! {
    /// A file to take along.
    Attachment at most 5_000, dispensable: true {
        /// What it is, in words.
        name: Line,
        /// Where it is.
        href: FileAddress,
    } optional {
        /// Its media type, such as `application/pdf`.
        r#type: Option<String>,
        /// Its size.
        bytes: Option<u64>,
    }
}

/// Whether an article still stands, told apart in JSON by `kind`. The list is closed: an article of another status, and
/// what it says, must not be shown as if it stood.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), serde(tag = "kind", rename_all = "kebab-case"))]
pub enum Status {
    /// It stands.
    #[default]
    Normal,
    /// It no longer holds, but stays readable with the reason above it.
    Withdrawn(Withdrawal),
    /// Its text is no longer shown; the address says so.
    Gone(Gone),
}

record! {
    /// Why an article no longer holds.
    Withdrawal {
        /// The reason, in a plain sentence.
        reason: Line,
    } optional {
        /// Since when.
        at: Option<Timestamp>,
    }
}

record! {
    /// Why an article is no longer shown.
    Gone {} optional {
        /// The reason, in a plain sentence.
        reason: Option<Line>,
        /// Where to read on.
        instead: Option<Href>,
    }
}

impl Decode for Status {
    fn decode(node: Node<'_>, problems: &mut Problems) -> Option<Self> {
        let fields = node.fields(problems)?;
        let kind: String = fields.require("kind", problems)?;
        match kind.as_str() {
            "normal" => Some(Self::Normal),
            "withdrawn" => Withdrawal::from_fields(fields, problems).map(Self::Withdrawn),
            "gone" => Gone::from_fields(fields, problems).map(Self::Gone),
            _ => node.fail(problems, format!("has an unknown kind `{kind}`"), "use normal, withdrawn or gone"),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::Normal)
    }
}

impl Article {
    /// The article as it is shown: of one that is gone nothing but its title, days, neighbours and what became of it.
    pub fn as_shown(mut self) -> Self {
        if matches!(self.status, Status::Gone(_)) {
            (self.lead, self.source, self.author, self.picture) = (None, None, None, None);
            self.tags.clear();
            self.related.clear();
            self.translations.clear();
            self.attachments.clear();
            self.body.clear();
        }
        self
    }

    /// How other documents name this article.
    pub fn reference(&self) -> Reference {
        Reference {
            section: self.section.clone(),
            slug: self.slug.clone(),
            title: self.title.clone(),
            published_at: self.published_at,
            language: self.language.clone(),
        }
    }
}
