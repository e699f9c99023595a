//! The search in the browser: a program of its own in a worker, so that the page stays light and typing never stutters.
//!
//! It says `{ ready: true }` once, since a worker hears nothing before; then each message asks for one search and is
//! answered by one:
//!
//! | message | is |
//! | --- | --- |
//! | asks | `{ id, query, section, year, page, titles, folder, api }`: the words, what to keep to (or null), the page from 0, whether only titles are shown, the addresses of the index and of the API |
//! | answers | `{ id, results }`: the text of a results document; or `{ id, failure }`: missing, unreachable, damaged or unsupported |
//!
//! May use: `search`, `calendar`, `failure`. Must not know about the document, which a worker does not have.

use crate::calendar::Timestamp;
use crate::failure;
use crate::search::engine::{self, Found, Query};
use crate::search::extract::Run;
use crate::search::format::ENTRY;
use crate::search::index::{Failure, Files, Index};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, JSON, JsString, Object, Promise, Reflect, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{
    AbortSignal, DedicatedWorkerGlobalScope, MessageEvent, ReadableStream, ReadableStreamDefaultReader,
    ReadableWritablePair, RequestCache, RequestInit, Response,
};

/// How long an answer may take, in milliseconds.
const DEADLINE: u32 = 30_000;
/// A document that is larger, in bytes, is not read any further for an extract.
const LARGEST: usize = 4 * 1024 * 1024;
/// A file of the index that is larger, in bytes, packed or unpacked, is none.
const LARGEST_FILE: usize = 16 * 1024 * 1024;
/// As deep as documents may be (`contract::decode`); what lies deeper is not searched for an extract.
const DEEPEST: u32 = 2 * 40;
/// So many files and texts of articles at most are kept in memory; the oldest go first.
const MOST_KEPT: usize = 400;

thread_local! {
    static KEPT: RefCell<Rc<Kept>> = RefCell::default();
}

#[wasm_bindgen]
extern "C" {
    /// The browser's own unpacking, which web-sys does not have yet.
    /// Source: <https://compression.spec.whatwg.org/#decompression-stream>
    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

/// Begins to listen.
pub fn start() {
    let scope = scope();
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| spawn_local(answer(event.data())));
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    listener.forget();
    send(&[("ready", JsValue::TRUE)]);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A plain object takes all fields.
        _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

fn array(items: impl Iterator<Item = JsValue>) -> JsValue {
    items.collect::<Array>().into()
}

fn send(fields: &[(&str, JsValue)]) {
    // Plain values can be sent.
    _ = scope().post_message(&object(fields));
}

/// Answers a message.
async fn answer(message: JsValue) {
    let field = |name: &str| Reflect::get(&message, &name.into()).unwrap_or_default();
    let text = |name: &str| field(name).as_string();
    let number = |name: &str| field(name).as_f64();
    let query = text("query").unwrap_or_default();
    let section = text("section");
    let query = Query {
        text: &query,
        section: section.as_deref(),
        year: number("year").map(|year| year as u16),
        page: number("page").unwrap_or_default() as usize,
        titles: field("titles").is_truthy(),
    };
    let (folder, api) = (text("folder").unwrap_or_default(), text("api").unwrap_or_default());
    let outcome = if Reflect::has(&js_sys::global(), &"DecompressionStream".into()) == Ok(true) {
        let kept = &KEPT.with_borrow(Rc::clone);
        let files = Fetched { folder: &folder, api: &api, kept, anew: false };
        match search(&query, &files).await {
            // The portal was published anew, perhaps, and the new entry names other files; or one came broken.
            Err(Failure::Missing(_) | Failure::Foreign | Failure::Damaged(_)) => {
                let kept = &other_than(kept);
                search(&query, &Fetched { kept, anew: true, ..files }).await
            }
            outcome => outcome,
        }
        .map_err(|failure| match failure {
            // A portal without an index, as `trunk serve` shows it.
            Failure::Missing(name) if name == ENTRY => "unsupported",
            Failure::Missing(_) | Failure::Foreign => "missing",
            Failure::Unreachable => "unreachable",
            Failure::Damaged(_) => "damaged",
        })
    } else {
        Err("unsupported")
    };
    match outcome {
        Ok(found) => send(&[("id", field("id")), ("results", results(&found))]),
        Err(failure) => send(&[("id", field("id")), ("failure", failure.into())]),
    }
}

/// Lets go of what led to a failure. Of searches that fail together the first begins anew, and the others join it.
fn other_than(kept: &Rc<Kept>) -> Rc<Kept> {
    KEPT.with_borrow_mut(|now| {
        if Rc::ptr_eq(now, kept) {
            *now = Rc::default();
        }
        Rc::clone(now)
    })
}

async fn search(query: &Query<'_>, files: &Fetched<'_>) -> Result<Found, Failure> {
    let known = files.kept.open.borrow().as_ref().filter(|open| open.0 == files.folder).map(|open| Rc::clone(&open.1));
    let index = match known {
        Some(index) => index,
        None => {
            let index = Rc::new(Index::open(files).await?);
            files.kept.open.replace(Some((files.folder.to_owned(), Rc::clone(&index))));
            index
        }
    };
    engine::search(&index, files, query).await
}

/// Files of the published portal.
struct Fetched<'a> {
    folder: &'a str,
    api: &'a str,
    kept: &'a Rc<Kept>,
    /// Past what the browser keeps?
    anew: bool,
}

