// node builds.mjs MANY PORTAL PROGRAM OUT.json ARTICLES: builds the articles of many.mjs with Hugo and with `portal build`, first
// and unchanged, and writes down time, peak memory and what came out. PROGRAM is a built portal.
//
// Nothing is removed in between: for five minutes ext4 gives no new file a place among those of many removed ones, and
// looks at each of them, so that whoever builds next would pay four times for its files.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const [many, portal, program, report, articles] = process.argv.slice(2);

/** Runs a command; seconds, those the processors worked for it, and the most memory it held, as Linux itself counts. */
const timed = (command, ...args) => new Promise((resolve, reject) => {
  const load = loadavg()[0], before = worked(), start = process.hrtime.bigint();
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  let peak = 0;
  const look = () => {
    try {
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
    } catch { /* it has just ended */ }
  };
  const timer = setInterval(look, 20);
  child.on('error', reject);
  child.on('exit', (code) => {
    clearInterval(timer);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    if (code === 0) resolve({ seconds, cpu: worked() - before, peak: peak * 1024, load });
    else reject(new Error(`${command} ${args.join(' ')} ended with ${code}`));
  });
});

/** Seconds that the processors have worked for the commands run so far: on a machine that others use too they tell more. */
const worked = () => {
  const [user, system] = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ').slice(13, 15);
  return (Number(user) + Number(system)) / 100;
};

/** The pages in a folder, and their bytes. */
const output = (folder) => {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html'));
  return { pages: files.length, bytes: files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) };
};

const rows = [];
const row = async (name, folder, command, ...args) => {
  console.error(`${name} …`);
  const run = await timed(command, ...args);
  rows.push({ name, ...run, ...output(folder) });
  console.error(`${name}: ${run.seconds.toFixed(1)} s`);
};

const hugo = spawnSync('hugo', ['version'], { encoding: 'utf8' });
if (hugo.status === 0) {
  const site = join(many, 'hugo'), out = join(many, 'hugo-dist');
  for (const part of ['hugo.toml', 'layouts']) cpSync(join(here, 'hugo', part), join(site, part), { recursive: true });
  rmSync(out, { recursive: true, force: true });
  const args = ['--source', site, '--destination', '../hugo-dist', '--quiet'];
  await row('Hugo, first', out, 'hugo', ...args);
  await row('Hugo, unchanged', out, 'hugo', ...args);
}

// The program only: the pages of its own content would have to be removed first.
const out = join(many, 'dist');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const entry of readdirSync(program, { withFileTypes: true })) {
  if (entry.isFile() || entry.name === '.program') cpSync(join(program, entry.name), join(out, entry.name), { recursive: true });
}
const build = ['build', '--api', join(many, 'portal/api/v1'), '--out', out];
await row('portal build, first', out, portal, ...build);
await row('portal build, unchanged', out, portal, ...build);

const version = hugo.status === 0 ? hugo.stdout.split(' ').slice(0, 2).join(' ') : null;
writeFileSync(report, JSON.stringify({ articles: Number(articles), hugo: version, rows }, null, 1));
