// Starts the program; early.js asks for this once the page is painted and its pictures are there.
// The lines above this name the site, the script and the wasm.

const linkOf = (event) => event.target instanceof Element ? event.target.closest("a[href]") : null;

// If the program stops, events no longer reach it: every link is a plain link again, and what the reader was waiting
// for is loaded by the browser.
let stopped = false, wanted = null, justClicked = false;
// What takes the program is hidden by the styles.
const root = document.documentElement;
const tellStopped = () => { root.dataset.stopped = ""; };
addEventListener("click", (event) => {
  wanted = linkOf(event)?.href ?? null;
  justClicked = wanted !== null && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  setTimeout(() => { justClicked = false; });
}, { capture: true });
addEventListener("popstate", () => { wanted = null; if (stopped) location.reload(); }, { capture: true });
window.portalStop = () => {
  if (stopped) return;
  stopped = true;
  delete root.dataset.running;
  tellStopped();
  // Nobody could close or silence them.
  document.querySelector("dialog[open]")?.close();
  window.speechSynthesis?.cancel();
  if (document.querySelector(".pending--active") || justClicked) location.assign(wanted ?? location.href);
};
for (const kind of ["click", "keydown", "scroll", "popstate", "pointerover", "focusin", "touchstart", "input", "submit"])
  addEventListener(kind, (event) => { if (stopped) event.stopImmediatePropagation(); }, { capture: true, passive: true });
// A panic ends in a trap. The first one is told on the console, once, with its stack; a program with the texts of panics
// (`trunk build` without make's flags) has told it before. The traps of what was still under way say nothing more.
const trapped = (event, error) => {
  if (!stopped && !(error instanceof WebAssembly.RuntimeError)) return;
  event.preventDefault();
  if (!stopped) console.error("The portal program stopped.", error);
  window.portalStop();
};
addEventListener("error", (event) => trapped(event, event.error));
addEventListener("unhandledrejection", (event) => trapped(event, event.reason));

// With the network back, what could not be had is asked for again, unless the reader is busy with something else. Who
// stands in the field of the search keeps it: to search is another matter than to load the page anew.
addEventListener("online", () => {
  const retry = document.querySelector("main [data-action=retry]"), { activeElement, body } = document;
  if (!retry || document.querySelector(".pending--active, details[data-menu][open], dialog[open]")) return;
  if (activeElement?.id === "tim-kiem") activeElement.dispatchEvent(new Event("input", { bubbles: true }));
  else if (activeElement === body || retry.closest("main").contains(activeElement)) retry.click();
});

// Nor does the program compete with a page that the reader points at or has asked for (early.js).
const REST = 1500;
const quiet = async () => {
  for (;;) {
    const rest = (window.portalIntent ?? -Infinity) + REST - performance.now();
    if (rest <= 0 && !document.querySelector(".pending--active")) return;
    await new Promise((done) => setTimeout(done, Math.max(rest, 100)));
  }
};
// Last of all, what is read is kept on the device (offline.js), once it was looked at for a moment. Where that is forbidden,
// nothing is. The program tells of the pages that it draws.
const device = worker && navigator.serviceWorker;
let isDocument = true, turn, registered;
const keep = async (read) => {
  // What came by before there was a service worker.
  const pictures = device.controller ? null : [...document.images].map((picture) => picture.currentSrc).filter(Boolean);
  const message = { ...read, pictures, saves: navigator.connection?.saveData };
  // The installation holds up no page that is on its way: that one has a turn of its own.
  if (!document.querySelector(".pending--active"))
    registered ??= device.register(worker, { updateViaCache: "none" }).catch(() => {});
  try { (await device.ready).active.postMessage(message); } catch {}
};
const settle = () => {
  if (!device) return;
  const own = turn = { page: location.href, isDocument };
  setTimeout(() => (window.requestIdleCallback ?? setTimeout)(() => { if (turn === own) keep(own); }), 2000);
};
window.portalShown = () => {
  isDocument = false;
  settle();
};
const start = async () => {
  try {
    await quiet();
    const program = await import(script);
    await quiet();
    await program.default({ module_or_path: wasm });
    await quiet();
    if (!turn) settle();
  } catch (error) {
    tellStopped();
    if (!stopped) console.warn("The portal program did not start.", error);
  }
};
start();
