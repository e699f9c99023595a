//! The picture that link previews show for pages without one.
//!
//! 1200×630 is what Facebook and Zalo ask for: <https://developers.facebook.com/docs/sharing/webmasters/images/>.
//! The portal's mark stands on a warm ground over a red band and a thin gold line; the text of a preview is the page's
//! title, so the picture needs no letters and no fonts.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

/// Width in pixels.
pub const WIDTH: u32 = 1200;
/// Height in pixels.
pub const HEIGHT: u32 = 630;
/// The name of the file, below the base path.
pub const FILE: &str = "share.png";

const GROUND: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">
<rect width="1200" height="630" fill="#f7f1e8"/>
<rect y="540" width="1200" height="90" fill="#8f1d21"/>
<rect y="528" width="1200" height="4" fill="#c59b45"/>
</svg>"##;

/// Stands in for a mark: a sheet with lines of text in a red seal.
const EMBLEM: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<circle cx="32" cy="32" r="31" fill="#8f1d21"/>
<circle cx="32" cy="32" r="28" fill="none" stroke="#c59b45"/>
<path d="M20 17h24v30H20z" fill="#fffdfa"/>
<path d="M24 23h16v3H24zM24 30h16v2H24zM24 35h16v2H24zM24 40h10v2H24z" fill="#8f1d21"/>
</svg>"##;

/// The side of the square the mark fits into, and the middle of that square.
const SIDE: f32 = 340.0;
const MIDDLE: (f32, f32) = (600.0, 264.0);

/// The picture as PNG. `logo` is the portal's mark if it is an SVG; one that cannot be read is replaced.
///
/// # Errors
/// A sentence on what could not be drawn.
pub fn share_picture(logo: Option<&[u8]>) -> Result<Vec<u8>, String> {
    let mut picture = Pixmap::new(WIDTH, HEIGHT).ok_or("the picture has no place in memory")?;
    resvg::render(&tree(GROUND.as_bytes())?, Transform::identity(), &mut picture.as_mut());
    let mark = match logo.map(tree) {
        Some(Ok(mark)) => mark,
        _ => tree(EMBLEM.as_bytes())?,
    };
    let scale = SIDE / mark.size().width().max(mark.size().height());
    let (x, y) = (MIDDLE.0 - mark.size().width() * scale / 2.0, MIDDLE.1 - mark.size().height() * scale / 2.0);
    resvg::render(&mark, Transform::from_row(scale, 0.0, 0.0, scale, x, y), &mut picture.as_mut());
    picture.encode_png().map_err(|error| format!("the picture cannot be written: {error}"))
}

/// Reads an SVG. No file that it may name is opened.
fn tree(svg: &[u8]) -> Result<Tree, String> {
    let nothing = ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    let options = Options { image_href_resolver: nothing, ..Options::default() };
    Tree::from_data(svg, &options).map_err(|error| format!("the SVG cannot be read: {error}"))
}
