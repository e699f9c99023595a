//! Rules for pictures: what a document says of a file must be true, or the page jumps when the picture arrives.

use super::inspection::Inspection;
use crate::contract::{FileAddress, Picture};
use std::collections::HashSet;

/// A side longer than this, in pixels, is a slip of the hand.
const LONGEST_SIDE: u32 = 20_000;
/// So is a picture so many times as long as wide.
const MOST_STRETCHED: u32 = 20;

impl Inspection<'_> {
    /// A picture, held against its files.
    pub fn picture(&mut self, picture: &Picture) {
        self.repeated_picture(picture);
        let mut seen = HashSet::new();
        self.items("sources", &picture.sources, |it, source| {
            if !seen.insert(&source.src) {
                it.problem_in("src", format!("is `{}`, like that of a source before it", source.src), "remove one");
            }
            let Some(pixels) = it.pixels(&source.src) else { return };
            match pixels {
                Some((width, _)) if width != source.width => {
                    it.problem_in(
                        "width",
                        format!("is {}, but `{}` is {width} wide", source.width, source.src),
                        "correct it",
                    );
                }
                Some(_) => {}
                None => it.problem_in("src", format!("names `{}`, which is no picture", source.src), "name a picture"),
            }
        });
        self.size(picture);
    }

    /// A picture that another document describes too, and is held against its files there.
    pub fn repeated_picture(&mut self, picture: &Picture) {
        if picture.sources.is_empty() && self.is_whole_in(&["sources"]) {
            self.problem_in("sources", "is empty", "name at least one file");
        }
        self.items("sources", &picture.sources, |it, source| {
            it.field("src", |it| it.file(&source.src));
            it.not_zero("width", source.width);
        });
        self.not_zero("width", picture.width);
        self.not_zero("height", picture.height);
        if picture.alt.trim().is_empty() {
            self.problem_in("alt", "is blank", "say what is to be seen, for readers who do not see it");
        }
    }

    fn not_zero(&mut self, key: &str, number: u32) {
        if number == 0 {
            self.problem_in(key, "is 0", "write the size in pixels");
        }
    }

    /// Width and height must be plausible and, where the largest source is at hand, of its shape.
    fn size(&mut self, picture: &Picture) {
        let (width, height) = (picture.width, picture.height);
        if width == 0 || height == 0 || !self.is_whole_in(&["width", "height"]) {
            return;
        }
        let (longer, shorter) = (width.max(height), width.min(height));
        if longer > LONGEST_SIDE || longer / shorter >= MOST_STRETCHED {
            return self
                .problem(format!("is {width} by {height} pixels, which no picture is"), "correct width and height");
        }
        if !self.is_whole_in(&["sources"]) {
            return;
        }
        let largest = picture.largest();
        let Some(Some((real_width, real_height))) = largest.and_then(|source| self.pixels(&source.src)) else { return };
        let off = (f64::from(width) / f64::from(height)) / (f64::from(real_width) / f64::from(real_height));
        if !(0.98..=1.02).contains(&off) {
            let what = format!("is {width} by {height}, but its largest file {real_width} by {real_height} pixels");
            self.problem(what, "correct width and height");
        }
    }

    /// Width and height of a file of this site in pixels, `Some(None)` if it is no picture; `None` if nobody can tell
    /// here.
    fn pixels(&self, address: &FileAddress) -> Option<Option<(u32, u32)>> {
        let is_drawing = address.extension().is_some_and(|end| end.eq_ignore_ascii_case("svg"));
        let path = self.folder.file(address.path()).filter(|_| address.is_local() && !is_drawing)?;
        // One that is not there is told of as such.
        if !path.is_file() {
            return None;
        }
        let size = imagesize::size(path).ok();
        Some(size.and_then(|size| Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))))
    }
}
