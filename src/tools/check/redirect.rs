//! Rules for redirects: each old address once, and straight to where it leads.

use super::inspection::Inspection;
use crate::contract::visits::address_key;
use crate::contract::{Href, Redirects};
use std::collections::HashSet;

impl Inspection<'_> {
    /// The redirects.
    pub fn redirects(&mut self, redirects: &Redirects) {
        let mut seen = HashSet::new();
        self.items("redirects", &redirects.redirects, |it, redirect| {
            it.field("from", |it| {
                it.old_address(&redirect.from);
                if it.is_whole() && !seen.insert(address_key(redirect.from.as_str())) {
                    it.problem(format!("is `{}`, like that of a redirect before it", redirect.from), "remove one");
                }
            });
            it.field("to", |it| it.new_address(&redirect.to));
        });
    }

    fn old_address(&mut self, from: &Href) {
        if !from.is_local() {
            self.problem("is not an address of this site", "write it without scheme and host, beginning with /");
        } else if self.index.knows_tree() && self.leads_somewhere(from.path()) {
            self.problem(format!("is `{from}`, where something is, so it is never used"), "remove the redirect");
        }
    }

    fn new_address(&mut self, to: &Href) {
        if !to.is_local() || self.leads_somewhere(to.path()) {
            return;
        }
        let Some(next) = self.redirected(to) else { return self.dead(to) };
        let mut passed = HashSet::from([to.to_string()]);
        let mut end = next;
        while passed.insert(end.clone()) {
            match Href::new(end.as_str()).and_then(|href| self.redirected(&href)) {
                Some(next) => end = next,
                None => {
                    let what = format!("leads to `{to}`, which is redirected itself");
                    return self.problem(what, format!("write `{end}`"));
                }
            }
        }
        self.problem(format!("leads to `{to}`, and from there in a circle"), "write where the address leads now");
    }
}
