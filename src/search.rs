//! Search that understands Vietnamese, over files that any static host can serve.
//!
//! | module | does |
//! | --- | --- |
//! | [`letters`] | letters taken apart: base, quality, tone |
//! | [`syllable`] | which syllables Vietnamese has |
//! | [`typing`] | raw Telex and VNI keystrokes |
//! | [`analysis`] | from a text to the terms that are indexed and asked for |
//! | [`mod@format`] | the files of the index |
//! | [`engine`] | from a query to its hits |
//!
//! May use: `vietnamese`. Must not know about documents, the file system, the network or the user interface.

pub mod analysis;
pub mod engine;
pub mod format;
pub mod letters;
pub mod syllable;
pub mod typing;
