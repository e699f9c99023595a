//! Writes markup as HTML.

use super::{Element, Node};

/// Elements that never have content and take no closing tag.
/// Source: <https://html.spec.whatwg.org/multipage/syntax.html#void-elements>
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

impl Node {
    /// The markup as HTML.
    pub fn to_html(&self) -> String {
        let mut out = String::new();
        self.write_html(&mut out);
        out
    }

    /// Appends the markup as HTML.
    pub fn write_html(&self, out: &mut String) {
        match self {
            Self::Text(text) => escape(text, out),
            Self::Element(element) => element.write_html(out),
            Self::Fragment(pieces) => pieces.iter().for_each(|piece| piece.write_html(out)),
        }
    }
}

impl Element {
    fn write_html(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.tag);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            if !value.is_empty() {
                out.push_str("=\"");
                escape(value, out);
                out.push('"');
            } else if *name == "alt" {
                // An empty alternative text is a statement; the bare name would be one too, but reads like a slip.
                out.push_str("=\"\"");
            }
        }
        out.push('>');
        if !VOID.contains(&self.tag) {
            self.children.iter().for_each(|child| child.write_html(out));
            out.push_str("</");
            out.push_str(self.tag);
            out.push('>');
        }
    }
}

/// Appends a text so that it is only text, in content and between double quotes alike.
pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    // By bytes, which is several times as fast as by characters: no other character has one of these in it.
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use crate::markup::{el, pieces};

    #[test]
    fn text_stays_text() {
        let hostile = "</script><img src=x onerror=alert(1)> \"&'".to_owned();
        let html = crate::markup::Node::from(el("p").attr("title", hostile.clone()).add(hostile)).to_html();
        let inert = "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &quot;&amp;'";
        assert_eq!(html, format!("<p title=\"{inert}\">{inert}</p>"));
    }

    #[test]
    fn void_elements_are_not_closed() {
        let html = pieces![el("img").attr("alt", ""), el("hr"), el("p")].to_html();
        assert_eq!(html, "<img alt=\"\"><hr><p></p>");
    }

    #[test]
    fn absent_attributes_are_left_out() {
        let element = el("a").attr("hidden", true).attr("download", false).attr("type", None::<String>);
        assert_eq!(crate::markup::Node::from(element).to_html(), "<a hidden></a>");
    }
}
