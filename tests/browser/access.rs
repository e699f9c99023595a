//! Readable by everyone: examined by axe-core, read by keyboard, enlarged, spaced, printed, and as screen readers have
//! it.

mod axe;
mod calm;
mod fit;
mod fit_probe;
mod letters;
mod print;
pub mod states;
mod targets;
mod trees;
