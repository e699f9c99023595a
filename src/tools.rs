//! The office's tools, on the host only: what the program `portal` does.
//!
//! [`check`] names all that is wrong with a folder of API documents, [`gather`] writes the documents that follow from
//! others, [`schema`] describes the contract for programs of others. Everything goes through [`folder`], which reads
//! and writes files; a document is held in memory only while it is looked at.
//!
//! May use everything but the browser.

pub mod build;
pub mod check;
pub mod decoded;
pub mod finding;
pub mod folder;
pub mod gather;
pub mod index;
pub mod measure;
pub mod names;
pub mod openapi;
pub mod publish;
pub mod release;
pub mod schema;
