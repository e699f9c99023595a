//! A server that behaves like a static CDN, and can be told to answer some addresses slowly, wrongly or not at all.

use super::faults::{self, Chance, KINDS, PLACES};
use super::line::{Exchange, Scissors};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
use axum::response::Response;
use portal::tools::publish::hosting::is_hashed;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How an address is answered instead of with its file.
#[derive(Clone, Debug)]
pub enum Answer {
    /// With its file, after this many milliseconds.
    Late(u64),
    /// With this status and an empty body.
    Status(u16),
    /// With this text, as JSON.
    Json(String),
    /// The same, after this many milliseconds.
    LateJson(u64, String),
    /// The same, to pages of other origins too.
    Shared(String),
    /// With this text, as a page, and status 200: what hosts with a fallback do for missing files.
    Page(String),
    /// With these pieces of a page, a third of a second between them.
    Pieces(Vec<String>),
    /// With this text, as a script.
    Script(&'static str),
    /// With this status, and the wish to be asked again after so many seconds.
    Busy(u16, u32),
    /// The same, but the wish is a date.
    BusyUntil(u16, i64),
    /// With so many spaces in pieces, whose number is not told before.
    Endless(usize),
    /// With the beginning of a document; then the connection breaks.
    Torn,
    /// With a byte a second.
    Dripping,
    /// With this text, of which more was promised.
    Short(String),
    /// With this text the first time that it is asked for, then with its file.
    Broken(&'static str),
    /// Never.
    Never,
    /// With a connection that breaks off.
    Refused,
}

/// Collects what goes wrong on a page where the test can read it: errors on the console, uncaught ones, broken policy; and
/// apart from them the last warnings, which are no fault of the page.
const WATCH: &str = r#"
(() => {
  const keep = (list, most, text) => {
    const kept = JSON.parse(sessionStorage.getItem(list) || "[]");
    kept.push(text);
    sessionStorage.setItem(list, JSON.stringify(kept.slice(-most)));
  };
  const record = (kind, text) => keep("watched", 1000, kind + ": " + text);
  const { error, warn } = console;
  console.error = (...parts) => { record("console", parts.join(" ")); error(...parts); };
  console.warn = (...parts) => {
    // A warning that cannot be kept must not become an error.
    try { keep("warned", 50, parts.join(" ").slice(0, 2000)); } catch {}
    warn(...parts);
  };
  // What a later listener keeps from the console is no error of the page.
  const unless_kept = (event, tell) => setTimeout(() => { if (!event.defaultPrevented) tell(); });
  addEventListener("error", (event) => { if (event.message) unless_kept(event, () => record("uncaught", event.message)); });
  addEventListener("unhandledrejection", (event) => unless_kept(event, () => record("rejected", String(event.reason))));
  document.addEventListener("securitypolicyviolation", (event) => record("policy", event.violatedDirective + " " + event.blockedURI));
})();
"#;

/// The search worker of a build without one.
const FINDS_NOTHING: &str = r#"
  onmessage = ({ data }) => postMessage({ id: data.id, results: '{"total":0,"results":[]}' });
  postMessage({ ready: true });
"#;

/// Failing at random.
#[derive(Clone, Copy)]
struct Chaos {
    chance: Chance,
    /// How often it has failed, by kind.
    faults: [u64; KINDS.len()],
    /// The same by what has failed.
    places: [u64; PLACES.len()],
}

#[derive(Clone)]
struct Shared {
    root: PathBuf,
    /// With how often they are given.
    answers: Arc<Mutex<HashMap<String, (Answer, usize)>>>,
    asked: Arc<Mutex<Vec<String>>>,
    /// What was sent along, of requests that send something.
    told: Arc<Mutex<Vec<String>>>,
    /// By what else those requests would tell readers apart, or what they read.
    traits: Arc<Mutex<Vec<String>>>,
    /// Addresses whose answer nobody waited for any more.
    abandoned: Arc<Mutex<Vec<String>>>,
    is_down: Arc<AtomicBool>,
    /// How many bytes of endless answers were asked for.
    sent: Arc<AtomicUsize>,
    /// Documents that a browser had and that were the same still.
    unchanged: Arc<Mutex<Vec<String>>>,
    /// Once it fails at random.
    chaos: Arc<Mutex<Option<Chaos>>>,
    /// Files that are not there: pages and documents of the API may be missing, what a page is made of may not.
    missing: Arc<Mutex<Vec<String>>>,
    /// Runs before any other script of a page.
    first: Arc<Mutex<String>>,
}

/// A running server; it stops when dropped.
pub struct Server {
    pub origin: String,
    shared: Shared,
    network: Scissors,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Serves a folder on a port of the system's choice.
    pub async fn start(root: &Path) -> Self {
        assert!(root.join("index.html").is_file(), "{} has no index.html: run `make build` first", root.display());
        let shared = Shared {
            root: root.to_owned(),
            answers: Arc::default(),
            asked: Arc::default(),
            told: Arc::default(),
            traits: Arc::default(),
            abandoned: Arc::default(),
            is_down: Arc::default(),
            sent: Arc::default(),
            unchanged: Arc::default(),
            chaos: Arc::default(),
            missing: Arc::default(),
            first: Arc::default(),
        };
        let router = Router::new().fallback(serve).with_state(shared.clone());
        let service = router.into_make_service_with_connect_info::<Scissors>();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("a bound socket has an address"));
        let network = Scissors::default();
        let exchange = Exchange { listener, all: network.clone() };
        let task = tokio::spawn(async move { axum::serve(exchange, service).await.expect("the server runs") });
        Self { origin, shared, network, task }
    }

    /// Cuts all connections, those to come as well, or mends the network.
    pub fn cut(&self, cut: bool) {
        self.network.cut(cut);
    }

    /// From now on runs a script on each page before any other.
    pub fn run_first(&self, script: &str) {
        let mut first = self.shared.first.lock().expect("not poisoned");
        first.push_str(&format!("{{ {script} }}\n"));
    }

    /// From now on answers an address (path without query) so.
    pub fn answer(&self, path: &str, answer: Answer) {
        self.answer_times(usize::MAX, path, answer);
    }

    /// The next so many times answers an address so, then with its file again.
    pub fn answer_times(&self, times: usize, path: &str, answer: Answer) {
        self.shared.answers.lock().expect("not poisoned").insert(path.to_owned(), (answer, times));
    }

    /// From now on breaks every connection, as if it were not there; or not any more.
    pub fn go_down(&self, is_down: bool) {
        self.shared.is_down.store(is_down, Ordering::Relaxed);
    }

    /// From now on answers every second document of the API, and some of the pictures and of the search index, in one of the
    /// ways in which servers fail.
    pub fn fail_at_random(&self, seed: u64) {
        *self.shared.chaos.lock().expect("not poisoned") =
            Some(Chaos { chance: Chance(seed), faults: [0; KINDS.len()], places: [0; PLACES.len()] });
    }

    /// How often it has failed at random, by kind and by what has failed.
    pub fn faults(&self) -> ([u64; KINDS.len()], [u64; PLACES.len()]) {
        let chaos = *self.shared.chaos.lock().expect("not poisoned");
        chaos.map_or(([0; KINDS.len()], [0; PLACES.len()]), |chaos| (chaos.faults, chaos.places))
    }

    /// What was sent along with requests.
    pub fn told(&self) -> Vec<String> {
        self.shared.told.lock().expect("not poisoned").clone()
    }

    /// Cookies and addresses of pages that came with what was sent along.
    pub fn traits(&self) -> Vec<String> {
        self.shared.traits.lock().expect("not poisoned").clone()
    }

    /// How many bytes of endless answers were asked for.
    pub fn sent(&self) -> usize {
        self.shared.sent.load(Ordering::Relaxed)
    }

    /// How often somebody was told that what they have of an address is still the same.
    pub fn told_unchanged(&self, path: &str) -> usize {
        self.shared.unchanged.lock().expect("not poisoned").iter().filter(|own| *own == path).count()
    }

    /// Did somebody stop to wait for this address?
    pub fn is_abandoned(&self, path: &str) -> bool {
        self.shared.abandoned.lock().expect("not poisoned").iter().any(|own| own == path)
    }

    /// From now on answers an address with its file again.
    pub fn answer_truly(&self, path: &str) {
        self.shared.answers.lock().expect("not poisoned").remove(path);
    }

    /// How often an address was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.shared.asked.lock().expect("not poisoned").iter().filter(|asked| *asked == path).count()
    }

