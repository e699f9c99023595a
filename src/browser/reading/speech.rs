//! Reads an article aloud with the device's own voice, sentence by sentence.
//!
//! Each sentence is an utterance of its own: the sentence being read can be marked, some voices fall silent in long
//! texts, and a pause works on telephones, whose voices know none: it ends the sentence, which is begun again.

use crate::browser::actions::target;
use crate::browser::memory;
use crate::browser::stage::{element, elements};
use crate::components::MAIN_ID;
use crate::components::reading::LISTEN_ID;
use crate::speech::{sentences, spoken};
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::{document, window};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, HtmlSelectElement, Range, SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice, Text,
};

/// What is read, in the order of the page.
const READ: &str = "h1, .status, .article__lead, .body";
/// What of it has a pause around it.
const PARTS: &str = "h1, h2, h3, h4, h5, h6, p, li, td, th, figcaption, caption, blockquote, div";
/// What of it is not read: captions of controls, and recordings with their written form.
const SILENT: &str = "[hidden], [aria-hidden], .recording, .contents, .figure__link, .attachment__facts";
/// The name under which the styles know the sentence being read.
const MARK: &str = "reading";
/// Show text nodes only (`NodeFilter.SHOW_TEXT`).
const TEXTS: u32 = 4;

/// Reading aloud, on the page that is shown.
pub struct Speech {
    sentences: RefCell<Vec<Sentence>>,
    /// The sentence being read, or to be read next.
    at: Cell<usize>,
    /// Counts utterances: what a former one reports is of no interest.
    turn: Cell<u32>,
    /// Kept while its sentence is spoken: some browsers forget utterances that nobody holds, and their end with them.
    utterance: RefCell<Option<Utterance>>,
}

/// An utterance, and what listens for its end.
type Utterance = (SpeechSynthesisUtterance, Closure<dyn Fn(Event)>);

struct Sentence {
    /// Where it stands.
    place: Range,
    /// What is said.
    said: String,
}

/// The device's speech, where it has one.
fn synthesis() -> Option<SpeechSynthesis> {
    let there = js_sys::Reflect::get(&window(), &"speechSynthesis".into()).ok()?;
    there.is_object().then(|| window().speech_synthesis().ok()).flatten()
}

/// The language of the article, without its region.
fn language() -> Option<String> {
    let body = document().query_selector(".body[lang]").ok().flatten().or_else(|| document().document_element())?;
    Some(body.get_attribute("lang")?.split('-').next()?.to_ascii_lowercase())
}

/// A voice for the article's language: Vietnamese is nowhere read by an English voice.
fn voice() -> Option<SpeechSynthesisVoice> {
    let language = language()?;
    let voices = synthesis()?.get_voices();
    let mut fitting = voices.iter().filter_map(|voice| voice.dyn_into::<SpeechSynthesisVoice>().ok()).filter(|voice| {
        let own = voice.lang().to_ascii_lowercase();
        own.split(['-', '_']).next() == Some(language.as_str())
    });
    let first = fitting.next()?;
    // One on the device needs no network.
    Some(if first.local_service() { first } else { fitting.find(|voice| voice.local_service()).unwrap_or(first) })
}

impl Speech {
    /// Listens for voices, which some browsers load late, for the chosen speed, and for the reader's leaving.
    pub fn new() -> Rc<Self> {
        let speech = Rc::new(Self {
            sentences: RefCell::default(),
            at: Cell::default(),
            turn: Cell::default(),
            utterance: RefCell::default(),
        });
        if let Some(synthesis) = synthesis() {
            let arriving = Rc::clone(&speech);
            let arrived = Closure::<dyn Fn()>::new(move || arriving.offer());
            _ = synthesis.add_event_listener_with_callback("voiceschanged", arrived.as_ref().unchecked_ref());
            // Lives as long as the page.
            arrived.forget();
            let changing = Rc::clone(&speech);
            _ = window_event_listener(ev::change, move |event| changing.change_speed(&event));
            let leaving = Rc::clone(&speech);
            _ = window_event_listener(ev::pagehide, move |_| leaving.stop());
        }
        speech
    }

