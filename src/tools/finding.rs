//! What the tools report: one problem of one file, one line.

use crate::contract::Problem;
use std::fmt;

/// One problem of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, relative to the folder of the API.
    pub file: String,
    /// What is wrong there and how to mend it.
    pub problem: Problem,
}

impl Finding {
    /// A problem of a file as a whole.
    pub fn of_file(file: impl Into<String>, what: impl Into<String>, mend: impl Into<String>) -> Self {
        let problem = Problem { path: "$".to_owned(), what: what.into(), mend: mend.into() };
        Self { file: file.into(), problem }
    }

    /// The same, of a file below a folder; `""` is the folder itself.
    pub fn below(self, folder: &str) -> Self {
        if folder.is_empty() { self } else { Self { file: format!("{folder}/{}", self.file), ..self } }
    }

    /// All problems of one file.
    pub fn all(file: &str, problems: Vec<Problem>) -> Vec<Self> {
        problems.into_iter().map(|problem| Self { file: file.to_owned(), problem }).collect()
    }

    /// The first problems of a file that has very many: one mistake, often repeated, must not hide the others.
    pub fn first_of(limit: usize, file: &str, mut problems: Vec<Problem>) -> Vec<Self> {
        let more = problems.len().saturating_sub(limit);
        problems.truncate(limit);
        let mut findings = Self::all(file, problems);
        if more > 0 {
            findings.push(Self::of_file(
                file,
                format!("has {more} more problems"),
                "mend the first ones, then check again",
            ));
        }
        findings
    }
}

impl fmt::Display for Finding {
    /// `file: JSON path: what is wrong: how to mend it`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.problem)
    }
}
