//! Contrast of the colour tokens: computed from `style/10-tokens.css`, for every way a reader may see them.

use std::collections::{BTreeMap, BTreeSet};

/// What is read or recognised, upon what, and the least contrast it needs (WCAG 1.4.6, 1.4.3, 1.4.11).
const PAIRS: [(&str, &str, f64); 11] = [
    ("ink", "paper", 7.0),
    ("ink", "band", 7.0),
    ("quiet", "paper", 7.0),
    ("quiet", "band", 7.0),
    ("accent", "paper", 7.0),
    ("accent", "band", 7.0),
    ("on-accent", "accent", 4.5),
    ("edge", "paper", 3.0),
    ("edge", "band", 3.0),
    ("ink", "mark", 7.0),
    ("code-ink", "code-paper", 7.0),
];

/// Lines and shadows that only adorn: nothing is told by them alone.
const ADORNING: [&str; 3] = ["hairline", "gold", "shadow"];

/// How a reader sees the portal: attributes of the document, conditions of the device, and whether it is dark.
struct Way {
    name: &'static str,
    attributes: &'static [(&'static str, &'static str)],
    conditions: &'static [&'static str],
    is_dark: bool,
}

const WAYS: [Way; 10] = [
    Way { name: "light", attributes: &[("data-theme", "light")], conditions: &[], is_dark: false },
    Way { name: "dark", attributes: &[("data-theme", "dark")], conditions: &[], is_dark: true },
    Way { name: "the device's light", attributes: &[], conditions: &[], is_dark: false },
    Way { name: "the device's dark", attributes: &[], conditions: &["(prefers-color-scheme: dark)"], is_dark: true },
    Way {
        name: "high contrast, light",
        attributes: &[("data-theme", "light"), ("data-contrast", "high")],
        conditions: &[],
        is_dark: false,
    },
    Way {
        name: "high contrast, dark",
        attributes: &[("data-theme", "dark"), ("data-contrast", "high")],
        conditions: &[],
        is_dark: true,
    },
    Way {
        name: "the device's high contrast, dark",
        attributes: &[],
        conditions: &["(prefers-contrast: more)", "(prefers-color-scheme: dark)"],
        is_dark: true,
    },
    Way {
        name: "normal contrast, against what the device asks for",
        attributes: &[("data-contrast", "normal")],
        conditions: &["(prefers-contrast: more)"],
        is_dark: false,
    },
    Way {
        name: "a browser without light-dark()",
        attributes: &[],
        conditions: &["@supports not (color: light-dark(#000, #fff))"],
        is_dark: false,
    },
    Way {
        name: "paper, from a dark screen",
        attributes: &[("data-theme", "dark")],
        conditions: &["print"],
        is_dark: false,
    },
];

/// Declarations in the order of the file, each with the conditions and the selector it stands under.
fn declarations(css: &str) -> Vec<(Vec<String>, String, String)> {
    let mut found = Vec::new();
    let mut above: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut rest = css;
    while let Some(next) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        rest = &rest[next.len_utf8()..];
        match next {
            '{' => above.push(std::mem::take(&mut text).trim().to_owned()),
            ';' | '}' => {
                if let Some((name, value)) = text.trim().split_once(':') {
                    found.push((above.clone(), name.to_owned(), value.trim().to_owned()));
                }
                text.clear();
                if next == '}' {
                    above.pop();
                }
            }
            other => text.push(other),
        }
    }
    found
}

impl Way {
    fn meets(&self, condition: &str) -> bool {
        let Some(media) = condition.strip_prefix("@media") else {
            return condition.starts_with("@layer") || self.conditions.contains(&condition);
        };
        media.split(',').any(|all| all.split(" and ").all(|one| self.conditions.contains(&one.trim())))
    }

