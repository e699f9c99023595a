//! `sitemap.xml`, for search engines, and `robots.txt`, which leads them to it.
//!
//! Source: <https://www.sitemaps.org/protocol.html>, <https://www.rfc-editor.org/rfc/rfc9309>

use super::absolute;
use crate::calendar::Timestamp;
use crate::portal::Portal;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// The name of the file, or of the index where there are several.
pub const FILE: &str = "sitemap.xml";

/// A sitemap holds at most 50,000 addresses; less leaves room for sections that grow.
pub const LARGEST: usize = 45_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The files of the sitemap, by name below the base path. Addresses are paths as [`Portal::link`] gives them, with the
/// moment their page last changed. In the order of publication a new article with a date
/// changes the last file and the index only.
/// There are none for a portal without an origin, since a sitemap holds whole addresses.
pub fn sitemap(addresses: &[(String, Option<Timestamp>)], portal: &Portal) -> Vec<(String, Vec<u8>)> {
    if portal.site.origin.is_none() {
        return Vec::new();
    }
    if addresses.len() <= LARGEST {
        return vec![(FILE.to_owned(), list(["urlset", "url"], addresses, portal))];
    }
    let mut files = Vec::new();
    let mut index = Vec::new();
    for (part, number) in addresses.chunks(LARGEST).zip(1..) {
        let name = format!("sitemap-{number}.xml");
        index.push((format!("{}{name}", portal.base()), part.iter().filter_map(|(_, changed)| *changed).max()));
        files.push((name, list(["urlset", "url"], part, portal)));
    }
    files.push((FILE.to_owned(), list(["sitemapindex", "sitemap"], &index, portal)));
    files
}

/// `robots.txt`: everyone may read everything. Robots read it at the root of the host only.
pub fn robots<'a>(portals: impl Iterator<Item = &'a Portal>) -> String {
    let sitemaps = portals.filter_map(|portal| absolute(&format!("{}{FILE}", portal.base()), portal));
    let lines: String = sitemaps.map(|sitemap| format!("\nSitemap: {sitemap}\n")).collect();
    format!("User-agent: *\nAllow: /\n{lines}")
}

fn list([list, item]: [&str; 2], addresses: &[(String, Option<Timestamp>)], portal: &Portal) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    let written = write(&mut xml, [list, item], addresses, portal);
    debug_assert!(written.is_ok(), "writing to memory does not fail");
    xml.into_inner()
}

fn write(
    xml: &mut Writer<Vec<u8>>,
    [list, item]: [&str; 2],
    addresses: &[(String, Option<Timestamp>)],
    portal: &Portal,
) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element(list).with_attribute(("xmlns", NAMESPACE)).write_inner_content(|xml| {
        for (path, changed) in addresses {
            let Some(address) = absolute(path, portal) else { continue };
            xml.create_element(item).write_inner_content(|xml| {
                xml.create_element("loc").write_text_content(BytesText::new(&address))?;
                if let Some(changed) = changed {
                    xml.create_element("lastmod").write_text_content(BytesText::new(&changed.machine()))?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    xml.get_mut().push(b'\n');
    Ok(())
}
