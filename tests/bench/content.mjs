// node content.mjs RIG OUT PORTAL: the rig's portal as a folder of API documents (OUT/api/v1, OUT/media), so that our
// pages show the same text as its peers. PORTAL is the office's tool, which derives the lists.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [rig, out, portal] = process.argv.slice(2);
const api = join(out, 'api/v1');
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const load = (path) => read(join(rig, 'data/api', path));
const put = (path, document) => {
  const file = join(api, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(document));
};
const slugOf = (href) => href.split('/').pop();

rmSync(out, { recursive: true, force: true });
cpSync(join(rig, 'data/media'), join(out, 'media'), { recursive: true });

const site = load('site.json');
const section = ({ title, href, children = [] }) =>
  ({ kind: 'section', slug: slugOf(href), title, children: children.map(section) });
const sections = site.nav.map(section);
put('site.json', {
  name: site.name,
  tagline: site.tagline,
  origin: 'https://bench.example.vn',
  tree: sections,
  // The peers list the sections in the footer of every page, and so do we.
  footer: {
    owner: `© 2026 ${site.name}. ${site.tagline}.`,
    links: sections.map(({ title, slug }) => ({ title, href: `/${slug}/` })),
  },
  visits: {},
});
const figures = Object.entries(load('visits.json')).map(([key, value]) => ({ key, value }));
put('visits.json', { as_of: '2026-11-23T16:00:00+07:00', figures });

const BLOCKS = {
  paragraph: ({ text }) => ({ kind: 'paragraph', text }),
  heading: ({ text }) => ({ kind: 'heading', text }),
  quote: ({ text }) => ({ kind: 'quote', text }),
  figure: ({ src, alt, caption }) =>
    ({ kind: 'figure', picture: { sources: [{ src, width: 640 }], width: 640, height: 360, alt, caption } }),
};
// What the rig's lists say of an article is not in the article: a shorter text and a small drawing.
const cards = new Map();
for (const name of readdirSync(join(rig, 'data/api/articles'))) {
  if (/^index-\d+\.json$/.test(name)) for (const card of load(`articles/${name}`).items) cards.set(card.slug, card);
}
for (const slug of cards.keys()) {
  const article = load(`articles/${slug}.json`);
  put(`articles/${article.category.slug}/${slug}.json`, {
    slug,
    section: article.category.slug,
    title: article.title,
    lead: article.lead,
    published_at: article.published_at,
    views: article.views,
    source: { name: article.source },
    body: article.blocks.map((block) => BLOCKS[block.type](block)),
  });
}

execFileSync(portal, ['gather', api, '--page-size', '20'], { stdio: ['ignore', 'ignore', 'inherit'] });

const teaser = (of) => {
  const { summary, thumb } = cards.get(of.slug);
  return { ...of, lead: summary, picture: { sources: [{ src: thumb, width: 120 }], width: 120, height: 80, alt: of.title } };
};
for (const name of readdirSync(join(api, 'sections'), { recursive: true })) {
  if (!name.endsWith('.json')) continue;
  const list = read(join(api, 'sections', name));
  const key = 'newest' in list ? 'newest' : 'articles';
  put(join('sections', name), { ...list, [key]: list[key].map(teaser) });
}
// The peers open with one list of the newest twenty.
const newest = load('articles/index-1.json').items.map(({ slug, title, category, published_at }) =>
  teaser({ section: category.slug, slug, title, published_at }));
put('home.json', { lead: newest });
