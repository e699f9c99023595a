//! The search program, which runs in a worker.

#[cfg(target_arch = "wasm32")]
fn main() {
    portal::worker::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This program runs in a browser's worker: build it with `trunk build` or `make serve`.");
    std::process::exit(2);
}
