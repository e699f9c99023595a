// Stands in the head of every page, and so runs before anything is painted: notices that were dismissed are hidden by a
// rule, since they are not there yet. If the program hid them, the page would jump.
try {
  const ids = (localStorage["portal.dismissed-notices"] || "").split(" ").filter((id) => /^[a-z0-9-]+$/.test(id));
  const rules = new CSSStyleSheet();
  rules.replaceSync(ids.map((id) => '[data-notice="' + id + '"]{display:none}').join(""));
  document.adoptedStyleSheets = [rules];
} catch {}
