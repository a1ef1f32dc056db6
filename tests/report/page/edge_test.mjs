import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { asset, fits, openReport, output, picture, require, sample, withReport } from './browser.mjs';
import { manyClaims } from './sample_claims.mjs';

const bare = (claims) => ({ schema: 'shatterproof-report/1', program: { version: '0.1.0' }, title: '', claims });
const rows = (page) => page.locator('table.claims tbody tr');

test('an empty report says what it lacks', () =>
  withReport(bare([]), {}, async (page) => {
    assert.ok(await page.getByText('This report holds no claims.').isVisible());
    assert.match(
      await page.locator('.absent').innerText(),
      /dependencies, constants, caps, bounds, packing, flatness, training, experiments/,
    );
    await picture(page, 'empty');
  }));

test('sections without points draw nothing and break nothing', () => {
  const hollow = {
    ...bare(manyClaims(3)),
    constants: [{ id: 'c', name: 'c', claim: 'x', variable: 'd', points: [] }],
    packing_bounds: [{ eps: '1/2', points: [] }],
    bounds: [{ d: 2, sigma: '1', eta: '1', B: '1', C: '1', delta: '1/20', points: [] }],
    packings: [{ d: 3, eps: '1/2', family: '', count: '0', certified: false, centres: [], empty: [], samples: [] }],
    flatness: [{ name: 'nothing', d: 1, n: 1, K: 0, lambda_max: { lower: '1', upper: '1' }, spectrum: [], chain: [] }],
    runs: [{ name: 'nothing', d: 1, n: 1, epochs: [], loss: [], lambda_max: [] }],
    experiments: [{ id: 'E1' }],
  };
  return withReport(hollow, {}, async (page) =>
    assert.ok((await page.getByText('Nothing to draw here.').count()) >= 5),
  );
});

test('only refuted claims', () =>
  withReport(bare(manyClaims(30, 'refuted')), {}, async (page) => {
    assert.equal(await rows(page).count(), 30);
    assert.ok(await page.locator('.tile.verdict-proved').isDisabled());
    assert.match(await page.locator('.lead.differs').innerText(), /30 verdicts not as the notes record/);
    assert.ok(await page.getByText('rests on a refuted claim').first().isVisible());
    await picture(page, 'refuted');
  }));

test('500 claims', () =>
  withReport(bare(manyClaims(500)), {}, async (page) => {
    assert.equal(await rows(page).count(), 500);
    assert.equal(await page.locator('.graph .node').count(), 500);
    assert.ok(await fits(page));
    await page.locator('.graph-frame').scrollIntoViewIfNeeded();
    await picture(page, 'many');
  }));

test('very long formulas, ids and words stay inside, also on a phone', async () => {
  const long = {
    ...manyClaims(1)[0],
    id: `made/${'very-long-'.repeat(30)}id`,
    statement: 'x'.repeat(900),
    formula: `${'\\frac{a_1+b_2}{c_3}\\,x^{2}+'.repeat(120)}0`,
    detail: '0.1234567890'.repeat(90),
    assumes: ['y'.repeat(400)],
    range: `d in {${Array.from({ length: 200 }, (_, i) => i).join(', ')}}`,
    block: `claim = "${'a + '.repeat(900)}0"`,
    recheck: `shatterproof verify ${'z'.repeat(300)}`,
  };
  const notes = [
    {
      path: 'made.md',
      title: 'long',
      markdown: `# ${'long '.repeat(60)}\n\n$$${'\\sum_{i=1}^n x_i + '.repeat(60)}0$$\n\nand $${'x+'.repeat(300)}0$\n\n    ${'c2(d) h^((d+1)/2) <= '.repeat(40)}1\n`,
    },
  ];
  for (const width of [1280, 360]) {
    await withReport(
      { ...bare([long]), notes },
      { width, hash: `#claim/${encodeURIComponent(long.id)}` },
      async (page) => {
        assert.ok(await page.locator('dialog .formula .katex').isVisible());
        assert.ok(await fits(page));
        assert.ok(
          await page.evaluate(() => {
            const dialog = document.querySelector('dialog');
            return dialog.scrollWidth <= dialog.clientWidth;
          }),
        );
        await picture(page, `long_${width}`);
      },
    );
  }
});

test('text of a document is text, never markup or script', () => {
  const evil = '</script><script>window.bad = 1</script><img src=x onerror="window.bad = 1">';
  const claim = {
    ...manyClaims(1)[0],
    statement: evil,
    source: evil,
    detail: evil,
    formula: '\\href{javascript:window.bad=1}{x}\\includegraphics{x}',
    block: evil,
  };
  return withReport(
    {
      ...bare([claim]),
      title: evil,
      notes: [
        {
          path: 'made.md',
          title: evil,
          markdown: `# ${evil}\n\n${evil}\n\n[x](javascript:window.bad=1) ![x](http://example.invalid/x.png)`,
        },
      ],
    },
    { hash: `#claim/${claim.id}` },
    async (page) => {
      assert.equal(await page.evaluate(() => window.bad), undefined);
      assert.equal(await page.locator('dialog img, dialog .note a[href^="javascript"]').count(), 0);
      assert.ok(await page.locator('dialog .note').getByText('<img src=x').first().isVisible());
    },
  );
});

test('a page without a document, or with another one, says so', async () => {
  const page = await openReport({ schema: 'something-else/9', claims: [] });
  assert.match(await page.getByRole('alert').innerText(), /shatterproof-report\/1.*something-else\/9/);
  await page.goto(`file://${asset}`);
  assert.match(await page.getByRole('alert').innerText(), /holds no report/);
  writeFileSync(
    path.join(output, 'wrong.html'),
    readFileSync(asset, 'utf8').replace('__REPORT_JSON__', '{"schema":"shatterproof-report/1","claims":7}'),
  );
  await page.goto(`file://${output}/wrong.html`);
  assert.match(await page.getByRole('alert').innerText(), /"claims" of the document is no array/);
  await page.context().close();
});

test('axe finds nothing serious, light, dark, on a phone and with a claim open', async () => {
  const axe = require.resolve('axe-core/axe.min.js');
  const settings = [
    {},
    { colorScheme: 'dark' },
    { width: 360, height: 740 },
    { hash: '#claim/stable-minima/H.5/cap-count' },
    { hash: '#claim/stable-minima/E.2/upper', colorScheme: 'dark' },
  ];
  for (const setting of settings) {
    await withReport(sample, { ...setting, bypassCSP: true }, async (page) => {
      await page.evaluate(() =>
        document.querySelectorAll('details.as-table').forEach((details) => {
          details.open = true;
        }),
      );
      await page.waitForTimeout(300);
      await page.addScriptTag({ path: axe });
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      assert.deepEqual(
        grave.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .slice(0, 3)
              .map((node) => `${node.html.slice(0, 200)} ${node.failureSummary}`)
              .join(' | ')}`,
        ),
        [],
        JSON.stringify(setting),
      );
      const lesser = violations
        .filter((violation) => !grave.includes(violation))
        .map(({ id, nodes }) => `${id} (${nodes.length})`);
      if (lesser.length > 0) console.log(`axe, lesser things with ${JSON.stringify(setting)}: ${lesser.join(', ')}`);
    });
  }
});
