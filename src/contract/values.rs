//! The small values of the contract. Each can only be made from valid text, so whoever holds one need not check again.

use super::decode::{Decode, Node, Problems};
use crate::calendar::Timestamp;
use std::fmt;

/// Declares a text that must satisfy a rule: the type, its reading and, on the host, its writing and JSON Schema.
macro_rules! text_value {
    ($(#[$meta:meta])* $name:ident, $valid:expr, $what:literal, $mend:literal, pattern: $pattern:literal
     $(, cleaned by $clean:ident)? $(, dispensable: $dispensable:literal)?) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, schemars::JsonSchema))]
        #[cfg_attr(not(target_arch = "wasm32"), serde(transparent))]
        pub struct $name(
            #[cfg_attr(not(target_arch = "wasm32"), schemars(regex(pattern = $pattern)))] String,
        );

        impl $name {
            /// The value, if the text satisfies the rule.
            pub fn new(text: impl Into<String>) -> Option<Self> {
                let text = text.into();
                $(let text = $clean(text);)?
                let valid: fn(&str) -> bool = $valid;
                valid(&text).then_some(Self(text))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Decode for $name {
            $(const IS_DISPENSABLE: bool = $dispensable;)?

            fn decode(node: Node<'_>, problems: &mut Problems) -> Option<Self> {
                Self::new(node.text(problems)?).or_else(|| node.fail(problems, $what, $mend))
            }
        }
    };
}

text_value!(
    /// One segment of an address: lower-case ASCII letters, digits and single hyphens, at most 150 characters.
    Slug,
    is_slug,
    "is not a slug",
    "use a-z, 0-9 and single hyphens, at most 150 characters (fold Vietnamese letters: no marks, no barred d)",
    pattern: r"^(?=.{1,150}$)[a-z0-9]+(-[a-z0-9]+)*$"
);

text_value!(
    /// A text that is not blank, without characters that nobody sees: they would turn around what stands beside it, or
    /// make two titles look the same.
    Line,
    |text| !text.trim().is_empty(),
    "is empty",
    "write a text",
    pattern: r"[^\s\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]",
    cleaned by without_invisible,
    dispensable: true
);

text_value!(
    /// A link target: `https:`, `http:`, `mailto:`, `tel:` or site-relative (`/…`). Nothing else can be followed, so no
    /// script can hide in a link. A text without its link can still be read, so readers get that.
    Href,
    is_href,
    "is not an allowed link target",
    "use https:, http:, mailto:, tel: or an address of this site that begins with a single /",
    pattern: r"^(?!.*[\s\\])([Hh][Tt][Tt][Pp][Ss]?://[^/]|[Mm][Aa][Ii][Ll][Tt][Oo]:[^/]|[Tt][Ee][Ll]:[^/]|/$|/[^/])",
    dispensable: true
);

text_value!(
    /// The address of a file (picture, sound, film, document): `https:`, `http:` or site-relative.
    FileAddress,
    |text| is_href(text) && (text.starts_with('/') || text.contains("://")),
    "is not the address of a file",
    "use https:, http: or an address of this site that begins with a single /",
    pattern: r"^(?!.*[\s\\])([Hh][Tt][Tt][Pp][Ss]?://[^/]|/$|/[^/])",
    dispensable: true
);

text_value!(
    /// Scheme and host of a site, without a final slash: `https://example.vn`.
    Origin,
    |text| {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        host.is_some_and(|host| !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || "-.:[]".contains(c)))
    },
    "is not an origin",
    "write scheme and host only, such as https://example.vn",
    pattern: r"^https?://[A-Za-z0-9.:\[\]-]+$"
);

text_value!(
    /// A language tag after BCP 47: `vi`, `en`, `zh-Hant`.
    Lang,
    |text| {
        let mut parts = text.split('-');
        parts.next().is_some_and(|first| (2..=3).contains(&first.len()) && first.chars().all(|c| c.is_ascii_alphabetic()))
            && parts.all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
    },
    "is not a language tag",
    "write a BCP 47 tag such as vi or en",
    pattern: r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$",
    dispensable: true
);

