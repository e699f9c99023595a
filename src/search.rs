//! Search that understands Vietnamese, over files that any static host can serve.
//!
//! | module | does |
//! | --- | --- |
//! | [`letters`] | letters taken apart: base, quality, tone |
//! | [`syllable`] | which syllables Vietnamese has |
//! | [`typing`] | raw Telex and VNI keystrokes |
//! | [`analysis`] | from a text to its words, and the other ways to say them |
//! | [`names`] | what several words name together: dates, numbers of documents |
//! | [`texts`] | what of an article is searched, and its terms |
//! | [`bits`] | lists of numbers in few bits |
//! | [`mod@format`] | the files of the index |
//! | [`dictionary`] | the words that articles have, for unfinished and mistyped ones |
//! | [`index`] | an index that is open |
//! | [`nexts`] | which words follow a word, for unfinished ones |
//! | [`query`] | what a query may mean |
//! | [`scores`] | how much each article has of a query |
//! | [`engine`] | from a query to its hits |
//! | [`extract`] | the part of a text that shows why it was found |
//!
//! May use: `vietnamese`. Must not know about documents, the file system, the network or the user interface.

pub mod analysis;
pub mod bits;
pub mod dictionary;
pub mod engine;
pub mod extract;
pub mod format;
pub mod index;
pub mod letters;
pub mod names;
pub mod nexts;
pub mod query;
pub mod scores;
pub mod syllable;
pub mod texts;
pub mod typing;