impl Files for Fetched<'_> {
    /// A part that gets lost on its way, or that the server fails to send, is asked for again: a query needs all of them.
    async fn file(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let mut tries = 1;
        loop {
            let answer = self.ask(name).await;
            let Err(Failure::Unreachable) = answer else { return answer };
            // Parts that were lost together do not come back together.
            let pause = failure::Failure::Unreachable.pause(tries, None, js_sys::Math::random());
            let Some(pause) = pause else { return answer };
            TimeoutFuture::new(pause).await;
            tries += 1;
        }
    }

    async fn article(&self, section: &str, slug: &str) -> Option<String> {
        let name = if section.is_empty() { format!("pages/{slug}") } else { format!("articles/{section}/{slug}") };
        for base in self.api.split(' ') {
            let cache = self.cache(false);
            let make = |address| async move { Ok(document(address, cache).await?.into()) };
            if let Ok(text) = self.kept.made::<JsString, _>(&format!("{base}{name}.json"), make).await {
                return Some(text.into());
            }
        }
        None
    }
}

impl Fetched<'_> {
    /// How the browser's cache is used for what may change under its address, or may not.
    fn cache(&self, may_change: bool) -> RequestCache {
        match self.anew {
            true => RequestCache::Reload,
            false if may_change => RequestCache::NoCache,
            false => RequestCache::Default,
        }
    }

    async fn ask(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let address = format!("{}{name}", self.folder);
        let is_entry = name == ENTRY;
        if is_entry {
            // It alone says what is new.
            self.kept.forget(&address);
        }
        let cache = self.cache(is_entry);
        let make = |address| async move { Ok(Uint8Array::from(&*index_file(address, cache).await?).into()) };
        self.kept.made::<Uint8Array, _>(&address, make).await.map(|bytes| bytes.to_vec()).map_err(|why| match why {
            Lost::Missing => Failure::Missing(name.to_owned()),
            Lost::Unreachable => Failure::Unreachable,
            Lost::Damaged => Failure::Damaged(name.to_owned()),
        })
    }
}

/// Why nothing was made of an address. A number, as which a promise carries it.
#[derive(Clone, Copy)]
enum Lost {
    Missing,
    Unreachable,
    Damaged,
}

impl Lost {
    fn of(number: &JsValue) -> Self {
        let all = [Self::Missing, Self::Unreachable, Self::Damaged];
        all.into_iter().find(|own| number.as_f64() == Some(*own as u8 as f64)).unwrap_or(Self::Unreachable)
    }
}

