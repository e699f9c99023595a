// node search.mjs API QUERIES SITE WORK: puts the queries that `portal measure-search --queries` wrote down to four programs and
// prints a table of them: our own as a reader runs it, Pagefind as it comes, Pagefind with đ read as d and its ranking set, and
// MiniSearch over the whole texts. Then how long our own takes.
//
// API holds the articles, SITE is a portal built of them, WORK is where npm put the packages, and a folder to work in.
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const [api, queriesFile, site, work] = process.argv.slice(2);
// Not by their names: this script is not where the packages are.
const load = (path) => import(pathToFileURL(resolve(work, 'node_modules', path)));
const { chromium } = await load('playwright-core/index.mjs');
const { default: MiniSearch } = await load('minisearch/dist/es/index.js');
const { createIndex, close: closePagefind } = await load('pagefind/lib/index.js');

/** So many of each kind are asked: all of them take the browser too long. */
const ASKED = 300;
/** So many of each kind are asked in fresh browsers, to see what a reader is sent. */
const VISITS = 5;
/** So many of each kind are timed. */
const TIMED = 100;
/** What a slow phone is to this machine. */
const SLOWER = 4;

const file = (path) => JSON.parse(readFileSync(path, 'utf8'));
const kinds = file(queriesFile).map(({ kind, queries }) => ({ kind, queries: queries.slice(0, ASKED) }));
/** All that stands under `text` anywhere below a part of a body: one text, or spans that have each their own. */
const texts = (part) => part === null || typeof part !== 'object' ? ''
  : Object.entries(part).map(([key, value]) => key === 'text' && typeof value === 'string' ? value : texts(value)).join('');
const documents = readdirSync(join(api, 'articles'), { recursive: true }).filter((name) => name.endsWith('.json')).sort()
  .map((name) => file(join(api, 'articles', name)))
  // Of what is gone nothing is searched.
  .filter(({ status }) => status?.kind !== 'gone')
  .map(({ section, slug, title, lead, body }) => ({ id: `${section}/${slug}`, title, lead: lead ?? '', body: (body ?? []).map(texts) }));

