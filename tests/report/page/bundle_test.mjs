import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { asset, modules } from './browser.mjs';

const page = readFileSync(asset, 'utf8');

test('a rebuild from the sources gives the same bytes', () => {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: modules });
  assert.ok(
    readFileSync(path.join(modules, 'page.html')).equals(readFileSync(asset)),
    'page.html differs from its sources: npm ci --ignore-scripts && npm run build',
  );
});

test('the token stands once, where the program puts the document', () => {
  assert.equal(page.split('__REPORT_JSON__').length, 2);
  assert.ok(page.includes('<script type="application/json" id="report">__REPORT_JSON__</script>'));
});

test('the content security policy admits the script of the page and nothing else', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)[1];
  const script = /<script>([\s\S]*)<\/script>\n<\/body>/.exec(page)[1];
  const hash = createHash('sha256').update(script).digest('base64');
  assert.deepEqual(policy.split('; '), [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('every bundled package has its licence in the page', () => {
  for (const name of [
    'katex',
    'three',
    'markdown-it',
    '@observablehq/plot',
    '@dagrejs/dagre',
    '@fontsource-variable/inter',
    'd3-shape',
  ]) {
    const { version } = JSON.parse(readFileSync(path.join(modules, 'node_modules', name, 'package.json'), 'utf8'));
    assert.match(
      page,
      new RegExp(
        `^(?:<footer.*<pre[^>]*>)?${name.replace(/[/\\.]/g, '\\$&')} ${version.replace(/\./g, '\\.')} \\(`,
        'm',
      ),
    );
  }
  assert.match(page, /SIL OPEN FONT LICENSE/i);
});

test('the lock file names no host', () => {
  assert.doesNotMatch(readFileSync(path.join(path.dirname(asset), 'package-lock.json'), 'utf8'), /"resolved"/);
});

test('the page is small', () => {
  const { size } = statSync(asset);
  console.log(`page.html: ${(size / 1e6).toFixed(2)} MB`);
  assert.ok(size < 2.5e6);
});
