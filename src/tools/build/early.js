// Stands at the end of every page. In a function of its own, so that its names are nobody else's.
(() => {
// Until the program runs, which is large, links lead on here: the next page is fetched as the finished page it is, from
// the moment its link is pointed at, and takes the place of this one. Whatever is unusual is left to the browser.
const PATIENCE = 8000;
const isRunning = () => document.documentElement.hasAttribute("data-running");
const pageOf = (address) => address.split("#")[0];
const linkOf = ({ target }) => {
  const link = target instanceof Element ? target.closest("a[href]") : null;
  const leads = link && link.origin === location.origin && !link.target && !link.hasAttribute("download");
  return leads && link.pathname.endsWith("/") && pageOf(link.href) !== pageOf(location.href) ? link : null;
};
// What the pages of one language and release have in common: base, policy, which names their styles and scripts, and program.
const common = "meta[name=portal-base], meta[http-equiv], script[type=module]";
const frameOf = (page) => [...page.querySelectorAll(common)].map((part) => part.outerHTML).join();
const pages = new Map();
const ask = async (address) => {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    // The styles are those of this page. (The pattern must not find itself: the page carries this script too.)
    const text = (await answer.text()).replace(/<styl[e]>.*?<[/]style>/s, "");
    const page = new DOMParser().parseFromString(text, "text/html");
    // Another language or release has another frame.
    const isOurs = page.documentElement.dataset.shows === "page" && frameOf(page) === frameOf(document);
    return answer.ok && pageOf(answer.url) === address && isOurs ? page : null;
  } catch {
    return null;
  }
};
const page = (address) => {
  // start.js does not start the program while a page is being asked for.
  window.portalIntent = performance.now();
  if (!pages.has(address)) {
    pages.set(address, ask(address));
    // Where the program never starts, what was only pointed at would grow old.
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
const show = (next, address) => {
  history.pushState(null, "", address);
  // A page that the device has saved says since when; the program tells.
  document.documentElement.dataset.saved = next.documentElement.dataset.saved ?? "";
  for (const part of parts) {
    const [before, after] = [document.querySelector(part), next.querySelector(part)];
    if (before && after) before.replaceWith(after);
    else if (before) before.remove();
    else if (after) document.head.append(after);
  }
  // The navigation stays, and with it how far the reader has pushed it.
  const marks = next.querySelectorAll(".navigation a");
  document.querySelectorAll(".navigation a").forEach((link, at) => {
    const mark = marks[at]?.getAttribute("aria-current");
    if (mark) link.setAttribute("aria-current", mark);
    else link.removeAttribute("aria-current");
  });
  for (const menu of document.querySelectorAll("details[data-menu][open]")) menu.open = false;
  // The portal's own places have plain names.
  const named = document.getElementById(location.hash.slice(1));
  if (named) named.scrollIntoView();
  else scrollTo(0, 0);
  document.querySelector("main h1")?.focus({ preventScroll: true });
  document.getElementById("thong-bao-trang").textContent = document.title;
};
let following = null, shown = null;
addEventListener("click", async (event) => {
  const link = isRunning() || event.defaultPrevented || event.button ? null : linkOf(event);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const address = following = link.href;
  const pending = document.getElementById("dang-tai");
  pending.className = "pending pending--active";
  const next = await page(pageOf(address));
  if (following !== address) return;
  following = null;
  pending.className = "pending";
  if (isRunning()) link.click();
  else if (next) {
    shown = pageOf(address);
    pages.delete(pageOf(address));
    show(next, address);
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
// The pages passed so far are not kept. Places on the page shown are the browser's.
addEventListener("popstate", () => { if (shown && shown !== pageOf(location.href) && !isRunning()) location.reload(); });
})();