    /// The addresses asked for, in order.
    pub fn all_asked(&self) -> Vec<String> {
        self.shared.asked.lock().expect("not poisoned").clone()
    }

    /// The files that were asked for and are not there.
    pub fn missing(&self) -> Vec<String> {
        self.shared.missing.lock().expect("not poisoned").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[expect(clippy::too_many_lines, reason = "each way of answering in its turn")]
async fn serve(
    State(shared): State<Shared>,
    ConnectInfo(connection): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let path = request.uri().path().to_owned();
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    if shared.is_down.load(Ordering::Relaxed) {
        // Ends the connection without an answer, and without a panic being told.
        std::panic::resume_unwind(Box::new(()));
    }
    if path == "/__watch.js" {
        let first = shared.first.lock().expect("not poisoned").clone();
        return respond(StatusCode::OK, "text/javascript", format!("{WATCH}{first}").into());
    }
    shared.asked.lock().expect("not poisoned").push(path.clone());
    if request.method() == "POST" {
        let traits = [header::COOKIE, header::REFERER].into_iter().filter_map(|name| request.headers().get(name));
        let traits = traits.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        shared.traits.lock().expect("not poisoned").extend(traits);
        let body = axum::body::to_bytes(request.into_body(), 10_000).await.expect("a short text");
        shared.told.lock().expect("not poisoned").push(String::from_utf8_lossy(&body).into_owned());
        return respond(StatusCode::NO_CONTENT, "text/plain", Vec::new());
    }
    match shared.fault(&path).or_else(|| shared.next_answer(&path)) {
        Some(Answer::Late(milliseconds)) => tokio::time::sleep(Duration::from_millis(milliseconds)).await,
        Some(Answer::Status(status)) => {
            return respond(StatusCode::from_u16(status).expect("a valid status"), "text/plain", Vec::new());
        }
        Some(Answer::Json(text)) => return respond(StatusCode::OK, "application/json", text.into()),
        Some(Answer::Shared(text)) => {
            let mut answer = respond(StatusCode::OK, "application/json", text.into());
            let everybody = header::HeaderValue::from_static("*");
            answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, everybody);
            return answer;
        }
        Some(Answer::LateJson(milliseconds, text)) => {
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            return respond(StatusCode::OK, "application/json", text.into());
        }
        Some(Answer::Page(text)) => return respond(StatusCode::OK, "text/html; charset=utf-8", text.into()),
        Some(Answer::Script(text)) => return respond(StatusCode::OK, "text/javascript", text.into()),
        Some(Answer::Busy(status, seconds)) => {
            let mut answer = respond(StatusCode::from_u16(status).expect("a valid status"), "text/plain", Vec::new());
            answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            return answer;
        }
        Some(Answer::BusyUntil(status, seconds)) => {
            let mut answer = respond(StatusCode::from_u16(status).expect("a valid status"), "text/plain", Vec::new());
            let until = http_date(time::OffsetDateTime::now_utc() + time::Duration::seconds(seconds));
            answer.headers_mut().insert(header::RETRY_AFTER, until.parse().expect("a header"));
            return answer;
        }
        Some(Answer::Endless(bytes)) => {
            let sent = Arc::clone(&shared.sent);
            let pieces = (0..bytes / 65_536).map(move |_| {
                sent.fetch_add(65_536, Ordering::Relaxed);
                Ok::<_, std::io::Error>(vec![b' '; 65_536])
            });
            return streamed(futures_util::stream::iter(pieces));
        }
        Some(Answer::Pieces(pieces)) => {
            let pieces = futures_util::stream::iter(pieces);
            let mut answer = streamed(futures_util::StreamExt::then(pieces, async |piece| {
                tokio::time::sleep(Duration::from_millis(333)).await;
                Ok(piece.into_bytes())
            }));
            answer.headers_mut().insert(header::CONTENT_TYPE, "text/html; charset=utf-8".parse().expect("a header"));
            return answer;
        }
        Some(Answer::Torn) => {
            let begun = futures_util::stream::iter([Ok(b"{\"slug\":".to_vec())]);
            let broken = futures_util::stream::once(async {
                // The beginning is on its way before.
                tokio::time::sleep(Duration::from_millis(50)).await;
                Err(std::io::Error::other("broken"))
            });
            return streamed(futures_util::StreamExt::chain(begun, broken));
        }
        Some(Answer::Dripping) => {
            let drops = futures_util::stream::repeat(());
            return streamed(futures_util::StreamExt::then(drops, async |()| {
                tokio::time::sleep(Duration::from_secs(1)).await;
                Ok(b" ".to_vec())
            }));
        }
        Some(Answer::Short(text)) => {
            let promised = header::HeaderValue::from(text.len() + 100);
            let mut answer = streamed(futures_util::stream::iter([Ok(text.into_bytes())]));
            answer.headers_mut().insert(header::CONTENT_LENGTH, promised);
            return answer;
        }
        Some(Answer::Never) => {
            let _waited_for = WaitedFor(&shared, &path);
            std::future::pending().await
        }
        Some(Answer::Broken(text))
            if shared.asked.lock().expect("not poisoned").iter().filter(|asked| **asked == path).count() == 1 =>
        {
            return respond(StatusCode::OK, "application/octet-stream", text.into());
        }
        Some(Answer::Broken(_)) => {}
        Some(Answer::Refused) => connection.cut(true),
        None => {}
    }
    let mut answer = file(&shared.root, &path);
    answer.headers_mut().extend(policies(&shared.root));
    if known.is_some() && known.as_ref() == answer.headers().get(header::ETAG) {
        shared.unchanged.lock().expect("not poisoned").push(path);
        return respond(StatusCode::NOT_MODIFIED, "application/json", Vec::new());
    }
    if answer.status() == StatusCode::NOT_FOUND && path.ends_with("/search_loader.js") {
        return respond(StatusCode::OK, "text/javascript", FINDS_NOTHING.into());
    }
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.') && !name.ends_with(".json"));
    // A part of the index may be gone since the index was opened.
    // Browsers ask for the icon by themselves; pages name another.
    let is_file = is_file && !path.starts_with("/search/parts/") && path != "/favicon.ico";
    if answer.status() == StatusCode::NOT_FOUND && is_file {
        shared.missing.lock().expect("not poisoned").push(path);
    }
    answer
}

impl Shared {
    /// How it fails this time, if it does.
    fn fault(&self, path: &str) -> Option<Answer> {
        let mut chaos = self.chaos.lock().expect("not poisoned");
        let (Chaos { chance, faults, places }, place) = (chaos.as_mut()?, faults::place(path)?);
        let (name, rarity) = PLACES[place];
        let kind = chance.below(KINDS.len() as u64) as usize;
        // A picture that drips holds one of the six connections for as long as its page is kept.
        let waits = name == "pictures" && KINDS[kind] == "a byte a second";
        (chance.below(rarity) == 0 && !waits).then(|| {
            (faults[kind], places[place]) = (faults[kind] + 1, places[place] + 1);
            faults::answer(kind, &self.root.join(path.trim_start_matches('/')))
        })
    }

