//! A reader who goes on and on, at a server that fails at random. `make chaos` goes ten thousand steps, `cargo test` a few.

use crate::harness::{KINDS, PLACES, Reader, dist};
use portal::tools::names::name_below;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// What `make chaos` is told; and how far a reader goes without it.
const STEPS: &str = "PORTAL_CHAOS";
const FEW: u64 = 120;
const READERS: u64 = 2;
/// How many times as fast the clock of the pages goes: nobody has the patience of ten thousand deadlines.
const HURRY: u32 = 60;

/// Steps of one call to the driver, which keeps 36 kB of each call and all it is given.
const STRIDE: u64 = 50;

/// Goes from page to page; what each is after a step.
const WALK: &str = r#"
const [chances, told, finished] = arguments;
const titles = window.titles = told ?? window.titles;
if (!titles) return finished("untold");
const step = (chance) => new Promise((done) => {
const links = [...document.querySelectorAll("header a[href], main a[href], footer a[href]")]
  .filter((link) => link.origin === location.origin && /^[/]([a-z0-9-]+[/])*$/.test(link.pathname) && !link.search && !link.hash
    // Another language is another document, which ends this script.
    && !link.hreflang && !link.closest(".skip-link") && link.pathname !== location.pathname);
const retry = document.querySelector("[data-action=retry]");
const goal = links[chance % links.length];
let target = location.pathname, travelled = false;
const lead = (address) => {
  const link = document.createElement("a");
  link.href = address;
  document.querySelector("main").append(link);
  link.click();
  link.remove();
  return link.pathname;
};
if (retry && chance % 3 === 0) retry.click();
else if (chance % 17 === 0) target = lead(`/tim-kiem/?q=${["ho nuoc", "hội sách", "cay xanh", "xyzzy"][chance % 4]}`);
else if (chance % 13 === 0) target = lead(`/thong-bao/khong-con-${chance % 5}/`);
else if (chance % 11 === 0 && history.length > 2) {
  // On a busy machine the way back takes its time, and would end the next step.
  addEventListener("popstate", () => { travelled = true; }, { once: true });
  target = null;
  history.back();
}
else { target = goal.pathname; goal.click(); }
const start = Date.now(), before = location.pathname;
const state = () => {
  const main = document.querySelector("main"), text = main?.innerText.trim() ?? "", heading = document.querySelector("main h1")?.textContent.trim() ?? "";
  const title = titles[location.pathname];
  if (!document.documentElement.hasAttribute("data-running")) return "the program stopped";
  const isKnown = titles[target] || /^[/](tim-kiem|thong-bao[/]khong-con-\d)[/]$/.test(target);
  if (target ? location.pathname !== target && isKnown : !travelled && Date.now() - start < 1000) return `still at ${location.pathname}`;
  if (document.querySelector(".loading, .pending--active")) return `loading at ${location.pathname}`;
  if (text.length < 20 || !heading) return `blank at ${location.pathname}`;
  if (document.querySelector("main .problem") || heading === "Không tìm thấy trang")
    return document.querySelector("main [data-action=retry], main a[href]") ? "told" : `no way on at ${location.pathname}`;
  if (location.pathname === "/tim-kiem/") {
    const found = document.querySelector(".found")?.innerText.trim();
    if (!found || found.startsWith("Đang tìm")) return `still searching: ${found}`;
  }
  if (title && heading !== title) return `${heading} under the address of ${title}`;
  return "shown";
};
const look = () => {
  const now = state();
  if (["shown", "told"].includes(now)) done(now);
  else if (Date.now() - start > 12000) done(`${now}, on the way to ${target} from ${before}`);
  else setTimeout(look, 8);
};
// The page's own clock is hurried; this one is as well, which only makes it look more often.
setTimeout(look, 8);
});
(async () => {
  const outcomes = [];
  for (const chance of chances) outcomes.push(await step(chance));
  finished(outcomes.join("\n"));
})();
"#;

/// What it answers where it does not know the titles yet.
const UNTOLD: &str = "untold";

