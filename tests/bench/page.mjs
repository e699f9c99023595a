// node page.mjs RIG OUT.json TARGET...: what the rig does not measure. For each target: layout shifts of the article, and
// the requests that went out before its first paint. For the first target: memory after 50 and after 1,000 navigations.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fresh, median, open, pause, slowed } from './visitor.mjs';

const [rig, report, ...paths] = process.argv.slice(2);
const { browser, readTarget, serve } = await open(rig);

const ROUNDS = 3, NAVIGATIONS = [50, 1000];
const inPage = readFileSync(join(rig, 'inpage.js'), 'utf8');

/** A fresh visitor of a target's article. */
const visit = async (browser, target, slow, use) => {
  const context = await fresh(browser);
  try {
    // The rig's script is what finds the wasm memory.
    const settings = JSON.stringify({ h1: target.h1, ready: target.ready, firstLink: target.firstLink });
    await context.addInitScript(inPage.replace('__CFG__', () => settings));
    await context.addInitScript(() => {
      globalThis.shifts = [];
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) globalThis.shifts.push(shift.value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    if (slow) await slowed(cdp);
    await page.goto(target.url + target.articlePath, { waitUntil: 'load', timeout: 45_000 });
    await page.waitForFunction((h1) => document.querySelector(h1), target.h1);
    await pause(slow ? 4000 : 1500);
    return await use(page, cdp);
  } finally {
    await context.close();
  }
};

/** Shifts and requests of the article on slow 4G, read to its end, then left by a click. */
const article = (browser, target) => visit(browser, target, true, async (page) => {
  const sent = await page.evaluate(() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0].startTime;
    const resources = performance.getEntriesByType('resource').filter(({ name }) => name.startsWith('http'));
    return {
      before: 1 + resources.filter(({ startTime }) => startTime < paint).length,
      blocking: 1 + resources.filter(({ renderBlockingStatus }) => renderBlockingStatus === 'blocking').length,
    };
  });
  const read = () => page.evaluate(() => globalThis.shifts.reduce((sum, value) => sum + value, 0));
  for (let at = 0; at < 12; at++) {
    await page.mouse.wheel(0, 700);
    await pause(100);
  }
  await pause(500);
  const shifts = await read();
  await page.locator(target.firstLink).first().click();
  await pause(3000);
  // A full load begins a new count, a program goes on with the old one.
  const after = await read();
  return { ...sent, shifts, shifts_after_click: after };
});

/** Memory after many different pages, so that whatever a program keeps of them is in it. */
const memory = (browser, target) => visit(browser, target, false, async (page, cdp) => {
  const used = async () => {
    await cdp.send('HeapProfiler.collectGarbage');
    await cdp.send('HeapProfiler.collectGarbage');
    const { usedSize, embedderHeapUsedSize = 0 } = await cdp.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
    const wasm = await page.evaluate(() => __bench.wasmBytes());
    return { heap: usedSize, embedder: embedderHeapUsedSize, wasm, nodes, listeners: jsEventListeners };
  };
  const samples = [{ navigations: 0, ...await used() }];
  await page.evaluate(() => { globalThis.sameDocument = true; });
  for (let done = 0; done < NAVIGATIONS.at(-1);) {
    await page.evaluate(async ([n, h1]) => {
      const old = document.querySelector(h1).textContent;
      const links = document.querySelectorAll(n % 2 ? 'main .teaser a' : '.footer__links a');
      // The last link of the footer is the sitemap page.
      const usable = n % 2 ? links.length : links.length - 1;
      links[(n * 7 + (n >> 4)) % usable].click();
      const start = performance.now();
      while (document.querySelector(h1)?.textContent === old) {
        if (performance.now() - start > 10_000) throw new Error(`navigation ${n} led nowhere`);
        await new Promise((next) => { setTimeout(next, 4); });
      }
      await new Promise((next) => { requestAnimationFrame(next); });
    }, [done, target.h1]);
    done++;
    if (NAVIGATIONS.includes(done)) {
      await pause(1000);
      samples.push({ navigations: done, ...await used() });
    }
  }
  if (!await page.evaluate(() => globalThis.sameDocument)) throw new Error('a navigation loaded a new document');
  return samples;
});

const results = {};
try {
  for (const [index, path] of paths.entries()) {
    const target = readTarget(path), server = await serve(target);
    target.url = server.url;
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await article(browser, target));
    const result = results[target.name] =
      Object.fromEntries(Object.keys(rounds[0]).map((key) => [key, median(rounds.map((round) => round[key]))]));
    if (index === 0) result.memory = await memory(browser, target);
    console.error(target.name, JSON.stringify(result));
    server.close();
  }
} finally {
  await browser.close();
}
writeFileSync(report, JSON.stringify(results, null, 1));
