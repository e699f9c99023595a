// node halves.mjs ARTICLES OUT CORPUS: OUT/api/v1 with more articles than the corpus has, for figures of size: each has the
// first half of one real article and the second half of another. The same arguments always give the same bytes.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [count, out, corpus] = process.argv.slice(2);
const SECTIONS = ['thoi-su', 'kinh-te', 'doi-song', 'giao-duc', 'y-te', 'van-hoa', 'phap-luat', 'moi-truong'];
const HOUR = 3_600_000, FIRST = Date.UTC(2015, 0, 1);
const real = gunzipSync(readFileSync(corpus)).toString().trim().split('\n').map((line) => JSON.parse(line));

const joined = (one, other) => [...one.slice(0, Math.ceil(one.length / 2)), ...other.slice(Math.ceil(other.length / 2))];
const words = (one, other) => joined(one.split(' '), other.split(' ')).join(' ');

const api = join(out, 'api/v1');
rmSync(api, { recursive: true, force: true });
for (const section of SECTIONS) {
  mkdirSync(join(api, 'articles', section), { recursive: true });
}
const tree = SECTIONS.map((slug) => ({ kind: 'section', slug, title: slug }));
writeFileSync(join(api, 'site.json'), JSON.stringify({ name: 'Nửa này nửa kia', tree }));
for (let n = 0; n < Number(count); n++) {
  const one = real[n % real.length], round = Math.floor(n / real.length);
  const other = real[(n * 7919 + round * 104_729 + 1) % real.length];
  const section = SECTIONS[n % SECTIONS.length], slug = `bai-${n}`;
  const body = joined(one.paragraphs, other.paragraphs).filter((text) => text.trim());
  writeFileSync(join(api, 'articles', section, `${slug}.json`), JSON.stringify({
    slug, section,
    title: words(one.title, other.title),
    lead: words(one.lead ?? '', other.lead ?? '') || undefined,
    published_at: new Date(FIRST + n * HOUR + 7 * HOUR).toISOString().slice(0, 19) + '+07:00',
    body: body.map((text) => ({ kind: 'paragraph', text })),
  }));
}
