// Stands in the head of every page, and so runs before anything is painted. In a function of its own, so that its names
// are nobody else's.
(() => {
// Most readers have neither dismissed nor chosen anything: nothing is made for them that they would wait for.
const stored = (name) => { try { return localStorage[name]; } catch {} };

// Notices that were dismissed are hidden by a rule, since they are not there yet. If the program hid them, the page
// would jump.
const dismissed = stored("portal.dismissed-notices");
if (dismissed) try {
  const ids = dismissed.split(" ").filter((id) => /^[a-z0-9-]+$/.test(id));
  const rules = new CSSStyleSheet();
  rules.replaceSync(ids.map((id) => '[data-notice="' + id + '"]{display:none}').join(""));
  document.adoptedStyleSheets = [rules];
} catch {}

// The reader's settings (components::settings): attributes of the root element, which the styles read. They work
// without the program, and without storage for as long as the page is open.
const root = document.documentElement, NAMES = ["text", "theme", "contrast", "spacing", "key", "live"];
let settings = {};
const apply = () => {
  for (const name of NAMES) {
    if (/^[a-z0-9]{1,6}$/.test(settings[name])) root.dataset[name] = settings[name];
    else delete root.dataset[name];
  }
  document.querySelectorAll("meta[name=theme-color]").forEach((meta, dark) => {
    const scheme = ["light", "dark"][dark];
    meta.media = settings.theme ? (settings.theme === scheme ? "all" : "not all") : `(prefers-color-scheme: ${scheme})`;
  });
  for (const input of document.querySelectorAll("[data-settings] input"))
    input.checked = input.value === (root.dataset[input.name] ?? "");
};
const read = () => {
  try { settings = JSON.parse(stored("portal.settings") || "{}") ?? {}; } catch {}
  apply();
};
const write = () => {
  apply();
  try { localStorage["portal.settings"] = JSON.stringify(settings); } catch {}
};
const isOurs = (event) => event.target.closest?.("[data-settings]");
addEventListener("change", (event) => {
  if (!isOurs(event)) return;
  settings = { ...settings, [event.target.name]: event.target.value };
  write();
});
addEventListener("reset", (event) => {
  if (!isOurs(event)) return;
  event.preventDefault();
  settings = {};
  write();
});
addEventListener("toggle", apply, { capture: true });
addEventListener("storage", read);
if (stored("portal.settings")) read();
})();
