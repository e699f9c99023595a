//! The browser program.

#[cfg(target_arch = "wasm32")]
fn main() {
    portal::browser::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This program runs in a browser: build it with `trunk build` or `make serve`.");
    std::process::exit(2);
}