/// Of each article and page its title, by its address.
fn titles() -> Map<String, Value> {
    let api = dist().join("api/v1");
    let mut titles = Map::new();
    for entry in walkdir::WalkDir::new(&api).into_iter().map(|entry| entry.expect("readable")) {
        let name = name_below(&api, &entry.path().with_extension(""));
        let Some(address) = name.strip_prefix("articles/").or_else(|| name.strip_prefix("pages/")) else { continue };
        if entry.file_type().is_file() {
            let text = std::fs::read_to_string(entry.path()).expect("readable");
            let document: Value = serde_json::from_str(&text).expect("JSON");
            titles.insert(format!("/{address}/"), document["title"].clone());
        }
    }
    titles
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Heap {
    used_size: f64,
    #[serde(default)]
    backing_storage_size: f64,
}

/// What the page holds in memory after collecting what is left over, wasm's memory too, in megabytes.
async fn heap(reader: &Reader) -> f64 {
    reader.devtools("HeapProfiler.collectGarbage", serde_json::json!({})).await;
    let heap = reader.devtools("Runtime.getHeapUsage", serde_json::json!({})).await;
    let heap: Heap = serde_json::from_value(heap).expect("sizes");
    (heap.used_size + heap.backing_storage_size) / 1e6
}

/// What became of the steps of one reader, how often; the memory at a tenth of the way and at its end.
struct Walk {
    outcomes: BTreeMap<String, u64>,
    faults: [u64; KINDS.len()],
    places: [u64; PLACES.len()],
    heap: [f64; 2],
    wrong: Vec<String>,
}

/// Takes some steps; what became of each.
async fn stride(reader: &Reader, chances: &[u64], titles: Value) -> String {
    match reader.driver.execute_async(WALK, vec![chances.into(), titles]).await {
        Ok(outcomes) => outcomes.json().as_str().unwrap_or_default().to_owned(),
        Err(error) => format!("no answer: {error}"),
    }
}

async fn walk(seed: u64, steps: u64, titles: &Map<String, Value>) -> Walk {
    let reader = Reader::new().await;
    reader.hurry(HURRY);
    reader.open("/").await;
    reader.server.fail_at_random(seed);
    let mut chance = crate::harness::Chance(seed);
    let mut outcomes = BTreeMap::new();
    let mut early = 0.0_f64;
    for start in (0..steps).step_by(STRIDE as usize) {
        let chances: Vec<u64> = (start..steps.min(start + STRIDE)).map(|_| chance.below(1 << 30)).collect();
        let mut told = stride(&reader, &chances, Value::Null).await;
        if told == UNTOLD {
            told = stride(&reader, &chances, Value::Object(titles.clone())).await;
        }
        told.lines().for_each(|outcome| *outcomes.entry(outcome.to_owned()).or_default() += 1);
        if start <= steps / 10 {
            early = heap(&reader).await;
        }
    }
    let heap = [early, heap(&reader).await];
    // What the browser itself says of answers that failed is not the portal's.
    let wrong = reader.what_went_wrong().await;
    let (faults, places) = reader.server.faults();
    reader.leave_without_scripts().await;
    Walk { outcomes, faults, places, heap, wrong }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_server_does_the_reader_is_told_and_can_go_on() {
    crate::harness::only_on_chromium!("the heap is measured by its developer tools");
    let steps = std::env::var(STEPS).ok().and_then(|steps| steps.parse().ok()).unwrap_or(FEW);
    let titles = titles();
    let start = Instant::now();
    let one = |seed| walk(seed, steps / READERS, &titles);
    let (first, second) = tokio::join!(one(1), one(2));
    let mut outcomes: BTreeMap<&str, u64> = BTreeMap::new();
    for walk in [&first, &second] {
        walk.outcomes.iter().for_each(|(outcome, count)| *outcomes.entry(outcome).or_default() += count);
    }
    let seconds = start.elapsed().max(Duration::from_secs(1)).as_secs();
    println!("{steps} steps in {seconds} s: {outcomes:?}");
    for (kind, name) in KINDS.iter().enumerate() {
        println!("{:>6} × {name}", first.faults[kind] + second.faults[kind]);
    }
    for (place, (name, _)) in PLACES.iter().enumerate() {
        let count = first.places[place] + second.places[place];
        println!("{count:>6} × in {name}");
        assert!(count > 0 || steps == FEW, "{name} never failed");
    }
    for walk in [&first, &second] {
        let [early, late] = walk.heap;
        println!("memory {early:.1} MB after a tenth of the way, {late:.1} MB at its end");
        assert!(late < early + 8.0, "memory grows: {early} MB, then {late} MB");
        assert_eq!(walk.wrong, Vec::<String>::new(), "errors, panics and rejections");
        assert!(walk.faults.iter().sum::<u64>() > steps / READERS / 10, "too few faults: {:?}", walk.faults);
    }
    outcomes.retain(|outcome, _| !["shown", "told"].contains(outcome));
    assert!(outcomes.is_empty(), "{outcomes:#?}");
}
