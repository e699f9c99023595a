//! One try at an answer.

use crate::failure::Failure;
use gloo_net::http::{Request, Response};
use js_sys::{Reflect, Uint8Array};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, ReadableStreamDefaultReader, RequestCache};

/// How large an answer may be, in bytes: well above any real document, well below what a cheap phone chokes on.
const MAX_BYTES: usize = 16 * 1024 * 1024;
/// What every page of the portal says in its head, and no other page does.
const OWN: &[u8] = b"\"portal-api\"";
/// With this header the service worker (tools/build/offline.js) tells when what it answers with was saved, in milliseconds since 1970.
const SAVED: &str = "x-portal-saved";

/// In milliseconds.
const DAY: f64 = 86_400_000.0;

thread_local! {
    /// How much has to be added to the clock of the device, in milliseconds; 0 where it is right or nobody knows.
    pub static CLOCK_ERROR: Cell<f64> = const { Cell::new(0.0) };
}

/// An answer.
#[derive(Clone)]
pub struct Answer {
    /// Its text.
    pub text: Rc<str>,
    /// When it was saved, if it comes from the device.
    pub saved_at: Option<f64>,
}

/// Why there is none, and how long the server wishes to be left alone, in milliseconds.
pub struct Broken {
    /// The failure.
    pub failure: Failure,
    /// The server's wish.
    pub wished: Option<u32>,
}

impl From<Failure> for Broken {
    fn from(failure: Failure) -> Self {
        Self { failure, wished: None }
    }
}

/// Asks once.
///
/// # Errors
/// Every way in which a request can fail.
pub async fn ask(url: &str, signal: Option<&AbortSignal>, cache: RequestCache) -> Result<Answer, Broken> {
    let request = Request::get(url).abort_signal(signal).cache(cache);
    let response = request.header("Accept", "application/json").send().await.map_err(|_| lost())?;
    let wished = wished(&response);
    // What the browser may have kept for weeks, and what the service worker saved, tells another time.
    if cache != RequestCache::Default
        && header(&response, SAVED).is_none()
        && let Some(now) = time_of(&response)
    {
        let error = now - js_sys::Date::now();
        CLOCK_ERROR.set(if error.abs() > DAY { error } else { 0.0 });
    }
    accept(&response).map_err(|failure| Broken { failure, wished })?;
    let text = String::from_utf8(read(&response).await?).map_err(|_| Failure::Malformed)?;
    if response.headers().get("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
        // Development servers and some hosts answer a missing file with a page of the portal and status 200. So do networks
        // with their login page, which says nothing of the document.
        return Err(Broken::from(if is_own(&text) { Failure::Missing } else { Failure::Malformed }));
    }
    Ok(Answer { text: text.into(), saved_at: header(&response, SAVED).map(|at| at as f64) })
}

/// Is this page one of the portal? Compared byte by byte: searching a text for another weighs more.
fn is_own(page: &str) -> bool {
    page.as_bytes().windows(OWN.len()).any(|part| part == OWN)
}

/// No connection, or no more.
fn lost() -> Failure {
    if super::is_offline() { Failure::Offline } else { Failure::Unreachable }
}

/// The number in a header.
fn header(response: &Response, name: &str) -> Option<u64> {
    response.headers().get(name)?.parse().ok()
}

/// How long the server wishes to be left alone, in milliseconds: it says so in seconds, or by a date, which is read by its
/// own clock where it tells that.
fn wished(response: &Response) -> Option<u32> {
    let after = response.headers().get("retry-after")?;
    let until = || js_sys::Date::parse(&after) - time_of(response).unwrap_or_else(js_sys::Date::now);
    let wished = after.parse::<u32>().map_or_else(|_| until(), |seconds| f64::from(seconds) * 1000.0);
    // A date that is none is no number; one that is over is no wish.
    (!wished.is_nan()).then_some(wished as u32)
}

/// The time on the server's clock, where it tells that.
fn time_of(response: &Response) -> Option<f64> {
    let told = response.headers().get("date").map(|date| js_sys::Date::parse(&date));
    told.filter(|now| !now.is_nan())
}

/// What the status and headers of an answer tell.
fn accept(response: &Response) -> Result<(), Failure> {
    match response.status() {
        200..=299 => {}
        404 => return Err(Failure::Missing),
        410 => return Err(Failure::Gone),
        status => return Err(Failure::Status(status)),
    }
    if header(response, "content-length").is_some_and(|length| length > MAX_BYTES as u64) {
        return Err(Failure::TooLarge);
    }
    Ok(())
}

/// The bytes of an answer, counted as they come: one that is packed or of unknown length may be larger than it says.
async fn read(response: &Response) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let Some(body) = response.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(|_| lost())?;
        let field = |name: &str| Reflect::get(&piece, &name.into()).unwrap_or(JsValue::UNDEFINED);
        if field("done").is_truthy() {
            return Ok(bytes);
        }
        let piece: Uint8Array = field("value").unchecked_into();
        let before = bytes.len();
        if before + piece.length() as usize > MAX_BYTES {
            // What is not read is not sent any further.
            _ = reader.cancel();
            return Err(Failure::TooLarge);
        }
        bytes.resize(before + piece.length() as usize, 0);
        piece.copy_to(&mut bytes[before..]);
    }
}
