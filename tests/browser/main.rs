//! End-to-end tests: the built `dist/` behind a small server like a CDN, read in a real browser.
//!
//! `make test` builds `dist/` first; by hand: `make build && cargo test --test browser`.

mod access;
mod articles;
#[path = "../common/attacks.rs"]
mod attack_texts;
mod attacks;
mod base;
mod chaos;
#[path = "../common/corpus.rs"]
mod common;
mod corpus;
mod development;
mod editions;
mod failures;
#[path = "../common/fields.rs"]
mod fields;
mod harness;
mod keyboard;
mod lists;
mod navigation;
mod offline;
mod pages;
mod reading;
mod screenshots;
mod search;
mod settings;
mod takeover;
mod visits;
