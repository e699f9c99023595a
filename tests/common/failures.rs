//! Every way in which a document can fail to come.

use portal::contract::decode::Problem;
use portal::failure::Failure;
use std::iter;

/// Each of them once. One that is new has to be put into the row, or this does not compile.
pub fn failures() -> impl Iterator<Item = Failure> {
    iter::successors(Some(Failure::Offline), |failure| {
        let next = match failure {
            Failure::Offline => Failure::Unreachable,
            Failure::Unreachable => Failure::Timeout,
            Failure::Timeout => Failure::GivenUp,
            Failure::GivenUp => Failure::Missing,
            Failure::Missing => Failure::Gone,
            Failure::Gone => Failure::Status(503),
            Failure::Status(_) => Failure::Outdated,
            Failure::Outdated => Failure::Unsupported,
            Failure::Unsupported => Failure::TooLarge,
            Failure::TooLarge => Failure::Malformed,
            Failure::Malformed => Failure::Invalid("home.json".to_owned(), vec![problem()]),
            Failure::Invalid(..) => return None,
        };
        Some(next)
    })
}

fn problem() -> Problem {
    Problem { path: "title".to_owned(), what: "is empty".to_owned(), mend: "write a text".to_owned() }
}
