//! Vietnamese text made ready to be read aloud: voices stumble over grouped numbers, dates, numbers of documents and
//! abbreviations, each in its own way. Everything is written out as it is said, so that all voices say the same.
//!
//! Pure text functions; who speaks is `browser::speech`.

mod abbreviations;
mod numerals;
mod sentences;
mod tokens;

pub use sentences::sentences;
pub use tokens::spoken;
