// One headless Chromium for all tests. REPORT_PAGE_MODULES names the folder with the installed packages and the rebuilt
// page, CHROMIUM the browser, SHATTERPROOF_SOURCE the repository, REPORT_PAGE_OUTPUT where screenshots go.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderPage } from './render.mjs';
import { sampleDocument } from './sample_document.mjs';

export const modules = process.env.REPORT_PAGE_MODULES;
export const source = process.env.SHATTERPROOF_SOURCE;
export const output = process.env.REPORT_PAGE_OUTPUT;
export const asset = path.join(source, 'lib/shatterproof/report/page/page.html');
export const require = createRequire(path.join(modules, 'package.json'));
mkdirSync(output, { recursive: true });

const { chromium } = require('playwright-core');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
export const closeBrowser = () => browser.close();

/** The document with every section that most tests look at. */
export const sample = sampleDocument(source);

/**
 * Opens `report` and gives the page once everything is drawn; `name` names the file. `troubles` collects what must not
 * happen: errors, messages on the console, requests for anything but the file itself. Close with `closeChecked`.
 */
export async function openReport(report, { name = 'page', hash = '', width = 1280, height = 900, ...more } = {}) {
  const file = path.join(output, `${name}.html`);
  renderPage(asset, report, file);
  const context = await browser.newContext({
    viewport: { width, height },
    offline: true,
    reducedMotion: 'reduce',
    ...more,
  });
  const page = await context.newPage();
  const troubles = [];
  const address = pathToFileURL(file).href;
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type())) troubles.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('data:') && request.url().split('#')[0] !== address)
      troubles.push(`request: ${request.url()}`);
  });
  await page.goto(address + hash);
  await page.waitForSelector('html[data-drawn]', { state: 'attached', timeout: 60000 });
  return Object.assign(page, { troubles });
}

export async function closeChecked(page) {
  assert.deepEqual(
    page.troubles.filter((trouble) => !/GPU stall due to ReadPixels|GL Driver Message/.test(trouble)),
    [],
  );
  await page.context().close();
}

/** Opens, runs `test`, closes; whatever was on the console or asked of the network fails the test. */
export async function withReport(report, options, test) {
  const page = await openReport(report, options);
  await test(page);
  await closeChecked(page);
}

/** A screenshot for people to look at, beside the pages. */
export const picture = (page, name, options = {}) =>
  page.screenshot({ path: path.join(output, `${name}.png`), ...options });

/** True if nothing sticks out of the width of the window. */
export const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
