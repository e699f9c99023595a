// Stands at the end of every page. In a function of its own, so that its names are nobody else's.
(() => {
// Until the program runs, which is large, links lead on here: the next page is fetched as the finished page it is, from
// the moment its link is pointed at, and takes the place of this one. Whatever is unusual is left to the browser.
const PATIENCE = 8000;
const root = document.documentElement, { start } = document.currentScript.dataset;
const isRunning = () => root.hasAttribute("data-running");
const pageOf = (address) => address.split("#")[0];
const linkOf = ({ target }) => {
  const link = target instanceof Element ? target.closest("a[href]") : null;
  const leads = link && link.origin === location.origin && !link.target && !link.hasAttribute("download");
  return leads && link.pathname.endsWith("/") && pageOf(link.href) !== pageOf(location.href) ? link : null;
};
// Pages of another language or release have another frame.
const { release } = root.dataset;
const base = document.querySelector("meta[name=portal-base]").content;
// Pages of the tree, and the home page, have what is their own in a smaller file.
const hasPart = (address) => /^[^/?]*[/]?$/.test(address.slice((location.origin + base).length));
const pages = new Map();
const ask = async (address) => {
  try {
    const signal = AbortSignal.timeout(PATIENCE), part = address + "main.txt";
    let answer = hasPart(address) && (await fetch(part, { signal }).catch(() => {}));
    const asked = answer?.ok ? part : address;
    if (asked === address) answer = await fetch(address, { signal });
    // The styles are those of this page. (The pattern must not find itself: the page carries this script too.)
    const text = (await answer.text()).replace(/<styl[e]>.*?<[/]style>/s, "");
    // A connection may end early without a word.
    const isWhole = /<[/]html>/.test(text);
    const page = new DOMParser().parseFromString(text, "text/html").documentElement;
    const isOurs = page.dataset.shows === "page" && page.dataset.release === release;
    return answer.ok && isWhole && pageOf(answer.url) === asked && isOurs ? page : null;
  } catch {
    return null;
  }
};
const page = (address) => {
  // start.js does not start the program while a page is being asked for.
  window.portalIntent = performance.now();
  if (!pages.has(address)) {
    pages.set(address, ask(address));
    // A page is shown again for a minute at most: where the program never starts, it would grow old.
    setTimeout(() => pages.delete(address), 60000);
  }
  return pages.get(address);
};
if (!navigator.connection?.saveData)
  for (const kind of ["pointerover", "touchstart", "focusin"])
    addEventListener(kind, (event) => {
      const link = isRunning() ? null : linkOf(event);
      if (link) page(pageOf(link.href));
    }, { capture: true, passive: true });

const parts = ["title", "link[rel=canonical]", "meta[name=description]", "meta[name=robots]", "main"];
// What the way back leads to, as it was left.
const MOST_PASSED = 20, passed = new Map();
let shown = pageOf(location.href);
// Shows the page of the address in the address bar: its beginning, or the place to which the reader comes back.
const show = (next, place) => {
  const isBack = place !== undefined;
  // What is further down follows once the first screen is painted.
  const below = isBack || location.hash ? [] : [...next.querySelectorAll(".teasers > :nth-child(n+5)")].map((entry) => [entry.parentNode, entry]);
  for (const [, entry] of below) entry.remove();
  const left = root.cloneNode(), ofLeft = left.appendChild(document.createElement("body"));
  // The document for unknown addresses holds no page.
  if (root.dataset.shows === "page") passed.set(shown, left);
  shown = pageOf(location.href);
  passed.delete(shown);
  if (passed.size > MOST_PASSED) passed.delete(passed.keys().next().value);
  root.dataset.shows = "page";
  // A page that the device has saved says since when; the program tells.
  root.dataset.saved = next.dataset.saved ?? "";
  for (const part of parts) {
    const [before, after] = [document.querySelector(part), next.querySelector(part)];
    if (before && after) before.replaceWith(after);
    else if (after) document.head.append(after);
    if (before) ofLeft.append(before);
  }
  ofLeft.append(...document.querySelectorAll("link[rel=alternate]"));
  document.head.append(...next.querySelectorAll("link[rel=alternate]"));
  // The navigation stays, and with it how far the reader has pushed it.
  const mark = next.querySelector(".navigation a[aria-current], body > a[aria-current]");
  for (const link of document.querySelectorAll(".navigation a")) {
    if (link.hasAttribute("aria-current")) ofLeft.append(link.cloneNode());
    link.removeAttribute("aria-current");
    if (mark && mark.href === link.href) link.setAttribute("aria-current", mark.getAttribute("aria-current"));
  }
  for (const menu of document.querySelectorAll("details[data-menu][open]")) menu.open = false;
  document.getElementById("thong-bao-trang").textContent = document.title;
  // The portal's own places have plain names.
  const named = document.getElementById(location.hash.slice(1));
  if (named && !isBack) named.scrollIntoView();
  else scrollTo(0, place ?? 0);
  document.querySelector("main h1")?.focus({ preventScroll: true });
  requestAnimationFrame(() => setTimeout(() => below.forEach(([list, entry]) => list.append(entry))));
};
const pending = document.getElementById("dang-tai");
addEventListener("online", () => pending.classList.remove("pending--offline"));
// The program, which does more by keys, knows what is done already.
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  pending.classList.remove("pending--offline");
  if (isRunning()) return;
  const menu = [...document.querySelectorAll("details[data-menu][open]")].pop();
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
let following = null;
addEventListener("click", async (event) => {
  const link = event.defaultPrevented || event.button ? null : linkOf(event);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  following = null;
  if (isRunning()) return;
  event.preventDefault();
  const address = following = link.href;
  pending.className = "pending pending--active";
  const next = await page(pageOf(address));
  if (following !== address) return;
  following = null;
  // Asked for after a change, it would take a layout.
  const place = scrollY;
  pending.className = "pending";
  if (isRunning()) link.click();
  else if (next) {
    // A link to it asks again for what the device has saved: by then the network may be back.
    if (next.dataset.saved) pages.delete(pageOf(address));
    // As the program does it, which may have taken over by the time that the reader comes back.
    history.replaceState(place, "");
    history.pushState(null, "", address);
    show(next.cloneNode(true));
  } else if (navigator.onLine || navigator.serviceWorker?.controller) {
    // The device may have saved its document, which takes the program to be shown.
    location.assign(address);
  } else {
    pages.delete(pageOf(address));
    pending.className = "pending pending--offline";
    document.getElementById("thong-bao-trang").textContent = pending.dataset.offline;
  }
});
// A finished search page knows nothing of its query.
const field = document.getElementById("tim-kiem");
if (field) field.value ||= new URLSearchParams(location.search).get("q")?.slice(0, 200) ?? "";
// The program competes with nothing that the first paint needs: not even its name stands where a browser would fetch it. Nor,
// for a moment, with the page of a link that is pressed at once.
addEventListener("load", () => requestAnimationFrame(() => setTimeout(() => {
  const script = document.createElement("script");
  script.type = "module";
  script.src = start;
  // What would not work is hidden by the styles.
  script.onerror = () => { root.dataset.stopped = ""; };
  document.head.append(script);
}, 200)));
addEventListener("popstate", () => {
  following = null;
  if (isRunning()) return;
  pending.className = "pending";
  const address = pageOf(location.href);
  // Places on the page shown are the browser's, as are pages passed before this document was loaded or long ago.
  if (shown === address) return;
  if (!passed.has(address)) return location.reload();
  show(passed.get(address), history.state ?? 0);
});
})();