/// What searches keep for those after them.
#[derive(Default)]
struct Kept {
    /// The index that is open, and its folder.
    open: RefCell<Option<(String, Rc<Index>)>>,
    /// What was fetched, or is being fetched, by address: the unpacked bytes of a file, the text of an article.
    fetched: RefCell<Vec<(String, Promise)>>,
}

impl Kept {
    /// What is made of an address: fetched, read and unpacked once, however many ask for it, and kept. What failed is not,
    /// but for what would be no better another time.
    async fn made<T: JsCast, Made>(self: &Rc<Self>, address: &str, make: impl FnOnce(String) -> Made) -> Result<T, Lost>
    where
        Made: Future<Output = Result<JsValue, Lost>> + 'static,
    {
        let known = self.fetched.borrow().iter().find(|(own, _)| own == address).map(|it| it.1.clone());
        let promise = known.unwrap_or_else(|| {
            let (kept, own) = (Rc::clone(self), address.to_owned());
            let made = make(own.clone());
            let promise = future_to_promise(async move {
                let made = made.await;
                if matches!(made, Err(Lost::Missing | Lost::Unreachable)) {
                    kept.forget(&own);
                }
                made.map_err(|why| JsValue::from(why as u8))
            });
            let mut fetched = self.fetched.borrow_mut();
            if fetched.len() >= MOST_KEPT {
                _ = fetched.remove(0);
            }
            fetched.push((address.to_owned(), promise.clone()));
            promise
        });
        JsFuture::from(promise).await.map(JsCast::unchecked_into).map_err(|number| Lost::of(&number))
    }

    fn forget(&self, address: &str) {
        self.fetched.borrow_mut().retain(|(own, _)| own != address);
    }
}

/// A file of the index, unpacked.
async fn index_file(address: String, cache: RequestCache) -> Result<Vec<u8>, Lost> {
    let response = fetch(&address, cache).await?;
    if !response.ok() {
        return Err(if matches!(response.status(), 404 | 410) { Lost::Missing } else { Lost::Unreachable });
    }
    // Development servers answer a missing file with a page.
    if response.headers().get("content-type").ok().flatten().is_some_and(|kind| kind.starts_with("text/html")) {
        return Err(Lost::Missing);
    }
    let packed = read(response.body(), LARGEST_FILE).await?;
    // Packed bytes are unpacked by the browser.
    let unpacker = DecompressionStream::new("deflate").map_err(|_| Lost::Damaged)?;
    let packed = Response::new_with_opt_buffer_source(Some(&Uint8Array::from(&*packed))).map_err(|_| Lost::Damaged)?;
    let stream = packed.body().map(|body| body.pipe_through(unpacker.unchecked_ref::<ReadableWritablePair>()));
    read(stream, LARGEST_FILE).await.map_err(|_| Lost::Damaged)
}

/// The bytes of a stream, counted as they come: what is packed on its way does not say how much it will be.
async fn read(stream: Option<ReadableStream>, most: usize) -> Result<Vec<u8>, Lost> {
    let mut bytes = Vec::new();
    let Some(stream) = stream else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(|_| Lost::Unreachable)?;
        let Ok(piece) = Reflect::get(&piece, &"value".into()).and_then(JsCast::dyn_into::<Uint8Array>) else {
            return Ok(bytes);
        };
        if bytes.len() + piece.length() as usize > most {
            // What is not read is not sent any further.
            _ = reader.cancel();
            return Err(Lost::Damaged);
        }
        bytes.extend(piece.to_vec());
    }
}

/// What a document says besides title, lead and tags, which are in the index.
async fn document(address: String, cache: RequestCache) -> Result<String, Lost> {
    let response = fetch(&address, cache).await?;
    if !response.ok() {
        return Err(Lost::Unreachable);
    }
    let text = String::from_utf8(read(response.body(), LARGEST).await?).map_err(|_| Lost::Damaged)?;
    let document = JSON::parse(&text).map_err(|_| Lost::Damaged)?;
    let mut all = String::new();
    for name in ["picture", "body", "attachments"] {
        texts(&Reflect::get(&document, &name.into()).unwrap_or_default(), None, &mut all, 0);
    }
    Ok(all)
}