/// A text without controls of its direction, zero-width spaces and other controls; joiners stay, since they shape letters.
/// The pattern of [`Line`] names the same characters.
fn without_invisible(mut text: String) -> String {
    let is_invisible = |c: char| {
        matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
            || (c.is_control() && !c.is_whitespace())
    };
    text.retain(|c| !is_invisible(c));
    text
}

fn is_slug(text: &str) -> bool {
    text.len() <= 150
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

fn is_href(text: &str) -> bool {
    // Browsers drop tabs and line ends from addresses and read `\` as `/`: `/\evil.example` would leave the site.
    if text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return false;
    }
    if let Some(path) = text.strip_prefix('/') {
        return !path.starts_with('/');
    }
    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| {
        text.len() > scheme.len()
            && text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && !text[scheme.len()..].starts_with('/')
    })
}

/// An address in the characters that RFC 3986 allows, less `'` and `$`, but with those `kept`. `%` stays, so that what is
/// encoded already stays as it is.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc3986#section-2>
pub fn percent_encoded(address: &str, kept: &str) -> String {
    encoded_but(address, |byte| b"-._~:/?#[]@!&()*+,;=%".contains(&byte) || kept.as_bytes().contains(&byte))
}

/// A text as it may stand within a part of an address, such as the value of a query: all but the unreserved characters of
/// RFC 3986 is encoded.
pub fn component_encoded(text: &str) -> String {
    encoded_but(text, |byte| b"-._~".contains(&byte))
}

fn encoded_but(text: &str, is_kept: impl Fn(u8) -> bool) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || is_kept(byte) {
            out.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

impl Href {
    /// Does it stay on this site?
    pub fn is_local(&self) -> bool {
        self.0.starts_with('/')
    }

    /// The address without its query and fragment.
    pub fn path(&self) -> &str {
        self.0.split(['?', '#']).next().unwrap_or_default()
    }

    /// What stands behind the last dot of the last part of its path.
    pub fn extension(&self) -> Option<&str> {
        extension(self.path())
    }
}

impl FileAddress {
    /// Does it belong to this site?
    pub fn is_local(&self) -> bool {
        self.0.starts_with('/')
    }

    /// The address without its query and fragment.
    pub fn path(&self) -> &str {
        self.0.split(['?', '#']).next().unwrap_or_default()
    }

    /// What stands behind the last dot of the file's name.
    pub fn extension(&self) -> Option<&str> {
        extension(self.path())
    }
}

fn extension(path: &str) -> Option<&str> {
    // Of an address with a host, what stands before its first path is no name of a file.
    let path = match path.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        None => path.strip_prefix('/')?,
    };
    let (_, end) = path.rsplit('/').next()?.rsplit_once('.')?;
    (!end.is_empty()).then_some(end)
}

impl Decode for Timestamp {
    const IS_DISPENSABLE: bool = true;

    fn decode(node: Node<'_>, problems: &mut Problems) -> Option<Self> {
        Timestamp::parse(node.text(problems)?).or_else(|| {
            node.fail(
                problems,
                "is not a date and time with an offset",
                "write it after RFC 3339, such as 2020-10-10T17:00:00+07:00",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_targets_allow_four_schemes_and_this_site_only() {
        for good in ["https://a.vn/x", "HTTP://a.vn", "mailto:a@b.vn", "tel:+84241080", "/", "/tin-tuc/?a=b#c"] {
            assert!(Href::new(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "/\\evil.example",
            "vbscript:x",
            "https:evil",
            "https:///x",
            "mailto:",
            "",
            "tin-tuc/",
            "#x",
        ] {
            assert!(Href::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn titles_have_no_invisible_characters() {
        let line = |text: &str| Line::new(text).map(|line| line.to_string());
        assert_eq!(line("\u{202e}Tin\u{200b} t\u{ad}ức\u{2069}\u{61c}\u{206f}\u{0}"), Some("Tin tức".to_owned()));
        assert_eq!(line("\u{200b}\u{202e} \u{feff}"), None);
        assert_eq!(line("a\u{200d}b"), Some("a\u{200d}b".to_owned()));
    }

    #[test]
    fn slugs_are_folded() {
        assert!(Slug::new("tin-tuc-2020").is_some());
        for bad in ["", "-a", "a-", "a--b", "Tin", "tin_tuc", "tin/tuc", "tín", ".."] {
            assert!(Slug::new(bad).is_none(), "{bad}");
        }
    }
}
