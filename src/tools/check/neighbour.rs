//! Rules for the next newer and the next older article: of the same section, in the order of publication.

use super::index::{ArticleFacts, Turn};
use super::inspection::{GATHER, Inspection};
use crate::calendar::Timestamp;
use crate::contract::{Article, Reference, Slug, Status};
use std::ops::Bound::{Excluded, Unbounded};

/// One of the two ways on from an article.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Newer,
    Older,
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Self::Newer => "newer",
            Self::Older => "older",
        }
    }
}

impl Inspection<'_> {
    /// Both neighbours of an article, whose path names a slug.
    pub fn neighbours(&mut self, slug: &Slug, article: &Article) {
        for (way, neighbour) in [(Way::Newer, &article.newer), (Way::Older, &article.older)] {
            let is_gone = matches!(article.status, Status::Gone(_));
            match neighbour {
                _ if !self.is_whole_in(&[way.name()]) => {}
                Some(_) if is_gone => self.problem_in(way.name(), "is that of an article which is gone", GATHER),
                Some(neighbour) => self.field(way.name(), |it| it.neighbour(way, neighbour, (slug, article))),
                None if is_gone => {}
                None => self.no_neighbour(way, slug, article),
            }
        }
    }

    fn neighbour(&mut self, way: Way, neighbour: &Reference, (slug, article): (&Slug, &Article)) {
        if neighbour.section != article.section {
            return self.problem(format!("is of the section `{}`, not of its own", neighbour.section), GATHER);
        }
        let entry = self.index.article(&neighbour.section, &neighbour.slug);
        self.standing((neighbour.section.as_str(), neighbour.slug.as_str()), entry);
        self.agrees(entry.flatten(), &neighbour.title, neighbour.published_at);
        self.is_dated(entry.flatten(), neighbour.published_at);
        let Some(Some(ArticleFacts { published: there, .. })) = entry else { return };
        let (here, there) = (turn_of(slug, article), (there, neighbour.slug.as_str()));
        let wanted = if way == Way::Newer { std::cmp::Ordering::Greater } else { std::cmp::Ordering::Less };
        if there.cmp(&here) != wanted {
            self.problem(format!("is not {} than the article itself", way.name()), GATHER);
        } else if self.index.stands_within(&article.section, (Excluded(here.min(there)), Excluded(here.max(there)))) {
            self.problem("is not the next one: there are others between them", GATHER);
        }
    }

    fn no_neighbour(&mut self, way: Way, slug: &Slug, article: &Article) {
        let here = Excluded(turn_of(slug, article));
        let beyond = if way == Way::Newer { (here, Unbounded) } else { (Unbounded, here) };
        if self.index.stands_within(&article.section, beyond) {
            let name = way.name();
            self.problem(format!("lacks `{name}`, though there are {name} articles in its section"), GATHER);
        }
    }
}

/// The place of an article whose path names this slug.
fn turn_of<'a>(slug: &'a Slug, article: &Article) -> Turn<'a> {
    (article.published_at.map(Timestamp::unix_seconds), slug.as_str())
}
