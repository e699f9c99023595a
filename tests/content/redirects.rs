//! Old addresses: what has no document is looked up among the redirects.

use crate::memory::Memory;
use crate::sample::{decoded, portal, site};
use portal::content::Content;
use portal::contract::Href;
use portal::failure::Failure;
use portal::portal::Portal;
use serde_json::json;

fn memory() -> Memory {
    let redirects = json!([
        { "from": "/web/guest/tin?id=7", "to": "/van-hoa/bay/" },
        { "from": "/web/guest/tin", "to": "/van-hoa/" },
        { "from": "/web/guest/anh?id=1", "to": "/van-hoa/anh/" },
        { "from": "/cu/", "to": "https://cu.vn/" },
        { "from": "/tin-tức", "to": "/tin-tuc/" },
        { "from": "/Web/Guest", "to": "/" },
    ]);
    Memory::default().with("redirects.json", &json!({ "redirects": redirects }))
}

fn at(memory: &Memory, portal: &Portal, address: &str) -> Result<Content, Failure> {
    let path = address.split('?').next().unwrap_or_default();
    memory.load_at(address, &portal.route(path), portal)
}

fn asked(address: &str) -> Content {
    at(&memory(), &portal(), address).expect("no failure")
}

fn moved(to: &str) -> Content {
    Content::Moved(Href::new(to).expect("an address"))
}

fn not_found(path: &str) -> Content {
    Content::NotFound(path.to_owned())
}

#[test]
fn an_old_address_leads_to_its_new_one() {
    assert_eq!(asked("/cu/"), moved("https://cu.vn/"));
}

#[test]
fn a_final_slash_makes_no_difference() {
    assert_eq!(asked("/cu"), moved("https://cu.vn/"));
}

#[test]
fn an_entry_is_for_the_address_as_browsers_send_it() {
    assert_eq!(asked("/tin-t%E1%BB%A9c/"), moved("/tin-tuc/"));
    assert_eq!(asked("/tin-t%e1%bb%a9c"), moved("/tin-tuc/"));
}

#[test]
fn capital_letters_make_no_difference() {
    assert_eq!(asked("/web/guest/"), moved("/"));
    assert_eq!(asked("/WEB/GUEST/TIN?ID=7"), moved("/van-hoa/bay/"));
}

#[test]
fn an_entry_with_a_query_is_for_that_query() {
    assert_eq!(asked("/web/guest/tin?id=7"), moved("/van-hoa/bay/"));
}

#[test]
fn a_final_slash_before_the_query_makes_no_difference() {
    assert_eq!(asked("/web/guest/tin/?id=7"), moved("/van-hoa/bay/"));
}

#[test]
fn an_entry_without_a_query_is_for_every_other_query() {
    assert_eq!(asked("/web/guest/tin?id=8"), moved("/van-hoa/"));
}

#[test]
fn an_entry_without_a_query_is_for_the_plain_address() {
    assert_eq!(asked("/web/guest/tin"), moved("/van-hoa/"));
}

#[test]
fn an_entry_with_a_query_is_not_for_another() {
    assert_eq!(asked("/web/guest/anh?id=2"), not_found("/web/guest/anh?id=2"));
}

#[test]
fn an_entry_with_a_query_is_not_for_the_plain_address() {
    assert_eq!(asked("/web/guest/anh"), not_found("/web/guest/anh"));
}

#[test]
fn an_address_below_an_old_one_is_not_moved() {
    assert_eq!(asked("/cu/bai/hai/"), not_found("/cu/bai/hai/"));
}

#[test]
fn old_addresses_are_below_the_base_path() {
    let portal = Portal::new(decoded(&site()), "/portal/");
    assert_eq!(at(&memory(), &portal, "/portal/cu/"), Ok(moved("https://cu.vn/")));
}

#[test]
fn what_is_not_found_is_named_below_the_base_path() {
    let portal = Portal::new(decoded(&site()), "/portal/");
    assert_eq!(at(&memory(), &portal, "/portal/gi-do/"), Ok(not_found("/gi-do/")));
}

#[test]
fn an_address_that_only_begins_like_the_base_path_stays_whole() {
    let portal = Portal::new(decoded(&site()), "/portal/");
    assert_eq!(at(&memory(), &portal, "/portal-cu/gi/do/"), Ok(not_found("/portal-cu/gi/do/")));
}

#[test]
fn a_portal_may_have_no_redirects() {
    assert_eq!(at(&Memory::default(), &portal(), "/gi-do/"), Ok(not_found("/gi-do/")));
}

#[test]
fn while_redirects_cannot_be_had_a_missing_page_can_be_tried_again() {
    let memory = Memory::default().failing("redirects.json", Failure::Status(503));
    assert_eq!(at(&memory, &portal(), "/gi-do/"), Err(Failure::Status(503)));
}

#[test]
fn redirects_that_break_the_contract_make_no_failure_of_a_missing_page() {
    let memory = Memory::default().text("redirects.json", "<!doctype html>");
    assert_eq!(at(&memory, &portal(), "/gi-do/"), Ok(not_found("/gi-do/")));
}
