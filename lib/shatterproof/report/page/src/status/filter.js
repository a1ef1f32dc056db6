import { kindOf, paperOf } from '../report.js';

/** What the status board shows: verdicts (none chosen means all), paper, kind and words that must all occur. */
export const noFilter = () => ({ verdicts: new Set(), paper: '', kind: '', words: '', sort: '', descending: false });

const searched = (claim) =>
  [claim.id, claim.source, claim.statement, claim.detail, claim.range, claim.method, ...(claim.assumes ?? [])]
    .join(' ')
    .toLowerCase();

/** The claims that pass, in the order asked for. */
export function filtered(claims, filter) {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  const passing = claims.filter(
    (claim) =>
      (filter.verdicts.size === 0 || filter.verdicts.has(claim.verdict)) &&
      (!filter.paper || paperOf(claim) === filter.paper) &&
      (!filter.kind || kindOf(claim) === filter.kind) &&
      words.every((word) => searched(claim).includes(word)),
  );
  return sorted(passing, filter);
}

const firstNumber = (text) => Number(/[\d.]+(?:e[+-]?\d+)?/.exec(text ?? '')?.[0] ?? NaN);

/** What each column sorts by; a claim without a value goes last either way. */
export const sortKeys = {
  verdict: (claim) => claim.verdict,
  claim: (claim) => claim.id,
  instances: (claim) => claim.instances,
  slack: (claim) => firstNumber(claim.slack),
  time: (claim) => Number(claim.seconds),
};

const absent = (key) => key === undefined || key === '' || Number.isNaN(key);

function sorted(claims, { sort, descending }) {
  if (!sort) return claims;
  const natural = new Intl.Collator('en', { numeric: true });
  const compare = (a, b) => (typeof a === 'number' ? a - b : natural.compare(a, b));
  return claims
    .map((claim, place) => ({ claim, place, key: sortKeys[sort](claim) }))
    .sort((a, b) => absent(a.key) - absent(b.key) || (descending ? -1 : 1) * compare(a.key, b.key) || a.place - b.place)
    .map(({ claim }) => claim);
}
