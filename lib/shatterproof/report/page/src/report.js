const schema = 'shatterproof-report/1';
const sections = [
  'claims',
  'notes',
  'constants',
  'packing_bounds',
  'bounds',
  'bound_kinds',
  'bounds_nonvacuous',
  'packings',
  'flatness',
  'runs',
  'experiments',
];

/**
 * The document in the page, every section an array (a missing one is empty). Throws an Error that names what is wrong
 * with it if there is none or it is of another schema.
 */
export function readReport() {
  const text = document.getElementById('report').textContent;
  let report;
  try {
    report = JSON.parse(text);
  } catch (error) {
    throw new Error(`This page holds no report: ${error.message}. Write one with "shatterproof report -o DIR".`);
  }
  if (report.schema !== schema) throw new Error(`This page reads ${schema}, the document says "${report.schema}".`);
  for (const name of sections) {
    report[name] ??= [];
    if (!Array.isArray(report[name])) throw new Error(`The section "${name}" of the document is no array.`);
  }
  return { ...report, index: indexClaims(report.claims) };
}

/** Claims by id, who uses whom, and what rests on a refuted claim. */
function indexClaims(claims) {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const usedBy = new Map(claims.map((claim) => [claim.id, []]));
  for (const claim of claims) for (const used of claim.uses ?? []) usedBy.get(used)?.push(claim.id);
  const shaken = new Set();
  const shake = (id) => {
    for (const user of usedBy.get(id) ?? []) {
      if (shaken.has(user)) continue;
      shaken.add(user);
      shake(user);
    }
  };
  for (const claim of claims) if (claim.verdict === 'refuted') shake(claim.id);
  return { byId, usedBy, shaken };
}

/** The paper that a source names ("Liang et al. 2025"), or "ours" for statements that are no paper's. */
export function paperOf(claim) {
  const source = claim.source ?? '';
  if (source.startsWith('ours')) return 'ours';
  const match = /^([^,:]*\b\d{4}[a-z]?(?: \([^)]*\))?)/.exec(source);
  return match ? match[1] : 'other';
}

/** The kinds of statement, as the sources tell them apart. */
export const kinds = [
  ['paper', 'Stated by a paper'],
  ['ours', 'Ours: repaired or new'],
  ['near-miss', 'Ours: near miss, meant to fail'],
];

export function kindOf(claim) {
  const source = claim.source ?? '';
  if (!source.startsWith('ours')) return 'paper';
  return source.startsWith('ours: near miss') ? 'near-miss' : 'ours';
}

/** The id without the first part when all ids share it, for tight places. */
export function shortIds(claims) {
  const heads = new Set(claims.map((claim) => claim.id.split('/')[0]));
  const cut = heads.size === 1 && claims.every((claim) => claim.id.includes('/'));
  return (id) => (cut && id.includes('/') ? id.slice(id.indexOf('/') + 1) : id);
}
