//! One document under inspection: where the eye is, and what it has found.

use super::index::Index;
use super::rest::LeftOut;
use crate::contract::Problem;
use crate::tools::folder::Folder;
use std::fmt::Write;

/// How what `portal gather` writes is mended.
pub const GATHER: &str = "run `portal gather`";

/// The known name that a mistyped one was probably meant to be.
pub fn meant<'k>(typed: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let (distance, nearest) = known.map(|known| (strsim::damerau_levenshtein(known, typed), known)).min()?;
    (distance * 3 <= typed.chars().count()).then_some(nearest)
}

/// One document under inspection. The rules are its methods, spread over the modules beside this one; each looks at
/// the value under the current JSON path.
pub struct Inspection<'a> {
    /// What all documents together say.
    pub index: &'a Index,
    /// The files of the site.
    pub folder: &'a Folder,
    left_out: LeftOut,
    path: String,
    problems: Vec<Problem>,
}

impl<'a> Inspection<'a> {
    /// An inspection at the root of a document, of which some values may be left out.
    pub fn new(index: &'a Index, folder: &'a Folder, left_out: LeftOut) -> Self {
        Self { index, folder, left_out, path: String::new(), problems: Vec::new() }
    }

    /// Is nothing left out of the value under the eye, nor that value itself? A rule that needs more than the value it
    /// speaks of asks that first, lest it tell of what is no mistake.
    pub fn is_whole(&self) -> bool {
        !self.left_out.touches(&self.path)
    }

    /// What was found.
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// The same of these fields of the value under the eye, which may be absent.
    pub fn is_whole_in(&mut self, keys: &[&str]) -> bool {
        let mut is_whole = true;
        keys.iter().for_each(|key| self.field(key, |it| is_whole &= it.is_whole()));
        is_whole
    }

    /// How many items of the list under the eye, of so many, stand before the first that has lost something?
    pub fn whole_items(&mut self, count: usize) -> usize {
        let mut whole = 0;
        let is_same = |it: &Self| it.left_out.path(&it.path) == it.path && it.is_whole();
        while whole < count {
            let mut stays = false;
            self.item(whole, |it| stays = is_same(it));
            if !stays {
                break;
            }
            whole += 1;
        }
        whole
    }

    /// Records a problem of the value under the eye, unless that is left out.
    pub fn problem(&mut self, what: impl Into<String>, mend: impl Into<String>) {
        if self.left_out.covers(&self.path) {
            return;
        }
        let path = if self.path.is_empty() { "$".to_owned() } else { self.left_out.path(&self.path) };
        self.problems.push(Problem { path, what: what.into(), mend: mend.into() });
    }

    /// Records a problem of a field of the value under the eye.
    pub fn problem_in(&mut self, key: &str, what: impl Into<String>, mend: impl Into<String>) {
        self.field(key, |it| it.problem(what, mend));
    }

    /// Turns the eye to a field for as long as `look` takes.
    pub fn field(&mut self, key: &str, look: impl FnOnce(&mut Self)) {
        let end = self.path.len();
        if end > 0 {
            self.path.push('.');
        }
        self.path.push_str(key);
        look(self);
        self.path.truncate(end);
    }

    /// Turns the eye to a field that may be absent.
    pub fn optional<'t, T>(&mut self, key: &str, value: Option<&'t T>, look: impl FnOnce(&mut Self, &'t T)) {
        if let Some(value) = value {
            self.field(key, |it| look(it, value));
        }
    }

    /// Turns the eye to each item of a list in a field.
    pub fn items<'t, T>(&mut self, key: &str, items: &'t [T], mut look: impl FnMut(&mut Self, &'t T)) {
        self.field(key, |it| it.each(items, |it, _, item| look(it, item)));
    }

    /// Turns the eye to each item of the list under it.
    pub fn each<'t, T>(&mut self, items: &'t [T], mut look: impl FnMut(&mut Self, usize, &'t T)) {
        for (index, item) in items.iter().enumerate() {
            self.item(index, |it| look(it, index, item));
        }
    }

    /// Turns the eye to one item of the list under it for as long as `look` takes.
    pub fn item(&mut self, index: usize, look: impl FnOnce(&mut Self)) {
        let end = self.path.len();
        write!(self.path, "[{index}]").expect("writing to a String cannot fail");
        look(self);
        self.path.truncate(end);
    }
}
