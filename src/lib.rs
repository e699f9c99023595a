//! A government news portal: a JSON API in, a portal in the browser.
//!
//! The way of a page, from its address to the screen, is short: [`routes`] reads the address, [`content`] asks for
//! the documents it needs, [`contract`] decodes them, [`components`] draw what came of it and [`head`] names it. In
//! the browser that way begins in `browser`; on the host the same modules serve the tools and tests.
//!
//! Which module may use which is written in ARCHITECTURE.md and held by `tests/architecture.rs`.

pub mod calendar;
pub mod components;
pub mod content;
pub mod contract;
pub mod failure;
pub mod head;
pub mod markup;
pub mod portal;
pub mod routes;
pub mod search;
pub mod speech;
pub mod vietnamese;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(not(target_arch = "wasm32"))]
pub mod tools;
#[cfg(target_arch = "wasm32")]
pub mod worker;