    /// Offers to read where there is a voice.
    pub fn offer(&self) {
        let Some(controls) = element(LISTEN_ID).filter(|_| voice().is_some()) else { return };
        let speed = memory::speed();
        if let Some(select) = select(&controls).filter(|_| !speed.is_empty()) {
            select.set_value(&speed);
        }
        _ = controls.remove_attribute("hidden");
    }

    /// Begins to read, or goes on.
    pub fn start(self: &Rc<Self>) {
        if self.sentences.borrow().is_empty() {
            *self.sentences.borrow_mut() = on_the_page();
        }
        self.speak();
    }

    /// Stops, to go on with the same sentence.
    pub fn pause(&self) {
        self.fall_silent();
        set_state("paused");
    }

    /// Stops, to begin anew.
    pub fn stop(&self) {
        if self.sentences.borrow().is_empty() {
            return;
        }
        self.fall_silent();
        self.sentences.borrow_mut().clear();
        self.at.set(0);
        mark(None);
        set_state("silent");
    }

    fn fall_silent(&self) {
        self.turn.set(self.turn.get() + 1);
        if let Some(synthesis) = synthesis() {
            synthesis.cancel();
        }
    }

    fn change_speed(self: &Rc<Self>, event: &Event) {
        let select = target(event).and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let Some(select) =
            select.filter(|select| select.get_attribute("data-action").as_deref() == Some("listen-speed"))
        else {
            return;
        };
        memory::set_speed(&select.value());
        if state().as_deref() == Some("speaking") {
            self.speak();
        }
    }

    /// Reads the sentence at hand, then the next ones.
    fn speak(self: &Rc<Self>) {
        self.fall_silent();
        let (turn, sentences) = (self.turn.get(), self.sentences.borrow());
        let Some((sentence, synthesis)) = sentences.get(self.at.get()).zip(synthesis()) else {
            drop(sentences);
            return self.stop();
        };
        let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(&sentence.said) else { return };
        let voice = voice();
        if let Some(voice) = &voice {
            utterance.set_lang(&voice.lang());
        }
        utterance.set_voice(voice.as_ref());
        utterance.set_rate(memory::speed().parse().map_or(1.0, |percent: u16| f32::from(percent) / 100.0));
        let reading = Rc::clone(self);
        let ended = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            if reading.turn.get() != turn {
                return;
            }
            if event.type_() == "end" {
                reading.at.set(reading.at.get() + 1);
                reading.speak();
            } else {
                reading.stop();
            }
        });
        for kind in ["end", "error"] {
            _ = utterance.add_event_listener_with_callback(kind, ended.as_ref().unchecked_ref());
        }
        mark(Some(&sentence.place));
        keep_in_view(&sentence.place);
        set_state("speaking");
        synthesis.speak(&utterance);
        // The former one may be what has just called: it is let go when it has returned.
        let former = self.utterance.replace(Some((utterance, ended)));
        leptos::task::spawn_local(async move { drop(former) });
    }
}

fn select(controls: &Element) -> Option<HtmlSelectElement> {
    controls.query_selector("select").ok()??.dyn_into().ok()
}

fn state() -> Option<String> {
    element(LISTEN_ID)?.get_attribute("data-state")
}

/// Shows the buttons of a state. A focus on one that is no longer shown moves to the one in its place.
fn set_state(state: &str) {
    let Some(controls) = element(LISTEN_ID) else { return };
    let had_focus = document()
        .active_element()
        .is_some_and(|focused| focused.tag_name() == "BUTTON" && controls.contains(Some(&focused)));
    _ = controls.set_attribute("data-state", state);
    if had_focus {
        let shown = match state {
            "speaking" => ".listen__pause",
            "paused" => ".listen__resume",
            _ => ".listen__start",
        };
        let button = controls.query_selector(shown).ok().flatten();
        if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
            _ = button.focus();
        }
    }
}

