// Puts a document into the page the way the program does.
import { readFileSync, writeFileSync } from 'node:fs';

const escapes = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', '\u2028': '\\u2028', '\u2029': '\\u2029' };

/** Writes `page` with `report` in place of its token to `file`. */
export function renderPage(page, report, file) {
  const json = JSON.stringify(report).replace(/[<>&\u2028\u2029]/g, (character) => escapes[character]);
  const [before, after, ...more] = readFileSync(page, 'utf8').split('__REPORT_JSON__');
  if (after === undefined || more.length > 0) throw new Error(`${page} must hold the token exactly once`);
  writeFileSync(file, before + json + after);
}
