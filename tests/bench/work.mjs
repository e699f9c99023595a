// node work.mjs RIG ROUNDS TARGET...: what the main thread of a slow phone does until the largest paint of an article,
// in milliseconds; medians of interleaved rounds. Of paint times on a busy machine one can seldom tell ten in a hundred
// apart; of these sums more, and they tell what to mend. Not part of `make bench`, after which it can be run.
import { fresh, median, open, pause, slowed } from './visitor.mjs';

const [rig, rounds, ...paths] = process.argv.slice(2);
const { browser, readTarget, serve } = await open(rig);

const KINDS = ['ParseHTML', 'EvaluateScript', 'UpdateLayoutTree', 'Layout', 'PrePaint', 'Paint', 'Commit'];

/** The trace of a fresh visitor's article. */
const traced = async (browser, target) => {
  const context = await fresh(browser);
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await slowed(cdp);
    const events = [];
    cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value));
    await cdp.send('Tracing.start', { transferMode: 'ReportEvents', categories: 'devtools.timeline,loading,blink.user_timing' });
    await page.goto(target.url + target.articlePath, { waitUntil: 'load', timeout: 45_000 });
    await pause(2000);
    const complete = new Promise((done) => cdp.once('Tracing.tracingComplete', done));
    await cdp.send('Tracing.end');
    await complete;
    return events;
  } finally {
    await context.close();
  }
};

/** What was done before the largest paint, by kind. What one kind does within another counts for both. */
const work = (events, target) => {
  const named = (name) => events.filter((event) => event.name === name);
  const start = named('navigationStart').findLast(({ args }) => args.data?.documentLoaderURL?.startsWith(target.url));
  const first = named('firstContentfulPaint').find(({ pid, ts }) => pid === start.pid && ts > start.ts);
  const largest = named('largestContentfulPaint::Candidate').filter(({ pid }) => pid === start.pid);
  const end = Math.max(first.ts, ...largest.map(({ ts }) => ts));
  const own = events.filter(({ ph, pid, tid, ts }) => ph === 'X' && pid === first.pid && tid === first.tid && ts >= start.ts && ts < end);
  const sum = (kind) => own.filter(({ name }) => name === kind).reduce((all, { dur = 0 }) => all + dur, 0);
  return [first.ts - start.ts, end - start.ts, ...KINDS.map(sum)].map((microseconds) => microseconds / 1000);
};

const targets = [];
for (const path of paths) {
  const target = readTarget(path);
  const server = await serve(target);
  targets.push({ ...target, url: server.url, server, rows: [] });
}
for (let round = 0; round < Number(rounds); round++) {
  for (const target of targets) target.rows.push(work(await traced(browser, target), target));
}
console.log(`| ms | first paint | largest paint | ${KINDS.join(' | ')} |`);
console.log(`| --- |${' ---: |'.repeat(KINDS.length + 2)}`);
for (const { name, rows } of targets) console.log(`| ${name} | ${rows[0].map((_, at) => median(rows.map((row) => row[at])).toFixed(0)).join(' | ')} |`);
await browser.close();
for (const { server } of targets) server.close();
