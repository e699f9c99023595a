//! The search page: results come as the reader types. The field is never touched, only what was found is drawn anew, so
//! that neither text nor caret nor focus can be lost.

use super::{FEWEST, Turn, touches};
use crate::browser::app::App;
use crate::browser::stage::{self, element, elements};
use crate::components::search::{FIELD_ID, FOUND_ID, MISSING_ID, offered};
use crate::content::{Search, SearchState};
use crate::routes::{Query, words_of};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// What is under way on the search page.
#[derive(Default)]
pub struct Typing {
    turn: Turn,
    /// The address of the history's entry before the reader typed, which replaces it.
    before: RefCell<Option<String>>,
    /// Where a finished page that is loaded again was scrolled to; there is nothing to scroll before the results.
    place: Cell<Option<f64>>,
}

impl Typing {
    /// Another page is shown: what is under way counts no more.
    pub fn end(&self) {
        self.turn.next();
        self.before.take();
        self.place.take();
    }
}

/// The reader has typed.
pub fn typed(app: &Rc<App>, text: &str) {
    app.typing.place.take();
    let query = app.query_shown().with_text(text);
    let own = Rc::clone(app);
    app.typing.turn.after_rest(move || seek(&own, query, FEWEST, Entry::Replaced));
}

/// The reader has pressed Enter or the button.
pub fn submitted(app: &Rc<App>, field: &HtmlInputElement) {
    seek(app, app.query_shown().with_text(&field.value()), 1, Entry::Pushed);
    if touches() {
        // Away with the keyboard, which covers the results.
        _ = field.blur();
    }
}

/// The program takes over a finished search page, which knows nothing of its query; the reader may have typed already.
pub fn take_over(app: &Rc<App>) {
    let Some(field) = element(FIELD_ID).and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    app.search.wake();
    let asked = app.query_shown();
    if asked.text.is_empty() && field.value().is_empty() {
        return;
    }
    let typed = asked.with_text(&field.value());
    if typed.text == asked.text || (typed.text.is_empty() && stage::focused().as_ref() != Some(field.as_ref())) {
        if field.value() != asked.text {
            field.set_value(&asked.text);
        }
        app.typing.place.set(stage::saved_scroll());
        seek(app, asked, 1, Entry::Replaced);
        app.typing.before.take();
    } else {
        seek(app, typed, FEWEST, Entry::Replaced);
    }
}

/// What becomes of the history's entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    Replaced,
    Pushed,
}

/// Searches for a text of so many characters or more, and shows what was found on the page that is there.
fn seek(app: &Rc<App>, query: Query, fewest: usize, entry: Entry) {
    let turn = app.typing.turn.next();
    let shown = app.address_shown();
    match entry {
        Entry::Replaced => _ = app.typing.before.borrow_mut().get_or_insert(shown),
        Entry::Pushed => {
            // Back leads to what was there before the reader began to type.
            if let Some(before) = app.typing.before.take() {
                app.write_address(&before, false);
            }
        }
    }
    app.name_search(&query, entry == Entry::Pushed);
    if query.is_shorter_than(fewest) {
        app.wait_no_more();
        app.show_search(&Search::idle(query));
        stage::announce("");
        return;
    }
    if elements(&format!("#{FOUND_ID} [data-spoken]")).is_empty() {
        app.show_search(&Search { query: query.clone(), state: SearchState::Waiting });
    }
    app.waiting().begin();
    let own = Rc::clone(app);
    app.search.ask(&query.clone(), false, move |answer| {
        if own.typing.turn.is(turn) {
            own.wait_no_more();
            own.show_search(&Search::new(query, answer));
            stage::announce_page();
            if let Some(y) = own.typing.place.take() {
                stage::scroll_to(y);
            }
        }
    });
}

/// Looks for articles that may be meant by an address without a page. Where that fails, nothing is said of it.
pub fn offer_for_missing(app: &Rc<App>, path: &str) {
    let (query, address) = (words_of(path), app.address_shown());
    if query.text.is_empty() {
        return;
    }
    let own = Rc::clone(app);
    app.search.ask(&query, true, move |answer| {
        if let Ok(results) = answer
            && own.address_shown() == address
        {
            stage::fill(MISSING_ID, offered(&results, own.portal()));
        }
    });
}

/// Arrows lead through the results; Escape clears the field or leads back to it.
pub fn key(app: &Rc<App>, target: &Element, key: &str) -> bool {
    let links = || elements(&format!("#{FOUND_ID} .hit__title a"));
    let field = || element(FIELD_ID);
    let focus = |element: Option<Element>| match element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        Some(element) => element.focus().is_ok(),
        None => false,
    };
    if target.id() == FIELD_ID {
        return match key {
            "ArrowDown" => focus(links().into_iter().next()),
            "Escape" => clear(app, target),
            _ => false,
        };
    }
    if !element(FOUND_ID).is_some_and(|found| found.contains(Some(target))) {
        return false;
    }
    let links = links();
    let at = links.iter().position(|link| link == target);
    match (key, at) {
        ("ArrowDown", Some(at)) => focus(links.get(at + 1).cloned()),
        ("ArrowUp", Some(0)) | ("Escape", _) => focus(field().map(Into::into)),
        ("ArrowUp", Some(at)) => focus(links.get(at - 1).cloned()),
        _ => false,
    }
}

/// Clears the field; of one that is empty the key means nothing.
fn clear(app: &Rc<App>, field: &Element) -> bool {
    let Some(field) = field.dyn_ref::<HtmlInputElement>().filter(|field| !field.value().is_empty()) else {
        return false;
    };
    field.set_value("");
    typed(app, "");
    true
}
