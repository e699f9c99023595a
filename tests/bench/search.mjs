// node search.mjs API QUERIES SITE OUT: the queries that `portal measure-search --queries` wrote down, put to Pagefind as it comes,
// to Pagefind with đ read as d and its ranking set, and to MiniSearch over the whole texts; and how long our own worker takes in
// Chromium. API holds the articles, SITE is a portal built of them, OUT a folder to work in. Prints rows for the report.
import { createServer } from 'node:http';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const [api, queriesFile, site, out] = process.argv.slice(2);
const kinds = JSON.parse(readFileSync(queriesFile, 'utf8'));
const require = createRequire(pathToFileURL(join(process.cwd(), out, 'package.json')));
const load = (name) => import(pathToFileURL(require.resolve(name)));

const articles = readdirSync(join(api, 'articles'), { recursive: true }).filter((name) => name.endsWith('.json')).sort()
  .map((name) => JSON.parse(readFileSync(join(api, 'articles', name), 'utf8')));
const texts = (value) => Array.isArray(value) ? value.map(texts).join('\n')
  : value && typeof value === 'object' ? Object.entries(value).map(([key, item]) => key === 'text' || typeof item === 'object' ? texts(item) : '').join('\n')
  : typeof value === 'string' ? value : '';
const documents = articles.map(({ section, slug, title, lead, body }) =>
  ({ id: `${section}/${slug}`, title, lead: lead ?? '', body: texts(body) }));
const plainD = (text) => text.replaceAll('đ', 'd').replaceAll('Đ', 'D');
const fold = (text) => plainD(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const packed = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
const escaped = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);

const row = (name, of) => console.log(`| ${name} | ${of.join(' | ')} |`);
const share = (count, all) => (count / all).toFixed(3);

/** success@1 / success@10 of each kind; `find` answers the ids of the first ten. */
const known = async (find) => {
  const cells = [];
  for (const { queries } of kinds) {
    let first = 0, ten = 0;
    for (const { query, target } of queries) {
      const place = (await find(query)).indexOf(target);
      first += place === 0 ? 1 : 0;
      ten += place >= 0 ? 1 : 0;
    }
    cells.push(`${share(first, queries.length)} / ${share(ten, queries.length)}`);
  }
  return cells;
};

const miniSearch = async () => {
  const { default: MiniSearch } = await load('minisearch');
  const index = new MiniSearch({ fields: ['title', 'lead', 'body'], processTerm: fold });
  index.addAll(documents);
  const options = { boost: { title: 3, lead: 2 }, prefix: (term, at, terms) => at === terms.length - 1, fuzzy: (term) => term.length > 4 ? 0.2 : false };
  const cells = await known((query) => index.search(query, options).slice(0, 10).map(({ id }) => id));
  row('MiniSearch, whole text', [...cells, `${Math.round(packed(Buffer.from(JSON.stringify(index))) / 1000)} / 0`]);
};

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };
/** Serves a folder; counts the bytes sent, packed where they are text. */
const serve = (folder) => new Promise((resolve) => {
  const sent = { bytes: 0 };
  const server = createServer((request, answer) => {
    const path = join(folder, decodeURIComponent(new URL(request.url, 'http://x').pathname));
    if (!existsSync(path) || !statSync(path).isFile()) return answer.writeHead(404).end();
    const bytes = readFileSync(path), type = TYPES[extname(path)];
    sent.bytes += type ? packed(bytes) : bytes.length;
    answer.writeHead(200, { 'content-type': type ?? 'application/octet-stream', 'cache-control': 'max-age=600' }).end(bytes);
  });
  server.listen(0, '127.0.0.1', () => resolve({ sent, origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }));
});

const { chromium } = await load('playwright-core');
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const pagefind = async (name, map, options) => {
  const { createIndex, close } = await load('pagefind');
  const folder = join(out, 'pagefind');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { index } = await createIndex({ forceLanguage: 'vi' });
  for (const { id, title, lead, body } of documents) {
    const content = `<html lang="vi"><body><h1>${escaped(map(title))}</h1><p>${escaped(map(lead))}</p>${escaped(map(body)).split('\n').map((line) => `<p>${line}</p>`).join('')}</body></html>`;
    await index.addHTMLFile({ sourcePath: `${id}/index.html`, content });
  }
  await index.writeFiles({ outputPath: join(folder, 'pagefind') });
  await close();
  const server = await serve(folder);
  const open = async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.origin}/nothing`).catch(() => {});
    await page.evaluate(async (options) => {
      window.pagefind = await import('/pagefind/pagefind.js');
      await window.pagefind.options(options);
      window.find = async (query) => {
        const { results } = await window.pagefind.search(query);
        return (await Promise.all(results.slice(0, 10).map((result) => result.data()))).map(({ url }) => url);
      };
    }, options);
    return { context, find: async (query) => (await page.evaluate((query) => window.find(query), map(query))).map((url) => url.replace(/^\/|\/(index\.html)?$/g, '')) };
  };
  // What a reader is sent: a few in fresh browsers.
  const first = [], further = [];
  for (const { queries: [one, other] } of kinds) {
    server.sent.bytes = 0;
    const { context, find } = await open();
    await find(one.query);
    first.push(server.sent.bytes);
    server.sent.bytes = 0;
    await find(other.query);
    further.push(server.sent.bytes);
    await context.close();
  }
  const { context, find } = await open();
  const cells = await known(find);
  await context.close();
  server.close();
  row(name, [...cells, `${Math.round(median(first) / 1000)} / ${Math.round(median(further) / 1000)}`]);
};

/** Milliseconds of a further query in our worker, its files already there. Chromium cannot slow a worker down. */
const worker = async () => {
  const server = await serve(site);
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${server.origin}/404.html`);
  const script = readdirSync(site).find((name) => /^search-[0-9a-f]{16}\.js$/.test(name));
  const times = await page.evaluate(async ({ script, queries }) => {
    const worker = new Worker(`/${script}`), waiting = new Map();
    await new Promise((done) => { worker.onmessage = done; });
    worker.onmessage = ({ data }) => waiting.get(data.id)(data);
    let id = 0;
    const ask = (query) => new Promise((done) => {
      waiting.set(++id, done);
      worker.postMessage({ id, query, section: null, year: null, page: 0, titles: false, folder: '/search/', api: '/api/v1/' });
    });
    const times = [];
    for (const query of queries) {
      await ask(query);
      const start = performance.now();
      const { failure } = await ask(query);
      if (failure) throw new Error(failure);
      times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b);
  }, { script, queries: kinds.flatMap(({ queries }) => queries.slice(0, 100).map(({ query }) => query)) });
  server.close();
  const at = (part) => times[Math.floor(times.length * part)].toFixed(1);
  console.log(`\nA further query in the worker, Chromium, files at hand: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms (four times that on a slow phone).`);
};

console.log(`\n| success@1 / success@10 | ${kinds.map(({ kind, queries }) => `${kind} (${queries.length})`).join(' | ')} | kB first / further |`);
console.log(`|---|${'---|'.repeat(kinds.length + 1)}`);
await pagefind('Pagefind, as it comes', (text) => text, {});
await pagefind('Pagefind, đ mapped, ranking set', plainD, { ranking: { termSimilarity: 10, termFrequency: 0.2, pageLength: 0, termSaturation: 0.6 } });
await miniSearch();
await worker();
await browser.close();
