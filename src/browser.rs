//! The portal in the browser: the way from an address to the screen begins here.
//!
//! | module | does |
//! | --- | --- |
//! | [`config`] | reads from the document where the API is |
//! | [`startup`] | asks for the site, or says why there is none |
//! | [`network`] | fetches documents; the only module that uses the network (the search worker fetches its own index) |
//! | [`address`] | the address bar and the history |
//! | [`app`] | follows the address, asks for content and shows it |
//! | [`pages`] | pages kept in memory |
//! | [`stage`] | puts views, title, focus and scroll position on the page |
//! | [`actions`] | serves buttons, menus and keys by listeners on the document |
//! | [`visits`] | keeps the visit statistics up to date |
//! | [`search`] | asks who searches, and serves the reader's fields |
//! | [`reading`] | serves what helps to read an article and to pass it on |
//! | [`memory`] | what is remembered on the device |

pub mod actions;
pub mod address;
pub mod app;
pub mod config;
pub mod memory;
pub mod network;
pub mod pages;
pub mod reading;
pub mod search;
pub mod stage;
pub mod startup;
pub mod visits;

use any_spawner::Executor;
use leptos::prelude::Owner;
use leptos::task::spawn_local;

/// Starts the portal.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&format!("The portal program stopped: {panic}").into());
        // The start script then keeps events from the program, so that every link is a plain link again.
        stage::tell_start_script("portalStop");
    }));
    // A second start finds the executor set, which is just as good.
    _ = Executor::init_wasm_bindgen();
    // Listeners and effects live as long as the page, so their owner must never be dropped.
    let owner = Owner::new();
    owner.set();
    std::mem::forget(owner);
    spawn_local(app::run(config::Config::of_document()));
}
