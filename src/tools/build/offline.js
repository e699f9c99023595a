// The service worker: what was read stays readable without a network. The line above this one has what is of this build
// (offline.rs).
//
// The network is always asked first, but for files with a hash in their name: each page names those it belongs to, so a new
// release never mixes with an old one, and takes over without a page being loaded anew. Storage that is full or forbidden
// saves nothing and breaks nothing.
//
// What comes by is saved until newer things need its place; articles that were read have a store of their own, and keep
// their pictures.
const { release, base, files, nodes, most } = build, bases = build.bases.map((api) => new URL(api, location).href);
const own = `portal:${base}:`;
const SHELL = `${own}shell:${release}`;
const [PAGES, DOCUMENTS, ARTICLES, PICTURES] = ["pages", "documents", "articles", "pictures"].map((name) => own + name);
// In bytes.
const LARGEST = 4e6;
// Of an article, before the reader comes to them.
const PICTURES_AHEAD = 12;
const PATIENCE = 8000, DEADLINE = 60000;
const SAVED = "x-portal-saved", BYTES = "x-portal-bytes";
const homes = Object.keys(nodes).map((edition) => new URL(base + edition, location).href);

const sleep = (time) => new Promise((done) => setTimeout(done, time));
const nothing = () => {};

// What is kept of a request: the name of its cache, or nothing.
const cacheOf = (request) => {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || request.headers.has("range")) return null;
  if (documentAt(request.url)) return DOCUMENTS;
  if (request.destination === "image") return PICTURES;
  if (origin !== location.origin || !pathname.startsWith(base)) return null;
  if (/-[0-9a-f]{16}(_bg)?[.](js|wasm)$/.test(pathname)) return SHELL;
  return pathname.endsWith("/") && ["document", ""].includes(request.destination) ? PAGES : null;
};
// The name of a document, whichever base of the API it is asked of. What else is there, such as results of a search, is another
// answer each time, and so are the visits.
const NAME = /^([\w-]+[/])?(site|home|redirects|(sections|articles|pages)[/][\w/-]+)[.]json$/;
const documentAt = (url) => {
  const api = bases.find((own) => url.startsWith(own));
  return api && url.slice(api.length).match(NAME)?.[0];
};
// A finished page is the same whatever its query, and a document wherever it comes from.
const keyOf = (name, url) => {
  if (name === DOCUMENTS) return bases[0] + documentAt(url);
  return url.split(name === PAGES ? /[?#]/ : "#")[0];
};
// The edition of a page, such as "en/", and the path below it.
const placeOf = (page) => {
  const path = new URL(page).pathname.slice(base.length);
  const edition = Object.keys(nodes).filter((name) => path.startsWith(name)).pop();
  return [edition, path.slice(edition.length)];
};
// The document of a page, which links from other pages ask for.
const documentOf = (page) => {
  const [edition, path] = placeOf(page);
  const [first, second, third] = path.split("/").filter(Boolean);
  const node = nodes[edition][first];
  if (!first) return `${edition}home.json`;
  if (third || !node) return null;
  if (second) return node === "section" ? `${edition}articles/${first}/${second}.json` : null;
  return `${edition}${node}s/${first}.json`;
};
const missingOf = (edition) => new URL(`${base}${edition}404.html`, location).href;

// The first bytes of an answer, or all where there are no more: what is not read is not sent any further.
const read = async (response, most) => {
  const pieces = [], reader = response.body.getReader();
  let rest = most, piece;
  while (rest >= 0 && (piece = (await reader.read()).value)) {
    pieces.push(piece);
    rest -= piece.length;
  }
  giveUp(reader);
  return new Blob(pieces);
};
// Nobody waits for it: it ends when the page, too, has given up.
const giveUp = (stream) => void stream?.cancel().catch(nothing);

// Is it what the cache is for? Login pages of networks, and hosts without a status for what is missing, answer anything with a
// page, and a document may be cut off. Pages of the portal say at once that they are.
const KINDS = { [SHELL]: /javascript|wasm/, [PAGES]: /html/, [DOCUMENTS]: /json/, [PICTURES]: /image/ };
const isOf = async (name, response, url) => {
  if (!KINDS[name].test(response.headers.get("content-type"))) return false;
  if (![PAGES, DOCUMENTS].includes(name)) return true;
  const begun = await read(response.clone(), name === PAGES ? 500 : LARGEST), text = await begun.text();
  if (name === PAGES) return text.includes(' data-shows="page"');
  return begun.size > LARGEST ? tooLarge.add(response) : isDocument(JSON.parse(text), documentAt(url));
};
// What documents say of themselves has to fit their names, as the program sees to it too (contract::Root).
const isDocument = (value, name) => {
  const [kind, first, second] = name.match(NAME)[2].split("/");
  const keys = { site: ["name"], home: ["lead", "latest"], redirects: ["redirects"] }[kind];
  if (keys) return keys.some((key) => key in value);
  const { slug, section, number } = value;
  if (!second) return slug === first;
  return section === first && (kind === "articles" ? slug : `${number}`) === second;
};
// They are passed on: cloned once more to be saved, Chromium would read them to their end.
const tooLarge = new WeakSet();
// Throws an answer that is as good as none where there is something else to show.
const judged = async (name, asked, url) => {
  const response = await asked;
  if (response.status >= 500 || (response.ok && !(await isOf(name, response, url).catch(nothing)))) throw response;
  return response;
};

// Asks the network: for a document all bases, for a picture of another origin so that its size can be known.
const ask = async (request, name) => {
  const { url, signal } = request;
  if (name === PICTURES && !url.startsWith(location.origin))
    return judged(name, fetch(url, { mode: "cors", credentials: "omit", signal }).catch(() => fetch(request)));
  const others = name === DOCUMENTS ? bases.filter((api) => !url.startsWith(api)) : [];
  let answer = judged(name, fetch(request), url);
  for (const api of others) answer = answer.catch(() => judged(name, fetch(api + documentAt(url), { signal }), url));
  return answer;
};

const save = async (name, url, response) => {
  const key = keyOf(name, url);
  // What was taken back is not kept either.
  if (response.status === 410) await Promise.all([name, ARTICLES].map(async (own) => (await caches.open(own)).delete(key)));
  if (!response.ok || response.headers.get("content-length") > LARGEST) return giveUp(response.body);
  const headers = new Headers(response.headers), body = await read(response, LARGEST);
  if (body.size > LARGEST) return;
  // A page may end early without its host noticing.
  if (name === PAGES && !(await body.slice(-2000).text()).includes("</html>")) return;
  // By the clock of the server, which is more often right.
  headers.set(SAVED, Date.parse(headers.get("date")) || Date.now());
  headers.set(BYTES, body.size);
  // What is saved is the same for whoever asks.
  headers.delete("vary");
  await put(name, key, new Response(body, { headers }));
};
// The newest stands last: a copy that is replaced goes to the end. Where there is no room for it even then, the copy from
// before stays.
const put = async (name, key, response) => {
  const cache = await caches.open(name), again = response.clone(), before = timesFreed;
  await cache.put(key, response).catch(async (error) => {
    if (error.name !== "QuotaExceededError") throw error;
    // Another one may have made room meanwhile.
    if (timesFreed === before) await trim(true);
    await cache.put(key, again).catch((error) => {
      freeingHelps = false;
      throw error;
    });
  });
};
const fetched = (name, url, cache) =>
  ask(new Request(url, { cache, signal: AbortSignal.timeout(DEADLINE) }), name).then((response) => save(name, url, response)).catch(nothing);
// What the browser has fetched already is not fetched again.
const keep = (name, url) => fetched(name, url, "force-cache");
const keepDocument = async (page) => {
  const name = documentOf(page);
  if (name) await fetched(DOCUMENTS, bases[0] + name, "default");
};
// The copy of a document, or of what else a cache is for; the document of a page.
const find = async (name, key) => {
  const copy = await caches.match(key, { cacheName: name });
  return copy || (name === DOCUMENTS && caches.match(key, { cacheName: ARTICLES }));
};
const findDocumentOf = (page) => find(DOCUMENTS, bases[0] + documentOf(page));

// The addresses that a document names, as they are asked for. No document that is shown is deeper than this (contract::decode).
const DEEPEST = 2 * 40;
const addresses = (value, all = new Set(), depth = 0) => {
  if (depth > DEEPEST) return all;
  if (value && typeof value === "object") Object.values(value).forEach((part) => addresses(part, all, depth + 1));
  else if (/^([/]|https?:)/.test(value)) try { all.add(new URL(value.replace(/^[/]/, base), location).href); } catch {}
  return all;
};
// The pictures of a document: for each its files, the smallest first.
const picturesOf = (value, depth = 0) => {
  if (!value || typeof value !== "object" || depth > DEEPEST) return [];
  if (!Array.isArray(value.sources)) return Object.values(value).flatMap((part) => picturesOf(part, depth + 1));
  return [value.sources.filter(Boolean).sort((one, other) => one.width - other.width)];
};
// The articles that were read. One that is damaged must not hide the others.
const articles = async () =>
  Promise.all((await (await caches.open(ARTICLES)).matchAll()).map((article) => article.json().catch(nothing)));
// The largest file of a picture that is here.
const copyOf = async (files) =>
  (await Promise.all([...addresses(files)].map((url) => find(PICTURES, url)))).filter(Boolean).pop();
// The article of a page goes to those that were read, as the last one, with a file of each picture, since the reader may not have
// come to it.
const keepArticle = async (page) => {
  const name = documentOf(page), article = name?.includes("articles/") && (await findDocumentOf(page));
  if (!article) return;
  await put(ARTICLES, bases[0] + name, article.clone());
  if (navigator.connection?.saveData) return;
  for (const files of picturesOf(await article.json()).slice(0, PICTURES_AHEAD)) {
    const [url] = addresses(files.find((file) => file.width >= 640) ?? files.at(-1));
    if (url && !(await copyOf(files))) await keep(PICTURES, url);
  }
};
// Which file of a picture a page asks for follows from its window: another one will do.
const otherFile = async (url) => copyOf(picturesOf(await articles()).find((files) => addresses(files).has(url)));

// Makes room: what was saved longest ago goes first, of all kinds but the articles with their pictures, which go after them, the
// pictures before the texts, and the home pages, which go last. Where the device has no more room, a quarter of all but these goes:
// otherwise a device full of articles would keep the first ones that were read rather than the last.
const isHome = (url) => homes.some((home) => url === home || url === bases[0] + documentOf(home));
const makeRoom = async (isFull) => {
  const names = [ARTICLES, PICTURES, PAGES, DOCUMENTS], mosts = [most.articles, most.pictures, most.pages, most.documents];
  const stores = await Promise.all(names.map((name) => caches.open(name)));
  const read = addresses(await articles());
  const all = [];
  for (const [at, store] of stores.entries()) {
    const [keys, copies] = (await Promise.all([store.keys(), store.matchAll()])).map((list) => list.reverse());
    keys.forEach((key, place) => {
      const bytes = Number(copies[place]?.headers.get(BYTES)) || 0;
      const rank = isHome(key.url) ? -1 : at === 1 && read.has(key.url) ? 0 : at && place + 1;
      all.push({ store, key, bytes, rank, isTooMany: (!at || rank > 0) && place >= mosts[at] });
    });
  }
  all.sort((one, other) => one.rank - other.rank);
  const sum = (some) => some.reduce((bytes, one) => bytes + one.bytes, 0);
  let room = isFull ? sum(all) - sum(all.filter(({ rank }) => rank >= 0)) / 4 : most.bytes;
  await Promise.all(all.map(({ store, key, bytes, rank, isTooMany }) => {
    room -= isTooMany ? 0 : bytes;
    const mayGo = !isFull || rank > 0 || (rank === 0 && freeingHelps);
    return (isTooMany || (room < 0 && mayGo)) && store.delete(key);
  }));
};
// However many want it at a time, room is made once for all of them. Both kinds take turns: what stands in a store must not
// change while it is counted. Where the device is full, one that only looks after the limits would free nothing.
const trimming = {};
let turn = Promise.resolve(), timesFreed = 0;
// Not where others have filled the device: then no article goes in vain.
let freeingHelps = true;
const trim = (isFull = false) =>
  (trimming[isFull] ??= turn = turn.catch(nothing).then(() => makeRoom(isFull)).finally(() => {
    timesFreed += isFull;
    delete trimming[isFull];
  }));

// A page from the device says since when.
const marked = (text, { headers }) =>
  new Response(text.replace("<html ", `<html data-saved="${headers.get(SAVED)}" `), { headers });
const saved = async ({ url }, name) => {
  const copy = (await find(name, keyOf(name, url))) || (name === PICTURES && (await otherFile(url)));
  const page = copy && name === PAGES && (await copy.text());
  // The program of a page that was saved two releases ago is gone: its document, if it is here, is drawn by that of now.
  const isWhole = !page || (await caches.match(base + page.match(/start-\w+[.]js/))) || !(await findDocumentOf(url));
  if (!copy || !isWhole) throw new Error("not saved");
  return page ? marked(page, copy) : copy;
};
// The frame of a page whose document may have been read: it says "not found" until the program has drawn the page. The login
// page of a network must be seen somewhere: in its place the document has to be here.
const frame = async ({ url, mode }, none) => {
  const copy = mode === "navigate" && (await caches.match(missingOf(placeOf(url)[0]), { cacheName: SHELL }));
  if (!copy || (none.ok && !(await findDocumentOf(url)))) throw new Error("not saved");
  return marked((await copy.text()).replace(/(<main[^>]*>).*<[/]main>/s, "$1</main>"), copy);
};

const answer = (event, name) => {
  const { request } = event;
  const network = ask(request, name);
  // Also when the saved copy is quicker.
  const saving = network.then((response) => tooLarge.has(response) || save(name, request.url, response.clone()));
  event.waitUntil(saving.then(() => request.mode === "navigate" && trim()).catch(nothing));
  // What is left is an answer, or an error that browsers take for one of the network.
  const answered = network.catch((none) => saved(request, name).catch(() => frame(request, none)).catch(() => none));
  // A connection that only hangs is as good as none, where there is something else to show.
  return Promise.race([answered, sleep(PATIENCE).then(() => saved(request, name).catch(() => frame(request, { ok: true }))).catch(() => answered)]);
};
const program = async (event) => {
  const before = await caches.match(event.request.url).catch(nothing);
  if (before) return before;
  const response = await fetch(event.request);
  event.waitUntil(judged(SHELL, response.clone()).then((copy) => save(SHELL, event.request.url, copy)).catch(nothing));
  return response;
};

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil((async () => {
    // Their order tells which release was the last one, also after a return to an older one.
    await caches.delete(SHELL);
    const cache = await caches.open(SHELL), signal = AbortSignal.timeout(DEADLINE);
    // A release that is still being copied to the host is none yet.
    const keepFile = async (file) => {
      const response = await fetch(base + file, { signal });
      if (!response.ok || !(await isOf(SHELL, response))) throw new Error(`${file} is not there yet`);
      await cache.put(base + file, response);
    };
    await Promise.all(files.map(keepFile));
    for (const missing of Object.keys(nodes).map(missingOf)) {
      // Some hosts answer the page for missing addresses under its own name with 404, too.
      const page = await (await fetch(missing, { cache: "no-cache", signal })).text();
      // One of another release would start a program that is not here.
      if (!files.some((file) => page.includes(base + file))) throw new Error(`${missing} is not there yet`);
      await cache.put(missing, new Response(page, { headers: { "content-type": "text/html; charset=utf-8", [SAVED]: Date.now() } }));
    }
    await Promise.all(homes.flatMap((home) => [keep(PAGES, home), keepDocument(home)]));
  })().catch(async (error) => {
    // A release that was not saved as a whole is none.
    await caches.delete(SHELL);
    throw error;
  }));
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
// A page is being read. One that came finished has not asked for its document of the API, which takes the least room and
// is drawn by any release: for a reader who saves data the finished page alone has to do. `pictures` are those of a page
// that was there before the service worker.
addEventListener("message", (event) => {
  const { page, pictures, isDocument = true, saves } = event.data;
  const others = (pictures ?? []).map((url) => keep(PICTURES, url));
  if (pictures && isDocument) others.push(keep(PAGES, page));
  if (isDocument ? !saves : pictures) others.push(keepDocument(page));
  event.waitUntil(Promise.all(others).then(() => keepArticle(page)).catch(nothing).then(() => trim()).catch(nothing));
});
