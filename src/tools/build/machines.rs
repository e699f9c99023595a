//! What machines read of the portal: feeds, sitemap, manifest, and the settings of the host.

use super::Address;
use super::document::HasFile;
use super::edition::Edition;
use super::output::Output;
use super::program::Program;
use super::source::now;
use crate::content;
use crate::contract::{Document, Href, Redirect, Redirects, Section, Teaser, TreeNode};
use crate::failure::Failure;
use crate::portal::{Portal, is_file};
use crate::routes::Route;
use crate::tools::finding::Finding;
use crate::tools::folder::Folder;
use crate::tools::publish::feeds::{self, Channel, Item};
use crate::tools::publish::hosting::{Hosting, Server};
use crate::tools::publish::structured::SharePicture;
use crate::tools::publish::{manifest, share_picture, sitemap};
use std::fs;
use std::path::Path;

/// How many articles a feed has.
const NEWEST: usize = 20;
/// Files that an office adapts for a server of its own.
const HOSTING: &str = ".hosting/";

/// Draws the picture that link previews show of pages without one, unless the site names one that is there.
///
/// # Errors
/// A sentence that says what cannot be drawn or written.
pub fn share_picture(
    Edition { folder, portal, .. }: &Edition,
    has_file: HasFile<'_>,
    output: &Output,
) -> Result<Option<SharePicture>, String> {
    let own = portal.site.share_picture.as_ref();
    if let Some(own) = own.filter(|own| !own.src.is_local() || has_file(own.src.path())) {
        // The contract asks for this shape, so the height follows from the width.
        let height = u64::from(own.width) * u64::from(share_picture::HEIGHT) / u64::from(share_picture::WIDTH);
        let height = u32::try_from(height).unwrap_or(share_picture::HEIGHT);
        return Ok(Some(SharePicture { url: portal.file(&own.src), width: own.width, height }));
    }
    let logo = portal.site.logo.as_ref().map(|logo| logo.src.path()).filter(|path| path.ends_with(".svg"));
    let logo = logo.and_then(|path| fs::read(folder.file(path)?).ok());
    let picture = share_picture::share_picture(logo.as_deref())?;
    output
        .file(share_picture::FILE, &picture)
        .map_err(|error| format!("the share picture cannot be written: {error}"))?;
    let url = format!("{}{}", portal.base(), share_picture::FILE);
    Ok(Some(SharePicture { url, width: share_picture::WIDTH, height: share_picture::HEIGHT }))
}

/// Writes what machines read of a portal in one language, and answers the names of the files; among them are feeds of
/// sections that cannot be read, which stay as they are.
///
/// # Errors
/// A sentence with what the file system reports.
pub fn write(
    mut addresses: Vec<Address>,
    folder: &Folder,
    portal: &Portal,
    output: &Output,
) -> Result<Vec<String>, String> {
    // In the order of publication: a new article, unless it has no date, changes the end of the last file only.
    addresses.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    let mut files: Vec<(String, Vec<u8>)> = sitemap::sitemap(&addresses, portal);
    files.push((manifest::FILE.to_owned(), manifest::manifest(portal).into_bytes()));
    let (feeds, mut names) = all_feeds(folder, portal);
    files.extend(feeds);
    write_all(&files, output)?;
    names.extend(files.into_iter().map(|(name, _)| name));
    names.sort();
    Ok(names)
}

/// Writes what is said of the whole: which robots may read it, and how hosts serve it. Answers whether the files that an office
/// adapts for a server of its own are others than in the folder of the former build.
///
/// # Errors
/// A sentence with what the file system reports.
pub fn write_host(
    editions: &[Edition],
    program: &Program,
    findings: &mut Vec<Finding>,
    output: &Output,
    former: &Path,
) -> Result<bool, String> {
    let main = &editions[0].portal;
    let files = output.names().map_err(|error| error.to_string())?;
    let redirects: Vec<Redirect> = editions.iter().flat_map(|edition| redirects(edition, findings)).collect();
    let names: Vec<&str> = editions[1..].iter().map(|edition| edition.name.as_str()).collect();
    let hosting = Hosting {
        base: main.base(),
        editions: &names,
        policy: &program.policy,
        secure: main.site.origin.as_ref().is_some_and(|origin| origin.as_str().starts_with("https:")),
        files: &files,
        redirects: &redirects,
        server: Server::default(),
    };
    let portals = editions.iter().map(|edition| &edition.portal);
    let files = [
        ("robots.txt".to_owned(), sitemap::robots(portals).into_bytes()),
        ("_headers".to_owned(), hosting.headers().into_bytes()),
        ("_redirects".to_owned(), hosting.redirects().into_bytes()),
        (format!("{HOSTING}nginx.conf"), hosting.nginx().into_bytes()),
        (format!("{HOSTING}Caddyfile"), hosting.caddy().into_bytes()),
    ];
    let is_other = |(name, bytes): &(String, Vec<u8>)| {
        name.starts_with(HOSTING) && fs::read(former.join(name)).is_ok_and(|before| before != *bytes)
    };
    let has_changed = files.iter().any(is_other);
    write_all(&files, output)?;
    Ok(has_changed)
}

