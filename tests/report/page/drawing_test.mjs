import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fits, picture, sample, withReport } from './browser.mjs';

const figure = (page, title) => page.locator('figure', { has: page.locator(`h3:has-text("${title}")`) });
const marks = (page, title, kind = 'points') => figure(page, title).locator(`.drawing .${kind} > *`).count();
const pointsOf = (bound) => bound.points.reduce((sum, point) => sum + Object.keys(point).length - 2, 0);
const drawnEpochs = (run) => run.epochs.filter((epoch) => epoch > 0).length;

test('every chart has as many marks as the document has points', () =>
  withReport(sample, {}, async (page) => {
    const [constant] = sample.constants;
    const [pack] = sample.packing_bounds;
    const [run] = sample.runs;
    const total = (list, count) => list.reduce((sum, one) => sum + count(one), 0);
    const expected = [
      ['Stated and best constant', 2 * constant.points.length],
      ['Slack of all stated constants', total(sample.constants, (one) => one.points.length)],
      ['Disjoint caps N', 3 * pack.points.length],
      ['The constant', total(sample.packing_bounds, (one) => one.points.length)],
      ['Bounds and measurements', pointsOf(sample.bounds[0])],
      ['From which n', sample.bounds_nonvacuous.filter((row) => row.d === sample.bounds[0].d).length],
      ['Hessian spectrum', sample.flatness[0].spectrum.length],
      ['Loss', drawnEpochs(run)],
      ['The shattering picture', run.neurons.activation.length],
      ['MSE against n', sample.runs.length],
      ['MSE on the training inputs against n', total(sample.experiments[1].series, (one) => one.points.length)],
    ];
    for (const [title, number] of expected) assert.equal(await marks(page, title), number, title);
    assert.equal(await marks(page, 'Disjoint caps N', 'intervals'), pack.points.length);
    assert.equal(
      await marks(page, 'Bounds and measurements', 'intervals'),
      sample.bounds[0].points.filter((point) => point.measured_mse).length,
    );
    assert.equal(await marks(page, 'Theorem 3.2, link by link', 'bars'), sample.flatness[0].chain.length + 2);
    assert.equal(await marks(page, 'Loss', 'lines'), sample.runs.length);
  }));

test('a choice and a legend redraw, and the table beside a chart has its numbers', () =>
  withReport(sample, {}, async (page) => {
    await page.getByRole('combobox', { name: 'Dimension' }).selectOption({ index: 3 });
    await page.waitForSelector('html[data-drawn]', { state: 'attached' });
    assert.equal(await marks(page, 'Bounds and measurements'), pointsOf(sample.bounds[3]));
    await figure(page, 'Bounds and measurements').locator('.legend button').first().click();
    await page.waitForSelector('html[data-drawn]', { state: 'attached' });
    assert.equal(
      await marks(page, 'Bounds and measurements'),
      pointsOf(sample.bounds[3]) - sample.bounds[3].points.length,
    );
    await figure(page, 'Bounds and measurements').locator('summary').click();
    await figure(page, 'Bounds and measurements').locator('table tbody tr').first().waitFor();
    assert.equal(
      await figure(page, 'Bounds and measurements').locator('table tbody tr').count(),
      sample.bounds[3].points.length,
    );
  }));

test('the table of bounds tells a vacuous bound from one that was not computed', () =>
  withReport(sample, {}, async (page) => {
    const bounds = figure(page, 'Bounds and measurements');
    await bounds.locator('summary').click();
    const cells = (row) => bounds.locator('table tbody tr').nth(row).locator('td').allInnerTexts();
    await bounds.locator('table tbody tr').first().waitFor();
    assert.ok(!(await cells(0)).includes('—'));
    assert.equal((await cells(1)).filter((text) => text === '—').length, 2); // at d = 1 Fano and Assouad say nothing
  }));

