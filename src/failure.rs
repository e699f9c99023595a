//! Why a document could not be had: one closed list, the same on the host and in the browser. The words for readers
//! are chosen where it is shown.

use crate::contract::decode::Problem;
use std::fmt;

/// Why a document could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The device says that it has no network.
    Offline,
    /// There is a network, but no connection to the server.
    Unreachable,
    /// No answer within the deadline.
    Timeout,
    /// The reader stopped waiting.
    GivenUp,
    /// There is no such document (status 404, or no such file).
    Missing,
    /// It has been removed for good (status 410).
    Gone,
    /// The server answered with another error status.
    Status(u16),
    /// The portal was published anew since the page was loaded, and what it names is gone.
    Outdated,
    /// The browser cannot do what is needed.
    Unsupported,
    /// The answer is larger than any document may be.
    TooLarge,
    /// The answer breaks the contract: the document and all that is wrong with it.
    Invalid(String, Vec<Problem>),
}

impl fmt::Display for Failure {
    /// For logs and tools, in English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offline => f.write_str("the device is offline"),
            Self::Unreachable => f.write_str("no connection to the server"),
            Self::Timeout => f.write_str("no answer in time"),
            Self::GivenUp => f.write_str("given up by the reader"),
            Self::Missing => f.write_str("there is no such document"),
            Self::Gone => f.write_str("the document is gone"),
            Self::Status(status) => write!(f, "the server answered with status {status}"),
            Self::Outdated => f.write_str("the portal was published anew"),
            Self::Unsupported => f.write_str("the browser cannot do this"),
            Self::TooLarge => f.write_str("the document is too large"),
            Self::Invalid(document, problems) => {
                problems.iter().try_for_each(|problem| writeln!(f, "{document}: {problem}"))
            }
        }
    }
}