    fn next_answer(&self, path: &str) -> Option<Answer> {
        let mut answers = self.answers.lock().expect("not poisoned");
        let (answer, times) = answers.get_mut(path)?;
        let answer = answer.clone();
        *times = times.saturating_sub(1);
        if *times == 0 {
            answers.remove(path);
        }
        Some(answer)
    }
}

/// Notes that nobody waits for an answer any more: then its making is dropped before it ends.
struct WaitedFor<'a>(&'a Shared, &'a str);

impl Drop for WaitedFor<'_> {
    fn drop(&mut self) {
        self.0.abandoned.lock().expect("not poisoned").push(self.1.to_owned());
    }
}

/// A moment as HTTP writes it.
fn http_date(at: time::OffsetDateTime) -> String {
    let form = time::macros::format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    at.format(form).expect("a date")
}

fn streamed(pieces: impl futures_util::Stream<Item = std::io::Result<Vec<u8>>> + Send + 'static) -> Response {
    let response = Response::builder().header(header::CONTENT_TYPE, "application/json");
    response.body(Body::from_stream(pieces)).expect("a valid response")
}

/// What hosts are told to say with every answer: the first rule of `_headers`.
fn policies(root: &Path) -> Vec<(header::HeaderName, header::HeaderValue)> {
    let text = std::fs::read_to_string(root.join("_headers")).unwrap_or_default();
    let rule = text.lines().skip_while(|line| *line != "/*").skip(1).map_while(|line| line.strip_prefix("  "));
    rule.filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.parse().expect("a header"), value.parse().expect("its value")))
        .collect()
}