fn write_all(files: &[(String, Vec<u8>)], output: &Output) -> Result<(), String> {
    files.iter().try_for_each(|(name, bytes)| {
        output.file(name, bytes).map_err(|error| format!("{name} cannot be written: {error}"))
    })
}

/// Old addresses and where they lead, below the base path of the whole; a portal may have none.
fn redirects(edition: &Edition, findings: &mut Vec<Finding>) -> Vec<Redirect> {
    let redirects = match now(content::get::<Redirects>(&edition.folder, &Document::Redirects)) {
        Ok(redirects) => redirects.redirects,
        Err(failure) => {
            if let Failure::Invalid(document, problems) = failure {
                findings.extend(Finding::all(&document, problems).into_iter().map(|one| one.below(&edition.name)));
            }
            Vec::new()
        }
    };
    let placed = |href: Href| match edition.name.as_str() {
        name if href.is_local() && !is_file(&href) && !name.is_empty() => Href::new(format!("/{name}{href}")),
        _ => Some(href),
    };
    // Some hosts would lead on from a page that is there.
    let others = redirects.into_iter().filter(|old| !is_page(edition, &old.from));
    others.filter_map(|old| Some(Redirect { from: placed(old.from)?, to: placed(old.to)? })).collect()
}

/// Is there a page at an address, given below the base path of its edition? One with a query is told apart from it.
fn is_page(edition: &Edition, address: &Href) -> bool {
    let document = match Route::parse(address.as_str(), &edition.portal.site) {
        _ if address.as_str().contains('?') => return false,
        Route::Home | Route::Sitemap | Route::Search(_) => return true,
        Route::Section { slug, year: None, list: None } => Document::Section(slug),
        Route::Article { section, slug } => Document::Article(section, slug),
        Route::Page(slug) => Document::Page(slug),
        Route::Section { .. } | Route::Unknown(_) => return false,
    };
    edition.folder.has(&document.to_string())
}

/// The feeds of each section, and of all sections together; and the names of those that cannot be made.
fn all_feeds(folder: &Folder, portal: &Portal) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let (mut files, mut unmade) = (Vec::new(), Vec::new());
    let mut newest: Vec<Teaser> = Vec::new();
    for node in portal.site.nodes() {
        let TreeNode::Section(branch) = node else { continue };
        // A section that cannot be read was reported with its page.
        let Ok(section) = now(content::get::<Section>(folder, &Document::Section(branch.slug.clone()))) else {
            unmade.extend(feeds::FILES.map(|(name, _)| format!("{}/{name}", branch.slug)));
            continue;
        };
        let teasers = &section.newest[..section.newest.len().min(NEWEST)];
        newest.extend_from_slice(teasers);
        files.extend(written(&Channel::section(&branch.slug, portal), teasers, portal, &format!("{}/", branch.slug)));
    }
    newest.sort_by(|a, b| b.published_at.cmp(&a.published_at).then_with(|| a.slug.cmp(&b.slug)));
    newest.dedup_by(|a, b| a.section == b.section && a.slug == b.slug);
    newest.truncate(NEWEST);
    files.extend(written(&Channel::portal(portal), &newest, portal, ""));
    (files, unmade)
}

fn written(channel: &Channel, teasers: &[Teaser], portal: &Portal, folder: &str) -> Vec<(String, Vec<u8>)> {
    let items: Vec<Item> = teasers.iter().filter_map(Item::of_teaser).collect();
    let Some(feeds) = feeds::feeds(channel, &items, portal) else {
        return Vec::new();
    };
    let texts = [feeds.rss, feeds.atom, feeds.json];
    feeds::FILES.iter().zip(texts).map(|((name, _), text)| (format!("{folder}{name}"), text.into_bytes())).collect()
}
