//! Portal API v1: the contract between a back end (or a plain folder on a CDN) and the portal.
//!
//! Every type here is one part of a JSON document. Reading goes through [`decode`], which turns untyped JSON into
//! these types or names all that is wrong; writing and the JSON Schemas are derived on the host. There is no HTML in
//! the contract: a body is a list of typed [`block`]s.
//!
//! May use: `calendar`, `serde`. Must not use: the user interface, addresses of the portal, the network.

pub mod article;
pub mod block;
pub mod decode;
pub mod document;
pub mod inline;
pub mod list;
pub mod search;
pub mod site;
pub mod values;
pub mod visits;

pub use article::{Article, Attachment, Page, Reference, Source, Status};
pub use block::{Block, Picture};
pub use decode::{Decode, Problem, document};
pub use document::{Document, Root, bases, bases_below};
pub use inline::{Inline, Span};
pub use list::{Home, LatestOf, List, Section, Teaser, YearOf};
pub use search::{Hit, Results, Run, SearchSource};
pub use site::{Edition, Footer, Link, Notice, Site, TreeNode, VisitsSource};
pub use values::{FileAddress, Href, Lang, Line, Origin, Slug};
pub use visits::{Figure, Ledger, Redirect, Redirects, Visits};
