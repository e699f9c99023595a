// The service worker: what was read stays readable without a network. The lines above this one name the release, the base
// path, the bases of the API, the files of the program and the nodes of the tree.
//
// The network is always asked first, but for files with a hash in their name: each page names those it belongs to, so a new
// release never mixes with an old one, and takes over without a page being loaded anew. Storage that is full or forbidden
// saves nothing and breaks nothing.
const own = `portal:${base}:`;
const SHELL = `${own}shell:${release}`, PAGES = `${own}pages`, DOCUMENTS = `${own}documents`, PICTURES = `${own}pictures`;
const MOST = { [PAGES]: 51, [DOCUMENTS]: 150, [PICTURES]: 400 };
const LARGEST = 4e6;
const PATIENCE = 8000;
const SAVED = "x-portal-saved";
const home = new URL(base, location).href, missing = new URL(`${base}404.html`, location).href;

const sleep = (time) => new Promise((done) => setTimeout(done, time));
const nothing = () => {};

// What is kept of a request: the name of its cache, or nothing.
const cacheOf = (request) => {
  const { origin, pathname, href } = new URL(request.url);
  if (request.method !== "GET" || request.headers.has("range")) return null;
  if (bases.some((api) => href.startsWith(api)) && pathname.endsWith(".json"))
    return pathname.endsWith("/visits.json") ? null : DOCUMENTS;
  if (request.destination === "image") return PICTURES;
  if (origin !== location.origin || !pathname.startsWith(base)) return null;
  if (/-[0-9a-f]{16}(_bg)?[.](js|wasm)$/.test(pathname)) return SHELL;
  return pathname.endsWith("/") && ["document", ""].includes(request.destination) ? PAGES : null;
};
// A finished page is the same whatever its query.
const keyOf = (name, url) => url.split(name === PAGES ? /[?#]/ : "#")[0];
// The document of a page, which links from other pages ask for.
const documentOf = (page) => {
  const [first, second, third] = new URL(page).pathname.slice(base.length).split("/").filter(Boolean);
  const node = nodes[first];
  if (!first) return "home.json";
  if (third || !node) return null;
  if (second) return node === "section" ? `articles/${first}/${second}.json` : null;
  return `${node}s/${first}.json`;
};

// Is it what the cache is for? Login pages of networks, and hosts without a status for what is missing, answer anything with a page.
const KINDS = { [SHELL]: /javascript|wasm/, [PAGES]: /html/, [DOCUMENTS]: /json/, [PICTURES]: /image/ };
const isOf = (name, response) => KINDS[name].test(response.headers.get("content-type"));

const save = async (name, url, response) => {
  // What was taken back is not kept either.
  if ([404, 410].includes(response.status)) return (await caches.open(name)).delete(keyOf(name, url));
  if (!response.ok || response.type === "opaque" || !isOf(name, response)) return;
  const headers = new Headers(response.headers);
  // By the clock of the server, which is more often right.
  headers.set(SAVED, Date.parse(headers.get("date")) || Date.now());
  const body = await response.blob();
  if (body.size > LARGEST) return;
  const cache = await caches.open(name), key = keyOf(name, url);
  // The newest stands last: a copy that is replaced goes to the end. Where there is no room the copy from before stays.
  await cache.put(key, new Response(body, { headers }));
  const keys = (await cache.keys()).filter(({ url }) => url !== home);
  await Promise.all(keys.slice(0, Math.max(0, keys.length - (MOST[name] ?? keys.length))).map((old) => cache.delete(old)));
};
// Keeps what the browser has fetched already, or else fetches it.
const keep = async (name, url) => save(name, url, await fetch(url, { cache: "force-cache" })).catch(nothing);
const keepDocument = async (page) => {
  const name = documentOf(page);
  if (name) await keep(DOCUMENTS, bases[0] + name);
};

// A saved page says since when.
const marked = async (response, edit = (text) => text) => {
  const headers = new Headers(response.headers), mark = `<html data-saved="${headers.get(SAVED)}" `;
  return new Response(edit(await response.text()).replace("<html ", () => mark), { headers });
};
const saved = async (request, name) => {
  const response = await caches.match(keyOf(name, request.url), { cacheName: name });
  if (!response) throw new Error("not saved");
  return name === PAGES ? marked(response) : response;
};
// The frame of a page whose document may have been read: it says "not found" until the program has drawn the page.
const frame = async (request) => {
  const response = request.mode === "navigate" && (await caches.match(missing, { cacheName: SHELL }));
  if (!response) throw new Error("no frame");
  return marked(response, (text) => text.replace(/(<main[^>]*>).*<[/]main>/s, "$1</main>"));
};

const answer = (event, name) => {
  const { request } = event;
  const network = fetch(request);
  // Also when the saved copy is quicker.
  event.waitUntil(network.then((response) => save(name, request.url, response.clone())).catch(nothing));
  if (request.mode === "navigate")
    event.waitUntil(network.then(({ ok }) => ok && sleep(3000).then(() => keepDocument(request.url))).catch(nothing));
  const answered = network.catch(() => saved(request, name).catch(() => frame(request)));
  // A connection that only hangs is as good as none, where there is something else to show.
  return Promise.race([answered, sleep(PATIENCE).then(() => saved(request, name)).catch(() => answered)]);
};
const program = async (event) => {
  const before = await caches.match(event.request.url).catch(nothing);
  if (before) return before;
  const response = await fetch(event.request);
  event.waitUntil(save(SHELL, event.request.url, response.clone()).catch(nothing));
  return response;
};

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil((async () => {
    const cache = await caches.open(SHELL);
    // A release that is still being copied to the host is none yet.
    const keepFile = async (file) => {
      const response = await fetch(base + file);
      if (!response.ok || !isOf(SHELL, response)) throw new Error(`${file} is not there yet`);
      await cache.put(base + file, response);
    };
    await Promise.all(files.map(keepFile));
    // Some hosts answer the page for missing addresses under its own name with 404, too.
    const page = await (await fetch(missing, { cache: "no-cache" })).text();
    if (!page.includes(" data-shows=")) throw new Error("404.html is not the portal's");
    await cache.put(missing, new Response(page, { headers: { "content-type": "text/html; charset=utf-8", [SAVED]: Date.now() } }));
    await keep(PAGES, home);
    await keepDocument(home);
  })());
});
addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    // The release before this one stays, for pages that are open or were saved of it.
    const releases = (await caches.keys()).filter((name) => name.startsWith(`${own}shell:`) && name !== SHELL);
    await Promise.all(releases.slice(0, -1).map((name) => caches.delete(name)));
    await clients.claim();
  })());
});
addEventListener("fetch", (event) => {
  const name = cacheOf(event.request);
  if (name === SHELL) event.respondWith(program(event));
  else if (name) event.respondWith(answer(event, name));
});
// The page that was open before there was a service worker.
addEventListener("message", (event) => {
  const { page, pictures } = event.data;
  event.waitUntil(Promise.all([keep(PAGES, page), keepDocument(page), ...pictures.map((url) => keep(PICTURES, url))]));
});
