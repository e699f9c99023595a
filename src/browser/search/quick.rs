//! The header's field: a combobox that suggests titles as the reader types. It is left alone itself; what is chosen
//! among the suggestions is told by attributes, as the pattern asks for.
//!
//! Source: <https://www.w3.org/WAI/ARIA/apg/patterns/combobox/>

use super::{FEWEST, Turn};
use crate::browser::app::App;
use crate::browser::stage::{self, element, elements};
use crate::components::search::{MOST_SUGGESTIONS, QUICK_FIELD_ID, SUGGESTIONS_ID, suggestions};
use crate::routes::{Query, Route};
use crate::words::fill;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// What is under way in the header's field.
pub type Suggesting = Turn;

/// The reader has typed.
pub fn typed(app: &Rc<App>, text: &str) {
    let query = Query::new(text);
    if query.is_shorter_than(FEWEST) {
        return close(app);
    }
    let own = Rc::clone(app);
    app.suggesting.after_rest(move || suggest(&own, query));
}

fn suggest(app: &Rc<App>, query: Query) {
    let turn = app.suggesting.next();
    let own = Rc::clone(app);
    app.search.ask(&query.clone(), true, move |answer| {
        if !own.suggesting.is(turn) {
            return;
        }
        let is_meant = || stage::focused().is_some_and(|focused| focused.id() == QUICK_FIELD_ID);
        // Where nothing can be suggested, the field still leads to the search page.
        let results = answer.ok().filter(|results| !results.results.is_empty() && is_meant());
        set_open(results.is_some());
        let said = results.map(|results| {
            stage::fill(SUGGESTIONS_ID, suggestions(&query, &results, own.portal()));
            let count = results.results.len().min(MOST_SUGGESTIONS);
            fill(own.portal().words().suggestion_count, &[&count.to_string()])
        });
        stage::announce(&said.unwrap_or_default());
    });
}

/// The reader has pressed Enter or the button.
pub fn submitted(app: &Rc<App>, field: &HtmlInputElement) {
    _ = app.open(&app.portal().link(&Route::Search(Query::new(&field.value()))));
    leave(app);
}

/// Arrows go through the suggestions, Enter follows the one chosen, Escape closes them or clears the field.
pub fn key(app: &Rc<App>, key: &str) -> bool {
    let Some(field) = field() else {
        return false;
    };
    let options = elements(&format!("#{SUGGESTIONS_ID}:not([hidden]) [role=option]"));
    let chosen = options.iter().position(|option| option.get_attribute("aria-selected").as_deref() == Some("true"));
    let count = options.len();
    match (key, chosen) {
        ("ArrowDown" | "ArrowUp", _) if count == 0 => typed(app, &field.value()),
        ("ArrowDown", None) => choose(&field, &options, Some(0)),
        // Beyond the last, and before the first, it is the reader's own text.
        ("ArrowDown", Some(at)) => choose(&field, &options, Some(at + 1).filter(|next| *next < count)),
        ("ArrowUp", None) => choose(&field, &options, Some(count - 1)),
        ("ArrowUp", Some(at)) => choose(&field, &options, at.checked_sub(1)),
        // They move the caret in the reader's own text.
        ("Home" | "End" | "ArrowLeft" | "ArrowRight", Some(_)) => {
            choose(&field, &options, None);
            return false;
        }
        ("Enter", Some(at)) => {
            if let Some(link) = options[at].dyn_ref::<HtmlElement>() {
                // The listener for clicks does the rest.
                link.click();
            }
        }
        ("Escape", _) if count > 0 => close(app),
        ("Escape", _) if !field.value().is_empty() => {
            field.set_value("");
            close(app);
        }
        _ => return false,
    }
    true
}

fn choose(field: &Element, options: &[Element], chosen: Option<usize>) {
    for (index, option) in options.iter().enumerate() {
        _ = option.set_attribute("aria-selected", if chosen == Some(index) { "true" } else { "false" });
    }
    match chosen {
        Some(at) => {
            options[at].scroll_into_view_with_bool(false);
            _ = field.set_attribute("aria-activedescendant", &options[at].id());
        }
        None => _ = field.remove_attribute("aria-activedescendant"),
    }
}

/// The reader has followed a suggestion, which serves the field, or has gone elsewhere: the suggestions must not stay
/// open over it.
pub fn pressed(app: &Rc<App>, target: &Element) {
    if is_in(target, "[role=option]") {
        leave(app);
    } else {
        close_unless_in(app, target);
    }
}

/// The focus has moved.
pub fn close_unless_in(app: &Rc<App>, target: &Element) {
    if !is_in(target, "form.quick") {
        close(app);
    }
}

fn is_in(target: &Element, selector: &str) -> bool {
    target.closest(selector).ok().flatten().is_some()
}

/// The text has served.
fn leave(app: &Rc<App>) {
    if let Some(field) = field() {
        field.set_value("");
    }
    close(app);
}

fn field() -> Option<HtmlInputElement> {
    element(QUICK_FIELD_ID).and_then(|field| field.dyn_into().ok())
}

/// Closes the suggestions; those under way are dropped.
pub fn close(app: &Rc<App>) {
    app.suggesting.next();
    set_open(false);
}

fn set_open(open: bool) {
    if let (Some(field), Some(list)) = (element(QUICK_FIELD_ID), element(SUGGESTIONS_ID)) {
        list.set_hidden(!open);
        _ = field.set_attribute("aria-expanded", if open { "true" } else { "false" });
        _ = field.remove_attribute("aria-activedescendant");
    }
}