    /// `:root`, with any attributes asked for or ruled out, also within `:where()`.
    fn matches(&self, selector: &str) -> bool {
        selector.split(',').any(|one| {
            let mut parts = one.trim().split(['[', ']']).filter(|part| !part.trim_matches(')').is_empty());
            let mut is_negated = !matches!(parts.next(), Some(":root" | "html"));
            parts.all(|part| {
                if part.trim_start_matches(')') == ":not(" {
                    is_negated = true;
                    return true;
                }
                let (name, value) = part.split_once('=').map_or((part, None), |(name, value)| (name, Some(value)));
                let value = value.map(|value| value.trim_matches(['"', '\'']));
                let has =
                    self.attributes.iter().any(|(own, of)| *own == name && value.is_none_or(|value| value == *of));
                has != std::mem::take(&mut is_negated)
            })
        })
    }

    /// The tokens as this reader has them.
    fn tokens(&self, css: &str) -> BTreeMap<String, String> {
        let mut tokens = BTreeMap::new();
        for (above, name, value) in declarations(css) {
            let (selector, conditions) = above.split_last().expect("declarations stand in rules");
            if let Some(token) = name.strip_prefix("--")
                && conditions.iter().all(|condition| self.meets(condition))
                && self.matches(selector)
            {
                tokens.insert(token.to_owned(), value);
            }
        }
        tokens
    }

    fn colour(&self, value: &str) -> Option<[u8; 3]> {
        if let Some(both) = value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')')) {
            let (light, dark) = both.split_once(',')?;
            return self.colour(if self.is_dark { dark } else { light }.trim());
        }
        let digits = value.strip_prefix('#')?;
        let wide = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 | 8 => digits.to_owned(),
            _ => return None,
        };
        let part = |at: usize| u8::from_str_radix(&wide[at..at + 2], 16).ok();
        Some([part(0)?, part(2)?, part(4)?])
    }
}

/// Source: <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

const STYLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/style");

fn styles() -> String {
    std::fs::read_to_string(format!("{STYLES}/10-tokens.css")).expect("the tokens")
}

/// The colours that a value names, if need be by way of another token, such as a line with its width.
fn colours_of(value: &str, tokens: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for name in value.split("var(--").skip(1).filter_map(|rest| rest.split([')', ',']).next()) {
        match tokens.get(name) {
            Some(value) if WAYS[0].colour(value).is_some() => _ = found.insert(name.to_owned()),
            Some(value) => found.extend(colours_of(value, tokens)),
            None => {}
        }
    }
    found
}

/// What one rule of the styles colours.
#[derive(Default)]
struct Rule {
    /// Text, and what is filled like it.
    texts: BTreeSet<String>,
    grounds: BTreeSet<String>,
    /// Borders, outlines and lines below words.
    lines: BTreeSet<String>,
}

/// The pairs that rules make: a rule that sets both text and ground by itself, and whatever text or line stands upon
/// whatever ground where they are set apart.
fn pairs_of(css: &[String], tokens: &BTreeMap<String, String>) -> BTreeSet<(String, String)> {
    let mut rules: BTreeMap<Vec<String>, Rule> = BTreeMap::new();
    for (above, name, value) in css.iter().flat_map(|css| declarations(css)) {
        let rule = rules.entry(above).or_default();
        let colours = colours_of(&value, tokens).into_iter().filter(|name| !ADORNING.contains(&name.as_str()));
        match name.as_str() {
            "color" | "fill" => rule.texts.extend(colours),
            "background" | "background-color" => rule.grounds.extend(colours),
            name if ["border", "outline", "text-decoration"].iter().any(|kind| name.starts_with(kind)) => {
                rule.lines.extend(colours)
            }
            _ => {}
        }
    }
    let product = |uppers: &BTreeSet<String>, grounds: &BTreeSet<String>| {
        let pair = |upper: &String| grounds.iter().map(|ground| (upper.clone(), ground.clone())).collect::<Vec<_>>();
        uppers.iter().flat_map(pair).filter(|(upper, ground)| upper != ground).collect::<Vec<_>>()
    };
    let (mut uppers, mut grounds, mut pairs) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for rule in rules.into_values() {
        pairs.extend(product(&rule.texts, &rule.grounds));
        uppers.extend(rule.lines);
        match (rule.texts.is_empty(), rule.grounds.is_empty()) {
            (true, _) => grounds.extend(rule.grounds),
            (_, true) => uppers.extend(rule.texts),
            _ => {}
        }
    }
    pairs.extend(product(&uppers, &grounds));
    pairs
}

