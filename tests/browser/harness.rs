//! What the end-to-end tests stand on: a reader with a browser, and the server it reads from.

mod reader;
mod server;

pub use reader::{Reader, dist, wasm};
pub use server::{Answer, Server};
