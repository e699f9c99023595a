// node no-scripts.mjs DIST OUT: a copy of a built portal whose pages run no script, the limit that the program's cost is
// measured against. JSON-LD stays: it is data, and readers without scripts get it too.
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [dist, out] = process.argv.slice(2);
const SCRIPT = /<script(?![^>]*type="application\/ld\+json")[^>]*>.*?<\/script>/gs;
const PRELOAD = /<link rel="(?:modulepreload|preload|prefetch)"[^>]*\.(?:m?js|wasm)"[^>]*>/g;

rmSync(out, { recursive: true, force: true });
// Without what is compressed, which would still be the page with scripts.
cpSync(dist, out, { recursive: true, filter: (path) => !/\.(?:br|gz)$/.test(path) });
for (const name of readdirSync(out, { recursive: true })) {
  if (!name.endsWith('.html')) continue;
  const file = join(out, name);
  writeFileSync(file, readFileSync(file, 'utf8').replace(SCRIPT, '').replace(PRELOAD, ''));
}