#[test]
fn every_pair_that_the_styles_make_is_weighed() {
    let mut css = Vec::new();
    for file in std::fs::read_dir(STYLES).expect("the styles").map(|file| file.expect("readable").path()) {
        css.push(std::fs::read_to_string(file).expect("a style sheet"));
    }
    let made = pairs_of(&css, &WAYS[0].tokens(&styles()));
    assert!(made.contains(&("ink".into(), "paper".into())) && made.contains(&("on-accent".into(), "accent".into())));
    let is_weighed = |upper: &str, ground: &str| PAIRS.iter().any(|(one, other, _)| (*one, *other) == (upper, ground));
    let new: Vec<_> = made.iter().filter(|(upper, ground)| !is_weighed(upper, ground)).collect();
    assert!(new.is_empty(), "the styles put these upon each other, and nobody computes their contrast: {new:?}");
}

#[test]
fn rules_make_pairs_by_themselves_and_with_each_other() {
    let tokens =
        [("ink", "#000"), ("paper", "#fff"), ("mark", "#ff0"), ("red", "#f00"), ("rule", "3px solid var(--red)")];
    let tokens = tokens.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let css = "a { color: var(--ink) } html { background: var(--paper) } b { border-top: var(--rule) }
               i { background: var(--mark); color: var(--ink) }";
    let wanted = [("ink", "mark"), ("ink", "paper"), ("red", "paper")].map(|(one, other)| (one.into(), other.into()));
    assert_eq!(pairs_of(&[css.to_owned()], &tokens), wanted.into());
}

#[test]
fn every_pair_of_colours_has_its_contrast() {
    let css = styles();
    let mut wrong = Vec::new();
    for way in &WAYS {
        let tokens = way.tokens(&css);
        let colour = |name: &str| {
            let value = tokens.get(name).unwrap_or_else(|| panic!("{}: no --{name}", way.name));
            way.colour(value).unwrap_or_else(|| panic!("{}: --{name} is no colour: {value}", way.name))
        };
        for (upper, lower, least) in PAIRS {
            let has = contrast(colour(upper), colour(lower));
            if has < least {
                wrong.push(format!("{}: --{upper} on --{lower} has {has:.2}, needs {least}", way.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_colour_is_weighed() {
    let tokens = WAYS[0].tokens(&styles());
    let colours = tokens.iter().filter(|(_, value)| WAYS[0].colour(value).is_some());
    let weighed =
        |name: &str| ADORNING.contains(&name) || PAIRS.iter().any(|(one, other, _)| [*one, *other].contains(&name));
    let new: Vec<&String> = colours.map(|(name, _)| name).filter(|name| !weighed(name)).collect();
    assert!(new.is_empty(), "add these to the pairs: {new:?}");
}

#[test]
fn rules_reach_whom_they_are_for() {
    let css = "@layer tokens { :root { --ink: light-dark(#111, #eee); --edge: #777; }
        :root[data-contrast=\"high\"] { --edge: #000; }
        :root:not([data-contrast=\"normal\"]) { --band: #fff; }
        @media (prefers-contrast: more) { :root { --edge: #222; } } @media print { :root, :root[data-theme] { --ink: #000; } } }";
    let value = |way: usize, name: &str| WAYS[way].tokens(css)[name].clone();
    assert_eq!((value(0, "edge"), value(4, "edge"), value(6, "edge")), ("#777".into(), "#000".into(), "#222".into()));
    assert_eq!(WAYS[1].colour(&value(1, "ink")), Some([0xee; 3]));
    assert_eq!((value(9, "ink"), value(0, "band")), ("#000".into(), "#fff".into()));
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
}