/// All that is said in a part of a document and is searched (`tools::index::texts`), a line each. What stands in so many
/// `lists` one within the other is a text, be it one string or spans.
fn texts(value: &JsValue, lists: Option<u32>, all: &mut String, depth: u32) {
    let is_list = Array::is_array(value);
    if lists == Some(0) && (is_list || value.is_string()) {
        let before = all.len();
        spans(value, all, depth);
        if all.len() > before {
            all.push('\n');
        }
    } else if let Some(object) = value.dyn_ref::<Object>().filter(|_| depth < DEEPEST) {
        for field in Object::entries(object).iter().map(JsCast::unchecked_into::<Array>) {
            let below = if is_list { lists.map(|lists| lists - 1) } else { lists_of(&field.get(0)) };
            texts(&field.get(1), below, all, depth + 1);
        }
    }
}

/// In how many lists the texts of a field stand; `None` if it is no field of texts.
fn lists_of(name: &JsValue) -> Option<u32> {
    match name.as_string()?.as_str() {
        "text" | "caption" | "title" | "name" => Some(0),
        "items" => Some(1),
        "rows" => Some(2),
        _ => None,
    }
}

fn spans(value: &JsValue, all: &mut String, depth: u32) {
    if let Some(text) = value.as_string() {
        all.push_str(&text);
    } else if let Some(object) = value.dyn_ref::<Object>().filter(|_| depth < DEEPEST) {
        // The items of a list, or the text of a span.
        let is_span = !Array::is_array(value);
        for field in Object::entries(object).iter().map(JsCast::unchecked_into::<Array>) {
            if !is_span || field.get(0) == "text" {
                spans(&field.get(1), all, depth + 1);
            }
        }
    }
}

async fn fetch(address: &str, cache: RequestCache) -> Result<Response, Lost> {
    let options = RequestInit::new();
    options.set_signal(Some(&AbortSignal::timeout_with_u32(DEADLINE)));
    options.set_cache(cache);
    let response = JsFuture::from(scope().fetch_with_str_and_init(address, &options)).await;
    response.map(JsCast::unchecked_into).map_err(|_| Lost::Unreachable)
}

/// The text of the results document. The browser writes it, as it reads the articles: that costs no bytes.
fn results(found: &Found) -> JsValue {
    let text = |text: &str| JsValue::from(text);
    let number = |number: usize| JsValue::from(number as f64);
    let runs =
        |runs: &[Run]| array(runs.iter().map(|run| object(&[("text", text(&run.text)), ("found", run.found.into())])));
    let hits = found.hits.iter().map(|hit| {
        let published = hit.published.map(|at| text(&Timestamp::from_unix_seconds(at).to_string()));
        object(&[
            ("section", hit.section.as_deref().map_or(JsValue::NULL, text)),
            ("slug", text(&hit.slug)),
            ("language", hit.language.as_deref().map_or(JsValue::NULL, text)),
            ("title", runs(&hit.title)),
            ("published_at", published.unwrap_or(JsValue::NULL)),
            ("extract", runs(&hit.extract)),
        ])
    });
    let section = |(slug, count): &(String, usize)| object(&[("section", text(slug)), ("count", number(*count))]);
    let year = |(year, count): &(u16, usize)| object(&[("year", number((*year).into())), ("count", number(*count))]);
    let mut fields = vec![
        ("total", number(found.total)),
        ("results", array(hits)),
        ("sections", array(found.sections.iter().map(section))),
        ("years", array(found.years.iter().map(year))),
    ];
    fields.extend(found.suggestion.as_ref().map(|suggestion| ("suggestion", text(suggestion))));
    JSON::stringify(&object(&fields)).unwrap_or_default().into()
}
