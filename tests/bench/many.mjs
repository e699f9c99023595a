// node many.mjs ARTICLES OUT SAMPLE [CORPUS]: the same made-up portal twice, for timing builds: OUT/portal/api/v1 holds Portal
// API documents (`portal gather` adds the lists), OUT/hugo/content the same articles as Hugo wants them. The same
// arguments always give the same bytes.
//
// CORPUS, where it is there, is a .jsonl.gz of real articles; they are repeated, numbered, until there are enough.
// Without it articles of about the same length are put together from the paragraphs of SAMPLE, an API folder.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [count, out, sample, corpus] = process.argv.slice(2);
const SECTIONS = ['Thời sự', 'Kinh tế', 'Đời sống', 'Giáo dục', 'Y tế', 'Văn hóa', 'Pháp luật', 'Môi trường'];
const SITE = 'Cổng thông tin thử nghiệm', ORIGIN = 'https://bench.example.vn';
/** Means of the real corpus: paragraphs of an article, and how many characters each has. */
const PARAGRAPHS = 18, LENGTH = 126;
const HOUR = 3_600_000, FIRST = Date.UTC(2015, 0, 1);

const slugify = (text) => text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd')
  .replace(/[^a-z0-9]+/g, '-').slice(0, 80).replace(/^-|-$/g, '');
const sections = SECTIONS.map((title) => ({ title, slug: slugify(title) }));

const real = () => gunzipSync(readFileSync(corpus)).toString().trim().split('\n').map((line) => JSON.parse(line));

/** Articles of the corpus' length, each beginning at another paragraph of the sample. */
const composed = () => {
  const articles = readdirSync(join(sample, 'articles'), { recursive: true })
    .filter((name) => name.endsWith('.json')).sort()
    .map((name) => JSON.parse(readFileSync(join(sample, 'articles', name), 'utf8')));
  const paragraphs = articles.flatMap(({ body }) => body)
    .filter(({ kind, text }) => kind === 'paragraph' && typeof text === 'string').map(({ text }) => text);
  return paragraphs.map((_, start) => {
    const { title, lead } = articles[start % articles.length], body = [];
    for (let at = start, left = PARAGRAPHS * LENGTH; left > 0; left -= body.at(-1).length) {
      body.push(paragraphs[at++ % paragraphs.length]);
    }
    return { title, lead, paragraphs: body };
  });
};

const texts = corpus && existsSync(corpus) ? real() : composed();

/** The n-th article, oldest first. */
const article = (n) => {
  const text = texts[n % texts.length], round = Math.floor(n / texts.length);
  const title = round ? `${text.title} (${round + 1})` : text.title;
  return {
    slug: `${slugify(title)}-${n}`.replace(/^-/, ''),
    section: sections[n % sections.length].slug,
    title,
    lead: text.lead,
    published_at: new Date(FIRST + n * HOUR + 7 * HOUR).toISOString().slice(0, 19) + '+07:00',
    author: 'Ban Biên tập',
    views: (n * 7919) % 25_000,
    tags: ['thử nghiệm', sections[n % sections.length].title.toLowerCase()],
    paragraphs: text.paragraphs.filter((paragraph) => paragraph.trim()),
  };
};
const reference = ({ section, slug, title, published_at }) => ({ section, slug, title, published_at });

rmSync(out, { recursive: true, force: true });
const api = join(out, 'portal/api/v1'), content = join(out, 'hugo/content');
for (const { slug } of sections) {
  mkdirSync(join(api, 'articles', slug), { recursive: true });
  mkdirSync(join(content, slug), { recursive: true });
}
writeFileSync(join(api, 'site.json'), JSON.stringify({
  name: SITE,
  origin: ORIGIN,
  tree: sections.map((section) => ({ kind: 'section', ...section })),
  footer: { owner: SITE, links: sections.map(({ title, slug }) => ({ title, href: `/${slug}/` })) },
}));
for (const { title, slug } of sections) {
  writeFileSync(join(content, slug, '_index.md'), `${JSON.stringify({ title }, null, 1)}\n`);
}
for (let n = 0; n < Number(count); n++) {
  const { paragraphs, ...facts } = article(n);
  const related = [1, 2].map((back) => n - back * sections.length * 3).filter((other) => other >= 0)
    .map((other) => reference(article(other)));
  const { slug, section } = facts;
  const body = paragraphs.map((text) => ({ kind: 'paragraph', text }));
  writeFileSync(join(api, 'articles', section, `${slug}.json`), JSON.stringify({ ...facts, related, body }));
  const { title, lead, published_at, author, views, tags } = facts;
  const front = { title, date: published_at, slug, description: lead, author, views, keywords: tags, related };
  writeFileSync(join(content, section, `${slug}.md`), `${JSON.stringify(front, null, 1)}\n\n${paragraphs.join('\n\n')}\n`);
}
