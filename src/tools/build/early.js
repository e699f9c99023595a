// Stands in every page, right behind the notices, and so runs before the page is painted.

// Notices that were dismissed are hidden now; if the program hid them, the page would jump.
try {
  for (const id of (localStorage["portal.dismissed-notices"] || "").split(" "))
    if (id) document.querySelector('[data-notice="' + id + '"]')?.setAttribute("hidden", "");
} catch {}

// A reader who points at a link before the program runs gets the page from the browser itself, a little earlier. The
// program, which is large, does not start meanwhile (start.js asks for the moment kept here).
if (!navigator.connection?.saveData) {
  const asked = new Set();
  const fetchAhead = ({ target }) => {
    if (document.documentElement.hasAttribute("data-running")) return;
    const link = target instanceof Element ? target.closest("a[href]") : null;
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute("download")) return;
    window.portalIntent = performance.now();
    const page = link.href.split("#")[0];
    if (asked.has(page) || page === location.href.split("#")[0]) return;
    asked.add(page);
    const hint = document.createElement("link");
    hint.rel = "prefetch";
    hint.href = page;
    document.head.append(hint);
  };
  for (const kind of ["pointerover", "touchstart", "focusin"])
    addEventListener(kind, fetchAhead, { capture: true, passive: true });
}
