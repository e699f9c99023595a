//! The search worker: a program of its own, so that typing never waits for a search, started when it is first needed.

use crate::browser::network::Requests;
use crate::failure::Failure;
use crate::routes::Query;
use gloo_timers::callback::Timeout;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

/// How long an answer may take, in milliseconds. The first one waits for the worker and parts of the index.
const DEADLINE: u32 = 30_000;
/// The script that starts the worker, below the base path.
const LOADER: &str = "search_loader.js";
/// The folder of the index, below the base path.
const FOLDER: &str = "search/";

/// The worker and who waits for its answers.
pub struct Worker {
    base: String,
    api: String,
    running: RefCell<Option<web_sys::Worker>>,
    /// What is to be sent once the worker is ready; before that it would hear nothing.
    unsent: RefCell<Option<Vec<Object>>>,
    asked: Cell<u32>,
    waiting: RefCell<Vec<Waiting>>,
}

/// Somebody who waits for an answer.
struct Waiting {
    id: u32,
    answer: Function,
    _deadline: Timeout,
}

impl Waiting {
    fn give(&self, answer: &JsValue) {
        // Resolving a promise runs nothing at once, and cannot fail.
        _ = self.answer.call1(&JsValue::NULL, answer);
    }
}

impl Worker {
    /// The worker of a portal under this base path, with its API at this address; it does not run yet.
    pub fn new(base: &str, api: &str) -> Rc<Self> {
        Rc::new(Self {
            base: base.to_owned(),
            api: api.to_owned(),
            running: RefCell::default(),
            unsent: RefCell::default(),
            asked: Cell::default(),
            waiting: RefCell::default(),
        })
    }

    /// Has it ready for the first question: started, and the index open.
    pub fn wake(self: &Rc<Self>) {
        if self.running.borrow().is_none() && self.start().is_some() {
            // Nobody waits for the answer to nothing.
            self.send(&Query::default(), true, 0);
        }
    }

    /// The address of its script, which a published portal names by its hash.
    fn script(&self) -> String {
        let named = Reflect::get(&window(), &"portalSearch".into()).ok().and_then(|url| url.as_string());
        named.unwrap_or_else(|| format!("{}{LOADER}", self.base))
    }

    /// Starts it, unless it runs.
    fn start(self: &Rc<Self>) -> Option<web_sys::Worker> {
        if let Some(running) = self.running.borrow().as_ref() {
            return Some(running.clone());
        }
        let worker = web_sys::Worker::new(&self.script()).ok()?;
        let own = Rc::clone(self);
        worker.set_onmessage(Some(&listener(move |event| {
            let answer = get(&event, "data");
            if get(&answer, "ready").is_truthy() {
                own.unsent.take().into_iter().flatten().for_each(|message| own.post(&message));
            } else if let Some(id) = get(&answer, "id").as_f64() {
                // It comes back as it was sent.
                own.settle(id as u32, &answer);
            }
        })));
        let own = Rc::clone(self);
        worker.set_onerror(Some(&listener(move |event| {
            event.prevent_default();
            own.end(&JsValue::NULL);
        })));
        *self.unsent.borrow_mut() = Some(Vec::new());
        *self.running.borrow_mut() = Some(worker.clone());
        Some(worker)
    }

    /// Asks for the results document of a query. `titles`: without extracts.
    ///
    /// # Errors
    /// What the worker reports, or why it does not run.
    pub async fn ask(self: &Rc<Self>, query: &Query, titles: bool) -> Result<String, Failure> {
        let answer = self.question(query, titles).ok_or(Failure::Unsupported)?;
        let answer = JsFuture::from(answer).await.unwrap_or(JsValue::NULL);
        match get(&answer, "results").as_string() {
            Some(results) => Ok(results),
            None if answer.is_null() => Err(self.why_broken().await),
            None => Err(failure(&answer)),
        }
    }

    /// Why the worker broke off. After another build its script may be there for the browser alone, which keeps it.
    async fn why_broken(&self) -> Failure {
        match Requests::new(&Rc::from("")).past_the_cache().get(&self.script()).await {
            Ok(_) => Failure::Unsupported,
            // A page in place of a script says so, too, whoever's it is.
            Err(Failure::Missing | Failure::Gone | Failure::Malformed) => Failure::Outdated,
            Err(failure) => failure,
        }
    }

    fn question(self: &Rc<Self>, query: &Query, titles: bool) -> Option<Promise> {
        self.start()?;
        let id = self.asked.get() + 1;
        self.asked.set(id);
        self.send(query, titles, id);
        Some(Promise::new(&mut |answer, _| {
            let own = Rc::clone(self);
            let deadline = Timeout::new(DEADLINE, move || own.end(&"timeout".into()));
            self.waiting.borrow_mut().push(Waiting { id, answer, _deadline: deadline });
        }))
    }

    /// Sends a question, at once or when the worker is ready.
    fn send(&self, query: &Query, titles: bool, id: u32) {
        let message = Object::new();
        // Setting a field of a plain object cannot fail.
        let set = |name: &str, value: JsValue| _ = Reflect::set(&message, &name.into(), &value);
        set("id", id.into());
        set("query", query.text.as_str().into());
        set("section", query.section.as_ref().map_or(JsValue::NULL, |section| section.as_str().into()));
        set("year", query.year.map_or(JsValue::NULL, |year| u32::from(year).into()));
        set("page", query.page.into());
        set("titles", titles.into());
        set("folder", format!("{}{FOLDER}", self.base).into());
        set("api", self.api.as_str().into());
        match self.unsent.borrow_mut().as_mut() {
            Some(unsent) => unsent.push(message),
            None => self.post(&message),
        }
    }

    fn post(&self, message: &Object) {
        if let Some(worker) = self.running.borrow().as_ref() {
            // Plain values can be sent.
            _ = worker.post_message(message);
        }
    }

    /// Hands an answer to who waits for it.
    fn settle(&self, id: u32, answer: &JsValue) {
        self.waiting.borrow_mut().retain(|waiting| {
            if waiting.id == id {
                waiting.give(answer);
            }
            waiting.id != id
        });
    }

    /// Ends the worker, which broke off or hangs, with this answer to all who wait; another try starts another one.
    fn end(&self, answer: &JsValue) {
        if let Some(worker) = self.running.take() {
            worker.terminate();
        }
        self.waiting.take().iter().for_each(|waiting| waiting.give(answer));
    }
}

/// A function for the worker to call, as long-lived as the page: a worker is seldom started twice.
fn listener(act: impl Fn(Event) + 'static) -> Function {
    // Of the one type of closure that all listeners of the program have: each type weighs half a kilobyte.
    Closure::<dyn FnMut(Event)>::new(act).into_js_value().unchecked_into()
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::NULL)
}

/// Why there are no results.
fn failure(answer: &JsValue) -> Failure {
    let reason = answer.as_string().or_else(|| get(answer, "failure").as_string()).unwrap_or_default();
    match reason.as_str() {
        "missing" => Failure::Outdated,
        "unreachable" if window().navigator().on_line() => Failure::Unreachable,
        "unreachable" => Failure::Offline,
        "damaged" => Failure::Invalid(FOLDER.to_owned(), Vec::new()),
        "timeout" => Failure::Timeout,
        _ => Failure::Unsupported,
    }
}
