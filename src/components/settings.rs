//! The reader's settings: how large, in which colours, how far apart, and what happens by itself. `before-paint.js`
//! serves and remembers them, since they must hold before anything is painted and where the program does not run; the
//! styles, and the program, know each value by an attribute of the root element.

use crate::markup::{Element, el, with_class};
use crate::portal::Portal;

/// The sizes of text on offer, in percent of the browser's own.
const SIZES: [(&str, &str); 5] = [("", "100%"), ("125", "125%"), ("150", "150%"), ("175", "175%"), ("200", "200%")];

/// The button in the header, and the panel it opens.
pub fn settings(portal: &Portal) -> Element {
    let words = portal.words();
    let letters = with_class("span", "settings__letters").attr("aria-hidden", "true").add("Aa");
    let button = with_class("summary", "settings__button")
        .add(letters)
        .add(" ")
        .add(with_class("span", "settings__name").add(words.display));
    let themes = [("", words.as_device), ("light", words.light), ("dark", words.dark)];
    let contrasts = [("", words.as_device), ("normal", words.normal_contrast), ("high", words.high_contrast)];
    let spacings = [("", words.normal_spacing), ("wide", words.wide_spacing)];
    let switch = [("", words.on), ("off", words.off)];
    let panel = with_class("form", "settings__panel")
        .attr("data-settings", true)
        .attr("aria-label", words.display_settings)
        .add(group("text", words.text_size, &SIZES))
        .add(group("theme", words.theme, &themes))
        .add(group("contrast", words.contrast, &contrasts))
        .add(group("spacing", words.spacing, &spacings))
        .add(group("key", words.search_key, &switch))
        .each(portal.site.visits.iter().map(|_| group("live", words.live_figures, &switch)))
        .add(with_class("button", "button settings__reset").attr("type", "reset").add(words.reset_settings));
    with_class("details", "settings").attr("data-menu", "submenu").add(button).add(panel)
}

/// One choice: `name` is the attribute of the root element without its `data-`; the first value is the absent one.
fn group(name: &'static str, legend: &'static str, values: &[(&'static str, &'static str)]) -> Element {
    let choices = values.iter().enumerate().map(|(index, &(value, label))| {
        let input =
            el("input").attr("type", "radio").attr("name", name).attr("value", value).attr("checked", index == 0);
        with_class("label", "settings__choice").add(input).add(" ").add(el("span").add(label))
    });
    with_class("fieldset", "settings__group")
        .add(with_class("legend", "settings__legend").add(legend))
        .add(with_class("div", "settings__choices").each(choices))
}
