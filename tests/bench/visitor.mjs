// What page.mjs and work.mjs share: a browser that trusts the rig's servers, and what makes a visitor of it.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };

/** A browser, and the rig's ways to read targets and to serve them. */
export const open = async (rig) => {
  const module = (name) => import(pathToFileURL(resolve(rig, name)));
  const { chromium } = await module('node_modules/playwright-core/index.mjs');
  const { readTarget, serve, tls } = await module('server.mjs');
  const args = [...FLAGS, `--ignore-certificate-errors-spki-list=${tls().spki}`];
  return { browser: await chromium.launch({ executablePath: '/usr/bin/chromium', args }), readTarget, serve };
};

/** A window of a phone that has been nowhere. */
export const fresh = (browser) => browser.newContext({ viewport: { width: 412, height: 823 }, locale: 'vi-VN' });

/** Makes network and processor of a page those of a slow phone. */
export const slowed = async (cdp) => {
  await cdp.send('Network.emulateNetworkConditions', SLOW_4G);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
};

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
