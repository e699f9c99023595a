//! What `portal build` leaves in the output folder, read back as a host, a search engine or a second build would.

mod editions;
#[path = "../fixture/mod.rs"]
mod fixture;
mod hostile;
mod pages;
mod rebuild;
mod release;
mod site;
