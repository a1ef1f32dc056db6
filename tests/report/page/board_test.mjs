import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fits, output, picture, sample, withReport } from './browser.mjs';

const count = (verdict) => sample.claims.filter((claim) => claim.verdict === verdict).length;
const rows = (page) => page.locator('table.claims tbody tr');

test('opens in under two seconds with every claim and 50 runs, in under 5 MB', async () => {
  assert.ok(sample.claims.length >= 202 && sample.runs.length === 50);
  const times = [];
  for (let i = 0; i < 3; i++) {
    await withReport(sample, { name: 'all' }, async (page) => {
      times.push(
        await page.evaluate(() => ({
          board: performance.getEntriesByName('board')[0].startTime,
          loaded: performance.getEntriesByType('navigation')[0].loadEventEnd,
          drawn: performance.now(),
        })),
      );
    });
  }
  const best = (key) => Math.min(...times.map((time) => time[key]));
  const { size } = statSync(path.join(output, 'all.html'));
  console.log(
    `opened in ${best('loaded').toFixed(0)} ms, status board at ${best('board').toFixed(0)} ms, every figure by ${best('drawn').toFixed(0)} ms; ${(size / 1e6).toFixed(2)} MB`,
  );
  assert.ok(best('loaded') < 2000);
  assert.ok(size < 5e6);
});

test('the counts filter', () =>
  withReport(sample, {}, async (page) => {
    assert.equal(await rows(page).count(), sample.claims.length);
    for (const verdict of ['proved', 'refuted', 'vacuous', 'supported'])
      assert.equal(await page.locator(`.tile.verdict-${verdict} .tile-count`).innerText(), String(count(verdict)));
    await page.locator('.tile.verdict-refuted').click();
    assert.equal(await rows(page).count(), count('refuted'));
    assert.equal(await page.locator('.tile.verdict-refuted').getAttribute('aria-pressed'), 'true');
    assert.equal(
      await page.locator('.result').innerText(),
      `${count('refuted')} of ${sample.claims.length} claims shown`,
    );
    assert.deepEqual([...new Set(await rows(page).locator('.badge').allInnerTexts())], ['refuted']);
    await page.getByRole('button', { name: 'Show all' }).click();
    assert.equal(await rows(page).count(), sample.claims.length);
  }));

test('search, paper and kind narrow the table down, also to nothing', () =>
  withReport(sample, {}, async (page) => {
    await page.getByLabel('Search').fill('packing E.');
    const words = (claim) =>
      [claim.id, claim.source, claim.statement, claim.detail, claim.range, claim.method, ...claim.assumes]
        .join(' ')
        .toLowerCase();
    assert.equal(
      await rows(page).count(),
      sample.claims.filter((claim) => words(claim).includes('packing') && words(claim).includes('e.')).length,
    );
    await page.getByLabel('Search').fill('');
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('near-miss');
    assert.equal(
      await rows(page).count(),
      sample.claims.filter((claim) => claim.source.startsWith('ours: near miss')).length,
    );
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('');
    await page.getByRole('combobox', { name: 'Paper' }).selectOption('Liang et al. 2025');
    assert.equal(
      await rows(page).count(),
      sample.claims.filter((claim) => claim.source.startsWith('Liang et al. 2025,')).length,
    );
    await page.getByLabel('Search').fill('nothing says this');
    assert.equal(await rows(page).count(), 0);
    assert.ok(await page.getByText('No claim matches').isVisible());
  }));

test('headers sort both ways, claims without a value last', () =>
  withReport(sample, {}, async (page) => {
    const header = page.getByRole('button', { name: 'Instances' });
    const column = async () =>
      (await rows(page).locator('td:nth-child(5)').allInnerTexts()).map((text) => Number(text.replace(',', '')));
    await header.click();
    assert.equal(await page.locator('th[aria-sort]').getAttribute('aria-sort'), 'ascending');
    const upwards = await column();
    assert.deepEqual(
      upwards,
      [...upwards].sort((a, b) => a - b),
    );
    await header.click();
    assert.deepEqual(await column(), [...upwards].reverse());
  }));

test('a claim opens with its note typeset, its evidence and its command, and closes', () =>
  withReport(sample, {}, async (page) => {
    await page.getByLabel('Search').fill('E.2/upper');
    await page.locator('tr', { hasText: 'tail of the uniform ball from above' }).first().click();
    const dialog = page.getByRole('dialog');
    assert.equal(await page.evaluate(() => location.hash), '#claim/stable-minima/E.2/upper');
    assert.equal(await dialog.locator('h2').innerText(), 'tail of the uniform ball from above');
    assert.ok(await dialog.locator('.formula .katex').isVisible());
    assert.ok(await dialog.locator('.note').getByText('Integrate the density').isVisible());
    assert.equal(
      await dialog.locator('.command code').first().innerText(),
      'shatterproof verify stable-minima/E.2/upper',
    );
    assert.equal(await dialog.locator('.claim-card[aria-current]').count(), 1);
    await picture(page, 'claim');
    await page.keyboard.press('Escape');
    assert.equal(await dialog.count(), 0);
  }));

test('an address opens its claim; a wrong one is told', async () => {
  await withReport(sample, { hash: '#claim/stable-minima/H.5/bracket' }, async (page) => {
    assert.ok((await page.locator('dialog .note .katex-display').count()) > 0);
    assert.equal(await page.locator('dialog .katex-error').count(), 0);
    await page.locator('dialog .claim-card a').nth(1).click();
    assert.notEqual(await page.evaluate(() => location.hash), '#claim/stable-minima/H.5/bracket');
    assert.ok(await page.getByRole('dialog').isVisible());
  });
  await withReport(sample, { hash: '#claim/nobody' }, async (page) =>
    assert.ok(await page.getByText('This report holds no claim').isVisible()),
  );
});

test('every note is set without an error', () =>
  withReport(sample, {}, async (page) => {
    for (const note of sample.notes) {
      const claim = sample.claims.find((one) => one.note === note.path);
      await page.evaluate((id) => {
        location.hash = `claim/${id}`;
      }, claim.id);
      await page.waitForFunction(
        (id) => document.querySelector('dialog .claim-content header .id')?.textContent === id,
        claim.id,
      );
      assert.deepEqual(await page.locator('dialog .katex-error').allInnerTexts(), [], note.path);
    }
  }));

test('the command is copied, or selected where the browser does not allow it', () =>
  withReport(sample, { hash: '#claim/stable-minima/E.2/upper' }, async (page) => {
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await page.waitForFunction(() => /Copied|Select it/.test(document.querySelector('.copy').textContent));
    if ((await page.locator('.copy').first().innerText()) === 'Select it') {
      assert.equal(await page.evaluate(() => getSelection().toString()), 'shatterproof verify stable-minima/E.2/upper');
    }
  }));

test('the switch of colours works and the phone has no sideways scrolling', async () => {
  await withReport(sample, { width: 360, height: 740 }, async (page) => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByText('Dark', { exact: true }).click();
    assert.notEqual(await background(), light);
    assert.ok(await fits(page));
    await picture(page, 'phone_dark');
    await page.evaluate(() => {
      location.hash = 'claim/stable-minima/H.5/bracket';
    });
    await page.getByRole('dialog').waitFor();
    assert.ok(await fits(page));
    await picture(page, 'phone_claim');
  });
  await withReport(sample, { colorScheme: 'dark' }, async (page) => picture(page, 'dark'));
});

test('everything is there by keyboard', () =>
  withReport(sample, {}, async (page) => {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await page.locator('.claims a.id').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('dialog').count(), 0);
  }));
