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
    /// The answer is no text at all: its bytes are no UTF-8.
    Malformed,
    /// The answer breaks the contract: the document and all that is wrong with it.
    Invalid(String, Vec<Problem>),
}

/// How often the same is asked for at most.
const MOST_TRIES: u32 = 3;
/// The pause before the second try, in milliseconds; each further one is four times as long.
const FIRST_PAUSE: u32 = 400;
/// Who asks for more patience than this, in milliseconds, is not asked again: the reader is told instead.
const LONGEST_PAUSE: u32 = 10_000;

impl Failure {
    /// How long to wait, in milliseconds, before the same is asked for once more, after so many tries; `None` where that
    /// would be in vain. `wished` is what the server asks for (Retry-After), `chance` a number from 0 to 1: readers whose
    /// connection broke at the same moment must not come back at the same moment.
    pub fn pause(&self, tries: u32, wished: Option<u32>, chance: f64) -> Option<u32> {
        let passes = match self {
            // From 520 on: what Cloudflare says of a server behind it that does not answer.
            Self::Unreachable | Self::Status(500 | 502..=504 | 520..=527) => true,
            Self::Status(429) => wished.is_some(),
            _ => false,
        };
        if tries >= MOST_TRIES {
            return None;
        }
        let longest = FIRST_PAUSE << (2 * tries.saturating_sub(1));
        let wished = wished.unwrap_or_default();
        // Added to the wish, which many have heard at once.
        let own = longest / 2 + (f64::from(longest / 2) * chance.clamp(0.0, 1.0)) as u32;
        (passes && wished <= LONGEST_PAUSE).then_some(wished + own)
    }

    /// Is it worth asking another server that has the same documents? One that says that there is no such document has
    /// answered.
    pub fn is_of_the_server(&self) -> bool {
        matches!(self, Self::Unreachable | Self::Timeout | Self::Status(_) | Self::TooLarge | Self::Malformed)
    }
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
            Self::Malformed => f.write_str("the answer is no text"),
            Self::Invalid(document, problems) => {
                problems.iter().try_for_each(|problem| writeln!(f, "{document}: {problem}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_succeed_is_tried_again_and_not_for_ever() {
        for passing in [Failure::Unreachable, Failure::Status(500), Failure::Status(503), Failure::Status(522)] {
            assert_eq!([1, 2, 3].map(|tries| passing.pause(tries, None, 1.0)), [Some(400), Some(1600), None]);
        }
        for lasting in [
            Failure::Offline,
            Failure::Timeout,
            Failure::GivenUp,
            Failure::Missing,
            Failure::Gone,
            Failure::Status(403),
            Failure::Status(501),
            Failure::TooLarge,
            Failure::Malformed,
        ] {
            assert_eq!(lasting.pause(1, Some(1), 0.5), None, "{lasting}");
        }
    }

    #[test]
    fn readers_do_not_come_back_at_the_same_moment() {
        assert_eq!(
            [0.0, 0.5, 1.0].map(|chance| Failure::Unreachable.pause(1, None, chance)),
            [200, 300, 400].map(Some)
        );
    }

    #[test]
    fn a_server_that_asks_for_patience_gets_it_within_reason() {
        let busy = Failure::Status(429);
        assert_eq!(busy.pause(1, None, 0.0), None);
        assert_eq!([0.0, 1.0].map(|chance| busy.pause(1, Some(2_000), chance)), [2_200, 2_400].map(Some));
        assert_eq!(busy.pause(1, Some(60_000), 0.0), None);
        assert_eq!(Failure::Status(503).pause(1, Some(3_000), 0.0), Some(3_200));
    }

    #[test]
    fn another_server_is_asked_where_this_one_has_no_answer() {
        assert!(Failure::Unreachable.is_of_the_server() && Failure::Status(500).is_of_the_server());
        assert!(!Failure::Missing.is_of_the_server() && !Failure::Gone.is_of_the_server());
        assert!(!Failure::Offline.is_of_the_server() && !Failure::GivenUp.is_of_the_server());
    }
}
