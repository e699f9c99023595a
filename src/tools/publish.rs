//! What a published portal says to machines: feeds, sitemap, structured data, manifest, and the rules of its host.
//!
//! Everything here is a pure function from values to text or bytes; the build decides where it is written. No clock is
//! read, so the same portal gives the same bytes.

pub mod feeds;
pub mod hosting;
pub mod manifest;
pub mod share_picture;
pub mod sitemap;
pub mod structured;

use crate::contract::Lang;
use crate::contract::values::percent_encoded;
use crate::portal::Portal;

/// The address with scheme and host; `None` for a path of a portal that does not say where it is published.
///
/// `address` is a path as [`Portal::link`] and [`Portal::file`] give it, or an address with its own scheme.
pub fn absolute(address: &str, portal: &Portal) -> Option<String> {
    if !address.starts_with('/') {
        return Some(encoded(address));
    }
    let origin = portal.site.origin.as_ref()?;
    Some(format!("{origin}{}", encoded(address)))
}

/// An address without any character that means something to the formats it is written into between double quotes.
pub fn encoded(address: &str) -> String {
    percent_encoded(address, "")
}

/// The language of the portal's texts, which may be one that its words do not have.
pub fn language(portal: &Portal) -> &str {
    portal.site.language.as_ref().map_or(portal.words().language, Lang::as_str)
}

/// A text without the characters that XML 1.0 cannot hold, even escaped.
///
/// Source: <https://www.w3.org/TR/xml/#charsets>
fn for_xml(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_ascii_and_mean_nothing_else() {
        assert_eq!(encoded("/a/?b=c&d=%20#e"), "/a/?b=c&d=%20#e");
        assert_eq!(encoded("/tin-tức/{x}\"'$<>"), "/tin-t%E1%BB%A9c/%7Bx%7D%22%27%24%3C%3E");
    }

    #[test]
    fn xml_holds_no_controls() {
        assert_eq!(for_xml("a\u{0}\u{1}\u{b}\u{fffe}b\n<&"), "ab\n<&");
    }
}