/// The file at a path: a directory's index, else the fallback document for what looks like a page.
fn file(root: &Path, path: &str) -> Response {
    let relative = path.trim_start_matches('/');
    let mut target = root.join(relative);
    if relative.split('/').any(|part| part == "..") {
        return respond(StatusCode::NOT_FOUND, "text/plain", Vec::new());
    }
    if target.is_dir() {
        target.push("index.html");
    }
    if let Ok(bytes) = std::fs::read(&target) {
        let tag = path.ends_with(".json").then(|| tag(&bytes));
        let mut answer = respond(StatusCode::OK, media_type(&target), watched(&target, bytes));
        answer.headers_mut().extend(tag.map(|tag| (header::ETAG, tag)));
        if is_hashed(path) {
            let forever = header::HeaderValue::from_static("max-age=31536000, immutable");
            answer.headers_mut().insert(header::CACHE_CONTROL, forever);
        }
        return answer;
    }
    let looks_like_page = !relative.rsplit('/').next().unwrap_or_default().contains('.');
    if !looks_like_page {
        return respond(StatusCode::NOT_FOUND, "text/plain", Vec::new());
    }
    // An edition has its own.
    let edition = relative.split('/').next().unwrap_or_default();
    let fallbacks = [
        (format!("{edition}/404.html"), StatusCode::NOT_FOUND),
        ("404.html".to_owned(), StatusCode::NOT_FOUND),
        ("index.html".to_owned(), StatusCode::OK),
    ];
    for (name, status) in fallbacks {
        let fallback = root.join(name);
        if let Ok(bytes) = std::fs::read(&fallback) {
            return respond(status, media_type(&fallback), watched(&fallback, bytes));
        }
    }
    respond(StatusCode::NOT_FOUND, "text/plain", Vec::new())
}

/// The mark of a version of a document.
fn tag(bytes: &[u8]) -> header::HeaderValue {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish()).parse().expect("a header")
}

/// Adds the watching script to pages.
fn watched(path: &Path, bytes: Vec<u8>) -> Vec<u8> {
    if path.extension().is_none_or(|end| end != "html") {
        return bytes;
    }
    let text = String::from_utf8(bytes).expect("pages are UTF-8");
    text.replacen("<meta charset", "<script src=\"/__watch.js\"></script><meta charset", 1).into_bytes()
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("webp") => "image/webp",
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("pdf") => "application/pdf",
        Some("mp3") => "audio/mpeg",
        Some("webm") => "video/webm",
        Some("vtt") => "text/vtt",
        Some("xml") => "application/xml",
        _ => "text/plain; charset=utf-8",
    }
}

fn respond(status: StatusCode, media_type: &str, body: Vec<u8>) -> Response {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, media_type)
        .header(header::CACHE_CONTROL, if media_type.starts_with("text/html") { "max-age=60" } else { "no-cache" })
        .body(Body::from(body))
        .expect("a valid response")
}