test('every chart has a text alternative and a table', () =>
  withReport(sample, {}, async (page) => {
    const figures = await page.locator('figure:has(.drawing svg)').all();
    assert.ok(figures.length >= 12);
    for (const one of figures) {
      assert.ok((await one.locator('.drawing svg[role=img]').first().getAttribute('aria-label')).length > 20);
      assert.match(await one.locator('details.as-table summary').innerText(), /^The numbers \(\d/);
    }
  }));

test('the graph has every claim that uses or is used, and every link', () =>
  withReport(sample, {}, async (page) => {
    const ids = new Set(sample.claims.map(({ id }) => id));
    const links = sample.claims.flatMap((claim) =>
      claim.uses.filter((used) => ids.has(used)).map((used) => [used, claim.id]),
    );
    const joined = new Set(links.flat());
    assert.equal(await page.locator('.graph .node').count(), joined.size);
    assert.equal(await page.locator('.graph .link').count(), links.length);
    assert.equal(
      await page.locator('.graph .node.verdict-refuted').count(),
      sample.claims.filter((claim) => joined.has(claim.id) && claim.verdict === 'refuted').length,
    );
    assert.equal(
      await page.locator('.graph .node .assumes').count(),
      sample.claims.filter((claim) => joined.has(claim.id) && claim.assumes.length > 0).length,
    );
    await page.locator('.graph .node').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
  }));

/** The share of the canvas that something is drawn on, read from a screenshot of the canvas alone. */
async function inkShare(page, canvas) {
  const shot = await canvas.screenshot();
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const copy = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    const context = copy.getContext('2d', { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, copy.width, copy.height);
    const isCorner = (i) => [0, 1, 2].every((k) => Math.abs(pixels[i + k] - pixels[4 * (4 * copy.width + 4) + k]) < 16);
    let ink = 0;
    for (let i = 0; i < pixels.length; i += 4) if (!isCorner(i)) ink += 1;
    return ink / (pixels.length / 4);
  }, shot.toString('base64'));
}

test('packings are drawn in two and three dimensions, turn, and change with the function', () =>
  withReport(sample, { width: 480, height: 700 }, async (page) => {
    const canvas = page.locator('.stage canvas');
    await page.locator('#packing').scrollIntoViewIfNeeded();
    await canvas.waitFor();
    await page.waitForTimeout(500);
    const three = await inkShare(page, canvas);
    assert.ok(three > 0.25 && three < 0.9, `share of the canvas in three dimensions: ${three}`);
    await canvas.evaluate((element) => element.style.setProperty('opacity', '0'));
    assert.ok((await inkShare(page, canvas)) < 0.02, 'an empty canvas counts as empty');
    await canvas.evaluate((element) => element.style.removeProperty('opacity'));
    const before = await canvas.screenshot();
    await canvas.focus();
    for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowLeft');
    const turned = await canvas.screenshot();
    assert.ok(!before.equals(turned), 'the arrow keys turn it');
    const box = await canvas.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 120, box.y + box.height / 2 + 40, { steps: 2 });
    await page.mouse.up();
    const dragged = await canvas.screenshot();
    assert.ok(!turned.equals(dragged), 'the mouse turns it');
    await page.getByRole('combobox', { name: 'Function as height and colour' }).selectOption('signs');
    assert.ok(!dragged.equals(await canvas.screenshot()), 'the function changes it');
    await picture(page, 'packing_3d');
    await page.getByRole('combobox', { name: 'Packing' }).selectOption({ index: 1 });
    await page.keyboard.press('Home');
    await page.waitForTimeout(300);
    const two = await inkShare(page, canvas);
    assert.ok(two > 0.08 && two < 0.9, `share of the canvas in two dimensions: ${two}`);
    await picture(page, 'packing_2d');
    await page.getByRole('combobox', { name: 'Packing' }).selectOption({ index: 2 });
    await page.waitForSelector('html[data-drawn]', { state: 'attached' });
    assert.ok(await page.getByText('cannot be drawn').isVisible());
    assert.equal(await canvas.isVisible(), false);
    assert.equal(await marks(page, 'Inner products', 'bars'), sample.packings[2].cosines.counts.length);
  }));

test('prints', () =>
  withReport(sample, {}, async (page) => {
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('nav.sections').isVisible(), false);
    assert.ok(await page.locator('table.claims').isVisible());
    assert.ok((await page.pdf({ format: 'A4', printBackground: true })).length > 50000);
  }));

test(
  'a report that the program wrote, where REPORT_PAGE_DOCUMENT names one, draws as well',
  { skip: !process.env.REPORT_PAGE_DOCUMENT },
  async () => {
    const report = JSON.parse(readFileSync(process.env.REPORT_PAGE_DOCUMENT, 'utf8'));
    await withReport(report, { name: 'real' }, async (page) => {
      assert.equal(await page.locator('table.claims tbody tr').count(), report.claims.length);
      if (report.bounds.length > 0)
        assert.equal(await marks(page, 'Bounds and measurements'), pointsOf(report.bounds[0]));
      assert.ok(await fits(page));
    });
  },
);
