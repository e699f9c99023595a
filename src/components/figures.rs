//! Pictures, alone, with a caption, and in a gallery.

use super::states;
use crate::contract::Picture;
use crate::contract::block::Gallery;
use crate::markup::{Element, Node, el, nothing, pieces, rel, with_class};
use crate::portal::Portal;
use crate::words::{Words, fill};

/// How a picture is used on the page; it decides which source the browser takes and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// The picture the page opens with: fetched at once.
    Lead,
    /// Across the reading column, further down.
    Body,
    /// Beside a headline in a list.
    Thumbnail,
    /// Beside the first headline of the home page: fetched at once.
    TopStory,
}

impl Use {
    /// The width it takes on the page, for the `sizes` attribute; the numbers are those of `style/`.
    fn sizes(self) -> &'static str {
        match self {
            Self::Lead | Self::Body => "(min-width: 48rem) 42rem, 100vw",
            Self::Thumbnail => "(min-width: 48rem) 22rem, 7rem",
            Self::TopStory => "(min-width: 64rem) 40rem, 100vw",
        }
    }

    fn is_first(self) -> bool {
        matches!(self, Self::Lead | Self::TopStory)
    }
}

/// A picture without its caption.
pub fn picture(picture: &Picture, used: Use, portal: &Portal) -> Node {
    let Some(largest) = picture.largest() else {
        return nothing();
    };
    let mut srcset = String::new();
    for source in &picture.sources {
        let before = if srcset.is_empty() { "" } else { ", " };
        srcset.push_str(&format!("{before}{} {}w", portal.file(&source.src), source.width));
    }
    el("img")
        .attr("src", portal.file(&largest.src))
        .attr("srcset", srcset)
        .attr("sizes", used.sizes())
        .attr("width", picture.width)
        .attr("height", picture.height)
        .attr("alt", picture.alt.clone())
        .attr("loading", (!used.is_first()).then_some("lazy"))
        .attr("fetchpriority", used.is_first().then_some("high"))
        .attr("decoding", "async")
        .into()
}

/// A picture beside the headline it illustrates: the headline is the link and says all, so the picture is silent.
pub fn silent(shown: &Picture, used: Use, portal: &Portal) -> Node {
    picture(&Picture { alt: String::new(), ..shown.clone() }, used, portal)
}

/// A picture with caption and credit.
pub fn figure(shown: &Picture, used: Use, portal: &Portal) -> Element {
    let caption = shown.caption.clone().map(|text| with_class("span", "figure__caption").add(text).add(" "));
    let credit = shown.credit.clone().map(|text| with_class("span", "figure__credit").add(text));
    let legend = (caption.is_some() || credit.is_some())
        .then(|| with_class("figcaption", "figure__legend").add(caption).add(credit));
    with_class("figure", "figure").add(enlargeable(shown, used, portal)).add(legend)
}

/// A picture that leads to its largest file; the browser shows that over the page.
fn enlargeable(shown: &Picture, used: Use, portal: &Portal) -> Node {
    let Some(largest) = shown.largest() else {
        return nothing();
    };
    let words = portal.words();
    let hint = with_class("span", "visually-hidden").attr("lang", words.language).add(" ").add(words.enlarge);
    with_class("a", "figure__link")
        .attr("href", portal.file(&largest.src))
        .attr("rel", rel(largest.src.as_str()))
        .attr("data-action", "enlarge")
        .add(picture(shown, used, portal))
        .add(hint)
        .into()
}

/// The dialog of an enlarged picture: the places of picture and words, and the ways on where there are others.
pub fn enlarged(several: bool, words: &'static Words) -> Element {
    let controls = with_class("div", "enlarged__controls")
        .add(several.then(|| states::button("picture-before", words.picture_before)))
        .add(several.then(|| states::button("picture-after", words.picture_after)))
        .add(states::button("close-picture", words.close));
    // Screen readers say what changes in a place that was there before.
    let told = with_class("div", "enlarged__told").attr("role", "status");
    with_class("div", "enlarged__inner").add(with_class("div", "enlarged__shown")).add(told).add(controls)
}

/// What a picture shows over the page.
pub struct Enlarged {
    /// The address of its file.
    pub src: String,
    /// What it shows, for readers who do not see it.
    pub alt: String,
    /// Its caption and credit.
    pub legend: String,
    /// The language of both.
    pub lang: Option<String>,
    /// Which picture of how many this is, from 1.
    pub place: (usize, usize),
}

impl Enlarged {
    /// The picture, and what is told of it.
    pub fn parts(self, words: &'static Words) -> [Node; 2] {
        let (number, count) = self.place;
        let legend = (!self.legend.is_empty())
            .then(|| with_class("p", "enlarged__legend").attr("lang", self.lang.clone()).add(self.legend));
        let place = (count > 1).then(|| {
            let place = fill(words.picture_of, &[&number.to_string(), &count.to_string()]);
            with_class("p", "enlarged__place").add(place)
        });
        let img = with_class("img", "enlarged__picture").attr("src", self.src).attr("alt", self.alt);
        [img.attr("lang", self.lang).into(), pieces![legend, place]]
    }
}

/// Several pictures that belong together.
pub fn gallery(gallery: &Gallery, portal: &Portal) -> Element {
    let pictures = gallery.pictures.iter().map(|shown| el("li").add(figure(shown, Use::Body, portal)));
    let caption = gallery.caption.clone().map(|text| with_class("figcaption", "gallery__caption").add(text));
    with_class("figure", "gallery").add(with_class("ul", "gallery__list").each(pictures)).add(caption)
}
