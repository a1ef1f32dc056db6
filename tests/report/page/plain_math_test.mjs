import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { require, source } from './browser.mjs';

const { plainMath } = await import(
  pathToFileURL(path.join(source, 'lib/shatterproof/report/page/src/claim/plain_math.js')).href
);
const line = (text) => /^\\begin\{array\}\{l\}(.*)\\end\{array\}$/.exec(plainMath(text))[1].replace(/ +/g, ' ').trim();

test('formulas written as plain text become LaTeX that KaTeX can set', () => {
  const expected = {
    'c2(d) h^((d+1)/2) <= Q(h)': 'c_{2}(d) h^{(d+1)/2} \\le Q(h)',
    'N >= c_N eps^(-(d-1))': 'N \\ge c_{N} \\varepsilon ^{-(d-1)}',
    'Q(h) = P(X.u > 1 - h).': 'Q(h) = P(X\\cdot u > 1 - h).',
    'c_N = (2 sqrt 2)^(-(d-1)),       c1(d) = v_(d-1)/v_d.':
      'c_{N} = (2 \\sqrt{2})^{-(d-1)},\\qquad c_{1}(d) = v_{d-1}/v_{d}.',
    '||f_xi||_P^2 <= g+(h)': '\\|f_{\\xi}\\|_{P}^{2} \\le g_+(h)',
    'lambda_max(H)/2 <= S   the slack is a sum of squares':
      '\\lambda _{\\max}(H)/2 \\le S\\qquad \\text{the slack is a sum of squares}',
  };
  for (const [text, latex] of Object.entries(expected)) {
    assert.equal(line(text), latex);
    require('katex').renderToString(plainMath(text), { throwOnError: true });
  }
});

test('what is no formula, or not surely one, stays as it is', () => {
  for (const text of [
    'shatterproof verify E.2',
    'd   eps   N',
    'id = "x"',
    '$ cmake --preset release',
    'a^',
    'x = (1 + 2^(3',
    'f(x) = 1 § 2',
  ]) {
    const latex = plainMath(text);
    if (latex !== null) assert.throws(() => require('katex').renderToString(latex, { throwOnError: true }), text);
  }
});