/// The sentences of the article that is shown.
fn on_the_page() -> Vec<Sentence> {
    let (language, around_it) = (language(), document().document_element().and_then(|root| root.get_attribute("lang")));
    let is_vietnamese = language.as_deref() == Some("vi");
    // In an article of another language the portal's own words are nothing for the voice that reads it.
    let own_words = around_it.filter(|lang| language.as_ref().is_some_and(|language| !lang.starts_with(language)));
    let own_words = own_words.map(|lang| format!(":lang({lang})"));
    let mut found = Vec::new();
    let mut part: Vec<Text> = Vec::new();
    let mut around: Option<Element> = None;
    for root in elements(&format!("#{MAIN_ID} .article :is({READ})")) {
        let Ok(walker) = document().create_tree_walker_with_what_to_show(&root, TEXTS) else { continue };
        while let Ok(Some(node)) = walker.next_node() {
            let Some(parent) = node.parent_element() else { continue };
            let is_own_word = own_words.as_ref().is_some_and(|own| parent.matches(own) == Ok(true));
            if is_own_word || parent.closest(SILENT).ok().flatten().is_some() {
                continue;
            }
            let own = parent.closest(PARTS).ok().flatten();
            if own != around {
                collect(&part, is_vietnamese, &mut found);
                part.clear();
                around = own;
            }
            part.extend(node.dyn_into::<Text>());
        }
    }
    collect(&part, is_vietnamese, &mut found);
    found
}

/// The sentences of the texts of one part.
fn collect(texts: &[Text], is_vietnamese: bool, found: &mut Vec<Sentence>) {
    let whole: Vec<String> = texts.iter().map(|text| text.data()).collect();
    let joined = whole.concat();
    // A place in the joined text, in bytes, as a node and a place in it, in UTF-16 as the browser counts.
    let place = |at: usize| {
        let mut before = 0;
        for (text, node) in whole.iter().zip(texts) {
            if at <= before + text.len() {
                return Some((node, text[..at - before].encode_utf16().count() as u32));
            }
            before += text.len();
        }
        None
    };
    for range in sentences(&joined) {
        let written = &joined[range.clone()];
        // Voices of other languages know their own numbers and days.
        let said = if is_vietnamese { spoken(written) } else { written.to_owned() };
        let range = place(range.start).zip(place(range.end)).and_then(|((from, start), (to, end))| {
            let range = Range::new().ok()?;
            range.set_start(from, start).ok()?;
            range.set_end(to, end).ok()?;
            Some(range)
        });
        found.extend(range.map(|place| Sentence { place, said }));
    }
}

/// Marks the sentence being read, without touching the text: in browsers that cannot, as a reader would by choosing it.
fn mark(place: Option<&Range>) {
    let get =
        |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).ok().filter(|it| !it.is_undefined());
    let Some(marks) = get(&window(), "CSS").and_then(|css| get(&css, "highlights")) else {
        return choose(place);
    };
    let call = |name: &str, arguments: &js_sys::Array| {
        let function = get(&marks, name).and_then(|function| function.dyn_into::<js_sys::Function>().ok());
        _ = function.map(|function| function.apply(&marks, arguments));
    };
    let Some(place) = place else {
        return call("delete", &js_sys::Array::of1(&MARK.into()));
    };
    let class = get(&window(), "Highlight").and_then(|class| class.dyn_into::<js_sys::Function>().ok());
    let mark = class.and_then(|class| js_sys::Reflect::construct(&class, &js_sys::Array::of1(place)).ok());
    if let Some(mark) = mark {
        call("set", &js_sys::Array::of2(&MARK.into(), &mark));
    }
}

fn choose(place: Option<&Range>) {
    if let Ok(Some(selection)) = window().get_selection() {
        _ = selection.remove_all_ranges();
        _ = place.map(|place| selection.add_range(place));
    }
}

/// Scrolls when the sentence is not wholly in the window. At once: a reader who wants less motion has it so.
fn keep_in_view(place: &Range) {
    let seen = place.get_bounding_client_rect();
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    if seen.top() < 0.0 || seen.bottom() > height {
        window().scroll_by_with_x_and_y(0.0, seen.top() - height / 4.0);
    }
}
