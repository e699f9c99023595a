//! What the end-to-end tests stand on: a reader with a browser of a chosen engine, and the server it reads from.

mod engine;
mod faults;
mod line;
mod reader;
mod server;

pub use engine::{Driver, Engine};
pub(crate) use engine::{leave_out_on, only_on_chromium};
pub use faults::{Chance, KINDS, PLACES, answer as fault};
pub use reader::{Reader, dist, start_script, wasm};
pub use server::{Answer, Server};
