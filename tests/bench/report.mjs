// node report.mjs FOLDER: puts what the other scripts measured (FOLDER/pages.json, page.json, builds.json, each optional)
// beside the aims, as Markdown.
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

const folder = process.argv[2];
const load = (name) => {
  const file = join(folder, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
};
const pages = load('pages.json'), page = load('page.json'), builds = load('builds.json');
const PORTAL = 'portal', LIMIT = 'plain', BARE = 'portal without scripts';

const decimals = (count) => (value) => value.toFixed(count);
const kB = (bytes) => decimals(1)(bytes / 1e3), MB = (bytes) => decimals(2)(bytes / 1e6), ms = decimals(0), whole = decimals(0);
const table = (head, rows) => [head, head.map((_, at) => (at ? '---:' : '---')), ...rows]
  .map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const verdict = (met) => (met === null ? '–' : met ? 'met' : '**missed**');
const out = [`# Bench, ${new Date().toISOString().slice(0, 10)}`, `${cpus().length} cores, ${cpus()[0].model}. How: tests/bench/README.md.`];

if (!pages) {
  out.push('## Pages', 'Left out: the rig is not there. Name its folder: `make bench RIG=../shared/bench`.');
} else {
  const names = Object.keys(pages.stats.slow4g), peers = names.filter((name) => name !== PORTAL && name !== BARE);
  const median = (profile, name, key) => pages.stats[profile]?.[name]?.[key]?.median ?? null;
  const slow = (key) => (name) => median('slow4g', name, key);
  const fast = (key) => (name) => median('unthrottled', name, key);
  const sum = (...parts) => (name) => parts.reduce((total, part) => total + (part(name) ?? 0), 0);
  const over = (part, base) => (name) => part(name) / part(base);
  const under = (limit) => (value) => value < limit;
  const atMost = (limit) => (value) => value <= limit;
  const best = (part) => (value) => peers.every((name) => !(part(name) < value));
  const growth = sum((name) => median('memory', name, 'heap_growth'), (name) => median('memory', name, 'wasm_growth'));
  const extra = (key) => (name) => page?.[name]?.[key] ?? null;

  // Label, value of a target, how it is written, the aim in words, whether the portal's value meets it.
  const rows = [
    ['script (wasm and JS), kB', sum(slow('bytes_js'), slow('bytes_wasm')), kB, 'under 150', under(150e3)],
    ['all bytes, kB', slow('bytes'), kB, '–', null],
    ['requests', slow('requests'), whole, 'under 10', under(10)],
    ['HTML and CSS of the article, kB', sum(slow('bytes_html'), slow('bytes_css')), kB, 'under 25', under(25e3)],
    ['requests sent before the first paint', extra('before'), whole, '3 or less', atMost(3)],
    ['of these render-blocking', extra('blocking'), whole, '–', null],
    ['FCP, slow 4G, ms', slow('fcp'), ms, '–', null],
    ['FCP × plain', over(slow('fcp'), LIMIT), decimals(2), '1.05 or less', atMost(1.05)],
    ['LCP × plain', over(slow('lcp'), LIMIT), decimals(2), '1.05 or less', atMost(1.05)],
    ['FCP × without scripts', over(slow('fcp'), BARE), decimals(2), '1.05 or less', atMost(1.05)],
    ['LCP × without scripts', over(slow('lcp'), BARE), decimals(2), '1.05 or less', atMost(1.05)],
    ['layout shift', extra('shifts'), decimals(3), '0', atMost(0)],
    ['layout shift after a click', extra('shifts_after_click'), decimals(3), '0', atMost(0)],
    ['blocking time after FCP, slow 4G, ms', slow('tbt_after_fcp'), ms, 'under 100', under(100)],
    ['first click, slow 4G, ms', slow('first_click'), ms, 'best of all', best(slow('first_click'))],
    ['warm click, slow 4G, ms', slow('warm_click'), ms, 'under 200', under(200)],
    ['click back, slow 4G, ms', slow('revisit_click'), ms, 'under 100', under(100)],
    ['first click, unthrottled, ms', fast('first_click'), ms, '–', null],
    ['warm click, unthrottled, ms', fast('warm_click'), ms, 'under 30', under(30)],
    ['click back, unthrottled, ms', fast('revisit_click'), ms, 'under 30', under(30)],
    ['heap growth over 50 navigations, wasm too, MB', growth, MB, 'under 0.2', under(200e3)],
  ];
  const cell = (value, write) => (value === null || !Number.isFinite(value) ? '–' : write(value));
  out.push('## Pages', `Medians of ${pages.rounds} interleaved rounds; Chromium ${pages.chromium}, ${pages.protocol}; ` +
    `load average at the rounds' starts ${pages.loadavg.join(', ')}.`);
  out.push(table(['', ...names, 'aim', PORTAL], rows.map(([label, value, write, aim, met]) => {
    const own = value(PORTAL);
    return [label, ...names.map((name) => cell(value(name), write)), aim, verdict(met && own !== null ? met(own) : null)];
  })));

  const memory = page?.[PORTAL]?.memory;
  if (memory) {
    const held = ({ heap, wasm }) => heap + wasm;
    const [, early, late] = memory;
    out.push('### Memory over many different pages');
    out.push(table(['navigations', 'JS heap, MB', 'wasm memory, MB', 'DOM in C++, MB', 'DOM nodes', 'listeners'], memory.map((at) =>
      [at.navigations, MB(at.heap), MB(at.wasm), MB(at.embedder), at.nodes, at.listeners])));
    out.push(`JS heap and wasm memory after ${late.navigations} navigations against ${early.navigations}: ` +
      `${MB(held(late) - held(early))} MB; aim within 1 MB: ${verdict(held(late) - held(early) <= 1e6)}.`);
  }
}

if (builds) {
  out.push('## Builds');
  if (!builds.hugo) out.push('Hugo is not installed (Debian: `apt-get install hugo`), so its rows are left out.');
  out.push(`${builds.articles} articles${builds.hugo ? `, ${builds.hugo}` : ''}. Peak is the resident memory Linux kept count of. ` +
    'On a machine that others use too, the seconds its processors worked tell more than the seconds that passed.');
  out.push(table(['', 'seconds', 'processor seconds', 'pages', 'pages/s', 'peak, MiB', 'HTML, MB', 'load before'], builds.rows.map((row) =>
    [row.name, row.seconds.toFixed(1), row.cpu.toFixed(1), row.pages, whole(row.pages / row.seconds), whole(row.peak / 2 ** 20), whole(row.bytes / 1e6), row.load])));
  const first = (name) => builds.rows.find((row) => row.name === `${name}, first`);
  const own = first('portal build'), hugo = first('Hugo');
  out.push([
    `- over 5,000 pages a second: ${verdict(own.pages / own.seconds > 5000)}`,
    `- under 1 GiB: ${verdict(own.peak < 2 ** 30)}`,
    ...(hugo ? [`- faster than Hugo: ${verdict(own.seconds < hugo.seconds)} (${(hugo.seconds / own.seconds).toFixed(1)} times as fast)`] : []),
  ].join('\n'));
}
console.log(out.join('\n\n'));