const plainD = (text) => text.replaceAll('đ', 'd').replaceAll('Đ', 'D');
const folded = (text) => plainD(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]);
/** What a host sends of a text; as `portal measure-search` counts it. */
const packed = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
/** The value below which this part of them lies. */
const quantile = (values, part) => [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;
const kilobytes = (bytes) => Math.round(bytes / 1000);

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };
/** Serves a folder. `sent` counts as a host that packs texts would send them; other files are packed already. */
const serve = async (folder) => {
  const asked = [], weights = new Map();
  const server = createServer((request, answer) => {
    const path = join(folder, decodeURIComponent(new URL(request.url, 'http://x').pathname)), type = TYPES[extname(path)];
    // An empty page, for scripts to run in.
    if (request.url === '/') return answer.writeHead(200, { 'content-type': 'text/html' }).end();
    if (!existsSync(path) || !statSync(path).isFile()) return answer.writeHead(404).end();
    asked.push(path);
    answer.writeHead(200, { 'content-type': type ?? 'application/octet-stream', 'cache-control': 'max-age=600' }).end(readFileSync(path));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const weight = (path) => {
    if (!weights.has(path)) weights.set(path, TYPES[extname(path)] ? packed(readFileSync(path)) : statSync(path).size);
    return weights.get(path);
  };
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** The bytes sent since the last call. Weighed only now, so that packing slows no answer. */
    sent: () => asked.splice(0).reduce((sum, path) => sum + weight(path), 0),
    close: () => server.close(),
  };
};

/** How often a search finds what was sought, for each kind. `find` gives the first ten ids. */
const found = async (find) => {
  const cells = [];
  for (const { queries } of kinds) {
    let first = 0, ten = 0;
    for (const { query, target } of queries) {
      const place = (await find(query)).slice(0, 10).indexOf(target);
      first += place === 0 ? 1 : 0;
      ten += place >= 0 ? 1 : 0;
    }
    cells.push(`${(first / queries.length).toFixed(3)} / ${(ten / queries.length).toFixed(3)}`);
  }
  return cells;
};

/** A search that runs in the browser: what it finds, and what it is sent. `open` makes a page ready and gives its `find`. */
const inBrowser = async (server, open) => {
  const fresh = async (use) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.origin}/`);
    const result = await use(await open(page));
    await context.close();
    return result;
  };
  const first = [], further = [];
  for (const { queries } of kinds) {
    for (let at = 0; at + 1 < Math.min(queries.length, 2 * VISITS); at += 2) {
      server.sent();
      await fresh(async (find) => {
        await find(queries[at].query);
        first.push(server.sent());
        await find(queries[at + 1].query);
        further.push(server.sent());
      });
    }
  }
  return [...await fresh(found), `${kilobytes(quantile(first, 0.5))} / ${kilobytes(quantile(further, 0.5))}`];
};

/** Makes `ask(query)` in a page, which gives the results document as our search program says it. */
const startPortal = async (page, inWorker) => {
  const script = readdirSync(site).find((name) => /^search-[0-9a-f]{16}\.js$/.test(name));
  await page.evaluate(({ script, inWorker }) => new Promise((ready) => {
    const waiting = new Map();
    const hear = ({ data }) => data.ready ? ready() : waiting.get(data.id)(data);
    let post;
    if (inWorker) {
      const worker = new Worker(script);
      worker.onmessage = hear;
      post = (message) => worker.postMessage(message);
    } else {
      // The program speaks to whom it runs in, and takes this window for its worker.
      window.postMessage = (data) => hear({ data });
      post = (data) => window.onmessage({ data });
      document.head.append(Object.assign(document.createElement('script'), { src: script }));
    }
    let id = 0;
    window.ask = async (query) => {
      const answer = new Promise((answered) => waiting.set(++id, answered));
      post({ id, query, section: null, year: null, page: 0, titles: false, folder: '/search/', api: '/api/v1/' });
      const { results, failure } = await answer;
      if (failure) throw new Error(`${query}: ${failure}`);
      return JSON.parse(results);
    };
  }), { script: `/${script}`, inWorker });
};

const portal = async (server) => inBrowser(server, async (page) => {
  await startPortal(page, true);
  return async (query) => (await page.evaluate((query) => window.ask(query), query)).results.map(({ section, slug }) => `${section}/${slug}`);
});

/** `map` is done to texts and queries, `lead` says how the lead is marked, `ranking` is Pagefind's own setting. */
const pagefind = async ({ map, lead: mark, ranking }) => {
  const folder = join(work, 'pagefind');
  rmSync(folder, { recursive: true, force: true });
  const { index } = await createIndex();
  for (const { id, title, lead, body } of documents) {
    const text = (text) => escaped(map(text));
    const paragraphs = body.map((part) => `<p>${text(part)}</p>`).join('');
    const content = `<html lang="vi"><body><h1>${text(title)}</h1><p ${mark}>${text(lead)}</p>${paragraphs}</body></html>`;
    const { errors } = await index.addHTMLFile({ url: `/${id}/`, content });
    if (errors.length) throw new Error(`${id}: ${errors}`);
  }
  await index.writeFiles({ outputPath: join(folder, 'pagefind') });
  await index.deleteIndex();
  const server = await serve(folder);
  const row = await inBrowser(server, async (page) => {
    await page.evaluate(async (ranking) => {
      const pagefind = await import('/pagefind/pagefind.js');
      await pagefind.options({ ranking });
      window.find = async (query) => {
        const { results } = await pagefind.search(query);
        // Its addresses, titles and extracts are in a file of each result.
        return (await Promise.all(results.slice(0, 10).map((result) => result.data()))).map(({ url }) => url);
      };
    }, ranking);
    return async (query) => (await page.evaluate((query) => window.find(query), map(query))).map((url) => url.slice(1, -1));
  });
  server.close();
  return row;
};

const miniSearch = async () => {
  const index = new MiniSearch({ fields: ['title', 'lead', 'body'], processTerm: folded });
  index.addAll(documents.map(({ body, ...others }) => ({ ...others, body: body.join('\n') })));
  // Chosen among thirteen settings: all words at first, and where that finds nothing, any of them or what is like them.
  const strict = { boost: { title: 2, lead: 1.5 }, combineWith: 'AND' };
  const loose = { ...strict, combineWith: 'OR', fuzzy: (term) => term.length > 3 ? 0.3 : false };
  const cells = await found((query) => {
    const results = index.search(query, strict);
    return (results.length ? results : index.search(query, loose)).map(({ id }) => id);
  });
  return [...cells, `${kilobytes(packed(Buffer.from(JSON.stringify(index))))} / 0`];
};

/** Milliseconds of each query, asked twice: its files are fetched from this machine, then they are at hand. */
const times = async (server, inWorker, slower) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.origin}/`);
  await startPortal(page, inWorker);
  await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slower });
  const queries = kinds.flatMap(({ queries }) => queries.slice(0, TIMED).map(({ query }) => query));
  const times = await page.evaluate(async (queries) => {
    const times = [];
    for (const query of [queries[0], ...queries]) {
      const start = performance.now();
      await window.ask(query);
      const again = performance.now();
      await window.ask(query);
      times.push([again - start, performance.now() - again]);
    }
    // The first one opens the index.
    return times.slice(1);
  }, queries);
  await context.close();
  return [0, 1].map((run) => [0.5, 0.95].map((part) => quantile(times.map((both) => both[run]), part).toFixed(1)).join(' / '));
};

const print = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const say = (text) => console.error(`${text} …`);

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const server = await serve(site);
say('Asking our own search in Chromium');
const own = await portal(server);
say('Asking Pagefind as it comes');
const plain = await pagefind({ map: (text) => text, lead: '', ranking: {} });
say('Asking Pagefind, tuned');
// Chosen among nineteen settings, by 60 queries of each kind. It finds what stands in leads and bodies far better, and
// loses a little with titles as they are written. No ranking helps against typing errors: all words must be there.
const ranking = { termSimilarity: 10, termSaturation: 2 };
const tuned = await pagefind({ map: plainD, lead: 'data-pagefind-meta="lead" data-pagefind-weight="3"', ranking });
await closePagefind();
say('Asking MiniSearch');
const mini = await miniSearch();

console.log();
print('success@1 / success@10', 'this portal, in Chromium', 'Pagefind 1.6 as it comes', 'Pagefind, tuned (đ mapped, ranking set)', 'MiniSearch, whole text');
print('---', '---:', '---:', '---:', '---:');
for (const [at, name] of [...kinds.map(({ kind, queries }) => `${kind} (${queries.length})`), 'kB, first query / each further'].entries()) {
  print(name, own[at], plain[at], tuned[at], mini[at]);
}

say('Timing our own');
console.log();
print('our own, ms of a further query: median / 95th percentile', 'files fetched from this machine', 'files at hand');
print('---', '---:', '---:');
print('in the worker', ...await times(server, true, 1));
// Chromium cannot slow a worker ("Operation is only supported for pages, not workers").
print('the same program in a page', ...await times(server, false, 1));
print(`in a page, the CPU slowed ${SLOWER} times`, ...await times(server, false, SLOWER));
server.close();
await browser.close();
